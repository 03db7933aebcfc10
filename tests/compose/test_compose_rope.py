"""Ropes are strings: every method gives what str gives, and the runs always cover the text and tell the truth."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notegen.compose.align import aligned
from notegen.compose.rope import LONGEST, Mark, Rope, TooLong, concat, cut, known, literal, stamped
from notegen.compose.tidy import kept, pieces, tidy
from notegen.model.note import Trust
from notegen.model.source import Source, Span

ALPHABET = "aAbBzZ ß\tſİıΣσςŉǆ\n éÉ1'-.,%{}日😊"
FEW = settings(max_examples=60, deadline=None)
TEXTS = st.text(ALPHABET, max_size=20)


@st.composite
def ropes(draw: st.DrawFn) -> Rope:
    """Draw a rope of literal runs, facts' runs and plain text."""
    parts: list[str] = []
    for text in draw(st.lists(TEXTS, max_size=5)):
        kind = draw(st.sampled_from(("literal", "fact", "plain")))
        if kind == "literal":
            source = Source("t.j2", f"..{text}..")
            parts.append(literal(text, Span(source, 2, 2 + len(text))))
        else:
            parts.append(known(text, Mark(None, (f"f{len(parts)}",))) if kind == "fact" else text)
    return concat(parts)


def sound(rope: object) -> Rope:
    """Assert that runs cover a rope exactly, and that literal runs say the characters they stand for."""
    assert isinstance(rope, Rope)
    at = 0
    for start, end, mark, base in rope._runs:
        assert (start, end > start) == (at, True)
        at = end
        if base >= 0:
            assert mark.origin is not None
            assert base + end - start <= len(mark.origin.source.text) or end - start == 1
    assert at == len(rope)
    return rope


def literally(rope: Rope) -> None:
    """Assert that each literal character is just the character of the source that it claims to be."""
    for start, end, mark, base in rope._runs:
        if base >= 0 and mark.origin is not None:
            assert mark.origin.source.text[base : base + end - start] == str.__str__(rope)[start:end]


UNARY: tuple[Callable[[Any], Any], ...] = (
    lambda s: s.upper(), lambda s: s.lower(), lambda s: s.title(), lambda s: s.capitalize(), lambda s: s.swapcase(),
    lambda s: s.casefold(), lambda s: s.strip(), lambda s: s.lstrip(), lambda s: s.rstrip(), lambda s: s.strip("aA "),
    lambda s: s.center(31), lambda s: s.center(30, "x"), lambda s: s.ljust(31), lambda s: s.rjust(31, "x"),
    lambda s: s.zfill(12), lambda s: s.expandtabs(4), lambda s: s[::-1], lambda s: s[2:7], lambda s: s[-3:],
    lambda s: s[::2], lambda s: s[5:2], lambda s: s * 3, lambda s: 2 * s, lambda s: s * -1, lambda s: s + "x",
    lambda s: "x" + s, lambda s: s + s, lambda s: "".join(iter(s)), str, lambda s: s.removeprefix("a"),
    lambda s: s.removesuffix("z"), lambda s: s.translate({97: "xyz", 98: None}), lambda s: s.join(["a", "b", "c"]),
    lambda s: s.replace("a", "bb"), lambda s: s.replace("a", ""), lambda s: s.replace("", "-"),
    lambda s: s.replace("a", "b", 1), lambda s: s.replace("", "-", 2),
)  # fmt: skip
LISTS: tuple[Callable[[Any], Any], ...] = (
    lambda s: s.split(), lambda s: s.split(None, 1), lambda s: s.split(" "), lambda s: s.split("a", 2),
    lambda s: s.rsplit(), lambda s: s.rsplit(None, 1), lambda s: s.rsplit(" ", 1), lambda s: s.rsplit("a"),
    lambda s: s.splitlines(), lambda s: s.splitlines(True), lambda s: list(s.partition("a")),
    lambda s: list(s.rpartition("a")), list, lambda s: s.split("ab"),
)  # fmt: skip


