"""PDFs of a shop's folder that others made are searched for a person's words within bounds, or named as unreadable."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from bounds import swollen, within_bounds
from pikepdf import Array, Dictionary, Name, Stream

from notegen.errors import NotegenError
from notegen.press.scrubbing import UNREADABLE, words_in

Drawn = Callable[[pikepdf.Pdf], Any]


def form(pdf: pikepdf.Pdf, content: bytes, **drawn: Any) -> Any:
    """Return a form that may draw others."""
    box = Array([0, 0, 200, 150])
    inside = Dictionary(XObject=Dictionary({f"/{name}": one for name, one in drawn.items()}))
    return pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=box, Resources=inside)


def nested(pdf: pikepdf.Pdf) -> Any:
    """Return forms in each other that draw each other 12^12 times."""
    inner = plain(pdf)
    for _ in range(12):
        inner = form(pdf, b"/F Do " * 12, F=inner)
    return inner


def looped(pdf: pikepdf.Pdf) -> Any:
    """Return a form that draws itself."""
    made = form(pdf, b"/F Do /F Do")
    made.Resources = Dictionary(XObject=Dictionary(F=made))
    return made


def plain(pdf: pikepdf.Pdf) -> Any:
    """Return a form that draws a square."""
    return form(pdf, b"0 0 5 5 re f")


@pytest.mark.parametrize(
    ("drawn", "content"),
    [
        (nested, zlib.compress(b"/F Do")),
        (looped, zlib.compress(b"/F Do")),
        (plain, zlib.compress(b"/F Do " * 600_000)),
        (plain, swollen(b"0 0 1 1 re f\n" * 80_000, 300)),
    ],
    ids=["in each other", "in itself", "many times", "swollen"],
)
def test_a_bomb_is_unreadable_within_bounds(
    drawn: Callable[[pikepdf.Pdf], Any], content: bytes, tmp_path: Path
) -> None:
    made = pikepdf.new()
    made.add_blank_page(page_size=(200, 150))
    stream = Stream(made, b"")
    stream.write(content, filter=Name.FlateDecode)
    made.pages[0].Contents = made.make_indirect(stream)
    made.pages[0].Resources = Dictionary(XObject=Dictionary(F=drawn(made)))
    path = tmp_path / "bomb.pdf"
    made.save(path, compress_streams=False)

    def searched() -> str:
        try:
            return f"read: {words_in(path)}"
        except (NotegenError, *UNREADABLE):
            return "it cannot be read"

    assert within_bounds(searched) == "it cannot be read"
