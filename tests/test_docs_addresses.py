"""The page about addresses says what the data says, and its examples hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from notegen import facts, settings
from notegen.model.source import Source
from notegen.pipeline import posting
from notegen.post.address import country_name, names
from notegen.post.address.formats import Format, described, format_of

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "addresses.md").read_text(encoding="utf-8")
WORDS = {"care_of": "c/o", "city": "town"}
EXAMPLE = re.compile(r"```yaml\n(.*?)```\n(?:.*?)```text\n(.*?)```", re.DOTALL)


def shown(lines: tuple[str, ...], how: Format, unit: str) -> str:
    """Return a format as the page shows it: a part for each word, a stroke for each line."""
    street = {"above": "flat / street", "below": "street / flat"}.get(unit, f"street{unit}flat")
    made = " / ".join(lines).replace("}{", "}·{").replace("{street}", street if unit else "street·flat")
    made = re.sub(r"\{(\w+)\}", lambda part: WORDS.get(part[1], part[1]), made)
    return made.replace("c/o", how.care_of)


def row(country: str) -> str:
    """Return a country's row of the table."""
    how = format_of(country)
    order = shown(how.lines, how, how.unit)
    if how.script:
        order += f"<br>own script: {shown(how.script, how, how.unit_script)}"
    asks = "; ".join(
        text
        for text in (
            f"at most {how.longest} characters a line" if how.longest else "",
            f"{how.abroad} before the postcode from abroad" if how.abroad else "",
            f"capitals asked for: {how.capitals}" if how.capitals else "",
        )
        if text
    )
    read = ", ".join(how.languages) or "en"
    return f"| {country_name(country, 'en')} {country} | {order} | {read} | {asks} | {how.source} |".replace("  ", " ")


@pytest.mark.parametrize("country", described())
def test_every_country_of_the_data_has_its_row(country: str) -> None:
    assert row(country) in PAGE.split("\n")


def test_the_page_has_no_other_rows() -> None:
    assert len(re.findall(r"^\| .* [A-Z]{2} \|", PAGE, re.MULTILINE)) == len(described())


def test_the_examples_make_what_they_say() -> None:
    found = EXAMPLE.findall(PAGE)
    assert len(found) == 3
    for text, block in found:
        (one,) = facts.load_source(Source("facts.yaml", text), facts.STANDARD).value or ()
        made = posting.block_of(one, settings.defaults())
        assert made.diagnostics == ()
        assert "\n".join(made.value or ()) == block.rstrip("\n")


def test_the_number_of_languages_is_true() -> None:
    assert f"{len(names._LANGUAGES)} languages" in PAGE


def test_the_published_addresses_are_as_many_as_it_says() -> None:
    entries = yaml.safe_load((Path(__file__).parent / "post" / "published.yaml").read_text(encoding="utf-8"))
    counted: dict[str, list[str]] = {"post": [], "rule": []}
    about = {"by": "", "country": ""}
    for entry in entries:
        if "country" in entry:
            about = entry
        else:
            counted[about["by"]].append(about["country"])
    post, rule = counted["post"], counted["rule"]
    said = " ".join(PAGE.split())
    assert f"{len(post + rule)} addresses of {len({*post, *rule})} countries" in said
    assert (
        f"{len(post)} of {len(set(post))} countries are printed by a post or by the UPU, {len(rule)} by others" in said
    )