@FEW
@given(ropes())
def test_methods_that_give_text(rope: Rope) -> None:
    """Each gives a string equal to str's, whose runs cover it."""
    plain = str.__str__(rope)
    for method in UNARY:
        made = method(rope)
        assert str.__eq__(made, method(plain)), method(plain)
        if type(made) is not str:
            sound(made)


@FEW
@given(ropes())
def test_methods_that_give_lists(rope: Rope) -> None:
    """Each gives the strings that str gives, whose characters are still where they were."""
    plain = str.__str__(rope)
    for method in LISTS:
        made = method(rope)
        assert made == method(plain)
        for part in made:
            literally(sound(part))


@FEW
@given(ropes(), st.integers(-25, 25), st.integers(-25, 25))
def test_slices_tell_the_truth(rope: Rope, start: int, stop: int) -> None:
    """A slice keeps each character's place."""
    part = rope[start:stop]
    assert part == str.__str__(rope)[start:stop]
    literally(sound(part))


@FEW
@given(ropes(), ropes(), st.integers(-2, 4))
def test_two_ropes(first: Rope, second: Rope, count: int) -> None:
    """What two ropes make is sound and equal to what two strings make."""
    one, two = str.__str__(first), str.__str__(second)
    for made, plain in (
        (first + second, one + two),
        (first.join([second, first, second]), one.join([two, one, two])),
        (first.replace("a", second, count), one.replace("a", two, count)),
        (concat([first, "plain", second]), f"{one}plain{two}"),
    ):
        assert str.__eq__(made, plain)
        literally(sound(made))


@FEW
@given(
    ropes(),
    st.lists(st.sampled_from(["%s", "%5s", "%-4s|", "%d", "%.2f", "%%", " a "]), max_size=4),
    st.integers(0, 99),
)
def test_percent(value: Rope, specs: list[str], number: int) -> None:
    """`%` gives what str gives, and the pieces keep their places."""
    template = "".join(specs)
    wanted = [spec for spec in specs if spec not in ("%%", " a ")]
    values = tuple(value if "s" in spec else number for spec in wanted)
    plain = tuple(str.__str__(one) if isinstance(one, Rope) else one for one in values)
    made = literal(template, Span(Source("t", template), 0, len(template))) % values
    assert str.__eq__(made, template % plain)
    sound(made)


@FEW
@given(ropes(), st.lists(st.sampled_from(["{}", "{!s}", "{:>5}", "{{", "}}", " a "]), max_size=4))
def test_braces(value: Rope, specs: list[str]) -> None:
    """`format` gives what str gives."""
    template = "".join(specs)
    count = sum(spec not in ("{{", "}}", " a ") for spec in specs)
    made = known(template, Mark(None)).format(*[value] * count)
    assert str.__eq__(made, template.format(*[str.__str__(value)] * count))
    sound(made)


@FEW
@given(ropes(), TEXTS)
def test_alignment_covers(rope: Rope, text: str) -> None:
    """Whatever a filter returns gets runs that cover it; an unchanged text keeps its own."""
    sound(aligned(text, rope))
    assert aligned(str.__str__(rope), rope)._runs == rope._runs


@FEW
@given(ropes())
def test_tidying(rope: Rope) -> None:
    """The slices that are kept are in order, and tidying twice changes nothing."""
    text = str.__str__(rope)
    made = tidy(text)
    assert tidy(made) == made
    assert "\n\n\n" not in made
    assert " \n" not in made
    assert all(first[1] <= then[0] for first, then in zip(kept(text), kept(text)[1:], strict=False))


