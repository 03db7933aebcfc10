"""What a copy sheet says of each note of a batch, for a person who writes it with a pen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from notegen.model.copy_sheet import CopySheet
from notegen.model.facts import Facts, Value
from notegen.model.note import Block, Note, Role
from notegen.model.room import Signing
from notegen.pipeline.batching import name_of
from notegen.pipeline.slips import address_of, tasks

if TYPE_CHECKING:
    from notegen.pipeline.batching import Batch
    from notegen.settings import Settings

_NAMED: Final = (
    "customer.name",
    "customer.first_name",
    "customer.last_name",
    "customer.greeting",
    "customer.household",
    "customer.company",
    "sale.item",
    "sale.short",
    "sale.salesperson",
    "sale.place",
    "problem.by",
)
"""Facts whose words have one right spelling, which their readers know."""

_WORD: Final = re.compile(r"[^\W_]+(?:['’.-]?[^\W_]+)*")
_WIDE: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_STARTS: Final = re.compile(r"(?:^|[.!?:…][\"'”’)]*\s+|\n\s*)$")
_USUAL: Final = frozenset("i i'm i’m i'd i’d i've i’ve i'll i’ll mr mrs ms miss dr prof jr sr p.s".split())
_NOUNS: Final = ("de", "lb")
"""Languages that write every noun with a capital, which then says nothing."""


def copy_sheets(batch: Batch, shop: Settings, locale: str) -> tuple[CopySheet, ...]:
    """Return a sheet for each card of a batch, in its order; `locale` is that of the notes."""
    drafts = {one.facts.key: one for one in batch.drafts}
    found = []
    for card in batch.cards:
        one = drafts[card.key]
        assert one.note is not None
        found.append(
            CopySheet(
                key=card.key,
                name=name_of(one.facts),
                parts=tuple((b.role, " ".join(one.note.text[b.start : b.end].split())) for b in one.note.blocks),
                address=address_of(one.facts, shop),
                names=names_in(one.note, one.facts, locale),
                words=count_words(one.note.text),
                lines=int(card.line_end.sum()),
                stock=card.stock.name,
                hand=card.hand.name,
                by_hand=tuple(tasks(one.facts, one.template.by_hand, Signing.PRINTED)),
            )
        )
    return tuple(found)


def count_words(text: str) -> int:
    """Return how many words a text has; a character of a script without spaces counts as one."""
    return len(_WIDE.findall(text)) + len(_WORD.findall(_WIDE.sub(" ", text)))


def names_in(note: Note, facts: Facts, locale: str) -> tuple[str, ...]:
    """Return the words of a note that are easily misspelt, each once, as the note has them.

    They are those of names in the facts, and what looks like a name: a capital inside a sentence, a letter with an
    accent, letters with digits. Days, months, titles and `I` are known to everybody, and their own name to who signs.
    What the customer's name has of unusual letters is added, for the envelope.
    """
    words = {word for path in _NAMED for text in _texts(facts.get(path)) for word in _WORD.findall(text)}
    known = {word for word in words if not word[0].islower()}
    usual = _calendar(locale)
    found: dict[str, None] = {}
    for block in note.blocks:
        if block.role is not Role.SIGNATURE:
            found.update((word, None) for word in _names(note, block, known, usual, locale))
    called = _WORD.findall(str(facts.get("customer.name") or ""))
    found.update((word, None) for word in called if not (word.isascii() or _WIDE.search(word)))
    return tuple(found)


def _names(note: Note, block: Block, known: set[str], usual: frozenset[str], locale: str) -> Iterator[str]:
    text, language = note.text[block.start : block.end], re.split("[_-]", locale)[0]
    for match in _WORD.finditer(text):
        word = re.sub(r"['’]s$", "", match.group())
        first = _STARTS.search(text[: match.start()]) is not None
        capital = word[0].isupper() and not first and language not in _NOUNS
        mixed = any(one.isdigit() for one in word) and any(one.isalpha() for one in word)
        named = word in known
        if _WIDE.search(word) or word.isdigit() or word.casefold() in usual:
            continue
        if named or capital or mixed or (word[0].isupper() and not word.isascii()):
            yield word


def _calendar(locale: str) -> frozenset[str]:
    """Return what everybody can spell though it has a capital: days, months, and the English I."""
    from babel import Locale

    spoken = Locale.parse(locale.replace("-", "_"))
    names = [name for table in (spoken.days, spoken.months) for name in table["format"]["wide"].values()]
    return frozenset(name.casefold() for name in names) | _USUAL


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, tuple):
        yield from (str(one) for one in value)
    elif isinstance(value, str):
        yield value
