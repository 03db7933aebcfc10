"""Ink on the page: process colours or a spot colour, and words that are lighter or fuller.

A spot colour is a `Separation` space whose alternate is the ink's CMYK: a press with that ink makes one plate, others
and screens show nearly the same. A card is in one ink; where its words differ in lightness, one operator stands before
each word that differs from the last, which costs about three bytes a word when packed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from reportlab.pdfbase import pdfdoc

from notegen.model.hand import CMYK, LIGHTEST, Ink
from notegen.model.purpose import Plate
from notegen.press.units import number

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from notegen.model.card import Card

INK = "I0"
"""The name of a spot colour's space in a page's resources; a card is written in one ink."""


class Colours(NamedTuple):
    """Words of a card, by number, and for each the operator that sets the colour from it on."""

    words: Sequence[int] = ()
    operators: Sequence[bytes] = ()


@dataclass(frozen=True, slots=True)
class Inked:
    """An ink as it is written in a stream: what names its space, if it has one, and each step of lightness."""

    space: bytes
    steps: tuple[bytes, ...]


Inking = Callable[[Ink], Inked]
"""How a file writes inks: on plates, or as light."""


@lru_cache(maxsize=64)
def on_plates(ink: Ink) -> Inked:
    """Return an ink in process colours, or on its own plate."""
    return Inked(b"" if ink.spot is None else f"/{INK} cs\n".encode("ascii"), colours(ink))


@lru_cache(maxsize=64)
def colours(ink: Ink) -> tuple[bytes, ...]:
    """Return the operators that set the ink: the fullest first, exactly, then each step of lightness to a hundredth."""
    return (_colour(ink, 1.0, 4), *(_colour(ink, ink.coverage(steps), 2) for steps in range(1, LIGHTEST + 1)))


def stepped(ink: Ink) -> tuple[CMYK, ...]:
    """Return the coverages of an ink where it is fullest and at each step of lightness, whatever it is printed with."""
    steps = (1.0, *(ink.coverage(step) for step in range(1, LIGHTEST + 1)))
    cyan, magenta, yellow, black = ink.cmyk
    return tuple((cyan * step, magenta * step, yellow * step, black * step) for step in steps)


def one_plate(ink: Ink, plate: Plate = Plate.SPOT) -> Ink:
    """Return an ink as it is to be printed: with one plate, unless the four process plates are asked for.

    Fine strokes in a mix of plates have coloured edges where the plates miss each other by a tenth of a millimetre. An
    ink that is on one plate already stays as it is; a mix gets a plate that is named after it, and `BLACK` puts every
    ink on the black plate.
    """
    mixed = ink.spot is None and sum(part > 0 for part in ink.cmyk) > 1
    if plate is Plate.BLACK:
        return replace(ink, cmyk=(0.0, 0.0, 0.0, 1.0), spot=None)
    return replace(ink, spot=plate_name(ink)) if mixed and plate is Plate.SPOT else ink


def plate_name(ink: Ink) -> str:
    """Return the name of an ink's own plate: "Royal Blue Ink" for royal-blue."""
    return f"{' '.join(ink.name.split('-')).title()} Ink" if ink.name else "Writing Ink"


def _colour(ink: Ink, coverage: float, digits: int) -> bytes:
    parts = (coverage,) if ink.spot is not None else tuple(part * coverage for part in ink.cmyk)
    written = (number(round(part, digits)) for part in parts)
    # Without the nought before the point: a file has some thousands of these.
    short = (text[1:] if text.startswith("0.") else text for text in written)
    return f"{' '.join(short)} {'k' if ink.spot is None else 'scn'}\n".encode("ascii")


def dips(cards: Sequence[Card], word_end: NDArray[np.bool_], inking: Inking = on_plates) -> list[Colours]:
    """Return for each card of a block where its ink changes; `word_end` marks the last glyph of each word of all."""
    if all(card.lightness is None or not card.hand.ink.shade for card in cards):
        return [Colours() for _ in cards]
    starts = np.cumsum([0, *[len(card.outline) for card in cards]])
    steps = np.concatenate([_steps(card) for card in cards])
    before = np.zeros_like(steps)
    before[1:] = steps[:-1]
    before[starts[:-1][np.diff(starts) > 0]] = 0  # each page begins with the fullest ink
    at = np.flatnonzero(steps != before)
    ends = np.flatnonzero(word_end)
    bounds = np.searchsorted(at, starts)
    words = np.searchsorted(ends, at) - np.repeat(np.searchsorted(ends, starts[:-1]), np.diff(bounds))
    number, lighter, spans = words.tolist(), steps[at].tolist(), pairwise(bounds.tolist())
    # The cards of a block share few hands, and to look an ink up by its value takes as long as a card's changes.
    inks = {id(hand): inking(hand.ink).steps for hand in {id(card.hand): card.hand for card in cards}.values()}
    of_card = zip([inks[id(card.hand)] for card in cards], spans, strict=True)
    return [Colours(number[start:end], [ink[step] for step in lighter[start:end]]) for ink, (start, end) in of_card]


def _steps(card: Card) -> NDArray[np.int8]:
    if card.lightness is None or not card.hand.ink.shade:
        return np.zeros(len(card.outline), np.int8)
    return card.lightness


def separation(spot: str, cmyk: CMYK) -> Any:
    """Return the colour space of a spot colour, which is `cmyk` where there is no such ink."""
    full = " ".join(map(number, cmyk))
    tint = f"<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [{full}] /N 1 >>"
    return pdfdoc.PDFArray(["/Separation", pdf_name(spot), "/DeviceCMYK", tint])


def pdf_name(text: str) -> str:
    """Write a PDF name: in UTF-8, with a number sign and two digits for what is no plain letter or digit."""
    plain = (chr(byte) if chr(byte).isalnum() and byte < 128 else f"#{byte:02X}" for byte in text.encode("utf-8"))
    return "/" + "".join(plain)
