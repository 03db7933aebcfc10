"""Whoever asks to be forgotten is in no byte of the shop's folder afterwards, and everybody else is as before."""

from __future__ import annotations

import io
import json
import os
import shutil
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
from notegen.model.ledger import FileMade, Kind

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
def street(shop: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, cache: Path) -> Path:
    """A shop with four customers in two files, and a cache of its own."""
    own = tmp_path / "cache"
    own.mkdir()
    cache.joinpath("pools").mkdir(parents=True, exist_ok=True)
    (own / "pools").symlink_to(cache / "pools")  # pools take seconds to make, and hold nobody
    monkeypatch.setenv("NOTEGEN_CACHE", str(own))
    (shop / "facts" / "customers.yaml").write_text(f"# Our customers.\n{facts_of(('Bo Ito', WHO, 'Cleo Marsh'))}")
    (shop / "facts" / "more.yaml").write_text(facts_of(("Dov Stern",)))
    return shop


SPELLED = {
    (one.encode(codec), trace)
    for trace in TRACES
    for one in (trace, trace.casefold(), trace.upper())
    for codec in ("utf-8", "utf-16-le", "utf-16-be")
}


def traces(folder: Path) -> list[tuple[str, str]]:
    """Return each trace of the person in any byte of any file of a folder, with the file's name."""
    found = set()
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        blobs = [path.read_bytes(), path.name.encode()]
        text = path.name
        if blobs[0].startswith(b"%PDF-"):
            blobs += _objects(blobs[0])
            text += "".join(pages_of(path))
        elif len(blobs[0]) < 100_000:
            text += blobs[0].decode("utf-8", "replace")
        found |= {(path.name, trace) for data, trace in SPELLED if any(data in blob for blob in blobs)}
        found |= {(path.name, trace) for trace in TRACES if folded(trace) in folded(text)}
    return sorted(found)


