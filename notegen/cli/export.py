"""`notegen export`: the ledger as a table or JSON, for other programs and for people who ask what is kept of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import click

from notegen import ledger
from notegen.cli import output, remembering
from notegen.errors import NotegenError
from notegen.files import check_place, replacing
from notegen.ledger import Ledger, Wanted

FORMS = ("csv", "json", "jsonl")


@click.command("export")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@click.option("--format", "form", type=click.Choice(FORMS), help="[default: that of the file's name, or csv]")
@click.option("--overwrite", is_flag=True, help="Replace a file that has this name.")
@click.option("--customer", metavar="KEY", help="Only what is kept of this customer (a key or a name).")
@remembering.ledger_options
def command(
    target: Path | None,
    form: str | None,
    overwrite: bool,
    customer: str | None,
    folder: Path | None,
    file: Path | None,
) -> int:
    """Write out all that the ledger knows of each card, as a table or JSON.

    JSON also has all that happened to each card, with reasons; jsonl is one card a line. In a table, an apostrophe
    stands before what a spreadsheet would take for a formula. Without -o it goes to the terminal.

    \b
    Examples:
      notegen export -o cards.csv
      notegen export --format jsonl > cards.jsonl
      notegen export --customer "Ana Reyes" -o what-we-keep-of-ana.json
    """
    chosen = form or _form_of(target)
    if target is not None:
        check_place(target)
    with closing(ledger.read_ledger(remembering.ledger_at(folder, file))) as book:
        wanted = Wanted(customer)
        remembering.known(book, wanted)
        lines = WRITERS[chosen](book, wanted)
        if target is None:
            for line in lines:
                click.echo(line, nl=False)
            return output.FINE
        if target.exists() and target.samefile(book.path):
            raise NotegenError(f"{target} is the ledger itself", hint="name another file")
        if target.exists() and not overwrite:
            raise NotegenError(f"{target} is there already", hint="name another file, or add --overwrite to replace it")
        with replacing(target) as stream:
            for line in lines:
                stream.write(line.encode("utf-8"))
    click.echo(f"written: {target}")
    return output.FINE


def _form_of(target: Path | None) -> str:
    if target is None:
        return FORMS[0]
    suffix = target.suffix.lower().removeprefix(".")
    if suffix not in FORMS:
        raise NotegenError(f"'{target}' does not end in .csv, .json or .jsonl", hint="add --format")
    return suffix


def _cards(book: Ledger, wanted: Wanted) -> Iterator[dict[str, object]]:
    for entry in ledger.entries(book, wanted):
        yield remembering.as_data(entry, ledger.events(book, entry.id))


def _csv(book: Ledger, wanted: Wanted) -> Iterator[str]:
    row = io.StringIO()
    writer = csv.writer(row, lineterminator="\r\n")
    heads = False
    for entry in ledger.entries(book, wanted):
        data = remembering.as_data(entry)
        del data["events"]
        if not heads:
            heads = True
            writer.writerow(data)
        writer.writerow(_cell(value) for value in data.values())
        yield row.getvalue()
        row.seek(0)
        row.truncate()


def _cell(value: object) -> object:
    """Return a value as a cell; what a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def _jsonl(book: Ledger, wanted: Wanted) -> Iterator[str]:
    for card in _cards(book, wanted):
        yield json.dumps(card, ensure_ascii=False) + "\n"


def _json(book: Ledger, wanted: Wanted) -> Iterator[str]:
    before = "[\n"
    for card in _cards(book, wanted):
        yield before + json.dumps(card, ensure_ascii=False, indent=2)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


WRITERS: dict[str, Callable[[Ledger, Wanted], Iterator[str]]] = {"csv": _csv, "json": _json, "jsonl": _jsonl}
