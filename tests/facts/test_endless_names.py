"""A name of tens of thousands of letters is answered at once: its looks would take the square of its length."""

from __future__ import annotations

import pytest

from notegen.facts.hygiene.people import findings
from notegen.model.facts import Facts
from notegen.model.source import Source


@pytest.mark.parametrize("piece", ["a", "(", "a.", "1 ", "a@", " -"])
def test_a_name_without_end(piece: str) -> None:
    name = piece * 30_000
    assert list(findings(Facts("ana", Source("f.yaml", ""), {"customer": {"name": name}}, {}))) == []
