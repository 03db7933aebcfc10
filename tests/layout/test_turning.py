"""Cards that run from right to left, and words that run against their line."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import synthetic

from notegen.layout import lay_out, lay_out_all, stocks
from notegen.model.card import Card
from notegen.model.writing import Flow, Turns, Writing

TEXT = "Dear Ana,\n\nthank you for the long talk about the red tiles and for the tea you made us\n\nYours,\nBo"
STOCK = stocks.builtin().get("us-a7")


def flowing(writing: Writing, *, from_right: bool, close: str = "", levels: dict[str, int] | None = None) -> Writing:
    """Return a writing with a flow: words in `close` are followed by no space, words in `levels` have those levels."""
    said = tuple(writing.text.split())
    base = int(from_right)
    of_word = [(levels or {}).get(word, base) for word in said]
    gaps = [min(here, after) for here, after in zip(of_word, [*of_word[1:], base], strict=True)]
    turns = Turns(
        first=writing.words[:-1].copy(),
        begin=np.zeros(len(said)),
        level=np.array(of_word, np.int8),
        gap=np.array(gaps, np.int8),
        against=frozenset(),
    )
    spaced = np.array([word not in close.split() for word in said])
    # From the right, a glyph's origin is at the far end of its advance.
    advance = synthetic.POOL.advances[writing.outline // synthetic.K] * from_right
    return dataclasses.replace(
        writing,
        x=writing.x + advance,
        flow=Flow(said, spaced, from_right, turns if levels is not None or from_right else None),
    )


def laid(writing: Writing) -> Card:
    card = lay_out(writing, STOCK).value
    assert card is not None
    return card


def words_of(card: Card) -> list[tuple[float, str]]:
    """Return each stretch up to a space or line end: x of its first glyph, and its letters from left to right."""
    found, start = [], 0
    for end in (np.flatnonzero(card.word_end | card.line_end) + 1).tolist():
        glyphs = sorted(range(start, end), key=lambda glyph: card.matrix[glyph, 4])
        letters = "".join(card.pool.texts[card.outline[glyph] // card.pool.k] for glyph in glyphs)
        found.append((float(card.matrix[start, 4]), letters))
        start = end
    return found


def lines_of(card: Card) -> list[str]:
    """Return the words of each line as they stand from left to right."""
    lines: list[list[tuple[float, str]]] = [[]]
    ends = set(np.flatnonzero(card.line_end).tolist())
    glyph = 0
    for x, word in words_of(card):
        lines[-1].append((x, word))
        glyph += len(word)
        if glyph - 1 in ends:
            lines.append([])
    return [" ".join(word for _, word in sorted(line)) for line in lines if line]


def test_a_card_from_the_right_is_the_mirror_image_of_one_from_the_left() -> None:
    """On a stock that is its own mirror image; its outlines stay as they are."""
    left, right = (laid(flowing(synthetic.write(TEXT), from_right=turned)) for turned in (False, True))
    assert right.pool is left.pool
    assert right.ink.y == pytest.approx(left.ink.y, abs=0.3)
    assert STOCK.size[0] - right.ink.right == pytest.approx(left.ink.x, abs=0.6)
    first = right.line_end.nonzero()[0][0]
    assert right.matrix[: first + 1, 4].max() > STOCK.size[0] - 30
    assert (right.matrix[:, 0] > 0).all()


@pytest.mark.parametrize("seed", range(6))
def test_ink_from_the_right_stays_inside(seed: int) -> None:
    card = laid(flowing(synthetic.write(TEXT * 2, seed), from_right=True))
    safe = STOCK.safe_box
    assert card.ink.x >= safe.x - 1e-6 and card.ink.right <= safe.right + 1e-6


def test_words_from_the_right_follow_each_other_leftwards() -> None:
    card = laid(flowing(synthetic.write(TEXT), from_right=True))
    assert lines_of(card)[0] == ",anA raeD"


@pytest.mark.parametrize("from_right", [False, True])
def test_words_against_their_line_keep_their_own_order(from_right: bool) -> None:
    """The three words between "the" and "tiles" run the other way."""
    text = "we saw a b c d in town"
    other = {word: 2 if from_right else 1 for word in ("b", "c", "d")}
    card = laid(flowing(synthetic.write(text), from_right=from_right, levels=other))
    (line,) = lines_of(card)
    assert line == ("nwot ni b c d a was ew" if from_right else "we saw a d c b in town")
    order = np.argsort(card.matrix[:, 4], kind="stable")
    assert (order == np.arange(len(order))).all()


def test_moved_words_keep_their_gaps() -> None:
    """The line is as long as before, and no word stands on another."""
    text = "we saw a bbb ccc dd in town"
    plain = laid(flowing(synthetic.write(text, wild=0.0), from_right=False))
    moved = laid(flowing(synthetic.write(text, wild=0.0), from_right=False, levels={"bbb": 1, "ccc": 1, "dd": 1}))
    assert moved.ink.width == pytest.approx(plain.ink.width, abs=0.2)
    boxes = [(x, word) for x, word in words_of(moved)]
    assert [word for _, word in boxes] == ["we", "saw", "a", "dd", "ccc", "bbb", "in", "town"]


def test_what_runs_from_the_right_is_not_marked_and_the_rest_is() -> None:
    card = laid(flowing(synthetic.write("we saw a bbb ccc"), from_right=False, levels={"bbb": 1, "ccc": 1}))
    assert card.said == ((2, "we"), (3, "saw"), (1, "a"), (3, ""), (3, ""))


def test_no_space_follows_words_that_stand_close() -> None:
    text = "ab cd ef gh"
    card = laid(flowing(synthetic.write(text), from_right=False, close="ab cd"))
    assert card.said == ((6, "abcdef"), (2, "gh"))
    assert card.word_end.nonzero()[0].tolist() == [5, 7]


def test_close_words_at_the_end_of_a_line_have_no_space() -> None:
    text = " ".join(["abcdefgh"] * 12)
    card = laid(flowing(synthetic.write(text), from_right=False, close="abcdefgh"))
    assert card.said is not None and "".join(said for _, said in card.said) == text.replace(" ", "")
    assert len(card.said) == card.line_end.sum() > 1
    assert not card.word_end.any()


def test_cards_laid_out_together_are_those_laid_out_alone() -> None:
    writings = [
        flowing(
            synthetic.write(TEXT, seed, key=str(seed)),
            from_right=seed % 3 == 1,
            levels={"red": 2 if seed % 3 == 1 else 1},
        )
        if seed % 3
        else synthetic.write(TEXT, seed, key=str(seed))
        for seed in range(7)
    ]
    for writing, together in zip(writings, lay_out_all(writings, STOCK), strict=True):
        alone = lay_out(writing, STOCK)
        assert together.value is not None and alone.value is not None
        assert (together.value.matrix == alone.value.matrix).all()
        assert together.value.said == alone.value.said
        assert together.value.pool is writing.pool
