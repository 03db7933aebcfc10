"""Worker processes on this machine, as a `concurrent.futures.Executor`.

`ProcessPoolExecutor` is not used: a worker that dies breaks its whole pool, nobody learns which task it was, and a
death in mid-answer can leave the reader waiting, since all workers share one pipe. Here each worker has its own.
Workers are fresh interpreters, never forks: no lock, thread, or global state of the parent comes along, the
parent's `__main__` is not run again, and the environment is theirs alone. That costs one start each.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock, local
from typing import Any, BinaryIO, Final, ParamSpec, TypeVar

from notegen.batch.crew import WorkerDied
from notegen.batch.outcome import opened
from notegen.batch.worker import read_message, write_message

Result = TypeVar("Result")
P = ParamSpec("P")

ONE_THREAD: Final = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)
"""What numerical libraries ask for their number of threads; a worker has one core."""

_BEGIN: Final = "import sys; sys.path[:] = sys.argv[1:]; from notegen.batch.worker import main; main()"
"""What a worker begins with: our places of modules, and never the folder it happens to stand in."""


class Processes(Executor):
    """At most `jobs` workers; each is started when it is first needed, and runs `start` before its first task.

    A worker that dies is replaced, and its task's future raises WorkerDied. `close` ends all of them at once.
    """

    def __init__(self, jobs: int, start: Callable[[], None]) -> None:
        self._start = pickle.dumps(start)
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="notegen-worker")
        self._mine = local()
        self._lock = Lock()
        self._alive: set[_Worker] = set()
        self._closed = False

    def submit(self, function: Callable[P, Result], /, *args: P.args, **kwargs: P.kwargs) -> Future[Result]:
        """Have a worker do a function of one argument."""
        (task,) = args
        message = pickle.dumps((function, task), pickle.HIGHEST_PROTOCOL)
        return self._threads.submit(self._do, message)

    def _do(self, message: bytes) -> Any:
        """Have this thread's own worker do one task."""
        worker = getattr(self._mine, "worker", None) or self._new()
        try:
            answer = worker.ask(message)
        except (EOFError, OSError):
            self._mine.worker = None
            raise WorkerDied(self._buried(worker)) from None
        return opened(pickle.loads(answer))

    def _new(self) -> _Worker:
        with self._lock:
            if self._closed:
                raise WorkerDied("closed")
            worker = self._mine.worker = _Worker()
            self._alive.add(worker)
        try:
            worker.send(self._start)
        except OSError:
            pass  # It has died already; asking it something finds that out.
        return worker

    def _buried(self, worker: _Worker) -> str:
        """Take a dead worker off the list and return how it ended."""
        with self._lock:
            self._alive.discard(worker)
        return worker.ended()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the workers finish what was handed over, unless it is cancelled, and end them."""
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        self.close()

    def close(self) -> None:
        """End every worker now, whatever it is doing; none is left when this returns."""
        with self._lock:
            self._closed = True
            alive, self._alive = self._alive, set()
        for worker in alive:
            worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in alive:
            worker.ended()

    def pids(self) -> tuple[int, ...]:
        """Return the process numbers of the workers there are now."""
        with self._lock:
            return tuple(sorted(worker.process.pid for worker in self._alive))


class _Worker:
    """One worker process and the pipes to it."""

    def __init__(self) -> None:
        with no_interrupt():
            self.process = subprocess.Popen(
                [sys.executable, "-c", _BEGIN, *sys.path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, **dict.fromkeys(ONE_THREAD, "1")},
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )

    @property
    def pipes(self) -> tuple[BinaryIO, BinaryIO]:
        to, back = self.process.stdin, self.process.stdout
        assert to is not None and back is not None
        return to, back  # type: ignore[return-value]  # IO[bytes], which pipes are

    def send(self, message: bytes) -> None:
        """Send a message. Raises OSError when it has died."""
        to, _ = self.pipes
        write_message(to, message)

    def ask(self, message: bytes) -> bytes:
        """Return its answer. Raises EOFError or OSError when it dies over it."""
        _, back = self.pipes
        self.send(message)
        return read_message(back)

    def kill(self) -> None:
        """End it; safe from any thread, and when it has ended."""
        self.process.kill()

    def ended(self) -> str:
        """Wait for its end, close the pipes, and return how it ended."""
        self.process.kill()
        status = self.process.wait()
        for pipe in self.pipes:
            try:
                pipe.close()
            except OSError:
                pass  # What was not yet sent has nobody to go to.
        return f"killed by signal {-status}" if status < 0 else f"exit status {status}"


@contextmanager
def no_interrupt() -> Iterator[None]:
    """Start children with Ctrl-C blocked, from their first instruction on: a terminal sends it to every process.

    Only this thread's mask changes, and a Ctrl-C that comes meanwhile waits.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
