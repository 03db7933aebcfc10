"""Words in, findings out: read them, run every rule over them, and put each finding where somebody can edit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from notegen.lint import words
from notegen.lint.codes import CHECKS, Check, Quoted, own_checks
from notegen.lint.fold import distinct
from notegen.lint.place import fact_span, locate, narrowed, pieces_of, reads_of, with_origin
from notegen.lint.plain import plain
from notegen.lint.reading import Context, Found, Medium, Reading, knowledge, read
from notegen.lint.ways import fragments, readings
from notegen.lint.words import OwnRules
from notegen.model.diagnostic import Diagnostic, Fix, Related, Severity
from notegen.model.note import Note, Piece, Trust
from notegen.model.schema import Schema
from notegen.model.source import Source, Span
from notegen.model.template import Template

QUOTE = 60
"""Characters of the found text that a message quotes."""


def check_note(note: Note, context: Context) -> tuple[Diagnostic, ...]:
    """Judge the words of a rendered note before it is written by hand.

    Findings in literal text are placed in the template; in text that a fact printed they are left alone, or placed at
    the fact's line of the YAML when no text may have them.
    """
    return tuple(_judge(read(with_origin(note), Medium.NOTE, context)))


def check_template(template: Template, schema: Schema, own: OwnRules | None = None) -> tuple[Diagnostic, ...]:
    """Judge the literal words of a template, in every branch, whether or not a customer's facts lead there."""
    context = Context(schema=schema, template=template, own=own)
    found = [one for note in readings(template) for one in _judge(read(note, Medium.TEMPLATE, context))]
    # A fragment is no whole note, so only what phrases find in it counts.
    phrased = {phrase.rule for phrase in words.phrases()}
    codes = {check.rule.code for check in (*CHECKS, *own_checks(own)) if check.rule.name in phrased or check.own}
    pieced = (one for note in fragments(template) for one in _judge(read(note, Medium.TEMPLATE, context)))
    found += [one for one in pieced if one.code in codes]
    return tuple(sorted(distinct(found), key=_by_place))


def check_letter(source: Source, context: Context | None = None) -> tuple[Diagnostic, ...]:
    """Judge a finished letter that somebody typed: by its words alone, or by what is known of its reader."""
    text = plain(source.text)
    known = knowledge(text, context) if context is not None else None
    if context is not None and known is not None:
        from notegen.lint.letter import aligned, written_on

        context = replace(context, today=written_on(known.said) or context.today)
        return tuple(_judge(read(aligned(source, text, known.said, known.known), Medium.LETTER, context)))
    whole = Piece(0, len(source.text), Span(source, 0, len(source.text)))
    note = Note(source.name, "", source.text, (whole,))
    return tuple(_judge(read(note, Medium.LETTER, Context(own=context.own if context else None))))


@lru_cache(maxsize=64)
def _checks(medium: Medium, own: OwnRules | None) -> tuple[Check, ...]:
    return tuple(check for check in (*CHECKS, *own_checks(own)) if medium in check.media)


def _judge(reading: Reading) -> Iterator[Diagnostic]:
    found = [(check, one) for check in _checks(reading.medium, reading.context.own) for one in check.run(reading)]
    for check, one in sorted(found, key=lambda pair: (pair[1].start, pair[0].rule.code)):
        diagnostic = diagnose(reading, check, one)
        if diagnostic is not None:
            yield diagnostic


def diagnose(reading: Reading, check: Check, found: Found) -> Diagnostic | None:
    """Return the finding at its place, or None when it is the customer's own words."""
    pieces = pieces_of(reading.note, found.start, found.end)
    own_words = bool(pieces) and all(piece.reads and piece.trust is not Trust.STATIC for piece in pieces)
    if own_words and check.quoted is Quoted.SPARED:
        return None
    span = locate(reading.note, found.start, found.end)
    severity, related = found.severity, found.related
    if found.at is not None:
        span = found.at
    elif own_words:
        severity = Severity.WARNING if check.quoted is Quoted.WARNED else severity
        span, printed_by = _at_the_fact(reading, pieces, found, span)
        related = (*related, *printed_by)
    elif not related:
        related = tuple(_facts_behind(reading, pieces))
    return Diagnostic(
        code=check.rule.code,
        severity=severity,
        message=found.message.replace("{text}", _quoted(span)),
        span=span,
        hint=found.hint,
        related=related,
        fix=_fix(reading, found, span, own_words=own_words),
        note=reading.note.key if reading.medium is Medium.NOTE else None,
        printed=_printed(reading, found),
    )


def _fix(reading: Reading, found: Found, span: Span | None, *, own_words: bool) -> Fix | None:
    """Return the fix where the place holds the very words that were read."""
    if found.instead is None or span is None or own_words or span.text != reading.note.text[found.start : found.end]:
        return None
    return Fix(span, found.instead)


def _printed(reading: Reading, found: Found) -> Span | None:
    """Return the place in the words that will be on the card."""
    note = reading.note
    if reading.medium is not Medium.NOTE:
        return None
    return Span(Source(f"note {note.key}", note.text), found.start, found.end)


def _at_the_fact(
    reading: Reading, pieces: tuple[Piece, ...], found: Found, printed_at: Span | None
) -> tuple[Span | None, tuple[Related, ...]]:
    """Return the YAML place of words that a fact printed, with the template's place beside it."""
    given = _places(reading, pieces)
    if not given:
        return printed_at, ()
    given_at = next(iter(given.values()))
    related = (Related(printed_at, "the template prints it here"),) if printed_at is not None else ()
    beside = tuple(Related(span, f"{path} is given here") for path, span in given.items() if span != given_at)
    return narrowed(given_at, reading.note.text[found.start : found.end]), related + beside


def _places(reading: Reading, pieces: tuple[Piece, ...]) -> dict[str, Span]:
    """Return the YAML places of the facts behind some pieces, by path."""
    spans = ((path, fact_span(reading.context.facts, path)) for path in reads_of(pieces))
    return {path: span for path, span in spans if span is not None}


def _facts_behind(reading: Reading, pieces: tuple[Piece, ...]) -> Iterator[Related]:
    for path, span in _places(reading, pieces).items():
        yield Related(span, f"{path} is given here")


def _quoted(span: Span | None) -> str:
    """Return what stands at a place, on one line, cut to QUOTE characters."""
    text = " ".join(span.text.split()) if span is not None else ""
    return text if len(text) <= QUOTE else text[: QUOTE - 1].rstrip() + "…"


def _by_place(diagnostic: Diagnostic) -> tuple[str, int, str]:
    span = diagnostic.span
    return (span.source.name, span.start, diagnostic.code) if span is not None else ("", 0, diagnostic.code)
