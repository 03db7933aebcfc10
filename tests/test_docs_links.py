"""Links of the manual lead somewhere, to the very heading; what the printing commands can be told is told in it."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from conftest import ROOT
from test_docs_readme import all_commands

PAGES = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "samples/README.md", "benchmarks/README.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
MANUAL = "\n".join(
    page.read_text(encoding="utf-8") for page in PAGES if page.parent.name == "docs" and page.name != "rules.md"
)
PRINTING = "batch check impose printer slip copy envelopes labels mailcheck stock".split()
EVERYWHERE = {"--hand", "--seed", "--template", "--tints", "--no-tints", "--help", "--no-matching"}
"""Options that `--help` explains in full."""


def prose(page: Path) -> str:
    """Return a page without its blocks of code."""
    return re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """Return what links may say after # on a page, as GitHub makes it of headings."""
    heads = re.findall(r"^#+ (.*)$", prose(page), re.MULTILINE)
    plain = (re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", head) for head in heads)
    return {re.sub(r"[^\w\- ]", "", head.casefold()).strip().replace(" ", "-") for head in plain}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if not link.startswith("http"):
            name, _, anchor = link.partition("#")
            target = page.parent / name if name else page
            assert target.exists(), link
            assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("name", PRINTING)
def test_every_option_of_a_printing_command_is_in_the_manual(name: str) -> None:
    for path, command in all_commands()[name]:
        options = {
            word
            for one in command.params
            if isinstance(one, click.Option)
            for word in (*one.opts, *one.secondary_opts)
            if word.startswith("--")
        }
        told = {word for word in options if re.search(re.escape(word) + r"(?![\w-])", MANUAL)}
        assert options - EVERYWHERE - told == set(), path


def test_every_benchmark_is_told_how_to_run() -> None:
    told = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    assert [
        path.name for path in (ROOT / "benchmarks").glob("*.py") if f"python benchmarks/{path.name}" not in told
    ] == []
