"""The deterministic standard library, for suites made elsewhere: what may be imported, and what stands in for the rest."""

import builtins as python
import io
import os
import posixpath
import sys
import types

import calls
import guards
import ranges
import watch

MODULES = frozenset(
    "__future__ _strptime abc argparse array ast base64 binascii bisect bz2 calendar cmath codecs collections "
    "colorsys configparser contextlib copy copyreg csv dataclasses datetime decimal difflib dis enum errno fnmatch "
    "fractions functools getopt graphlib gzip hashlib heapq hmac html inspect io ipaddress itertools json keyword "
    "linecache locale logging lzma math ntpath numbers opcode operator optparse pathlib pickle pickletools plistlib "
    "posixpath pprint queue quopri random re reprlib sched shlex stat statistics string stringprep struct symtable "
    "textwrap time token tokenize tomllib traceback types typing unicodedata uuid warnings weakref xml zlib".split()
)
_COMMON = (
    "bisect collections copy dataclasses datetime decimal enum fractions functools heapq itertools json math operator "
    "random re statistics string time typing"
).split()
_WHOLE_NAMES = frozenset(("urllib.parse", "os.path"))
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
_OS = {"path": posixpath, "sep": "/", "linesep": "\n", "curdir": ".", "pardir": "..", "name": "posix", "fspath": os.fspath}


class _Sys(types.ModuleType):
    # Read when they are needed, because `contextlib.redirect_stdout` exchanges them.
    stdin = property(lambda self: io.StringIO())
    stdout = property(lambda self: sys.stdout)
    stderr = property(lambda self: sys.stderr)


def _facade(kind, name, values):
    made = kind(name)
    vars(made).update(values)
    return made


def _program_import(name, globals=None, locals=None, fromlist=(), level=0):
    top = name.split(".", 1)[0]
    if name == "sys":
        return _facade(_Sys, "sys", _SYS)
    if name == "os" or name == "os.path" and not fromlist:
        return _facade(types.ModuleType, "os", _OS)
    if level or top not in MODULES and name not in _WHOLE_NAMES:
        guards.trip("forbidden", f"the module {name or '.'}")
    known = len(sys.modules)
    module = python.__import__(name, globals, locals, fromlist, level)
    if len(sys.modules) > known:
        # Before the program can touch what has just come.
        watch.extend_fingerprint()
    return module


def _getattr(value, name, *default):
    return getattr(calls.visible(value, name), name, *default)


_STREAMS = (sys.stdout, sys.stderr)


def _print(*values, file=None, **how):
    """Printing is allowed and goes nowhere, unless the program catches it."""
    target = sys.stdout if file is None else file
    if target not in _STREAMS:
        python.print(*values, file=target, **how)


def make_builtins():
    """Python's own builtins less what leads outside. Loads what most programs import, once and for all of them."""
    # The one written in C reads the machine's clock by itself; the one written in Python asks `time`.
    sys.modules.pop("datetime", None)
    sys.modules["_datetime"] = None
    for name in _COMMON:
        __import__(name)
    _replace_chance()
    names = dict(vars(python))
    for name in ("open", "input", "exit", "quit", "breakpoint", "help", "license", "credits", "copyright"):
        names.pop(name, None)
    names |= {"__import__": _program_import, "getattr": _getattr, "print": _print, "id": _identity, "hash": _hash}
    return names | {name: calls.BUILTINS[name] for name in ("pow", "len", "repr", "ascii", "format")}


# --- What differs from run to run ---------------------------------------------------------------------------

# Seconds on the clock that programs see, and how far it goes on each look. No clock of the machine is read: whether a
# result depends on the time must not depend on how fast the runs follow on one another.
_now = [0.0, 0.0]
# From one run to the next year, month, day, weekday, hour, minute and second are all others.
_APART = 401 * 86_400 + 3_661.7
# What the run makes of addresses: a factor that keeps different ones different, and multiples of 16 what they are. Its
# sign is another one in the second run, so that every order of two addresses is, too.
_salt = [1]
_HASHES_OF_ADDRESSES = (object.__hash__, type(len).__hash__)


def _identity(value, /):
    """`id`. Some things have the same address in every interpreter of this kind, and another one elsewhere."""
    return id(value) * _salt[0] % 2**48


def _hash(value, /):
    return _identity(value) if type(value).__hash__ in _HASHES_OF_ADDRESSES else hash(value)


def _look():
    _now[0] += _now[1]
    return _now[0]


def _look_at_nanoseconds():
    return int(_look() * 1e9)


def _pass(seconds, /):
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    _now[0] += seconds


def _make_time(moment, /):
    """`time.mktime` where the local time is UTC."""
    year, month, day, hour, minute, second = tuple(moment)[:6]
    first = sys.modules["datetime"].date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    return float((((first.toordinal() - 719_163 + day - 1) * 24 + hour) * 60 + minute) * 60 + second)


def _clock_functions(clock):
    """Functions of `time` that read a clock where no time is given, or the zone of the machine: here it is UTC."""
    broken_down, written, formatted = clock.gmtime, clock.asctime, clock.strftime

    def gmtime(seconds=None, /):
        return broken_down(_look() if seconds is None else seconds)

    def asctime(moment=None, /):
        return written(gmtime() if moment is None else moment)

    def ctime(seconds=None, /):
        return written(gmtime(seconds))

    def strftime(format, moment=None, /):
        return formatted(format, gmtime() if moment is None else moment)

    def clock_gettime(clock, /):
        return _look()

    def clock_gettime_ns(clock, /):
        return _look_at_nanoseconds()

    return (gmtime, asctime, ctime, strftime, clock_gettime, clock_gettime_ns)


def _entropy(size, /):
    return sys.modules["random"].randbytes(size)


def _replace_chance():
    clock = sys.modules["time"]
    for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time"):
        for suffix, look in (("", _look), ("_ns", _look_at_nanoseconds)):
            if hasattr(clock, name + suffix):
                setattr(clock, name + suffix, look)
    clock.sleep = _pass
    for function in _clock_functions(clock):
        setattr(clock, function.__name__, function)
    clock.localtime, clock.mktime = clock.gmtime, _make_time
    clock.timezone = clock.altzone = clock.daylight = 0
    clock.tzname = "UTC", "UTC"
    random = sys.modules["random"]
    os.urandom = random._urandom = _entropy
    seed = random.Random.seed

    def seed_again(self, a=None, version=2):
        # Without a seed of its own the machine's entropy would be one.
        seed(self, _now[0] if a is None else a, version)

    random.Random.seed = seed_again
    random.seed = random._inst.seed


# In place of guards of the same name: here programs have Python's own ranges.
GUARDS = {"@use": ranges.use}


def renew(seed):
    """Called before a run: state of the library that one program could leave to the next."""
    _now[:] = 1.7e9 + seed * _APART, 0.001 * seed
    _salt[:] = ((-1) ** seed * (9_808 * seed + 1),)
    random = sys.modules.get("random")
    if random is not None:
        random.seed(seed)
    decimal = sys.modules.get("decimal")
    if decimal is not None:
        decimal.setcontext(decimal.Context())
