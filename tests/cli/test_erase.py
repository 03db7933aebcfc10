"""Whoever asks to be forgotten is in no byte of the shop's folder afterwards, and everybody else is as before."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from conftest import Run

from notegen import ledger, settings
from notegen.batch import erasing, scrubbing
from notegen.batch.whom import folded, sought
from notegen.ledger import entries, read_ledger

PEOPLE = {
    "Quentin Zwicky": ("Quentin", "17 Juniper Terrace", "97005", "turquoise", "kaleidoscope"),
    "Bo Ito": ("Bo", "4 Alder Street", "97006", "green", "hatstand"),
    "Cleo Marsh": ("Cleo", "9 Birch Road", "97007", "blue", "lighthouse"),
    "Dov Stern": ("Dov", "12 Cedar Lane", "97008", "grey", "caravan"),
}
PERSON = """---
customer:
  name: {name}
  greeting: {greeting}
  address: {{street: {street}, city: Beaverton, region: OR, postcode: "{postcode}", country: US}}
sale: {{date: 2026-03-05, item: Brompton folding bicycle, short: the {colour} Brompton, colour: {colour}}}
remember: ["You asked whether it fits under your {thing}, and it does."]
"""
WHO = "Quentin Zwicky"
KEY = "quentin-zwicky-2026-03-05"
TRACES = (WHO, "Quentin", "Zwicky", KEY, "17 Juniper Terrace", "Juniper", "turquoise", "kaleidoscope")
NOW = datetime(2026, 3, 21, 12, tzinfo=UTC)


def facts_of(names: Iterator[str] | tuple[str, ...]) -> str:
    """Return facts with these customers."""
    keys = ("greeting", "street", "postcode", "colour", "thing")
    return "".join(PERSON.format(name=name, **dict(zip(keys, PEOPLE[name], strict=True))) for name in names)


@pytest.fixture
def street(shop: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A shop with four customers in two files, and a cache of its own."""
    monkeypatch.setenv("NOTEGEN_CACHE", str(tmp_path / "cache"))
    (shop / "facts" / "customers.yaml").write_text(f"# Our customers.\n{facts_of(('Bo Ito', WHO, 'Cleo Marsh'))}")
    (shop / "facts" / "more.yaml").write_text(facts_of(("Dov Stern",)))
    return shop


def traces(folder: Path) -> list[tuple[str, str]]:
    """Return each trace of the person in any byte of any file of a folder, with the file's name."""
    found = []
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        for text in (path.name, *_texts(path)):
            found += [(path.name, trace) for trace in TRACES if folded(trace) in folded(text)]
        data = path.read_bytes()
        for codec in ("utf-8", "utf-16-le", "utf-16-be"):
            for trace in TRACES:
                spelled = {trace, trace.casefold(), trace.upper()}
                found += [(path.name, trace) for one in spelled if one.encode(codec) in data]
    return found


