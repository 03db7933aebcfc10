"""A customer's document is cut out of a file, and every byte of the others stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.facts.erasing import customers, without
from notegen.facts.schema import STANDARD as SCHEMA
from notegen.model.source import Source
from notegen.yamlsource import parse

ANA = "customer: {name: Ana Reyes, greeting: Ana}\n"
BO = "customer: {name: Bo Ito, greeting: Bo}\nnote: |\n  # no comment\n\n  text\n"
CLEO = "customer:\n  name: Cleo Marsh  # who rang\n  greeting: Cleo\n"


def cut(path: Path, data: bytes, key: str) -> bytes | None:
    path.write_bytes(data)
    return without(path, SCHEMA, {key}, lambda line: "Ana" in line)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{ANA}---\n{BO}", f"---\n{BO}"),
        (f"---\n{ANA}---\n{BO}", f"---\n{BO}"),
        (f"{BO}---\n{ANA}---\n{CLEO}", f"{BO}---\n{CLEO}"),
        (f"{BO}---\n{ANA}", BO),
        (f"# Ours.\n---\n{ANA}---\n{BO}", f"# Ours.\n---\n{BO}"),
        (f"# Ours.\n\n# a friend\n{ANA}---\n{BO}", f"# Ours.\n\n---\n{BO}"),
        (f"# Of Ana.\n\n{ANA}---\n{BO}", f"\n---\n{BO}"),
        (f"{ANA}# hers\n\n# Bo is next\n---\n{BO}", f"\n# Bo is next\n---\n{BO}"),
        (f"{ANA}\n# not Ana\n---\n{BO}", f"\n---\n{BO}"),
        (f"{ANA}...\n---\n{BO}", f"---\n{BO}"),
        (f"{CLEO}---\n{ANA}---\n{ANA}---\n{BO}", f"{CLEO}---\n{BO}"),
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_byte_of_the_others_stays(tmp_path: Path, before: str, after: str, codec: str, end: str) -> None:
    made = cut(tmp_path / "a.yaml", before.replace("\n", end).encode(codec), "ana-reyes")
    assert made == after.replace("\n", end).encode(codec)


@pytest.mark.parametrize("text", [ANA, f"# Ours.\n---\n{ANA}", f"---\n{ANA}---\n# nobody\n"])
def test_of_a_file_without_anybody_nothing_is_left(tmp_path: Path, text: str) -> None:
    assert cut(tmp_path / "a.yaml", text.encode(), "ana-reyes") is None


def test_nothing_changes_where_they_are_not(tmp_path: Path) -> None:
    text = f"# Ours.\n{BO}---\n{CLEO}".encode()
    assert cut(tmp_path / "a.yaml", text, "ana-reyes") == text


def others(text: str) -> list[str]:
    """Return what the documents say that are not Ana's, and how many say nothing that can be read."""
    parsed = parse(Source("a", text))
    said = [str(one.value) for one in parsed.value or () if "Ana" not in str(one.value)]
    return [*said, *(one.message for one in parsed.diagnostics if one.code != "F009")]


@given(st.lists(st.sampled_from([ANA, BO, CLEO, "other: [1, 2]\n", "# only a comment\n", "broken: [\n"]), max_size=6))
def test_the_others_documents_are_as_they_were(tmp_path_factory: pytest.TempPathFactory, several: list[str]) -> None:
    path = tmp_path_factory.mktemp("facts") / "a.yaml"
    text = "---\n".join(several)
    made = cut(path, text.encode(), "ana-reyes") if text.strip() else b""

    assert others((made or b"").decode()) == others(text)
    assert b"Ana" not in (made or b"")


def test_customers_are_known_by_what_is_said_of_them(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("customer: {name: Bo Ito, email: bo@example.com, address: {street: 4 Elm St, postcode: ab1 2cd}}\n")
    (bo,) = customers(path, SCHEMA)
    assert (bo.key, bo.name, bo.postcode, bo.words) == ("bo-ito", "Bo Ito", "AB1 2CD", ("4 Elm St", "bo@example.com"))
