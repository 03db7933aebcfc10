"""Opening what a command speaks of: the shop's hands, stocks and templates, and its customers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from notegen import facts, settings
from notegen.errors import NotegenError, UnknownName, UnreadableFile, nearest
from notegen.model.diagnostic import Checked, Diagnostic
from notegen.model.facts import Facts
from notegen.registry import Registry
from notegen.resources import data_folder

if TYPE_CHECKING:
    from notegen.model.hand import Hand
    from notegen.model.sheet import SheetStock
    from notegen.model.stock import Stock
    from notegen.model.template import Template
    from notegen.settings import Settings

Place = TypeVar("Place", bound="Path | str")


def hands(shop: Settings) -> Registry[Hand]:
    """Return the bundled hands and those of the shop's `hands/` folder."""
    from notegen.hand import hands as known

    registry = known.builtin()
    if shop.root is not None and (shop.root / "hands").is_dir():
        known.load(shop.root / "hands", registry)
    return registry


def stocks(shop: Settings) -> Registry[Stock]:
    """Return the known stocks and those of the shop's `stocks/` folder."""
    from notegen.layout import stocks as known

    registry = known.builtin()
    if shop.root is not None and (shop.root / "stocks").is_dir():
        known.load(shop.root / "stocks", registry)
    return registry


class NotACard(UnknownName):
    """An envelope where a card is meant: a note is written on a card."""

    def __init__(self, envelope: str, cards: Sequence[str]) -> None:
        hint = f"cards that go into it: {', '.join(cards)}" if cards else "`notegen stock list` has the cards"
        NotegenError.__init__(self, f"'{envelope}' is an envelope; a note is written on a card", hint=hint)


def card_stock(known: Registry[Stock], name: str) -> Stock:
    """Return a stock that a note can be written on; raises NotACard for an envelope."""
    stock = known.get(name)
    if stock.kind == "envelope":
        raise NotACard(stock.name, [one.name for one in known if one.envelope == stock.name])
    return stock


def sheets(shop: Settings) -> Registry[SheetStock]:
    """Return the known sheet stocks and those of the shop's `sheets/` folder."""
    from notegen.layout import sheets as known

    registry = known.builtin()
    if shop.root is not None and (shop.root / "sheets").is_dir():
        known.load(shop.root / "sheets", registry)
    return registry


def sheet_named(name: str, shop: Settings, papers: Sequence[str] = ()) -> SheetStock:
    """Return a sheet stock by its name; `papers` are names that could have been meant as well.

    Raises NotegenError for one that there is not, without a list of the thousands that there are.
    """
    known = sheets(shop)
    if name in known or name in known.broken or name.casefold() in known.withheld:
        return known.get(name)
    names = (*papers, *known.names())
    if nearest(name, names):
        raise UnknownName("sheet", name, names)
    hint = f"{'a paper such as letter or a4, or ' if papers else ''}one of `notegen stock list --sheets`"
    raise NotegenError(f"there is no sheet called '{name}'", hint=hint)


def template_folders(shop: Settings) -> tuple[Path, ...]:
    """Return where templates are looked for: the shop's own folder, then the library."""
    own = (shop.templates,) if shop.templates.is_dir() else ()
    library, here = data_folder("templates"), Path.cwd()
    # Inside a checkout, findings in the library read better from here than from the root of the disk.
    return (*own, library.relative_to(here) if library.is_relative_to(here) else library)


def template_names(shop: Settings) -> dict[str, Path]:
    """Return the templates that can be named, without those that only serve others (their names begin with `_`)."""
    found: dict[str, Path] = {}
    for folder in template_folders(shop):
        for path in sorted(folder.glob("*.j2")):
            if not path.name.startswith("_"):
                found.setdefault(path.name.removesuffix(".j2"), path)
    return found


def find_template(wanted: str, shop: Settings) -> Path:
    """Return the file of a template, named by its path or by its name in the shop's templates or the library."""
    path = Path(wanted)
    if path.suffix != ".j2" and len(path.parts) == 1:
        known = template_names(shop)
        if wanted not in known:
            raise UnknownName("template", wanted, known)
        return known[wanted]
    return path


def load_template(wanted: str, shop: Settings) -> Checked[Template]:
    """Load a template by its file's path or by its name in the shop's templates or the library."""
    from notegen import compose

    return compose.load(find_template(wanted, shop), search=template_folders(shop))


def load_facts(paths: Sequence[Path | str], shop: Settings, today: date | None) -> Checked[tuple[Facts, ...]]:
    """Load every customer of every file (a folder stands for the YAML files in it), with the shop's facts beside."""
    people: list[Facts] = []
    found: list[Diagnostic] = []
    for path in facts_files(paths):
        loaded = facts.load(path, shop.schema, today=today)
        found.extend(loaded.diagnostics)
        people.extend(settings.with_shop(one, shop, today) for one in loaded.value or ())
    found.extend(facts.repeated(people))
    return Checked(tuple(people), tuple(found))


def facts_files(paths: Sequence[Place]) -> Iterator[Place | Path]:
    """Return the files to read, those of a folder in the order of their names; a URL is one file."""
    for path in paths:
        if isinstance(path, str) or not path.is_dir():
            yield path
            continue
        inside = sorted(one for one in path.iterdir() if one.suffix in (".yaml", ".yml") and one.name != settings.FILE)
        if not inside:
            raise UnreadableFile(f"there are no facts files (*.yaml) in {path}")
        yield from inside
