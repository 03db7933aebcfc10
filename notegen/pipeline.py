"""The order of the stages, which nothing else knows: facts, compose, lint, hand, layout, press."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from notegen import compose, facts, lint, settings
from notegen.errors import NotegenError, UnknownName, UnreadableFile
from notegen.files import read_source
from notegen.model.diagnostic import Checked, Diagnostic, has_errors
from notegen.model.facts import Facts
from notegen.model.note import Note
from notegen.model.rule import Rule
from notegen.model.source import Span
from notegen.model.template import Template
from notegen.registry import Registry
from notegen.resources import data_folder

if TYPE_CHECKING:
    from notegen.model.card import Card
    from notegen.model.hand import Hand
    from notegen.model.stock import Stock
    from notegen.press import Pressed
    from notegen.settings import Settings

HAND = "quick-ballpoint"
STOCK = "us-a2"
"""What is used when neither the command, the customer, the template nor the shop says."""

Progress = Callable[[int], None]


def quietly(_done: int) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks for; it wins over the customer, the template and the shop, in that order."""

    hand: str | None = None
    stock: str | None = None
    locale: str | None = None
    seed: int | None = None
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One customer's note on its way to a card: the words, or None when they could not be made, and what was found."""

    facts: Facts
    template: Template
    note: Note | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        """Whether the note may go on."""
        return self.note is not None and not has_errors(self.diagnostics)


def rules() -> Registry[Rule]:
    """Return every rule there is, whichever stage finds it, by code; the name is an alias."""
    from notegen import hand, layout

    found: Registry[Rule] = Registry("rule")
    everything = (*facts.RULES, *compose.RULES, *lint.RULES, *hand.RULES, *layout.RULES)
    for rule in sorted(everything, key=lambda rule: rule.code):
        found.add(rule.code, rule, aliases=(rule.name,))
    return found


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


def load_template(wanted: str, shop: Settings) -> Checked[Template]:
    """Load a template by its file's path or by its name in the shop's templates or the library."""
    path = Path(wanted)
    if path.suffix != ".j2" and len(path.parts) == 1:
        known = template_names(shop)
        if wanted not in known:
            raise UnknownName("template", wanted, known)
        path = known[wanted]
    return compose.load(path, search=template_folders(shop))


def load_facts(paths: Sequence[Path], shop: Settings, today: date | None) -> Checked[tuple[Facts, ...]]:
    """Load every customer of every file (a folder stands for the YAML files in it), with the shop's facts beside."""
    people: list[Facts] = []
    found: list[Diagnostic] = []
    for path in facts_files(paths):
        loaded = facts.load(path, shop.schema)
        found.extend(loaded.diagnostics)
        people.extend(settings.with_shop(one, shop, today) for one in loaded.value or ())
    found.extend(facts.repeated(people))
    return Checked(tuple(people), tuple(found))


def facts_files(paths: Sequence[Path]) -> Iterator[Path]:
    """Return the files to read, those of a folder in the order of their names."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inside = sorted(one for one in path.iterdir() if one.suffix in (".yaml", ".yml") and one.name != settings.FILE)
        if not inside:
            raise UnreadableFile(f"there are no facts files (*.yaml) in {path}")
        yield from inside


def locale_of(template: Template, shop: Settings, wishes: Wishes) -> str:
    """Return the language and country that notes of a template are written in."""
    return wishes.locale or template.locale or shop.locale


def draft(one: Facts, template: Template, shop: Settings, wishes: Wishes) -> Draft:
    """Compose and lint one customer's note."""
    locale = locale_of(template, shop, wishes)
    composed = compose.compose(one, template, shop.schema, locale=locale, currency=shop.currency)
    found = composed.diagnostics
    if composed.value is not None:
        found += lint.check_note(composed.value, lint.Context(one, shop.schema, template))
    return Draft(one, template, composed.value, found)


@dataclass(frozen=True, slots=True)
class Drawing:
    """How notes become cards: the registries to choose from, and what was wished."""

    shop: Settings
    hands: Registry[Hand]
    stocks: Registry[Stock]
    wishes: Wishes

    def card(self, drafted: Draft) -> Checked[Card]:
        """Write and lay out one note that may go on."""
        from notegen.hand import write
        from notegen.layout import lay_out

        assert drafted.note is not None
        written = write(drafted.note, self.hand_for(drafted), self.seed)
        if written.value is None or has_errors(written.diagnostics):
            return Checked(None, _placed(written.diagnostics, drafted))
        laid = lay_out(written.value, self.stock_for(drafted))
        return Checked(laid.value, _placed(written.diagnostics + laid.diagnostics, drafted))

    @property
    def seed(self) -> int:
        """The number that, with the customer, decides every stroke."""
        return self.shop.seed if self.wishes.seed is None else self.wishes.seed

    def hand_for(self, drafted: Draft) -> Hand:
        """Choose the hand: the command, the customer's preference, the template, the shop, the usual."""
        asked = self.wishes.hand, drafted.facts.get("preferences.hand"), drafted.template.hand, self.shop.hand
        return self.hands.get(_first(asked, HAND))

    def stock_for(self, drafted: Draft) -> Stock:
        """Choose the stock in the same order."""
        asked = self.wishes.stock, drafted.facts.get("preferences.stock"), drafted.template.stock, self.shop.stock
        return self.stocks.get(_first(asked, STOCK))


