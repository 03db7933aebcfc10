"""Whether a note says anything that is true of this person alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from notegen.lint.place import fact_span, first_line
from notegen.lint.reading import Found, Medium, Reading
from notegen.lint.rules.particulars import by_words, fits_anyone, is_surely_personal
from notegen.lint.shown import shows
from notegen.model.diagnostic import Related, Severity
from notegen.model.facts import Facts
from notegen.model.junk import is_junk
from notegen.model.note import Block, Role
from notegen.model.schema import Schema

SHOWN: Final = 3
"""Unused facts that a finding names."""
FALLBACK_WORDS: Final = 60
"""Words of body beyond which a note that knows nothing specific is padding."""


def generic_note(reading: Reading) -> Iterator[Found]:
    """Nothing in the note is about this person but the name.

    Finds notes in which no fact is printed that only this customer would have: what was bought, its colour, the day,
    the story. A name counts nothing, because any list has names; a fact whose value or weekday does not show in its
    words counts nothing either. A letter without facts is judged by its words: every sentence is weighed by what
    letters to everyone are made of (praise, promises, the firm's own doings) and by what they lack (things, names,
    days, numbers, deeds). A letter that would fit anyone is an error, one that is near it a warning; a text that is not
    English is not judged by its words, which is said as an information. A letter beside its facts is judged by both:
    one that shows none of them and yet is surely about one person gets a warning. A template that declares `fallback:
    true` is excused.

    A note that would fit anyone is an advertisement in a nicer envelope. The finding names facts about this customer
    that the template could print, or the emptiest sentences of the letter.

    Bad:  Dear Ana, Thank you so much. You made our day!
    Good: Dear Ana, Thank you for the peach jam, and for buying the blue Escape from me.
    Mend: Print one of the facts that the finding names, or write down under `remember` what you remember. In a letter,
    say what they bought, when, and what you remember of it.
    """
    facts, schema = reading.context.facts, reading.context.schema
    letter = reading.medium is Medium.LETTER
    if facts is None or schema is None or (letter and not any(_unused(facts, schema))):
        yield from by_words(reading)
    elif not reading.is_fallback and not prints_any(reading, facts, schema):
        found = _by_facts(reading, facts, schema)
        yield replace(found, severity=Severity.WARNING) if letter and is_surely_personal(reading) else found
    elif letter and fits_anyone(reading):
        yield from by_words(reading)


def padded_fallback(reading: Reading) -> Iterator[Found]:
    """A fallback note is longer than it has reason to be.

    Finds notes of a template that declares `fallback: true`, for the day when nothing specific is known, whose body is
    longer than 60 words. Such a note may print no facts, and for that it stays short.

    Without anything to say, every further sentence is filler, and filler is what makes a card feel like a mailing. Two
    honest sentences are better, and readers forgive their shortness.

    Bad:  Sixty-one words or more of thanks that name nothing.
    Good: Dear Ana, I was glad to see you again. Thank you for coming back to us.
    Mend: Keep the two sentences that are true, or gather facts and use a template that prints them.
    """
    if not reading.is_fallback:
        return
    body = [*reading.parts(Role.BODY), *reading.parts(Role.POSTSCRIPT)]
    words = sum(len(reading.note.text[block.start : block.end].split()) for block in body)
    if words > FALLBACK_WORDS:
        yield Found(
            *opening(reading, body),
            f"this fallback note is longer than {FALLBACK_WORDS} words",
            "keep the two sentences that are true, or gather facts and use a template that prints them",
            Severity.ERROR,
        )


def prints_any(reading: Reading, facts: Facts, schema: Schema) -> bool:
    """Return whether the words of a specific fact appear in the note."""
    return any(
        True
        for piece in reading.note.pieces
        if piece.reads and (words := reading.note.text[piece.start : piece.end].strip())
        for path in piece.reads
        if weight(schema, path) > 0 and facts.has(path) and shows(facts.get(path), words)
    )


def weight(schema: Schema, path: str) -> int:
    """Return how much a fact says about one person; 0 for what the schema does not know."""
    field = schema.lookup(path)
    return field.weight if field is not None else 0


def _by_facts(reading: Reading, facts: Facts, schema: Schema) -> Found:
    unused = list(_unused(facts, schema))[:SHOWN]
    related = tuple(
        Related(span, f"{path} is known")
        for path, span in ((path, fact_span(facts, path)) for path in unused)
        if span is not None
    )
    letter = reading.medium is Medium.LETTER
    path = "" if not unused else unused[0] if letter else f"{{{{ {unused[0]} }}}}"
    hint = (
        f"{'name' if letter else 'print'} something that only this customer has, such as {path}"
        if unused
        else "write down one thing about this sale in the facts, or use a template that declares fallback: true"
    )
    body = [*reading.parts(Role.BODY), *reading.blocks]
    message = f"nothing in this {reading.medium.value} is about this customer but the name"
    return Found(*opening(reading, body), message, hint, Severity.ERROR, related)


def _unused(facts: Facts, schema: Schema) -> Iterator[str]:
    """Yield the paths of specific facts that this customer has, each place of the file once, in its order."""
    places: set[tuple[int, int]] = set()
    for path, span in facts.spans.items():
        value = facts.get(path)
        plain_value = isinstance(value, str | int | float) or hasattr(value, "isoformat")
        if plain_value and not isinstance(value, bool) and not is_junk(value) and weight(schema, path) > 0:
            if (span.start, span.end) not in places:
                yield path
            places.add((span.start, span.end))


def opening(reading: Reading, blocks: list[Block]) -> tuple[int, int]:
    """Return the first line of the first of some blocks."""
    if not blocks:
        return 0, len(reading.note.text)
    return blocks[0].start, first_line(reading.note, blocks[0].start, blocks[0].end)
