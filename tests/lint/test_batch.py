"""What only a batch shows: two cards that are nearly one, a memory told twice, a circular with names on it."""

from __future__ import annotations

import re
from inspect import cleandoc

import lintnotes
import pytest

from notegen import lint
from notegen.lint.gathering import LEAST_NOTES
from notegen.model.diagnostic import Diagnostic
from notegen.model.facts import Facts
from notegen.model.note import Note
from notegen.model.rule import Rule

CIRCULAR = lintnotes.template(
    "Dear {{ customer.name }},\n\nIt was a pleasure to have you in the shop, and we talked of it for days. "
    "{{ remember.0 }}\n\n"
    "We hope that the kettle sings for many years and that the lid never rattles.\n\nYours,\nRick"
)
THIN = lintnotes.template(
    "Dear {{ customer.name }},\n\n{{ remember.0 }} {{ remember.1 }} Thank you for that day.\n\nYours,\nRick"
)
WORDS = "one two three four five six seven eight nine ten eleven twelve thirteen".split()


def person(key: str, name: str, more: str = "", *memories: str) -> Facts:
    lines = "".join(f'\n  - "{one}"' for one in memories) or ' ["You rang the bell."]'
    return lintnotes.facts(f"customer: {{name: {name}{more and ', '}{more}}}\nremember:{lines}\n", key)


def letters(people: list[Facts], made: lintnotes.Template = CIRCULAR) -> list[Note]:
    return [lintnotes.compose(made, one) for one in people]


def judged(people: list[Facts], made: lintnotes.Template = CIRCULAR) -> tuple[Diagnostic, ...]:
    return lint.check_batch(letters(people, made), people)


def home(street: str, rest: str = "") -> str:
    return f"address: {{street: {street}, postcode: '97999'{rest}}}"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (home("8 Canal Street"), home("8 Canal Street"), "one household"),
        (home("8 Canal Street"), home("'8, canal street.'"), "one household"),
        (home("8 Canal Street"), home("12b Canal Street"), "neighbours in one street"),
        (home("Kanalstraße 8"), home("Kanalstraße 11"), "neighbours in one street"),
        (home("8 Canal Street", ", street2: 1"), home("8 Canal Street", ", street2: 2"), "neighbours in one street"),
        ("company: Hoshikawa Rail", "company: HOSHIKAWA RAIL", "people of one company"),
        (
            "address: {lines: [8 Canal Street, Port Ellery]}",
            "address: {lines: [8 Canal Street, Port Ellery]}",
            "one household",
        ),
        (
            "address: {city: Port Ellery}, household: [Ana Reyes, Bo Reyes]",
            "address: {city: Port Ellery}",
            "one household",
        ),
        (home("8 Canal Street"), "address: {street: 8 Canal Street, postcode: '10001'}", None),
        (home("8 Canal Street"), home("8 Mill Road"), None),
        ("company: Hoshikawa Rail", "company: Kita Ferries", None),
        ("tier: gold", "tier: gold", None),
        ("household: [Ana Reyes, Max]", "household: [Bo Reyes, Max]", None),
    ],
)
def test_who_may_lay_two_cards_side_by_side(one: str, other: str, expected: str | None) -> None:
    people = [person("ana", "Ana Reyes", one), person("bo", "Bo Reyes", other)]
    found = judged(people)
    assert [diagnostic.code for diagnostic in found] == (["B101"] if expected else [])
    if expected:
        assert expected in found[0].message
        assert "Ana Reyes" in found[0].message and "Bo Reyes" in found[0].message
        assert [one.span.source.name for one in (found[0], *found[0].related) if one.span] == [
            "facts/bo.yaml",
            "facts/ana.yaml",
        ]


def test_different_notes_to_one_household_are_fine() -> None:
    people = [
        person("ana", "Ana Reyes", home("8 Canal Street"), "You rang the bell on the way out.", "Rex sat up."),
        person("bo", "Bo Reyes", home("8 Canal Street"), "Your pie was gone by noon on Friday.", "The hinge is oiled."),
    ]
    assert judged(people, THIN) == ()


