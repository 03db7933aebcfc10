"""Bytes where a text belongs: SQLite keeps what it is given."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Run


@pytest.mark.parametrize("column", ["name", "customer", "text", "sale", "currency"])
@pytest.mark.parametrize("command", ["log", "export", "verify"])
def test_bytes_in_a_cell_are_damage_and_no_fault_of_ours(notegen: Run, shop: Path, column: str, command: str) -> None:
    words = ("batch", shop / "facts", "-t", "thanks", "--today", "2026-03-20", "-o", shop / "cards.pdf", "--yes")
    assert notegen(*words).status == 0
    with closing(sqlite3.connect(shop / "notegen.db")) as book:
        book.execute("PRAGMA ignore_check_constraints = 1")
        book.execute(f"UPDATE notes SET {column} = x'ff00'")
        book.commit()
    ran = notegen(command, "--shop", shop, "--json") if command != "export" else notegen(command, "--shop", shop)
    assert ran.status in (1, 2), ran.said
    assert "damaged" in ran.said or "seal" in ran.said or "not as" in ran.said


def test_half_a_character_is_shown_by_its_number(shop: Path, notegen: Run) -> None:
    (shop / "templates" / "thanks.j2").write_text('Dear {{ customer["\\ud800"] }},\n')
    ran = notegen("lint", shop / "templates" / "thanks.j2")
    assert ran.status == 1


def test_a_text_where_a_number_belongs_is_damage(notegen: Run, shop: Path) -> None:
    words = ("batch", shop / "facts", "-t", "thanks", "--today", "2026-03-20", "-o", shop / "cards.pdf", "--yes")
    assert notegen(*words).status == 0
    with closing(sqlite3.connect(shop / "notegen.db")) as book:
        book.execute("UPDATE runs SET notes = 'many'")
        book.commit()
    ran = notegen("verify", "--shop", shop)
    assert ran.status == 1
    assert "damaged" in ran.out


@pytest.mark.parametrize("change", ["UPDATE runs SET notes = 'many'", "UPDATE notes SET again = 'twice'"])
def test_what_a_batch_reads_must_be_numbers(notegen: Run, shop: Path, change: str) -> None:
    words = ("batch", shop / "facts", "-t", "thanks", "--today", "2026-03-20", "-o", shop / "cards.pdf", "--yes")
    assert notegen(*words).status == 0
    with closing(sqlite3.connect(shop / "notegen.db")) as book:
        book.execute("PRAGMA ignore_check_constraints = 1")
        book.execute(change)
        book.commit()
    ran = notegen(*words)
    assert ran.status == 2
    assert "damaged" in ran.err
