"""`notegen lint`: templates, facts, shop folders and finished letters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from notegen import compose, lint, pipeline, settings
from notegen.cli import options, reporting
from notegen.errors import NotegenError
from notegen.model.diagnostic import Diagnostic, has_errors

LETTERS = (".txt", ".md")
FACTS = (".yaml", ".yml")
TEMPLATE = ".j2"
NOT_LETTERS = {"readme.md", "licence.md", "license.md", "changelog.md"}
"""Files beside a shop's notes that are not letters to anybody."""


@click.command("lint")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("-t", "--template", metavar="NAME|FILE", help="Also write every customer's note with this template.")
@click.option(
    "--facts",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Judge letters (.txt, .md) by what is known of their reader; any YAML will do.",
)
@click.option("--only", metavar="KEY", help="With --facts: the letters are to this customer (key or name).")
@click.option("--fix", is_flag=True, help="Put right what can be put right safely, and tell what remains.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@reporting.options
@options.drawing_options
def command(
    paths: tuple[Path, ...],
    template: str | None,
    facts: Path | None,
    only: str | None,
    fix: bool,
    diff: bool,
    form: str | None,
    target: Path | None,
    fail_level: str,
    **wishes: Any,
) -> int:
    """Judge templates (.j2), facts (.yaml), shop folders and finished letters (.txt, .md).

    A shop folder is judged whole: its settings, templates and facts, and every note that the `notes:` of its
    notegen.yaml pair up, written and laid out as it would be printed. The exit status is 1 when something is as grave
    as --fail-level.

    \b
    Examples:
      notegen lint my-shop
      notegen lint letter.txt
      notegen lint letter.txt --facts customer.yaml
      notegen lint facts/customers.yaml -t same-day-thanks
      notegen lint templates/*.j2 --format json
      notegen lint my-shop --format sarif -o notegen.sarif
      notegen lint my-shop --diff
    """
    wanted = reporting.wanted(form, target, fail_level)
    asked = pipeline.Wishes(**wishes)
    named = paths or (Path("."),)

    def judge() -> tuple[Diagnostic, ...]:
        found = (
            _judge(path, template, asked) if facts is None else _letter(path, facts, only, asked) for path in named
        )
        return lint.distinct(one for several in found for one in several)

    if not (fix or diff):
        return reporting.tell(judge(), wanted)
    from notegen.cli import fixing

    return fixing.show(judge, named) if diff else reporting.tell(fixing.mend(judge, named), wanted)


def _judge(path: Path, template: str | None, wishes: pipeline.Wishes) -> Iterator[Diagnostic]:
    if path.is_dir():
        yield from _folder(path, template, wishes)
    elif path.suffix == TEMPLATE:
        yield from pipeline.lint_template(path, options.open_shop(path))
    elif path.name == settings.FILE:
        yield from settings.load(path.parent).diagnostics
    elif path.suffix in FACTS:
        yield from _facts(path, template, wishes)
    elif path.suffix in LETTERS or not path.exists():
        yield from pipeline.lint_letter(path, shop=options.open_shop(path))
    else:
        raise NotegenError(
            f"notegen does not know how to judge {path}",
            hint="it reads templates (.j2), facts (.yaml), shop folders and letters (.txt, .md)",
        )


def _letter(path: Path, facts: Path, only: str | None, wishes: pipeline.Wishes) -> tuple[Diagnostic, ...]:
    """Judge one finished letter by what a file says of its reader."""
    if path.is_dir() or (path.suffix not in LETTERS and path.exists()):
        raise NotegenError(f"--facts goes with finished letters, and {path} is none", hint="name a .txt or .md file")
    return pipeline.lint_letter(path, facts, only, options.open_shop(facts), wishes.today)


def _folder(path: Path, template: str | None, wishes: pipeline.Wishes) -> Iterator[Diagnostic]:
    """Judge a shop folder whole, or whatever there is in a folder that holds no notegen.yaml."""
    if (path / settings.FILE).is_file():
        loaded = settings.load(path)
        yield from loaded.diagnostics
        if loaded.value is not None and not has_errors(loaded.diagnostics):
            options.reporting_of(loaded.value)
            yield from pipeline.lint_shop(loaded.value, wishes)
        yield from (one for letter in _letters(path) for one in pipeline.lint_letter(letter, shop=loaded.value))
        return
    inside = sorted(one for one in path.iterdir() if one.is_dir() or one.suffix in (*FACTS, TEMPLATE, *LETTERS))
    for one in inside:
        if not one.name.startswith((".", "_")) and one.name.lower() not in NOT_LETTERS:
            yield from _judge(one, template, wishes)


def _letters(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.suffix in LETTERS and p.name.lower() not in NOT_LETTERS)


def _facts(path: Path, template: str | None, wishes: pipeline.Wishes) -> Iterator[Diagnostic]:
    shop = options.open_shop(path)
    loaded = pipeline.load_facts([path], shop, wishes.today)
    yield from loaded.diagnostics
    if template is None:
        return
    made = pipeline.load_template(template, shop)
    yield from made.diagnostics
    if made.value is None:
        return
    yield from compose.check(made.value, shop.schema)
    yield from compose.check_paths(made.value, shop.schema)
    yield from pipeline.lint_notes(loaded, made.value, shop, wishes)
