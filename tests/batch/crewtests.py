"""What the tests of more than one executor use."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import toywork

HERE = Path(__file__).parent
WAIT = 60.0
"""Seconds after which a test gives up; nothing is expected to take that long."""


def jobs(folder: Path, count: int) -> list[toywork.Job]:
    return [toywork.Job(number, str(folder)) for number in range(count)]


def alive(pid: int) -> bool:
    """Tell whether a process runs; one that has ended and waits to be fetched does not."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def until(what: str, tell: object) -> None:
    """Wait until something holds; a test that waits too long says for what."""
    assert callable(tell)
    end = time.monotonic() + WAIT
    while not tell():
        assert time.monotonic() < end, f"waited too long for {what}"
        time.sleep(0.01)


def marks(folder: Path) -> list[int]:
    return [int(path.name[4:]) for path in folder.glob("pid-*")]


def killing(folder: Path) -> Iterator[toywork.Job]:
    """Give two jobs, kill whoever works on one of them, then give the rest."""
    rest = iter(jobs(folder, 12))
    yield next(rest)
    yield next(rest)
    until("two workers", lambda: len(marks(folder)) == 2)
    os.kill(marks(folder)[0], signal.SIGKILL)
    (folder / "go").touch()
    yield from rest


RUN = """
import sys, toywork
from notegen.batch.executors import open_executor
if __name__ == "__main__":
    with open_executor(sys.argv[1], jobs=2) as crew:
        list(crew.run(toywork.slow, (toywork.Job(n, sys.argv[2]) for n in range(9))))
"""


@contextmanager
def started(executor: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a parent in a process group of its own until it has two workers in the middle of a task."""
    folder.mkdir()
    parent = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", RUN, executor, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        process_group=0,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parents[1])])},
    )
    try:
        until("two workers", lambda: len(marks(folder)) == 2)
        yield parent
    finally:
        parent.kill()
        parent.communicate()
