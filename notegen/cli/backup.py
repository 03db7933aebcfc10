"""`notegen backup`: a copy of the ledger, and a damaged ledger put right from one."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from notegen import ledger
from notegen.cli import options, output, remembering
from notegen.errors import NotegenError

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("backup")
@click.option("-o", "--output", "target", type=_FILE, help="The copy.  [default: notegen-DATE.db beside the ledger]")
@click.option("--restore", "copy", type=_FILE, metavar="FILE", help="Put this copy in the place of a damaged ledger.")
@remembering.ledger_options
@options.json_option
def command(target: Path | None, copy: Path | None, folder: Path | None, file: Path | None, as_json: bool) -> int:
    """Copy the ledger, checked, to a file; or put a copy in the place of a damaged ledger.

    A copy is whole or not there, also while a batch is running. A damaged ledger is kept under another name; a sound
    one is never replaced.

    \b
    Examples:
      notegen backup
      notegen backup -o /media/stick/notegen.db
      notegen backup --restore notegen-2026-11-28.db
    """
    if copy is not None:
        if target is not None:
            raise NotegenError("a backup is made or restored", hint="leave out -o or --restore")
        return _restore(copy, _place_of(folder, file), as_json=as_json)
    path = remembering.ledger_at(folder, file)
    with closing(ledger.read_ledger(path)) as book:
        made = target or path.with_name(f"notegen-{remembering.now().date()}.db")
        size = ledger.backup(book, made)
        runs = ledger.runs(book)
    if as_json:
        output.as_json({"file": str(made), "bytes": size, "runs": len(runs)})
    else:
        click.echo(f"{output.counted(len(runs), 'run')}: {made} ({size / 1000:,.0f} kB)")
    return output.FINE


def _place_of(folder: Path | None, file: Path | None) -> Path:
    """Return where the ledger belongs, which may be gone."""
    return file if file is not None else remembering.ledger_at(folder, None)


def _restore(copy: Path, path: Path, *, as_json: bool) -> int:
    aside = ledger.restore(copy, path, remembering.now())
    with closing(ledger.read_ledger(path)) as book:
        runs = ledger.runs(book)
        unknown = remembering.unknown_runs(book)
    if as_json:
        kept = str(aside) if aside else None
        output.as_json({"file": str(path), "damaged": kept, "runs": len(runs), "unknown": list(unknown)})
        return output.FINE
    newest = f", the newest {runs[-1].name}" if runs else ""
    click.echo(f"{path} is restored: {output.counted(len(runs), 'run')}{newest}")
    if aside is not None:
        click.echo(f"the damaged ledger is kept: {aside}")
    if unknown:
        click.echo(f"it does not know these runs, whose cards may have been printed: {', '.join(unknown)}", err=True)
    return output.FINE
