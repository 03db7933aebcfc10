"""Two notegens at once in one shop, started together: nobody is lost or doubled, none waits for ever, both say why."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

pytest.importorskip("fcntl")

from benchmarks.pairs import KINDS, Pairs
from benchmarks.soak import Soak, warm


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Pairs, float]]:
    """Four customers, this process warm, and the seconds of an unbroken run."""
    soak = Soak(tmp_path_factory.mktemp("pairs"), 4)
    seconds = warm(soak)
    yield Pairs(soak, random.Random(11)), seconds


@pytest.mark.parametrize("kind", KINDS)
def test_two_at_once_lose_nobody_and_double_nobody(pairs: tuple[Pairs, float], kind: str) -> None:
    made, seconds = pairs
    for number in range(3):
        KINDS[kind](made, made.soak.shop(f"{kind}-{number}"), seconds)
    assert made.wrong + made.soak.wrong == []
