"""Each way in which a customer file can be wrong is said at its place, with what to do."""

from __future__ import annotations

import pytest

from notegen.facts import STANDARD, extended, load_source
from notegen.model.diagnostic import Diagnostic
from notegen.model.schema import Field, Kind, Schema
from notegen.model.source import Source

SHOP = extended(
    STANDARD,
    (
        Field("sale.trade_in", Kind.TEXT, "what they traded in", required=True),
        Field("customer.tier", Kind.TEXT, "their tier", choices=("gold", "silver")),
        Field("pets.*.name", Kind.TEXT, "a pet", required=True),
    ),
)


def found(text: str, schema: Schema = STANDARD) -> list[Diagnostic]:
    return list(load_source(Source("f.yaml", text), schema).diagnostics)


CASES = [
    # unknown keys, and the nearest name
    ("customer: {name: Ana, nmae: x}\n", "F010", "nmae", "customer has no 'nmae'", "did you mean 'name'?"),
    ("customer: {name: Ana, adress: {}}\n", "F010", "adress", "customer has no", "did you mean 'address'?"),
    ("customer: {name: Ana}\nrember: x\n", "F010", "rember", "no fact called 'rember'", "did you mean 'remember'?"),
    (
        "customer: {name: Ana, salesperson: Bo}\n",
        "F010",
        "salesperson",
        "customer has no",
        "did you mean sale.salesperson?",
    ),
    ("customer: {name: Ana}\nshop: {name: x}\n", "F010", "shop", "shop", "notegen.yaml"),
    ("customer: {name: Ana}\ntoday: 2026-01-01\n", "F010", "today", "today", "--today"),
    ("customer: {name: Ana}\nzzzz: x\n", "F010", "zzzz", "zzzz", "fields:"),
    ("customer: {name: Ana}\nsales: [{itme: x}]\n", "F010", "itme", "sales.0 has no 'itme'", "did you mean 'item'?"),
    ("customer: {name: Ana, address: {zip: '1'}}\n", "F010", "zip", "customer.address has no", "there are: lines"),
    # kinds
    ("customer: {name: Ana, birthday: soon}\n", "F011", "soon", "customer.birthday is text, a date like", "2026-03-04"),
    ("customer: {name: Ana, birthday: 1984}\n", "F011", "1984", "is a number, a date", "2026-03-04"),
    ("customer: {name: Ana, since: '2026-02-30'}\n", "F008", "'2026-02-30'", "no such date", "2026-03-04"),
    ("customer: {name: Ana, since: 2026-02-30}\n", "F008", "2026-02-30", "no such date", "2026-03-04"),
    ("customer: {name: Ana}\nsale: {price: '$31,400'}\n", "F011", "'$31,400'", "is text, a number", "currency sign"),
    ("customer: {name: Ana}\nsale: {price: yes}\n", "F011", "yes", "is yes or no, a number", "digits"),
    ("customer: {name: Ana}\nsale: {quantity: two}\n", "F011", "two", "is text, a number", "digits"),
    ("customer: {name: Ana}\nproblem: {open: maybe}\n", "F011", "maybe", "is text, yes or no", "without quotes"),
    ("customer: {name: Ana}\nsale: {order: 2026-03-04}\n", "F011", "2026-03-04", "is a date, text", '"2026-03-04"'),
    ("customer: {name: [Ana, Bo]}\n", "F011", "[Ana, Bo]", "is a list, text", "one text"),
    ("customer: {name: {a: b}}\n", "F011", "{a: b}", "is a record, text", "one text"),
    ("customer: {name: Ana, household: Bo}\n", "F011", "Bo", "is text, a list", "'- '"),
    ("customer: {name: Ana, household: [Bo, 2026-01-01]}\n", "F011", "2026-01-01", "household.1 is a date", "quote"),
    ("customer: Ana\n", "F011", "Ana", "customer is text, a record", "indent"),
    ("- Ana\n", "F011", "- Ana", "this document is a list", "customer:"),
    ("Ana\n", "F011", "Ana", "this document is text", "customer:"),
    # words that YAML takes for flags and for nothing, and numbers for names
    ("customer: {name: No}\n", "F013", "No", "customer.name wants text", '"No"'),
    ("customer: {name: Ana, last_name: Null}\n", "F013", "Null", "nothing", 'quote it: "Null"'),
    ("customer: {name: ~}\n", "F013", "~", "nothing", "quote"),
    ("customer: {name: Ana}\nsale: {colour: On}\n", "F013", "On", "'yes'", '"On"'),
    ("customer: {name: 1234}\n", "F014", "1234", "is the number 1234", '"1234"'),
    ("customer: {name: Ana, first_name: 1.50}\n", "F014", "1.50", "is the number 1.50", '"1.50"'),
    # what is missing
    ("sale: {item: x}\n", "F012", "sale: {item: x}", "customer.name is missing", "full name"),
    ("customer: {first_name: Ana}\n", "F012", "customer", "customer.name is missing", "full name"),
    ("customer:\n", "F012", "customer", "customer.name is missing", "full name"),
    ("customer: {name: }\n", "F012", "name", "customer.name is missing", "full name"),
    # words that say nothing
    ('customer: {name: ""}\n', "F015", '""', "is blank", "true"),
    ('customer: {name: "  "}\n', "F015", '"  "', "is blank", "true"),
    ("customer: {name: N/A}\n", "F015", "N/A", "is 'N/A'", "true"),
    ("customer: {name: Ana}\nsale: {colour: TBD}\n", "F016", "TBD", "says nothing", "leave"),
    ("customer: {name: Ana}\nremember: [a, '???']\n", "F016", "'???'", "remember.1 is '???'", "leave"),
    ('customer: {name: Ana, email: ""}\n', "F016", '""', "is blank", "leave"),
    # characters
    ('customer: {name: "Ana\\x07"}\n', "F002", '"Ana\\x07"', "U+0007", "delete"),
    ('customer: {name: Ana}\nremember: {a: ["b\\u2028c"]}\n', "F002", '"b\\u2028c"', "line separator", "delete"),
    # names
    ("customer: {name: Ana}\nremember: {trade-in: x}\n", "F019", "trade-in", "after a dot", "call it trade_in"),
    ("customer: {name: Ana}\nsale: {details: {a: {b.c: x}}}\n", "F019", "b.c", "after a dot", "b_c"),
    ("customer: {name: MARY O'BRIEN}\n", "F020", "MARY O'BRIEN", "capitals", "Mary O'Brien"),
    ("customer: {name: 'Smith, Mary'}\n", "F021", "'Smith, Mary'", "comma", "Mary Smith"),
]


