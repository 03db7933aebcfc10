"""A baseline knows old findings, whatever moves around them, lets new ones through, and only shrinks."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import Run

ASK = "If applicable, use the bell."
VAGUE = "Please do not hesitate to contact us."
LETTER = (
    f"Dear Ana,\n\nThe peach jam you brought on Saturday is gone.\n\n{ASK}\n\nIt was good.\n{ASK}\n\n{VAGUE}\n\nRick\n"
)


@pytest.fixture
def letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A letter with faults, two of them alike."""
    monkeypatch.chdir(tmp_path)
    path = Path("letter.txt")
    path.write_text(LETTER)
    return path


def lint(notegen: Run, *words: object) -> list[str]:
    """Return the codes that count."""
    return [one["code"] for one in json.loads(notegen("lint", *words, "--format", "json").out)["findings"]]


def moved(text: str) -> str:
    """Return a letter with 50 lines above, other margins, and its paragraphs in another order."""
    head, *middle, end = text.strip().split("\n\n")
    body = "\n\n".join(re.sub("^", "   ", one, flags=re.MULTILINE) for one in reversed(middle))
    words = "One line of many, and no two of them are about the same week number"
    above = "\n".join(f"{words} {number}." for number in range(50))
    return f"{head}\n\n{above}\n\n{body}\n\n{end}\n"


def test_nothing_is_new_when_lines_move(letter: Path, notegen: Run) -> None:
    ran = notegen("lint", letter, "--write-baseline", "known.json")
    assert ran.status == 0
    assert "written down as known" in ran.err
    assert lint(notegen, letter) != []
    assert lint(notegen, letter, "--baseline", "known.json") == []
    letter.write_text(moved(LETTER))
    assert lint(notegen, letter, "--baseline", "known.json") == []


def test_what_is_new_counts(letter: Path, notegen: Run) -> None:
    notegen("lint", letter, "--write-baseline", "known.json")
    letter.write_text(LETTER.replace("Rick", f"{ASK}\n\nRick"))
    assert lint(notegen, letter, "--baseline", "known.json") == ["N104"]
    letter.write_text(LETTER.replace("Rick", "If so equipped, ring it.\n\nRick"))
    assert lint(notegen, letter, "--baseline", "known.json") == ["N104"]


def test_it_holds_counts_and_no_lines(letter: Path, notegen: Run) -> None:
    notegen("lint", letter, "--write-baseline", "known.json")
    tree = json.loads(Path("known.json").read_text())
    assert sorted(tree["findings"]["letter.txt"]["N104"].values()) == [2]
    before = Path("known.json").read_bytes()
    notegen("lint", letter, "--write-baseline", "known.json")
    assert Path("known.json").read_bytes() == before


def test_it_holds_from_any_folder(letter: Path, notegen: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    notegen("lint", letter, "--write-baseline", "known.json")
    whole, known = letter.resolve(), Path("known.json").resolve()
    monkeypatch.chdir("/")
    assert lint(notegen, whole, "--baseline", known) == []


def test_what_is_mended_is_said_and_pruned(letter: Path, notegen: Run) -> None:
    notegen("lint", letter, "--write-baseline", "known.json")
    letter.write_text(LETTER.replace(f"It was good.\n{ASK}", "It was good."))
    ran = notegen("lint", letter, "--baseline", "known.json", "--format", "json")
    (stale,) = json.loads(ran.out)["findings"]
    assert (ran.status, stale["code"], stale["severity"], stale["file"]) == (0, "A105", "warning", "known.json")
    assert stale["message"] == "1 of 2 N104 in letter.txt is mended"
    assert '"' in Path("known.json").read_text().splitlines()[stale["line"] - 1]
    assert notegen("lint", letter, "--baseline", "known.json", "--strict-baseline").status == 1
    ran = notegen("lint", letter, "--baseline", "known.json", "--prune-baseline")
    assert (ran.status, ran.err) == (0, "1 finding taken out of the baseline\n")
    assert lint(notegen, letter, "--baseline", "known.json", "--strict-baseline") == []
    letter.write_text(LETTER)
    assert lint(notegen, letter, "--baseline", "known.json") == ["N104"]


def test_pruning_adds_nothing(letter: Path, notegen: Run) -> None:
    notegen("lint", letter, "--write-baseline", "known.json")
    before = Path("known.json").read_bytes()
    letter.write_text(LETTER.replace("Rick", f"{ASK}\n\nRick"))
    assert notegen("lint", letter, "--baseline", "known.json", "--prune-baseline").status == 1
    assert Path("known.json").read_bytes() == before


def test_a_file_that_was_not_judged_is_not_mended(letter: Path, notegen: Run) -> None:
    other = Path("other.txt")
    other.write_text(LETTER)
    notegen("lint", letter, other, "--write-baseline", "known.json")
    assert lint(notegen, letter, "--baseline", "known.json") == []
    other.unlink()
    assert set(lint(notegen, letter, "--baseline", "known.json")) == {"A105"}


def test_pruning_needs_a_baseline(letter: Path, notegen: Run) -> None:
    ran = notegen("lint", letter, "--prune-baseline")
    assert ran.status == 2
    assert "there is no baseline to prune" in ran.err


@pytest.mark.parametrize(
    "text",
    [
        "", "nothing", "[]", "{}", "null", "3", '{"kind": "notegen baseline", "version": 2, "findings": {}}',
        '{"kind": "notegen baseline", "version": 1}',
        '{"kind": "notegen baseline", "version": 1, "findings": {"a": {"N104": {"x": 0}}}}',
        '{"kind": "notegen baseline", "version": 1, "findings": {"a": {"N104": ["x"]}}}',
        '{"kind": "notegen baseline", "version": 1, "findings": {"a": {"N104": {"x": true}}}}',
        "[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_baseline_is_refused(text: str, letter: Path, notegen: Run) -> None:
    Path("known.json").write_text(text)
    ran = notegen("lint", letter, "--baseline", "known.json")
    assert ran.status == 2
    assert "known.json is no baseline of notegen" in ran.err


def test_a_baseline_that_is_not_there(letter: Path, notegen: Run) -> None:
    assert notegen("lint", letter, "--baseline", "nowhere.json").status == 2


def test_the_settings_may_name_it(letter: Path, notegen: Run) -> None:
    Path("notegen.yaml").write_text("lint:\n  baseline: known.json\n")
    assert notegen("lint", letter).status == 2
    notegen("lint", letter, "--write-baseline", "known.json")
    ran = notegen("lint", letter)
    assert (ran.status, ran.out) == (0, "no problems, 3 in the baseline\n")


def test_a_finding_in_a_shop_is_known_too(shop: Path, notegen: Run) -> None:
    path = shop / "templates" / "thanks.j2"
    path.write_text(path.read_text().replace("Warmly,", f"{ASK}\n\nWarmly,"))
    words = ("lint", shop, "--today", "2026-03-20")
    assert notegen(*words).status == 1
    notegen(*words, "--write-baseline", shop / "known.json")
    assert notegen(*words, "--baseline", shop / "known.json").status == 0
    path.write_text(path.read_text().replace("Dear", "{# above #}\n" * 50 + "Dear"))
    ran = notegen(*words, "--baseline", shop / "known.json", "--strict-baseline")
    assert ran.status == 0, ran.out


def test_sarif_tells_what_is_known(letter: Path, notegen: Run) -> None:
    notegen("lint", letter, "--write-baseline", "known.json")
    (run,) = json.loads(notegen("lint", letter, "--baseline", "known.json", "--format", "sarif").out)["runs"]
    assert {one["suppressions"][0]["kind"] for one in run["results"]} == {"external"}
