"""Judging what a person wrote: letters, templates, and shops whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from notegen import compose, lint, settings
from notegen.errors import NotegenError, UnknownName, UnreadableFile
from notegen.facts import load_any
from notegen.files import read_source
from notegen.model.diagnostic import Checked, Diagnostic, Severity
from notegen.model.facts import Facts
from notegen.model.template import Template
from notegen.pipeline.addressing import choose
from notegen.pipeline.batching import prepare
from notegen.pipeline.drafting import Draft, Wishes
from notegen.pipeline.drawing import drawing
from notegen.pipeline.opening import facts_files, hands, load_facts, load_template, own_rules, stocks, template_folders

if TYPE_CHECKING:
    from notegen.settings import Pairing, Settings


def lint_notes(
    loaded: Checked[tuple[Facts, ...]], template: Template, shop: Settings, wishes: Wishes
) -> tuple[Diagnostic, ...]:
    """Write and lay out every customer's note as it would be printed, and return what is found on the way."""
    people = loaded.value or ()
    return (
        *own_rules(shop).diagnostics,
        *prepare(people, loaded.diagnostics, template, drawing(shop, wishes)).diagnostics,
    )


def check_looks(shop: Settings) -> Iterator[Diagnostic]:
    """Find names in notegen.yaml that stand for nothing: the hand, the stock, the locale, the currency."""
    for kind, name, known in (("hand", shop.hand, hands(shop)), ("stock", shop.stock, stocks(shop))):
        if name is not None:
            try:
                known.get(name)
            except NotegenError as error:
                yield _misnamed(shop, kind, error)
    if "locale" in shop.places and not compose.is_locale(shop.locale):
        yield _misnamed(shop, "locale", UnknownName("locale", shop.locale, ("en_US", "en_GB", "de_DE", "fr_FR")))
    if "currency" in shop.places and not compose.is_currency(shop.currency):
        yield _misnamed(shop, "currency", UnknownName("currency", shop.currency, ("USD", "EUR", "GBP", "JPY", "CAD")))


def _check_notes(shop: Settings) -> Iterator[tuple[Pairing, Diagnostic | None]]:
    """Say of each pairing of facts and template whether both are there."""
    for index, pairing in enumerate(shop.notes):
        if not pairing.facts.exists():
            missing = UnreadableFile(f"there is no file {pairing.facts}", hint="the path counts from notegen.yaml")
            yield pairing, _misnamed(shop, f"notes.{index}.facts", missing)
            continue
        try:
            load_template(pairing.template, shop)
            yield pairing, None
        except NotegenError as error:
            yield pairing, _misnamed(shop, f"notes.{index}.template", error)


def _misnamed(shop: Settings, path: str, error: NotegenError) -> Diagnostic:
    return Diagnostic("F018", Severity.ERROR, error.message, shop.places.get(path), error.hint)


def lint_shop(shop: Settings, wishes: Wishes) -> Iterator[Diagnostic]:
    """Judge a shop whole: its settings, its own templates, its facts, and each note that its settings pair up."""
    looks = tuple(check_looks(shop))
    yield from looks
    yield from own_rules(shop).diagnostics
    for path in sorted(shop.templates.glob("*.j2")):
        if not path.name.startswith("_"):
            yield from lint_template(path, shop)
    pairings = list(_check_notes(shop))
    opened = {one.facts: load_facts([one.facts], shop, wishes.today) for one, trouble in pairings if trouble is None}
    homes = lint.fellows([one for loaded in opened.values() for one in loaded.value or ()])
    drafts: list[Draft] = []
    for pairing, trouble in pairings:
        if trouble is not None:
            yield trouble
            continue
        loaded = opened[pairing.facts]
        yield from loaded.diagnostics
        made = load_template(pairing.template, shop)
        if made.value is not None and not looks:
            drawn = drawing(shop, wishes)
            batch = prepare(loaded.value or (), loaded.diagnostics, made.value, drawn, homes=homes)
            yield from batch.diagnostics
            drafts += batch.drafts
    yield from _neighbours(drafts)
    paired = {path.resolve() for path in opened}
    if shop.facts.is_dir():
        rest = [path for path in facts_files([shop.facts]) if path.resolve() not in paired]
        yield from load_facts(rest, shop, wishes.today).diagnostics


def _neighbours(drafts: Sequence[Draft]) -> tuple[Diagnostic, ...]:
    """Return which notes of one shop, whatever their templates, are nearly the same for people who may compare them."""
    written = [(one.note, one.facts) for one in drafts if one.note is not None]
    return lint.check_neighbours([note for note, _ in written], [facts for _, facts in written])


def lint_letter(
    path: Path,
    facts: Path | None = None,
    only: str | None = None,
    shop: Settings | None = None,
    today: date | None = None,
) -> tuple[Diagnostic, ...]:
    """Judge a finished letter: by its words alone, or by what a file of facts in any shape says of its reader.

    `only` is the reader's key or name; without it, the one of several is found by the names in the letter.
    """
    source = read_source(path)
    own = own_rules(shop) if shop is not None else Checked(None, ())
    if facts is None or shop is None:
        return (*own.diagnostics, *lint.check_letter(source, lint.Context(own=own.value)))
    loaded = load_any(facts, shop.schema)
    if loaded.value is None or not loaded.value.people:
        return loaded.diagnostics
    reader = choose(loaded.value.people, source.text, only)
    kept = tuple(replace(one, note=None) for one in loaded.diagnostics if one.is_error or one.note == reader.key)
    known = settings.with_shop(reader, shop)
    context = lint.Context(known, loaded.value.schema, today=today, own=own.value)
    return (*own.diagnostics, *kept, *lint.check_letter(source, context))


def lint_template(path: Path, shop: Settings) -> tuple[Diagnostic, ...]:
    """Judge a template without any customer: its syntax, the facts it names, its paths, its literal words."""
    loaded = compose.load(path, search=template_folders(shop))
    if loaded.value is None:
        return loaded.diagnostics
    own = own_rules(shop)
    return (
        *own.diagnostics,
        *loaded.diagnostics,
        *compose.check(loaded.value, shop.schema),
        *compose.check_paths(loaded.value, shop.schema),
        *lint.check_template(loaded.value, shop.schema, own.value),
    )
