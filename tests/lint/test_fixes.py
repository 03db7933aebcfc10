"""Fixes are put in where they belong, together where they can be, and nothing else moves."""

from hypothesis import given
from hypothesis import strategies as st

from notegen.lint.fixes import Change, applied, compatible, located
from notegen.model.source import Source, Span
from notegen.yamlsource import parse

TEXT = "customer: {name: ANA}\n---\ncustomer: {name: BO}\n...\n# c\n---\ncustomer: {name: CY}\n"


def fitting(changes: list[Change]) -> list[Change]:
    return [one for one, fits in zip(changes, compatible(changes), strict=True) if fits]


def test_changes_that_touch_are_made_and_those_that_overlap_wait() -> None:
    changes = [Change(3, 5, "c"), Change(0, 3, "a"), Change(2, 4, "b"), Change(5, 5, "d")]
    assert compatible(changes) == (True, True, False, True)
    assert applied("0123456", fitting(changes)) == "acd56"


def test_of_two_insertions_at_one_place_the_second_waits() -> None:
    assert compatible([Change(1, 1, "a"), Change(1, 1, "b"), Change(1, 2, "c")]) == (True, False, True)


def test_the_same_change_for_two_findings_is_made_once() -> None:
    changes = [Change(1, 1, "x"), Change(1, 1, "x"), Change(2, 3, "y"), Change(2, 3, "y")]
    assert compatible(changes) == (True,) * 4
    assert applied("abcd", changes) == "axbyd"


@st.composite
def cut(draw: st.DrawFn) -> tuple[list[str], list[str | None]]:
    """Return parts of a text and what each is to become, None for what stays; no two neighbours change."""
    parts = draw(st.lists(st.text(max_size=5), max_size=8))
    new = [draw(st.none() | st.text(max_size=5)) if index % 2 else None for index in range(len(parts))]
    return parts, new


@given(cut(), st.randoms(use_true_random=False))
def test_what_does_not_overlap_is_all_made_and_the_rest_untouched(
    made: tuple[list[str], list[str | None]], random: object
) -> None:
    parts, new = made
    starts = [sum(map(len, parts[:index])) for index in range(len(parts))]
    changes = [
        Change(start, start + len(part), other)
        for start, part, other in zip(starts, parts, new, strict=True)
        if other is not None
    ]
    unmoved = list({(one.start, one.end): one for one in changes}.values())
    expected = "".join(part if other is None else other for part, other in zip(parts, new, strict=True))
    if len(unmoved) == len(changes):
        random.shuffle(changes)  # type: ignore[attr-defined]
        assert all(compatible(changes)) or any(one.start == one.end for one in changes)
        if all(compatible(changes)):
            assert applied("".join(parts), changes) == expected


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 6), st.text(max_size=3)), max_size=8))
def test_any_changes_are_made_without_harm(given_: list[tuple[int, int, str]]) -> None:
    text = "abcdefghijklmnopqrstuvwxyz"
    changes = [Change(start, start + length, words) for start, length, words in given_]
    fits = fitting(changes)
    made = applied(text, fits)
    distinct = set(fits)
    removed = sum(one.end - one.start for one in distinct)
    assert len(made) == len(text) - removed + sum(len(one.replacement) for one in distinct)
    assert bool(changes) == bool(fits)
    covered = {index for one in fits for index in range(one.start, one.end)}
    kept = "".join(letter for index, letter in enumerate(text) if index not in covered)
    rest = iter(made)
    assert all(letter in rest for letter in kept)


def test_every_document_of_a_file_is_found_in_the_file() -> None:
    documents = parse(Source("f.yaml", TEXT)).value or ()
    assert len(documents) == 3
    for document, name in zip(documents, ("ANA", "BO", "CY"), strict=True):
        span = document.spans["customer.name"]
        where = located(span, TEXT)
        assert where is not None
        assert TEXT[slice(*where)] == span.text == name


@given(
    st.lists(
        st.sampled_from(["a: 1", "b: {c: é}", "# x", "---", "...", "", "--- # y", "d: |\n  e", "--- {f: 2}"]),
        max_size=12,
    )
)
def test_every_value_of_any_file_is_found(lines: list[str]) -> None:
    text = "\n".join(lines)
    for document in parse(Source("f.yaml", text)).value or ():
        for span in document.spans.values():
            where = located(span, text)
            assert where is not None
            assert text[slice(*where)] == span.text
            assert text.count("\n", 0, where[0]) + 1 == span.line


def test_a_file_that_has_changed_is_not_touched() -> None:
    span = Span(Source("f", "two\n", first_line=2), 0, 3)
    assert located(span, "one\ntwo\n") == (4, 7)
    assert located(span, "one\nzero\ntwo\n") is None
    assert located(span, "one") is None
    assert located(span, "") is None
