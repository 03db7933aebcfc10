"""A card that is printed again is the same to the last stroke, whatever became of facts and template."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest
from conftest import Run

from notegen.ledger import Wanted, entries, events, read_ledger
from notegen.model.ledger import State

PEOPLE = """---
customer: {name: Bo Ito, greeting: Bo}
sale: {date: 2026-03-05, item: Brompton folding bicycle, short: the Brompton with two gears, colour: green}
remember: ["You asked two times whether it fits under a desk, and it does."]
---
customer: {name: Cleo Marsh, greeting: Cleo}
sale: {date: 2026-03-06, item: Brompton folding bicycle, short: the Brompton with three gears, colour: blue}
remember: ["You asked three times whether it fits under a desk, and it does."]
"""
WHY = ("--reason", "paper jam")


@pytest.fixture
def words(shop: Path) -> tuple[object, ...]:
    """Ask for the cards of the shop's three customers."""
    with (shop / "facts" / "customers.yaml").open("a") as stream:
        stream.write(PEOPLE)
    return ("batch", shop / "facts", "-t", "thanks", "--today", "2026-03-20", "-o", shop / "cards.pdf", "--yes")


def streams(path: Path) -> list[bytes]:
    """Return what each page of a PDF draws itself."""
    with pikepdf.open(path) as pdf:
        shown = []
        for page in pdf.pages:
            contents = page.obj.Contents
            parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
            shown.append(b"".join(one.read_bytes() for one in parts))
        return shown


def forget_everything(shop: Path) -> None:
    """Change the facts and the template so that nothing of a card would be the same."""
    facts = shop / "facts" / "customers.yaml"
    facts.write_text(facts.read_text().replace("Brompton", "Dahon"))
    template = shop / "templates" / "thanks.j2"
    template.write_text(template.read_text().replace("Dear", "Hello"))


@pytest.mark.parametrize(
    "how", [(), ("--seed", "7", "--pen", "gel 0.5", "--ink", "sepia", "--tidiness", "0.6"), ("--sign-yourself",)]
)
def test_a_card_is_printed_again_as_it_was(
    notegen: Run, shop: Path, words: tuple[object, ...], how: tuple[str, ...]
) -> None:
    assert notegen(*words, *how).status == 0
    forget_everything(shop)
    ran = notegen("reprint", "Cleo Marsh", *WHY, "-o", shop / "again.pdf", "--shop", shop, "--yes")
    assert ran.status == 0, ran.err
    assert "1 card printed again, 1 page" in ran.out
    with read_ledger(shop / "notegen.db") as book:
        (card,) = entries(book, Wanted("Cleo Marsh"))
        last = events(book, card.id)[-1]
    assert card.page is not None
    assert streams(shop / "again.pdf") == [streams(shop / "cards.pdf")[card.page - 1]]
    assert (last.what, last.reason, last.path, last.page) == ("reprinted", "paper jam", "again.pdf", 1)


SIGNATURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><path d="M2 15L20 3L30 15L58 12L29 {}Z"/></svg>'
)


def test_a_signature_is_part_of_the_drawing(notegen: Run, shop: Path, words: tuple[object, ...]) -> None:
    (shop / "name.svg").write_text(SIGNATURE.format(19))
    with (shop / "notegen.yaml").open("a") as stream:
        stream.write("signature: name.svg\n")
    assert notegen(*words).status == 0
    asked = ("reprint", "Bo Ito", *WHY, "-o", shop / "again.pdf", "--shop", shop, "--yes")
    assert notegen(*asked).status == 0
    (shop / "name.svg").write_text(SIGNATURE.format(18))
    (shop / "again.pdf").unlink()
    refused = notegen(*asked)
    assert refused.status == 2
    assert "Bo Ito's card would be drawn otherwise than it was" in refused.err
    assert not (shop / "again.pdf").exists()
    assert notegen(*asked, "--even-so").status == 0


def forms(path: Path) -> list[bytes]:
    """Return what draws each card of a PDF in which cards are forms, in order."""
    with pikepdf.open(path) as pdf:
        return [form.read_bytes() for page in pdf.pages for form in page.obj.Resources.XObject.values()]


