"""Findings as JUnit XML: a suite for each file, a test case for each finding.

A finding that fails the run is a failure; one below the level asked for is a case that passes and says what it found.
"""

from __future__ import annotations

from collections.abc import Iterator

from notegen.lint.report.run import Run, advice, by_file, lines
from notegen.lint.report.xml import HEAD, attributes, content
from notegen.model.diagnostic import Diagnostic


def report(run: Run) -> str:
    """Return the document."""
    return lines(_document(run))


def _document(run: Run) -> Iterator[str]:
    failures = sum(run.fails(one) for one in run.diagnostics)
    total = len(run.diagnostics) or 1
    yield HEAD
    yield f"<testsuites{attributes(name='notegen lint', tests=total, failures=failures, errors=0)}>"
    for path, found in by_file(run):
        yield from _suite(run, path or "notes", found)
    if not run.diagnostics:
        # Some readers take a report without a case for a run that failed to start.
        yield f"  <testsuite{attributes(name='notegen', tests=1, failures=0, errors=0)}>"
        yield f"    <testcase{attributes(name='nothing was found', classname='notegen')}/>"
        yield "  </testsuite>"
    yield "</testsuites>"


def _suite(run: Run, path: str, found: list[Diagnostic]) -> Iterator[str]:
    failures = sum(run.fails(one) for one in found)
    yield f"  <testsuite{attributes(name=path, tests=len(found), failures=failures, errors=0)}>"
    for one in found:
        yield f"    <testcase{attributes(name=_name(run, one), classname=path)}>"
        yield f"      {_outcome(run, one)}"
        yield "    </testcase>"
    yield "  </testsuite>"


def _name(run: Run, one: Diagnostic) -> str:
    where = f"{one.span.line}:{one.span.column}" if one.span is not None else f"note {one.note}" if one.note else ""
    return " ".join(part for part in (run.title(one), where) if part)


def _outcome(run: Run, one: Diagnostic) -> str:
    words = f"{one.span}: {advice(one)}" if one.span is not None else advice(one)
    if run.fails(one):
        kind = attributes(message=one.message, type=one.severity.value)
        return f"<failure{kind}>{content(words)}</failure>"
    return f"<system-out>{content(f'{one.severity.value}: {words}')}</system-out>"
