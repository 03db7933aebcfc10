"""`notegen verify`: whether the ledger is sound and agrees with the files that it speaks of."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click

from notegen import ledger
from notegen.cli import options, output, remembering
from notegen.errors import NotegenError
from notegen.files import digest, is_remote
from notegen.ledger import Ledger
from notegen.model.diagnostic import Severity
from notegen.model.ledger import Finding


@click.command("verify")
@remembering.ledger_options
@options.json_option
def command(folder: Path | None, file: Path | None, as_json: bool) -> int:
    """Check that the ledger is sound, agrees with itself, and that its files are as they were printed.

    A PDF that is gone or was changed is a warning; a card that is not as it was entered is an error.

    \b
    Examples:
      notegen verify
      notegen verify --shop my-shop --json
    """
    counts = (0, 0)
    try:
        book = remembering.read(folder, file)
        if book is None:
            output.as_json({"runs": 0, "cards": 0, "findings": []}) if as_json else click.echo(remembering.NOTHING)
            return output.FINE
        with closing(book):
            found = [*ledger.verify(book, _digests(book)), *_unknown(book)]
            if not any(one.severity is Severity.ERROR for one in found):
                counts = _counts(book)
    except ledger.DamagedLedger as damaged:
        found = [Finding(Severity.ERROR, f"{damaged.message}; {damaged.hint}")]
    if as_json:
        output.as_json({"runs": counts[0], "cards": counts[1], "findings": [asdict(one) for one in found]})
    else:
        _say(found, counts)
    return output.FOUND if any(one.severity is Severity.ERROR for one in found) else output.FINE


def _counts(book: Ledger) -> tuple[int, int]:
    every = ledger.tallies(book)
    return len(every), sum(sum(one.states.values()) for one in every)


def _digests(book: Ledger) -> Callable[[str], str | None]:
    def digest_of(kept: str) -> str | None:
        try:
            path = kept if is_remote(kept) else ledger.whole_path(book.path, kept)
            # A device never ends, and a pipe never begins.
            return digest(path) if isinstance(path, str) or os.path.isfile(path) else None
        except NotegenError:
            return None

    return digest_of


def _unknown(book: Ledger) -> list[Finding]:
    """Find finished runs beside the ledger of which it has not heard, as after an older backup was restored."""
    return [
        Finding(Severity.WARNING, f"the run {name} has its folder, but the ledger does not know it", name)
        for name in remembering.unknown_runs(book)
    ]


def _say(found: Sequence[Finding], counts: tuple[int, int]) -> None:
    for one in found:
        click.echo(f"{one.severity}: {one.message}")
    errors = sum(one.severity is Severity.ERROR for one in found)
    if errors:
        click.echo(f"the ledger is not sound: {output.counted(errors, 'error')}")
        return
    runs, cards = output.counted(counts[0], "run"), output.counted(counts[1], "card")
    warned = f", {output.counted(len(found), 'warning')}" if found else ""
    click.echo(f"the ledger is sound: {runs}, {cards}{warned}")
