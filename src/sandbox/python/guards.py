"""Limits on what one run may do, counted in work and never in time: steps, and what single operations touch.

`sys.monitoring` counts executed lines, jumps and calls. Operations of C code that one line could make run
away (a power, a repetition, `sorted` of a million items) are rewritten by the allow-list to pass through the
guards below and of calls.py, which charge for them before they happen.
"""

import re
import signal
import sys

LIMITS = {}  # the room of the mode, see modes.py


class Limit(BaseException):
    """Raised inside a program at a limit. Not an Exception, so that `except Exception` does not catch it."""


allowed_steps = 0
steps = 0
work = 0
running = False
tripped = None  # (refusal, detail) of the first limit met in this run, kept even if the program swallows it


def reset(budget=None):
    """Fills the allowances: called before every run. `budget` in steps, the mode's own when absent."""
    global allowed_steps, steps, work, tripped, running
    running = True
    allowed_steps = steps = LIMITS["steps"] if budget is None else budget
    work = LIMITS["work"]
    tripped = None


def rest():
    """Called when no program runs: what programs left behind (finalizers of their garbage) gets no steps."""
    global steps, work, tripped
    steps = work = 0
    tripped = ("budget", "after its run")


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
        trip("budget", f"more than {allowed_steps} steps")


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


def _probe():
    pass


count_steps(_probe.__code__)


def is_counting():
    """Whether steps are still counted and limits still end a run."""
    reset(3)
    _probe()
    counted = 3 - steps
    try:
        _probe()
    except Limit:
        return counted == 2 and tripped[0] == "budget"
    finally:
        rest()
    return False


# --- Work -------------------------------------------------------------------------------------------------

SEQUENCES = frozenset((str, list, tuple, bytes, bytearray))
SIZED = frozenset((str, list, tuple, dict, set, frozenset, bytes, bytearray))
_NESTING = frozenset((list, tuple, dict, set, frozenset))
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


def charge_bits(bits):
    if bits > LIMITS["bits"]:
        trip("memory", f"an integer of more than {LIMITS['bits']} bits")


def size(made):
    """The items of a range, which may be more than len() can say."""
    return (made[-1] - made[0]) // made.step + 1 if made else 0


def sized(value):
    if type(value) in SIZED:
        charge(len(value))
    return value


def shown(text, value):
    """Charges the text of a value; a text with an address in it differs from run to run."""
    charge(len(text))
    if type(value) is not str and " at 0x" in text:
        trip("nondeterministic", "the text shows an address in memory")
    return text


def use(value):
    """Charges a value that the next operation walks through as a whole, with all that is nested in it."""
    if type(value) in SIZED:
        charge(len(value))
        if type(value) in _NESTING:
            _use_nested(value)
    return value


def _use_nested(value):
    # Lists that share their items are small in memory and endless to walk through.
    items = value
    for _ in range(2 if type(value) is dict else 1):
        if not _NESTING.isdisjoint(map(type, items)):
            for item in items:
                if type(item) in _NESTING:
                    spend(10 + len(item))
                    _use_nested(item)
        if type(value) is dict:
            items = value.values()


def add(a, b):
    kind = type(a)
    if kind is int:
        if not -_SMALL < a < _SMALL:
            charge_bits(a.bit_length())
    elif kind in SEQUENCES and type(b) is kind:
        charge(len(a) + len(b))
    return a + b


def _check_multiply(a, b):
    if type(a) in SEQUENCES and isinstance(b, int):
        charge(len(a) * max(b, 0))
    elif type(b) in SEQUENCES and isinstance(a, int):
        charge(len(b) * max(a, 0))
    elif isinstance(a, int) and isinstance(b, int):
        charge_bits(a.bit_length() + b.bit_length())


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
        charge_bits((a.bit_length() - 1) * b)
    return pow(a, b)


def shift(a, b):
    if isinstance(a, int) and isinstance(b, int) and a != 0 and b > 0:
        charge_bits(a.bit_length() + b)
    return a << b


def charge_widths(text):
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
        charge_widths(width)
    if "*" in a and type(b) is tuple:
        for value in b:
            if isinstance(value, int):
                charge(abs(value))
    return shown(a % use(b), b)


_CONVERSIONS = {-1: lambda value: value, 97: ascii, 114: repr, 115: str}


def format_value(value, conversion, spec):
    """One field of an f-string."""
    charge_widths(spec)
    use(value)
    return shown(format(_CONVERSIONS[conversion](value), spec), value)
