"""Packs are data: what is spoiled, made with something else or more than data is as good as none."""

from __future__ import annotations

import pickle
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from notegen.batch.packs import AT_HAND, MAGIC, Packs, pack_of
from notegen.facts.gangs import Gang
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.person import Person, Sorting
from notegen.model.source import Source
from notegen.pipeline.done import Done


def gang(number: int) -> Gang:
    return Gang(number, 64 * number, (Source("facts.yaml", "---\ncustomer: {name: Ana Reyes}\n", 1),))


def done(number: int) -> Done:
    found = (Diagnostic("F017", Severity.ERROR, "twice", None, None),)
    person = Person("ana", "Ana \u202eReyes \ud83d", 0, sorting=Sorting("US", "97201"), reasons=("twice",), found=found)
    return Done(number, (person,), (), traces=((1, 2, 3),))


def forged(packs: Packs, number: int, *parts: bytes) -> None:
    """Write a pack of any three pickles with the checksums that it wants."""
    head = struct.pack("<QQQIII16s", *map(len, parts), *map(crc32, parts), packs._of)
    packs.path(number).write_bytes(MAGIC + head + b"".join(parts))


class Call:
    """Pickled as a call."""

    def __init__(self, function: Callable[..., Any], *values: Any) -> None:
        self.call = (function, values)

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return self.call


@pytest.fixture
def packs(tmp_path: Path) -> Packs:
    return Packs(tmp_path, "the template as it was")


def test_what_is_written_is_read(packs: Packs) -> None:
    packs.write(pack_of(gang(3), done(3)))
    assert packs.people(3) == (gang(3), done(3))
    assert packs.persons(3) == done(3).people
    assert packs.cards(3) == ()
    assert packs.people(2) is None
    assert packs.persons(2) is None
    assert packs.cards(2) is None


def test_packs_that_were_made_with_something_else_are_as_good_as_none(packs: Packs) -> None:
    packs.write(pack_of(gang(0), done(0)))
    changed = Packs(packs.folder, "the template as it is now")
    assert changed.people(0) is None
    assert changed.cards(0) is None
    changed.write(pack_of(gang(0), done(0)))
    assert changed.people(0) is not None


def test_a_pack_with_a_byte_changed_or_cut_off_anywhere_is_as_good_as_none(packs: Packs) -> None:
    packs.write(pack_of(gang(0), done(0)))
    path = packs.path(0)
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place])
        assert packs.people(0) is None
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        fresh = Packs(packs.folder, "the template as it was")
        assert fresh.people(0) is None or fresh.cards(0) is None
    path.write_bytes(whole + b"\0")
    assert packs.people(0) is None


def test_nothing_is_called_that_a_pack_names(packs: Packs, tmp_path: Path) -> None:
    mark = tmp_path / "called"
    for attack in (
        Call(Path.touch, mark),
        Call(eval, f"open({str(mark)!r}, 'w')"),
        Call(getattr, mark, "touch"),
        Call(bytearray, 1 << 40),
    ):
        forged(packs, 0, *[pickle.dumps(attack)] * 3)
        assert packs.people(0) is None
        assert packs.persons(0) is None
        assert packs.cards(0) is None
    assert not mark.exists()


@pytest.mark.parametrize(
    "named",
    [
        b"cos\nsystem\n(S'true'\ntR.",
        b"cnotegen.files\nwrite_bytes\n.",
        b"cnotegen.facts.load\nread_text\n.",
        b"cnotegen.model.source\nbisect_right\n.",
        b"\x80\x04\x8c\x15notegen.model.personq\x00\x8c\x0fPerson.__init__\x93.",
        b"\x80\x04\x95\xff\xff\xff\xff\xff\xff\xff\x7f.",
        b"\x80\x04B\xff\xff\xff\x7f.",
        b"(" * 100_000 + b"t" * 100_000 + b".",
        b"",
    ],
)
def test_pickles_that_are_no_values_are_as_good_as_none(packs: Packs, named: bytes) -> None:
    forged(packs, 0, named, named, named)
    assert packs.people(0) is None
    assert packs.persons(0) is None
    assert packs.cards(0) is None


def test_only_a_gang_and_what_became_of_it_are_a_pack(packs: Packs) -> None:
    for value in (None, 7, (gang(0),), (done(0), gang(0)), [gang(0), done(0)]):
        forged(packs, 0, *[pickle.dumps(value)] * 3)
        assert packs.people(0) is None
        assert packs.persons(0) is None
        assert packs.cards(0) is None


def test_few_packs_are_kept_in_memory(packs: Packs) -> None:
    for number in range(AT_HAND + 3):
        packs.write(pack_of(gang(number), done(number)))
        packs.cards(number)
    assert len(packs._cards) == AT_HAND
    packs.path(AT_HAND + 2).unlink()
    packs.path(0).unlink()
    assert packs.cards(AT_HAND + 2) == ()
    assert packs.cards(0) is None


def test_what_is_removed_leaves_nothing(packs: Packs) -> None:
    packs.write(pack_of(gang(0), done(0)))
    packs.path(1).with_suffix(".part").write_bytes(b"half")
    packs.remove()
    assert not packs.folder.exists()
