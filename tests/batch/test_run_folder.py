"""The folder of a run: its name, its lock, and what it keeps."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT

from notegen.batch.folder import begun, find
from notegen.errors import NotegenError, UnreadableFile, UnwritableFile

DAY = date(2026, 3, 5)


def test_runs_of_a_day_are_numbered(tmp_path: Path) -> None:
    names = [begun(tmp_path, DAY).name for _ in range(11)]
    assert names[0] == "2026-03-05-1"
    assert names[-1] == "2026-03-05-11"
    assert begun(tmp_path, date(2026, 3, 6)).name == "2026-03-06-1"


def test_the_last_run_is_the_one_with_the_highest_number(tmp_path: Path) -> None:
    for _ in range(11):
        begun(tmp_path, DAY)
    assert find(tmp_path, "last").name == "2026-03-05-11"
    assert find(tmp_path, "2026-03-05-3").name == "2026-03-05-3"
    for name in ("2026-03-05-12", "../../etc", "yesterday"):
        with pytest.raises(NotegenError, match="there is no run"):
            find(tmp_path, name)


def test_the_last_run_is_none_on_which_another_works_if_there_is_one_that_waits(tmp_path: Path) -> None:
    older, newer = begun(tmp_path, DAY), begun(tmp_path, DAY)
    for one in (older, newer):
        one.write_asked({})
    with newer.locked():
        assert find(tmp_path, "last").name == older.name
        with older.locked():
            assert find(tmp_path, "last").name == newer.name
    assert find(tmp_path, "last").name == newer.name


def test_what_was_asked_comes_back_and_what_is_spoiled_is_said(tmp_path: Path) -> None:
    made = begun(tmp_path, DAY)
    made.write_asked({"words": ["facts", "-t", "thanks"]})
    assert made.asked() == {"words": ["facts", "-t", "thanks"]}
    for spoiled in (b"", b"[]", b'{"words": [', b"\xff"):
        (made.path / "asked.json").write_bytes(spoiled)
        with pytest.raises(UnreadableFile):
            made.asked()


def test_a_run_that_came_to_nothing_leaves_no_folder_and_no_stranger_goes_with_it(tmp_path: Path) -> None:
    made = begun(tmp_path, DAY)
    made.write_asked({})
    made.remove()
    assert list(tmp_path.iterdir()) == []
    other = begun(tmp_path, DAY)
    (other.path / "mine.txt").write_text("kept")
    other.remove()
    assert (other.path / "mine.txt").read_text() == "kept"


def test_another_process_cannot_work_on_a_run_and_a_killed_one_frees_it(tmp_path: Path) -> None:
    made = begun(tmp_path, DAY)
    program = (
        "import sys, time; from pathlib import Path; from notegen.batch.folder import RunFolder\n"
        "with RunFolder(Path(sys.argv[1])).locked():\n    print('mine', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", program, str(made.path)], stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == b"mine\n"
        with pytest.raises(NotegenError, match="another notegen"), made.locked():
            pass
    finally:
        other.kill()
        other.communicate()
    with made.locked():
        pass


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a file")
    with pytest.raises(UnwritableFile, match="cannot keep a run"):
        begun(tmp_path, DAY)
