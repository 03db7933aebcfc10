"""Judging units of work: letters, templates, facts, notes, and the names in notegen.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from notegen import compose, facts, lint, settings
from notegen.errors import NotegenError, UnknownName, UnreadableFile
from notegen.files import read_source
from notegen.lint.allow import allowances, without_comments
from notegen.model.diagnostic import Checked, Diagnostic, Severity
from notegen.model.facts import Facts
from notegen.model.source import Source, Span
from notegen.model.template import Template
from notegen.pipeline.batching import prepare
from notegen.pipeline.cards import drawing
from notegen.pipeline.judged import Judged
from notegen.pipeline.opening import hands, stocks, template_folders
from notegen.pipeline.passing import counted, misnamed
from notegen.pipeline.units import Kind, Unit, unreadable
from notegen.pipeline.wishes import Wishes

if TYPE_CHECKING:
    from notegen.settings import Settings


@dataclass(slots=True)
class Desk:
    """What was opened for one unit and may serve the next."""

    wishes: Wishes
    people: dict[tuple[Path, ...], Checked[tuple[Facts, ...]]] = field(default_factory=dict)
    templates: dict[Path, Checked[Template]] = field(default_factory=dict)


def judge(unit: Unit, desk: Desk) -> Judged:
    """Do one piece of work. Raises UnreadableFile for a file that somebody named and that is no text."""
    try:
        return _JUDGES[unit.kind](unit, desk)
    except UnreadableFile as error:
        if not unit.in_folder:
            raise
        return Judged((unreadable(unit.path or Path(), error),))


def _settings(unit: Unit, desk: Desk) -> Judged:
    source = unit.shop.source
    found = (*check_looks(unit.shop), *misnamed(unit.shop))
    return _judged(found, (source,) if source is not None else (), desk)


def _letter(unit: Unit, desk: Desk) -> Judged:
    assert unit.path is not None
    source = unit.text_of(unit.path)
    return _judged(judge_letter(source), (source,), desk)


def _template(unit: Unit, desk: Desk) -> Judged:
    made = _open_template(unit, desk)
    found = (*made.diagnostics, *_words(made, unit.shop))
    return _judged(found, _sources(made), desk) if not _is_broken(found) else Judged(found)


def _words(made: Checked[Template], shop: Settings) -> Iterator[Diagnostic]:
    if made.value is not None:
        yield from compose.check(made.value, shop.schema)
        yield from lint.check_template(made.value, shop.schema)


def _facts(unit: Unit, desk: Desk) -> Judged:
    loaded = _open_facts(unit, desk)
    return _judged(loaded.diagnostics, _documents(loaded), desk)


def _notes(unit: Unit, desk: Desk) -> Judged:
    loaded, made = _open_facts(unit, desk), _open_template(unit, desk)
    if made.value is None:
        return Judged()
    found = lint_notes(loaded, made.value, unit.shop, desk.wishes)
    return _judged(found, (*_sources(made), *_documents(loaded)), desk)


def _found(unit: Unit, desk: Desk) -> Judged:
    source = unit.shop.source
    return _judged(unit.found, (source,) if source is not None else (), desk)


_JUDGES = {
    Kind.SETTINGS: _settings,
    Kind.LETTER: _letter,
    Kind.TEMPLATE: _template,
    Kind.FACTS: _facts,
    Kind.NOTES: _notes,
    Kind.FOUND: _found,
}


def _judged(found: Iterable[Diagnostic], sources: Iterable[Source], desk: Desk) -> Judged:
    texts = tuple(dict.fromkeys(sources))
    given = tuple(one for source in texts for one in allowances(source)) if desk.wishes.inline else ()
    return Judged(tuple(found), given, tuple(dict.fromkeys(source.name for source in texts)))


def _is_broken(found: Iterable[Diagnostic]) -> bool:
    """Return whether a template could not be looked at, so that nothing is known of what its comments allow."""
    return any(one.code in ("T001", "T002", "T011", "T012") for one in found)


def _sources(made: Checked[Template]) -> tuple[Source, ...]:
    return (made.value.source, *made.value.library.values()) if made.value is not None else ()


def _documents(loaded: Checked[tuple[Facts, ...]]) -> tuple[Source, ...]:
    """Return the text of every document, of those that could not be read, too."""
    placed = (one.span.source for one in loaded.diagnostics if one.span is not None)
    return tuple(dict.fromkeys((*(one.source for one in loaded.value or ()), *placed)))


def _open_template(unit: Unit, desk: Desk) -> Checked[Template]:
    assert unit.path is not None
    if unit.path not in desk.templates:
        source = unit.text_of(unit.path)
        desk.templates[unit.path] = compose.load_source(source, unit.path, template_folders(unit.shop))
    return desk.templates[unit.path]


def _open_facts(unit: Unit, desk: Desk) -> Checked[tuple[Facts, ...]]:
    """Read the customers of a unit; a file of a folder that is no text is a finding and hides no other."""
    if unit.facts in desk.people:
        return desk.people[unit.facts]
    people: list[Facts] = []
    found: list[Diagnostic] = []
    for path in unit.facts:
        try:
            loaded = facts.load_source(unit.text_of(path), unit.shop.schema)
        except UnreadableFile as error:
            if not unit.in_folder:
                raise
            found.append(unreadable(path, error))
            continue
        found.extend(loaded.diagnostics)
        people.extend(settings.with_shop(one, unit.shop, desk.wishes.today) for one in loaded.value or ())
    found.extend(facts.repeated(people))
    desk.people[unit.facts] = Checked(tuple(people), tuple(found))
    return desk.people[unit.facts]


def lint_notes(
    loaded: Checked[tuple[Facts, ...]], template: Template, shop: Settings, wishes: Wishes
) -> tuple[Diagnostic, ...]:
    """Write and lay out every customer's note as it would be printed, and return what is found on the way.

    What is allowed is returned, too, but keeps no note from being laid out.
    """
    bad = counted(loaded.diagnostics, shop, wishes)
    return prepare(loaded.value or (), bad, template, drawing(shop, wishes)).raw


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


def _misnamed(shop: Settings, path: str, error: NotegenError) -> Diagnostic:
    return Diagnostic("F018", Severity.ERROR, error.message, shop.places.get(path), error.hint)


def lint_letter(path: Path) -> tuple[Diagnostic, ...]:
    """Judge a finished letter by its words alone."""
    return judge_letter(read_source(path))


def judge_letter(source: Source) -> tuple[Diagnostic, ...]:
    """Judge the words of a letter; comments that allow something are not among them."""
    words = without_comments(source)
    found = lint.check_letter(words)
    return found if words is source else tuple(_moved(one, words, source) for one in found)


def _moved(one: Diagnostic, words: Source, source: Source) -> Diagnostic:
    """Place a finding in the letter as it was written."""

    def there(span: Span) -> Span:
        return Span(source, span.start, span.end) if span.source is words else span

    related = tuple(replace(other, span=there(other.span)) for other in one.related)
    fix = replace(one.fix, span=there(one.fix.span)) if one.fix is not None else None
    return replace(one, span=there(one.span) if one.span is not None else None, related=related, fix=fix)


def lint_template(path: Path, shop: Settings) -> tuple[Diagnostic, ...]:
    """Judge a template without any customer: its syntax, the facts it names, its literal words."""
    return judge(Unit(Kind.TEMPLATE, shop, path), Desk(Wishes())).diagnostics
