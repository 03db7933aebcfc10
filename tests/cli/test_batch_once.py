"""A batch is shown before it is printed, printed once, and remembered."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from conftest import Run

from notegen.ledger import entries, read_ledger
from notegen.model.ledger import State

PERSON = """---
customer: {{name: {name}, greeting: {greeting}}}
sale: {{date: 2026-03-0{day}, item: Brompton folding bicycle, short: the Brompton with {many} gears, colour: {colour}}}
remember: ["You asked {many} times whether it fits under a desk, and it does."]
"""
MORE = (
    ("Bo Ito", "Bo", 5, "two", "green"),
    ("Cleo Marsh", "Cleo", 6, "three", "blue"),
    ("Dov Stern", "Dov", 7, "six", "grey"),
)


@pytest.fixture
def words(shop: Path) -> tuple[object, ...]:
    """Ask for the cards of the shop's four customers."""
    keys = ("name", "greeting", "day", "many", "colour")
    with (shop / "facts" / "customers.yaml").open("a") as stream:
        stream.write("".join(PERSON.format(**dict(zip(keys, one, strict=True))) for one in MORE))
    return ("batch", shop / "facts", "-t", "thanks", "--today", "2026-03-20")


def states(shop: Path) -> dict[str, State]:
    with read_ledger(shop / "notegen.db") as book:
        return {one.note.customer: one.state for one in entries(book)}


def test_without_yes_nothing_is_printed_and_nothing_is_kept(
    notegen: Run, shop: Path, words: tuple[object, ...]
) -> None:
    before = sorted(shop.rglob("*"))
    ran = notegen(*words, "-o", shop / "cards.pdf")
    assert ran.status == 0
    assert "Ana Reyes" in ran.out
    assert "The first card, to Ana Reyes" in ran.out
    assert "Dear Ana" in ran.out
    assert "add --yes" in ran.out
    assert sorted(shop.rglob("*")) == before


def test_a_batch_that_prints_nothing_leaves_no_ledger(notegen: Run, shop: Path, words: tuple[object, ...]) -> None:
    (shop / "templates" / "thanks.j2").write_text("---\nname: thanks\n---\nDear {{ shop.nobody }},\n")
    before = sorted(shop.rglob("*"))
    assert notegen(*words, "-o", shop / "cards.pdf", "--yes").status == 1
    assert sorted(shop.rglob("*")) == before


def test_a_ledger_that_is_gone_is_missed(notegen: Run, shop: Path, words: tuple[object, ...]) -> None:
    assert notegen(*words, "-o", shop / "cards.pdf", "--yes").status == 0
    for one in shop.glob("notegen.db*"):
        one.unlink()
    for more in ((), ("--yes", "-o", shop / "again.pdf")):
        ran = notegen(*words, *more)
        assert ran.status == 2
        assert "notegen.db is gone" in ran.err
        assert "backup --restore" in ran.err
    assert notegen(*words, "--no-ledger").status == 0
    shutil.rmtree(shop / "runs")
    assert notegen(*words, "--yes", "-o", shop / "again.pdf").status == 0


def test_the_costs_of_the_settings_are_reckoned(notegen: Run, shop: Path, words: tuple[object, ...]) -> None:
    assert "not known" in notegen(*words).out
    with (shop / "notegen.yaml").open("a") as stream:
        stream.write("costs: {card: 0.42, stamp: 0.78}\n")
    people = len(json.loads(notegen(*words, "--json").out)["would_print"])
    assert f"Cost: {people * 1.20:.2f} USD" in notegen(*words).out


def test_a_second_run_prints_nothing_twice_and_says_so(notegen: Run, shop: Path, words: tuple[object, ...]) -> None:
    first = notegen(*words, "-o", shop / "cards.pdf", "--yes")
    assert first.status == 0, first.err
    assert set(states(shop).values()) == {State.PRINTED}
    second = notegen(*words, "-o", shop / "more.pdf", "--yes")
    assert second.status == 0
    assert "has this card already: printed" in second.err
    assert not (shop / "more.pdf").exists()
    assert [one.name for one in (shop / "runs").iterdir()] == ["2026-03-20-1"]


def test_a_look_after_the_print_shows_nobody_who_has_the_card(
    notegen: Run, shop: Path, words: tuple[object, ...]
) -> None:
    assert notegen(*words, "-o", shop / "cards.pdf", "--yes").status == 0
    looked = notegen(*words)
    assert looked.status == 0
    assert "has this card already" in looked.err
    assert "The first card" not in looked.out


