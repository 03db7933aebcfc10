"""A finding is recognised when lines move, and taken for another when its words change."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from notegen.lint.fingerprint import AROUND, fingerprint, fingerprints
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.source import Source, Span

TEXT = "Dear Ana,\nyou are a valued customer.\nYours,\nRick\n"


def finding(text: str = TEXT, words: str = "valued", name: str = "letter.txt", code: str = "N110") -> Diagnostic:
    start = text.index(words)
    return Diagnostic(code, Severity.ERROR, "m", Span(Source(name, text), start, start + len(words)))


def test_it_is_a_stable_string_of_hex() -> None:
    assert fingerprint(finding()) == "614f2239d788169da0967c44a8ce10fe"


@given(st.integers(0, 60), st.sampled_from(["\n", "x\n", "  \n", "valued\n"]))
def test_lines_put_in_above_change_nothing(count: int, line: str) -> None:
    text = line * count + TEXT
    start = text.index("valued customer")
    moved = Diagnostic("N110", Severity.ERROR, "m", Span(Source("letter.txt", text), start, start + 6))
    assert fingerprint(moved) == fingerprint(finding())


def test_neither_message_severity_nor_document_offset_is_in_it() -> None:
    one = finding()
    assert one.span is not None
    other = replace(one, message="n", severity=Severity.INFO, note="ana", hint="h")
    assert fingerprint(other) == fingerprint(one)
    later = replace(one, span=replace(one.span, source=replace(one.span.source, first_line=90)))
    assert fingerprint(later) == fingerprint(one)


def test_white_space_is_folded() -> None:
    assert fingerprint(finding(TEXT.replace(" ", "  \t"))) == fingerprint(finding())


def test_code_file_words_and_line_are_in_it() -> None:
    others = [
        finding(code="N111"),
        finding(name="other.txt"),
        finding(words="customer"),
        finding(TEXT.replace("you are", "we are")),
    ]
    assert len({fingerprint(one) for one in (finding(), *others)}) == 5


def test_paths_are_written_with_slashes_and_without_dots() -> None:
    assert fingerprint(finding(name="./a//letter.txt")) == fingerprint(finding(name="a/letter.txt"))


def test_every_line_that_is_touched_counts() -> None:
    ends = [TEXT.replace("Yours", other) for other in ("Yours", "Ever")]
    spans = [Span(Source("l", text), text.index("customer"), text.index(",", 12)) for text in ends]
    first, second = (fingerprint(Diagnostic("N110", Severity.ERROR, "m", span)) for span in spans)
    assert first != second
    whole_line = Span(Source("l", TEXT), 0, TEXT.index("\n") + 1)
    only_line = Span(Source("l", TEXT.replace("valued", "dear")), 0, TEXT.index("\n") + 1)
    assert len({fingerprint(Diagnostic("N110", Severity.ERROR, "m", span)) for span in (whole_line, only_line)}) == 1


def test_a_file_without_line_ends_is_cut() -> None:
    far = "x" * (AROUND + 1)
    assert fingerprint(finding(far + "valued" + far)) == fingerprint(finding("y" + far + "valued" + far + "y"))


def test_without_a_place_the_note_and_the_message_without_figures_count() -> None:
    one = Diagnostic("C003", Severity.ERROR, "2 lines too long", note="ana")
    assert fingerprint(replace(one, message="31 lines too long")) == fingerprint(one)
    assert len({fingerprint(other) for other in (one, replace(one, note="bo"), replace(one, message="no"))}) == 3


def test_repeats_are_told_apart_in_their_order() -> None:
    one, other = finding(), finding(code="N111")
    marks = fingerprints([one, other, one, one])
    assert marks[:2] == (fingerprint(one), fingerprint(other))
    assert len(set(marks)) == 4
    assert fingerprints([one, one])[1] == marks[2]


@given(st.text(max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_any_text_has_a_fingerprint(text: str, start: int, length: int) -> None:
    span = Span(Source("l", text), min(start, len(text)), min(start + length, len(text)))
    assert len(fingerprint(Diagnostic("N110", Severity.ERROR, "m", span))) == 32
