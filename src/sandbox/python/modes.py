"""The modes of sandbox.ts: which layers of the verifier stand in each, and how much room a program has."""

from types import SimpleNamespace

# A task of the lab: small enough to be read, judged thousands of times a second.
_TASK = SimpleNamespace(
    program=4_000,  # characters of a program
    line=1_000,  # characters of one of its lines
    values=2_000,  # characters of the arguments, and of the canonical result
    guards={
        "steps": 5_000,  # executed lines, jumps, calls and resumptions of one run
        "work": 5_000_000,  # items touched by single operations
        "length": 1_000_000,  # items of one container, characters of one string
        "bits": 8_192,  # of one integer
        "recursion": 200,  # calls inside calls; wasm's stack dies near 400 when C code lies between them
    },
)
# A program of somebody else's suite.
_LARGE = SimpleNamespace(
    program=100_000,
    line=20_000,
    values=100_000,
    guards={
        "steps": 1_000_000,
        "work": 500_000_000,
        "length": 10_000_000,
        "bits": 400_000,
        "recursion": 1000,
    },
)


def _mode(name, room, **layers):
    return SimpleNamespace(name=name, room=room, **layers)


MODES = {
    mode.name: mode
    for mode in (
        # allow: the allow-list; single: exactly one function f; builtins: which ones a program sees;
        # attributes: which are refused when reached (of the lists of allowed.py); audited: which of Python's audit events end a run;
        # extended: sets, bytes, complex numbers, nan and inf are values too.
        _mode(
            "strict", _TASK, allow=True, single=True, builtins="own", attributes=None, audited="all", extended=False
        ),
        _mode(
            "suite", _LARGE, allow=True, single=False, builtins="own", attributes=None, audited="all", extended=True
        ),
        _mode(
            "stdlib",
            _LARGE,
            allow=False,
            single=False,
            builtins="library",
            attributes="leading out",
            audited="outside",
            extended=True,
        ),
        _mode(
            "unfiltered",
            _TASK,
            allow=False,
            single=False,
            builtins="own",
            attributes="private",
            audited="all",
            extended=False,
        ),
        _mode(
            "bare", _TASK, allow=False, single=False, builtins="open", attributes=None, audited=None, extended=False
        ),
    )
}
