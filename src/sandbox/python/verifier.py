"""The judge. Programs come in as text, verdicts go out as text.

A program is parsed, checked and instrumented (source.py, walk.py, instrument.py), compiled once and run in a fresh namespace with its
own builtins under the limits of guards.py, watched by watch.py. What it returns is written by literals.py: nothing
that a program made is ever asked to print or to compare itself.
"""

import builtins as python
import gc
import json
import sys
import warnings

import allowed
import calls
import guards
import library
import literals
import rewrites
import seeds
import source
import watch
from allowed import Refused
from modes import MODES

KEPT = 2_000  # compiled programs and parsed inputs kept for the next request

warnings.simplefilter("ignore")
_OWN = {name: getattr(python, name) for name in allowed.ALLOWED_NAMES}
_OWN |= {"True": True, "False": False, "None": None}
_OWN |= calls.BUILTINS | rewrites.GUARDS
_Function = type(source.parse)
_Code = type(source.parse.__code__)

_read_json = json.JSONDecoder().decode
_write_json = json.JSONEncoder().encode

_mode = MODES["strict"]
_builtins = _OWN
# Of what differs from run to run, see `library.renew`: no run of any interpreter shares it with another one.
_first_seed = 1
_programs = {}
_inputs = {}


def configure(name, hash_seed=0):
    """Sets the mode; once, before the first program. `hash_seed` is that of this interpreter."""
    global _mode, _builtins, _first_seed
    _first_seed = 1 + 4 * hash_seed
    _mode = MODES[name]
    guards.LIMITS.update(_mode.room.guards)
    calls.configure(_mode.attributes)
    watch.configure(_mode.audited)
    if _mode.extended:
        _builtins = _OWN | {name: getattr(python, name) for name in allowed.SUITE_NAMES - allowed.ALLOWED_NAMES}
    if _mode.builtins == "open":
        _builtins = vars(python) | rewrites.GUARDS
    elif _mode.builtins == "library":
        _builtins = library.make_builtins() | rewrites.GUARDS | library.GUARDS
    if _mode.extended:
        # Python's own help with large integers, loaded here because programs may load nothing.
        __import__("_pylong")


def settle():
    """
    Called once everything is loaded. What exists now is never looked at by the garbage collector again, and the
    collector runs only between programs: else the finalizers of one would run in the middle of another.
    """
    gc.disable()
    gc.collect()
    gc.freeze()
    guards.rest()
    watch.take_fingerprint(_mode.builtins != "own")


def check():
    """Empty, or what a program changed that another could see."""
    return watch.check_fingerprint()


# --- Programs and runs ------------------------------------------------------------------------------------


def _arguments(text, entry):
    key = text if entry == "f" else (text, entry)
    found = _inputs.get(key)
    if found is None:
        try:
            found = literals.parse_arguments(text, entry, _mode.room.values, _mode.extended)
        except Refused as refused:
            found = refused
        if len(_inputs) >= KEPT:
            del _inputs[next(iter(_inputs))]
        _inputs[key] = found
    if found.__class__ is Refused:
        raise found
    values, keywords, constant = found
    if constant:
        return values, keywords
    return [literals.fresh(value) for value in values], {
        name: literals.fresh(value) for name, value in keywords.items()
    }


class _Program:
    """A compiled program: its code, or why it was refused."""

    __slots__ = ("code", "refused", "arities", "orderless", "placed", "addressed")

    def __init__(self, text):
        self.refused = None
        # Its own text says so.
        self.addressed = " at 0x" in text
        self.arities = {}
        try:
            tree, self.orderless, self.placed = source.parse(text, _mode)
            self.code = compile(tree, "<program>", "exec", dont_inherit=True)
            if _mode.attributes is not None and _mentions(self.code, "__builtins__"):
                # Whoever holds the builtins can exchange the guards among them.
                raise Refused("forbidden", "the name __builtins__")
        except Refused as refused:
            self.refused = [refused.refusal, refused.detail]
        except (SyntaxError, ValueError, MemoryError, RecursionError, TypeError) as error:
            self.refused = ["syntax", getattr(error, "msg", None) or str(error) or "nested too deeply"]
        else:
            guards.count_steps(self.code)

    def run(self, text, entry, steps, seed):
        """One run in a fresh namespace: `(output, None)`, or `(None, [refusal, detail])`."""
        try:
            arguments, keywords = _arguments(text, entry)
        except Refused as refused:
            return None, [refused.refusal, refused.detail]
        namespace = {"__builtins__": dict(_builtins), "__name__": "program"}
        if _mode.builtins == "library":
            library.renew(seed)
        guards.reset(steps)
        watch.watch(self.code)
        try:
            exec(self.code, namespace)
            f = namespace.get(entry)
            if f is None:
                return None, ["syntax", f"no function {entry}"]
            if type(f) is _Function and not keywords:
                arity = self.arities.get(entry)
                if arity is None:
                    # Looking at code is announced too.
                    watch.rest()
                    arity = self.arities[entry] = _arity(f)
                    watch.watch(None)
                if not arity[0] <= len(arguments) <= arity[1]:
                    return None, ["input", f"{len(arguments)} arguments do not fit the parameters"]
            value = f(*arguments, **keywords)
            if guards.tripped is None:
                write = literals.write_extended if _mode.extended else literals.write
                return write(value, _mode.room.values), None
        except Refused as refused:
            return None, [refused.refusal, refused.detail]
        except BaseException as error:
            guards.running = False
            if guards.tripped is None:
                return None, literals.judge_error(error, guards.LIMITS["recursion"])
        finally:
            guards.running = False
            # The function and its namespace hold each other.
            namespace.clear()
            watch.rest()
        return None, list(guards.tripped)

    def judge(self, text, entry, steps, seed):
        """As `run`; what a large run left behind is collected before the next one needs the room."""
        outcome = self.run(text, entry, steps, seed)
        if guards.work < guards.LIMITS["work"] // 2:
            _collect()
        return outcome


