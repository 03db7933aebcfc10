"""Slots that a pool gets after its start: another process adds the same ones by their names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hand_helpers import hand, note

from notegen.errors import NotegenError
from notegen.hand import grown, pools, sign, signature, write
from notegen.hand.growing import PER_OUTLINE, PER_POINT

CARLA = signature.load(Path(__file__).parent.parent / "signatures" / "carla.svg")
MIXED = "Dear Olya,\n\nΠαναγιώτης и Мария вместе с Алёной, 山田さん, ḡood.\n\nWarmly,\nChris Okafor\n"


@pytest.fixture(autouse=True)
def other_processes() -> Iterator[None]:
    """Begin as a process does, and leave nothing of it."""
    anew()
    yield
    anew()


def anew() -> None:
    """Forget all pools, as another process has none yet."""
    pools.shaper.cache_clear()
    pools._shaper.cache_clear()


def grown_slots(text: str = MIXED, name: str = "quick-ballpoint") -> list[int]:
    """Return the slots, beyond those that the pool begins with, that a note needs; in the order of the note."""
    made = write(note(text), hand(name), 1).value
    assert made is not None
    slots = (made.outline // made.pool.k).tolist()
    return [slot for slot in dict.fromkeys(slots) if slot >= grown.static(hand(name))]


def drawn(slot: int, name: str = "quick-ballpoint") -> bytes:
    """Return all that is drawn for a slot, and its name."""
    pool = pools.pool(hand(name))
    first, last = slot * pool.k, (slot + 1) * pool.k
    points = slice(int(pool.first[first]), int(pool.first[last]))
    arrays = [getattr(pool, one)[points] for one in PER_POINT]
    arrays += [getattr(pool, one)[first:last] for one in PER_OUTLINE]
    arrays += [np.diff(pool.first[first : last + 1]), pool.ids[slot], pool.advances[slot]]
    return b"".join(array.tobytes() for array in arrays)


def test_how_many_slots_a_pool_begins_with_does_not_change_when_it_grows() -> None:
    start = grown.static(hand())
    assert start == len(pools.pool(hand()).texts)
    assert grown_slots()
    assert len(pools.pool(hand()).texts) > start == grown.static(hand())


@pytest.mark.parametrize("name", ["quick-ballpoint", "japanese-pen"])
def test_another_process_adds_the_same_slots_by_their_names(name: str) -> None:
    slots = grown_slots(name=name)
    names = grown.named(hand(name), slots)
    shapes = [drawn(slot, name) for slot in slots]
    anew()
    write(note("Привет, 川口さん ἕν!"), hand(name), 1)
    again = grown.regrow(hand(name), names)
    assert again != slots
    assert [drawn(slot, name) for slot in again] == shapes
    assert grown.named(hand(name), again) == names
    assert grown.regrow(hand(name), names) == again


def test_the_same_names_in_the_same_order_get_the_same_numbers() -> None:
    names = grown.named(hand(), grown_slots())
    found = []
    for _ in range(2):
        anew()
        found.append(grown.regrow(hand(), names[::-1]))
    assert found[0] == found[1]
    assert min(found[0]) >= grown.static(hand())


def test_each_slot_has_a_name_and_each_name_its_slot() -> None:
    grown_slots()
    pool = pools.pool(hand())
    every = list(range(len(pool.texts)))
    names = grown.named(hand(), every)
    assert [one.text for one in names] == list(pool.texts)
    assert (pool.ids[grown.regrow(hand(), names)] == pool.ids).all()
    with pytest.raises(KeyError):
        grown.named(hand(), [len(every)])


def test_signatures_registered_first_follow_right_after_the_start() -> None:
    first = grown.static(hand())
    slots = grown.register(hand(), CARLA, ["Carla Nunes", "Carla", "Carla Nunes"])
    assert slots == [first, first + 1, first]
    signed = sign(written := write(note(MIXED), hand(), 1).value, CARLA, 1)  # type: ignore[arg-type]
    assert written is not None
    assert grown.register(hand(), CARLA, ["Chris Okafor"])[0] in (signed.outline // signed.pool.k).tolist()


def test_a_drawing_is_named_by_its_id_and_has_to_be_at_hand() -> None:
    (slot,) = grown.register(hand(), CARLA, ["Carla Nunes"])
    (name,) = grown.named(hand(), [slot])
    assert name == (grown.DRAWING, int(pools.pool(hand()).ids[slot]), "Carla Nunes")
    anew()
    grown_slots()
    with pytest.raises(NotegenError, match="Carla Nunes"):
        grown.regrow(hand(), [name])
    (again,) = grown.register(hand(), CARLA, ["Carla Nunes"])
    assert again != slot
    assert grown.regrow(hand(), [name]) == [again]
