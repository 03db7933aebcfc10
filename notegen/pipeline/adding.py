"""A font of one's own is copied into a shop's `hands/`, with a file that says how it is written with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from notegen.errors import NotegenError
from notegen.files import write_bytes

if TYPE_CHECKING:
    from notegen.hand.adding import Examined
    from notegen.model.hand import Hand
    from notegen.settings import Settings

SUFFIXES = (".ttf", ".otf", ".ttc")


@dataclass(frozen=True, slots=True)
class Added:
    """A hand that a shop has now: its file, its font, and what the font says of itself."""

    hand: Hand
    file: Path
    font: Path
    found: Examined


def add_hand(font: Path, shop: Settings, name: str | None, index: int, *, replace: bool) -> Added:
    """Add a font to a shop as a hand; nothing is written unless all can be.

    Raises NotegenError for what is no shop, a font that cannot become a hand, a name that is taken (by a bundled hand,
    or by a file when not `replace`); UnreadableFile, UnwritableFile.
    """
    from notegen.hand import adding, face
    from notegen.hand.hands import builtin, read

    if shop.root is None:
        raise NotegenError(
            "there is no shop here to add a hand to", hint="make one with `notegen init`, or name it: --shop"
        )
    name = _fit(name) if name is not None else None
    data = face.font_bytes(font)
    found = adding.examine(data, font.name, index)
    name = adding.slug(found.family) if name is None else name
    if name in builtin().names():
        raise NotegenError(f"there is a bundled hand '{name}'", hint="give yours another name: --name")
    folder = shop.root / "hands"
    file, copy = folder / f"{name}.yaml", folder / f"{name}{_suffix(font, data)}"
    for path in (file, file.with_suffix(".yml"), copy):
        if path.exists() and not replace and path.resolve() != font.resolve():
            raise NotegenError(f"{path} is there already", hint="choose another --name, or replace it with --force")
    folder.mkdir(exist_ok=True)
    if copy.resolve() != font.resolve():
        write_bytes(copy, data)
    write_bytes(file, adding.as_yaml(found, copy.name).encode("utf-8"))
    return Added(read(file, name, f"{folder.resolve()}/"), file, copy, found)


def _fit(name: str) -> str:
    """Return a name that may name a hand and its file."""
    from notegen.hand.adding import slug

    if slug(name) != name:
        raise NotegenError(f"a hand cannot be called '{name}'", hint=f"small letters, digits and dashes: {slug(name)}")
    return name


def _suffix(font: Path, data: bytes) -> str:
    return font.suffix.lower() if font.suffix.lower() in SUFFIXES else ".otf" if data[:4] == b"OTTO" else ".ttf"
