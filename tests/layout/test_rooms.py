"""Room for a person's own pen: nothing is printed in it, it is as high as was asked for, and it is where it belongs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as tuned
from hypothesis import strategies as st
from numpy.typing import NDArray
from outlines import outside
from pages import greys

from notegen.hand import hands, write
from notegen.layout import lay_out, lay_out_all
from notegen.layout.stocks import builtin
from notegen.model.card import Card
from notegen.model.diagnostic import Checked
from notegen.model.note import Block, Note, Role
from notegen.model.room import Space, Use
from notegen.model.stock import Box, Kind, Stock

SIGN, LINE = Space(Use.SIGNATURE, 14.0), Space(Use.LINE, 9.0)
DPI = 200
BODY = "Gladly and playfully you fixed the gypsy puppy's golf bag on Friday, and you told me why."
ENDINGS = ("Gladly,", "Gladly,\nSorrel Creek", "Gladly,\n\nP.S. My jolly daughter fully agrees with you.")
LATIN = [one.name for one in hands.builtin() if one.scripts == ("Latn",) or one.name == "neat-print"]


def roomy(text: str, key: str = "k") -> Note:
    """Return a note with room for a signature below its closing and for a line below the last of its ending."""
    blocks = list(Note(key, "test", text).blocks)
    closing = max(number for number, one in enumerate(blocks) if one.role in (Role.CLOSING, Role.BODY))
    last = max(number for number, one in enumerate(blocks) if one.role is not Role.POSTSCRIPT)
    for number, space in ((closing, SIGN), (last, LINE)):
        blocks[number] = replace(blocks[number], below=(*blocks[number].below, space))
    return Note(key, "test", text, parts=tuple(blocks))


def laid(note: Note, stock: Stock, hand: str = "quick-ballpoint", seed: int = 1) -> Checked[Card]:
    writing = write(note, hands.builtin().get(hand), seed).value
    assert writing is not None
    return lay_out(writing, stock)


def inside(page: NDArray[np.uint8], card: Card, box: Box) -> NDArray[np.uint8]:
    """Return the pixels of a box of a card; `page` is the card with its bleed."""
    scale, bleed = DPI / 25.4, card.stock.bleed
    x0, x1 = (round((x + bleed) * scale) for x in (box.x, box.right))
    y0, y1 = (page.shape[0] - round((y + bleed) * scale) for y in (box.top, box.y))
    return page[y0 + 1 : y1 - 1, x0:x1]


def test_there_are_fifteen_hands_of_the_latin_script_alone_or_more() -> None:
    assert len(LATIN) >= 15


@pytest.mark.parametrize("name", LATIN)
def test_no_ink_stands_in_the_room_on_any_stock(name: str) -> None:
    cards = []
    for seed, stock in enumerate(builtin()):
        if stock.kind is not Kind.CARD:
            continue
        text = f"Dear Polly,\n\n{BODY}\n\n{ENDINGS[seed % 3]}"
        made = laid(roomy(text, f"k{seed}"), stock, name, seed)
        if made.value is None and min(stock.safe_box.width, stock.safe_box.height) < 70:
            assert [found.code for found in made.diagnostics] == ["C201"]
            continue
        assert made.value is not None, stock.name
        cards.append(made.value)
    assert len(cards) >= 5
    for card, page in zip(cards, greys(cards, DPI), strict=True):
        assert [room.use for room in card.rooms] == [Use.SIGNATURE, Use.LINE]
        assert outside(card) <= 1e-6
        for room in card.rooms:
            pixels = inside(page, card, room.box)
            assert pixels.size > 10_000
            assert pixels.min() > 250, (card.stock.name, room)
            assert room.box.y >= card.stock.safe_box.y - 1e-9
        sign, line = card.rooms
        assert (sign.box.height, line.box.height) == (14.0, 9.0)
        assert sign.box.y >= line.box.top - 1e-9


def test_the_closing_stands_right_above_the_room() -> None:
    """The strip above the room has the closing's ink, and it is not far away."""
    card = laid(roomy(f"Dear Polly,\n\n{BODY}\n\nGladly,"), builtin().get("us-a2")).value
    assert card is not None
    (page,) = greys([card], DPI)
    top = card.rooms[0].box
    strip = inside(page, card, replace(top, y=top.top - 0.3, height=3.0))
    assert strip.min() < 160


