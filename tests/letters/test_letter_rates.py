"""How the linter does on letters with a known verdict; the rates are asserted with a margin below what was measured."""

from pathlib import Path

import pytest
from letterset import Judged, Letter, Rates, load, measure

HERE = Path(__file__).parent
PHRASES = frozenset("N101 N102 N103 N104 N110 N111 N112 N113 N114 N115".split())
LIMITS = [("tune", 0.95, 0.02), ("held", 0.95, 0.02), ("exam", 0.95, 0.02), ("plain", 0.93, 0.09)]
"""Least share of bad letters with an error, and most of good ones.

The writers of tune, held and exam did not know the rules. Held and exam were measured before they were looked at,
as benchmarks/README.md tells; what went wrong was then mended, so that they keep what was learned. The plain set is the
linter's own: short, everyday letters without the quirks that make the others easy.
"""


def rates(folder: str, without: frozenset[str] = frozenset()) -> Rates:
    return measure([Judged.of(letter, without) for letter in load(HERE / folder)])


def test_the_sets_are_whole() -> None:
    letters = load(HERE / "tune")
    assert sum(one.bad for one in letters) >= 100 and sum(not one.bad for one in letters) >= 100
    squeezed = {one.name: "".join(one.text.split()) for one in letters}
    assert [
        (one.name, sentence)
        for one in letters
        for sentence in one.sentences
        if "".join(sentence.split()) not in squeezed[one.name]
    ] == []


@pytest.mark.parametrize(("folder", "recall", "false"), LIMITS)
def test_bad_letters_get_an_error_and_good_ones_do_not(folder: str, recall: float, false: float) -> None:
    found = rates(folder)
    assert found.recall >= recall, found.table()
    assert found.false <= false, found.table()
    assert found.sentence_recall >= 0.80, found.table()
    assert found.findings_on_good <= 0.5 * found.good, found.table()


@pytest.mark.parametrize("folder", ["tune", "plain"])
def test_letters_are_told_apart_without_any_phrase(folder: str) -> None:
    found = rates(folder, PHRASES)
    assert found.recall >= 0.88, found.table()
    assert found.false <= 0.03, found.table()


def test_a_letter_with_a_wrong_verdict_would_be_seen() -> None:
    empty = Letter("x", "Dear Ana,\n\nWe value our wonderful customers.\n\nRick", False, (), ())
    full = Letter("y", "Dear Ana,\n\nThank you for the peach jam.\n\nRick", True, (), ("Thank you for the peach jam.",))
    found = measure([Judged.of(empty), Judged.of(full)])
    assert (found.false, found.recall, found.sentence_recall) == (1.0, 0.0, 0.0)
