"""Names and notes in scripts other than Latin: faces, order, marks and weight."""

from __future__ import annotations

import dataclasses
import unicodedata
from itertools import pairwise

import numpy as np
import pytest
from hand_helpers import hand, note
from hypothesis import example, given, settings
from hypothesis import strategies as st

from notegen.hand import outline, pools, thickness, write
from notegen.hand.fallbacks import BROADEST, fallbacks
from notegen.hand.flowing import Turned
from notegen.hand.outline import Shapes
from notegen.hand.runs import COMMON, runs, script_of
from notegen.hand.shape import Shaped, Shaper
from notegen.model.hand import Fallback
from notegen.model.pool import Pool
from notegen.model.writing import Writing

NAMES = {
    "Cyrl": "Зоя",
    "Grek": "Ελένη",
    "Jpan": "山田さくら",
    "Hang": "김민준",
    "Hebr": "שירה",
    "Deva": "प्रिया",
    "Latn": "Nguyễn",
}


def shaper(name: str = "quick-ballpoint") -> Shaper:
    return pools.shaper(hand(name))


def texts(shaped: Shaped, pool: Pool) -> list[str]:
    return [pool.texts[slot] for slot in shaped.slots.tolist()]


def faces_of(text: str, name: str = "quick-ballpoint") -> list[tuple[str, str]]:
    """Return the runs of a word: its letters, and the script of the face that writes them ("" for the hand's own)."""
    own = shaper(name)
    found = runs(text, [0] * len(text), own.faces, own.has)
    return [(text[one.start : one.end], own.book.fallbacks[one.face - 1].script if one.face else "") for one in found]


def written(text: str, name: str = "quick-ballpoint", seed: int = 1) -> Writing:
    made = write(note(text), hand(name), seed)
    assert made.diagnostics == ()
    assert made.value is not None
    return made.value


@pytest.mark.parametrize(("script", "name"), NAMES.items())
def test_a_name_is_written_in_one_face(script: str, name: str) -> None:
    assert faces_of(name) == [(name, script)]


def test_signs_and_digits_are_the_hands_own() -> None:
    assert faces_of("Зоя,") == [("Зоя", "Cyrl"), (",", "")]
    assert faces_of("2026년") == [("2026", ""), ("년", "Hang")]
    assert faces_of("“山田”") == [("“", ""), ("山田", "Jpan"), ("”", "")]
    assert faces_of("「山田」、") == [("「山田」、", "Jpan")]
    assert faces_of("Zoë’s") == [("Zoë’s", "")]


def test_a_mark_is_written_where_its_letter_is() -> None:
    assert faces_of("दुनिया") == [("दुनिया", "Deva")]
    assert faces_of("שָׁלוֹם") == [("שָׁלוֹם", "Hebr")]


def test_what_nobody_has_is_in_no_run() -> None:
    assert faces_of("aნb🎉") == [("a", ""), ("b", "")]


def test_a_hand_meant_for_a_script_writes_it_itself() -> None:
    assert faces_of("山田", "japanese-pen") == [("山田", "")]
    assert faces_of("Зоя", "japanese-pen") == [("Зоя", "Cyrl")]


def test_a_face_that_no_hand_means_for_a_script_comes_last() -> None:
    meant = hand("neat-print")
    for scripts, expected in ((("Latn", "Grek"), [0, 1]), (("Latn",), [1, 0])):
        other = (Fallback("korean-pen/NanumPenScript.ttf", script="Grek"),)
        own = pools.shaper(dataclasses.replace(meant, scripts=scripts, fallbacks=other))
        assert own.faces("Grek") == expected
        assert own.knows("Ελένη") is (0 in expected[:1])
        assert [one.face for one in runs("Ελένη", [0] * 5, own.faces, own.has)] == [0]


@given(st.text(st.sampled_from("aЗя山なー、,ש ָद्कि김\u200d9(ნ"), max_size=12))
@example("a\u200dЗ")
@example("क्\u200dक")
@settings(max_examples=60, deadline=None)
def test_runs_are_in_order_and_each_is_of_one_script(text: str) -> None:
    own = shaper()
    found = runs(text, [0] * len(text), own.faces, own.has)
    assert all(one.start < one.end for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for one in found:
        # A mark stays with its letter, whatever that is.
        letters = [letter for letter in text[one.start : one.end] if unicodedata.category(letter)[0] != "M"]
        scripts = {script_of(letter) for letter in letters} - {COMMON}
        assert len(scripts) <= 1


def test_stated_faces_come_before_bundled_ones_and_named_hands_before_others() -> None:
    base = hand("quick-ballpoint")
    stated = (Fallback("korean-pen/NanumPenScript.ttf", script="Hang"),)
    assert fallbacks(dataclasses.replace(base, fallbacks=stated)) == stated
    named = fallbacks(dataclasses.replace(base, also=("elder-pen",)))
    assert named[0].font == hand("elder-pen").font
    assert next(one.font for one in fallbacks(base) if one.script == "Latn") == hand(BROADEST).font
    assert all(one.font != base.font for one in fallbacks(base))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("प्रिया", ["प्रि", "", "य", "ा"]),
        ("कि", ["कि", ""]),
        ("हिन्दी", ["हि", "", "न्द", "ी"]),
        ("नमस्ते", ["न", "म", "स्त", "े"]),
        ("शर्मा", ["श", "र्मा", "", ""]),
        ("राष्ट्र", ["र", "ा", "ष्ट्र"]),
        ("ज्ञान", ["ज्ञ", "ा", "न"]),
    ],
)
def test_devanagari_glyphs_are_in_the_order_in_which_they_stand(word: str, expected: list[str]) -> None:
    """The first glyph of a cluster has its text, so that all texts together are the word."""
    own = shaper("devanagari-pen")
    assert texts(own.set_word(word), own.pool) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("שָׁלוֹם", ["ש", "ָׁ", "", "ל", "ו", "ֹ", "ם"]),
        ("לָךְ", ["ל", "ָ", "ך", "ְ"]),
    ],
)
def test_points_follow_their_letters(word: str, expected: list[str]) -> None:
    own = shaper("hebrew-pen")
    assert texts(own.set_word(Turned(word, (1,) * len(word), True)), own.pool) == expected


