"""A note signed with a drawing: the first line of its signature becomes one word, drawn a little differently each time.

The drawing keeps its real size as long as it goes with the writing's, and is drawn with the writing's own pen. What a
reader of the PDF gets is the name as the note has it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from notegen.hand import dice, outline, pools
from notegen.hand.outline import Shapes
from notegen.model.note import Role
from notegen.model.pool import Pool
from notegen.model.signature import Signature
from notegen.model.writing import Passage, Writing

Number = TypeVar("Number", bound=np.generic)

UP, DOWN, WIDE = 4.5, 3.0, 22.0
"""How far a signature may reach above and below its line and along it, x-heights; a larger one is drawn smaller."""

SIZE, ASPECT, TURN, SLANT, RISE = 0.035, 0.02, 0.018, 0.03, 0.05
"""Standard deviations from one time to the next: size and proportion (parts), tilt and slant (tangents), and place on
the line (x-heights). Signatures of one writer vary as much in size as a word that is written again: 3 to 5 %."""

_THINNER, _THICKER = 0.35, 0.5
"""By which part of its stroke a drawing may be made thinner or thicker to match the pen of the writing."""


def sign(writing: Writing, signature: Signature, seed: int) -> Writing:
    """Return a writing whose name is written as the drawing; without a signature, or with no name, it stays as it is.

    The same writing, signature and seed give the same drawing.
    """
    number = next((n for n, one in enumerate(writing.passages) if one.role is Role.SIGNATURE), None)
    if number is None:
        return writing
    passage = writing.passages[number]
    book = pools.book(writing.hand)
    shapes = _in_ems(signature, writing)
    slot = book.drawing("signature", shapes, said(writing, passage))
    pool = book.pool
    base = dice.seed_of("sign", writing.key, writing.hand.name, seed)
    return _with_word(writing, number, pool, slot * pool.k + int(dice.bits(base, 1)[0] % np.uint64(pool.k)), base + 1)


def said(writing: Writing, passage: Passage) -> str:
    """Return the text of a passage's words."""
    slots = (writing.outline // writing.pool.k).tolist()
    edges = writing.words[passage.first : passage.last + 1].tolist()
    return " ".join("".join(writing.pool.texts[slot] for slot in slots[a:b]) for a, b in pairwise(edges))


def _in_ems(signature: Signature, writing: Writing) -> Shapes:
    """Return a signature's outline in ems of a hand's usual size, its stroke that of the hand."""
    pool, x_height = writing.pool, writing.hand.x_height[1]
    low, high = float(signature.points[:, 1].min()), float(signature.points[:, 1].max())
    room = (UP / max(high, 1e-6), DOWN / max(-low, 1e-6), WIDE / max(signature.width, 1e-6))
    scale = min(1.0, *(x_height * part for part in room)) * pool.x_height / x_height
    points, stroke = signature.points * scale, signature.stroke * scale
    change = float(np.clip(pool.stroke - stroke, -_THINNER * stroke, _THICKER * stroke)) / 2
    points = points + change * outline.normals(points, signature.contour_end)
    return Shapes(points, signature.on_curve, signature.contour_end, np.array([0, len(points)]))


def _with_word(writing: Writing, number: int, pool: Pool, shape: int, seed: int) -> Writing:
    """Return a writing in which one passage is one word of one outline."""
    passage = writing.passages[number]
    first, last = passage.first, passage.last
    start, end = int(writing.words[first]), int(writing.words[last])
    size, aspect, turn, slant, rise = dice.mild_normals(seed, 5).tolist()
    tall = 1 + SIZE * size
    wide = tall * (1 + ASPECT * aspect)
    matrix = np.array([[wide, TURN * turn * wide, SLANT * slant * tall, tall]])
    width = float(pool.advances[shape // pool.k]) * wide
    words = np.concatenate((writing.words[: first + 1], writing.words[last:] - (end - start - 1)))
    fewer = last - first - 1
    passages = (
        *writing.passages[:number],
        replace(passage, last=first + 1),
        *(replace(one, first=one.first - fewer, last=one.last - fewer) for one in writing.passages[number + 1 :]),
    )
    return replace(
        writing,
        pool=pool,
        passages=passages,
        outline=_put(writing.outline, start, end, np.array([shape])),
        matrix=_put(writing.matrix, start, end, matrix),
        x=_put(writing.x, start, end, np.zeros(1)),
        y=_put(writing.y, start, end, np.array([RISE * rise * pool.x_height])),
        words=words.astype(writing.words.dtype),
        width=_put(writing.width, first, last, np.array([width])),
        gap=_put(writing.gap, first, last, writing.gap[last - 1 : last]),
        whim=_put(writing.whim, first, last, writing.whim[last - 1 : last]),
        lightness=_lightness(writing, first, last),
    )


def _lightness(writing: Writing, first: int, last: int) -> NDArray[np.int8] | None:
    known = writing.lightness
    return None if known is None else _put(known, first, last, known[first : first + 1])


def _put(values: NDArray[Number], start: int, end: int, new: NDArray[Any]) -> NDArray[Number]:
    """Return an array in which these places have made way for others."""
    return np.concatenate((values[:start], new.astype(values.dtype), values[end:]))
