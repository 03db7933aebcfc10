"""A note becomes writing: the same for the same key and seed, and no letter twice in the same shape nearby."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hand_helpers import LATIN, TEXT, hand, note
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import WORDS

from notegen.hand import pools, write
from notegen.hand.spacing import is_loose
from notegen.model.note import Role
from notegen.model.writing import LINES, Writing


def written(text: str = TEXT, key: str = "ana", name: str = "quick-ballpoint", seed: int = 1) -> Writing:
    made = write(note(text, key), hand(name), seed)
    assert made.diagnostics == ()
    assert made.value is not None
    return made.value


def slots_of(writing: Writing) -> list[int]:
    return (writing.outline // writing.pool.k).tolist()


def words_of(writing: Writing) -> list[str]:
    texts = [writing.pool.texts[slot] for slot in slots_of(writing)]
    return ["".join(texts[a:b]) for a, b in zip(writing.words[:-1], writing.words[1:], strict=True)]


@pytest.mark.parametrize("name", LATIN)
def test_the_words_are_the_notes_own_characters(name: str) -> None:
    assert words_of(written(name=name)) == TEXT.split()


def test_passages_are_the_notes_parts() -> None:
    made = written()
    assert [passage.role for passage in made.passages] == [Role.GREETING, Role.BODY, Role.CLOSING, Role.SIGNATURE]
    assert [(p.first, p.last) for p in made.passages][:2] == [(0, 4), (4, len(TEXT.split()) - 3)]
    assert made.passages[-1].last == len(made.words) - 1


def test_arrays_fit_each_other() -> None:
    made = written()
    glyphs, words = len(made.outline), len(made.words) - 1
    assert made.matrix.shape == (glyphs, 4)
    assert len(made.x) == len(made.y) == glyphs == made.words[-1]
    assert len(made.width) == len(made.gap) == len(made.whim) == words
    assert len(made.slope) == len(made.left) == len(made.pitch) == LINES
    assert made.outline.max() < len(made.pool.first) - 1
    assert (made.whim >= 0).all() and (made.whim < 1).all()


def test_key_seed_and_hand_each_change_the_writing_and_nothing_else_does() -> None:
    usual = written()
    again = written()
    for name in ("outline", "matrix", "x", "y", "gap", "slope", "left", "pitch", "whim", "width"):
        assert (getattr(usual, name) == getattr(again, name)).all()
    for other in (written(key="bo"), written(seed=2)):
        assert (usual.outline != other.outline).mean() > 0.8
        assert (usual.slope != other.slope).all()
    assert (usual.slope != written(name="office-pen").slope).all()


def test_what_was_written_before_does_not_matter() -> None:
    first = written("Dear Zed,\n\nquite other words\n", key="zed")
    written()
    again = written("Dear Zed,\n\nquite other words\n", key="zed")
    assert (first.matrix == again.matrix).all()
    assert (first.outline == again.outline).all()


def test_doubles_and_repeated_words_are_drawn_differently() -> None:
    made = written("Dear all,\n\nthe bookkeeper will see the ballooning committee in the little hall the next week.\n")
    slots, outlines = slots_of(made), made.outline.tolist()
    for a, b, c, d in zip(slots, slots[1:], outlines, outlines[1:], strict=False):
        assert a != b or c != d
    the = [tuple(made.outline[a : a + 3]) for a, word in zip(made.words, words_of(made), strict=False) if word == "the"]
    assert len(the) == len(set(the)) == 4


@pytest.mark.parametrize("name", ["school-cursive", "fountain-cursive", "quick-ballpoint"])
def test_joins_stay_closed(name: str) -> None:
    """Where one letter's space ends and the next begins, at half an x-height, the two drifts agree within a stroke.

    Signs that do not join, a letter and its comma, have a white of their own.
    """
    gaps = []
    for seed in range(20):
        made = written(name=name, seed=seed)
        pool = made.pool
        advance = pool.advances[made.outline // pool.k]
        letters = [pool.texts[slot] for slot in slots_of(made)]
        for first, last in zip(made.words[:-1], made.words[1:], strict=True):
            for glyph in range(first, last - 1):
                if is_loose(letters[glyph][-1], letters[glyph + 1][0]):
                    continue
                a, b, c, d = made.matrix[glyph]
                end = np.array([a * advance[glyph] + c * pool.x_height / 2, b * advance[glyph] + d * pool.x_height / 2])
                a, b, c, d = made.matrix[glyph + 1]
                start = np.array([c * pool.x_height / 2, d * pool.x_height / 2])
                here = np.array([made.x[glyph], made.y[glyph]]) + end
                there = np.array([made.x[glyph + 1], made.y[glyph + 1]]) + start
                gaps.append(np.abs(here - there) / pool.x_height)
    found = np.array(gaps)
    stroke = pools.pool(hand(name)).stroke / pools.pool(hand(name)).x_height
    assert found.mean() < 0.02
    assert np.quantile(found, 0.99) < 0.75 * stroke


def test_the_middle_of_each_letter_is_where_the_drift_puts_it() -> None:
    """The baseline shift is read at the letter's middle, whose place is the origin and half an advance on the tilt."""
    made = written("Dear Bo,\n\n" + "minimum wandering remunerations immunise.\n" * 30)
    off: list[float] = []
    pool = made.pool
    advance = pool.advances[made.outline // pool.k]
    middle = made.y + made.matrix[:, 1] * advance / 2
    for first, last in zip(made.words[:-1], made.words[1:], strict=True):
        across = made.x[first:last] + made.matrix[first:last, 0] * advance[first:last] / 2
        rise = np.diff(middle[first:last])
        tilt = made.matrix[first:last, 1] / made.matrix[first:last, 0]
        off += (rise - np.diff(across) * (tilt[1:] + tilt[:-1]) / 2).tolist()
    assert np.std(off) < 0.008 * pool.x_height


def test_words_never_touch() -> None:
    for name in LATIN:
        for seed in range(10):
            made = written(name=name, seed=seed)
            x_height = made.pool.x_height
            box = made.pool.bounds.astype(np.float64)[made.outline]
            advance = made.pool.advances[made.outline // made.pool.k]
            last, first = made.words[1:-1] - 1, made.words[1:-1]
            white = made.gap[:-1] - (box[last, 2] - advance[last]) + box[first, 0]
            assert white.min() > 0.3 * x_height, name


def test_a_line_break_inside_a_paragraph_is_a_space() -> None:
    one = written("Dear Bo,\n\nthank you\nfor coming.\n")
    other = written("Dear Bo,\n\nthank you for  coming.\n")
    assert (one.outline == other.outline).all()
    assert (one.gap == other.gap).all()


def test_decomposed_text_is_written_composed() -> None:
    text = unicodedata.normalize("NFD", "Dear Zoë,\n\nthe café was good.\n")
    assert words_of(written(text)) == "Dear Zoë, the café was good.".split()


@pytest.mark.parametrize("name", ["quick-ballpoint", "neat-print", "hebrew-pen"])
@pytest.mark.parametrize("text", ["0\u200c", "a\u200cb", "0\u200d1", "\u200c0", "\u200d", "שלום\u200c", "नमस्\u200cते"])
def test_joiners_that_join_nothing_are_passed_over(text: str, name: str) -> None:
    """They are copied along with names, and few fonts have a glyph for them."""
    made = write(note(f"Dear {text} Bo"), hand(name), 0)
    assert made.value is not None
    assert words_of(made.value)[0] == "Dear"


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=12), st.sampled_from(["quick-ballpoint", "neat-print"]), st.integers(0, 2**64))
def test_any_text_is_written_or_explained(parts: list[str], name: str, seed: int) -> None:
    text = "\n\n".join(parts)
    made = write(note(text), hand(name), seed)
    if made.value is None:
        assert made.diagnostics
        return
    for values in (made.value.matrix, made.value.x, made.value.y, made.value.gap, made.value.width):
        assert np.isfinite(values).all()
    assert (np.diff(made.value.words) > 0).all()
    assert made.value.passages[-1].last == len(made.value.words) - 1
    if not made.diagnostics:
        kept = [word for word in text.split() if any(unicodedata.category(c) != "Cf" for c in word)]
        wanted = "".join(c for c in unicodedata.normalize("NFC", "".join(kept)) if unicodedata.category(c) != "Cf")
        assert "".join(words_of(made.value)) == wanted


def test_a_habit_belongs_to_the_hand_and_the_seed_and_not_to_the_note() -> None:
    def habit(key: str, name: str, seed: int) -> int:
        written = write(note("Dear Ana,\n\nIt is in.\n\nTom", key), hand(name), seed).value
        assert written is not None
        return written.habit

    assert habit("ana", "office-pen", 1) == habit("bo", "office-pen", 1)
    assert len({habit("ana", "office-pen", 1), habit("ana", "elder-pen", 1), habit("ana", "office-pen", 2)}) == 3
