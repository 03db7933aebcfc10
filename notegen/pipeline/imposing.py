"""Pieces and pages on sheets: the plan, whoever draws it, and the printer that it is for."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from notegen.errors import NotegenError
from notegen.model.imposition import Form, Imposing, SheetSide
from notegen.model.stock import Side

if TYPE_CHECKING:
    from notegen.layout.impose.drawing import Extras
    from notegen.model.page import Page
    from notegen.model.piece import Piece
    from notegen.model.printer import Printer
    from notegen.model.sheet import SheetStock
    from notegen.press import Pressed
    from notegen.press.imposing import ImposedSheet, SourcePage
    from notegen.settings import Settings


@dataclass(frozen=True, slots=True)
class Asked:
    """How the pages of a file are to be put on sheets.

    `per_piece` is how many pages make a piece: 1, or 2 for a front and its back. `gutter` and `margin` are for plain
    paper, mm; None leaves them as they are usual.
    """

    sheet: str
    how: Imposing
    per_piece: int = 1
    gutter: float | None = None
    margin: float | None = None
    tumble: bool = False
    printer: Printer | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of a file: its form and number of pieces, the sheet, every side, and what to do with the paper."""

    source: Path
    asked: Asked
    how: Imposing
    form: Form
    pieces: int
    sheet: SheetStock
    sides: tuple[SheetSide, ...]
    told: tuple[str, ...]

    @property
    def first(self) -> tuple[SheetSide, ...]:
        """The sides of the first sheet."""
        return tuple(one for one in self.sides if one.sheet == 0)


def sheet_for(
    name: str, form: Form, shop: Settings, gutter: float | None = None, margin: float | None = None
) -> SheetStock:
    """Return a sheet by its name; the name of a plain paper stands for as many pieces as go on it.

    Raises UnknownName, and NotegenError for pieces that do not go on the paper or a gutter on a sheet that has its own.
    """
    from notegen.layout.impose import MARGIN, grid, papers
    from notegen.pipeline.opening import sheet_named

    plain = papers()
    if name in plain:
        edge = MARGIN if margin is None else margin
        return grid(plain.get(name), form.size, bleed=form.bleed, gutter=gutter, margin=edge)
    known = sheet_named(name, shop, plain.names())
    if gutter is not None or margin is not None:
        raise NotegenError(
            f"{name} says where its pieces are", hint="gutter and margin are for plain paper, such as letter or a4"
        )
    return known


def sheet_pages(
    pieces: Sequence[Piece], sheet: SheetStock, how: Imposing, printer: Printer | None = None
) -> Iterator[Page]:
    """Yield the pages of pieces on sheets, each where the printer needs it."""
    from notegen.layout.impose import sheets
    from notegen.layout.printers import corrected

    pages = sheets(pieces, sheet, how)
    if printer is None:
        return pages
    sides = (Side.FRONT,) if how.duplex is None else (Side.FRONT, Side.BACK)
    return (corrected(page, printer, sides[number % len(sides)]) for number, page in enumerate(pages))


def sheet_numbers(pieces: Sequence[Piece], sheet: SheetStock, how: Imposing) -> Sequence[int]:
    """Return the page, from 1, that the front of each piece is on; the first of several."""
    from notegen.layout.impose import form_of, plan

    found = array("I", bytes(array("I").itemsize * len(pieces)))
    for page, side in enumerate(plan(len(pieces), form_of(pieces[0]), sheet, how), 1):
        for place in side.places if side.side is Side.FRONT else ():
            found[place.piece] = found[place.piece] or page
    return found


def sheet_words(pieces: Sequence[Piece], sheet: SheetStock, how: Imposing) -> tuple[str, ...]:
    """Return what to do with the paper, a sentence or two each."""
    from notegen.layout.impose import form_of, told

    return told(len(pieces), form_of(pieces[0]), sheet, how)


