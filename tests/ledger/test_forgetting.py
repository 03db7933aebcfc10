"""Forgetting a person leaves no byte of them, and they stay forgotten."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from ledgers import NOW, RUN, later, ledger_of, made, new, note, notes, places, print_run

from notegen import ledger
from notegen.errors import NotegenError, UnknownName, UnwritableFile
from notegen.ledger import BusyLedger, Ledger, Suppressed, Wanted, WrongState, forgetting
from notegen.model.ledger import Again, FileMade, Kind, Person, State

SALT = bytes(range(32))
ANA = note(
    "ana-reyes-2026-03-04",
    name="Ana Réyes",
    text="Dear Ana,\nthe zanzibar-coloured Brompton suits you.",
    facts_digest="digest-of-her-facts",
    drawing="digest-of-her-drawing",
    household="home-of-the-reyes",
    sale="2026-03-04",
    postcode="97 999",
)
TRACES = [
    *("ana-reyes", "Réyes", "zanzibar", "digest-of-her", "home-of-the-reyes", "97 999", "spilled tea on Ana"),
    "2026-03-04",
]


def told(folder: Path) -> bytes:
    """Return all bytes of a folder's ledger, its log and its index."""
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def ana_printed(folder: Path) -> Ledger:
    """Make a ledger with a card of Ana's among others, and every place in which she can be named."""
    book = new(folder)
    run = replace(
        RUN, command=("batch", "facts", "--only", "Ana Réyes", "--only", ANA.customer), target="Ana Réyes.pdf"
    )
    print_run(book, [*notes(300), ANA, *notes(300, first=300)], run)
    again = FileMade(Kind.REPRINT, 1, "again.pdf", "a" * 64, 10, 1)
    ledger.reprinted(book, [Again(301, 1)], again, later(5), "nuria", "spilled tea on Ana")
    ledger.mark(book, [301], State.MAILED, later(6), "nuria", "spilled tea on Ana again")
    return book


def test_no_byte_is_left_of_who_is_erased(tmp_path: Path) -> None:
    with ana_printed(tmp_path) as book:
        before = told(tmp_path)
        assert [word for word in TRACES if word.encode() not in before] == []
        erased = ledger.erase(book, [ANA.customer], SALT, later(9))
        assert [word for word in TRACES if word.encode() in told(tmp_path)] == []
        assert (erased.notes, [run.name for run in erased.runs]) == (1, ["2026-11-28-1"])
        assert [(one.file.path, one.pages) for one in erased.files] == [("cards.pdf", (301,)), ("again.pdf", (1,))]
        assert erased.runs[0].command == ("batch", "facts", "--only", "(erased)", "--only", "(erased)")
        (card,) = [one for one in ledger.entries(book) if not one.note.customer]
        assert (card.state, card.note.cost, card.note.occasion) == (State.MAILED, 145, "thanks")
        assert [one.note for one in ledger.entries(book) if one.note.customer] == notes(600)
        assert [one.severity for one in ledger.verify(book, lambda path: "fa"["again" in path] * 64)] == ["error"] * 2
    assert [word for word in TRACES if word.encode() in told(tmp_path)] == []


def test_the_file_is_written_anew(tmp_path: Path) -> None:
    """What is deleted is overwritten besides; an SQLite that was built without that leaves it in free pages."""
    with ledger_of(tmp_path, [replace(ANA, text="zanzibar " * 9000)]) as book:
        before = book.connection.execute("PRAGMA page_count").fetchone()[0]
        ledger.erase(book, [ANA.customer], SALT, later(9))
        assert book.connection.execute("PRAGMA freelist_count").fetchone()[0] == 0
        assert book.connection.execute("PRAGMA page_count").fetchone()[0] < before - 15


def test_a_file_is_clean_when_it_was_written_anew(tmp_path: Path) -> None:
    with ana_printed(tmp_path) as book:
        cards, again = ledger.erase(book, [ANA.customer], SALT, later(9)).files
        shorter = FileMade(Kind.CARDS, 1, "cards.pdf", "b" * 64, 900, 600)
        ledger.scrubbed(book, cards.run, shorter, {page: page - 1 for page in range(302, 602)})
        assert [one.file.path for one in ledger.held(book)] == ["again.pdf"]
        assert [one.page for one in ledger.entries(book) if one.note.customer] == list(range(1, 601))
        ledger.scrubbed(book, again.run, replace(again.file, pages=0), {})
        assert ledger.held(book) == ()
        assert ledger.verify(book, lambda path: "ba"["again" in path] * 64) == ()
        with pytest.raises(NotegenError, match="has no file 7 of cards"):
            ledger.scrubbed(book, cards.run, replace(shorter, number=7), {})


