"""Facts and settings become the blocks of envelopes."""

from __future__ import annotations

from pathlib import Path

import pytest

from notegen import facts, settings
from notegen.model.facts import Facts
from notegen.model.source import Source
from notegen.pipeline import posting
from notegen.pipeline.destinations import sender_of
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


def test_home_and_abroad() -> None:
    ana = customer(ANA)
    own = ("Ana Reyes", "8 Canal St", "Troy NY 12180")
    assert posting.block_of(ana, shop_of(SHOP)).value == own
    paris = customer(ANA.replace("region: NY, postcode: '12180'", "postcode: '75008', country: Frankreich"))
    assert posting.block_of(paris, shop_of(GERMAN)).value == ("Ana Reyes", "8 Canal St", "75008 Troy", "FRANKREICH")


def test_findings_carry_the_customer_and_the_place() -> None:
    made = posting.block_of(customer("key: ana\ncustomer:\n  name: Ana Reyes\n"), shop_of(SHOP))
    assert made.value is None
    (one,) = made.diagnostics
    assert (one.code, one.note, str(one.span)) == (codes.NONE, "ana", "facts.yaml:3:9")
    long = customer(ANA.replace("8 Canal St", "x" * 60))
    (one,) = posting.block_of(long, shop_of(SHOP)).diagnostics
    assert (one.code, one.note) == (codes.LONG, "ana")


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("shop: {name: x}\n", "US"),
        ("locale: de_AT\n", "AT"),
        ("locale: ja\n", "JP"),
        ("locale: en_GB\nshop: {address: {city: Cork, country: Ireland}}\n", "IE"),
        ("locale: zh_Hant_TW\n", "TW"),
        ("shop: {address: {lines: [Alter Weg 1, 53111 Bonn, Deutschland]}}\n", "DE"),
        ("shop: {address: {city: San Juan, country: Puerto Rico}}\n", "US"),
    ],
)
def test_where_the_shop_posts_from(text: str, country: str) -> None:
    assert posting.sender_country(shop_of(text)) == country


def test_a_territory_of_the_united_states_is_a_state_to_its_post() -> None:
    text = "customer: {name: Luz Marin, address: {street: Calle Luna 5, district: Urb Sol, city: San Juan, "
    for rest in ("region: PR, ", "country: Puerto Rico, ", "region: PR, country: PR, "):
        made = posting.block_of(customer(f"{text}{rest}postcode: '009261234'}}}}\n"), shop_of(SHOP))
        assert made.value == ("Luz Marin", "Urb Sol", "Calle Luna 5", "San Juan PR 00926-1234")
        assert made.diagnostics == ()
    abroad = posting.block_of(customer(f"{text}country: PR, postcode: '00926'}}}}\n"), shop_of(GERMAN)).value
    assert abroad is not None and abroad[-2:] == ("San Juan PR 00926", "VEREINIGTE STAATEN")


def test_the_return_address() -> None:
    shop = shop_of(SHOP)
    own = ("Sorrel Creek Auto", "1 Mill Road", "Ashland WI 54806")
    assert posting.return_block(shop).value == own
    assert posting.return_block(shop, to="PR").value == own
    assert posting.return_block(shop, to="FR").value == (*own, "UNITED STATES OF AMERICA")
    without = posting.return_address(shop_of("shop: {name: Sorrel Creek Auto}\n"))
    assert without.value is None
    assert [(one.code, str(one.span)) for one in without.diagnostics] == [(codes.NONE, "notegen.yaml:1:14")]


def test_a_japanese_sender_does_not_honour_himself() -> None:
    text = "shop: {name: ひのき堂, address: {street: 檜5-1-9, city: 緑区, region: 東京都, postcode: 199-0042}}\n"
    shop = shop_of(f"locale: ja_JP\n{text}")
    sender = sender_of(shop, upright=True).value
    assert sender is not None and sender.columns is not None
    assert (sender.lines()[-1], sender.columns.names) == ("ひのき堂", ("ひのき堂",))


def test_who_signs_stands_for_a_shop_without_a_name() -> None:
    made = posting.return_block(shop_of(SHOP.replace("name: Sorrel Creek Auto", "signer: Ruth"))).value
    assert made is not None and made[0] == "Ruth"


def test_the_language_counts_where_the_post_reads_it() -> None:
    paris = customer(ANA.replace("region: NY, postcode: '12180'", "postcode: '75008', country: FR"))
    for locale, line in (("it_CH", "FRANCIA"), ("es_US", "FRANCE")):
        block = posting.block_of(paris, shop_of(f"locale: {locale}\n")).value
        assert block is not None and block[-1] == line


def test_a_slip_in_the_shop_address_is_found() -> None:
    made = settings.load_source(Source("notegen.yaml", "shop: {address: {potscode: 1}}\n"), Path())
    assert [one.hint for one in made.diagnostics] == ["did you mean 'postcode'?"]
