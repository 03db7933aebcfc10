"""Sheets for tests, and what a person does with them: turn them over, cut them, put piles on each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hypothesis import strategies as st

from notegen.model.imposition import Form, SheetSide
from notegen.model.purpose import Duplex
from notegen.model.sheet import SheetStock
from notegen.model.stock import Box, Side

Point = tuple[float, float]


@st.composite
def irregular(draw: st.DrawFn) -> tuple[SheetStock, Form]:
    """Slots of any place and size, some lying on their side, and a piece that fits them all."""
    width, height = draw(st.integers(20, 60)), draw(st.integers(20, 60))
    columns, rows = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    cell = max(width, height)
    slots = []
    for row in range(rows):
        for column in range(columns):
            w, h = (width, height) if draw(st.booleans()) else (height, width)
            w, h = w + draw(st.integers(0, 3)), h + draw(st.integers(0, 3))
            x = column * (cell + 9) + draw(st.integers(0, cell + 8 - w))
            y = (rows - 1 - row) * (cell + 9) + draw(st.integers(0, cell + 8 - h))
            slots.append(Box(float(x), float(y), float(w), float(h)))
    paper = (columns * (cell + 9) + draw(st.integers(0, 30)), rows * (cell + 9) + draw(st.integers(0, 30)))
    tumble, bleed = draw(st.booleans()), draw(st.sampled_from([0.0, 3.0, 3.175]))
    folds = (width / 2,) if draw(st.booleans()) else ()
    sheet = SheetStock("test", "test", paper, tuple(slots), "test")
    return sheet, Form((width, height), bleed, folds=folds, tumble=tumble)


@st.composite
def regular(draw: st.DrawFn) -> SheetStock:
    """A grid with any margins and gaps."""
    columns, rows = draw(st.integers(1, 5)), draw(st.integers(1, 8))
    left, bottom, gap = draw(st.integers(0, 30)), draw(st.integers(0, 30)), draw(st.sampled_from([0.0, 2.0, 6.35]))
    slots = tuple(
        Box(left + column * (50 + gap), bottom + (rows - 1 - row) * (30 + gap), 50, 30)
        for row in range(rows)
        for column in range(columns)
    )
    paper = (slots[-1].right + draw(st.integers(0, 30)), slots[0].top + draw(st.integers(0, 30)))
    return SheetStock("grid", "grid", paper, slots, "test")


def turned_over(point: Point, size: tuple[float, float], hinge: tuple[Point, Point]) -> Point:
    """Turn a leaf over one of its edges, slide it back to where it lay, and say where a point of it is now."""
    (x0, y0), (x1, y1) = hinge
    dx, dy = x1 - x0, y1 - y0
    length = dx * dx + dy * dy

    def over(x: float, y: float) -> Point:
        along = ((x - x0) * dx + (y - y0) * dy) / length
        return 2 * (x0 + along * dx) - x, 2 * (y0 + along * dy) - y

    corners = [over(x, y) for x, y in edges_of(size)[0] + edges_of(size)[2]]
    x, y = over(*point)
    return x - min(c[0] for c in corners), y - min(c[1] for c in corners)


def edges_of(size: tuple[float, float]) -> list[tuple[Point, Point]]:
    """Return the four edges: left, upper, right, lower."""
    w, h = size
    return [((0, 0), (0, h)), ((0, h), (w, h)), ((w, h), (w, 0)), ((w, 0), (0, 0))]


def hinge_of(paper: tuple[float, float], duplex: Duplex) -> tuple[Point, Point]:
    """Return the edge that a printer turns the paper over; square paper counts as upright."""
    left, upper, *_ = edges_of(paper)
    long_edge, short_edge = (left, upper) if paper[1] >= paper[0] else (upper, left)
    return long_edge if duplex is Duplex.LONG else short_edge


def cut(sheets: Iterable[SheetSide], slots: Sequence[int]) -> list[int]:
    """Cut the pile of all sheets as one, lay the piles on each other, slots in their order, and read them from the top.

    Only fronts are looked at. A blank is a piece of paper too: it is thrown away when it is met.
    """
    piles: dict[int, list[int]] = {slot: [] for slot in slots}
    for one in sheets:
        if one.side is Side.FRONT:
            for place in one.places:
                piles[place.seat.slot].append(place.piece)
    return [piece for slot in slots for piece in piles[slot]]
