"""The facts that notegen knows about, and those a shop adds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from notegen.model.schema import Field, Kind, Schema

ELSEWHERE: Final = {
    "shop": "the shop's facts are written once, under 'shop:' in notegen.yaml",
    "today": "the day is given to the command: --today",
}
"""Roots that a customer file cannot give, and what to do instead."""

MORE: Final = "; one that is always known is declared under 'fields:' in notegen.yaml"
"""What to do about a fact that is in no schema."""

NAMES: Final = frozenset(("customer.name", "customer.first_name", "customer.last_name", "customer.greeting"))
"""Facts whose text is what somebody is called."""

_SALE: Final = (
    Field("date", Kind.DATE, "the day of the sale", weight=1),
    Field("item", Kind.TEXT, "what was sold, in full: 2024 Subaru Outback", weight=1),
    Field("short", Kind.TEXT, "what people call it, in a sentence: the Outback", weight=1),
    Field("colour", Kind.TEXT, "its colour, as people say it", weight=1),
    Field("color", Kind.TEXT, "its color, as people say it", weight=1),
    Field("quantity", Kind.NUMBER, "how many", weight=1),
    Field("price", Kind.NUMBER, "the amount paid, without a currency sign"),
    Field("currency", Kind.TEXT, "the currency of the price, such as USD"),
    Field("salesperson", Kind.TEXT, "who sold it"),
    Field("order", Kind.TEXT, "the number of the order or invoice"),
    Field("place", Kind.TEXT, "where it was sold or handed over", weight=1),
    Field("enclose", Kind.LIST, "what goes into the envelope with the card: the photo, two tickets"),
    Field("enclose.*", Kind.TEXT, "one thing"),
    Field("details", Kind.RECORD, "anything else about the sale, by names of your own", weight=1, open=True),
)


def address_fields(root: str, city_weight: int = 0) -> Iterator[Field]:
    """Yield the fields of an address, under `customer.address` or the shop's."""
    yield Field(f"{root}.lines", Kind.LIST, "the address line by line, as printed on an envelope; it wins")
    yield Field(f"{root}.lines.*", Kind.TEXT, "a line")
    for name, doc in (
        ("addressee", "the name on the envelope when it is another: Ana and Bo Ito"),
        ("company", "the firm whose address it is"),
        ("care_of", "at whose home they live, without c/o"),
        ("street", "street and number, or post office box"),
        ("street2", "flat, floor, building"),
        ("district", "village, suburb, colonia or bairro, where the post wants it named"),
    ):
        yield Field(f"{root}.{name}", Kind.TEXT, doc)
    yield Field(f"{root}.city", Kind.TEXT, "town or city", weight=city_weight)
    for name, doc in (
        ("region", "state, province, county"),
        ("postcode", "postcode or ZIP; a leading zero is kept"),
        ("country", "country, by name in any language or by code"),
    ):
        yield Field(f"{root}.{name}", Kind.TEXT, doc)


_CUSTOMER: Final = (
    Field("customer", Kind.RECORD, "who the note is for"),
    Field("customer.name", Kind.TEXT, "the full name, as they write it", required=True),
    Field("customer.first_name", Kind.TEXT, "what they are called"),
    Field("customer.last_name", Kind.TEXT, "the family name"),
    Field("customer.title", Kind.TEXT, "a title they use: Dr., Mrs."),
    Field("customer.greeting", Kind.TEXT, "how they are addressed, after Dear: Mr. Ito, Ana and Bo"),
    Field("customer.household", Kind.LIST, "who lives with them, by name", weight=1),
    Field("customer.household.*", Kind.TEXT, "a name", weight=1),
    Field("customer.company", Kind.TEXT, "where they work"),
    Field("customer.role", Kind.TEXT, "what they do there", weight=1),
    Field("customer.address", Kind.RECORD, "where the card goes"),
    *address_fields("customer.address", city_weight=1),
    Field("customer.birthday", Kind.DATE, "the day they were born", weight=1),
    Field("customer.language", Kind.TEXT, "the language they read, such as en or ja"),
    Field("customer.tier", Kind.TEXT, "what kind of customer they are to the shop"),
    Field("customer.since", Kind.DATE, "the day they first bought something", weight=1),
    Field("customer.email", Kind.TEXT, "e-mail address"),
    Field("customer.phone", Kind.TEXT, "telephone number"),
)

