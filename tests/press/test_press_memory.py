"""A file of many pages takes no more memory than one of few."""

from __future__ import annotations

import dataclasses
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import cards
import pytest

from notegen.model.page import Page
from notegen.model.purpose import Purpose, Setup
from notegen.press import conditions, write_pages
from notegen.press.pdf import bare

MOST = 150
"""Bytes that one more card may take: 43 were seen, 85 with PDF/VT parts, and more than 3,000 for one whose streams are kept."""

TEXT = "\n".join(["abc de bad cafi lo Te cab dabe el ol fi"] * 8)


def some(count: int) -> Iterator[Page]:
    """Yield pages, each of a card of its own that nobody else keeps."""
    one = cards.card("c", TEXT, em=2.0)
    for number in range(count):
        yield bare(dataclasses.replace(one, key=f"c{number}", matrix=one.matrix + number / 1000))


@pytest.mark.parametrize("record", [0, 2])
def test_memory_is_flat_in_the_number_of_cards(tmp_path: Path, record: int) -> None:
    """Pages are written and forgotten; what is kept of each is its place in the file."""
    setup = Setup("t", "en", purpose=Purpose.PRESS, condition=conditions().get("gracol"), record=record)
    write_pages(some(64), tmp_path / "warm.pdf", setup)
    peaks = []
    for count in (64, 512):
        tracemalloc.start()
        write_pages(some(count), tmp_path / "a.pdf", setup)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert (peaks[1] - peaks[0]) / (512 - 64) < MOST
