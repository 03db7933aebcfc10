"""What came of a task in another process: its result, or what it raised, in a form that can be sent."""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Raised:
    """An error that was raised in a worker, and where, as a traceback's text."""

    error: BaseException
    where: str


def outcome(function: Callable[[Task], Result], task: Task) -> Result | Raised:
    """Do a task; what it raises is returned, so that no engine between us logs it, retries it, or loses its place."""
    try:
        return function(task)
    except BaseException as error:
        return Raised(_sendable(error), traceback.format_exc())


def opened(value: Result | Raised) -> Result:
    """Return the result, or raise here what was raised there, with a note of where that was."""
    if isinstance(value, Raised):
        value.error.add_note(f"Raised in a worker:\n{value.where.rstrip()}")
        raise value.error
    return value


def _sendable(error: BaseException) -> BaseException:
    """Return the error, or what it says when it cannot be pickled and made again."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
