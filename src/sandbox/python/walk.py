"""Checks a program against the lists of allowed.py: one pass over its tree, which instrument.py extends."""

import ast

import allowed
import calls
from allowed import Refused

# Node classes that may hold other nodes, with the names of those fields.
_SKIPPED_FIELDS = frozenset(("ctx", "op", "ops", "kind", "type_comment", "is_async", "simple", "conversion"))
FIELDS = {
    kind: tuple(field for field in kind._fields if field not in _SKIPPED_FIELDS)
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST)
}


class Walk:
    """One pass over the tree of one program. Without the allow-list it refuses nothing."""

    # Node class to the method that visits it.
    visitors = {}

    def __init__(self, mode):
        self.strict = mode.allow
        self.hides = mode.attributes is not None
        self.names = allowed.SUITE_NAMES if mode.extended else allowed.ALLOWED_NAMES
        self.methods = allowed.SUITE_METHODS if mode.extended else allowed.METHODS
        self.constants = allowed.SUITE_CONSTANTS if mode.extended else allowed.CONSTANTS
        self.orderless = False
        self.texts = 0
        self.used = {}
        self.bound = set()
        self.stack = []

    def walk(self, tree):
        """Visits every node. Raises Refused."""
        stack = self.stack
        visitors = self.visitors
        stack.extend(tree.body)
        while stack:
            node = stack.pop()
            kind = node.__class__
            if self.strict and kind not in allowed.NODES:
                name = kind.__name__
                self.refuse(node, allowed.PLAIN_NAMES.get(name, f"the syntax {name}"))
            visit = visitors.get(kind)
            if visit is not None and visit(self, node):
                continue
            for field in FIELDS[kind]:
                value = getattr(node, field, None)
                if value.__class__ is list:
                    for item in value:
                        if isinstance(item, ast.AST):
                            stack.append(item)
                elif isinstance(value, ast.AST):
                    stack.append(value)
        if self.strict:
            for name, node in self.used.items():
                if name in allowed.KNOWN_NAMES and name not in self.names and name not in self.bound:
                    self.refuse(node, name)

    def refuse(self, node, what):
        if self.strict:
            line = getattr(node, "lineno", None)
            raise Refused("forbidden", what if line is None else f"{what} (line {line})")

    def bind(self, node, name):
        if name is not None:
            if name[:2] == "__":
                self.refuse(node, f"the name {name}")
            self.bound.add(name)

    # Visitors return true when they have already pushed the children that are to be visited.

    def visit_name(self, node):
        name = node.id
        if node.ctx.__class__ is ast.Load:
            if name[:2] == "__":
                self.refuse(node, f"the name {name}")
            if name in allowed.ORDERLESS:
                self.orderless = True
            if name == "str":
                self.texts += 1
            if name not in self.used:
                self.used[name] = node
        else:
            self.bind(node, name)
        return True

    def visit_constant(self, node):
        if node.value.__class__ not in self.constants:
            self.refuse(node, f"a constant of type {type(node.value).__name__}")
        return True

    def visit_handler(self, node):
        self.bind(node, node.name)
        # A clause that catches everything catches the end of the budget too, but the next step ends the run again.
        kinds = node.type.elts if node.type.__class__ is ast.Tuple else [node.type]
        for kind in kinds:
            if kind is not None and (kind.__class__ is not ast.Name or kind.id not in allowed.CAUGHT):
                self.refuse(node, "an except clause that does not name an ordinary exception")
        return False

    def visit_try(self, node):
        # `continue`, `break` or `return` in a finally clause would swallow the end of the budget.
        pending = list(node.finalbody)
        while pending:
            inner = pending.pop()
            if inner.__class__ in (ast.Return, ast.Break, ast.Continue):
                self.refuse(inner, "leaving a finally clause")
            pending.extend(ast.iter_child_nodes(inner))
        return False

    def visit_function(self, node):
        if node.decorator_list:
            self.refuse(node, "a decorator")
        if getattr(node, "type_params", None):
            self.refuse(node, "type parameters")
        self.bind(node, node.name)
        if self.strict and node.returns is not None:
            # Checked like the rest, and then left out: it does nothing.
            self.stack.append(node.returns)
            node.returns = None
        return False

    def visit_argument(self, node):
        self.bind(node, node.arg)
        if self.strict and node.annotation is not None:
            self.stack.append(node.annotation)
            node.annotation = None
        return False

    def visit_keyword(self, node):
        if node.arg is not None and node.arg[:1] == "_":
            self.refuse(node, f"the keyword {node.arg}")
        return False

    def visit_nonlocal(self, node):
        for name in node.names:
            self.bind(node, name)
        return True

    def visit_class_pattern(self, node):
        if self.hides:
            # `case int(__class__=c)` reads an attribute: one of that name is found nowhere.
            node.kwd_attrs = [f"@{name}" if calls.is_hidden(name) else name for name in node.kwd_attrs]
        return False

    def visit_capture(self, node):
        self.bind(node, getattr(node, "name", None) or getattr(node, "rest", None))
        return False


Walk.visitors = {
    ast.Name: Walk.visit_name,
    ast.Constant: Walk.visit_constant,
    ast.ExceptHandler: Walk.visit_handler,
    ast.Try: Walk.visit_try,
    ast.FunctionDef: Walk.visit_function,
    ast.arg: Walk.visit_argument,
    ast.keyword: Walk.visit_keyword,
    ast.Nonlocal: Walk.visit_nonlocal,
    ast.MatchClass: Walk.visit_class_pattern,
    ast.MatchAs: Walk.visit_capture,
    ast.MatchStar: Walk.visit_capture,
    ast.MatchMapping: Walk.visit_capture,
}
