"""One card from one writing: the first size that fits, put where a person would begin, or why none does."""

from __future__ import annotations

import numpy as np

from notegen.layout.breaking import TooLong
from notegen.layout.codes import LONG_WORD, OVERFLOW
from notegen.layout.fitting import FILL, TIGHTEST, Draft, Fit, fit, pen_beyond, prepare, sizes, way
from notegen.layout.place import ends, ink_box, lifted
from notegen.layout.stocks import builtin
from notegen.model.card import Card
from notegen.model.diagnostic import Checked, Diagnostic, Severity
from notegen.model.note import Role
from notegen.model.stock import Stock
from notegen.model.writing import Writing


def lay_out(writing: Writing, stock: Stock) -> Checked[Card]:
    """Place a writing on a stock; see `notegen.layout.lay_out`."""
    draft = prepare(writing, stock)
    over = 0.0
    long_word: int | None = None
    for x_height in sizes(draft):
        try:
            found = fit(draft, x_height)
        except TooLong as trouble:
            long_word = trouble.word
            continue
        long_word = None
        if isinstance(found, Fit):
            return Checked(_card(draft, found))
        over = found
    if long_word is not None:
        return Checked(None, (_too_long(draft, long_word),))
    return Checked(None, (_overflow(draft, over),))


def _card(draft: Draft, found: Fit) -> Card:
    writing, block = draft.writing, found.block
    extra = pen_beyond(writing.hand, writing.pool, found.way.em)
    rows = lifted(block, _lift(draft, found, extra))
    count = len(writing.outline)
    last = [line.last for line in found.lines]
    return Card(
        key=writing.key,
        stock=draft.stock,
        hand=writing.hand,
        pool=writing.pool,
        em=found.way.em,
        text=writing.text,
        outline=writing.outline,
        matrix=np.array(rows.columns.T, order="C"),
        word_end=ends(count, writing.words[1:]),
        line_end=ends(count, writing.words[last]),
        ink=ink_box(rows, extra),
    )


def _lift(draft: Draft, found: Fit, extra: float) -> float:
    """Return the height of the first baseline: near the top for a long note, so that a short one is centred by eye."""
    frame, block, safe = found.way.frame, found.block, draft.safe.inset(extra)
    white = frame.height - block.height
    if white < 0:
        above = white / 2
    else:
        # A note that fills half the card or less is centred by eye; a longer one begins at the top with some air.
        emptiness = min(1.0, 2 * white / frame.height)
        above = white * (0.2 + (draft.manner.above - 0.2) * emptiness)
    top = min(safe.top, frame.top - above)
    return max(top, safe.y + block.height) - block.top


def _too_long(draft: Draft, word: int) -> Diagnostic:
    writing = draft.writing
    outlines = writing.outline[writing.words[word] : writing.words[word + 1]].tolist()
    text = "".join(writing.pool.texts[outline // writing.pool.k] for outline in outlines)
    return Diagnostic(
        LONG_WORD,
        Severity.ERROR,
        f"the word '{text}' is longer than a line of {draft.stock.name} in the hand {writing.hand.name}",
        hint=f"write it shorter, or in two words{_or_larger(draft.stock, 1.0)}",
        note=writing.key,
    )


def _overflow(draft: Draft, over: float) -> Diagnostic:
    """Say how long the note may be: `over` is by how many mm it is too tall at the hand's least size."""
    writing, hand = draft.writing, draft.writing.hand
    total = len(" ".join(writing.text.split()))
    pitch = hand.leading * hand.x_height[0] * TIGHTEST
    lines = int(over / pitch) + 1
    cut = min(total, -(-int(lines * _characters_per_line(draft)) // 10) * 10)
    room = max(0, (total - cut) // 10 * 10)
    return Diagnostic(
        OVERFLOW,
        Severity.ERROR,
        f"the note has {total} characters; the hand {hand.name} on {draft.stock.name} has room for about {room}; "
        f"cut about {cut}",
        hint=f"shorten the note{_or_larger(draft.stock, total / max(room, 1))}, or choose a hand that writes smaller",
        note=writing.key,
    )


def _characters_per_line(draft: Draft) -> float:
    """Return how many characters of the body a line holds at the hand's least size."""
    writing = draft.writing
    body = [p for p in writing.passages if p.role is Role.BODY] or list(writing.passages)
    least = way(draft, writing.hand.x_height[0])
    lines = sum(length for p, length in zip(writing.passages, draft.lengths, strict=True) if p in body) * least.em
    words = writing.text.split()
    characters = sum(len(word) + 1 for p in body for word in words[p.first : p.last])
    return characters / max(lines / least.frame.width / FILL, 1.0)


def _or_larger(stock: Stock, times: float) -> str:
    """Return `, or take X` for the smallest bundled stock with so many times the room, if there is one."""
    panel = stock.panel.box
    larger = [
        (other.safe_box.width * other.safe_box.height, other.name)
        for other in builtin()
        if other.safe_box.width * other.safe_box.height >= times * stock.safe_box.width * stock.safe_box.height
        and other.panel.box.width > panel.width
    ]
    return f", or take {min(larger)[1]}" if larger else ""
