"""Judges on the machines of a Ray cluster, for the loop's own pool (src/sandbox/pool.ts) beside worker 0.

The pool stays the one that deals programs, watches the clock, replaces what died or hung and says the verdict. For each
judge that it wants, it opens a connection to the socket here; at the other end is an actor on some machine, which holds
one process (scripts/engine/judge.ts) and passes its messages on. The connection and the judge end together: where the
pool closes it, the process is killed, whatever it is at; where the process, the actor or its machine is lost, the pool
sees the connection close.
"""

import contextlib
import socket
import socketserver
import tempfile
import threading
from pathlib import Path

import ray
from ray.exceptions import RayError

from .node import start


# While programs run the workers wait, so that a judge asks for no processor of its own.
@ray.remote(num_cpus=0, scheduling_strategy="SPREAD", concurrency_groups={"hear": 1, "say": 1})
class Judge:
    """One judge's process. `flags` are those of scripts/engine/judge.ts."""

    def __init__(self, flags):
        self.process = start("scripts/engine/judge.ts", *flags)

    @ray.method(concurrency_group="hear")
    def hear(self):
        """Yields its messages, a line each, until it ends."""
        # Not `yield from`: Ray sends into what it iterates, which a file does not take.
        for line in self.process.stdout:
            yield line

    @ray.method(concurrency_group="say")
    def say(self, line):
        # The pool hears of an end by that of `hear`.
        with contextlib.suppress(BrokenPipeError, ValueError):
            self.process.stdin.write(line)
            self.process.stdin.flush()

    def end(self):
        """Closes its input, by which it ends with all that it has started, hanging or not."""
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait()


END_SECONDS = 5  # that a judge may take to end by itself


class Connection(socketserver.StreamRequestHandler):
    """One judge, as long as the pool wants it."""

    def handle(self):
        judge = Judge.remote(self.server.flags)
        hearing = threading.Thread(target=self.hear, args=(judge,))
        hearing.start()
        with contextlib.suppress(OSError):
            for line in self.rfile:
                judge.say.remote(line.decode())
        with contextlib.suppress(RayError):
            ray.wait([judge.end.remote()], timeout=END_SECONDS)
        ray.kill(judge)
        hearing.join()

    def hear(self, judge):
        with contextlib.suppress(RayError, OSError):
            for line in judge.hear.remote():
                self.wfile.write(ray.get(line).encode())
        # Nothing more will come: the pool hears of it, and the loop above ends.
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    def __init__(self, path, flags):
        super().__init__(path, Connection)
        self.flags = list(map(str, flags))


@contextlib.contextmanager
def open_judges(flags):
    """Starts a judge for whoever connects to the socket that this yields; Ray is running. Ends when nobody does."""
    # Only this user can reach it.
    with tempfile.TemporaryDirectory(prefix="kelvin-judges-") as folder:
        path = str(Path(folder) / "line")
        with Server(path, flags) as server:
            serving = threading.Thread(target=server.serve_forever, daemon=True)
            serving.start()
            try:
                yield path
            finally:
                server.shutdown()
