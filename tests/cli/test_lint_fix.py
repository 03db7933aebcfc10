"""`notegen lint --fix` and `--diff`, with rules that offer fixes put in place of the real ones."""

from __future__ import annotations

import codecs
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Run

from notegen.model.diagnostic import Diagnostic, Fix, Severity
from notegen.model.source import Source, Span
from notegen.pipeline import judging

SHOUTED = re.compile(r"\b[A-Z]{3,}\b(?: +[A-Z]{3,}\b)?")
DOUBLED = re.compile(r"  +")
LETTER = "Dear ANA REYES,\r\n\r\nThank  you for the PEACH jam on  Saturday.\r\n\r\nRick\r\n"
MENDED = "Dear Ana Reyes,\r\n\r\nThank you for the Peach jam on Saturday.\r\n\r\nRick\r\n"


def faults(source: Source) -> Iterator[Diagnostic]:
    """Find capitals and doubled spaces, both with fixes, and nothing else."""
    for pattern, new in ((SHOUTED, str.title), (DOUBLED, lambda _: " ")):
        for found in pattern.finditer(source.text):
            span = Span(source, *found.span())
            yield Diagnostic("F020", Severity.ERROR, f"'{found[0]}'", span, fix=Fix(span, new(found[0])))
    if "jam" in source.text:
        yield Diagnostic("N104", Severity.WARNING, "jam", None)


@pytest.fixture
def letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A letter, in a place where letters are judged by the rules above."""
    monkeypatch.setattr(judging, "judge_letter", lambda source: tuple(faults(source)))
    monkeypatch.setenv("NOTEGEN_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    path = Path("letter.txt")
    path.write_bytes(LETTER.encode())
    return path


def test_fix_mends_and_tells_what_remains(letter: Path, notegen: Run) -> None:
    ran = notegen("lint", letter, "--fix", "--format", "concise")
    assert letter.read_bytes().decode() == MENDED
    assert ran.status == 0
    assert ran.out == "warning[N104 hedged-conditional] jam\n1 warning\n"
    assert ran.err.split("\n")[0] == "letter.txt:1:6: fixed [F020] 'ANA REYES'"
    assert ran.err.endswith("fixed 4 problems in 1 file\n")


def test_fix_is_idempotent(letter: Path, notegen: Run) -> None:
    notegen("lint", letter, "--fix")
    before = letter.stat()
    ran = notegen("lint", letter, "--fix")
    assert letter.read_bytes().decode() == MENDED
    assert letter.stat().st_mtime_ns == before.st_mtime_ns
    assert ran.err == ""


def test_fix_fails_by_what_remains(letter: Path, notegen: Run) -> None:
    assert notegen("lint", letter, "--fix", "--fail-level", "warning").status == 1


def test_overlapping_fixes_take_another_pass(letter: Path, notegen: Run) -> None:
    letter.write_text("ANA  REYES jam")
    ran = notegen("lint", letter, "--fix")
    assert letter.read_text() == "Ana Reyes jam"
    assert ran.err.endswith("fixed 2 problems in 1 file\n")
    assert ran.status == 0


def test_fixes_that_bring_each_other_about_come_to_an_end(
    letter: Path, notegen: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def to_and_fro(source: Source) -> tuple[Diagnostic, ...]:
        span = Span(source, 0, 1)
        return (Diagnostic("F020", Severity.ERROR, "m", span, fix=Fix(span, "b" if source.text[0] == "a" else "a")),)

    monkeypatch.setattr(judging, "judge_letter", to_and_fro)
    assert notegen("lint", letter, "--fix").status == 1


def test_diff_shows_what_fix_would_do_and_changes_nothing(letter: Path, notegen: Run) -> None:
    ran = notegen("lint", letter, "--diff")
    assert letter.read_bytes().decode() == LETTER
    assert ran.status == 1
    assert ran.out.startswith(
        "--- a/letter.txt\n+++ b/letter.txt\n@@ -1,5 +1,5 @@\n-Dear ANA REYES,\r\n+Dear Ana Reyes,\r\n"
    )
    assert ran.err == "4 problems can be fixed\n"
    subprocess.run(["git", "apply", "-"], input=ran.out.encode(), check=True)
    assert letter.read_bytes().decode() == MENDED
    ran = notegen("lint", letter, "--diff")
    assert (ran.status, ran.out, ran.err) == (0, "", "0 problems can be fixed\n")


def test_reports_stay_whole_while_fixing(letter: Path, notegen: Run) -> None:
    told = json.loads(notegen("lint", letter, "--fix", "--format", "json").out)
    assert [one["code"] for one in told["findings"]] == ["N104"]


def test_all_files_are_worked_out_before_one_is_written(letter: Path, notegen: Run) -> None:
    other = Path("other.txt")
    other.write_text("BOB jam")
    assert notegen("lint", letter, other, "--fix").err.endswith("fixed 5 problems in 2 files\n")
    assert other.read_text() == "Bob jam"


def test_what_an_export_left_behind_is_mended_for_good(notegen: Run, shop: Path) -> None:
    path = shop / "facts" / "customers.yaml"
    first = path.read_text().replace("name: Ana Reyes", 'name: "Reyes, Ana "')
    whole = f"{first}---\n{first.replace('Reyes, Ana', 'Reyes, Bo')}"
    path.write_bytes(whole.replace("\n", "\r\n").encode("utf-8-sig"))
    ran = notegen("lint", path, "--fix")
    assert (ran.status, ran.out) == (0, "no problems\n")
    assert "[F021]" in ran.err
    after = path.read_bytes()
    assert after.startswith(codecs.BOM_UTF8)
    assert b'name: "Ana Reyes"\r\n' in after and b'name: "Bo Reyes"\r\n' in after
    assert after.count(b"\n") == after.count(b"\r\n")
    assert notegen("lint", path, "--diff").status == 0
