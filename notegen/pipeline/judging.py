"""Judging units of work: letters, templates, facts, notes, and the names in notegen.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from notegen import compose, facts, lint, settings
from notegen.errors import UnreadableFile
from notegen.files import read_written
from notegen.lint.allow import without_comments
from notegen.model.diagnostic import Checked, Diagnostic
from notegen.model.facts import Facts
from notegen.model.source import Source, Span
from notegen.model.template import Template
from notegen.pipeline.addressing import choose
from notegen.pipeline.batching import prepare
from notegen.pipeline.cards import drawing
from notegen.pipeline.drafting import Draft, drafted, sources_of
from notegen.pipeline.judged import Judged, gathered
from notegen.pipeline.names import check_names
from notegen.pipeline.opening import template_folders
from notegen.pipeline.passing import counted, misnamed
from notegen.pipeline.rulebook import own_rules
from notegen.pipeline.units import Kind, Pair, Unit, unreadable
from notegen.pipeline.wishes import Wishes

if TYPE_CHECKING:
    from notegen.settings import Settings


Homes = Mapping[str, tuple[Facts, ...]]


@dataclass(slots=True)
class Desk:
    """What was opened for one unit and may serve the next."""

    wishes: Wishes
    people: dict[tuple[Path, ...], Checked[tuple[Facts, ...]]] = field(default_factory=dict)
    templates: dict[Path, Checked[Template]] = field(default_factory=dict)
    drafts: dict[Pair, tuple[Draft, ...]] = field(default_factory=dict)
    homes: dict[Path | None, Homes] = field(default_factory=dict)


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
    found = (*check_names(unit.shop), *misnamed(unit.shop), *own_rules(unit.shop.root).diagnostics)
    return _judged(found, (source,) if source is not None else (), desk)


def _letter(unit: Unit, desk: Desk) -> Judged:
    assert unit.path is not None
    source = unit.text_of(unit.path)
    own = own_rules(unit.shop.root)
    if not unit.facts:
        found = (*own.diagnostics, *judge_letter(source, lint.Context(own=own.value)))
        return _judged(found, (source,), desk)
    found, beside = _letter_to(source, unit, desk.wishes.today)
    judged = _judged(found, (source, *beside), desk)
    return replace(judged, files=(source.name,))


def _letter_to(source: Source, unit: Unit, today: date | None) -> tuple[tuple[Diagnostic, ...], tuple[Source, ...]]:
    """Judge a letter by what a file of facts in any shape says of its reader, and return the texts of that file."""
    loaded = facts.load_any(unit.facts[0], unit.shop.schema)
    if loaded.value is None or not loaded.value.people:
        return loaded.diagnostics, _placed(loaded.diagnostics)
    reader = choose(loaded.value.people, source.text, unit.only)
    about = tuple(replace(one, note=None) for one in loaded.diagnostics if one.is_error or one.note == reader.key)
    own = own_rules(unit.shop.root)
    known = lint.Context(settings.with_shop(reader, unit.shop), loaded.value.schema, today=today, own=own.value)
    return (*own.diagnostics, *about, *judge_letter(source, known)), (reader.source, *_placed(about))


def _template(unit: Unit, desk: Desk) -> Judged:
    made = _open_template(unit, desk)
    found = (*made.diagnostics, *_words(made, unit.shop))
    return _judged(found, _sources(made), desk) if not _is_broken(found) else Judged(found)


def _words(made: Checked[Template], shop: Settings) -> Iterator[Diagnostic]:
    if made.value is not None:
        yield from compose.check(made.value, shop.schema)
        yield from compose.check_paths(made.value, shop.schema, least=shop.lint.specifics, wanted=shop.lint.wanted)
        own = own_rules(shop.root)
        yield from own.diagnostics
        yield from lint.check_template(made.value, shop.schema, own.value)


def _facts(unit: Unit, desk: Desk) -> Judged:
    loaded = _open_facts(unit, desk)
    return _judged(loaded.diagnostics, _documents(loaded), desk)


def _notes(unit: Unit, desk: Desk) -> Judged:
    loaded, made = _open_facts(unit, desk), _open_template(unit, desk)
    if made.value is None:
        return Judged()
    bad = counted(loaded.diagnostics, unit.shop, desk.wishes)
    batch = prepare(loaded.value or (), bad, made.value, drawing(unit.shop, desk.wishes), homes=_homes(unit, desk))
    if unit.pairs:
        desk.drafts[unit.path or Path(), unit.facts] = batch.drafts
    found = (*own_rules(unit.shop.root).diagnostics, *batch.raw)
    return _judged(found, (*_sources(made), *_documents(loaded)), desk)


def _homes(unit: Unit, desk: Desk) -> Homes | None:
    """Return who lives with whom among all customers of a shop's notes; None when a file is judged by itself."""
    if not unit.pairs:
        return None
    if unit.shop.root not in desk.homes:
        several = dict.fromkeys(files for _, files in unit.pairs)
        opened = [_open_facts(replace(unit, facts=files), desk).value or () for files in several]
        desk.homes[unit.shop.root] = lint.fellows([one for people in opened for one in people])
    return desk.homes[unit.shop.root]


