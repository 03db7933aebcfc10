"""The page about handwriting says what the meter says, and shows what it talks about."""

from __future__ import annotations

import re
from pathlib import Path

from notegen.hand.measure.human import PAGES, RANGES

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "handwriting.md").read_text(encoding="utf-8")


def part(name: str) -> list[list[str]]:
    """Return the rows of a table that the benchmark writes, without its head."""
    begin, end = f"<!-- {name}: written by benchmarks/realism.py -->", f"<!-- end of {name} -->"
    inside = PAGE.split(begin, 1)[1].split(end, 1)[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in inside.strip().splitlines()[2:]]


def test_the_ranges_are_those_of_the_meter() -> None:
    rows = part("people")
    assert [row[0] for row in rows] == [f"{one.title} ({one.unit})" if one.unit else one.title for one in RANGES]
    assert [[float(cell) for cell in row[1:6]] for row in rows] == [list(one.percentiles) for one in RANGES]
    assert f"{PAGES} pages, one by each of {PAGES} writers" in PAGE


def test_a_font_and_the_peers_fail_where_people_look_first() -> None:
    rows = {row[0]: row[2:] for row in part("side by side")}
    for tell in ("slope, from line to line (degrees)", "height of words on the line (x-heights)"):
        font, *peers, ours = rows[tell]
        assert "✗" in font and "✗" not in ours, tell
        assert len(peers) == 2 and all("✗" in peer for peer in peers), tell


def test_pictures_are_there_and_small() -> None:
    names = re.findall(r"\]\((images/[^)]+)\)", PAGE)
    assert len(names) >= 5
    assert all((ROOT / "docs" / name).stat().st_size <= 60_000 for name in names)
