"""Stocks are data: one YAML file each beside this module, or in a shop's own `stocks/` folder.

The file's name is the stock's name. Names begin with `us-` or `iso-` where both worlds have an A-size: an American A6
card and an ISO A6 card differ by a finger's width.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from notegen.errors import NotegenError
from notegen.files import read_source
from notegen.layout.stocks.reader import read_stock
from notegen.model.diagnostic import Diagnostic
from notegen.model.stock import Stock
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
    found = []
    for path in sorted(_FOLDER.glob("*.yaml")):
        read = read_stock(read_source(path), path.stem)
        if read.value is None:
            raise NotegenError(f"notegen's own stock {path.stem} is broken: {_reason(read.diagnostics)}")
        found.append(read.value)
    return tuple(found)


def load(folder: Path, registry: Registry[Stock]) -> tuple[Diagnostic, ...]:
    """Add a shop's stocks (`*.yaml` in a folder) to a registry; a broken one goes to `registry.broken` with the reason.

    Returns everything that was found wrong. Raises NotegenError for a file that cannot be read or a name that is taken.
    """
    found: list[Diagnostic] = []
    for path in sorted((*folder.glob("*.yaml"), *folder.glob("*.yml"))):
        read = read_stock(read_source(path), path.stem)
        found.extend(read.diagnostics)
        if read.value is None:
            registry.broken[path.stem] = _reason(read.diagnostics)
        else:
            registry.add(read.value.name, read.value, aliases=read.value.aka)
    return tuple(found)


def _reason(diagnostics: tuple[Diagnostic, ...]) -> str:
    worst = next(one for one in diagnostics if one.is_error)
    return f"{worst.span}: {worst.message}" if worst.span else worst.message


def describe(stock: Stock) -> str:
    """Return a stock's measures as lines of text, in mm and inches."""
    lines = [
        f"{stock.name}: {stock.title}",
        f"  trim      {_both(*stock.size)}",
        f"  bleed     {_both(stock.bleed)} on each side",
        f"  safe      {_both(stock.safe)} from the edge of the panel",
    ]
    for panel in stock.panels:
        mark = ", the note stands here" if panel.name == stock.write_on else ""
        box = panel.box
        lines.append(f"  panel     {panel.name}: {_both(box.width, box.height)} at {box.x:g}, {box.y:g}{mark}")
    lines.extend(f"  fold      {_both(fold)} from the left" for fold in stock.folds)
    lines.append(f"  to write  {_both(stock.safe_box.width, stock.safe_box.height)}")
    if stock.aka:
        lines.append(f"  aka       {', '.join(stock.aka)}")
    lines.append(f"  source    {stock.source}")
    return "\n".join(lines)


def _both(*lengths: float) -> str:
    metric = " x ".join(f"{length:g}" for length in (round(one, 3) for one in lengths))
    inches = " x ".join(f"{length:g}" for length in (round(one / 25.4, 3) for one in lengths))
    return f"{metric} mm ({inches} in)"
