"""Commands that the pages about printing and mail show are run as they stand there."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, Run
from test_docs_pages import page

from notegen.model.page import Page, Words
from notegen.model.purpose import Purpose, Setup
from notegen.press import conditions, write_pages

FACTS = (ROOT / "docs" / "by-hand.md").read_text(encoding="utf-8").split("```yaml\ncustomer:", 1)[1].split("```", 1)[0]


def shown(name: str) -> list[str]:
    """Return the commands of a page's blocks."""
    blocks = re.findall(r"^```(?:sh)?\n(.*?)^```", page(name), re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines() if line.startswith("notegen ")]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shop whose files are called as the pages call them."""
    address = 'address: {street: 30 Sea Wall, city: Port Ellery, region: OR, postcode: "97999"}'
    (tmp_path / "notegen.yaml").write_text(
        f"shop: {{name: Pennywhistle, signer: Nuria, {address}}}\n", encoding="utf-8"
    )
    (tmp_path / "facts").mkdir()
    for place in ("customers.yaml", "facts/customers.yaml"):
        (tmp_path / place).write_text(f"customer:{FACTS}", encoding="utf-8")
    shutil.copy(conditions().get("fogra29").profile, tmp_path / "ours.icc")
    press = Setup("cards", "en", purpose=Purpose.PRESS, condition=conditions().get("gracol"))
    write_pages([Page((139.7, 107.95), (Words(20, 20, "Ana"),), 3.175, 3.175)], tmp_path / "cards.pdf", press)
    write_pages([Page((66.6, 25.4), (Words(5, 5, "Ana"),))], tmp_path / "labels.pdf", Setup("labels", "en"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("name", "count"), [("press.md", 3), ("preflight.md", 4), ("mail.md", 3)])
def test_the_commands_of_a_page_run(name: str, count: int, shop: Path, notegen: Run) -> None:
    lines = shown(name)
    assert len(lines) == count
    for line in lines:
        words = shlex.split(line.split(" > ")[0])[1:]
        ran = notegen(*words, *(["--today", "2027-03-04"] if "anniversary" in words else []))
        assert ran.status == 0, (line, ran.said)


def test_the_press_and_mail_commands_of_the_samples_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, notegen: Run
) -> None:
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    monkeypatch.chdir(tmp_path)
    part = (ROOT / "samples" / "README.md").read_text(encoding="utf-8").split("## For a print shop", 1)[1]
    lines = re.findall(r"^    (notegen .*)$", part.split("\n## ", 1)[0], re.MULTILINE)
    assert len(lines) == 5
    for line in lines:
        ran = notegen(*shlex.split(line)[1:], "--today", "2025-11-25")
        assert ran.status == 0, (line, ran.said)
