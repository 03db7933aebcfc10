"""Options that several commands share, and what they open."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

import click

from notegen import lint, pipeline, settings
from notegen.cli import output
from notegen.cli.output import Findings
from notegen.errors import NotegenError, nearest
from notegen.files import check_place
from notegen.model.diagnostic import Checked, Diagnostic, has_errors
from notegen.model.facts import Facts
from notegen.model.room import Signing
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
target_option = click.option(
    "-o", "--output", "target", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The PDF to write."
)
limit_option = click.option("--limit", type=click.IntRange(1), help="Only the first so many customers.")
paper_option = click.option(
    "--paper", type=click.Choice(["a4", "letter"]), help="The paper's size.  [default: that of the locale's country]"
)
_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
folder_argument = click.argument("folder", default=".", type=_FOLDER)
shop_option = click.option(
    "--shop",
    "folder",
    default=".",
    type=_FOLDER,
    help="A shop folder that may have hands, stocks and rules.",
)


def _remember(ctx: click.Context, _parameter: click.Parameter, value: bool | str) -> bool | str:
    """Keep in mind whether JSON was asked for, until the command ends."""
    ctx.meta[output.JSON] = value in (True, "json")
    return value


json_option = click.option("--json", "as_json", is_flag=True, callback=_remember, help="Print JSON for scripts.")
format_option = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, callback=_remember
)


def look_options(command: F) -> F:
    """Add --pen, --ink, --tidiness and --no-tints."""
    for option in reversed(
        (
            click.option("--pen", metavar="KIND|MM", help="The pen: gel, 0.4 or 'gel 0.4' (`notegen hand pens`)."),
            click.option("--ink", metavar="NAME", help="The ink: sepia, or 'sepia spot' (`notegen hand inks`)."),
            click.option("--tidiness", metavar="NAME|N", help="How tidily: neat (0), usual (1) to hurried (1.5)."),
            click.option(
                "--tints/--no-tints", default=None, help="Whether the press has screens; without, ink is one colour."
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


today_option = click.option(
    "--today", metavar="DATE", callback=_date, help="The day to write on, YYYY-MM-DD; the real one otherwise."
)


def drawing_options(command: F) -> F:
    """Add --hand, --stock, --signature, --sign-yourself, --locale, --seed and --today, and what look_options add."""
    for option in reversed(
        (
            click.option("--hand", metavar="NAME", help="The hand to write in (see `notegen hand list`)."),
            click.option("--stock", metavar="NAME", help="The card to write on (see `notegen stock list`)."),
            look_options,
            click.option("--signature", type=click.Path(path_type=Path), help="Sign with this drawing, an SVG file."),
            click.option(
                "--sign-yourself/--sign-printed",
                "sign",
                default=None,
                callback=_signing,
                help="Leave out the name and keep room for your own pen, or print it.",
            ),
            click.option("--locale", metavar="NAME", help="Language and country of dates and money, such as en_GB."),
            click.option("--seed", type=int, metavar="N", help="Another number gives every card another drawing."),
            today_option,
        )
    ):
        command = option(command)
    return command


def _signing(_ctx: click.Context, _parameter: click.Parameter, value: bool | None) -> Signing | None:
    return None if value is None else Signing.YOURSELF if value else Signing.PRINTED


def as_file_name(name: str) -> str:
    """Return a name with only letters, digits, dots, dashes and underscores, so that it names a file of this folder.

    It is cut to 48 characters, so that with its ending it fits into the 255 bytes of most disks in any script, and is
    none of those that Windows keeps for devices.
    """
    fit = re.sub(r"[^\w.-]+", "-", name).strip("-.")[:48].strip("-.") or "note"
    return f"note-{fit}" if re.match(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", fit, re.IGNORECASE) else fit


def fit_target(target: Path | str, suffix: str) -> None:
    """Refuse, before any work, a place that cannot be written to and one kind of file under the name of another."""
    if PurePosixPath(target).suffix.lower() != suffix:
        raise NotegenError(f"'{target}' does not end in {suffix}", hint=f"name a file such as cards{suffix}")
    check_place(target)


def open_shop(near: Path | str) -> Settings:
    """Read the notegen.yaml that governs a path, or the defaults; its faults are raised as Findings."""
    here = Path() if isinstance(near, str) else near
    folder = here if here.is_dir() else here.parent
    loaded = settings.load(folder)
    if loaded.value is None or has_errors(loaded.diagnostics):
        raise Findings(loaded.diagnostics)
    reporting_of(loaded.value.root)
    return loaded.value


def reporting_of(root: Path | None) -> None:
    """Keep in mind a shop whose own rules may find something, so that a report can name them."""
    if root is not None:
        click.get_current_context().meta.setdefault(output.SHOPS, []).append(root)


def open_template(wanted: str, shop: Settings, wishes: pipeline.Wishes) -> Template:
    """Load a template and judge it without any customer; faults that nothing allows are raised as Findings."""
    loaded = pipeline.load_template(wanted, shop)
    found = pipeline.counted(loaded.diagnostics, shop, wishes) if loaded.value is not None else loaded.diagnostics
    if loaded.value is None or has_errors(found):
        raise Findings(found)
    return loaded.value


@dataclass(frozen=True, slots=True)
class Order:
    """What a command that writes notes was asked for, opened: the shop, the template and the customers.

    `homes` has the others of each customer's household by key, whether or not they were asked for.
    """

    wishes: pipeline.Wishes
    shop: Settings
    template: Template
    loaded: tuple[Diagnostic, ...]
    people: tuple[Facts, ...]
    homes: Mapping[str, tuple[Facts, ...]]


def open_work(facts: tuple[Path | str, ...], template: str, asked: pipeline.Wishes) -> tuple[Settings, Template]:
    """Open the shop of some facts and a template; what is wrong with either is raised as Findings."""
    shop = open_shop(facts[0])
    wrong = (*pipeline.check_names(shop), *pipeline.misnamed(shop))
    if wrong:
        raise Findings(wrong)
    return shop, open_template(template, shop, asked)


def opened(
    facts: tuple[Path, ...],
    template: str,
    only: tuple[str, ...],
    wishes: dict[str, Any],
    limit: int | None = None,
) -> Order:
    """Open all that `facts -t template --only ... --limit N` speak of; `wishes` are the values of `drawing_options`.

    Customers who were not asked for are passed over, with whatever is wrong with them.
    """
    asked = pipeline.Wishes(**wishes)
    shop, made = open_work(facts, template, asked)
    loaded = pipeline.load_facts(facts, shop, asked.today)
    people = chosen(loaded.value or (), only)[:limit]
    bad = pipeline.counted(about(loaded, people), shop, asked)
    return Order(asked, shop, made, bad, people, lint.fellows(loaded.value or ()))


def prepared(order: Order) -> tuple[pipeline.Drawing, pipeline.Batch]:
    """Write and lay out everybody's note, with a bar on the terminal; nothing is printed."""
    drawing = pipeline.drawing(order.shop, order.wishes)
    with output.progress("Writing", len(order.people)) as step:
        batch = pipeline.prepare(order.people, order.loaded, order.template, drawing, step, order.homes)
    return drawing, batch


def about(loaded: Checked[tuple[Facts, ...]], people: tuple[Facts, ...]) -> tuple[Diagnostic, ...]:
    """Return the findings that concern these people: all of them when nobody was passed over."""
    if len(people) == len(loaded.value or ()):
        return loaded.diagnostics
    keys = {one.key for one in people}
    return tuple(one for one in loaded.diagnostics if one.note in keys)


def chosen(people: tuple[Facts, ...], only: tuple[str, ...]) -> tuple[Facts, ...]:
    """Return those whose key or name was asked for, all of one name; a name that nobody has is a mistake."""
    if not only:
        return people
    keys: dict[str, set[str]] = {}
    for one in people:
        for label in (one.key, one.get("customer.name") or one.key):
            keys.setdefault(str(label).casefold(), set()).add(one.key)
    wanted: set[str] = set()
    for name in only:
        if name.casefold() not in keys:
            near = nearest(name, keys)
            there = ", ".join(one.key for one in people[:12]) + (" ..." if len(people) > 12 else "")
            raise NotegenError(
                f"there is no customer '{name}'", hint=f"did you mean '{near}'?" if near else f"there are: {there}"
            )
        wanted |= keys[name.casefold()]
    return tuple(one for one in people if one.key in wanted)
