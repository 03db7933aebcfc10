"""Facts become envelopes and labels: who gets one, who does not and why, barcodes, handwriting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from notegen import facts, lint, pipeline, settings
from notegen.errors import NotegenError
from notegen.model.diagnostic import Severity
from notegen.model.facts import Facts
from notegen.model.mail import ZoneKind
from notegen.model.page import Area, Group, Item, PlacedCard, Words, placed
from notegen.model.purpose import Purpose
from notegen.model.source import Source
from notegen.model.stock import Box, Kind, Panel, Side
from notegen.pipeline import mailing, mailsheets
from notegen.pipeline.barcodes import Series, series
from notegen.pipeline.handwritten import pen
from notegen.pipeline.mailing import Posting
from notegen.post.imb import encode
from notegen.post.zones import face

SALE = "sale: {date: 2026-03-04, item: Outback}\n"
ANA = f"""\
customer: {{name: Ana Reyes, address: {{street: 14 Quarry Road, city: Alder Bend, region: WI, postcode: 54999-1234}}}}
{SALE}"""
BO = ANA.replace("Ana Reyes", "Bo Lind").replace("14 Quarry", "9 Birch").replace("54999-1234", '"54999"')
UWE = f"""\
customer: {{name: Uwe Kern, address: {{street: Ringstraße 5, postcode: "04109", city: Leipzig, country: DE}}}}
{SALE}"""
NOBODY = f"customer: {{name: Cara Voss}}\n{SALE}"
HOME = {
    "name": "Sorrel Creek Auto",
    "address": {"street": "1 Main Street", "city": "Alder Bend", "region": "WI", "postcode": "54999"},
}
SHOP = replace(settings.defaults(), shop=HOME)
STOCKS = pipeline.stocks(SHOP)
A7 = Posting(STOCKS.get("env-a7"))
IMB = Series("00", "300", "123456", 41)


def people(*documents: str) -> tuple[Facts, ...]:
    """Return the customers of a file."""
    return facts.load_source(Source("c.yaml", "---\n".join(documents)), SHOP.schema).value or ()


def texts(piece: object) -> list[str]:
    """Return the lines of type on the front of a piece."""
    return [item.text for item in piece.front if isinstance(item, Words)]


def test_an_envelope_has_the_address_and_the_sender() -> None:
    (made,) = mailing.envelopes(people(ANA), (), SHOP, A7).pieces
    assert {"Ana Reyes", "14 Quarry Road", "Sorrel Creek Auto", "1 Main Street"} <= set(texts(made))
    (bare,) = mailing.envelopes(people(ANA), (), SHOP, replace(A7, sender=False)).pieces
    assert "Sorrel Creek Auto" not in texts(bare)


def test_who_asked_for_no_mail_is_left_out_by_name_and_that_is_no_error() -> None:
    asked = people(ANA, BO + "preferences: {do_not_mail: yes}\n")
    made = mailing.envelopes(asked, (), SHOP, A7, homes=lint.fellows(asked))
    assert [piece.key for piece in made.pieces] == [asked[0].key]
    assert [(one.name, one.reasons) for one in made.left_out] == [("Bo Lind", ("asked for no mail",))]
    assert made.diagnostics == ()


def test_who_lives_with_them_gets_none_either() -> None:
    asked = people(ANA, ANA.replace("Ana Reyes", "Leo Reyes") + "preferences: {do_not: [no cards]}\n", UWE)
    shared = people(ANA, ANA.replace("Ana Reyes", "Leo Reyes") + "preferences: {do_not_mail: yes}\n", UWE)
    assert len(mailing.envelopes(asked, (), SHOP, A7, homes=lint.fellows(asked)).pieces) == 2
    made = mailing.envelopes(shared, (), SHOP, A7, homes=lint.fellows(shared))
    assert [one.name for one in made.left_out] == ["Ana Reyes", "Leo Reyes"]


def test_who_has_no_address_is_found_at_their_name() -> None:
    made = mailing.envelopes(people(ANA, NOBODY), (), SHOP, A7)
    assert [one.name for one in made.left_out] == ["Cara Voss"]
    found = [one for one in made.diagnostics if one.is_error]
    assert [one.span.source.text[one.span.start : one.span.end] for one in found if one.span] == ["Cara Voss"]


def test_envelopes_stand_in_the_order_of_the_facts() -> None:
    asked = people(BO, UWE, ANA)
    assert [piece.key for piece in mailing.envelopes(asked, (), SHOP, A7).pieces] == [one.key for one in asked]


def test_barcodes_count_up_and_carry_the_zip() -> None:
    """The first letters of the bars are held against the encoder: serial numbers 41 and 42, ZIP+4 and ZIP."""
    made = mailing.envelopes(people(ANA, BO), (), SHOP, replace(A7, series=IMB))
    bars = [[item for item in piece.front if isinstance(item, Area)] for piece in made.pieces]
    heights = [tuple(round(box.height, 3) for box in one[0].boxes) for one in bars]
    wanted = [encode("00300123456000000041", "549991234"), encode("00300123456000000042", "54999")]
    kinds = [["T" if h < 1.5 else "F" if h > 3 else "AD" for h in one] for one in heights]
    for found, letters in zip(kinds, wanted, strict=True):
        assert all(letter in kind for kind, letter in zip(found, letters, strict=True))


def test_what_leaves_the_country_or_has_an_odd_zip_has_no_barcode_and_a_warning() -> None:
    odd = ANA.replace("54999-1234", '"5499"')
    made = mailing.envelopes(people(UWE, odd), (), SHOP, replace(A7, series=IMB))
    warned = [one.message for one in made.diagnostics if one.code == "M205"]
    assert len(warned) == 2
    assert "DE" in warned[0] and "5499" in warned[1]
    assert not [item for piece in made.pieces for item in piece.front if isinstance(item, Area)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("00,300", "does not name a series"),
        ("00,300,12345a", "does not name a series"),
        ("0,300,123456", "barcode identifier '0' has 1 digits, not 2"),
        ("00,30,123456", "service type '30' has 2 digits, not 3"),
        ("00,300,12345", "mailer '12345' has 5 digits, not 6 or 9"),
        ("05,300,123456", "second digit"),
        ("00,300,123456789,1000000", "serial number 1000000 has more than 6 digits"),
    ],
)
def test_a_series_that_no_barcode_can_carry_is_refused(text: str, said: str) -> None:
    with pytest.raises(NotegenError, match=said):
        series(text)


def test_a_series_of_a_mailer_with_nine_digits_has_serial_numbers_of_six() -> None:
    assert series("00,300,912345678,7").tracking(1) == "00300912345678000008"
    assert series("00, 300, 123456").tracking(0) == "00300123456000000001"


def test_serial_numbers_that_run_out_end_the_command() -> None:
    short = replace(A7, series=Series("00", "300", "912345678", 999_999))
    with pytest.raises(NotegenError, match="1000000"):
        mailing.envelopes(people(ANA, BO), (), SHOP, short)


def test_a_handwritten_address_is_inside_its_zone_line_by_line_with_a_warning() -> None:
    written = replace(A7, pen=pen(SHOP, pipeline.Wishes(hand="quick-ballpoint", seed=3)))
    long = people(ANA.replace("Ana Reyes", "Dr. Anastasia Wilhelmina Reyes-Featherstonehaugh of Port Wing"))
    made = mailing.envelopes(long, (), SHOP, written)
    assert "M204" in [one.code for one in made.diagnostics]
    assert not [one for one in made.diagnostics if one.is_error]
    cards = [item for item in made.pieces[0].front if isinstance(item, PlacedCard)]
    assert [item.card.text for item in cards][1:3] == ["14 Quarry Road", "Alder Bend WI 54999-1234"]
    assert len({item.card.em for item in cards}) == 1
    zone = face("US", A7.stock.size).of(ZoneKind.ADDRESS)[0].box
    boxes = [Box(i.card.ink.x + i.at[4], i.card.ink.y + i.at[5], i.card.ink.width, i.card.ink.height) for i in cards]
    for box in boxes:
        assert box.x >= zone.x and box.right <= zone.right and box.y >= zone.y and box.top <= zone.top
    assert [box.y for box in boxes] == sorted((box.y for box in boxes), reverse=True)
    again = mailing.envelopes(long, (), SHOP, written).pieces[0]
    assert [i.at for i in again.front if isinstance(i, PlacedCard)] == [i.at for i in cards]


def test_a_square_envelope_warns_of_its_class() -> None:
    stock = replace(A7.stock, size=(140.0, 140.0))
    made = mailing.envelopes(people(ANA), (), SHOP, replace(A7, stock=stock))
    assert [one.code for one in made.diagnostics] == ["M206"]
    assert "aspect ratio 1" in made.diagnostics[0].message


def test_labels_fill_a_sheet_in_reading_order_after_those_that_are_gone() -> None:
    sheet = pipeline.sheets(SHOP).get("avery-5160")
    size = mailsheets.label_size(sheet)
    asked = people(*(ANA.replace("Ana Reyes", f"Ana Reyes {chr(65 + n)}") for n in range(5)))
    made = mailing.labels(asked, (), SHOP, size)
    pages = list(mailsheets.label_pages(made.pieces, sheet, 28))
    assert [page.size for page in pages] == [sheet.paper] * 2
    where = [
        (number, next(slot for slot, box in enumerate(sheet.slots) if _in(box, placed(item, group.at))))
        for number, page in enumerate(pages)
        for group in page.items
        if isinstance(group, Group)
        for item in group.items
        if isinstance(item, Words) and item.text.startswith("Ana")
    ]
    assert where == [(0, 28), (0, 29), (1, 0), (1, 1), (1, 2)]
    with pytest.raises(NotegenError):
        list(mailsheets.label_pages(made.pieces, sheet, 30))


def _in(box: Box, item: Item) -> bool:
    assert isinstance(item, Words)
    return box.x <= item.x <= box.right and box.y <= item.y <= box.top


def test_return_labels_are_the_shops_own() -> None:
    size = mailsheets.label_size(pipeline.sheets(SHOP).get("avery-5167"))
    made = mailing.return_labels(SHOP, size, 3)
    assert len(made.pieces) == 3
    assert texts(made.pieces[0])[0] == "Sorrel Creek Auto"
    with pytest.raises(NotegenError, match="does not say its address"):
        mailing.return_labels(settings.defaults(), size, 1)


def test_a_file_is_written_the_same_twice(tmp_path: Path) -> None:
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"
    for path in (one, two):
        made = mailing.envelopes(people(ANA, UWE), (), SHOP, replace(A7, series=IMB))
        pipeline.print_pages(mailsheets.envelope_pages(made.pieces), path, title="envelopes", locale="en_US")
    assert one.read_bytes() == two.read_bytes()


def test_a_handwritten_address_that_runs_from_the_right_is_flush_at_the_right() -> None:
    dana = f"""\
