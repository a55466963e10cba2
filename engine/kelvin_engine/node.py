"""The page's own half of a run: its loop, judges and files, in Node. It asks, and this side answers."""

import json
import os
import subprocess
from pathlib import Path


class NodeEnded(RuntimeError):
    """Node has ended before the run had."""


class NotBegun(RuntimeError):
    """The run did not begin: what it was asked with, or what this machine has, is not enough."""


def repository():
    """The folder of Kelvin's sources, whose loop is played: this package's own checkout, or KELVIN_ROOT."""
    root = Path(os.environ.get("KELVIN_ROOT") or Path(__file__).resolve().parents[2])
    if not (root / "scripts/engine/main.ts").exists() or not (root / "node_modules").exists():
        raise NodeEnded(f"{root} is no checkout of Kelvin with its packages (npm ci); KELVIN_ROOT names another one.")
    return root


def start(script, *flags):
    """A process that plays a script of Kelvin's, with pipes for what it reads and writes: UTF-8, a message a line."""
    return subprocess.Popen(
        [os.environ.get("KELVIN_NODE", "node"), "--import", "tsx", script, *map(str, flags)],
        cwd=repository(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf8",
    )


class Node:
    """A process that plays the loop. `next` has what it asks, `answer` what it is answered, in order."""

    def __init__(self, folder, *flags):
        self.process = start("scripts/engine/main.ts", "--folder", Path(folder).resolve(), *flags)

    def next(self):
        """The next request, {id, method, params}. Raises NodeEnded when there will be none."""
        line = self.process.stdout.readline()
        if not line:
            raise NodeEnded(f"the loop ended with code {self.process.wait()} (see above)")
        return json.loads(line)

    def answer(self, request, result=None):
        self._write({"id": request["id"], "result": result})

    def close(self):
        """Ends the process: without answers it has nothing more to do."""
        self.process.stdin.close()
        self.process.wait()

    def _write(self, message):
        try:
            self.process.stdin.write(json.dumps(message) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            # What it complained of is told by the next reading.
            pass