def test_a_run_whose_folder_is_gone_keeps_its_name_and_its_cards(
    notegen: Run, shop: Path, words: tuple[object, ...]
) -> None:
    assert notegen(*words, "-o", shop / "one.pdf", "--only", "Ana Reyes", "--yes").status == 0
    shutil.rmtree(shop / "runs")
    ran = notegen(*words, "-o", shop / "rest.pdf", "--yes", "--json")
    assert ran.status == 0, ran.err
    said = json.loads(ran.out)
    assert (said["run"], [one["name"] for one in said["had"]]) == ("2026-03-20-2", ["Ana Reyes"])


def test_yen_cost_the_same_in_the_batch_and_in_the_log(notegen: Run, shop: Path, words: tuple[object, ...]) -> None:
    settings = shop / "notegen.yaml"
    settings.write_text(settings.read_text().replace("currency: USD", "currency: JPY") + "costs: {card: 85}\n")
    only = ("--only", "Ana Reyes")
    assert "Cost: 85 JPY" in notegen(*words, *only).out
    assert notegen(*words, *only, "-o", shop / "one.pdf", "--yes").status == 0
    assert " 85 JPY " in notegen("log", "--runs", "--shop", shop).out


def test_somebody_new_gets_a_card_and_the_others_not_again(notegen: Run, shop: Path, words: tuple[object, ...]) -> None:
    assert notegen(*words, "-o", shop / "one.pdf", "--only", "Ana Reyes", "--yes").status == 0
    ran = notegen(*words, "-o", shop / "rest.pdf", "--yes", "--json")
    said = json.loads(ran.out)
    assert [one["name"] for one in said["had"]] == ["Ana Reyes"]
    assert len(said["cards"]) == len(states(shop)) - 1


def test_another_card_on_purpose_needs_a_reason(notegen: Run, shop: Path, words: tuple[object, ...]) -> None:
    only = ("--only", "Ana Reyes", "--yes")
    assert notegen(*words, "-o", shop / "one.pdf", *only).status == 0
    ran = notegen(*words, "-o", shop / "two.pdf", *only, "--again", "coffee was spilled")
    assert ran.status == 0
    assert (shop / "two.pdf").exists()
    with read_ledger(shop / "notegen.db") as book:
        assert [one.note.again for one in entries(book)] == [0, 1]


def test_the_cards_of_another_run_are_not_replaced(notegen: Run, shop: Path, words: tuple[object, ...]) -> None:
    assert notegen(*words, "-o", shop / "cards.pdf", "--only", "Ana Reyes", "--yes").status == 0
    before = (shop / "cards.pdf").read_bytes()
    ran = notegen(*words, "-o", shop / "cards.pdf", "--yes")
    assert ran.status == 2
    assert "is of run 2026-03-20-1, which has 1 card" in ran.err
    assert (shop / "cards.pdf").read_bytes() == before
    assert notegen(*words, "-o", shop / "cards.pdf", "--yes", "--overwrite").status == 0


def test_the_parts_of_another_run_are_not_replaced(notegen: Run, shop: Path, words: tuple[object, ...]) -> None:
    split = ("-o", shop / "cards.pdf", "--split", 2, "--yes")
    assert notegen(*words, *split).status == 0
    ran = notegen(*words, *split, "--again", "trial")
    assert ran.status == 2
    assert "cards-1.pdf is of run 2026-03-20-1" in ran.err


def test_more_files_than_cards_are_refused_before_anything_is_claimed(
    notegen: Run, shop: Path, words: tuple[object, ...]
) -> None:
    for more in (("--yes",), ()):
        ran = notegen(*words, "-o", shop / "cards.pdf", "--split", 9, *more)
        assert ran.status == 2
        assert "4 cards cannot fill 9 files" in ran.err
    assert not (shop / "notegen.db").exists()
    assert not (shop / "runs").exists()


def test_what_is_written_is_said_with_its_cost(notegen: Run, shop: Path, words: tuple[object, ...]) -> None:
    with (shop / "notegen.yaml").open("a") as stream:
        stream.write("costs: {card: 0.42, stamp: 0.78}\n")
    ran = notegen(*words, "-o", shop / "one.pdf", "--slip", shop / "slip.pdf", "--only", "Ana Reyes", "--yes")
    assert f"packing slip, 1 page: {shop / 'slip.pdf'}" in ran.out
    assert "cost: 1.20 USD" in ran.out
    again = notegen(*words, "-o", shop / "two.pdf", "--only", "Ana Reyes", "--yes", "--again", "x", "--json")
    assert json.loads(again.out)["cost"] == 120
    assert "1.20 USD" in notegen("log", "Ana Reyes", "--shop", shop).out


