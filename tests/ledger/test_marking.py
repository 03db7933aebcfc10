"""What becomes of single cards: mailed, returned, answered, printed once more, withdrawn."""

from __future__ import annotations

from datetime import timedelta, timezone
from itertools import product
from pathlib import Path

import pytest
from ledgers import NOW, RUN, later, ledger_of, made, new, note, notes, places

from notegen import ledger
from notegen.errors import NotegenError
from notegen.ledger import NEXT, Ledger, Wanted, WrongState
from notegen.model.ledger import Again, FileMade, Kind, Marked, State


def state_of(book: Ledger, number: int) -> State:
    """Return a card's state."""
    return next(one.state for one in ledger.entries(book) if one.id == number)


def test_cards_are_mailed_and_answered(tmp_path: Path) -> None:
    with ledger_of(tmp_path, notes(3)) as book:
        assert ledger.mark(book, [1, 2], State.MAILED, later(9), "nuria") == Marked(2, 0)
        assert ledger.mark(book, [1, 2, 3], State.MAILED, later(10), "nuria") == Marked(1, 2)
        assert ledger.mark(book, [2], State.ANSWERED, later(11), "rick", "she rang") == Marked(1, 0)
        assert ledger.mark(book, [1, 2, 3], State.MAILED, later(12)) == Marked(0, 3)
        assert [one.state for one in ledger.entries(book)] == [State.MAILED, State.ANSWERED, State.MAILED]
        assert [(one.what, one.at, one.by, one.reason) for one in ledger.events(book, 2)][-2:] == [
            ("mailed", later(9), "nuria", ""),
            ("answered", later(11), "rick", "she rang"),
        ]
        assert ledger.verify(book, lambda _: "f" * 64) == ()


def test_what_is_not_printed_cannot_be_mailed(tmp_path: Path) -> None:
    with new(tmp_path) as book:
        name = ledger.begin(book, RUN, notes(2), NOW).name
        ledger.approve(book, name, NOW, "")
        with pytest.raises(WrongState, match=r"Customer 1's card .*is approved and cannot be marked as mailed") as told:
            ledger.mark(book, [2], State.MAILED, NOW)
        assert told.value.hint == "print its run first"


def test_one_card_that_cannot_keeps_all_as_they_were(tmp_path: Path) -> None:
    with ledger_of(tmp_path, notes(2)) as book:
        ledger.mark(book, [2], State.MAILED, later(4))
        with pytest.raises(WrongState, match=r"Customer 0's card .*is printed"):
            ledger.mark(book, [2, 1], State.RETURNED, later(5))
        assert [one.state for one in ledger.entries(book)] == [State.PRINTED, State.MAILED]


@pytest.mark.parametrize(("state", "wanted"), list(product(State, State)))
def test_only_what_may_follow_follows(tmp_path: Path, state: State, wanted: State) -> None:
    ways = {
        State.MAILED: (State.MAILED,),
        State.RETURNED: (State.MAILED, State.RETURNED),
        State.ANSWERED: (State.MAILED, State.ANSWERED),
        State.WITHDRAWN: (State.WITHDRAWN,),
    }
    with new(tmp_path) as book:
        name = ledger.begin(book, RUN, notes(1), NOW).name
        if state is not State.PREPARED:
            ledger.approve(book, name, NOW, "")
        if state not in (State.PREPARED, State.APPROVED):
            ledger.pressed(book, name, [made()], NOW)
            ledger.printed(book, name, places(notes(1)), NOW)
        for step in ways.get(state, ()):
            ledger.mark(book, [1], step, NOW)
        past = {State.MAILED: {State.RETURNED, State.ANSWERED}}.get(wanted, set()) | {wanted}
        if state in past:
            assert ledger.mark(book, [1], wanted, NOW) == Marked(0, 1)
        elif wanted in NEXT[state]:
            assert ledger.mark(book, [1], wanted, NOW) == Marked(1, 0)
            assert state_of(book, 1) is wanted
        else:
            with pytest.raises(WrongState):
                ledger.mark(book, [1], wanted, NOW)
            assert state_of(book, 1) is state


