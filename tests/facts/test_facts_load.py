"""Customer files become facts with keys, places and findings."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import pytest
import strategies
from hypothesis import given, settings
from hypothesis import strategies as st

from notegen.errors import UnreadableFile
from notegen.facts import STANDARD, load, load_source, repeated
from notegen.model.diagnostic import Checked, Diagnostic
from notegen.model.facts import Facts
from notegen.model.source import Source

ANA = """\
customer:
  name: Ana Reyes
sale:
  date: 2026-03-04
  item: Brompton
  details: {gear: "3"}
"""


def people(text: str, name: str = "f.yaml") -> Checked[tuple[Facts, ...]]:
    return load_source(Source(name, text), STANDARD)


def person(text: str) -> Facts:
    loaded = people(text)
    assert loaded.diagnostics == ()
    assert loaded.value is not None
    (one,) = loaded.value
    return one


def brief(found: Diagnostic) -> tuple[str, int | None, str | None]:
    return found.code, found.span and found.span.line, found.note


def test_a_file_is_read_with_its_mark_and_its_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "ana.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + ANA.replace("\n", "\r\n").encode())
    (one,) = load(path, STANDARD, "ana.yaml").value or ()
    assert one.get("sale.date") == date(2026, 3, 4)
    assert str(one.spans["customer.name"]) == "ana.yaml:2:9"


@pytest.mark.parametrize("data", [b"\xff\x00\x01", b"caf\xe9", b"a\x00b"])
def test_what_is_no_text_is_a_mistake(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(data)
    with pytest.raises(UnreadableFile):
        load(tmp_path / "x.yaml", STANDARD)
    with pytest.raises(UnreadableFile):
        load(tmp_path / "nobody.yaml", STANDARD)


def test_sales_are_derived_from_a_sale_with_its_places() -> None:
    one = person(ANA)
    assert one.get("sales") == (one.get("sale"),)
    assert one.spans["sales.0.details.gear"] == one.spans["sale.details.gear"]
    assert one.spans["sales.0"] == one.spans["sale"]


def test_the_sale_is_the_latest_of_the_sales_and_the_last_of_one_day() -> None:
    one = person(
        "customer: {name: Ana}\nsales:\n  - {date: 2026-03-04, item: a}\n  - {date: 2026-03-04, item: b}\n"
        "  - {date: 2025-12-01, item: c}\n  - {item: d}\n"
    )
    assert one.get("sale.item") == "b"
    assert one.spans["sale.item"] == one.spans["sales.1.item"]
    assert one.key == "ana-2026-03-04"


def test_who_gives_both_keeps_both() -> None:
    one = person("customer: {name: Ana}\nsale: {item: a}\nsales: [{item: b}, {item: a}]\n")
    assert one.get("sale.item") == "a"
    assert one.get("sales.0.item") == "b"


def test_nothing_is_derived_from_what_is_no_sale() -> None:
    for text in ("sale: x", "sales: x", "sales: []", "sales:", "sales: [x]"):
        loaded = people(f"customer: {{name: Ana}}\n{text}\n")
        assert [one.key for one in loaded.value or ()] == ["ana"]


def test_text_is_trimmed_and_composed_and_a_quoted_date_is_a_date() -> None:
    loaded = people('customer: {name: " Jose\u0301 ", birthday: "1984-03-09"}\nremember:\n  - |\n    One.\n')
    assert [one.code for one in loaded.diagnostics] == ["F031"]
    assert loaded.value is not None
    (one,) = loaded.value
    assert one.get("customer.name") == "José"
    assert one.get("customer.birthday") == date(1984, 3, 9)
    assert one.get("remember.0") == "One."


def test_a_number_where_text_is_wanted_is_kept_as_it_is_written() -> None:
    text = "customer: {name: Ana, address: {postcode: 02134}}\nsale: {item: 911, order: 1.10, details: {year: 1999}}\n"
    one = person(text)
    assert one.get("customer.address.postcode") == "02134"
    assert one.get("sale.item") == "911"
    assert one.get("sale.order") == "1.10"
    assert one.get("sale.details.year") == 1999


def test_one_bad_document_spoils_no_other_and_findings_name_the_customer() -> None:
    bo, cy = "customer: {name: Bo, birthday: soon}\n", "customer: {name: Cy}\nx: 2026-02-30\n"
    loaded = people("---\n".join((ANA, bo, "customer: [\n", cy)))
    assert [one.key for one in loaded.value or ()] == ["ana-reyes-2026-03-04", "bo", "cy"]
    assert [brief(found) for found in loaded.diagnostics] == [
        ("F011", 8, "bo"),
        ("F001", 10, None),
        ("F010", 13, "cy"),
        ("F008", 13, "cy"),
    ]


def test_the_same_customer_twice_points_at_the_first() -> None:
    loaded = people(f"{ANA}---\n{ANA}---\nkey: other\n{ANA}")
    (found,) = loaded.diagnostics
    assert brief(found) == ("F017", 9, "ana-reyes-2026-03-04")
    assert [related.span.line for related in found.related] == [2]
    assert [one.key for one in loaded.value or ()] == ["ana-reyes-2026-03-04"] * 2 + ["other"]


def test_repeated_customers_of_several_files_are_found_once() -> None:
    first, second, third = (
        people(text, name).value or () for text, name in ((ANA, "a"), (f"{ANA}---\n{ANA}", "b"), (ANA, "a"))
    )
    assert repeated(first) == ()
    assert repeated(second) == ()
    assert [str(found.span) for found in repeated((*first, *second))] == ["b:2:9", "b:9:9"]
    assert [str(found.span) for found in repeated((*first, *third))] == ["a:2:9"]


def test_one_customer_of_a_large_file_pickles_small() -> None:
    text = "---\n".join(f"key: c{n}\n{ANA}" for n in range(1000))
    loaded = people(text).value or ()
    assert len(loaded) == 1000
    assert len(pickle.dumps(loaded[500])) < 3000


def test_the_order_of_a_file_changes_no_key() -> None:
    parts = [ANA, "customer: {name: Bo}\n", "customer: {}\n", "sale: {item: x}\n"]
    forth = people("---\n".join(parts)).value or ()
    back = people("---\n".join(reversed(parts))).value or ()
    assert sorted(one.key for one in forth) == sorted(one.key for one in back)
    assert len({one.key for one in forth}) == 4


@settings(max_examples=200, deadline=None)
@given(st.one_of(strategies.YAMLISH, strategies.documents().map(lambda drawn: drawn[0])))
def test_no_file_is_too_much(text: str) -> None:
    loaded = people(f"customer: {{name: Ana}}\n---\n{text}")
    assert loaded.value
    assert loaded.value[0].key == "ana"
    for found in loaded.diagnostics:
        assert found.span is not None
        assert found.hint
        assert 0 <= found.span.start <= found.span.end <= len(found.span.source.text)
    for one in loaded.value:
        assert one.key
        assert all(0 <= span.start <= span.end <= len(span.source.text) for span in one.spans.values())


PATHS = [path for path, one in STANDARD.fields.items() if "*" not in path]


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(PATHS), strategies.SCALARS, max_size=6))
def test_any_value_anywhere_is_answered(wrong: dict[str, object]) -> None:
    """Whatever stands where a fact should, loading answers, and never twice for one place and code."""
    tree: dict[str, object] = {}
    for path, value in wrong.items():
        here = tree
        *above, leaf = path.split(".")
        for step in above:
            inside = here.setdefault(step, {})
            here = inside if isinstance(inside, dict) else {}
        here.setdefault(leaf, value)
    loaded = people(strategies.dumped(tree))
    said = [(found.code, found.span and found.span.start) for found in loaded.diagnostics]
    assert len(said) == len(set(said))
