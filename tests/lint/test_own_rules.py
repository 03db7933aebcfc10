"""A shop's own rules: read, proved by their own examples, and judged beside those that come with notegen."""

from pathlib import Path

import lintnotes
import pytest

from notegen import lint
from notegen.facts.schema import STANDARD
from notegen.lint.words import BROKEN_RULE, Kind, OwnRules
from notegen.lint.words.hazard import danger
from notegen.lint.words.own import own_rules
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.manual import read
from notegen.model.source import Source

HEAD = """code: X001
name: house-words
about: Words we do not use.
message: '"{text}" is not ours'
hint: say it plainly
"""


def made(folder: Path, *phrases: str, head: str = HEAD) -> tuple[OwnRules, tuple[Diagnostic, ...]]:
    """Read a file of rules with some phrases, each the keys of one in YAML's flow form."""
    (folder / "house.yaml").write_text(f"{head}phrases:\n" + "".join(f"  - {{{one}}}\n" for one in phrases), "utf-8")
    read_rules = own_rules(folder, ("N104", "hedged-conditional"))
    assert read_rules.value is not None
    return read_rules.value, read_rules.diagnostics


def judged(own: OwnRules, text: str, facts: str | None = None) -> list[Diagnostic]:
    """Return what a shop's own rules find in a letter."""
    known = lintnotes.facts(facts) if facts is not None else None
    context = lint.Context(known, lintnotes.SCHEMA if known else None, own=own)
    return [one for one in lint.check_letter(Source("letter.txt", text), context) if one.code.startswith("X")]


SYNERGY = r"find: '\bsynergy\b', bad: [Such synergy!], good: [We work well together.]"


def test_a_rule_of_the_shops_own_finds_what_it_lists(tmp_path: Path) -> None:
    own, found = made(tmp_path, SYNERGY)
    assert found == ()
    [one] = judged(own, "Dear Ana,\n\nSuch\nsynergy!")
    assert (one.code, one.span and one.span.text, one.message) == ("X001", "synergy", '"synergy" is not ours')
    assert own.words.phrases[0].kind is Kind.EXISTENCE


def test_its_page_reads_like_any_other(tmp_path: Path) -> None:
    own, _ = made(tmp_path, SYNERGY)
    page = read(own.rules[0])
    assert (page.summary, page.finds, page.bad) == ("Words we do not use.", 'Finds "Such synergy!".', "Such synergy!")


BROKEN = {
    "an example it does not find": (r"find: cat, bad: [A dog.], good: [A cow.]", "bad example"),
    "a near miss it finds": (r"find: cat, bad: [A cat.], good: [Cats!]", "good example"),
    "a key that means nothing": (f"{SYNERGY}, colour: red", "'colour' means nothing here"),
    "an expression that does not compile": (r"find: '(synergy', bad: [synergy], good: [x]", "does not compile"),
    "a repeat in a repeat": (r"find: '(a+)+b', bad: [aab], good: [x]", "could take for ever"),
    "repeats that overlap": (r"find: '(?:a|a?){1,40}b', bad: [aab], good: [x]", "could take for ever"),
    "an unknown list": (r"find: '{thingg} x', bad: [car x], good: [y]", "there is no list {thingg}"),
    "no bad example": (r"find: cat, good: [x]", "without bad examples"),
    "a level there is not": (f"{SYNERGY}, level: fatal", "there is no level 'fatal'"),
    "a group that is not there": (rf"{SYNERGY}, use: '\4'", "cannot be put in"),
    "a count that is none": (f"{SYNERGY}, max: often", "a whole number"),
    "a fix that is no flag": (f"{SYNERGY}, fix: perhaps", "yes or no"),
    "examples that are no list": (r"find: cat, bad: cat, good: [x]", "not a list of texts"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_phrase_is_left_out_and_told_at_its_line(tmp_path: Path, case: str) -> None:
    phrase, message = BROKEN[case]
    own, found = made(tmp_path, phrase, r"find: '\bmoist\b', bad: [moist], good: [most]")
    assert [one.find for one in own.words.phrases] == [r"\bmoist\b"]
    assert any(message in one.message for one in found), found
    assert {(one.code, one.severity) for one in found} == {(BROKEN_RULE.code, Severity.ERROR)}
    assert {one.span and one.span.line for one in found} == {7}


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (HEAD.replace("X001", "N104"), "no code for a rule of your own"),
        (HEAD.replace("house-words", "hedged-conditional"), "already"),
        (HEAD.replace("house-words", "House Words"), "no name for a rule"),
        (HEAD.replace("message:", "mesage:"), "'mesage' means nothing here"),
    ],
)
def test_a_broken_file_is_told(tmp_path: Path, head: str, message: str) -> None:
    _, found = made(tmp_path, SYNERGY, head=head)
    assert any(message in one.message for one in found)


def test_a_file_without_phrases_and_one_that_is_no_yaml_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HEAD, "utf-8")
    (tmp_path / "b.yaml").write_text("code: [", "utf-8")
    found = own_rules(tmp_path).diagnostics
    assert len(found) == 2
    assert "no list `phrases`" in found[0].message


