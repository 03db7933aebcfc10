"""How cards become a file: pictures and marks on each, pages or sheets, the press's conditions, and the last check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from notegen.errors import NotegenError
from notegen.model.diagnostic import Checked, Diagnostic, has_errors
from notegen.model.dress import Dress
from notegen.model.imposition import Imposing, Marks, Order
from notegen.model.page import Page
from notegen.model.purpose import Duplex, Plate, Purpose, Setup
from notegen.model.stock import Side
from notegen.pipeline.batching import Progress, quietly
from notegen.pipeline.deck import Deck
from notegen.pipeline.pieces import Pieces, seen_from_back

if TYPE_CHECKING:
    from notegen.model.card import Card
    from notegen.model.drawn import Drawn
    from notegen.model.hand import Hand
    from notegen.model.page import Item
    from notegen.model.piece import Piece
    from notegen.model.pool import Name, Pool
    from notegen.model.printer import Printer
    from notegen.model.purpose import Condition
    from notegen.model.signature import Signature
    from notegen.model.stock import Stock
    from notegen.preflight import Report
    from notegen.press import Pressed
    from notegen.settings import Settings


ANY = 1.0
"""Pixels to the inch that no picture is under, where low resolutions are let pass."""


class Unfit(NotegenError):
    """A press file that has an error by our own preflight; it was not left behind. `report` says what it has."""

    def __init__(self, report: Report) -> None:
        super().__init__("the file is not fit for the press, so it was not written")
        self.report = report


@dataclass(frozen=True, slots=True)
class PrintingAsked:
    """What the command line says about printing; None where it leaves the word to notegen.yaml.

    `art` and `imprint` are pictures, `record` asks for PDF/VT parts, `date` is what a press file says it was made on.
    """

    purpose: Purpose | None = None
    condition: str | None = None
    icc: Path | None = None
    plate: Plate | None = None
    marks: Marks | None = None
    sheet: str | None = None
    fill: Order | None = None
    duplex: Duplex | None = None
    skip: int = 0
    right_to_left: bool = False
    printer: str | None = None
    matching: bool | None = None
    art: Path | None = None
    imprint: Path | None = None
    allow_low_resolution: bool = False
    record: bool = False
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Printing:
    """How a batch is printed, with every name looked up."""

    shop: Settings
    asked: PrintingAsked
    purpose: Purpose
    condition: Condition | None
    plate: Plate
    sheet: str | None
    how: Imposing
    printer: Printer | None
    matching: bool

    @property
    def low_resolution(self) -> bool:
        """Whether pictures of fewer than 300 pixels to the inch are let pass."""
        return self.asked.allow_low_resolution or self.shop.art.allow_low_resolution

    def setup(self, title: str, language: str) -> Setup:
        """Return what the file says of itself."""
        press = self.purpose is Purpose.PRESS
        return Setup(
            title=title,
            language=language,
            purpose=self.purpose,
            condition=self.condition,
            plate=self.plate,
            date=self.asked.date if press else None,
        )


@dataclass(frozen=True, slots=True)
class Printed:
    """What was printed.

    `told` is what to do with the paper, `report` the preflight of a press file. `page_of` has the page, from 1, that
    the front of each card is on, in the order of the cards; it is empty for what is not cards.
    """

    pressed: Pressed
    told: tuple[str, ...]
    report: Report | None
    page_of: Sequence[int] = ()


def printing_for(shop: Settings, asked: PrintingAsked) -> Printing:
    """Look up what is asked for: the command's word, the shop's, the usual. Raises NotegenError for what there is not.

    A sheet is looked up later, because plain paper takes as many cards as their size allows.
    """
    said = shop.printing
    purpose = asked.purpose or said.purpose or Purpose.DESKTOP
    sheet = asked.sheet or said.sheet
    _agree(asked, purpose, on_sheets=sheet is not None)
    how = Imposing(
        order=asked.fill or said.fill or Order.SHEET,
        duplex=asked.duplex or said.duplex,
        skip=asked.skip,
        right_to_left=asked.right_to_left,
        marks=asked.marks or said.marks,
    )
    return Printing(
        shop=shop,
        asked=asked,
        purpose=purpose,
        condition=_condition(shop, asked, purpose),
        plate=asked.plate or said.plate or Plate.SPOT,
        sheet=sheet,
        how=how,
        printer=_printer(shop, asked) if purpose is Purpose.DESKTOP else None,
        matching=bool(said.matching if asked.matching is None else asked.matching),
    )


def _agree(asked: PrintingAsked, purpose: Purpose, *, on_sheets: bool) -> None:
    """Refuse what the command says and nobody would heed. What notegen.yaml says is for when it applies."""
    ordered = asked.skip or asked.fill or asked.right_to_left
    alone = "add --sheet NAME, or leave out --duplex: a card alone is turned as its fold asks"
    aim = "leave out --printer; what it does to paper is put right in files for it, --for desktop"
    press = purpose is Purpose.PRESS
    refused: tuple[tuple[object, str, str], ...] = (
        (
            asked.printer and purpose is not Purpose.DESKTOP,
            f"a file for the {purpose} is not printed on your own printer",
            aim,
        ),
        (
            asked.record and not press,
            "PDF/VT parts belong in press files alone",
            "add --for press, or leave out --vt",
        ),
        (
            asked.plate and not press,
            f"plates are of a press, and a file for the {purpose} has none",
            "add --for press, or leave out --plate",
        ),
        (ordered and not on_sheets, "slots and their order are of a sheet, and none is named", "add --sheet NAME"),
        (asked.duplex and not on_sheets, "--duplex is of a sheet, and none is named", alone),
    )
    for is_so, what, hint in refused:
        if is_so:
            raise NotegenError(what, hint=hint)


def check_screens(how: Printing, tints: bool | None) -> None:
    """Raise NotegenError when notes are to be in four colours on a press without screens; None is the shop's word."""
    screens = how.shop.tints if tints is None else tints
    if how.purpose is Purpose.PRESS and how.plate is Plate.PROCESS and not screens:
        raise NotegenError(
            "four process plates are mixed with screens, and the press is said to have none",
            hint="leave out --no-tints (`tints: no`), or print with --plate spot or black",
        )


