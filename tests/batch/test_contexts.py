"""What a run is made with: everything that changes a byte is named, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run

from notegen.batch import folder
from notegen.ledger import entries, read_ledger

WORDS = ("-t", "thanks", "--today", "2026-03-20")


def test_packs_of_a_template_that_was_changed_meanwhile_are_not_printed(
    notegen: Run, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that was stopped before it claimed its cards is made anew from the template as it is now."""
    from notegen.batch import running

    claim = running.claim

    def killed(*_: object) -> None:
        raise SystemExit(9)

    monkeypatch.setattr(running, "claim", killed)
    notegen("batch", shop / "facts", *WORDS, "-o", shop / "cards.pdf", "--yes")
    monkeypatch.setattr(running, "claim", claim)
    run = folder.find(shop, "last")
    assert list(run.packs.folder.glob("*.pack"))
    template = shop / "templates" / "thanks.j2"
    before = template.read_text()
    assert "Dear" in before
    template.write_text(before.replace("Dear", "Hello"))
    ran = notegen("batch", shop, "--resume", "last", "--yes")
    assert ran.status == 0, ran.err
    with read_ledger(shop / "notegen.db") as book:
        texts = [one.note.text for one in entries(book)]
    assert texts
    assert all(text.startswith("Hello") for text in texts)


def test_everything_that_was_asked_is_in_the_context(notegen: Run, shop: Path) -> None:
    said = []
    for more in ((), ("--seed", "5"), ("--locale", "en_GB"), ("--only", "Ana Reyes"), ("--order", "name")):
        ran = notegen("batch", shop / "facts", *WORDS, "--prepare", "--again", "trial", *more)
        assert ran.status == 0, ran.err
        said.append(json.loads((folder.find(shop, "last").path / folder.ASKED).read_text())["context"])
    assert len({one["what was asked"] for one in said}) == len(said)
    assert len({json.dumps({**one, "what was asked": ""}) for one in said}) == 1