customer: {{name: "דנה כהן", address: {{street: "רחוב הרצל 12", city: תל אביב, postcode: "6525101", country: IL}}}}
{SALE}"""
    written = replace(A7, pen=pen(SHOP, pipeline.Wishes(hand="quick-ballpoint", seed=3)))
    for document, far in ((dana, True), (ANA, False)):
        (made,) = mailing.envelopes(people(document), (), SHOP, written).pieces
        cards = [item for item in made.front if isinstance(item, PlacedCard)]
        ends = {round(item.at[4] + (item.card.ink.right if far else item.card.ink.x), 6) for item in cards}
        assert len(cards) >= 3
        assert len(ends) == 1


def test_a_barcode_goes_to_a_territory_too() -> None:
    luz = ANA.replace("city: Alder Bend, region: WI", "city: San Juan, country: Puerto Rico").replace(
        "54999-", "00926-"
    )
    (made,) = mailing.envelopes(people(luz), (), SHOP, replace(A7, series=IMB)).pieces
    assert [item for item in made.front if isinstance(item, Area)] != []


def test_matching_marks_stand_on_the_backs_of_envelopes_and_count_everybody() -> None:
    asked = people(ANA, BO + "preferences: {do_not_mail: yes}\n", UWE)
    codes = mailing.matching([one.key for one in asked], 1)
    made = mailing.envelopes(asked, (), SHOP, replace(A7, codes=codes), homes=lint.fellows(asked))
    backs = [[item.text for item in piece.back if isinstance(item, Words)] for piece in made.pieces]
    assert backs == [[codes[asked[0].key]], [codes[asked[2].key]]]
    assert backs[1][0].endswith(" 3")


def test_a_card_with_an_address_side_is_addressed_and_others_are_not() -> None:
    card = STOCKS.get("us-a7")
    bare = replace(card, panels=(*card.panels, Panel("address", Box(0, 0, *card.size), Side.BACK)))
    assert not mailing.is_addressed(card)
    assert mailing.is_addressed(bare) and mailing.is_addressed(A7.stock)
    made = mailing.envelopes(people(ANA), (), SHOP, replace(A7, stock=bare, codes={people(ANA)[0].key: "X 1"}))
    assert made.pieces[0].back == ()
    assert [one.message.split(":")[0] for one in made.diagnostics] == ["this card is no First-Class Mail card"] * 2


TOWN = {"region": "神奈川県", "city": "小田原市", "street": "栄町2-1-1", "postcode": "2500011", "country": "JP"}
JAPAN = replace(settings.defaults(), locale="ja_JP", shop={"name": "檜研修館", "address": TOWN})
HANA = (
    "customer: {name: 山田 花子, address: {region: 宮城県, city: 仙台市青葉区, street: 一番町1-2-3, "
    f'postcode: "980-0811", country: JP}}}}\n{SALE}'
)


def test_japanese_mail_stands_upright_and_honours_the_reader_alone() -> None:
    (made,) = mailing.envelopes(people(HANA), (), JAPAN, replace(A7, stock=STOCKS.get("env-naga3"))).pieces
    written = "".join(texts(made))
    assert written.startswith("9800811宮城県仙台市青葉区一番町一ノ二ノ三")
    assert written.count("様") == 1
    assert written.endswith("檜研修館")


def test_an_address_that_is_not_in_japanese_keeps_its_lines_on_upright_mail() -> None:
    abroad = people(ANA.replace("54999-1234}", "54999-1234, country: US}"))
    (made,) = mailing.envelopes(abroad, (), JAPAN, replace(A7, stock=STOCKS.get("env-naga3"))).pieces
    assert {"Ana Reyes", "14 Quarry Road"} <= set(texts(made))


def test_what_is_wrong_with_the_shops_address_is_said_at_its_place_and_keeps_all_envelopes_back() -> None:
    text = "shop: {name: Sorrel Creek Auto, address: {street: 1 Main Street, country: Atlantis}}\n"
    shop = settings.load_source(Source("notegen.yaml", text), Path()).value
    assert shop is not None
    made = mailing.envelopes(people(ANA), (), shop, A7)
    assert (made.pieces, made.left_out) == ((), ())
    assert {str(one.span).split(":")[0] for one in made.diagnostics if one.is_error} == {"notegen.yaml"}
    assert len(mailing.envelopes(people(ANA), (), shop, replace(A7, sender=False)).pieces) == 1


def test_a_return_address_that_does_not_fit_is_said_at_the_shops_address() -> None:
    text = f"shop: {{name: {'W' * 90}, address: {{street: 1 Main St, city: Troy, region: NY, postcode: '12180'}}}}\n"
    shop = settings.load_source(Source("notegen.yaml", text), Path()).value
    assert shop is not None
    made = mailing.envelopes(people(ANA), (), shop, A7)
    (found,) = [one for one in made.diagnostics if one.is_error]
    assert (found.code, str(found.span).split(":")[0]) == ("M208", "notegen.yaml")
    assert [one.name for one in made.left_out] == ["Ana Reyes"]


def test_a_customer_who_could_not_be_read_is_named_by_place() -> None:
    loaded = facts.load_source(Source("c.yaml", ANA + '---\ncustomer: {name: "Bo\n'), SHOP.schema)
    made = mailing.envelopes(loaded.value or (), loaded.diagnostics, SHOP, A7)
    assert [one.name for one in made.left_out] == ["a customer who could not be read"]


@pytest.mark.parametrize("name", [one.name for one in STOCKS if one.kind is Kind.ENVELOPE])
def test_envelopes_of_every_stock_are_fit_for_the_press(name: str, tmp_path: Path) -> None:
    """PDF/X-4 without an error or a warning by our own preflight; a file that had one would not be written."""
    stock = STOCKS.get(name)
    shop, who = (SHOP, ANA) if stock.size[0] > stock.size[1] else (JAPAN, HANA)
    made = mailing.envelopes(people(who), (), shop, replace(A7, stock=stock, series=IMB))
    asked = pipeline.PrintingAsked(purpose=Purpose.PRESS, date=date(2026, 3, 4))
    printing = pipeline.printing_for(shop, asked)
    done = mailsheets.press_envelopes(made.pieces, tmp_path / "e.pdf", printing, stock, "envelopes")
    assert done.report is not None
    assert [one for one in done.report.findings if one.severity is not Severity.INFO] == []
