"""`notegen signature`: outlines of a signature."""

from __future__ import annotations

from pathlib import Path

import click

from notegen import pipeline
from notegen.cli import options, output
from notegen.cli.numbers import Within


@click.command("signature")
@click.argument("picture", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    default="signature.svg",
    show_default=True,
    help="The SVG file to write.",
)
@click.option("--width", type=Within(5, 200), metavar="MM", help="How wide the signature is, in mm.")
def command(picture: Path, target: Path, width: float | None) -> int:
    """Make outlines of a signature that was photographed or scanned.

    PICTURE shows one signature on white paper, written with any dark pen, or the page of the form
    (`notegen hand sheet`) that has a frame for it. The outlines have nothing behind them and
    keep the real size when the picture tells its resolution, as a scan does, or when you give the width. Name
    the file in notegen.yaml (signature: signature.svg) or with --signature, and cards are signed with it, each
    a little differently. For your own signature, or with the consent of the person whose it is.

    \b
    Examples:
      notegen signature scan.png
      notegen signature photo.jpg --width 48 -o maria.svg
    """
    options.fit_target(target, ".svg")
    read = pipeline.signature(picture, target, width)
    made = read.signature
    for note in read.notes:
        click.echo(note, err=True)
    size = target.stat().st_size / 1000
    click.echo(f"{made.width:.1f} by {made.height:.1f} mm, stroke {made.stroke:.2f} mm: {target} ({size:.0f} kB)")
    return output.FINE
