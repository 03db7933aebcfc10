"""Whether a card goes into the envelope that its file names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from notegen.errors import NotegenError, UnknownName
from notegen.layout.codes import STOCK_ENVELOPE
from notegen.layout.measured import mm
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.stock import Kind, Stock
from notegen.registry import Registry
from notegen.yamlsource import Document

ROOM: Final = 2.0
"""Millimetres by which an envelope must be longer and wider than its card; the trade's pairs leave 3 mm or more."""


def room(card: Stock, envelope: Stock) -> float:
    """Return by how many mm the envelope is larger, where it is tightest, with the folded card as it fits best."""
    (short, long), (narrow, wide) = sorted(card.closed), sorted(envelope.size)
    return min(narrow - short, wide - long)


def misfit(card: Stock, document: Document, known: Registry[Stock]) -> Iterator[Diagnostic]:
    """Yield what is wrong with the envelope that a card's file names."""
    if card.envelope is None:
        return
    place = document.spans.get("envelope")
    try:
        envelope = known.get(card.envelope)
    except UnknownName as error:
        message = f"there is no envelope called '{card.envelope}'"
        yield Diagnostic(STOCK_ENVELOPE, Severity.ERROR, message, place, error.hint)
        return
    except NotegenError as error:
        yield Diagnostic(STOCK_ENVELOPE, Severity.ERROR, error.message, place, error.hint)
        return
    if envelope.kind is not Kind.ENVELOPE:
        message, hint = f"'{card.envelope}' is a card and no envelope", "envelopes are called env-..."
        yield Diagnostic(STOCK_ENVELOPE, Severity.ERROR, message, place, hint)
    elif room(card, envelope) < ROOM:
        message = f"the card of {mm(*card.closed)} is too large for {envelope.name}, {mm(*envelope.size)}"
        hint = f"an envelope is at least {ROOM:g} mm longer and wider than its card"
        yield Diagnostic(STOCK_ENVELOPE, Severity.ERROR, message, place, hint)
