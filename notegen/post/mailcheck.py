"""Which mailing class a piece goes in, what keeps it out of a better one, and what would mend that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from notegen.errors import UnknownName
from notegen.model.mail import Breach, Limit, MailClass, Mailpiece, Measure, Ruling
from notegen.post.classes import CLASSES

ROUNDING: Final = 1e-4
"""By how much a figure may miss its limit, as a part of it: inches become millimetres and back."""

BULK: Final = 1.25
"""Thickness of uncoated card in µm for each g/m²; from memory, coated card has 0.8 to 1."""

ENVELOPE_PAPER: Final = 100.0
"""What an envelope's paper weighs, g/m², when nobody says; of our own choice."""

_UNITS: Final = {Measure.WEIGHT: " g", Measure.ASPECT: "", Measure.PAPER: " g/m²"}


def countries() -> tuple[str, ...]:
    """Return the countries whose classes are known."""
    return tuple(dict.fromkeys(one.country for one in CLASSES))


def classes(country: str) -> tuple[MailClass, ...]:
    """Return the classes of a country, the one a sender would want first; raises UnknownName."""
    found = tuple(one for one in CLASSES if one.country == country)
    if not found:
        raise UnknownName("post with known classes", country, countries())
    return found


def mail_class(name: str) -> MailClass:
    """Return a class by its name; raises UnknownName."""
    found = next((one for one in CLASSES if one.name == name.casefold()), None)
    if found is None:
        raise UnknownName("mailing class", name, (one.name for one in CLASSES))
    return found


def rulings(piece: Mailpiece, country: str) -> tuple[Ruling, ...]:
    """Return what each class of a country says to a piece."""
    return tuple(ruling(piece, one) for one in classes(country))


def ruling(piece: Mailpiece, one: MailClass) -> Ruling:
    """Return whether a piece may go in a class."""
    found = list(_shape(piece, one))
    unknown = []
    values = measures(piece, by_side=one.by_side)
    for limit in one.limits:
        value = values[limit.measure]
        if not _holds(limit, values):
            continue
        if value is None:
            unknown.append(limit.measure)
        else:
            found.extend(_breaches(limit, value, values, one.country == "US"))
    return Ruling(one, tuple(found), tuple(dict.fromkeys(unknown)))


def measures(piece: Mailpiece, *, by_side: bool) -> dict[Measure, float | None]:
    """Return every measure of a piece; the length is the longer side, or the side along which the address runs."""
    width, height = piece.size
    if by_side:
        width, height = max(width, height), min(width, height)
    return {
        Measure.LENGTH: width,
        Measure.HEIGHT: height,
        Measure.ASPECT: width / height,
        Measure.THICKNESS: piece.thickness,
        Measure.WEIGHT: piece.weight,
        Measure.PAPER: piece.paper,
        Measure.SUM: None if piece.thickness is None else width + height + piece.thickness,
    }


def estimated(
    piece: Mailpiece, card: tuple[float, float] | None = None, envelope_paper: float = ENVELOPE_PAPER
) -> Mailpiece:
    """Return a piece with thickness and weight worked out from the paper where they are not known.

    `card` is the size of the sheet inside an envelope as it lies open, mm; it is taken to be folded to fit. The
    envelope counts as two layers of paper and a tenth for its flap and seams.
    """
    if piece.paper is None or (piece.weight is not None and piece.thickness is not None):
        return piece
    area = piece.size[0] * piece.size[1] / 1e6
    weight, thick = piece.paper * area, piece.paper * BULK / 1000
    if card is not None:
        layers = max(1, round(card[0] * card[1] / 1e6 / area))
        weight = piece.paper * card[0] * card[1] / 1e6 + 2.1 * envelope_paper * area
        thick = thick * layers + 2 * envelope_paper * BULK / 1000
    guessed = [(Measure.WEIGHT, piece.weight), (Measure.THICKNESS, piece.thickness)]
    return replace(
        piece,
        weight=weight if piece.weight is None else piece.weight,
        thickness=thick if piece.thickness is None else piece.thickness,
        estimated=tuple(measure for measure, known in guessed if known is None),
    )


def _shape(piece: Mailpiece, one: MailClass) -> Iterator[Breach]:
    if one.cards and not piece.card:
        yield Breach(None, "it is in an envelope", "send the card without one", one.limits[0].source)


def _holds(limit: Limit, values: dict[Measure, float | None]) -> bool:
    """Return whether a limit is for pieces of this size."""
    length, height = values[Measure.LENGTH] or 0.0, values[Measure.HEIGHT] or 0.0
    if limit.above is not None and length <= limit.above[0] and height <= limit.above[1]:
        return False
    return limit.upto is None or (length <= limit.upto[0] and height <= limit.upto[1])


def _breaches(limit: Limit, value: float, values: dict[Measure, float | None], inches: bool) -> Iterator[Breach]:
    name = limit.measure.value
    for bound, much, low in ((limit.least, "least", True), (limit.most, "most", False)):
        if bound is None or (value >= bound * (1 - ROUNDING) if low else value <= bound * (1 + ROUNDING)):
            continue
        found, allowed = (_shown(limit.measure, one, inches=inches) for one in (value, bound))
        mend = _mend(limit.measure, bound, values, low=low, inches=inches)
        yield Breach(limit, f"{name} {found}, at {much} {allowed}", mend, limit.source, limit.verified)


def _mend(measure: Measure, bound: float, values: dict[Measure, float | None], *, low: bool, inches: bool) -> str:
    height = values[Measure.HEIGHT] or 0.0
    if measure is Measure.ASPECT:
        long = _shown(Measure.LENGTH, bound * height, inches=inches)
        return f"make it {'at least' if low else 'at most'} {long} long at this height"
    if measure is Measure.WEIGHT:
        return "use heavier paper" if low else "use lighter paper, or put less in"
    if measure is Measure.THICKNESS:
        return "use thicker paper" if low else "put less in, or use thinner paper"
    if measure is Measure.PAPER:
        return f"use paper of {'at least' if low else 'at most'} {bound:g} g/m²"
    return f"make it {'at least' if low else 'at most'} {_shown(measure, bound, inches=inches)}"


def _shown(measure: Measure, value: float, *, inches: bool) -> str:
    digits = 3 if measure is Measure.THICKNESS else 2 if measure is Measure.ASPECT else 1
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    unit = _UNITS.get(measure)
    if unit is not None:
        return f"{text}{unit}"
    return f"{text} mm ({round(value / 25.4, 3):g} in)" if inches else f"{text} mm"
