"""The panels that a stock has when its file does not list them: those of a flat card, a side fold and a tent.

A side fold opens like a book: outside lie back and front beside each other, inside the left and the right. A tent has
its fold on top: outside, the front is the lower half and the back the upper, head down; inside, one reads from the top.
"""

from __future__ import annotations

from typing import Final

from notegen.model.stock import Box, Fold, Panel, Side

WRITE_ON: Final = {
    Fold.NONE: "front",
    Fold.LETTER: "front",
    Fold.SIDE: "inside-right",
    Fold.TENT: "inside-bottom",
}
"""The panel that carries the note, unless the file says otherwise."""


def usual(size: tuple[float, float], fold: Fold, at: float) -> tuple[Panel, ...]:
    """Return the panels of a card; `at` is where the fold is on the front, in mm from the left or the lower edge."""
    width, height = size
    rest = (height if fold is Fold.TENT else width) - at
    if fold is Fold.SIDE:
        return (
            Panel("front", Box(at, 0, rest, height)),
            Panel("inside-left", Box(0, 0, rest, height), Side.BACK),
            Panel("inside-right", Box(rest, 0, at, height), Side.BACK),
            Panel("back", Box(0, 0, at, height)),
        )
    if fold is Fold.TENT:
        return (
            Panel("front", Box(0, 0, width, at)),
            Panel("inside-top", Box(0, rest, width, at), Side.BACK),
            Panel("inside-bottom", Box(0, 0, width, rest), Side.BACK),
            Panel("back", Box(0, at, width, rest), turned=True),
        )
    whole = Box(0, 0, width, height)
    return Panel("front", whole), Panel("back", whole, Side.BACK)
