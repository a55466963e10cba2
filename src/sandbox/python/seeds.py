"""Reads a text that somebody typed as seed programs: each of its functions under the name `f`, or why it is none.

A seed may have any name, any indentation, remarks and a docstring. What comes out is what the lab judges and the
reasoner reads: one function `f`, four spaces a level, printable ASCII, no remarks. Functions that it calls are put
inside it. Nothing is run.
"""

import ast
import re
import textwrap
from types import SimpleNamespace

import scopes
import source
from allowed import PLAIN_NAMES, Refused
from instrument import Instrument
from modes import MODES

MOST_CHARACTERS = 64_000  # of a text
MOST_FUNCTIONS = 20  # of a text, each of which is written as a program of its own
_STRICT = MODES["strict"]
# Longer by what is taken away. The parser overflows the stack of wasm on sums of very many terms.
_MOST_OF_ONE = 2 * _STRICT.room.program
_BEGINNING = re.compile(r"^(?=(?:async\s+)?def\b|class\b|@)", re.M)
_REMARKS = re.compile(r"^[ \t]+|#.*", re.M)
_STATEMENTS = ("body", "orelse", "finalbody", "handlers", "cases")
_LINE = re.compile(r" \(line (\d+)\)$")
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

# Python loads what writes programs when it is first needed; afterwards nothing can be loaded.
ast.unparse(ast.parse("0"))


class _Unfit(Exception):
    """Why a text holds no seed programs: a sentence, and the line that it is about if there is one."""

    def __init__(self, detail, line=None):
        super().__init__(detail)
        self.detail = detail
        self.line = line


def read(text):
    """
    `{"ok": True, "functions": [{"name", "program", "text"}, ...]}` with every function at the top level of the text, in its
    order, or `{"ok": False, "detail", "line"}` with a sentence.
    """
    try:
        return {"ok": True, "functions": _functions(text)}
    except _Unfit as unfit:
        return {"ok": False, "detail": unfit.detail, "line": unfit.line}
    except (RecursionError, MemoryError):
        return {"ok": False, "detail": "The program is nested too deeply.", "line": None}


def _functions(text):
    if len(text) > MOST_CHARACTERS:
        raise _Unfit(f"The text is longer than {MOST_CHARACTERS:,} characters.")
    if text.strip() == "":
        raise _Unfit("There is no function here yet. A function begins with def.")
    # Copied from where it stood further in.
    text = textwrap.dedent(text)
    _check_sizes(text)
    tree = _parse(text)
    _check_outline(tree.body)
    if not text.isascii():
        _check_letters(tree)
    # What the allow-list refuses comes first, but its check rewrites the tree.
    programs, unfit = [], None
    try:
        programs = _programs(tree)
    except _Unfit as error:
        unfit = error
    _check_allowed(tree)
    if unfit is not None:
        raise unfit
    return programs


def _parse(text):
    if source.is_deep(text):
        raise _Unfit("The program is nested too deeply.")
    try:
        return ast.parse(text)
    except SyntaxError as error:
        raise _Unfit(f"Python cannot read this: {error.msg}.", error.lineno) from None
    except ValueError:
        raise _Unfit("The text has a character in it that no program may have.") from None


def _check_sizes(text):
    at = 1
    for part in _BEGINNING.split(text):
        if len(part) > _MOST_OF_ONE and len(_REMARKS.sub("", part)) > _MOST_OF_ONE:
            raise _Unfit(f"This is much longer than {_STRICT.room.program:,} characters.", at)
        at += part.count("\n")


def _check_outline(body):
    """Functions and remarks are all that may stand at the top level."""
    seen = set()
    for node in body:
        if isinstance(node, _DEFINITIONS):
            if node.name in seen:
                raise _Unfit(f"There are two functions named {node.name}.", node.lineno)
            seen.add(node.name)
        elif not _is_text(node):
            plain = PLAIN_NAMES.get(node.__class__.__name__)
            if plain is None:
                raise _Unfit("This stands outside of every function. Move it into one, or delete it.", node.lineno)
            raise _Unfit(f"A program cannot have {plain} in it.", node.lineno)
    if not seen:
        raise _Unfit("There is no function here yet. A function begins with def.")
    if len(seen) > MOST_FUNCTIONS:
        raise _Unfit(f"There are more than {MOST_FUNCTIONS} functions.")


def _check_allowed(tree):
    try:
        Instrument(_STRICT).run(tree)
    except Refused as refused:
        raise _unfit(refused) from None


def _check_letters(tree):
    _strip(tree)
    for node in ast.walk(tree):
        for word in _words(node):
            if not word.isascii():
                strange = next(character for character in word if not character.isascii())
                raise _Unfit(f"The model cannot read the character {strange}: use plain letters.", node.lineno)


def _words(node):
    """What of a node stands in its program in the author's own letters."""
    for field in ("id", "arg", "attr", "name", "rest", "value"):
        word = getattr(node, field, None)
        if word.__class__ is str:
            yield word
    if node.__class__ is ast.Nonlocal:
        yield from node.names


