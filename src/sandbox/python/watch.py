"""Watches the interpreter itself: what a program asks of it, and whether anything another program could see changed.

Two layers behind the allow-list. The audit hook ends a run that imports, opens, compiles, looks at frames or
touches the garbage collector: CPython announces all of these before they happen, and no program can remove a
hook. The fingerprint is compared when a program is done: after a change nothing of this interpreter is believed.
"""

import gc
import operator
import sys

import guards

# Announced by what ordinary code does, harmless.
_HARMLESS = frozenset(("sys.unraisablehook", "builtins.id", "array.__new__"))
# What code of the standard library may do while a program of a suite runs, and may not: the first parts of names.
_OUTSIDE = frozenset(
    "ctypes fcntl ftplib gc glob http imaplib mmap msvcrt nntplib os pdb poplib pty resource shutil signal smtplib "
    "socket sqlite3 subprocess syslog telnetlib tempfile urllib webbrowser winreg _thread".split()
)
_FORBIDDEN = frozenset(
    "open sys.addaudithook sys.settrace sys.setprofile sys.monitoring.register_callback sys._current_frames "
    "sys._current_exceptions sys.remote_exec cpython.PyInterpreterState_New builtins.input builtins.breakpoint".split()
)
_READS = frozenset(("os.listdir", "os.scandir"))
_FRAMES = frozenset(("sys._getframe", "object.__getattr__", "object.__setattr__"))


def _make_hook():
    audited = None
    running = False
    expected = None

    def hook(event, arguments):
        nonlocal running
        if not running or audited is None or event in _HARMLESS:
            return
        if event == "exec" and arguments[0] is expected:
            return
        if audited == "outside":
            # Looking at frames is announced too.
            running = False
            is_outside = _is_outside(event, arguments)
            running = True
            if not is_outside:
                return
        guards.trip("forbidden", f"it asked the interpreter for {event}")

    def watch(code):
        """Called before a run: its own code is the one thing that may be executed."""
        nonlocal running, expected
        expected = code
        running = True

    def rest():
        """Called after a run."""
        nonlocal running
        running = False

    def configure(kind):
        nonlocal audited
        audited = kind

    return hook, watch, rest, configure


def _is_outside(event, arguments):
    if event in _FRAMES or event in _READS or event == "open" and arguments[1] in ("r", "rb"):
        # The library may look at frames (enum, dataclasses do) and read itself; a program may not.
        return sys._getframe(2).f_code.co_filename == "<program>"
    return event in _FORBIDDEN or event.split(".", 1)[0] in _OUTSIDE


_hook, watch, rest, configure = _make_hook()
sys.addaudithook(_hook)


# --- Fingerprint --------------------------------------------------------------------------------------------

_OWN = tuple(
    "allowed calls guards instrument library literals modes ranges rewrites scopes seeds source verifier walk watch".split()
)
# Of the standard library, what every run relies on. With the allow-list, where changing anything takes two holes
# at once, only this and the verifier itself are compared.
_TRUSTED = ("builtins", "json.decoder", "json.encoder")
_IMMUTABLE_TYPE = 1 << 8
_Function = type(_is_outside)
_BEHAVIOUR = frozenset((_Function, classmethod, staticmethod, property))
_CONSTANTS = frozenset((int, float, str, bytes, tuple, frozenset))
# Counters and caches that change as programs run.
_MOVING = frozenset(("allowed_steps", "steps", "work", "running", "tripped", "_mode", "_programs", "_inputs", "_now", "_salt"))


def _is_fixed(key, value, is_own):
    """The library fills in some of its own names when they are first needed; what it computes with stays."""
    return key != "__builtins__" and (is_own or callable(value) or key[:1] != "_" and type(value) in _CONSTANTS)


def _make_check():
    is_thorough = False
    places = []
    codes = []
    known = {}

    def place(label, namespace, names):
        # At least two names, so that what comes back is always a tuple.
        read = operator.itemgetter(*names, *names[:1]) if names else tuple
        places.append((label, namespace, read, read(namespace)))

    def changed(read, namespace, before):
        try:
            # Equal when they are the same objects. A program that can define what is equal has to be asked for more.
            now = read(namespace)
            return now != before or is_thorough and list(map(id, now)) != list(map(id, before))
        except KeyError:
            return True

    def codes_of(found):
        return [(each.__code__, each.__defaults__) for each in found]

    def take(everything):
        """
        Remembers the interpreter as it is now; `everything` includes the standard library and the code of functions.
        """
        nonlocal is_thorough
        is_thorough = everything
        add()

    def add():
        """Remembers the modules that have come since."""
        fresh = {
            name: module
            for name, module in sys.modules.items()
            if module is not None
            and name not in known
            and (is_thorough or name in _OWN or name in _TRUSTED)
            and type(vars(module)) is dict
        }
        known.update(fresh)
        if fresh:
            place("sys.modules", sys.modules, list(fresh))
        for name, module in fresh.items():
            add_module(name, vars(module), name in _OWN)

    def add_module(name, namespace, is_own):
        names = [key for key, value in namespace.items() if key not in _MOVING and _is_fixed(key, value, is_own)]
        place(name, namespace, names)
        if is_own:
            for key in names:
                if type(namespace[key]) is dict and key not in ("FIELDS", "_ERRORS"):
                    place(f"{name}.{key}", namespace[key], list(namespace[key]))
            if is_thorough:
                found = [value for value in namespace.values() if type(value) is _Function]
                codes.append((f"the functions of {name}", found, codes_of(found)))
        for kind in list(namespace.values()):
            if isinstance(kind, type) and kind.__module__ == name and not kind.__flags__ & _IMMUTABLE_TYPE:
                members = vars(kind)
                fixed = [key for key, value in members.items() if is_own or type(value) in _BEHAVIOUR]
                place(f"{name}.{kind.__name__}", members, fixed)

    def check():
        """Empty, or the name of the first thing that is no longer what it was."""
        for label, namespace, read, before in places:
            if changed(read, namespace, before):
                return f"it changed {label}"
        for label, found, before in codes:
            if codes_of(found) != before:
                return f"it changed {label}"
        if gc.isenabled() or sys.gettrace() is not None or sys.getprofile() is not None:
            return "it changed the interpreter"
        return "" if guards.is_counting() else "it changed the counting of steps"

    return take, add, check


take_fingerprint, extend_fingerprint, check_fingerprint = _make_check()
