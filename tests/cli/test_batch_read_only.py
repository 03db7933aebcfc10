"""Where nothing may be written, a batch says so and changes nothing; when it may be, it prints everybody once."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from conftest import Run

from benchmarks.disks import can_mount, read_only
from notegen.batch.folder import RunFolder
from notegen.ledger import entries, read_ledger

pytestmark = pytest.mark.skipif(
    os.name == "nt" or (os.geteuid() == 0 and not can_mount()), reason="permission bits do not stop the administrator"
)

FIRST = ("-t", "thanks", "--today", "2026-03-20", "--limit", "2", "--yes")
REST = ("-t", "thanks", "--today", "2026-03-20", "--yes")


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder, save the index and the empty log that any reader of a ledger leaves."""
    found = {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: data for name, data in found.items() if not name.endswith("-shm") and (data or name[-4:] != "-wal")}


def printed(shop: Path) -> set[int]:
    """Return how often customers are in the ledger as printed; nobody in another state."""
    with read_ledger(shop / "notegen.db") as book:
        found = list(entries(book))
    assert {str(one.state) for one in found} == {"printed"}
    return set(Counter(one.note.customer for one in found).values())


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("shop", "cannot keep a run in"),
        ("shop/runs", "cannot keep a run in"),
        ("shop/notegen.db", "notegen.db: nothing may be written there"),
        ("out", "nothing may be written in"),
    ],
)
def test_a_place_where_nothing_may_be_written_is_said_and_nothing_is_lost(
    notegen: Run, shop: Path, tmp_path: Path, place: str, words: str
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    if place != "shop":
        assert notegen("batch", shop / "facts", *FIRST, "-o", out / "first.pdf").status == 0
    before = contents(tmp_path)
    with read_only(tmp_path / place):
        ran = notegen("batch", shop / "facts", *REST, "-o", out / "cards.pdf")
        assert ran.status == 2
        assert words in ran.err
        assert contents(tmp_path) == before
        assert notegen("batch", shop / "facts", *REST[:-1], "--dry-run").status == 0
        assert contents(tmp_path) == before
    assert notegen("batch", shop / "facts", *REST, "-o", out / "cards.pdf").status == 0
    assert printed(shop) == {1}
    assert [one for one in shop.rglob("*") if one.name in ("lock", "claimed", "asked.json", "packs")] == []


@pytest.mark.parametrize("place", ["shop", "shop/runs", "shop/notegen.db", "out"])
def test_a_run_that_was_stopped_goes_on_once_its_place_may_be_written(
    notegen: Run, shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    out = tmp_path / "out"
    out.mkdir()

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(RunFolder, "write_evidence", stop)
        assert notegen("batch", shop / "facts", *REST, "-o", out / "cards.pdf").status == 130
    before = contents(tmp_path)
    with read_only(tmp_path / place):
        ran = notegen("batch", shop, "--resume", "last")
        assert ran.status == 2, ran.said
        assert "Read-only file system" in ran.err or "Permission denied" in ran.err or "may be written" in ran.err
        assert contents(tmp_path) == before
    assert notegen("batch", shop, "--resume", "last").status == 0
    assert printed(shop) == {1}
