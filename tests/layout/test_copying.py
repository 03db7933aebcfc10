"""Copy sheets: all words of a note stand on its page, names are spelt out, and the envelope is shown."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from notegen import plain
from notegen.errors import NotegenError
from notegen.layout import copying
from notegen.layout.lines import PAPERS
from notegen.model.copy_sheet import CopySheet
from notegen.model.note import Role
from notegen.model.page import Line, Page, Words

PARTS = (
    (Role.GREETING, "Dear Marisol,"),
    (Role.BODY, "Biscuit was asleep in the back seat, and the RAV4 went home with the right person."),
    (Role.CLOSING, "With thanks,"),
    (Role.SIGNATURE, "Ruth"),
)
SHEET = CopySheet(
    "k", "Marisol Peña", PARTS, ("Marisol Peña", "14 Quarry Road"), ("Marisol", "RAV4"), 20, 5, "us-a2", "x"
)


def note_of(pages: tuple[Page, ...]) -> list[Words]:
    """Return the lines of the note: what is larger than all else but the name at the top."""
    sizes = set(copying.EMS) - {copying.TEXT}
    strong = [item for page in pages for item in page.items if isinstance(item, Words)]
    return [item for item in strong if item.size in sizes and item.x == copying.MARGIN]


def test_the_note_stands_there_part_by_part() -> None:
    pages = copying.pages([SHEET])
    lines = note_of(pages)
    assert len(pages) == 1
    assert " ".join(line.text for line in lines) == " ".join(text for _, text in PARTS)
    assert {line.size for line in lines} == {copying.EMS[0]}
    gaps = [a.y - b.y for a, b in pairwise(lines)]
    assert gaps[0] > gaps[-1]  # white after the greeting, none between closing and name


def test_names_are_underlined_where_they_stand_and_spelt_below() -> None:
    (page,) = copying.pages([SHEET])
    strokes = [item for item in page.items if isinstance(item, Line) and item.width == 0.2]
    assert len(strokes) == 2
    dear = next(item for item in note_of((page,)) if item.text == "Dear Marisol,")
    first = strokes[0]
    assert first.x0 == pytest.approx(copying.MARGIN + plain.width("Dear ", dear.size))
    assert first.x1 < copying.MARGIN + plain.width("Dear Marisol,", dear.size)
    assert dear.y - dear.size * 0.4 < first.y0 < dear.y
    texts = [item.text for item in page.items if isinstance(item, Words)]
    assert {"M a r i s o l", "R A V 4"} <= set(texts)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Peña", "P e ñ a  (ñ: n with tilde)"),
        ("Weiß", "W e i ß  (ß: sharp s)"),
        ("Łódź", "Ł ó d ź  (Ł: l with stroke, ó: o with acute, ź: z with acute)"),
        ("Zoe\u0308", "Z o ë  (ë: e with diaeresis)"),
        ("F-150", "F - 1 5 0"),
        ("Шостакович", "Ш о с т а к о в и ч"),
    ],
)
def test_unusual_letters_are_called_by_their_names(name: str, told: str) -> None:
    assert copying.spelt(name) == told


def test_the_envelope_is_shown_or_its_lack_said() -> None:
    texts = [item.text for page in copying.pages([SHEET]) for item in page.items if isinstance(item, Words)]
    assert "14 Quarry Road" in texts
    bare = copying.pages([replace(SHEET, address=("Marisol Peña",))])
    assert "(the facts have no address)" in [item.text for item in bare[0].items if isinstance(item, Words)]


def test_a_page_for_each_and_a_mistake_for_nobody() -> None:
    pages = copying.pages([SHEET, replace(SHEET, name="Bo Lind")], "a4")
    assert [page.size for page in pages] == [PAPERS["a4"]] * 2
    assert [page.label for page in pages] == ["Marisol Peña, 1 of 2", "Bo Lind, 2 of 2"]
    with pytest.raises(NotegenError, match="no note to copy"):
        copying.pages([])


@tuned(max_examples=40)
@given(
    st.integers(1, 900),
    st.lists(st.sampled_from(["Peña", "Featherstonehaugh-Cholmondeley-Wolfeschlegel", "Bo", "伊藤"]), max_size=14),
    st.lists(st.text(min_size=1, max_size=80), max_size=9),
    st.lists(st.text(min_size=1, max_size=60), max_size=5),
    st.sampled_from(["a4", "letter"]),
)
def test_all_words_stand_within_the_page_and_clear_of_the_foot(
    words: int, names: list[str], address: list[str], tasks: list[str], paper: str
) -> None:
    body = " ".join(f"word{number}" for number in range(words))
    sheet = replace(
        SHEET,
        parts=((Role.GREETING, "Dear Bo,"), (Role.BODY, body), (Role.CLOSING, "Bye,")),
        names=tuple(dict.fromkeys(names)),
        address=("Bo Lind", *address),
        by_hand=tuple(tasks),
    )
    pages = copying.pages([sheet], paper)
    width, height = PAPERS[paper]
    lines = note_of(pages)
    assert " ".join(line.text for line in lines).split() == f"Dear Bo, {body} Bye,".split()
    for page in pages:
        for item in page.items:
            if isinstance(item, Words):
                assert copying.MARGIN - 4.01 <= item.y <= height - copying.MARGIN
                reach = plain.width(item.text, item.size, item.strong)
                assert reach <= width - 2 * copying.MARGIN + 0.01 or len(item.text) == 1
    rule = next(item for item in pages[-1].items if isinstance(item, Line) and item.width == 0.15)
    own = note_of(pages[-1:])
    assert all(line.y > rule.y0 for line in own)


def test_things_to_do_without_room_are_counted() -> None:
    pages = copying.pages([replace(SHEET, by_hand=tuple(f"task {n}" for n in range(60)))])
    said = [item for page in pages for item in page.items if isinstance(item, Words)]
    assert all(copying.MARGIN <= item.y <= PAPERS["letter"][1] - copying.MARGIN for item in said)
    shown = [item for item in said if item.text.startswith("task ")]
    assert f"and {60 - len(shown)} more, in the data of this sheet" in {item.text for item in said}
