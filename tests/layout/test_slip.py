"""The packing slip: everybody is on it once, in order, within the page, and the counts are those of the rows."""

from __future__ import annotations

import csv
import io
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from notegen import plain
from notegen.errors import NotegenError
from notegen.layout import slip
from notegen.layout.lines import PAPERS
from notegen.model.page import Align, Line, Outline, Page, Words
from notegen.model.purpose import Setup
from notegen.model.slip import Mark, Row
from notegen.press import write_pages

NAMES = (
    "Ana Reyes",
    "伊藤 花子",
    "Bartholomew Featherstonehaugh-Cholmondeley-Wolfeschlegelsteinhausen",
    "דנה כהן",
    "Łucja",
)


def row(number: int, name: str = "Ana Reyes", by_hand: tuple[str, ...] = (), envelope: str | None = "us-a2") -> Row:
    address = ("8 Canal Street", "Port Ellery OR 97999")
    mark = Mark("HJK", number)
    return Row(mark, f"k{number}", name, address, "You came in on", "neat-print", "us-a2", envelope, by_hand)


def words(page: Page) -> list[Words]:
    return [item for item in page.items if isinstance(item, Words)]


def texts(page: Page) -> list[str]:
    return [item.text for item in words(page)]


@tuned(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(NAMES) | st.text(min_size=1, max_size=90), st.lists(st.text(max_size=70), max_size=15)
        ),
        min_size=1,
        max_size=40,
    ),
    st.sampled_from(["a4", "letter"]),
)
def test_everything_stands_on_its_page_once_and_in_order(people: list[tuple[str, list[str]]], paper: str) -> None:
    rows = [row(number, name, tuple(tasks)) for number, (name, tasks) in enumerate(people, start=1)]
    made = slip.pages(rows, "Packing slip: thanks", paper)
    width, height = PAPERS[paper]
    numbers: list[int] = []
    for number, page in enumerate(made, start=1):
        assert f"page {number} of {len(made)}" in texts(page)
        assert {"packed", "card", "for", "begins", "made of", "by hand"} <= set(texts(page))
        for item in words(page):
            reach = plain.width(item.text, item.size, item.strong)
            left = item.x - (reach if item.align is Align.RIGHT else 0)
            assert slip.MARGIN - 0.01 <= left
            assert left + reach <= width - slip.MARGIN + 2.1, item.text
            assert slip.MARGIN <= item.y <= height - slip.MARGIN
        numbers += [
            int(one.text) for one in words(page) if one.text.isdigit() and one.size == slip.BODY and _first(one)
        ]
    assert numbers == list(range(1, len(rows) + 1))


def _first(item: Words) -> bool:
    return 20 < item.x < 30


def test_rows_do_not_run_into_each_other() -> None:
    rows = [row(number, NAMES[number % 5], ("sign it", "add a line")) for number in range(1, 60)]
    for page in slip.pages(rows, "Slip"):
        here = [item for item in words(page) if 40 < item.x < 80 and item.y < 240]
        heights = sorted(item.y for item in here)
        assert min(b - a for a, b in pairwise(heights)) > slip.BODY


def test_there_is_a_box_for_every_thing_to_do() -> None:
    made = slip.pages([row(1, by_hand=("sign it", "enclose: the photo")), row(2)], "Slip")
    boxes = [item for page in made for item in page.items if isinstance(item, Outline)]
    # One for each row, one for each task, and three for the piles.
    assert len(boxes) == 2 + 2 + 3


def test_the_counts_are_those_of_the_rows_and_stand_on_the_last_page() -> None:
    rows = [row(number, envelope="us-a2" if number % 2 else None) for number in range(1, 61)]
    *before, last = slip.pages(rows, "Slip")
    assert {"60 rows", "60 cards", "30 envelopes"} <= set(texts(last))
    assert before
    assert not any("60 rows" in texts(page) for page in before)
    (one,) = slip.pages(rows[1:2], "Slip")
    assert {"1 row", "1 card"} <= set(texts(one))
    assert not any("envelope" in text and text[0].isdigit() for text in texts(one))


def test_nobody_to_list_is_a_mistake() -> None:
    with pytest.raises(NotegenError, match="no card to list"):
        slip.pages([], "Slip")


def test_more_tasks_than_there_is_room_for_are_counted() -> None:
    (page,) = slip.pages([row(1, by_hand=tuple(f"task {n}" for n in range(20)))], "Slip")
    assert "task 11" in texts(page)
    assert "task 12" not in texts(page)
    assert any("and 8 more" in text for text in texts(page))


def test_long_tasks_stay_on_the_page() -> None:
    long = "put the little brass bell from the left drawer into the envelope with the photograph of the dog " * 2
    (page,) = slip.pages([row(1, by_hand=(long,) * 12)], "Slip")
    assert min(one.y for one in words(page)) > slip.MARGIN
    assert any(text.startswith("and 6 more") for text in texts(page))


def test_the_table_reads_back_and_no_cell_is_a_formula() -> None:
    rows = [row(1, '=HYPERLINK("x")', ("sign it", "add; a line")), row(2, 'Zoë "Z", O\'Neill\nJr.', envelope=None)]
    first, second = csv.DictReader(io.StringIO(slip.as_csv(rows), newline=""))
    assert first["name"] == '\'=HYPERLINK("x")'
    assert (first["number"], first["mark"], first["by_hand"]) == ("1", "HJK", "sign it; add; a line")
    assert (second["name"], second["envelope"]) == ('Zoë "Z", O\'Neill\nJr.', "")
    assert set(first) == set(slip.as_data(rows[0]))


def test_the_same_rows_give_the_same_file(tmp_path: Path) -> None:
    rows = [row(number, NAMES[number % 5]) for number in range(1, 9)]
    made = []
    for name in ("a.pdf", "b.pdf"):
        write_pages(slip.pages(rows, "Slip"), tmp_path / name, Setup("Slip", "en-US"))
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]


@pytest.mark.parametrize("paper", PAPERS)
def test_however_many_rows_there_are_nothing_stands_in_the_margin(paper: str) -> None:
    """A page is filled to its last row, and the counts go to the next when they have no room below it."""
    fills = set()
    for count in range(1, 45):
        made = slip.pages([row(number) for number in range(1, count + 1)], "Slip", paper)
        for page in made:
            lowest = [item.y for item in words(page)] + [item.y0 for item in page.items if isinstance(item, Line)]
            assert min(lowest) >= slip.MARGIN - 0.01, count
        fills.add(len(made))
    assert fills == {1, 2, 3}
