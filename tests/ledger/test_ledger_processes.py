"""Processes that claim the same cards at once, or are killed in the middle: each card is somebody's once."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from conftest import ROOT
from ledgers import NOW, RUN, new, notes

from notegen import ledger
from notegen.ledger import Ledger, open_ledger, opening

CLAIMING = Path(__file__).parent / "claiming.py"


def start(folder: Path, first: int, count: int, runs: int = 1) -> subprocess.Popen[str]:
    """Start a process that claims cards of a folder's ledger, which is made by whoever is first."""
    words = [str(folder / "notegen.db"), str(first), str(count), str(runs)]
    return subprocess.Popen(
        [sys.executable, str(CLAIMING), *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={"PYTHONPATH": str(ROOT)},
    )  # fmt: skip


@pytest.mark.parametrize("processes", [2, 8])
def test_processes_at_once_claim_each_card_once(tmp_path: Path, processes: int) -> None:
    """All begin with no ledger; each wants 300 cards, half of them also its neighbour's, in three runs."""
    started = [start(tmp_path, 150 * number, 300, runs=3) for number in range(processes)]
    for one in started:
        out, err = one.communicate(timeout=300)
        assert (one.returncode, err) == (0, "")
        told = [json.loads(line) for line in out.splitlines()]
        assert all("already" in line for line in told if isinstance(line, str) and line != "half")
    with new(tmp_path) as book:
        claimed = Counter(one.identity for one in ledger.entries(book))
        assert set(claimed.values()) == {1}
        assert len(claimed) == 150 * (processes - 1 + 2) + 300
        assert {one.state for one in ledger.entries(book)} == {"printed"}
        assert ledger.verify(book, lambda _: "f" * 64) == ()


@pytest.mark.parametrize("moment", ["half", "begun"])
def test_a_process_that_is_killed_leaves_all_or_nothing(tmp_path: Path, moment: str) -> None:
    with new(tmp_path) as book:
        ledger.begin(book, RUN, notes(10), NOW)
    killed = start(tmp_path, 10, 20_000)
    assert killed.stdout is not None
    if moment == "half":
        assert json.loads(killed.stdout.readline()) == "half"
    killed.kill()
    killed.communicate()
    with new(tmp_path) as book:
        assert [run.notes for run in ledger.runs(book)] == [10]
        assert ledger.verify(book, lambda _: None) == ()
        assert ledger.begin(book, RUN, notes(20, first=10), NOW).name == "2026-11-28-2"


def test_a_ledger_that_another_makes_meanwhile_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look for the ledger and the look for a log without one, another process may have made both."""
    path, real = tmp_path / "notegen.db", opening.check_place
    others: list[Ledger] = []

    def meanwhile(there: Path) -> None:
        monkeypatch.setattr(opening, "check_place", real)
        others.append(open_ledger(there, create=True))
        others[0].connection.execute("PRAGMA user_version")
        assert Path(f"{there}-wal").exists()
        real(there)

    monkeypatch.setattr(opening, "check_place", meanwhile)
    open_ledger(path, create=True).close()
    others[0].close()
