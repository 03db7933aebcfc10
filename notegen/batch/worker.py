"""A worker process: takes one task at a time from a pipe, and ends when the pipe does.

The pipe's other end is in the parent alone, so a worker ends with its parent, whatever ended that, even in the
middle of a task: a thread reads the pipe while the task is worked on. Messages are a length of eight bytes and that
many bytes of pickle; each worker has pipes of its own, so one that is killed in mid-word spoils nobody else's.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO, Final

from notegen.batch.garbage import seldom
from notegen.batch.outcome import Raised, outcome

LENGTH: Final = 8
"""Bytes of a message's length, most significant first."""


def write_message(pipe: BinaryIO, message: bytes) -> None:
    """Send one message. Raises OSError when nobody is there."""
    pipe.write(len(message).to_bytes(LENGTH, "big"))
    pipe.write(message)
    pipe.flush()


def read_message(pipe: BinaryIO) -> bytes:
    """Return the next message. Raises EOFError when the other side has ended, also in mid-message."""
    size = int.from_bytes(_exactly(pipe, LENGTH), "big")
    return _exactly(pipe, size)


def _exactly(pipe: BinaryIO, size: int) -> bytes:
    found = pipe.read(size)
    if len(found) < size:
        raise EOFError
    return found


def main() -> None:
    """Do what comes through standard input and answer on standard output, until the input ends."""
    with seldom():
        _work(*_pipes())


def _work(tasks: BinaryIO, answers: BinaryIO) -> None:
    inbox: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_listen, args=(tasks, inbox), daemon=True).start()
    ready = outcome(_started, inbox.get())
    while True:
        message = inbox.get()
        answer = ready if isinstance(ready, Raised) else outcome(_done, message)
        try:
            write_message(answers, answer if isinstance(answer, bytes) else pickle.dumps(answer))
        except OSError:
            os._exit(0)


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return the pipes to and from the parent, and keep whatever is printed or read by a task out of them."""
    tasks, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return tasks, answers


def _listen(tasks: BinaryIO, inbox: SimpleQueue[bytes]) -> None:
    """Pass messages on; end the process at once when no more can come."""
    try:
        while True:
            inbox.put(read_message(tasks))
    except (EOFError, OSError):
        sys.stderr.flush()
        os._exit(0)


def _started(message: bytes) -> None:
    start: Callable[[], None] = pickle.loads(message)
    start()


def _done(message: bytes) -> bytes:
    """Return the pickled result, or raise; pickling is part of the task, for it can fail."""
    function, task = pickle.loads(message)
    return pickle.dumps(function(task), pickle.HIGHEST_PROTOCOL)
