"""The printers that are known: a person's own, in their configuration folder, and the shop's, in its `printers/`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from notegen.errors import NotegenError
from notegen.files import read_source, write_bytes
from notegen.registry import Registry
from notegen.resources import config_folder

if TYPE_CHECKING:
    from notegen.model.printer import Printer
    from notegen.model.purpose import Duplex
    from notegen.settings import Settings

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


def printers(shop: Settings) -> Registry[Printer]:
    """Return the known printers; one of the shop goes before a person's own of the same name.

    One whose file is wrong is in `broken`, with file, line and column of the first fault.
    """
    from notegen.layout.printers import read_printer

    registry: Registry[Printer] = Registry("printer")
    for name, path in _files(shop).items():
        read = read_printer(read_source(path), name)
        if read.value is not None:
            registry.add(name, read.value)
        else:
            first = next(one for one in read.diagnostics if one.is_error)
            registry.broken[name] = f"{first.span}: {first.message}" if first.span else first.message
    return registry


def printer_file(name: str, shop: Settings) -> Path:
    """Return the file that a known printer stands in. Raises UnknownName."""
    found = _files(shop)
    if name not in found:
        printers(shop).get(name)
    return found[name]


def save_printer(printer: Printer, shop: Settings, *, with_shop: bool) -> Path:
    """Write a printer's file, among the person's own or the shop's, and return where it is.

    Raises NotegenError for a name that names no file, when there is no shop, or when the shop has one of that name
    that would go before it, and UnwritableFile.
    """
    from notegen.layout.printers import as_yaml

    if not _NAME.fullmatch(printer.name):
        hint = "small letters, digits and dashes, at most 60"
        raise NotegenError(f"a printer cannot be called '{printer.name}'", hint=hint)
    if with_shop and shop.root is None:
        raise NotegenError("there is no shop here to keep a printer in", hint="name it: --shop FOLDER")
    own, *shared = _folders(shop)
    if not with_shop and any(path.stem == printer.name for folder in shared for path in _in(folder)):
        hint = "--in-shop changes that one; another name keeps one of your own"
        raise NotegenError(f"the shop has a printer '{printer.name}', which goes before one of yours", hint=hint)
    folder = shared[0] if with_shop else own
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotegenError(f"cannot make {folder}: {error.strerror or error}") from None
    path = folder / f"{printer.name}.yaml"
    write_bytes(path, as_yaml(printer).encode("utf-8"))
    return path


def remove_printer(name: str, shop: Settings) -> Path:
    """Remove a printer's file and return where it was. Raises UnknownName, and NotegenError for one that stays."""
    path = printer_file(name, shop)
    try:
        path.unlink()
    except OSError as error:
        raise NotegenError(f"cannot remove {path}: {error.strerror or error}") from None
    return path


def _folders(shop: Settings) -> tuple[Path, ...]:
    own = (config_folder() / "printers",)
    return own if shop.root is None else (*own, shop.root / "printers")


def _files(shop: Settings) -> dict[str, Path]:
    """Return the files of all printers by name; those of the shop last, so that they win."""
    return {path.stem: path for folder in _folders(shop) for path in _in(folder)}


def _in(folder: Path) -> Iterator[Path]:
    yield from sorted((*folder.glob("*.yaml"), *folder.glob("*.yml")))


def measured(name: str, paper: str, readings: dict[str, float]) -> Printer:
    """Return a printer as it was measured on its calibration page. Raises UnknownName and NotegenError."""
    from notegen.layout.impose import papers
    from notegen.layout.printers import from_readings

    return from_readings(name, papers().get(paper).size, readings)


def sensible(printer: Printer) -> Printer:
    """Return a printer as it is. Raises NotegenError for a correction that no working printer needs."""
    from notegen.layout.printers import checked

    return checked(printer)


def write_calibration(target: Path, paper: str, flip: Duplex, printer: Printer | None) -> None:
    """Write the calibration page, put right for a printer if one is given. Raises UnknownName and UnwritableFile."""
    from notegen.layout.impose import papers
    from notegen.layout.printers import calibration_pages, corrected
    from notegen.model.purpose import Setup
    from notegen.model.stock import Side
    from notegen.press import write_pages

    pages = calibration_pages(papers().get(paper), flip, None if printer is None else printer.name)
    if printer is not None:
        pages = corrected(pages[0], printer, Side.FRONT), corrected(pages[1], printer, Side.BACK)
    write_pages(pages, target, Setup("Printer calibration", "en", duplex=flip))
