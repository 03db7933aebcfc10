"""A finding in a rendered note stands at its place in the note, in the template and in the facts, for every word."""

import re
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent.parent / "compose"))

from composing import SCHEMA
from corpus import CASES, Case
from test_compose_corpus import QUILLON, literal_is_right, note_of, template_of

from notegen.lint import Context
from notegen.lint.codes import CHECKS
from notegen.lint.engine import diagnose
from notegen.lint.reading import Found, Medium, Reading, read
from notegen.model.diagnostic import Diagnostic, Severity

BLAMED = next(check for check in CHECKS if check.quoted == "blamed")
SPARED = next(check for check in CHECKS if check.quoted == "spared")


def reading_of(case: Case) -> Reading:
    """Read a case's note as the rules do."""
    return read(note_of(case), Medium.NOTE, Context(QUILLON, SCHEMA, template_of(case)))


def planted(reading: Reading, start: int, end: int, check: object = BLAMED) -> Diagnostic | None:
    """Return what a rule that found start..end would report."""
    return diagnose(reading, check, Found(start, end, "{text}", "", Severity.ERROR))  # type: ignore[arg-type]


def holds(one: Diagnostic, path: str) -> bool:
    """Return whether a finding has the YAML place of a fact, or of the list or record that it is in."""
    if path == "key":
        return True  # made of the name and the date, so written nowhere
    while path not in QUILLON.spans:
        path = path.rpartition(".")[0]
    known = QUILLON.spans[path]
    spans = [span for span in (one.span, *(related.span for related in one.related)) if span is not None]
    return any(span.source == known.source and known.start <= span.start and span.end <= known.end for span in spans)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_word_of_every_feature_is_found_at_its_three_places(case: Case) -> None:
    reading = reading_of(case)
    texts = [case.template, *case.library.values()]
    for word in re.finditer(r"\w+", reading.note.text):
        if word[0] == "alderKestrelbirchcedar":
            continue  # three words and a fact in one; the corpus's own test takes it apart
        one = planted(reading, *word.span())
        assert one is not None and one.span is not None and one.printed is not None, word
        assert (one.note, one.printed.text, one.printed.start) == ("quillon", word[0], word.start())
        value = case.values.get(word[0])
        if value is None:
            assert literal_is_right(reading.note, word.start(), word.start(), word[0], texts)
            assert one.span.text.casefold() == word[0].casefold(), one.span
            assert one.related == ()
        else:
            assert all(holds(one, path) for path in value[1].split()), (word, value, one)
            places = [one.span, *(related.span for related in one.related)]
            printing = [span for span in places if span.source.text in texts]
            assert any(value[0].removesuffix(" }}") in span.text for span in printing), (word, one)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_finding_over_words_and_facts_names_every_fact(case: Case) -> None:
    reading = reading_of(case)
    text = reading.note.text
    one = planted(reading, len(text) - len(text.lstrip()), len(text.rstrip()), SPARED)
    if one is None:
        return  # every word is the customer's own
    paths = {path for piece in reading.note.pieces for path in piece.reads if text[piece.start : piece.end].strip()}
    assert all(holds(one, path) for path in paths)
    assert one.printed is not None and one.printed.text == text.strip()
