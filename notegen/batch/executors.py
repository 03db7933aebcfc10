"""Where gangs are worked on, by name: in this process, in processes beside it, or on a Dask cluster.

A plug-in adds a kind of its own by an entry point in the group `notegen.executors`: a function that takes `Asked`
and returns a context manager of a `Crew`, which is any `concurrent.futures.Executor` and its number of workers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from typing import Final, ParamSpec, TypeVar

from notegen.batch.cores import usable_cores
from notegen.batch.crew import Crew
from notegen.errors import NotegenError
from notegen.registry import Registry

Result = TypeVar("Result")
P = ParamSpec("P")

GROUP: Final = "notegen.executors"
"""The entry points that plug-ins are found by."""

MOST_JOBS: Final = 1024
"""More processes than any one machine is meant to run: 64 sockets of 16 cores."""


def nothing() -> None:
    """Begin with nothing."""


@dataclass(frozen=True)
class Asked:
    """What is asked of an executor: a number of processes, the address of a scheduler, what each worker begins with.

    `jobs` None is as many as there are usable cores; `start` can be pickled and is called once in every process
    before its first task.
    """

    jobs: int | None = None
    scheduler: str | None = None
    start: Callable[[], None] = nothing

    def workers(self) -> int:
        """Return the number of processes to use on this machine."""
        return self.jobs or usable_cores()


Kind = Callable[[Asked], AbstractContextManager[Crew]]


def known() -> Registry[Kind]:
    """Return the executors by name: serial, processes, dask, and those of plug-ins; a broken one is kept aside."""
    registry: Registry[Kind] = Registry("executor", [("serial", serial), ("processes", processes), ("dask", dask)])
    for entry in entry_points(group=GROUP):
        _plug_in(registry, entry)
    return registry


def _plug_in(registry: Registry[Kind], entry: EntryPoint) -> None:
    home = entry.dist.name if entry.dist is not None else entry.value
    if entry.name in registry:
        registry.broken[f"{entry.name} of {home}"] = f"there is an executor '{entry.name}' already"
        return
    try:
        registry.add(entry.name, entry.load())
    except (Exception, SystemExit) as error:
        registry.broken[entry.name] = f"{type(error).__name__} in {home}: {error}"


def open_executor(
    name: str,
    jobs: int | None = None,
    scheduler: str | None = None,
    start: Callable[[], None] = nothing,
) -> AbstractContextManager[Crew]:
    """Open an executor for a `with` statement.

        with open_executor("processes", jobs=4) as crew:
            for number, result in crew.run(function, tasks):

    `jobs` is a number of processes on this machine (default: the usable cores; 1 processes nothing beside this
    one), `scheduler` the address of a cluster, `start` what each worker process does once before its first task.
    However the `with` is left, no process of ours is left behind. Raises NotegenError for an unknown name, a
    number of jobs that is not from 1 to 1,024, and a scheduler given to an executor that has none.
    """
    if jobs is not None and not 1 <= jobs <= MOST_JOBS:
        raise NotegenError(f"{jobs} jobs are not possible", hint=f"--jobs is a number from 1 to {MOST_JOBS}")
    kind = known().get(name)
    if scheduler is not None and kind in (serial, processes):
        raise NotegenError(
            f"the executor '{name}' has no scheduler",
            hint="--scheduler goes with --executor dask; leave one of them out",
        )
    return kind(Asked(jobs, scheduler, start))


@contextmanager
def serial(asked: Asked) -> Iterator[Crew]:
    """Do every task in this process, one after the other, when its turn comes."""
    with Here(asked.start) as here:
        yield Crew(here, lambda: 1, ahead=0)


@contextmanager
def processes(asked: Asked) -> Iterator[Crew]:
    """Do tasks in worker processes on this machine; with one job, in this process."""
    jobs = asked.workers()
    if jobs == 1:
        with serial(asked) as crew:
            yield crew
        return
    from notegen.batch.processes import Processes

    workers = Processes(jobs, asked.start)
    try:
        yield Crew(workers, lambda: jobs)
    finally:
        workers.close()


@contextmanager
def dask(asked: Asked) -> Iterator[Crew]:
    """Do tasks on a Dask cluster: the one at the scheduler's address, or one of our own on this machine."""
    try:
        from notegen.batch.dask import opened
    except ImportError as error:
        raise NotegenError(
            f"the executor 'dask' needs what is not installed: {error.name or error}",
            hint="pip install 'notegen-cards[dask]'",
        ) from error
    with opened(asked.scheduler, asked.jobs, asked.start) as crew:
        yield crew


class Here(Executor):
    """Does a task when it is submitted; the future is done when it is returned."""

    def __init__(self, start: Callable[[], None] = nothing) -> None:
        self._start: Callable[[], None] | None = start

    def submit(self, function: Callable[P, Result], /, *args: P.args, **kwargs: P.kwargs) -> Future[Result]:
        """Do it now."""
        future: Future[Result] = Future()
        try:
            start, self._start = self._start, None
            if start is not None:
                start()
            future.set_result(partial(function, *args, **kwargs)())
        except Exception as error:
            future.set_exception(error)
        return future
