"""Of phrases found over one another the most telling stay."""

from notegen.lint.words import Match, Phrase
from notegen.lint.words.overlap import outermost
from notegen.model.diagnostic import Severity


def match(start: int, end: int, rule: str = "a", severity: Severity = Severity.ERROR) -> Match:
    return Match(Phrase(f"{start}-{end}", rule, severity, "", "", ""), start, end)


def test_what_lies_inside_another_is_left_out() -> None:
    outer, inner = match(0, 20), match(5, 10, "b")
    assert outermost([inner, outer]) == (outer,)


def test_an_error_inside_a_warning_stays_beside_it() -> None:
    outer, inner = match(0, 20, severity=Severity.WARNING), match(5, 10, "b")
    assert outermost([outer, inner]) == (outer, inner)


def test_an_error_takes_the_place_of_a_warning_of_its_rule() -> None:
    warning, error = match(0, 20, severity=Severity.WARNING), match(15, 25)
    assert outermost([warning, error]) == (error,)


def test_of_two_of_a_rule_that_meet_the_longer_stays_and_of_two_rules_both() -> None:
    short, long = match(0, 8), match(5, 20)
    assert outermost([short, long]) == (long,)
    assert outermost([short, match(5, 20, "b")]) == (short, match(5, 20, "b"))


def test_what_does_not_meet_stays_in_reading_order() -> None:
    first, second = match(0, 5), match(5, 9)
    assert outermost([second, first]) == (first, second)
