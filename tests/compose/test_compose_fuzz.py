"""Whatever a template says, it gives a note or diagnostics; two renders of a note are equal; no path is missed."""

from __future__ import annotations

import re

from composing import ANA, SCHEMA
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from templates_strategy import TEMPLATES, broken

from notegen.compose import check, check_paths, compose, parse
from notegen.compose.paths import thinnest
from notegen.model.source import Source

INCLUDED = "{% if x %}{{ x }}{% endif %}{{ shop.name }}\n"
FEW = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


def judge(text: str) -> None:
    """Read, check and compose: nothing may be raised, and what comes out must be sound."""
    read = parse(Source("t.j2", text), {"i.j2": Source("i.j2", INCLUDED)})
    if read.value is None:
        assert read.diagnostics
        return
    for one in (*check(read.value, SCHEMA), *check_paths(read.value, SCHEMA)):
        assert one.span is not None and one.span.end <= len(one.span.source.text)
    made = compose(ANA, read.value, SCHEMA)
    assert (made.value is None) == bool(made.diagnostics)
    for one in made.diagnostics:
        assert one.span is not None and 0 <= one.span.start <= one.span.end <= len(one.span.source.text), one
        assert not re.search(r"Rope|Fact|Gap|Record|Items|object at", one.message), one.message
    if made.value is None:
        return
    assert "".join(made.value.text[piece.start : piece.end] for piece in made.value.pieces) == made.value.text
    for piece in made.value.pieces:
        assert 0 <= piece.origin.start <= piece.origin.end <= len(piece.origin.source.text)
    reads = {path for piece in made.value.pieces for path in piece.reads}
    weighed = [SCHEMA.lookup(path) for path in reads]
    assert sum(one.weight for one in weighed if one is not None) >= thinnest(read.value, SCHEMA, 3).weight


@FEW
@given(TEMPLATES)
def test_any_template(text: str) -> None:
    """Templates that can mostly be read."""
    judge(text)


@FEW
@given(broken())
def test_any_broken_template(text: str) -> None:
    """Templates with characters lost."""
    judge(text)


@FEW
@given(st.text("{}%#-'\" \nifsaleforx.|()[]", max_size=40))
def test_any_text(text: str) -> None:
    """Texts full of braces."""
    judge(text)
