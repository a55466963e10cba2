"""Limits on what one run may do, counted in work and never in time.

`sys.monitoring` counts executed lines, jumps and calls. Operations of C code that one line could make run
away (a power, a repetition, `sorted` of a million items) are rewritten by the allow-list to pass through the
guards below, which charge for them before they happen.
"""

import re
import signal
import sys
from _string import formatter_parser

STEPS = 5_000  # of a run when the request names no budget of its own
LIMITS = {
    "steps": STEPS,  # executed lines, jumps, calls and resumptions
    "work": 5_000_000,  # items touched by single operations
    "length": 1_000_000,  # items of one container, characters of one string
    "bits": 8_192,  # of one integer
    "recursion": 200,  # calls inside calls; wasm's stack dies near 400 when C code lies between them
}


class Limit(BaseException):
    """Raised inside a program at a limit. Not an Exception, so that `except Exception` does not catch it."""


steps = 0
work = 0
running = False
tripped = None  # (refusal, detail) of the first limit met in this run, kept even if the program swallows it


def reset():
    """Fills the allowances: called before every run."""
    global steps, work, tripped, running
    running = True
    steps = LIMITS["steps"]
    work = LIMITS["work"]
    tripped = None


def trip(refusal, detail):
    """Ends the run with a refusal."""
    global tripped
    if tripped is None:
        tripped = (refusal, detail)
    raise Limit


# --- Steps ------------------------------------------------------------------------------------------------


def _tick(*_):
    global steps
    steps -= 1
    if steps < 0:
        trip("budget", f"more than {LIMITS['steps']} steps")


def _raised(_code, _offset, error):
    # `except Exception` could swallow these two, and then the verdict would depend on the machine.
    global tripped
    if tripped is None:
        if isinstance(error, MemoryError):
            tripped = ("memory", "the heap is full")
        elif isinstance(error, RecursionError):
            tripped = ("budget", f"more than {LIMITS['recursion']} nested calls")


_monitoring = sys.monitoring
_events = _monitoring.events
_TOOL = _monitoring.DEBUGGER_ID
_COUNTED = _events.LINE | _events.JUMP | _events.PY_START | _events.PY_RESUME
_Code = type(_tick.__code__)

_monitoring.use_tool_id(_TOOL, "kelvin")
for _event in (_events.LINE, _events.JUMP, _events.PY_START, _events.PY_RESUME):
    _monitoring.register_callback(_TOOL, _event, _tick)
_monitoring.register_callback(_TOOL, _events.RAISE, _raised)
_monitoring.set_events(_TOOL, _events.RAISE)


def _interrupted(*_):
    if running and tripped is None:
        trip("timeout", "the clock ended it")


def heed_interrupts():
    """Where an interrupt byte exists, the pool stops a run through it: the same verdict as ending the worker."""
    signal.signal(signal.SIGINT, _interrupted)


def count_steps(code):
    """Counts the steps of a code object and of all that it contains; other code runs uncounted."""
    _monitoring.set_local_events(_TOOL, code, _COUNTED)
    for constant in code.co_consts:
        if type(constant) is _Code:
            count_steps(constant)


# --- Work -------------------------------------------------------------------------------------------------

_SEQUENCES = frozenset((str, list, tuple, bytes, bytearray))
_SIZED = frozenset((str, list, tuple, dict, set, frozenset, range, bytes, bytearray))
_SMALL = 1 << 64


def charge(items):
    """Pays for an operation that touches so many items and makes a value no larger than that."""
    if items > LIMITS["length"]:
        trip("memory", f"a value of more than {LIMITS['length']} items")
    spend(items)


def spend(units):
    """Pays for work that makes no large value."""
    global work
    work -= units
    if work < 0:
        trip("budget", "too much work in single operations")


def _bits(bits):
    if bits > LIMITS["bits"]:
        trip("memory", f"an integer of more than {LIMITS['bits']} bits")


def _sized(value):
    charge(len(value))
    return value


def _shown(text, value):
    """Charges the text of a value; a text with an address in it differs from run to run."""
    charge(len(text))
    if type(value) is not str and " at 0x" in text:
        trip("nondeterministic", "the text shows an address in memory")
    return text


def use(value):
    """Charges a value that the next operation walks through as a whole."""
    if type(value) in _SIZED:
        charge(len(value))
    return value


def add(a, b):
    kind = type(a)
    if kind is int:
        if not -_SMALL < a < _SMALL:
            _bits(a.bit_length())
    elif kind in _SEQUENCES and type(b) is kind:
        charge(len(a) + len(b))
    return a + b


def add_to(a, b):
    """`a += b`, which changes a list in place."""
    if type(a) is list:
        extend_list(a, b)
        return a
    return add(a, b)


def extend_list(items, more):
    if type(more) in _SIZED:
        charge(len(items) + len(more))
        items += more
        return
    # An iterator over the list itself never ends: take one item at a time.
    room = LIMITS["length"] // 10
    for item in more:
        room -= 1
        if room < 0:
            trip("memory", "a list that grows without end")
        items.append(item)


def _check_multiply(a, b):
    if type(a) in _SEQUENCES and isinstance(b, int):
        charge(len(a) * max(b, 0))
    elif type(b) in _SEQUENCES and isinstance(a, int):
        charge(len(b) * max(a, 0))
    elif isinstance(a, int) and isinstance(b, int):
        _bits(a.bit_length() + b.bit_length())


def multiply(a, b):
    if type(a) is not int or type(b) is not int or not (-_SMALL < a < _SMALL and -_SMALL < b < _SMALL):
        _check_multiply(a, b)
    return a * b


