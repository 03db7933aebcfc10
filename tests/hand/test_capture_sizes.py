"""How many pixels a scan has is known from its head, and what no scanner makes is refused before it is unpacked."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from bounds import within_bounds

from notegen.hand.capture import pictures
from notegen.hand.capture.sizes import pixels
from notegen.hand.signature import load


def encoded(kind: str, wide: int = 30, high: int = 20) -> bytes:
    """Return a white picture's file."""
    return cv2.imencode(f".{kind}", np.full((high, wide, 3), 255, np.uint8))[1].tobytes()


def tiff(pages: int, side: int) -> bytes:
    """Return a TIFF whose pages share their pixels and say that they are squares."""
    made = b"II*\0" + struct.pack("<L", 8)
    for page in range(pages):
        tags = ((256, side), (257, side), (258, 8), (259, 1), (262, 1), (273, 0), (277, 1), (278, side), (279, 9))
        rows = b"".join(struct.pack("<HHLL", tag, 4, 1, value) for tag, value in tags)
        following = 8 + (page + 1) * (6 + 12 * len(tags)) if page + 1 < pages else 0
        made += struct.pack("<H", len(tags)) + rows + struct.pack("<L", following)
    return made


def png(side: int) -> bytes:
    """Return a PNG of grey noughts that says it is a square."""
    parts = (
        (b"IHDR", struct.pack(">LLBBBBB", side, side, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(1000))),
        (b"IEND", b""),
    )
    chunks = (struct.pack(">L", len(b)) + kind + b + struct.pack(">L", zlib.crc32(kind + b)) for kind, b in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def passes() -> bytes:
    """Return a JPEG that repeats its last scan."""
    ok, made = cv2.imencode(".jpg", np.zeros((2000, 2000, 3), np.uint8), [cv2.IMWRITE_JPEG_PROGRESSIVE, 1])
    assert ok
    data = made.tobytes()
    return data[:-2] + data[data.rindex(b"\xff\xda") : -2] * 3_000 + data[-2:]


@pytest.mark.parametrize("kind", ["png", "jpg", "tif", "webp", "bmp"])
def test_pixels_are_counted(kind: str) -> None:
    assert pixels(encoded(kind)) == 600


def test_all_pages_of_a_tiff_are_counted() -> None:
    assert pixels(tiff(3, 100)) == 30_000


@pytest.mark.parametrize("data", [b"", b"BM", b"\x89PNG", b"\xff\xd8", b"II*\0", b"MM\0*\0\0\0\x08\xff\xff", b"x" * 99])
def test_a_file_that_does_not_say_has_no_count(data: bytes) -> None:
    assert not pixels(data)


@pytest.mark.parametrize(
    "data",
    [
        png(60_000),
        tiff(1, 60_000),
        tiff(500, 2_000),
        passes(),
        b"BM" + bytes(16) + struct.pack("<ii", 60_000, -60_000),
        encoded("jpg").replace(b"\x00\x14\x00\x1e", struct.pack(">HH", 65_500, 65_500), 1),
    ],
    ids=["PNG", "TIFF", "TIFF of many pages", "JPEG of many passes", "BMP", "JPEG"],
)
def test_what_no_scanner_makes_is_refused_within_bounds(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "scan"
    path.write_bytes(data)
    said = within_bounds(lambda: str(len(pictures.load(path))))
    assert "unpacks to more than any scan or photograph has" in said


@pytest.mark.parametrize(
    "inside",
    [
        b"<path d='M0 0" + b"l1 1" * 500_000 + b"'/>",
        b"<path d='M0 0" + b"a1 1 0 0 0 1 1" * 100_000 + b"'/>",
        b"<polygon points='" + b"1 1 " * 500_000 + b"'/>",
        b"<path d='M0 0'/>" * 300_000,
        b"<g>" * 100_000,
        b"<path d='M0 0 L1e308 1e308 C1e300 -1e300 9 9 9 9'/>",
        b"<path d='M0 0 L" + b"9" * 1_000_000 + b" 1'/>",
    ],
    ids=["lines", "arcs", "points", "paths", "groups", "huge", "long number"],
)
def test_a_signature_that_was_made_to_exhaust_is_refused_within_bounds(inside: bytes, tmp_path: Path) -> None:
    path = tmp_path / "s.svg"
    path.write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="30mm">' + inside + b"</svg>")
    assert within_bounds(lambda: str(load(path))).startswith(("NotegenError", "UnreadableFile"))
