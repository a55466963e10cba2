"""Guards of builtins and methods: called in their place, they charge for the work before it happens."""

import builtins as python
import re
import sys

import allowed
import guards
from _string import formatter_parser

_MODULUS = sys.hash_info.modulus
_hidden = None


def configure(attributes):
    """
    Which attributes are refused when a program gets there: `private` ones and those of introspection, or only
    those `leading out`; none where the allow-list has already refused them (`None`).
    """
    global _hidden
    _hidden = attributes


def is_hidden(name):
    """Whether the attribute leads out of what a program may see."""
    if _hidden == "private":
        return name[:1] == "_" or name in allowed.INTROSPECTION
    return name in allowed.LEADING_OUT


def visible(value, name):
    """`value`, unless its attribute `name` is hidden."""
    if _hidden is not None and type(name) is str and is_hidden(name):
        guards.trip("forbidden", f"the attribute {name}")
    return value


# --- Builtins ---------------------------------------------------------------------------------------------


def make_range(*arguments):
    made = range(*arguments)
    # len() overflows on the largest ranges.
    if made and (made[-1] - made[0]) // made.step >= guards.LIMITS["length"]:
        guards.trip("budget", f"a range of more than {guards.LIMITS['length']} items")
    guards.charge(len(made))
    if made.step % _MODULUS == 0:
        # All of one hash: a dict or a set compares each of them with all that came before.
        guards.spend(len(made) ** 2)
    return made


def make_sum(items, /, start=0):
    if type(start) in guards.SEQUENCES and type(start) is not str:
        for item in items:
            start = guards.add(start, item)
        return start
    return sum(items, start)


def make_text(value="", /, *coding, **codings):
    guards.use(value)
    return guards.shown(str(value, *coding, **codings), value)


def make_integer(*arguments, **base):
    if arguments and type(arguments[0]) is str and (base or len(arguments) > 1):
        # At most six bits a digit, and no limit of Python's own when the base is a power of two.
        guards.charge_bits(len(arguments[0]) * 3)
    return int(*arguments, **base)


def make_round(number, ndigits=None):
    if type(number) is int and isinstance(ndigits, int) and ndigits < 0:
        # Computes ten to the power of it.
        guards.charge_bits(-ndigits * 4)
    return round(number, ndigits)


def make_repr(value, /):
    return guards.shown(repr(guards.use(value)), value)


def make_ascii(value, /):
    return guards.shown(ascii(guards.use(value)), value)


def make_format(value, spec="", /):
    return guards.format_value(value, -1, spec)


def make_iter(value, /):
    # Without the form `iter(callable, sentinel)`, an endless loop in C.
    return iter(value)


def make_type(value, /):
    made = type(value)
    if made is type:
        # With three arguments it makes classes.
        guards.trip("forbidden", "the type of a type")
    return made


def make_print(*_, **__):
    """Printing is allowed and goes nowhere."""


# --- Methods: called as guard(receiver, *arguments) -------------------------------------------------------


def _receiver(value, arguments):
    """`str.join(",", xs)` as well as `",".join(xs)`: the receiver and the other arguments."""
    return (arguments[0], arguments[1:]) if type(value) is type and arguments else (value, arguments)


def join(value, /, *arguments, **keywords):
    separator, rest = _receiver(value, arguments)
    if type(separator) is str and len(rest) == 1:
        items = list(guards.use(rest[0]))
        guards.charge(len(separator) * len(items) + sum(len(item) for item in items if type(item) is str))
        return separator.join(items)
    return value.join(*arguments, **keywords)


def replace(value, /, *arguments, **keywords):
    text, rest = _receiver(value, arguments)
    if type(text) is str and len(rest) >= 2 and type(rest[0]) is str and type(rest[1]) is str:
        guards.charge(len(text) + text.count(rest[0]) * len(rest[1]))
    return value.replace(*arguments, **keywords)


def expandtabs(value, /, *arguments, **keywords):
    text, rest = _receiver(value, arguments)
    size = keywords.get("tabsize", rest[0] if rest else 8)
    if type(text) is str and isinstance(size, int):
        guards.charge(len(text) + text.count("\t") * abs(size))
    return value.expandtabs(*arguments, **keywords)


