"""Stocks: the bundled ones are what one can buy, and a shop's own are checked with a place and a hint."""

from __future__ import annotations

from pathlib import Path

import pytest

from notegen.errors import NotegenError, UnknownName
from notegen.layout.stocks import builtin, load
from notegen.layout.stocks.describe import describe
from notegen.layout.stocks.reader import read_stock
from notegen.model.source import Source

GOOD = """\
title: Our own card
size: [150, 100]
bleed: 3
safe: 6
source: "the shop's printer"
"""


@pytest.mark.parametrize(
    ("name", "inches", "panel"),
    [
        ("us-a2", (5.5, 4.25), (5.5, 4.25)),
        ("us-a7", (7, 5), (7, 5)),
        ("postcard-4x6", (6, 4), (6, 4)),
        ("us-a2-folded", (8.5, 5.5), (4.25, 5.5)),
        ("iso-a6", (148 / 25.4, 105 / 25.4), (148 / 25.4, 105 / 25.4)),
        ("iso-a5", (148 / 25.4, 210 / 25.4), (148 / 25.4, 210 / 25.4)),
    ],
)
def test_bundled_stocks_have_their_trade_sizes(name: str, inches: tuple[float, ...], panel: tuple[float, ...]) -> None:
    stock = builtin().get(name)
    assert [side / 25.4 for side in stock.size] == pytest.approx(inches)
    assert (stock.panel.box.width / 25.4, stock.panel.box.height / 25.4) == pytest.approx(panel)
    assert stock.bleed in (3.0, 3.175)
    assert 6.0 <= stock.safe <= 6.35
    assert stock.source


def test_american_and_iso_sizes_are_never_confused() -> None:
    stocks = builtin()
    for bare in ("a2", "a5", "a6", "a7"):
        assert bare not in stocks
        with pytest.raises(UnknownName):
            stocks.get(bare)
    assert stocks.get("5x7") is stocks.get("us-a7")
    assert stocks.get("A2-Folded") is stocks.get("us-a2-folded")


def test_the_note_stands_inside_right_of_the_fold() -> None:
    stock = builtin().get("us-a2-folded")
    assert stock.folds == (107.95,)
    assert stock.safe_box.x == pytest.approx(107.95 + 6.35)


def test_a_description_tells_measures_in_both_units_and_their_source() -> None:
    told = describe(builtin().get("us-a2-folded"))
    assert "215.9 x 139.7 mm (8.5 x 5.5 in)" in told
    assert "3.175 mm (0.125 in)" in told
    assert "inside-right: 107.95 x 139.7 mm (4.25 x 5.5 in) at 107.95, 0, the note stands here" in told
    assert "fold      107.95 mm" in told
    assert "source" in told


def findings(text: str) -> list[tuple[str, int, str, str | None]]:
    read = read_stock(Source("ours.yaml", text), "ours")
    assert read.value is None
    return [(d.code, d.span.line if d.span else 0, d.message, d.hint) for d in read.diagnostics]


def test_a_good_stock_has_no_findings() -> None:
    read = read_stock(Source("ours.yaml", GOOD), "ours")
    assert read.diagnostics == ()
    assert read.value is not None
    assert read.value.panel.box.width == 150
    assert read.value.write_on == "front"


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "said"),
    [
        ("safe:", "saf:", "C210", 4, "a stock has no 'saf'"),
        ("safe: 6\n", "", "C210", 1, "does not say its safe"),
        ("[150, 100]", "150 x 100", "C211", 2, "size must be [width, height]"),
        ("[150, 100]", "[150, -100]", "C211", 2, "size.1 is -100 mm"),
        ("[150, 100]", "[150, 0]", "C211", 2, "size.1 is 0 mm"),
        ("[150, 100]", "[150, 10000]", "C211", 2, "size.1 is 10000 mm"),
        ("[150, 100]", "[150, .nan]", "C211", 2, "size.1"),
        ("bleed: 3", "bleed: yes", "C211", 3, "bleed must be a number"),
        ("safe: 6", "safe: 45", "C212", 4, "leave no room"),
        ("Our own card", "12", "C211", 1, "title must be a text"),
        ('source: "the', 'folds: [200]\nsource: "the', "C212", 5, "not on a page 150 mm wide"),
        ('source: "the', 'folds: 20\nsource: "the', "C211", 5, "folds must be a list"),
        ('source: "the', 'panels: {a: [0, 0, 151, 100]}\nsource: "the', "C212", 5, "reaches beyond the page"),
        ('source: "the', 'panels: {a: [0, 0]}\nsource: "the', "C211", 5, "must be [x, y, width, height]"),
        ('source: "the', 'panels: {}\nsource: "the', "C211", 5, "panels must be names"),
        ('source: "the', 'folds: [70]\nsource: "the', "C210", 5, "does not say how it is folded"),
        (
            'source: "the',
            'folds: [70]\npanels: {a: [0, 0, 150, 100]}\nsource: "the',
            "C212",
            6,
            "a fold runs through the panel 'a'",
        ),
        ('source: "the', 'write_on: verso\nsource: "the', "C211", 5, "there is no panel 'verso'"),
        ('source: "the', 'aka: [5]\nsource: "the', "C211", 5, "aka is a list of names"),
    ],
)
def test_a_bad_stock_is_told_where_and_what(old: str, new: str, code: str, line: int, said: str) -> None:
    found = findings(GOOD.replace(old, new))
    assert [(one[0], one[1]) for one in found] == [(code, line)]
    assert said in found[0][2]
    assert found[0][3]


def test_two_panels_need_to_be_told_which_is_written_on() -> None:
    text = GOOD + "panels: {left: [0, 0, 75, 100], right: [75, 0, 75, 100]}\n"
    assert "which panel to write on" in findings(text)[0][2]
    assert "did you mean 'right'?" in str(findings(text + "write_on: rigth\n")[0][3])


@pytest.mark.parametrize("text", ["", "- 1\n- 2\n", "title: [\n", "---\na: 1\n---\nb: 2\n", "12"])
def test_what_is_not_a_stock_at_all_is_an_error_and_no_crash(text: str) -> None:
    assert findings(text)


def test_a_shops_stock_joins_the_registry_and_a_broken_one_harms_nothing(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(GOOD + "aka: [house]\n")
    (tmp_path / "bad.yaml").write_text(GOOD.replace("safe:", "saef:"))
    registry = builtin()
    found = load(tmp_path, registry)
    assert registry.get("house").name == "ours"
    assert [one.code for one in found] == ["C210"]
    assert registry.get("us-a2")
    with pytest.raises(NotegenError, match=r"bad.yaml:4:1: a stock has no 'saef'"):
        registry.get("bad")


def test_a_shop_cannot_take_a_name_that_is_taken(tmp_path: Path) -> None:
    (tmp_path / "us-a2.yaml").write_text(GOOD)
    with pytest.raises(NotegenError, match="two of stock 'us-a2'"):
        load(tmp_path, builtin())
