"""Letters with a known verdict, and how the linter does on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from notegen.files import read_source
from notegen.lint import check_letter
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.source import Source
from notegen.yamlsource import parse


@dataclass(frozen=True)
class Letter:
    """A letter, whether its writer meant it to be bad, of which kinds, and in which sentences."""

    name: str
    text: str
    bad: bool
    kinds: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Judged:
    """What was found in a letter: codes of errors, bad sentences that no finding touches, each finding's words."""

    letter: Letter
    error_codes: tuple[str, ...]
    missed: tuple[str, ...]
    touches: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, letter: Letter, without: frozenset[str] = frozenset()) -> Judged:
        """Judge a letter by its words alone; informations do not count."""
        all_found = check_letter(Source(letter.name, letter.text))
        found = [one for one in all_found if one.severity is not Severity.INFO and one.code not in without]
        whole = [one for one in found if one.code != "N105"]
        places = [(one.span.start, one.span.end) for one in whole if one.span is not None]
        missed = tuple(sentence for sentence in letter.sentences if not _touched(letter.text, sentence, places))
        errors = tuple(sorted({one.code for one in found if one.is_error}))
        return cls(letter, errors, missed, tuple((one.code, _words(one)) for one in found))


@dataclass(frozen=True)
class Rates:
    """How often: bad letters with an error, good ones with one, bad sentences touched, findings a good letter."""

    bad: int
    bad_with_error: int
    good: int
    good_with_error: int
    sentences: int
    touched: int
    findings_on_good: int

    @property
    def recall(self) -> float:
        """The share of bad letters that have an error."""
        return self.bad_with_error / max(1, self.bad)

    @property
    def false(self) -> float:
        """The share of good letters that have an error."""
        return self.good_with_error / max(1, self.good)

    @property
    def sentence_recall(self) -> float:
        """The share of bad sentences that an error or a warning touches."""
        return self.touched / max(1, self.sentences)

    def table(self) -> str:
        """Return the figures for people."""
        return (
            f"  bad letters with an error   {self.bad_with_error:4} of {self.bad:4}  {self.recall:6.1%}\n"
            f"  good letters with an error  {self.good_with_error:4} of {self.good:4}  {self.false:6.1%}\n"
            f"  bad sentences touched       {self.touched:4} of {self.sentences:4}  {self.sentence_recall:6.1%}\n"
            f"  findings on good letters    {self.findings_on_good:4}"
        )


def load(folder: Path) -> list[Letter]:
    """Read the letters of a folder, in the order of their names."""
    return [_letter(path) for path in sorted(folder.glob("*.yaml"))]


def measure(judged: Sequence[Judged]) -> Rates:
    """Count."""
    bad = [one for one in judged if one.letter.bad]
    good = [one for one in judged if not one.letter.bad]
    sentences = sum(len(one.letter.sentences) for one in bad)
    return Rates(
        len(bad),
        sum(bool(one.error_codes) for one in bad),
        len(good),
        sum(bool(one.error_codes) for one in good),
        sentences,
        sentences - sum(len(one.missed) for one in bad),
        sum(len(one.touches) for one in good),
    )


def _letter(path: Path) -> Letter:
    documents = parse(read_source(path)).value
    assert documents, path
    tree: Any = documents[0].value
    bad = tree["verdict"] == "bad"
    sentences = tuple(map(str, tree.get("bad_sentences") or ())) if bad else ()
    return Letter(path.stem, str(tree["text"]), bad, tuple(tree.get("kind") or ()) if bad else (), sentences)


def _touched(text: str, sentence: str, places: Sequence[tuple[int, int]]) -> bool:
    """Return whether a place touches a sentence, however the letter wraps it."""
    offsets = [index for index, character in enumerate(text) if not character.isspace()]
    at = "".join(text.split()).find("".join(sentence.split()))
    if at < 0:
        return False
    start, end = offsets[at], offsets[at + len("".join(sentence.split())) - 1] + 1
    return any(first < end and start < last for first, last in places)


def _words(one: Diagnostic) -> str:
    return " ".join(one.span.text.split())[:80] if one.span is not None else ""