def test_a_line_below_the_name_keeps_its_place_between_the_rooms() -> None:
    card = laid(roomy(f"Dear Polly,\n\n{BODY}\n\nGladly,\nSorrel Creek"), builtin().get("us-a2")).value
    assert card is not None
    sign, line = (room.box for room in card.rooms)
    (page,) = greys([card], DPI)
    between = Box(sign.x, line.top, sign.width, sign.y - line.top)
    assert 2.0 < between.height < 12.0
    assert inside(page, card, between).min() < 160


def test_a_note_with_room_is_as_one_without_but_for_where_it_stands() -> None:
    """The same glyphs at the same size: only the room moves them."""
    text = f"Dear Polly,\n\n{BODY}\n\nGladly,\nSorrel Creek"
    stock = builtin().get("us-a7")
    plain, free = laid(Note("k", "test", text), stock).value, laid(roomy(text), stock).value
    assert plain is not None
    assert free is not None
    assert plain.rooms == ()
    np.testing.assert_array_equal(plain.outline, free.outline)
    assert plain.em >= free.em


def test_a_note_that_fits_without_room_overflows_with_it() -> None:
    stock = builtin().get("us-a2")
    for sentences in range(2, 12):
        text = "Dear Polly,\n\n" + " ".join([BODY] * sentences) + "\n\nGladly,"
        plain, free = laid(Note("k", "test", text), stock), laid(roomy(text), stock)
        if plain.value is not None and free.value is None:
            (found,) = free.diagnostics
            assert found.code == "C201"
            assert "beside 23 mm for a person's pen" in found.message
            return
    pytest.fail("no note of these fits only without the room")


def test_what_runs_from_the_right_has_its_room_too() -> None:
    text = "שלום דנה,\n\nתודה על הביקור ביום שלישי. שמחתי לראות אותך.\n\nבברכה,"
    note = Note("k", "test", text)
    blocks = note.blocks
    parts: tuple[Block, ...] = (*blocks[:-1], replace(blocks[-1], below=(SIGN, LINE)))
    card = laid(replace(note, parts=parts), builtin().get("us-a2-folded"), "hebrew-pen").value
    assert card is not None
    (page,) = greys([card], DPI)
    assert len(card.rooms) == 2
    for room in card.rooms:
        assert inside(page, card, room.box).min() > 250
        assert room.box.x == pytest.approx(card.stock.safe_box.x)


@tuned(max_examples=25)
@given(st.integers(0, 10_000), st.integers(1, 40), st.sampled_from(ENDINGS), st.floats(6.0, 30.0))
def test_the_room_lies_below_all_that_comes_before_it(seed: int, words: int, ending: str, height: float) -> None:
    rng = np.random.default_rng(seed)
    body = " ".join(rng.choice(BODY.split(), words)) + "."
    text = f"Dear Polly,\n\n{body}\n\n{ending}"
    parts = Note("k", "test", text).blocks
    at = next(number for number, one in enumerate(parts) if one.role is Role.CLOSING)
    space = Space(Use.SIGNATURE, height)
    note = Note("k", "test", text, parts=(*parts[:at], replace(parts[at], below=(space,)), *parts[at + 1 :]))
    card = laid(note, builtin().get("us-a7"), seed=seed).value
    if card is None:
        return
    (room,) = card.rooms
    after = len(ending.removeprefix("Gladly,").split())
    low = card.matrix[:, 5]
    ends = np.flatnonzero(card.word_end | card.line_end)
    last = int(ends[len(ends) - after - 1])
    assert low[: last + 1].min() > room.box.top
    if after:
        assert low[last + 1 :].max() < room.box.y
    assert card.ink.y >= card.stock.safe_box.y - 1e-6
    assert room.box.height == height


def test_cards_laid_out_together_are_those_laid_out_alone() -> None:
    stock = builtin().get("us-a7")
    texts = [f"Dear Polly,\n\n{BODY}\n\n{ending}" for ending in ENDINGS]
    notes = [roomy(texts[0], "a"), Note("b", "test", texts[1]), roomy(texts[2], "c"), roomy(texts[1], "d")]
    writings = [write(one, hands.builtin().get("quick-ballpoint"), 1).value for one in notes]
    together = [card.value for card in lay_out_all((one for one in writings if one), stock)]
    for note, card in zip(notes, together, strict=True):
        alone = laid(note, stock).value
        assert card is not None
        assert alone is not None
        assert card.rooms == alone.rooms
        np.testing.assert_array_equal(card.matrix, alone.matrix)
