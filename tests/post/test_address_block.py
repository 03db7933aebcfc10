"""A block loses nothing of its address, and has no gaps."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.model.address import Address
from notegen.post.address import codes as rules
from notegen.post.address import lines
from notegen.post.address.block import MOST
from notegen.post.address.formats import codes, format_of
from notegen.post.address.template import filled

WORDS = st.text(st.characters(categories=("L", "N"), max_codepoint=0x24F), min_size=1, max_size=9)
TEXTS = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
KANJI = st.text(st.sampled_from("東京都千代田区丸内山川町一二三"), min_size=1, max_size=8)
PARTS = ("company", "care_of", "street", "street2", "district", "city", "region", "postcode")


def addresses(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Address]:
    """Return addresses anywhere, each of whose parts may be missing but the name and the street."""
    optional = {part: st.none() | texts for part in PARTS if part != "street"}
    return st.builds(Address, texts, street=texts, country=st.sampled_from(codes()), **optional)


def block_of(address: Address, sender: str = "US") -> tuple[str, ...]:
    made = lines(address, sender).value
    assert made is not None
    return made


@given(addresses(TEXTS | KANJI), st.sampled_from(("US", "DE", "JP", "CH")))
def test_no_part_is_lost_and_nothing_is_forced_into_capitals(address: Address, sender: str) -> None:
    text = "\n".join(block_of(address, sender))
    for part in ("name", *PARTS):
        assert (getattr(address, part) or "") in text


@given(addresses(TEXTS | KANJI), st.sampled_from(("US", "DE", "JP")))
def test_a_block_has_no_gaps(address: Address, sender: str) -> None:
    block = block_of(address, sender)
    assert 2 <= len(block) <= 10
    wide = "  " in " ".join((*format_of(address.country or "").lines, *format_of(address.country or "").script))
    for line in block:
        assert line == line.strip() and line
        assert "   " not in line and ("  " not in line or wide)
        assert "\n" not in line and "{" not in line and not re.search(r"(^|\s)[-,/](\s|$)", line.replace(" - ", ""))


@given(addresses(TEXTS))
def test_the_country_comes_last_and_only_abroad(address: Address) -> None:
    home = block_of(address, address.country or "US")
    away = block_of(address, "DE")
    assert len(away) - len(home) in (0, 1)
    if len(away) > len(home):
        assert away[-1] == away[-1].upper()


@given(st.lists(st.text(" \tab1", max_size=6), min_size=1, max_size=4), TEXTS)
def test_written_lines_are_kept(rows: list[str], name: str) -> None:
    block = block_of(Address(name, lines=tuple(rows)))
    kept = [" ".join(row.split()) for row in rows if row.strip()]
    assert block[-len(kept) :] == tuple(kept) if kept else block == (" ".join(name.split()),)
    assert all(line for line in block)


def test_written_lines_have_the_name_once() -> None:
    rows = ("Mrs Ana Reyes", "8 Canal Street", "Troy NY 12180")
    assert block_of(Address("Ana Reyes", lines=rows)) == rows
    assert block_of(Address("Bo", lines=("8 Bodega Lane", "Troy NY 12180")))[0] == "Bo"
    assert block_of(Address("山田太郎", lines=("〒100-0005", "東京都千代田区丸の内1-2-3")), "JP")[-1] == "山田太郎"


def test_a_flat_stands_where_the_country_has_it() -> None:
    flat = {"street": "8 Canal Street", "street2": "Apt 3", "city": "Troy"}
    assert block_of(Address("A", country="US", **flat))[1] == "8 Canal Street Apt 3"
    assert block_of(Address("A", country="GB", **flat), "GB")[1:3] == ("Apt 3", "8 Canal Street")
    assert block_of(Address("A", country="SG", **flat), "SG")[1:3] == ("8 Canal Street", "Apt 3")
    crowded = {**flat, "street": "12345 Southwest Martin Luther King Boulevard"}
    assert block_of(Address("A", country="US", **crowded))[1:3] == ("Apt 3", crowded["street"])
    assert block_of(Address("A", country="ES", **crowded), "ES")[1:3] == (crowded["street"], "Apt 3")


def test_the_spanish_province_has_a_line_of_its_own_unless_it_is_the_town() -> None:
    place = Address("A", street="Calle Luna 10", city="Aranjuez", region="Madrid", postcode="28300", country="ES")
    assert block_of(place, "ES")[-2:] == ("28300 Aranjuez", "Madrid")
    town = Address("A", street="Calle Luna 10", city="Madrid", region="Madrid", postcode="28013", country="ES")
    assert block_of(town, "ES")[-1] == "28013 Madrid"


def test_cedex_and_postfach_are_kept() -> None:
    firm = Address(
        "", company="Exemple SA", street="BP 40123", city="Montpellier Cedex 5", postcode="34092", country="FR"
    )
    assert block_of(firm, "FR") == ("Exemple SA", "BP 40123", "34092 Montpellier Cedex 5")


def test_japanese_in_its_own_order() -> None:
    place = Address(
        "田中太郎",
        street="白山4-3-2",
        street2="コーポ花 201",
        city="文京区",
        region="東京都",
        postcode="112-0001",
        country="JP",
    )
    own = ("〒112-0001", "東京都文京区白山4-3-2", "コーポ花 201", "田中太郎 様")
    assert block_of(place, "JP") == own
    assert block_of(place, "US") == (*own, "JAPAN")


def test_chinese_and_korean_in_their_own_order() -> None:
    taipei = Address("王小明", street="金山南路二段55號", city="大安區", region="台北市", postcode="106", country="TW")
    assert block_of(taipei, "TW") == ("106", "台北市大安區金山南路二段55號", "王小明")
    seoul = Address("홍길동", street="세종대로 110", city="중구", region="서울특별시", postcode="04524", country="KR")
    assert block_of(seoul, "KR") == ("서울특별시 중구 세종대로 110", "홍길동", "04524")


@pytest.mark.parametrize(
    ("template", "parts", "line"),
    [
        ("{city} - {region}", {"city": "a", "region": "b"}, "a - b"),
        ("{city} - {region}", {"city": "a"}, "a"),
        ("{city} - {region}", {"region": "b"}, "b"),
        ("L-{postcode} {city}", {"city": "a"}, "a"),
        ("L-{postcode} {city}", {"postcode": "1"}, "L-1"),
        ("{city}, {region} {postcode}", {"city": "a", "postcode": "1"}, "a 1"),
        ("〒{postcode}", {}, ""),
    ],
)
def test_what_stands_between_two_parts(template: str, parts: dict[str, str | None], line: str) -> None:
    assert filled(template, parts) == line


def test_a_tall_block_and_a_long_line_are_found() -> None:
    tall = Address("A\nB\nC", company="D", street="E\nF", street2="G", city="H", postcode="1010", country="AT")
    found = lines(tall, "US")
    assert len(found.value or ()) > MOST
    assert [one.code for one in found.diagnostics] == [rules.TALL]
    long = Address("A", street="x" * 39, city="Nice", postcode="06000", country="FR")
    assert [one.code for one in lines(long, "FR").diagnostics] == [rules.LONG]
    assert lines(Address("A", street="x" * 39, city="Troy"), "US").diagnostics == ()
