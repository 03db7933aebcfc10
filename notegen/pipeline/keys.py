"""What a unit's findings depend on, as one digest: when none of it changed, neither did they.

In it are notegen itself and the libraries under it (by the size and time of each file), the shop's settings, rules,
hands, stocks, sheets, printers and signature, the template with its parts, the facts, the day, and what the command
line wishes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from notegen.errors import NotegenError
from notegen.pipeline.closure import parts_of
from notegen.pipeline.opening import template_folders
from notegen.pipeline.units import Kind, Unit
from notegen.pipeline.wishes import Wishes
from notegen.resources import config_folder, data_folder

if TYPE_CHECKING:
    from notegen.settings import Settings

FORMAT: Final = 1
"""Grows when what is kept is kept in another way."""

LIBRARIES: Final = ("babel", "fontTools", "jinja2", "numpy", "uharfbuzz", "yaml")
OWN_FOLDERS: Final = ("hands", "printers", "rules", "sheets", "stocks")
"""Folders of a shop whose files any of its findings may depend on."""


@lru_cache(maxsize=1)
def tool() -> str:
    """Return a digest of notegen's own files, of Python, and of the libraries that findings depend on."""
    package = Path(__file__).resolve().parent.parent
    folders = {package, data_folder("templates").resolve(), data_folder("fonts").resolve()}
    stamps = [stamp for folder in sorted(folders) for stamp in _stamps(folder)]
    for name in LIBRARIES:
        spec = find_spec(name)
        stamps.append(_stamp(Path(spec.origin)) if spec and spec.origin else name)
    return _digest((str(FORMAT), sys.version, *stamps))


@dataclass(slots=True)
class Keys:
    """Makes the keys of one run; every file is read once."""

    wishes: Wishes
    contents: dict[Path, str] = field(default_factory=dict)
    shops: dict[tuple[Path | None, Path], str] = field(default_factory=dict)
    parts: dict[Path, tuple[Path, ...]] = field(default_factory=dict)

    def key(self, unit: Unit) -> str | None:
        """Return the digest of all that a unit's findings depend on; None for one that is not kept."""
        if unit.kind is Kind.FOUND:
            return None
        files = (self._file(unit, path) for path in self.files(unit))
        drawings = (content(path) for path in (self.wishes.signature, unit.shop.signature) if path is not None)
        named = _named(unit.shop) if unit.kind is Kind.SETTINGS else ()
        wished = (repr(self.wishes), repr(unit.only), repr(unit.in_folder), *drawings)
        return _digest((tool(), unit.kind, *wished, self._shop(unit), *self._names(unit), *named, *files))

    def files(self, unit: Unit) -> tuple[Path, ...]:
        """Return every file that a unit reads: letters, facts, templates and what these take in."""
        own: tuple[Path, ...] = (unit.path,) if unit.path is not None else ()
        templates = () if unit.kind is Kind.LETTER else own
        if unit.kind is Kind.NEIGHBOURS:
            templates = tuple(template for template, _ in unit.pairs)
        parts = (part for template in templates for part in self._parts(unit, template))
        beside = (path for _, files in unit.pairs for path in files)
        return (*own, *templates, *parts, *unit.facts, *beside)

    def _parts(self, unit: Unit, template: Path) -> tuple[Path, ...]:
        if template not in self.parts:
            try:
                found = parts_of(unit.text_of(template), template, template_folders(unit.shop))
            except NotegenError:
                found = ()
            self.parts[template] = found
        return self.parts[template]

    def _file(self, unit: Unit, path: Path) -> str:
        if unit.given is not None and unit.given.name == str(path):
            return _digest((str(path), "given", unit.given.text))
        if path not in self.contents:
            self.contents[path] = content(path)
        return _digest((str(path), self.contents[path]))

    def _shop(self, unit: Unit) -> str:
        """Return a digest of the settings as they hold, and of the files in the shop's own folders."""
        shop = unit.shop
        which = (shop.root, shop.templates)
        if which not in self.shops:
            own = [shop.root / name for name in OWN_FOLDERS] if shop.root is not None else []
            text = shop.source.text if shop.source is not None else ""
            looks = (shop.hand, shop.stock, shop.pen, shop.ink, shop.tidiness, shop.tints, shop.locale, shop.currency)
            rest = (shop.seed, shop.templates, shop.facts)
            lint = (shop.lint.severity, shop.lint.paths, shop.lint.specifics, shop.lint.wanted)
            contents = [content(Path(path)) + path for folder in own for path in inside(folder)]
            parts = (
                str(shop.root),
                text,
                repr(looks),
                repr(rest),
                repr(lint),
                str(shop.lint.repeated_share),
                *contents,
            )
            self.shops[which] = _digest(parts)
        return self.shops[which]

    def _names(self, unit: Unit) -> Iterator[str]:
        """Yield the names of the templates there are, which hints speak of."""
        templates = [template for template, _ in unit.pairs]
        if unit.kind in (Kind.TEMPLATE, Kind.NOTES) and unit.path is not None:
            templates.append(unit.path)
        if templates:
            for folder in dict.fromkeys((*(one.parent for one in templates), *template_folders(unit.shop))):
                yield str(folder)
                if folder.is_dir():
                    yield "/".join(sorted(name for name in os.listdir(folder) if name.endswith(".j2")))


def _named(shop: Settings) -> Iterator[str]:
    """Yield what the names under `print:` and `art:` stand for: the profile, one's own printers, files of pictures."""
    if shop.printing.icc is not None:
        yield content(shop.printing.icc)
    if shop.printing.printer is not None:
        yield from (content(Path(path)) + path for path in inside(config_folder() / "printers"))
    yield from (f"{one.file} {one.file.is_file()} {one.file.is_dir()}" for one in shop.art.pictures)


def content(path: Path) -> str:
    """Return a digest of a file, or why it cannot be read."""
    try:
        if path.exists() and not path.is_file():
            return "no ordinary file"  # a device may never end
        return blake2b(path.read_bytes(), digest_size=20).hexdigest()
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        return f"unreadable: {getattr(error, 'errno', None)}"


def inside(folder: Path) -> Iterator[str]:
    """Yield every file in a folder and below it, in order; not what Python or an editor leaves there."""
    if not folder.is_dir():
        return
    for entry in sorted(os.scandir(folder), key=lambda one: one.name):
        if entry.name.startswith(".") or entry.name == "__pycache__":
            continue
        if entry.is_dir():
            yield from inside(Path(entry.path))
        else:
            yield entry.path


def _stamps(folder: Path) -> Iterator[str]:
    return (_stamp(Path(path)) for path in inside(folder))


def _stamp(path: Path) -> str:
    found = path.stat()
    return f"{path} {found.st_size} {found.st_mtime_ns}"


def _digest(parts: Iterable[str]) -> str:
    made = blake2b(digest_size=20)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        made.update(f"{len(data)}:".encode())
        made.update(data)
    return made.hexdigest()
