"""Every phrase finds its bad examples and no phrase finds a good one; the shape of a phrase bounds its work."""

import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notegen.lint import RULES, words
from notegen.lint.plain import plain
from notegen.lint.words import bundle
from notegen.lint.words.needs import CAPITALS, LENGTHY, TWICE, folded, needs_of

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from re import _parser  # type: ignore[attr-defined]

ROOT = Path(__file__).parents[2]
PHRASES = bundle.written()
OTHER_NEAR_MISSES = (
    "In Reno, NV we stopped.", "Dear JP, the rack fits.", "Your RAV4 XLE and the NASA mug.", "Dear me, Walt,",
    "Dear Mrs. Alvarez,", "Dear Mr. Okafor,", "Dear Estelle,", "You were order number nine on the list.",
    "delivered on October 3; a 3/4 inch gap", "for $31,400, or the $40 we joked about",
    "Call 555-0142 and ask for Lou.",
    "Your mother's 1962 Impala", "Fairview, Utah 84629", "She had had enough of that that week.",
    "Duran Duran was on, you said.", "your Tacoma looks great", "At the end of the driveway you waved.",
    "You reached for the top shelf.", "In today's mail was your postcard.", "You were on time, which is rare.",
    "You gave me kind advice: measure twice.", "What a goal! Ada flew.", "You were honest about the rust.",
)  # fmt: skip
"""Sentences that look like form letters of other kinds: names, numbers, sayings."""


def found(text: str) -> list[str]:
    """Return the ids of the phrases found in a text."""
    return [match.phrase.id for match in words.find(plain(text))]


def test_ids_are_unique() -> None:
    ids = [phrase.id for phrase in PHRASES]
    assert len(ids) == len(set(ids))


def test_every_file_belongs_to_a_rule() -> None:
    assert {phrase.rule for phrase in PHRASES} <= {rule.name for rule in RULES}


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.id)
def test_bad_examples_are_found_and_good_ones_are_not(phrase: words.Phrase) -> None:
    assert phrase.bad and phrase.good
    for bad in phrase.bad:
        assert phrase.id in found(bad), bad
    for good in phrase.good:
        assert found(good) == [], good


@pytest.mark.parametrize("text", OTHER_NEAR_MISSES)
def test_other_near_misses_are_not_found(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.id)
def test_needs_are_folded_and_there(phrase: words.Phrase) -> None:
    assert phrase.needs
    said = (CAPITALS, TWICE, LENGTHY)
    assert all(need and (need in said or need in folded(need)) for group in phrase.needs for need in group)


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("kitten", (("kitten",),)),
        ("(?:cat|dog)s?", (("cat", "dog"),)),
        ("colou?r", (("color", "colour"),)),
        ("red [a-z]+ hen", (("red ",), (" hen",))),
        ("(?:red)?", ()),
        ("[a-z]+", ()),
        ("K", (("k",),)),
        (r"(?<!\d)[0-9]{10}(?!\d)", (("0" * 10,),)),
        (r"\d{3}-[0-9]+", (("000-0",), ("000",))),
        (r"(?:[a-z-]{1,9}\.){1,4}(?:com|org)", ((".com", ".org"),)),
        ("^of mice$", ((" of mice ",),)),
        ("mice$\n^men", (("mice ",), (" men",))),
        ("(?-i:[A-Z]{2,9}) Street", ((CAPITALS,), (" street",))),
        ("[A-Z]{2,9} Street", ((" street",),)),
        (r"\b(?!had)([a-z]{2,})\s\1\b", ((TWICE,),)),
        (r"\b(the|an?|my) \1\b", ((TWICE,),)),
        (r"([a-z]{2,})\s\1\b", ()),
        (r"\b([a-z'-]{2,})\s\1\b", ()),
        ("[a-z0-9]{12,20}#", ((LENGTHY,),)),
        ("[a-z-]{12,20}#", (("#",),)),
    ],
)
def test_needs_are_read_off_the_pattern(pattern: str, needs: tuple[tuple[str, ...], ...]) -> None:
    assert sorted(map(sorted, needs_of(pattern))) == sorted(map(sorted, needs))


