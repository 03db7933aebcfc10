"""Facts and files by URL."""

from __future__ import annotations

from pathlib import Path

import fsspec
import pytest
from conftest import Run

from notegen.ledger import entries, read_ledger


@pytest.fixture
def remote(shop: Path) -> str:
    """Put the shop's customers where no path leads."""
    files = fsspec.filesystem("memory")
    files.pipe("/shop/people.yaml", (shop / "facts" / "customers.yaml").read_bytes())
    return "memory://shop/people.yaml"


def test_a_batch_comes_from_a_url_and_goes_to_one(
    notegen: Run, shop: Path, remote: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shop)
    ran = notegen("batch", remote, "-t", "thanks", "--today", "2026-03-20", "-o", "memory://shop/cards.pdf", "--yes")
    assert ran.status == 0, ran.err
    assert fsspec.filesystem("memory").cat("/shop/cards.pdf").startswith(b"%PDF-")
    with read_ledger(shop / "notegen.db") as book:
        assert {one.path for one in entries(book)} == {"memory://shop/cards.pdf"}
    assert "is not" not in notegen("verify").out


def test_a_file_url_is_a_path(notegen: Run, shop: Path) -> None:
    facts, target = f"file://{shop / 'facts' / 'customers.yaml'}", f"file://{shop / 'cards.pdf'}"
    assert notegen("batch", facts, "-t", "thanks", "--today", "2026-03-20", "-o", target, "--yes").status == 0
    assert (shop / "cards.pdf").exists()
    assert "is not" not in notegen("verify", "--shop", shop).out
