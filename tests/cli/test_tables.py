"""Tables line up in every script, and fit a terminal that is narrow."""

from __future__ import annotations

import os

import pytest

from notegen.cli import output

ROWS = (("1", "Maximiliana Wolfeschlegelsteinhausen-Bergerdorff", "us-a2"), ("2", "田中 花子", "hagaki"))


def test_a_table_in_a_pipe_is_whole_and_lines_up(capsys: pytest.CaptureFixture[str]) -> None:
    output.table(ROWS, ("", "customer", "card"))
    first, second, third = capsys.readouterr().out.splitlines()
    assert ROWS[0][1] in second
    assert first.index("card") == second.index("us-a2")
    assert third.index("hagaki") == first.index("card") - 4  # four characters take two columns each


def test_a_narrow_terminal_gets_short_names(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((44, 24)))
    output.table(ROWS, ("", "customer", "card"))
    _, second, _ = capsys.readouterr().out.splitlines()
    assert "..." in second
    assert len(second) <= 44


def test_short_cells_stay_whole() -> None:
    assert output.narrowed([16, 24, 30], 40) == [16, 24, 24]
    assert output.narrowed([16, 24, 30], 100) == [16, 24, 30]
