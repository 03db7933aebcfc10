"""Plain type in lines: a text broken to a width in mm, of any script, and cut where there is no more room."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notegen import plain

PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
"""Width and height of what offices print on, mm."""

LETTER = frozenset("US CA MX PH CL CO VE CR GT PA PR SV NI DO HN".split())
"""Countries that print on US Letter (CLDR, paper sizes)."""

_WIDE = "\u2e80-\u2fdf\u3001-\u312f\u31a0-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
_STAYS = "、。，．・：；？！々ー～’”）］｝〉》」』】ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
"""What no line begins with."""
_PIECES = re.compile(rf"[（［｛〈《「『【]*[{_WIDE}][{_STAYS}]*|[^\s{_WIDE}-]{{4,}}-(?=\w{{4}})|[^\s{_WIDE}]+")
"""What no line divides: a wide character with its marks, a word, and the part of a long word up to its hyphen."""


def paper_of(locale: str) -> str:
    """Return the paper of a locale's country: letter in North America and some other countries, a4 elsewhere."""
    territory = re.split("[_-]", locale)[-1]
    return "letter" if territory in LETTER else "a4"


FULL = 200
"""Characters beyond which a word without end is not tried on a line: no line of a slip or a label holds so many."""


def wrapped(text: str, width: float, size: float, *, strong: bool = False, most: int | None = None) -> tuple[str, ...]:
    """Return a text as lines no wider than `width` mm at an em of `size` mm; white is one space.

    With `most`, what is left over after so many lines is cut, and the last of them ends in an ellipsis.
    """
    found: list[str] = []
    line = ""
    for gap, piece in _pieces(text, width, size, strong):
        longer = f"{line}{gap}{piece}" if line else piece
        # Measured as a whole: what stands beside a space or a mark changes its width.
        if line and plain.width(longer, size, strong) > width:
            found.append(line)
            line = piece
        else:
            line = longer
    lines = [*found, line] if line else found
    if most is None or len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], cut(f"{lines[most - 1]} {lines[most]}", width, size, strong=strong))


def cut(text: str, width: float, size: float, *, strong: bool = False) -> str:
    """Return a text as far as it goes into a width, with an ellipsis where something was cut.

    It ends with a whole word, unless that would lose much.
    """
    if plain.width(text, size, strong) <= width:
        return text
    short = text[: 2 * FULL]
    while short and plain.width(f"{short.rstrip()}…", size, strong) > width:
        short = short[:-1]
    divided = not text[len(short)].isspace() and not re.match(f"[{_WIDE}]", text[len(short)])
    whole = short.rstrip().rsplit(" ", 1)[0]
    return f"{(whole if divided and len(whole) > 0.6 * len(short) else short).rstrip()}…"


def _pieces(text: str, width: float, size: float, strong: bool) -> Iterator[tuple[str, str]]:
    """Yield what no line divides, each with the white before it; what is too wide for any line is divided."""
    end = 0
    for match in _PIECES.finditer(text):
        gap = " " if match.start() > end else ""
        end = match.end()
        piece = match.group()
        while plain.width(piece, size, strong) > width and len(piece) > 1:
            fits = next(
                (
                    count
                    for count in range(min(len(piece) - 1, FULL), 1, -1)
                    if plain.width(piece[:count], size, strong) <= width
                ),
                1,
            )
            yield gap, piece[:fits]
            gap, piece = "", piece[fits:]
        yield gap, piece
