"""The same fault in many notes is told once, with their number."""

from dataclasses import replace

from notegen.lint import distinct
from notegen.model.diagnostic import Diagnostic, Related, Severity
from notegen.model.source import Source, Span

SOURCE = Source("t.j2", "valued customer")


def fault(note: str | None, start: int = 0, message: str = "m") -> Diagnostic:
    return Diagnostic("N110", Severity.ERROR, message, Span(SOURCE, start, 6), note=note)


def test_one_note_stays_as_it_is() -> None:
    assert distinct([fault("ana")]) == (fault("ana"),)
    assert distinct([fault("ana"), fault("ana")]) == (fault("ana"),)


def test_two_notes_are_counted() -> None:
    (one,) = distinct([fault("ana"), fault(None), fault("bo")])
    assert (one.message, one.note) == ("m (in 2 notes)", None)


def test_another_place_or_message_is_another_fault() -> None:
    assert len(distinct([fault("ana"), fault("bo", start=1), fault("bo", message="n")])) == 3


def test_findings_without_a_place_are_folded_too() -> None:
    bare = Diagnostic("C201", Severity.ERROR, "too long", note="ana")
    assert len(distinct([bare, bare])) == 1


def test_what_a_template_and_its_note_share_has_the_places_of_the_note() -> None:
    printed = Span(Source("note ana", "a valued customer"), 2, 8)
    related = (Related(Span(SOURCE, 0, 1), "here"),)
    (one,) = distinct([fault(None), replace(fault("ana"), printed=printed, related=related)])
    assert (one.note, one.printed, one.related) == ("ana", printed, related)
    assert distinct([one]) == (one,)
    (two,) = distinct([fault(None), replace(fault("ana"), printed=printed), replace(fault("bo"), printed=printed)])
    assert (two.message, two.note, two.printed) == ("m (in 2 notes)", None, printed)
