"""`notegen check` does what its help says."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Run

sys.path.insert(0, str(ROOT / "tests" / "preflight"))

from faults import EXTRAS, LISTED, good


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a good file, one with an error, one with a warning, and one that text is too near the edge of."""
    made = {
        "good": good(), "bad": LISTED["RGB vector"].make(), "mild": LISTED["no page group"].make(),
        "near": EXTRAS["text outside the safe area"].make(),
    }  # fmt: skip
    for name, data in made.items():
        (tmp_path / f"{name}.pdf").write_bytes(data)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_good_file_passes_and_the_rest_is_said(notegen: Run, files: Path) -> None:
    ran = notegen("check", "good.pdf")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[-1] == "good.pdf: 2 pages, no problems"
    assert "good.pdf: not checked: text keeps clear of the cut and the folds (no stock and no safe distance" in ran.out


def test_an_error_fails_the_run_and_is_placed(notegen: Run, files: Path) -> None:
    ran = notegen("check", "good.pdf", "bad.pdf")
    assert ran.status == 1
    (line,) = [one for one in ran.out.splitlines() if " P140 " in one]
    assert line.startswith("bad.pdf: page 1, object ")
    assert line.endswith(": P140 error: an area is in DeviceRGB, and the output intent is CMYK")
    assert ran.out.splitlines()[-1] == "2 files, 1 with errors, 1 error"


def test_warnings_fail_a_strict_run_alone(notegen: Run, files: Path) -> None:
    assert notegen("check", "mild.pdf").status == 0
    assert notegen("check", "mild.pdf", "--strict").status == 1


def test_stock_and_safe_distance(notegen: Run, files: Path) -> None:
    assert "P136" not in notegen("check", "near.pdf").out
    assert "P136 error: 2 letters come within 6.35 mm" in notegen("check", "near.pdf", "--stock", "us-a2").out
    assert notegen("check", "near.pdf", "--safe", "0.2").status == 0
    assert "P125" in notegen("check", "good.pdf", "--stock", "us-a7").out
    assert "did you mean 'us-a2'" in notegen("check", "good.pdf", "--stock", "us-a22").err


def test_limits_and_purpose(notegen: Run, files: Path) -> None:
    (files / "ink.pdf").write_bytes(LISTED["ink of 400 %"].make())
    assert notegen("check", "ink.pdf").status == 1
    assert notegen("check", "ink.pdf", "--tac", "400").status == 0
    assert notegen("check", "bad.pdf", "--for", "screen").status == 0
    (files / "low.pdf").write_bytes(EXTRAS["low resolution"].make())
    assert "P151 error: a picture is printed at 150 dpi" in notegen("check", "low.pdf").out
    assert notegen("check", "low.pdf", "--dpi", "150").status == 0


def test_as_json_and_sarif(notegen: Run, files: Path) -> None:
    made = json.loads(notegen("check", "bad.pdf", "good.pdf", "--format", "json").out)
    assert [(one["file"], one["ok"]) for one in made["files"]] == [("bad.pdf", False), ("good.pdf", True)]
    ran = notegen("check", "bad.pdf", "--format", "sarif")
    assert ran.status == 1
    (result,) = json.loads(ran.out)["runs"][0]["results"]
    assert (result["ruleId"], result["level"]) == ("P140", "error")


def test_what_is_no_file_ends_the_command(notegen: Run, files: Path) -> None:
    for path in ("none.pdf", "."):
        ran = notegen("check", "good.pdf", path)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith("notegen: error: ")


def test_what_is_no_pdf_is_found(notegen: Run, files: Path) -> None:
    (files / "a.pdf").write_text("Dear Ana,\n")
    ran = notegen("check", "a.pdf")
    assert ran.status == 1
    assert "a.pdf: P100 error: the file is not a PDF" in ran.out


def test_rules_of_preflight_are_explained(notegen: Run) -> None:
    assert "PDF/X-4 asks for it" in notegen("rule", "explain", "P131").out


@pytest.mark.parametrize("option", ["--tac", "--safe", "--dpi"])
def test_a_limit_is_a_number(notegen: Run, files: Path, option: str) -> None:
    ran = notegen("check", "good.pdf", option, "nan")
    assert ran.status == 2
    assert "is no number to measure with" in ran.err
