"""Pools on disk: read back the same, and harmless when damaged, missing or not writable."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hand_helpers import hand

from notegen.hand import cache, pools
from notegen.hand.cache import Kept
from notegen.hand.growing import PER_OUTLINE, PER_POINT, PER_SLOT
from notegen.model.pool import Pool

ARRAYS = ("ids", "first", *PER_SLOT, *PER_OUTLINE, *PER_POINT)


def kept(pool: Pool) -> Kept:
    """Return a pool as a face would begin with it."""
    return Kept(pool, tuple(range(len(pool.texts))), {"a": 3, "漢": 70_000})


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pool:
    """A pool of this process, with an empty cache of the test's own."""
    pool = pools.pool(hand())
    monkeypatch.setenv("NOTEGEN_CACHE", str(tmp_path / "cache"))
    return pool


def test_a_kept_pool_is_read_back_the_same(made: Pool) -> None:
    cache.keep(kept(made))
    read = cache.read(made.digest, made.name)
    assert read is not None
    again = read.pool
    assert (read.glyphs, read.characters) == (kept(made).glyphs, kept(made).characters)
    assert (again.texts, again.k, again.stroke, again.x_height) == (made.texts, made.k, made.stroke, made.x_height)
    for name in ARRAYS:
        one, other = getattr(made, name), getattr(again, name)
        assert one.dtype == other.dtype
        assert (one == other).all()


def test_a_pool_of_another_name_or_place_is_not_found(made: Pool) -> None:
    assert cache.read(made.digest, made.name) is None


@pytest.mark.parametrize("damage", [b"", b"PK\3\4 nothing", None, "half", "flipped", "renamed"])
def test_a_damaged_file_is_as_good_as_none(made: Pool, damage: bytes | str | None) -> None:
    cache.keep(kept(made))
    path = cache.path_of(made.digest)
    whole = path.read_bytes()
    if damage is None:
        path.unlink()
        path.mkdir()
    elif damage == "half":
        path.write_bytes(whole[: len(whole) // 2])
    elif damage == "flipped":
        middle = len(whole) // 2
        path.write_bytes(
            whole[:middle] + bytes(byte ^ 0xFF for byte in whole[middle : middle + 64]) + whole[middle + 64 :]
        )
    elif damage == "renamed":
        os.replace(path, cache.path_of("f" * 64))
        assert cache.read("f" * 64, made.name) is None
    else:
        assert isinstance(damage, bytes)
        path.write_bytes(damage)
    assert cache.read(made.digest, made.name) is None


def test_a_cache_that_cannot_be_written_is_done_without(
    made: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("NOTEGEN_CACHE", str(tmp_path / "file"))
    cache.keep(kept(made))
    assert cache.read(made.digest, made.name) is None


def test_a_pool_is_the_same_in_another_process_made_or_read(tmp_path: Path) -> None:
    code = (
        "import hashlib, sys; sys.path.insert(0, 'tests/hand'); from hand_helpers import hand, note;"
        "from notegen.hand import pool, write; h = hand('hurried-ballpoint');"
        "p = pool(h); w = write(note(), h, 3).value;"
        "print(hashlib.sha256(b''.join(a.tobytes() for a in (p.points, p.bounds, p.upper, p.normals,"
        " w.outline, w.matrix, w.x, w.y, w.gap, w.slope, w.left, w.pitch, w.whim))).hexdigest())"
    )
    said = [
        subprocess.run(
            [sys.executable, "-W", "error", "-c", code],
            env={**os.environ, "NOTEGEN_CACHE": str(tmp_path), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1] != ""
    assert [path.suffix for path in (tmp_path / "pools").iterdir()] == [".npz"]
