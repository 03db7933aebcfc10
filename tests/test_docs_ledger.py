"""The page about the ledger says what the ledger does."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from conftest import Run
from ledgers import NOW, RUN, later, new, note, places
from test_docs_pages import page, rows

from notegen import ledger
from notegen.model.ledger import FileMade, Kind, State

PAGE = page("ledger.md")


def test_the_table_of_states_is_the_one_that_holds() -> None:
    table = PAGE[PAGE.index("| state | means |") :].split("\n\n", 1)[0]
    said = {State(row[0]): tuple(State(word) for word in re.findall(r"\w+", row[2])) for row in rows(table)}
    steps = {State.PREPARED: (State.APPROVED,), State.APPROVED: (State.PRINTED,)}
    assert said == {state: (*steps.get(state, ()), *after) for state, after in ledger.NEXT.items()}


def test_the_commands_of_the_page_run(tmp_path: Path, notegen: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with new(tmp_path) as book:
        ana = note("ana-reyes", name="Ana Reyes")
        name = ledger.begin(book, RUN, [ana], NOW).name
        ledger.approve(book, name, later(1), "")
        ledger.pressed(book, name, [FileMade(Kind.CARDS, 1, "cards.pdf", "0" * 64, 1, 1)], later(2))
        ledger.printed(book, name, places([ana]), later(3))
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```sh\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    lines = [line.split("#")[0].split(" > ")[0] for block in blocks for line in block.splitlines()]
    assert len(lines) == 10
    for line in lines:
        days = 1 if "mailed" in line else 9
        monkeypatch.setattr("notegen.cli.remembering.now", lambda days=days: later(60 * 24 * days))
        if "--restore" in line:
            (tmp_path / "notegen-2026-11-28.db").write_bytes((tmp_path / "stick.db").read_bytes())
            (tmp_path / "notegen.db").write_bytes(b"spoiled")
        ran = notegen(*shlex.split(line.replace("/media/stick/notegen.db", "stick.db"))[1:])
        assert ran.status == 0, (line, ran.said)
    assert (tmp_path / "notegen.db.damaged-1").read_bytes() == b"spoiled"
