"""One batch, every executor, any order, and a worker that is killed in the middle: one file, byte for byte."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from importlib.metadata import EntryPoint
from pathlib import Path
from random import Random
from typing import Any

import pytest
from conftest import Run

from notegen.batch import executors
from notegen.batch.crew import Crew
from notegen.batch.executors import Asked
from notegen.facts.gangs import GANG

GANGS = 3
PEOPLE = GANGS * GANG
FIRST = "Ana Bo Cleo Dov Eli Fay Gus Hana Ivo Jun Kit Lou".split()
PERSON = """---
key: c-{number:04}
customer: {{name: {name} Reyes, greeting: {name}}}
sale: {{date: 2026-03-05, item: Brompton folding bicycle {number}, short: the Brompton number {number}, colour: green}}
remember: ["You asked {number} times whether it fits under desk {number}, and it does with {other} to spare."]
"""


@pytest.fixture
def batch(notegen: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., bytes]:
    """Print the batch with an executor and return the file's bytes."""
    names = ("shuffled", "one-dies", "dask-one-dies")
    entries = [EntryPoint(name, f"{__name__}:{name.replace('-', '_')}", executors.GROUP) for name in names]
    monkeypatch.setattr(executors, "entry_points", lambda group: entries)
    people = (PERSON.format(number=number, name=FIRST[number % 12], other=number * 7 % 97) for number in range(PEOPLE))
    (shop / "facts" / "customers.yaml").write_text("".join(people), encoding="utf-8")

    def printed(*words: object) -> bytes:
        target = shop / "cards.pdf"
        asked = ("-t", "thanks", "--today", "2026-03-20", "--no-ledger", "--yes", "--skip-bad", "-o", target)
        ran = notegen("batch", shop / "facts", *asked, "--executor", *words)
        assert ran.status == 0, ran.said
        return target.read_bytes()

    return printed


@pytest.fixture(scope="module")
def expected() -> dict[str, bytes]:
    """What the serial executor has printed, once it has."""
    return {}


@pytest.mark.parametrize(
    "words",
    [
        ("serial",),
        ("shuffled",),
        ("processes", "--jobs", 2),
        ("one-dies", "--jobs", 2),
        ("dask", "--jobs", 2),
        ("dask-one-dies", "--jobs", 2),
    ],
    ids=lambda words: words[0],
)
def test_every_executor_prints_the_same_file(
    words: tuple[object, ...], batch: Callable[..., bytes], expected: dict[str, bytes]
) -> None:
    killed.clear()
    if "serial" not in expected:
        expected["serial"] = batch("serial")
        assert len(expected["serial"]) > 2000 * PEOPLE, "the cards are in it"
    if words != ("serial",):
        assert batch(*words) == expected["serial"]
    assert len(killed) == ("dies" in str(words[0]))


killed: list[int] = []


class Backwards(Executor):
    """Keeps what it is given and does it in a random order when a result is asked for."""

    def __init__(self) -> None:
        self.random = Random(5)
        self.kept: list[Callable[[], None]] = []

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.kept.append(lambda: future.set_result(function(*args)))
        if len(self.kept) == GANGS:
            self.random.shuffle(self.kept)
            while self.kept:
                self.kept.pop()()
        return future


@contextmanager
def shuffled(asked: Asked) -> Iterator[Crew]:
    """All gangs at once, in a random order."""
    yield Crew(Backwards(), lambda: 1, ahead=GANGS)


@contextmanager
def one_dies(asked: Asked) -> Iterator[Crew]:
    """Two processes, of which one is killed when the first result has come."""
    from notegen.batch.processes import Processes

    with executors.processes(asked) as crew:
        assert isinstance(crew.executor, Processes)
        pids = crew.executor.pids
        yield Crew(Killing(crew.executor, lambda: pids()[0]), crew.workers, crew.ahead)


@contextmanager
def dask_one_dies(asked: Asked) -> Iterator[Crew]:
    """A Dask cluster of two processes, of which one is killed when the first result has come."""
    from notegen.batch.dask import OnDask

    with executors.dask(asked) as crew:
        assert isinstance(crew.executor, OnDask)
        one = crew.executor.submit(pid, 0).result()
        yield Crew(Killing(crew.executor, lambda: one), crew.workers, crew.ahead)


def pid(_: int) -> int:
    """Return this process."""
    return os.getpid()


class Killing(Executor):
    """Hands on what it is given; when the first result has come, somebody is killed."""

    def __init__(self, inner: Executor, victim: Callable[[], int]) -> None:
        self.inner = inner
        self.victim = victim

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future = self.inner.submit(function, *args, **kwargs)
        future.add_done_callback(self.kill)
        return future

    def kill(self, _: Future[Any]) -> None:
        """Kill once."""
        if not killed:
            killed.append(self.victim())
            os.kill(killed[0], signal.SIGKILL)
