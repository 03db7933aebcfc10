"""Two hundred known ways of writing to nobody, each with a near miss; how they are set changes nothing."""

import re
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from notegen.files import read_source
from notegen.lint import words
from notegen.lint.plain import plain
from notegen.lint.words import bundle
from notegen.yamlsource import parse

DOCUMENTS = parse(read_source(Path(__file__).with_name("patterns-200.yaml"))).value
assert DOCUMENTS
PATTERNS: Any = DOCUMENTS[0].value
IDS = frozenset(phrase.id for phrase in words.phrases())
FOUND_BY = sorted({(phrase.id, bad) for phrase in bundle.written() for bad in phrase.bad})


def found(text: str) -> set[str]:
    """Return the ids of the phrases found in a text."""
    return {match.phrase.id for match in words.find(plain(text))}


def test_there_are_two_hundred() -> None:
    assert len({one["id"] for one in PATTERNS}) == len(PATTERNS) == 200
    assert {one.get("by", one["id"]) for one in PATTERNS} <= IDS


def test_none_is_missed() -> None:
    assert [one["id"] for one in PATTERNS if one.get("by", one["id"]) not in found(one["bad"])] == []


def test_no_near_miss_is_found() -> None:
    assert [(one["id"], found(one["good"])) for one in PATTERNS if found(one["good"])] == []


def wrapped(width: int) -> Callable[[str], str]:
    """Return what breaks lines at a width, each on its own and never within a word."""

    def wrap(text: str) -> str:
        lines = (
            textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) for line in text.split("\n")
        )
        return "\n".join("\n".join(line) for line in lines)

    return wrap


def swap(**pairs: str) -> Callable[[str], str]:
    """Return what puts characters in the place of others, by the names below."""
    names = {"space": " ", "apostrophe": "'", "quote": '"'}
    return lambda text: text.translate(str.maketrans({names[name]: new for name, new in pairs.items()}))


def zero_width(text: str) -> str:
    """Put a zero-width space into each word of four letters and more."""
    return re.sub(r"\b([a-zA-Z]{2})([a-zA-Z]{2,})\b", "\\1\N{ZERO WIDTH SPACE}\\2", text)


LOOKS = {
    "wrapped at 30": wrapped(30),
    "wrapped at 50": wrapped(50),
    "wrapped at 70": wrapped(70),
    "no-break spaces": swap(space="\N{NO-BREAK SPACE}"),
    "narrow spaces": swap(space="\N{NARROW NO-BREAK SPACE}"),
    "tabs": swap(space="\t"),
    "double spaces": swap(space="  "),
    "curly quotes": swap(apostrophe="\N{RIGHT SINGLE QUOTATION MARK}", quote="\N{RIGHT DOUBLE QUOTATION MARK}"),
    "zero-width": zero_width,
}
BY_LINE = ("wrapped at 30", "wrapped at 50", "wrapped at 70")
"""Looks that make lines of one: a phrase that judges a line as it stands may see another line then."""


@pytest.mark.parametrize("look", LOOKS)
def test_looks_change_nothing(look: str) -> None:
    lined = {
        phrase.id for phrase in bundle.written() if "^" in phrase.find or "$" in phrase.find or r"\n" in phrase.find
    }
    missed = []
    for name, bad in FOUND_BY:
        if look in BY_LINE and name in lined:
            continue
        if name not in found(LOOKS[look](bad)):
            missed.append((name, bad))
    assert missed == []


@pytest.mark.parametrize("look", LOOKS)
def test_looks_make_no_near_miss_a_finding(look: str) -> None:
    texts = [text for phrase in bundle.written() for text in phrase.good] + [one["good"] for one in PATTERNS]
    assert [(text, ids) for text in texts if (ids := found(LOOKS[look](text)))] == []
