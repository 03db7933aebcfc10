"""Plain type: what stands where in a line, its width, and how far its ink reaches."""

from __future__ import annotations

import pytest

from notegen import plain


def shown(text: str) -> str:
    """Return the characters of a line as they stand from left to right."""
    return "".join("".join(run.texts) for run in plain.runs(text))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("14 Quarry Road", "14 Quarry Road"),
        ("רחוב הרצל 12", "12 לצרה בוחר"),
        ("שדרות בן גוריון 5, דירה 3", "3 הריד ,5 ןוירוג ןב תורדש"),
        ("שירה (דירה 3)", ")3 הריד( הריש"),
        ("c/o שירה לוי 7", "c/o 7 יול הריש"),
        ("רחוב ABC 12", "ABC 12 בוחר"),
        ("東京 12", "東京 12"),
    ],
)
def test_a_line_stands_as_it_is_read(text: str, seen: str) -> None:
    """The number of a house keeps its order in a street that runs from the right. Brackets are drawn mirrored there."""
    assert shown(text) == seen


@pytest.mark.parametrize("text", ["Ana Reyes", "ŻÓŁĆ", "רחוב הרצל 12", "شارع الملك 12", "東京都", "fj", "Tj."])
def test_the_ink_of_a_line_is_about_its_width(text: str) -> None:
    left, bottom, right, top = plain.ink(text, 10.0)
    assert -2 < left < 3
    assert right == pytest.approx(plain.width(text, 10.0), abs=3)
    assert -4 < bottom < top < 13


def test_a_line_without_ink_has_no_box() -> None:
    assert plain.ink("", 10.0) == plain.ink(" ", 10.0) == (0.0, 0.0, 0.0, 0.0)
