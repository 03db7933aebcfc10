"""Batches on disks that are full for real end with clear words, and go on when there is room: all once, none lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.importorskip("fcntl")

from benchmarks.disks import ROOM, between, can_mount, fill, sizes
from benchmarks.soak import Soak, warm

pytestmark = pytest.mark.skipif(not can_mount(), reason="needs the right to mount")


@pytest.fixture(scope="module")
def soak(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Soak]:
    """Four customers, an unbroken run of them, and this process warm."""
    made = Soak(tmp_path_factory.mktemp("disks"), 4)
    warm(made)
    yield made


def test_a_disk_of_any_size_keeps_whole_files_and_the_run_goes_on_when_there_is_room(soak: Soak) -> None:
    said = [fill(soak, kib) for kib in sizes(*between(soak), 12)]
    assert soak.wrong == []
    assert said[-1] == ""
    for file in ("000000.pack", "notegen.db", "cards.pdf"):
        assert any(f"{file}: " in one for one in said), (file, said)


@pytest.mark.parametrize("files", range(9, 20, 3))
def test_a_disk_with_room_for_few_files_is_full_too(soak: Soak, files: int) -> None:
    fill(soak, ROOM, files)
    assert soak.wrong == []
