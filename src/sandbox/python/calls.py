"""Guards of builtins and methods: called in their place, they charge for the work before it happens."""

import builtins as python
import re

import allowed
import guards
import ranges
from _string import formatter_parser

_RANGES = frozenset((range, ranges.Range))
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


def make_length(value, /):
    return ranges.measure(value) if type(value) in _RANGES else len(value)


def make_sum(items, /, start=0):
    if type(start) is list or type(start) is tuple:
        for item in items:
            start = guards.add(start, item)
        return start
    return sum(items, start)


def make_text(*arguments, **keywords):
    value = arguments[0] if arguments else keywords.get("object", "")
    guards.use(value)
    return guards.shown(str(*arguments, **keywords), value)


def make_integer(*arguments, **base):
    if arguments and type(arguments[0]) is str and (base or len(arguments) > 1):
        # At most six bits a digit, and no limit of Python's own when the base is a power of two.
        guards.charge_bits(len(arguments[0]) * 3)
    return int(*arguments, **base)


def make_round(number, ndigits=None):
    if isinstance(number, int) and isinstance(ndigits, int) and ndigits < 0:
        # Computes ten to the power of it.
        guards.charge_bits(-ndigits * 4)
    return round(number, ndigits)


def make_repr(value, /):
    return guards.shown(repr(guards.use(value)), value)


def make_ascii(value, /):
    return guards.shown(ascii(guards.use(value)), value)


def make_format(value, spec="", /):
    return guards.format_value(value, -1, spec) if type(spec) is str else format(value, spec)


def make_iter(value, /, *sentinel):
    if len(sentinel) != 1 or not callable(value):
        return iter(value, *sentinel)

    def give():
        # Called from C code, which takes no steps of its own.
        guards.spend(10)
        return guards.use(value())

    return iter(give, sentinel[0])


def make_power(base, exp, mod=None):
    return guards.power(base, exp, mod)


def make_type(*arguments):
    if len(arguments) == 3:
        raise TypeError("type() makes no classes here")
    made = type(*arguments)
    if made is type or made is type(ranges.Range):
        # With three arguments it makes classes.
        guards.trip("forbidden", "the type of a type")
    return ranges.Range if made is range else made


def make_print(*values, sep=None, end=None, file=None, flush=False):
    """Printing is allowed and goes nowhere."""
    for name, text in (("sep", sep), ("end", end)):
        if text is not None and type(text) is not str:
            raise TypeError(f"{name} must be None or a string, not {type(text).__name__}")
    if file is not None:
        raise AttributeError(f"'{type(file).__name__}' object has no attribute 'write'")


# --- Assignments ------------------------------------------------------------------------------------------


def add_to(a, b):
    """`a += b`, which may change `a` in place."""
    if type(a) is list:
        extend_list(a, b)
        return a
    if type(a) is bytearray:
        if type(b) in guards.SEQUENCES:
            guards.charge(len(a) + len(b))
    elif type(a) is int or type(a) in guards.SEQUENCES:
        return guards.add(a, b)
    a += b
    return a


def extend_list(items, more):
    if type(more) in _RANGES:
        more = ranges.build(more)
    if type(more) in guards.SIZED or type(more) is range:
        guards.charge(len(items) + len(more))
        items += more
        return
    # An iterator over the list itself never ends: take one item at a time.
    room = guards.LIMITS["length"] // 10
    for item in more:
        room -= 1
        if room < 0:
            guards.trip("memory", "a list that grows without end")
        items.append(item)


# --- Methods: called as guard(receiver, *arguments) -------------------------------------------------------


def _receiver(value, arguments):
    """`str.join(",", xs)` as well as `",".join(xs)`: the receiver and the other arguments."""
    return (arguments[0], arguments[1:]) if type(value) is type and arguments else (value, arguments)


def join(value, /, *arguments, **keywords):
    separator, rest = _receiver(value, arguments)
    if type(separator) is str and len(rest) == 1:
        items = list(ranges.build(rest[0]))
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
        return extend_list(items, rest[0])
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
    "range": ranges.Range,
    "len": make_length,
    "sum": make_sum,
    "repr": make_repr,
    "round": make_round,
    "ascii": make_ascii,
    "format": make_format,
    "iter": make_iter,
    "type": make_type,
    "print": make_print,
    "pow": make_power,
}

for _name, _guard in BUILTINS.items():
    if _name != "range":
        # Errors about arguments name the function.
        _guard.__name__ = _guard.__qualname__ = _name


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
            arguments = map(ranges.build if allowed.is_whole(name) else ranges.walk, arguments)
        return method(*arguments, **keywords)

    return charged


def _walking(name, use):
    function = BUILTINS.get(name) or getattr(python, name)

    def walk(*arguments, **keywords):
        return function(*map(use, arguments), **keywords)

    return walk


# Builtins that walk through their arguments, where they are handed on to be called: `map(sum, rows)`.
WALKERS = {
    **{name: _walking(name, ranges.build) for name in allowed.BUILDS},
    **{name: _walking(name, ranges.walk) for name in ("all", "any", "max", "min", "sum")},
}
