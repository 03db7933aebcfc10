"""Where the slots of a sheet are on either side, and how a piece is turned to sit in one.

A sheet of paper is turned over about an axis. A long-edge flip keeps the long edges where they are, so portrait paper
turns about its vertical axis, landscape paper about its horizontal one; a short-edge flip is the other way round. What
the axis does to a slot's box it does to the direction that is up on the piece, and that decides how its back is turned.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from notegen.errors import NotegenError
from notegen.layout.measured import mm
from notegen.model.imposition import Form, Seat
from notegen.model.page import moved, then, turned
from notegen.model.purpose import Duplex
from notegen.model.sheet import SheetStock
from notegen.model.stock import Box, Side

TOLERANCE = 0.1
"""Millimetres by which a piece may be larger than its slot: sizes in inches and in millimetres round differently."""


def seats(sheet: SheetStock, form: Form, duplex: Duplex | None, side: Side) -> tuple[Seat, ...]:
    """Return the seats of a sheet's side in the order of its slots, each with the slot that its front is in.

    A piece that is smaller than its slot sits in its middle; one that fits only lying on its side is turned. Raises
    NotegenError for one that does not fit.
    """
    turns = [_turn(slot, form.size, sheet) for slot in sheet.slots]
    fronts = [_centred(slot, form.size, turn) for slot, turn in zip(sheet.slots, turns, strict=True)]
    clips = clipped(fronts, form.bleed)
    made = zip(fronts, turns, clips, strict=True)
    if side is Side.FRONT or duplex is None:
        return tuple(_seat(slot, box, turn, clip, form) for slot, (box, turn, clip) in enumerate(made))
    upright = about_vertical(sheet.paper, duplex)
    return tuple(
        _seat(
            slot,
            mirrored(box, sheet.paper, upright=upright),
            _behind(turn, upright=upright, tumble=form.tumble),
            mirrored(clip, sheet.paper, upright=upright),
            form,
        )
        for slot, (box, turn, clip) in enumerate(made)
    )


def about_vertical(paper: tuple[float, float], duplex: Duplex) -> bool:
    """Whether a sheet is turned about its vertical axis, so that its left becomes its right."""
    return (duplex is Duplex.LONG) == (paper[0] <= paper[1])


def mirrored(box: Box, paper: tuple[float, float], *, upright: bool) -> Box:
    """Return a box of the front as it is seen from the back, for a sheet turned about its vertical axis or not."""
    width, height = paper
    if upright:
        return Box(width - box.right, box.y, box.width, box.height)
    return Box(box.x, height - box.top, box.width, box.height)


def clipped(boxes: Sequence[Box], bleed: float) -> tuple[Box, ...]:
    """Return how far the ink of each piece may run: its bleed, but half the way to a neighbour at most.

    Of two that face each other, each gets half of the gap; of two that stand cornerwise, half of the wider gap.
    """
    room = [[bleed] * 4 for _ in boxes]  # left, bottom, right, top
    for (first, a), (second, b) in combinations(enumerate(boxes), 2):
        across = max(b.x - a.right, a.x - b.right)
        along = max(b.y - a.top, a.y - b.top)
        if max(across, along) >= 2 * bleed:
            continue
        half = max(max(across, along) / 2, 0.0)
        if across >= along:
            low, high, edge = (first, second, 0) if a.x <= b.x else (second, first, 0)
        else:
            low, high, edge = (first, second, 1) if a.y <= b.y else (second, first, 1)
        room[low][edge + 2] = min(room[low][edge + 2], half)
        room[high][edge] = min(room[high][edge], half)
    return tuple(
        Box(box.x - left, box.y - bottom, box.width + left + right, box.height + bottom + top)
        for box, (left, bottom, right, top) in zip(boxes, room, strict=True)
    )


def _seat(slot: int, box: Box, turn: int, clip: Box, form: Form) -> Seat:
    return Seat(slot, box, turn, then(turned(turn, *form.size), moved(box.x, box.y)), clip)


def _behind(turn: int, *, upright: bool, tumble: bool) -> int:
    """Return how the back of a piece is turned whose front is turned so far.

    Up on a turned piece points (-sin, cos) of the turn. The axis mirrors one of the two; a piece that tumbles has its
    back head down.
    """
    flat = -turn if upright else 180 - turn
    return (flat + (180 if tumble else 0)) % 360


def _turn(slot: Box, size: tuple[float, float], sheet: SheetStock) -> int:
    width, height = size
    if width <= slot.width + TOLERANCE and height <= slot.height + TOLERANCE:
        return 0
    if height <= slot.width + TOLERANCE and width <= slot.height + TOLERANCE:
        return 90
    raise NotegenError(
        f"a piece of {mm(width, height)} does not fit a slot of {sheet.name}, {mm(slot.width, slot.height)}",
        hint="choose another sheet, or plain paper, such as letter or a4",
    )


def _centred(slot: Box, size: tuple[float, float], turn: int) -> Box:
    width, height = size if turn == 0 else (size[1], size[0])
    return Box(slot.x + (slot.width - width) / 2, slot.y + (slot.height - height) / 2, width, height)
