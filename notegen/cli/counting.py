"""What `notegen lint` is told about what to look at and what counts: options, and the run that they ask for."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from notegen import pipeline, settings
from notegen.cli import output
from notegen.errors import NotegenError
from notegen.files import decode
from notegen.model.source import Source
from notegen.pipeline.changed import commit_of
from notegen.pipeline.linting import Asked, Lint
from notegen.pipeline.passing import code_of
from notegen.pipeline.weighing import Scales, Verdict, recordable, weigh

F = TypeVar("F", bound=Callable[..., Any])

STDIN = Path("-")
NAMELESS = "<stdin>"
_FILE = click.Path(path_type=Path, dir_okay=False)

_OPTIONS = (
    click.option("-t", "--template", metavar="NAME|FILE", help="Also write every customer's note with this template."),
    click.option(
        "--facts",
        metavar="FILE",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="Judge letters (.txt, .md) by what is known of their reader; any YAML will do.",
    ),
    click.option("--only", metavar="KEY", help="With --facts: the letters are to this customer (key or name)."),
    click.option("--select", "selected", multiple=True, metavar="CODE", help="Show this rule alone; repeatable."),
    click.option("--ignore", "ignored", multiple=True, metavar="CODE", help="Leave this rule out; repeatable."),
    click.option("--no-inline", is_flag=True, help="Take no notice of comments that allow something."),
    click.option("--baseline", type=_FILE, help="A file of findings that are known and do not count."),
    click.option("--write-baseline", type=_FILE, help="Write down what is found now as known."),
    click.option("--prune-baseline", is_flag=True, help="Take out of the baseline what is mended."),
    click.option("--strict-baseline", is_flag=True, help="What is mended and still in the baseline is an error."),
    click.option(
        "--changed",
        is_flag=False,
        flag_value="HEAD",
        metavar="[REF]",
        help="Only what has changed since a commit of Git (HEAD), with the notes that it concerns.",
    ),
    click.option("--stdin-filename", type=click.Path(path_type=Path), help="What the text of - is called."),
    click.option("--no-cache", is_flag=True, help="Judge everything anew, and keep nothing."),
    click.option("--show-settings", is_flag=True, help="Print the settings of lint that hold, and judge nothing."),
    click.option("--statistics", is_flag=True, help="Say how often each rule was found."),
    click.option("-q", "--quiet", is_flag=True, help="No progress, and no count at the end."),
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What to look at, and what counts."""

    asked: Asked
    scales: Scales
    write: Path | None = None
    prune: bool = False
    show: bool = False
    statistics: bool = False
    quiet: bool = False
    inline: bool = True


def options(command: F) -> F:
    """Add --select, --ignore, --baseline, --changed and their like."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def scope(paths: tuple[Path, ...], given: dict[str, Any]) -> Scope:
    """Return what the options ask for, and take them out of `given`."""
    reference: str | None = given.pop("changed")
    if reference is not None and Path(reference).exists() and commit_of(reference, Path(".")) is None:
        # `--changed my-shop`: what was meant is the folder, changed since the last commit.
        paths, reference = (Path(reference), *paths), "HEAD"
    text, paths = _standard_input(paths or (Path("."),), given.pop("stdin_filename"))
    write = given.pop("write_baseline")
    scales = Scales(
        selected=frozenset(map(code_of, given.pop("selected"))),
        baseline=given.pop("baseline"),
        strict=given.pop("strict_baseline"),
        against_baseline=write is None,
    )
    asked = Asked(
        paths,
        given.pop("template"),
        given.pop("facts"),
        given.pop("only"),
        given=text,
        ignored=given.pop("ignored"),
        changed=reference,
        cached=not given.pop("no_cache"),
    )
    return Scope(
        asked,
        scales,
        write,
        prune=given.pop("prune_baseline"),
        show=given.pop("show_settings"),
        statistics=given.pop("statistics"),
        quiet=given.pop("quiet"),
        inline=not given.pop("no_inline"),
    )


def _standard_input(paths: tuple[Path, ...], name: Path | None) -> tuple[Source | None, tuple[Path, ...]]:
    """Read the text that stands for `-`, and put the name that it goes by in its place."""
    if STDIN not in paths:
        if name is not None:
            raise click.UsageError("--stdin-filename goes with the path -")
        return None, paths
    called = name or Path(NAMELESS)
    text = decode(sys.stdin.buffer.read(), str(called))
    return Source(str(called), text), tuple(dict.fromkeys(called if path == STDIN else path for path in paths))


def judge(asked: Scope, wishes: pipeline.Wishes) -> Verdict:
    """Look at everything, and weigh it."""
    run = Lint(asked.asked, wishes)
    units = run.units()
    with output.progress("Judging", 0 if asked.quiet else len(units)) as step:
        work = tuple(run.judged(units, step))
    return weigh(work, asked.scales)


def keep(verdict: Verdict, asked: Scope) -> Verdict:
    """Write and prune baselines as asked, and return what counts then."""
    from dataclasses import replace

    from notegen.pipeline import baseline

    if asked.write is not None:
        known = tuple(recordable(verdict.found))
        baseline.write(baseline.made_of(known, asked.write))
        click.echo(f"{asked.write}: {output.counted(len(known), 'finding')} written down as known", err=True)
        rest = set(map(id, verdict.found)) - set(map(id, known))
        return replace(verdict, found=tuple(one for one in verdict.found if id(one) in rest), known=known)
    if asked.prune:
        if not verdict.baselines:
            raise NotegenError("there is no baseline to prune", hint="name it: --baseline FILE, or lint.baseline")
        for one in verdict.baselines if verdict.mended else ():
            baseline.write(one)
        click.echo(f"{output.counted(verdict.mended, 'finding')} taken out of the baseline", err=True)
        return replace(verdict, found=tuple(one for one in verdict.found if one.code != "A105"))
    return verdict


def show_settings(asked: Scope) -> int:
    """Print the settings that hold for each path."""
    from notegen.model.diagnostic import has_errors
    from notegen.settings.linting import effective

    for path in asked.asked.paths:
        loaded = settings.load(path if path.is_dir() else path.parent)
        if loaded.value is None or has_errors(loaded.diagnostics):
            raise output.Findings(loaded.diagnostics)
        shop = loaded.value
        where = str(shop.root / settings.FILE) if shop.root is not None else None
        output.as_json({"path": str(path), "settings": where, "lint": effective(shop.lint, shop.root)})
    return output.FINE


def say_statistics(verdict: Verdict) -> None:
    """Print how often each rule was found, on the error stream."""
    counts = Counter(one.code for one in verdict.found)
    for code, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        known = pipeline.rules()
        name = known.get(code).name if code in known else ""
        click.echo(f"{count:>6,}  {code} {name}", err=True)
