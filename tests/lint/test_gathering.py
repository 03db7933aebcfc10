"""A batch judged by its briefs has the findings that it has when every note is laid beside every other."""

from __future__ import annotations

import io
import pickle
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from typing import Any
from unittest import mock

import lintnotes
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notegen import lint
from notegen.errors import NotegenError
from notegen.lint.gathering import ALIKE, COMPARED, LEAST_NOTES, LEAST_RUNS, SPILL
from notegen.lint.households import Place, places
from notegen.lint.pairs import Pairs, alike
from notegen.lint.place import fact_span, locate
from notegen.lint.rules.batch import NAMED, Sent, Sentence, own_words, sent, sentences
from notegen.lint.wishes import wishes
from notegen.model.diagnostic import Diagnostic
from notegen.model.facts import Facts
from notegen.model.note import Note

WHOLE = "Dear {{ customer.name }},\n\n{{ remember.0 }} REST\n\nYours,\nRick"
MADE = tuple(
    replace(lintnotes.template(WHOLE.replace("REST", rest)), name=name)
    for name, rest in (
        ("thanks", "It was a pleasure to have you in the shop. {{ remember.1 }}"),
        ("later", "{{ remember.1 }} How does it do, and does the lid still rattle?"),
    )
)
MEMORIES = (
    "You rang the bell twice, and the dog sat up.", "You made our day, and we talked of nothing else.",
    "You MADE our day, and we talked of nothing else.", "It was a pleasure to have you in the shop.", "Tea.",
    "Your pie was gone by noon on Friday, crumbs and all.", "The hinge is oiled and the blue door shuts again.",
)  # fmt: skip
PERSON = st.fixed_dictionaries(
    {
        "key": st.sampled_from([*"abcdefghijklmnop", "a"]),
        "name": st.sampled_from(("Ana Reyes", "Bo Reyes", "Cy Poe", "Bo")),
        "street": st.sampled_from(("8 Canal Street", "9 Canal Street", "1 Mill Road", "")),
        "town": st.sampled_from(("97999", "10001", "")),
        "company": st.sampled_from(("", "", "Hoshikawa Rail")),
        "household": st.sampled_from(((), (), ("Ana Reyes", "Bo Reyes"), ("Cy Poe", "Cy Poe"))),
        "memories": st.tuples(st.sampled_from(MEMORIES), st.sampled_from(MEMORIES)),
        "made": st.sampled_from(MADE),
        "wish": st.sampled_from(("", "", "", "{topic: trade-in, scope: household}", "referral")),
    }
)


def facts(one: dict[str, Any]) -> Facts:
    given = "".join(
        f"  {key}: {value}\n" for key, value in (("name", one["name"]), ("company", one["company"])) if value
    )
    given += f"  household: [{', '.join(one['household'])}]\n" if one["household"] else ""
    given += f"  address: {{street: '{one['street']}', postcode: '{one['town']}'}}\n"
    remembered = "".join(f'  - "{memory}"\n' for memory in one["memories"])
    wish = f"preferences:\n  do_not: [{one['wish']}]\n" if one["wish"] else ""
    return lintnotes.facts(f"customer:\n{given}remember:\n{remembered}{wish}", one["key"])


def by_hand(batch: list[Sent], share: float, most: float) -> list[tuple[object, ...]]:
    """Judge a batch with every note at hand, in sets and dicts of words."""
    said = [sentence for one in batch for sentence in sentences(one)]
    return [*pairs_by_hand(batch), *memories_by_hand(said), *circular_by_hand(batch, said, share, most)]


def pairs_by_hand(batch: list[Sent]) -> Iterator[tuple[object, ...]]:
    groups: dict[Place, list[Sent]] = {}
    for one in batch:
        for place in places(one.facts):
            groups.setdefault(place, []).append(one)
    seen = set()
    for place, group in groups.items():
        for one, other in twins_of(group):
            if (one.note.key, one.note.template) not in seen:
                seen.add((one.note.key, one.note.template))
                yield place.kind, one.home, other.home


