"""Lines of plain type in a rectangle: as large as the rules allow, smaller and broken where need be, or refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from notegen import plain
from notegen.layout.mail_codes import CHARACTER, NO_ADDRESS
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.page import Align, Words
from notegen.plain import bidi

STEP: Final = 0.25 * 25.4 / 72
"""Between two sizes that are tried, mm: a quarter of a point."""

LEADING: Final = 1.2
"""From baseline to baseline, ems: Deutsche Post asks for 0.5 to 2.5 mm of white between lines of 10 to 12 point."""

APART: Final = 0.15
"""Least white between the ink of two lines, ems."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that have a size and a distance, in mm; `ink` is the box of all ink around (0, 0), the first baseline.

    `ink` is left, bottom, right, top. Lines are ranged right when they run `from_right`, as in Hebrew and Arabic;
    (0, 0) is then at the right.
    """

    lines: tuple[str, ...]
    size: float
    pitch: float
    ink: tuple[float, float, float, float]
    from_right: bool = False

    @property
    def width(self) -> float:
        """How broad the ink is."""
        return self.ink[2] - self.ink[0]

    @property
    def height(self) -> float:
        """How high the ink is."""
        return self.ink[3] - self.ink[1]

    def words(self, left: float, top: float) -> tuple[Words, ...]:
        """Return the lines with the upper left corner of their ink at a place."""
        x, y = left - self.ink[0], top - self.ink[3]
        align = Align.RIGHT if self.from_right else Align.LEFT
        return tuple(
            Words(x, y - number * self.pitch, line, self.size, align=align) for number, line in enumerate(self.lines)
        )


def no_address(key: str) -> Diagnostic:
    """Return that there is nothing to put on an envelope or a label besides a name."""
    return Diagnostic(NO_ADDRESS, Severity.ERROR, "there is no address", hint="add customer.address", note=key)


def no_letters(key: str, texts: Iterable[str]) -> Iterator[Diagnostic]:
    """Yield that plain type has no letter for what is to be set in it."""
    lacking = "".join(dict.fromkeys(plain.lacking("".join(texts))))
    if lacking:
        shown = ", ".join(f"'{one}' (U+{ord(one):04X})" for one in lacking[:5])
        hint = "write the address in letters of its post"
        yield Diagnostic(CHARACTER, Severity.ERROR, f"plain type has no letter for {shown}", hint=hint, note=key)


def cleaned(lines: Iterable[str]) -> tuple[str, ...]:
    """Return lines with their spaces put right, without those that are blank."""
    return tuple(line for line in (" ".join(one.split()) for one in lines) if line)


def fit(lines: Sequence[str], width: float, height: float, sizes: tuple[float, float]) -> Block | None:
    """Return the lines at the largest of the sizes (ems from least to largest, mm) at which they fit, or None.

    Lines are broken at spaces only when no size lets them stand whole.
    """
    for block in _tried(lines, width, sizes):
        if block.width <= width and block.height <= height:
            return block
    return None


def _tried(lines: Sequence[str], width: float, sizes: tuple[float, float]) -> Iterator[Block]:
    ladder = list(_ladder(sizes))
    yield from (set_block(lines, size) for size in ladder)
    yield from (set_block(tuple(_broken(lines, width, size)), size) for size in ladder)


def _ladder(sizes: tuple[float, float]) -> Iterator[float]:
    least, most = sizes
    count = round((most - least) / STEP)
    yield from (most - STEP * number for number in range(count))
    yield least


def set_block(lines: Sequence[str], size: float) -> Block:
    """Return lines as a block at one size; lines whose ink is tall stand further apart.

    The first line decides from which side all of them run.
    """
    from_right = bool(lines) and bidi.base_level(lines[0]) == 1
    boxes = [_from_reference(line, size, from_right=from_right) for line in lines]
    tall = (upper[1] * -1 + lower[3] + APART * size for upper, lower in pairwise(boxes))
    pitch = max((LEADING * size, *tall))
    last = (len(lines) - 1) * pitch
    ink = (
        min((box[0] for box in boxes), default=0.0),
        min((box[1] for box in boxes[-1:]), default=0.0) - max(last, 0.0),
        max((box[2] for box in boxes), default=0.0),
        max((box[3] for box in boxes[:1]), default=0.0),
    )
    return Block(tuple(lines), size, pitch, ink, from_right)


def _from_reference(line: str, size: float, *, from_right: bool) -> tuple[float, float, float, float]:
    """Return the box of a line's ink around its left end, or its right one."""
    left, bottom, right, top = plain.ink(line, size)
    shift = plain.width(line, size) if from_right else 0.0
    return left - shift, bottom, right - shift, top


def _broken(lines: Sequence[str], width: float, size: float) -> Iterator[str]:
    """Break lines at spaces so that each is no wider; a word that is wider stays as it is."""
    for line in lines:
        words = line.split(" ")
        kept = words[0]
        for word in words[1:]:
            left, _, right, _ = plain.ink(f"{kept} {word}", size)
            if right - min(left, 0.0) > width:
                yield kept
                kept = word
            else:
                kept = f"{kept} {word}"
        yield kept
