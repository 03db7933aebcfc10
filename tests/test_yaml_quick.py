"""Documents that are read quickly come out as the careful reader has them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import strategies
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from notegen.model.places import Places, beside, place_in
from notegen.model.source import Source, Span
from notegen.yamlsource import documents, parse, pieces, quick
from notegen.yamlsource.build import DEEPEST, MOST_VALUES, Builder, TooMuch

PARTS = st.lists(
    st.sampled_from(
        [
            *("a: ", "b: ", "k:\n", "- ", "? ", ": ", "{", "}", "[", "]", ", ", "&a ", "*a", "!x ", "! ", "<<: "),
            *(
                "'c'",
                '"d"',
                "'",
                " # e",
                "\n",
                "\n",
                "\n  ",
                "\n    ",
                "\t",
                "\\\n  g",
                "--- ",
                "% l\n",
                "x y",
                "é",
                "🎈",
            ),
            *("~", "yes", "12", "2026-01-02", "2026-02-30", ">\n  f", "|\n  h\n", "| # i\n   j\n\n"),
        ]
    ),
    max_size=16,
).map("".join)


def carefully(text: str) -> tuple[object, ...] | None:
    """Return what the careful reader makes of a document, None for one that is broken or has something wrong."""
    builder = Builder(Source("f", text))
    try:
        value = builder.build()
    except (yaml.YAMLError, TooMuch):
        return None
    if builder.diagnostics:
        return None
    spans, keys = ([(path, (at.start, at.end)) for path, at in of.items()] for of in (builder.spans, builder.keys))
    return value, spans, keys, frozenset(builder.plain)


def quickly(text: str) -> tuple[object, ...] | None:
    try:
        made = quick.read(text)
    except (yaml.YAMLError, quick.Unusual):
        return None
    return made.value, list(made.spans.items()), list(made.keys.items()), made.plain


@settings(max_examples=400, deadline=None)
@given(text=st.one_of(PARTS, strategies.YAMLISH))
@example("a:\n  b: |\n    c\n\n\n")
@example("a:\nb:\n- c\n-\n")
@example("a: &x 1\n")
@example("? |\n  a\n: 1\n")
@example("a: 2026-02-30\n")
@example("{a: 1, a: 2}\n")
@example("a:\n")
@example("---\n")
@example("? \n")
@example("a: ! b\n")
def test_what_is_read_quickly_is_what_is_read_carefully(text: str) -> None:
    made = quickly(text)
    assert made is None or made == carefully(text)


@pytest.mark.parametrize("path", sorted(Path("samples").rglob("*.yaml")), ids=str)
def test_the_samples_are_read_quickly(path: Path) -> None:
    for piece in pieces(Source("f", path.read_text(encoding="utf-8"))):
        assert quickly(piece.text) == carefully(piece.text) is not None


def test_what_may_be_too_much_is_left_to_the_careful_reader() -> None:
    deep, wide = "[" * DEEPEST + "1" + "]" * DEEPEST, "[" + "1," * (MOST_VALUES - 10) + "]"
    assert quickly(deep) == carefully(deep) is not None
    assert quickly(wide) is None
    assert parse(Source("f", wide)).diagnostics == ()
    assert quickly(f"[{deep}]") is None
    assert [one.code for one in parse(Source("f", f"[{deep}]")).diagnostics] == ["F006"]


def test_a_document_without_surprises_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "Builder", None)
    (one,) = parse(Source("f", "a: 1\nb: [c, {d: 2026-01-02}]\n")).value or ()
    assert one.value == {"a": 1, "b": ("c", {"d": date(2026, 1, 2)})}
    assert {path: span.text for path, span in one.spans.items() if "d" in path} == {"b.1.d": "2026-01-02"}


def test_places_are_spans_when_they_are_asked_for() -> None:
    source, other = Source("f", "sale: {item: bell}\n"), Source("g", "shop: {}")
    places = Places(source, {"sale.item": (13, 17), "sale": (6, 18)})
    assert places == {"sale.item": Span(source, 13, 17), "sale": Span(source, 6, 18)}
    lent = places.lent("sale", "sales.0")
    assert list(lent) == ["sale.item", "sale", "sales.0.item", "sales.0"]
    assert lent["sales.0.item"].text == "bell"
    assert list(places.under("sale")) == ["item", ""]
    shop = {"shop": Span(other, 0, 4)}
    both = beside(places, shop)
    assert both == {**places, **shop}
    assert (both["shop"], place_in(both, "shop"), place_in(both, "sale"), place_in(both, "no")) == (
        shop["shop"],
        (0, 4),
        (6, 18),
        None,
    )
    wrong = {"sale": Span(other, 0, 4)}
    assert beside(places, wrong)["sale"].source is other
    assert beside(dict(places), shop) == both
    assert len(both) == 3 and "shop" in both and "no" not in both
    with pytest.raises(KeyError):
        both["no"]
