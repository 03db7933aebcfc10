"""`notegen hand suggest`: which hands can write the names and texts of some customers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from notegen import pipeline
from notegen.cli import options, output

if TYPE_CHECKING:
    from notegen.hand.suggest import Lack, Suggestion

NEAREST = 4
"""Hands that lack something which are shown unless all are asked for."""
SHOWN = 4
"""Characters, and places of one character, that are shown before the rest is counted."""


@click.command("suggest")
@options.facts_argument
@click.option("--all", "every", is_flag=True, help="Show every hand, and all that each lacks.")
@options.json_option
def command(facts: tuple[Path, ...], every: bool, as_json: bool) -> int:
    """Say which hands can write the names and all other texts of these customers, the best first.

    FACTS are YAML files, or folders of them. What a hand lacks is named with the customers and the places. Most of it
    is lent: another hand writes those words in the same pen. The status is 1 when no hand can write everything even so.

    \b
    Examples:
      notegen hand suggest facts/
      notegen hand suggest facts/may.yaml --json
    """
    from notegen.hand.suggest import suggest, texts_of

    shop = options.open_shop(facts[0])
    loaded = pipeline.load_facts(facts, shop, None)
    if loaded.value is None or not loaded.value:
        raise output.Findings(loaded.diagnostics)
    texts = texts_of(loaded.value)
    found = suggest(pipeline.hands(shop), texts)
    if as_json:
        output.as_json([_as_dict(one) for one in found])
    else:
        click.echo(f"{output.counted(len(loaded.value), 'customer')}, {output.counted(len(texts), 'text')}\n")
        _show(found, every)
    return output.FINE if found and not found[0].beyond else output.FOUND


def _show(found: Sequence[Suggestion], every: bool) -> None:
    able = [one for one in found if not one.lacks]
    others = [one for one in found if one.lacks]
    near = others if every else others[:NEAREST]
    rows = [(one.hand.name, one.hand.kind, _verdict(one)) for one in [*able, *near]]
    output.table(rows, ("hand", "kind", "writes"))
    for one in near:
        click.echo(f"\n{one.hand.name} lacks:")
        lacks = sorted(one.lacks, key=lambda lack: lack.lent)
        for lack in lacks if every else lacks[:SHOWN]:
            help_ = "" if lack.lent else ", and no hand beside it has it"
            click.echo(f"  {lack.character}  {lack.name}{help_}: {_places(lack, every)}")
        if not every and len(one.lacks) > SHOWN:
            click.echo(f"  and {output.counted(len(one.lacks) - SHOWN, 'more character')}")
    if len(near) < len(others):
        click.echo(f"\n{output.counted(len(others) - len(near), 'hand')} more that lack something: --all shows them")


def _verdict(one: Suggestion) -> str:
    from notegen.hand.suggest import customers

    lacks = one.beyond or one.lacks
    if lacks:
        lacking = output.counted(len(lacks), "character")
        what = f"{lacking}, of {output.counted(len(customers(lacks)), 'customer')}"
        return f"all but {what}" if one.beyond else f"everything, with help for {what}"
    return "everything, though some in letters that look less handwritten" if one.strange else "everything"


def _places(lack: Lack, every: bool) -> str:
    shown = lack.texts if every else lack.texts[:SHOWN]
    said = "; ".join(f"{text.key} ({text.path}, {text.span})" for text in shown)
    more = len(lack.texts) - len(shown)
    return f"{said}; and {more} more" if more else said


def _as_dict(one: Suggestion) -> dict[str, object]:
    from notegen.hand.suggest import customers

    return {
        "hand": one.hand.name,
        "kind": one.hand.kind,
        "scripts": one.hand.scripts,
        "writes_everything": not one.lacks,
        "writes_everything_with_help": not one.beyond,
        "letters_it_is_not_meant_for": one.strange,
        "customers_lacking": customers(one.lacks),
        "lacks": [
            {
                "character": lack.character,
                "name": lack.name,
                "lent": lack.lent,
                "places": [
                    {
                        "customer": text.key,
                        "path": text.path,
                        "file": text.span.source.name,
                        "line": text.span.line,
                        "column": text.span.column,
                    }
                    for text in lack.texts
                ],
            }
            for lack in one.lacks
        ],
    }
