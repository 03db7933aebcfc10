"""A finding inside a written fact, and a fix that is offered only if the document then says just what was meant."""

from __future__ import annotations

from collections.abc import Iterator

from notegen.model.diagnostic import Diagnostic, Fix, Severity
from notegen.model.facts import Facts, Value
from notegen.model.source import Source, Span
from notegen.yamlsource import parse


def finding(
    code: str,
    severity: Severity,
    one: Facts,
    path: str,
    message: str,
    hint: str,
    *,
    part: str = "",
    wanted: str | None = None,
) -> Diagnostic:
    """Return a finding at the `part` of a fact's text, or at the whole of it.

    `wanted` is the whole text as it should be; the fix takes the place of the whole written value.
    """
    span = one.spans.get(path)
    fix = mend(one, path, wanted) if wanted is not None else None
    return Diagnostic(code, severity, message, _narrowed(span, part), hint, fix=fix)


def mend(one: Facts, path: str, wanted: str) -> Fix | None:
    """Return a replacement of a fact's written value, or None when it cannot be written in place.

    The document is read again with the replacement: every other fact must be as it was.
    """
    span = one.spans.get(path)
    if span is None or "\n" in span.text or "\n" in wanted:
        return None
    for written in _spellings(span.text, wanted):
        text = span.source.text[: span.start] + written + span.source.text[span.end :]
        if _reads_as(span.source, text, path, wanted):
            return Fix(span, written)
    return None


def _spellings(before: str, wanted: str) -> Iterator[str]:
    """Yield ways to write a text, the one that was used before first."""
    quoted = {
        '"': '"' + wanted.replace("\\", "\\\\").replace('"', '\\"') + '"',
        "'": "'" + wanted.replace("'", "''") + "'",
    }
    mark = before[:1]
    yield quoted.get(mark, wanted)
    yield quoted['"']


def _reads_as(source: Source, text: str, path: str, wanted: str) -> bool:
    before, after = parse(source), parse(Source(source.name, text, source.first_line))
    if not before.value or not after.value or len(after.value) != 1 or len(after.diagnostics) > len(before.diagnostics):
        return False
    old, new = dict(leaves(before.value[0].value)), dict(leaves(after.value[0].value))
    return str(new.pop(path, None)) == wanted and (old.pop(path, None), old)[1] == new


def leaves(value: Value) -> list[tuple[str, Value]]:
    """Return the dotted path and the value of everything in a tree that is no record and no list, in its order."""
    found: list[tuple[str, Value]] = []
    _gather(value, "", found)
    return found


def _gather(value: Value, path: str, found: list[tuple[str, Value]]) -> None:
    if isinstance(value, dict):
        prefix = f"{path}." if path else ""
        for key, inside in value.items():
            below = f"{prefix}{key}"
            if isinstance(inside, dict | tuple):
                _gather(inside, below, found)
            else:
                found.append((below, inside))
    elif isinstance(value, tuple):
        for number, inside in enumerate(value):
            _gather(inside, f"{path}.{number}", found)
    else:
        found.append((path, value))


def _narrowed(span: Span | None, part: str) -> Span | None:
    if span is None or not part or span.text.count(part) != 1:
        return span
    start = span.start + span.text.index(part)
    return Span(span.source, start, start + len(part))