def memories_by_hand(said: list[Sentence]) -> Iterator[tuple[object, ...]]:
    by_text: dict[str, dict[str, Sentence]] = {}
    for sentence in said:
        if sentence.remembered:
            by_text.setdefault(sentence.folded, {}).setdefault(sentence.sent.facts.key, sentence)
    for told in by_text.values():
        first, *others = told.values()
        home = {place for place in places(first.sent.facts) if place.kind == "household"}
        strangers = [one for one in others if home.isdisjoint(places(one.sent.facts))]
        if strangers:
            spans = [fact_span(one.sent.facts, one.remembered) for one in (first, *strangers[: NAMED - 1])]
            yield len(strangers) + 1, *spans


def circular_by_hand(
    batch: list[Sent], said: list[Sentence], share: float, most: float
) -> Iterator[tuple[object, ...]]:
    counts = Counter(folded for folded, _ in {(one.folded, id(one.sent)) for one in said})
    common = {folded for folded, count in counts.items() if count > share * len(batch)}
    total = sum(len(one.note.text[b.start : b.end].split()) for one in batch for b in one.body)
    shared = sum(one.words for one in said if one.folded in common)
    if len(batch) >= LEAST_NOTES and total and shared > most * total:
        first = next(one for one in said if one.folded in common)
        yield f"{shared / total:.0%} of the words", locate(first.sent.note, first.start, first.end)


def twins_of(group: list[Sent]) -> list[tuple[Sent, Sent]]:
    different: list[tuple[Sent, set[object]]] = []
    twins = []
    for one in group:
        words = own_words(one)
        runs: set[object] = set(zip(words, words[1:], words[2:], strict=False))
        if len(runs) < LEAST_RUNS:
            continue
        twin = next((o for o, other in different if len(runs & other) >= ALIKE * min(len(runs), len(other))), None)
        if twin is None:
            different = [*different[-COMPARED + 1 :], (one, runs)]
        elif twin.facts.key != one.facts.key:
            twins.append((one, twin))
    return twins


def told(found: Sequence[Diagnostic]) -> list[tuple[object, ...]]:
    """Return what findings say in the form of `by_hand`."""
    said: list[tuple[object, ...]] = []
    for one in found:
        near = {"household": "one household", "office": "people of one company", "street": "neighbours"}
        if one.code == "B101":
            kind = next(kind for kind, words in near.items() if f", {words}" in one.message)
            said.append((kind, one.span, one.related[0].span))
        elif "memory" in one.message:
            _, _, more = one.message.partition(" and ")
            names = len(one.related) + 1
            said.append((names + int(more.split()[0]) if more else names, one.span, *(r.span for r in one.related)))
        else:
            said.append((one.message[: one.message.index(" of ")] + " of the words", one.span))
    return said


