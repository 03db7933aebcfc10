"""A Japanese address becomes columns."""

from __future__ import annotations

import pytest

from notegen.model.address import Address, Vertical
from notegen.post.address import codes, vertical

PLACE = {"street": "白山4-3-12", "city": "文京区", "region": "東京都", "postcode": "112-0001", "country": "JP"}


def test_columns() -> None:
    made = vertical(Address("田中 太郎", street2="コーポ花 201号室", **PLACE)).value
    assert made == Vertical("1120001", ("東京都文京区白山四ノ三ノ十二", "コーポ花 二〇一号室"), None, ("田中 太郎 様",))


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("7", "七"),
        ("10", "十"),
        ("11", "十一"),
        ("20", "二十"),
        ("34", "三十四"),
        ("05", "〇五"),
        ("100", "一〇〇"),
        ("１２", "十二"),
    ],
)
def test_numbers_are_said_or_spelt(number: str, said: str) -> None:
    made = vertical(Address("田中太郎", street=f"白山{number}番", city="文京区", country="JP")).value
    assert made is not None and made.address == (f"文京区白山{said}番",)


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("田中太郎", ("田中太郎 様",)),
        ("田中太郎様", ("田中太郎様",)),
        ("山本一郎先生", ("山本一郎先生",)),
        ("田中太郎・花子", ("田中太郎 様", "花子 様")),
        ("マイケル・ジョンソン", ("マイケル・ジョンソン 様",)),
        ("メアリー・アン・リー", ("メアリー・アン・リー 様",)),
        ("田中太郎・エミリー", ("田中太郎 様", "エミリー 様")),
        ("", ()),
    ],
)
def test_everybody_is_addressed(name: str, names: tuple[str, ...]) -> None:
    made = vertical(Address(name, **PLACE)).value
    assert made is not None and made.names == names


def test_a_firm_alone_is_addressed_as_one() -> None:
    alone = vertical(Address("", company="例株式会社", **PLACE)).value
    both = vertical(Address("田中太郎", company="例株式会社", **PLACE)).value
    assert alone is not None and alone.company == "例株式会社 御中"
    assert both is not None and both.company == "例株式会社"


def test_who_lives_with_somebody() -> None:
    made = vertical(Address("田中太郎", care_of="鈴木", **PLACE)).value
    assert made is not None and made.address[-1] == "鈴木様方"


def test_a_long_address_is_cut_before_its_house_number() -> None:
    place = {**PLACE, "region": "神奈川県", "city": "横浜市都筑区茅ケ崎中央", "street": "桜並木東通り五十番12-34"}
    made = vertical(Address("田中太郎", **place)).value
    assert made is not None and len(made.address) == 2
    assert "".join(made.address) == "神奈川県横浜市都筑区茅ケ崎中央桜並木東通り五十番十二ノ三十四"


@pytest.mark.parametrize(
    "place",
    [
        Address("Taro Tanaka", street="4-3-2 Hakusan", city="Bunkyo-ku", region="Tokyo", country="JP"),
        Address("田中太郎", street="白山4-3-2", country="TW"),
        Address("田中太郎", lines=("東京都文京区白山4-3-2",), country="JP"),
    ],
)
def test_what_cannot_be_set_from_top_to_bottom_is_said(place: Address) -> None:
    made = vertical(place)
    assert made.value is None
    assert [one.code for one in made.diagnostics] == [codes.NOT_VERTICAL]
