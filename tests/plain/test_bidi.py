"""The direction of text: examples of UAX 9, and what people write in Hebrew letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.model.writing import left_to_right
from notegen.plain import bidi

HEBREW, ARABIC = "אבגדהוזחטיכלמנסעפצקרשת", "ابجدهوزحطيكلم"
CAPITALS = dict(zip("ABCDEFGHIJKLMNOPQRSTUV", HEBREW, strict=True))


def seen(text: str, base: int | None = None) -> str:
    """Return a text as it stands from left to right; capitals are Hebrew letters, as in UAX 9."""
    real = "".join(CAPITALS.get(character, character) for character in text)
    own = bidi.base_level(real) if base is None else base
    return "".join(text[place] for place in left_to_right(bidi.levels(real, own)))


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        # UAX 9, 3.4, reordering of the lines of the examples.
        ("car means CAR.", 0, "car means RAC."),
        ("CAR MEANS car.", 1, ".car SNAEM RAC"),
        ('he said "CAR MEANS car."', 0, 'he said "SNAEM RAC car."'),
        ("DID U SAID 'he said car'?", 1, "?'he said car' DIAS U DID"),
        # Numbers (W4, W5, W7) and what stands by them.
        ("ABC 15/3/2026 DEF", 1, "FED 15/3/2026 CBA"),
        ("A 12.5% B", 1, "B 12.5% A"),
        ("A $19.90", 1, "$19.90 A"),
        ("he said ABC 123 DEF", 0, "he said FED 123 CBA"),
        ("ABC 10 20", 1, "20 10 CBA"),
        ("A-2026", 1, "2026-A"),
        # Latin names of several words inside (L2), with a prefix.
        ("A anna smith B", 1, "B anna smith A"),
        ("A-anna smith B", 1, "B anna smith-A"),
        # Brackets (N0).
        ("a (BC) d", 0, "a (CB) d"),
        ("A (bc) D", 1, "D )bc( A"),
        ("A smith (fabrikam) B", 1, "B smith (fabrikam) A"),
        ("a B (c) D", 0, "a B (c) D"),
        ("AB (C) d", 0, ")C( BA d"),
        ("AB, cd!", 1, "!cd ,BA"),
    ],
)
def test_examples(text: str, base: int, expected: str) -> None:
    assert seen(text, base) == expected


def test_a_paragraph_runs_as_its_first_letter_does() -> None:
    assert bidi.base_level("2026 (א) a") == 1
    assert bidi.base_level("“Dear שירה") == 0
    assert bidi.base_level("12.5 %") == 0
    assert bidi.base_level("مرحبا") == 1


def test_marks_run_as_their_letter_and_numbers_after_arabic_as_arabic() -> None:
    assert bidi.levels("שָׁ", 0) == [1, 1, 1]
    assert bidi.levels("ا 12", 0) == [1, 1, 2, 2]


@given(
    st.text(st.sampled_from(f"{HEBREW[:4]}{ARABIC[:2]}ab1 2,.-()%\u0301\u200f\u200e\u200d"), max_size=30),
    st.sampled_from([0, 1]),
)
def test_levels_are_few_and_order_is_a_permutation(text: str, base: int) -> None:
    levels = bidi.levels(text, base)
    assert len(levels) == len(text)
    assert set(levels) <= {base, base + 1, base + 2 - base}
    order = left_to_right(levels)
    assert sorted(order) == list(range(len(text)))
    if not set(text) - set("ab1 2,.-()%") and base == 0:
        assert order == list(range(len(text)))


@given(st.text(st.sampled_from("אבab1 ,"), max_size=20), st.sampled_from([0, 1]))
def test_order_undoes_itself(text: str, base: int) -> None:
    """What stands in visual order is read in logical order by the same rule."""
    levels = bidi.levels(text, base)
    order = left_to_right(levels)
    back = left_to_right([levels[place] for place in order])
    assert [order[place] for place in back] == list(range(len(text)))