def dresses(cards: Sequence[Card | Drawn], how: Printing) -> Checked[Mapping[str, Dress]]:
    """Return the pictures of every stock that cards are written on, by its name, and what is wrong with them."""
    from notegen.pipeline.dressing import dress_of

    made: dict[str, Dress] = {}
    found: list[Diagnostic] = []
    for stock in Deck.of(cards).stocks.values():
        dress = dress_of(
            how.shop,
            stock,
            art=how.asked.art,
            imprint=how.asked.imprint,
            allow_low_resolution=how.asked.allow_low_resolution,
            condition=how.condition,
        )
        found.extend(dress.diagnostics)
        made[stock.name] = dress.value or Dress()
    return Checked(None if has_errors(found) else made, tuple(dict.fromkeys(found)))


def pieces_of(cards: Sequence[Card | Drawn], wear: Mapping[str, Dress]) -> list[Piece]:
    """Return cards as pieces with their pictures; a stock without any is bare."""
    from notegen.layout.dressing import dressed

    return [dressed(card, wear.get(card.stock.name, Dress())) for card in cards]


def print_cards(
    cards: Sequence[Card | Drawn],
    wear: Mapping[str, Dress],
    how: Printing,
    target: Path | str,
    *,
    title: str,
    language: str,
    codes: Mapping[str, str] | None = None,
    addressed: Mapping[str, tuple[Item, ...]] | None = None,
    progress: Progress = quietly,
    signature: Signature | None = None,
) -> Printed:
    """Write cards, drawn or not, as one file, whole or not at all.

    `codes` are the texts of matching marks, `addressed` what stands on the other side of postcards, by customer's key.
    `signature` is the drawing that cards are signed with which were drawn in other processes.

    Raises Unfit for a press file that has an error by our own preflight, UnwritableFile, and NotegenError for cards
    that do not go on the sheet.
    """
    from notegen.press import write_pages

    if not cards:
        raise NotegenError("there is no card to print")
    cards = Deck.of(cards)
    pieces = Pieces(cards, wear, codes or {}, addressed)
    _check_sheet(pieces, how)
    setup = how.setup(title, language)
    if how.sheet is None:
        pages: Iterator[Page] = _single(pieces, how, title)
        told: tuple[str, ...] = ()
        page_of: Sequence[int] = range(1, 1 + pieces.sides * len(pieces), pieces.sides)
        setup = replace(setup, duplex=pieces.flip, record=pieces.sides if how.asked.record else 0)
    else:
        pages, told, duplex, page_of = _on_sheets(pieces, how, title)
        setup = replace(setup, duplex=duplex)
    judge = Judge(how, pieces.only_stock if how.sheet is None else None, target, plates(cards.hands, how.plate))
    approve = judge if how.purpose is Purpose.PRESS else None
    pressed = write_pages(pages, target, setup, progress, approve, partial(pool_of, signature=signature))
    return Printed(pressed, told, judge.report, page_of)


def check_sheet(
    cards: Sequence[Card | Drawn],
    wear: Mapping[str, Dress],
    how: Printing,
    codes: Mapping[str, str] | None = None,
    addressed: Mapping[str, tuple[Item, ...]] | None = None,
) -> None:
    """Raise NotegenError for cards that do not go on the sheet, as `print_cards` would, before a page is made."""
    if how.sheet is not None:
        _check_sheet(Pieces(Deck.of(cards), wear, codes or {}, addressed), how)


