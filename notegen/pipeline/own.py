"""What a person writes with their own pen: the form for their hand is printed, their signature is traced."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from notegen.errors import NotegenError
from notegen.files import write_bytes

if TYPE_CHECKING:
    from notegen.hand.capture.signature import Read
    from notegen.model.form import Form


def sheet(path: Path, paper: str, letters: str) -> Form:
    """Write the form for a person's own hand as a PDF and return it.

    Raises UnknownName for a paper that is not known, NotegenError for too many letters or when segno is missing,
    UnwritableFile when the file cannot be written.
    """
    from notegen.hand.capture import form
    from notegen.press.form import write_form

    made = form.build(paper, letters)
    write_form(made, path)
    return made


def signature(picture: Path, path: Path, width: float | None) -> Read:
    """Write the signature that a picture shows as an SVG file and return it; `width` in mm, None to go by the picture.

    Raises UnreadableFile for what is no picture, NotegenError when it shows no signature that can be traced or when
    what that takes is not installed, UnwritableFile when the file cannot be written.
    """
    try:
        from notegen.hand.capture import pictures
        from notegen.hand.capture.signature import read
    except ImportError as error:
        raise NotegenError(
            f"reading pictures needs {error.name}, which is not installed",
            hint="pip install 'notegen-cards[capture]'",
        ) from None
    from notegen.hand.signature import svg

    first, *rest = pictures.load(picture)
    if rest:
        raise NotegenError(f"{picture} has {len(rest) + 1} pages", hint="give the page with the signature alone")
    found = read(first, width)
    write_bytes(path, svg(found.signature))
    return found
