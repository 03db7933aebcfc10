"""What stops a batch is said, with how to go on: Ctrl-C, a full disk."""

from __future__ import annotations

import errno
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

from notegen.batch import making
from notegen.batch.folder import RunFolder
from notegen.batch.packs import Packs
from notegen.errors import NotegenError
from notegen.ledger import entries, read_ledger

PRINT = ("-t", "thanks", "--today", "2026-03-20", "--yes")
GO_ON = "--resume 2026-03-20-1"


def customers(shop: Path) -> Counter[str]:
    with read_ledger(shop / "notegen.db") as book:
        return Counter(f"{one.note.customer} {one.state}" for one in entries(book))


def halves(shop: Path) -> list[Path]:
    return [one for kind in ("*.part", "*.pack", "lock", "claimed", "asked.json") for one in shop.rglob(kind)]


STEPS = [(Packs, "write"), (RunFolder, "claim"), (making.pipeline, "print_cards"), (RunFolder, "write_evidence")]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("owner", "name"), STEPS, ids=[name for _, name in STEPS])
def test_ctrl_c_ends_with_130_and_says_how_to_go_on(
    notegen: Run, shop: Path, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, after: bool
) -> None:
    real = getattr(owner, name)

    def interrupted(*given: Any, **named: Any) -> Any:
        if after:
            real(*given, **named)
        raise KeyboardInterrupt

    words = ("batch", shop / "facts", *PRINT, "-o", shop / "cards.pdf")
    with monkeypatch.context() as patched:
        patched.setattr(owner, name, interrupted)
        ran = notegen(*words)
    assert ran.status == 130
    assert GO_ON in ran.err
    assert (shop / "cards.pdf").exists() == (name == "write_evidence")
    assert notegen("batch", shop, "--resume", "last").status == 0
    assert halves(shop) == []
    assert set(customers(shop).values()) == {1}


@pytest.mark.parametrize("hint", [None, "take another picture"])
@pytest.mark.parametrize("name", ["print_cards", "print_pages"])
def test_a_mistake_after_the_claim_says_how_the_run_goes_on(
    notegen: Run, shop: Path, monkeypatch: pytest.MonkeyPatch, name: str, hint: str | None
) -> None:
    """Its cards are claimed by then, and no other run gets them."""

    def fails(*_given: Any, **_named: Any) -> Any:
        raise NotegenError("the picture is gone", hint=hint)

    words = ("batch", shop / "facts", *PRINT, "-o", shop / "cards.pdf", "--slip", shop / "slip.pdf")
    with monkeypatch.context() as patched:
        patched.setattr(making.pipeline, name, fails)
        ran = notegen(*words)
    assert ran.status == 2
    assert "the picture is gone" in ran.err
    said = f"{hint or 'mend that'}; then go on with the run: `notegen batch {shop} {GO_ON}`"
    assert said in " ".join(ran.err.split())
    assert not (shop / "cards.pdf").exists()
    assert notegen("batch", shop, "--resume", "last").status == 0
    assert halves(shop) == []
    assert set(customers(shop).values()) == {1}


