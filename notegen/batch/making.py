"""From a batch that is ready to its files: what is in them, and what a ledger and a record must know of them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from notegen import pipeline
from notegen.errors import NotegenError
from notegen.model.ledger import FileMade, Kind, Place
from notegen.pipeline.batching import quietly
from notegen.pipeline.drafting import locale_of
from notegen.pipeline.printing import Printed

if TYPE_CHECKING:
    from notegen.batch.work import Work
    from notegen.model.page import Item
    from notegen.pipeline.deck import Deck


@dataclass(frozen=True, slots=True)
class Part:
    """One file of cards: the cards that are in it, in their order, and where it goes."""

    deck: Deck
    target: Path | str


@dataclass(frozen=True, slots=True)
class Made:
    """One finished file: what it is, and how it was printed; `number` counts the files of one kind from 1."""

    kind: Kind
    number: int
    target: Path | str
    printed: Printed


def parts(deck: Deck, target: Path | str, split: int) -> tuple[Part, ...]:
    """Cut a deck into so many files of nearly the same length; cards-1.pdf, cards-2.pdf ... when there are several.

    Raises NotegenError for more files than cards.
    """
    if split > len(deck):
        raise NotegenError(
            f"{_counted(len(deck), 'card')} cannot fill {split:,} files", hint="give --split a smaller N"
        )
    if split == 1:
        return (Part(deck, target),)
    ends = [len(deck) * number // split for number in range(split + 1)]
    width = len(str(split))
    return tuple(
        Part(deck[ends[number] : ends[number + 1]], _numbered(target, f"{number + 1:0{width}}"))
        for number in range(split)
    )


def _numbered(target: Path | str, number: str) -> Path | str:
    if isinstance(target, Path):
        return target.with_stem(f"{target.stem}-{number}")
    stem, dot, suffix = target.rpartition(".")
    return f"{stem}-{number}{dot}{suffix}"


def filed(made: Made, ledger: Path) -> FileMade:
    """Return what the ledger, whose file is named, is told of a file: its path holds from any folder."""
    from notegen.ledger import kept_path

    pressed = made.printed.pressed
    kept = kept_path(ledger, made.target) if isinstance(made.target, Path) else made.target
    return FileMade(made.kind, made.number, kept, pressed.sha256, pressed.bytes, pressed.pages)


def places(work: Work, made: Sequence[tuple[Part, Printed]]) -> Iterator[Place]:
    """Yield where each card is: its file, from 1, and its page, in the order of the facts."""
    file, page = (array("I", bytes(array("I").itemsize * len(work.prepared.keys))) for _ in range(2))
    for number, (part, printed) in enumerate(made, 1):
        for card, on in zip(part.deck.order, printed.page_of, strict=True):
            file[card], page[card] = number, on
    for number in sorted(work.deck.order):
        yield Place(work.prepared.identity(number), work.turns.of(number), file[number], page[number])


def made_files(work: Work, target: Path | str, step: Callable[[int], None] = quietly) -> list[tuple[Part | None, Made]]:
    """Write the cards of a batch, their envelopes and the slip; each with the part of the deck that it holds, if any.

    To be called in `files.together`, so that all get their names or none. Raises pipeline.Unfit for a press file that
    has an error by our own preflight.
    """
    order = work.order
    locale = locale_of(order.job.template, order.job.shop, order.job.wishes)
    done: list[tuple[Part | None, Made]] = []
    sides = _other_sides(work)
    cut = parts(work.deck, target, order.files.split)
    for number, part in enumerate(cut, 1):
        title = f"{order.job.template.name}: {_counted(len(part.deck), 'card')}"
        title += f", part {number} of {len(cut)}" if len(cut) > 1 else ""
        printed = pipeline.print_cards(
            part.deck, work.wear.value or {}, order.how, part.target, title=title, language=locale, codes=work.codes,
            addressed=sides, progress=step, signature=order.signature,
        )  # fmt: skip
        done.append((part, Made(Kind.CARDS, number, part.target, printed)))
    if order.files.envelopes is not None and work.mailing is not None:
        from notegen.pipeline.mailsheets import press_envelopes

        pieces = work.mailing.pieces
        name = f"{order.job.template.name}: {_counted(len(pieces), 'envelope')}"
        printed = press_envelopes(pieces, order.files.envelopes, order.how, work.envelope, name)
        done.append((None, Made(Kind.ENVELOPES, 1, order.files.envelopes, printed)))
    if order.files.slip is not None:
        done.append((None, Made(Kind.SLIP, 1, order.files.slip, _slip(work, order.files.slip, locale))))
    return done


def check_parts(work: Work, cut: Sequence[Part]) -> None:
    """Raise NotegenError for files whose cards do not go on the sheet, before anything is claimed for them."""
    from notegen.pipeline.printing import check_sheet

    if work.order.how.sheet is None:
        return
    for part in cut:
        check_sheet(part.deck, work.wear.value or {}, work.order.how, work.codes, _other_sides(work))


def _other_sides(work: Work) -> dict[str, tuple[Item, ...]] | None:
    """Return what stands on the other sides of postcards, by customer's key."""
    if not work.order.files.addressed or work.mailing is None:
        return None
    return {piece.key: piece.front for piece in work.mailing.pieces}


def _slip(work: Work, target: Path | str, locale: str) -> Printed:
    from notegen.layout.lines import paper_of
    from notegen.layout.slip import pages

    name = f"Packing slip: {work.order.job.template.name}"
    pressed = pipeline.print_pages(pages(work.rows, name, paper_of(locale)), target, title=name, locale=locale)
    return Printed(pressed, (), None)


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
