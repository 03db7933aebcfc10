"""Sheet stocks: paper that several pieces are printed on, bought ready or cut from plain paper.

Those of the trade come from the glabels template database; plain papers are YAML files beside this module, and a shop's
own are such files in its `sheets/` folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from notegen.layout.shelf import put, reason
from notegen.registry import Registry

if TYPE_CHECKING:
    from notegen.model.diagnostic import Checked, Diagnostic
    from notegen.model.sheet import SheetStock

_FOLDER = Path(__file__).parent


def builtin() -> Registry[SheetStock]:
    """Return a new registry of the sheets that come with notegen; those of the trade are made when first asked for."""
    from notegen.layout.sheets.bundle import add_bundled

    registry: Registry[SheetStock] = Registry("sheet")
    for sheet in _plain():
        registry.add(sheet.name, sheet, aliases=sheet.aka)
    add_bundled(registry)
    return registry


@cache
def _plain() -> tuple[SheetStock, ...]:
    """Return the plain papers: their files are small and read at once."""
    from notegen.errors import NotegenError

    found = []
    for path, read in _read(_FOLDER):
        if read.value is None:
            raise NotegenError(f"notegen's own sheet {path.stem} is broken: {reason(read.diagnostics)}")
        found.append(read.value)
    return tuple(found)


def load(folder: Path, registry: Registry[SheetStock]) -> tuple[Diagnostic, ...]:
    """Add a shop's sheets (`*.yaml` in a folder) to a registry; a broken one goes to `registry.broken` with the reason.

    Returns everything that was found wrong. Raises NotegenError for a file that cannot be read or a name that is taken.
    """
    return put(_read(folder), registry)


def _read(folder: Path) -> Iterator[tuple[Path, Checked[SheetStock]]]:
    from notegen.files import read_source
    from notegen.layout.sheets.reader import read_sheet

    for path in sorted((*folder.glob("*.yaml"), *folder.glob("*.yml"))):
        yield path, read_sheet(read_source(path), path.stem)
