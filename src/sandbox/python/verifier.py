"""The judge. Programs come in as text, verdicts go out as text.

A program is parsed, checked and instrumented (source.py, walk.py), compiled once and run in a fresh namespace with its
own builtins under the limits of guards.py. What it returns is written by exact type: nothing that a program
made is ever asked to print or to compare itself.
"""

import ast
import builtins as python
import gc
import json
import sys
import warnings

import allowed
import guards
import source
import walk
from allowed import Refused

MAX_OUTPUT = 2_000  # characters of the canonical result
MAX_INPUT = 2_000  # characters of one argument text
MAX_DEPTH = 20  # nesting of inputs and results
KEPT = 2_000  # compiled programs and parsed inputs kept for the next request

warnings.simplefilter("ignore")
_ATOMS = frozenset((int, str, bool, float, type(None)))
_BUILTINS = {name: getattr(python, name) for name in allowed.ALLOWED_NAMES}
_BUILTINS |= {"True": True, "False": False, "None": None}
_BUILTINS |= guards.BUILTINS | walk.GUARDS
# Without the allow-list the layers behind it are tested, so programs get enough to try something.
_OPEN_BUILTINS = {
    name: value for name, value in vars(python).items() if name not in ("__import__", "open", "input", "exit", "quit")
} | walk.GUARDS
_ERRORS = {id(kind): name for name, kind in vars(python).items() if isinstance(kind, type)}

_Function = type(source.parse)

_strict = True
_programs = {}
_inputs = {}


def configure(mode):
    """Sets how much of the verifier stands: one of the modes of sandbox.ts."""
    global _strict
    _strict = mode in ("strict", "suite")
    _programs.clear()


# --- Inputs and results -----------------------------------------------------------------------------------


