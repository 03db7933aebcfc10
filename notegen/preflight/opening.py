"""A file's bytes: whether it is a PDF, whether it is whole, and whether it can be opened."""

from __future__ import annotations

import logging
import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from notegen.errors import UnreadableFile
from notegen.files import QPDF_LIMITS, read_bytes
from notegen.model.diagnostic import Severity
from notegen.preflight import codes

if TYPE_CHECKING:
    import pikepdf

    from notegen.preflight.report import Notebook

LARGEST: Final = 2 * 1024**3
"""Bytes beyond which a file is refused: it is read whole."""
MOST_PACKED: Final = 2**26
"""Bytes that a group of objects is unpacked to at most."""
HEAD: Final = re.compile(rb"%PDF-(\d+)\.(\d+)")
_NEAR: Final = 1024
_XREF: Final = re.compile(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)")
_START: Final = re.compile(rb"startxref\s+(\d+)")
_NAMED: Final = re.compile(r"(?:stream )?<_io\.BytesIO object at 0x[0-9a-f]+>:? ?")
_MILD: Final = ("reported number of objects", "xref entry for the xref stream itself is missing")
"""What qpdf says of files that every reader takes alike."""
_FLATE: Final = re.compile(rb"/Filter\s*(?:\[\s*)?/FlateDecode\b")
"""A stream that is packed with Flate last, so that its bytes begin with Flate's."""
_PACKED: Final = re.compile(rb"/(?:ObjStm|XRef)\b")


@dataclass(slots=True)
class Opened:
    """An open file: its bytes, and the PDF or None when it cannot be opened. `locked` says that a password lacks."""

    data: bytes
    pdf: pikepdf.Pdf | None
    locked: bool = False


def read(path: Path) -> bytes:
    """Return a file's bytes; raises UnreadableFile for what is missing, a folder, not permitted or too large."""
    if os.path.isdir(path):  # Path.is_dir raises for a name that is too long
        raise UnreadableFile(f"{path} is a folder, not a file", hint="name the PDF files in it")
    return read_bytes(path, LARGEST, large="split it into several files")


def opened(data: bytes, book: Notebook) -> Opened:
    """Open a file and say what is damaged."""
    import pikepdf

    pikepdf.settings.set_qpdf_limits(**QPDF_LIMITS)
    _hush()
    head = HEAD.search(data, 0, _NEAR)
    if head is None:
        book.add(codes.NOT_PDF, "the file is empty" if not data else "the file is not a PDF")
        return Opened(data, None)
    if head.start():
        book.add(codes.DAMAGED, f"{head.start()} bytes stand before the PDF's beginning")
    whole = _ends(data, book)
    try:
        pdf = pikepdf.open(BytesIO(data), attempt_recovery=False)
    except pikepdf.PasswordError:
        book.add(codes.ENCRYPTED, "the file needs a password to be opened")
        return Opened(data, None, locked=True)
    except Exception as error:  # qpdf and pikepdf raise several kinds on damaged files
        if whole:
            book.add(codes.DAMAGED, f"the file is damaged: {_said(error)}", key="qpdf")
        return _mended(data, book)
    return Opened(data, pdf)


def _hush() -> None:
    """Keep what pikepdf has to say about broken files off the terminal: it becomes findings."""
    log = logging.getLogger("pikepdf")
    if not log.handlers:
        log.addHandler(logging.NullHandler())


def _mended(data: bytes, book: Notebook) -> Opened:
    """Open a damaged file as far as it can be mended."""
    import pikepdf

    try:
        return Opened(data, pikepdf.open(BytesIO(data)))
    except pikepdf.PasswordError:
        book.add(codes.ENCRYPTED, "the file needs a password to be opened")
        return Opened(data, None, locked=True)
    except Exception as error:
        book.add(codes.DAMAGED, f"the file cannot be mended: {_said(error)}", key="beyond")
        return Opened(data, None)


def _said(error: Exception) -> str:
    """Return what qpdf said without the name of the stream it was reading."""
    words = str(error).strip().split("\n", 1)[0]
    return _NAMED.sub("", words).strip() or "it is broken"


def _ends(data: bytes, book: Notebook) -> bool:
    """Say when the end of the file is missing or points to nowhere; return whether all is well."""
    tail = data[-_NEAR:]
    if b"%%EOF" not in tail:
        book.add(codes.DAMAGED, "the file ends before its end: it was cut short, or something was written behind it")
        return False
    found = _START.findall(tail)
    if not found:
        book.add(codes.DAMAGED, "the file does not say where its table of objects is (startxref)")
        return False
    at = int(found[-1])
    offset = HEAD.search(data, 0, _NEAR)
    shift = offset.start() if offset else 0
    if not any(_XREF.match(data, at + one) for one in {0, shift} if at + one < len(data)) and at:
        book.add(codes.DAMAGED, f"the table of objects is not where the file says it is (startxref {at})")
        return False
    return True


def warnings(pdf: pikepdf.Pdf, book: Notebook) -> None:
    """Say what qpdf had to mend while the file was read."""
    for one in pdf.get_warnings():
        words = _said(Exception(str(one)))
        mild = any(known in words for known in _MILD)
        level = Severity.WARNING if mild else None
        book.add(codes.DAMAGED, f"the file is damaged: {words}", severity=level, key="mild" if mild else "qpdf")


def version(data: bytes, pdf: pikepdf.Pdf) -> tuple[int, int]:
    """Return the version that the file says it is: the later one of header and catalogue."""
    head = HEAD.search(data, 0, _NEAR)
    said = [(int(head[1]), int(head[2]))] if head else []
    try:
        found = re.match(r"(\d+)\.(\d+)", pdf.pdf_version)
    except Exception:
        found = None
    return max([*said, *([(int(found[1]), int(found[2]))] if found else [])], default=(0, 0))


def packed_objects(data: bytes, book: Notebook) -> None:
    """Say where a stream of objects, or the table of objects, is damaged: its bytes carry a sum that must agree."""
    for start in _packed_streams(data):
        end = data.find(b"endstream", start)
        unpacker = zlib.decompressobj()
        try:
            unpacker.decompress(data[start:end] if end > 0 else data[start:], MOST_PACKED)
        except zlib.error:
            book.add(codes.STREAM, "a packed group of objects is damaged", key="packed")


def _packed_streams(data: bytes) -> Iterator[int]:
    """Yield where the bytes of Flate-packed object streams and cross-reference streams begin."""
    for found in _PACKED.finditer(data):
        start = data.find(b"stream", found.end(), found.end() + 2048)
        head = data.rfind(b"obj", max(0, found.start() - 2048), found.start())
        if start < 0 or not _FLATE.search(data, max(head, 0), start):
            continue
        yield start + (8 if data[start + 6 : start + 8] == b"\r\n" else 7)
