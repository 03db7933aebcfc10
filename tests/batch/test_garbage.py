"""How often Python looks for what nobody holds."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from notegen.batch.executors import open_executor
from notegen.batch.garbage import EVERY, look_seldom


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_it_looks_seldom_and_still_looks() -> None:
    """Never would let a batch of any size grow."""
    look_seldom()
    assert gc.isenabled()
    assert gc.get_threshold()[0] == EVERY


def test_workers_look_seldom() -> None:
    """Each worker process is notegen's own."""
    with open_executor("processes", 2, None) as crew:
        assert [one for _, one in crew.run(_threshold, [0, 1])] == [EVERY] * 2


def _threshold(_: int) -> int:
    return gc.get_threshold()[0]
