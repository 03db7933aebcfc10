"""Asking for a word: who may be asked for a referral or a review, and when.

The essays that this follows agree: relationship first, and the referral is its consequence. So a thank-you never asks;
another note may, once its template says what it is for and the customer has said that they are happy.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from notegen.lint.purpose import ASKING, FESTIVE, THANKING, declared, purpose_of, said
from notegen.lint.reading import Medium, Reading
from notegen.lint.words import Match

REFERRAL_PHRASES: Final = frozenset(
    "ask.referral ask.know-anyone ask.send-my-way ask.tell-friends ask.review ask.review-site ask.compliment ask.cards"
    " ask.word ask.satisfied-tell".split()
)
"""Phrases of sales-ask that ask for a good word, and not for money."""
ASKS_OF_WORDS: Final = REFERRAL_PHRASES | {"ask.survey", "ask.topbox"}
"""Those, and the ones that ask for a judgement."""


class Standing(StrEnum):
    """What to make of somebody being asked for a word: a fault as any ask is, too early, or allowed."""

    ASKED = "asked"
    EARLY = "early"
    ALLOWED = "allowed"


def standing(reading: Reading) -> Standing:
    """Return whether this note may ask its reader for a word."""
    purpose = purpose_of(reading)
    if purpose in THANKING | FESTIVE | {"apology"} or reading.is_fallback:
        return Standing.ASKED
    may_ask = declared(reading) in ASKING
    if reading.medium is Medium.TEMPLATE:
        return Standing.ALLOWED if may_ask else Standing.ASKED
    facts = reading.context.facts
    if facts is None:
        return Standing.ASKED
    if facts.get("feedback.satisfied") is not True:
        return Standing.EARLY
    return Standing.ALLOWED if may_ask else Standing.ASKED


def asks_for_a_word(match: Match) -> bool:
    """Return whether a phrase that was found asks for a referral or a review."""
    return match.phrase.id in REFERRAL_PHRASES


def words_asked_for(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield where a note asks for a referral or a review, in the phrases of sales-ask or in others."""
    spans = [(match.start, match.end) for match in reading.matches_of("sales-ask") if asks_for_a_word(match)]
    yield from spans
    done = [(match.start, match.end) for match in reading.matches_of("sales-ask")]
    for start, end in sorted(said(reading, "referral")):
        if not any(first < end and start < last for first, last in done):
            done.append((start, end))
            yield start, end