def _objects(data: bytes) -> Iterator[bytes]:
    """Yield every object of a PDF, its streams inflated."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            yield thing.read_bytes() if isinstance(thing, pikepdf.Stream) else pikepdf.Object.unparse(thing)


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
        ("-o", "quentin-zwicky.pdf", "--only", WHO, "--again", f"{WHO} asked for it"),
    ):
        ran = notegen(*asked, *more)
        assert ran.status == 0, (more, ran.err)
    again = ("reprint", "--run", "2026-03-20-1", "--reason", f"{WHO} spilled", "-o", "again.pdf", "--yes")
    assert notegen(*again).status == 0
    assert notegen("mark", "mailed", "--run", "2026-03-20-1", "--reason", "for Zwicky, too").status == 0
    assert notegen("backup", "-o", "old.db").status == 0
    (street / "notegen.db.damaged-1").write_bytes(b"half of Quentin Zwicky")
    (street / "facts" / "slip.yaml").write_text(facts_of((WHO,)).replace("remember", "remembr"))
    assert notegen("lint", "facts", "templates").status == 1
    (street / "facts" / "slip.yaml").unlink()
    assert notegen("export", "--format", "csv").status == 0
    left = {
        name: pages_of(street / name) for name in ("cards.pdf", "sheets.pdf", "press.pdf", "again.pdf", "envelopes.pdf")
    }
    assert {"notegen.db", "old.db", "sheets.pdf", "slip.pdf"} <= {name for name, _ in traces(street)}
    assert traces(tmp_path / "cache")
    (street / ".cards.pdf.x1.part").write_bytes((street / "cards.pdf").read_bytes()[:-300])
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
    assert not (street / "quentin-zwicky.pdf").exists()
    assert not (street / "slip.pdf").exists()
    assert not list(street.glob(".*"))
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
    assert "look at it yourself: party.txt: it speaks of them" in ran.err
    assert "look at it yourself: wide.txt: it speaks of them" in ran.err
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


def test_packs_of_a_run_that_claimed_nothing_go(notegen: Run, street: Path) -> None:
    asked = ("batch", street / "facts", "-t", "thanks", "--today", "2026-03-20", "-o", street / "cards.pdf")
    assert notegen(*asked, "--prepare").status == 0
    stopped = street / "runs" / "2026-03-20-2"
    shutil.copytree(street / "runs" / "2026-03-20-1", stopped)
    (stopped / "claimed").unlink()
    assert notegen("batch", street, "--resume", "2026-03-20-1", "--yes").status == 0
    assert {name for name, _ in traces(stopped)} == {"000000.pack"}
    assert notegen("erase", WHO, "--shop", street, "--yes").status == 0
    assert traces(street) == []


def test_a_backup_of_a_run_that_was_being_printed_goes(notegen: Run, street: Path) -> None:
    asked = ("batch", street / "facts", "-t", "thanks", "--today", "2026-03-20", "-o", street / "cards.pdf")
    assert notegen(*asked, "--prepare").status == 0
    with ledger.open_ledger(street / "notegen.db", create=False) as book:
        ledger.approve(book, "2026-03-20-1", NOW, "")
        ledger.pressed(book, "2026-03-20-1", [FileMade(Kind.CARDS, 1, "cards.pdf", "0" * 64, 1, 1)], NOW)
    assert notegen("backup", "-o", street / "mid.db", "--shop", street).status == 0
    assert notegen("batch", street, "--resume", "last", "--yes").status == 0
    ran = notegen("erase", WHO, "--shop", street, "--yes")
    assert ran.status == 0, ran.err
    assert "mid.db deleted" in ran.out
    assert traces(street) == []


def test_a_file_that_was_changed_since_is_left_and_named(notegen: Run, street: Path) -> None:
    asked = ("batch", street / "facts", "-t", "thanks", "--today", "2026-03-20", "-o", street / "cards.pdf", "--yes")
    assert notegen(*asked).status == 0
    with (street / "cards.pdf").open("ab") as stream:
        stream.write(b"% mine\n")
    before = (street / "cards.pdf").read_bytes()
    ran = notegen("erase", WHO, "--shop", street, "--yes")
    assert ran.status == 0
    assert "look at it yourself: cards.pdf is not as it was printed" in ran.out
    assert "look at it yourself: cards.pdf: a page of it is theirs" in ran.err
    assert (street / "cards.pdf").read_bytes() == before


def test_addresses_of_several_on_one_sheet_go_together(notegen: Run, street: Path) -> None:
    asked = ("batch", street / "facts", "-t", "thanks", "--today", "2026-03-20", "-o", street / "cards.pdf", "--yes")
    ran = notegen(*asked, "--stock", "postcard-4x6", "--addressed", "--sheet", "letter")
    assert ran.status == 0, ran.err
    ran = notegen("erase", WHO, "--shop", street, "--yes")
    assert "cards.pdf is deleted: addresses of several people stand on one sheet" in ran.out
    assert traces(street) == []


@pytest.mark.parametrize(
    "how",
    [("--sign-yourself", "--sheet", "letter"), ("--for", "press", "--vt"), ("--for", "press", "--sheet", "letter")],
)
def test_other_ways_of_printing(notegen: Run, street: Path, how: tuple[str, ...]) -> None:
    asked = ("batch", street / "facts", "-t", "thanks", "--today", "2026-03-20", "-o", street / "cards.pdf", "--yes")
    ran = notegen(*asked, *how)
    assert ran.status == 0, ran.err
    assert notegen("erase", WHO, "--shop", street, "--yes").status == 0
    assert traces(street) == []
    assert (street / "cards.pdf").exists() is ("--vt" not in how)
    if "press" in how and "--vt" not in how:
        assert notegen("check", street / "cards.pdf").status == 0


def test_a_folder_that_is_no_shops_is_not_searched(
    notegen: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "people.yaml").write_text(facts_of((WHO,)))
    monkeypatch.chdir(tmp_path)
    ran = notegen("erase", WHO, "--yes")
    assert ran.status == 2
    assert "nothing has been printed from this folder" in ran.err
    assert (tmp_path / "people.yaml").read_text() == facts_of((WHO,))


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


def test_what_another_notegen_is_writing_is_let_be_and_a_backup_waited_for(notegen: Run, street: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    words = ("erase", WHO, "--yes", "--shop", street)
    assert notegen("batch", street / "facts", "-t", "thanks", "--yes", "--today", "2026-03-20").status == 0
    halves = [street / name for name in (".notegen.db.x1.part", ".cards.pdf.x2.part", ".kept.db.x3.part")]
    for half, content in zip(halves, ("notegen.db", "", "kept.db"), strict=True):
        if content:
            half.mkdir()
            (half / content).write_bytes((street / "notegen.db").read_bytes())
        else:
            half.write_bytes(b"%PDF-1.7 half of it")
    with ExitStack() as stack:
        for half in halves:
            handle = os.open(half, os.O_RDONLY)
            stack.callback(os.close, handle)
            fcntl.flock(handle, fcntl.LOCK_EX)
        ran = notegen(*words)
        assert ran.status == 2
        assert "another notegen is copying a ledger" in ran.err
        assert WHO.encode() in (street / "facts" / "customers.yaml").read_bytes()
        shutil.rmtree(halves.pop())
        assert notegen(*words).status == 0
    assert all(half.exists() for half in halves)