def test_envelopes_and_slips_hold_the_person_too(tmp_path: Path) -> None:
    with new(tmp_path) as book:
        name = ledger.begin(book, RUN, [ANA, *notes(1)], NOW).name
        ledger.approve(book, name, NOW, "")
        others = [replace(made(f"{kind}.pdf"), kind=kind) for kind in (Kind.ENVELOPES, Kind.SLIP)]
        ledger.pressed(book, name, [made(), *others], NOW)
        ledger.printed(book, name, places([ANA, *notes(1)]), NOW)
        files = ledger.erase(book, [ANA.customer], SALT, later(9)).files
        assert [(one.file.path, one.pages) for one in files] == [
            ("cards.pdf", (1,)),
            ("envelopes.pdf", ()),
            ("slip.pdf", ()),
        ]


def test_a_file_that_a_later_run_has_overwritten_is_not_touched(tmp_path: Path) -> None:
    with ledger_of(tmp_path, [ANA]) as book:
        print_run(book, notes(1))
        assert ledger.erase(book, [ANA.customer], SALT, later(9)).files == ()
    (tmp_path / "other").mkdir()
    with ledger_of(tmp_path / "other", [ANA]) as book:
        name = ledger.begin(book, RUN, notes(1), NOW).name
        ledger.approve(book, name, NOW, "")
        ledger.pressed(book, name, [made()], NOW)
        assert [one.file.path for one in ledger.erase(book, [ANA.customer], SALT, later(9)).files] == ["cards.pdf"]


def test_who_was_erased_is_known_by_key_and_by_name_and_postcode(tmp_path: Path) -> None:
    ana = Person(ANA.customer, ANA.name, ANA.postcode)
    with ledger_of(tmp_path, [ANA, *notes(1)]) as book:
        assert ledger.suppressed(book, [ana]) == frozenset()
        ledger.erase(book, [ANA.customer], SALT, later(9))
        asked = [
            Person(ANA.customer, "Anna Reyes", ""),
            Person("b", "ana  REYES", "97999"),
            Person("c", "Ana Reyes", "97998"),
            Person("d", "Ana Reyes", ""),
            Person("customer-0", "Customer 0", "97999"),
        ]
        assert ledger.suppressed(book, asked) == {ANA.customer, "b"}


def test_a_name_without_a_postcode_is_everybodys(tmp_path: Path) -> None:
    with ledger_of(tmp_path, [replace(ANA, postcode="")]) as book:
        ledger.erase(book, [ANA.customer], SALT, later(9))
        assert ledger.suppressed(book, [Person("other", ANA.name, "")]) == frozenset()


def test_who_was_erased_cannot_be_claimed_by_what_was_written_before(tmp_path: Path) -> None:
    with ledger_of(tmp_path, [ANA]) as book:
        ledger.erase(book, [ANA.customer], SALT, later(9))
        for one in (replace(ANA, occasion="birthday"), replace(ANA, customer="ana-reyes-2027")):
            with pytest.raises(Suppressed, match="asked to be forgotten; nothing was claimed") as refused:
                ledger.begin(book, RUN, [*notes(2), one], later(10))
            assert refused.value.customers == (one.customer,)
        assert [word for word in TRACES if word.encode() in told(tmp_path)] == []
        assert len(ledger.runs(book)) == 1


def test_the_first_salt_stays(tmp_path: Path) -> None:
    with ledger_of(tmp_path, notes(3)) as book:
        ledger.erase(book, ["customer-0"], SALT, later(9))
        ledger.erase(book, ["customer-1"], SALT[::-1], later(9))
        assert ledger.suppressed(book, [Person(one.customer, "", "") for one in notes(3)]) == {
            "customer-0",
            "customer-1",
        }
        with pytest.raises(NotegenError, match="can be guessed"):
            ledger.erase(book, ["customer-2"], b"pepper", later(9))


