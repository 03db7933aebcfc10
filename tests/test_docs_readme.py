"""The README is true for somebody who follows it: its commands run on a new shop, and it names all there is."""

from __future__ import annotations

import importlib
import re
import shlex
from pathlib import Path

import click
import pytest
from conftest import ROOT, Run
from test_docs_pages import coded, rows

from notegen.cli.main import COMMANDS

PAGE = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = re.findall(r"^notegen .*$", PAGE, re.MULTILINE)
FACTS = next(block for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))
TEMPLATE = next(block for block in re.findall(r"```jinja\n(.*?)```", PAGE, re.DOTALL))


def commands(command: click.Command, name: str) -> list[tuple[str, click.Command]]:
    """Return a command, or those below it, with their names."""
    if isinstance(command, click.Group):
        return [(f"{name} {below}", one) for below, one in command.commands.items()]
    return [(name, command)]


def all_commands() -> dict[str, list[tuple[str, click.Command]]]:
    """Return every command, by the name of the first word."""
    return {name: commands(importlib.import_module(f"notegen.cli.{name}").command, name) for name in COMMANDS}


def in_new_shop(notegen: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, facts: str, template: str) -> None:
    """Run the README's commands in a folder, with other facts and another template where they are given."""
    monkeypatch.chdir(folder)
    for line in (line.split("#")[0] for line in SHELL):
        ran = notegen(*shlex.split(line)[1:])
        assert ran.status == 0, (line, ran.said)
        if line.startswith("notegen init"):
            (folder / "my-shop" / "facts" / "customers.yaml").write_text(facts, encoding="utf-8")
            if template:
                (folder / "my-shop" / "templates" / "thanks.j2").write_text(template, encoding="utf-8")
    assert {path.name for path in folder.glob("*.*")} == {
        "note.png", "cards.pdf", "press.pdf", "sheets.pdf", "envelopes.pdf", "slip.pdf",
    }  # fmt: skip


def test_the_commands_run_on_the_facts_and_the_template_of_the_page(
    notegen: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(SHELL) == 9
    in_new_shop(notegen, tmp_path, monkeypatch, FACTS, TEMPLATE)


def test_a_new_shop_has_addresses_to_be_uncommented(
    notegen: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lines that `init` writes as comments are right once they stand where the comment says."""
    assert notegen("init", tmp_path / "new").status == 0
    settings = tmp_path / "new" / "notegen.yaml"
    settings.write_text(settings.read_text().replace("  # address:", "  address:"))
    people = tmp_path / "new" / "facts" / "customers.yaml"
    (line,) = re.findall(r"^# (  address: .*\n)", people.read_text(), re.MULTILINE)
    people.write_text(people.read_text().replace("  greeting: Ana\n", "  greeting: Ana\n" + line))
    assert notegen("lint", tmp_path / "new").out == "no problems\n"
    ran = notegen("envelopes", people, "-o", tmp_path / "envelopes.pdf")
    assert (ran.status, ran.err) == (0, "")


def test_every_command_is_in_the_table() -> None:
    table = PAGE[PAGE.index("| command | does |") :].split("\n\n", 1)[0]
    named = {word.removeprefix("notegen ").split()[0] for row in rows(table) for word in coded(row[0])}
    assert set(COMMANDS) <= named


def test_the_commands_that_print_json_are_those_that_it_names() -> None:
    (sentence,) = re.findall(r"own\. (`lint`.*?) print JSON when asked", PAGE, re.DOTALL)
    able = {
        name
        for name, below in all_commands().items()
        if any(
            option in one.opts for _, command in below for one in command.params for option in ("--json", "--format")
        )
    }
    assert set(coded(sentence)) == able


def test_every_page_is_named() -> None:
    pages = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md")}
    assert {page for page in pages if f"]({page})" not in PAGE} == set()


def test_options_of_the_page_exist() -> None:
    known = {
        option
        for below in all_commands().values()
        for _, command in below
        for one in command.params
        for option in one.opts
    }
    assert set(re.findall(r"(?<=[`\s])--[a-z][a-z-]*", PAGE)) - {"--help"} <= known