def _check_sheet(pieces: Pieces, how: Printing) -> None:
    from notegen.layout.impose import form_of, plan
    from notegen.pipeline.imposing import sheet_for

    if how.sheet is None:
        return
    if how.asked.record:
        raise NotegenError("PDF/VT parts are of pages, and cards on sheets have none", hint="leave out --vt")
    if how.asked.duplex is not None and pieces.sides < 2:
        raise NotegenError("nothing is printed on the backs", hint="leave out --duplex")
    form = form_of(pieces[0])
    plan(len(pieces), form, sheet_for(how.sheet, form, how.shop), replace(how.how, duplex=_duplex(pieces, how)))


def _duplex(pieces: Pieces, how: Printing) -> Duplex | None:
    return (how.how.duplex or Duplex.LONG) if pieces.sides == 2 else None


def pool_of(hand: Hand, names: Sequence[Name], signature: Signature | None = None) -> Pool:
    """Return the pool of a hand with slots of these names in it, whichever process has drawn with them."""
    from notegen.hand.grown import DRAWING, pool_with, register

    if signature is not None:
        register(hand, signature, [one.text for one in names if one.face == DRAWING])
    return pool_with(hand, names)


def plates(hands: Iterable[Hand], plate: Plate) -> frozenset[str]:
    """Return the names of the plates that notes in these hands are printed with."""
    from notegen.press.ink import one_plate

    inks = {hand.ink for hand in hands}
    return frozenset(spot for ink in inks if (spot := one_plate(ink, plate).spot) is not None)


def _single(pieces: Pieces, how: Printing, title: str) -> Iterator[Page]:
    """Yield a page for each side of each piece, with marks when they are asked for."""
    from notegen.layout.marks import Marks as Around
    from notegen.layout.marks import Slug, marked
    from notegen.layout.printers import corrected

    wanted = how.how.marks or (Marks.CORNER if how.purpose is Purpose.PRESS else Marks.NONE)
    names = ("front", "back") if pieces.sides == 2 else ("",)
    for number, piece in enumerate(pieces, 1):
        for face, side in zip(names, Side, strict=False):
            page = Page(piece.size, piece.items(side), piece.bleed, piece.bleed, f"{piece.key} {face}".strip())
            if wanted is not Marks.NONE and how.purpose is not Purpose.SCREEN:
                slug = Slug(title, number, len(pieces), customer=piece.key, face=face)
                folds = (piece.folds, piece.across) if side is Side.FRONT else seen_from_back(piece)
                page = marked(page, Around(slug=slug), *folds)
            yield page if how.printer is None else corrected(page, how.printer, side)


def _on_sheets(
    pieces: Pieces, how: Printing, title: str
) -> tuple[Iterator[Page], tuple[str, ...], Duplex | None, Sequence[int]]:
    """Return the pages of a batch on sheets, what to do with the paper, how it is turned, and each card's page."""
    from notegen.layout.impose import form_of
    from notegen.pipeline.imposing import sheet_for, sheet_numbers, sheet_pages, sheet_words

    assert how.sheet is not None
    duplex = _duplex(pieces, how)
    imposing = replace(how.how, duplex=duplex, job=title)
    sheet = sheet_for(how.sheet, form_of(pieces[0]), how.shop)
    pages = sheet_pages(pieces, sheet, imposing, how.printer)
    return pages, sheet_words(pieces, sheet, imposing), duplex, sheet_numbers(pieces, sheet, imposing)


class Judge:
    """Our own preflight, before a press file gets its name."""

    def __init__(
        self, how: Printing, stock: Stock | None, target: Path | str, inks: frozenset[str] = frozenset()
    ) -> None:
        self._how, self._stock, self._name, self._inks = how, stock, str(target), inks
        self.report: Report | None = None

    def __call__(self, made: Path) -> None:
        """Look at a finished file. Raises Unfit."""
        from notegen.preflight import check

        known = frozenset(self._how.shop.printing.spots)
        self.report = check(
            made,
            stock=self._stock,
            tac=self._how.condition.tac if self._how.condition else None,
            dpi=ANY if self._how.low_resolution else None,
            spots=known | self._inks if known else None,
            name=self._name,
        )
        if not self.report.ok:
            raise Unfit(self.report)


def _condition(shop: Settings, asked: PrintingAsked, purpose: Purpose) -> Condition | None:
    """Return the printing condition; None for one's own printer, whose driver knows it."""
    from notegen.press.conditions import DEFAULT, condition_of, conditions

    said = shop.printing
    if asked.condition and asked.icc:
        raise NotegenError("both a condition and a profile are named", hint="leave out --condition or --icc")
    icc = asked.icc or (None if asked.condition else said.icc)
    name = asked.condition or said.condition
    if purpose is Purpose.DESKTOP and not (asked.condition or asked.icc):
        return None
    found = condition_of(icc) if icc else conditions().get(name or DEFAULT)
    return found if said.tac is None else replace(found, tac=said.tac)


def _printer(shop: Settings, asked: PrintingAsked) -> Printer | None:
    from notegen.pipeline.calibrating import printers

    name = asked.printer or shop.printing.printer
    return None if name is None else printers(shop).get(name)
