"""notegen.yaml is found, read and checked, and the shop's facts stand beside the customer's."""

from __future__ import annotations

import os
import pickle
from datetime import date
from pathlib import Path

import pytest
import strategies
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from notegen import settings
from notegen.errors import UnreadableFile
from notegen.facts import STANDARD, load_source
from notegen.model.schema import Kind
from notegen.model.source import Source

WHOLE = """\
shop: {name: Corner Shop, signer: Jo, hours: {monday: closed}}
hand: quick-ballpoint
stock: us-a2
locale: de-AT
currency: EUR
templates: letters
facts: people
seed: 7
fields:
  sale.trade_in: {kind: text, weight: 1, doc: what they traded in}
  visits.*.pet: {kind: text, required: yes, choices: [cat, dog]}
notes:
  - {facts: people/march.yaml, template: thanks}
"""


def read(text: str) -> tuple[settings.Settings, list[tuple[str, str, str]]]:
    checked = settings.load_source(Source("notegen.yaml", text), Path("root"))
    assert checked.value is not None
    return checked.value, [(one.code, one.span.text if one.span else "", one.message) for one in checked.diagnostics]


def test_everything_is_read() -> None:
    made, found = read(WHOLE)
    assert found == []
    assert (made.hand, made.stock, made.locale, made.currency, made.seed) == (
        "quick-ballpoint",
        "us-a2",
        "de_AT",
        "EUR",
        7,
    )
    assert (made.root, made.templates, made.facts) == (Path("root"), Path("root/letters"), Path("root/people"))
    assert made.notes == (settings.Pairing(Path("root/people/march.yaml"), "thanks"),)
    assert made.shop == {"name": "Corner Shop", "signer": "Jo", "hours": {"monday": "closed"}}
    assert made.spans["shop.hours.monday"].text == "closed"
    assert set(made.spans) == {"shop", "shop.name", "shop.signer", "shop.hours", "shop.hours.monday"}
    assert pickle.loads(pickle.dumps(made)) == made


def test_the_shop_s_own_fields_are_in_the_schema() -> None:
    made, _ = read(WHOLE)
    assert made.schema.fields["sale.trade_in"].weight == 1
    assert made.schema.fields["sales.*.trade_in"].doc == "what they traded in"
    assert made.schema.fields["visits"].kind is Kind.LIST
    assert made.schema.fields["visits.*.pet"].required
    assert made.schema.fields["visits.*.pet"].choices == ("cat", "dog")


def test_what_is_not_said_is_usual() -> None:
    made, found = read("shop:\n")
    assert found == []
    assert (made.hand, made.stock, made.locale, made.currency, made.seed) == (None, None, "en_US", "USD", 0)
    assert (made.templates, made.facts, made.schema) == (Path("root/templates"), Path("root/facts"), STANDARD)
    assert made.shop == {}


@pytest.mark.parametrize(
    ("locale", "currency"),
    [
        ("en_GB", "GBP"),
        ("de", "EUR"),
        ("de-CH", "CHF"),
        ("ja", "JPY"),
        ("zh_Hant", "CNY"),
        ("xx", "USD"),
        ("en_001", "USD"),
    ],
)
def test_money_is_what_people_pay_with_there(locale: str, currency: str) -> None:
    assert read(f"locale: {locale}\n")[0].currency == currency
    assert read(f"locale: {locale}\ncurrency: CAD\n")[0].currency == "CAD"


@pytest.mark.parametrize(
    ("text", "code", "place", "says"),
    [
        ("stcok: x\n", "F010", "stcok", "no setting called 'stcok'"),
        ("hand: No\n", "F013", "No", "hand wants text"),
        ("hand: [a]\n", "F011", "[a]", "hand is a list, text"),
        ("shop: Corner\n", "F011", "Corner", "shop is text, a record"),
        ("locale: english\n", "F018", "english", "locale cannot be"),
        ("currency: usd\n", "F018", "usd", "currency cannot be"),
        ("seed: 1.5\n", "F011", "1.5", "whole number"),
        ("seed: x\n", "F011", "x", "seed is text"),
        ("notes: [{facts: a.yaml}]\n", "F012", "notes", "notes.0.template is missing"),
        ("notes: {facts: a}\n", "F011", "{facts: a}", "notes is a record, a list"),
        ("notes: [{facts: a, templte: b, template: c}]\n", "F010", "templte", "notes.0 has no 'templte'"),
        ("fields: [a]\n", "F011", "[a]", "fields is no record"),
        ("fields: {sale.trade-in: {kind: text}}\n", "F022", "sale.trade-in", "cannot be the path"),
        ("fields: {sale..x: {kind: text}}\n", "F022", "sale..x", "cannot be the path"),
        ("fields: {sale.x: text}\n", "F022", "text", "does not say what it is"),
        ("fields: {sale.x: }\n", "F022", "", "does not say what it is"),
        ("fields: {sale.x: {weight: 1}}\n", "F012", "sale.x", "kind is missing"),
        ("fields: {sale.x: {kind: txt}}\n", "F018", "txt", "kind cannot be 'txt'"),
        ("fields: {sale.x: {kind: text, wieght: 1}}\n", "F010", "wieght", "'wieght'"),
        ("fields: {sale.x: {kind: text, weight: -1}}\n", "F022", "-1", "weight is -1"),
        ("fields: {sale.x: {kind: text, weight: 0.5}}\n", "F022", "0.5", "weight is 0.5"),
        ("fields: {sale.x: {kind: text, required: maybe}}\n", "F011", "maybe", "required is text"),
        ("hand: a\n---\nhand: b\n", "F011", "---", "one document"),
        ("hand: 'a\n", "F001", "'", "never closed"),
        ("hand: a\nhand: b\n", "F003", "hand", "given twice"),
        ("- a\n", "F011", "- a", "is a list"),
        ("", "F009", "", "empty"),
    ],
)
def test_one_fault_is_said_once_at_its_place(text: str, code: str, place: str, says: str) -> None:
    made, found = read(text)
    ((said_code, said_place, message),) = found
    assert (said_code, said_place) == (code, place)
    assert says in message
    assert "sale.x" not in made.schema.fields


