"""Which alternate each letter of a note gets: none that is drawn as another of its kind is, wherever that stands.

Alternates are dealt so that none comes again soon. Then each two letters that could look alike are compared as they
are drawn, stretched and slanted by the drift, and where two are too near one of them gets the alternate that is
farthest from all others.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from notegen.hand import dice
from notegen.hand.likeness import Likeness
from notegen.hand.outline import Floats, Ints, ranges
from notegen.model.pool import Pool

LEAST = 0.023
"""Least root mean square distance of two drawn letters, x-heights, however their lines run; 0.02 is asked for."""
SLOPE = 0.052
"""Greatest difference of the slopes of two lines of a card."""
CLOSE = 0.05
"""Distance below which slopes are thought of."""
DOUBLES = 0.044
"""Least distance of two equal letters side by side, x-heights."""
SOME, ALL = np.array((5, 8, 11, 3, 14, 1, 7)), np.arange(16)
"""What is added to a spoiled letter's alternate to find others: first a few, which mostly will do."""
SAME = np.array((0,))
NUDGES = np.array(((0.0, 1.0), (0.06, 1.0), (-0.06, 1.0), (0.0, 1.06), (0.0, 0.94), (0.06, 0.94), (-0.06, 1.06))).T
"""Slant (tangent) and height by which a letter is changed of which all alternates are too much like another."""
ROUNDS = 4
MOST = 400
"""Letters of a kind that are compared with each other: a card of 1,000 characters has 120 of the commonest. Work and
memory grow with the square of it; those beyond keep what they were dealt, which does not come again soon."""
MOST_NUDGED = 150
"""Letters of a note that are slanted or stretched because all their alternates are too much like another."""
SOON = 0.02
"""What the square of a distance counts when the same alternate was used a short while ago."""


class Dealt(NamedTuple):
    """Alternates of letters sorted by their slots (`order`), with the place of each among its kind (`rank`)."""

    alternates: Ints
    order: Ints
    rank: Ints


