"""`lint:` in notegen.yaml, and the options beside it: which findings count, and how much."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from conftest import Run, run_apart

from notegen import settings
from notegen.model.diagnostic import Severity
from notegen.model.source import Source
from notegen.settings.linting import SCHEMA, Level

ASK = "If applicable, use the bell."
LETTER = f"Dear Ana,\n\nThe peach jam you brought on Saturday is gone.\n\n{ASK}\n\nRick\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a letter that has a fault."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "ana.txt").write_text(LETTER)
    return tmp_path


def found(notegen: Run, *words: object) -> list[tuple[str, str]]:
    """Return codes and severities."""
    told = json.loads(notegen("lint", *words, "--format", "json").out)["findings"]
    return [(one["code"], one["severity"]) for one in told]


def lint_says(folder: Path, text: str) -> None:
    """Write settings of lint."""
    (folder / "notegen.yaml").write_text("lint:\n" + "".join(f"  {line}\n" for line in text.splitlines()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("severity: {N104: warning}", [("N104", "warning")]),
        ("severity: {hedged-conditional: info}", [("N104", "info")]),
        ("severity: {N104: off}", []),
        ("severity: {N104: 'off'}", []),
        ("severity: {N104: Off}", []),
        ("severity: {N101: off}", [("N104", "error")]),
        ("paths:\n  letters/*.txt: {N104: info}", [("N104", "info")]),
        ("paths:\n  letters: {N104: info}", [("N104", "info")]),
        ("paths:\n  '*.txt': {N104: off}", []),
        ("paths:\n  '**/ana.txt': {N104: off}", []),
        ("paths:\n  '*.md': {N104: off}", [("N104", "error")]),
        ("paths:\n  letters/b*: {N104: off}", [("N104", "error")]),
        ("severity: {N104: off}\npaths:\n  letters: {N104: warning}", [("N104", "warning")]),
        ("exclude: [letters/]", []),
        ("exclude: ['*.txt']", []),
        ("exclude: ['*.md']", [("N104", "error")]),
    ],
)
def test_levels(text: str, expected: list[tuple[str, str]], folder: Path, notegen: Run) -> None:
    lint_says(folder, text)
    assert found(notegen, "letters/ana.txt") == expected


def test_the_level_that_fails(folder: Path, notegen: Run) -> None:
    lint_says(folder, "severity: {N104: warning}")
    assert notegen("lint", "letters").status == 0
    lint_says(folder, "fail_level: warning\nseverity: {N104: warning}")
    assert notegen("lint", "letters").status == 1
    assert notegen("lint", "letters", "--fail-level", "error").status == 0
    assert notegen("lint", "letters", "--fail-level", "never").status == 0


@pytest.mark.parametrize(
    ("text", "line", "column", "code", "said"),
    [
        ("severty: {N104: off}", 2, 3, "F010", "did you mean 'severity'?"),
        ("severity: {N1044: off}", 2, 14, "F018", "did you mean 'N104'?"),
        ("severity: {hedged-conditionel: off}", 2, 14, "F018", "did you mean 'hedged-conditional'?"),
        ("severity: {N104: warn}", 2, 20, "F018", "did you mean 'warning'?"),
        ("severity: {N104: 3}", 2, 20, "F018", "choose among: error, warning, info, off"),
        ("severity: [N104]", 2, 13, "F011", "write codes or names under it"),
        ("paths: [N104]", 2, 10, "F011", "write patterns under it"),
        ("paths:\n  a: {N999: off}", 3, 9, "F018", "`notegen rule list` shows them all"),
        ("severity: {N130: warning}", 2, 14, "A104", "change the words or the facts"),
        ("severity: {unwanted-topic: off}", 2, 14, "A104", "change the words or the facts"),
        ("paths:\n  a: {N130: off}", 3, 9, "A104", "change the words or the facts"),
        ("fail_level: warnings", 2, 15, "F018", "did you mean 'warning'?"),
        ("specifics: -1", 2, 14, "F018", "write a whole number from 0 to 100"),
        ("wanted: 1.5", 2, 11, "F018", "write a whole number from 0 to 100"),
        ("repeated_share: 2", 2, 19, "F018", "write a number from 0 to 1"),
        ("baseline: [a]", 2, 13, "F011", ""),
    ],
)
def test_what_is_misspelt(text: str, line: int, column: int, code: str, said: str, folder: Path, notegen: Run) -> None:
    lint_says(folder, text)
    told = json.loads(notegen("lint", ".", "--format", "json").out)["findings"]
    faults = [one for one in told if one["file"].endswith("notegen.yaml")]
    assert [(one["code"], one["line"], one["column"], one["severity"]) for one in faults] == [
        (code, line, column, "error")
    ]
    assert said in (faults[0]["hint"] or "")


def test_what_nothing_silences_may_be_raised(folder: Path, notegen: Run) -> None:
    lint_says(folder, "severity: {N130: error, A101: error}")
    assert notegen("lint", "notegen.yaml").status == 0


def test_select_and_ignore(folder: Path, notegen: Run) -> None:
    (folder / "letters" / "ana.txt").write_text(LETTER + "Please do not hesitate to contact us.\n")
    everything = {code for code, _ in found(notegen, "letters")}
    assert {"N104"} < everything
    assert {code for code, _ in found(notegen, "letters", "--select", "N104")} == {"N104"}
    assert {code for code, _ in found(notegen, "letters", "--select", "hedged-conditional")} == {"N104"}
    assert {code for code, _ in found(notegen, "letters", "--ignore", "N104")} == everything - {"N104"}
    for option in ("--select", "--ignore"):
        ran = notegen("lint", "letters", option, "N1044")
        assert ran.status == 2 and "did you mean" in ran.err
    ran = notegen("lint", "letters", "--ignore", "unwanted-topic")
    assert ran.status == 2 and "cannot be ignored" in ran.err


def test_show_settings(folder: Path, notegen: Run) -> None:
    lint_says(folder, "fail_level: warning\nseverity: {N104: off}\nbaseline: known.json\nspecifics: 2")
    told = json.loads(notegen("lint", "letters", "--show-settings").out)
    assert told["settings"].endswith("notegen.yaml")
    assert set(told["lint"]) == {path for path in SCHEMA.fields if "." not in path}
    assert told["lint"]["severity"] == {"N104": "off"}
    assert (told["lint"]["baseline"], told["lint"]["specifics"], told["lint"]["wanted"]) == ("known.json", 2, 2)
    lint_says(folder, "sverity: {}")
    assert notegen("lint", "letters", "--show-settings").status == 1


def test_every_setting_is_read() -> None:
    text = (
        "lint:\n  fail_level: info\n  severity: {N104: off}\n  paths: {a: {N101: info}}\n  baseline: b.json\n"
        "  exclude: [c]\n  specifics: 3\n  wanted: 4\n  repeated_share: 0.25\n"
    )
    loaded = settings.load_source(Source("notegen.yaml", text), Path("shop"))
    assert loaded.diagnostics == () and loaded.value is not None
    lint = loaded.value.lint
    assert (lint.fail_level, lint.severity, lint.exclude) == (Severity.INFO, {"N104": Level.OFF}, ("c",))
    assert (lint.paths, lint.baseline) == ((("a", {"N101": Level.INFO}),), Path("shop/b.json"))
    assert (lint.specifics, lint.wanted, lint.repeated_share) == (3, 4, 0.25)


def test_levels_hold_where_cards_are_made(shop: Path, notegen: Run) -> None:
    path = shop / "templates" / "thanks.j2"
    path.write_text(path.read_text().replace("Warmly,", f"{ASK}\n\nWarmly,"))
    words = (
        "batch",
        "--yes",
        "--no-ledger",
        shop / "facts",
        "-t",
        "thanks",
        "-o",
        shop / "x.pdf",
        "--today",
        "2026-03-20",
    )
    assert notegen(*words).status == 1
    with (shop / "notegen.yaml").open("a") as file:
        file.write("\nlint:\n  severity: {N104: warning}\n")
    assert notegen(*words).status == 0


def test_the_share_of_repeated_sentences_is_the_shops(shop: Path, notegen: Run) -> None:
    facts = shop / "facts" / "customers.yaml"
    one = facts.read_text()
    names = ("Bo Lind", "Cy Moran", "Di Okafor", "Ed Petit", "Fay Quist", "Gil Ross", "Hal Stone", "Ike Todd")
    said = ("kite", "plum", "dog", "song", "boat", "lamp", "goat", "drum")
    more = []
    for name, thing in zip(names, said, strict=True):
        other = one.replace("Ana Reyes", name).replace("greeting: Ana", f"greeting: {name.split()[0]}")
        more.append(other.replace("You rode it twice around the block before you said a word", f"The {thing} was good"))
    facts.write_text("\n---\n".join([one, *more]))
    path = shop / "templates" / "thanks.j2"
    again = "I hope the first week with it is a good one and that you will write to us about how it goes."
    path.write_text(path.read_text().replace("I hope the first week with it is a good one.", f"{again}"))
    words = (shop, "--today", "2026-03-20")
    before = [code for code, _ in found(notegen, *words)]
    with (shop / "notegen.yaml").open("a") as file:
        file.write("\nlint:\n  repeated_share: 1\n")
    after = [code for code, _ in found(notegen, *words)]
    assert before.count("B102") > after.count("B102") == 0


def test_standard_input(folder: Path) -> None:
    def told(text: bytes, *words: object) -> subprocess.CompletedProcess[bytes]:
        return run_apart("lint", *words, cwd=folder, given=text)

    ran = told(LETTER.encode(), "-", "--format", "concise")
    assert ran.returncode == 1
    assert ran.stdout.startswith(b"<stdin>:5:1: error[N104")
    ran = told(LETTER.encode(), "-", "--stdin-filename", "letters/new.txt", "--format", "concise")
    assert ran.stdout.startswith(b"letters/new.txt:5:1: error[N104")
    ran = told(b"Dear {{ customer.nam }},\n", "-", "--stdin-filename", "templates/x.j2", "--format", "concise")
    assert b"templates/x.j2:1:18: error[T003" in ran.stdout
    ran = told(b"customer: {nme: A}\n", "-", "--stdin-filename", "facts/x.yaml", "--format", "concise")
    assert b"facts/x.yaml:1:12: error[F010" in ran.stdout
    ran = told(b"lint: {severty: {}}\n", "-", "--stdin-filename", "notegen.yaml", "--format", "concise")
    assert b"notegen.yaml:1:8: error[F010" in ran.stdout
    assert told(b"\xff\xfe\xff", "-").returncode == 2
    assert told(b"caf\xe9", "-", "--stdin-filename", "a.txt").returncode == 2
    assert told(b"", "letters", "--stdin-filename", "a.txt").returncode == 2
    assert not (folder / "letters" / "new.txt").exists()


def test_standard_input_follows_the_settings_of_its_place(folder: Path) -> None:
    lint_says(folder, "paths:\n  letters: {N104: off}")
    words = ("lint", "-", "--stdin-filename", "letters/new.txt")
    assert run_apart(*words, cwd=folder, given=LETTER.encode()).returncode == 0
    assert run_apart("lint", "-", "--stdin-filename", "new.txt", cwd=folder, given=LETTER.encode()).returncode == 1


def test_a_file_that_is_no_text(folder: Path, shop: Path, notegen: Run) -> None:
    (folder / "letters" / "bad.txt").write_bytes(b"Dear Andr\xe9,\n")
    told = json.loads(notegen("lint", "letters", "--format", "json").out)["findings"]
    assert [(one["code"], one["file"]) for one in told] == [("N104", "letters/ana.txt"), ("F024", "letters/bad.txt")]
    ran = notegen("lint", "letters/bad.txt")
    assert ran.status == 2 and "is not UTF-8 text" in ran.err
    (shop / "facts" / "bad.yaml").write_bytes(b"customer: {name: Andr\xe9}\n")
    (shop / "templates" / "bad.j2").write_bytes(b"Dear Andr\xe9,\n")
    told = json.loads(notegen("lint", shop, "--today", "2026-03-20", "--format", "json").out)["findings"]
    assert sorted(one["code"] for one in told) == ["F024", "F024"]
    (shop / "notegen.yaml").write_bytes(b"shop: {name: Andr\xe9}\n")
    told = json.loads(notegen("lint", shop.parent, "--format", "json").out)["findings"]
    assert [one["code"] for one in told if one["file"].endswith("notegen.yaml")] == ["F024"]


def test_how_much_a_template_must_say_is_the_shops(shop: Path, notegen: Run) -> None:
    template = shop / "templates" / "thanks.j2"
    assert [code for code, _ in found(notegen, template)].count("T016") == 0
    before = (shop / "notegen.yaml").read_text()
    for text, severity in (("specifics: 90", "error"), ("wanted: 90", "warning")):
        (shop / "notegen.yaml").write_text(f"{before}\nlint: {{{text}}}\n")
        assert ("T016", severity) in found(notegen, template)