_REST: Final = (
    Field("key", Kind.TEXT, "a name for this file's note in a batch; else it is made of the name and the date"),
    Field("by_hand", Kind.LIST, "what a person adds to this card with a pen; the packing slip lists it"),
    Field("by_hand.*", Kind.TEXT, "one thing to do"),
    Field("remember", Kind.ANY, "what you remember about them: a list of sentences, or facts by name", weight=1),
    Field("problem", Kind.RECORD, "what went wrong, for an apology", weight=1, open=True),
    Field("problem.date", Kind.DATE, "the day it went wrong", weight=1),
    Field("problem.what", Kind.TEXT, "what happened to them", weight=1),
    Field("problem.cause", Kind.TEXT, "why it happened", weight=1),
    Field("problem.put_right", Kind.TEXT, "what was done about it", weight=1),
    Field("problem.by", Kind.TEXT, "who put it right"),
    Field("problem.open", Kind.FLAG, "yes while it is still not put right"),
    Field("feedback", Kind.RECORD, "what they said of it afterwards", open=True),
    Field("feedback.satisfied", Kind.FLAG, "yes once they have told you that they are happy with it"),
    Field("feedback.date", Kind.DATE, "the day they said so", weight=1),
    Field("feedback.words", Kind.TEXT, "how they said it", weight=1),
    Field("preferences", Kind.RECORD, "how they want to be written to", open=True),
    Field("preferences.do_not", Kind.LIST, "what they asked you not to do or mention"),
    Field("preferences.do_not.*", Kind.ANY, "one thing: a few words, or a record with topic and reason"),
    Field("preferences.do_not.*.topic", Kind.TEXT, "what it is about: trade-in, review, the accident"),
    Field("preferences.do_not.*.reason", Kind.TEXT, "why, in their words"),
    Field("preferences.do_not.*.since", Kind.DATE, "the day they said so"),
    Field("preferences.do_not.*.words", Kind.LIST, "words that may not be said"),
    Field("preferences.do_not.*.words.*", Kind.TEXT, "a word"),
    Field("preferences.do_not.*.scope", Kind.TEXT, "household when everybody at the address shares it"),
    Field("preferences.do_not_mail", Kind.FLAG, "yes when nobody at this address may be sent anything"),
    Field("preferences.hand", Kind.TEXT, "the hand to write to them in"),
    Field("preferences.stock", Kind.TEXT, "the card to write to them on"),
    Field("preferences.ink", Kind.TEXT, "the ink to write to them in"),
    Field("preferences.channel", Kind.TEXT, "how they want to hear from you"),
    Field("shop", Kind.RECORD, "facts about the shop, from notegen.yaml", open=True),
    Field("today", Kind.DATE, "the day the note is written on"),
)


def _moved(fields: Iterable[Field], prefix: str) -> Iterator[Field]:
    for one in fields:
        yield Field(
            f"{prefix}.{one.path}",
            one.kind,
            one.doc,
            one.weight,
            required=one.required,
            open=one.open,
            choices=one.choices,
        )


def _schema(fields: Iterable[Field]) -> Schema:
    return Schema({one.path: one for one in fields})


STANDARD: Final = _schema(
    (
        *_CUSTOMER,
        Field("sale", Kind.RECORD, "the sale the note is about; the latest of sales when it is not given"),
        *_moved(_SALE, "sale"),
        Field("sales", Kind.LIST, "all sales to this customer; sale alone when it is not given"),
        Field("sales.*", Kind.RECORD, "one sale"),
        *_moved(_SALE, "sales.*"),
        *_REST,
    )
)
"""What every shop may say about a customer and a sale."""


def extended(schema: Schema, declared: Iterable[Field]) -> Schema:
    """Return the schema with more fields; a field of `sale` is one of every sale in `sales`, too.

    A record that a new path goes through and that is not known is added, closed.
    """
    fields = dict(schema.fields)
    for one in declared:
        for twin in (one, *_twins(one)):
            for above in _above(twin.path):
                kind = Kind.LIST if f"{above}.*" in (*_above(twin.path), twin.path) else Kind.RECORD
                fields.setdefault(above, Field(above, kind, f"holds {twin.path}"))
            fields[twin.path] = twin
    return Schema(fields)


def _twins(one: Field) -> Iterator[Field]:
    root, _, rest = one.path.partition(".")
    if root == "sale" and rest:
        yield from _moved((Field(rest, one.kind, one.doc, one.weight, one.required, one.open, one.choices),), "sales.*")


def _above(path: str) -> tuple[str, ...]:
    steps = path.split(".")
    return tuple(".".join(steps[:end]) for end in range(1, len(steps)))
