"""The tables of a TrueType font that are not outlines, and the file that holds them all."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

EPOCH = 3_029_529_600
"""When every font was made, in seconds since 1904: the first second of 2000, so that no clock is read."""


@dataclass(frozen=True, slots=True, eq=False)
class Metrics:
    """What the smaller tables say; lengths in font units. `characters` maps code points to glyphs."""

    name: str
    units: int
    widths: tuple[int, ...]
    bearings: tuple[int, ...]
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    x_height: int
    characters: dict[int, int]


def smaller_tables(metrics: Metrics, *, most_points: int, most_contours: int) -> dict[bytes, bytes]:
    """Return head, hhea, maxp, hmtx, cmap, name, OS/2 and post."""
    return {
        b"head": _head(metrics),
        b"hhea": _hhea(metrics),
        b"maxp": struct.pack(
            ">I14H", 0x10000, len(metrics.widths), most_points, most_contours, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0
        ),
        b"hmtx": np.array([metrics.widths, metrics.bearings], ">i2").T.tobytes(),
        b"cmap": _cmap(metrics.characters),
        b"name": _name(metrics.name),
        b"OS/2": _os2(metrics),
        b"post": struct.pack(">IiHHI4I", 0x30000, 0, 0, 0, 0, 0, 0, 0, 0),
    }


def sfnt(tables: Mapping[bytes, bytes]) -> bytes:
    """Return the font file of these tables, with its checksums."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = struct.pack(">I4H", 0x10000, count, power * 16, power.bit_length() - 1, (count - power) * 16)
    records, bodies, offset = [], [], 12 + 16 * count
    for tag in sorted(tables):
        data = tables[tag]
        padded = data + b"\0" * (-len(data) % 4)
        records.append(struct.pack(">4s3I", tag, _checksum(padded), offset, len(data)))
        bodies.append(padded)
        offset += len(padded)
    whole = bytearray(b"".join((header, *records, *bodies)))
    at = _offset_of(b"head", tables) + 8
    whole[at : at + 4] = struct.pack(">I", (0xB1B0AFBA - _checksum(whole)) & 0xFFFFFFFF)
    return bytes(whole)


def _offset_of(wanted: bytes, tables: Mapping[bytes, bytes]) -> int:
    before = (len(tables[tag]) for tag in sorted(tables) if tag < wanted)
    return 12 + 16 * len(tables) + sum(length + -length % 4 for length in before)


def _checksum(data: bytes | bytearray) -> int:
    return int(np.frombuffer(data, ">u4").sum(dtype=np.uint64)) & 0xFFFFFFFF


def _head(metrics: Metrics) -> bytes:
    return struct.pack(
        ">IIIIHHqq4hHHhhh",
        *(0x10000, 0x10000, 0, 0x5F0F3CF5, 0b11, metrics.units, EPOCH, EPOCH),
        *metrics.box,
        *(0, 6, 2, 1, 0),
    )


def _hhea(metrics: Metrics) -> bytes:
    widest = max(metrics.widths)
    return struct.pack(
        ">I3hH11hH",
        *(0x10000, metrics.ascent, metrics.descent, 0, widest, metrics.box[0], 0, metrics.box[2]),
        *(1, 0, 0, 0, 0, 0, 0, 0, len(metrics.widths)),
    )


def _cmap(characters: Mapping[int, int]) -> bytes:
    """Return a table with one subtable of format 12: a group for each character."""
    groups = b"".join(struct.pack(">3I", code, code, characters[code]) for code in sorted(characters))
    header = struct.pack(">HHHHI", 0, 1, 3, 10, 12)
    return header + struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, len(characters)) + groups


def _name(name: str) -> bytes:
    """Return family, style, unique name, full name and PostScript name, in that order."""
    texts = {1: name, 2: "Regular", 3: name, 4: name, 6: name}
    records, strings = b"", b""
    for number, text in texts.items():
        encoded = text.encode("utf-16-be")
        records += struct.pack(">6H", 3, 1, 0x409, number, len(encoded), len(strings))
        strings += encoded
    return struct.pack(">3H", 0, len(texts), 6 + len(records)) + records + strings


def _os2(metrics: Metrics) -> bytes:
    codes = [code for code in metrics.characters if code < 0x10000] or [0]
    average = round(sum(metrics.widths) / max(1, len(metrics.widths)))
    half = metrics.units // 2
    return struct.pack(
        ">HhHHH11h10s4I4sHHHhhhHH2IhhHHH",
        *(4, average, 400, 5, 0),
        *(half, half, 0, half // 4, half, half, 0, half, metrics.units // 20, metrics.x_height // 2, 10 << 8),
        *(bytes(10), 0, 0, 0, 0, b"NOTE", 0x40, min(codes), max(codes)),
        *(metrics.ascent, metrics.descent, 0, max(0, metrics.box[3]), max(0, -metrics.box[1])),
        *(1, 0, metrics.x_height, metrics.ascent, 0, 32, 1),
    )