def extend(value, /, *arguments, **keywords):
    items, rest = _receiver(value, arguments)
    if type(items) is list and len(rest) == 1:
        return guards.extend_list(items, rest[0])
    return value.extend(*arguments, **keywords)


def _check_fields(text, arguments):
    for _, field, spec, _ in formatter_parser(text):
        if field is None:
            continue
        if "." in field and (_hidden is None or any(map(is_hidden, re.split(r"[.\[\]]", field)))):
            guards.trip("forbidden", "str.format may not read attributes")
        guards.charge_widths(spec)
        if "{" in spec:
            # The width is itself a field, so any of the arguments may be it.
            _check_fields(spec, arguments)
            for argument in arguments:
                if isinstance(argument, int):
                    guards.charge(abs(argument))


def format_text(value, /, *arguments, **keywords):
    text, rest = _receiver(value, arguments)
    if type(text) is str:
        _check_fields(text, (*rest, *keywords.values()))
    guards.use(arguments)
    guards.use(keywords)
    return guards.shown(value.format(*arguments, **keywords), arguments)


def format_map(value, /, *arguments, **keywords):
    text, rest = _receiver(value, arguments)
    if type(text) is str and rest:
        _check_fields(text, tuple(rest[0].values()) if type(rest[0]) is dict else ())
    return guards.shown(value.format_map(*arguments, **keywords), arguments)


def translate(value, /, *arguments, **keywords):
    text, rest = _receiver(value, arguments)
    if type(text) is str and rest and type(rest[0]) is dict:
        longest = max((len(each) for each in rest[0].values() if type(each) is str), default=1)
        guards.charge(len(text) * max(longest, 1))
    return value.translate(*arguments, **keywords)


def _padder(name):
    def pad(value, /, *arguments, **keywords):
        for argument in arguments:
            if isinstance(argument, int):
                guards.charge(abs(argument))
        return guards.sized(getattr(value, name)(*arguments, **keywords))

    return pad


METHODS = {
    "join": join,
    "replace": replace,
    "expandtabs": expandtabs,
    "extend": extend,
    "format": format_text,
    "format_map": format_map,
    "translate": translate,
    "ljust": _padder("ljust"),
    "rjust": _padder("rjust"),
    "center": _padder("center"),
    "zfill": _padder("zfill"),
}
BUILTINS = {
    "range": make_range,
    "sum": make_sum,
    "repr": make_repr,
    "round": make_round,
    "ascii": make_ascii,
    "format": make_format,
    "iter": make_iter,
    "type": make_type,
    "print": make_print,
    "pow": guards.power,
}


def _growing(append):
    """`list(map(x.append, x))` never ends: no step is taken while it grows."""

    def grow(*arguments, **keywords):
        guards.spend(10)
        return append(*arguments, **keywords)

    return grow


def bound(value, name):
    """A method that is handed on instead of being called: `key=d.get`."""
    visible(value, name)
    method = getattr(value, name)
    if type(value) not in guards.SIZED and not (type(value) is type and value in guards.SIZED):
        return method
    guard = METHODS.get(name)
    if guard is not None:
        return lambda *arguments, **keywords: guard(value, *arguments, **keywords)
    if name in allowed.CHEAP:
        return _growing(method) if name == "append" else method

    def charged(*arguments, **keywords):
        guards.use(value)
        if name in allowed.FEEDS:
            for argument in arguments:
                guards.use(argument)
        return method(*arguments, **keywords)

    return charged


def _walking(function):
    def walk(*arguments, **keywords):
        for argument in arguments:
            guards.use(argument)
        return function(*arguments, **keywords)

    return walk


# Builtins that walk through their arguments, where they are handed on to be called: `map(sum, rows)`.
WALKERS = {
    name: _walking(BUILTINS.get(name) or getattr(python, name))
    for name in ("all", "any", "dict", "frozenset", "list", "max", "min", "set", "sorted", "sum", "tuple")
}
