"""Cards that were printed are printed once more: from the ledger's own words and choices, the same to the last stroke.

Nothing is composed: neither today's facts nor today's template has a say. What else decides a drawing is the hand's
font and notegen itself, and the digest that the ledger has of each drawing tells whether these are what they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from notegen import pipeline
from notegen.errors import NotegenError
from notegen.files import together
from notegen.model.ledger import Again, FileMade, Kind, Person, State
from notegen.model.note import Note
from notegen.model.room import Signing
from notegen.pipeline.cards import signature_of
from notegen.pipeline.gangs import drawing_of
from notegen.pipeline.opening import card_stock
from notegen.pipeline.rewriting import Kept, hand_from_text, parts_from_text, rewritten
from notegen.pipeline.signing import signing_of

if TYPE_CHECKING:
    from notegen.ledger import Ledger, Wanted
    from notegen.model.card import Card
    from notegen.model.drawn import Drawn
    from notegen.model.dress import Dress
    from notegen.model.ledger import Entry
    from notegen.model.signature import Signature
    from notegen.pipeline.printing import Printed, Printing
    from notegen.pipeline.wishes import Wishes
    from notegen.settings import Settings

PRINTED: Final = (State.PRINTED, State.MAILED, State.RETURNED)
"""States of cards that can be printed once more."""
AT_ONCE: Final = 64
"""Cards that are written together, which shares numpy's cost; as strokes they are then held no longer."""


@dataclass(frozen=True, slots=True)
class Copies:
    """Cards that are ready to be printed once more, with what the ledger knows of each; `changed` are drawn otherwise.

    `signature` is the drawing that they are signed with, if any.
    """

    entries: tuple[Entry, ...]
    cards: tuple[Drawn, ...]
    changed: tuple[Entry, ...]
    locale: str
    signature: Signature | None


@dataclass(frozen=True, slots=True)
class Telling:
    """What the ledger is told of a reprint: when, who did it, and why."""

    book: Ledger
    now: datetime
    by: str
    reason: str


def chosen(book: Ledger, several: Sequence[Wanted], template: str | None, pages: Sequence[int]) -> tuple[Entry, ...]:
    """Return the cards that are meant, in the order of their pages; each of `several` that names a customer means one.

    `pages` are of a run's only file of cards; the back of a card is a page of it, too. Raises NotegenError when nothing
    fits, a customer's cards are more than one, or what fits was never printed, and for who asked to be forgotten.
    """
    from notegen.ledger import entries, suppressed

    found: dict[int, Entry] = {}
    for wanted in several:
        fit = [one for one in entries(book, wanted) if template in (None, one.note.look.template)]
        found.update((one.id, one) for one in (_one(fit, wanted) if wanted.customer is not None else _all(fit)))
    those = _on(pages, list(found.values())) if pages else list(found.values())
    runs = sorted({one.run for one in those})
    if len(runs) > 1:
        raise NotegenError(
            f"these are cards of {len(runs)} runs: {', '.join(runs[:4])}",
            hint="print those of each run into a file of their own; --run names one",
        )
    gone = suppressed(book, [Person(one.note.customer, one.note.name, one.note.postcode) for one in those])
    if gone:
        raise NotegenError(f"{sorted(gone)[0]} asked to be forgotten", hint="name the others")
    return tuple(sorted(those, key=lambda one: (one.file or 0, one.page or 0, one.id)))


def _one(fit: Sequence[Entry], wanted: Wanted) -> list[Entry]:
    """Return the one card of a customer that can be meant."""
    able = [one for one in fit if one.state in PRINTED]
    if not fit:
        raise NotegenError(f"no card of {wanted.customer} fits", hint="`notegen log` shows which there are")
    if not able:
        raise NotegenError(
            f"{fit[-1].note.name}'s card ({fit[-1].note.occasion}, run {fit[-1].run}) is {fit[-1].state}",
            hint="only a card that is printed, mailed or returned can be printed again",
        )
    if len(able) > 1:
        they = ", ".join(f"{one.note.occasion} (run {one.run})" for one in able)
        raise NotegenError(
            f"{able[0].note.name} has {len(able)} cards that could be meant: {they}",
            hint="name one with --occasion, --template or --run",
        )
    return able


def _all(fit: Sequence[Entry]) -> list[Entry]:
    """Return all cards of a run that can be printed again; those of who was erased are nobody's."""
    able = [one for one in fit if one.state in PRINTED and one.note.customer]
    if not able:
        raise NotegenError("none of these cards can be printed again", hint="`notegen log` shows their states")
    return able


