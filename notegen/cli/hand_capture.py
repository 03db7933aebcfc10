"""`notegen hand capture`: a hand out of a filled-in form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notegen import pipeline
from notegen.cli import options, output

if TYPE_CHECKING:
    from notegen.hand.capture.doubts import Judged
    from notegen.hand.capture.ink import Picture
    from notegen.hand.capture.own import Captured

PDF_DPI = 400
"""Dots to the inch at which the pages of a PDF are read: scans in a PDF have 300 as a rule."""
SHOWN = 40
"""Doubtful places that are named on the terminal; the picture has them all."""


@click.command("capture")
@click.argument("scans", nargs=-1, required=True, metavar="SCAN...", type=click.Path(path_type=Path))
@click.option("--name", required=True, help="What to call the hand: small letters, digits and dashes.")
@options.shop_option
@click.option("--contact", type=click.Path(path_type=Path, dir_okay=False), help="Picture of all places (NAME.png).")
@click.option("--force", is_flag=True, help="Replace a hand of the shop that has this name.")
@options.json_option
def command(scans: tuple[Path, ...], name: str, folder: Path, contact: Path | None, force: bool, as_json: bool) -> int:
    """Make a hand of your own from the pages of a filled-in form.

    SCAN is a scan or a photo of a page: PNG, JPEG, TIFF, WebP or PDF, in any order, either way up. Print the form
    with `notegen hand sheet`. What is doubtful is named, and shown in the picture; such a try is not written with as
    long as another one is good. The hand goes into the shop's hands/ when each small letter has a good try; otherwise
    only the picture is written and the status is 1. For your own hand, or with the consent of the person whose it is.

    \b
    Examples:
      notegen hand capture page1.jpg page2.jpg page3.jpg --name maria
      notegen hand capture form.pdf --name maria --shop my-shop --contact places.png
    """
    target = contact or Path(f"{name}.png")
    options.fit_target(target, ".png")
    place = pipeline.place_for(name, options.open_shop(folder), replace=force)
    pipeline.require_capture()
    from notegen import preview

    pages = list(_pictures(scans))
    with output.progress("reading", 2 * len(pages)) as step:
        captured = pipeline.capture(pages, step)
    preview.samples_sheet(captured.judged, target)
    installed = place.file if captured.is_fit else None
    if installed:
        pipeline.install(captured, place)
    if as_json:
        output.as_json(_as_dict(captured, name, target, installed))
    else:
        _report(captured, name, target, installed)
    return output.FINE if installed else output.FOUND


def _pictures(scans: tuple[Path, ...]) -> Iterator[tuple[Picture, str]]:
    """Yield each page as pixels with the name of its file."""
    from notegen.hand.capture import pictures

    for path in scans:
        if _is_pdf(path):
            yield from _pdf(path)
        else:
            for loaded in pictures.load(path):
                yield loaded.picture, loaded.source


def _is_pdf(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return b"%PDF-" in stream.read(1024)
    except OSError:
        return False


def _pdf(path: Path) -> Iterator[tuple[Picture, str]]:
    import numpy as np

    from notegen import preview
    from notegen.press.scrubbing import refuse_endless

    refuse_endless(path)
    count = preview.page_count(path)
    for number in range(count):
        picture = preview.page_image(path, number, dpi=PDF_DPI)
        yield np.array(picture, np.uint8), f"{path}, page {number + 1}" if count > 1 else str(path)


def _report(captured: Captured, name: str, contact: Path, installed: Path | None) -> None:
    doubtful = captured.doubtful
    for note in captured.notes:
        click.echo(note, err=True)
    for one in doubtful[:SHOWN]:
        click.echo(f"doubtful: {_named(one)}", err=True)
    if len(doubtful) > SHOWN:
        click.echo(f"doubtful: {len(doubtful) - SHOWN} more, in {contact}", err=True)
    found = len(captured.judged) - len(captured.blank)
    counts = f"{found} of {len(captured.judged)} filled in, {len(doubtful)} doubtful"
    click.echo(f"places:    {counts}: see {contact}")
    usual, manner = captured.usual, captured.manner
    click.echo(f"writing:   x-height {usual.x_height:.1f} mm, strokes {usual.stroke:.2f} mm, {_ink(captured)} ink")
    lines = output.counted(manner.lines, "line")
    habits = f"measured on {lines}" if manner.lines else "as usual among people: too few words were copied"
    click.echo(f"habits:    {habits}")
    for line in _gaps(captured):
        click.echo(line)
    click.echo(_next(captured, name, contact, installed))


def _gaps(captured: Captured) -> Iterator[str]:
    if captured.lacking:
        yield f"missing:   {' '.join(captured.lacking)} (the bundled hand most like this one stands in)"
    if captured.unsure:
        yield f"unsure:    {' '.join(captured.unsure)} (only a doubtful try of each)"


def _next(captured: Captured, name: str, contact: Path, installed: Path | None) -> str:
    if installed:
        return (
            f"hand:      {name} ({installed}); look at it: notegen hand show {name}\n"
            "For the person whose hand it is, or with their consent."
        )
    wanting = [one for one in captured.lacking + captured.unsure if one.islower()]
    have = "have" if len(wanting) > 1 else "has"
    return (
        f"No hand was made: {' '.join(wanting)} {have} no good try. Look at {contact}; "
        "write those letters again in free places or on a new form, and capture all pages again."
    )


def _named(one: Judged) -> str:
    return f"'{one.sample.cell.label}', try {one.sample.cell.slot + 1}: {', '.join(one.doubts)}"


def _ink(captured: Captured) -> str:
    from notegen.hand.capture.own import ink_name

    return ink_name(captured.colour)


def _as_dict(captured: Captured, name: str, contact: Path, installed: Path | None) -> dict[str, Any]:
    return {
        "name": name,
        "hand": str(installed) if installed else None,
        "contact": str(contact),
        "places": len(captured.judged),
        "filled_in": len(captured.judged) - len(captured.blank),
        "doubtful": [
            {"label": one.sample.cell.label, "try": one.sample.cell.slot + 1, "reasons": [str(d) for d in one.doubts]}
            for one in captured.doubtful
        ],
        "blank": [{"label": one.sample.cell.label, "try": one.sample.cell.slot + 1} for one in captured.blank],
        "missing": list(captured.lacking),
        "unsure": list(captured.unsure),
        "missing_pages": [page.number for page in captured.stack.missing],
        "x_height": round(captured.usual.x_height, 2),
        "stroke": round(captured.usual.stroke, 3),
        "ink": _ink(captured),
        "lines_measured": captured.manner.lines,
        "notes": list(captured.notes),
    }
