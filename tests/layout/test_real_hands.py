"""The hands themselves: over many seeded notes on every stock, no lines touch, no words touch, all ink is safe.

A third of the notes is written as neatly as people do, a third as hurriedly; some name people with very long names.

On the same notes no double letter shows one shape twice: nothing gives a font away sooner.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from outlines import doubles, least_distance, least_gap, outside

from notegen.hand import hands, write
from notegen.hand.tidiness import LOOSEST, NEATEST
from notegen.layout import lay_out
from notegen.layout.stocks import builtin
from notegen.model.note import Note
from notegen.model.stock import Kind

NOTES = 120
TIDINESS = (1.0, LOOSEST, NEATEST)
LONG_NAMES = ("Bartholomew-Featherstonehaugh", "Konstantinopoulos", "Wolfeschlegelsteinhausen", "Papadimitrakopoulou")
STOCKS = [one for one in builtin() if one.kind is Kind.CARD]
WORDS = """jolly gypsy pygmy billfold fully happily lightly gladly yesterday playfully beautifully Friday
family kiddingly quickly half golf bluff daughter puppy the and you it a I to my of for with off
bookkeeper committee letters soon giggle Outback Quincy girls Polly Jeff 2026 Dr.
""".split()


def note(seed: int) -> Note:
    """Return a note that is full of ascenders and descenders, of one to three paragraphs."""
    rng = np.random.default_rng(seed)
    name = LONG_NAMES[seed // 3 % len(LONG_NAMES)] if seed % 3 == 0 else "Gigi"
    paragraphs = [" ".join(rng.choice(WORDS, int(rng.integers(4, 34)))) + "." for _ in range(int(rng.integers(1, 4)))]
    date = "March 4, 2026\n\n" if seed % 5 == 0 else ""
    after = "\n\nP.S. My daughter fully agrees." if seed % 7 == 0 else ""
    return Note(f"k{seed}", "test", f"{date}Dear {name},\n\n" + "\n\n".join(paragraphs) + f"\n\nGladly,\nPolly{after}")


@pytest.mark.parametrize("name", [one.name for one in hands.builtin() if "Latn" in one.scripts])
def test_lines_and_words_keep_clear_and_ink_stays_safe(name: str) -> None:
    hand = hands.builtin().get(name)
    laid, seen = 0, set()
    for seed in range(NOTES):
        loose = replace(hand, tidiness=TIDINESS[seed // 2 % len(TIDINESS)])
        writing = write(note(seed), loose, seed).value
        assert writing is not None
        card = lay_out(writing, STOCKS[seed % len(STOCKS)])
        if card.value is None:
            assert {found.code for found in card.diagnostics} <= {"C201", "C204"}
            continue
        laid += 1
        assert outside(card.value) <= 1e-6, seed
        assert least_distance(card.value) > 0.2, seed
        assert least_gap(card.value) > 0.1, seed
        for text, same in doubles(card.value):
            assert not same, (seed, text)
            seen.add(text.lower())
    assert laid > 0.6 * NOTES
    assert {"ee", "ff", "gg", "kk", "ll", "mm", "oo", "pp", "tt"} <= seen
