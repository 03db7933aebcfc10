"""Plain type is drawn as it was shaped: each run in its own direction, each accent at its own height."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from artfiles import DESKTOP, printed

from notegen import plain
from notegen.model.page import Words
from notegen.preview import page_image

SIZE = (60.0, 30.0)


def drawn(path: Path, *words: Words) -> np.ndarray:
    """Return where the lower half of a page with some words has ink."""
    image = page_image(printed(path, *words, size=SIZE, setup=DESKTOP), 0, dpi=150).convert("L")
    ink = np.asarray(image) < 128
    return ink[len(ink) // 2 :]


def test_a_bracket_is_not_taken_for_one_that_runs_from_the_right(tmp_path: Path) -> None:
    english, hebrew = Words(5, 5, "(555) 0123", 5), Words(5, 22, "(12) אב", 5)
    assert (drawn(tmp_path / "a.pdf", english) == drawn(tmp_path / "b.pdf", hebrew, english)).all()


def test_an_accent_stands_over_the_letter_and_not_in_it(tmp_path: Path) -> None:
    plain_top, accented_top = (
        int(np.flatnonzero(drawn(tmp_path / f"{place}.pdf", Words(5, 3, text, 8)).any(axis=1))[0])
        for place, text in enumerate(("X", "X̂"))
    )
    tall = (plain_top - accented_top) / 150 * 25.4
    up = plain.ink("X̂", 8)[3] - plain.ink("X", 8)[3]
    assert tall == pytest.approx(up, abs=0.2)
    assert up > 1