@pytest.mark.parametrize("number", range(1, 7))
def test_a_full_disk_is_said_and_the_run_goes_on_when_there_is_room(
    notegen: Run, shop: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    real, count = os.fsync, 0

    def full(handle: int) -> None:
        nonlocal count
        count += 1
        if count >= number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(handle)

    words = ("batch", shop / "facts", *PRINT, "-o", shop / "cards.pdf")
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        ran = notegen(*words)
    assert ran.status in ((0, 2) if number == 1 else (2,)), ran.said
    if ran.status:
        assert "No space left" in ran.err
        assert not list(shop.glob(".*.part"))
        go_on = ("batch", shop, "--resume", "last") if GO_ON in ran.err else words
        assert notegen(*go_on).status == 0
    assert halves(shop) == []
    assert set(customers(shop).values()) == {1}


def test_a_run_killed_before_its_claim_is_removed_by_the_next(notegen: Run, shop: Path) -> None:
    old = shop / "runs" / "2026-03-20-1"
    (old / "packs").mkdir(parents=True)
    (old / "asked.json").write_text("{}")
    ran = notegen("batch", shop / "facts", *PRINT)
    assert ran.status == 0
    assert "run 2026-03-20-1 was stopped before it claimed a card; removed" in ran.err
    assert [one.name for one in (shop / "runs").iterdir()] == ["2026-03-20-1"]
    assert halves(shop) == []


def test_a_run_that_was_claimed_or_is_worked_on_is_not_removed(notegen: Run, shop: Path) -> None:
    for number, marks in ((1, ("asked.json", "claimed")), (2, ("asked.json",))):
        (shop / "runs" / f"2026-03-20-{number}").mkdir(parents=True)
        for mark in marks:
            (shop / "runs" / f"2026-03-20-{number}" / mark).touch()
    with RunFolder(shop / "runs" / "2026-03-20-2").locked():
        assert notegen("batch", shop / "facts", *PRINT).status == 0
    assert sorted(one.name[-1] for one in (shop / "runs").iterdir()) == ["1", "2", "3"]


def test_a_stopped_run_keeps_its_cards_when_others_of_the_same_people_were_printed_on_purpose(
    notegen: Run, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    words = ("batch", shop / "facts", *PRINT)
    with monkeypatch.context() as patched:
        patched.setattr(making.pipeline, "print_cards", interrupted)
        assert notegen(*words, "-o", shop / "one.pdf").status == 130
    assert notegen(*words, "-o", shop / "two.pdf", "--again", "a second one").status == 0
    ran = notegen("batch", shop, "--resume", "last")
    assert (ran.status, (shop / "one.pdf").exists()) == (0, True), ran.said
    assert set(customers(shop).values()) == {2}
    assert {one.rpartition(" ")[2] for one in customers(shop)} == {"printed"}
    assert halves(shop) == []


def test_a_damaged_ledger_stops_a_batch_and_is_left_as_it_is(notegen: Run, shop: Path) -> None:
    words = ("batch", shop / "facts", *PRINT)
    assert notegen(*words).status == 0
    assert notegen("backup", "--shop", shop, "-o", shop / "kept.db").status == 0
    ledger = shop / "notegen.db"
    ledger.write_bytes(b"x" * 5000)
    ran = notegen(*words)
    assert ran.status == 2
    assert "damaged" in ran.err
    assert ledger.read_bytes() == b"x" * 5000
    assert notegen("backup", "--shop", shop, "--restore", shop / "kept.db").status == 0
    assert "has this card already" in notegen(*words).err


SPOILED = [
    {"words": ["-t", "thanks"]}, {"words": []}, {"words": [1]}, {"words": "facts"}, {"words": ["facts"]},
    {"words": ["facts", "-t", "thanks", "--resume", "last"]}, {"words": ["--help"]}, {"words": ["-x"]},
    {"today": 9}, {"today": []}, {"today": "nonsense"}, {"folder": 1}, {"version": 2},
    {"context": 3}, {"context": None}, {"context": {}},
]  # fmt: skip


@pytest.mark.parametrize("change", SPOILED, ids=str)
def test_a_run_whose_record_is_spoiled_says_so(
    change: dict[str, Any], notegen: Run, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shop)
    assert notegen("batch", "facts", "-t", "thanks", "-o", "c.pdf", "-j", 1, "--prepare").status == 0
    (kept,) = shop.rglob("asked.json")
    kept.write_text(json.dumps({**json.loads(kept.read_text()), **change}))
    ran = notegen("batch", "--resume", "last", "--yes", "-j", 1)
    assert ran.status in (0, 2) and ran.said


@pytest.mark.parametrize("key", ["version", "words", "folder", "today", "context"])
def test_a_run_whose_record_lacks_something_says_so(
    key: str, notegen: Run, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shop)
    assert notegen("batch", "facts", "-t", "thanks", "-o", "c.pdf", "-j", 1, "--prepare").status == 0
    (kept,) = shop.rglob("asked.json")
    kept.write_text(json.dumps({name: one for name, one in json.loads(kept.read_text()).items() if name != key}))
    ran = notegen("batch", "--resume", "last", "--yes", "-j", 1)
    assert ran.status in (0, 2) and ran.said
