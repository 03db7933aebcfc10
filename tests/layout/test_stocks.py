"""Stocks: the bundled ones are what one can buy, and a shop's own are checked with a place and a hint."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.errors import NotegenError, UnknownName
from notegen.layout.characters import stock_in_characters
from notegen.layout.stocks import builtin, load
from notegen.layout.stocks.describe import describe
from notegen.layout.stocks.drawing import pages
from notegen.layout.stocks.envelopes import room
from notegen.layout.stocks.reader import FORM, read_stock
from notegen.model.source import Source
from notegen.model.stock import Fold, Kind, Side, Stock

GOOD = """\
title: Our own card
size: [150, 100]
bleed: 3
safe: 6
source: "the shop's printer"
"""


IN = 25.4
CARDS: dict[str, tuple[float, float, float, float]] = {
    # name: width and height of the flat sheet, width and height of the panel with the note
    "us-a1": (4.875 * IN, 3.5 * IN, 4.875 * IN, 3.5 * IN),
    "us-a1-folded": (7 * IN, 4.875 * IN, 3.5 * IN, 4.875 * IN),
    "us-a1-tent": (4.875 * IN, 7 * IN, 4.875 * IN, 3.5 * IN),
    "us-a2": (5.5 * IN, 4.25 * IN, 5.5 * IN, 4.25 * IN),
    "us-a2-folded": (8.5 * IN, 5.5 * IN, 4.25 * IN, 5.5 * IN),
    "us-a2-tent": (5.5 * IN, 8.5 * IN, 5.5 * IN, 4.25 * IN),
    "us-a6": (6.25 * IN, 4.5 * IN, 6.25 * IN, 4.5 * IN),
    "us-a6-folded": (9 * IN, 6.25 * IN, 4.5 * IN, 6.25 * IN),
    "us-a6-tent": (6.25 * IN, 9 * IN, 6.25 * IN, 4.5 * IN),
    "us-a7": (7 * IN, 5 * IN, 7 * IN, 5 * IN),
    "us-a7-folded": (10 * IN, 7 * IN, 5 * IN, 7 * IN),
    "us-a7-tent": (7 * IN, 10 * IN, 7 * IN, 5 * IN),
    "postcard-4x6": (6 * IN, 4 * IN, 6 * IN, 4 * IN),
    "postcard-6x9": (9 * IN, 6 * IN, 9 * IN, 6 * IN),
    "us-letter": (8.5 * IN, 11 * IN, 8.5 * IN, 11 * IN),
    "iso-a6": (148, 105, 148, 105),
    "iso-a6-folded": (210, 148, 105, 148),
    "iso-a6-tent": (148, 210, 148, 105),
    "iso-a5": (148, 210, 148, 210),
    "iso-a5-folded": (297, 210, 148.5, 210),
    "iso-a5-tent": (210, 297, 210, 148.5),
    "iso-dl": (210, 99, 210, 99),
    "iso-dl-folded": (198, 210, 99, 210),
    "iso-dl-tent": (210, 198, 210, 99),
    "iso-a4": (210, 297, 210, 297),
    "hagaki": (100, 148, 100, 148),
}
ENVELOPES: dict[str, tuple[float, float]] = {
    "env-a1": (5.125 * IN, 3.625 * IN),
    "env-a2": (5.75 * IN, 4.375 * IN),
    "env-a6": (6.5 * IN, 4.75 * IN),
    "env-a7": (7.25 * IN, 5.25 * IN),
    "env-10": (9.5 * IN, 4.125 * IN),
    "env-monarch": (7.5 * IN, 3.875 * IN),
    "env-c6": (162, 114),
    "env-c5": (229, 162),
    "env-dl": (220, 110),
    "env-naga3": (120, 235),
    "env-naga4": (90, 205),
    "env-yogata2": (162, 114),
}
GOES_INTO = {
    "us-a1": "env-a1",
    "us-a2": "env-a2",
    "us-a6": "env-a6",
    "us-a7": "env-a7",
    "us-letter": "env-10",
    "iso-a4": "env-dl",
    "iso-a5": "env-c5",
    "iso-a6": "env-c6",
    "iso-dl": "env-dl",
}
"""The envelope of a card and of its folded kinds."""

NEAR = 0.05
"""Millimetres by which a box may miss the trade's figure."""


