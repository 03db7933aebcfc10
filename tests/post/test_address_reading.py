"""What is wrong with an address is found where it is written; what can be put right is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.facts import STANDARD, load_source
from notegen.facts.addresses import written
from notegen.model.address import PARTS, Address, Written
from notegen.model.diagnostic import Checked, Diagnostic
from notegen.model.manual import read as manual
from notegen.model.rule import Rule
from notegen.model.source import Source
from notegen.post import address
from notegen.post.address import codes
from notegen.post.address.formats import codes as countries
from notegen.post.address.formats import format_of, regions_of
from notegen.post.address.postcodes import tidied

TROY = "street: 8 Canal Street, city: Troy, region: NY, postcode: '12180'"


def read(text: str, sender: str = "US", name: str = "name: Ana Reyes, ") -> Checked[Address]:
    """Read the address of a customer of one line of YAML."""
    return of_yaml(f"customer: {{{name}address: {{{text}}}}}\n", sender)


def of_yaml(text: str, sender: str = "US") -> Checked[Address]:
    (one,) = load_source(Source("facts.yaml", text), STANDARD).value or ()
    return address.read(written(one), sender)


def found(made: Checked[Address]) -> list[tuple[str, str]]:
    """Return the codes and what they point at."""
    return [(one.code, one.span.text if one.span else "") for one in made.diagnostics]


def the(made: Checked[Address]) -> Diagnostic:
    (one,) = made.diagnostics
    return one


def test_a_whole_address_is_fine() -> None:
    made = read(TROY)
    assert made.diagnostics == ()
    assert made.value == Address("Ana Reyes", street="8 Canal Street", city="Troy", region="NY", postcode="12180")


@pytest.mark.parametrize(
    ("text", "sender", "code", "at"),
    [
        ("street: 8 Canal Street, region: NY, postcode: '12180'", "US", codes.PART, "{street"),
        ("city: Troy, region: NY, postcode: '12180'", "US", codes.PART, "{city"),
        ("street: 8 Canal Street, city: Troy, region: NY", "US", codes.PART, "{street"),
        ("street: 8 Canal Street, city: Troy, postcode: '12180'", "US", codes.REGION, "{street"),
        ("street: Hauptstr. 5, city: Bonn, postcode: '5311', country: DE", "US", codes.POSTCODE, "'5311'"),
        ("street: 1 High St, city: Hull, postcode: 12345, country: UK", "US", codes.POSTCODE, "12345"),
        ("street: 2 Rue Foch, city: Nice, postcode: '06000', country: Frnace", "US", codes.COUNTRY, "Frnace"),
        ("street: 2 Elm St, city: Concord, region: MA, postcode: 1742", "US", codes.ZERO, "1742"),
        ("street: 8 Canal Street, city: Troy, region: NY, postcode: '97180'", "US", codes.ELSEWHERE, "'97180'"),
        ("street: 8 Canal Street, city: Troy, region: New Yrok, postcode: '12180'", "US", codes.NO_REGION, "New Yrok"),
        (f"street2: same as above, {TROY}", "US", codes.JUNK, "same as above"),
        (f"company: N/A, {TROY}", "US", codes.JUNK, "N/A"),
        (f"street2: call 518-555-0123, {TROY}", "US", codes.NOT_POSTAL, "call 518-555-0123"),
        (f"district: ana@example.com, {TROY}", "US", codes.NOT_POSTAL, "ana@example.com"),
        (f"street2: 𓀀, {TROY}", "US", codes.CHARACTER, "𓀀"),
        ("lines: [8 Canal Street, '', Troy NY 12180]", "US", codes.BLANK, "''"),
        ("lines: [8 Canal Street, www.example.com, Troy NY 12180]", "US", codes.NOT_POSTAL, "www.example.com"),
        ("lines: [2 Rue Foch, 06000 Nice, France], country: Monaco", "US", codes.COUNTRIES, "Monaco"),
    ],
)
def test_what_is_wrong_is_found_where_it_is(text: str, sender: str, code: str, at: str) -> None:
    one = the(read(text, sender))
    assert one.code == code
    assert one.hint
    assert one.span is not None and one.span.text.startswith(at)


def test_nobody_and_nowhere() -> None:
    nowhere = of_yaml("customer: {name: Ana Reyes}\n")
    assert nowhere.value is None
    assert found(nowhere) == [(codes.NONE, "Ana Reyes")]
    assert codes.NAMELESS in [code for code, _ in found(read(TROY, name=""))]
    assert read(f"company: Example Ltd, {TROY}", name="").diagnostics == ()


def test_a_misspelt_country_and_state_are_guessed() -> None:
    wrong = read("street: 2 Rue Foch, city: Nice, postcode: '06000', country: Frnace")
    assert the(wrong).hint == "did you mean 'France'?"
    assert the(read("street: 8 C, city: Troy, region: New Yrok, postcode: '12180'")).hint == "did you mean 'New York'?"


@pytest.mark.parametrize(
    ("region", "code"), [("NY", "NY"), ("ny", "NY"), ("N.Y.", "NY"), ("New York", "NY"), ("new york", "NY")]
)
def test_a_state_gets_its_code(region: str, code: str) -> None:
    made = read(f"street: 8 Canal Street, city: Troy, region: {region}, postcode: '12180'")
    assert made.value is not None and made.value.region == code


def test_states_are_known_without_accents() -> None:
    made = read("street: 1 Rue Foch, city: Laval, region: Québec, postcode: H7A 1A1, country: Canada")
    assert made.diagnostics == () and made.value is not None and made.value.region == "QC"
    naples = read("street: Via Roma 1, city: Napoli, region: NA, postcode: '80121', country: Italia")
    assert naples.diagnostics == () and naples.value is not None and naples.value.region == "NA"


def test_lost_zeros_come_back_where_the_state_proves_it() -> None:
    made = read("street: 2 Elm St, city: Concord, region: Massachusetts, postcode: 1742-1234")
    assert made.value is not None and made.value.postcode == "01742-1234"
    assert the(made).code == codes.ZERO
    assert the(read("street: 2 Elm St, city: Reno, region: NV, postcode: 8950")).code == codes.POSTCODE
    dresden = the(read("street: Ringstr. 5, city: Dresden, postcode: 1067, country: DE"))
    assert (dresden.code, dresden.hint) == (
        codes.POSTCODE,
        'did it begin with a zero? then write "01067", with the quotes',
    )
    rome = read("street: Via Roma 1, city: Roma, region: RM, postcode: 144, country: IT")
    assert rome.value is not None and rome.value.postcode == "00144"


@pytest.mark.parametrize(
    ("country", "written_", "made"),
    [
        ("GB", "sw1a1aa", "SW1A 1AA"),
        ("GB", "m 25bq", "M2 5BQ"),
        ("GB", "BFPO 61", "BFPO 61"),
        ("GB", "SW1A 1A", None),
        ("CA", "k1a-0b1", "K1A 0B1"),
        ("CA", "D1A 0B1", None),
        ("NL", "1234ab", "1234 AB"),
        ("US", "12180", "12180"),
        ("US", "121801234", "12180-1234"),
        ("US", "12180 1234", "12180-1234"),
        ("US", "1218", None),
        ("JP", "〒1000005", "100-0005"),
        ("JP", "１００－０００５", "100-0005"),
        ("SE", "SE-11455", "114 55"),
        ("CH", "CH-8008", "8008"),
        ("DE", "D-53111", "53111"),
        ("PL", "00940", "00-940"),
        ("PT", "1000205", "1000-205"),
        ("BR", "85070200", "85070-200"),
        ("IE", "d02x285", "D02 X285"),
        ("IE", "D6WXH45", "D6W XH45"),
        ("GR", "10557", "105 57"),
        ("LU", "L-1050", "1050"),
        ("LV", "LV-1010", "1010"),
        ("JE", "je23ab", "JE2 3AB"),
        ("AE", "anything", "ANYTHING"),
        ("FR", "75 008", "75008"),
    ],
)
def test_postcodes_are_written_as_the_post_does(country: str, written_: str, made: str | None) -> None:
    assert tidied(written_, format_of(country)) == made


def test_the_examples_of_the_data_are_good_postcodes() -> None:
    for country in countries():
        how = format_of(country)
        if how.example:
            assert tidied(how.example, how) is not None, country


def test_states_know_their_postcodes() -> None:
    assert {len(regions_of(country)) > 5 for country in ("US", "CA", "AU", "BR", "IT")} == {True}
    assert regions_of("DE") == {}


@pytest.mark.parametrize(
    ("rows", "country", "sender", "kept"),
    [
        ("8 Canal Street, Troy NY 12180, USA", "US", "US", 2),
        ("2 Rue Foch, 06000 Nice, FRANCE", "FR", "US", 2),
        ("8 Peach Street, Atlanta, Georgia", None, "US", 3),
        ("8 Peach Street, Atlanta, CA", None, "US", 3),
        ("10 Eunos Road 8, Singapore", None, "SG", 2),
        ("10 Eunos Road 8, Singapore", "SG", "US", 1),
    ],
)
def test_the_country_of_written_lines(rows: str, country: str | None, sender: str, kept: int) -> None:
    made = read(f"lines: [{rows}]", sender).value
    assert made is not None
    assert (made.country, len(made.lines)) == (country, kept)


def test_the_country_stands_once() -> None:
    made = read("lines: [2 Rue Foch, 06000 Nice, France], country: FR").value
    assert made is not None
    block = address.lines(made, "US").value or ()
    assert block == ("Ana Reyes", "2 Rue Foch", "06000 Nice", "FRANCE")


def test_the_addressee_wins_over_the_name() -> None:
    made = read(f"addressee: Ana and Bo Ito, {TROY}").value
    assert made is not None and made.name == "Ana and Bo Ito"


ANY = st.text(max_size=12) | st.sampled_from(
    ("", " ", "n/a", "DE", "Georgia", "USA", "１２３", "\n\n", "〒", "2134", "c/o")
)


@given(
    st.dictionaries(st.sampled_from(PARTS), ANY),
    st.lists(ANY, max_size=4),
    st.sampled_from(("US", "DE", "JP", "GB", "SG")),
)
def test_no_address_is_too_odd(parts: dict[str, str], rows: list[str], sender: str) -> None:
    made = address.read(Written(parts, tuple(rows)), sender)
    if made.value is not None:
        block = address.lines(made.value, sender).value or ()
        assert all(line == line.strip() and line for line in block)
        address.vertical(made.value)
    assert all(one.message and one.hint for one in made.diagnostics)


@given(st.sampled_from(countries()), st.text(max_size=12))
def test_a_postcode_that_was_put_right_stays_so(country: str, text: str) -> None:
    made = tidied(text, format_of(country))
    assert made is None or tidied(made, format_of(country)) == made


JAPANESE_ONLY = (codes.NOT_VERTICAL, codes.TALL, codes.LONG)
"""Rules that a block or its columns break, and not the facts alone."""


@pytest.mark.parametrize(
    "rule", [one for one in codes.RULES if one.code not in JAPANESE_ONLY], ids=lambda rule: rule.code
)
def test_the_examples_of_the_manual_hold(rule: Rule) -> None:
    page = manual(rule)
    assert rule.code in [code for code, _ in found(of_yaml(page.bad))]
    assert found(of_yaml(page.good)) == []