def _unfit(refused):
    line = _LINE.search(refused.detail)
    what = _LINE.sub("", refused.detail)
    if refused.refusal == "syntax":
        return _Unfit(f"The program is {what}." if what.startswith(("longer", "nested")) else f"It has {what}.")
    return _Unfit(f"A program cannot have {what} in it.", line and int(line[1]))


# --- Taking away what is not the program ----------------------------------------------------------------------


def _strip(tree):
    """Removes docstrings and annotations, in place: neither does anything."""
    pending = [tree]
    while pending:
        node = pending.pop()
        if node.__class__ is ast.FunctionDef:
            node.returns = None
            _strip_parameters(node.args)
        for field in _STATEMENTS:
            inner = getattr(node, field, None)
            if inner.__class__ is not list:
                continue
            kept = [_plain(each) for each in inner if not _is_text(each)]
            if inner and not kept and field == "body" and node is not tree:
                kept = [ast.Pass(lineno=inner[0].lineno, col_offset=0)]
            setattr(node, field, kept)
            pending += kept


def _strip_parameters(arguments):
    for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg):
        if each is not None:
            each.annotation = None


def _is_text(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and node.value.value.__class__ is str


def _plain(node):
    if isinstance(node, ast.AnnAssign) and node.value is not None:
        place = {"lineno": node.lineno, "col_offset": node.col_offset}
        return ast.Assign([node.target], node.value, **place)
    return node


# --- One function as a program --------------------------------------------------------------------------------


def _programs(tree):
    _strip(tree)
    functions = [
        SimpleNamespace(name=node.name, node=node, found=scopes.describe(node))
        for node in tree.body
        if node.__class__ is ast.FunctionDef
    ]
    known = {each.name: each for each in functions}
    return [{"name": each.name, **_written(each, known)} for each in functions]


def _written(main, known):
    """The function as a program, named `f`, and as a text, under its own name."""
    helpers = _helpers(main, known)
    parts = [main, *helpers]
    # Written, most of what is counted takes a character at least.
    if sum(part.found.size for part in parts) > _MOST_OF_ONE:
        raise _too_long(main)
    names = _names(main, helpers)
    nodes = [node for part in parts for node in part.found.outer if node.id in names]
    before = [(node, node.id) for node in nodes]
    try:
        for node in nodes:
            node.id = names[node.id]
        for helper in helpers:
            helper.node.name = names[helper.name]
        body = [helper.node for helper in helpers] + main.node.body
        whole = ast.FunctionDef("f", main.node.args, body, [], None, None, [], lineno=1, col_offset=0)
        program = _without_blank_lines(ast.unparse(whole))
        for node, name in before:
            if name == main.name:
                node.id = name
        whole.name = main.name
        text = _without_blank_lines(ast.unparse(whole))
    finally:
        for node, name in before:
            node.id = name
        for helper in helpers:
            helper.node.name = helper.name
    if len(program) > _STRICT.room.program:
        raise _too_long(main)
    try:
        source.check_size(program, _STRICT.room)
    except Refused as refused:
        raise _unfit(refused) from None
    return {"program": program, "text": text}


def _too_long(main):
    return _Unfit(f"The function {main.name} is longer than {_STRICT.room.program:,} characters.", main.node.lineno)


def _helpers(main, known):
    """The other functions that one needs, in the order of the text."""
    needed = {main.name}
    pending = [main]
    while pending:
        for node in pending.pop().found.outer:
            if node.id in known and node.id not in needed:
                needed.add(node.id)
                pending.append(known[node.id])
    return [each for each in known.values() if each.name in needed and each is not main]


def _names(main, helpers):
    """What the functions are called in the program of `main`: name to name. Raises _Unfit where none would do."""
    parts = [main, *helpers]
    own = {part.name for part in parts}
    bound = set().union(*(part.found.bound for part in parts))
    taken = bound | own | {node.id for part in parts for node in part.found.outer} | {"f"}
    names = {main.name: "f"}
    if own & main.found.header:
        raise _Unfit(f"The defaults of {main.name} call a function. Call it inside {main.name}.", main.node.lineno)
    for helper in helpers:
        names[helper.name] = _free(taken) if helper.name == "f" or helper.name in bound else helper.name
        hidden = main.found.local & {node.id for node in helper.found.outer} - own
        if hidden:
            name = min(hidden)
            raise _Unfit(f"Both {main.name} and {helper.name} use the name {name}. Give one of them another.", main.node.lineno)
    for part in parts:
        if "f" in part.found.bound and any(node.id == main.name for node in part.found.outer):
            raise _Unfit(f"The variable f is in the way: {main.name} will be called f. Rename the variable.", part.node.lineno)
    return names


def _free(taken):
    for name in (letter + digit for digit in ("", *map(str, range(1, 1000))) for letter in "ghpqrs"):
        if name not in taken:
            taken.add(name)
            return name
    raise _Unfit("Too many names are in use.")


def _without_blank_lines(program):
    shorter = "\n".join(line for line in program.split("\n") if line.strip() != "")
    # A blank line inside a text is not one of the program's.
    if shorter != program and ast.dump(ast.parse(shorter)) != ast.dump(ast.parse(program)):
        return program
    return shorter
