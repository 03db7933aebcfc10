"""Cards and runs for the tests of the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from notegen import ledger
from notegen.ledger import Ledger
from notegen.model.ledger import FileMade, Kind, Look, NewNote, NewRun, Place, Run

NOW = datetime(2026, 11, 28, 10, 30, tzinfo=UTC)
LOOK = Look("thanks", "t" * 64, '{"hand": "neat-print"}', "us-a2", "en_US")
RUN = NewRun("thanks", ("batch", "facts", "-t", "thanks"), "c" * 64, "runs/2026-11-28-1", "cards.pdf")


def later(minutes: int) -> datetime:
    """Return a moment after NOW."""
    return NOW + timedelta(minutes=minutes)


def note(key: str, occasion: str = "thanks", sale: str = "2026-11-25", **more: object) -> NewNote:
    """Return a card for a customer whose name is the key in capitals."""
    values: dict[str, object] = {
        "customer": key,
        "name": key.replace("-", " ").title(),
        "occasion": occasion,
        "sale": sale,
        "period": "",
        "look": LOOK,
        "facts_digest": f"facts of {key}",
        "text": f"Dear {key},\nthank you for the Brompton.",
        "parts": '[["greeting", 0, 1]]',
        "seed": 7,
        "drawing": f"drawing of {key}",
        "cost": 145,
        "currency": "USD",
        "postcode": "97999",
        **more,
    }
    return NewNote(**values)  # type: ignore[arg-type]


def notes(count: int, first: int = 0, **more: object) -> list[NewNote]:
    """Return cards for so many customers."""
    return [note(f"customer-{number}", **more) for number in range(first, first + count)]


def made(path: str = "cards.pdf", number: int = 1, pages: int = 9) -> FileMade:
    """Return a file of cards."""
    return FileMade(Kind.CARDS, number, path, "f" * 64, 1000, pages)


def places(those: Iterable[NewNote]) -> list[Place]:
    """Return a page of the first file for each card."""
    return [Place(one.identity, one.again, 1, page) for page, one in enumerate(those, 1)]


def print_run(book: Ledger, those: list[NewNote], run: NewRun = RUN) -> Run:
    """Claim, approve and print cards."""
    name = ledger.begin(book, run, those, NOW).name
    ledger.approve(book, name, later(1), "nuria")
    ledger.pressed(book, name, [made(pages=len(those))], later(2))
    return ledger.printed(book, name, places(those), later(3))


def new(folder: Path) -> Ledger:
    """Make a ledger in a folder."""
    return ledger.open_ledger(folder / ledger.FILE, create=True)


def ledger_of(folder: Path, those: list[NewNote]) -> Ledger:
    """Make a ledger in which cards are printed."""
    book = new(folder)
    print_run(book, those)
    return book
