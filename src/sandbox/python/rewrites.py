"""What instrumented programs call: the guards by names such as `@add`, which no source can spell."""

import ast

import calls
import guards
import ranges

LOAD = ast.Load()
STORE = ast.Store()
# Operators with the guards of the expression and of the assignment (`a += b`).
GUARDED_OPERATORS = {
    ast.Add: ("@add", "@add_to"),
    ast.Mult: ("@multiply", "@multiply_by"),
    ast.Pow: ("@power", "@power"),
    ast.LShift: ("@shift", "@shift"),
    ast.Mod: ("@modulo", "@modulo"),
}

GUARDS = {
    "@add": guards.add,
    "@add_to": calls.add_to,
    "@multiply": guards.multiply,
    "@multiply_by": guards.multiply_by,
    "@power": guards.power,
    "@shift": guards.shift,
    "@modulo": guards.modulo,
    "@use": guards.use,
    "@walk": ranges.walk,
    "@build": ranges.build,
    "@str": calls.make_text,
    "@int": calls.make_integer,
    "@format_value": guards.format_value,
    "@slice": slice,
    "@type": type,
    "@visible": calls.visible,
    "@bound": calls.bound,
    **{f"@{name}": guard for name, guard in calls.METHODS.items()},
    **{f"@{name}": guard for name, guard in calls.WALKERS.items()},
}


def is_number(node):
    return node.__class__ is ast.Constant and node.value.__class__ in (int, float)


def place(node):
    return {"lineno": node.lineno, "col_offset": node.col_offset}
