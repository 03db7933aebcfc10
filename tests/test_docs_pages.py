"""The pages about facts and templates say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from notegen import compose, facts
from notegen.compose.filters import note_filters
from notegen.compose.front import KEYS
from notegen.model.schema import Kind
from notegen.model.source import Source

ROOT = Path(__file__).resolve().parents[1]
PERSON = """
customer: {name: Chris Jones}
sale: {date: 2026-03-04, item: Outback, price: 31400}
remember: [You honked twice., You waved.]
"""
EXAMPLES = {
    "long_date": ("sale.date | long_date", "March 4, 2026"),
    "day_month": ("sale.date | day_month", "March 4"),
    "month_year": ("sale.date | month_year", "March 2026"),
    "month": ("sale.date | month", "March"),
    "weekday": ("sale.date | weekday", "Wednesday"),
    "years_since": ("sale.date | years_since(sale.date)", "0"),
    "money": ("sale.price | money", "$31,400"),
    "number": ("211000 | number", "211,000"),
    "ordinal": ("1 | ordinal", "1st"),
    "in_words": ("2 | in_words", "two"),
    "and_list": ("['a', 'b', 'c'] | and_list", "a, b and c"),
    "possessive": ("'Chris' | possessive", "Chris's"),
    "a_an": ("sale.item | a_an", "an Outback"),
    "first_name": ("customer.name | first_name", "Chris"),
    "lower_first": ("sale.item | lower_first", "outback"),
    "upper_first": ("'two' | upper_first", "Two"),
}
"""What docs/templates.md says each filter makes, as templates that make it."""


def page(name: str) -> str:
    """Return a page of the manual."""
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """Return what stands under a heading, up to the next."""
    return re.split(r"^##+ ", text.split(f"\n## {heading}\n", 1)[1], flags=re.MULTILINE)[0]


def rows(text: str) -> list[list[str]]:
    """Return the cells of a table's rows, without its head."""
    table = [re.split(r"(?<!\\)\|", line.strip("|")) for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in table[2:]]


def coded(cell: str) -> list[str]:
    """Return the words that a cell sets as code."""
    return re.findall(r"`([^`]+)`", cell)


def rendered(body: str) -> str:
    """Return what a template's body makes of the example's facts."""
    (one,) = facts.load_source(Source("facts.yaml", PERSON), facts.STANDARD).value or ()
    template = compose.parse(Source("example.j2", body)).value
    assert template is not None
    made = compose.compose(one, template, facts.STANDARD, locale="en_US", currency="USD")
    assert made.value is not None, [found.message for found in made.diagnostics]
    return made.value.text


def test_every_filter_is_in_the_table() -> None:
    listed = [name.split("(")[0] for row in rows(section(page("templates.md"), "Filters")) for name in coded(row[0])]
    assert sorted(listed) == sorted(note_filters("en_US", "USD")) == sorted(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_filter_makes_what_the_table_says(name: str) -> None:
    expression, made = EXAMPLES[name]
    assert rendered(f"{{{{ {expression} }}}}") == made
    if name != "years_since" and name != "first_name" and not name.endswith("_first"):
        row = next(row for row in rows(section(page("templates.md"), "Filters")) if f"`{name}`" in row[0])
        assert made in row[1]


def test_every_key_of_the_front_matter_is_in_the_table() -> None:
    listed = [key for row in rows(section(page("templates.md"), "Front matter")) for key in coded(row[0])]
    assert sorted(listed) == sorted(KEYS)


def test_the_library_table_is_complete_and_true() -> None:
    listed = {coded(row[0])[0]: coded(row[2]) for row in rows(section(page("templates.md"), "The library"))}
    library = {path.stem: path for path in (ROOT / "templates").glob("*.j2") if not path.name.startswith("_")}
    assert sorted(listed) == sorted(library)
    for name in set(listed) - {"check-in"}:
        template = compose.load(library[name]).value
        assert template is not None
        needs = set(template.requires)
        lines = {path for path in needs if path.startswith("remember.")}
        assert {path for path in listed[name] if path != "remember"} == needs - lines, name
        assert ("remember" in listed[name]) == (len(lines) == 2), name


def test_the_first_template_of_the_page_works() -> None:
    first = page("templates.md").split("```jinja\n", 1)[1].split("```", 1)[0].replace("{{ shop.signer }}", "Ruth")
    made = rendered(first.replace("sale.short", "sale.item")).split("\n\n")
    assert made[0] == "Dear Chris,"
    assert made[1] == "You honked twice. Thank you for coming to us for Outback on Wednesday."
    assert made[2] == "With thanks,\nRuth"


@pytest.mark.parametrize("root", ["customer", "problem", "feedback", "preferences"])
def test_the_facts_of_a_root_are_in_its_table(root: str) -> None:
    text = page("facts.md").split(f"\n### {root}\n", 1)[1].split("\n#", 1)[0]
    listed = {name for row in rows(text) for name in coded(row[0])}
    assert listed == set(facts.STANDARD.children(root))


def test_the_facts_of_a_sale_are_in_its_table() -> None:
    text = page("facts.md").split("\n### sale and sales\n", 1)[1].split("\n#", 1)[0]
    assert {name for row in rows(text) for name in coded(row[0])} == set(facts.STANDARD.children("sale"))


def test_the_weights_are_true() -> None:
    for root, heading in (("customer", "customer"), ("sale", "sale and sales"), ("problem", "problem")):
        text = page("facts.md").split(f"\n### {heading}\n", 1)[1].split("\n#", 1)[0]
        for names, _, weight in rows(text):
            for name in coded(names):
                field = facts.STANDARD.lookup(f"{root}.{name}")
                assert field is not None
                assert weight.split(",")[0] == str(field.weight), name


def test_the_kinds_of_a_field_are_all_named() -> None:
    text = section(page("facts.md"), "Facts of your own")
    sentence = text.split("`kind` is", 1)[1].split(".", 1)[0]
    assert sorted(coded(sentence)) == sorted(kind.value for kind in Kind)
