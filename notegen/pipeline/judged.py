"""What a unit of work came to, and how it is kept: as JSON that gives back the very same values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from notegen.model.diagnostic import Diagnostic, Fix, Related, Severity
from notegen.model.source import Source, Span

if TYPE_CHECKING:
    from notegen.lint.allow import Allowance


@dataclass(frozen=True, slots=True)
class Judged:
    """Findings as their stages made them, the allowances of the files, and the names of the files that were judged."""

    diagnostics: tuple[Diagnostic, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    files: tuple[str, ...] = ()


def gathered(found: Iterable[Diagnostic], sources: Iterable[Source], *, inline: bool) -> Judged:
    """Return findings with the allowances of the texts that they were looked for in, if comments may allow anything."""
    texts = tuple(dict.fromkeys(sources))
    return Judged(tuple(found), _given(texts) if inline else (), tuple(dict.fromkeys(one.name for one in texts)))


def _given(texts: Iterable[Source]) -> tuple[Allowance, ...]:
    from notegen.lint.allow import allowances

    return tuple(one for source in texts for one in allowances(source))


@dataclass(slots=True)
class _Sources:
    """Texts by number, each once."""

    numbers: dict[Source, int] = field(default_factory=dict)

    def pack(self, span: Span | None) -> list[int] | None:
        if span is None:
            return None
        return [self.numbers.setdefault(span.source, len(self.numbers)), span.start, span.end]


def packed(judged: Judged) -> Any:
    """Return lists, texts and numbers that hold everything; `unpacked` is the way back."""
    texts = _Sources()
    found = [_finding(one, texts) for one in judged.diagnostics]
    given = [
        [texts.pack(one.span), one.order, [texts.pack(word) for word in one.words], one.reason, one.first, one.last]
        for one in judged.allowances
    ]
    sources = [[source.name, source.text, source.first_line] for source in texts.numbers]
    return {"sources": sources, "findings": found, "allowances": given, "files": list(judged.files)}


def _finding(one: Diagnostic, texts: _Sources) -> list[Any]:
    return [
        one.code,
        one.severity.value,
        one.message,
        texts.pack(one.span),
        one.hint,
        [[texts.pack(related.span), related.message] for related in one.related],
        [texts.pack(one.fix.span), one.fix.replacement] if one.fix is not None else None,
        one.note,
        texts.pack(one.printed),
    ]


def unpacked(tree: Any) -> Judged:
    """Return what was packed. Raises KeyError, ValueError, TypeError or IndexError for what was not."""
    sources = [Source(name, text, line) for name, text, line in tree["sources"]]

    def span(place: Any) -> Span | None:
        return None if place is None else Span(sources[place[0]], place[1], place[2])

    def finding(one: Any) -> Diagnostic:
        code, severity, message, place, hint, related, fix, note, printed = one
        return Diagnostic(
            code,
            _LEVELS[severity],
            message,
            span(place),
            hint,
            tuple(Related(there, text) for where, text in related if (there := span(where)) is not None),
            Fix(there, fix[1]) if fix is not None and (there := span(fix[0])) is not None else None,
            note,
            span(printed),
        )

    given = _allowances(tree["allowances"], span) if tree["allowances"] else ()
    return Judged(tuple(map(finding, tree["findings"])), given, tuple(tree["files"]))


_LEVELS = {level.value: level for level in Severity}


def _allowances(trees: Any, span: Any) -> tuple[Allowance, ...]:
    from notegen.lint.allow import Allowance

    return tuple(
        Allowance(span(place), order, tuple(map(span, words)), reason, first, last)
        for place, order, words, reason, first, last in trees
    )
