"""Facts and settings say where mail goes and where it is from."""

from __future__ import annotations

from pathlib import Path

import pytest

from notegen import facts, settings
from notegen.model.diagnostic import Checked
from notegen.model.facts import Facts
from notegen.model.source import Source
from notegen.pipeline.destinations import destination, home_country, language_of, sender_lines, sender_of
from notegen.post.address import codes
from notegen.settings import Settings

SHOP = "shop: {name: Sorrel Creek Auto, address: {street: 1 Mill Road, city: Ashland, region: WI, postcode: '54806'}}\n"
GERMAN = "locale: de_DE\nshop: {name: Muster GmbH, address: {street: Alter Weg 1, city: Bonn, postcode: 53111}}\n"


def shop_of(text: str) -> Settings:
    made = settings.load_source(Source("notegen.yaml", text), Path())
    assert made.diagnostics == () and made.value is not None
    return made.value


def customer(text: str) -> Facts:
    (one,) = facts.load_source(Source("facts.yaml", text), facts.STANDARD).value or ()
    return one


ANA = (
    "key: ana\ncustomer: {name: Ana Reyes, address: {street: 8 Canal St, city: Troy, region: NY, postcode: '12180'}}\n"
)


def lines_of(one: Facts, shop: Settings) -> tuple[str, ...]:
    made = destination(one, home_country(shop), language=language_of(shop))
    assert made.value is not None and made.diagnostics == ()
    return made.value.lines


def test_home_and_abroad() -> None:
    assert lines_of(customer(ANA), shop_of(SHOP)) == ("Ana Reyes", "8 Canal St", "Troy NY 12180")
    paris = customer(ANA.replace("region: NY, postcode: '12180'", "postcode: '75008', country: Frankreich"))
    assert lines_of(paris, shop_of(GERMAN)) == ("Ana Reyes", "8 Canal St", "75008 Troy", "FRANKREICH")


def test_the_language_counts_where_the_post_reads_it() -> None:
    paris = customer(ANA.replace("region: NY, postcode: '12180'", "postcode: '75008', country: FR"))
    assert lines_of(paris, shop_of("locale: it_CH\n"))[-1] == "FRANCIA"
    assert lines_of(paris, shop_of("locale: es_US\n"))[-1] == "FRANCE"


def test_findings_carry_the_customer_and_the_place() -> None:
    made = destination(customer("key: ana\ncustomer:\n  name: Ana Reyes\n"), "US")
    assert made.value is None
    (one,) = made.diagnostics
    assert (one.code, one.note, str(one.span)) == (codes.NONE, "ana", "facts.yaml:3:9")
    (one,) = destination(customer(ANA.replace("8 Canal St", "x" * 60)), "US").diagnostics
    assert (one.code, one.note) == (codes.LONG, "ana")


def test_the_addressee_wins_over_the_name() -> None:
    both = customer(ANA.replace("address: {", "address: {addressee: Ana and Bo Ito, "))
    assert lines_of(both, shop_of(SHOP))[0] == "Ana and Bo Ito"


def test_upright_mail_has_columns_in_japan_alone() -> None:
    place = "{street: 白山4-3-2, city: 文京区, region: 東京都, postcode: 112-0001}"
    made = destination(customer(f"customer: {{name: 田中太郎, address: {place}}}\n"), "JP", upright=True).value
    assert made is not None and made.columns is not None and made.columns.names == ("田中太郎 様",)
    abroad = destination(customer(ANA), "US", upright=True).value
    assert abroad is not None and abroad.columns is None


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("shop: {name: x}\n", "US"),
        ("locale: de_AT\n", "AT"),
        ("locale: ja\n", "JP"),
        ("locale: en_GB\nshop: {address: {city: Cork, country: Ireland}}\n", "IE"),
        ("locale: zh_Hant_TW\n", "TW"),
    ],
)
def test_where_the_shop_posts_from(text: str, country: str) -> None:
    assert home_country(shop_of(text)) == country


def test_the_return_address() -> None:
    shop = shop_of(SHOP)
    own = ("Sorrel Creek Auto", "1 Mill Road", "Ashland WI 54806")
    sender = sender_of(shop, "US")
    assert sender.value is not None and sender.diagnostics == ()
    for country, lines in (("", own), (", country: FR", (*own, "UNITED STATES OF AMERICA"))):
        to = destination(customer(ANA.replace("city: Troy", f"city: Troy{country}")), "US").value
        assert to is not None
        assert sender_lines(sender.value, "US", to) == lines
    assert sender_of(shop_of("shop: {name: Sorrel Creek Auto}\n"), "US") == Checked(None)
    wrong = sender_of(shop_of(SHOP.replace("'54806'", "'5480'")), "US")
    assert [(one.code, str(one.span)) for one in wrong.diagnostics] == [(codes.POSTCODE, "notegen.yaml:1:101")]


def test_a_japanese_sender_does_not_honour_himself() -> None:
    text = "shop: {name: ひのき堂, address: {street: 檜5-1-9, city: 緑区, region: 東京都, postcode: 199-0042}}\n"
    sender = sender_of(shop_of(f"locale: ja_JP\n{text}"), "JP", upright=True).value
    assert sender is not None and sender.columns is not None
    assert (sender.lines[-1], sender.columns.names) == ("ひのき堂", ("ひのき堂",))


def test_who_signs_stands_for_a_shop_without_a_name() -> None:
    sender = sender_of(shop_of(SHOP.replace("name: Sorrel Creek Auto", "signer: Ruth")), "US").value
    assert sender is not None and sender.lines[0] == "Ruth"


def test_a_slip_in_the_shop_address_is_found() -> None:
    made = settings.load_source(Source("notegen.yaml", "shop: {address: {potscode: 1}}\n"), Path())
    assert [one.hint for one in made.diagnostics] == ["did you mean 'postcode'?"]
