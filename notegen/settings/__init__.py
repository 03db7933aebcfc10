"""notegen.yaml: who the shop is, how its cards look, and the facts of its own."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from notegen.facts.check import Index, check, index, missing
from notegen.facts.schema import STANDARD, address_fields, extended
from notegen.files import read_source
from notegen.model.diagnostic import Checked, Diagnostic, Severity
from notegen.model.facts import Facts, Value
from notegen.model.places import beside
from notegen.model.room import Signing
from notegen.model.schema import Field, Kind, Schema
from notegen.model.source import Source, Span
from notegen.settings import art, costs, linting, printing
from notegen.settings.art import ArtSettings
from notegen.settings.costs import Costs
from notegen.settings.linting import LintSettings
from notegen.settings.printing import PrintSettings
from notegen.yamlsource import Document, parse

FILE: Final = "notegen.yaml"
LOCALE: Final = "en_US"
CURRENCY: Final = "USD"

_SCHEMA: Final = Schema(
    {
        one.path: one
        for one in (
            Field("shop", Kind.RECORD, "facts about the shop, for its templates", open=True),
            Field("shop.name", Kind.TEXT, "what the shop is called"),
            Field("shop.signer", Kind.TEXT, "who signs the notes"),
            Field("shop.address", Kind.RECORD, "where the shop is: the return address"),
            *address_fields("shop.address"),
            Field("hand", Kind.TEXT, "the hand to write in"),
            Field("stock", Kind.TEXT, "the card to write on"),
            Field("pen", Kind.ANY, "the pen to write with: a kind, a width in mm, both, or a mapping"),
            Field("ink", Kind.ANY, "the ink to write in: a name, four coverages, or a mapping"),
            Field("tidiness", Kind.ANY, "how tidily to write: a name, or a number from 0 to 1.5"),
            Field("tints", Kind.FLAG, "no when the press has no screens: every mark is then one colour"),
            Field("signature", Kind.TEXT, "the drawing to sign with, an SVG file, from this file"),
            Field("sign", Kind.TEXT, "printed, or yourself to leave room for a pen", choices=tuple(Signing)),
            Field("locale", Kind.TEXT, "language and country of dates and money, such as en_US"),
            Field("currency", Kind.TEXT, "the currency of prices, such as USD"),
            Field("templates", Kind.TEXT, "the folder of templates, from this file"),
            Field("facts", Kind.TEXT, "the folder of facts, from this file"),
            Field("seed", Kind.NUMBER, "a whole number; another one gives every card another drawing"),
            Field("fields", Kind.RECORD, "facts of the shop's own, by dotted path", open=True),
            Field("lint", Kind.RECORD, "which findings count, and how much", open=True),
            Field("art", Kind.RECORD, "pictures on the card, by panel", open=True),
            Field("print", Kind.RECORD, "for whom files are, on which paper and sheets", open=True),
            Field("costs", Kind.RECORD, "what a card, an envelope and a stamp cost", open=True),
            Field("notes", Kind.LIST, "the notes the shop sends: which facts go with which template"),
            Field("notes.*", Kind.RECORD, "one kind of note"),
            Field("notes.*.facts", Kind.TEXT, "the customer file or folder, from this file", required=True),
            Field("notes.*.template", Kind.TEXT, "the template's name", required=True),
        )
    }
)
_FIELD: Final = Schema(
    {
        one.path: one
        for one in (
            Field(
                "kind",
                Kind.TEXT,
                "text, number, date, flag, any, list or record",
                required=True,
                choices=tuple(kind.value for kind in Kind),
            ),
            Field("weight", Kind.NUMBER, "0 for what many share, 1 for what only this customer would have"),
            Field("doc", Kind.TEXT, "what the fact is"),
            Field("required", Kind.FLAG, "yes when no customer may be without it"),
            Field("open", Kind.FLAG, "yes when a record may hold any names"),
            Field("choices", Kind.LIST, "what its text may be"),
            Field("choices.*", Kind.TEXT, "one of the texts"),
        )
    }
)
_PATH: Final = re.compile(r"[^\W\d]\w*(?:\.(?:\*|[^\W\d]\w*))*")
_LOCALE: Final = re.compile(r"[a-z]{2,3}(?:[_-][A-Z][a-z]{3})?(?:[_-](?:[A-Z]{2}|[0-9]{3}))?")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Pairing:
    """One kind of note that the shop sends: a customer file or folder, and a template's name or file."""

    facts: Path
    template: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What governs a folder of notes; `root` is where notegen.yaml is, None when there is none.

    `shop` holds the facts under `shop:`, `spans` their places by dotted path (`shop.signer`). `pen`, `ink` and
    `tidiness` are as they are written, `sign` says who signs. `schema` is the standard one with the shop's own fields.
    `notes` say which facts go with which template. `places` says where each setting is written, by dotted path (`hand`,
    `notes.0.facts`).
    """

    root: Path | None = None
    shop: Mapping[str, Value] = field(default_factory=dict)
    spans: Mapping[str, Span] = field(default_factory=dict)
    hand: str | None = None
    stock: str | None = None
    pen: Value = None
    ink: Value = None
    tidiness: Value = None
    signature: Path | None = None
    sign: Signing = Signing.PRINTED
    tints: bool = True
    locale: str = LOCALE
    currency: str = CURRENCY
    templates: Path = Path("templates")
    facts: Path = Path("facts")
    seed: int = 0
    schema: Schema = STANDARD
    notes: tuple[Pairing, ...] = ()
    lint: LintSettings = field(default_factory=LintSettings)
    printing: PrintSettings = field(default_factory=PrintSettings)
    art: ArtSettings = field(default_factory=ArtSettings)
    costs: Costs = field(default_factory=Costs)
    source: Source | None = None
    places: Mapping[str, Span] = field(default_factory=dict)


def defaults(folder: Path = Path()) -> Settings:
    """Return what holds for a folder that no notegen.yaml governs."""
    return Settings(templates=folder / "templates", facts=folder / "facts")


def load(folder: Path) -> Checked[Settings]:
    """Read the notegen.yaml of a folder, or of the nearest folder above it; without one, the defaults.

    The search ends at the root of a Git checkout. Raises UnreadableFile for a notegen.yaml that is no text.
    """
    root = find(folder)
    if root is None:
        return Checked(defaults(folder))
    return load_source(read_source(root / FILE), root)


def find(folder: Path) -> Path | None:
    """Return the folder, this one or one above it, that holds a notegen.yaml."""
    absolute = folder.resolve()
    for above in (absolute, *absolute.parents):
        if (above / FILE).is_file():
            return folder if above == absolute else _as_written(above, folder)
        if (above / ".git").exists():
            break
    return None


def _as_written(folder: Path, asked: Path) -> Path:
    """Return a folder in the way the one that was asked for is written: whole, or from here."""
    if asked.is_absolute():
        return folder
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else Path(os.path.relpath(folder, here))


def load_source(source: Source, root: Path) -> Checked[Settings]:
    """Read the text of a notegen.yaml that governs the folder `root`."""
    parsed = parse(source)
    documents = parsed.value or ()
    found = list(parsed.diagnostics)
    if len(documents) > 1:
        place = Span(documents[1].source, 0, 3)
        found.append(_error("F011", place, "notegen.yaml is one document", "take the line of dashes away"))
    if not documents:
        return Checked(replace(defaults(root), root=root, source=source), tuple(found))
    document = documents[0]
    known = index(_SCHEMA, "setting")
    tree, wrong = check(_without(document, "fields", "lint", "print", "art", "costs"), known)
    # A folder may be called "." or "test", words that would say nothing about a customer.
    folders = [document.spans[key] for key in ("templates", "facts") if key in document.spans]
    found += (one for one in wrong if one.code != "F016" or one.span not in folders)
    found += missing(tree, document, known)
    found += _misspelt(tree, document)
    declared = tuple(_declared(document, found))
    inside = {name: _inside(document, name) for name in ("lint", "print", "art", "costs")}
    lint = LintSettings() if inside["lint"] is None else linting.read(inside["lint"], root, found)
    prints = PrintSettings() if inside["print"] is None else printing.read(inside["print"], root, found)
    hung = ArtSettings() if inside["art"] is None else art.read(inside["art"], root, found)
    paid = Costs() if inside["costs"] is None else costs.read(inside["costs"], found)
    found.sort(key=lambda one: one.span.start if one.span else 0)
    return Checked(
        replace(_settings(tree, document, root, declared), lint=lint, printing=prints, art=hung, costs=paid),
        tuple(found),
    )


def with_shop(facts: Facts, settings: Settings, today: date | None = None) -> Facts:
    """Return a customer's facts with the shop's beside them, and with the day when one is given."""
    tree = {**facts.tree, "shop": settings.shop}
    if today is not None:
        tree["today"] = today
    return replace(facts, tree=tree, spans=beside(facts.spans, settings.spans))


def _settings(tree: Mapping[str, Value], document: Document, root: Path, declared: tuple[Field, ...]) -> Settings:
    usual = defaults(root)
    shop = tree.get("shop")
    seed = tree.get("seed")
    locale = (_text(tree, "locale") or LOCALE).replace("-", "_")
    return Settings(
        root=root,
        shop=shop if isinstance(shop, Mapping) else {},
        spans={path: span for path, span in document.spans.items() if path == "shop" or path.startswith("shop.")},
        hand=_text(tree, "hand"),
        stock=_text(tree, "stock"),
        pen=tree.get("pen"),
        ink=tree.get("ink"),
        tidiness=tree.get("tidiness"),
        signature=root / drawing if (drawing := _text(tree, "signature")) else None,
        sign=Signing.YOURSELF if tree.get("sign") == Signing.YOURSELF else Signing.PRINTED,
        tints=tree.get("tints") is not False,
        locale=locale,
        currency=_text(tree, "currency") or currency_of(locale),
        templates=root / (_text(tree, "templates") or usual.templates.name),
        facts=root / (_text(tree, "facts") or usual.facts.name),
        seed=seed if isinstance(seed, int) and not isinstance(seed, bool) else 0,
        schema=extended(STANDARD, declared),
        notes=tuple(_pairings(tree.get("notes"), root)),
        source=document.source,
        places=document.spans,
    )


def currency_of(locale: str) -> str:
    """Return the currency people pay in where a locale is spoken (CLDR, through Babel), USD where that is not known."""
    if locale == LOCALE:
        return CURRENCY
    from babel.core import get_global

    language, *rest = locale.split("_")
    likely = get_global("likely_subtags").get(language, "").split("_")
    territory = rest[-1] if rest and len(rest[-1]) in (2, 3) else likely[-1]
    current = [
        code for code, _, end, tender in get_global("territory_currencies").get(territory, ()) if tender and not end
    ]
    return str(current[-1]) if current else CURRENCY


def _text(tree: Mapping[str, Value], key: str) -> str | None:
    value = tree.get(key)
    return value if isinstance(value, str) and value else None


def _pairings(notes: Value, root: Path) -> Iterator[Pairing]:
    for one in notes if isinstance(notes, tuple) else ():
        if isinstance(one, Mapping):
            facts, template = _text(one, "facts"), _text(one, "template")
            if facts and template:
                yield Pairing(root / facts, template)


def _misspelt(tree: Mapping[str, Value], document: Document) -> Iterator[Diagnostic]:
    """Find words and numbers that are of the right kind and still cannot be meant."""
    for key, form, hint in (
        ("locale", _LOCALE, "write a language and a country, such as en_US or de_AT"),
        ("currency", _CURRENCY, "write its three letters, such as USD or EUR"),
    ):
        text = _text(tree, key)
        if text is not None and form.fullmatch(text) is None:
            yield _error("F018", document.spans.get(key), f"{key} cannot be '{text}'", hint)
    seed = tree.get("seed")
    if isinstance(seed, float):
        yield _error(
            "F011", document.spans.get("seed"), f"seed is {seed}, a whole number is wanted", "write digits alone"
        )


def _declared(document: Document, found: list[Diagnostic]) -> Iterator[Field]:
    """Read the shop's own fields; each that is wrong is left out, with a finding."""
    fields = document.value.get("fields") if isinstance(document.value, Mapping) else None
    if fields is None:
        return
    if not isinstance(fields, Mapping):
        hint = "write paths under it: sale.trade_in: {kind: text}"
        found.append(_error("F011", document.spans.get("fields"), "fields is no record of names and values", hint))
        return
    known = index(_FIELD, "property of a field")
    for path in fields:
        one = _field(path, _part(document, f"fields.{path}", fields[path]), document.keys.get(f"fields.{path}"), known)
        found.extend(one.diagnostics)
        if one.value is not None:
            yield one.value


