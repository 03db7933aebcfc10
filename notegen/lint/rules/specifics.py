"""Whether a note says anything that is true of this person alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from notegen.lint.place import fact_span, first_line
from notegen.lint.reading import Found, Medium, Reading
from notegen.model.diagnostic import Related, Severity
from notegen.model.facts import Facts
from notegen.model.junk import is_junk
from notegen.model.note import Block, Role
from notegen.model.schema import Schema

SHOWN: Final = 3
"""Unused facts that a finding names."""
FALLBACK_WORDS: Final = 60
"""Words of body beyond which a note that knows nothing specific is padding."""

_SENTENCE: Final = re.compile(r"\S(?:[^.!?\n]|[.!?](?![\"')]*\s)|\n(?!\s*\n))*[.!?]*[\"')]*")
_WORD: Final = re.compile(r"[^\W\d_][\w'’-]*")
_GREETED: Final = re.compile(r"^\s*(?:dear|hi|hello|hey)\b(.*)$", re.IGNORECASE | re.MULTILINE)
_COUNTED: Final = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty"
    r"|thirty|forty|fifty|sixty|seventy|eighty|ninety|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|yesterday|tomorrow)\b",
    re.IGNORECASE,
)


def generic_note(reading: Reading) -> Iterator[Found]:
    """Nothing in the note is about this person but the name.

    Finds notes in which no fact is printed that only this customer would have: what was bought, its colour, the day,
    the story. A name counts nothing, because any list has names. A letter without facts is judged by its words: it
    needs a name, a day, a number or a thing outside the greeting, the signature and the sentences that other rules have
    found, and lacks them with a warning. A template that declares `fallback: true` is excused.

    A note that would fit anyone is an advertisement in a nicer envelope. The finding names facts about this customer
    that the template could print.

    Bad:  Dear Ana, Thank you so much. You made our day!
    Good: Dear Ana, Thank you for the peach jam, and for buying the blue Escape from me.
    Mend: Print one of the facts that the finding names, or write down under `remember` what you remember.
    """
    if reading.medium is Medium.LETTER or reading.context.facts is None or reading.context.schema is None:
        yield from _by_words(reading)
    elif not reading.is_fallback and not printed(reading, reading.context.facts, reading.context.schema):
        yield _by_facts(reading, reading.context.facts, reading.context.schema)


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
    body = [*reading.parts(Role.BODY), *reading.parts(Role.POSTSCRIPT)]
    words = sum(len(reading.note.text[block.start : block.end].split()) for block in body)
    if reading.is_fallback and words > FALLBACK_WORDS:
        yield Found(
            *_opening(reading, body),
            f"this fallback note is longer than {FALLBACK_WORDS} words",
            "keep the two sentences that are true, or gather facts and use a template that prints them",
            Severity.ERROR,
        )


def printed(reading: Reading, facts: Facts, schema: Schema) -> frozenset[str]:
    """Return the paths of the specific facts whose words appear in the note."""
    return frozenset(
        path
        for piece in reading.note.pieces
        if reading.note.text[piece.start : piece.end].strip()
        for path in piece.reads
        if weight(schema, path) > 0 and facts.has(path)
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
    hint = (
        f"print something that only this customer has, such as {{{{ {unused[0]} }}}}"
        if unused
        else "write down one thing about this sale in the facts, or use a template that declares fallback: true"
    )
    body = [*reading.parts(Role.BODY), *reading.blocks]
    message = "nothing in this note is about this customer but the name"
    return Found(*_opening(reading, body), message, hint, Severity.ERROR, related)


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


def _by_words(reading: Reading) -> Iterator[Found]:
    start = max((match.end() for match in _GREETED.finditer(reading.note.text)), default=0)
    body = [block for role in (Role.BODY, Role.POSTSCRIPT) for block in reading.parts(role) if block.end > start]
    if not body:
        return
    names = _names(reading)
    for block in body:
        if any(_is_specific(sentence, names) for sentence in _unspoilt(reading, block)):
            return
    yield Found(
        *_opening(reading, body),
        "this letter names no person, thing, day or number of its reader's",
        "say what they bought, when, and one thing you remember of it",
        Severity.WARNING,
    )


def _unspoilt(reading: Reading, block: Block) -> Iterator[str]:
    """Yield the sentences of a block in which no phrase was found."""
    for sentence in _SENTENCE.finditer(reading.note.text, block.start, block.end):
        if not any(match.start < sentence.end() and sentence.start() < match.end for match in reading.matches):
            yield sentence[0]


def _is_specific(sentence: str, names: frozenset[str]) -> bool:
    if _COUNTED.search(sentence):
        return True
    later = list(_WORD.findall(sentence))[1:]
    return any(word[0].isupper() and word.casefold() not in names for word in later)


def _names(reading: Reading) -> frozenset[str]:
    """Return the words of the greeting and the signature, and the pronoun I: none of them is about the sale."""
    text = reading.note.text
    signed = [
        text[b.start : b.end] for role in (Role.GREETING, Role.CLOSING, Role.SIGNATURE) for b in reading.parts(role)
    ]
    greeted = [match[1] for match in _GREETED.finditer(text)]
    words = {word.casefold() for part in (*signed, *greeted) for word in _WORD.findall(part)}
    return frozenset(words | {"i", "i'm", "i'll", "i'd", "i've", "i’m", "i’ll", "i’d", "i’ve"})


def _opening(reading: Reading, blocks: list[Block]) -> tuple[int, int]:
    """Return the first line of the first of some blocks."""
    if not blocks:
        return 0, len(reading.note.text)
    return blocks[0].start, first_line(reading.note, blocks[0].start, blocks[0].end)