def test_a_run_leaves_its_record_and_no_name_in_it(notegen: Run, shop: Path, words: tuple[object, ...]) -> None:
    assert notegen(*words, "--yes").status == 0
    folder = shop / "runs" / "2026-03-20-1"
    assert sorted(one.name for one in folder.iterdir()) == ["cards.pdf", "job.json"]
    record = json.loads((folder / "job.json").read_text())
    assert record["cards"] == len(states(shop))
    assert record["files"][0]["path"].endswith("cards.pdf")
    assert len(record["files"][0]["sha256"]) == 64
    assert "Reyes" not in (folder / "job.json").read_text()


@pytest.mark.parametrize(("old", "new"), [("Ana Reyes", "Ana Reyez"), ("date: 2026-03-04", "date: 2026-03-03")])
def test_a_mended_name_or_day_of_somebody_who_has_the_card_is_said(
    old: str, new: str, notegen: Run, shop: Path, words: tuple[object, ...]
) -> None:
    facts = shop / "facts" / "customers.yaml"
    home = '  address: {street: 8 Canal Street, city: Port Ellery, region: OR, postcode: "97999"}\n'
    facts.write_text(facts.read_text().replace("  greeting: Ana\n", "  greeting: Ana\n" + home, 1))
    assert notegen(*words, "-o", shop / "one.pdf", "--only", "Ana Reyes", "--yes").status == 0
    assert "perhaps" not in notegen(*words).err
    facts.write_text(facts.read_text().replace(old, new, 1))
    ran = notegen(*words)
    assert "perhaps again: Ana Reye" in ran.err
    assert "may be Ana Reyes (ana-reyes-2026-03-04): printed" in ran.err
    assert ran.err.count("perhaps again") == 1
    assert len(json.loads(notegen(*words, "--json").out)["perhaps"]) == 1


def test_what_is_prepared_waits_for_somebody_to_agree(notegen: Run, shop: Path, words: tuple[object, ...]) -> None:
    ran = notegen(*words, "-o", shop / "cards.pdf", "--prepare")
    assert ran.status == 0, ran.err
    assert not (shop / "cards.pdf").exists()
    assert set(states(shop).values()) == {State.PREPARED}
    again = notegen(*words, "-o", shop / "other.pdf", "--yes")
    assert "waiting to be printed" in again.err
    resumed = notegen("batch", shop, "--resume", "last", "--yes")
    assert resumed.status == 0, resumed.err
    assert (shop / "cards.pdf").exists()
    assert set(states(shop).values()) == {State.PRINTED}


@pytest.mark.parametrize("what", ["facts", "template"])
def test_what_changed_since_it_was_agreed_is_not_printed(
    notegen: Run, shop: Path, words: tuple[object, ...], what: str
) -> None:
    assert notegen(*words, "-o", shop / "cards.pdf", "--prepare").status == 0
    path = next((shop / what if what == "facts" else shop / "templates").glob("*.*"))
    text = path.read_text()
    path.write_text(text.replace("Ana", "Anna") if what == "facts" else text.replace("Dear", "Hello"))
    ran = notegen("batch", shop, "--resume", "last", "--yes")
    assert ran.status == 2
    assert "changed" in ran.err or "no longer" in ran.err or "was added" in ran.err
    assert not (shop / "cards.pdf").exists()
    path.write_text(text)
    assert notegen("batch", shop, "--resume", "last", "--yes").status == 0


def test_cards_are_cut_into_files_of_nearly_the_same_length(
    notegen: Run, shop: Path, words: tuple[object, ...]
) -> None:
    ran = notegen(*words, "-o", shop / "cards.pdf", "--yes", "--split", "2", "--json")
    files = json.loads(ran.out)["files"]
    assert [Path(one["path"]).name for one in files] == ["cards-1.pdf", "cards-2.pdf"]
    assert abs(len(files[0]["cards"]) - len(files[1]["cards"])) <= 1
    with read_ledger(shop / "notegen.db") as book:
        assert {Path(one.path or "").name for one in entries(book)} == {"cards-1.pdf", "cards-2.pdf"}


def test_more_files_than_cards_are_refused(notegen: Run, shop: Path, words: tuple[object, ...]) -> None:
    ran = notegen(*words, "-o", shop / "cards.pdf", "--yes", "--split", "999")
    assert ran.status == 2
    assert "cannot fill 999 files" in ran.err


@pytest.mark.parametrize("two", [("--yes", "--dry-run"), ("--prepare", "--yes"), ("--prepare", "--no-ledger")])
def test_contradictions_are_usage_errors(
    notegen: Run, shop: Path, words: tuple[object, ...], two: tuple[str, str]
) -> None:
    assert notegen(*words, "-o", shop / "cards.pdf", *two).status == 2


def test_without_facts_the_command_says_what_it_wants(notegen: Run) -> None:
    ran = notegen("batch", "-t", "thanks")
    assert ran.status == 2
    assert "FACTS -t TEMPLATE" in ran.err
