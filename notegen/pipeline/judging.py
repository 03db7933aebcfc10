"""Judging what a person wrote: letters, templates, and shops whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from notegen import compose, lint
from notegen.files import read_source
from notegen.model.diagnostic import Checked, Diagnostic
from notegen.model.facts import Facts
from notegen.model.template import Template
from notegen.pipeline.batching import prepare
from notegen.pipeline.drafting import Wishes
from notegen.pipeline.drawing import drawing
from notegen.pipeline.opening import facts_files, load_facts, load_template, template_folders

if TYPE_CHECKING:
    from notegen.settings import Settings


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