def _parse_arguments(text):
    """Values of the literals between the parentheses of a call, and whether none of them can change."""
    if len(text) > MAX_INPUT:
        raise Refused("input", f"longer than {MAX_INPUT} characters")
    if source.is_deep(text):
        raise Refused("input", "nested too deeply")
    try:
        call = ast.parse(f"f({text}\n)", mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise Refused("input", "not a list of literals") from None
    if (
        call.__class__ is not ast.Call
        or call.func.__class__ is not ast.Name
        or call.func.id != "f"
        or call.keywords
    ):
        raise Refused("input", "not a list of literals")
    values = [_literal(node, 0) for node in call.args]
    return values, all(_is_constant(value) for value in values)


def _literal(node, depth):
    kind = node.__class__
    if depth > MAX_DEPTH:
        raise Refused("input", f"nested deeper than {MAX_DEPTH}")
    if kind is ast.Constant:
        if type(node.value) in _ATOMS:
            return node.value
    elif kind is ast.UnaryOp and node.operand.__class__ is ast.Constant:
        value = node.operand.value
        if type(value) in (int, float) and node.op.__class__ in (ast.USub, ast.UAdd):
            return -value if node.op.__class__ is ast.USub else value
    elif kind is ast.List:
        return [_literal(item, depth + 1) for item in node.elts]
    elif kind is ast.Tuple:
        return tuple([_literal(item, depth + 1) for item in node.elts])
    elif kind is ast.Dict and None not in node.keys:
        keys = [_literal(key, depth + 1) for key in node.keys]
        try:
            return dict(zip(keys, [_literal(value, depth + 1) for value in node.values]))
        except TypeError:
            raise Refused("input", "a dict key that cannot be hashed") from None
    raise Refused("input", "not a literal")


def _is_constant(value):
    return type(value) in _ATOMS or type(value) is tuple and all(_is_constant(item) for item in value)


def _fresh(value):
    """A copy that shares nothing that a program could change."""
    kind = type(value)
    if kind is list:
        return [_fresh(item) for item in value]
    if kind is dict:
        return {key: _fresh(item) for key, item in value.items()}
    if kind is tuple:
        return tuple([_fresh(item) for item in value])
    return value


def _arguments(text):
    found = _inputs.get(text)
    if found is None:
        try:
            found = _parse_arguments(text)
        except Refused as refused:
            found = refused
        if len(_inputs) >= KEPT:
            del _inputs[next(iter(_inputs))]
        _inputs[text] = found
    if found.__class__ is Refused:
        raise found
    values, constant = found
    return values if constant else [_fresh(value) for value in values]


def _write(value):
    """Canonical text: exactly Python's repr of values whose types are exactly those of literals."""
    kind = type(value)
    if kind is int:
        if -(10**15) < value < 10**15:
            return str(value)
    elif kind in _ATOMS and kind is not str:
        return repr(value)
    room = _measure(value, 0, MAX_OUTPUT)
    text = repr(value) if room >= 0 else ""
    if room < 0 or len(text) > MAX_OUTPUT:
        raise Refused("output", f"longer than {MAX_OUTPUT} characters")
    return text


def _measure(value, depth, room):
    """What is left of `room` characters after a value; refuses what is not a literal."""
    kind = type(value)
    if kind is int:
        return room - value.bit_length() // 4
    if kind is str:
        return room - len(value)
    if kind in _ATOMS:
        return room - 3
    if kind is not list and kind is not tuple and kind is not dict:
        raise Refused("output", f"not a literal: {_type_name(kind)}")
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


def _type_name(kind):
    # `kind.__name__` could run code of a metaclass.
    return _ERRORS.get(id(kind)) or type.__dict__["__name__"].__get__(kind)


# --- Programs and runs ------------------------------------------------------------------------------------


class _Program:
    """A compiled program: its code, or why it was refused."""

    __slots__ = ("code", "refused", "fewest", "most", "orderless")

    def __init__(self, text):
        self.refused = None
        self.fewest = None
        try:
            tree, self.orderless = source.parse(text, _strict)
            self.code = compile(tree, "<program>", "exec", dont_inherit=True)
        except Refused as refused:
            self.refused = [refused.refusal, refused.detail]
        except (SyntaxError, ValueError, MemoryError, RecursionError, TypeError) as error:
            self.refused = ["syntax", getattr(error, "msg", None) or str(error) or "nested too deeply"]
        else:
            guards.count_steps(self.code)

    def run(self, text):
        """One run in a fresh namespace: `(output, None)`, or `(None, [refusal, detail])`."""
        try:
            arguments = _arguments(text)
        except Refused as refused:
            return None, [refused.refusal, refused.detail]
        namespace = {"__builtins__": dict(_BUILTINS if _strict else _OPEN_BUILTINS), "__name__": "program"}
        guards.reset()
        try:
            exec(self.code, namespace)
            f = namespace.get("f")
            if self.fewest is None and type(f) is _Function:
                self.fewest, self.most = _arity(f)
            if self.fewest is not None and not self.fewest <= len(arguments) <= self.most:
                return None, ["input", f"{len(arguments)} arguments do not fit the parameters"]
            value = f(*arguments)
            if guards.tripped is None:
                return _write(value), None
        except Refused as refused:
            return None, [refused.refusal, refused.detail]
        except BaseException as error:
            if guards.tripped is None:
                return None, _judge_error(error)
        finally:
            guards.running = False
            # The function and its namespace hold each other.
            namespace.clear()
        return None, list(guards.tripped)


def _arity(f):
    """Fewest and most positional arguments of a function."""
    code = f.__code__
    most = code.co_argcount
    fewest = most - len(f.__defaults__ or ())
    if code.co_kwonlyargcount > len(f.__kwdefaults__ or ()):
        return 1, 0
    return fewest, sys.maxsize if code.co_flags & 0x04 else most


def _judge_error(error):
    kind = type(error)
    name = _type_name(kind)
    if isinstance(error, MemoryError):
        return ["memory", "the heap is full"]
    if isinstance(error, RecursionError):
        return ["budget", f"more than {guards.LIMITS['recursion']} nested calls"]
    # Only Python's own exceptions are asked for their message; others might run code of the program.
    if id(kind) in _ERRORS and all(type(part) in _ATOMS for part in error.args):
        message = str(error)[:200]
        return ["error", f"{name}: {message}" if message else name]
    return ["error", name[:200]]


def _program(text):
    program = _programs.get(text)
    if program is None:
        program = _Program(text)
        if len(_programs) >= KEPT:
            del _programs[next(iter(_programs))]
        _programs[text] = program
    return program


def _judge(program, text, runs):
    output, refused = program.run(text)
    if refused is not None:
        return refused
    if runs > 1:
        # Different addresses in the second run, so that a result that depends on them shows.
        apart = [[] for _ in range(7)], object(), lambda: apart
        again, refused = program.run(text)
        if again != output:
            return ["nondeterministic", "two runs differ"]
    return output


def _depth():
    depth = 0
    frame = sys._getframe()
    while frame is not None:
        depth += 1
        frame = frame.f_back
    return depth


def verify(batch):
    """
    Judges a batch: JSON `[[program, [input, ...], runs, steps, entry], ...]` to `[[orderless, [outcome, ...]], ...]`,
    where `steps` is the budget of each run (null for the usual one), an outcome is the canonical text or
    `[refusal, detail]`, and `orderless` says that the result may depend on the order of a set, so that it must
    be compared with an interpreter of another hash seed.
    """
    # The limit counts from here, so that programs get the same depth whoever calls.
    sys.setrecursionlimit(_depth() + guards.LIMITS["recursion"])
    results = []
    for text, inputs, runs, steps, entry in json.loads(batch):
        guards.LIMITS["steps"] = guards.STEPS if steps is None else steps
        program = _program(text)
        if program.refused is not None:
            results.append([False, [program.refused] * len(inputs)])
        else:
            results.append([program.orderless, [_judge(program, each, runs) for each in inputs]])
    return json.dumps(results)


def settle():
    """Called once everything is loaded: what exists now is never looked at by the garbage collector again."""
    gc.collect()
    gc.freeze()
