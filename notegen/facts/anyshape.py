"""Customers in a shop's own words: flat records, names of its own, lists, dates as people write them.

What is known by another name is put where the schema has it, with the place of the value that was written; the rest is
taken as it is, each with a note. Nothing that is there is thrown away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from notegen.facts.keys import key_of
from notegen.facts.load import load_source
from notegen.facts.schema import extended
from notegen.files import read_source
from notegen.model.diagnostic import Checked, Diagnostic, Severity
from notegen.model.facts import Facts, Value
from notegen.model.schema import Field, Kind, Schema
from notegen.model.source import Span
from notegen.yamlsource import Document, parse
from notegen.yamlsource.scalars import ImpossibleDate, read_date

_ALIASES: Final = {
    "customer.name": "name full_name fullname customer_name client client_name buyer buyer_name contact contact_name",
    "customer.first_name": "first_name firstname first given_name forename",
    "customer.last_name": "last_name lastname last surname family_name",
    "customer.title": "title salutation_title honorific",
    "customer.greeting": "greeting salutation dear",
    "customer.company": "company organisation organization employer firm",
    "customer.birthday": "birthday birthdate birth_date date_of_birth dob",
    "customer.since": "since customer_since member_since",
    "customer.email": "email e_mail email_address",
    "customer.phone": "phone mobile cell telephone phone_number",
    "customer.tier": "tier segment level loyalty_tier",
    "customer.address.city": "city town",
    "customer.address.street": "street address address_1 address1 street_address",
    "customer.address.postcode": "postcode zip zip_code zipcode postal_code",
    "customer.household": "household family",
    "sale.date": "date purchase_date sale_date sold_on date_of_sale date_of_purchase order_date delivery_date"
    " closing_date",
    "sale.item": "item model product vehicle purchase bought what car item_name product_name",
    "sale.colour": "colour color exterior_color exterior_colour paint",
    "sale.price": "price amount total sale_price paid",
    "sale.quantity": "quantity qty",
    "sale.salesperson": "salesperson sales_person rep sales_rep seller agent sold_by advisor",
    "sale.order": "order order_number order_no order_id invoice invoice_number",
    "sale.place": "place location store branch",
    "remember": "notes note remarks remember story comments",
}
ALIASES: Final = {alias: path for path, aliases in _ALIASES.items() for alias in aliases.split()}
"""What shops call things, in small letters with underscores, and where the schema has them."""

_UNREADABLE: Final = frozenset(f"F00{number}" for number in range(1, 10))
"""What keeps a file from being read; all else is about facts for a template, and no matter for a typed letter."""
_ABOUT: Final = frozenset(
    (
        "",
        *"customer client buyer contact person sale purchase order deal".split(),
        *"vehicle car truck bike product item unit".split(),
    )
)
"""Records in which a name such as `date` can only be that of the sale or of the customer."""
_GOODS: Final = frozenset("vehicle car truck bike product item unit".split())
_WHOLE: Final = {"customer": "name", "sale": "item"}
"""Records that may be given as one text, and what it then is."""
_ID: Final = re.compile(
    r"(?:^|_)(?:id|ids|uid|guid|vin|account|acct|crm|tier|score|segment|ssn|order|invoice|email|phone|mobile|cell|fax|ref"
    r"|reference|card|iban|licence|license|policy|serial|balance|credit|margin|commission|lead|source|campaign|stage"
    r"|status|ltv|url|zip|postcode|postal|no|number|code|key|sku|created|updated|price|amount|total|currency)(?:$|_)"
)
_CODE: Final = re.compile(r"(?=\S*\d)[A-Z0-9][A-Z0-9/_.-]{5,}|\S+@\S+|[+()\d\s.-]{7,}")
_MONTHS: Final = "january february march april may june july august september october november december".split()
_LONG: Final = re.compile(
    r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})|(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9})\.?,? (\d{4})"
)
_SHORT: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_MONEY: Final = re.compile(r"[^\d\s-]{0,3}\s?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d\d))?(?: ?[A-Z]{3})?")


@dataclass(frozen=True, slots=True)
class Read:
    """Customers in any shape, and the schema with what was found beside what it had."""

    people: tuple[Facts, ...]
    schema: Schema


def load_any(path: Path, schema: Schema) -> Checked[Read]:
    """Read customers whatever their shape; only what cannot be read as YAML is an error."""
    source = read_source(path)
    loaded = load_source(source, schema)
    found = [one for one in loaded.diagnostics if one.code in _UNREADABLE]
    people: list[Facts] = []
    declared: dict[str, Field] = {}
    for document, one in zip(parse(source).value or (), loaded.value or (), strict=False):
        for each in _several(document, one):
            person, moved = _shaped(each, schema)
            fields = list(_undeclared(person, schema))
            declared |= {field.path: field for field in fields}
            found += _said(person, moved, [field.path for field in fields])
            people.append(person)
    return Checked(Read(tuple(people), extended(schema, declared.values())), tuple(found))


def _said(person: Facts, moved: Mapping[str, str], taken: Sequence[str]) -> Iterator[Diagnostic]:
    """Say what was read as a fact that the schema has, and what was taken as it is."""
    names = [f"{path} as {target}" for path, target in moved.items() if path != target]
    if names:
        span = person.spans.get(next(iter(moved)))
        message = f"read by other names: {', '.join(names)}"
        yield Diagnostic(
            "F010",
            Severity.INFO,
            message,
            span,
            "the names that are understood are in docs/letters.md",
            note=person.key,
        )
    for path in taken:
        hint = "declare it under 'fields:' in notegen.yaml if it is always there"
        message = f"no schema knows '{path}'; it is taken as it is"
        yield Diagnostic("F010", Severity.INFO, message, person.spans.get(path), hint, note=person.key)


def _several(document: Document, one: Facts) -> Iterator[Facts]:
    """Yield the customers of one document: itself, or each record of a list that is all it holds."""
    path, value = "", document.value
    if isinstance(value, Mapping) and len(value) == 1:
        path, value = next(iter(value.items()))
    if not isinstance(value, tuple) or not value or not all(isinstance(record, Mapping) for record in value):
        yield one
        return
    for number, record in enumerate(value):
        above = f"{path}.{number}." if path else f"{number}."
        spans = {known[len(above) :]: span for known, span in document.spans.items() if known.startswith(above)}
        if isinstance(record, Mapping):
            yield Facts(key_of(record, document.source), document.source, record, spans)


def _calmed(found: tuple[Diagnostic, ...]) -> Iterator[Diagnostic]:
    """Say of names that no schema knows that they are taken as they are; pass over what only a template would mind."""
    for one in found:
        if one.code == "F010":
            message = one.message.split(" has no ")[-1].split(" called ")[-1]
            hint = "declare it under 'fields:' in notegen.yaml if it is always there"
            yield replace(
                one, severity=Severity.INFO, message=f"no schema knows {message}; it is taken as it is", hint=hint
            )
        elif one.code in _UNREADABLE:
            yield one


def _shaped(one: Facts, schema: Schema) -> tuple[Facts, dict[str, str]]:
    """Return the facts with those that go by other names where the schema has them, and which these are."""
    tree: dict[str, Value] = dict(one.tree)
    spans = dict(one.spans)
    moved: dict[str, str] = {}
    for root, leaf in _WHOLE.items():
        if isinstance(tree.get(root), str):
            tree[root] = {leaf: tree[root]}
            spans[f"{root}.{leaf}"] = spans[root]
    _vehicle(tree, spans, moved)
    for path, value in list(_leaves(tree, "")):
        # A table made into YAML may have whole paths for its keys.
        target = path if path in schema.fields and _get(tree, path) is None else _target(path, schema)
        if target is None or (target != path and _get(tree, target) is not None):
            continue
        made = _as_kind(value, schema.fields[target].kind)
        if made is not None and _put(tree, target, made):
            moved[path] = target
            spans[target] = spans.get(path, Span(one.source, 0, 0))
            if isinstance(made, tuple) and not isinstance(value, tuple):
                spans[f"{target}.0"] = spans[target]
    for path in (path for path, target in moved.items() if path != target):
        _put(tree, path, None)
    _name(tree, spans)
    return replace(one, key=key_of(tree, one.source), tree=tree, spans=spans), moved


def _vehicle(tree: dict[str, Value], spans: dict[str, Span], moved: dict[str, str]) -> None:
    """Make what was sold of a year, a make and a model that stand together."""
    found = {path.rpartition(".")[::2]: (path, value) for path, value in _leaves(tree, "")}
    for (above, leaf), (path, model) in found.items():
        parts = [found[above, part] for part in ("year", "make") if (above, part) in found]
        if leaf == "model" and parts and _get(tree, "sale.item") is None:
            words = " ".join(str(value) for value in (*(value for _, value in parts), model))
            if _put(tree, "sale.item", words):
                spans |= {"sale.item": spans[path]} if path in spans else {}
                moved |= dict.fromkeys((*(one for one, _ in parts), path), "sale.item")


def _target(path: str, schema: Schema) -> str | None:
    """Return where the schema has what a path is another name for, or the path itself when it wants another kind."""
    known = schema.fields.get(path)
    if known is not None:
        return path if known.kind in (Kind.DATE, Kind.NUMBER) else None
    above, _, name = path.rpartition(".")
    above = above.rpartition(".")[2].lower()
    if schema.lookup(path) is not None or above not in _ABOUT:
        return None
    leaf = re.sub(r"[\W_]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)).strip("_").lower()
    return "sale.item" if leaf == "name" and above in _GOODS else ALIASES.get(leaf)


def _leaves(value: Value, path: str) -> Iterator[tuple[str, Value]]:
    if isinstance(value, Mapping):
        for key, inside in value.items():
            yield from _leaves(inside, f"{path}.{key}" if path else key)
    elif value is not None:
        yield path, value


def _get(tree: Mapping[str, Value], path: str) -> Value:
    here: Value = tree
    for step in path.split("."):
        here = here.get(step) if isinstance(here, Mapping) else None
    return here


def _put(tree: dict[str, Value], path: str, value: Value) -> bool:
    """Put a value where the schema has it; False where something else is in the way."""
    root, _, rest = path.partition(".")
    if not rest:
        tree[root] = value
        return True
    inside = tree.get(root)
    if inside is not None and not isinstance(inside, Mapping):
        return False
    below: dict[str, Value] = dict(inside or {})
    done = _put(below, rest, value)
    tree[root] = below
    return done


def _as_kind(value: Value, kind: Kind) -> Value:
    """Return a value as the kind that the schema wants; None when it cannot be."""
    if kind is Kind.DATE:
        return value if isinstance(value, date) else _date(value) if isinstance(value, str) else None
    if kind is Kind.NUMBER:
        return _number(value)
    if kind is Kind.LIST or kind is Kind.ANY:
        return value if isinstance(value, tuple) else (value,)
    if isinstance(value, bool | date | tuple):
        return None
    return str(value)


def _number(value: Value) -> Value:
    if isinstance(value, int | float):
        return None if isinstance(value, bool) else value
    match = _MONEY.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    whole = int(match[1].replace(",", "")[:15])
    return whole + int(match[2]) / 100 if match[2] and int(match[2]) else whole


def _date(text: str) -> date | None:
    """Read a date that somebody wrote in words, or with the month first, or with the day first where it must be."""
    try:
        if (iso := read_date(text.strip())) is not None:
            return iso
        if match := _LONG.fullmatch(text.strip()):
            name, day, year = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
            month = next(n for n, m in enumerate(_MONTHS, 1) if m.startswith(name.lower()[:3]))
            return date(int(year), month, int(day))
        if match := _SHORT.fullmatch(text.strip()):
            first, second = int(match[1]), int(match[2])
            return date(int(match[3]), *((second, first) if first > 12 else (first, second)))
    except (ValueError, ImpossibleDate, StopIteration):
        return None
    return None


def _name(tree: dict[str, Value], spans: dict[str, Span]) -> None:
    """Make the full name of its parts when it is not given."""
    paths = [path for path in ("customer.first_name", "customer.last_name") if _get(tree, path)]
    if _get(tree, "customer.name") is None and paths:
        _put(tree, "customer.name", " ".join(str(_get(tree, path)) for path in paths))
        spans["customer.name"] = spans[paths[0]]


def _undeclared(one: Facts, schema: Schema) -> Iterator[Field]:
    """Yield a field for each value that no schema knows; what looks like an identifier weighs nothing."""
    for path, value in _leaves(one.tree, ""):
        if schema.lookup(path) is not None:
            continue
        leaf = re.sub(r"[\W_]+", "_", path.rpartition(".")[2]).lower()
        coded = isinstance(value, str) and _CODE.fullmatch(value) is not None
        weight = 0 if _ID.search(leaf) or coded or isinstance(value, bool) else 1
        yield Field(path, Kind.ANY, "taken as it is", weight=weight, open=True)
