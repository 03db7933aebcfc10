"""Where the built-in templates, fonts and samples are (the wheel's `_data`, or the checkout), and folders of ours."""

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


def config_folder() -> Path:
    """Return the folder for what a person sets up once for this machine, such as its printers.

    `NOTEGEN_CONFIG` wins; else `XDG_CONFIG_HOME/notegen`, else `~/.config/notegen`.
    """
    chosen = os.environ.get("NOTEGEN_CONFIG")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "notegen"
