"""What customers asked not to hear is found however it is put, and nothing else is: a corpus of wishes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import lintnotes
import pytest

from notegen import lint
from notegen.files import read_source
from notegen.lint.place import with_origin
from notegen.lint.plain import plain
from notegen.lint.reading import Context, Medium, read
from notegen.lint.rules.preferences import unwanted_topic
from notegen.lint.stems import stem
from notegen.lint.talk import Talk, moves
from notegen.lint.topics import Topic, topics
from notegen.lint.wishes import Wish, wishes
from notegen.model.diagnostic import Diagnostic
from notegen.model.note import Note
from notegen.yamlsource import parse

HEAD = "Dear {{ customer.first_name }},\n\nThe {{ sale.item }} suits the lane. "
TAIL = "\n\nYours,\nRick"


def corpus() -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = []
    for name in ("preferences", "wishes"):
        documents = parse(read_source(Path(__file__).parent / f"{name}.yaml")).value
        assert documents
        tree: Any = documents[0].value
        groups += [{**group, "wish": group.get("wish", group.get("wishes"))} for group in tree]
    return groups


def lines(*keys: str) -> Iterator[tuple[Any, str]]:
    for group in corpus():
        for key in keys:
            yield from ((group["wish"], sentence) for sentence in group.get(key, ()))


def facts_of(wish: Any) -> str:
    """Write a customer's facts with one wish, or with several."""
    items = ", ".join(written(one) for one in (wish if isinstance(wish, tuple | list) else (wish,)))
    return (
        f"customer: {{name: Ana Reyes, first_name: Ana}}\nsale: {{item: Tacoma}}\npreferences:\n  do_not: [{items}]\n"
    )


def written(wish: Any) -> str:
    return f'"{wish}"' if isinstance(wish, str) else "{" + ", ".join(f'{k}: "{v}"' for k, v in wish.items()) + "}"


def judged(wish: Any, sentence: str) -> tuple[Diagnostic, ...]:
    made = lintnotes.template(HEAD + sentence + TAIL)
    known = lintnotes.facts(facts_of(wish))
    found = lint.check_note(lintnotes.compose(made, known), lintnotes.context(made, known))
    return tuple(one for one in found if one.code == "N130")


def test_every_violation_is_an_error() -> None:
    planted = list(lines("says", "says_too", "says_later"))
    missed = [(wish, said) for wish, said in planted if not any(one.is_error for one in judged(wish, said))]
    assert missed == []
    assert len(planted) >= 850
    assert len({str(wish) for wish, _ in planted}) >= 15


def test_near_misses_are_left_alone() -> None:
    good = list(lines("may_say"))
    flagged = [(wish, said) for wish, said in good if judged(wish, said)]
    assert len(good) >= 600
    assert len(flagged) <= 0.02 * len(good), flagged


@pytest.mark.parametrize("name", moves())
def test_moves_are_found_where_they_are_made(name: str) -> None:
    move = moves()[name]
    assert move.bad and move.good
    for bad in move.bad:
        assert list(move.spans(plain(bad))), bad
    for good in move.good:
        assert not list(move.spans(plain(good))), good


@pytest.mark.parametrize("talk", [*topics().values(), *moves().values()], ids=lambda talk: talk.name)
def test_long_runs_do_not_explode(talk: Talk | Topic) -> None:
    """30,000 characters of what the expressions begin with: the run ends, which a blow-up would not."""
    for stretch in (
        " ",
        "a ",
        "your ",
        "we ",
        "would be happy to ",
        "the new ",
        "come and see ",
        "I hope that you are well and ",
        "bring your old car in for a new one ",
        "leave us a ",
        "5",
        ".",
    ):
        list(talk.spans(plain(stretch * (30_000 // len(stretch)))))


def test_every_topic_is_wished_for_in_the_corpus() -> None:
    """Taking a topic away turns the corpus red."""
    named = {topic.name for group in corpus() for wish in wished(group["wish"]) for topic in wish.about}
    assert set(topics()) - named == set()


def wished(wish: Any) -> list[Wish]:
    return list(wishes(lintnotes.facts(facts_of(wish))))


@pytest.mark.parametrize(
    ("text", "topics_named"),
    [
        ("trade_in", ["trade-in"]),
        ("don’t ask for reviews or surveys", ["review", "survey"]),
        ("no e-mail", ["e-mail"]),
        ("anything about the kids", ["children"]),
    ],
)
def test_topics_are_recognised(text: str, topics_named: list[str]) -> None:
    (wish,) = wished(text)
    assert sorted(topic.name for topic in wish.about) == sorted(topics_named)
    assert not wish.no_mail


@pytest.mark.parametrize("text", ["no mail", "no_mail", "do not mail", "no cards", "stop writing", "do not contact us"])
def test_no_mail_in_any_words(text: str) -> None:
    assert wished(text)[0].no_mail


@pytest.mark.parametrize("text", ["no holiday cards", "do not write about the flood", "no e-mail"])
def test_mail_about_something_is_a_topic(text: str) -> None:
    (wish,) = wished(text)
    assert not wish.no_mail and wish.is_usable


@pytest.mark.parametrize(
    "forms",
    [
        "flood floods flooded flooding",
        "party parties",
        "sell sold selling",
        "child children child's",
        "hope hoped hoping",
    ],
)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(word) for word in forms.split()}) == 1


@pytest.mark.parametrize("pair", ["floor flood", "late lattice", "count county", "suit suitcase", "max maximum"])
def test_other_words_have_another(pair: str) -> None:
    assert len({stem(word) for word in pair.split()}) == 2


@pytest.mark.parametrize(
    ("wish", "said", "found"),
    [
        ("trade-in", "We would be happy to look at your kitchen next.", True),
        ("extended warranty", "Keep us in mind for the garage.", True),
        ("trade-in", "Please complete our short survey.", False),
        ("don't ask for reviews", "Please complete our short survey.", True),
        ("birthday", "Keep us in mind for the garage.", False),
    ],
)
def test_who_declined_one_pitch_is_told_of_no_other(wish: str, said: str, found: bool) -> None:
    assert bool(judged(wish, said)) is found


@pytest.mark.parametrize(
    ("wish", "said", "found"),
    [
        ("her son Marcus", "Give Marcus my best.", True),
        ("her sons Marcus and Leo", "Leo's drum is still here.", True),
        ("late wife ruth", "Ruth's roses are out.", True),
        ("his son Will", "I will see to the hinge.", False),
        ("the accident in May", "The lilac blooms in May.", False),
        ("never ask about trading the Tacoma", "The Tacoma took the hill well.", False),
    ],
)
def test_names_in_a_wish_are_not_said(wish: str, said: str, found: bool) -> None:
    assert bool(judged(wish, said)) is found


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("The homesick goat is in the barn.", False),
        ("The homesick goat is in the van.", True),
        ("Is the goat homesick?", True),
        ("I hope the goat is not homesick.", True),
        ("The van is red. The map is blue. The goodbye was long.", True),
    ],
)
def test_one_word_of_a_neighbourhood_says_nothing_alone(said: str, found: bool) -> None:
    hinted = Topic("x", (), (), ("homesick|van|map|goodbye",), ())
    assert bool(list(hinted.spans(plain(said)))) is found


