"""The deterministic standard library, for suites made elsewhere: what may be imported and what stands in for `sys`."""

import builtins as python
import sys
import types

import calls
import guards

MODULES = frozenset(
    "__future__ abc array ast base64 binascii bisect calendar cmath codecs collections colorsys contextlib copy "
    "copyreg csv dataclasses datetime decimal difflib enum fnmatch fractions functools graphlib hashlib heapq hmac "
    "html io ipaddress itertools json keyword math numbers operator pprint quopri random re reprlib sched "
    "statistics string stringprep struct textwrap token tokenize types typing unicodedata weakref zlib".split()
)
# The machine under Pyodide has 32 bits; programs expect the sizes of the 64-bit machines they were written on.
_SYS = {
    "maxsize": 2**63 - 1,
    "maxunicode": sys.maxunicode,
    "byteorder": sys.byteorder,
    "float_info": sys.float_info,
    "version_info": sys.version_info,
    "version": sys.version,
    "implementation": sys.implementation,
    "platform": "linux",
    "argv": ["program"],
    "intern": sys.intern,
    "getrecursionlimit": lambda: 1000,
    "setrecursionlimit": lambda limit: None,
    "set_int_max_str_digits": lambda digits: None,
    "get_int_max_str_digits": sys.get_int_max_str_digits,
}


def _program_import(name, globals=None, locals=None, fromlist=(), level=0):
    top = name.split(".", 1)[0]
    if top == "sys":
        facade = types.ModuleType("sys")
        vars(facade).update(_SYS)
        return facade
    if level or top not in MODULES:
        guards.trip("forbidden", f"the module {name or '.'}")
    return python.__import__(name, globals, locals, fromlist, level)


def _getattr(value, name, *default):
    return getattr(calls.visible(value, name), name, *default)


def _print(*_, **__):
    """Printing is allowed and goes nowhere."""


def make_builtins():
    """Python's own builtins less what leads outside."""
    names = dict(vars(python))
    for name in ("open", "input", "exit", "quit", "breakpoint", "help", "license", "credits", "copyright"):
        names.pop(name, None)
    names |= {"__import__": _program_import, "getattr": _getattr, "print": _print, "pow": guards.power}
    return names


def renew(seed):
    """Called before a run: state of the library that one program could leave to the next."""
    random = sys.modules.get("random")
    if random is not None:
        random.seed(seed)
    decimal = sys.modules.get("decimal")
    if decimal is not None:
        decimal.setcontext(decimal.Context())
