"""How `notegen lint` tells what it found: in which format, where to, and from which severity on it fails."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
    """What was asked for; `target` None is the standard output, `level` None never fails."""

    form: str
    target: Path | None
    level: Severity | None


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
                default=Severity.ERROR.value,
                show_default=True,
                help="The least severity that makes the exit status 1.",
            ),
        )
    ):
        command = option(command)
    return command


def wanted(form: str | None, target: Path | None, fail_level: str) -> Wanted:
    """Return what the options ask for, and report that way too what ends the command early."""
    detected = "github" if os.environ.get("GITHUB_ACTIONS") == "true" and target is None else TEXT
    made = Wanted(form or detected, target, None if fail_level == NEVER else Severity(fail_level))
    click.get_current_context().meta[output.REPORT] = lambda found: tell(lint.distinct(found), made)
    return made


def tell(diagnostics: Sequence[Diagnostic], asked: Wanted, suppressed: Sequence[report.Suppressed] = ()) -> int:
    """Report findings the way that was asked for, and return the exit status."""
    status = output.FOUND if any(at_least(one.severity, asked.level) for one in diagnostics) else output.FINE
    made = report.render(asked.form, _run(diagnostics, asked, status, suppressed))
    if asked.target is not None:
        # What UTF-8 has no bytes for (half a surrogate pair in a file's name) is written as its escape.
        write_bytes(asked.target, made.encode("utf-8", "backslashreplace"))
    else:
        click.echo(made, nl=False, color=True)
    if asked.form in report.PEOPLE or asked.target is not None:
        click.echo(output.tally(diagnostics))
    return status


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
    shops = click.get_current_context().meta.get(output.SHOPS, ())
    own = {rule.code: rule for shop in shops for rule in pipeline.rules(shop)}
    return {rule.code: rule for rule in pipeline.rules()} | own