def test_cards_that_wait_for_the_printer_are_withdrawn(tmp_path: Path) -> None:
    with new(tmp_path) as book:
        name = ledger.begin(book, RUN, [ANA, *notes(1)], NOW).name
        ledger.approve(book, name, NOW, "")
        ledger.erase(book, [ANA.customer], SALT, later(1))
        ledger.pressed(book, name, [made()], later(2))
        ledger.printed(book, name, places(notes(1)), later(3))
        assert [one.state for one in ledger.entries(book)] == [State.WITHDRAWN, State.PRINTED]
        assert ledger.verify(book, lambda _: "f" * 64) == ()


def test_what_is_being_printed_is_not_erased(tmp_path: Path) -> None:
    with new(tmp_path) as book:
        name = ledger.begin(book, RUN, [ANA], NOW).name
        ledger.approve(book, name, NOW, "")
        ledger.pressed(book, name, [made()], NOW)
        with pytest.raises(WrongState, match="is being printed"):
            ledger.erase(book, [ANA.customer], SALT, NOW)
        assert next(ledger.entries(book)).note == ANA


def test_an_unknown_key_is_told_and_nobody_is_erased(tmp_path: Path) -> None:
    with ledger_of(tmp_path, notes(2)) as book:
        with pytest.raises(UnknownName, match="no customer in the ledger called 'customer-9'"):
            ledger.erase(book, ["customer-0", "customer-9"], SALT, later(9))
        assert len([one for one in ledger.entries(book) if one.note.customer]) == 2


def test_people_are_found_by_key_and_name_with_their_other_keys(tmp_path: Path) -> None:
    other = replace(ANA, customer="ana-2025", sale="2025-01-02")
    far = replace(ANA, customer="ana-far", postcode="10115")
    with ledger_of(tmp_path, [ANA, other, far, *notes(2)]) as book:
        everybody = tuple(Person(one.customer, one.name, one.postcode) for one in (ANA, other, far))
        assert ledger.people(book, "ANA RÉYES") == everybody
        assert ledger.people(book, "ana-2025") == everybody
        assert ledger.people(book, "nobody") == ()
        ledger.erase(book, ["ana-2025"], SALT, later(9))
        assert ledger.people(book, "ana réyes") == (everybody[0], everybody[2])


def test_an_old_reader_keeps_bytes_alive_and_that_is_told(tmp_path: Path) -> None:
    with ana_printed(tmp_path) as book:
        book.connection.execute("PRAGMA busy_timeout = 20")
        with ledger.read_ledger(book.path) as reader:
            seen = ledger.entries(reader)
            next(seen)
            with pytest.raises(BusyLedger, match=r"still in its log|has been writing"):
                ledger.erase(book, [ANA.customer], SALT, later(9))
            seen.close()
        assert list(ledger.entries(book, Wanted(customer=ANA.customer))) == []
        assert ledger.unscoured(book)
        assert any("may still have bytes" in one.message for one in ledger.verify(book, lambda _: "f" * 64))
        ledger.scour(book)
        assert not ledger.unscoured(book)
        assert [word for word in TRACES if word.encode() in told(tmp_path)] == []


def test_a_disk_too_full_to_write_the_file_anew_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(book: Ledger) -> None:
        raise UnwritableFile(f"cannot write {book.path}: the disk is full")

    with ledger_of(tmp_path, [ANA]) as book:
        with monkeypatch.context() as patch:
            patch.setattr(forgetting, "scour", full)
            with pytest.raises(UnwritableFile, match="the disk is full: who was erased is out of the ledger, but not"):
                ledger.erase(book, [ANA.customer], SALT, later(9))
        assert ledger.unscoured(book)
        assert [one.note.name for one in ledger.entries(book)] == [""]


def test_a_short_name_spoils_no_other_word(tmp_path: Path) -> None:
    with new(tmp_path) as book:
        print_run(book, [note("al", name="Al")], replace(RUN, command=("batch", "--all", "Al", "metal.yaml")))
        erased = ledger.erase(book, ["al"], SALT, later(9))
        assert erased.runs[0].command == ("batch", "--all", "(erased)", "metal.yaml")
        kept = book.connection.execute("SELECT command FROM runs").fetchone()[0]
        assert json.loads(kept) == list(erased.runs[0].command)