def test_a_short_i_is_written_before_its_letter() -> None:
    own = shaper("devanagari-pen")
    before, letter = own.set_word("कि").slots.tolist()
    plain = own.set_word("क").slots.tolist()
    glyph = {slot: key for key, slot in own.book._numbers.items()}
    assert glyph[letter][1] == glyph[plain[0]][1]
    assert glyph[before][1] != glyph[letter][1]


def test_a_conjunct_is_fewer_glyphs_than_letters() -> None:
    own = shaper("devanagari-pen")
    assert len(own.set_word("श्री").slots) < len("श्री")


@pytest.mark.parametrize("word", ["Nguyễn", "Ngọc", "Hương", "Ελένη", "がぎ", "김민준", "й"])
def test_composed_and_decomposed_letters_are_written_alike(word: str) -> None:
    own = shaper()
    one, other = own.set_word(word), own.set_word(unicodedata.normalize("NFD", word))
    assert one.slots.tolist() == other.slots.tolist()


def test_hebrew_words_go_from_the_right_in_a_note_from_the_right() -> None:
    own = shaper("hebrew-pen")
    word = "שירה"
    rightwards = own.set_word(Turned(word, (1, 1, 1, 1), False))
    leftwards = own.set_word(Turned(word, (1, 1, 1, 1), True))
    assert texts(leftwards, own.pool) == list(word)
    assert texts(rightwards, own.pool) == list(word)[::-1]
    assert rightwards.pieces == leftwards.pieces == ((0, 1),)


def test_a_number_in_a_hebrew_word_keeps_its_order() -> None:
    own = shaper("hebrew-pen")
    shaped = own.set_word(Turned("ב-26", (1, 1, 2, 2), True))
    assert texts(shaped, own.pool) == ["ב", "-", "6", "2"]
    assert shaped.pieces == ((0, 1), (2, 2))


def test_brackets_are_mirrored() -> None:
    own = shaper("hebrew-pen")
    shaped = own.set_word(Turned("(ב)", (1, 1, 1), True))
    assert texts(shaped, own.pool) == [")", "ב", "("]


def test_points_stand_on_their_letters() -> None:
    own = shaper("hebrew-pen")
    shaped = own.set_word(Turned("לָ", (1, 1), True))
    assert shaped.on is not None
    assert shaped.on.tolist() == [0, -1]
    assert shaped.advances[1] == 0.0


@pytest.mark.parametrize(
    ("name", "word"), [("devanagari-pen", "को दुकानें"), ("hebrew-pen", "שָׁלוֹם לָךְ"), ("neat-print", "x\u0302y\u0323")]
)
def test_drift_carries_marks_with_their_letters(name: str, word: str) -> None:
    """From the letter's own frame, a mark is where the font put it, however letter and line have drifted."""
    calm = dataclasses.replace(hand(name), tidiness=0.0)
    loose = [write(note(word), dataclasses.replace(calm, tidiness=1.5), seed).value for seed in range(4)]
    still = write(note(word), calm, 0).value
    assert still is not None
    marks = _marks(name, still)
    assert marks
    for writing in loose:
        assert writing is not None
        for mark, letter in marks:
            assert np.allclose(writing.matrix[mark], writing.matrix[letter])
            assert np.allclose(_in_frame(writing, mark, letter), _in_frame(still, mark, letter), atol=1e-9)


def _in_frame(writing: Writing, mark: int, letter: int) -> np.ndarray:
    """Return the way from a letter to its mark, seen in the letter's frame."""
    a, b, c, d = writing.matrix[letter]
    way = np.array([writing.x[mark] - writing.x[letter], writing.y[mark] - writing.y[letter]])
    found: np.ndarray = np.linalg.solve(np.array([[a, c], [b, d]]), way)
    return found


