"""Which names of a function are its own, and which it takes from outside."""

import ast
from types import SimpleNamespace

from walk import FIELDS

_COMPREHENSIONS = frozenset((ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp))
_FUNCTIONS = frozenset((ast.FunctionDef, ast.Lambda))


class _Scope:
    """The names of a function, a lambda or a comprehension."""

    __slots__ = ("around", "function", "bound", "outside", "used")

    def __init__(self, around, is_function):
        self.around = around
        self.function = self if is_function else around.function
        self.bound = set()
        self.outside = set()
        self.used = []

    def binds(self, name):
        return name in self.bound and name not in self.outside

    def is_outer(self, name):
        scope = self
        while scope is not None:
            if scope.binds(name):
                return False
            scope = scope.around
        return True


def describe(function):
    """
    Of a function at the top level: `outer`, its name nodes that mean something of the module or a builtin; `bound`,
    the names that it binds, at any depth; `local`, those that it binds itself; `header`, the names in its defaults;
    `size`, how many expressions and statements it has, about.
    """
    module = _Scope(None, True)
    scopes = [module]
    stack = []
    _enter(function, module, scopes, stack)
    own = scopes[1]
    size = 0
    while stack:
        node, scope = stack.pop()
        kind = node.__class__
        size += 1
        if kind is ast.Name:
            scope.used.append(node)
            if node.ctx.__class__ is not ast.Load:
                scope.bound.add(node.id)
        elif kind in _FUNCTIONS:
            if kind is ast.FunctionDef:
                scope.bound.add(node.name)
            _enter(node, scope, scopes, stack)
        elif kind in _COMPREHENSIONS:
            # The first source is read outside.
            stack.append((node.generators[0].iter, scope))
            inner = _Scope(scope, False)
            scopes.append(inner)
            results = (node.key, node.value) if kind is ast.DictComp else (node.elt,)
            stack.extend((each, inner) for each in results)
            for index, generator in enumerate(node.generators):
                parts = (generator.target, *generator.ifs, *((generator.iter,) if index else ()))
                stack.extend((each, inner) for each in parts)
        elif kind is ast.NamedExpr:
            # Bound in the function, even from within a comprehension.
            scope.function.bound.add(node.target.id)
            scope.used.append(node.target)
            stack.append((node.value, scope))
        elif kind is ast.Nonlocal:
            scope.outside.update(node.names)
        else:
            for field in FIELDS[kind]:
                value = getattr(node, field, None)
                if value.__class__ is list:
                    stack.extend((each, scope) for each in value if isinstance(each, ast.AST))
                elif isinstance(value, ast.AST):
                    stack.append((value, scope))
                elif value.__class__ is str and field in ("name", "rest"):
                    scope.bound.add(value)
    return SimpleNamespace(
        outer=[node for scope in scopes for node in scope.used if scope.is_outer(node.id)],
        bound=set().union(*(scope.bound for scope in scopes)),
        local=own.bound,
        header={node.id for node in module.used},
        size=size,
    )


def _enter(function, scope, scopes, stack):
    """Pushes what is in a function; its defaults belong to the scope around it."""
    arguments = function.args
    defaults = [each for each in (*arguments.defaults, *arguments.kw_defaults) if each is not None]
    stack.extend((each, scope) for each in defaults)
    inner = _Scope(scope, True)
    scopes.append(inner)
    single = [each for each in (arguments.vararg, arguments.kwarg) if each is not None]
    inner.bound.update(each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *single))
    body = function.body if function.body.__class__ is list else [function.body]
    stack.extend((each, inner) for each in body)
