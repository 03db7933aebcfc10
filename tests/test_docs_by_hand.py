"""The page about what is done by hand says what the code does, and its commands run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from conftest import ROOT, Run

from notegen.layout import mark
from notegen.pipeline.signing import LINE, SIGNATURE

PAGE = (ROOT / "docs" / "by-hand.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ (notegen .*)$", PAGE, re.MULTILINE)
FACTS = next(block for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) if "customer:" in block)


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_page_runs(line: str, notegen: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "customers.yaml").write_text(FACTS, encoding="utf-8")
    (tmp_path / "notegen.yaml").write_text("shop: {name: Pennywhistle, signer: Nuria}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    ran = notegen(*shlex.split(line)[1:])
    assert ran.status == 0, ran.said


def test_the_rooms_and_the_marks_are_as_large_as_it_says() -> None:
    assert f"{SIGNATURE.height:g} mm stay free" in PAGE
    assert f"{LINE.height:g} mm more" in PAGE
    assert mark.SIZE == pytest.approx(6 * 25.4 / 72)
    assert len(mark.LETTERS) == 14
    assert {len(one.code) for one in mark.marks([str(n) for n in range(300)], 0)} == {3}
    assert {len(one.code) for one in mark.marks([str(n) for n in range(320)], 0)} == {4}


def test_the_page_is_linked() -> None:
    assert "docs/by-hand.md" in (ROOT / "README.md").read_text(encoding="utf-8")
