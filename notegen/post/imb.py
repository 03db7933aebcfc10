"""The Intelligent Mail barcode of the United States Postal Service: 20 to 31 digits become 65 bars.

The arithmetic is that of USPS-B-3200: one number, a check of 11 bits, ten codewords, ten characters of 13 bits, and a
table that deals the bits out to the bars' upper and lower halves. Bars are vector areas; no font is needed.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from notegen.errors import NotegenError
from notegen.model.mail import Barcode
from notegen.model.page import Area
from notegen.model.stock import Box

INCH: Final = 25.4

PITCH: Final = INCH / 22
"""From bar to bar, mm: 22 bars to the inch; 20 to 24 are allowed (USPS-B-3200)."""

WIDTH: Final = 0.020 * INCH
"""Of a bar, mm: 0.015 to 0.025 in are allowed (USPS-B-3200)."""

FULL: Final = 0.145 * INCH
"""Height of a full bar, mm: 0.125 to 0.165 in are allowed (USPS-B-3200)."""

TRACKER: Final = 0.048 * INCH
"""Height of a tracker, mm: 0.039 to 0.057 in are allowed (USPS-B-3200)."""

CLEAR: Final = 0.125 * INCH, 0.028 * INCH
"""White at the sides, and above and below, mm (USPS Quick Service Guide 201a)."""

CORNER: Final = 4.0 * INCH, 0.1875 * INCH
"""Where the bars begin at the lower right, mm from the right edge (3 1/2 to 4 1/4 in are allowed, Quick Service Guide
201a) and from the lower one (3/16 in, from memory of the rule for POSTNET)."""

TRACKING, ROUTINGS = 20, (0, 5, 9, 11)
"""Digits of the tracking code, and of the routing codes that there can be."""

# For each bar, the character (A to J) and the bit that say whether it reaches down, and then up: USPS-B-3200's table.
_BARS: Final = """
    H2E3 B10A0 J12C8 F5G11 I9D1 A1F12 C5B8 E4J11 G3I10 D9H6 F11B4 I5C12 J10A2 H1G7 D6E9 A3I6 G4C7 B1J9 H10F2 E0D8 G2A4
    I11B0 J8D12 C6H7 F1E10 B12G9 H3I0 F8J7 E6C10 D4A5 I4F7 H11B9 G0J6 A6E8 C1D2 F9I12 E11G1 J5H4 D3B2 A7C0 B3E1 G10D5
    I7J4 C11F6 A8H12 E2I1 F10D0 J3A9 G5C4 H8B7 F0E5 C3A10 G12J2 D11B6 I8H9 F4A11 B5C2 J1E12 I3G6 H0D7 E7H5 A12B11 C9J0
    G8F3 D10I2
""".split()


def encode(tracking: str, routing: str = "") -> str:
    """Return the 65 bars as letters: F full, A ascender, D descender, T tracker.

    `tracking` is the barcode identifier (2 digits), the service type (3), the mailer (6 or 9) and the serial number (9
    or 6); `routing` is the ZIP of 5, 9 or 11 digits, or nothing. Raises NotegenError for other digits.
    """
    _check(tracking, routing)
    number = _number(tracking, routing)
    check = _check_sequence(number)
    characters = [_character(word) for word in _codewords(number, check)]
    flipped = [one ^ 0x1FFF if check >> place & 1 else one for place, one in enumerate(characters)]
    return "".join(_bar(flipped, down, up) for down, up in _table())


def barcode(letters: str) -> Barcode:
    """Return the bars of an encoded barcode as areas from (0, 0), in black."""
    tall = {"F": (0.0, FULL), "A": ((FULL - TRACKER) / 2, FULL), "D": (0.0, (FULL + TRACKER) / 2)}
    tall["T"] = tall["A"][0], tall["D"][1]
    boxes = tuple(
        Box(place * PITCH, tall[one][0], WIDTH, tall[one][1] - tall[one][0]) for place, one in enumerate(letters)
    )
    return Barcode(letters, Area(boxes), (boxes[-1].right, FULL), CLEAR, CORNER)


def _check(tracking: str, routing: str) -> None:
    for name, digits in (("tracking code", tracking), ("routing code", routing)):
        wrong = next((one for one in digits if one not in "0123456789"), None)
        if wrong is not None:
            place = digits.index(wrong) + 1
            raise NotegenError(f"the {name} '{digits}' has '{wrong}' in place {place}", hint="it takes digits alone")
    if len(tracking) != TRACKING:
        raise NotegenError(
            f"the tracking code '{tracking}' has {len(tracking)} digits, not {TRACKING}",
            hint="barcode identifier (2), service type (3), mailer (6 or 9), serial number (9 or 6)",
        )
    if tracking[1] > "4":
        raise NotegenError(
            f"the second digit of the tracking code '{tracking}' is {tracking[1]}", hint="it may be 0 to 4"
        )
    if len(routing) not in ROUTINGS:
        raise NotegenError(
            f"the routing code '{routing}' has {len(routing)} digits", hint="it is a ZIP of 5, 9 or 11 digits, or none"
        )


def _number(tracking: str, routing: str) -> int:
    """Return the one number that stands for all digits; each length of routing code has a range of its own."""
    before: int = {0: 0, 5: 1, 9: 100_001, 11: 1_000_100_001}[len(routing)]
    number = int(routing or "0") + before
    number = (number * 10 + int(tracking[0])) * 5 + int(tracking[1])
    return number * 10**18 + int(tracking[2:])


def _check_sequence(number: int) -> int:
    """Return the frame check sequence of 11 bits over the 102 bits of the number."""
    check: int = 0x7FF
    for place in range(101, -1, -1):
        high = (check >> 10 ^ number >> place) & 1
        check = (check << 1 & 0x7FF) ^ (0x735 if high else 0)
    return check


def _codewords(number: int, check: int) -> tuple[int, ...]:
    """Return ten codewords, A to J; the last is even, and the first carries the check's eleventh bit."""
    number, last = divmod(number, 636)
    words = [last * 2]
    for _ in range(8):
        number, word = divmod(number, 1365)
        words.insert(0, word)
    return (number + (659 if check >> 10 else 0), *words)


def _character(word: int) -> int:
    fives, twos = _tables()
    return fives[word] if word < len(fives) else twos[word - len(fives)]


@cache
def _tables() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the characters of 13 bits with five bits set (1287), and with two (78)."""
    return _of_13(5), _of_13(2)


def _of_13(bits: int) -> tuple[int, ...]:
    """Return pairs of mirrored characters by the lesser of the two, and those that are their own mirror from the end.

    The last of all is the least of those.
    """
    pairs: list[int] = []
    alone: list[int] = []
    for one in range(1 << 13):
        mirrored = int(f"{one:013b}"[::-1], 2)
        if one.bit_count() != bits or mirrored < one:
            continue
        if mirrored == one:
            alone.append(one)
        else:
            pairs.extend((one, mirrored))
    return (*pairs, *reversed(alone))


@cache
def _table() -> tuple[tuple[tuple[int, int], tuple[int, int]], ...]:
    found = []
    for one in _BARS:
        split = next(place for place in range(1, len(one)) if one[place].isalpha())
        found.append(tuple(("ABCDEFGHIJ".index(half[0]), int(half[1:])) for half in (one[:split], one[split:])))
    return tuple(found)  # type: ignore[arg-type]


def _bar(characters: list[int], down: tuple[int, int], up: tuple[int, int]) -> str:
    low, high = (characters[which] >> bit & 1 for which, bit in (down, up))
    return "TDAF"[low + 2 * high]