def multiply_by(a, b):
    """`a *= b`, which changes a list in place."""
    _check_multiply(a, b)
    a *= b
    return a


def power(a, b, modulus=None):
    if modulus is not None:
        if isinstance(b, int) and isinstance(modulus, int):
            # One product and one remainder, both quadratic, for every bit of the exponent.
            spend(b.bit_length() * (1 + (modulus.bit_length() // 64) ** 2))
        return pow(a, b, modulus)
    if isinstance(a, int) and isinstance(b, int) and b > 1 and not -2 < a < 2:
        _bits((a.bit_length() - 1) * b)
    return pow(a, b)


def shift(a, b):
    if isinstance(a, int) and isinstance(b, int) and a != 0 and b > 0:
        _bits(a.bit_length() + b)
    return a << b


def _charge_widths(text):
    """Charges every number in a format: it may be a width."""
    number = 0
    for character in text:
        if "0" <= character <= "9":
            number = min(number * 10 + ord(character) - 48, 10**15)
        elif number:
            charge(number)
            number = 0
    charge(number)


# The flags, width and precision of one `%` field.
_PERCENT_WIDTHS = re.compile(r"%(?:\([^)]*\))?([-#0 +]*[\d.]+)")


def modulo(a, b):
    if type(a) is not str:
        return a % b
    for width in _PERCENT_WIDTHS.findall(a):
        _charge_widths(width)
    if "*" in a and type(b) is tuple:
        for value in b:
            if isinstance(value, int):
                charge(abs(value))
    return _shown(a % b, b)


_CONVERSIONS = {-1: lambda value: value, 97: ascii, 114: repr, 115: str}


def format_value(value, conversion, spec):
    """One field of an f-string."""
    _charge_widths(spec)
    return _shown(format(_CONVERSIONS[conversion](value), spec), value)


# --- Builtins ---------------------------------------------------------------------------------------------


def make_range(*arguments):
    made = range(*arguments)
    # len() overflows on the largest ranges.
    if made and (made[-1] - made[0]) // made.step >= LIMITS["length"]:
        trip("budget", f"a range of more than {LIMITS['length']} items")
    charge(len(made))
    return made


def make_sum(items, /, start=0):
    if type(start) in _SEQUENCES and type(start) is not str:
        for item in items:
            start = add(start, item)
        return start
    return sum(items, start)


def make_text(value="", *coding):
    return _shown(str(value, *coding), value)


def make_repr(value, /):
    return _shown(repr(value), value)


def make_ascii(value, /):
    return _shown(ascii(value), value)


def make_format(value, spec="", /):
    return format_value(value, -1, spec)


def make_iter(value, /):
    # Without the form `iter(callable, sentinel)`, an endless loop in C.
    return iter(value)


def make_type(value, /):
    return type(value)


def make_print(*_, **__):
    """Printing is allowed and goes nowhere."""


# --- Methods: called as guard(receiver, *arguments) -------------------------------------------------------


def _receiver(value, arguments):
    """`str.join(",", xs)` as well as `",".join(xs)`: the receiver and the other arguments."""
    return (arguments[0], arguments[1:]) if type(value) is type and arguments else (value, arguments)


def join(value, *arguments):
    separator, rest = _receiver(value, arguments)
    if type(separator) is str and len(rest) == 1:
        items = list(use(rest[0]))
        charge(len(separator) * len(items) + sum(len(item) for item in items if type(item) is str))
        return separator.join(items)
    return value.join(*arguments)


def replace(value, *arguments, **keywords):
    text, rest = _receiver(value, arguments)
    if type(text) is str and len(rest) >= 2 and type(rest[0]) is str and type(rest[1]) is str:
        charge(len(text) + text.count(rest[0]) * len(rest[1]))
    return value.replace(*arguments, **keywords)


def expandtabs(value, *arguments, **keywords):
    text, rest = _receiver(value, arguments)
    size = keywords.get("tabsize", rest[0] if rest else 8)
    if type(text) is str and isinstance(size, int):
        charge(len(text) + text.count("\t") * abs(size))
    return value.expandtabs(*arguments, **keywords)


def extend(value, *arguments):
    items, rest = _receiver(value, arguments)
    if type(items) is list and len(rest) == 1:
        return extend_list(items, rest[0])
    return value.extend(*arguments)


def _check_fields(text, arguments):
    for _, field, spec, _ in formatter_parser(text):
        if field is None:
            continue
        if "." in field:
            trip("forbidden", "str.format may not read attributes")
        _charge_widths(spec)
        if "{" in spec:
            # The width is itself a field, so any of the arguments may be it.
            _check_fields(spec, arguments)
            for argument in arguments:
                if isinstance(argument, int):
                    charge(abs(argument))


def format_text(value, *arguments, **keywords):
    text, rest = _receiver(value, arguments)
    if type(text) is str:
        _check_fields(text, (*rest, *keywords.values()))
    return _shown(value.format(*arguments, **keywords), arguments)


def _padder(name):
    def pad(value, *arguments):
        for argument in arguments:
            if isinstance(argument, int):
                charge(abs(argument))
        return _sized(getattr(value, name)(*arguments))

    return pad


METHODS = {
    "join": join,
    "replace": replace,
    "expandtabs": expandtabs,
    "extend": extend,
    "format": format_text,
    "ljust": _padder("ljust"),
    "rjust": _padder("rjust"),
    "center": _padder("center"),
    "zfill": _padder("zfill"),
}
BUILTINS = {
    "range": make_range,
    "sum": make_sum,
    "repr": make_repr,
    "ascii": make_ascii,
    "format": make_format,
    "iter": make_iter,
    "type": make_type,
    "print": make_print,
    "pow": power,
}