def _marks(name: str, writing: Writing) -> list[tuple[int, int]]:
    """Return the marks of a writing and the letters that they are on, from the shaped words."""
    own = shaper(name)
    found: list[tuple[int, int]] = []
    glyph = 0
    from_right = writing.flow is not None and writing.flow.from_right
    for word in writing.text.split():
        key = Turned(unicodedata.normalize("NFC", word), (1,) * len(word), True) if from_right else word
        shaped = own.set_word(key)
        if shaped.on is not None:
            found += [(glyph + place, glyph + place + on) for place, on in enumerate(shaped.on.tolist()) if on]
        glyph += len(shaped.slots)
    assert glyph == len(writing.outline)
    return found


@pytest.mark.parametrize("name", ["quick-ballpoint", "office-pen", "neat-print", "marker-capitals"])
@pytest.mark.parametrize("script", NAMES)
def test_other_faces_are_as_heavy_as_the_hands_own(name: str, script: str) -> None:
    """The median stroke of a name differs from the hand's by 15 % at the most."""
    own = shaper(name)
    shaped = own.set_word(NAMES[script])
    drawn = _stroke(own.pool, shaped.slots.tolist())
    assert drawn == pytest.approx(own.pool.stroke, rel=0.15)


def _stroke(pool: Pool, slots: list[int]) -> float:
    outlines = np.array([slot * pool.k + alternate for slot in slots for alternate in range(pool.k)])
    shapes = Shapes(pool.points.astype(np.float64), pool.on_curve, pool.contour_end, pool.first.astype(np.int64))
    return thickness.usual(outline.take(shapes, outlines))


@pytest.mark.parametrize(
    ("script", "low", "high"), [("Cyrl", 0.9, 1.1), ("Grek", 0.85, 1.2), ("Hebr", 1.0, 1.4), ("Deva", 1.2, 1.6)]
)
def test_other_faces_are_as_large_as_people_write_them(script: str, low: float, high: float) -> None:
    letters = {"Cyrl": "нпикоа", "Grek": "ανοσωπ", "Hebr": "אדהחרם", "Deva": "कमनसरत"}[script]
    own = shaper()
    shaped = own.set_word(letters)
    tops = own.pool.bounds.reshape(-1, own.pool.k, 4)[shaped.slots, :, 3]
    assert low <= float(np.median(tops)) / own.pool.x_height <= high


def test_japanese_characters_stand_around_the_line() -> None:
    own = shaper()
    shaped = own.set_word("山田東京")
    boxes = own.pool.bounds.reshape(-1, own.pool.k, 4)[shaped.slots].mean(axis=1)
    bottom, top = float(np.median(boxes[:, 1])), float(np.median(boxes[:, 3]))
    lift = float(shaped.offsets[0, 1])
    assert -0.4 < (bottom + lift) / own.pool.x_height < 0.0
    assert 1.4 < (top + lift) / own.pool.x_height < 2.0


def test_japanese_has_small_gaps_that_differ_and_no_spaces() -> None:
    writing = written("山田様、先日はありがとうございました。またお会いできる日を楽しみにしています。", "japanese-pen")
    flow = writing.flow
    assert flow is not None and not flow.from_right and flow.turns is None
    assert "".join(flow.said) == writing.text
    assert not flow.spaced[:-1].any()
    gaps = writing.gap[:-1] / writing.pool.x_height
    assert 0.0 < np.median(gaps) < 0.35
    assert gaps.std() > 0.01


def test_a_latin_note_has_no_flow() -> None:
    assert written("Dear Zoë, thank you for “the Outback” — it’s great…").flow is None
    assert written("Дорогая Зоя, спасибо!").flow is None


def test_a_hebrew_note_runs_from_the_right_and_a_name_in_it_does_not() -> None:
    flow = written("שירה היקרה, תודה ל-Anna Smith.").flow
    assert flow is not None and flow.from_right and flow.turns is not None
    assert flow.said == ("שירה", "היקרה,", "תודה", "ל-Anna", "Smith.")
    assert flow.turns.gap.tolist()[:4] == [1, 1, 1, 2]
    english = written("Dear שירה כהן, thank you.").flow
    assert english is not None and not english.from_right and english.turns is not None
    assert english.turns.gap.tolist()[:3] == [0, 1, 0]


def test_passages_that_run_against_most_of_the_note_are_named() -> None:
    flow = written("שירה היקרה,\n\nThank you for the long talk about the tiles, and for tea.\n\nDana").flow
    assert flow is not None and not flow.from_right and flow.turns is not None
    assert flow.turns.against == {0}


def test_what_was_written_before_changes_nothing() -> None:
    pools._shaper.cache_clear()
    pools.shaper.cache_clear()
    text = "Dear प्रिया and 山田,"
    first = written(text)
    for name in NAMES.values():
        written(f"Dear {name},")
    again = written(text)
    assert (first.matrix == again.matrix).all() and (first.x == again.x).all()
    pools._shaper.cache_clear()
    pools.shaper.cache_clear()
    for name in reversed(NAMES.values()):
        written(f"Dear {name},")
    other = written(text)
    assert (first.matrix == other.matrix).all() and (first.x == other.x).all()
    shown = [one.pool.ids[one.outline // one.pool.k].tolist() for one in (first, other)]
    assert shown[0] == shown[1]
