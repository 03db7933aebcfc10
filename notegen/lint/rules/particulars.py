"""Whether words alone show that somebody wrote to one person, letter by letter and sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from notegen.lint.particular.sentences import Sentence
from notegen.lint.particular.verdict import Fit, Verdict, judge
from notegen.lint.place import first_line, locate
from notegen.lint.reading import Found, Medium, Reading
from notegen.model.diagnostic import Related, Severity

SHOWN: Final = 3
"""Sentences that a finding on a whole letter names."""
SHORTEST: Final = 4
"""Words: a shorter sentence ("It suits you.") is too little to judge."""
HOLLOW: Final = {Fit.ANYONE: (-0.5, -0.5), Fit.UNSURE: (0.5, 0.0), Fit.ONE: (1.5, 0.8)}
"""Weights above which a sentence is a warning, or else an information, by what the whole letter is."""


def by_words(reading: Reading) -> Iterator[Found]:
    """Judge a whole letter without facts: an error when it would fit anyone, a warning when it nearly would."""
    verdict = judge(reading.note.text, reading.blocks)
    if verdict.fit is Fit.UNREAD and verdict.sentences:
        message = "this text was not judged by its words, because they are not English"
        yield Found(*_opening(reading, verdict), message, "give the facts with --facts to have them looked for", Severity.INFO)
    elif verdict.fit in (Fit.ANYONE, Fit.UNSURE):
        sure = verdict.fit is Fit.ANYONE
        yield Found(
            *_opening(reading, verdict),
            f"this letter would fit anyone: {_measure(verdict)}" if sure else f"this letter says little: {_measure(verdict)}",
            "say what they bought, when, and one thing you remember of it",
            Severity.ERROR if sure else Severity.WARNING,
            tuple(_first_hollow(reading, verdict)),
        )


def hollow_sentence(reading: Reading) -> Iterator[Found]:
    """A sentence would fit anyone.

    Finds sentences made of praise, promises, the firm's own doings and general truths, without a thing, a day, a name,
    a number or a deed of their reader's. In a letter that would fit anyone all of them are found, in a personal one
    only the emptiest; in a note made from facts, those that print none. What a phrase rule has found is left to it.

    A reader skips such a sentence, and one of them beside three true ones makes the three look copied. The letter gets
    better by its mere going.

    Bad:  Your trust inspires our dedicated team to deliver exceptional experiences.
    Good: You held the ladder for an hour, and your tea was better than mine.
    Mend: Strike the sentence out, or put in its place what this person did, said or bought.
    """
    verdict = judge(reading.note.text, reading.blocks)
    if verdict.fit is Fit.UNREAD:
        return
    warned, told = HOLLOW[verdict.fit]
    for one in verdict.sentences:
        if one.weight > told and one.words >= SHORTEST and not _is_taken(reading, one):
            severity = Severity.WARNING if one.weight > warned else Severity.INFO
            message = "this sentence would fit anyone: “{text}”"
            yield Found(one.start, one.end, message, "strike it out, or say what only this person would hear", severity)


def _is_taken(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a phrase was found in a sentence, or a fact was printed there."""
    start, end = sentence.start, sentence.end
    if any(match.start < end and start < match.end for match in reading.matches):
        return True
    pieces = reading.note.pieces if reading.medium is Medium.NOTE else ()
    return any(piece.reads and piece.start < end and start < piece.end for piece in pieces)


def _measure(verdict: Verdict) -> str:
    count, holding = len(verdict.sentences), verdict.holding
    what = "a thing, a day, a name or a deed of its reader's"
    if count == 1:
        return f"its one sentence holds {'hardly ' if holding else 'not '}{what}"
    return f"of {count} sentences {holding or 'none'} {'hold' if holding > 1 else 'holds'} {what}"


def _first_hollow(reading: Reading, verdict: Verdict) -> Iterator[Related]:
    hollow = sorted(verdict.sentences, key=lambda one: -one.weight)[:SHOWN]
    for one in sorted(hollow, key=lambda one: one.start):
        span = locate(reading.note, one.start, one.end)
        if span is not None and one.weight > 0:
            yield Related(span, "this would fit anyone")


def _opening(reading: Reading, verdict: Verdict) -> tuple[int, int]:
    """Return the first line of the first sentence."""
    first = verdict.sentences[0]
    return first.start, first_line(reading.note, first.start, first.end)