def test_pages_of_a_run_are_printed_again_on_sheets_as_the_run_was(
    notegen: Run, shop: Path, words: tuple[object, ...]
) -> None:
    assert notegen(*words, "--sheet", "letter").status == 0
    asked = ("reprint", "--run", "2026-03-20-1", "--page", "1", *WHY, "--shop", shop, "--yes", "--json")
    ran = notegen(*asked, "-o", shop / "again.pdf")
    assert ran.status == 0, ran.err
    assert len(json.loads(ran.out)["cards"]) == 2
    assert forms(shop / "again.pdf") == forms(shop / "cards.pdf")[:2]


def test_without_yes_it_is_shown_and_nothing_is_done(notegen: Run, shop: Path, words: tuple[object, ...]) -> None:
    assert notegen(*words).status == 0
    before = {one: one.read_bytes() for one in shop.rglob("*") if one.is_file()}
    ran = notegen("reprint", "Bo Ito", *WHY, "-o", shop / "again.pdf", "--shop", shop)
    assert ran.status == 0
    assert "Dear Bo" in ran.out
    assert "add --yes" in ran.out
    said = json.loads(notegen("reprint", "Bo Ito", *WHY, "-o", shop / "a.pdf", "--shop", shop, "--json").out)
    assert [one["same"] for one in said["cards"]] == [True]
    assert {one: one.read_bytes() for one in shop.rglob("*") if one.is_file()} == before


def test_a_mailed_card_is_printed_and_has_to_be_mailed_again(
    notegen: Run, shop: Path, words: tuple[object, ...]
) -> None:
    assert notegen(*words).status == 0
    assert notegen("mark", "mailed", "Bo Ito", "--shop", shop).status == 0
    assert notegen("reprint", "Bo Ito", *WHY, "-o", shop / "again.pdf", "--shop", shop, "--yes").status == 0
    with read_ledger(shop / "notegen.db") as book:
        assert [one.state for one in entries(book, Wanted("Bo Ito"))] == [State.PRINTED]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("Bo Ito", "-o", "a.pdf"), "printed again for a reason"),
        ((*WHY, "-o", "a.pdf"), "nobody is named"),
        (("Bo Ito", *WHY, "--page", "1", "-o", "a.pdf"), "a page is of a run's file"),
        (("Bo Itoo", *WHY, "-o", "a.pdf"), "did you mean 'Bo Ito'?"),
        (("--run", "2026-03-20-1", "--page", "99", *WHY, "-o", "a.pdf"), "on page 99"),
        (("Bo Ito", *WHY, "-o", "cards.pdf"), "has cards of run 2026-03-20-1"),
    ],
)
def test_mistakes_are_said(
    notegen: Run,
    shop: Path,
    words: tuple[object, ...],
    asked: tuple[str, ...],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert notegen(*words).status == 0
    monkeypatch.chdir(shop)
    ran = notegen("reprint", *asked, "--yes")
    assert ran.status == 2
    assert said in ran.err


def test_what_is_not_printed_cannot_be_printed_again(notegen: Run, shop: Path, words: tuple[object, ...]) -> None:
    assert notegen(*words[:-1], "--prepare").status == 0
    ran = notegen("reprint", "Bo Ito", *WHY, "-o", shop / "again.pdf", "--shop", shop, "--yes")
    assert ran.status == 2
    assert "is prepared" in ran.err


def test_matching_marks_are_those_of_the_run(notegen: Run, shop: Path, words: tuple[object, ...]) -> None:
    assert notegen(*words, "--matching").status == 0
    ran = notegen("reprint", "Cleo Marsh", *WHY, "-o", shop / "again.pdf", "--shop", shop, "--yes")
    assert ran.status == 0, ran.err
    assert set(words_of(shop / "again.pdf")) < set(words_of(shop / "cards.pdf"))
    assert len(words_of(shop / "again.pdf")) == 1


def words_of(path: Path) -> list[str]:
    """Return the matching marks of a PDF, a page with one after the other."""
    import pypdfium2

    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path)]
    return [page.strip() for page in pages if len(page.strip()) < 12]
