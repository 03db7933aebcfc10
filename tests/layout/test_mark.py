"""The mark of a card: told from others at a glance, the same every time, and where it disturbs nobody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import pdf_greys

from notegen import plain
from notegen.errors import NotegenError
from notegen.layout.mark import INSET, LETTERS, NEAR, SIZE, card_mark, envelope_mark, marks
from notegen.layout.stocks import builtin
from notegen.layout.stocks.reader import read_stock
from notegen.model.page import BLACK, Item, Page, Words, applied
from notegen.model.purpose import Setup
from notegen.model.source import Source
from notegen.model.stock import Box, Kind, Panel, Side, Stock
from notegen.press import write_pages

ENVELOPE = Stock("e", "E", (146.05, 111.125), 0, 5, (Panel("front", Box(0, 0, 146.05, 111.125)),), "front", "made up")
ENVELOPE = replace(ENVELOPE, kind=Kind.ENVELOPE)
CARDS = [one for one in builtin() if one.kind is Kind.CARD]


def differences(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


@given(st.lists(st.text(max_size=12), min_size=1, max_size=120), st.integers(-5, 2**40))
def test_codes_are_told_apart_and_stay_the_same(keys: list[str], seed: int) -> None:
    made = marks(keys, seed)
    assert made == marks(keys, seed)
    codes = [one.code for one in made]
    assert len(set(codes)) == len(keys)
    assert [one.number for one in made] == list(range(1, len(keys) + 1))
    for place, code in enumerate(codes):
        assert len(set(code)) == len(code) == 3
        assert set(code) <= set(LETTERS)
        assert all(differences(code, other) >= 2 for other in codes[max(0, place - NEAR) : place])


@pytest.mark.parametrize(("count", "length"), [(1, 3), (300, 3), (3000, 4), (20_000, 5)])
def test_large_batches_have_longer_codes_and_each_once(count: int, length: int) -> None:
    codes = [one.code for one in marks([f"k{number}" for number in range(count)], 7)]
    assert len(set(codes)) == count
    assert {len(code) for code in codes} == {length}


def test_a_code_is_of_its_key_and_not_of_its_place() -> None:
    """Almost all keep their codes when somebody is left out: a reprint of one card still matches."""
    keys = [f"k{number}" for number in range(100)]
    before = {key: one.code for key, one in zip(keys, marks(keys, 1), strict=True)}
    after = {key: one.code for key, one in zip(keys[1:], marks(keys[1:], 1), strict=True)}
    assert sum(before[key] == code for key, code in after.items()) >= 90
    assert [one.code for one in marks(keys, 2)] != [one.code for one in marks(keys, 1)]


def test_no_two_characters_look_alike() -> None:
    for group in ("0ODQ", "1IL7", "2Z", "5S", "6G", "8B", "UV", "AEIOU"):
        assert not set(group) & set(LETTERS)


def words(items: tuple[Item, ...]) -> Words:
    (one,) = items
    assert isinstance(one, Words)
    return one


@pytest.mark.parametrize("stock", CARDS, ids=lambda one: one.name)
def test_a_cards_mark_is_small_black_safe_and_away_from_the_note(stock: Stock) -> None:
    if stock.envelope is None:
        with pytest.raises(NotegenError, match="into no envelope"):
            card_mark(stock, "HJK 12")
        return
    side, items = card_mark(stock, "HJK 12")
    made = words(items)
    assert side is not stock.side
    assert made.paint is BLACK
    assert SIZE <= made.size < 7 * 25.4 / 72
    assert made.size == pytest.approx(6 * 25.4 / 72)
    reach = plain.width(made.text, made.size)
    low, high = stock.safe - 1e-9, stock.size[0] - stock.safe + 1e-9
    assert low <= made.x <= high
    assert low <= made.x + (reach if made.angle == 180 else -reach) <= high


def ink(tmp_path: Path, size: tuple[float, float], items: tuple[Item, ...]) -> Box:
    """Return the box around what is printed on a page, in mm."""
    write_pages([Page(size, items)], tmp_path / "page.pdf", Setup("t", "en"))
    (grey,) = pdf_greys((tmp_path / "page.pdf").read_bytes(), 300)
    rows, columns = (grey < 128).any(axis=1).nonzero()[0], (grey < 128).any(axis=0).nonzero()[0]
    mm = 25.4 / 300
    x, y = columns[0] * mm, (grey.shape[0] - rows[-1] - 1) * mm
    return Box(x, y, (columns[-1] + 1) * mm - x, (grey.shape[0] - rows[0]) * mm - y)


def test_its_ink_is_in_the_lower_right_corner_of_a_folded_cards_back(tmp_path: Path) -> None:
    inside = (Panel("inside-right", Box(107.95, 0, 107.95, 139.7), Side.BACK),)
    stock = replace(builtin().get("us-a2-folded"), panels=inside, write_on="inside-right", folds=(107.95,), across=())
    side, items = card_mark(stock, "HJK 12")
    box = ink(tmp_path, stock.size, items)
    assert side is Side.FRONT
    assert box.right == pytest.approx(107.95 - stock.safe, abs=0.3)
    assert box.y == pytest.approx(stock.safe, abs=0.15)
    assert box.y >= stock.safe - 0.09
    assert (box.width, box.height) < (9, 2.2)


def test_a_tents_back_is_head_down_so_the_mark_is_too(tmp_path: Path) -> None:
    inside = (Panel("inside", Box(0, 0, 139.7, 107.95), Side.BACK),)
    stock = Stock("tent", "Tent", (139.7, 215.9), 3, 6.35, inside, "inside", "x", across=(107.95,), envelope="env-a2")
    side, items = card_mark(stock, "HJK 12")
    box = ink(tmp_path, stock.size, items)
    assert (side, words(items).angle) == (Side.FRONT, 180)
    assert box.x == pytest.approx(stock.safe, abs=0.3)
    assert box.top == pytest.approx(215.9 - stock.safe, abs=0.15)


@pytest.mark.parametrize("fold", ["side, folds: [80], size: [200, 120]", "tent, across: [80], size: [120, 200]"])
def test_an_uneven_cards_unnamed_back_is_where_its_usual_back_is(fold: str) -> None:
    text = f"{{title: t, bleed: 3, safe: 5, source: s, envelope: env-c5, fold: {fold}}}"
    usual = read_stock(Source("uneven.yaml", text), "uneven").value
    assert usual is not None
    unnamed = replace(usual, panels=(usual.panel,))
    assert card_mark(unnamed, "HJK 12") == card_mark(usual, "HJK 12")


def test_the_back_of_a_card_of_several_folds_is_not_guessed() -> None:
    """Left of the first fold may be a flap that is folded in."""
    folded = builtin().get("us-a2-folded")
    several = replace(folded, panels=(folded.panel,), folds=(60.0, 130.0))
    with pytest.raises(NotegenError, match="does not say which panel is its back"):
        card_mark(several, "HJK 12")
    letter = builtin().get("us-letter")
    side, items = card_mark(replace(letter, panels=(letter.panel,)), "HJK 12")
    assert (side, words(items).angle) == (Side.BACK, 0)
    assert words(items).x == pytest.approx(letter.size[0] - letter.safe)


def test_a_panel_called_back_is_taken_as_it_lies() -> None:
    stock = builtin().get("us-a2")
    note = Panel("front", Box(0, 0, *stock.size))
    back = Panel("back", Box(10, 20, 60, 50), Side.BACK, turned=True)
    marked = replace(stock, panels=(note, back), write_on="front")
    side, items = card_mark(marked, "HJK 1")
    assert side is Side.BACK
    assert (words(items).x, words(items).angle) == (pytest.approx(10 + stock.safe), 180)
    assert words(items).y == pytest.approx(70 - stock.safe - 0.22 * SIZE)
    assert applied((1, 0, 0, 1, 2, 3), 1, 1) == (3, 4)


def test_what_cannot_be_marked_is_refused() -> None:
    stock = builtin().get("us-a2")
    note = Panel("front", Box(0, 0, *stock.size))
    with pytest.raises(NotegenError, match="into no envelope"):
        card_mark(replace(stock, envelope=None), "HJK 1")
    with pytest.raises(NotegenError, match="has a picture"):
        card_mark(stock, "HJK 1", [(Side.BACK, note.box)])
    with pytest.raises(NotegenError, match="is no card"):
        card_mark(ENVELOPE, "HJK 1")
    with pytest.raises(NotegenError, match="is no envelope"):
        envelope_mark(stock, "HJK 1")


@pytest.mark.parametrize("name", ["us-a2", "us-a2-folded", "us-a2-tent"])
def test_a_picture_beside_the_mark_is_let_be_and_one_under_it_moves_it(name: str) -> None:
    stock = builtin().get(name)
    plain_side, plain_items = card_mark(stock, "HJK 12")
    mark = words(plain_items)
    back = next(panel for panel in stock.panels if panel.name == "back").box
    imprint = (plain_side, Box(back.x + back.width / 2 - 15, back.y + 6, 30, back.height - 12))
    assert card_mark(stock, "HJK 12", [imprint]) == (plain_side, plain_items)
    assert card_mark(stock, "HJK 12", [(stock.side, Box(0, 0, *stock.size))]) == (plain_side, plain_items)
    under = (plain_side, Box(mark.x - 4, mark.y - 4, 8, 8))
    side, items = card_mark(stock, "HJK 12", [under])
    other = words(items)
    assert (side, other.y, other.angle) == (plain_side, mark.y, mark.angle)
    assert (other.x + mark.x) / 2 == pytest.approx(back.x + back.width / 2)
    with pytest.raises(NotegenError, match="has a picture"):
        card_mark(stock, "HJK 12", [under, (side, Box(other.x - 4, other.y - 4, 8, 8))])


def test_an_envelopes_mark_is_low_on_its_back(tmp_path: Path) -> None:
    side, items = envelope_mark(ENVELOPE, "HJK 12")
    box = ink(tmp_path, ENVELOPE.size, items)
    assert side is Side.BACK
    assert box.x == pytest.approx(INSET, abs=0.4)
    assert box.y == pytest.approx(INSET, abs=0.15)
    assert words(items).paint is BLACK
