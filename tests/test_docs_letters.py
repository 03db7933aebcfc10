"""The page about finished letters says what the code does."""

from __future__ import annotations

import json
import re
from pathlib import Path

from conftest import ROOT, Run

from notegen.facts.anyshape import ALIASES

PAGE = (ROOT / "docs" / "letters.md").read_text(encoding="utf-8")


def block(kind: str) -> str:
    found = re.search(rf"^```{kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def rows(head: str) -> list[list[str]]:
    table = PAGE.split(f"| {head} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table]


def test_the_example_is_found_as_the_page_says(tmp_path: Path, notegen: Run) -> None:
    (tmp_path / "customer.yaml").write_text(block("yaml"))
    (tmp_path / "letter.txt").write_text(block("text"))
    ran = notegen("lint", tmp_path / "letter.txt", "--facts", tmp_path / "customer.yaml", "--format", "json")
    found = [one for one in json.loads(ran.out)["findings"] if one["severity"] != "info"]
    said = [[str(one["line"]), one["code"], one["message"]] for one in found]
    assert said == rows("line | code | found")


def test_the_other_names_are_those_that_are_read() -> None:
    written = {
        alias: path.strip("`")
        for path, aliases in rows("fact | is also called")
        for alias in re.findall(r"`(\w+)`", aliases)
    }
    assert written == ALIASES