@FEW
@given(ropes())
def test_pieces(rope: Rope) -> None:
    """Pieces cover a note; a literal piece's origin is its own characters; neighbours differ."""
    fallback = Span(Source("t.j2", "whole"), 0, 5)
    text = str.__str__(rope)
    made = pieces([rope], [(0, len(rope))], fallback)
    assert [(one.start, one.end) for one in made] == list(pairwise([0, *(one.end for one in made)]))
    assert "".join(text[one.start : one.end] for one in made) == rope
    for one, then in pairwise(made):
        literals = one.origin.source.text.startswith("..")
        assert literals or (one.origin, one.reads, one.trust) != (then.origin, then.reads, then.trust)
    for one in made:
        if one.origin.source.text.startswith("..") and not one.reads:
            assert one.origin.text == text[one.start : one.end]


@FEW
@given(st.lists(ropes(), max_size=4), st.lists(st.integers(0, 40), max_size=8))
def test_pieces_of_what_is_kept(parts: list[Rope], bounds: list[int]) -> None:
    """Pieces of slices of several texts are those of the slices put together one by one."""
    whole = concat(parts)
    ends = sorted(min(bound, len(whole)) for bound in bounds)
    slices = list(zip(ends[::2], ends[1::2], strict=False))
    fallback = Span(Source("t.j2", "whole"), 0, 5)
    kept_alone = sound(concat(cut(whole, *one) for one in slices))
    assert pieces(parts, slices, fallback) == pieces([kept_alone], [(0, len(kept_alone))], fallback)


def test_case_that_grows_keeps_places() -> None:
    """Both letters of SS come from the ß."""
    source = Source("t", "Gruß an")
    made = literal("Gruß an", Span(source, 0, 7)).upper()
    assert made == "GRUSS AN"
    assert [run[3] + i for run in made._runs for i in range(run[1] - run[0])] == [0, 1, 2, 3, 3, 4, 5, 6]


def test_alignment_after_a_cut_and_a_wrap() -> None:
    """Words are found again in order, inserted characters are nobody's, and all is labelled."""
    source = Source("t", "the heron and the other heron stood")
    rope = literal(source.text, Span(source, 0, len(source.text)))
    made = aligned("the heron\nand...", rope)
    assert [(str.__str__(made)[s:e], base, mark.trust) for s, e, mark, base in made._runs] == [
        ("the heron\nand", 0, Trust.ALIGNED),
        ("...", -1, Trust.ALIGNED),
    ]
    assert aligned("THE Heron and the other heron stood", rope)._runs == rope._runs


def test_stamping_leaves_literals() -> None:
    """Printing gives a place only to what has none."""
    source = Source("t", "ab")
    rope = concat([literal("a", Span(source, 0, 1)), known("x", Mark(None, ("sale.item",)))])
    made = stamped(rope, Span(source, 1, 2))
    assert [(run[2].origin and run[2].origin.text, run[2].reads) for run in made._runs] == [
        ("a", ()),
        ("b", ("sale.item",)),
    ]


@pytest.mark.parametrize(
    "grow",
    [
        lambda r: r * LONGEST,
        lambda r: r * 10**15,
        lambda r: r.center(10**15),
        lambda r: r.zfill(10**15),
        lambda r: r.replace("a", "b" * 30_000),
        lambda r: (known("%1000000000000000d", Mark(None))) % 1,
        lambda r: known("{:>1000000000000000}", Mark(None)).format(1),
        lambda r: known("{:>{}}", Mark(None)).format(1, 10**15),
    ],
)
def test_growth_is_limited(grow: Callable[[Rope], Rope]) -> None:
    """No method makes a text that no card could hold."""
    with pytest.raises(TooLong):
        grow(known("ab", Mark(None)))


def test_a_rope_is_its_own_string() -> None:
    """Jinja calls str() on what it prints; that must not lose anything, and dictionaries find it."""
    rope = known("item", Mark(None, ("x",)))
    assert str(rope) is rope
    assert {"item": 1}[rope] == 1
    with pytest.raises(IndexError):
        rope[4]
    with pytest.raises(TypeError):
        rope["a"]
    with pytest.raises(TypeError):
        rope.join([1])  # type: ignore[list-item]
