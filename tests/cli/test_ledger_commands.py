"""The commands that look into the ledger, and those that say what became of cards."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from conftest import Run
from ledgers import NOW, RUN, later, ledger_of, new, note, notes, places

from notegen import ledger
from notegen.model.ledger import FileMade, Kind, State

ANA = note("ana-reyes", name="Ana Réyes", text="Dear Ana,\n\nthe Brompton suits you.\nNuria\n")
BO = note("bo-lind", name="Bo Lind")


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shop in which Ana's and Bo's cards are printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("USER", "nuria")
    monkeypatch.setenv("LOGNAME", "nuria")
    (tmp_path / "notegen.yaml").write_text("shop: {name: Pennywhistle}\n")
    (tmp_path / "cards.pdf").write_bytes(b"%PDF-1.7 cards")
    with new(tmp_path) as book:
        name = ledger.begin(book, RUN, [ANA, BO], NOW).name
        ledger.approve(book, name, later(1), "nuria")
        file = FileMade(Kind.CARDS, 1, "cards.pdf", sha256(b"%PDF-1.7 cards").hexdigest(), 14, 2)
        ledger.pressed(book, name, [file], later(2))
        ledger.printed(book, name, places([ANA, BO]), later(3))
    return tmp_path


EMPTY = [("log",), ("log", "--runs"), ("verify",)]


@pytest.mark.parametrize("words", EMPTY)
def test_a_folder_in_which_nothing_was_printed_says_so(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, notegen: Run
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = notegen(*words)
    assert (ran.status, ran.out, ran.err) == (0, "nothing has been printed from this folder yet\n", "")
    assert json.loads(notegen(*words, "--json").out) in ([], {"runs": 0, "cards": 0, "findings": []})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words", [("mark", "mailed", "ana"), ("approve", "x"), ("export",), ("backup",), ("log", "--ledger", "no.db")]
)
def test_what_needs_a_ledger_is_refused_without_one(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, notegen: Run
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = notegen(*words)
    assert ran.status == 2
    assert "nothing has been printed from this folder yet: there is no" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_the_log_is_a_table_of_who_got_what(printed: Path, notegen: Run) -> None:
    lines = notegen("log").out.splitlines()
    assert lines[0].split() == ["when", "state", "customer", "occasion", "run", "where"]
    assert [re.split(r"  +", line)[1:] for line in lines[1:-1]] == [
        ["printed", "Ana Réyes", "thanks", "2026-11-28-1", "cards.pdf, page 1"],
        ["printed", "Bo Lind", "thanks", "2026-11-28-1", "cards.pdf, page 2"],
    ]


def test_the_table_ends_with_how_many_cards_fit_and_in_which_states(printed: Path, notegen: Run) -> None:
    """Also those that it does not show."""
    with new(printed) as book:
        ledger.mark(book, [2], State.MAILED, later(60 * 48))
        ledger.begin(book, RUN, notes(3), NOW)
    for words, said in (
        ((), "5 cards: 3 prepared, 1 printed, 1 mailed"),
        (("--limit", "1"), "5 cards: 3 prepared, 1 printed, 1 mailed"),
        (("--run", "2026-11-28-1"), "2 cards: 1 printed, 1 mailed"),
        (("--state", "mailed"), "1 card: 1 mailed"),
        (("--since", "2026-11-29"), "1 card: 1 mailed"),
    ):
        assert notegen("log", *words).out.splitlines()[-1] == said


@pytest.mark.parametrize("name", ["ana-reyes", "ANA RÉYES"])
def test_the_log_of_one_customer_has_the_exact_words_and_all_that_happened(
    name: str, printed: Path, notegen: Run
) -> None:
    notegen("mark", "mailed", "ana-reyes", "--on", "2026-11-28", "--reason", "with a stamp")
    said = notegen("log", name).out
    assert said.startswith("Ana Réyes (ana-reyes): thanks, sale of 2026-11-25\n")
    assert "run 2026-11-28-1, mailed, cards.pdf, page 1, 1.45 USD\n" in said
    assert re.findall(r"^  [\d-]+ [\d:]+  (.*)$", said, re.MULTILINE) == [
        "prepared",
        "approved by nuria",
        "printed",
        "mailed by nuria: with a stamp",
    ]
    assert said.endswith("    Dear Ana,\n    \n    the Brompton suits you.\n    Nuria\n")
    told = json.loads(notegen("log", name, "--json").out)
    assert [one["text"] for one in told] == [ANA.text]
    assert [event["what"] for event in told[0]["events"]] == ["prepared", "approved", "printed", "mailed"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("--state", "mailed"), ["Bo Lind"]),
        (("--run", "2026-11-28-1"), ["Ana Réyes", "Bo Lind"]),
        (("--occasion", "birthday"), []),
        (("--since", "2026-11-29"), ["Bo Lind"]),
        (("--until", "2026-11-28"), ["Ana Réyes"]),
        (("--limit", "1"), ["Bo Lind"]),
        (("--state", "printed", "--occasion", "thanks", "--limit", "5"), ["Ana Réyes"]),
    ],
)
def test_the_log_shows_what_is_asked_for(words: tuple[str, ...], names: list[str], printed: Path, notegen: Run) -> None:
    with new(printed) as book:
        ledger.mark(book, [2], State.MAILED, later(60 * 48))
    told = json.loads(notegen("log", *words, "--json").out)
    assert [one["name"] for one in told] == names
    if not names:
        assert notegen("log", *words).out == "no card fits\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("log", "ana-reye"), "did you mean 'ana-reyes'?"),
        (("log", "--run", "2026-11-28-2"), "did you mean '2026-11-28-1'?"),
        (("log", "--since", "soon"), "'soon' is not a date like 2026-11-28"),
        (("log", "--since", "2026-11-02", "--until", "2026-11-01"), "2026-11-01 is before 2026-11-02"),
        (("log", "--runs", "ana-reyes"), "--runs lists all runs"),
        (("mark", "mailed"), "nobody is named"),
        (("mark", "mailed", "ana-reyes", "--on", "2199-01-01"), "2199-01-01 is not yet"),
        (("mark", "answered", "ana-reyes"), "is printed and cannot be marked as answered"),
        (("mark", "mailed", "ana-reyes", "--occasion", "birthday"), "no card fits"),
        (("approve", "2026-11-28-1"), "run 2026-11-28-1 is printed"),
        (("export", "-o", "cards.xlsx"), "does not end in .csv, .json or .jsonl"),
        (("export", "-o", "notegen.db", "--format", "csv"), "is the ledger itself"),
        (("export", "--customer", "nobody"), "no card is for a customer 'nobody'"),
        (("backup", "-o", "notegen.db"), "is the ledger itself"),
        (("backup", "-o", "notegen.yaml"), "is there and is no ledger"),
        (("backup", "-o", "x.db", "--restore", "y.db"), "made or restored"),
        (("backup", "--restore", "y.db"), "there is no file y.db"),
    ],
)
def test_a_mistake_is_said_and_changes_nothing(words: tuple[str, ...], said: str, printed: Path, notegen: Run) -> None:
    before = {path.name: path.read_bytes() for path in printed.iterdir()}
    ran = notegen(*words)
    assert ran.status == 2
    assert said in ran.err
    assert {path.name: path.read_bytes() for path in printed.iterdir()} == before


def test_the_ledger_is_found_from_below_and_by_name(
    printed: Path, notegen: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (printed / "facts").mkdir()
    everybody = notegen("log").out
    monkeypatch.chdir(printed / "facts")
    assert notegen("log").out == everybody
    monkeypatch.chdir("/")
    assert notegen("log", "--shop", printed).out == everybody
    assert notegen("log", "--ledger", printed / "notegen.db").out == everybody


def test_a_whole_run_is_marked_and_what_was_marked_is_not_marked_again(printed: Path, notegen: Run) -> None:
    assert notegen("mark", "mailed", "bo-lind").out == "1 card marked as mailed\n"
    assert notegen("mark", "mailed", "--run", "2026-11-28-1").out == "1 card marked as mailed; 1 was already\n"
    assert notegen("mark", "answered", "Bo Lind", "ana-reyes").out == "2 cards marked as answered\n"
    told = json.loads(notegen("mark", "mailed", "Bo Lind", "--json").out)
    assert (told["marked"], told["already"], told["cards"][0]["customer"]) == (0, 1, "bo-lind")


def test_who_has_two_cards_must_say_which(printed: Path, notegen: Run) -> None:
    with new(printed) as book:
        again = [replace(ANA, occasion="birthday")]
        name = ledger.begin(book, RUN, again, NOW).name
        ledger.approve(book, name, NOW, "")
        ledger.pressed(book, name, [FileMade(Kind.CARDS, 1, "b.pdf", "0", 1, 1)], NOW)
        ledger.printed(book, name, places(again), NOW)
    ran = notegen("mark", "mailed", "ana-reyes")
    assert ran.status == 2
    assert "has 2 cards that could be meant: thanks (run 2026-11-28-1), birthday (run 2026-11-28-2)" in ran.err
    assert notegen("mark", "mailed", "ana-reyes", "--occasion", "birthday").status == 0
    assert notegen("mark", "mailed", "ana-reyes").out == "1 card marked as mailed\n"


def test_what_is_withdrawn_can_be_claimed_again(printed: Path, notegen: Run) -> None:
    assert "for a reason" in notegen("mark", "withdrawn", "ana-reyes").err
    ran = notegen("mark", "withdrawn", "ana-reyes", "--reason", "the wrong name")
    assert ran.out == "1 card marked as withdrawn\n"
    with new(printed) as book:
        ledger.begin(book, RUN, [ANA], NOW)
    ran = notegen("mark", "withdrawn", "--run", "2026-11-28-2", "--reason", "the wrong list")
    assert ran.out == "run 2026-11-28-2 is withdrawn: 1 card\n"
    assert notegen("mark", "mailed", "bo-lind").status == 0
    assert "were mailed" in notegen("mark", "withdrawn", "--run", "2026-11-28-1", "--reason", "no").err


def test_a_prepared_run_is_approved_by_whoever_is_there(printed: Path, notegen: Run) -> None:
    with new(printed) as book:
        ledger.begin(book, RUN, notes(3), NOW)
    assert notegen("approve", "2026-11-28-2").out == "run 2026-11-28-2 is approved: 3 cards\n"
    told = json.loads(notegen("log", "--runs", "--json").out)
    assert [(one["state"], one["states"], one["cost"]) for one in told] == [
        ("printed", {"printed": 2}, {"USD": 290}),
        ("approved", {"approved": 3}, {"USD": 435}),
    ]
    table = notegen("log", "--runs").out
    assert "2.90 USD" in table
    assert "3 approved" in table


def test_the_last_run_that_waits_is_approved_without_its_name(printed: Path, notegen: Run) -> None:
    """The last of those that are prepared, as `--resume last` takes the last that can go on; else the last of all."""
    with new(printed) as book:
        for some in (notes(3), [note("gil")]):
            ledger.begin(book, RUN, some, NOW)
        ledger.withdraw(book, "2026-11-28-3", later(1), "the wrong list")
    assert notegen("approve", "last").out == "run 2026-11-28-2 is approved: 3 cards\n"
    ran = notegen("approve", "last")
    assert ran.status == 2
    assert "run 2026-11-28-3 is withdrawn" in ran.err


def test_there_is_no_last_run_where_there_is_none(tmp_path: Path, notegen: Run) -> None:
    with new(tmp_path) as book:
        path = book.path
    ran = notegen("approve", "last", "--ledger", path)
    assert ran.status == 2
    assert "there is no run called 'last'" in ran.err


def test_an_export_replaces_nothing_unless_it_is_told_to(printed: Path, notegen: Run) -> None:
    (printed / "cards.csv").write_text("the customers of another shop\n")
    ran = notegen("export", "-o", "cards.csv")
    assert ran.status == 2
    assert "cards.csv is there already" in ran.err
    assert "--overwrite" in ran.err
    assert (printed / "cards.csv").read_text() == "the customers of another shop\n"
    assert notegen("export", "-o", "cards.csv", "--overwrite").out == "written: cards.csv\n"
    assert (printed / "cards.csv").read_text().startswith("note,")


def test_everything_is_exported_in_three_forms(printed: Path, notegen: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(notegen("export").out, newline="")))
    lines = [json.loads(line) for line in notegen("export", "--format", "jsonl").out.splitlines()]
    assert notegen("export", "-o", "cards.json").out == "written: cards.json\n"
    whole = json.loads((printed / "cards.json").read_text(encoding="utf-8"))
    assert [row["text"] for row in rows] == [one["text"] for one in lines] == [ANA.text, BO.text]
    assert whole == lines
    assert set(rows[0]) == set(lines[0]) - {"events"}
    only = notegen("export", "--customer", "ana-reyes", "--format", "json").out
    assert [one["customer"] for one in json.loads(only)] == ["ana-reyes"]
    assert len(lines[0]["events"]) == 3


def test_a_name_that_a_spreadsheet_would_reckon_is_text(tmp_path: Path, notegen: Run) -> None:
    with new(tmp_path) as book:
        ledger.begin(book, RUN, [note("gil", name="=HYPERLINK(1)")], NOW)
        path = book.path
    (row,) = csv.DictReader(io.StringIO(notegen("export", "--ledger", path).out, newline=""))
    assert row["name"] == "'=HYPERLINK(1)"
    assert json.loads(notegen("export", "--ledger", path, "--format", "json").out)[0]["name"] == "=HYPERLINK(1)"


def test_an_empty_export_is_still_one(printed: Path, notegen: Run) -> None:
    (printed / "other").mkdir()
    with new(printed / "other") as book:
        path = book.path
    assert notegen("export", "--ledger", path, "--format", "json").out == "[]\n"
    assert notegen("export", "--ledger", path).out == ""


def test_a_damaged_ledger_is_put_right_from_a_backup(printed: Path, notegen: Run) -> None:
    made = notegen("backup", "-o", "copy.db")
    assert made.out.startswith("1 run: copy.db (")
    path = printed / "notegen.db"
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)
    bad = path.read_bytes()
    ran = notegen("verify")
    assert ran.status == 1
    assert "notegen backup --restore FILE" in ran.out
    for words in (("log",), ("mark", "mailed", "ana-reyes"), ("backup",)):
        ran = notegen(*words)
        assert ran.status == 2
        assert "is damaged" in ran.err
        assert path.read_bytes() == bad
    (printed / "runs" / "2026-11-29-1").mkdir(parents=True)
    (printed / "runs" / "2026-11-29-1" / "job.json").write_text("{}")
    ran = notegen("backup", "--restore", "copy.db")
    assert ran.status == 0
    assert "is restored: 1 run, the newest 2026-11-28-1" in ran.out
    assert "it does not know these runs, whose cards may have been printed: 2026-11-29-1" in ran.err
    assert (printed / "notegen.db.damaged-1").read_bytes() == bad
    ran = notegen("verify")
    assert (ran.status, ran.out) == (
        0,
        "warning: the run 2026-11-29-1 has its folder, but the ledger does not know it\n"
        "the ledger is sound: 1 run, 2 cards, 1 warning\n",
    )


def test_a_backup_has_the_day_in_its_name(printed: Path, notegen: Run) -> None:
    told = json.loads(notegen("backup", "--json").out)
    assert re.fullmatch(r"notegen-\d{4}-\d\d-\d\d\.db", Path(told["file"]).name)
    assert Path(told["file"]).exists()


def test_verify_finds_changed_files_and_changed_cards(printed: Path, notegen: Run) -> None:
    assert notegen("verify").out == "the ledger is sound: 1 run, 2 cards\n"
    (printed / "cards.pdf").write_bytes(b"%PDF-1.7 other cards")
    ran = notegen("verify")
    assert (ran.status, ran.out.splitlines()[0]) == (
        0,
        "warning: cards.pdf of run 2026-11-28-1 is not as it was printed",
    )
    (printed / "cards.pdf").unlink()
    assert "cards.pdf of run 2026-11-28-1 is not there any more" in notegen("verify").out
    with new(printed) as book:
        book.connection.execute("UPDATE notes SET text = 'Dear Customer' WHERE id = 1")
    ran = notegen("verify", "--json")
    assert ran.status == 1
    assert [one["severity"] for one in json.loads(ran.out)["findings"]] == ["error", "warning"]
    assert "the ledger is not sound: 1 error" in notegen("verify").out


def test_a_long_table_is_cut_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, notegen: Run) -> None:
    monkeypatch.chdir(tmp_path)
    ledger_of(tmp_path, notes(130)).close()
    ran = notegen("log")
    assert len(ran.out.splitlines()) == 102
    assert ran.err == "the newest 100; --limit shows more\n"
    assert len(notegen("log", "--limit", "120").out.splitlines()) == 122
