"""Cards made of squares, bars and triangles: a pool whose every number can be worked out by hand."""

from __future__ import annotations

import numpy as np

from notegen.model.card import Card
from notegen.model.hand import Hand, Ink, Pen
from notegen.model.pool import BANDS, Pool
from notegen.model.stock import Box, Panel, Stock

STROKE = 0.1
SQUARE = [(0.1, 0.0), (0.5, 0.0), (0.5, 0.4), (0.1, 0.4)]
TRIANGLE = [(0.05, 0.0), (0.45, 0.0), (0.25, 0.6)]
BAR = [(0.1, 0.0), (0.1 + STROKE, 0.0), (0.1 + STROKE, 0.8), (0.1, 0.8)]
SHAPES = (SQUARE, TRIANGLE, BAR)
LETTERS = ("a", "b", "c", "d", "e", "fi", "é", "😊", "T", "l", "o", ".")

CARD = Box(0, 0, 152.4, 101.6)
STOCK = Stock("test", "Test card", (152.4, 101.6), 3.175, 6.35, (Panel("whole", CARD),), "whole", "made up")


def hand(**changes: object) -> Hand:
    """Return a hand with some of its fields changed."""
    fields: dict[str, object] = {
        "name": "squares", "title": "Squares", "role": "test", "font": "none.ttf", "pen": Pen("felt", 0.5),
        "ink": Ink("blue", (1.0, 0.8, 0.1, 0.3)),
        "x_height": (1.8, 2.2, 2.6), "leading": 3.2, "word_gap": 0.6, "tidiness": 1.0,
        "licence": "none", "origin": "made up",
    }  # fmt: skip
    return Hand(**{**fields, **changes})  # type: ignore[arg-type]


def normals(points: list[tuple[float, float]]) -> np.ndarray:
    """Return the miter-free outward unit normal at each corner of a polygon drawn anticlockwise."""
    p = np.array(points)
    edge = np.roll(p, -1, axis=0) - p
    out = np.column_stack((edge[:, 1], -edge[:, 0]))
    out /= np.linalg.norm(out, axis=1)[:, None]
    both = out + np.roll(out, 1, axis=0)
    return both / np.linalg.norm(both, axis=1)[:, None]


def pool(k: int = 3, letters: tuple[str, ...] = LETTERS, shapes: tuple = SHAPES, clockwise: bool = True) -> Pool:
    """Return a pool in which alternate j of a letter is its shape raised by j hundredths."""
    points, first, norm, ends = [], [0], [], []
    for slot in range(len(letters)):
        for alternate in range(k):
            shape = [(x, y + alternate / 100) for x, y in shapes[slot % len(shapes)]]
            turn = -1 if clockwise else 1
            points += shape[::turn]
            norm.append(normals(shape)[::turn])
            ends += [False] * (len(shape) - 1) + [True]
            first.append(len(points))
    array = np.array(points, np.float32)
    starts = np.array(first[:-1])
    low, high = np.minimum.reduceat(array, starts), np.maximum.reduceat(array, starts)
    n = len(starts)
    return Pool(
        name="squares", digest=f"squares-{k}-{len(letters)}", k=k, texts=letters,
        ids=np.arange(len(letters), dtype=np.uint64), weight=np.zeros(len(array), np.float32),
        tip=np.zeros(len(array), np.float32),
        advances=np.full(len(letters), 0.55), first=np.array(first, np.int32), points=array,
        on_curve=np.ones(len(array), bool), contour_end=np.array(ends), normals=np.concatenate(norm).astype(np.float32),
        bounds=np.column_stack((low, high)), upper=np.repeat(high[:, 1:], BANDS, 1),
        lower=np.zeros((n, BANDS), np.float32),
        stroke=STROKE, x_height=0.4, ascent=0.8, descent=-0.25,
    )  # fmt: skip


def card(
    key: str = "one",
    text: str = "abc de\nbad cafi",
    *,
    turn: float = 0.02,
    em: float = 5.0,
    of: Pool | None = None,
    in_hand: Hand | None = None,
    stock: Stock = STOCK,
) -> Card:
    """Set a text in squares: lines 8 mm apart, every glyph turned by `turn` more or less and drifting."""
    own = of or POOL
    outline, matrix, word_end, line_end = [], [], [], []
    y = stock.size[1] - 20
    for line in text.splitlines():
        x = 12.0
        for word in line.split():
            for slot in _slots(word, own):
                at = len(outline)
                angle = turn * np.sin(at / 3 + len(key))
                a, b = em * np.cos(angle), em * np.sin(angle)
                outline.append(slot * own.k + at % own.k)
                matrix.append((a, b, -b + 0.1, a, x, y + turn * np.sin(at)))
                word_end.append(False)
                line_end.append(False)
                x += 0.55 * em
            word_end[-1] = True
            x += 0.3 * em
        line_end[-1] = True
        y -= 8
    matrices = np.array(matrix)
    ink = Box(matrices[:, 4].min(), matrices[:, 5].min(), np.ptp(matrices[:, 4]) + em, np.ptp(matrices[:, 5]) + em)
    ends = np.array(word_end), np.array(line_end)
    return Card(key, stock, in_hand or hand(), own, em, text, np.array(outline, np.int32), matrices, *ends, ink)


def _slots(word: str, own: Pool) -> list[int]:
    """Return the slots of a word, the longest text first."""
    found = []
    while word:
        slot = max((s for s, t in enumerate(own.texts) if word.startswith(t)), key=lambda s: len(own.texts[s]))
        found.append(slot)
        word = word[len(own.texts[slot]) :]
    return found


POOL = pool()