def test_there_are_these_cards_and_envelopes_and_no_others() -> None:
    assert set(builtin().names()) == {*CARDS, *ENVELOPES}
    assert [stock.kind for stock in builtin()] == [Kind.CARD] * len(CARDS) + [Kind.ENVELOPE] * len(ENVELOPES)


@pytest.mark.parametrize("name", CARDS)
def test_cards_have_their_trade_sizes(name: str) -> None:
    stock = builtin().get(name)
    box = stock.panel.box
    assert (*stock.size, box.width, box.height) == pytest.approx(CARDS[name], abs=NEAR)
    american = name.startswith(("us-", "postcard-"))
    assert stock.bleed == (3.175 if american else 3.0)
    assert stock.safe >= (6.35 if american else 6.0)
    assert stock.kind is Kind.CARD
    assert stock.source


@pytest.mark.parametrize("name", ENVELOPES)
def test_envelopes_have_their_trade_sizes(name: str) -> None:
    stock = builtin().get(name)
    assert stock.size == pytest.approx(ENVELOPES[name], abs=NEAR)
    assert (stock.kind, stock.bleed, stock.envelope) == (Kind.ENVELOPE, 0.0, None)
    assert stock.source


@pytest.mark.parametrize("name", CARDS)
def test_cards_go_into_their_envelopes(name: str) -> None:
    stocks = builtin()
    card = stocks.get(name)
    assert card.envelope == GOES_INTO.get(name.removesuffix("-folded").removesuffix("-tent"))
    if card.envelope is not None:
        assert room(card, stocks.get(card.envelope)) >= 3.0


@pytest.mark.parametrize("name", [*CARDS, *ENVELOPES])
def test_panels_fill_both_sides_and_lie_apart(name: str) -> None:
    stock = builtin().get(name)
    for side in Side:
        boxes = [panel.box for panel in stock.panels_on(side)]
        assert sum(box.width * box.height for box in boxes) == pytest.approx(stock.size[0] * stock.size[1])
        assert all(box.x >= 0 and box.y >= 0 for box in boxes)
        assert all(box.right <= stock.size[0] + NEAR and box.top <= stock.size[1] + NEAR for box in boxes)


@pytest.mark.parametrize("name", [name for name in CARDS if name.endswith("-folded")])
def test_a_side_fold_opens_like_a_book(name: str) -> None:
    """Outside, the back is left of the front; inside, left is left."""
    stock = builtin().get(name)
    panels = {panel.name: panel for panel in stock.panels}
    assert stock.fold is Fold.SIDE
    assert not stock.tumbles
    assert {name for name, panel in panels.items() if panel.side is Side.FRONT} == {"front", "back"}
    assert panels["back"].box.right == panels["front"].box.x == stock.folds[0]
    assert panels["inside-left"].box.right == panels["inside-right"].box.x
    assert not any(panel.turned for panel in stock.panels)
    assert stock.closed == (panels["front"].box.width, stock.size[1])
    # Turned over its side, what was left is right: the inside left is behind the front.
    behind = stock.size[0] - panels["inside-left"].box.right
    assert behind == pytest.approx(panels["front"].box.x)


@pytest.mark.parametrize("name", [name for name in CARDS if name.endswith("-tent")])
def test_a_tent_has_its_back_head_down_above_its_front(name: str) -> None:
    stock = builtin().get(name)
    panels = {panel.name: panel for panel in stock.panels}
    assert stock.fold is Fold.TENT
    assert stock.tumbles
    assert panels["front"].box.top == panels["back"].box.y == stock.across[0]
    assert [panel.name for panel in stock.panels if panel.turned] == ["back"]
    assert panels["inside-bottom"].box.top == panels["inside-top"].box.y == stock.across_on(Side.BACK)[0]
    assert stock.write_on == "inside-bottom"
    # Turned over its upper edge, what was below is above: the inside top is behind the front.
    assert stock.size[1] - panels["inside-top"].box.top == pytest.approx(panels["front"].box.y)


def test_letters_are_folded_in_three_with_the_short_part_inside() -> None:
    letter, a4 = builtin().get("us-letter"), builtin().get("iso-a4")
    assert letter.across == pytest.approx((3.625 * IN, 7.3125 * IN), abs=NEAR)
    assert a4.across == (97.0, 197.0)
    assert letter.closed == pytest.approx((8.5 * IN, 3.6875 * IN), abs=NEAR)
    assert a4.closed == (210.0, 100.0)


