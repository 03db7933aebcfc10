"""Stocks are data: one YAML file each beside this module, or in a shop's own `stocks/` folder.

The file's name is the stock's name. Names begin with `us-` or `iso-` where both worlds have an A-size: an American A6
card and an ISO A6 card differ by a finger's width. Envelopes are stocks too; their names begin with `env-`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from notegen.errors import NotegenError
from notegen.files import read_source
from notegen.layout.fields import opened
from notegen.layout.shelf import put, reason
from notegen.layout.stocks.envelopes import misfit
from notegen.layout.stocks.reader import FORM, read_document
from notegen.model.diagnostic import Checked, Diagnostic, has_errors
from notegen.model.stock import Kind, Stock
from notegen.registry import Registry

_FOLDER = Path(__file__).parent


def builtin() -> Registry[Stock]:
    """Return a new registry of the stocks that come with notegen."""
    registry: Registry[Stock] = Registry("stock")
    for stock in _builtin():
        registry.add(stock.name, stock, aliases=stock.aka)
    return registry


@cache
def _builtin() -> tuple[Stock, ...]:
    """Return the bundled stocks, cards first; their envelopes are held by a test."""
    found = []
    for path, read in _read(_FOLDER, None):
        if read.value is None:
            raise NotegenError(f"notegen's own stock {path.stem} is broken: {reason(read.diagnostics)}")
        found.append(read.value)
    return tuple(sorted(found, key=lambda stock: (stock.kind is Kind.ENVELOPE, stock.name)))


def load(folder: Path, registry: Registry[Stock]) -> tuple[Diagnostic, ...]:
    """Add a shop's stocks (`*.yaml` in a folder) to a registry; a broken one goes to `registry.broken` with the reason.

    Returns everything that was found wrong. Raises NotegenError for a file that cannot be read or a name that is taken.
    """
    return put(_read(folder, registry), registry)


def _read(folder: Path, known: Registry[Stock] | None) -> Iterator[tuple[Path, Checked[Stock]]]:
    """Read the stocks of a folder; with `known`, envelopes come first and each card is held against its own."""
    paths = sorted((*folder.glob("*.yaml"), *folder.glob("*.yml")))
    files = [(path, opened(read_source(path), FORM)) for path in paths]
    read = [(path, document, read_document(document, path.stem)) for path, document in files]
    read.sort(key=lambda one: one[2].value is None or one[2].value.kind is not Kind.ENVELOPE)
    for path, document, checked in read:
        if known is not None and document.value is not None and checked.value is not None:
            found = (*checked.diagnostics, *misfit(checked.value, document.value, known))
            yield path, Checked(None if has_errors(found) else checked.value, found)
        else:
            yield path, checked
