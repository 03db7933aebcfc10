"""Customer files: one YAML document for each customer, with what they bought and what is remembered of them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from notegen.facts.check import Index, check, index, missing
from notegen.facts.keys import key_of
from notegen.facts.schema import ELSEWHERE, MORE, NAMES
from notegen.files import read_source
from notegen.model.diagnostic import Checked, Diagnostic, Related, Severity
from notegen.model.facts import Facts, Value
from notegen.model.places import Places
from notegen.model.schema import Schema
from notegen.model.source import Source, Span
from notegen.yamlsource import Document, nothing_in, parse, parse_pieces


def load(
    path: Path | str, schema: Schema, name: str | None = None, today: date | None = None
) -> Checked[tuple[Facts, ...]]:
    """Read one file of customers, named by its path or a URL; `name` is what it is called in messages.

    Raises UnreadableFile.
    """
    return load_source(read_source(path, name), schema, today)


def load_source(source: Source, schema: Schema, today: date | None = None) -> Checked[tuple[Facts, ...]]:
    """Read customers from text; facts with errors are returned, too, and their findings carry the customer's key.

    Seen from `today`, days that lie ahead are found.
    """
    people, found = loaded(parse(source), index_of(schema), today)
    found.extend(compare(people))
    return Checked(tuple(people), tuple(sorted(found, key=_place)))


def load_pieces(
    pieces: Sequence[Source], schema: Schema, today: date | None = None, *, blank: Container[int] = ()
) -> Checked[tuple[Facts, ...]]:
    """Read customers from sources that hold one document each, and do not compare them with each other.

    `blank` are the places of those that stand for a whole file that says nothing.
    """
    full = (piece for place, piece in enumerate(pieces) if place not in blank)
    people, found = loaded(parse_pieces(full), index_of(schema), today)
    found.extend(nothing_in(piece) for place, piece in enumerate(pieces) if place in blank)
    ranks = {id(piece): rank for rank, piece in enumerate(pieces)}
    found.sort(key=lambda one: (ranks.get(id(one.span.source), 0), one.span.start) if one.span else (0, 0))
    return Checked(tuple(people), tuple(found))


def index_of(schema: Schema) -> Index:
    """Return the schema of customers made ready for many documents."""
    return index(schema, "fact", more=MORE, elsewhere=ELSEWHERE, names=NAMES)


def loaded(
    parsed: Checked[tuple[Document, ...]], known: Index, today: date | None
) -> tuple[list[Facts], list[Diagnostic]]:
    """Return the customers of documents, and what is wrong with each, in the order of the file."""
    trouble: dict[int, list[Diagnostic]] = {}
    for one in parsed.diagnostics:
        trouble.setdefault(id(one.span.source) if one.span else 0, []).append(one)
    people: list[Facts] = []
    found: list[Diagnostic] = []
    for document in parsed.value or ():
        person, wrong = _person(document, known, today)
        people.append(person)
        own = (*trouble.pop(id(document.source), ()), *wrong)
        found.extend(replace(finding, note=person.key) for finding in own)
    found.extend(one for rest in trouble.values() for one in rest)
    return people, found


def compare(people: Sequence[Facts]) -> Iterator[Diagnostic]:
    """Yield who is in one file twice, under one key or under two."""
    from notegen.facts import hygiene

    yield from _same(people)
    yield from hygiene.doubles(people)


def repeated(people: Iterable[Facts]) -> tuple[Diagnostic, ...]:
    """Say who is in more than one of several files, or in one file that was read twice.

    Who is twice in one file was said when that was read.
    """
    several = tuple(people)
    return (*_same(several, said=_in_one_file), *_doubles_across(several))


def _doubles_across(people: tuple[Facts, ...]) -> Iterator[Diagnostic]:
    """Yield who seems to be in two files under two keys; doubles within one were said when it was read."""
    from notegen.facts import hygiene

    for one in hygiene.doubles(people):
        first = one.related[0].span.source.name
        if one.span is not None and one.span.source.name != first:
            yield one


def _in_one_file(first: Facts, second: Facts) -> bool:
    return first.source.name == second.source.name and first.source.first_line != second.source.first_line


def _never(_first: Facts, _second: Facts) -> bool:
    return False


def _same(people: Iterable[Facts], said: Callable[[Facts, Facts], bool] = _never) -> Iterator[Diagnostic]:
    firsts: dict[str, Facts] = {}
    for one in people:
        first = firsts.setdefault(one.key, one)
        if first is not one and not said(first, one):
            related = Related(_named(first), "here is the first")
            hint = "write one document with both purchases under 'sales:', or give each a 'key:' of its own"
            message = f"the customer '{one.key}' is here twice"
            yield Diagnostic("F017", Severity.ERROR, message, _named(one), hint, (related,), note=one.key)


def _named(one: Facts) -> Span:
    """Return the place that says who this is."""
    for path in ("key", "customer.name"):
        if path in one.spans:
            return one.spans[path]
    return Span(one.source, 0, 0)


def _person(document: Document, known: Index, today: date | None) -> tuple[Facts, list[Diagnostic]]:
    from notegen.facts import hygiene

    tree, found = check(document, known)
    derived, spans = _derive(tree, document.spans)
    if isinstance(document.value, Mapping):
        found.extend(missing(tree, document, known, but=derived))
    one = Facts(key_of(tree, document.source), document.source, tree, spans)
    found.extend(hygiene.findings(one, today))
    return one, found


def _derive(tree: dict[str, Value], spans: Places) -> tuple[str | None, Places]:
    """Give `sales` to who has `sale` alone, and the other way round: the latest, the last of those on one day.

    Returns the root that was derived, and the places with its own.
    """
    sale, sales = tree.get("sale"), tree.get("sales")
    if isinstance(sale, dict) and sales is None:
        tree["sales"] = (sale,)
        return "sales", spans.lent("sale", "sales.0")
    if sale is None and isinstance(sales, tuple) and sales:
        latest = max(range(len(sales)), key=lambda number: (_day(sales[number]), number))
        tree["sale"] = sales[latest]
        return "sale", spans.lent(f"sales.{latest}", "sale")
    return None, spans


def _day(sale: Value) -> date:
    day = sale.get("date") if isinstance(sale, Mapping) else None
    return day if isinstance(day, date) else date.min


def _place(one: Diagnostic) -> tuple[int, int]:
    return (one.span.source.first_line, one.span.start) if one.span else (0, 0)
