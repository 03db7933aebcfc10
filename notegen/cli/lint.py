"""`notegen lint`: templates, facts, shop folders and finished letters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from notegen import pipeline
from notegen.cli import counting, options, reporting
from notegen.model.diagnostic import Diagnostic
from notegen.pipeline.weighing import Verdict


@click.command("lint")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--fix", is_flag=True, help="Put right what can be put right safely, and tell what remains.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@reporting.options
@counting.options
@options.drawing_options
def command(
    paths: tuple[Path, ...],
    fix: bool,
    diff: bool,
    form: str | None,
    target: Path | None,
    fail_level: str | None,
    **rest: Any,
) -> int:
    """Judge templates (.j2), facts (.yaml), shop folders and finished letters (.txt, .md).

    A shop folder is judged whole: its settings, templates and facts, and every note that the `notes:` of its
    notegen.yaml pair up, written and laid out as it would be printed. The path - is standard input. The exit status is
    1 when something is as grave as --fail-level.

    \b
    Examples:
      notegen lint my-shop
      notegen lint letter.txt
      notegen lint letter.txt --facts customer.yaml
      notegen lint facts/customers.yaml -t same-day-thanks
      notegen lint templates/*.j2 --format json
      notegen lint my-shop --format sarif -o notegen.sarif
      notegen lint my-shop --diff
      notegen lint my-shop --changed=main
      notegen lint my-shop --baseline known.json
    """
    wanted = reporting.wanted(form, target, fail_level)
    scope = counting.scope(paths, rest)
    if scope.show:
        return counting.show_settings(scope)
    wishes = pipeline.Wishes(**rest, inline=scope.inline)
    verdicts: list[Verdict] = []

    def judge() -> tuple[Diagnostic, ...]:
        verdicts.append(counting.judge(scope, wishes))
        return verdicts[-1].found

    if fix or diff:
        from notegen.cli import fixing

        if diff:
            return fixing.show(judge, scope.asked.paths)
        fixing.mend(judge, scope.asked.paths)
    else:
        judge()
    verdict = counting.keep(verdicts[-1], scope)
    if scope.statistics:
        counting.say_statistics(verdict)
    return reporting.pronounce(verdict, wanted, quiet=scope.quiet)
