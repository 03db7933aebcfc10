"""What data bases, exports and clipboards leave in facts is found at its place; a fix makes just what was meant."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.facts import STANDARD, load_source
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.source import Source

TODAY = date(2026, 11, 28)


def found(text: str, today: date | None = TODAY) -> tuple[Diagnostic, ...]:
    return load_source(Source("facts.yaml", text), STANDARD, today).diagnostics


def mended(one: Diagnostic) -> str | None:
    """Return what the fix writes."""
    return one.fix.replacement if one.fix else None


NAMES = [
    ("Walter Haas (deceased)", "F023", "(deceased)", None),
    ("Ana Reyes - VIP", "F023", "- VIP", None),
    ("Ana Reyes *DUPLICATE*", "F023", "*DUPLICATE*", None),
    ("Estate of Walter Haas", "F023", "Estate of", None),
    ("Ana DO NOT CALL Reyes", "F023", "DO NOT CALL", None),
    ("Test Customer", "F023", "Test Customer", None),
    ("Ana Reyes 541-555-0117", "F025", "541-555-0117", None),
    ("ana@example.com", "F025", "ana@example.com", None),
    ("Ana Reyes, 8 Canal Street", "F025", "8 Canal Street", None),
    ("Ana Reyes c/o Bo", "F025", "c/o", None),
    ("ANA REYES", "F020", "ANA REYES", "Ana Reyes"),
    ("ANA B. REYES", "F020", "ANA B. REYES", "Ana B. Reyes"),
    ("RORY MCDONALD", "F020", "RORY MCDONALD", None),
    ("JAN VAN DYKE", "F020", "JAN VAN DYKE", None),
    ("ana reyes", "F033", "ana reyes", "Ana Reyes"),
    ("Ana Reyes,", "F032", '"Ana Reyes,"', '"Ana Reyes"'),
]


@pytest.mark.parametrize(("name", "code", "at", "fix"), NAMES)
def test_a_name_is_a_name_alone(name: str, code: str, at: str, fix: str | None) -> None:
    written = name if code not in ("F025", "F032") or "," not in name else f'"{name}"'
    if name.startswith("*") or " *" in name:
        written = f'"{name}"'
    (one,) = found(f"customer:\n  name: {written}\n")
    assert one.code == code
    assert one.span is not None
    assert (one.span.line, one.span.text) == (2, at)
    assert mended(one) == fix
    assert one.hint


def test_last_name_first_is_turned_round() -> None:
    (one,) = found('customer: {name: "Reyes, Ana"}\n')
    assert (one.code, mended(one)) == ("F021", '"Ana Reyes"')
    two = found('customer: {name: "REYES, ANA"}\n')
    assert [(one.code, mended(one)) for one in two] == [("F020", None), ("F021", None)]


@pytest.mark.parametrize(
    "name",
    [
        "Ana Reyes", "JP", "BJ III", "bell", "k.d. lang", "Anne-Late Moss", "O'Brien", "Van Morrison",
        "Lou Dead Horse Reed", "Old Elk", "Dr. Ana Reyes, M.D.", "Ana, Bo and Cy", "伊藤 花子", "Goldie Silver",
        "José Núñez", "Sam Street", "Ana Boxall",
    ],
)  # fmt: skip
def test_unusual_names_are_left_in_peace(name: str) -> None:
    assert found(f'customer: {{name: "{name}"}}\n') == ()


def test_a_household_is_made_of_names() -> None:
    (one,) = found("customer:\n  name: Ana Reyes\n  household: [Ana Reyes, Walter (deceased)]\n")
    assert one.span is not None
    assert (one.code, one.span.line, one.span.text) == ("F023", 3, "(deceased)")


WORDS = [
    ('"You canâ€™t whistle."', "F028", "â€™", '"You can’t whistle."'),
    ("You met RenÃ©e.", "F028", "Ã©", "You met Renée."),
    ('"You met Ren\ufffde."', "F028", "\ufffd", None),
    ('"You &amp; Rex came."', "F029", "&amp;", '"You & Rex came."'),
    ("You&#39;re early.", "F029", "&#39;", "You're early."),
    ('"You came.<br>You left."', "F029", "<br>", None),
    ("You  came twice.", "F031", "  ", "You came twice."),
    ('"You came twice. "', "F031", '"You came twice. "', '"You came twice."'),
    ("You came twice , in rain.", "F032", " ", "You came twice, in rain."),
    ("You came!! Twice.", "F032", "!!", "You came! Twice."),
    ("You came,, twice.", "F032", ",,", "You came, twice."),
    ("You said ``never'' twice.", "F032", "``", "You said “never” twice."),
    ("You came,. Twice.", "F032", ",.", None),
]


@pytest.mark.parametrize(("written", "code", "at", "fix"), WORDS)
def test_words_are_clean(written: str, code: str, at: str, fix: str | None) -> None:
    (one,) = found(f"customer: {{name: Ana Reyes}}\nremember:\n  - {written}\n")
    assert one.span is not None
    assert (one.code, one.span.line) == (code, 3)
    assert at in one.span.text
    assert mended(one) == fix


@pytest.mark.parametrize(
    "text",
    [
        "You came... twice.", "Wait. . . what?", "You said 'never', twice.", "It is 5 < 9 and 9 > 5.", "R&D made it.",
        "Você é um herói, Zoë; così è, Ångström.", "You paid $4.50, e.g. for jam.", "Ana’s “jam”.",
        "A 3/4-inch gap -- no more.", "What?!", "It was 9:30 ;-) he said", "Tel. 555-0117, ext. 4.",
    ],
)  # fmt: skip
def test_words_with_marks_of_their_own_are_left_in_peace(text: str) -> None:
    codes = {one.code for one in found(f'customer: {{name: Ana}}\nremember: ["{text}"]\n')}
    assert codes <= ({"F032"} if "?!" in text or ";-" in text else set())


POSTCODES = [
    ("region: MA, postcode: 2134", "F026", '"02134"'),
    ("region: NJ, postcode: '7030-1234'", "F026", "'07030-1234'"),
    ("country: Germany, postcode: 4109", "F026", '"04109"'),
    ("country: USA, region: OR, postcode: 9720", "F026", None),
    ("country: USA, region: PR, postcode: 601", "F026", '"00601"'),
    ('region: OR, postcode: "\'97201"', "F026", '"97201"'),
]


@pytest.mark.parametrize(("address", "code", "fix"), POSTCODES)
def test_a_lost_zero_is_found(address: str, code: str, fix: str | None) -> None:
    (one,) = found(f"customer: {{name: Ana Reyes, address: {{city: Concord, {address}}}}}\n")
    assert one.code == code
    assert mended(one) == fix or (fix and mended(one) == fix.strip('"'))


@pytest.mark.parametrize(
    "address",
    ["region: MA, postcode: '02134'", "postcode: 2134", "country: Switzerland, postcode: 8001",
     "country: AT, postcode: 1010", "region: NSW, country: Australia, postcode: 2000",
     "region: MA, country: UK, postcode: 1234"],
)  # fmt: skip
def test_short_postcodes_of_elsewhere_are_left_in_peace(address: str) -> None:
    assert found(f"customer: {{name: Ana Reyes, address: {{city: Concord, {address}}}}}\n") == ()


DAYS = [
    ("sale: {date: 1970-01-01, item: bell}", Severity.ERROR),
    ("sale: {date: 1899-12-30, item: bell}", Severity.ERROR),
    ("sale: {date: 2026-11-29, item: bell}", Severity.WARNING),
    ("sale: {date: 2062-03-04, item: bell}", Severity.WARNING),
    ("sale: {date: 1926-03-04, item: bell}", Severity.WARNING),
    ("problem: {date: 2027-01-01, what: it broke}", Severity.WARNING),
]


@pytest.mark.parametrize(("fact", "severity"), DAYS)
def test_days_that_cannot_be_meant(fact: str, severity: Severity) -> None:
    (one,) = found(f"customer: {{name: Ana}}\n{fact}\n")
    assert (one.code, one.severity) == ("F027", severity)
    assert one.span is not None and one.span.text[:4].isdigit()
    assert one.note


def test_birthdays() -> None:
    assert [one.code for one in found("customer: {name: Ana, birthday: 2027-01-01}")] == ["F027"]
    assert [one.code for one in found("customer: {name: Ana, birthday: 1900-01-01}")] == ["F027"]
    assert [one.code for one in found("customer: {name: Ana, birthday: 1884-03-02}")] == ["F027"]
    assert found("customer: {name: Ana, birthday: 1970-01-01}") == ()
    assert found("customer: {name: Ana, birthday: 1921-05-06}") == ()


def test_a_day_to_come_that_is_no_past_is_left_in_peace() -> None:
    assert found("customer: {name: Ana}\nsale: {date: 2026-11-28, item: x, details: {first_service: 2027-05-01}}") == ()


def test_without_today_no_day_lies_ahead() -> None:
    assert found("customer: {name: Ana}\nsale: {date: 2062-03-04, item: bell}", None) == ()


SAME = [
    ("{name: Ana Reyes, email: a@example.com}", '{name: "Reyes, Ana", email: A@example.com}'),
    ("{name: José Ito, phone: 541-555-0117}", "{name: Jose Ito, phone: (541) 555 0117}"),
    (
        "{name: Ana Reyes, address: {street: 8 Canal St., postcode: '97999'}}",
        "{name: ANA REYES, address: {street: 8 canal st, postcode: '97999'}}",
    ),
    ("{name: Ana Reyes, birthday: 1984-03-09}", "{name: Ana Reyes, birthday: 1984-03-09}"),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_one_person_under_two_keys(first: str, second: str) -> None:
    two = f"key: a\ncustomer: {first}\n---\nkey: b\ncustomer: {second}\n"
    (one,) = (one for one in found(two) if one.code == "F030")
    assert one.severity is Severity.WARNING
    assert one.note == "b"
    assert [str(related.span).rsplit(":", 1)[0] for related in one.related] == ["facts.yaml:2"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{name: Ana Reyes, email: a@example.com}", "{name: Bo Reyes, email: a@example.com}"),
        ("{name: Ana Reyes}", "{name: Ana Reyes}"),
        ("{name: Ana Reyes, address: {street: 8 Canal St}}", "{name: Bo Reyes, address: {street: 8 Canal St}}"),
    ],
)
def test_a_couple_or_a_namesake_is_two_people(first: str, second: str) -> None:
    two = f"key: a\ncustomer: {first}\n---\nkey: b\ncustomer: {second}\n"
    assert found(two) == ()


QUIRKS = st.sampled_from(
    ["â€™", "Ã©", "&amp;", "&#39;", "  ", " ,", "!!", ",,", "``", "''", "a", "It’s", " ", ":", "#", '"', "\\", "é"]
)


@given(st.lists(QUIRKS, min_size=1, max_size=8).map("".join), st.sampled_from(["'", '"']))
def test_a_fix_changes_one_fact_and_is_final(words: str, mark: str) -> None:
    """Fixes applied one after another come to an end, and the other facts stay as they are."""
    inner = f"You said {words} twice"
    written = inner.replace("'", "''") if mark == "'" else inner.replace("\\", "\\\\").replace('"', '\\"')
    text = f"customer: {{name: Ana Reyes, company: Ito & Co}}\nremember:\n  - {mark}{written}{mark}\n"
    for _ in range(20):
        fixes = [one.fix for one in found(text) if one.fix]
        if not fixes:
            break
        span = fixes[0].span
        text = text[: span.start] + fixes[0].replacement + text[span.end :]
        (one,) = load_source(Source("facts.yaml", text), STANDARD).value or ()
        assert one.get("customer.company") == "Ito & Co"
        assert isinstance(one.get("remember.0"), str)
    assert not any(one.fix for one in found(text))
