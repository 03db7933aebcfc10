"""Those who work: tasks handed to any `concurrent.futures.Executor` a few at a time, and again when a worker dies.

Results come in any order, each with the place of its task. Only some tasks a worker are taken ahead, so a hundred
thousand tasks need no more memory than ten.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from notegen.errors import NotegenError

Task = TypeVar("Task")
Result = TypeVar("Result")

AHEAD: Final = 3
"""Tasks in flight per worker: one that is worked on, one that waits there, and one whose result is on its way."""

TRIES: Final = 3
"""How many workers a task may bring down before it is given up; the last try is made with nothing else in flight."""

LOOK: Final = 0.5
"""Seconds between two looks at whether somebody wants to stop; Windows wakes no lock for Ctrl-C."""


class WorkerDied(Exception):
    """A worker process ended before its answer came: killed, out of memory, or crashed; `deaths` counts them."""

    def __init__(self, how: str, deaths: int = 1) -> None:
        super().__init__(how)
        self.how = how
        self.deaths = deaths

    def __reduce__(self) -> tuple[object, ...]:
        return WorkerDied, (self.how, self.deaths)


@dataclass(frozen=True)
class Crew:
    """An executor, and how many tasks it works on at once, which may change while it runs.

    With `ahead` 0 the executor does each task while it is handed over, as the serial one does.
    """

    executor: Executor
    workers: Callable[[], int]
    ahead: int = AHEAD

    def run(self, function: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[tuple[int, Result]]:
        """Do `function` to every task and yield (place of the task from 0, result), in any order.

        `function` is a top-level function of an importable module, so that another process finds it; task and
        result can be pickled. Tasks are taken when there is room, at most `ahead` per worker and never fewer than
        one. What the function raises is raised here, with a note of where it was raised. A worker that dies is
        replaced by its executor and its tasks are done again; a task that brings down TRIES workers ends with a
        NotegenError that names it, by its attribute `label` if it has one. Stopping early drops what has not begun.
        """
        flight = _Flight(self, function, enumerate(tasks))
        try:
            yield from flight.results()
        finally:
            flight.drop()


@dataclass
class _Flight(Generic[Task, Result]):
    """What is under way: tasks in flight, tasks to be done again, and those that must be alone."""

    crew: Crew
    function: Callable[[Task], Result]
    tasks: Iterator[tuple[int, Task]]
    flying: dict[Future[Result], tuple[int, Task]] = field(default_factory=dict)
    again: deque[tuple[int, Task]] = field(default_factory=deque)
    suspects: deque[tuple[int, Task]] = field(default_factory=deque)
    deaths: dict[int, int] = field(default_factory=dict)
    lonely: bool = False

    def results(self) -> Iterator[tuple[int, Result]]:
        """Yield (place, result) until no task is left."""
        ready: deque[Future[Result]] = deque()
        while True:
            self.fill()
            if not self.flying:
                return
            while not ready:
                ready.extend(wait(self.flying, timeout=LOOK, return_when=FIRST_COMPLETED).done)
            future = ready.popleft()
            number, task = self.flying.pop(future)
            try:
                result = future.result()
            except WorkerDied as died:
                self.died(number, task, died)
            except BrokenExecutor as error:
                raise NotegenError(
                    f"{_named(number, task)} could not be done: the executor broke ({error})",
                    hint="try it with --executor processes, or with --jobs 1",
                ) from error
            else:
                del future
                yield number, result

    def fill(self) -> None:
        """Hand over tasks while there is room; one that is suspected waits until it has everything for itself."""
        if self.suspects or self.lonely:
            self.lonely = bool(self.flying) and self.lonely
            if self.suspects and not self.flying:
                self.lonely = True
                self.submit(*self.suspects.popleft())
            if self.suspects or self.lonely:
                return
        room = max(1, self.crew.ahead * self.crew.workers())
        while len(self.flying) < room:
            one = self.again.popleft() if self.again else next(self.tasks, None)
            if one is None:
                return
            self.submit(*one)

    def submit(self, number: int, task: Task) -> None:
        """Hand one task over."""
        self.flying[self.crew.executor.submit(self.function, task)] = (number, task)

    def died(self, number: int, task: Task, died: WorkerDied) -> None:
        """Do a task again whose worker died; give it up when it was alone and has had its tries."""
        deaths = self.deaths[number] = self.deaths.get(number, 0) + died.deaths
        if self.lonely and deaths >= TRIES:
            raise NotegenError(
                f"{_named(number, task)} ended its worker process {deaths} times ({died.how})",
                hint="it may need more memory than there is: try fewer --jobs, or look for the customer with --only",
            ) from died
        if deaths >= TRIES - 1:
            self.suspects.append((number, task))
        else:
            self.again.append((number, task))

    def drop(self) -> None:
        """Take back what has not begun."""
        for future in self.flying:
            future.cancel()


def _named(number: int, task: object) -> str:
    label = getattr(task, "label", None)
    return label if isinstance(label, str) and label else f"task {number + 1}"