def test_a_replacement_is_offered_and_put_in_where_it_is_safe(tmp_path: Path) -> None:
    own, found = made(
        tmp_path,
        r"find: '\b(bi)cyle\b', use: '\1cycle', fix: yes, bad: [Your bicyle.], good: [Your bicycle.]",
        r"find: '\bautomobile\b', use: car, bad: [an automobile], good: [a car]",
    )
    assert found == () and {one.kind for one in own.words.phrases} == {Kind.SUBSTITUTION}
    first, second = judged(own, "Dear Ana,\n\nYour bicyle beat the automobile.")
    assert first.fix is not None and first.fix.replacement == "bicycle" and first.fix.span.text == "bicyle"
    assert second.fix is None and second.hint is not None and second.hint.startswith("write 'car'")


def test_a_word_may_stand_so_often_and_no_oftener(tmp_path: Path) -> None:
    own, found = made(tmp_path, r"find: '\bthanks?\b', max: 2, bad: ['thanks, thank, thank'], good: [thanks]")
    assert found == () and own.words.phrases[0].kind is Kind.OCCURRENCE
    assert judged(own, "Thanks for Rex. Thanks for Jo.") == []
    [one] = judged(own, "Thanks for Rex. Thanks for Jo. Thanks!")
    assert one.span is not None and one.span.start == 31


def test_a_word_must_stand_so_often(tmp_path: Path) -> None:
    own, found = made(tmp_path, r"find: '\byou\b', min: 1, bad: [We did well.], good: [You did well.]")
    assert found == ()
    assert [one.span and one.span.text for one in judged(own, "We did well.")] == ["We"]
    assert judged(own, "You did.") == []


def test_one_word_asks_for_another(tmp_path: Path) -> None:
    own, found = made(
        tmp_path, r"find: '\bwarranty\b', then: '\blou\b', bad: [A warranty.], good: [Lou and a warranty.]"
    )
    assert found == () and own.words.phrases[0].kind is Kind.CONDITIONAL
    assert len(judged(own, "The warranty runs. The warranty ends.")) == 1
    assert judged(own, "The warranty runs; Lou knows.") == []


MINDFUL = r"find: '\byour new bike\b', bad: [your new bike], good: [the Domane]"
KNOWN = "{customer: {name: Ana Ito}, sale: {item: Domane}}"


def test_a_phrase_may_wait_for_a_fact(tmp_path: Path) -> None:
    own, found = made(tmp_path, f"{MINDFUL}, requires_fact: sale.item")
    assert found == ()
    assert len(judged(own, "Enjoy your new bike.", KNOWN)) == 1
    assert judged(own, "Enjoy your new bike.", "{customer: {name: Ana Ito}}") == []
    assert judged(own, "Enjoy your new bike.") == []


def test_a_fact_may_silence_a_phrase(tmp_path: Path) -> None:
    own, found = made(tmp_path, f"{MINDFUL}, unless_fact: [sale.item, sale.short]")
    assert found == ()
    assert judged(own, "Enjoy your new bike.", KNOWN) == []
    assert len(judged(own, "Enjoy your new bike.", "{customer: {name: Ana Ito}}")) == 1
    assert len(judged(own, "Enjoy your new bike.")) == 1


def test_the_fact_on_offer_is_named(tmp_path: Path) -> None:
    own, found = made(tmp_path, f"{MINDFUL}, offers: [sale.short, sale.item]")
    assert found == ()
    assert [one.hint for one in judged(own, "Enjoy your new bike.", KNOWN)] == [
        "say it plainly; sale.item is known: Domane"
    ]


def test_they_are_found_in_templates_too(tmp_path: Path) -> None:
    own, _ = made(tmp_path, SYNERGY)
    template = lintnotes.template("Dear Ana,\n\nSuch {% if x %}synergy{% endif %}.")
    assert "X001" in lintnotes.codes(lint.check_template(template, STANDARD, own))


@pytest.mark.parametrize("pattern", [r"(a+)+b", r"(?:a|aa){2,60}b", r"(?:\w+ ?){1,30}x", "x" * 5_000])
def test_expressions_that_could_take_for_ever_are_refused(pattern: str) -> None:
    assert danger(pattern, ("aaab",)) is not None


@pytest.mark.parametrize("pattern", [r"\bsynergy\b", r"\b[a-z]{1,20}(?: [a-z]{1,20}){0,3} now\b", r"a+b"])
def test_others_are_not(pattern: str) -> None:
    assert danger(pattern, ("aaab",)) is None


@pytest.mark.timeout(20)
@pytest.mark.parametrize("pattern", ["(?:a?){40}a{40}", "(?:x*y?){12}z", "(?:|b){30}c"])
def test_rounds_that_may_be_empty_are_refused_unseen(pattern: str) -> None:
    assert danger(pattern, ["a" * 40]) is not None
