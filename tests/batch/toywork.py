"""Toy tasks for the executors' tests; a module of its own, so that every process finds them by name."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from notegen.errors import NotegenError, UnknownName

begun: list[int] = []


@dataclass(frozen=True)
class Job:
    """A number, and a file that says whether it was begun before."""

    number: int
    marks: str
    label: str = ""


def square(number: int) -> tuple[int, bytes]:
    """Return the square, and enough bytes that an answer does not fit into a pipe's 64 KiB."""
    return number * number, bytes([number % 251]) * 200_000


def mark() -> None:
    """What each worker begins with."""
    begun.append(os.getpid())


def marked(_: int) -> tuple[int, int]:
    """Return this process and how often it began."""
    return os.getpid(), len(begun)


def first_time(job: Job) -> bool:
    """Tell whether this job is begun for the first time, across processes."""
    try:
        Path(job.marks, str(job.number)).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def die_once(job: Job) -> int:
    """Kill this process when every fifth job is done for the first time."""
    if job.number % 5 == 2 and first_time(job):
        os.kill(os.getpid(), signal.SIGKILL)
    return job.number * job.number


def poison(job: Job) -> int:
    """Kill this process whenever job 3 comes, and count how often."""
    if job.number == 3:
        with Path(job.marks, "deaths").open("a") as file:
            file.write("x")
        os.kill(os.getpid(), signal.SIGKILL)
    return job.number


def leave(_: int) -> int:
    """End the process without a word."""
    os._exit(7)


def slow(job: Job) -> int:
    """Say that the job has begun, then take longer than any test waits."""
    Path(job.marks, f"pid-{os.getpid()}").touch()
    Event().wait(60)
    return job.number


def wait_for(job: Job) -> int:
    """Say who does the job, then wait until the file `go` is there."""
    Path(job.marks, f"pid-{os.getpid()}").touch()
    while not Path(job.marks, "go").exists():
        Event().wait(0.01)
    return job.number


def mistake(number: int) -> int:
    """Raise mistakes of the kinds there are."""
    if number == 1:
        raise NotegenError("the pen is dry", hint="dip it")
    if number == 2:
        raise UnknownName("hand", "amely", ["amelie"])
    if number == 3:
        raise Awkward("one", "two")
    if number == 4:
        sys.exit(3)
    return 1 // (number - 5)


class Awkward(Exception):
    """An error that cannot be made again from what it is pickled as."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one} and {two}")


def noisy(number: int) -> int:
    """Print into what would be the pipe, and read from it."""
    sys.stdout.write("not an answer\n")
    sys.stdout.flush()
    os.write(1, b"nor this\n")
    return number + len(sys.stdin.read())


def environment(_: int) -> tuple[str, str, str | None]:
    """Return threads asked for, the working folder, and whether that folder is a place of modules."""
    return os.environ["OMP_NUM_THREADS"], os.getcwd(), next((one for one in sys.path if one in {"", os.getcwd()}), None)


def deaf(_: int) -> bool:
    """Tell whether Ctrl-C is kept from this process."""
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def unpicklable(_: int) -> object:
    """Return what cannot be sent."""
    return lambda: None
