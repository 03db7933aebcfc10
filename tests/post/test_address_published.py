"""Addresses come out as posts publish them: parts in, the published block out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from notegen.model.address import Written
from notegen.post import address

FILE = Path(__file__).with_name("published.yaml")


@dataclass(frozen=True)
class Case:
    """One published address: where it is, where from, its parts and its lines."""

    country: str
    by: str
    source: str
    sender: str
    parts: dict[str, str]
    block: tuple[str, ...]


def cases() -> Iterator[Case]:
    """Yield the cases of the file; an entry with a country says where those after it are from."""
    about: dict[str, Any] = {}
    for entry in yaml.safe_load(FILE.read_text(encoding="utf-8")):
        if "country" in entry:
            about = entry
            continue
        parts = {key: str(value) for key, value in entry["parts"].items()}
        yield Case(about["country"], about["by"], about["source"], entry["from"], parts, tuple(entry["block"]))


CASES = tuple(cases())


def block_of(case: Case, country: str | None) -> tuple[str, ...]:
    """Return the block that is made of a case, with its country's name as somebody wrote it."""
    parts = case.parts if country is None else {**case.parts, "country": country}
    made = address.read(Written(parts), case.sender)
    assert made.value is not None
    assert [one.message for one in made.diagnostics] == []
    block = address.lines(made.value, case.sender)
    assert [one.message for one in block.diagnostics] == []
    assert block.value is not None
    return block.value


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.country}-{case.parts.get('name', 'firm')[:12]}")
def test_as_published(case: Case) -> None:
    assert block_of(case, case.country) == case.block


@pytest.mark.parametrize("case", [case for case in CASES if case.sender == case.country], ids=lambda case: case.country)
def test_at_home_no_country_need_be_given(case: Case) -> None:
    assert block_of(case, None) == case.block


def test_there_are_enough() -> None:
    assert len({case.country for case in CASES}) >= 25
    assert len({case.country for case in CASES if case.by == "post"}) >= 12
    assert all(case.source and case.by in ("post", "rule") for case in CASES)
