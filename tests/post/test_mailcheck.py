"""Mailing classes: a table of pieces, what keeps them out, and that each limit has a source."""

from __future__ import annotations

import pytest

from notegen.errors import UnknownName
from notegen.model.mail import Mailpiece, Measure
from notegen.post.classes import CLASSES
from notegen.post.mailcheck import classes, countries, estimated, mail_class, ruling, rulings

INCH = 25.4
OUNCE = 28.349523125


def inches(width: float, height: float, thick: float | None = None, **more: float | bool) -> Mailpiece:
    """Return a piece with sizes in inches."""
    return Mailpiece((width * INCH, height * INCH), None if thick is None else thick * INCH, **more)  # type: ignore[arg-type]


CASES = [
    ("US", inches(6, 4, 0.010, card=True), "us-card"),
    ("US", inches(6, 4.25, 0.007, card=True), "us-card"),
    ("US", inches(5, 3.5, 0.016, card=True), "us-card"),
    ("US", inches(6, 4, 0.017, card=True), "us-letter"),
    ("US", inches(9, 6, 0.012, card=True), "us-large-card"),
    ("US", inches(9, 6, 0.008, card=True), "us-nonmachinable"),
    ("US", inches(6, 4, 0.006, card=True), None),
    ("US", inches(6, 4, 0.010), "us-letter"),
    ("US", inches(7.25, 5.25, 0.04, weight=20.0), "us-letter"),
    ("US", inches(9.5, 4.125, 0.04, weight=20.0), "us-letter"),
    ("US", inches(5.5, 5.5, 0.04), "us-nonmachinable"),
    ("US", inches(5.25, 7.25, 0.04), "us-large-envelope"),
    ("US", inches(5.2, 4.0, 0.04), "us-letter"),
    ("US", inches(5.19, 4.0, 0.04), "us-nonmachinable"),
    ("US", inches(10, 4.0, 0.04), "us-letter"),
    ("US", inches(10.1, 4.0, 0.04), "us-nonmachinable"),
    ("US", inches(11.5, 6.125, 0.25), "us-letter"),
    ("US", inches(11.6, 6.125, 0.25), "us-large-envelope"),
    ("US", inches(7.25, 5.25, 0.26), "us-large-envelope"),
    ("US", inches(7.25, 5.25, 0.04, weight=3.5 * OUNCE), "us-letter"),
    ("US", inches(7.25, 5.25, 0.04, weight=3.6 * OUNCE), "us-large-envelope"),
    ("US", inches(4.5, 3.5, 0.04), None),
    ("GB", Mailpiece((229, 162), 2, 50), "gb-letter"),
    ("GB", Mailpiece((240, 165), 5, 100), "gb-letter"),
    ("GB", Mailpiece((165, 240), 5, 100), "gb-letter"),
    ("GB", Mailpiece((241, 165), 5, 100), "gb-large-letter"),
    ("GB", Mailpiece((229, 162), 6, 100), "gb-large-letter"),
    ("GB", Mailpiece((229, 162), 2, 101), "gb-large-letter"),
    ("GB", Mailpiece((354, 250), 2, 101), None),
    ("GB", Mailpiece((130, 92), 2, 20), None),
    ("DE", Mailpiece((148, 105), weight=5, paper=300, card=True), "de-postkarte"),
    ("DE", Mailpiece((148, 105), weight=3, paper=149, card=True), "de-standardbrief"),
    ("DE", Mailpiece((210, 99), weight=4, paper=160, card=True), "de-standardbrief"),
    ("DE", Mailpiece((210, 99), weight=4, paper=170, card=True), "de-postkarte"),
    ("DE", Mailpiece((235, 125), weight=8, paper=190, card=True), "de-standardbrief"),
    ("DE", Mailpiece((235, 125), weight=8, paper=200, card=True), "de-postkarte"),
    ("DE", Mailpiece((162, 114), 2, 20), "de-standardbrief"),
    ("DE", Mailpiece((162, 114), 2, 21), "de-kompaktbrief"),
    ("DE", Mailpiece((162, 114), 6, 20), "de-kompaktbrief"),
    ("DE", Mailpiece((130, 92), 2, 20), "de-kompaktbrief"),
    ("DE", Mailpiece((162, 120), 2, 20), "de-grossbrief"),
    ("DE", Mailpiece((184.15, 133.35), 2, 20), "de-grossbrief"),
    ("DE", Mailpiece((140, 140), 2, 20), "de-grossbrief"),
    ("DE", Mailpiece((229, 162), 2, 501), "de-maxibrief"),
    ("DE", Mailpiece((229, 162), 51, 20), None),
    ("JP", Mailpiece((100, 148), weight=3, card=True), "jp-hagaki"),
    ("JP", Mailpiece((148, 100), weight=3, card=True), "jp-hagaki"),
    ("JP", Mailpiece((107, 154), weight=6, card=True), "jp-hagaki"),
    ("JP", Mailpiece((100, 148), weight=7, card=True), "jp-standard"),
    ("JP", Mailpiece((108, 154), weight=6, card=True), "jp-standard"),
    ("JP", Mailpiece((120, 235), 10, 50), "jp-standard"),
    ("JP", Mailpiece((120, 235), 11, 50), "jp-nonstandard"),
    ("JP", Mailpiece((121, 235), 10, 50), "jp-nonstandard"),
    ("JP", Mailpiece((229, 324), 10, 1001), "jp-oversize"),
    ("JP", Mailpiece((500, 400), 10, 100), None),
]


