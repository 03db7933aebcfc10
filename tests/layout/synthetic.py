"""A font of boxes and writings made of it: layout is tested without a hand, and what is ink can be said exactly."""

from __future__ import annotations

import re

import numpy as np

from notegen.model.hand import Hand, Ink, Pen
from notegen.model.note import Note
from notegen.model.pool import BANDS, Pool
from notegen.model.writing import LINES, Passage, Writing

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,;:!?'’-—&/@"
TALL, DEEP, LOW = "bdfhklt", "gjpqy", ".,;:"
K = 2

HAND = Hand(
    name="boxes",
    title="Boxes",
    role="a font of boxes",
    font="none",
    pen=Pen("ballpoint", 0.25),
    ink=Ink("blue", (1.0, 0.8, 0.1, 0.1)),
    x_height=(1.9, 2.5, 3.2),
    leading=3.2,
    word_gap=1.2,
    tidiness=1.0,
    licence="none",
    origin="none",
)


def box_of(letter: str) -> tuple[float, float, float, float]:
    """Return the ink of a letter in ems: x-height .4, ascenders .8, descenders -.35."""
    width = 0.2 if letter in "iljt.,;:!'’" else 0.55 if letter in "mwMW" else 0.38
    top = 0.1 if letter in LOW else 0.8 if letter in TALL or letter.isupper() or letter.isdigit() else 0.4
    bottom = -0.35 if letter in DEEP else 0.0
    return 0.03, bottom, 0.03 + width, top


def make_pool() -> Pool:
    """Return the boxes as a pool; the second alternate of each is a little wider and lower."""
    boxes = []
    for letter in LETTERS:
        x0, y0, x1, y1 = box_of(letter)
        boxes += [(x0, y0, x1, y1), (x0 - 0.01, y0 - 0.02, x1 + 0.01, y1 - 0.02)]
    bounds = np.array(boxes, dtype=np.float32)
    corners = np.stack([bounds[:, [0, 1]], bounds[:, [0, 3]], bounds[:, [2, 3]], bounds[:, [2, 1]]], axis=1)
    count = len(boxes)
    return Pool(
        name="boxes",
        digest="boxes",
        k=K,
        texts=tuple(LETTERS),
        ids=np.arange(len(LETTERS), dtype=np.uint64),
        advances=np.array([box_of(letter)[2] + 0.06 for letter in LETTERS]),
        first=np.arange(count + 1, dtype=np.int32) * 4,
        points=corners.reshape(-1, 2).astype(np.float32),
        on_curve=np.ones(count * 4, dtype=np.bool_),
        contour_end=np.tile([False, False, False, True], count),
        normals=np.zeros((count * 4, 2), dtype=np.float32),
        weight=np.zeros(count * 4, dtype=np.float32),
        tip=np.zeros(count * 4, dtype=np.float32),
        bounds=bounds,
        upper=np.repeat(bounds[:, 3:4], BANDS, axis=1),
        lower=np.repeat(bounds[:, 1:2], BANDS, axis=1),
        stroke=0.04,
        x_height=0.4,
        ascent=0.8,
        descent=-0.35,
    )


POOL = make_pool()


def write(text: str, seed: int = 0, hand: Hand = HAND, wild: float = 1.0, key: str = "ana") -> Writing:
    """Return the text written in boxes; `wild` scales every drift."""
    rng = np.random.default_rng(seed)
    note = Note(key, "test", text)
    words, passages, starts = [], [], [0]
    for block in note.blocks:
        inside = re.findall(r"\S+", text[block.start : block.end])
        passages.append(Passage(block.role, len(words), len(words) + len(inside)))
        words += inside
    slots, x, width = [], [], []
    for word in words:
        pen = 0.0
        for letter in word:
            slots.append(LETTERS.index(letter) if letter in LETTERS else 0)
            x.append(pen)
            pen += float(POOL.advances[slots[-1]])
        starts.append(len(slots))
        width.append(pen)
    n, w = len(slots), len(words)
    small = wild * rng.normal(size=(n, 4)) * (0.03, 0.02, 0.06, 0.05)
    return Writing(
        key=key,
        hand=hand,
        pool=POOL,
        text=text,
        passages=tuple(passages),
        outline=(np.array(slots) * K + rng.integers(0, K, n)).astype(np.int32),
        matrix=np.array([1.0, 0.0, 0.0, 1.0]) + small,
        x=np.array(x),
        y=wild * rng.normal(size=n) * 0.02,
        words=np.array(starts, dtype=np.int32),
        width=np.array(width),
        gap=np.maximum(0.22, 0.48 * np.exp(0.28 * wild * rng.normal(size=w))),
        whim=rng.random(w),
        slope=0.012 * wild * rng.normal() + 0.0105 * wild * rng.normal(size=LINES),
        left=(np.arange(LINES) * 0.05 + 0.16 * rng.normal(size=LINES)) * wild,
        pitch=1.0 + 0.05 * wild * rng.normal(size=LINES),
        habit=seed,
    )


NOTE = """Dear Ana,

Thank you for coming by on Wednesday to pick up the Outback. Driving up to Quincy with the girls and both dogs
will be a lot easier with that roof box, and I hope the lake is as quiet as you said.

You mentioned the left rear door was sticking a bit. If it still does after the first few weeks, stop in and I will
have a look at the latch myself, no appointment needed.

Warmly,
Tom Becker"""
