"""A run claims its cards, all or none, is approved, prints, or gives them back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from ledgers import NOW, RUN, later, made, new, note, notes, places, print_run

from notegen import ledger
from notegen.errors import NotegenError, UnknownName
from notegen.ledger import Taken, Wanted, WrongState
from notegen.model.ledger import RunState, State, identity


def test_a_run_is_kept_as_it_was_given(tmp_path: Path) -> None:
    with new(tmp_path) as book:
        run = ledger.begin(book, RUN, notes(3), NOW)
        assert (run.name, run.state, run.notes, run.made) == ("2026-11-28-1", RunState.PREPARED, 3, NOW)
        assert (run.command, run.context, run.folder, run.target) == (
            RUN.command,
            RUN.context,
            RUN.folder,
            RUN.target,
        )
        kept = list(ledger.entries(book))
        assert [one.note for one in kept] == notes(3)
        assert {one.state for one in kept} == {State.PREPARED}


def test_runs_of_a_day_are_numbered_and_may_be_named(tmp_path: Path) -> None:
    with new(tmp_path) as book:
        assert ledger.begin(book, RUN, [note("a")], NOW).name == "2026-11-28-1"
        assert ledger.begin(book, replace(RUN, name="2026-11-28-10"), [note("b")], NOW).name == "2026-11-28-10"
        assert ledger.next_name(book, NOW) == "2026-11-28-11"
        assert ledger.begin(book, RUN, [note("c")], NOW).name == "2026-11-28-11"
        with pytest.raises(NotegenError, match="there is a run 2026-11-28-1 already"):
            ledger.begin(book, replace(RUN, name="2026-11-28-1"), [note("d")], NOW)


def test_a_card_that_somebody_has_stops_the_claim_and_is_named(tmp_path: Path) -> None:
    with new(tmp_path) as book:
        ledger.begin(book, RUN, notes(3), NOW)
        with pytest.raises(Taken, match="Customer 1's card is prepared in run 2026-11-28-1 already and 1 more") as told:
            ledger.begin(book, RUN, notes(700, first=1), NOW)
        assert [(one.identity, one.run, one.state) for one in told.value.claimed] == [
            (one.identity, "2026-11-28-1", State.PREPARED) for one in notes(2, first=1)
        ]
        assert [run.notes for run in ledger.runs(book)] == [3]
        assert len(list(ledger.entries(book))) == 3


@pytest.mark.parametrize("apart", [1, 900])
def test_one_card_twice_in_a_run_stops_the_claim(tmp_path: Path, apart: int) -> None:
    with new(tmp_path) as book:
        with pytest.raises(Taken) as told:
            ledger.begin(book, RUN, [note("a"), *notes(apart - 1), note("a")], NOW)
        assert (told.value.total, told.value.claimed[0].identity) == (1, note("a").identity)
        assert ledger.runs(book) == ()


def test_the_database_itself_holds_no_card_twice(tmp_path: Path) -> None:
    with new(tmp_path) as book:
        ledger.begin(book, RUN, [note("a"), note("b")], NOW)
        with pytest.raises(NotegenError, match="UNIQUE"), book.writing() as connection:
            connection.execute("UPDATE notes SET identity = ?", (note("c").identity,))


@pytest.mark.parametrize("word", ["Ana\0Reyes", "日本 🎈", "O'Neill; --", "\u202eana", "a" * 5000])
def test_any_text_is_kept_as_it_is(word: str, tmp_path: Path) -> None:
    one = replace(note(word), name=word, text=word, occasion=word, seed=2**70, sale=word)
    with new(tmp_path) as book:
        ledger.begin(book, RUN, [one], NOW)
        assert next(ledger.entries(book, Wanted(customer=word))).note == one
        assert set(ledger.taken(book, [one.identity])) == {one.identity}
        with pytest.raises(Taken):
            ledger.begin(book, RUN, [one], NOW)
        assert [person.name for person in ledger.people(book, word)] == [word]
        assert ledger.verify(book, lambda _: None) == ()
        assert ledger.erase(book, [word], bytes(32), NOW).notes == 1
        assert ledger.verify(book, lambda _: None) == ()


def test_half_a_character_is_refused_and_nothing_is_claimed(tmp_path: Path) -> None:
    with new(tmp_path) as book:
        with pytest.raises(NotegenError, match="is half a character"):
            ledger.begin(book, RUN, [note("a"), note("b", name="B\ud83c")], NOW)
        assert ledger.runs(book) == ()


def test_another_card_on_purpose_and_another_occasion_are_other_cards(tmp_path: Path) -> None:
    with new(tmp_path) as book:
        ledger.begin(book, RUN, [note("a")], NOW)
        more = [note("a", again=1), note("a", "birthday"), note("a", sale="2026-01-01"), note("a", period="2026")]
        ledger.begin(book, RUN, more, NOW)
        assert ledger.taken(book, [note("a").identity])[note("a").identity].again == 1


def test_of_two_cards_a_run_finds_its_own(tmp_path: Path) -> None:
    with new(tmp_path) as book:
        first, second = (ledger.begin(book, RUN, [note("a", again=again)], NOW).name for again in range(2))
        for run, again in ((first, 0), (second, 1), ("", 1), ("2020-01-01-1", 1)):
            found = ledger.taken(book, [note("a").identity], run)[note("a").identity]
            assert (found.run, found.again) == ((first, second)[again], again)


def test_taken_finds_in_bulk_what_somebody_has(tmp_path: Path) -> None:
    with new(tmp_path) as book:
        run = print_run(book, notes(1200))
        asked = [one.identity for one in notes(2000, first=600)]
        found = ledger.taken(book, iter(asked))
        assert set(found) == set(asked[:600])
        assert {(one.run, one.state, one.at) for one in found.values()} == {(run.name, State.PRINTED, later(3))}


def test_a_run_goes_from_prepared_to_printed(tmp_path: Path) -> None:
    with new(tmp_path) as book:
        name = ledger.begin(book, RUN, notes(2), NOW).name
        assert [run.name for run in ledger.unfinished(book)] == [name]
        with pytest.raises(WrongState, match="is prepared"):
            ledger.pressed(book, name, [made()], NOW)
        assert ledger.approve(book, name, later(1), "nuria").state is RunState.APPROVED
        assert ledger.approve(book, name, later(2), "nuria").at == later(1)
        with pytest.raises(WrongState, match="is approved"):
            ledger.printed(book, name, places(notes(2)), NOW)
        assert ledger.pressed(book, name, [made("old.pdf")], later(2)).state is RunState.PRINTING
        ledger.pressed(book, name, [made("new.pdf")], later(2))
        assert [one.path for one in ledger.files_of(book, name)] == ["new.pdf"]
        assert ledger.printed(book, name, places(notes(2)), later(3)).state is RunState.PRINTED
        assert ledger.printed(book, name, [], later(4)).at == later(3)
        kept = list(ledger.entries(book, Wanted(run=name)))
        assert [(one.state, one.file, one.path, one.page) for one in kept] == [
            (State.PRINTED, 1, "new.pdf", 1),
            (State.PRINTED, 1, "new.pdf", 2),
        ]
        assert [(one.what, one.at, one.by) for one in ledger.events(book, kept[0].id)] == [
            ("prepared", NOW, ""),
            ("approved", later(1), "nuria"),
            ("printed", later(3), ""),
        ]
        assert ledger.unfinished(book) == ()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda all_: all_[:1], "1 of its cards are on no page"),
        (lambda all_: [*all_, all_[0]], "two places"),
        (lambda all_: [*all_, replace(all_[0], again=1)], "two places, or is not of this run"),
        (lambda all_: [replace(one, file=2) for one in all_], "no file 2"),
    ],
)
def test_printing_places_each_card_once(tmp_path: Path, wrong: object, words: str) -> None:
    with new(tmp_path) as book:
        name = ledger.begin(book, RUN, notes(2), NOW).name
        ledger.approve(book, name, NOW, "")
        ledger.pressed(book, name, [made()], NOW)
        with pytest.raises(NotegenError, match=words):
            ledger.printed(book, name, wrong(places(notes(2))), NOW)  # type: ignore[operator]
        assert {one.state for one in ledger.entries(book)} == {State.APPROVED}


def test_a_withdrawn_run_gives_its_cards_back(tmp_path: Path) -> None:
    with new(tmp_path) as book:
        name = ledger.begin(book, RUN, notes(2), NOW).name
        assert ledger.withdraw(book, name, later(1), "wrong list").state is RunState.WITHDRAWN
        assert ledger.taken(book, [notes(1)[0].identity]) == {}
        ledger.begin(book, RUN, notes(2), later(2))
        with pytest.raises(WrongState, match="withdrawn already"):
            ledger.withdraw(book, name, later(3), "again")
        first = next(ledger.entries(book, Wanted(run=name)))
        assert [(one.what, one.reason) for one in ledger.events(book, first.id)][-1] == ("withdrawn", "wrong list")


def test_an_unknown_run_is_told_its_neighbour(tmp_path: Path) -> None:
    with new(tmp_path) as book:
        ledger.begin(book, RUN, notes(1), NOW)
        with pytest.raises(UnknownName) as told:
            ledger.approve(book, "2026-11-28-2", NOW, "")
        assert told.value.hint == "did you mean '2026-11-28-1'?"


def test_a_run_of_nobody_is_refused(tmp_path: Path) -> None:
    with new(tmp_path) as book:
        with pytest.raises(NotegenError, match="no cards"):
            ledger.begin(book, RUN, [], NOW)
        assert ledger.runs(book) == ()


def test_an_identity_keeps_its_words_apart() -> None:
    assert identity("a", "b", "", "") != identity("a\x1fb", "", "", "")
