"""`notegen hand suggest`: which hands can write the names and texts of some customers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    """Print the hands that write everything, then the nearest; hands of other scripts only where nobody does."""
    able = [one for one in found if not one.lacks]
    others = [one for one in found if one.lacks and (every or not (able and one.foreign))]
    near = others if every else others[:NEAREST]
    output.table([(one.hand.name, one.hand.kind, _verdict(one)) for one in [*able, *near]], ("hand", "kind", "writes"))
    for one in near:
        click.echo(f"\n{one.hand.name} lacks:")
        for line in _lacks(one, every):
            click.echo(f"  {line}")
    rest = len(found) - len(able) - len(near)
    if rest:
        click.echo(f"\n{output.counted(rest, 'other hand')} with help of others, or not at all: see --all")


def _lacks(one: Suggestion, every: bool) -> Iterator[str]:
    """Return what a hand lacks, what nobody has first; the letters of a script that it is not for are counted."""
    from notegen.hand import coverage

    shown = [lack for lack in one.lacks if not (lack.lent and coverage.script_of(lack.character) in one.foreign)]
    shown.sort(key=lambda lack: lack.lent)
    for lack in shown if every else shown[:SHOWN]:
        nobody = "" if lack.lent else ", which no hand beside it has"
        yield f"{lack.character}  {lack.name}{nobody}: {_places(lack, every)}"
    if not every and len(shown) > SHOWN:
        yield f"and {output.counted(len(shown) - SHOWN, 'more character', 'more characters')}"
    for script in one.foreign:
        letters = sum(lack.lent and coverage.script_of(lack.character) == script for lack in one.lacks)
        yield f"{coverage.NAMES.get(script, script)}: {output.counted(letters, 'letter')}, written by another hand"


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