def deal(slots: Ints, ids: NDArray[np.uint64], k: int, seed: int) -> Dealt:
    """Return an alternate for each letter; none comes again before its slot has been written k / 2 times more.

    Each slot goes through one half of its alternates in an order of its own, then through the other half, and so on:
    doubles always differ, and a shape that comes back has at least k / 2 of its kind in between. k is a power of two.
    `ids` are those of the slots: their numbers, which depend on what was written before, decide nothing.
    """
    half = k // 2
    order = np.argsort(slots.astype(np.uint16), kind="stable")
    ordered, names = slots[order], ids[order]
    new = np.empty(len(slots), np.bool_)
    new[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    count = np.arange(len(slots))
    rank = count - np.maximum.accumulate(new * count)
    turn = rank // half
    key = names + turn.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    luck = dice.scramble(key + np.uint64(seed & dice.MASK)).view(np.int64) >> 3
    side = (turn + (names & np.uint64(1)).astype(np.int64) + (seed & 1)) & 1
    return Dealt(side * half + ((luck + (luck >> 8 | 1) * rank) & (half - 1)), order, rank)


def alternates(slots: Ints, matrix: Floats, pool: Pool, table: Likeness, seed: int) -> tuple[Ints, Floats]:
    """Return an alternate for each letter of a note, and the matrices (n, 4) that they are drawn with.

    These are the ones given, but for the few letters of which no alternate is unlike all others.
    """
    dealt, order, rank = deal(slots, pool.ids[slots], pool.k, seed)
    found = np.empty(len(slots), np.int64)
    found[order] = dealt
    few = rank < MOST
    if not few.all():
        dealt, order, rank = dealt[few], order[few], rank[few]
    base = table.rows(pool, slots[order]) * (pool.k * pool.k)
    group = Group(order, rank, np.ascontiguousarray(matrix[order].T), base, table)
    found[order], moved = mended(group, dealt)
    if len(moved):
        matrix = matrix.copy()
        matrix[order[moved]] = group.matrix[:, moved].T
    return found, matrix


class Group(NamedTuple):
    """The letters of a note sorted by slot: places in the note, ranks, matrices (4, n), and where in the table each is.

    `base` is the cell of a slot's first alternate with itself.
    """

    place: Ints
    rank: Ints
    matrix: Floats
    base: Ints
    table: Likeness


def mended(group: Group, dealt: Ints) -> tuple[Ints, Ints]:
    """Return the alternates with those changed that are drawn too much like another of their letter.

    Letters for which that was not enough are drawn in another way too: their matrices are changed in `group`, and their
    numbers are returned.
    """
    spoiled = _spoiled(group, dealt)
    if not len(spoiled):
        return dealt, spoiled
    dealt, changed, weak = dealt.copy(), spoiled, np.zeros(len(dealt), np.bool_)
    tried = SOME
    for _ in range(1 + ROUNDS):
        if len(spoiled):
            dealt[spoiled], square = _best(group, dealt, spoiled, tried)
            weak[spoiled] = square < LEAST * LEAST
        # Those for which a few alternates were not enough get their choice of all, and those that were changed at once
        # have not been compared with each other.
        spoiled = spoiled[weak[spoiled]] if tried is SOME else _clashing(group, dealt, changed)
        if tried is ALL and not len(spoiled):
            break
        tried = ALL
    beside = _doubles(group)
    same = beside[dealt[beside] == dealt[beside - 1]]
    dealt[same] ^= 1
    weak[spoiled] = weak[same] = True
    return dealt, _nudged(group, dealt, np.flatnonzero(weak))


def _nudged(group: Group, dealt: Ints, some: Ints) -> Ints:
    """Slant or stretch those of some letters that still are too much like another, and return their numbers.

    A stick such as l or 1 has little that could differ: a person's differ in how they lean and how tall they are.
    """
    if not len(some):
        return some
    _, square = _best(group, dealt, some, SAME, 1.0)
    alike = some[square < LEAST * LEAST][:MOST_NUDGED]
    slant, height = NUDGES
    for letter in alike:
        drawn = np.repeat(group.matrix[:, letter, None], len(slant), axis=1)
        drawn[2] = drawn[2] * height + drawn[3] * slant
        drawn[3] *= height
        alternate, apart = _best(group, dealt, np.full(len(slant), letter), ALL, 1.0, drawn)
        chosen = int(apart.argmax())
        dealt[letter], group.matrix[:, letter] = alternate[chosen], drawn[:, chosen]
    return alike


def _doubles(group: Group) -> Ints:
    """Return the second letters of those that stand side by side."""
    return np.flatnonzero((group.place[1:] - group.place[:-1] == 1) & (group.rank[1:] > 0)) + 1


def pairs(rank: Ints) -> tuple[Ints, Ints]:
    """Return each two letters of one slot, the later and the earlier one."""
    at = np.arange(len(rank))
    return np.repeat(at, rank), ranges(at - rank, rank)


def _spoiled(group: Group, dealt: Ints) -> Ints:
    """Return the letters that are drawn too much like an earlier one, in order."""
    later, earlier = pairs(group.rank)
    table = group.table
    alone = group.base + dealt * table.k
    cell = alone.take(later)
    cell += dealt.take(earlier)
    may = np.flatnonzero(table.near.take(cell))
    beside = _doubles(group)
    later = np.concatenate((beside, later.take(may)))
    earlier = np.concatenate((beside - 1, earlier.take(may)))
    cell = np.concatenate((alone[beside] + dealt[beside - 1], cell.take(may)))
    norms = _norms(group.matrix, group.table, alone + dealt)
    square = norms.take(later)
    square += norms.take(earlier)
    square -= _twice_shared(group.table, group.matrix.take(later, axis=1), group.matrix.take(earlier, axis=1), cell)
    found = np.zeros(len(dealt), np.bool_)
    found[beside[square[: len(beside)] < DOUBLES * DOUBLES]] = True
    close = np.flatnonzero(square < CLOSE * CLOSE)
    later, earlier, cell = later[close], earlier[close], cell[close]
    saved = _turned(
        group.table,
        group.matrix[:, later],
        group.matrix[:, earlier],
        cell,
        norms[later] + norms[earlier] - square[close],
    )
    found[later[square[close] - saved < LEAST * LEAST]] = True
    return np.flatnonzero(found)


def _turned(table: Likeness, one: Floats, other: Floats, cell: Ints, shared: Floats) -> Floats:
    """Return by how much the squares of distances shrink when the lines of the two run at the worst of slopes."""
    a, b, c, d = one
    e, f, g, h = 2 * other
    xx, xy, yx, yy = table.products[:, cell]
    across = np.abs(xx * (a * f - b * e) + xy * (a * h - b * g) + yx * (c * f - d * e) + yy * (c * h - d * g))
    # Turned by t the two share `shared` cos t + `across` sin t, which is greatest where tan t is their ratio.
    best = np.sqrt(shared * shared + across * across)
    saved: Floats = np.where(across < SLOPE * shared, best, (shared + SLOPE * across) / np.sqrt(1 + SLOPE * SLOPE))
    return saved - shared


def _clashing(group: Group, dealt: Ints, some: Ints) -> Ints:
    """Return which of some letters are drawn too much like an earlier one of them."""
    first = some - group.rank[some]
    at = np.arange(len(some))
    new = np.ones(len(some), np.bool_)
    np.not_equal(first[1:], first[:-1], out=new[1:])
    later, earlier = pairs(at - np.maximum.accumulate(new * at))
    later, earlier = some[later], some[earlier]
    k = group.table.k
    alone = group.base + dealt * k
    norms, cell = _norms(group.matrix, group.table, alone + dealt), alone[later] + dealt[earlier]
    mine, theirs = group.matrix[:, later], group.matrix[:, earlier]
    twice = _twice_shared(group.table, mine, theirs, cell)
    beside = group.place[later] - group.place[earlier] == 1
    square = norms[later] + norms[earlier] - twice
    square -= np.where(beside, 0.0, _turned(group.table, mine, theirs, cell, twice))
    soon = (dealt[later] == dealt[earlier]) & (group.rank[later] - group.rank[earlier] < k // 4)
    return np.unique(later[soon | (square < np.where(beside, DOUBLES * DOUBLES, LEAST * LEAST))])


def _norms(matrix: Floats, table: Likeness, cell: Ints) -> Floats:
    """Return the mean square distance from their centre of letters drawn with matrices (4, n) from cells (..., n)."""
    a, b, c, d = matrix
    xx, xy, _, yy = table.products
    norms = xx.take(cell)
    norms *= a * a + b * b
    part = xy.take(cell)
    part *= 2 * (a * c + b * d)
    norms += part
    part = yy.take(cell)
    part *= c * c + d * d
    norms += part
    return norms


def _twice_shared(table: Likeness, one: Floats, other: Floats, cell: Ints) -> Floats:
    """Return what the distances of letters lose because they are alike.

    `one` and `other` are their matrices (4, n), `cell` is (n) or (candidates, n).
    """
    a, b, c, d = one
    e, f, g, h = 2 * other
    weights = (a * e + b * f, a * g + b * h, c * e + d * f, c * g + d * h)
    shared: Floats = table.products[0].take(cell)
    shared *= weights[0]
    for plane, weight in zip(table.products[1:], weights[1:], strict=True):
        part = plane.take(cell)
        part *= weight
        shared += part
    return shared


def _best(
    group: Group, dealt: Ints, spoiled: Ints, offsets: Ints, soon_counts: float = SOON, drawn: Floats | None = None
) -> tuple[Ints, Floats]:
    """Return for each spoiled letter the best of some alternates, and the least square of its distance to all others.

    Two side by side have to differ more, and the same alternate soon again is only taken when nothing else will do, so
    both distances count less than they are; the square of the latter `soon_counts`. `drawn` (4, n) are
    the spoiled letters' matrices when they are to be others.
    """
    k = group.table.k
    start = np.flatnonzero(group.rank == 0)
    size = np.diff(np.append(start, len(group.rank)))
    kind = np.searchsorted(start, spoiled, side="right") - 1
    count = size[kind]
    other = ranges(start[kind], count)
    which = np.repeat(np.arange(len(spoiled)), count)
    one = spoiled[which]
    tried = (dealt[spoiled] + offsets[:, None]) & (k - 1)
    alone = group.base[spoiled] + tried * k
    theirs = dealt[other]
    mine = group.matrix.take(spoiled, axis=1) if drawn is None else drawn
    beyond = group.matrix.take(other, axis=1)
    square = _norms(mine, group.table, alone + tried)[:, which]
    square += _norms(beyond, group.table, group.base[other] + theirs * (k + 1))
    cell, mine = alone[:, which] + theirs, mine.take(which, axis=1)
    twice = _twice_shared(group.table, mine, beyond, cell)
    square -= twice
    # Two side by side are on one line; of others it is not known yet.
    beside = np.abs(group.place[one] - group.place[other]) == 1
    row, at = np.nonzero((square < CLOSE * CLOSE) & ~beside)
    square[row, at] -= _turned(group.table, mine[:, at], beyond[:, at], cell[row, at], twice[row, at])
    apart = group.rank[one] - group.rank[other]
    soon = (tried[:, which] == theirs) & (np.abs(apart) < k // 4)
    square[soon] *= soon_counts
    square[:, beside] *= (LEAST / DOUBLES) ** 2
    square[soon & beside] = -1.0
    square[:, apart == 0] = np.inf
    least = np.minimum.reduceat(square, np.cumsum(count) - count, axis=1)
    best = least.argmax(axis=0)
    each = np.arange(len(spoiled))
    return tried[best, each], least[best, each]
