"""Where the built-in templates, fonts and samples are: in the wheel's `_data`, or in the checkout."""

from __future__ import annotations

import os
from pathlib import Path

from notegen.errors import NotegenError

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """Return the folder of one kind of built-in data: `templates`, `fonts` or `samples`."""
    for root in (_PACKAGE / "_data", _PACKAGE.parent):
        folder = root / name
        if folder.is_dir():
            return folder
    raise NotegenError(f"notegen's own {name} folder is missing", hint="install notegen-cards again")


def cache_folder() -> Path:
    """Return the folder for pools and other things that can be made again.

    `NOTEGEN_CACHE` wins; else `XDG_CACHE_HOME/notegen`, else `~/.cache/notegen`.
    """
    chosen = os.environ.get("NOTEGEN_CACHE")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "notegen"
