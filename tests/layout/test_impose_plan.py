"""The planner, by what becomes of the paper: turned over, cut and stacked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from imposed import cut, edges_of, hinge_of, irregular, regular, turned_over

from notegen.errors import NotegenError
from notegen.layout.impose import grid, mm, papers, plan
from notegen.layout.impose.dealing import in_use, sheets_for
from notegen.layout.impose.seating import clipped
from notegen.model.imposition import Form, Imposing, Order
from notegen.model.page import applied
from notegen.model.purpose import Duplex
from notegen.model.sheet import SheetStock
from notegen.model.stock import Box, Side

CASES = settings(max_examples=200)
ways = st.sampled_from(list(Duplex))
orders = st.sampled_from(list(Order))
FORM = Form((50, 30))


@CASES
@given(irregular(), ways, orders, st.integers(1, 60), st.data())
def test_every_back_lands_behind_its_front(
    made: tuple[SheetStock, Form], duplex: Duplex, order: Order, pieces: int, data: st.DataObject
) -> None:
    sheet, form = made
    skip = data.draw(st.integers(0, len(sheet.slots) - 1))
    sides = list(plan(pieces, form, sheet, Imposing(order, duplex, skip)))
    hinge = hinge_of(sheet.paper, duplex)
    left, upper, *_ = edges_of(form.size)
    for front, back in zip(sides[::2], sides[1::2], strict=True):
        assert (front.side, back.side, back.sheet) == (Side.FRONT, Side.BACK, front.sheet)
        assert [(one.piece, one.seat.slot) for one in front.places] == [(o.piece, o.seat.slot) for o in back.places]
        for one, other in zip(front.places, back.places, strict=True):
            for corner in (*left, *edges_of(form.size)[2]):
                through = turned_over(applied(one.seat.at, *corner), sheet.paper, hinge)
                behind = turned_over(corner, form.size, upper if form.tumble else left)
                assert through == pytest.approx(applied(other.seat.at, *behind), abs=1e-6)


@CASES
@given(regular(), st.integers(1, 200), st.booleans(), st.data())
def test_a_cut_stack_is_in_mailing_order(sheet: SheetStock, pieces: int, rtl: bool, data: st.DataObject) -> None:
    skip = data.draw(st.integers(0, len(sheet.slots) - 1))
    how = Imposing(Order.STACK, Duplex.LONG, skip, right_to_left=rtl)
    read = sorted(range(len(sheet.slots)), key=lambda n: (-sheet.slots[n].y, sheet.slots[n].x * (-1 if rtl else 1)))
    assert cut(plan(pieces, FORM, sheet, how), read) == list(range(pieces))


@CASES
@given(regular(), st.integers(1, 200), st.booleans(), st.data())
def test_sheets_one_after_another_read_in_order(sheet: SheetStock, pieces: int, rtl: bool, data: st.DataObject) -> None:
    skip = data.draw(st.integers(0, len(sheet.slots) - 1))
    found = [
        (one.sheet, -place.seat.box.y, place.seat.box.x * (-1 if rtl else 1), place.piece)
        for one in plan(pieces, FORM, sheet, Imposing(Order.SHEET, None, skip, right_to_left=rtl))
        for place in one.places
    ]
    assert [piece for *_, piece in sorted(found)] == list(range(pieces))


@CASES
@given(irregular(), orders, st.integers(1, 80), st.data())
def test_every_piece_once_and_skipped_slots_stay_blank(
    made: tuple[SheetStock, Form], order: Order, pieces: int, data: st.DataObject
) -> None:
    sheet, form = made
    slots = len(sheet.slots)
    skip = data.draw(st.integers(0, slots - 1))
    sides = list(plan(pieces, form, sheet, Imposing(order, None, skip)))
    numbers = sorted(place.piece for one in sides for place in one.places)
    times = slots if order is Order.REPEAT else 1
    expected = sorted(list(range(pieces)) * times)
    assert numbers == (expected[skip:] if order is Order.REPEAT else expected)
    assert not [place for place in sides[0].places if place.seat.slot < skip]
    used = [(one.sheet, place.seat.slot) for one in sides for place in one.places]
    assert len(used) == len(set(used))
    assert (
        len(sides) == sheets_for(pieces, slots, order, skip) == (pieces if times > 1 else -(-(pieces + skip) // slots))
    )


@CASES
@given(irregular(), ways, st.sampled_from([Order.SHEET, Order.STACK]), st.integers(1, 60), st.integers(0, 40))
def test_a_short_last_sheet_shifts_nothing(
    made: tuple[SheetStock, Form], duplex: Duplex, order: Order, pieces: int, fewer: int
) -> None:
    """Whatever is missing at the end, those before it stay where they are, to the last map."""
    sheet, form = made
    how = Imposing(order, duplex)
    sheets = sheets_for(pieces, len(sheet.slots), order)
    whole = sheets * len(sheet.slots)
    short = max(whole - fewer % len(sheet.slots), 1)
    full = {(one.sheet, one.side, p.piece): p.seat for one in plan(whole, form, sheet, how) for p in one.places}
    less = {(one.sheet, one.side, p.piece): p.seat for one in plan(short, form, sheet, how) for p in one.places}
    assert less == {key: seat for key, seat in full.items() if key[2] < short}


@CASES
@given(irregular())
def test_bleeds_of_neighbours_never_meet(made: tuple[SheetStock, Form]) -> None:
    sheet, form = made
    clips = clipped(sheet.slots, form.bleed)
    for slot, clip in zip(sheet.slots, clips, strict=True):
        assert clip.x <= slot.x and clip.y <= slot.y and clip.right >= slot.right and clip.top >= slot.top
    for number, a in enumerate(clips):
        for b in clips[number + 1 :]:
            assert min(a.right, b.right) - max(a.x, b.x) < 1e-9 or min(a.top, b.top) - max(a.y, b.y) < 1e-9


def test_a_bleed_runs_free_where_there_is_no_neighbour() -> None:
    left, right = clipped((Box(0, 0, 50, 30), Box(52, 0, 50, 30)), 3)
    assert (left.x, left.y, left.right, left.top) == (-3, -3, 51, 33)
    assert (right.x, right.right) == (51, 105)


@CASES
@given(
    st.sampled_from([one.name for one in papers()]),
    st.floats(20, 180),
    st.floats(20, 180),
    st.sampled_from([0.0, 3.0]),
    st.sampled_from([None, 0.0, 10.0]),
)
def test_a_grid_is_on_the_paper_and_holds_the_most(
    name: str, width: float, height: float, bleed: float, gutter: float | None
) -> None:
    paper = papers().get(name)
    try:
        sheet = grid(paper, (width, height), bleed=bleed, gutter=gutter)
    except NotegenError as error:
        assert mm(width, height) in error.message
        assert min(width, height) + 2 * bleed + 12.7 > min(paper.size) or max(width, height) + 12.7 > min(paper.size)
        return
    slots = sheet.slots
    edge = 6.35 + bleed - 1e-3
    assert min(slot.x for slot in slots) >= edge and min(slot.y for slot in slots) >= edge
    assert max(slot.right for slot in slots) <= paper.size[0] - edge
    assert max(slot.top for slot in slots) <= paper.size[1] - edge
    gap = 2 * bleed if gutter is None else gutter
    for number, a in enumerate(slots):
        for b in slots[number + 1 :]:
            assert max(b.x - a.right, a.x - b.right, b.y - a.top, a.y - b.top) >= gap - 1e-3
    most = max(
        _fit(paper.size[0] - 2 * edge, w, gap) * _fit(paper.size[1] - 2 * edge, h, gap)
        for w, h in ((width, height), (height, width))
    )
    assert len(slots) == most
    assert in_use(slots, right_to_left=False) == tuple(range(len(slots)))


def _fit(room: float, length: float, gap: float) -> int:
    """Count by laying one after another."""
    count, end = 0, length
    while end <= room:
        count, end = count + 1, end + gap + length
    return count


def test_a_grid_turns_pieces_when_more_of_them_go_on() -> None:
    assert len(grid(papers().get("letter"), (88.9, 50.8)).slots) == 12
    assert len(grid(papers().get("letter"), (88.9, 50.8), bleed=3.175).slots) == 8


def test_what_does_not_fit_says_both_sizes() -> None:
    sheet = SheetStock("tiny", "tiny", (100, 100), (Box(0, 0, 50, 30),), "test")
    with pytest.raises(NotegenError, match=r"139\.7 x 107\.95 mm does not fit a slot of tiny, 50 x 30 mm"):
        list(plan(1, Form((139.7, 107.95)), sheet, Imposing()))
    with pytest.raises(NotegenError, match="1 slot; 1 cannot be skipped"):
        list(plan(1, FORM, sheet, Imposing(skip=1)))
    with pytest.raises(NotegenError, match="nothing to put"):
        list(plan(0, FORM, sheet, Imposing()))


def test_a_tent_card_reads_upright_inside_when_its_front_is_lifted() -> None:
    """Outside and inside of a tent card lie on one sheet: lifting the front panel turns about a horizontal axis."""
    sheet = SheetStock("one", "one", (216, 279), (Box(10, 10, 108, 140),), "test")
    tent = Form((108, 140), across=(70.0,), tumble=True)
    front, back = plan(1, tent, sheet, Imposing(duplex=Duplex.LONG))
    assert (front.places[0].seat.turn, back.places[0].seat.turn) == (0, 180)
    front, back = plan(1, tent, sheet, Imposing(duplex=Duplex.SHORT))
    assert (front.places[0].seat.turn, back.places[0].seat.turn) == (0, 0)