def _neighbours(unit: Unit, desk: Desk) -> Judged:
    """Find which notes of one shop, whatever their templates, are nearly the same for people who may compare them."""
    drafts = [draft for pair in unit.pairs for draft in _drafts(unit, pair, desk)]
    written = [(one.note, one.facts) for one in drafts if one.note is not None]
    found = lint.check_neighbours([note for note, _ in written], [facts for _, facts in written])
    sources = (source for one in drafts for source in sources_of(one.facts, one.template))
    return _judged(found, sources, desk)


def _drafts(unit: Unit, pair: Pair, desk: Desk) -> tuple[Draft, ...]:
    """Return the drafts of one kind of note: of this run, or made again when their findings were known."""
    if pair in desk.drafts:
        return desk.drafts[pair]
    here = replace(unit, path=pair[0], facts=pair[1])
    loaded, made = _open_facts(here, desk), _open_template(here, desk)
    if made.value is None:
        return ()
    spoiled = {one.note for one in counted(loaded.diagnostics, unit.shop, desk.wishes) if one.is_error}
    people = [one for one in loaded.value or () if one.key not in spoiled]
    return tuple(drafted(people, made.value, unit.shop, desk.wishes, _homes(unit, desk)))


_JUDGES = {
    Kind.SETTINGS: _settings,
    Kind.LETTER: _letter,
    Kind.TEMPLATE: _template,
    Kind.FACTS: _facts,
    Kind.NOTES: _notes,
    Kind.NEIGHBOURS: _neighbours,
}


def _judged(found: Iterable[Diagnostic], sources: Iterable[Source], desk: Desk) -> Judged:
    return gathered(found, sources, inline=desk.wishes.inline)


def _is_broken(found: Iterable[Diagnostic]) -> bool:
    """Return whether a template could not be looked at, so that nothing is known of what its comments allow."""
    return any(one.code in ("T001", "T002", "T011", "T012") for one in found)


def _sources(made: Checked[Template]) -> tuple[Source, ...]:
    return (made.value.source, *made.value.library.values()) if made.value is not None else ()


def _documents(loaded: Checked[tuple[Facts, ...]]) -> tuple[Source, ...]:
    """Return the text of every document, of those that could not be read, too."""
    return tuple(dict.fromkeys((*(one.source for one in loaded.value or ()), *_placed(loaded.diagnostics))))


def _placed(found: Iterable[Diagnostic]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(one.span.source for one in found if one.span is not None))


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
            loaded = facts.load_source(unit.text_of(path), unit.shop.schema, desk.wishes.today)
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
    if facts is None or shop is None:
        return judge_letter(read_written(path))
    return judge(Unit(Kind.LETTER, shop, path, (facts,), only=only), Desk(Wishes(today=today))).diagnostics


def judge_letter(source: Source, known: lint.Context | None = None) -> tuple[Diagnostic, ...]:
    """Judge the words of a letter; comments that allow something are not among them."""
    words = without_comments(source)
    found = lint.check_letter(words, known)
    return found if words is source else tuple(_moved(one, words, source) for one in found)


def _moved(one: Diagnostic, words: Source, source: Source) -> Diagnostic:
    """Place a finding in the letter as it was written."""

    def there(span: Span) -> Span:
        return Span(source, span.start, span.end) if span.source is words else span

    related = tuple(replace(other, span=there(other.span)) for other in one.related)
    fix = replace(one.fix, span=there(one.fix.span)) if one.fix is not None else None
    return replace(one, span=there(one.span) if one.span is not None else None, related=related, fix=fix)


def lint_template(path: Path, shop: Settings) -> tuple[Diagnostic, ...]:
    """Judge a template without any customer: its syntax, the facts it names, its paths, its literal words."""
    return judge(Unit(Kind.TEMPLATE, shop, path), Desk(Wishes())).diagnostics