def test_names_do_not_make_notes_different() -> None:
    people = [
        person("ana", "Ana Maria Reyes", home("8 Canal Street"), "Ana Maria and Ana, you rang the bell twice."),
        person("bo", "Bo Lindqvist", home("8 Canal Street"), "Bo Lindqvist and Bo, you rang the bell twice."),
    ]
    assert [one.code for one in judged(people)] == ["B101"]


def test_three_alike_are_two_findings_and_one_customer_is_none() -> None:
    three = [person(key, f"{key} Reyes", home("8 Canal Street")) for key in ("Ana", "Bo", "Cy")]
    assert [one.note for one in judged(three)] == ["Bo", "Cy"]
    assert lint.check_neighbours(letters([three[0], three[0]]), [three[0], three[0]]) == ()


def test_a_memory_told_to_two_is_found_at_both_places() -> None:
    shared = "You made our day, and we talked of nothing else."
    people = [
        person("ana", "Ana Reyes", "", "Rex took the seat by the door.", shared),
        person("bo", "Bo Lind", "", "The pie was gone by noon.", shared.replace("our", "OUR")),
        person("cy", "Cy Poe", "", "Your hinge was eased at last.", "You rang twice on Monday morning."),
    ]
    (found,) = judged(people, THIN)
    assert (found.code, found.message) == ("B102", "the same memory is told to Ana Reyes, Bo Lind")
    assert [str(one.span) for one in (found, *found.related)] == ["facts/ana.yaml:4:5", "facts/bo.yaml:4:5"]


def test_a_memory_may_be_shared_at_home_and_short_ones_anywhere() -> None:
    shared = "You made our day, and we talked of nothing else."
    two = [
        person(key, f"{key} Reyes", home("8 Canal Street"), f"{key} came in at {n} and sat.", shared)
        for key, n in (("Ana", "one"), ("Bo", "noon"))
    ]
    assert [one.code for one in judged(two, THIN) if one.code == "B102"] == []
    three = [person(key, f"{key} Poe", "", "You rang twice.", "You rang twice.") for key in ("Ana", "Bo", "Cy")]
    assert judged(three, THIN) == ()


def some(count: int, long: int = 1) -> list[Facts]:
    """Make customers, each with memories of their own of so many times seven words."""
    return [
        person(
            f"k{number}",
            f"Ana {WORDS[number]}",
            "",
            *(" ".join([f"You {WORDS[number]} told me of {part} at noon."] * long) for part in ("tea", "rain")),
        )
        for number in range(count)
    ]


def test_a_circular_is_found_at_the_sentence_that_everybody_has() -> None:
    (found,) = judged(some(LEAST_NOTES))
    assert found.code == "B102" and "8 notes" in found.message and found.span is not None
    assert found.span.source.name == "templates/thanks.j2"
    assert found.span.text.startswith("It was a pleasure")


def test_a_small_batch_and_a_batch_of_memories_are_fine() -> None:
    assert judged(some(LEAST_NOTES - 1)) == ()
    assert judged(some(LEAST_NOTES), THIN) == ()


def test_the_shares_can_be_set() -> None:
    people = some(LEAST_NOTES)
    assert lint.check_batch(letters(people), people, most=0.99) == ()
    assert lint.check_batch(letters(people), people, share=1.0) == ()
    assert len(lint.check_batch(letters(people, THIN), people, most=0.1)) == 1


@pytest.mark.parametrize("rule", lint.BATCH_RULES, ids=lambda rule: rule.code)
def test_names_and_pages_are_whole(rule: Rule) -> None:
    assert re.fullmatch(r"B1\d\d", rule.code) and re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    paragraphs = cleandoc(rule.manual).split("\n\n")
    assert len(paragraphs) == 4 and paragraphs[1].startswith("Finds ")
    assert re.search(r"^Bad:  .+\nGood: .+\nMend: .+", paragraphs[-1])