def test_posted_cards_have_the_address_on_their_other_side() -> None:
    for name in ("hagaki", "postcard-4x6", "postcard-6x9"):
        panels = builtin().get(name).panels
        assert [(panel.name, panel.side) for panel in panels] == [("front", Side.FRONT), ("address", Side.BACK)]


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
    assert "inside: inside-right: 107.95 x 139.7 mm (4.25 x 5.5 in) at 107.95, 0, the note stands here" in told
    assert "envelope  env-a2" in told
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
        ("bleed: 3", "bleed: 3\nfold: [side]", "C211", 4, "fold must be one word"),
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


FOLDED = GOOD.replace("[150, 100]", "[200, 100]")


def read(text: str) -> Stock:
    got = read_stock(Source("ours.yaml", text), "ours")
    assert got.diagnostics == ()
    assert got.value is not None
    return got.value


def test_a_fold_alone_makes_the_usual_panels() -> None:
    assert read(FOLDED + "fold: side\n").folds == (100.0,)
    assert read(FOLDED + "fold: tent\n").across == (50.0,)
    assert read(FOLDED + "fold: side\n").panel.name == "inside-right"
    assert [panel.name for panel in read(FOLDED).panels] == ["front", "back"]
    listed = read(FOLDED + "fold: side\nfolds: [120]\n")
    boxes = {panel.name: panel.box for panel in listed.panels}
    assert (boxes["front"].x, boxes["front"].width) == (120, 80)
    assert (boxes["inside-left"].width, boxes["inside-right"].x) == (80, 80)
    assert listed.folds_on(Side.BACK) == (80.0,)
    low = read(FOLDED + "fold: tent\nacross: [30]\n")
    assert (low.across_on(Side.FRONT), low.across_on(Side.BACK)) == ((30.0,), (70.0,))
    assert low.panel.box.height == 70


PANELS = """panels:
  cover: {box: [0, 0, 100, 100], side: outside}
  flap: {box: [100, 0, 100, 100], side: outside, turned: true}
  middle: {box: [0, 0, 100, 100], side: inside}
write_on: middle
folds: [100]
"""


def test_panels_say_their_side_and_which_way_up_they_are() -> None:
    stock = read(FOLDED + PANELS)
    assert [(panel.name, panel.side.value, panel.turned) for panel in stock.panels] == [
        ("cover", "front", False),
        ("flap", "front", True),
        ("middle", "back", False),
    ]
    assert stock.side is Side.BACK


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "said"),
    [
        ("write_on: middle", "write_on: flap", "C212", 10, "stand on its head"),
        ("side: inside", "side: inisde", "C211", 9, "there is no side 'inisde'"),
        ("turned: true", "turned: perhaps", "C211", 8, "turned is yes or no"),
        ("turned: true", "turn: true", "C210", 8, "a panel has no 'turn'"),
        ("box: [0, 0, 100, 100], side: inside", "side: inside", "C210", 9, "does not say its box"),
        ("side: inside", "side: outside", "C212", 9, "'cover' and 'middle' lie over each other"),
        ("folds: [100]", "folds: [90]", "C212", 7, "a fold runs through the panel 'cover'"),
        ("folds: [100]", "folds: [100]\nacross: [40]", "C212", 7, "a fold runs through the panel 'cover'"),
        ("folds: [100]", "folds: [100]\nacross: [140]", "C212", 12, "not on a page 100 mm high"),
        ("folds: [100]", "folds: [100]\nfold: book", "C211", 12, "there is no fold 'book'"),
        ("folds: [100]", "folds: [100]\nkind: envelop", "C211", 12, "there is no kind 'envelop'"),
        ("folds: [100]", "folds: [100]\nkind: envelope\nenvelope: env-a7", "C210", 13, "goes into no envelope"),
        ("folds: [100]", "folds: [100]\nenvelope: 7", "C211", 12, "envelope must be a text"),
        (PANELS, "fold: side\nfolds: [50, 100]\n", "C210", 7, "with 2 folds must list its panels"),
        (PANELS, "folds: [100]\n", "C210", 6, "does not say how it is folded"),
    ],
)
def test_a_bad_panel_or_fold_is_told_where_and_what(old: str, new: str, code: str, line: int, said: str) -> None:
    found = findings((FOLDED + PANELS).replace(old, new, 1))
    assert (found[0][0], found[0][1]) == (code, line)
    assert said in found[0][2]
    assert found[0][3]


