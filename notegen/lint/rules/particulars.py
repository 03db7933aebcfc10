"""Whether words alone show that somebody wrote to one person, letter by letter and sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from notegen.lint.particular.sentences import Sentence
from notegen.lint.particular.verdict import ENOUGH, Fit, Verdict, judge
from notegen.lint.place import first_line, locate
from notegen.lint.reading import Found, Medium, Reading
from notegen.model.diagnostic import Related, Severity
from notegen.model.note import Piece

SHOWN: Final = 3
"""Sentences that a finding on a whole letter names."""
SHORTEST: Final = 4
"""Words: a shorter sentence ("It suits you.") is too little to judge, but for a letter that would fit anyone."""
HOLLOW: Final = {Fit.ANYONE: (-1.0, -1.0), Fit.UNSURE: (0.4, 0.0), Fit.ONE: (1.8, 1.0), None: (2.2, 2.2)}
"""Weights above which a sentence is a warning, or else an information, by whom the whole letter would fit.

None is a note from facts.
"""

FACTLESS: Final = 3
"""Sentences without a fact from which a note has room for one."""
SHARE: Final = 0.12
"""Share of words from facts below which it is said."""


def by_words(reading: Reading) -> Iterator[Found]:
    """Judge a whole letter without facts: an error when it would fit anyone, a warning when it nearly would."""
    verdict = judge(reading.note.text, reading.blocks)
    if verdict.fit is Fit.UNREAD and verdict.sentences:
        message = "this text was not judged by its words, because they are not English"
        yield Found(
            *_opening(reading, verdict), message, "give the facts with --facts to have them looked for", Severity.INFO
        )
    elif verdict.fit in (Fit.ANYONE, Fit.UNSURE):
        sure = verdict.fit is Fit.ANYONE
        yield Found(
            *_opening(reading, verdict),
            f"this letter would fit anyone: {_measure(verdict)}"
            if sure
            else f"this letter says little: {_measure(verdict)}",
            "say what they bought, when, and one thing you remember of it",
            Severity.ERROR if sure else Severity.WARNING,
            tuple(_hollowest(reading, verdict)),
        )


def fits_anyone(reading: Reading) -> bool:
    """Return whether a letter would fit anyone by its words."""
    return judge(reading.note.text, reading.blocks).fit is Fit.ANYONE


def is_surely_personal(reading: Reading) -> bool:
    """Return whether nobody would doubt that a letter was written to one person."""
    return judge(reading.note.text, reading.blocks).is_surely_personal


def is_long_enough(reading: Reading) -> bool:
    """Return whether a letter says enough to be judged, and would not fit anyone."""
    verdict = judge(reading.note.text, reading.blocks)
    return verdict.fit is not Fit.ANYONE and sum(one.words for one in verdict.sentences) >= ENOUGH


def hollow_sentence(reading: Reading) -> Iterator[Found]:
    """A sentence would fit anyone.

    Finds sentences made of praise, promises, the firm's own doings and general truths, without a thing, a day, a name,
    a number or a deed of their reader's. In a letter that would fit anyone all of them are found, in a personal one
    only the emptiest; in a note made from facts, those that print none. What a phrase rule has found is left to it.

    A reader skips such a sentence, and one of them beside three true ones makes the three look copied. The letter gets
    better by its mere going.

    Bad:  Quality, passion and honesty guide our people in all they create.
    Good: You held the ladder for an hour, and your tea was better than mine.
    Mend: Strike the sentence out, or put in its place what this person did, said or bought.
    """
    verdict = judge(reading.note.text, reading.blocks)
    if verdict.fit is Fit.UNREAD or reading.is_fallback:
        return
    fit = verdict.fit if reading.medium is Medium.LETTER else None
    warned, told = HOLLOW[fit]
    for one in verdict.sentences:
        judged = one.words >= SHORTEST or fit is Fit.ANYONE
        if one.weight > told and judged and not _is_taken(reading, one):
            severity = Severity.WARNING if one.weight > warned else Severity.INFO
            message = '"{text}" would fit anyone'
            yield Found(one.start, one.end, message, "strike it out, or say what only this person would hear", severity)


def fact_share(reading: Reading) -> Iterator[Found]:
    """Few of a note's words came from facts.

    Finds notes made from facts in which at least three sentences print none and fewer than 12 % of the words of the
    body came from facts, and gives the share. It is an information: the finding stands at the first sentence without
    a fact.

    The facts are what makes a note this person's. Where most of it is the same for all, the reader may feel the form
    behind it, and two friends who compare their cards will see it.

    Bad:  Dear Ana, Thank you for the Escape. It was a joy. We hope to see you. Have a good week.
    Good: Dear Ana, Thank you for the Escape. Ada's face when the top went down made my week.
    Mend: Print a second fact in one of the named sentences, or strike the sentence out.
    """
    if reading.medium is not Medium.NOTE or reading.context.facts is None or reading.is_fallback:
        return
    verdict = judge(reading.note.text, reading.blocks)
    pieces = [piece for piece in reading.note.pieces if piece.reads]
    shares = [_given(reading, one, pieces) for one in verdict.sentences]
    plain = [one for one, share in zip(verdict.sentences, shares, strict=True) if not share]
    words = sum(one.words for one in verdict.sentences)
    given = sum(shares)
    if len(plain) >= FACTLESS and given < SHARE * words:
        count = f"{len(plain)} of {len(verdict.sentences)} sentences print none"
        message = f"{given / words:.0%} of the words came from facts; {count}"
        related = tuple(_spans(reading, plain[1 : SHOWN + 1], "this sentence prints no fact"))
        hint = "print a second fact in one of them, or strike one out"
        yield Found(plain[0].start, plain[0].end, message, hint, Severity.INFO, related)


def _given(reading: Reading, sentence: Sentence, pieces: Iterable[Piece]) -> int:
    """Return how many words of a sentence stand in some pieces."""
    text, start, end = reading.note.text, sentence.start, sentence.end
    words = 0
    for piece in pieces:
        if piece.start < end and start < piece.end:
            words += len(text[max(piece.start, start) : min(piece.end, end)].split())
    return words


def _is_taken(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a phrase was found in a sentence, or a fact was printed there."""
    start, end = sentence.start, sentence.end
    if any(match.start < end and start < match.end for match in reading.matches):
        return True
    return _given(reading, sentence, (piece for piece in reading.note.pieces if piece.reads)) > 0


def _measure(verdict: Verdict) -> str:
    count, holding = len(verdict.sentences), verdict.holding
    if count == 1:
        return f"its one sentence holds {'little' if holding else 'nothing'} of its reader's"
    verb = "hold" if holding > 1 else "holds"
    return f"of {count} sentences {holding or 'none'} {verb} a thing, a day, a name or a deed of its reader's"


def _hollowest(reading: Reading, verdict: Verdict) -> Iterator[Related]:
    hollow = sorted((one for one in verdict.sentences if one.weight > 0), key=lambda one: -one.weight)[:SHOWN]
    return _spans(reading, sorted(hollow, key=lambda one: one.start), "this would fit anyone")


def _spans(reading: Reading, sentences: Iterable[Sentence], message: str) -> Iterator[Related]:
    """Yield the places of some sentences."""
    for one in sentences:
        span = locate(reading.note, one.start, one.end)
        if span is not None:
            yield Related(span, message)


def _opening(reading: Reading, verdict: Verdict) -> tuple[int, int]:
    """Return the first line of the first sentence."""
    first = verdict.sentences[0]
    return first.start, first_line(reading.note, first.start, first.end)
