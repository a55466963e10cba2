"""Values at the border: arguments are read from literals, results are written as canonical literals.

Nothing that comes in is evaluated, and nothing that goes out is asked to print or to compare itself: both are
taken apart by exact type.
"""

import ast
import builtins as python

from allowed import Refused
from source import is_deep

MAX_DEPTH = 20  # nesting of inputs and results

_ATOMS = frozenset((int, str, bool, float, type(None)))
_EXTENDED_ATOMS = _ATOMS | {bytes, complex}
_NOT_FINITE = {"nan": float("nan"), "inf": float("inf")}
_ERRORS = {id(kind): name for name, kind in vars(python).items() if isinstance(kind, type)}


# --- Reading ------------------------------------------------------------------------------------------------


def parse_arguments(text, entry, longest, extended):
    """
    Positional values and keyword values of the literals between the parentheses of a call, and whether none of
    them can change. With `extended`, keywords, sets, bytes, complex numbers, nan and inf are accepted, and the
    text may be the whole call. Raises Refused.
    """
    if len(text) > longest:
        raise Refused("input", f"longer than {longest} characters")
    if is_deep(text):
        raise Refused("input", "nested too deeply")
    try:
        call = ast.parse(f"f({text}\n)", mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise Refused("input", "not a list of literals") from None
    if not _is_call_of("f", call):
        raise Refused("input", "not a list of literals")
    if extended and len(call.args) == 1 and not call.keywords and _is_call_of(entry, call.args[0]):
        call = call.args[0]
    if any(keyword.arg is None for keyword in call.keywords) or call.keywords and not extended:
        raise Refused("input", "not a list of literals")
    values = [_literal(node, 0, extended) for node in call.args]
    keywords = {keyword.arg: _literal(keyword.value, 0, extended) for keyword in call.keywords}
    return values, keywords, all(map(_is_constant, values)) and not keywords


def _is_call_of(name, node):
    return node.__class__ is ast.Call and node.func.__class__ is ast.Name and node.func.id == name


def _literal(node, depth, extended):
    kind = node.__class__
    if depth > MAX_DEPTH:
        raise Refused("input", f"nested deeper than {MAX_DEPTH}")
    if kind is ast.Constant:
        value = node.value
        if type(value) in (_EXTENDED_ATOMS if extended else _ATOMS):
            return _finite(value) if type(value) is float and not extended else value
    elif kind is ast.UnaryOp and node.op.__class__ in (ast.USub, ast.UAdd):
        value = _number(node.operand, extended)
        if value is not None:
            return -value if node.op.__class__ is ast.USub else value
    elif kind is ast.List:
        return [_literal(item, depth + 1, extended) for item in node.elts]
    elif kind is ast.Tuple:
        return tuple([_literal(item, depth + 1, extended) for item in node.elts])
    elif kind is ast.Dict and None not in node.keys:
        keys = [_literal(key, depth + 1, extended) for key in node.keys]
        values = [_literal(value, depth + 1, extended) for value in node.values]
        return _hashing(lambda: dict(zip(keys, values)), "dict key")
    elif extended:
        return _extended_literal(node, kind, depth)
    raise Refused("input", "not a literal")


def _extended_literal(node, kind, depth):
    if kind is ast.Set:
        return _hashing(lambda: {_literal(item, depth + 1, True) for item in node.elts}, "set item")
    if kind is ast.Name and node.id in _NOT_FINITE:
        return _NOT_FINITE[node.id]
    if kind is ast.BinOp and node.op.__class__ in (ast.Add, ast.Sub):
        real = _literal(node.left, depth + 1, True)
        imaginary = _number(node.right, True)
        if type(real) in (int, float) and type(imaginary) is complex:
            return real + imaginary if node.op.__class__ is ast.Add else real - imaginary
    if kind is ast.Call and node.func.__class__ is ast.Name and not node.keywords and len(node.args) <= 1:
        name, items = node.func.id, node.args
        if name in ("set", "frozenset"):
            if items and items[0].__class__ not in (ast.Set, ast.List, ast.Tuple):
                raise Refused("input", "not a literal")
            values = _literal(items[0], depth + 1, True) if items else ()
            return _hashing(lambda: set(values) if name == "set" else frozenset(values), "set item")
        if name == "float" and items and items[0].__class__ is ast.Constant:
            text = items[0].value
            if type(text) is str and text.strip("+-").lower() in ("nan", "inf", "infinity"):
                return float(text)
    raise Refused("input", "not a literal")


def _number(node, extended):
    if node.__class__ is ast.Constant:
        value = node.value
        if type(value) is int or type(value) is complex and extended:
            return value
        if type(value) is float:
            return value if extended else _finite(value)
    if extended and node.__class__ is ast.Name:
        return _NOT_FINITE.get(node.id)
    return None


def _finite(value):
    if value * 0 != 0:
        raise Refused("input", "not a literal: a float out of range")
    return value


def _hashing(make, what):
    try:
        return make()
    except TypeError:
        raise Refused("input", f"a {what} that cannot be hashed") from None


def _is_constant(value):
    kind = type(value)
    return kind in _EXTENDED_ATOMS or kind is tuple and all(map(_is_constant, value))


def fresh(value):
    """A copy that shares nothing that a program could change."""
    kind = type(value)
    if kind is list:
        return [fresh(item) for item in value]
    if kind is dict:
        return {key: fresh(item) for key, item in value.items()}
    if kind is tuple:
        return tuple([fresh(item) for item in value])
    return set(value) if kind is set else value


# --- Writing ------------------------------------------------------------------------------------------------


def write(value, longest):
    """Canonical text: exactly Python's repr of values whose types are exactly those of literals."""
    kind = type(value)
    if kind is int:
        if -(10**15) < value < 10**15:
            return str(value)
    elif kind is bool or value is None:
        return repr(value)
    room = _measure(value, 0, longest)
    text = repr(value) if room >= 0 else ""
    if room < 0 or len(text) > longest:
        raise Refused("output", f"longer than {longest} characters")
    return text


def _measure(value, depth, room):
    """What is left of `room` characters after a value; refuses what is not a literal."""
    kind = type(value)
    if kind is int:
        return room - value.bit_length() // 4
    if kind is str:
        return room - len(value)
    if kind is float:
        if value * 0 != 0:
            raise Refused("output", f"not a literal: {value!r}")
        return room - 3
    if kind in _ATOMS:
        return room - 3
    if kind is not list and kind is not tuple and kind is not dict:
        raise Refused("output", f"not a literal: {type_name(kind)}")
    if depth >= MAX_DEPTH:
        raise Refused("output", f"nested deeper than {MAX_DEPTH}")
    for item in value:
        room = _measure(item, depth + 1, room - 2)
        if room < 0:
            return room
        if kind is dict:
            room = _measure(value[item], depth + 1, room - 2)
            if room < 0:
                return room
    return room - 2


def write_extended(value, longest):
    """
    Canonical text where sets (in the order of their items' texts), bytes, complex numbers, nan and inf are values
    too, and subclasses of containers (a Counter, a named tuple) count as what they are made of.
    """
    parts = []
    _write_into(parts, [longest], value, 0)
    return "".join(parts)


def _write_into(parts, room, value, depth):
    kind = type(value)
    if kind in _EXTENDED_ATOMS:
        _take(room, value.bit_length() // 4 if kind is int else len(value) if kind in (str, bytes) else 3)
        parts.append(repr(value))
        return
    for base, opening, closing in ((list, "[", "]"), (tuple, "(", ")"), (dict, "{", "}"), (set, "{", "}")):
        if isinstance(value, base):
            break
    else:
        if not isinstance(value, frozenset):
            raise Refused("output", f"not a literal: {type_name(kind)}")
        base, opening, closing = frozenset, "frozenset({", "})"
    if depth >= MAX_DEPTH:
        raise Refused("output", f"nested deeper than {MAX_DEPTH}")
    items = [[] for _ in range(base.__len__(value))]
    _take(room, 2 * len(items) + 2)
    if base is dict:
        for text, (key, item) in zip(items, dict.items(value)):
            _write_into(text, room, key, depth + 1)
            text.append(": ")
            _write_into(text, room, item, depth + 1)
    else:
        for text, item in zip(items, base.__iter__(value)):
            _write_into(text, room, item, depth + 1)
    texts = ["".join(text) for text in items]
    if base in (set, frozenset):
        texts.sort()
        if not texts:
            opening, closing = f"{base.__name__}(", ")"
    elif base is tuple and len(texts) == 1:
        closing = ",)"
    parts += (opening, ", ".join(texts), closing)


def _take(room, characters):
    room[0] -= characters
    if room[0] < 0:
        raise Refused("output", "too long")


def type_name(kind):
    """Name of a type; `kind.__name__` could run code of a metaclass."""
    return _ERRORS.get(id(kind)) or type.__dict__["__name__"].__get__(kind)


def judge_error(error, recursion):
    """The refusal that an exception amounts to."""
    kind = type(error)
    name = type_name(kind)
    if isinstance(error, MemoryError):
        return ["memory", "the heap is full"]
    if isinstance(error, RecursionError):
        return ["budget", f"more than {recursion} nested calls"]
    # Only Python's own exceptions are asked for their message; others might run code of the program.
    if id(kind) in _ERRORS and all(type(part) in _ATOMS for part in error.args):
        message = str(error)[:200]
        return ["error", f"{name}: {message}" if message else name]
    return ["error", name[:200]]
