"""A note signed with a drawing: the first line of its signature becomes one word, drawn a little differently each time.

The drawing keeps its real size as long as it goes with the writing's, and is drawn with the writing's own pen. What a
reader of the PDF gets is the name as the note has it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from notegen.hand import dice, outline, pools
from notegen.hand.outline import Floats, Shapes
from notegen.model.hand import Hand
from notegen.model.note import Role
from notegen.model.pool import Pool
from notegen.model.signature import Signature
from notegen.model.writing import Flow, Writing

Number = TypeVar("Number", bound=np.generic)

UP, DOWN, WIDE = 4.5, 3.0, 22.0
"""How far a signature may reach above and below its line and along it, x-heights; a larger one is drawn smaller."""

SIZE, ASPECT, TURN, SLANT, RISE = 0.035, 0.02, 0.018, 0.03, 0.05
"""Standard deviations from one time to the next: size and proportion (parts), tilt and slant (tangents), and place on
the line (x-heights). Signatures of one writer vary as much in size as a word that is written again: 3 to 5 %."""

_THINNEST, _THICKEST = 0.6, 1.6
"""By how much a drawing's strokes may be made thinner or thicker to match the pen of the writing."""
_NEAR = 0.15
"""Edge so near to a point says nothing about the width of the stroke there, in strokes."""
_AT_ONCE = 256


def sign(writing: Writing, signature: Signature, seed: int) -> Writing:
    """Return a writing whose name is written as the drawing; without a signature, or with no name, it stays as it is.

    The same writing, signature and seed give the same drawing.
    """
    number = next((n for n, one in enumerate(writing.passages) if one.role is Role.SIGNATURE), None)
    if number is None:
        return writing
    slot = drawn(writing.hand, signature, _said(writing, number))
    pool = pools.pool(writing.hand)
    base = dice.seed_of("sign", writing.key, writing.hand.name, seed)
    return _with_word(writing, number, pool, slot * pool.k + int(dice.bits(base, 1)[0] % np.uint64(pool.k)), base + 1)


def drawn(hand: Hand, signature: Signature, said: str) -> int:
    """Return the slot of a drawing that stands for a name, in a hand's pool; it is made if need be."""
    book = pools.book(hand)
    return book.drawing("signature", _in_ems(signature, hand, book.pool), _read(said))


def _said(writing: Writing, number: int) -> str:
    """Return what a passage says."""
    passage, flow = writing.passages[number], _flow_of(writing)
    parts = zip(
        flow.said[passage.first : passage.last], flow.spaced[passage.first : passage.last].tolist(), strict=True
    )
    return "".join(text + " " * spaced for text, spaced in parts).strip()


def _read(name: str) -> str:
    """Return a name in the order that readers of a PDF want in a glyph: they turn what runs from the right."""
    return name[::-1] if any(unicodedata.bidirectional(one) in ("R", "AL") for one in name) else name


def _flow_of(writing: Writing) -> Flow:
    """Return a writing's flow; that of one which simply runs from left to right is its words, as the note has them."""
    if writing.flow is not None:
        return writing.flow
    words, count = writing.text.split(), len(writing.width)
    if len(words) != count:
        texts = [writing.pool.texts[slot] for slot in (writing.outline // writing.pool.k).tolist()]
        words = ["".join(texts[start:end]) for start, end in pairwise(writing.words.tolist())]
    return Flow(tuple(words), np.ones(count, np.bool_), from_right=False)


def _flow(writing: Writing, number: int) -> Flow:
    """Return the flow of a writing in which one passage is one word of one outline."""
    flow, passage = _flow_of(writing), writing.passages[number]
    first, last = passage.first, passage.last
    said = (*flow.said[:first], _said(writing, number), *flow.said[last:])
    turns = flow.turns
    if turns is not None:
        start, end = int(writing.words[first]), int(writing.words[last])
        low, high = np.searchsorted(turns.first, (start, end)).tolist()
        after = np.where(turns.first >= end, turns.first - (end - start - 1), turns.first)
        turns = replace(
            turns,
            first=_put(after, low, high, np.array([start])),
            begin=_put(turns.begin, low, high, np.zeros(1)),
            level=_put(turns.level, low, high, np.array([int(flow.from_right)])),
            gap=_put(turns.gap, first, last, turns.gap[last - 1 : last]),
        )
    spaced = _put(flow.spaced, first, last, np.ones(1))
    return replace(flow, said=said, spaced=spaced, turns=turns)


def _in_ems(signature: Signature, hand: Hand, pool: Pool) -> Shapes:
    """Return a signature's outline in ems of a hand's usual size, its stroke that of the hand."""
    x_height = hand.x_height[1]
    low, high = float(signature.points[:, 1].min()), float(signature.points[:, 1].max())
    room = (UP / max(high, 1e-6), DOWN / max(-low, 1e-6), WIDE / max(signature.width, 1e-6))
    scale = min(1.0, *(x_height * part for part in room)) * pool.x_height / x_height
    whole = np.array([0, len(signature.points)])
    shapes = Shapes(signature.points * scale, signature.on_curve, signature.contour_end, whole)
    stroke = signature.stroke * scale
    ratio = float(np.clip(pool.stroke / max(stroke, 1e-9), _THINNEST, _THICKEST))
    normals = outline.normals(shapes.points, shapes.contour_end)
    shift = (ratio - 1) * np.minimum(half_widths(shapes, normals, stroke), 0.75 * stroke)
    return replace(shapes, points=shapes.points + shift[:, None] * normals)


def half_widths(shapes: Shapes, normals: Floats, stroke: float) -> Floats:
    """Return half the width of the stroke at each point: the radius of the largest disc inside that touches it there.

    A pen's strokes are not all equally wide, and what tapers must be made thinner by less, or it breaks.
    """
    edge = outline.flatten(shapes)[0][:, 0]
    inwards = -normals / np.maximum(np.sqrt((normals * normals).sum(axis=1, keepdims=True)), 1e-9)
    found = [np.zeros(0)]
    for start in range(0, len(shapes.points), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        across = edge[None] - shapes.points[part, None]
        square = (across * across).sum(axis=2)
        depth = (across * inwards[part, None]).sum(axis=2)
        far = (depth > 1e-9) & (square > (_NEAR * stroke) ** 2)
        radius = np.where(far, square / (2 * np.where(far, depth, 1.0)), np.inf)
        found.append(radius.min(axis=1))
    return np.concatenate(found)


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
    flow = _flow(writing, number)
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
        # A writing from the right is its mirror image, in which an outline lies to the left of its origin.
        x=_put(writing.x, start, end, np.array([width * flow.from_right])),
        y=_put(writing.y, start, end, np.array([RISE * rise * pool.x_height])),
        words=words.astype(writing.words.dtype),
        width=_put(writing.width, first, last, np.array([width])),
        gap=_put(writing.gap, first, last, writing.gap[last - 1 : last]),
        whim=_put(writing.whim, first, last, writing.whim[last - 1 : last]),
        lightness=_lightness(writing, first, last),
        flow=flow,
    )


def _lightness(writing: Writing, first: int, last: int) -> NDArray[np.int8] | None:
    known = writing.lightness
    return None if known is None else _put(known, first, last, known[first : first + 1])


def _put(values: NDArray[Number], start: int, end: int, new: NDArray[Any]) -> NDArray[Number]:
    """Return an array in which these places have made way for others."""
    return np.concatenate((values[:start], new.astype(values.dtype), values[end:]))