def test_a_fold_is_held_against_the_panels_of_the_side_it_is_seen_on() -> None:
    """A fold 120 mm from the left of the front is 80 mm from the left of the back."""
    inside = (
        "panels:\n  a: {box: [0, 0, 80, 100], side: inside}\n  b: {box: [80, 0, 120, 100], side: inside}\nwrite_on: b\n"
    )
    assert read(FOLDED + inside + "folds: [120]\n").folds == (120.0,)
    assert "runs through the panel 'b'" in findings(FOLDED + inside + "folds: [80]\n")[0][2]


@pytest.mark.parametrize(
    ("envelope", "said", "hint"),
    [
        ("env-a2", "the card of 150 x 100 mm is too large for env-a2, 146.05 x 111.125 mm", "2 mm longer"),
        ("env-a22", "there is no envelope called 'env-a22'", "env-a2"),
        ("us-a7", "'us-a7' is a card and no envelope", "env-"),
        ("env-mine", "too large for env-mine", "2 mm longer"),
    ],
)
def test_a_card_is_held_against_its_envelope(tmp_path: Path, envelope: str, said: str, hint: str) -> None:
    (tmp_path / "ours.yaml").write_text(GOOD + f"envelope: {envelope}\n")
    mine = GOOD.replace("[150, 100]", "[151, 120]") + "kind: envelope\n"
    (tmp_path / "env-mine.yaml").write_text(mine)
    registry = builtin()
    (found,) = load(tmp_path, registry)
    assert (found.code, found.span.line if found.span else 0) == ("C213", 6)
    assert said in found.message
    assert hint in str(found.hint)
    assert registry.get("env-mine").kind is Kind.ENVELOPE
    with pytest.raises(NotegenError, match=r"ours.yaml:6"):
        registry.get("ours")


def test_a_card_that_fits_its_shops_envelope_is_taken(tmp_path: Path) -> None:
    (tmp_path / "card.yaml").write_text(GOOD + "envelope: z-envelope\n")
    (tmp_path / "z-envelope.yaml").write_text(GOOD.replace("[150, 100]", "[103, 154]") + "kind: envelope\n")
    registry = builtin()
    assert load(tmp_path, registry) == ()
    assert room(registry.get("card"), registry.get("z-envelope")) == 3.0


LENGTHS = st.one_of(st.integers(-9, 300), st.sampled_from([0, 20.0, 50, 100, 150.5, "x", True, None]))
ANYTHING = st.recursive(
    st.one_of(
        LENGTHS, st.sampled_from(["side", "tent", "letter", "inside", "envelope", "a", [70], [60, 140], [200, 90]])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(["box", "side", "turned", "a", "front"]), inner)
    ),
    max_leaves=12,
)


PLACES = st.lists(st.integers(30, 220), min_size=1, max_size=2)
LIKELY = st.fixed_dictionaries(
    {"fold": st.sampled_from(["side", "tent", "letter", "none"])},
    optional={
        "size": st.lists(st.integers(60, 300), min_size=2, max_size=2),
        "folds": PLACES,
        "across": PLACES,
        "safe": st.integers(1, 12),
        "bleed": st.integers(0, 5),
    },
)


@given(st.one_of(LIKELY, st.dictionaries(st.sampled_from(FORM.keys), ANYTHING, max_size=3)), st.booleans())
def test_no_file_whatever_makes_a_stock_with_panels_in_the_air(tree: dict[str, object], whole: bool) -> None:
    """What is read holds together; what does not is told, and nothing is a crash."""
    usual: dict[str, object] = {"title": "T", "size": [200, 150], "bleed": 3, "safe": 6, "source": "s"}
    got = read_stock(Source("ours.yaml", json.dumps(usual | tree if whole else tree)), "ours")
    assert (got.value is None) == bool(got.diagnostics)
    assert all(one.hint and one.span for one in got.diagnostics)
    if got.value is not None:
        stock = got.value
        assert min(stock.safe_box.width, stock.safe_box.height) >= 20
        assert all(
            panel.box.right <= stock.size[0] + 0.01 and panel.box.top <= stock.size[1] + 0.01 for panel in stock.panels
        )
        assert all(0 < fold < stock.size[0] for fold in stock.folds)
        assert all(0 < fold < stock.size[1] for fold in stock.across)
        assert describe(stock)
        assert stock_in_characters(stock)
        assert pages(stock)