def _on(pages: Sequence[int], those: Sequence[Entry]) -> list[Entry]:
    """Return the cards on some pages of the one file that cards are in."""
    files = {one.file for one in those}
    if len(files) > 1:
        raise NotegenError(
            f"the run has {len(files)} files of cards, and each has such a page", hint="name the customers instead"
        )
    starts = sorted({one.page for one in those if one.page is not None})
    wanted: set[int] = set()
    for page in pages:
        first = max((start for start in starts if start <= page), default=None)
        # A card's back follows its front; what is further away was left out, or is somebody's who is forgotten.
        if first is None or page > first + 1:
            raise NotegenError(
                f"no card that can be printed again is on page {page}", hint="`notegen log` has the pages"
            )
        wanted.add(first)
    return [one for one in those if one.page in wanted]


def copies(those: Sequence[Entry], shop: Settings, wishes: Wishes, how: Printing) -> Copies:
    """Draw cards once more. Raises NotegenError for one that cannot be drawn any more, as without its font."""
    from notegen.press import draw

    sign = signing_of(shop, wishes)
    locale = those[0].note.look.locale
    signature = signature_of(shop, wishes) if sign is Signing.PRINTED else None
    setup = how.setup("", locale)
    cards: list[Drawn] = []
    changed: list[Entry] = []
    drawn = zip(those, _cards(those, shop, sign, signature), strict=True)
    while some := list(islice(drawn, AT_ONCE)):
        changed.extend(one for one, card in some if drawing_of(card) != one.note.drawing)
        cards.extend(draw([card for _, card in some], setup))
    return Copies(tuple(those), tuple(cards), tuple(changed), locale, signature)


def _cards(those: Sequence[Entry], shop: Settings, sign: Signing, signature: Signature | None) -> Iterator[Card]:
    """Yield each card as the ledger's words give it."""
    stocks = pipeline.stocks(shop)
    waiting = iter(those)
    while some := list(islice(waiting, AT_ONCE)):
        kept = [
            Kept(
                Note(one.note.customer, one.note.look.template, one.note.text, parts=parts_from_text(one.note.parts)),
                hand_from_text(one.note.look.hand),
                card_stock(stocks, one.note.look.stock),
                one.note.seed,
            )
            for one in some
        ]
        for one, made in zip(some, rewritten(kept, sign, signature), strict=True):
            if made.value is None:
                why = next((found.message for found in made.diagnostics if found.is_error), "it does not fit any more")
                raise NotegenError(f"{one.note.name}'s card cannot be drawn any more: {why}")
            yield made.value


def marks_of(book: Ledger, run: str, record: Mapping[str, object] | None) -> dict[str, str]:
    """Return the matching marks of a run's cards, by customer's key: they depend on everybody who was asked for.

    `record` is what the run's job.json says. Raises NotegenError when the ledger does not have everybody.
    """
    from notegen.ledger import Wanted, entries

    those = [one.note for one in entries(book, Wanted(run=run))]
    whole = record is not None and record.get("left_out") == record.get("had_it_already") == 0
    if not whole or not all(one.customer for one in those):
        raise NotegenError(
            f"the matching marks of run {run} depend on customers whom the ledger does not have",
            hint="add --no-matching, and put these cards into their envelopes by hand",
        )
    return pipeline.matching([one.customer for one in those], those[0].seed)


def carry_out(
    made: Copies,
    wear: Mapping[str, Dress],
    how: Printing,
    target: Path,
    codes: Mapping[str, str],
    told: Telling,
) -> Printed:
    """Print the copies into one file, and enter them. Raises pipeline.Unfit, UnwritableFile and NotegenError.

    The ledger learns of the file when it is whole on the disk and before it has its name, so no page of anybody is in
    a file of which the ledger does not know. Who is killed in between does it again, and that is entered too.
    """
    from notegen.ledger import kept_path, reprinted

    title = f"{made.entries[0].note.look.template}: {len(made.entries):,} printed again"
    printed: list[Printed] = []

    def known(_waiting: Mapping[Path, Path]) -> None:
        pressed = printed[0].pressed
        path = kept_path(told.book.path, target)
        file = FileMade(Kind.REPRINT, 1, path, pressed.sha256, pressed.bytes, pressed.pages)
        cards = [Again(one.id, page) for one, page in zip(made.entries, printed[0].page_of, strict=True)]
        reprinted(told.book, cards, file, told.now, told.by, told.reason)

    with together(known):
        printed.append(
            pipeline.print_cards(
                made.cards, wear, how, target, title=title, language=made.locale, codes=codes, signature=made.signature
            )
        )
    return printed[0]