def _texts(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    if data[:5] != b"%PDF-":
        yield data.decode("utf-8", "replace")
        return
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                yield bytes(thing.read_bytes()).decode("latin-1")
            else:
                yield str(pikepdf.Object.unparse(thing))
    yield " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path))


def pages_of(path: Path) -> list[str]:
    """Return the words of each page, letters and digits alone."""
    return [folded(page.get_textpage().get_text_bounded()) for page in pypdfium2.PdfDocument(path)]


def test_no_trace_is_left_and_the_others_cards_read_the_same(
    notegen: Run, street: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(street)
    day = ("--today", "2026-03-20", "--yes")
    asked = ("batch", "facts", "-t", "thanks", *day)
    for more in (
        ("-o", "cards.pdf", "--envelopes", "envelopes.pdf", "--slip", "slip.pdf", "--matching"),
        ("-o", "part.pdf", "--split", "2", "--again", "for the window"),
        ("-o", "sheets.pdf", "--sheet", "letter", "--again", "for the wall"),
        ("-o", "press.pdf", "--for", "press", "--again", "for the press"),
        ("-o", "alone.pdf", "--only", WHO, "--again", f"{WHO} asked for it"),
    ):
        ran = notegen(*asked, *more)
        assert ran.status == 0, (more, ran.err)
    again = ("reprint", "--run", "2026-03-20-1", "--reason", f"{WHO} spilled", "-o", "again.pdf", "--yes")
    assert notegen(*again).status == 0
    assert notegen("mark", "mailed", "--run", "2026-03-20-1", "--reason", "for Zwicky, too").status == 0
    assert notegen("backup", "-o", "old.db").status == 0
    (street / "notegen.db.damaged-1").write_bytes(b"half of Quentin Zwicky")
    assert notegen("lint", "facts", "templates").status in (0, 1)
    assert notegen("export", "--format", "csv").status == 0
    left = {
        name: pages_of(street / name) for name in ("cards.pdf", "sheets.pdf", "press.pdf", "again.pdf", "envelopes.pdf")
    }
    assert traces(street)
    monkeypatch.setattr("notegen.cli.remembering.now", lambda: NOW)

    ran = notegen("erase", WHO, "--yes")

    assert ran.status == 0, ran.err
    assert "Forgotten" in ran.out
    assert "look at it yourself" not in ran.said, ran.said
    assert traces(street) == []
    assert traces(tmp_path / "cache") == []
    for name, sides in (("cards.pdf", 2), ("again.pdf", 2), ("press.pdf", 1), ("envelopes.pdf", 2)):
        pairs = [left[name][at : at + sides] for at in range(0, len(left[name]), sides)]
        theirs = [page for pair in pairs if "quentin" not in pair[0] for page in pair]
        assert pages_of(street / name) == theirs, name
    assert not (street / "alone.pdf").exists()
    assert not (street / "slip.pdf").exists()
    sheets = "".join(pages_of(street / "sheets.pdf"))
    assert all(folded(PEOPLE[name][4]) in sheets for name in PEOPLE if name != WHO)
    assert notegen("verify").status == 0
    with read_ledger(street / "notegen.db") as book:
        for card in entries(book):
            if card.note.customer and card.path == "cards.pdf":
                assert card.page is not None
                assert folded(card.note.name.split()[0]) in pages_of(street / "cards.pdf")[card.page - 1]
    assert (
        street / "facts" / "customers.yaml"
    ).read_text() == f"# Our customers.\n{facts_of(('Bo Ito', 'Cleo Marsh'))}"
    assert (street / "facts" / "more.yaml").read_text() == facts_of(("Dov Stern",))
    (street / "facts" / "back.yaml").write_text(facts_of((WHO,)))
    ran = notegen(*asked, "-o", "new.pdf", "--again", "once more", "--json")
    assert [(one["name"], one["why"]) for one in json.loads(ran.out)["had"]] == [(WHO, "asked to be forgotten")]


def test_without_yes_what_is_held_is_shown(notegen: Run, street: Path) -> None:
    asked = ("batch", street / "facts", "-t", "thanks", "--today", "2026-03-20", "-o", street / "cards.pdf", "--yes")
    assert notegen(*asked).status == 0
    before = {one: one.read_bytes() for one in street.rglob("*") if one.is_file()}
    for more in ((), ("--dry-run",)):
        ran = notegen("erase", WHO, "--shop", street, *more)
        assert ran.status == 0, ran.err
        assert "cards.pdf, page" in ran.out
        assert "facts in: facts/customers.yaml" in ran.out
    said = json.loads(notegen("erase", KEY, "--shop", street, "--json").out)
    assert said["keys"] == [KEY]
    assert {one: one.read_bytes() for one in street.rglob("*") if one.is_file()} == before


def test_whoever_has_had_no_card_is_forgotten_too(notegen: Run, street: Path) -> None:
    assert notegen("erase", WHO, "--shop", street, "--yes").status == 0
    assert traces(street) == []
    (street / "facts" / "back.yaml").write_text(facts_of((WHO,)))
    asked = ("batch", street / "facts", "-t", "thanks", "--today", "2026-03-20", "--json")
    assert [one["name"] for one in json.loads(notegen(*asked).out)["had"]] == [WHO]
    (street / "facts" / "back.yaml").unlink()
    ran = notegen("erase", KEY, "--shop", street, "--yes")
    assert (ran.status, ran.out) == (0, f"{KEY} is forgotten already\n")


def test_a_run_that_is_not_finished_is_finished_first(notegen: Run, street: Path) -> None:
    asked = ("batch", street / "facts", "-t", "thanks", "--today", "2026-03-20", "-o", street / "cards.pdf")
    assert notegen(*asked, "--prepare").status == 0
    ran = notegen("erase", WHO, "--shop", street, "--yes")
    assert ran.status == 2
    assert "run 2026-03-20-1 is prepared and has a card of Quentin Zwicky; nothing was erased" in ran.err
    assert WHO in (street / "facts" / "customers.yaml").read_text()
    assert notegen("mark", "withdrawn", "--run", "2026-03-20-1", "--reason", "asked", "--shop", street).status == 0
    assert notegen("erase", WHO, "--shop", street, "--yes").status == 0
    assert traces(street) == []


def test_files_of_ones_own_are_named(notegen: Run, street: Path) -> None:
    (street / "party.txt").write_text("Ask Quentin Zwicky for chairs.")
    (street / "wide.txt").write_bytes("17 Juniper Terrace".encode("utf-16-be"))
    ran = notegen("erase", WHO, "--shop", street, "--yes")
    assert ran.status == 0
    assert "look at it yourself: party.txt" in ran.err
    assert "look at it yourself: wide.txt" in ran.err
    assert (street / "party.txt").exists()


def test_two_people_of_one_name_are_not_taken_for_one(notegen: Run, street: Path) -> None:
    other = facts_of((WHO,)).replace("97005", "10001").replace("customer:", "key: the-other\ncustomer:")
    (street / "facts" / "more.yaml").write_text(other)
    ran = notegen("erase", WHO, "--shop", street, "--yes")
    assert ran.status == 2
    assert "the-other" in ran.err
    assert notegen("erase", "the-other", "--shop", street, "--yes").status == 0
    assert WHO in (street / "facts" / "customers.yaml").read_text()
    assert not (street / "facts" / "more.yaml").exists()


def test_nobody_is_a_mistake(notegen: Run, street: Path) -> None:
    ran = notegen("erase", "Nobody At All", "--shop", street, "--yes")
    assert ran.status == 2
    assert "nothing is held of a customer 'Nobody At All'" in ran.err


class Killed(BaseException):
    """Stands for the end of the process."""


def test_who_is_stopped_between_any_two_steps_goes_on(
    notegen: Run, street: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One more step is done each time before the process ends, and each time the command begins anew."""
    monkeypatch.chdir(street)
    asked = ("batch", "facts", "-t", "thanks", "--today", "2026-03-20", "--yes")
    assert notegen(*asked, "-o", "cards.pdf", "--envelopes", "envelopes.pdf").status == 0
    assert notegen(*asked, "-o", "sheets.pdf", "--sheet", "letter", "--again", "why").status == 0
    assert notegen("backup", "-o", "old.db").status == 0
    assert notegen("lint", "facts").status in (0, 1)
    left = [page for page in pages_of(street / "cards.pdf") if "quentin" not in page]
    schema = settings.load(street).value
    assert schema is not None
    most = 0
    real = scrubbing._told

    def killed(*given: object) -> None:
        raise Killed

    for limit in range(30):
        with ExitStack() as stack:
            book = stack.enter_context(ledger.open_ledger(street / "notegen.db", create=False))
            copies = erasing.open_copies(stack, street, street / "notegen.db", write=True)
            who = sought(WHO, book, copies.books, street, schema.schema)
            task = erasing.Task(who, street, schema.schema, book, copies, b"s" * 32, NOW, lambda: 0)
            monkeypatch.setattr(scrubbing, "_told", killed if limit % 2 else real)
            count = 0
            for count, step in enumerate(erasing.steps(task), 1):
                try:
                    step.do()
                except Killed:
                    break
                if count > limit:
                    break
            most = max(most, count)
        if limit > 12 and traces(street) == []:
            break
    monkeypatch.setattr(scrubbing, "_told", real)
    ran = notegen("erase", KEY, "--yes")
    assert ran.status == 0, ran.err
    assert most > 5
    assert traces(street) == []
    assert pages_of(street / "cards.pdf") == left
    assert not (street / scrubbing.NOTED).exists()
    assert notegen("verify").out.startswith("the ledger is sound")