def test_a_day_before_the_last_change_is_refused_and_the_same_day_is_not(tmp_path: Path) -> None:
    """A day is told without an hour: by the clock of whoever tells it, not by that of Greenwich."""
    with ledger_of(tmp_path, notes(1)) as book:
        with pytest.raises(WrongState, match="was printed on 2026-11-28 and cannot have been mailed on 2026-11-27"):
            ledger.mark(book, [1], State.MAILED, NOW - timedelta(days=1))
        morning = NOW.astimezone(timezone(timedelta(hours=-8))).replace(hour=0)
        ledger.mark(book, [1], State.MAILED, morning)
        (card,) = ledger.entries(book)
        assert (card.state, card.at) == (State.MAILED, later(3))


def test_a_withdrawn_card_can_be_claimed_again(tmp_path: Path) -> None:
    with ledger_of(tmp_path, notes(2)) as book:
        ledger.mark(book, [1], State.WITHDRAWN, later(5), "nuria", "wrong name")
        ledger.begin(book, RUN, notes(1), later(6))
        assert [one.state for one in ledger.entries(book)] == [State.WITHDRAWN, State.PRINTED, State.PREPARED]
        with pytest.raises(WrongState, match="is withdrawn and cannot be marked as mailed"):
            ledger.mark(book, [1], State.MAILED, later(7))


def test_what_is_being_printed_is_not_withdrawn(tmp_path: Path) -> None:
    with new(tmp_path) as book:
        name = ledger.begin(book, RUN, notes(1), NOW).name
        ledger.approve(book, name, NOW, "")
        ledger.pressed(book, name, [made()], NOW)
        with pytest.raises(WrongState, match="is being printed"):
            ledger.mark(book, [1], State.WITHDRAWN, NOW)


def test_a_number_that_no_card_has_is_told(tmp_path: Path) -> None:
    with ledger_of(tmp_path, notes(1)) as book, pytest.raises(NotegenError, match="no such card"):
        ledger.mark(book, [1, 7], State.MAILED, later(4))


def test_a_reprint_is_told_with_its_reason_and_has_to_be_mailed_again(tmp_path: Path) -> None:
    with ledger_of(tmp_path, [note("a"), note("b")]) as book:
        ledger.mark(book, [2], State.MAILED, later(4))
        ledger.mark(book, [2], State.RETURNED, later(5))
        again = FileMade(Kind.REPRINT, 1, "again.pdf", "a" * 64, 10, 2)
        ledger.reprinted(book, [Again(1, 1), Again(2, 2)], again, later(6), "nuria", "coffee")
        ledger.reprinted(book, [Again(1, 1)], again, later(7), "nuria", "more coffee")
        assert [one.state for one in ledger.entries(book)] == [State.PRINTED, State.PRINTED]
        last = ledger.events(book, 1)[-2]
        assert (last.what, last.reason, last.path, last.page) == ("reprinted", "coffee", "again.pdf", 1)
        assert [one.number for one in ledger.files_of(book, "2026-11-28-1") if one.kind is Kind.REPRINT] == [1, 2]
        (card,) = ledger.entries(book, Wanted(customer="b"))
        assert (card.path, card.page) == ("cards.pdf", 2)
        ledger.mark(book, [2], State.MAILED, later(8))
        assert ledger.verify(book, lambda path: {"cards.pdf": "f" * 64, "again.pdf": "a" * 64}[path]) == ()


@pytest.mark.parametrize(("reason", "words"), [(" ", "for a reason"), ("jam", "is prepared")])
def test_a_reprint_needs_a_reason_and_a_card_that_was_printed(tmp_path: Path, reason: str, words: str) -> None:
    with new(tmp_path) as book:
        ledger.begin(book, RUN, notes(1), NOW)
        with pytest.raises(NotegenError, match=words):
            ledger.reprinted(book, [Again(1, 1)], made(), NOW, "", reason)
