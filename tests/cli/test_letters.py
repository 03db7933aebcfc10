"""`notegen lint LETTER --facts FILE`: a finished letter is judged by what is known of its reader."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run

PEOPLE = """\
key: reyes
customer: {name: Ana Reyes, first_name: Ana, tier: gold}
sale: {date: 2025-11-22, item: 2022 Subaru Outback, short: the Outback, colour: green}
---
key: cole
customer: {name: Ana Cole, first_name: Ana}
sale: {date: 2025-11-21, item: 2021 Honda Civic, short: the Civic, colour: grey}
---
key: ito
customer: {name: Ken Ito, greeting: Mr. Ito}
sale: {date: 2025-11-20, item: 2020 Ford F-150, colour: red}
"""
LETTER = "Dear {},\n\nThe blue {} was a joy to hand over.\n\nYours,\nRick\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "people.yaml").write_text(PEOPLE)
    return tmp_path


def letter(folder: Path, text: str) -> Path:
    (folder / "letter.txt").write_text(text)
    return folder / "letter.txt"


def test_a_contradiction_is_found_with_the_line_of_the_fact(folder: Path, notegen: Run) -> None:
    path = letter(folder, LETTER.format("Mr. Ito", "F-150"))
    ran = notegen("lint", path, "--facts", folder / "people.yaml", "--format", "json")
    (found,) = json.loads(ran.out)["findings"]
    assert (ran.status, found["code"], found["line"], found["column"]) == (1, "N121", 3, 5)
    assert [(Path(one["file"]).name, one["line"]) for one in found["related"]] == [("people.yaml", 11)]


def test_without_facts_it_is_judged_by_its_words(folder: Path, notegen: Run) -> None:
    assert notegen("lint", letter(folder, LETTER.format("Mr. Ito", "F-150"))).status == 0


def test_one_of_two_of_a_first_name_must_be_named(folder: Path, notegen: Run) -> None:
    path = letter(folder, LETTER.format("Ana", "Outback"))
    asked = notegen("lint", path, "--facts", folder / "people.yaml")
    assert asked.status == 2 and "reyes, cole" in asked.err
    assert notegen("lint", path, "--facts", folder / "people.yaml", "--only", "reyes").status == 1
    assert notegen("lint", path, "--facts", folder / "people.yaml", "--only", "Ana Cole").status == 1
    assert "did you mean 'reyes'" in notegen("lint", path, "--facts", folder / "people.yaml", "--only", "reye").err


def test_a_full_name_in_the_letter_decides(folder: Path, notegen: Run) -> None:
    path = letter(folder, LETTER.format("Ana", "Outback").replace("over.", "over, Ms. Reyes."))
    ran = notegen("lint", path, "--facts", folder / "people.yaml")
    assert ran.status == 1 and "sale.colour is green" in ran.out


def test_a_letter_to_nobody_of_the_file_is_a_mistake(folder: Path, notegen: Run) -> None:
    ran = notegen("lint", letter(folder, LETTER.format("Zoe", "boat")), "--facts", folder / "people.yaml")
    assert ran.status == 2 and "reyes, cole, ito" in ran.err


def test_names_of_the_shop_s_own_are_taken_with_a_note(folder: Path, notegen: Run) -> None:
    (folder / "flat.yaml").write_text("name: Ken Ito\nmodel: 2020 Ford F-150\ncolor: red\nkids: 2\n")
    path = letter(folder, LETTER.format("Mr. Ito", "F-150").replace("joy", "joy for your three kids"))
    ran = notegen("lint", path, "--facts", folder / "flat.yaml")
    assert ran.status == 1 and "2 errors" in ran.out
    assert "taken as it is" in ran.out and "model as sale.item" in ran.out


def test_facts_go_with_letters_alone(folder: Path, notegen: Run) -> None:
    ran = notegen("lint", folder / "people.yaml", "--facts", folder / "people.yaml")
    assert ran.status == 2 and "finished letters" in ran.err
