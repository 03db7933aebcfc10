"""How `notegen lint` tells what it found: in which format, where to, and from which severity on it fails."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import click

from notegen import lint, pipeline
from notegen.cli import output
from notegen.files import write_bytes
from notegen.lint import report
from notegen.lint.report.run import at_least
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.rule import Rule

F = TypeVar("F", bound=Callable[..., Any])

_FILE = click.Path(path_type=Path, dir_okay=False)
NEVER = "never"
TEXT = "text"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for; `target` None is the standard output, `level` None never fails.

    `settled` tells that the command line names the level, so that no setting can.
    """

    form: str
    target: Path | None
    level: Severity | None
    settled: bool = True


def options(command: F) -> F:
    """Add --format, --output and --fail-level."""
    for option in reversed(
        (
            click.option(
                "--format",
                "form",
                type=click.Choice(list(report.FORMATS)),
                help="How to tell it.  [default: text; github inside a GitHub workflow]",
            ),
            click.option(
                "-o",
                "--output",
                "target",
                type=click.Path(path_type=Path, dir_okay=False),
                help="Write it to this file.",
            ),
            click.option(
                "--fail-level",
                type=click.Choice([*(level.value for level in Severity), NEVER]),
                help="The least severity that makes the exit status 1.  [default: the shop's, else error]",
            ),
        )
    ):
        command = option(command)
    return command


def wanted(form: str | None, target: Path | None, fail_level: str | None) -> Wanted:
    """Return what the options ask for, and report that way too what ends the command early."""
    detected = "github" if os.environ.get("GITHUB_ACTIONS") == "true" and target is None else TEXT
    level = None if fail_level == NEVER else Severity(fail_level or Severity.ERROR)
    made = Wanted(form or detected, target, level, fail_level is not None)
    click.get_current_context().meta[output.REPORT] = lambda found: tell(lint.distinct(found), made)
    return made


def tell(
    diagnostics: Sequence[Diagnostic],
    asked: Wanted,
    suppressed: Sequence[report.Suppressed] = (),
    *,
    quiet: bool = False,
) -> int:
    """Report findings the way that was asked for, and return the exit status."""
    status = output.FOUND if any(at_least(one.severity, asked.level) for one in diagnostics) else output.FINE
    made = report.render(asked.form, _run(diagnostics, asked, status, suppressed))
    if asked.target is not None:
        # What UTF-8 has no bytes for (half a surrogate pair in a file's name) is written as its escape.
        write_bytes(asked.target, made.encode("utf-8", "backslashreplace"))
    else:
        click.echo(made, nl=False, color=True)
    if not quiet and (asked.form in report.PEOPLE or asked.target is not None):
        click.echo(", ".join((output.tally(diagnostics), *_passed(suppressed))))
    return status


def pronounce(verdict: pipeline.Verdict, asked: Wanted, *, quiet: bool = False) -> int:
    """Report what was found, with what is allowed and what is known, and return the exit status."""
    allowed = (report.Suppressed(one.diagnostic, one.reason) for one in verdict.allowed)
    known = (report.Suppressed(one, "it is in the baseline", in_source=False) for one in verdict.known)
    level = asked.level if asked.settled else verdict.level
    return tell(verdict.found, replace(asked, level=level), (*allowed, *known), quiet=quiet)


def _passed(suppressed: Sequence[report.Suppressed]) -> Iterator[str]:
    allowed = sum(one.in_source for one in suppressed)
    if allowed:
        yield f"{allowed:,} allowed"
    if len(suppressed) > allowed:
        yield f"{len(suppressed) - allowed:,} in the baseline"


def _run(
    diagnostics: Sequence[Diagnostic], asked: Wanted, status: int, suppressed: Sequence[report.Suppressed]
) -> report.Run:
    whole = asked.form == "sarif"
    return report.Run(
        diagnostics=tuple(diagnostics),
        rules=_rules() if diagnostics or whole else {},
        version=output.version() if whole else "",
        root=Path.cwd(),
        fail_level=asked.level,
        status=status,
        suppressed=tuple(suppressed),
        colour=asked.target is None and output.colourful(),
    )


def _rules() -> dict[str, Rule]:
    return {rule.code: rule for rule in pipeline.rules()}
