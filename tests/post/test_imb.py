"""The Intelligent Mail barcode: the published vectors, a second implementation, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.graphics.barcode.usps4s import USPS_4State

from notegen.errors import NotegenError
from notegen.post.imb import CLEAR, FULL, PITCH, TRACKER, WIDTH, barcode, encode

INCH = 25.4

SPECIFICATION = {
    "": "ATTFATTDTTADTAATTDTDTATTDAFDDFADFDFTFFFFFTATFAAAATDFFTDAADFTFDTDT",
    "01234": "DTTAFADDTTFTDTFTFDTDDADADAFADFATDDFTAAAFDTTADFAAATDFDTDFADDDTDFFT",
    "012345678": "ADFTTAFDTTTTFATTADTAAATFTFTATDAAAFDDADATATDTDTTDFDTDATADADTDFFTFA",
    "01234567891": "AADTFFDFTDADTAADAATFDTDDAAADDTDTTDAFADADDDTFFFDDTTTADFAAADFTDAADA",
}
"""USPS-B-3200, appendix: the bars of tracking code 01234567094987654321 with each length of routing code."""

ENCODER = (
    ("53379777234994544928", "51135759461", "DAFDTDAFFDFTDADTDDFTTFDTATATFFFDFTTFFFTFDDTDAAFATDFTFDFDTTTDTTFDA"),
    ("53055494689272602879", "13765583689", "AFDADAFTAFDTDFTFTFDAAFDDTAFDFDTTFADATAATAAAADDDFAAAAATDADAFADFTTT"),
    ("40120111574675115924", "62176609110", "DDAFFFDAFTFDFFAAATTTDDFFTFADDFAFTTDAAAAAADFTTFDTAFDDTDDADATDAFAFF"),
    ("82205455868913559972", "54765515722", "TTTADTFFADAFDTTFDTAADATFFFADFFTDDFFFATDADAATAAADDATFTAADFADTADADD"),
)
"""The test cases that come with the postal service's own encoder."""

OTHERS = (
    ("00050010203123456789", "012345678", "FTTATTTTTDFAADTATAFTFTTTAAAAFTTDDDTFTDDAFTADDFDTDAFTDATTDFADDDDDA"),
    ("23270592831482031240", "96713024817", "DDADATADTAATDTTTDFDTTFTFFADTFTDFTATAAFTTFATDAATATDATATFADAADDTFDT"),
)
"""The origin example of democracyworks/imbarcode, and one that the encoder page of PostalPro made."""

TRACKING = st.from_regex(r"[0-9][0-4][0-9]{18}", fullmatch=True)
ROUTING = st.from_regex(r"([0-9]{5}([0-9]{4}([0-9]{2})?)?)?", fullmatch=True)


@pytest.mark.parametrize(("routing", "bars"), SPECIFICATION.items())
def test_the_vectors_of_the_specification(routing: str, bars: str) -> None:
    assert encode("01234567094987654321", routing) == bars


@pytest.mark.parametrize(("tracking", "routing", "bars"), ENCODER + OTHERS)
def test_published_barcodes(tracking: str, routing: str, bars: str) -> None:
    assert encode(tracking, routing) == bars


@given(TRACKING, ROUTING)
def test_another_implementation_makes_the_same_bars(tracking: str, routing: str) -> None:
    assert encode(tracking, routing) == USPS_4State(tracking, routing).barcodes


@pytest.mark.parametrize(
    ("tracking", "routing", "said"),
    [
        ("57379777234994544928", "51135759461", "second digit of the tracking code '57379777234994544928' is 7"),
        ("53055494689272602879", "137655B3689", "routing code '137655B3689' has 'B' in place 7"),
        ("4012X111574675115924", "62176609110", "tracking code '4012X111574675115924' has 'X' in place 5"),
        ("05234567094987654321", "", "second digit of the tracking code '05234567094987654321' is 5"),
        ("0123456709498765432", "", "has 19 digits, not 20"),
        ("", "01234", "has 0 digits, not 20"),
        ("01234567094987654321", "0123", "routing code '0123' has 4 digits"),
        ("01234567094987654321", "0123456789", "has 10 digits"),
        ("01234567094987654321", "01234-5678", "has '-' in place 6"),
        ("0123456709498765432１", "", "has '１' in place 20"),
    ],
)
def test_digits_that_no_barcode_can_carry_are_refused(tracking: str, routing: str, said: str) -> None:
    """The first three are the faulty cases that come with the postal service's encoder."""
    with pytest.raises(NotegenError, match=said):
        encode(tracking, routing)


def test_the_bars_have_the_sizes_of_the_specification() -> None:
    assert 20 <= INCH / PITCH <= 24
    assert 0.015 <= WIDTH / INCH <= 0.025
    assert 0.125 <= FULL / INCH <= 0.165
    assert 0.039 <= TRACKER / INCH <= 0.057
    assert (CLEAR[0] / INCH, CLEAR[1] / INCH) == pytest.approx((0.125, 0.028))


def test_each_letter_is_drawn_as_its_bar() -> None:
    full, up, down, tracker = barcode("FADT").area.boxes
    middle = FULL / 2
    assert (full.y, full.top) == pytest.approx((0, FULL))
    assert (up.y, up.top) == pytest.approx((middle - TRACKER / 2, FULL))
    assert (down.y, down.top) == pytest.approx((0, middle + TRACKER / 2))
    assert (tracker.y, tracker.top) == pytest.approx((middle - TRACKER / 2, middle + TRACKER / 2))
    assert [one.x for one in (full, up, down, tracker)] == pytest.approx([0, PITCH, 2 * PITCH, 3 * PITCH])


def test_a_whole_barcode_is_as_long_as_65_bars() -> None:
    made = barcode(encode("01234567094987654321", "01234567891"))
    assert len(made.area.boxes) == 65
    assert made.size == pytest.approx((64 * PITCH + WIDTH, FULL))
    assert 2.667 <= made.size[0] / INCH <= 3.225
