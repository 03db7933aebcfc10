"""Countries are known by any name, and named abroad as the sender's post reads them."""

from __future__ import annotations

import pytest

from notegen.post.address import country_line, country_name, country_of, suggested
from notegen.post.address.formats import codes, described, format_of


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("us", "US"),
        ("United States of America", "US"),
        ("the United States", "US"),
        ("UK", "GB"),
        ("United Kingdom", "GB"),
        ("England", "GB"),
        ("GBR", "GB"),
        ("Deutschland", "DE"),
        ("Allemagne", "DE"),
        ("GERMANY", "DE"),
        ("日本", "JP"),
        ("大韩民国", None),
        ("대한민국", "KR"),
        ("Korea", "KR"),
        ("Österreich", "AT"),
        ("Osterreich", "AT"),
        ("Holland", "NL"),
        ("Czech Republic", "CZ"),
        ("Hongkong", "HK"),
        ("Côte d'Ivoire", "CI"),
        ("les États-Unis", "US"),
        ("Россия", "RU"),
        ("Ελλάδα", "GR"),
        ("", None),
        ("???", None),
        ("Frnace", None),
        ("Wisconsin", None),
    ],
)
def test_a_country_is_known_by_any_name(text: str, country: str | None) -> None:
    assert country_of(text) == country


@pytest.mark.parametrize("country", codes())
def test_every_country_is_known_by_its_code_and_its_english_name(country: str) -> None:
    assert country_of(country) == country
    assert country_of(country_name(country, "en")) == country


@pytest.mark.parametrize(
    ("text", "near"), [("Frnace", "France"), ("Germny", "Germany"), ("Deutschlnad", "Germany"), ("qqqqqq", None)]
)
def test_a_misspelt_country_is_guessed(text: str, near: str | None) -> None:
    assert suggested(text) == near


@pytest.mark.parametrize(
    ("country", "sender", "language", "line"),
    [
        ("US", "US", None, None),
        ("DE", "US", None, "GERMANY"),
        ("DE", "US", "es", "GERMANY"),
        ("FR", "DE", "de", "FRANKREICH"),
        ("AT", "DE", None, "ÖSTERREICH"),
        ("DE", "CH", "fr", "ALLEMAGNE"),
        ("DE", "CH", "de", "DEUTSCHLAND"),
        ("DE", "CA", "fr", "ALLEMAGNE"),
        ("DE", "JP", "ja", "GERMANY"),
        ("US", "FR", None, "ÉTATS-UNIS"),
        ("HK", "US", None, "HONG KONG"),
        ("MM", "GB", None, "MYANMAR"),
        ("PR", "US", None, None),
        ("US", "PR", None, None),
        ("JE", "GB", None, None),
        ("LI", "CH", None, None),
        ("VA", "IT", None, None),
        ("MC", "FR", None, None),
        ("MC", "DE", None, "MONACO"),
    ],
)
def test_the_last_line_abroad(country: str, sender: str, language: str | None, line: str | None) -> None:
    assert country_line(country, sender, language) == line


def test_every_format_of_a_post_names_its_source_and_holds_every_part() -> None:
    assert len(described()) >= 40
    for country in codes():
        how = format_of(country)
        assert how.source
        for lines in filter(None, (how.lines, how.script)):
            text = " ".join(lines)
            for part in ("name", "company", "care_of", "street", "district", "city", "region", "postcode"):
                assert text.count(f"{{{part}}}") == 1, (country, part)


def test_names_of_countries_abroad_are_latin_and_short() -> None:
    for sender in described():
        for country in codes():
            line = country_line(country, sender)
            assert line is None or (line == line.upper() and not line.endswith(")") and "SAR" not in line.split())
