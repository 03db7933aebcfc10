"""The page about which findings count names every setting, option and code that there is."""

from __future__ import annotations

from pathlib import Path

import click
from conftest import ROOT
from test_docs_pages import coded, page, rows, section

from notegen import pipeline, settings
from notegen.cli.lint import command
from notegen.model.source import Source
from notegen.pipeline.store import LARGEST
from notegen.settings.linting import SCHEMA, Level, LintSettings

PAGE = page("lint-settings.md")
ELSEWHERE = """template facts only fix diff form target fail_level hand stock locale seed today pen ink tidiness tints
signature sign""".split()
"""Options that other pages tell of."""


def test_every_setting_is_in_the_table_and_the_example() -> None:
    keys = [path for path in SCHEMA.fields if "." not in path]
    assert [coded(row[0])[0] for row in rows(section(PAGE, "Settings"))] == keys
    example = section(PAGE, "Settings").split("```yaml\n")[1].split("```")[0]
    loaded = settings.load_source(Source("notegen.yaml", example), Path())
    assert loaded.diagnostics == () and loaded.value is not None
    assert list(pipeline.misnamed(loaded.value)) == []
    for key in keys:
        assert getattr(loaded.value.lint, key) != getattr(LintSettings(), key), key


def test_the_usual_values_are_told() -> None:
    told = {coded(row[0])[0]: row[1] for row in rows(section(PAGE, "Settings"))}
    for key in ("specifics", "wanted", "repeated_share"):
        assert told[key].endswith(f"({getattr(LintSettings(), key)})")
    assert set(Level) <= set(coded(told["severity"]))


def test_every_option_is_named() -> None:
    options = [one for one in command.params if isinstance(one, click.Option) and one.name not in ELSEWHERE]
    assert {
        one.opts[-1] for one in options if f"`{one.opts[-1]}" not in PAGE and f" {one.opts[-1]}" not in PAGE
    } == set()


def test_the_codes_are_told() -> None:
    told = {coded(row[0])[0] for row in rows(section(PAGE, "Allowances")) if row[0].startswith("`A")}
    known = {rule.code for rule in pipeline.rules() if rule.code[0] == "A"}
    assert told | {"A105"} == known
    assert "`A105`" in section(PAGE, "Baseline")


def test_the_size_of_the_cache() -> None:
    assert f"{LARGEST // 2**20} MiB" in section(PAGE, "Cache")


def test_the_other_pages_lead_here() -> None:
    assert "docs/lint-settings.md" in (ROOT / "README.md").read_text()
    assert "(lint-settings.md)" in page("lint.md")