@settings(max_examples=120, deadline=None)
@given(st.lists(PERSON, max_size=16), st.sampled_from((0.5, 0.2, 0.9)), st.sampled_from((0.6, 0.05)))
def test_briefs_find_what_laying_every_note_beside_every_other_finds(
    rows: list[dict[str, Any]], share: float, most: float
) -> None:
    people = [facts(row) for row in rows]
    notes = [lintnotes.compose(row["made"], one) for row, one in zip(rows, people, strict=True)]
    expected = by_hand([sent(*pair) for pair in zip(notes, people, strict=True)], share, most)
    assert told(lint.check_batch(notes, people, share=share, most=most)) == expected

    asked: list[int] = []

    def again(numbers: Sequence[int]) -> list[tuple[Note, Facts]]:
        asked.extend(numbers)
        return [(notes[number // 2], people[number // 2]) for number in numbers]

    with lint.Together() as batch:
        for pair in zip(notes, people, strict=True):
            batch.add(pickle.loads(pickle.dumps(lint.brief(*pair))))
            batch.add(lint.brief(None, pair[1]))
        assert told(list(lint.judged_together(batch, again, share=share, most=most))) == expected
    assert len(asked) <= NAMED * len(expected)


@settings(max_examples=120, deadline=None)
@given(st.lists(PERSON, max_size=12))
def test_homes_bind_those_whose_fellows_have_a_wish_for_all(rows: list[dict[str, Any]]) -> None:
    people = [facts(row) for row in rows]
    homes = lint.Homes()
    for one in people:
        homes.add(lint.brief(None, one))
    near = lint.fellows(people)
    expected = {
        number: [other for other in near.get(one.key, ()) if any(wish.for_household for wish in wishes(other))]
        for number, one in enumerate(people)
    }
    bound = {number: [people[other] for other in others] for number, others in homes.bound().items()}
    assert bound == {number: others for number, others in expected.items() if others}


@settings(max_examples=60)
@given(st.lists(st.integers(0, 9), max_size=40))
def test_alike_is_in_the_order_of_the_column(values: list[int]) -> None:
    from array import array

    expected: dict[int, list[int]] = {}
    for place, value in enumerate(values):
        expected.setdefault(value, []).append(place)
    column = array("Q", values)
    assert list(alike(column)) == [places for places in expected.values() if len(places) > 1]
    long = column * (20_001 // max(1, len(values)) + 1)
    assert [group[: len(expected[long[group[0]]])] for group in alike(long)] == list(expected.values())


def test_a_large_batch_spills_and_is_judged_the_same() -> None:
    row = {"key": "a", "name": "Ana Reyes", "street": "", "town": "", "company": "", "household": (), "wish": ""}
    one = facts({**row, "memories": MEMORIES[:2]})
    note = lintnotes.compose(MADE[0], one)
    brief = lint.brief(note, one)
    assert len(pickle.dumps(brief)) < 1200
    spill = io.BytesIO()
    with lint.Together(spill) as batch:
        for number in range(2 * SPILL // (8 * len(brief.runs))):
            batch.add(replace(brief, key=number, card=number))
        assert spill.tell() > SPILL
        (memory, _, circular) = lint.judged_together(batch, lambda numbers: [(note, one)] * len(numbers))
    assert memory.message.endswith(f"and {number + 1 - NAMED} more")
    assert f"{number + 1:,} notes" in circular.message


def test_a_full_disk_is_told_in_a_sentence() -> None:
    class Full(io.BytesIO):
        def write(self, _: object) -> int:
            raise OSError(28, "No space left on device")

    one = facts({"key": "a", "name": "Ana", "street": "", "town": "", "company": "", "household": (), "wish": "",
                 "memories": MEMORIES[:2]})  # fmt: skip
    brief = lint.brief(lintnotes.compose(MADE[0], one), one)
    with lint.Together(Full()) as batch, pytest.raises(NotegenError, match="could not be kept: No space left"):
        for _ in range(SPILL // 1000):
            batch.add(brief)
    with lint.Together(Full()) as batch, pytest.raises(NotegenError, match="could not be kept: No space left"):
        for number in range(LEAST_NOTES):
            batch.add(replace(brief, key=number, card=number))
        batch.common(0.5, 0.6)


@given(st.lists(st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 40), max_size=4), max_size=30), st.booleans())
def test_pairs_group_what_stands_more_than_once(rows: list[list[int]], crowded: bool) -> None:
    """With maps of a few bits nearly all numbers look shared; the file still says which are."""
    bits = mock.patch("notegen.lint.pairs.BITS", 8) if crowded else nullcontext()
    with bits:
        pairs = Pairs()
        for who, numbers in enumerate(rows):
            pairs.add(numbers, who)
        expected: dict[int, list[int]] = {}
        for who, numbers in enumerate(rows):
            for number in numbers:
                expected.setdefault(number, []).append(who)
        assert list(pairs.groups()) == [(number, whose) for number, whose in expected.items() if len(whose) > 1]
        assert [pairs.of(who) for who in range(len(rows))] == rows
        pairs.close()
