"""A corpus of letters with facts: contradictions that were planted, and good letters with near misses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import lintnotes
import pytest

from notegen import lint
from notegen.files import read_source
from notegen.model.diagnostic import Diagnostic
from notegen.model.source import Source
from notegen.yamlsource import parse

FOLDER = Path(__file__).parent / "contradictions"
HALVES = ("tuned", "held-out")
CODES = ("N121", "N122")


@dataclass(frozen=True)
class Case:
    """A letter to a customer; `says` are the words that the facts deny, none in a good letter."""

    who: str
    facts: str
    today: date
    letter: str
    says: str

    def judged(self) -> list[Diagnostic]:
        known = lint.Context(lintnotes.facts(self.facts, self.who), lintnotes.SCHEMA, today=self.today)
        found = lint.check_letter(Source("letter.txt", self.letter), known)
        return [one for one in found if one.code in CODES]


def corpus(half: str) -> tuple[list[Case], list[Case]]:
    """Return the bad and the good letters of a half."""
    documents = parse(read_source(FOLDER / f"{half}.yaml")).value
    assert documents
    tree: Any = documents[0].value
    return tuple(  # type: ignore[return-value]
        [
            Case(
                one["who"],
                tree["customers"][one["who"]],
                tree.get("later", {}).get(one["who"], tree["today"]),
                f"{one.get('greeting') or greeting(tree['customers'][one['who']])}\n\n{one['text']}\n\nWarmly,\nHelga",
                one.get("says", ""),
            )
            for one in tree[kind]
        ]
        for kind in ("bad", "good")
    )


def greeting(text: str) -> str:
    customer: Any = lintnotes.facts(text).tree["customer"]
    return f"Dear {customer.get('greeting') or customer['first_name']},"


def is_found(case: Case, found: list[Diagnostic]) -> bool:
    """Return whether the words that the facts deny are found where they stand, with the fact beside them."""
    start = case.letter.index(case.says)
    end = start + len(case.says)
    return any(one.span and one.span.start < end and start < one.span.end and one.related for one in found)


@pytest.mark.parametrize("half", HALVES)
def test_the_corpus_is_large_and_varied(half: str) -> None:
    bad, good = corpus(half)
    assert len(bad) >= 50 and len(good) >= 50
    assert len({one.who for one in bad}) >= 8


@pytest.mark.parametrize("half", HALVES)
def test_contradictions_are_found_and_good_letters_are_left_alone(half: str) -> None:
    bad, good = corpus(half)
    missed = [one.says for one in bad if not is_found(one, one.judged())]
    wrong = [(one.letter, [found.message for found in one.judged()]) for one in good if one.judged()]
    assert len(missed) <= len(bad) * 0.1, missed
    assert len(wrong) <= len(good) * 0.01, wrong
