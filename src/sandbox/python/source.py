"""From text to a tree that is safe to compile: sizes, nesting, syntax, then the walk."""

import ast
import re

import allowed
from allowed import Refused
from instrument import Instrument

# Bounds on the nesting that the parser and the compiler meet: deeper trees overflow the stack of wasm and take
# the interpreter down.
MAX_BRACKETS = 80
MAX_CHAIN = 200
# Remarks and joined lines, which may stand between any two words.
_GAPS = re.compile(r"\\\n|#[^\n]*")
_INNERMOST = re.compile(r"\([^()\[\]]*\)|\[[^()\[\]]*\]")
_CHAIN = re.compile(r"(?:\s*(?:@|\.\s*\w+)){%d}" % MAX_CHAIN)
_PREFIXES = re.compile(r"(?:[-+~]\s*){80}|(?:\bnot\s+){80}|(?:\blambda\b[^:]*:\s*){80}")


def parse(source, mode):
    """
    The checked and instrumented tree of a program, whether it may show the order of a set, and whether it may
    show an address. Without the allow-list only the instrumentation is left. Raises Refused.
    """
    check_size(source, mode.room)
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise Refused("syntax", f"{error.msg} (line {error.lineno})") from None
    except (ValueError, MemoryError, RecursionError) as error:
        raise Refused("syntax", str(error) or "nested too deeply") from None
    body = tree.body
    if mode.single:
        if len(body) != 1 or body[0].__class__ is not ast.FunctionDef or body[0].name != "f":
            raise Refused("syntax", _not_one_function(body))
        if body[0].decorator_list:
            raise Refused("forbidden", "a decorator (line 1)")
    elif mode.allow:
        _refuse_statements(body)
    return tree, *Instrument(mode).run(tree)


def check_size(source, room):
    """Refuses a text that is too long for the room, or nested too deeply to be parsed."""
    if len(source) > room.program:
        raise Refused("syntax", f"longer than {room.program} characters")
    if len(source) > room.line and max(map(len, source.splitlines())) > room.line:
        raise Refused("syntax", f"a line of more than {room.line} characters")
    if is_deep(source):
        raise Refused("syntax", "nested too deeply")


def is_deep(source):
    brackets = source.count("(") + source.count("[") + source.count("{")
    if brackets > MAX_BRACKETS:
        depth = 0
        for character in source:
            if character in "([{":
                depth += 1
                if depth > MAX_BRACKETS:
                    return True
            elif character in ")]}":
                depth -= 1
    if "\\" in source or "#" in source:
        source = _GAPS.sub(" ", source)
    return _PREFIXES.search(source) is not None or brackets + source.count(".") > MAX_CHAIN and _has_long_chain(source)


def _has_long_chain(source):
    """Whether many calls, indices or attributes follow on one another: `f()()()`."""
    while _CHAIN.search(source) is None:
        shorter = _INNERMOST.sub("@", source)
        if shorter == source:
            return False
        source = shorter
    return True


def _refuse_statements(body):
    for node in body:
        plain = allowed.PLAIN_NAMES.get(node.__class__.__name__)
        if plain is not None:
            raise Refused("forbidden", f"{plain} (line {node.lineno})")


def _not_one_function(body):
    _refuse_statements(body)
    functions = [node.name for node in body if isinstance(node, ast.FunctionDef)]
    if "f" not in functions:
        return "no function f"
    return "more than one function" if len(functions) == len(body) else "code outside the function f"