def test_the_nearest_folder_above_governs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / "shop" / "facts" / "march"
    deep.mkdir(parents=True)
    (tmp_path / "shop" / "notegen.yaml").write_text("hand: outer\n")
    assert (settings.load(deep).value or settings.defaults()).hand == "outer"
    monkeypatch.chdir(deep.parent)
    made = settings.load(Path("march")).value
    assert made is not None
    assert made.root is not None
    assert made.root.resolve() == tmp_path / "shop"
    assert str(made.source and made.source.name) == os.path.join("..", "notegen.yaml")
    (deep.parent / "notegen.yaml").write_text("hand: inner\n")
    assert (settings.load(deep).value or settings.defaults()).hand == "inner"
    assert settings.find(Path()) == Path()


def test_the_search_ends_at_a_git_checkout(tmp_path: Path) -> None:
    (tmp_path / "notegen.yaml").write_text("hand: outer\n")
    inside = tmp_path / "repo" / "facts"
    inside.mkdir(parents=True)
    assert (settings.find(inside) or inside).resolve() == tmp_path.resolve()
    (tmp_path / "repo" / ".git").mkdir()
    loaded = settings.load(inside)
    assert loaded.diagnostics == ()
    assert loaded.value == settings.defaults(inside)
    assert loaded.value.root is None
    assert loaded.value.templates == inside / "templates"


def test_settings_that_are_no_text_are_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "notegen.yaml").write_bytes(b"\xff\x00")
    with pytest.raises(UnreadableFile):
        settings.load(tmp_path)


def test_the_shop_stands_beside_the_customer() -> None:
    made, _ = read(WHOLE)
    (one,) = load_source(Source("f.yaml", "customer: {name: Ana}\n"), made.schema).value or ()
    beside = settings.with_shop(one, made, None)
    assert beside.get("shop.signer") == "Jo"
    assert str(beside.spans["shop.signer"]) == "notegen.yaml:1:35"
    assert beside.get("customer.name") == "Ana"
    assert beside.key == one.key
    assert not beside.has("today")
    dated = settings.with_shop(one, made, date(2026, 6, 1))
    assert dated.get("today") == date(2026, 6, 1)
    assert "today" not in dated.spans
    assert "shop" not in one.tree


@hypothesis_settings(max_examples=150, deadline=None)
@given(strategies.YAMLISH)
def test_no_text_is_too_much(text: str) -> None:
    for whole in (text, f"shop: {text}\n", f"fields: {{sale.x: {text}}}\n"):
        made, found = read(whole)
        assert made.root == Path("root")
        assert all(message for _, _, message in found)


@pytest.mark.parametrize(
    ("text", "code", "place", "said"),
    [
        ("print: {for: pres}", "F018", "1:14", "pres"),
        ("print: {condition: gracol, icc: ours.icc}", "F011", "1:33", "both a condition and a profile"),
        ("print: {tac: 30}", "F018", "1:14", "from 100 to 400"),
        ("print: {marks: corners}", "F018", "1:16", "corners"),
        ("print: {shet: a4}", "F010", "1:9", "shet"),
        ("print: press", "F011", "1:8", "no record"),
    ],
)
def test_what_is_wrong_under_print_is_found_at_its_place(text: str, code: str, place: str, said: str) -> None:
    found = settings.load_source(Source("notegen.yaml", text), Path("root")).diagnostics
    assert [one.code for one in found] == [code]
    assert str(found[0].span) == f"notegen.yaml:{place}"
    assert said in found[0].message
