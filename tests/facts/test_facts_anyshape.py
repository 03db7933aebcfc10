"""Customers in a shop's own words: flat records, other names, lists; nothing is refused, and what was done is said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from notegen.facts import STANDARD, load_any
from notegen.facts.anyshape import ALIASES, Read
from notegen.model.diagnostic import Checked, Severity

FLAT = """\
name: Ana Reyes
model: 2022 Subaru Outback
purchase_date: 11/22/2025
color: green
price: "$31,400"
crm_id: X-99812
kids: 2
notes: Your terrier chose the back seat.
"""


def read(folder: Path, text: str) -> Checked[Read]:
    path = folder / "customers.yaml"
    path.write_text(text)
    return load_any(path, STANDARD)


def value(folder: Path, text: str, path: str) -> object:
    loaded = read(folder, text).value
    assert loaded is not None
    return loaded.people[0].get(path)


@pytest.mark.parametrize("path", sorted(set(ALIASES.values())))
def test_every_other_name_leads_to_a_fact_of_the_schema(path: str) -> None:
    assert path in STANDARD.fields


def test_a_flat_record_is_read(tmp_path: Path) -> None:
    loaded = read(tmp_path, FLAT)
    assert loaded.value is not None
    (ana,) = loaded.value.people
    assert ana.key == "ana-reyes-2025-11-22"
    assert ana.get("customer.name") == "Ana Reyes"
    assert ana.get("sale.item") == "2022 Subaru Outback"
    assert ana.get("sale.date") == date(2025, 11, 22)
    assert ana.get("sale.price") == 31400
    assert ana.get("remember") == ("Your terrier chose the back seat.",)
    assert ana.spans["sale.colour"].text == "green" and ana.spans["sale.colour"].line == 4


def test_what_no_schema_knows_is_taken_as_it_is_and_weighed(tmp_path: Path) -> None:
    loaded = read(tmp_path, FLAT)
    assert loaded.value is not None
    fields = loaded.value.schema
    assert [(fields.lookup(path) or STANDARD.fields["shop"]).weight for path in ("kids", "crm_id")] == [1, 0]
    said = [(one.code, one.severity, one.note) for one in loaded.diagnostics]
    assert said == [("F010", Severity.INFO, "ana-reyes-2025-11-22")] * 3
    assert "color as sale.colour" in loaded.diagnostics[0].message
    assert "'kids'" in loaded.diagnostics[2].message


@pytest.mark.parametrize(
    ("text", "path", "wanted"),
    [
        ("{customer: Ana Reyes}", "customer.name", "Ana Reyes"),
        ("{sale: blue canoe}", "sale.item", "blue canoe"),
        ("{firstName: Ana, lastName: Reyes}", "customer.name", "Ana Reyes"),
        ("{vehicle: {year: 2021, make: Honda, model: Civic}}", "sale.item", "2021 Honda Civic"),
        ("{vehicle: {name: Civic}}", "sale.item", "Civic"),
        ("{sold_on: November 2nd 2025}", "sale.date", date(2025, 11, 2)),
        ("{sold_on: 13/2/2025}", "sale.date", date(2025, 2, 13)),
        ("{sale: {date: 'Nov 2, 2025'}}", "sale.date", date(2025, 11, 2)),
        ("{sold_on: soon}", "sale.date", None),
        ("{sold_on: 31/31/2025}", "sale.date", None),
        ("{wedding: {date: 2026-05-09}}", "sale.date", None),
        ("{customer.name: Ana Reyes}", "customer.name", "Ana Reyes"),
        ("{colour: red, sale: {colour: green}}", "sale.colour", "green"),
        ("{price: 12.50 EUR}", "sale.price", 12.5),
        ("- {name: Bo}\n- {name: Cy}", "customer.name", "Bo"),
        ("contacts: [{name: Bo}, {name: Cy}]", "customer.name", "Bo"),
    ],
)
def test_shapes(tmp_path: Path, text: str, path: str, wanted: object) -> None:
    assert value(tmp_path, text, path) == wanted


def test_a_list_is_several_customers(tmp_path: Path) -> None:
    loaded = read(tmp_path, "- {name: Bo}\n- {name: Cy}\n")
    assert loaded.value is not None
    assert [one.key for one in loaded.value.people] == ["bo", "cy"]


def test_what_is_not_yaml_is_an_error(tmp_path: Path) -> None:
    assert [one.code for one in read(tmp_path, "name: [").diagnostics] == ["F001"]


def test_facts_of_the_usual_shape_are_read_without_a_word(tmp_path: Path) -> None:
    text = "{customer: {name: Ana}, sale: {date: 2025-11-22, item: canoe, details: {kids: 2}}, remember: [You sang.]}"
    assert read(tmp_path, text).diagnostics == ()
