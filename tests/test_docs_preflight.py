"""docs/preflight.md says what preflight does."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click
from conftest import ROOT

sys.path.insert(0, str(ROOT / "tests" / "preflight"))

from faults import EXTRAS, LISTED
from unlisted import FINE, UNLISTED

from notegen.cli.check import command
from notegen.preflight.codes import RULES

PAGE = (ROOT / "docs" / "preflight.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table under a heading, without its head."""
    part = re.split(r"^## ", PAGE.split(f"\n## {heading}\n", 1)[1], flags=re.MULTILINE)[0]
    table = [re.split(r"(?<!\\)\|", line.strip("|")) for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in table[2:]]


def test_the_table_of_faults_is_the_suite() -> None:
    said = [(row[0], row[1]) for row in rows("Twenty-nine planted faults")]
    assert said == [(name, one.code + (" (warning)" if one.warning else "")) for name, one in LISTED.items()]


def test_the_faults_besides_are_as_many_as_it_says() -> None:
    assert len(UNLISTED) > 70
    assert len(FINE) == 15
    assert all(one.code in PAGE for one in EXTRAS.values())


def test_every_option_is_in_the_table() -> None:
    said = {re.match(r"`(--\w+)", row[0])[1] for row in rows("Options")}  # type: ignore[index]
    options = {name for one in command.params if isinstance(one, click.Option) for name in one.opts}
    assert said == options


def test_codes_in_the_page_exist() -> None:
    assert set(re.findall(r"\bP1\d\d\b", PAGE)) <= {rule.code for rule in RULES}


def test_the_page_is_linked() -> None:
    assert "docs/preflight.md" in Path(ROOT / "README.md").read_text(encoding="utf-8")
