"""No two letters of a card have the same outline, as drawn: measured on the curves, without the code under test."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from hand_helpers import LATIN, hand, note
from numpy.typing import NDArray

from notegen.hand import write
from notegen.layout import lay_out
from notegen.layout.stocks import builtin
from notegen.model.card import Card
from notegen.model.pool import Pool

Floats = NDArray[np.float64]
NAMES = LATIN
APART, DOUBLES = 0.02, 0.04
"""Least root mean square distance of two drawn letters, and of two side by side, x-heights."""
STOCK = "iso-a5"
STEPS = 4

LONG = """Dear Ana,

Thank you for coming by on Wednesday to pick up the Outback. Driving up to Quincy with the girls and both dogs will be a
lot easier with that roof box, and I hope the lake is as quiet as you said. The bookkeeper will see all three of you on
March 14, 2026, at 10:15, and PO 334455 is settled: $41,221.90 in all.

You mentioned the left rear door was sticking a bit. If it still does after the first few weeks, stop in and I will have
a look at the latch myself, no appointment needed. We are here until 6:30, and the coffee is free.

Warmly,
Tom Becker
"""
SHORT = "Dear Lee,\n\nThe wheel is free until 2026. See you at 5:30, all three of you.\n\nTom\n"
DIGITS = "Dear EMMA,\n\nOrder 1001 0110 0011, part 22-333-2211. HELLO TOTAL: 8,888.00 or 3,030.30.\n\nANNA LEE\n"


def curve(points: Floats, on: NDArray[np.bool_]) -> Floats:
    """Return points on one closed TrueType contour, STEPS at even parameters for each of its own points."""
    before, after = np.roll(points, 1, 0), np.roll(points, -1, 0)
    was_on, will_be_on = np.roll(on, 1)[:, None], np.roll(on, -1)[:, None]
    start, stop = np.where(was_on, before, (before + points) / 2), np.where(will_be_on, after, (points + after) / 2)
    t = (np.arange(STEPS) + 0.5)[:, None, None] / STEPS
    bent = (1 - t) ** 2 * start + 2 * t * (1 - t) * points + t**2 * stop
    straight = (1 - t) * points + t * after
    return np.where(on[:, None], straight, bent).transpose(1, 0, 2)


@cache
def sampled(pool: Pool, outline: int) -> tuple[Floats, Floats]:
    """Return points on the curves of an outline, in ems, and the length of edge that each stands for.

    A piece that begins on the curve and bends is its control point's: the point itself stands for nothing.
    """
    span = slice(int(pool.first[outline]), int(pool.first[outline + 1]))
    ends = np.flatnonzero(pool.contour_end[span]) + 1
    points, on = pool.points[span].astype(np.float64), pool.on_curve[span]
    rings = [(points[a:b], on[a:b]) for a, b in zip([0, *ends[:-1]], ends, strict=True)]
    curves = np.concatenate([curve(*ring) for ring in rings])
    length = np.sqrt(((curves[:, -1] - curves[:, 0]) ** 2).sum(1))
    real = np.concatenate([~own | np.roll(own, -1) for _, own in rings])
    return curves[real].reshape(-1, 2), np.repeat(length[real] + 1e-6, STEPS)


def drawn(card: Card, glyph: int) -> tuple[Floats, Floats]:
    """Return the points of a letter as it is drawn, in x-heights, and their weights."""
    a, b, c, d = card.matrix[glyph, :4] / (card.em * card.pool.x_height)
    points, length = sampled(card.pool, int(card.outline[glyph]))
    return points @ np.array([[a, b], [c, d]]), length


def distance(one: tuple[Floats, Floats], other: tuple[Floats, Floats]) -> float:
    """Return the root mean square distance of the points of two letters, their centres laid on each other.

    Those of another drawing, which a few fonts have of their own, are compared with the nearest points.
    """
    (here, weight), (there, second) = one, other
    here, there = here - np.average(here, 0, weight), there - np.average(there, 0, second)
    if len(here) == len(there):
        return float(np.sqrt(np.average(((here - there) ** 2).sum(1), weights=weight + second)))
    square = ((here[:, None] - there[None]) ** 2).sum(2)
    return float(np.sqrt(max(np.average(square.min(1), weights=weight), np.average(square.min(0), weights=second))))


def laid(name: str, text: str, seed: int) -> Card:
    written = write(note(text, f"key {seed}"), hand(name), seed).value
    assert written is not None
    card = lay_out(written, builtin().get(STOCK)).value
    assert card is not None
    return card


def pairs_of(card: Card) -> list[tuple[str, float, bool]]:
    """Return each two letters or digits of the same kind: the text, how far apart, and whether they are neighbours.

    Neighbours that a font draws in two ways of its own are not compared as points: they differ as it is.
    """
    texts = [card.pool.texts[outline // card.pool.k] for outline in card.outline]
    shapes = [drawn(card, glyph) for glyph in range(len(texts))]
    found = []
    for text in sorted({text for text in texts if text.isalnum()}):
        for one, other in combinations([glyph for glyph, same in enumerate(texts) if same == text], 2):
            alike = len(shapes[one][0]) == len(shapes[other][0])
            beside = other == one + 1 and not card.word_end[one] and alike
            found.append((text, distance(shapes[one], shapes[other]), beside))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_no_two_letters_of_a_card_have_the_same_outline(name: str) -> None:
    for text, seeds in ((LONG, (1,)), (SHORT, (3, 4)), (DIGITS, (6, 7))):
        for seed in seeds:
            found = pairs_of(laid(name, text, seed))
            assert min(found, key=lambda pair: pair[1])[1] >= APART
            assert min((apart for _, apart, beside in found if beside), default=1.0) >= DOUBLES


def test_the_meter_sees_two_letters_that_are_the_same() -> None:
    """Without the comparison of drawn letters, alternates alone are too few."""
    card = laid("quick-ballpoint", LONG, 1)
    outline, matrix = card.outline.copy(), card.matrix.copy()
    e = [glyph for glyph, one in enumerate(outline) if card.pool.texts[one // card.pool.k] == "e"]
    outline[e[9]], matrix[e[9], :4] = outline[e[0]], matrix[e[0], :4] * 1.01
    assert min(apart for _, apart, _ in pairs_of(replace(card, outline=outline, matrix=matrix))) < APART
