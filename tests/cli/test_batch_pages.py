"""The page that the ledger names for a card is the page that the card is on."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from conftest import Run

from notegen.ledger import entries, read_ledger

PERSON = """---
key: {key}
customer: {{name: {name}, greeting: {greeting}}}
sale: {{date: 2026-03-0{day}, item: Brompton folding bicycle, short: the Brompton with {many} gears, colour: {colour}}}
remember: ["You asked {many} times whether it fits under a desk, and it does."]
"""
PEOPLE = (
    ("dov", "Dov Stern", "Dov", 7, "six", "grey"),
    ("bo", "Bo Ito", "Bo", 5, "two", "green"),
    ("eve", "Eve Adler", "Eve", 4, "eight", "red"),
    ("cleo", "Cleo Marsh", "Cleo", 6, "three", "blue"),
    ("fay", "Fay Novak", "Fay", 3, "nine", "white"),
)


def page_text(path: Path, page: int) -> str:
    with pypdfium2.PdfDocument(path) as document:
        one = document[page - 1]
        words = one.get_textpage()
        text = str(words.get_text_bounded())
        words.close()
        one.close()
    return text


@pytest.mark.parametrize(
    "how",
    [
        ("--order", "name"),
        ("--split", 2, "--order", "name"),
        ("--split", 5),
        ("--sheet", "a4", "--fill", "stack", "--order", "name"),
        ("--sheet", "letter", "--split", 2, "--skip", 1),
    ],
)
def test_a_card_is_on_the_page_that_the_ledger_names(notegen: Run, shop: Path, how: tuple[object, ...]) -> None:
    facts = shop / "five.yaml"
    keys = ("key", "name", "greeting", "day", "many", "colour")
    facts.write_text("".join(PERSON.format(**dict(zip(keys, one, strict=True))) for one in PEOPLE))
    words = ("batch", facts, "-t", "thanks", "--today", "2026-03-20", "-o", shop / "cards.pdf")
    ran = notegen(*words, *how, "--yes", "--skip-bad")
    assert ran.status == 0, ran.err
    with read_ledger(shop / "notegen.db") as book:
        kept = list(entries(book))
    assert len(kept) == len(PEOPLE)
    for one in kept:
        assert one.path is not None
        assert one.page is not None
        said = page_text(shop / Path(one.path), one.page)
        assert f"Dear {one.note.name.split()[0]}" in said.replace("\r\n", " "), one


def test_cards_that_do_not_go_on_the_sheet_are_not_claimed(notegen: Run, shop: Path) -> None:
    words = ("batch", shop / "facts", "-t", "thanks", "--today", "2026-03-20", "-o", shop / "cards.pdf")
    for more in (("--yes",), ("--prepare",), ()):
        ran = notegen(*words, "--stock", "iso-a6", "--sheet", "letter-4up", *more)
        assert ran.status == 2
        assert "does not fit a slot of letter-4up" in ran.err
    assert not (shop / "notegen.db").exists()
    assert not (shop / "runs").exists()
    assert notegen(*words, "--yes").status == 0
