"""What a packing slip lists, from a batch; and whether cards, envelopes and rows are of the same people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from notegen.model.copy_sheet import CopySheet
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.facts import Facts
from notegen.model.note import Note, Role
from notegen.model.room import Signing
from notegen.model.slip import Row
from notegen.pipeline.batching import name_of

if TYPE_CHECKING:
    from notegen.pipeline.batching import Batch
    from notegen.pipeline.cards import Drawing
    from notegen.settings import Settings

BEGINS = 90
"""Characters of a note by which a person knows its card."""

MISSING, DOUBLED, LETTERS = "S101", "S102", "S103"

SIGN, WRITE = "sign it with a pen", "add a line by hand"
"""What is to be done to a card that leaves room for it."""


def slip_rows(batch: Batch, made: Drawing) -> tuple[Row, ...]:
    """Return the rows of a batch's slip, in mailing order: that of its cards.

    The marks are those of everybody who was asked for; a batch of fewer people numbers them anew.
    """
    from notegen.layout.mark import marks

    drafts = {one.facts.key: one for one in batch.drafts}
    found = dict(zip(batch.keys, marks(batch.keys, made.seed), strict=True))
    rows = []
    for card in batch.cards:
        one = drafts[card.key]
        assert one.note is not None
        rows.append(
            Row(
                mark=found[card.key],
                key=card.key,
                name=name_of(one.facts),
                address=tuple(line for line in address_of(one.facts, made.shop) if line != name_of(one.facts)),
                begins=begins(one.note),
                hand=card.hand.name,
                stock=card.stock.name,
                envelope=card.stock.envelope,
                by_hand=tuple(tasks(one.facts, one.template.by_hand, made.sign)),
            )
        )
    return tuple(rows)


def agree(rows: Sequence[Row], cards: Sequence[str], envelopes: Sequence[str] | None = None) -> tuple[Diagnostic, ...]:
    """Find who has no card, envelope or row, and who has two; `cards` and `envelopes` are keys, as they are printed.

    `envelopes` is None when none are printed. Only rows that name an envelope need one.
    """
    names = {row.key: row.name for row in rows}
    listed = [row.key for row in rows]
    found = [*_compared("card", listed, cards, names), *_twice("row", listed, names)]
    if envelopes is not None:
        wanted = [row.key for row in rows if row.envelope is not None]
        found += _compared("envelope", wanted, envelopes, names)
    return tuple(found)


def unprintable(listed: Sequence[Row | CopySheet]) -> tuple[Diagnostic, ...]:
    """Find who has letters for which plain type has no shape: slips and copy sheets show boxes for them."""
    from notegen import plain

    found = []
    for one in listed:
        said = [text for _, text in one.parts] if isinstance(one, CopySheet) else [one.begins]
        lacking = plain.lacking("".join((one.name, *one.address, *said, *one.by_hand)))
        if lacking:
            message = f"plain type has no {', '.join(map(repr, lacking))}, which {one.name} needs"
            hint = "boxes are shown in their places; --csv or --json has the letters"
            found.append(Diagnostic(LETTERS, Severity.WARNING, message, hint=hint, note=one.key))
    return tuple(found)


def begins(note: Note) -> str:
    """Return the first words of a note, after the greeting that all notes have."""
    blocks = note.blocks
    first = next((one for one in blocks if one.role is Role.BODY), blocks[0] if blocks else None)
    text = " ".join(note.text[first.start : first.end].split()) if first else ""
    return text if len(text) <= BEGINS else f"{text[:BEGINS].rsplit(' ', 1)[0].rstrip()}…"


def address_of(facts: Facts, shop: Settings) -> tuple[str, ...]:
    """Return the lines of an envelope, the name among them, as its post wants them; only the name without an address.

    What is wrong with an address is for whoever prints envelopes to say.
    """
    from notegen.pipeline.posting import block_of

    return block_of(facts, shop).value or (name_of(facts),)


def tasks(facts: Facts, of_template: Sequence[str], sign: Signing) -> Iterator[str]:
    """Yield what a person is to do to a card: for all cards first, then for this one, then what goes in with it."""
    if sign is Signing.YOURSELF:
        yield from (SIGN, WRITE)
    yield from of_template
    yield from _texts(facts.get("by_hand"))
    yield from (f"enclose: {one}" for one in _texts(facts.get("sale.enclose")))


def _texts(value: object) -> Iterator[str]:
    return (str(one) for one in value if one is not None) if isinstance(value, tuple) else iter(())


def _compared(kind: str, wanted: Sequence[str], there: Sequence[str], names: dict[str, str]) -> Iterator[Diagnostic]:
    has, due = set(there), set(wanted)
    for key in dict.fromkeys(wanted):
        if key not in has:
            yield _error(MISSING, f"{_who(key, names)} is on the packing slip and has no {kind}", key)
    for key in dict.fromkeys(there):
        if key not in due:
            yield _error(MISSING, f"{_who(key, names)} has {_a(kind)} and is not on the packing slip for one", key)
    yield from _twice(kind, there, names)


def _twice(kind: str, keys: Sequence[str], names: dict[str, str]) -> Iterator[Diagnostic]:
    for key, count in Counter(keys).items():
        if count > 1:
            yield _error(DOUBLED, f"{_who(key, names)} has {count} {kind}s", key)


def _who(key: str, names: dict[str, str]) -> str:
    name = names.get(key, key)
    return name if name == key else f"{name} ({key})"


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeio" else f"a {kind}"


def _error(code: str, message: str, key: str) -> Diagnostic:
    hint = "make cards, envelopes and slip of the same customers in one run"
    return Diagnostic(code, Severity.ERROR, message, hint=hint, note=key)
