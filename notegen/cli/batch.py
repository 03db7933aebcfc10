"""`notegen batch`: who would get which card, and, when that is agreed, a PDF with all of them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notegen import pipeline
from notegen.batch.folder import RunFolder
from notegen.batch.garbage import seldom
from notegen.batch.ordering import By
from notegen.batch.work import Files, Order
from notegen.cli import options, printing
from notegen.errors import NotegenError
from notegen.files import is_remote
from notegen.pipeline.gangs import Job

if TYPE_CHECKING:
    from notegen.cli.batch_session import Manner


class _Place(click.ParamType[Any]):
    """A path, or a URL that stays as it is written."""

    name = "file"

    def convert(self, value: Any, _param: click.Parameter | None, _ctx: click.Context | None) -> Path | str:
        """Return a URL as text, anything else as a path."""
        return value if isinstance(value, Path) or is_remote(value) else Path(value.removeprefix("file://"))


_PDF = _Place()


class _Command(click.Command):
    """Remembers the words it was given, so that a run can be taken up again with them."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the words, and parse them."""
        ctx.meta["notegen.words"] = tuple(args)
        return super().parse_args(ctx, args)


def _how_it_runs(command: Callable[..., int]) -> Callable[..., int]:
    for option in reversed(
        (
            click.option("-y", "--yes", is_flag=True, help="Print, without asking."),
            click.option("--dry-run", is_flag=True, help="Only show who would get what; ask nothing."),
            click.option("--prepare", is_flag=True, help="Make all ready; print it when it is approved (`approve`)."),
            click.option("--resume", metavar="RUN", help="Take up a run that was stopped or prepared; `last` is one."),
            click.option("--again", metavar="REASON", help="Also print for those who have had this card already."),
            click.option("--no-ledger", is_flag=True, help="Look nobody up and remember nothing: for trials."),
            click.option("--overwrite", is_flag=True, help="Replace files of an earlier run that have these names."),
            click.option("--order", "by", type=click.Choice([one.value for one in By]), default="facts",
                         show_default=True, help="In which order cards, envelopes and slip are printed."),
            click.option("--split", type=click.IntRange(1, 10_000), default=1, metavar="N",
                         help="Cut the cards into N files of nearly the same length."),
            click.option("-j", "--jobs", type=click.IntRange(1), metavar="N",
                         help="Processes to work with.  [default: as many as there are cores]"),
            click.option("--executor", metavar="NAME",
                         help="Who works: serial, processes or dask.  [default: processes, for more than a few]"),
            click.option("--scheduler", metavar="ADDRESS", help="The Dask scheduler, such as tcp://10.0.0.1:8786."),
        )
    ):  # fmt: skip
        command = option(command)
    return command


@click.command("batch", cls=_Command)
@click.argument("facts", nargs=-1, type=_Place())
@click.option("-t", "--template", metavar="NAME|FILE", help="A template's name (of the shop or the library) or file.")
@click.option("-o", "--output", "target", type=_PDF, help="The PDF to write.  [default: cards.pdf in the run's folder]")
@options.only_option
@options.limit_option
@click.option("--skip-bad", is_flag=True, help="Leave out those whose note has an error, and print the others.")
@_how_it_runs
@click.option("--envelopes", type=_PDF, help="Also write the envelopes of these cards, a PDF.")
@click.option("--addressed", is_flag=True, help="Print the address on the other side of postcards.")
@click.option("--frames", is_flag=True, help="JP, on plain paper: also 郵便はがき and the frames of the postcode.")
@click.option("--slip", type=_PDF, help="Also write the packing slip, a PDF.")
@printing.printing_options
@options.json_option
@options.drawing_options
def command(**said: Any) -> int:
    """Print a card for every customer: once, and nobody is forgotten.

    Every note is written, judged and laid out before the first page is made, and you see who would get what, what it
    would cost, and who is left out and why. Nothing is printed until you agree (--yes). If any note has an error,
    nothing is printed, unless --skip-bad says to leave those customers out. The shop's ledger (notegen.db) remembers
    every card: who has had it is left out next time. A run that was stopped goes on with --resume.

    \b
    Examples:
      notegen batch customers.yaml -t same-day-thanks
      notegen batch customers.yaml -t same-day-thanks -o cards.pdf --yes
      notegen batch facts/ -t anniversary -o cards.pdf --stock iso-a6 --skip-bad --yes
      notegen batch facts/ -t anniversary -o press.pdf --for press --condition fogra39 --yes
      notegen batch facts/ -t anniversary -o sheets.pdf --sheet letter-4up --fill stack --order mailing --yes
      notegen batch facts/ -t anniversary -o cards.pdf --matching --envelopes envelopes.pdf --slip slip.pdf --yes
      notegen batch --resume last
    """
    words = click.get_current_context().meta["notegen.words"]
    if said["resume"] is not None:
        from notegen.cli.batch_resume import resume

        return resume(said, command)
    if not said["facts"] or said["template"] is None:
        raise click.UsageError("name the customers' facts and the template: notegen batch FACTS -t TEMPLATE")
    return run(said, words)


