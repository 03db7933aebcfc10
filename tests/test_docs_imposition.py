"""The page about sheets names every option, paper and reading that there is, and its commands run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from conftest import Run
from test_docs_pages import coded, page, rows, section

from notegen.cli import impose as command
from notegen.layout import impose, printers
from notegen.model.page import Page, Words
from notegen.model.purpose import Setup
from notegen.model.source import Source
from notegen.press import write_pages

PAGE = page("imposition.md")
COMMANDS = [
    line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines() if line.strip()
]


def test_every_option_is_in_the_table() -> None:
    table = PAGE.split("## Which piece goes where")[0]
    listed = {name for row in rows(table) for name in coded(row[0])}
    options = [one for one in command.command.params if isinstance(one, click.Option)]
    assert listed == {name for option in options for name in option.opts}
    for option in options:
        if isinstance(option.type, click.Choice):
            (row,) = (row for row in rows(table) if option.opts[0] in coded(row[0]))
            assert set(option.type.choices) <= set(coded(row[1])), option.name


def test_every_paper_is_named() -> None:
    (sentence,) = re.findall(r"Plain papers are (.*?)\.", PAGE, re.DOTALL)
    assert coded(sentence) == list(impose.papers().names())


def test_every_reading_is_in_the_table() -> None:
    assert [coded(row[0])[0] for row in rows(section(PAGE, "Your printer"))] == list(printers.READINGS)


def test_the_file_that_is_shown_is_one() -> None:
    (text,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    read = printers.read_printer(Source("office.yaml", text), "office")
    assert read.diagnostics == () and read.value is not None
    assert printers.as_yaml(read.value) == text


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOTEGEN_CONFIG", str(tmp_path / "config"))
    for name, size, bleed in (
        ("cards", (107.95, 139.7), 3.175),
        ("fronts", (90.0, 55.0), 3),
        ("labels", (66.6, 25.4), 0),
    ):
        pages = [Page(size, (Words(5, 5, f"{name} {number}"),), bleed, bleed) for number in range(8)]
        write_pages(pages, tmp_path / f"{name}.pdf", Setup(name, "en"))
    return tmp_path


def test_the_commands_run(files: Path, notegen: Run) -> None:
    assert len(COMMANDS) == 8
    for line in COMMANDS:
        ran = notegen(*shlex.split(line)[1:])
        assert ran.status == 0, (line, ran.said)
    (text,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert (files / "config" / "printers" / "office.yaml").read_text() == text
    assert {path.name for path in files.glob("*.pdf")} >= {
        "sheets.pdf",
        "labels-sheet.pdf",
        "repeated.pdf",
        "again.pdf",
    }
