"""Which alternate each letter of a note gets: none that is drawn as another of its kind is, wherever that stands.

Alternates are dealt so that none comes again soon. Then each two letters that could look alike are compared as they
are drawn, stretched and slanted by the drift, and where two are too near one of them gets the alternate that is
farthest from all others.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from notegen.hand import dice, kinds, sieve
from notegen.hand.kinds import CLOSE, DOUBLES, LEAST, Group
from notegen.hand.likeness import Likeness
from notegen.hand.outline import Floats, Ints, ranges
from notegen.model.pool import Pool

FEW = tuple(np.array(some) for some in ((5,), (3,), (3, 12), (3, 6, 11)))
"""What is added to a spoiled letter's alternate to find others: one after another, for the first will do for half. Of
these, none that was used a short while ago is taken."""
ALL = np.arange(16)
SAME = np.array((0,))
NUDGES = np.array(((0.0, 1.0), (0.06, 1.0), (-0.06, 1.0), (0.0, 1.06), (0.0, 0.94), (0.06, 0.94), (-0.06, 1.06))).T
"""Slant (tangent) and height by which a letter is changed of which all alternates are too much like another."""
ROUNDS = 4
MOST = 400
"""Letters of a kind that are compared with each other: a card of 1,000 characters has 120 of the commonest. Work and
memory grow with the square of it; those beyond keep what they were dealt, which does not come again soon."""
MOST_NUDGED = 150
"""Letters of a note that are slanted or stretched because all their alternates are too much like another."""
AT_ONCE = 1 << 16
"""Pairs of letters that are looked at together."""
SOON = 0.02
"""What the square of a distance counts when the same alternate was used a short while ago."""


class Notes(NamedTuple):
    """Some notes whose letters are dealt to at once: the first letter of each (and the end), and a seed for each."""

    first: Ints
    seeds: NDArray[np.uint64]


class Dealt(NamedTuple):
    """Alternates of letters sorted by their kinds (`order`), largest first, and places among them (`rank`).

    A kind is the letters of one slot in one note; `size` is how many there are of it.
    """

    alternates: Ints
    order: Ints
    rank: Ints
    size: Ints


def deal(slots: Ints, ids: NDArray[np.uint64], k: int, notes: Notes) -> Dealt:
    """Return an alternate for each letter; none comes again before its slot has been written k / 2 times more.

    Each slot goes through one half of its alternates in an order of its own, then through the other half, and so on:
    doubles always differ, and a shape that comes back has at least k / 2 of its kind in between. k is a power of two.
    `ids` are those of the slots: their numbers, which depend on what was written before, decide nothing.
    """
    half = k // 2
    note = np.repeat(np.arange(len(notes.seeds), dtype=np.int32), np.diff(notes.first))
    order, rank, count = _kinds(slots, note)
    names, seeds = ids.take(order), notes.seeds.take(note.take(order))
    turn = rank // half
    key = names + turn.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    key += seeds
    luck = dice.scramble(key).view(np.int64) >> 3
    side = (turn + (names & np.uint64(1)).astype(np.int64) + (seeds & np.uint64(1)).astype(np.int64)) & 1
    return Dealt(side * half + ((luck + (luck >> 8 | 1) * rank) & (half - 1)), order, rank, count)


def _kinds(slots: Ints, note: NDArray[np.int32]) -> tuple[Ints, Ints, Ints]:
    """Return an order of letters, kind by kind, largest first; each one's place in its kind, and the kind's size."""
    order = np.argsort(slots.astype(np.uint16), kind="stable")
    slots, note = slots.take(order), note.take(order)
    new = np.ones(len(order), np.bool_)
    np.not_equal(slots[1:], slots[:-1], out=new[1:])
    new[1:] |= note[1:] != note[:-1]
    starts = np.flatnonzero(new)
    size = np.diff(starts, append=len(order))
    large = np.argsort((0xFFFF - np.minimum(size, 0xFFFF)).astype(np.uint16), kind="stable")
    size = size[large]
    count = np.repeat(size, size)
    rank = np.arange(len(order)) - np.repeat(np.cumsum(size) - size, size)
    return order.take(np.repeat(starts[large], size) + rank), rank, count


def alternates(slots: Ints, matrix: Floats, pool: Pool, table: Likeness, notes: Notes) -> tuple[Ints, Floats]:
    """Return an alternate for each letter of some notes, and the matrices (4, n) that they are drawn with.

    These are the ones given, but for the few letters of which no alternate is unlike all others.
    """
    dealt, order, rank, count = deal(slots, pool.ids.take(slots), pool.k, notes)
    found = np.empty(len(slots), np.int64)
    found[order] = dealt
    few = rank < MOST
    if not few.all():
        dealt, order, rank, count = dealt[few], order[few], rank[few], np.minimum(count[few], MOST)
    base = table.rows(pool, slots.take(order)) * (pool.k * pool.k)
    words, norms = np.empty(len(order), np.uint64), np.empty(len(order))
    group = Group(order, rank, count, matrix.take(order, axis=1), base, table, words, norms, notes.first)
    group.draw(np.arange(len(order)), dealt)
    found[order], moved = mended(group, dealt)
    if len(moved):
        matrix = matrix.copy()
        matrix[:, order[moved]] = group.matrix[:, moved]
    return found, matrix


def mended(group: Group, dealt: Ints) -> tuple[Ints, Ints]:
    """Return the alternates with those changed that are drawn too much like another of their letter.

    Letters for which that was not enough are drawn in another way too: their matrices are changed in `group`, and their
    numbers are returned.
    """
    spoiled = _spoiled(group, dealt)
    if not len(spoiled):
        return dealt, spoiled
    dealt, changed, weak = dealt.copy(), spoiled, np.zeros(len(dealt), np.bool_)
    first = np.arange(len(dealt)) - group.rank
    for tried in (*FEW, *[ALL] * ROUNDS):
        if len(spoiled):
            dealt[spoiled], square = _best(group, dealt, spoiled, tried, SOON if tried is ALL else 0.0)
            group.draw(spoiled, dealt)
            weak[spoiled] = square < LEAST * LEAST
        # Those for which a few alternates were not enough get their choice of all, and those that were changed at once
        # have not been compared with each other.
        if tried is not ALL:
            spoiled = spoiled[weak[spoiled]]
        else:
            spoiled = _clashing(group, dealt, changed)
            # Kinds without a clash stay as they are.
            changed = changed[np.isin(first[changed], first[spoiled])]
        if tried is ALL and not len(spoiled):
            break
    beside = _doubles(group)
    same = beside[dealt[beside] == dealt[beside - 1]]
    dealt[same] ^= 1
    group.draw(same, dealt)
    weak[spoiled] = weak[same] = True
    return dealt, _nudged(group, dealt, np.flatnonzero(weak))


def _nudged(group: Group, dealt: Ints, some: Ints) -> Ints:
    """Slant or stretch those of some letters that still are too much like another, and return their numbers.

    A stick such as l or 1 has little that could differ: a person's differ in how they lean and how tall they are.
    A stop has nothing: its alternates, and what nudges change of it, are nearer than what can be seen.
    """
    spread = group.table.spread.take(group.base.take(some) // group.table.k**2)
    some = some[spread >= LEAST]
    if not len(some):
        return some
    _, square = _best(group, dealt, some, SAME, 1.0)
    alike = _first_of_notes(group, some[square < LEAST * LEAST])
    # The letters of a kind take turns, for each is compared with those before it as they are drawn by then.
    turn = _turns(alike - group.rank[alike])
    for number in range(int(turn.max(initial=-1)) + 1):
        letters = alike[turn == number]
        for tried in (SAME, ALL):
            letters = letters[_nudge(group, dealt, letters, tried) < LEAST * LEAST]
            if not len(letters):
                break
    return alike


def _nudge(group: Group, dealt: Ints, letters: Ints, tried: Ints) -> Floats:
    """Draw letters in the best of some ways, each with the best of some alternates; return the least squares."""
    slant, height = NUDGES
    drawn = np.repeat(group.matrix[:, letters], len(slant), axis=1).reshape(4, -1, len(slant))
    drawn[2] = drawn[2] * height + drawn[3] * slant
    drawn[3] *= height
    alternate, apart = _best(group, dealt, np.repeat(letters, len(slant)), tried, 1.0, drawn.reshape(4, -1))
    apart = apart.reshape(-1, len(slant))
    chosen, each = apart.argmax(axis=1), np.arange(len(letters))
    least: Floats = apart[each, chosen]
    # Where a few alternates were not enough, the letter stays for those who have the choice of all.
    done = np.ones(len(letters), np.bool_) if tried is ALL else least >= LEAST * LEAST
    letters, chosen, each = letters[done], chosen[done], each[done]
    dealt[letters] = alternate.reshape(-1, len(slant))[each, chosen]
    group.matrix[:, letters] = drawn[:, each, chosen]
    group.draw(letters, dealt)
    return least


def _first_of_notes(group: Group, letters: Ints) -> Ints:
    """Return those of some letters that are not beyond MOST_NUDGED in their note."""
    order = np.argsort(group.place[letters])
    turn = _turns(np.searchsorted(group.first, group.place[letters[order]], side="right"))
    kept: Ints = letters[np.sort(order[turn < MOST_NUDGED])]
    return kept


def _turns(firsts: Ints) -> Ints:
    """Return how many of the same kind come before each, those of a kind standing together."""
    at = np.arange(len(firsts))
    new = np.ones(len(firsts), np.bool_)
    np.not_equal(firsts[1:], firsts[:-1], out=new[1:])
    return at - np.maximum.accumulate(new * at)


def _doubles(group: Group) -> Ints:
    """Return the second letters of those that stand side by side."""
    return np.flatnonzero((group.place[1:] - group.place[:-1] == 1) & (group.rank[1:] > 0)) + 1


def pairs(rank: Ints) -> tuple[Ints, Ints]:
    """Return each two letters of one slot, the later and the earlier one."""
    at = np.arange(len(rank))
    return np.repeat(at, rank), ranges(at - rank, rank)


def _spoiled(group: Group, dealt: Ints) -> Ints:
    """Return the letters that are drawn too much like an earlier one, in order."""
    table = group.table
    alone = group.base + dealt * table.k
    later, earlier = sieve.pairs(group.words, group.rank, group.size)
    cell = alone.take(later) + dealt.take(earlier)
    may = np.flatnonzero(table.near.take(cell))
    beside = _doubles(group)
    later = np.concatenate((beside, later.take(may)))
    earlier = np.concatenate((beside - 1, earlier.take(may)))
    cell = np.concatenate((alone[beside] + dealt[beside - 1], cell.take(may)))
    norms = group.norms
    square = norms.take(later)
    square += norms.take(earlier)
    square -= kinds.twice_shared(
        group.table, group.matrix.take(later, axis=1), group.matrix.take(earlier, axis=1), cell
    )
    found = np.zeros(len(dealt), np.bool_)
    found[beside[square[: len(beside)] < DOUBLES * DOUBLES]] = True
    close = np.flatnonzero(square < CLOSE * CLOSE)
    later, earlier, cell, square = later.take(close), earlier.take(close), cell.take(close), square.take(close)
    saved = kinds.turned(
        group.table,
        group.matrix.take(later, axis=1),
        group.matrix.take(earlier, axis=1),
        cell,
        norms.take(later) + norms.take(earlier) - square,
    )
    found[later[square - saved < LEAST * LEAST]] = True
    return np.flatnonzero(found)


def _clashing(group: Group, dealt: Ints, some: Ints) -> Ints:
    """Return which of some letters are drawn too much like an earlier one of them."""
    later, earlier = pairs(_turns(some - group.rank[some]))
    later, earlier = some[later], some[earlier]
    k = group.table.k
    alone = group.base + dealt * k
    norms, cell = group.norms, alone[later] + dealt[earlier]
    mine, theirs = group.matrix[:, later], group.matrix[:, earlier]
    twice = kinds.twice_shared(group.table, mine, theirs, cell)
    beside = group.place[later] - group.place[earlier] == 1
    square = norms[later] + norms[earlier] - twice
    square -= np.where(beside, 0.0, kinds.turned(group.table, mine, theirs, cell, twice))
    soon = (dealt[later] == dealt[earlier]) & (group.rank[later] - group.rank[earlier] < k // 4)
    return np.unique(later[soon | (square < np.where(beside, DOUBLES * DOUBLES, LEAST * LEAST))])


def _best(
    group: Group, dealt: Ints, spoiled: Ints, offsets: Ints, soon_counts: float, drawn: Floats | None = None
) -> tuple[Ints, Floats]:
    """Return for each spoiled letter the best of some alternates, and the least square of its distance to all others.

    Two side by side have to differ more, and the same alternate soon again is only taken when nothing else will do, so
    both distances count less than they are; the square of the latter `soon_counts`. `drawn` (4, n) are
    the spoiled letters' matrices when they are to be others. A square of more than CLOSE's is only certain to be that
    when it is the only one for its letter, or when there is `drawn`.
    """
    mine = group.matrix.take(spoiled, axis=1) if drawn is None else drawn
    tried = (dealt.take(spoiled) + offsets[:, None]) & (group.table.k - 1)
    ends = np.cumsum(group.size.take(spoiled)) * len(offsets) // AT_ONCE
    found = []
    for part in np.split(np.arange(len(spoiled)), np.flatnonzero(np.diff(ends)) + 1):
        tries = _Tries(spoiled[part], tried[:, part], mine[:, part])
        found.append(_least(group, dealt, tries, soon_counts, every=drawn is not None))
    least = np.concatenate(found, axis=1)
    best = least.argmax(axis=0)
    each = np.arange(len(spoiled))
    return tried[best, each], least[best, each]


class _Tries(NamedTuple):
    """Letters (n), the alternates that are tried for each (candidates, n), and the matrices (4, n) of them."""

    letters: Ints
    alternates: Ints
    matrix: Floats


def _least(group: Group, dealt: Ints, tries: _Tries, soon_counts: float, *, every: bool) -> Floats:
    """Return the least square of the distance to all others of each alternate tried (candidates, n); see `_best`."""
    letters, tried, mine = tries
    k, count = group.table.k, group.size.take(letters)
    other = ranges(letters - group.rank.take(letters), count)
    which = np.repeat(np.arange(len(letters)), count)
    words = group.marks(letters, tried, mine)
    alone = group.base.take(letters) + tried * k
    norms = kinds.norms(mine, group.table, alone + tried)
    at, row, soon, beside = _in_question(group, dealt, tries, words, (which, other))
    one, beyond = which.take(at), other.take(at)
    cell = alone[row, one] + dealt.take(beyond)
    drawn, drawn_beyond = mine.take(one, axis=1), group.matrix.take(beyond, axis=1)
    square = norms[row, one]
    square += group.norms.take(beyond)
    twice = kinds.twice_shared(group.table, drawn, drawn_beyond, cell)
    square -= twice
    close = np.flatnonzero((square < CLOSE * CLOSE) & ~beside)
    square[close] -= kinds.turned(
        group.table, drawn.take(close, axis=1), drawn_beyond.take(close, axis=1), cell.take(close), twice.take(close)
    )
    square[soon] *= soon_counts
    square[beside] *= (LEAST / DOUBLES) ** 2
    square[soon & beside] = -1.0
    least = np.full(tried.shape, np.inf)
    np.minimum.at(least.ravel(), row * len(letters) + one, square)
    return _told_apart(group, dealt, tries, least, norms, every=every)


def _in_question(
    group: Group, dealt: Ints, tries: _Tries, words: sieve.Words, pairs: tuple[Ints, Ints]
) -> tuple[Ints, Ints, NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which pairs may be close, or count less than their distance, and with which alternate of those tried.

    `pairs` are places in `tries` and letters of the group. Next come which have the same alternate soon again, and
    which stand side by side: they are on one line, and of others it is not known yet.
    """
    which, other = pairs
    letters, count = tries.letters.take(which), len(tries.alternates)
    apart = letters - other
    beside = np.abs(group.place.take(letters) - group.place.take(other)) == 1
    near = sieve.may_be_near(words.T.take(which, axis=0), group.words.take(other)[:, None])
    near[beside | (apart == 0)] = False
    lately = np.flatnonzero((np.abs(apart) < group.table.k // 4) & (apart != 0))
    same = tries.alternates.T.take(which.take(lately), axis=0) == dealt.take(other.take(lately))[:, None]
    soon = np.zeros(near.shape, np.bool_)
    soon[lately] = same
    near[lately] &= ~same
    at, row = np.divmod(np.flatnonzero(near), count)
    close = np.flatnonzero(sieve.are_near(words[row, which.take(at)], group.words.take(other.take(at))))
    special = soon.copy()
    special[beside] = True
    more, turn = np.divmod(np.flatnonzero(special), count)
    at, row = np.concatenate((at.take(close), more)), np.concatenate((row.take(close), turn))
    return at, row, soon[at, row], beside.take(at)


def _told_apart(group: Group, dealt: Ints, tries: _Tries, least: Floats, norms: Floats, *, every: bool) -> Floats:
    """Return the least squares, those that are not close told exactly where there are several for a letter."""
    clear = least >= CLOSE * CLOSE
    if not every:
        clear &= clear.sum(axis=0) > 1
    row, one = np.nonzero(clear)
    if not len(row):
        return least
    letters = tries.letters.take(one)
    count = group.size.take(letters)
    other = ranges(letters - group.rank.take(letters), count)
    cell = np.repeat(group.base.take(letters) + tries.alternates[row, one] * group.table.k, count) + dealt.take(other)
    square = np.repeat(norms[row, one], count)
    square += group.norms.take(other)
    mine = np.repeat(tries.matrix.take(one, axis=1), count, axis=1)
    square -= kinds.twice_shared(group.table, mine, group.matrix.take(other, axis=1), cell)
    square[np.repeat(letters, count) == other] = np.inf
    least[row, one] = np.minimum(least[row, one], np.minimum.reduceat(square, np.cumsum(count) - count))
    return least
