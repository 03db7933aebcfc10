"""Which files a template may take in, found without Jinja: for the key of the cache, and for what a change concerns.

More names than Jinja would use may be found, never fewer: a name must be written out, so every text in quotes in a
tag that takes files in is followed, in every folder that would be looked in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from notegen.errors import UnreadableFile
from notegen.files import read_written
from notegen.model.source import Source

_TAG: Final = re.compile(r"\{%[-+]?\s*(?:include|import|from|extends)\b")
_TEXT: Final = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|%\}""", re.DOTALL)


def parts_of(source: Source, path: Path, search: Sequence[Path]) -> tuple[Path, ...]:
    """Return where a template's parts are or would be looked for, near and far, those that are not there as well."""
    listed = {folder.resolve() for folder in search}
    folders = tuple(search) if path.parent.resolve() in listed else (path.parent, *search)
    found: dict[Path, None] = {}
    waiting = [source.text]
    while waiting:
        for name in _names(waiting.pop()):
            inside = PurePosixPath(name)
            if inside.is_absolute() or ".." in inside.parts or not inside.parts:
                continue
            for there in (folder / inside for folder in folders):
                if there not in found:
                    found[there] = None
                    waiting.extend(_text_of(there))
    return tuple(found)


def _names(text: str) -> Iterator[str]:
    read = 0
    for tag in _TAG.finditer(text):
        if tag.start() < read:
            continue
        for quoted in _TEXT.finditer(text, tag.end()):
            read = quoted.end()
            if quoted[0] == "%}":
                break
            written = quoted[1] if quoted[1] is not None else quoted[2]
            try:
                yield written.encode("ascii", "backslashreplace").decode("unicode-escape")
            except UnicodeDecodeError:
                yield written


def _text_of(path: Path) -> Iterator[str]:
    try:
        if path.is_file():
            yield read_written(path).text
    except (OSError, UnreadableFile):  # OSError: a name that no file can have, such as one of 300 letters
        return