def plan_file(source: Path, asked: Asked, shop: Settings) -> Planned:
    """Look at a PDF and decide where its pages go; nothing is written.

    Raises UnreadableFile for what is no PDF, NotegenError for pages of several sizes, an odd number of fronts and backs
    or what does not fit, and UnknownName.
    """
    from notegen.layout.impose import plan, told
    from notegen.press.imposing import source_pages

    if asked.tumble and asked.per_piece == 1:
        raise NotegenError("no backs are printed that could tumble", hint="add --duplex, or leave out --tumble")
    pages = source_pages(source)
    form = replace(_form(pages, source), tumble=asked.tumble)
    pieces = _pieces(len(pages), asked, source)
    sheet = sheet_for(asked.sheet, form, shop, asked.gutter, asked.margin)
    how = _with_job(asked.how, sheet, source)
    sides = tuple(plan(pieces, form, sheet, how))
    return Planned(source, asked, how, form, pieces, sheet, sides, told(pieces, form, sheet, how))


def impose_file(planned: Planned, target: Path, step: Callable[[int], None] | None = None) -> Pressed:
    """Write the sheets of a file as another.

    Raises NotegenError when that is the same file, UnreadableFile and UnwritableFile; nothing is left behind then.
    """
    from notegen.layout.impose import Extras
    from notegen.press.imposing import write_imposed

    if target.exists() and target.samefile(planned.source):
        raise NotegenError(f"{target} is the file that is put on sheets", hint="name another file to write")
    extras = Extras(planned.sheet, planned.form, planned.how, planned.pieces)
    made = (_side(one, extras, planned.asked) for one in planned.sides)
    return write_imposed(planned.source, made, target, planned.how.duplex, step)


def _with_job(how: Imposing, sheet: SheetStock, source: Path) -> Imposing:
    """Return how to impose with a name for the job: the file's own, unless the sheet comes cut and has no waste."""
    from notegen.layout.impose import chosen
    from notegen.model.imposition import Marks

    named = how.job if how.job is not None or chosen(sheet, how) is Marks.NONE else source.stem
    return replace(how, job=named)


def _form(pages: Sequence[SourcePage], source: Path) -> Form:
    """Return what all pages have in common; sizes may differ by a tenth of a millimetre."""
    from notegen.layout.impose import mm

    first = pages[0].size
    for number, page in enumerate(pages, 1):
        if max(abs(one - other) for one, other in zip(page.size, first, strict=True)) > 0.1:
            raise NotegenError(
                f"page {number} of {source} is {mm(*page.size)}, and page 1 is {mm(*first)}",
                hint="pages of one size go on a sheet; split the file",
            )
    return Form(first, max(page.bleed for page in pages))


def _pieces(pages: int, asked: Asked, source: Path) -> int:
    if pages % asked.per_piece:
        raise NotegenError(
            f"{source} has {pages} {'page' if pages == 1 else 'pages'}, so not every front has a back",
            hint="add the missing page, or print one side: --pages-per-piece 1",
        )
    if asked.how.duplex is not None and asked.per_piece == 1:
        raise NotegenError(
            "pieces of one page have no back to print", hint="--pages-per-piece 2, or leave out --duplex"
        )
    return pages // asked.per_piece


def _side(side: SheetSide, extras: Extras, asked: Asked) -> ImposedSheet:
    from notegen.layout.printers import corrected, correction
    from notegen.model.page import Page, mapped, then
    from notegen.press.imposing import ImposedSheet, PlacedPage

    page = Page(extras.sheet.paper, extras.on(side, ()), label=extras.label(side))
    offset = 0 if side.side is Side.FRONT else 1
    placed = [(place.piece * asked.per_piece + offset, place.seat) for place in side.places]
    if asked.printer is None:
        return ImposedSheet(page, tuple(PlacedPage(number, seat.at, seat.clip) for number, seat in placed))
    at = correction(page.size, asked.printer, side.side)
    moved = tuple(PlacedPage(number, then(seat.at, at), mapped(seat.clip, at)) for number, seat in placed)
    return ImposedSheet(corrected(page, asked.printer, side.side), moved)