@pytest.mark.parametrize(("text", "code", "place", "says", "hint"), CASES)
def test_one_fault_is_said_once_at_its_place(text: str, code: str, place: str, says: str, hint: str) -> None:
    (one,) = found(text)
    assert one.code == code
    assert one.span is not None
    assert one.span.text == place
    assert says in one.message
    assert one.hint is not None
    assert hint in one.hint
    assert one.note


@pytest.mark.parametrize(
    "text",
    [
        'customer: {name: "No"}\n',
        "customer: {name: 'Null'}\n",
        "customer: {name: Na Li, last_name: Na, first_name: Nan}\n",
        'customer: {name: "1234"}\n',
        "customer: {name: JP}\n",
        "customer: {name: 伊藤 花子}\n",
        "customer: {name: 'Ana Reyes, M.D.'}\n",
        "customer: {name: 'Ana, Bo and Cy'}\n",
        "customer:\n  name: Ana\n  email:\n  birthday:\n  address:\n  household:\nsale:\n  price:\n",
        "customer: {name: Ana}\nsale: {details: {moonroof: no, doors: 5, day: 2026-01-02, x: , list: [1, {a: b}]}}\n",
        "customer: {name: Ana}\nremember: {trip: {to: Lisbon}}\n",
        "customer: {name: Ana}\nremember: one sentence\n",
        "customer: {name: Ana}\nproblem: {what: x, date: 2026-01-01, open: yes, extra: [1]}\n",
        "customer: {name: Ana}\npreferences: {do_not: [call], size: large}\n",
    ],
)
def test_what_is_right_is_left_in_peace(text: str) -> None:
    assert found(text) == []


def test_a_shop_s_own_fields_are_checked_in_sale_and_in_sales() -> None:
    text = (
        "customer: {name: Ana, tier: glod}\nsales: [{item: x, trade_in: a Civic}, {item: y}]\npets: [{name: Rex}, {}]\n"
    )
    said = [(one.code, one.message, one.hint) for one in found(text, SHOP)]
    assert said == [
        ("F018", "customer.tier cannot be 'glod'", "did you mean 'gold'?"),
        ("F012", "sales.1.trade_in is missing", "write what they traded in"),
        ("F012", "pets.1.name is missing", "write a pet"),
    ]
    assert [one.message for one in found("customer: {name: Ana}\n", SHOP)] == ["sale.trade_in is missing"]
    assert found("customer: {name: Ana}\nsale: {trade_in: x}\n", SHOP) == []


def test_a_wish_is_a_few_words_or_a_record() -> None:
    """A record keeps the reason and the day, and its kinds are judged."""
    good = "customer: {name: Ana}\npreferences: {do_not: [call, {topic: trade-in, reason: no, since: 2014-03-01}]}\n"
    bad = good.replace("2014-03-01", "long ago").replace("reason: no", "reason: tired")
    found = [[one.code for one in load_source(Source("a.yaml", text), STANDARD).diagnostics] for text in (good, bad)]
    assert found == [["F013"], ["F011"]]
