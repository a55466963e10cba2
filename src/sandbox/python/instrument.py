"""Instruments a program while it is checked: what could make C code run away becomes a call of a guard.

Guards are reached through names such as `@add`, which no source can spell.
"""

import ast

import allowed
import calls
from rewrites import GUARDED_OPERATORS, GUARDS, LOAD, STORE, is_number, place
from walk import Walk

# Of two views of a dict, or of one and anything else, these make a set.
_SET_OPERATORS = frozenset((ast.BitAnd, ast.BitOr, ast.BitXor, ast.Sub))


class Instrument(Walk):
    """The walk that also rewrites, in place; without the allow-list it is all that is left of it."""

    def __init__(self, mode):
        super().__init__(mode)
        self.replaces = mode.builtins == "own"
        self.views = False
        self.combines = False
        self.calls = []
        self.types = []
        self.handed = []
        self.shared = {}

    def run(self, tree):
        """
        Whether the program may show the order of a set, and whether it may show an address by a way that no guard
        sees. Raises Refused.
        """
        self.walk(tree)
        for node in self.calls:
            self.guard_builtin_call(node)
        for node in (*self.types, *self.handed):
            if node.id not in self.bound:
                node.id = f"@{node.id}"
        return self.orderless or self.views and self.combines, self.texts > 0 or "type" in self.used

    def guard(self, name, at):
        """A name that no source can spell, on the line of `at` so that line counts stay as they were."""
        key = (name, at.lineno)
        node = self.shared.get(key)
        if node is None:
            node = self.shared[key] = ast.Name(name, LOAD, **place(at))
        return node

    def call(self, name, at, *arguments):
        return ast.Call(self.guard(name, at), list(arguments), [], **place(at))

    def used_whole(self, node):
        return self.call("@use", node, node)

    def built(self, node):
        """For what makes a value of all that is in another one."""
        return self.call("@build", node, node)

    def passed(self, arguments, name):
        """Arguments of a builtin or a method that walks through them."""
        guard = "@build" if allowed.is_whole(name) else "@walk"
        return [a if a.__class__ is ast.Starred else self.call(guard, a, a) for a in arguments]

    # A node is rewritten in place, by changing its class: its parent need not be known and its place in the source
    # is kept.

    def visit_attribute(self, node):
        name = node.attr
        if name in allowed.VIEWS:
            self.views = True
        if not self.strict:
            self.hide(node)
        elif name[:1] == "_":
            self.refuse(node, f"the attribute {name}")
        elif node.ctx.__class__ is not ast.Load:
            self.refuse(node, f"changing the attribute {name}")
        elif name not in self.methods:
            self.refuse(node, f"the method {name}")
        of_type = node.value.__class__ is ast.Name and node.value.id in allowed.TYPES
        if node.ctx.__class__ is ast.Load and (
            name in calls.METHODS or name in self.methods and name not in allowed.DATA and not of_type
        ):
            # A method that is not called here: `key=d.get`.
            self.stack.append(node.value)
            node.func = self.guard("@bound", node)
            node.args = [node.value, ast.Constant(name, **place(node))]
            node.keywords = []
            node.__class__ = ast.Call
            return True
        return False

    def hide(self, node):
        """Attributes that the mode hides are refused when the program gets there."""
        if self.hides and calls.is_hidden(node.attr):
            node.value = self.call("@visible", node, node.value, ast.Constant(node.attr, **place(node)))

    def visit_call(self, node):
        function = node.func
        stack = self.stack
        for argument in node.args:
            if argument.__class__ is ast.Starred:
                argument.value = self.built(argument.value)
        for keyword in node.keywords:
            if keyword.arg is None:
                keyword.value = self.built(keyword.value)
            elif keyword.arg == "key":
                self.hand(keyword.value)
        stack.extend(node.args)
        stack.extend(node.keywords)
        if function.__class__ is ast.Attribute:
            name = function.attr
            if name in allowed.VIEWS:
                self.views = True
            if self.strict and (name not in self.methods or name in allowed.DATA):
                self.refuse(function, f"the {'attribute' if name[:1] == '_' else 'method'} {name}")
            stack.append(function.value)
            if not self.strict:
                self.hide(function)
            if name in calls.METHODS:
                node.args.insert(0, function.value)
                node.func = self.guard(f"@{name}", node)
            elif name not in allowed.CHEAP:
                function.value = self.call("@use", node, function.value)
                if name in allowed.FEEDS:
                    node.args = self.passed(node.args, name)
        else:
            stack.append(function)
            if function.__class__ is ast.Name:
                if function.id in allowed.WALKS:
                    self.calls.append(node)
                if function.id == "str":
                    # Guarded where it is called and nowhere else.
                    self.texts -= 1
                elif function.id in ("map", "filter") and node.args:
                    self.hand(node.args[0])
                elif function.id in ("isinstance", "issubclass") and len(node.args) == 2:
                    self.mean_types(node.args[1])
                    node.args[1] = self.used_whole(node.args[1])
        return True

    def hand(self, node):
        """A builtin that C code is to call: `map(sum, rows)`, `key=str`."""
        if node.__class__ is ast.Name and node.id in allowed.WALKS and f"@{node.id}" in GUARDS:
            self.handed.append(node)

    def guard_builtin_call(self, node):
        # After the walk, because only then it is known whether the program gives the name another meaning.
        name = node.func.id
        if name in self.bound:
            return
        if name in ("str", "int"):
            node.func = self.guard(f"@{name}", node)
        else:
            node.args = self.passed(node.args, name)

    def visit_binary(self, node):
        operator = node.op.__class__
        if operator is ast.MatMult:
            self.refuse(node, "the operator @")
        self.stack += (node.left, node.right)
        if operator in _SET_OPERATORS:
            self.combines = True
            if operator is not ast.Sub:
                node.left, node.right = self.used_whole(node.left), self.used_whole(node.right)
        names = GUARDED_OPERATORS.get(operator)
        # A sum with a written number is neither a sequence nor does it grow by more than that number.
        if names is not None and not (operator is ast.Add and (is_number(node.left) or is_number(node.right))):
            node.func = self.guard(names[0], node)
            node.args = [node.left, node.right]
            node.keywords = []
            node.__class__ = ast.Call
        return True

    def visit_augmented(self, node):
        operator = node.op.__class__
        if operator is ast.MatMult:
            self.refuse(node, "the operator @")
        target = node.target
        if operator in _SET_OPERATORS:
            self.combines = True
            if target.__class__ is not ast.Attribute:
                self.stack += (target, node.value)
                node.value = self.used_whole(node.value)
                return True
        names = GUARDED_OPERATORS.get(operator)
        if names is None or target.__class__ is ast.Attribute:
            return False
        at = place(node)
        self.stack.append(node.value)
        if target.__class__ is ast.Name:
            self.stack.append(target)
            old = ast.Name(target.id, LOAD, **at)
        else:
            # Python evaluates container and index once and reads before it evaluates the right-hand side.
            index = target.slice
            if index.__class__ is ast.Slice:
                parts = (index.lower, index.upper, index.step)
                index = self.call("@slice", node, *(p or ast.Constant(None, **at) for p in parts))
            self.stack += (target.value, index)
            container = ast.NamedExpr(ast.Name("@container", STORE, **at), target.value, **at)
            key = ast.NamedExpr(ast.Name("@key", STORE, **at), index, **at)
            old = ast.Subscript(container, key, LOAD, **at)
            again = ast.Name("@container", LOAD, **at), ast.Name("@key", LOAD, **at)
            target = ast.Subscript(*again, STORE, **at)
        value = self.call(names[1], node, old, node.value)
        node.__class__ = ast.Assign
        node.targets = [target]
        node.value = value
        return True

    def visit_display(self, node):
        for item in node.elts:
            if item.__class__ is ast.Starred and item.ctx.__class__ is ast.Load:
                item.value = self.built(item.value)
        if node.__class__ is ast.Set:
            self.orderless = True
        return False

    def visit_dict(self, node):
        for i, key in enumerate(node.keys):
            if key is None:
                node.values[i] = self.built(node.values[i])
        return False

    def visit_match(self, node):
        self.stack += (node.subject, *node.cases)
        node.subject = self.used_whole(node.subject)
        return True

    def visit_delete(self, node):
        # What comes after an item moves up.
        for target in node.targets:
            if target.__class__ is ast.Subscript:
                self.stack += (target.value, target.slice)
                target.value = self.used_whole(target.value)
            else:
                self.stack.append(target)
        return True

    def visit_set_comprehension(self, node):
        self.orderless = True
        return False

    def visit_subscript(self, node):
        if node.slice.__class__ is ast.Slice and node.ctx.__class__ is ast.Load:
            self.stack += (node.value, node.slice)
            node.value = self.used_whole(node.value)
            return True
        return False

    def visit_assign(self, node):
        for target in node.targets:
            if (
                target.__class__ is ast.Subscript
                and target.slice.__class__ is ast.Slice
                or target.__class__ in (ast.Tuple, ast.List)
                and any(item.__class__ is ast.Starred for item in target.elts)
            ):
                self.stack += (*node.targets, node.value)
                node.value = self.built(node.value)
                return True
        return False

    def mean_types(self, node):
        """`isinstance(x, type)`: the type is meant and not the guard in its place."""
        if self.replaces:
            for each in node.elts if node.__class__ is ast.Tuple else (node,):
                if each.__class__ is ast.Name and each.id == "type":
                    self.types.append(each)

    def visit_compare(self, node):
        self.mean_types(node.left)
        for each in node.comparators:
            self.mean_types(each)
        self.stack.append(node.left)
        self.stack.extend(node.comparators)
        for i, operator in enumerate(node.ops):
            right = node.comparators[i]
            if operator.__class__ in (ast.In, ast.NotIn):
                node.comparators[i] = self.used_whole(right)
            elif operator.__class__ not in (ast.Is, ast.IsNot):
                # A comparison ends as soon as one side does, so one of them pays; a number ends it at once.
                left = node.left if i == 0 else node.comparators[i - 1]
                if left.__class__ is not ast.Constant and right.__class__ is not ast.Constant:
                    node.comparators[i] = self.used_whole(right)
        return True

    def visit_formatted(self, node):
        spec = node.format_spec
        at = place(node)
        self.stack.append(node.value)
        if spec is not None:
            self.stack.append(spec)
        arguments = (node.value, ast.Constant(node.conversion, **at), spec or ast.Constant("", **at))
        node.value = self.call("@format_value", node, *arguments)
        node.conversion = -1
        node.format_spec = None
        return True


Instrument.visitors = Walk.visitors | {
    ast.Attribute: Instrument.visit_attribute,
    ast.Call: Instrument.visit_call,
    ast.BinOp: Instrument.visit_binary,
    ast.AugAssign: Instrument.visit_augmented,
    ast.List: Instrument.visit_display,
    ast.Tuple: Instrument.visit_display,
    ast.Set: Instrument.visit_display,
    ast.Dict: Instrument.visit_dict,
    ast.Match: Instrument.visit_match,
    ast.Delete: Instrument.visit_delete,
    ast.SetComp: Instrument.visit_set_comprehension,
    ast.Subscript: Instrument.visit_subscript,
    ast.Assign: Instrument.visit_assign,
    ast.Compare: Instrument.visit_compare,
    ast.FormattedValue: Instrument.visit_formatted,
}
