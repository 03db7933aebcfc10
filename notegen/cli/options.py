"""Options that several commands share, and what they open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from notegen import pipeline, settings
from notegen.cli.output import Findings
from notegen.errors import NotegenError, nearest
from notegen.model.diagnostic import Diagnostic, has_errors
from notegen.model.facts import Facts
from notegen.model.template import Template
from notegen.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])

facts_argument = click.argument("facts", nargs=-1, required=True, type=click.Path(path_type=Path))
template_option = click.option(
    "-t",
    "--template",
    required=True,
    metavar="NAME|FILE",
    help="A template's name (of the shop or the library) or file.",
)
only_option = click.option("--only", multiple=True, metavar="KEY", help="Only this customer (key or name); repeatable.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")


def drawing_options(command: F) -> F:
    """Add --hand, --stock, --locale, --seed and --today."""
    for option in reversed(
        (
            click.option("--hand", metavar="NAME", help="The hand to write in (see `notegen hand list`)."),
            click.option("--stock", metavar="NAME", help="The card to write on (see `notegen stock list`)."),
            click.option("--locale", metavar="NAME", help="Language and country of dates and money, such as en_GB."),
            click.option("--seed", type=int, metavar="N", help="Another number gives every card another drawing."),
            click.option(
                "--today",
                metavar="DATE",
                callback=_date,
                help="The day to write on, YYYY-MM-DD; the real one otherwise.",
            ),
        )
    ):
        command = option(command)
    return command


def _date(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> date:
    if value is None:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"'{value}' is not a date like 2026-03-04") from None


def open_shop(near: Path) -> Settings:
    """Read the notegen.yaml that governs a path, or the defaults; its faults are raised as Findings."""
    folder = near if near.is_dir() else near.parent
    loaded = settings.load(folder)
    if loaded.value is None or has_errors(loaded.diagnostics):
        raise Findings(loaded.diagnostics)
    return loaded.value


def open_template(wanted: str, shop: Settings) -> Template:
    """Load a template and judge it without any customer; faults are raised as Findings."""
    loaded = pipeline.load_template(wanted, shop)
    if loaded.value is None or has_errors(loaded.diagnostics):
        raise Findings(loaded.diagnostics)
    return loaded.value


@dataclass(frozen=True, slots=True)
class Order:
    """What a command that writes notes was asked for, opened: the shop, the template and the customers."""

    wishes: pipeline.Wishes
    shop: Settings
    template: Template
    loaded: tuple[Diagnostic, ...]
    people: tuple[Facts, ...]


def opened(facts: tuple[Path, ...], template: str, only: tuple[str, ...], wishes: dict[str, Any]) -> Order:
    """Open all that `facts -t template --only ...` speak of; `wishes` are the values of `drawing_options`."""
    asked = pipeline.Wishes(**wishes)
    shop = open_shop(facts[0])
    made = open_template(template, shop)
    loaded = pipeline.load_facts(facts, shop, asked.today)
    return Order(asked, shop, made, loaded.diagnostics, chosen(loaded.value or (), only))


def chosen(people: tuple[Facts, ...], only: tuple[str, ...]) -> tuple[Facts, ...]:
    """Return those whose key or name was asked for; a name that nobody has is a mistake."""
    if not only:
        return people
    names = {
        str(label).casefold(): one.key for one in people for label in (one.key, one.get("customer.name") or one.key)
    }
    keys = set()
    for wanted in only:
        if wanted.casefold() not in names:
            near = nearest(wanted, names)
            raise NotegenError(f"there is no customer '{wanted}'", hint=f"did you mean '{near}'?" if near else None)
        keys.add(names[wanted.casefold()])
    return tuple(one for one in people if one.key in keys)
