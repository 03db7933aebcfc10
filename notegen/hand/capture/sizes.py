"""How many pixels a picture's file says it has, read from its head: OpenCV finds out by unpacking all of them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

_MOST_PAGES: Final = 1_000
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG that begin with its size (ITU T.81, table B.1)."""


def pixels(data: bytes) -> int | None:
    """Return the pixels of a PNG, JPEG, WebP or BMP, or of all pages of a TIFF; None when it does not say."""
    try:
        if data.startswith(b"\x89PNG"):
            return _product(data, ">II", 16)
        if data.startswith(b"\xff\xd8"):
            return next((_product(body, ">HH", 1) for kind, body in segments(data) if kind in _FRAMES), None)
        if data[:4] in (b"II*\0", b"MM\0*"):
            return sum(_pages(data, "<" if data.startswith(b"II") else ">"))
        if data.startswith(b"BM"):
            return _product(data, "<ii", 18)
        return _webp(data) if data.startswith(b"RIFF") and data[8:12] == b"WEBP" else None
    except struct.error:
        return None


def segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the marker and the content of each segment of a JPEG before its first scan."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] not in (0xDA, 0xD9):
        size = struct.unpack(">H", data[at + 2 : at + 4])[0]
        yield data[at + 1], data[at + 4 : at + 2 + size]
        at += 2 + size


def _product(data: bytes, kind: str, at: int) -> int:
    wide, high = struct.unpack_from(kind, data, at)
    return abs(int(wide) * int(high))


def _webp(data: bytes) -> int:
    """Read the size of a WebP (RFC 9649): lossy, without loss, or with more than pixels."""
    kind = data[12:16]
    if kind == b"VP8 ":
        wide, high = struct.unpack_from("<HH", data, 26)
        return int(wide & 0x3FFF) * int(high & 0x3FFF)
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return int((bits & 0x3FFF) + 1) * int((bits >> 14 & 0x3FFF) + 1)
    return (int.from_bytes(data[24:27], "little") + 1) * (int.from_bytes(data[27:30], "little") + 1)


def _pages(data: bytes, order: str) -> Iterator[int]:
    """Yield the pixels of each directory of a TIFF (tags 256 and 257)."""
    (start,) = struct.unpack_from(order + "I", data, 4)
    seen: set[int] = set()
    while start and start not in seen and len(seen) < _MOST_PAGES:
        seen.add(start)
        (count,) = struct.unpack_from(order + "H", data, start)
        sides = {256: 0, 257: 0}
        for entry in range(start + 2, start + 2 + 12 * count, 12):
            tag, kind = struct.unpack_from(order + "HH", data, entry)
            if tag in sides:
                (sides[tag],) = struct.unpack_from(order + ("H" if kind == 3 else "I"), data, entry + 8)
        yield sides[256] * sides[257]
        (start,) = struct.unpack_from(order + "I", data, start + 2 + 12 * count)


__all__ = ["pixels", "segments"]
