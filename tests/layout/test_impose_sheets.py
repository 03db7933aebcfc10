"""Drawn sheets: marks stay in the waste, bleeds in their half of the gutter, and paper shows the same on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from imposed import irregular
from numpy.typing import NDArray
from pages import card, pdf_greys

from notegen import plain
from notegen.errors import NotegenError
from notegen.layout import impose, sheets
from notegen.layout.impose.cutting import chosen, marks
from notegen.layout.impose.seating import seats
from notegen.model.imposition import Form, Imposing, Marks, Order
from notegen.model.page import Area, Group, Item, Line, Page, PlacedCard, Words
from notegen.model.piece import Piece
from notegen.model.purpose import Duplex, Setup
from notegen.model.sheet import SheetStock
from notegen.model.stock import Box, Side
from notegen.press import write_pages

LETTER = impose.papers().get("letter")
SIZE = (88.9, 50.8)


def piece(number: int, front: Sequence[Item] = (), back: Sequence[Item] = ()) -> Piece:
    return Piece(f"Customer {number}", SIZE, tuple(front), tuple(back), 3.0)


def span(line: Line) -> Box:
    return Box(line.x0, line.y0, line.x1 - line.x0, line.y1 - line.y0)


def meet(one: Box, other: Box, by: float = 0.0) -> bool:
    return bool(
        one.x < other.right + by
        and other.x - by < one.right + 1e-9
        and one.y < other.top + by
        and other.y - by < one.top + 1e-9
    )


def ink(words: Words) -> Box:
    """Return a box around a line of type, upright or running upwards."""
    long, high = plain.width(words.text, words.size), words.size
    if words.angle:
        return Box(words.x - 0.8 * high, words.y, high, long)
    return Box(words.x, words.y - 0.25 * high, long, high)


@settings(max_examples=150)
@given(irregular(), st.sampled_from([Marks.CORNER, Marks.FULL]), st.sampled_from(list(Duplex)))
def test_marks_and_slug_are_in_the_waste(made: tuple[SheetStock, Form], kind: Marks, duplex: Duplex) -> None:
    sheet, form = made
    how = Imposing(duplex=duplex, marks=kind, job="thanks")
    pieces = [Piece(f"k{n}", form.size, (), (), form.bleed, form.folds, tumble=form.tumble) for n in range(7)]
    for page, side in zip(impose.sheets(pieces, sheet, how), [Side.FRONT, Side.BACK] * 9, strict=False):
        printed = [seat.clip for seat in seats(sheet, form, duplex, side)]
        lines = [one for one in page.items if isinstance(one, Line)]
        for line in lines:
            assert not any(meet(span(line), box, by=0.99) for box in printed)
            assert span(line).x >= -1e-9 and span(line).right <= sheet.paper[0] + 1e-9
            assert span(line).y >= -1e-9 and span(line).top <= sheet.paper[1] + 1e-9
        for words in (one for one in page.items if isinstance(one, Words)):
            assert not any(meet(ink(words), box) for box in (*printed, *map(span, lines)))
            assert ink(words).x >= 2.5 and ink(words).right <= sheet.paper[0] - 2.5


def test_every_trimmed_edge_at_the_outside_has_its_marks() -> None:
    sheet = impose.grid(LETTER, SIZE, bleed=3)
    for kind in (Marks.CORNER, Marks.FULL):
        lines = marks(sheet, Form(SIZE, 3), Imposing(marks=kind), Side.FRONT)
        upright = {round(line.x0, 3) for line in lines if line.x0 == line.x1}
        assert upright == {round(x, 3) for slot in sheet.slots for x in (slot.x, slot.right)}
        level = {round(line.y0, 3) for line in lines if line.y0 == line.y1}
        assert level == {round(y, 3) for slot in sheet.slots for y in (slot.y, slot.top)}
    assert any(line.y0 == 0 for line in lines), "full lines begin at the paper's edge"


def test_folds_are_ticked_on_both_sides_where_the_paper_folds() -> None:
    form = Form((120, 80), 3, folds=(40.0,))
    sheet = SheetStock("one", "one", (200, 250), (Box(30, 100, 120, 80),), "test", what="card")
    for side, at in ((Side.FRONT, 70.0), (Side.BACK, 130.0)):
        dashed = [line for line in marks(sheet, form, Imposing(duplex=Duplex.LONG), side) if line.dash]
        assert [(line.x0, line.x1) for line in dashed] == [(at, at), (at, at)]


def test_sheets_that_come_cut_get_no_marks() -> None:
    label = SheetStock("l", "l", (216, 279), (Box(10, 10, *SIZE),), "test", brand="Acme", part="1")
    assert chosen(label, Imposing()) is Marks.NONE
    assert chosen(label, Imposing(marks=Marks.FULL)) is Marks.FULL
    assert chosen(impose.grid(LETTER, SIZE), Imposing()) is Marks.CORNER


def slugs(pages: Sequence[Page]) -> list[str]:
    return [item.text for page in pages for item in page.items if isinstance(item, Words)]


def test_a_slug_says_job_sheet_face_numbers_and_keys() -> None:
    sheet = impose.grid(LETTER, SIZE, bleed=3)
    how = Imposing(Order.STACK, Duplex.LONG, job="spring")
    first, second, *_ = slugs(list(impose.sheets([piece(n) for n in range(1, 20)], sheet, how)))
    assert first == "spring   sheet 1 of 3, front   nos. 1, 4 … 19   Customer 1 … Customer 19"
    assert second.startswith("spring   sheet 1 of 3, back")
    how = Imposing(job="spring")
    assert "nos. 9 to 16" in slugs(list(impose.sheets([piece(n) for n in range(1, 20)], sheet, how)))[1]
    assert slugs(list(impose.sheets([piece(1)], sheet, Imposing()))) == []


def test_a_slug_has_boxes_for_what_plain_type_lacks(tmp_path: Path) -> None:
    """A file or a customer may be called anything."""
    sheet = impose.grid(LETTER, SIZE, bleed=3)
    pages = list(impose.sheets([Piece("\U0001f389", SIZE, ())], sheet, Imposing(job="fête \U00012000")))
    (said,) = slugs(pages)
    assert said.startswith("fête □   sheet 1 of 1") and said.endswith("□")
    assert write_pages(pages, tmp_path / "sheet.pdf", Setup("sheet", "en")).pages == 1


def pressed(pages: Sequence[Page], folder: Path) -> list[NDArray[np.uint8]]:
    path = folder / "sheets.pdf"
    write_pages(pages, path, Setup("sheets", "en"))
    return pdf_greys(path.read_bytes(), 101.6)  # four pixels to the millimetre


@pytest.mark.parametrize(("duplex", "over"), [(Duplex.LONG, np.fliplr), (Duplex.SHORT, np.flipud)])
def test_held_against_the_light_both_sides_are_one(duplex: Duplex, over: object, tmp_path: Path) -> None:
    """Front and back have a square in the same corner of the card, as the paper knows it."""
    w, h = SIZE
    one = piece(1, [Area((Box(5, 4, 20, 10),))], [Area((Box(w - 25, 4, 20, 10),))])
    sheet = SheetStock("s", "s", (216, 280), (Box(12, 150, w, h), Box(110, 20, h, w)), "test", what="card")
    front, back = pressed(list(impose.sheets([one, one], sheet, Imposing(duplex=duplex))), tmp_path)
    assert callable(over)
    assert np.abs(front.astype(int) - over(back)).mean() < 1.0
    assert (front < 128).sum() > 2 * 20 * 10 * 16 * 0.9


def test_bleeds_run_to_the_middle_of_the_gutter_and_no_further(tmp_path: Path) -> None:
    w, h = SIZE
    dark = piece(1, [Area((Box(-3, -3, w + 6, h + 6),))])
    light = piece(2)
    sheet = SheetStock("s", "s", (216, 80), (Box(10, 10, w, h), Box(10 + w + 4, 10, w, h)), "test", what="card")
    (page,) = pressed(list(impose.sheets([dark, light], sheet, Imposing(marks=Marks.NONE))), tmp_path)
    columns = np.nonzero((page < 128).any(axis=0))[0]
    assert columns.min() / 4 == pytest.approx(7, abs=0.26)
    assert (columns.max() + 1) / 4 == pytest.approx(10 + w + 2, abs=0.4)


def test_a_thousand_cards_share_their_fonts(tmp_path: Path) -> None:
    cards = [card(f"Dear Ana,\n\nThank you for number {n}.", seed=n) for n in range(3)]
    pieces = [Piece(one.key, one.stock.size, (PlacedCard(one),), (), one.stock.bleed) for one in cards]
    sheet = impose.grid(impose.papers().get("tabloid"), cards[0].stock.size, bleed=cards[0].stock.bleed)
    pages = list(impose.sheets(pieces * 4, sheet, Imposing(Order.STACK)))
    written = write_pages(pages, tmp_path / "sheets.pdf", Setup("sheets", "en"))
    assert written.pages == len(pages) == 3
    assert len(written.fonts) == len({one.em for one in cards})


def test_mixed_sizes_are_refused_by_name() -> None:
    sheet = impose.grid(LETTER, SIZE)
    odd = Piece("Bo Lind", (105, 148), ())
    with pytest.raises(NotegenError, match=r"'Bo Lind' is 105 x 148 mm, and the first is 88\.9 x 50\.8 mm"):
        list(impose.sheets([piece(1), odd], sheet, Imposing()))


def test_cards_that_open_otherwise_are_refused_by_name() -> None:
    """The backs of a tent card are turned otherwise than those of a book: one of the two would be head down."""
    sheet = impose.grid(LETTER, SIZE)
    tent = Piece("Bo Lind", SIZE, (), across=(25.4,), tumble=True)
    with pytest.raises(NotegenError, match="'Bo Lind' is folded otherwise"):
        list(impose.sheets([piece(1), tent], sheet, Imposing(duplex=Duplex.LONG)))


def test_a_blank_side_stays_blank_but_for_its_marks() -> None:
    sheet = impose.grid(LETTER, SIZE)
    _, back = impose.sheets([piece(1, [Area((Box(0, 0, 5, 5),))])], sheet, Imposing(duplex=Duplex.LONG))
    assert not [item for item in back.items if isinstance(item, Group)]
    assert back.label == "sheet 1 of 1, back"


def test_instructions_say_how_to_feed_cut_and_stack() -> None:
    sheet, form = impose.grid(LETTER, SIZE, bleed=3), Form(SIZE, 3)
    told = " ".join(impose.told(19, form, sheet, Imposing(Order.STACK, Duplex.SHORT, skip=2)))
    for words in ("19 pieces on 3 sheets", "first 2 places stay blank", "short edge", "top to bottom", "as one pile"):
        assert words in told
    quarters = SheetStock("q", "q", (200, 100), (Box(0, 0, 100, 100), Box(100, 0, 100, 100)), "test", what="card")
    assert "Cut at 100 mm from the left." in " ".join(impose.told(2, Form((100, 100)), quarters, Imposing()))


def test_instructions_say_where_cuts_are_that_have_no_room_for_their_marks() -> None:
    """Of four hagaki on A4, the cuts between left and right end half a millimetre from the paper's edge."""
    sheet = sheets.builtin().get("a4-4up-hagaki")
    told = " ".join(impose.told(4, Form((100, 148)), sheet, Imposing()))
    assert "Not every cut has room for a mark. Cut at 5, 105, 205 mm from the left." in told
    roomy = impose.grid(LETTER, SIZE, bleed=3)
    assert "Cut at" not in " ".join(impose.told(4, Form(SIZE, 3), roomy, Imposing()))
