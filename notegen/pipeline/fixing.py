"""Safe fixes put into files: the bytes outside a fix, the line ends and the byte-order mark stay as they are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Final

from notegen.errors import UnreadableFile
from notegen.files import decode, write_bytes
from notegen.lint.fixes import Change, applied, compatible, located
from notegen.model.diagnostic import Diagnostic, Fix

_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_LINES: Final = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Edit:
    """What fixes make of one file, and the findings that they put right."""

    path: Path
    before: bytes
    after: bytes
    mended: tuple[Diagnostic, ...]

    def write(self) -> None:
        """Write the whole file or nothing."""
        write_bytes(self.path, self.after)

    def diff(self) -> str:
        """Return the change as a unified diff that `git apply` and `patch -p1` read."""
        name = self.path.as_posix().lstrip("/")
        old, new = (_LINES.findall(_whole(data)) for data in (self.before, self.after))
        rows = unified_diff(old, new, f"a/{name}", f"b/{name}")
        return "".join(row if row.endswith("\n") else f"{row}\n\\ No newline at end of file\n" for row in rows)


def edits(diagnostics: Iterable[Diagnostic], within: Sequence[Path]) -> Iterator[Edit]:
    """Yield what the fixes of some findings make of their files, file by file.

    Files outside the paths `within` are left alone, and so are those that have changed since they were judged. A fix
    that overlaps an earlier one waits for another time.
    """
    files: dict[str, list[tuple[Diagnostic, Fix]]] = {}
    for one in diagnostics:
        if one.fix is not None and one.fix.replacement != one.fix.span.text:
            files.setdefault(one.fix.span.source.name, []).append((one, one.fix))
    for name, found in files.items():
        path = Path(name)
        if path.is_file() and _is_within(path, within):
            yield from _edit(path, found)


def _edit(path: Path, found: Sequence[tuple[Diagnostic, Fix]]) -> Iterator[Edit]:
    before = _read(path)
    text = decode(before, str(path))
    placed = [(one, place, fix) for one, fix in found if (place := located(fix.span, text)) is not None]
    changes = [Change(*place, fix.replacement) for _, place, fix in placed]
    fits = compatible(changes)
    after = changed(before, [change for change, fit in zip(changes, fits, strict=True) if fit])
    if after != before:
        yield Edit(path, before, after, tuple(one for (one, _, _), fit in zip(placed, fits, strict=True) if fit))


def changed(data: bytes, changes: Sequence[Change]) -> bytes:
    """Return a file's bytes with changes made whose offsets are into its text as `files.decode` reads it.

    Line ends that a change brings along become those of the file.
    """
    bom, encoding = next(((bom, name) for bom, name in _BOMS if data.startswith(bom)), (b"", "utf-8"))
    text = data[len(bom) :].decode(encoding)
    first = _LINE_END.search(text)
    pairs = [found.start() - index for index, found in enumerate(re.finditer("\r\n", text))]
    raw = [
        Change(
            one.start + bisect_left(pairs, one.start),
            one.end + bisect_left(pairs, one.end),
            one.replacement.replace("\n", first[0] if first else "\n"),
        )
        for one in changes
    ]
    return bom + applied(text, raw).encode(encoding)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror or error}") from None


def _whole(data: bytes) -> str:
    """Return bytes as text with every character kept: line ends and the byte-order mark too."""
    return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")


def _is_within(path: Path, within: Sequence[Path]) -> bool:
    whole = path.resolve()
    return any(whole.is_relative_to(one.resolve()) for one in within)
