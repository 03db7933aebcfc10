"""Two customers with one key get no card, and each thing that is wrong is said once, wherever they stand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

PERSON = """---
key: {key}
customer: {{name: {name}, greeting: {greeting}}}
sale: {{date: 2026-03-0{day}, item: Brompton folding bicycle, short: the Brompton with {many} gears, colour: {colour}}}
remember: ["You asked {many} times whether it fits under a desk, and it does."]
"""
BO = {"name": "Bo Ito", "greeting": "Bo", "day": 5, "many": "two", "colour": "green"}
CLEO = {"name": "Cleo Marsh", "greeting": "Cleo", "day": 6, "many": "three", "colour": "blue"}
DOV = {"name": "Dov Stern", "greeting": "Dov", "day": 7, "many": "six", "colour": "grey"}


def person(key: str, one: dict[str, object]) -> str:
    return PERSON.format(key=key, **one)


def asked(notegen: Run, *words: object) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(notegen("batch", *words, "-t", "thanks", "--today", "2026-03-20", "--json").out)
    return said


def test_a_key_that_two_have_is_said_once_and_neither_gets_a_card(notegen: Run, shop: Path) -> None:
    facts = shop / "twins.yaml"
    facts.write_text(person("bo", BO) + person("bo", CLEO) + person("dov", DOV))
    said = asked(notegen, facts, "--skip-bad")
    assert said["errors"] == 1
    assert [one["code"] for one in said["findings"]] == ["F017"]
    assert [one["name"] for one in said["left_out"]] == ["Bo Ito", "Cleo Marsh"]
    assert said["would_print"] == ["dov"]


def test_a_key_that_two_have_in_two_gangs_is_said_once(notegen: Run, shop: Path) -> None:
    facts = shop / "twins.yaml"
    empty = "".join(f"---\ncustomer: {{name: '', first_name: A{number}}}\n" for number in range(64))
    facts.write_text(person("bo", BO) + empty + person("bo", CLEO) + person("dov", DOV))
    said = asked(notegen, facts, "--skip-bad")
    assert [one["code"] for one in said["findings"]].count("F017") == 1
    assert {"Bo Ito", "Cleo Marsh"} <= {one["name"] for one in said["left_out"]}
    assert said["would_print"] == ["dov"]


def test_a_file_that_is_named_twice_prints_nobody_twice(notegen: Run, shop: Path) -> None:
    facts = shop / "one.yaml"
    facts.write_text(person("bo", BO))
    said = asked(notegen, facts, facts)
    assert said["errors"] == 1
    assert said["cards"] == []


def test_what_many_with_one_key_have_is_counted_once(notegen: Run, shop: Path) -> None:
    facts = shop / "many.yaml"
    facts.write_text("---\ncustomer: {name: ''}\n" * 65 + person("dov", DOV))
    said = asked(notegen, facts, "--skip-bad")
    codes = [one["code"] for one in said["findings"]]
    assert (codes.count("F015"), codes.count("F017")) == (65, 64)
    assert said["would_print"] == ["dov"]


def test_a_limit_ends_the_batch_where_one_worker_would_end_it(notegen: Run, shop: Path) -> None:
    """Gangs that others have done meanwhile change nothing: their mistakes are not found."""
    facts = shop / "many.yaml"
    facts.write_text(person("bo", BO) + "---\ncustomer: {name: Ana Reyes}\n" * 127 + person("bo", CLEO))
    for more in ((), ("--executor", "processes", "--jobs", "2")):
        said = asked(notegen, facts, "--limit", "1", *more)
        assert "bo" in said["would_print"], said["findings"]


@pytest.mark.parametrize("skip", [(), ("--skip-bad",)])
def test_a_name_keeps_to_its_line(notegen: Run, shop: Path, skip: tuple[str, ...]) -> None:
    facts = shop / "odd.yaml"
    odd = '"Dov\\tA\\u202e\\nStern"'
    facts.write_text(person("bo", BO) + person("dov", {**DOV, "name": odd}) + person("bo", CLEO))
    ran = notegen("batch", facts, "-t", "thanks", "--today", "2026-03-20", *skip)
    said = (ran.out + ran.err).split("\n")
    assert not any("\u202e" in one or one.startswith("Stern") for one in said if "greeting" not in one)


def test_a_batch_that_ends_early_leaves_no_file_open(notegen: Run, shop: Path) -> None:
    """Unclosed files are errors in tests."""
    ran = notegen("batch", shop / "facts", "-t", "thanks", "--today", "2026-03-20", "--only", "Nobody")
    assert ran.status == 2
    assert "there is no customer 'nobody'" in ran.err
