"""The page about the press file says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from notegen.hand import pens
from notegen.layout import stocks
from notegen.layout.marks import GAP, HAIRLINE, LENGTH
from notegen.model.purpose import Plate, Purpose
from notegen.model.stock import Kind
from notegen.press import conditions
from notegen.press.about import DATE
from notegen.press.ink import plate_name

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "images"
PAGE = (Path(__file__).resolve().parents[1] / "docs" / "press.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table under a heading, without its head."""
    part = re.split(r"^## ", PAGE.split(f"## {heading}\n", 1)[1], flags=re.MULTILINE)[0]
    table = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]


def test_every_purpose_and_every_plate_is_told() -> None:
    assert "| | press | desktop | screen |" in PAGE
    assert {one.value for one in Purpose} == {"press", "desktop", "screen"}
    assert [row[0].split("`")[1] for row in rows("One plate for the note")] == [one.value for one in Plate]
    assert f'"{plate_name(pens.USUAL_INK)}"' in PAGE


def test_the_limits_are_those_of_the_conditions() -> None:
    said = re.sub(r"\s+", " ", PAGE)
    assert "300 % for coated paper (`gracol`, `fogra39`), 280 % for uncoated (`fogra29`)" in said
    assert {one.name: one.tac for one in conditions()} == {"gracol": 300.0, "fogra39": 300.0, "fogra29": 280.0}


def test_marks_are_as_long_and_as_far_as_they_are_said_to_be() -> None:
    assert "Crop marks (0.25 pt, 5 mm)" in PAGE
    assert "1 mm outside the bleed" in PAGE
    assert (round(HAIRLINE * 72 / 25.4, 4), LENGTH, GAP) == (0.25, 5.0, 1.0)


def test_the_day_of_files_without_a_day() -> None:
    assert "1 January\n2000" in PAGE
    assert DATE.startswith("D:20000101")


def test_every_card_stock_was_verified_and_found_good() -> None:
    """After new stocks: `python benchmarks/verify.py --write-docs`."""
    table = rows("Checked by others")
    verified = {row[0]: row[1:] for row in table}
    names = {stock.name for stock in stocks.builtin() if stock.kind is Kind.CARD}
    assert names == set(verified) - {"WeasyPrint's PDF/X-4"}
    assert all(set(verified[name]) == {"ok"} for name in names)
    assert "fault" in " ".join(verified["WeasyPrint's PDF/X-4"])


def test_the_picture_of_the_page_is_small() -> None:
    """`python docs/images/press.py` makes it."""
    assert (PICTURES / "press.py").is_file()
    assert (PICTURES / "press.png").stat().st_size <= 60_000
