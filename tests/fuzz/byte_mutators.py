"""Changes that know nothing of what a file means: bytes flipped, lost, repeated, spliced with another file's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Final

LONGEST: Final = 60_000
"""Bytes that a mutated input may have: several times any seed, and few enough for thousands of inputs in a minute."""

NUMBERS: Final = (
    b"0",
    b"-1",
    b"65536",
    b"4294967296",
    b"-9223372036854775809",
    b"9" * 400,
    b"1e308",
    b"1e999",
    b"-0.0",
    b"nan",
    b"inf",
    b"0x7fffffff",
    b"1_000",
    b"00012",
    b".5",
    b"5.",
    b"1e-400",
)
ODD: Final = (
    b"\0",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\r",
    b"\r\n",
    b"\n\n",
    b"\t",
    b"\x1b[31m",
    b"\x7f",
    b"\xc2\x85",
    b"\xe2\x80\xa8",
    b"\xe2\x80\xae",
    b"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7",
    b"\xcc\x81" * 60,
    b"\xff" * 8,
    b"\xc0\x80",
    b"\xf4\x90\x80\x80",
    b"---\n",
    b"...\n",
    b"{{",
    b"}}",
    b"{%",
    b"%}",
    b"{#",
    b"&a",
    b"*a",
    b"!!python/object:os.system",
    b"<<: *a",
    b"<!ENTITY a 'b'>",
    b"endobj",
    b"stream\n",
    b"\x89PNG",
    b"..",
    b"../../x",
    b"/",
)

Mutator = Callable[[bytes, Random, Sequence[bytes]], bytes]


def _at(data: bytes, dice: Random) -> int:
    return dice.randrange(len(data) + 1)


def _piece(data: bytes, dice: Random, most: int = 4000) -> tuple[int, int]:
    start = _at(data, dice)
    return start, min(len(data), start + dice.choice((1, 2, 4, 16, 200, most)))


def flip(data: bytes, dice: Random, _others: Sequence[bytes]) -> bytes:
    """Change a few bits."""
    made = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 8)) if made else 0):
        made[dice.randrange(len(made))] ^= 1 << dice.randrange(8)
    return bytes(made)


def overwrite(data: bytes, dice: Random, _others: Sequence[bytes]) -> bytes:
    """Change a byte or a few to an extreme."""
    start = _at(data, dice)
    value = dice.choice(
        (b"\0", b"\xff", b"\x7f", b"\x80", b"\xff\xff", b"\x7f\xff\xff\xff", b"\xff\xff\xff\xff", b"\0\0\0\0")
    )
    return data[:start] + value + data[start + len(value) :]


def insert(data: bytes, dice: Random, _others: Sequence[bytes]) -> bytes:
    """Put something odd in between."""
    start = _at(data, dice)
    return data[:start] + dice.choice((*ODD, *NUMBERS, dice.randbytes(dice.randrange(1, 9)))) + data[start:]


def delete(data: bytes, dice: Random, _others: Sequence[bytes]) -> bytes:
    """Take a piece away."""
    start, stop = _piece(data, dice)
    return data[:start] + data[stop:]


def repeat(data: bytes, dice: Random, _others: Sequence[bytes]) -> bytes:
    """Write a piece again, once or many times."""
    start, stop = _piece(data, dice)
    return data[:stop] + data[start:stop] * dice.choice((1, 1, 2, 50, 2000)) + data[stop:]


def truncate(data: bytes, dice: Random, _others: Sequence[bytes]) -> bytes:
    """Lose the end."""
    return data[: _at(data, dice)]


def splice(data: bytes, dice: Random, others: Sequence[bytes]) -> bytes:
    """Go on as another file does."""
    other = dice.choice(others)
    return data[: _at(data, dice)] + other[_at(other, dice) :]


def move(data: bytes, dice: Random, _others: Sequence[bytes]) -> bytes:
    """Exchange two lines."""
    lines = data.split(b"\n")
    one, two = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return b"\n".join(lines)


def number(data: bytes, dice: Random, _others: Sequence[bytes]) -> bytes:
    """Put another number in the place of one."""
    places = [at for at in range(len(data)) if 48 <= data[at] <= 57][:5000]
    if not places:
        return data
    start = stop = dice.choice(places)
    while stop < len(data) and 48 <= data[stop] <= 57:
        stop += 1
    return data[:start] + dice.choice(NUMBERS) + data[stop:]


def nest(data: bytes, dice: Random, _others: Sequence[bytes]) -> bytes:
    """Open brackets without end."""
    start = _at(data, dice)
    opening = dice.choice((b"[", b"{", b"(", b"- ", b"{a: ", b"{% if x %}", b"{{ (", b"<g>", b"<<", b"? ", b"> "))
    return data[:start] + opening * dice.choice((3, 60, 300, 6000)) + data[start:]


def long_line(data: bytes, dice: Random, _others: Sequence[bytes]) -> bytes:
    """Make a line very long."""
    start = _at(data, dice)
    word = dice.choice((b"a", b"a ", b"ab-", b"1", b".", b"'", b"!", b"\xe3\x81\x82", b"\xd7\x90", b"x@y."))
    return data[:start] + word * dice.choice((300, 5000, 50_000)) + data[start:]


def ends(data: bytes, dice: Random, _others: Sequence[bytes]) -> bytes:
    """Use other line ends, or another encoding."""
    how = dice.randrange(4)
    if how == 0:
        return data.replace(b"\n", b"\r\n")
    if how == 1:
        return data.replace(b"\n", b"\r")
    encoding = "utf-16" if how == 2 else "utf-32"
    return data.decode("utf-8", "replace").encode(encoding)


ALL: Final[tuple[Mutator, ...]] = (
    flip,
    overwrite,
    insert,
    insert,
    delete,
    repeat,
    truncate,
    splice,
    move,
    number,
    number,
    nest,
    long_line,
    ends,
)
BINARY: Final[tuple[Mutator, ...]] = (flip, flip, overwrite, overwrite, insert, delete, repeat, truncate, splice)


def mutate(data: bytes, dice: Random, others: Sequence[bytes], kinds: Sequence[Mutator] = ALL) -> bytes:
    """Change a file once or a few times."""
    for _ in range(dice.choice((1, 1, 1, 2, 3, 6))):
        data = dice.choice(kinds)(data, dice, others)[:LONGEST]
    return data


__all__ = ["ALL", "BINARY", "LONGEST", "NUMBERS", "ODD", "Mutator", "mutate"]
