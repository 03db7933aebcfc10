"""`notegen lint --fix` and `--diff`, with rules that offer fixes put in place of the real ones."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Run

from notegen import pipeline
from notegen.files import read_source
from notegen.model.diagnostic import Diagnostic, Fix, Severity
from notegen.model.source import Source, Span

SHOUTED = re.compile(r"\b[A-Z]{3,}\b(?: [A-Z]{3,}\b)?")
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
    monkeypatch.setattr(pipeline, "lint_letter", lambda path: tuple(faults(read_source(path))))
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
    letter.write_text("A  B  C    D jam")
    ran = notegen("lint", letter, "--fix")
    assert letter.read_text() == "A B C D jam"
    assert ran.status == 0


def test_fixes_that_bring_each_other_about_come_to_an_end(
    letter: Path, notegen: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def to_and_fro(path: Path) -> tuple[Diagnostic, ...]:
        source = read_source(path)
        span = Span(source, 0, 1)
        return (Diagnostic("F020", Severity.ERROR, "m", span, fix=Fix(span, "b" if source.text[0] == "a" else "a")),)

    monkeypatch.setattr(pipeline, "lint_letter", to_and_fro)
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


def test_documents_of_facts_are_mended_in_their_file(notegen: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from notegen import facts

    whole = facts.load

    def load(path: Path, schema: object) -> object:
        loaded = whole(path, schema)  # type: ignore[arg-type]
        spans = [one.spans["customer.name"] for one in loaded.value or ()]
        more = [
            Diagnostic("F020", Severity.WARNING, "shouted", span, fix=Fix(span, span.text.title()))
            for span in spans
            if span.text.isupper()
        ]
        return type(loaded)(loaded.value, (*loaded.diagnostics, *more))

    monkeypatch.setattr(facts, "load", load)
    path = shop / "facts" / "customers.yaml"
    first = path.read_text()
    second = first.replace("name: Ana Reyes", "name: BO LIND").replace("greeting: Ana", "greeting: Bo")
    path.write_bytes(f"# ours\n{first}---\n{second}".replace("\n", "\r\n").encode("utf-8-sig"))
    ran = notegen("lint", path, "--fix")
    assert "fixed 1 problem in 1 file" in ran.err
    assert path.read_bytes() == f"# ours\n{first}---\n{second}".replace("BO LIND", "Bo Lind").replace(
        "\n", "\r\n"
    ).encode("utf-8-sig")
