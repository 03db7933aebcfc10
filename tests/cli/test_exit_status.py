"""Exit statuses are the same for every command and never a count.

One of each is seen from outside, in a process of its own, and so are faults of ours; the others end in this process.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Run

GOOD = "Dear Ana,\n\nThank you for the peach jam on Saturday; Ada ate it with a spoon.\n\nRick\n"
WARNED = "Dear Ana,\n\nThank you for the lovely photos of the dog.\n\nRick\n"
BAD = "Dear Ana,\n\nIf your vehicle is so equipped, use it. Do not hesitate to contact us: www.example.com.\n"
BROKEN = (
    "import notegen.lint.engine as engine\n"
    "whole = engine.read\n"
    "def read(note, *more):\n"
    "    if 'peach' in note.text: raise RuntimeError('out of ink')\n"
    "    return whole(note, *more)\n"
    "engine.read = read\n"
    "from notegen.cli.main import main\n"
    "main()\n"
)
"""The command, with a fault that one file brings about."""


def run(*words: object, cwd: Path, code: str | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    start = ["-c", code] if code else ["-m", "notegen"]
    return subprocess.run(
        [sys.executable, *start, *map(str, words)],
        cwd=cwd, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
    )  # fmt: skip


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """A folder with a good letter, one with a warning, and one with several errors."""
    for name, text in (("good", GOOD), ("warned", WARNED), ("bad", BAD)):
        (tmp_path / f"{name}.txt").write_text(text)
    return tmp_path


LEVELS = {
    "good": {"error": 0, "warning": 0, "info": 0, "never": 0},
    "warned": {"error": 0, "warning": 1, "info": 1, "never": 0},
    "bad": {"error": 1, "warning": 1, "info": 1, "never": 0},
}


@pytest.mark.parametrize("name", LEVELS)
@pytest.mark.parametrize("level", ["error", "warning", "info", "never"])
def test_clean_and_found(notegen: Run, name: str, level: str, letters: Path) -> None:
    ran = notegen("lint", letters / f"{name}.txt", "--fail-level", level)
    assert (ran.status, ran.err) == (LEVELS[name][level], "")
    if level == "error":
        assert notegen("lint", letters / f"{name}.txt").status == ran.status


@pytest.mark.parametrize("name", LEVELS)
def test_a_process_ends_with_it(name: str, letters: Path) -> None:
    ran = run("lint", f"{name}.txt", cwd=letters)
    assert (ran.returncode, ran.stderr) == (LEVELS[name]["error"], "")


def test_the_status_is_no_count(letters: Path) -> None:
    (letters / "many.txt").write_text(BAD * 128)
    assert run("lint", "many.txt", cwd=letters).returncode == 1


@pytest.mark.parametrize(
    "form", ["text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle"]
)
def test_every_format_ends_alike(notegen: Run, form: str, letters: Path) -> None:
    for name, levels in LEVELS.items():
        assert notegen("lint", letters / f"{name}.txt", "--format", form).status == levels["error"]


@pytest.mark.parametrize(
    "words",
    [
        ("lint", "--format", "yaml"),
        ("lint", "--fail-level", "4"),
        ("lint", "--nonsense"),
        ("lint", "nowhere.txt"),
        ("lint", "good.txt", "-o", "no-folder/report.txt"),
        ("lint", "good.txt", "-o", "."),
        ("lint", "picture.png"),
        ("rule", "explain", "N999"),
        ("nonsense",),
        ("batch",),
        ("hand", "show", "nobody"),
    ],
)
def test_usage(notegen: Run, words: tuple[str, ...], letters: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (letters / "picture.png").write_bytes(b"x")
    monkeypatch.chdir(letters)
    ran = notegen(*words)
    assert ran.status == 2
    assert ran.err and "Traceback" not in ran.err


def test_a_mistake_in_one_file_fails_the_whole(letters: Path) -> None:
    assert run("lint", "good.txt", "nowhere.txt", cwd=letters).returncode == 2


@pytest.mark.parametrize("more", [(), ("--fail-level", "never"), ("--format", "sarif"), ("--fix",), ("--diff",)])
def test_a_fault_of_ours(more: tuple[str, ...], letters: Path) -> None:
    ran = run("lint", "warned.txt", "good.txt", "--no-cache", *more, cwd=letters, code=BROKEN)
    assert ran.returncode == 3
    assert "RuntimeError: out of ink" in ran.stderr
    assert "Traceback" in ran.stderr
    assert run("lint", "warned.txt", *more, cwd=letters, code=BROKEN).returncode in (0, 1)


@pytest.mark.parametrize("words", [("rule", "list"), ("doctor",), ("hand", "list"), ("schema",), ("init", "shop")])
def test_a_fault_of_ours_in_any_command(words: tuple[str, ...], letters: Path) -> None:
    code = (
        "import click\n"
        "def broken(*_given, **_more): raise RuntimeError('out of ink')\n"
        "click.Command.invoke = broken\n"
        "from notegen.cli.main import main\n"
        "main()\n"
    )
    ran = run(*words, cwd=letters, code=code)
    assert (ran.returncode, "out of ink" in ran.stderr) == (3, True)


def test_a_reader_who_goes_away_is_no_pass(letters: Path) -> None:
    (letters / "many.txt").write_text(BAD * 320)
    line = f"set -o pipefail; '{sys.executable}' -m notegen lint many.txt --format concise | head -1"
    ran = subprocess.run(
        ["bash", "-c", line], cwd=letters, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert ran.returncode == 141
    assert ran.stderr == ""


def test_settings_that_end_a_command_are_reported_the_way_that_was_asked_for(letters: Path) -> None:
    (letters / "notegen.yaml").write_text("hnad: quick\n")
    (letters / "a.j2").write_text("Dear {{ customer.first_name }},\n")
    ran = run("lint", "a.j2", "--format", "concise", cwd=letters)
    assert ran.returncode == 1
    assert ran.stdout.startswith("notegen.yaml:1:1: error[F010 unknown-key]")
    assert run("lint", "a.j2", "--fail-level", "never", cwd=letters).returncode == 0
