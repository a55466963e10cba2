"""A judge on the CPython of this machine, 3.12 or later: the page's verifier without Pyodide around it.

It speaks the messages of src/sandbox/protocol.ts, one JSON object a line:

    {"type": "boot", "mode": "strict"}                       -> {"type": "ready", "snapshot": null}
    {"type": "verify", "id": 7, "batch": "[[program, …]]"}   -> {"type": "verified", "id": 7, "results": "…", "heapBytes": …}

It ends when its standard input does. Programs that may show the order of a set are run again in a second process with
another hash seed, as the page does. Outside of the browser there is no wall around Python: the allow-list, the step
budget and the limit on memory stand, and what is not trusted belongs into a container.
"""

import json
import os
import resource
import subprocess
import sys

MEMORY = 1 << 30  # bytes of address space, in place of the page's limit on its heap
SOURCES = os.environ.get(
    "KELVIN_VERIFIER", os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../src/sandbox/python")
)
TWIN = "--twin"


class Judge:
    """One interpreter's verifier, this one's, and the process that is its twin."""

    def __init__(self, mode, hash_seed):
        sys.path.insert(0, SOURCES)
        # Recursion and imports of the verifier happen before the first program.
        import verifier

        sys.path.remove(SOURCES)
        self.verifier = verifier
        self.mode = mode
        self.twin = None
        verifier.configure(mode, hash_seed)
        verifier.settle()

    def verify(self, batch):
        """Verdicts of a batch as `verify` of verifier.py gives them. Raises Tampered when a program changed anything."""
        judged = json.loads(self.verifier.verify(batch))
        changed = self.verifier.check()
        if changed:
            raise Tampered(changed)
        return judged

    def outcomes(self, batch):
        """One list of outcomes a request; results that another hash seed changes are marked."""
        judged = self.verify(batch)
        requests = json.loads(batch)
        doubted = [
            i
            for i, (orderless, outcomes) in enumerate(judged)
            if orderless and requests[i][2] > 1 and any(isinstance(outcome, str) for outcome in outcomes)
        ]
        if doubted:
            again = json.dumps([[*requests[i][:2], 1, *requests[i][3:5], False] for i in doubted])
            for i, (_, others) in zip(doubted, self.ask_twin(again), strict=True):
                outcomes = judged[i][1]
                for n, (outcome, other) in enumerate(zip(outcomes, others, strict=True)):
                    if isinstance(outcome, str) and outcome != other:
                        late = isinstance(other, list) and other[0] == "timeout"
                        detail = "the result depends on hashes or on the order of a set"
                        outcomes[n] = other if late else ["nondeterministic", detail]
        return [outcomes for _, outcomes in judged]

    def ask_twin(self, batch):
        if self.twin is None:
            say({"type": "twin-starting"})
            self.twin = subprocess.Popen(
                [sys.executable, "-S", "-s", "-B", os.path.abspath(__file__), TWIN, self.mode],
                env={**os.environ, "PYTHONHASHSEED": "1"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            self.twin.stdout.readline()
            say({"type": "twin-ready", "snapshot": None})
        self.twin.stdin.write(json.dumps(batch) + "\n")
        self.twin.stdin.flush()
        answer = json.loads(self.twin.stdout.readline())
        if isinstance(answer, str):
            raise Tampered(answer)
        return answer


class Tampered(Exception):
    """A program changed something that another could see."""


def say(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def serve_twin(mode):
    """Answers batches with verdicts, or with what was tampered with."""
    judge = Judge(mode, 1)
    say("ready")
    for line in sys.stdin:
        try:
            say(judge.verify(json.loads(line)))
        except Tampered as tampered:
            say(str(tampered))


def serve():
    judge = None
    for line in sys.stdin:
        message = json.loads(line)
        if message["type"] == "boot":
            judge = Judge(message["mode"], 0)
            say({"type": "ready", "snapshot": None})
            continue
        try:
            results = json.dumps(judge.outcomes(message["batch"]), separators=(",", ":"))
        except Tampered as tampered:
            say({"type": "tampered", "detail": str(tampered)})
            continue
        heap = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        say({"type": "verified", "id": message["id"], "results": results, "heapBytes": heap})


if __name__ == "__main__":
    if sys.version_info < (3, 12):
        sys.exit(f"The native judge needs CPython 3.12 or later, and this is {sys.version.split()[0]}.")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    if TWIN in sys.argv:
        serve_twin(sys.argv[-1])
    else:
        serve()