def test_the_copy_that_is_read_at_the_start_is_what_the_yaml_says(golden: Callable[[str, str], None]) -> None:
    golden(str(bundle.COPY.relative_to(ROOT)), bundle.copy_of(PHRASES))
    bare = tuple(replace(phrase, bad=(), good=()) for phrase in PHRASES)
    assert bundle.bundled.__wrapped__().phrases == bare


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_what_matches_always_holds_what_it_needs(data: st.DataObject) -> None:
    phrase = data.draw(st.sampled_from(PHRASES))
    text = plain(data.draw(st.from_regex(re.compile(phrase.find, re.MULTILINE)))).text
    if any(phrase.spans(text)):
        assert is_needed_in(phrase, folded(text)), text


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.id)
def test_every_way_through_a_pattern_holds_what_it_needs(phrase: words.Phrase) -> None:
    """Each way is built from the pattern itself, optional parts left out, so no alternative is forgotten."""
    ways = list(least_texts(_parser.parse(phrase.find, re.IGNORECASE | re.MULTILINE)))
    assert ways
    for way in ways:
        assert is_needed_in(phrase, folded(way)) or not any(phrase.spans(way)), way


def is_needed_in(phrase: words.Phrase, haystack: str) -> bool:
    """Return whether folded text holds a literal of each group that a phrase needs."""
    first = phrase.needs[:1]
    return all(any(need in haystack for need in group) for group in first) and phrase.rest_in(haystack)


def least_texts(parsed: Any) -> Iterator[str]:
    """Yield a text for each combination of alternatives of a pattern, everything optional left out."""
    texts = [""]
    for operator, value in parsed:
        texts = [text + more for text in texts for more in pieces(str(operator), value)]
        texts = texts[:20_000]
    return iter(texts)


def pieces(operator: str, value: Any) -> list[str]:
    """Return the least texts for one node of a parsed pattern."""
    if operator == "LITERAL":
        return [chr(value)]
    if operator in ("MAX_REPEAT", "MIN_REPEAT"):
        low, _, inner = value
        return [""] if low == 0 else [text * low for text in least_texts(inner)]
    if operator == "BRANCH":
        return [text for branch in value[1] for text in least_texts(branch)]
    if operator == "SUBPATTERN":
        return list(least_texts(value[3]))
    if operator == "IN":
        return [in_class(value)]
    return [{"ANY": "x", "NOT_LITERAL": "x"}.get(operator, "")]


def in_class(members: Any) -> str:
    """Return one character of a class: the space for white space, a digit for digits."""
    operator, value = members[0]
    if str(operator) == "LITERAL":
        return chr(value)
    if str(operator) == "RANGE":
        return chr(value[0])
    return {"CATEGORY_SPACE": " ", "CATEGORY_DIGIT": "0"}.get(str(value), "x")


def repeats(parsed: Any, open_above: int = 0) -> Iterator[int]:
    """Yield, for each unbounded repeat of a pattern, how many unbounded repeats are around it."""
    for operator, value in parsed:
        name = str(operator)
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            unbounded = str(value[1]) == "MAXREPEAT"
            if unbounded:
                yield open_above
            yield from repeats(value[2], open_above + unbounded)
        elif name == "SUBPATTERN":
            yield from repeats(value[3], open_above)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from repeats(branch, open_above)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from repeats(value[1], open_above)


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.id)
def test_no_unbounded_repeat_lies_in_another(phrase: words.Phrase) -> None:
    depths = list(repeats(_parser.parse(phrase.find, re.IGNORECASE | re.MULTILINE)))
    assert max(depths, default=0) == 0


def test_the_measure_of_repeats_sees_nesting() -> None:
    assert max(repeats(_parser.parse(r"(?:a+)+b"))) == 1


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.id)
def test_long_near_misses_do_not_explode(phrase: words.Phrase) -> None:
    """50,000 characters made of the beginnings of its own bad examples: the run ends, which a blow-up would not."""
    for bad in phrase.bad:
        for cut in (len(bad) // 2, len(bad) - 2):
            text = (bad[: max(1, cut)] + " ") * (50_000 // (cut + 2))
            list(phrase.spans(plain(text).text))


@pytest.mark.parametrize("character", [" ", "a", "a ", ">", "_", "{", "[", "www.", "a.", "\n", "-", "your ", "1/1/11 "])
def test_long_runs_do_not_explode(character: str) -> None:
    text = character * (50_000 // len(character))
    for phrase in PHRASES:
        list(phrase.spans(text))


def test_lists_are_taken_up() -> None:
    assert not [phrase.id for phrase in PHRASES if re.search(r"(?<!\\)\{[a-z]+\}", phrase.find)]


def test_data_files_hold_no_tabs_and_are_packaged() -> None:
    folder = Path(words.__file__).parent
    assert all("\t" not in path.read_text(encoding="utf-8") for path in folder.glob("*.yaml"))
