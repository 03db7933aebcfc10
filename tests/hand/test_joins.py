"""Joined hands stay joined: words fall into as many pieces as the font's own drawings, counted in pixels."""

from __future__ import annotations

import numpy as np
import pytest
from hand_helpers import LATIN, hand, note
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy import ndimage

from notegen.hand import outline, pools, slots, write
from notegen.hand.outline import Shapes

Floats = NDArray[np.float64]
PIXELS = 36
"""Pixels of an x-height: a gap of a thirtieth of it is seen."""
WITHIN = 0.02
"""How much the number of pieces may differ from the font's, as a part of it."""
JOINED = ("school-cursive", "office-pen", "fountain-cursive", "elder-cursive")
"""Hands that must be among those whose letters run on into each other."""
TEXT = """Dear Ana,

Thank you for coming by on Wednesday to pick up the Outback. Driving up to Quincy with the girls and both dogs will be
easier with that roof box, and I hope the lake is as quiet as you said.

Tom Becker
"""


def rings(shape: Shapes) -> list[Floats]:
    """Return the contours of a shape as polygons; the pieces of curves stand in the order of their points."""
    points, on, ends = shape.points, shape.on_curve, shape.contour_end
    pieces, at = outline.curves(points, on, ends)
    order = np.argsort(at, kind="stable")
    t = np.arange(6)[:, None] / 6
    curve = np.stack([(1 - t) ** 2 * p[0] + 2 * t * (1 - t) * p[1] + t**2 * p[2] for p in pieces[order]])
    contour = (np.cumsum(ends) - ends)[at[order]]
    return [curve[contour == number].reshape(-1, 2) for number in range(int(ends.sum()))]


def pieces_of(drawn: list[tuple[list[Floats], Floats, Floats]], x_height: float) -> int:
    """Return in how many pieces the ink of a word is; each letter has contours, a matrix and a place."""
    polygons = [ring @ matrix + place for letter, matrix, place in drawn for ring in letter]
    every = np.concatenate(polygons)
    low = every.min(axis=0) - 0.1 * x_height
    scale = PIXELS / x_height
    width, height = (np.ceil((every.max(axis=0) + 0.1 * x_height - low) * scale)).astype(int)
    winding = np.zeros((height, width), np.int64)
    for ring in polygons:
        canvas = Image.new("1", (int(width), int(height)))
        ImageDraw.Draw(canvas).polygon([tuple(point) for point in (ring - low) * scale], fill=1)
        after = np.roll(ring, -1, axis=0)
        clockwise = (ring[:, 0] * after[:, 1] - after[:, 0] * ring[:, 1]).sum() < 0
        winding += np.array(canvas).astype(np.int64) * (1 if clockwise else -1)
    return int(ndimage.label(winding > 0, np.ones((3, 3)))[1])


@pytest.mark.parametrize("name", LATIN)
def test_words_are_in_as_many_pieces_as_the_font_has_them(name: str) -> None:
    shaper = pools.shaper(hand(name))
    face = shaper.book.leaf(0).face
    if not slots.is_joined(face):
        assert name not in JOINED
        return
    fonts: dict[str, int] = {}
    own = varied = 0
    for seed in range(12):
        made = write(note(TEXT, f"key {seed}"), hand(name), seed).value
        assert made is not None
        pool = made.pool
        whole = Shapes(pool.points.astype(np.float64), pool.on_curve, pool.contour_end, pool.first.astype(np.int64))
        for word, first, last in zip(TEXT.split(), made.words[:-1], made.words[1:], strict=True):
            drawn = [
                (rings(outline.take(whole, made.outline[i : i + 1])), made.matrix[i].reshape(2, 2), place)
                for i, place in zip(range(first, last), np.stack((made.x, made.y), 1)[first:last], strict=True)
            ]
            varied += pieces_of(drawn, pool.x_height)
            if word not in fonts:
                shaped = shaper.set_word(word)
                pen = np.cumsum(shaped.advances) - shaped.advances
                texts = [pool.texts[slot] for slot in shaped.slots]
                plain = [
                    (rings(face.glyphs.take([face.characters[text]])), np.eye(2), np.array([at, 0.0]))
                    for text, at in zip(texts, pen, strict=True)
                    if text in face.characters
                ]
                fonts[word] = pieces_of(plain, pool.x_height)
            own += fonts[word]
    assert varied / own == pytest.approx(1.0, abs=WITHIN)
