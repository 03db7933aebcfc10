"""`notegen schema`: a JSON Schema of the facts."""

from __future__ import annotations

import json
from pathlib import Path

import click

from notegen import facts, files
from notegen.cli import options


@click.command("schema")
@options.folder_argument
@click.option(
    "-o", "--output", "target", type=click.Path(path_type=Path), help="Write to a file instead of the screen."
)
def command(folder: Path, target: Path | None) -> None:
    """Write a JSON Schema of the facts, for editors.

    FOLDER is a shop folder: the fields that its notegen.yaml declares are part of the schema. Put the line
    `# yaml-language-server: $schema=facts.schema.json` at the top of a facts file, and the editor completes and checks.

    \b
    Example:
      notegen schema my-shop -o my-shop/facts.schema.json
    """
    if target is not None:
        options.fit_target(target, ".json")
    made = facts.json_schema(options.open_shop(folder).schema)
    text = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
    if target is None:
        click.echo(text, nl=False)
    else:
        files.write_bytes(target, text.encode())
        click.echo(f"wrote {target}")
