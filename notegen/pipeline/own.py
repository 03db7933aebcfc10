"""What a person writes with their own pen: the form for their hand is printed, their signature is traced."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from notegen.errors import NotegenError
from notegen.files import write_bytes

if TYPE_CHECKING:
    from notegen.hand.capture.ink import Picture
    from notegen.hand.capture.own import Captured
    from notegen.hand.capture.signature import Read
    from notegen.model.form import Form
    from notegen.model.hand import Hand
    from notegen.settings import Settings


@dataclass(frozen=True, slots=True)
class Place:
    """Where a shop will have a hand: its name, its file and its font's."""

    name: str
    file: Path
    font: Path


def sheet(path: Path, paper: str, letters: str) -> Form:
    """Write the form for a person's own hand as a PDF and return it.

    Raises UnknownName for a paper that is not known, NotegenError for too many letters or when segno is missing,
    UnwritableFile when the file cannot be written.
    """
    from notegen.hand.capture import form
    from notegen.press.form import write_form

    made = form.build(paper, letters)
    write_form(made, path)
    return made


def signature(picture: Path, path: Path, width: float | None) -> Read:
    """Write the signature that a picture shows as an SVG file and return it; `width` in mm, None to go by the picture.

    Raises UnreadableFile for what is no picture, NotegenError when it shows no signature that can be traced or when
    what that takes is not installed, UnwritableFile when the file cannot be written.
    """
    try:
        from notegen.hand.capture import pictures
        from notegen.hand.capture.signature import read
    except ImportError as error:
        raise NotegenError(
            f"reading pictures needs {error.name}, which is not installed",
            hint="pip install 'notegen-cards[capture]'",
        ) from None
    from notegen.hand.signature import svg

    first, *rest = pictures.load(picture)
    if rest:
        raise NotegenError(f"{picture} has {len(rest) + 1} pages", hint="give the page with the signature alone")
    found = read(first, width)
    write_bytes(path, svg(found.signature))
    return found


def place_for(name: str, shop: Settings, *, replace: bool) -> Place:
    """Return where a captured hand goes; nothing is written.

    Raises NotegenError for what is no shop, a name that names no file, or one that is taken (when not `replace`).
    """
    from notegen.hand.adding import slug
    from notegen.hand.hands import builtin

    if shop.root is None:
        raise NotegenError(
            "there is no shop here to add a hand to", hint="make one with `notegen init`, or name it: --shop"
        )
    if slug(name) != name:
        raise NotegenError(f"a hand cannot be called '{name}'", hint=f"small letters, digits and dashes: {slug(name)}")
    if name in builtin().names():
        raise NotegenError(f"there is a bundled hand '{name}'", hint="give yours another name: --name")
    folder = shop.root / "hands"
    place = Place(name, folder / f"{name}.yaml", folder / f"{name}.ttf")
    for path in (place.file, place.file.with_suffix(".yml"), place.font):
        if path.exists() and not replace:
            raise NotegenError(f"{path} is there already", hint="choose another --name, or replace it with --force")
    return place


def require_capture() -> None:
    """Raise NotegenError unless what reading forms needs is installed."""
    from notegen.hand.capture.needs import require

    require()


def capture(pictures: Iterable[tuple[Picture, str]], step: Callable[[int], None]) -> Captured:
    """Read the pages of a filled-in form, each a picture (RGB) and the name of its file, in any order.

    Raises NotegenError when a picture shows no page, pages are of different forms or come twice, or nothing is written.
    """
    from notegen.hand.capture import own, page

    sheets = []
    for picture, source in pictures:
        sheets.append(page.find(picture, source))
        step(1)
    return own.capture(page.stack(sheets), step)


def install(captured: Captured, place: Place) -> Hand:
    """Write a captured hand's font and file into its shop and return it. Raises UnwritableFile."""
    from notegen.hand.capture import own
    from notegen.hand.hands import read

    font, text = own.files(captured, place.name)
    place.file.parent.mkdir(exist_ok=True)
    write_bytes(place.font, font)
    write_bytes(place.file, text.encode("utf-8"))
    return read(place.file, place.name, f"{place.file.parent.resolve()}/")
