"""Rules as data: phrases that give a form letter away, one YAML file per rule, with examples run as tests.

A file holds `message` and `hint` for the whole rule and `phrases`, each with

    id      unique, for people who talk about it
    level   error, warning or info
    find    a regular expression over plain text (see lint.plain), in any case; `(?-i:...)` minds the case. A space
            stands for any white space, so that a phrase is found across lines; in a pattern that begins with `^` it
            is a space, since such a pattern judges one line. `{thing}` takes up a list of lists.yaml.
    needs   lower-case literals of which the text must hold at least one before the expression is tried at all
    bad     texts in which it must be found
    good    near misses, in which no phrase of any rule may be found

`message` and `hint` may be given again for one phrase. `{text}` in a message is what was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from notegen.errors import NotegenError
from notegen.files import read_source
from notegen.lint.plain import Plain
from notegen.model.diagnostic import Severity
from notegen.yamlsource import parse

_FOLDER = Path(__file__).parent
_LIST = re.compile(r"(?<!\\)\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One expression of one rule; `rule` is the rule's name, `find` ready to compile."""

    id: str
    rule: str
    severity: Severity
    find: str
    needs: tuple[str, ...]
    message: str
    hint: str
    bad: tuple[str, ...]
    good: tuple[str, ...]

    def needed_in(self, haystack: str) -> bool:
        """Return whether folded text holds what the expression cannot do without."""
        return any(need in haystack for need in self.needs)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where it is found in plain text."""
        return (match.span() for match in _compiled(self.find).finditer(text))


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found at start..end (half open) of the text that was made plain."""

    phrase: Phrase
    start: int
    end: int


def find(text: Plain) -> tuple[Match, ...]:
    """Return every phrase of every rule in a text, rule by rule, in reading order within a phrase."""
    haystack = folded(text.text)
    return tuple(
        Match(phrase, *text.original(start, end))
        for phrase in phrases()
        if phrase.needed_in(haystack)
        for start, end in phrase.spans(text.text)
    )


def folded(text: str) -> str:
    """Return plain text as `needs` are looked for in it: lower case, every line break a space."""
    return text.lower().replace("\n", " ")


@cache
def phrases() -> tuple[Phrase, ...]:
    """Return every phrase that comes with notegen, file by file in the order of their names."""
    lists = {name: str(words) for name, words in _read(_FOLDER / "lists.yaml").items()}
    files = sorted(path for path in _FOLDER.glob("*.yaml") if path.stem != "lists")
    return tuple(phrase for path in files for phrase in _phrases(path.stem, _read(path), lists))


def _read(path: Path) -> Mapping[str, Any]:
    checked = parse(read_source(path))
    tree = checked.value[0].value if checked.ok and checked.value else None
    if not isinstance(tree, Mapping):
        raise NotegenError(f"{path.name} is damaged", hint="install notegen-cards again")
    return tree


def _phrases(rule: str, tree: Mapping[str, Any], lists: Mapping[str, str]) -> Iterator[Phrase]:
    for entry in tree["phrases"]:
        yield Phrase(
            id=entry["id"],
            rule=rule,
            severity=Severity(entry["level"]),
            find=_ready(entry["find"], lists),
            needs=tuple(entry["needs"]),
            message=entry.get("message", tree["message"]),
            hint=entry.get("hint", tree["hint"]),
            bad=tuple(entry["bad"]),
            good=tuple(entry["good"]),
        )


def _ready(pattern: str, lists: Mapping[str, str]) -> str:
    full = _LIST.sub(lambda match: lists[match[1]], pattern)
    return full if full.startswith("^") else full.replace(" ", r"\s")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile on first need: few phrases are ever tried, and compiling all of them would slow every start."""
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)