def _field(path: str, part: Document, place: Span | None, known: Index) -> Checked[Field]:
    if _PATH.fullmatch(path) is None:
        hint = "write letters, digits and _ with dots between, such as sale.trade_in"
        return Checked(None, (_error("F022", place, f"'{path}' cannot be the path of a fact", hint),))
    if not isinstance(part.value, Mapping):
        hint = f"write {path}: {{kind: text, weight: 1, doc: what it is}}"
        return Checked(None, (_error("F022", part.spans.get("", place), f"{path} does not say what it is", hint),))
    tree, found = check(part, known)
    found += (replace(one, span=place) for one in missing(tree, part, known))
    weight = tree.get("weight", 0)
    if isinstance(weight, float) or (isinstance(weight, int) and weight < 0):
        found.append(_error("F022", part.spans.get("weight"), f"weight is {weight}", "write 0, 1 or 2"))
    if found:
        return Checked(None, tuple(found))
    return Checked(_made(path, tree))


def _made(path: str, tree: Mapping[str, Any]) -> Field:
    """Make a field from a declaration that was found right."""
    return Field(
        path,
        Kind(tree["kind"]),
        tree.get("doc") or "a fact of this shop",
        weight=tree.get("weight") or 0,
        required=bool(tree.get("required")),
        open=bool(tree.get("open")),
        choices=tree.get("choices") or (),
    )


def _part(document: Document, path: str, value: Value) -> Document:
    """Return what stands under a path as a document of its own."""
    cut = len(path) + 1

    plain = frozenset(known[cut:] for known in document.plain if known.startswith(f"{path}."))
    return Document(document.source, value, document.spans.under(path), document.keys.under(path), plain)


def _inside(document: Document, name: str) -> Document | None:
    """Return what stands under a root as a document of its own, None when there is nothing."""
    inside = document.value.get(name) if isinstance(document.value, Mapping) else None
    return _part(document, name, inside) if inside is not None else None


def _without(document: Document, *keys: str) -> Document:
    """Return a document without some roots, whose names are a mistake elsewhere."""
    if not isinstance(document.value, Mapping):
        return document
    return replace(document, value={name: inside for name, inside in document.value.items() if name not in keys})


def _error(code: str, span: Span | None, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, span, hint)
