"""Faults of a picture on their way out of wherever they were found."""

from __future__ import annotations

import re


def told(error: object) -> str:
    """Return what a library says of a fault, without the addresses that its objects have in memory."""
    return re.sub(r"(stream )?<_io.BytesIO[^>]*>[,:]? ?", "", str(error)).strip() or type(error).__name__


class Fault(Exception):
    """Something that keeps a picture off a card; `message` goes on after the file's name, `at` is a place in an SVG.

    Never leaves `press.art`: `looking` makes a diagnostic of it.
    """

    def __init__(self, code: str, message: str, hint: str, at: tuple[int, int] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.at = at
