"""What the form asks for: letters, digits, marks, pairs, words to copy and a signature."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase, digits

from notegen.model.form import CellKind


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form under one heading: labels, `across` to a row, each with `slots` cells.

    `label_width` is what a printed label takes to the left of its cells, `gap` the white after them, mm. `height` is a
    row's (None: the usual). A section that is not `ruled` has frames in place of ticks. `text` is printed above.
    `name` is what the cells are called when they do not carry their labels.
    """

    title: str
    hint: str
    kind: CellKind
    labels: tuple[str, ...]
    slots: int
    across: int
    label_width: float = 5.5
    gap: float = 1.5
    height: float | None = None
    ruled: bool = True
    text: tuple[str, ...] = ()
    name: str = ""


MARKS = tuple(".,;:!?'\"-–—()&@#$%/+=*€£")

PAIRS = tuple("ee ll ss tt oo ff rr nn th he in er an re on at ou ng st wh or be qu ay".split())
"""The doubles that meet the eye most, and joins that come most often in English letters (after Norvig's counts)."""

SENTENCES = (
    "The quick brown fox jumps over the lazy dog, and the dog does not mind.",
    "Jackdaws love my big sphinx of quartz.",
    "Thank you for coming in on Saturday, and for the kind letter that you and the children wrote.",
    "The bicycle is ready and the new bell is on it; call me at the shop when you want to come and see it.",
)
"""Two pangrams and two natural sentences; "the", "and" and "you" come again, so that their widths can be compared."""

PASSAGE, SIGNATURE = "passage", "signature"


def sections(letters: str) -> tuple[Section, ...]:
    """Return what the form asks for, in order, with the extra letters at its end."""
    usual = (
        Section("Small letters", "four times each", CellKind.LETTER, tuple(ascii_lowercase), 4, 3),
        Section("Digits", "twice each", CellKind.DIGIT, tuple(digits), 2, 5),
        Section("Capitals", "four times each", CellKind.LETTER, tuple(ascii_uppercase), 4, 3),
        Section("Marks", "twice each, where they belong to the line", CellKind.MARK, MARKS, 2, 6),
        Section("Pairs", "as you join them, or do not", CellKind.PAIR, PAIRS, 1, 8, label_width=6.5),
        Section(
            "Words to copy",
            "below, as you would write them in a letter; it need not all fit",
            CellKind.PASSAGE,
            (PASSAGE,),
            1,
            1,
            label_width=0,
            gap=-2.0,
            height=94,
            ruled=False,
            text=SENTENCES,
            name=PASSAGE,
        ),
        Section(
            "Signature",
            "twice, inside the frames; leave blank if no card needs it",
            CellKind.SIGNATURE,
            (SIGNATURE,),
            2,
            1,
            label_width=0,
            gap=-2.0,
            height=34,
            ruled=False,
            name=SIGNATURE,
        ),
    )
    if not letters:
        return usual
    more = Section("More letters", "twice each", CellKind.ACCENTED, tuple(letters), 2, 5)
    return (*usual, more)
