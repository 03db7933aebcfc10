"""`notegen lint --fix` and `--diff`: safe fixes made, or shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from notegen.cli import output
from notegen.model.diagnostic import Diagnostic
from notegen.pipeline.fixing import Edit, edits

PASSES = 10
"""Times that files are judged and mended again: a fix can wait for another that it overlaps, or bring one about."""

Judge = Callable[[], tuple[Diagnostic, ...]]


def mend(judge: Judge, within: Sequence[Path]) -> tuple[Diagnostic, ...]:
    """Put right what can be put right safely, say so on the error stream, and return what remains."""
    made: list[Edit] = []
    found = judge()
    for _ in range(PASSES):
        # All of them are worked out before the first is written.
        now = list(edits(found, within))
        if not now:
            break
        for one in now:
            one.write()
        made += now
        found = judge()
    _say(made)
    return found


def show(judge: Judge, within: Sequence[Path]) -> int:
    """Print what the first pass of fixes would change, and return 1 when there is anything."""
    made = list(edits(judge(), within))
    for one in made:
        click.echo(one.diff(), nl=False, color=True)
    number = sum(len(one.mended) for one in made)
    click.echo(f"{output.counted(number, 'problem')} can be fixed", err=True)
    return output.FOUND if made else output.FINE


def _say(made: Sequence[Edit]) -> None:
    mended = [one for edit in made for one in edit.mended]
    for one in mended:
        where = one.fix.span if one.fix is not None else one.span
        click.echo(f"{where}: fixed [{one.code}] {one.message}", err=True)
    files = len({edit.path for edit in made})
    if files:
        click.echo(f"fixed {output.counted(len(mended), 'problem')} in {output.counted(files, 'file')}", err=True)
