"""Signs that do not join stand clear of each other: a price is read as it was written."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hand_helpers import LATIN, hand

from notegen.hand import pools
from notegen.hand.outline import Shapes, flatten
from notegen.hand.shape import Shaped, Shaper
from notegen.hand.spacing import CLEAR, is_loose

HANDS = LATIN
WORDS = (
    '$412.60, all\'s \'Tis "KWYZ" VIN RAV4 SYNC z-S 555-0142. Zigzag, 10:30; (50%) 1,299 2025, it. "Will it’s 14th'
).split()


def ink(shaper: Shaper, slot: int) -> np.ndarray:
    """Return points along the edges of a slot's first alternate, close together (n, 2), in ems."""
    pool = shaper.pool
    outline = slot * pool.k
    points = slice(int(pool.first[outline]), int(pool.first[outline + 1]))
    count = points.stop - points.start
    shape = Shapes(
        pool.points[points].astype(np.float64),
        pool.on_curve[points],
        pool.contour_end[points],
        np.array([0, count]),
    )
    lines, _ = flatten(shape)
    part = np.linspace(0, 1, 6)[:, None, None]
    return (lines[:, 0] * (1 - part) + lines[:, 1] * part).reshape(-1, 2)


def least_white(before: np.ndarray, after: np.ndarray, within: float) -> float:
    """Return the least horizontal distance from ink to the next sign's ink at nearly its height."""
    near = np.abs(before[:, None, 1] - after[None, :, 1]) < within
    across = after[None, :, 0] - before[:, None, 0]
    return float(np.where(near, across, np.inf).min())


def neighbours(shaper: Shaper, shaped: Shaped) -> list[tuple[str, np.ndarray, np.ndarray]]:
    """Return each pair of signs of a word, and the ink of both."""
    found = []
    for (one, other), advance in zip(pairwise(shaped.slots.tolist()), shaped.advances.tolist(), strict=False):
        pair = shaper.pool.texts[one] + shaper.pool.texts[other]
        found.append((pair, ink(shaper, one), ink(shaper, other) + np.array((advance, 0.0))))
    return found


@pytest.mark.parametrize("name", HANDS)
def test_signs_that_do_not_join_are_clear_of_each_other(name: str) -> None:
    shaper = pools.shaper(hand(name))
    unit = shaper.pool.x_height
    for word in WORDS:
        for pair, before, after in neighbours(shaper, shaper.set_word(word)):
            if is_loose(pair[0], pair[1]):
                assert least_white(before, after, 0.06 * unit) >= (CLEAR - 0.01) * unit, (word, pair)


@pytest.mark.parametrize("name", HANDS)
def test_a_point_between_digits_is_seen(name: str) -> None:
    """It stands beside the digits, not under them: the white to its left and right is there at every height."""
    shaper = pools.shaper(hand(name))
    box = shaper.pool.bounds
    shaped = shaper.set_word("412.60")
    slots, k = shaped.slots, shaper.pool.k
    pen = np.concatenate(([0.0], np.cumsum(shaped.advances)))
    before, point, after = (
        (box[slot * k, 0] + pen[place], box[slot * k, 2] + pen[place]) for place, slot in list(enumerate(slots))[2:5]
    )
    assert point[0] > before[1] - 0.25 * (before[1] - before[0])
    assert point[1] < after[0] + 0.25 * (after[1] - after[0])


@pytest.mark.parametrize("name", HANDS)
def test_small_letters_are_as_near_as_their_maker_put_them(name: str) -> None:
    shaper = pools.shaper(hand(name))
    if shaper.font is None:
        for word in ("bookkeeper", "Toyota", "Hubbell"):
            shaped = shaper.set_word(word)
            assert shaped.advances.tolist() == shaper.pool.advances[shaped.slots].tolist()


def test_a_mark_stays_on_its_letter() -> None:
    shaper = pools.shaper(hand("neat-print"))
    marked, plain = shaper.set_word("x\u0302y"), shaper.set_word("xy")
    assert marked.advances.sum() == pytest.approx(plain.advances.sum())