def drawing(shop: Settings, wishes: Wishes) -> Drawing:
    """Make ready to draw: the hands and stocks there are, with the names that were wished checked at once."""
    made = Drawing(shop, hands(shop), stocks(shop), wishes)
    for registry, name in ((made.hands, wishes.hand), (made.hands, shop.hand)):
        if name is not None:
            registry.get(name)
    for shelf, name in ((made.stocks, wishes.stock), (made.stocks, shop.stock)):
        if name is not None:
            shelf.get(name)
    return made


def _first(asked: Sequence[object], otherwise: str) -> str:
    return next((str(one) for one in asked if one), otherwise)


def _placed(found: Sequence[Diagnostic], drafted: Draft) -> tuple[Diagnostic, ...]:
    """Give a card's findings a place: they concern the whole template."""
    template = drafted.template
    place = template.places.get("name") or Span(template.source, 0, 0)
    return tuple(one if one.span else replace(one, span=place) for one in found)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who gets no card, and why."""

    key: str
    name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """The cards that can be printed, who is left out, and everything that was found."""

    cards: tuple[Card, ...]
    left_out: tuple[LeftOut, ...]
    diagnostics: tuple[Diagnostic, ...]


def prepare(
    people: Sequence[Facts], bad: Sequence[Diagnostic], template: Template, made: Drawing, progress: Progress = quietly
) -> Batch:
    """Compose, lint, write and lay out a note for everybody; `bad` are the findings of loading, by customer's key.

    Nothing is printed here: a person with an error is left out, with the reasons, and the caller decides.
    """
    spoiled = {one.note for one in bad if one.is_error}
    cards: list[Card] = []
    left = list(_unreadable(people, bad))
    found: list[Diagnostic] = []
    for one in people:
        if one.key in spoiled:
            card, trouble = None, tuple(finding for finding in bad if finding.note == one.key)
        else:
            card, trouble = _card(one, template, made)
            found.extend(trouble)
        if card is None:
            reasons = tuple(dict.fromkeys(finding.message for finding in trouble if finding.is_error))
            left.append(LeftOut(one.key, str(one.get("customer.name") or one.key), reasons))
        else:
            cards.append(card)
        progress(1)
    return Batch(tuple(cards), tuple(left), tuple(found))


def _unreadable(people: Sequence[Facts], bad: Sequence[Diagnostic]) -> Iterator[LeftOut]:
    """Name by their place those whose document could not be read at all, so that nobody is dropped in silence."""
    known = {one.key for one in people}
    for finding in bad:
        if finding.is_error and finding.note not in known:
            yield LeftOut(str(finding.span), "a customer who could not be read", (finding.message,))


def _card(one: Facts, template: Template, made: Drawing) -> tuple[Card | None, tuple[Diagnostic, ...]]:
    drafted = draft(one, template, made.shop, made.wishes)
    if not drafted.ok:
        return None, drafted.diagnostics
    laid = made.card(drafted)
    trouble = drafted.diagnostics + laid.diagnostics
    return (None if has_errors(trouble) else laid.value), trouble


def press(cards: Sequence[Card], path: Path, *, title: str, language: str, progress: Progress = quietly) -> Pressed:
    """Write the cards as one PDF file, whole or not at all."""
    from notegen.press import write_pdf

    if not cards:
        raise NotegenError("there is no card to print")
    return write_pdf(cards, path, title=title, language=language, progress=progress)


def specimen(text: str, hand: Hand, stock: Stock, seed: int) -> Checked[Card]:
    """Write any words on a card, without facts or template: for looking at a hand."""
    from notegen.hand import write
    from notegen.layout import lay_out

    written = write(Note(f"specimen of {hand.name}", "specimen", text), hand, seed)
    if written.value is None or has_errors(written.diagnostics):
        return Checked(None, written.diagnostics)
    laid = lay_out(written.value, stock)
    return Checked(laid.value, written.diagnostics + laid.diagnostics)


def lint_notes(
    loaded: Checked[tuple[Facts, ...]], template: Template, shop: Settings, wishes: Wishes
) -> tuple[Diagnostic, ...]:
    """Write and lay out every customer's note as it would be printed, and return what is found on the way."""
    people = loaded.value or ()
    return prepare(people, loaded.diagnostics, template, drawing(shop, wishes)).diagnostics


def lint_shop(shop: Settings, wishes: Wishes) -> Iterator[Diagnostic]:
    """Judge a shop whole: its own templates, its facts, and each note that its settings pair up."""
    for path in sorted(shop.templates.glob("*.j2")):
        if not path.name.startswith("_"):
            yield from lint_template(path, shop)
    paired: set[Path] = set()
    for pairing in shop.notes:
        paired.add(pairing.facts.resolve())
        loaded = load_facts([pairing.facts], shop, wishes.today)
        yield from loaded.diagnostics
        made = load_template(pairing.template, shop)
        if made.value is not None:
            yield from lint_notes(loaded, made.value, shop, wishes)
    if shop.facts.is_dir():
        rest = [path for path in facts_files([shop.facts]) if path.resolve() not in paired]
        yield from load_facts(rest, shop, wishes.today).diagnostics


def lint_letter(path: Path) -> tuple[Diagnostic, ...]:
    """Judge a finished letter by its words alone."""
    return lint.check_letter(read_source(path))


def lint_template(path: Path, shop: Settings) -> tuple[Diagnostic, ...]:
    """Judge a template without any customer: its syntax, the facts it names, its literal words."""
    loaded = compose.load(path, search=template_folders(shop))
    if loaded.value is None:
        return loaded.diagnostics
    return (
        *loaded.diagnostics,
        *compose.check(loaded.value, shop.schema),
        *lint.check_template(loaded.value, shop.schema),
    )
