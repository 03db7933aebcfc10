"""A person's own hand: the form is laid out and printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
