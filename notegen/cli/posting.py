"""What the commands for envelopes and labels share: opening facts without a template, and telling who has no mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from notegen import lint, pipeline
from notegen.cli import options, output
from notegen.model.diagnostic import Diagnostic
from notegen.model.facts import Facts
from notegen.settings import Settings

if TYPE_CHECKING:
    from notegen.pipeline.mailing import Mailing

output_option = click.option(
    "-o", "--output", "target", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The PDF to write."
)
printer_option = click.option(
    "--printer", metavar="NAME", help="Put right what this printer does (see `notegen printer`)."
)
skip_bad_option = click.option(
    "--skip-bad", is_flag=True, help="Leave out those whose facts have an error, and print the others."
)


@dataclass(frozen=True, slots=True)
class Opened:
    """The shop and the customers that a command was asked for, in the facts' order."""

    shop: Settings
    loaded: tuple[Diagnostic, ...]
    people: tuple[Facts, ...]
    homes: Mapping[str, tuple[Facts, ...]]


def opened(facts: tuple[Path, ...], only: tuple[str, ...], today: date) -> Opened:
    """Open facts for which there is no template; customers who were not asked for are passed over."""
    shop = options.open_shop(facts[0])
    wrong = tuple(pipeline.check_printing(shop))
    if wrong:
        raise output.Findings(wrong)
    loaded = pipeline.load_facts(facts, shop, today)
    people = options.chosen(loaded.value or (), only)
    bad = pipeline.counted(options.about(loaded, people), shop, pipeline.Wishes(today=today))
    return Opened(shop, bad, people, lint.fellows(loaded.value or ()))


def stops(made: Mailing, *, skip_bad: bool) -> bool:
    """Return whether an error keeps the file from being written."""
    return not made.pieces or (output.status_of(made.diagnostics) == output.FOUND and not skip_bad)


def summary(made: Mailing, thing: str, written: Path | None, pages: int) -> None:
    """Say on the terminal who was left out and why, and what was written."""
    output.findings(made.diagnostics, err=True)
    say_left_out(made.left_out)
    if written is None:
        good = output.counted(len(made.pieces), thing)
        rest = f"; {good} would be good (--skip-bad prints those)" if made.pieces else ""
        click.echo(f"no PDF was written: {output.tally(made.diagnostics)}{rest}", err=True)
        return
    left_out = f", {len(made.left_out):,} left out" if made.left_out else ""
    size = written.stat().st_size / 1000
    counted = f"{output.counted(len(made.pieces), thing)}, {output.counted(pages, 'page')}"
    click.echo(f"{counted}{left_out}: {written} ({size:,.0f} kB)")


def say_left_out(those: Sequence[pipeline.LeftOut]) -> None:
    """Name on the terminal who gets nothing, each with the reasons."""
    for left in those:
        who = left.name if left.name == left.key else f"{left.name} ({left.key})"
        click.echo(output.in_line(f"left out: {who}: {'; '.join(left.reasons) or 'see above'}"), err=True)


def as_dict(made: Mailing, things: str, written: Path | None, pages: int) -> dict[str, object]:
    """Return the same for scripts."""
    return {
        "file": str(written) if written else None,
        things: [piece.key for piece in made.pieces] if written else [],
        "pages": pages,
        "left_out": [asdict(one) for one in made.left_out],
        "findings": output.findings_as_data(made.diagnostics),
    }
