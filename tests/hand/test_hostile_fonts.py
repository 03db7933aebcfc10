"""Fonts that were made to exhaust or trip up a reader, put into a shop's hands/ without `hand add` having seen them."""

from __future__ import annotations

import struct
from pathlib import Path

import made_fonts
import pytest

from notegen.errors import NotegenError
from notegen.hand import face
from notegen.hand.leaf import Leaf

GOOD = made_fonts.font()


def table_of(data: bytes, name: bytes) -> int:
    """Return where the entry of a table stands in a font's directory."""
    return next(at for at in range(12, 12 + 16 * struct.unpack_from(">H", data, 4)[0], 16) if data[at : at + 4] == name)


def with_table(name: bytes, start: int, values: tuple[int, ...]) -> bytes:
    """Return the good font with 16-bit numbers written into a table."""
    data = bytearray(GOOD)
    (place,) = struct.unpack_from(">L", data, table_of(GOOD, name) + 8)
    struct.pack_into(f">{len(values)}H", data, place + start, *values)
    return bytes(data)


def with_length(name: bytes, length: int) -> bytes:
    """Return the good font, one of whose tables says that it is so long."""
    data = bytearray(GOOD)
    struct.pack_into(">L", data, table_of(GOOD, name) + 12, length)
    return bytes(data)


@pytest.mark.parametrize(
    "data",
    [
        made_fonts.bomb(),
        made_fonts.endless(),
        b"",
        b"wOFF" + GOOD,
        b"wOF2" + GOOD,
        GOOD[:13],
        GOOD[: len(GOOD) // 2],
        b"OTTO" + GOOD[4:],
        b"ttcf" + b"\xff" * 40,
        with_table(b"maxp", 4, (0xFFFF,)),
        with_table(b"head", 18, (0,)),
        with_table(b"cmap", 2, (0xFFFF,)),
        with_table(b"hhea", 34, (0xFFFF,)),
        with_table(b"glyf", 0, (0x7FFF, 0, 0, 0, 0)),
        with_table(b"glyf", 10, (0xFFFF,)),
        with_table(b"loca", 2, (0xFFFF, 0, 0xFFFF)),
        with_length(b"glyf", 0xFFFFFFFF),
        with_length(b"cmap", 3),
    ],
)
def test_such_a_font_is_refused_or_read(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "mine.ttf"
    path.write_bytes(data)
    leaf = Leaf(path, 0)
    for part in ("characters", "shaping", "face"):
        try:
            getattr(leaf, part)
        except NotegenError as error:
            assert "mine.ttf" in error.message or error.hint


@pytest.mark.parametrize("data", [made_fonts.bomb(), made_fonts.endless()])
def test_a_glyph_without_end_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "mine.ttf"
    path.write_bytes(data)
    with pytest.raises(NotegenError, match="more than 20,000 points"):
        _ = Leaf(path, 0).face


def test_what_never_ends_is_not_read(tmp_path: Path) -> None:
    """A name in hand.yaml may be that of a device, or of a file of any size."""
    large = tmp_path / "large.ttf"
    with large.open("wb") as stream:
        stream.truncate(face.LARGEST + 1)
    for path in (large, Path("/dev/zero"), tmp_path, tmp_path / "none.ttf"):
        with pytest.raises(NotegenError):
            face.font_bytes(path)
