"""The page of pens and inks says what there is, and its picture is small."""

from __future__ import annotations

import re

from conftest import ROOT

from notegen.hand import pens

PAGE = (ROOT / "docs" / "pens.md").read_text()


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table under a heading."""
    part = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    table = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]


def test_the_table_of_pens_is_the_pens() -> None:
    kinds = pens.kinds()
    assert rows("Pens") == [
        [
            one.pen.kind,
            f"{one.pen.width:.2f} mm",
            f"{one.pen.taper * 100:.0f} %",
            f"{one.pen.variation * 100:.0f} %",
            one.look,
        ]
        for one in kinds
    ]


def test_the_table_of_inks_is_the_inks() -> None:
    def plates(cmyk: tuple[float, ...]) -> str:
        return " / ".join(f"{part * 100:.0f}" for part in cmyk) + " %"

    assert rows("Inks") == [[one.ink.name, plates(one.ink.cmyk), one.spot, one.look] for one in pens.inks()]


def test_what_the_page_says_of_pens_and_inks_can_be_said() -> None:
    for said in re.findall(r"`pen: ([^`]+)`", PAGE) + re.findall(r"^pen: ([^#\n]+)", PAGE, re.MULTILINE):
        if "{" not in said:
            assert pens.pen(said).kind
    for said in re.findall(r"`ink: ([^`]+)`", PAGE) + re.findall(r"^ink: ([^#\n]+)", PAGE, re.MULTILINE):
        if "{" not in said:
            assert pens.ink(said).name


def test_the_picture_is_small() -> None:
    assert (ROOT / "docs" / "images" / "pens.png").stat().st_size <= 60_000
