"""Findings as Checkstyle XML, which many review tools read; columns are 1-based code points."""

from __future__ import annotations

from collections.abc import Iterator

from notegen.lint.report.run import Run, advice, by_file, lines
from notegen.lint.report.xml import HEAD, attributes
from notegen.model.diagnostic import Diagnostic

VERSION = "4.3"
"""The version of Checkstyle whose format this is."""


def report(run: Run) -> str:
    """Return the document."""
    return lines(_document(run))


def _document(run: Run) -> Iterator[str]:
    yield HEAD
    yield f"<checkstyle{attributes(version=VERSION)}>"
    for path, found in by_file(run):
        yield f"  <file{attributes(name=path or 'notegen')}>"
        yield from (f"    <error{_attributes(run, one)}/>" for one in found)
        yield "  </file>"
    yield "</checkstyle>"


def _attributes(run: Run, one: Diagnostic) -> str:
    place = attributes(line=one.span.line, column=one.span.column) if one.span is not None else attributes(line=1)
    source = f"notegen.{run.title(one).replace(' ', '.')}"
    return place + attributes(severity=one.severity.value, message=advice(one), source=source)
