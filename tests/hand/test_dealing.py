"""Alternates dealt to letters: none soon again, and none that is drawn as another one is."""

from __future__ import annotations

import numpy as np
from hand_helpers import TEXT, hand, note
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from notegen.hand import dealing, dice, likeness, pools, write
from notegen.hand.dealing import Notes, deal
from notegen.hand.likeness import Likeness

IDS = dice.bits(1, 6)


def one_note(slots: NDArray[np.int64], seed: int) -> Notes:
    """Return what says that all letters are of one note."""
    return Notes(np.array([0, len(slots)]), np.array([seed], np.uint64))


def dealt_in_order(slots: NDArray[np.int64], ids: NDArray[np.uint64], seed: int) -> NDArray[np.int64]:
    """Return what is dealt to letters in the order in which they are written."""
    made = deal(slots, ids[slots], 16, one_note(slots, seed))
    dealt = np.empty(len(slots), np.int64)
    dealt[made.order] = made.alternates
    return dealt


@given(st.lists(st.integers(0, 5), max_size=400), st.integers(0, 2**64 - 1))
def test_no_shape_comes_back_within_eight_of_its_letter(drawn: list[int], seed: int) -> None:
    slots = np.array(drawn, np.int64)
    dealt = dealt_in_order(slots, IDS, seed)
    assert ((dealt >= 0) & (dealt < 16)).all()
    for slot in set(drawn):
        own = dealt[slots == slot].tolist()
        for place, one in enumerate(own):
            assert one not in own[max(0, place - 8) : place]


def test_what_is_dealt_does_not_depend_on_the_numbers_of_slots() -> None:
    slots = np.array([0, 1, 2, 2, 1, 0, 3, 3, 2, 5, 0, 1] * 20)
    mixed = np.array([4, 2, 0, 5, 3, 1])
    ids = np.empty(6, np.uint64)
    ids[mixed] = IDS
    assert (dealt_in_order(slots, IDS, 7) == dealt_in_order(mixed[slots], ids, 7)).all()


def test_all_alternates_get_their_turn() -> None:
    dealt = dealt_in_order(np.zeros(1600, np.int64), IDS, 12345)
    assert np.bincount(dealt).tolist() == [100] * 16
    orders = {tuple(dealt[i : i + 8]) for i in range(0, 1600, 8)}
    assert len(orders) > 20


def test_products_give_the_distance_of_drawn_outlines() -> None:
    """Two outlines' points, moved by two matrices and laid on each other, are as far apart as the table says."""
    pool = pools.pool(hand())
    slot = pool.texts.index("e")
    table = likeness.products(pool, slot)
    points, length = likeness._along(pool, [slot * pool.k + 2, slot * pool.k + 9])
    one, other = np.array([[1.1, 0.02], [-0.2, 0.93]]), np.array([[0.97, -0.05], [0.11, 1.04]])
    weight = np.maximum(np.rint(length * (200 / length.max())), 1.0)
    drawn = [points[0] @ one, points[1] @ other]
    gap = [shape - np.average(shape, axis=0, weights=weight) for shape in drawn]
    wanted = np.average(((gap[0] - gap[1]) ** 2).sum(1), weights=weight) / pool.x_height**2

    def trace(a: NDArray[np.float64], cell: NDArray[np.float64], b: NDArray[np.float64]) -> float:
        return float(np.trace(a.T @ cell.reshape(2, 2) @ b))

    found = trace(one, table[2, 2], one) + trace(other, table[9, 9], other) - 2 * trace(one, table[2, 9], other)
    assert abs(np.sqrt(found) - np.sqrt(wanted)) < 1e-3


def test_nothing_is_near_that_no_stretch_and_slant_makes_alike() -> None:
    pool = pools.pool(hand())
    slot = pool.texts.index("e")
    near = likeness.nearness(likeness.products(pool, slot))
    assert near.diagonal().all()
    assert 0.06 < near.mean() < 0.9
    rng = np.random.default_rng(1)
    points, _ = likeness._along(pool, list(range(slot * pool.k, (slot + 1) * pool.k)))
    points = (points - points.mean(axis=1, keepdims=True)) / pool.x_height
    for a, b in zip(*np.nonzero(~near), strict=True):
        for matrix in np.eye(2) + 0.1 * rng.normal(size=(20, 2, 2)):
            assert np.sqrt(((points[a] @ matrix - points[b]) ** 2).sum(1).mean()) > 0.028


def test_letters_drawn_alike_get_other_alternates_and_the_rest_stay() -> None:
    """With one matrix for all, whatever shares an alternate is the same: what can be mended is mended."""
    pool = pools.pool(hand())
    slots = np.full(14, pool.texts.index("e"))
    table = Likeness(pool.k)
    notes = one_note(slots, 5)
    matrix = np.tile([[1.0], [0.0], [0.0], [1.0]], 14)
    assert len(set(dealing.alternates(slots, matrix, pool, table, notes)[0].tolist())) == 14
    usual = deal(slots, pool.ids[slots], pool.k, notes)
    far = matrix * (1 + 0.4 * np.arange(14))
    assert (dealing.alternates(slots, far, pool, table, notes)[0] == usual.alternates).all()


def test_doubles_and_near_repeats_do_not_share_an_alternate() -> None:
    for seed in range(20):
        made = write(note(TEXT), hand(), seed).value
        assert made is not None
        slots = made.outline // made.pool.k
        for slot in {slot for slot in slots.tolist() if made.pool.texts[slot].isalnum()}:
            own = made.outline[slots == slot].tolist()
            for place, one in enumerate(own):
                assert one not in own[max(0, place - 3) : place]


def test_thousands_of_one_letter_take_no_more_than_a_card_of_them() -> None:
    """A note of 7,800 l is far too long for any card; it is told so, and takes neither minutes nor gigabytes."""
    written = write(note("l" * 2600), hand(), 0)
    assert written.value is not None
    assert len(written.value.ids if hasattr(written.value, "ids") else "l" * 2600) == 2600