@pytest.mark.parametrize(("country", "piece", "name"), CASES)
def test_the_class_of_a_piece(country: str, piece: Mailpiece, name: str | None) -> None:
    assert next((one.mail_class.name for one in rulings(piece, country) if one.ok), None) == name


def test_a_square_envelope_is_told_what_breaks_and_what_mends_it() -> None:
    (breach,) = ruling(inches(5.5, 5.5), mail_class("us-letter")).breaches
    assert breach.message == "aspect ratio 1, at least 1.3"
    assert breach.mend == "make it at least 181.6 mm (7.15 in) long at this height"
    assert breach.source == "DMM 101.1.2a"


def test_what_nobody_said_is_named_and_breaks_nothing() -> None:
    found = ruling(Mailpiece((184.15, 133.35)), mail_class("us-letter"))
    assert found.ok
    assert found.unknown == (Measure.THICKNESS, Measure.WEIGHT)


def test_an_envelope_is_no_card() -> None:
    (breach,) = ruling(inches(6, 4, 0.01), mail_class("us-card")).breaches
    assert breach.limit is None
    assert "envelope" in breach.message


def test_a_card_is_estimated_from_its_paper() -> None:
    made = estimated(Mailpiece((152.4, 101.6), paper=300, card=True))
    assert made.weight == pytest.approx(0.1524 * 0.1016 * 300)
    assert made.thickness == pytest.approx(0.375)
    assert made.estimated == (Measure.WEIGHT, Measure.THICKNESS)
    weighed = estimated(Mailpiece((152.4, 101.6), weight=5.0, paper=300, card=True))
    assert (weighed.weight, weighed.estimated) == (5.0, (Measure.THICKNESS,))
    assert estimated(Mailpiece((152.4, 101.6))).weight is None


def test_a_folded_card_in_its_envelope_has_two_layers() -> None:
    alone = estimated(Mailpiece((184.15, 133.35), paper=300), card=(127.0, 177.8))
    folded = estimated(Mailpiece((184.15, 133.35), paper=300), card=(254.0, 177.8))
    assert folded.thickness is not None and alone.thickness is not None
    assert folded.thickness == pytest.approx(alone.thickness + 0.375)
    assert folded.weight is not None and alone.weight is not None
    assert folded.weight == pytest.approx(alone.weight + 0.127 * 0.1778 * 300)


def test_names_that_stand_for_nothing() -> None:
    with pytest.raises(UnknownName, match="us-leter") as found:
        mail_class("us-leter")
    assert found.value.hint == "did you mean 'us-letter'?"
    with pytest.raises(UnknownName, match="FR"):
        classes("FR")


def test_every_limit_has_a_source_and_says_when_it_is_from_memory() -> None:
    assert countries() == ("US", "GB", "DE", "JP")
    for one in CLASSES:
        for limit in one.limits:
            assert len(limit.source) > 8
            assert limit.verified == ("memory" not in limit.source), one.name
            assert limit.least is not None or limit.most is not None
