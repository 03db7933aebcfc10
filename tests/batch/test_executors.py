"""Executors: the same results wherever the tasks are done, in whatever order, and never many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from importlib.metadata import EntryPoint
from random import Random
from threading import Event, Thread
from typing import Any

import pytest
import toywork

from notegen.batch import executors
from notegen.batch.crew import AHEAD, Crew, WorkerDied
from notegen.batch.executors import Asked, Here, known, open_executor
from notegen.errors import NotegenError, UnknownName


@pytest.mark.parametrize(("name", "jobs"), [("serial", None), ("processes", 1), ("processes", 2)])
def test_results_are_the_same_and_each_has_its_place(name: str, jobs: int | None) -> None:
    with open_executor(name, jobs=jobs) as crew:
        found = list(crew.run(toywork.square, range(30)))
    assert sorted(number for number, _ in found) == list(range(30))
    assert dict(found) == {number: toywork.square(number) for number in range(30)}


@pytest.mark.parametrize(("name", "most"), [("serial", 1), ("processes", 2 * AHEAD)])
def test_tasks_are_taken_only_when_there_is_room(name: str, most: int) -> None:
    taken = 0

    def tasks() -> Iterator[int]:
        nonlocal taken
        for number in range(60):
            taken += 1
            yield number

    with open_executor(name, jobs=2) as crew:
        leads = [taken - done for done, _ in enumerate(crew.run(toywork.square, tasks()))]
    assert taken == 60
    assert max(leads) <= most


def test_stopping_early_takes_no_more_tasks() -> None:
    tasks = iter(range(1000))
    with open_executor("processes", jobs=2) as crew:
        for _ in crew.run(toywork.square, tasks):
            break
    assert next(tasks) <= 2 * AHEAD


def test_no_tasks_no_results() -> None:
    with open_executor("processes", jobs=2) as crew:
        assert list(crew.run(toywork.square, [])) == []


def test_one_job_is_this_process() -> None:
    with open_executor("processes", jobs=1, start=toywork.mark) as crew:
        assert isinstance(crew.executor, Here)
        before = len(toywork.begun)
        assert [times for _, (_, times) in crew.run(toywork.marked, range(3))] == [before + 1] * 3


def test_serial_does_nothing_before_it_is_asked_for() -> None:
    done: list[int] = []
    with open_executor("serial") as crew:
        results = crew.run(done.append, range(5))
        assert done == []
        next(results)
        assert done == [0]


def test_ctrl_c_is_not_a_result() -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    with open_executor("serial") as crew, pytest.raises(KeyboardInterrupt):
        list(crew.run(interrupted, [1]))


class Shuffled(Executor):
    """Does its tasks when a handful has come, in a random order; some lose their worker first."""

    def __init__(self, seed: int, dies: Callable[[Any], bool] = lambda _: False) -> None:
        self.random = Random(seed)
        self.dies = dies
        self.kept: list[tuple[Future[Any], Callable[..., Any], Any]] = []
        self.most = 0

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.kept.append((future, function, args[0]))
        self.most = max(self.most, len(self.kept))
        return future

    def turn(self) -> None:
        """Do some of what has come."""
        while self.kept and self.random.random() < 0.7:
            future, function, task = self.kept.pop(self.random.randrange(len(self.kept)))
            if self.dies(task):
                future.set_exception(WorkerDied("a test"))
            else:
                future.set_result(function(task))


@pytest.mark.parametrize("seed", range(20))
def test_any_order_and_any_death_give_the_same_results(seed: int) -> None:
    random = Random(seed)
    deaths = {task: random.choice([0, 0, 1, 2]) for task in range(40)}

    def dies(task: int) -> bool:
        deaths[task] -= 1
        return deaths[task] >= 0

    executor = Shuffled(seed, dies)
    with driven(executor):
        found = list(Crew(executor, lambda: 2).run(abs, range(40)))
    assert sorted(found) == [(n, n) for n in range(40)]
    assert executor.most <= 2 * AHEAD


POISON = 31


class Bystanders(Shuffled):
    """Loses everything that is in flight when a poison is, as a worker does with what waits behind it."""

    def __init__(self, deaths: int) -> None:
        super().__init__(0)
        self.deaths = deaths
        self.company: list[int] = []

    def turn(self) -> None:
        kept, self.kept = self.kept, []
        poisoned = POISON in (task for _, _, task in kept)
        if poisoned:
            self.company.append(len(kept))
        for future, function, task in kept:
            if poisoned:
                future.set_exception(WorkerDied("a test", self.deaths))
            else:
                future.set_result(function(task))


@contextmanager
def driven(executor: Shuffled) -> Iterator[None]:
    """Let a thread do what is handed over."""
    stop = Event()

    def drive() -> None:
        while not stop.wait(0.002):
            executor.turn()

    thread = Thread(target=drive)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@pytest.mark.parametrize("deaths", [1, 4], ids=["each", "after Dask's own tries"])
def test_those_that_waited_behind_a_poison_are_not_blamed(deaths: int) -> None:
    executor = Bystanders(deaths)
    with driven(executor), pytest.raises(NotegenError, match=r"^task 32 ended its worker process [38] times"):
        list(Crew(executor, lambda: 2).run(abs, range(80)))
    assert executor.company[-1] == 1


def test_an_executor_that_breaks_is_said_with_the_task() -> None:
    class Broken(Here):
        def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            future: Future[Any] = Future()
            future.set_exception(BrokenExecutor("the pool is gone"))
            return future

    with pytest.raises(NotegenError, match=r"^task 1 could not be done: the executor broke \(the pool is gone\)$"):
        list(Crew(Broken(), lambda: 1).run(abs, [1]))


def test_an_unknown_executor_names_the_near_one() -> None:
    with pytest.raises(UnknownName) as caught:
        open_executor("proceses")
    assert caught.value.hint == "did you mean 'processes'?"


@pytest.mark.parametrize("jobs", [0, -1, 1025])
def test_impossible_numbers_of_jobs_are_refused(jobs: int) -> None:
    with pytest.raises(NotegenError, match=f"^{jobs} jobs are not possible$"):
        open_executor("processes", jobs=jobs)


@pytest.mark.parametrize("name", ["serial", "processes"])
def test_a_scheduler_goes_with_dask_alone(name: str) -> None:
    with pytest.raises(NotegenError, match=f"^the executor '{name}' has no scheduler$"):
        open_executor(name, scheduler="tcp://127.0.0.1:8786")


@contextmanager
def plugged(asked: Asked) -> Iterator[Crew]:
    """A plug-in's executor."""
    yield Crew(Here(asked.start), lambda: 1, ahead=0)


def entry(name: str, value: str) -> EntryPoint:
    return EntryPoint(name, value, "notegen.executors")


def test_plug_ins_are_found_and_a_broken_one_harms_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [
        entry("mine", f"{__name__}:plugged"),
        entry("gone", "notegen_no_such_module:x"),
        entry("serial", f"{__name__}:plugged"),
    ]
    monkeypatch.setattr(executors, "entry_points", lambda group: entries if group == executors.GROUP else [])
    registry = known()
    assert registry.names() == ("serial", "processes", "dask", "mine")
    assert registry.get("serial") is executors.serial
    assert set(registry.broken) == {"gone", f"serial of {__name__}:plugged"}
    with open_executor("mine") as crew:
        assert dict(crew.run(abs, [-4])) == {0: 4}
    with pytest.raises(NotegenError, match="executor 'gone' could not be loaded: ModuleNotFoundError"):
        open_executor("gone")