@pytest.mark.parametrize(
    ("line", "said", "found"),
    [
        ("fender & like new", "It is like new, that fender.", True),
        ("fender & like new", "The fender shines. It is like new.", False),
        ("fender && like new", "The fender shines. It is like new.", True),
        ("he !! walt", "He came twice.", True),
        ("he !! walt", "Walt laughed. He came twice.", False),
        ("he !! walt", "Walt laughed. The dog barked. He came twice.", True),
        ("(?-i:Grace)", "You said grace.", False),
        ("(?-i:Grace)", "You met Grace.", True),
        (r"\$ ?\d+", "It was $40.", True),
    ],
)
def test_lines_say_what_must_stand_together(line: str, said: str, found: bool) -> None:
    assert bool(list(Topic("x", (), (line,), (), ()).spans(plain(said)))) is found


def test_what_only_looks_like_a_topic_is_blotted_out_in_place() -> None:
    topic = Topic("x", (), ("church",), (), ("(?-i:Church Street)",))
    assert list(topic.spans(plain("Church Street has a church."))) == [(20, 26)]


def test_the_hint_quotes_the_reason_and_the_line_is_beside_it() -> None:
    wish = {"topic": "trade-in", "reason": "I buy and hold", "since": "2014-03-01"}
    (found,) = judged(wish, "Time for something newer?")
    assert found.hint is not None and "I buy and hold" in found.hint and "2014-03-01" in found.hint
    assert [(one.span.source.name, one.span.line) for one in found.related] == [("facts/ana.yaml", 4)]


def test_nothing_silences_it() -> None:
    (rule,) = [one for one in lint.RULES if one.code == "N130"]
    assert rule.allowable is False


def test_a_household_shares_what_it_says_it_shares() -> None:
    address = "address: {street: 8 Canal Street, postcode: '97999'}"
    both = [
        lintnotes.facts(f"customer: {{name: Ana Reyes, {address}}}\nsale: {{item: Tacoma}}", "ana"),
        lintnotes.facts(
            f"customer: {{name: Bo Reyes, {address}}}\n"
            "preferences: {do_not: [reviews, {topic: trade-in, scope: household}]}",
            "bo",
        ),
    ]
    homes = lint.fellows(both)
    assert [one.key for one in homes["ana"]] == ["bo"]
    made = lintnotes.template("Dear Ana,\n\nThe {{ sale.item }} could be a trade-in. Leave us a review.")
    context = replace(lintnotes.context(made, both[0]), household=homes["ana"])
    found = [one for one in lint.check_note(lintnotes.compose(made, both[0]), context) if one.code == "N130"]
    assert [one.printed.text for one in found if one.printed] == ["a trade-in"]
    assert [one.related[0].span.source.name for one in found] == ["facts/bo.yaml"]


def test_a_letter_with_facts_is_held_to_them_too() -> None:
    known = lintnotes.facts(facts_of("trade-in"))
    text = "Dear Ana,\n\nIt may be time for something newer."
    reading = read(with_origin(Note("letter.txt", "", text)), Medium.LETTER, Context(facts=known))
    assert [text[one.start : one.end] for one in unwanted_topic(reading)] == ["may be time for something newer"]


def test_an_unspaced_script_is_looked_for_letter_by_letter() -> None:
    assert [one.code for one in judged("離婚の話", "先日の離婚の話ですが。")] == ["N130"]
