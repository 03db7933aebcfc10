"""Changes that leave a file what it is outwardly: a table of a font, a chunk of a PNG, a stream of a PDF."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from random import Random

from . import byte_mutators

_EXTREME = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0xFFFE, 12, 256)


def sfnt(data: bytes, dice: Random, others: Sequence[bytes]) -> bytes:
    """Change words inside one table of a font, or the table's place, length or name."""
    if len(data) < 12:
        return data
    count = min(struct.unpack_from(">H", data, 4)[0], (len(data) - 12) // 16)
    if not count:
        return data
    made = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 5))):
        row = 12 + 16 * dice.randrange(count)
        start, length = struct.unpack_from(">LL", data, row + 8)
        if dice.random() < 0.1 or start + 2 > len(data) or length < 2:
            field = row + 4 * dice.randrange(4)
            struct.pack_into(">L", made, field, dice.choice((0, 0xFFFFFFFF, 0x7FFFFFFF, dice.randrange(len(data)))))
            continue
        # The head of a table has its counts and offsets: most changes go there.
        reach = min(length, len(data) - start) - 1
        at = start + (
            dice.randrange(min(reach, 64)) if dice.random() < 0.6 and reach else dice.randrange(max(reach, 1))
        )
        if at + 2 <= len(made):
            struct.pack_into(">H", made, at, dice.choice((*_EXTREME, dice.randrange(65536))))
    return bytes(made)


def png(data: bytes, dice: Random, others: Sequence[bytes]) -> bytes:
    """Change one chunk of a PNG and put its checksum right."""
    chunks, at = [], 8
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">L", data, at)
        chunks.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + length]))
        at += 12 + length
    if not data.startswith(b"\x89PNG") or not chunks:
        return byte_mutators.mutate(data, dice, others, byte_mutators.BINARY)
    which = dice.randrange(len(chunks))
    kind, body = chunks[which]
    how = dice.randrange(5)
    if how == 0:
        chunks.insert(which, chunks[which])
    elif how == 1:
        del chunks[which]
    elif how == 2 and kind == b"IHDR" and len(body) >= 13:
        size = struct.pack(
            ">LL", dice.choice((1, 0, 65535, 2**31 - 1, 30000)), dice.choice((1, 0, 65535, 2**31 - 1, 30000))
        )
        chunks[which] = kind, size + bytes((dice.choice((1, 2, 4, 8, 16)), dice.choice((0, 2, 3, 4, 6)))) + body[10:]
    elif how == 3 and kind == b"IDAT":
        chunks[which] = (
            kind,
            _packed(dice.choice((b"\0", b"\xff", b"ab")), dice.choice((10, 10_000, 20_000_000))),
        )
    else:
        chunks[which] = kind, byte_mutators.mutate(body, dice, others, byte_mutators.BINARY)
    parts = (
        struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body)) for kind, body in chunks
    )
    return data[:8] + b"".join(parts)


@cache
def _packed(piece: bytes, count: int) -> bytes:
    return zlib.compress(piece * count, 9)


_OBJECT = re.compile(rb"\d+ \d+ R|/[A-Za-z]+|-?\d+\.?\d*|\[[^\[\]]*\]|\([^()]*\)|<<|>>")
_VALUES = (
    b"1 0 R",
    b"2 0 R",
    b"3 0 R",
    b"4 0 R",
    b"99 0 R",
    b"0",
    b"-1",
    b"1e9",
    b"99999999999",
    b"null",
    b"true",
    b"/X",
    b"[]",
    b"<<>>",
    b"(x)",
    b"[0 0 1e9 1e9]",
    b"[0 0 0 0]",
    b"[" * 300 + b"]" * 300,
    b"/FlateDecode",
    b"/LZWDecode",
    b"/DCTDecode",
    b"/JPXDecode",
    b"[/FlateDecode /FlateDecode /FlateDecode]",
    b"<</Predictor 15 /Columns 99999999>>",
    b"/DeviceN",
    b"/Pattern",
    b"/Type3",
)


def pdf(data: bytes, dice: Random, others: Sequence[bytes]) -> bytes:
    """Change values of a PDF's objects; the table of places is then wrong, as in many a PDF."""
    for _ in range(dice.choice((1, 1, 2, 4))):
        found = list(_OBJECT.finditer(data))
        if not found:
            return data
        one = dice.choice(found)
        new = dice.choice((*_VALUES, dice.choice(found)[0]))
        # Of the same length where that can be, so that the objects after it are still found.
        if dice.random() < 0.7 and len(new) <= len(one[0]):
            new = new.ljust(len(one[0]))
        data = data[: one.start()] + new + data[one.end() :]
    return data


_SVG = (
    b"<g>",
    b"</g>",
    b"<use href='#a'/>",
    b"<g id='a'><use href='#a'/></g>",
    b"<path d='M0 0 C1e9 1e9 nan nan 9 9 Z'/>",
    b"<image href='/etc/passwd'/>",
    b"<image href='http://example.com/x.png'/>",
    b"<!DOCTYPE s [<!ENTITY a 'aaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>",
    b"&b;",
    b"<style>*{fill:url(#x)}</style>",
    b"<pattern id='p'><rect fill='url(#p)' width='9' height='9'/></pattern>",
    b"<linearGradient id='x' href='#x'/>",
    b"<rect fill='url(#x)' width='1e308' height='9'/>",
    b"transform='scale(1e308)'",
    b"transform='rotate(nan)'",
    b"transform='matrix(0 0 0 0 0 0)'",
    b"<mask id='m' mask='url(#m)'/>",
    b"<script>1</script>",
    b"stroke-dasharray='0 0'",
    b"stroke-width='-1'",
    b"viewBox='0 0 0 0'",
    b"viewBox='0 0 1e-300 1e300'",
    b"<text>x</text>",
    b"<symbol id='a'/>",
    b"<path d='" + b"a1 1 0 0 0 1 1 " * 3000 + b"'/>",
    b"width='1e9mm'",
    b"height='0'",
    b"<clipPath id='c' clip-path='url(#c)'/>",
    b"style='fill:#zzz;;:'",
)


def svg(data: bytes, dice: Random, others: Sequence[bytes]) -> bytes:
    """Put an element or attribute between two tokens of a drawing, or another number for one."""
    for _ in range(dice.choice((1, 1, 2, 5))):
        places = [found.start() for found in re.finditer(rb"<|\s(?=[a-zA-Z-]+=)|/?>", data)]
        if dice.random() < 0.4 or not places:
            data = byte_mutators.number(data, dice, others)
        else:
            at = dice.choice(places)
            data = data[:at] + b" " + dice.choice(_SVG) + b" " + data[at:]
    return data


_BY_HEAD: tuple[tuple[bytes, Callable[[bytes, Random, Sequence[bytes]], bytes]], ...] = (
    (b"\x89PNG", png),
    (b"%PDF", pdf),
    (b"<", svg),
    (b"\0\1\0\0", sfnt),
    (b"OTTO", sfnt),
    (b"true", sfnt),
)


def mutate(data: bytes, dice: Random, others: Sequence[bytes]) -> bytes:
    """Change a file as its kind allows, and now and then as if nothing were known of it."""
    for head, change in _BY_HEAD:
        if data.startswith(head) and dice.random() < 0.7:
            return change(data, dice, others)[: byte_mutators.LONGEST]
    kinds = byte_mutators.ALL if data.startswith(b"<") else byte_mutators.BINARY
    return byte_mutators.mutate(data, dice, others, kinds)


__all__ = ["mutate"]
