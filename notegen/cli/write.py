"""`notegen write`: the words of notes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from notegen import compose, pipeline
from notegen.cli import options, output
from notegen.model.diagnostic import Diagnostic

WIDEST = 40
"""Characters of a piece of a note that `--explain` shows."""


@click.command("write")
@options.facts_argument
@options.template_option
@options.only_option
@click.option("--explain", is_flag=True, help="Show for every piece the template's line and the facts behind it.")
@options.json_option
@options.drawing_options
def command(
    facts: tuple[Path, ...], template: str, only: tuple[str, ...], explain: bool, as_json: bool, **wishes: Any
) -> int:
    """Print the words of notes, and where each word came from.

    \b
    Examples:
      notegen write customers.yaml -t same-day-thanks
      notegen write customers.yaml -t same-day-thanks --only "Ana Reyes" --explain
    """
    order = options.opened(facts, template, only, wishes)
    drafts = pipeline.drafted(order.people, order.template, order.shop, order.wishes, order.homes)
    found: list[Diagnostic] = [*order.loaded, *(d for one in drafts for d in one.diagnostics)]
    if as_json:
        output.as_json({"notes": [_as_dict(one) for one in drafts], "findings": output.findings_as_data(found)})
        return output.status_of(found)
    output.findings(found, err=True)
    for one in drafts:
        if one.note is not None:
            _show(one, explain)
    return output.status_of(found)


def _show(drafted: pipeline.Draft, explain: bool) -> None:
    assert drafted.note is not None
    head = f"── {drafted.facts.key} "
    click.echo(head + "─" * max(0, 60 - len(head)))
    click.echo(drafted.note.text)
    click.echo()
    if explain:
        rows = [(_short(row.text), row.origin, row.facts) for row in compose.explain(drafted.note, drafted.facts)]
        output.table(rows, ("words", "template", "facts"))
        click.echo()


def _short(text: str) -> str:
    """Return the words as far as a column of a terminal holds them; --json has them whole."""
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def _as_dict(drafted: pipeline.Draft) -> dict[str, object]:
    if drafted.note is None:
        return {"key": drafted.facts.key, "text": None}
    pieces = [
        {"text": drafted.note.text[p.start : p.end], "origin": str(p.origin), "facts": list(p.reads), "trust": p.trust}
        for p in drafted.note.pieces
    ]
    return {"key": drafted.facts.key, "text": drafted.note.text, "pieces": pieces}
