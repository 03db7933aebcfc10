"""The `notegen` command: its sub-commands, loaded when they are asked for, and how it ends."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

import click

from notegen.cli import output
from notegen.cli.output import Findings
from notegen.errors import NotegenError

if TYPE_CHECKING:
    from notegen.model.diagnostic import Diagnostic

COMMANDS = {
    "init": "Start a shop folder: settings, facts and a template to change.",
    "lint": "Judge templates (.j2), facts (.yaml), shop folders and finished letters (.txt, .md).",
    "write": "Print the words of notes, and where each word came from.",
    "preview": "Make a picture of a note, or a contact sheet of several.",
    "batch": "Print a card for every customer: once, and nobody is forgotten.",
    "check": "Check whether PDF files, yours or anybody's, are fit for a press: boxes, inks, fonts, pictures, damage.",
    "impose": "Put the pages of a PDF on sheets, to be printed and cut.",
    "printer": "Measure a printer once, and print cards and labels where they belong.",
    "envelopes": "Make a PDF with an envelope for every customer, addressed where the post reads it.",
    "labels": "Make sheets of address labels, one label for every customer.",
    "mailcheck": "Tell which mailing class a card or an envelope goes in, and what keeps it out of others.",
    "slip": "List a batch on paper: card, envelope, first words, and what to add by hand.",
    "copy": "Set notes large and plain, a page for each, to copy with a pen.",
    "log": "Tell who got which card when, in which state it is, and in which file and page.",
    "mark": "Say that cards were mailed, returned or answered, or are withdrawn.",
    "reprint": "Print cards once more, the same to the last stroke, after a jam or a spill.",
    "approve": "Say that a prepared run may be printed as it is.",
    "export": "Write out all that the ledger knows of each card, as a table or JSON.",
    "erase": "Forget a customer: facts, words and pages go, and they are left out from now on.",
    "backup": "Copy the ledger, checked, to a file; or put a copy in the place of a damaged ledger.",
    "verify": "Check that the ledger is sound, agrees with itself, and that its files are as they were printed.",
    "hand": "List the hands, see one written out, find those for your customers, or make one of your own.",
    "signature": "Make outlines of a signature that was photographed or scanned.",
    "stock": "List cards, envelopes and sheets, or draw one to scale.",
    "rule": "List the lint rules, or explain one.",
    "schema": "Write a JSON Schema of the facts, for editors.",
    "doctor": "Check that notegen has what it needs on this machine.",
}
"""Names and short help, kept here so that `notegen --help` loads no command; a test holds them to the commands' own."""


class LazyGroup(click.Group):
    """A group whose commands are imported when used: start-up stays light."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command's module."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"notegen.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; findings that end it early are said the way the command would have said its own."""
        try:
            return super().invoke(ctx)
        except Findings as found:
            report: Callable[[Sequence[Diagnostic]], int] | None = ctx.meta.get(output.REPORT)
            if report is not None:
                return report(found.diagnostics)
            say = output.findings_as_json if ctx.meta.get(output.JSON) else output.findings_and_tally
            say(found.diagnostics)
            return output.status_of(found.diagnostics)
        except BrokenPipeError:
            # The reader went away (`notegen ... | head`): leave quietly. click would make it 1, as of a finding.
            _drop_what_cannot_be_written()
            return output.UNHEARD

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command when there is none of that name."""
        from notegen.errors import nearest

        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            near = nearest(name, COMMANDS)
            ctx.fail(f"No such command '{name}'." + (f" Did you mean '{near}'?" if near else ""))
        return super().resolve_command(ctx, args)


EPILOG = """\b
Examples:
  notegen init my-shop
  notegen lint my-shop
  notegen preview my-shop/facts/customers.yaml -t same-day-thanks -o note.png
  notegen batch my-shop/facts/customers.yaml -t same-day-thanks -o cards.pdf --yes

\b
Exit status: 0 all is well, 1 something is wrong in the facts, the template
or the note, 2 the command could not be carried out, 3 a fault of notegen's own.
"""


def _version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(f"notegen {output.version()}")
        ctx.exit()


@click.group(cls=LazyGroup, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
def group() -> None:
    """Handwritten-style notes from what you know about a customer and a sale, as print-ready PDF cards."""


def _drop_what_cannot_be_written() -> None:
    """Let Python's last flush go nowhere when the output is full, or it would end with a status of its own."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say_that_it_is_our_fault() -> None:
    import traceback

    traceback.print_exc()
    click.echo("notegen: this is a fault of notegen's own; nothing half-made was left behind", err=True)


def main() -> NoReturn:
    """Run the command and end the process with its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # What a terminal or UTF-8 cannot show is shown by its number, and never ends a command.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = group.main(standalone_mode=False)
    except NotegenError as error:
        output.mistake(error)
        status = output.MISTAKE
    except click.exceptions.Abort:
        click.echo("notegen: stopped; nothing half-made was left behind", err=True)
        status = output.INTERRUPTED
    except click.ClickException as error:
        error.show()
        status = output.MISTAKE
    except OSError as error:
        # The machine, not the code: a full disk behind `notegen ... > file`, a folder that may not be read.
        output.mistake(NotegenError(": ".join(str(part) for part in (error.filename, error.strerror) if part)))
        _drop_what_cannot_be_written()
        status = output.MISTAKE
    except Exception:
        # Ours: nobody may take it for a verdict on their notes, least of all for a clean one.
        _say_that_it_is_our_fault()
        status = output.INTERNAL
    sys.exit(status if isinstance(status, int) else output.FINE)