def _mentions(code, name):
    return name in code.co_names or any(_mentions(each, name) for each in code.co_consts if type(each) is _Code)


def _arity(f):
    """Fewest and most positional arguments of a function."""
    code = f.__code__
    most = code.co_argcount
    fewest = most - len(f.__defaults__ or ())
    if code.co_kwonlyargcount > len(f.__kwdefaults__ or ()):
        return 1, 0
    return fewest, sys.maxsize if code.co_flags & 0x04 else most


def _program(text):
    program = _programs.get(text)
    if program is None:
        program = _Program(text)
        if len(_programs) >= KEPT:
            del _programs[next(iter(_programs))]
        _programs[text] = program
    return program


# Of every size that small objects have, some; `bytes` of fewer than two are always the same object.
_SIZES = [size for size in range(2, 496, 8) for _ in range(8)]


def _few():
    return [], {}, lambda: 0, [].append, iter([]), iter(()), iter({}), iter(""), iter(range(0)), reversed([])


def _take_places():
    """Takes the places in memory that a run has just left: free blocks, and what types keep for their next object."""
    return list(map(bytes, _SIZES)), _few(), _few(), _few(), _few()


def _judge(program, text, runs, entry, steps):
    output, refused = program.judge(text, entry, steps, _first_seed)
    if refused is not None:
        return refused
    is_library = _mode.builtins == "library"
    if is_library and " at 0x" in output and not program.addressed and " at 0x" not in text:
        return ["nondeterministic", "the text shows an address in memory"]
    for seed in range(_first_seed + 1, _first_seed + runs):
        # Different addresses in each further run, so that a result that depends on them shows.
        apart = _take_places() if is_library or program.placed or program.orderless else [[] for _ in range(7)]
        again, refused = program.judge(text, entry, steps, seed)
        if refused is not None and refused[0] in ("timeout", "memory"):
            # The machine's doing, not the program's.
            return refused
        if again != output:
            return ["nondeterministic", "two runs differ"]
    return output


def _has_set(text):
    return "{" in text or "set(" in text


def _collect():
    """What programs left behind is finalized here, with no steps to take, and never during somebody else's run."""
    guards.rest()
    gc.collect()
    gc.freeze()


def _depth():
    depth = 0
    frame = sys._getframe()
    while frame is not None:
        depth += 1
        frame = frame.f_back
    return depth


def _read_seeds(text):
    # Writing a program takes a few calls for each level of its nesting; nothing of it is run.
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(_depth() + 900)
    try:
        return _write_json(seeds.read(text))
    finally:
        sys.setrecursionlimit(limit)


def verify(batch):
    """
    Judges a batch: JSON `[[program, [input, ...], runs, steps, entry, reads], ...]` to
    `[[orderless, [outcome, ...]], ...]`, where `steps` is the budget of each run (null for the mode's own), `entry`
    the function to call (null for `f`), `reads` says that the text is to be read as seed programs and not run (the
    one outcome is then JSON, see seeds.py), an outcome is the canonical text or `[refusal, detail]`, and `orderless` says that the result may depend on the
    order of a set, so that it must be compared with an interpreter of another hash seed.
    """
    # The limit counts from here, so that programs get the same depth whoever calls.
    sys.setrecursionlimit(_depth() + guards.LIMITS["recursion"])
    results = []
    for text, inputs, runs, steps, entry, reads in _read_json(batch):
        if reads:
            results.append([False, [_read_seeds(text)]])
            continue
        program = _program(text)
        if program.refused is not None:
            results.append([False, [program.refused] * len(inputs)])
        else:
            name = entry or "f"
            outcomes = [_judge(program, each, runs, name, steps) for each in inputs]
            # The library may make sets that the program does not mention, and so may an input.
            orderless = program.orderless or _mode.builtins == "library" or _mode.extended and any(map(_has_set, inputs))
            results.append([orderless, outcomes])
    _collect()
    return _write_json(results)
