"""A card as a whole: on ink measured from the outlines themselves, nothing collides and nothing leaves the safe box."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from outlines import doubles, ink_bounds, least_distance, least_gap, outside
from synthetic import HAND, NOTE, write

from notegen.layout import RULES, lay_out, lay_out_all
from notegen.layout.stocks import builtin
from notegen.model.card import Card
from notegen.model.hand import Pen
from notegen.model.note import Role
from notegen.model.stock import Box, Panel, Stock
from notegen.model.writing import Writing

STOCKS = builtin()
A2 = STOCKS.get("us-a2")
SHORT = "Dear Ana,\n\nThe roof box is in. Come by on Thursday.\n\nTom"
PARAGRAPH = "I keep thinking of your father and the old wagon that he drove to the coast each summer, dog and all."


def card(text: str = NOTE, stock: Stock = A2, seed: int = 0, **how: float) -> Card:
    """Return the card of a text in boxes, which must fit."""
    laid = lay_out(write(text, seed, **how), stock)  # type: ignore[arg-type]
    assert laid.ok, laid.diagnostics
    assert laid.value is not None
    return laid.value


def lines_of(card: Card) -> list[tuple[float, float, float]]:
    """Return left, right and middle height (pen positions) of each line."""
    stops = np.flatnonzero(card.line_end) + 1
    starts = [0, *stops[:-1]]
    x, y = card.matrix[:, 4], card.matrix[:, 5]
    return [(x[a:b].min(), x[a:b].max(), y[a:b].mean()) for a, b in zip(starts, stops, strict=True)]


WORD = st.text(alphabet="abcdefghijklmnopqrstuvwxyzABJL.,", min_size=1, max_size=11)
PARAGRAPHS = st.lists(st.lists(WORD, min_size=1, max_size=40).map(" ".join), min_size=1, max_size=4)


@given(
    body=PARAGRAPHS,
    seed=st.integers(0, 10**6),
    wild=st.floats(0.0, 1.6),
    stock=st.sampled_from(list(STOCKS)),
    pen=st.floats(0.05, 0.5),
    leading=st.floats(2.4, 4.0),
)
def test_no_ink_collides_and_none_leaves_the_safe_box(
    body: list[str], seed: int, wild: float, stock: Stock, pen: float, leading: float
) -> None:
    text = "Dear Ana,\n\n" + "\n\n".join(body) + "\n\nWarmly,\nTom"
    laid = lay_out(write(text, seed, replace(HAND, pen=Pen("ballpoint", pen), leading=leading), wild), stock)
    if laid.value is None:
        assert [found.code for found in laid.diagnostics] in (["C201"], ["C204"])
        return
    assert outside(laid.value) <= 1e-6
    assert least_distance(laid.value) > 0.2
    assert least_gap(laid.value) > 0.1 * laid.value.em * laid.value.pool.x_height


def moved(card: Card, glyphs: np.ndarray, x: float, y: float) -> Card:
    matrix = card.matrix.copy()
    matrix[glyphs, 4] += x
    matrix[glyphs, 5] += y
    return replace(card, matrix=matrix)


def test_the_measures_above_can_fail() -> None:
    """A line moved into the one above, a word into the one before, a glyph over the edge: each is seen."""
    whole = card()
    stops = np.flatnonzero(whole.line_end) + 1
    third = np.arange(stops[1], stops[2])
    pitch = lines_of(whole)[1][2] - lines_of(whole)[2][2]
    assert least_distance(moved(whole, third, 0.0, pitch * 0.7)) < 0
    last_word = np.arange(np.flatnonzero(whole.word_end[: stops[1] - 1])[-1] + 1, stops[1])
    assert least_gap(moved(whole, last_word, -4.0, 0.0)) < 0
    assert outside(moved(whole, np.array([0]), -20.0, 0.0)) > 0
    outline = whole.outline // whole.pool.k * whole.pool.k
    assert {same for _, same in doubles(replace(whole, outline=outline))} == {True}
    outline[1::2] += 1
    assert {same for _, same in doubles(replace(whole, outline=outline))} == {False}


@given(seed=st.integers(0, 10**6))
def test_the_ink_box_holds_all_ink_and_little_more(seed: int) -> None:
    made = card(seed=seed, stock=STOCKS.get("us-a7"))
    left, bottom, right, top = ink_bounds(made)
    box = made.ink
    for inner, outer in ((left, box.x), (bottom, box.y), (-right, -box.right), (-top, -box.top)):
        assert outer - 1e-6 <= inner <= outer + 0.6


def test_the_same_writing_gives_the_same_card() -> None:
    one, two = card(seed=4), card(seed=4)
    assert np.array_equal(one.matrix, two.matrix)
    assert one.ink == two.ink


def test_cards_laid_out_together_are_the_same_to_the_last_bit_as_each_alone() -> None:
    """Whatever stands beside a note in a batch: longer notes, other hands, a word or a note that does not fit."""
    long = NOTE.replace("\n\nWarmly", f" {PARAGRAPH}\n\nWarmly")
    texts = [NOTE, SHORT, long, long.replace(PARAGRAPH, PARAGRAPH * 4), "Dear Ana,\n\n" + "m" * 60 + "\n\nTom"]
    larger = replace(HAND, x_height=(2.4, 2.8, 3.4))
    for count in (4, 5):
        some = [write(texts[seed % count], seed, larger if seed % 40 > 30 else HAND) for seed in range(100)]
        for writing in some:
            writing.gap[-1] = 0.001  # nothing follows, so the next note's first word must not push anything
        together = list(lay_out_all(iter(some), A2))
        assert len(together) == len(some)
        assert {laid.ok for laid in together} == {True, False}
        for writing, laid in zip(some, together, strict=True):
            alone = lay_out(writing, A2)
            assert laid.diagnostics == alone.diagnostics
            if alone.value is None or laid.value is None:
                assert laid.value is alone.value
                continue
            for name in ("outline", "matrix", "word_end", "line_end"):
                assert np.array_equal(getattr(laid.value, name), getattr(alone.value, name))
            assert (laid.value.key, laid.value.em, laid.value.ink) == (writing.key, alone.value.em, alone.value.ink)


def test_flags_mark_the_last_glyph_of_each_word_and_line() -> None:
    made = card()
    assert made.word_end.sum() == len(NOTE.split())
    assert made.word_end[-1]
    assert made.line_end[-1]
    assert not (made.line_end & ~made.word_end).any()
    assert made.text == NOTE
    read = "".join(made.pool.texts[outline // made.pool.k] for outline in made.outline)
    assert read == "".join(NOTE.split())


def test_the_usual_size_is_kept_when_the_note_suits_the_card() -> None:
    made = card(stock=STOCKS.get("us-a7"))
    assert made.em * made.pool.x_height == pytest.approx(min(HAND.ladder(), key=lambda step: abs(step - 2.5)))


def test_a_short_note_is_written_larger_and_stands_a_little_above_the_middle() -> None:
    made = card(SHORT)
    assert made.em * made.pool.x_height > 2.5
    safe, middle = A2.safe_box, made.ink.y + made.ink.height / 2
    assert safe.y + safe.height / 2 < middle < safe.y + 0.62 * safe.height
    assert safe.top - made.ink.top > 10


def test_a_long_note_is_written_smaller_and_begins_at_the_top() -> None:
    made = card(NOTE.replace("\n\nWarmly", f" {PARAGRAPH}\n\nWarmly"))
    assert made.em * made.pool.x_height < 2.4
    assert A2.safe_box.top - made.ink.top < 8


@pytest.mark.parametrize("seed", range(12))
def test_sizes_come_from_the_ladder_so_that_cards_share_fonts(seed: int) -> None:
    text = NOTE if seed % 2 else SHORT
    made = card(text, seed=seed, stock=list(STOCKS)[seed % len(STOCKS)])
    x_height = made.em * made.pool.x_height
    assert min(abs(x_height - step) for step in (*HAND.ladder(), HAND.x_height[0])) < 1e-9


def test_an_overfull_note_is_told_how_much_has_room_and_where_it_would_fit() -> None:
    text = NOTE.replace("\n\nWarmly", "".join(f"\n\n{PARAGRAPH}" for _ in range(4)) + "\n\nWarmly")
    laid = lay_out(write(text), A2)
    assert laid.value is None
    (found,) = laid.diagnostics
    characters = len(" ".join(text.split()))
    assert found.code == "C201"
    assert found.note == "ana"
    assert found.is_error
    assert f"has {characters} characters" in found.message
    assert found.hint is not None
    assert "us-a7" in found.hint
    room = int(found.message.split("room for about ")[1].split(";")[0])
    assert 400 < room < characters


@pytest.mark.parametrize("seed", range(8))
def test_a_note_cut_to_the_room_that_was_named_fits(seed: int) -> None:
    words = f"{PARAGRAPH} ".split() * 12
    text = "Dear Ana,\n\n" + " ".join(words) + "\n\nWarmly,\nTom"
    (found,) = lay_out(write(text, seed), A2).diagnostics
    room = int(found.message.split("room for about ")[1].split(";")[0])
    while len(" ".join(text.split())) > room * 0.97:
        words.pop()
        text = "Dear Ana,\n\n" + " ".join(words) + "\n\nWarmly,\nTom"
    assert lay_out(write(text, seed), A2).ok


def test_a_word_longer_than_a_line_is_named() -> None:
    word = "https://example.com/offers/spring/service/thank-you-for-coming-by-on-wednesday-to-pick-up-the-car"
    laid = lay_out(write(f"Dear Ana,\n\nSee {word} for more.\n\nTom"), A2)
    (found,) = laid.diagnostics
    assert (found.code, laid.value, found.note) == ("C204", None, "ana")
    assert f"'{word}'" in found.message


def test_codes_are_declared() -> None:
    assert [rule.code for rule in RULES if rule.code.startswith("C")] == [
        *("C201", "C204"),
        *("C210", "C211", "C212", "C213"),
        *("C220", "C221", "C222"),
    ]


def roles(writing: Writing, made: Card) -> dict[Role, list[tuple[float, float, float]]]:
    """Return the lines of a card by what they are."""
    word_of_line = np.cumsum(made.word_end)[made.line_end] - 1
    found: dict[Role, list[tuple[float, float, float]]] = {}
    for line, word in zip(lines_of(made), word_of_line, strict=True):
        role = next(passage.role for passage in writing.passages if passage.first <= word < passage.last)
        found.setdefault(role, []).append(line)
    return found


def both_manners(text: str) -> list[dict[Role, list[tuple[float, float, float]]]]:
    found = []
    for seed in range(16):
        writing = write(text, seed, wild=0.3)
        made = lay_out(writing, STOCKS.get("us-a7")).value
        assert made is not None
        found.append(roles(writing, made))
    return found


def test_closing_and_signature_stand_together_at_the_left_or_right_of_the_middle() -> None:
    places = []
    for lines in both_manners(NOTE):
        (closing,), (signature,) = lines[Role.CLOSING], lines[Role.SIGNATURE]
        assert abs(closing[0] - signature[0]) < 4
        assert closing[0] != signature[0]
        places.append(closing[0] > 80)
    assert 3 <= sum(places) <= 14


def test_paragraphs_are_indented_or_set_apart_but_not_both() -> None:
    habits = set()
    for lines in both_manners(NOTE):
        body = lines[Role.BODY]
        indents = [left - body[1][0] for left, _, _ in body]
        pitches = [above[2] - below[2] for above, below in pairwise(body)]
        indented = indents[0] > 3.5
        spaced = max(pitches) > 1.3 * float(np.median(pitches))
        assert indented != spaced
        habits.add(indented)
    assert habits == {True, False}


def test_a_date_stands_right_and_a_postscript_left_after_the_signature() -> None:
    for lines in both_manners("March 4, 2026\n\n" + NOTE + "\n\nP.S. The key is in the grey envelope."):
        assert list(lines) == list(Role)
        assert lines[Role.DATE][0][0] > 100
        assert lines[Role.POSTSCRIPT][0][0] < 35
        assert lines[Role.POSTSCRIPT][0][2] < lines[Role.SIGNATURE][0][2]


def test_left_edge_is_never_a_ruler_even_on_a_full_card() -> None:
    made = card(NOTE.replace("\n\nWarmly", f" {PARAGRAPH}\n\nWarmly"), stock=STOCKS.get("postcard-4x6"), seed=2)
    lefts = [left for left, _, _ in lines_of(made)][1:-2]
    assert np.std(lefts) > 0.4
    assert len({round(left, 4) for left in lefts}) == len(lefts)


def test_the_note_stands_on_the_panel_it_is_written_on() -> None:
    folded = STOCKS.get("us-a2-folded")
    made = card(stock=folded)
    assert made.ink.x > 107.95 + 6.35 - 1e-6
    assert made.ink.right < 215.9 - 6.35 + 1e-6


def test_a_card_too_small_for_anything_gives_an_error_not_a_crash() -> None:
    tiny = Stock("tiny", "tiny", (32, 32), 0, 6, (Panel("front", Box(0, 0, 32, 32)),), "front", "test")
    laid = lay_out(write(NOTE), tiny)
    assert laid.value is None
    assert [found.code for found in laid.diagnostics] in (["C201"], ["C204"])
