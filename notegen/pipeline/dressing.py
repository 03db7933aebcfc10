"""The pictures of a shop's cards: looked at once, fitted to the stock, put on every card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from notegen.errors import UnreadableFile
from notegen.model.diagnostic import Checked, Diagnostic, Related, has_errors
from notegen.model.dress import Dress, Picture, picture_panel
from notegen.settings.art import PICTURE, ArtSettings, Hanging, usual

if TYPE_CHECKING:
    from notegen.model.purpose import Condition
    from notegen.model.source import Span
    from notegen.model.stock import Stock
    from notegen.settings import Settings


def dress_of(
    shop: Settings,
    stock: Stock,
    *,
    art: Path | None = None,
    imprint: Path | None = None,
    allow_low_resolution: bool = False,
    condition: Condition | None = None,
) -> Checked[Dress]:
    """Return the pictures that cards of a stock carry, and what is wrong with them; None when they cannot be printed.

    `art` and `imprint` are files for the side with the picture (the front; of a flat card whose note is on the front,
    the back) and for the back; they win over the shop's. `condition` is the press's, to
    judge the ink of pictures that are in CMYK already. Raises UnreadableFile for a file that was named on the command
    line and is not there; one that notegen.yaml names is an error at its line.
    """
    wanted = _wanted(shop.art, art, imprint, picture_panel(stock))
    low = allow_low_resolution or shop.art.allow_low_resolution
    pictures: list[Picture] = []
    found: list[Diagnostic] = []
    for hanging in wanted:
        looked = _looked(hanging, stock, condition, low=low)
        found.extend(looked.diagnostics)
        if looked.value is not None:
            pictures.append(looked.value)
    return Checked(None if has_errors(found) else Dress(tuple(pictures), low), tuple(found))


def absent(shop: Settings) -> Iterator[Diagnostic]:
    """Find pictures that notegen.yaml names and whose file is not there."""
    for hanging in shop.art.pictures:
        if not hanging.file.is_file():
            what = "is a folder, not a picture" if hanging.file.is_dir() else "is not there"
            yield _missing(hanging, UnreadableFile(f"the file {hanging.file} {what}"))


def _wanted(said: ArtSettings, art: Path | None, imprint: Path | None, panel: str) -> Iterator[Hanging]:
    """Yield what is asked for: the shop's pictures, each replaced by the command line's for its panel, and the rest."""
    ours = {panel: replace(usual("front", art), panel=panel)} if art is not None else {}
    mark = usual("back", imprint) if imprint is not None else None
    for named in said.pictures:
        if mark is not None and named.panel == mark.panel:
            continue
        one = replace(named, panel=panel) if named.panel == PICTURE else named
        if one.panel in ours:
            yield replace(ours.pop(one.panel), fit=one.fit, stand=one.stand)
        else:
            yield one
    yield from ours.values()
    if mark is not None:
        yield mark


def _looked(hanging: Hanging, stock: Stock, condition: Condition | None, *, low: bool) -> Checked[Picture]:
    from notegen.layout.dressing import check_dress
    from notegen.press.art import ink_faults, look

    try:
        seen = look(hanging.file, hanging.page)
    except UnreadableFile as error:
        if hanging.span is None:
            raise
        return Checked(None, (_missing(hanging, error),))
    found = list(seen.diagnostics)
    if seen.value is None:
        return Checked(None, tuple(_placed(found, hanging.span)))
    picture = Picture(seen.value, hanging.panel, hanging.fit, hanging.stand)
    found.extend(check_dress(Dress((picture,), low), stock))
    if condition is not None:
        found.extend(ink_faults(seen.value, condition))
    return Checked(picture, tuple(_placed(found, hanging.span)))


def _missing(hanging: Hanging, error: UnreadableFile) -> Diagnostic:
    from notegen.model.diagnostic import Severity
    from notegen.press.art import codes

    hint = error.hint or "files are named from where notegen.yaml is"
    return Diagnostic(codes.UNREADABLE, Severity.ERROR, error.message, hanging.span, hint)


def _placed(found: Iterable[Diagnostic], span: Span | None) -> Iterator[Diagnostic]:
    """Yield findings at the line of notegen.yaml that asks for the picture; those inside an SVG keep their own."""
    for one in found:
        if span is None:
            yield one
        elif one.span is None:
            yield replace(one, span=span)
        else:
            yield replace(one, related=(*one.related, Related(span, "the picture is named here")))