def run(said: dict[str, Any], words: tuple[str, ...], taken_up: RunFolder | None = None) -> int:
    """Do what `notegen batch` was told, in a new run or in one that is taken up again."""
    from notegen.cli import batch_session as session

    manner = _manner(said)
    order = _order(said)
    with ExitStack() as stack, seldom():
        return session.begin(stack, order, manner, words, taken_up).go()


def _manner(said: dict[str, Any]) -> Manner:
    """Take out of a command's options those that say how it runs. Raises UsageError for two that contradict."""
    from notegen.cli.batch_session import Manner

    taken = {name: said.pop(name) for name in ("yes", "dry_run", "prepare", "no_ledger", "resume")}
    if sum(bool(taken[name]) for name in ("yes", "dry_run", "prepare")) > 1:
        raise click.UsageError("--yes, --dry-run and --prepare say different things; give one of them")
    if taken["prepare"] and taken["no_ledger"]:
        raise click.UsageError("what is prepared is kept in the ledger; leave out --no-ledger or --prepare")
    asks = sys.stdin.isatty() and sys.stderr.isatty() and not said["as_json"]
    rest = {name: said.pop(name) for name in ("overwrite", "skip_bad", "as_json", "jobs", "executor", "scheduler")}
    yes, dry, prepare = taken["yes"], taken["dry_run"], taken["prepare"]
    return Manner(yes=yes, dry=dry, asks=asks, prepare=prepare, keep=not taken["no_ledger"], **rest)


def _order(said: dict[str, Any]) -> Order:
    """Open the shop and the template, and look up every name; no customer is read yet."""
    names = ("target", "envelopes", "slip", "addressed", "frames", "split")
    files = Files(*(said.pop(name) for name in names))
    facts, template, only = (said.pop(name) for name in ("facts", "template", "only"))
    limit, by, again = (said.pop(name) for name in ("limit", "by", "again"))
    asked = printing.asked(said)
    _check_files(files, matching=bool(asked.matching))
    wishes = pipeline.Wishes(**said)
    shop, made = options.open_work(facts, template, wishes)
    how = pipeline.printing_for(shop, asked)
    pipeline.check_screens(how, wishes.tints)
    made_with = pipeline.drawing(shop, wishes)  # raises for a name that stands for nothing, before anybody is read
    setup = how.setup("", pipeline.locale_of(made, shop, wishes))
    job = Job(shop, wishes, made, setup, frozenset(name.casefold() for name in only))
    return Order(facts, job, how, files, By(by), limit, again, made_with.signature)


def _check_files(files: Files, *, matching: bool) -> None:
    """Refuse names that are no PDF's, one name for two files, addresses in two places, and marks for one thing."""
    if files.frames and not files.addressed:
        raise NotegenError("frames are of a postcard's address, and none is printed", hint="add --addressed")
    if files.addressed and matching:
        raise NotegenError("a postcard goes without an envelope that it could match", hint="leave out --matching")
    if files.addressed and files.envelopes is not None:
        raise NotegenError("a postcard goes without an envelope", hint="leave out --addressed or --envelopes")
    named = [one for one in (files.cards, files.envelopes, files.slip) if one is not None]
    for one in named:
        options.fit_target(one, ".pdf")
    if len({str(one.resolve()) if isinstance(one, Path) else one for one in named}) < len(named):
        raise NotegenError("two of the files have one name", hint="give -o, --envelopes and --slip a name each")
