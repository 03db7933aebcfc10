"""What a note is for: declared by its template, or gathered from the occasion and the words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from notegen.lint.reading import Reading
from notegen.lint.talk import spoken
from notegen.model.note import Role

ASKING: Final = frozenset({"check-in", "offer", "other"})
"""Purposes that a template may declare under which somebody who said that they are happy may be asked for a word."""
THANKING: Final = frozenset({"thanks", "referral-thanks"})
FESTIVE: Final = frozenset({"anniversary", "birthday"})

_OCCASIONS: Final = (
    ("birthday", r"birthday"),
    ("anniversary", r"anniversar|\byears? (?:later|after|on|ago)\b|a year"),
    ("apology", r"problem|complaint|apolog|sorry|went wrong|put right|mistake"),
    ("referral-thanks", r"referr|recommend|because of them|on (?:their|your) word"),
    ("offer", r"\boffer|\bsale event|promotion|invit"),
    ("thanks", r"thank|day of the (?:sale|signing|delivery)|gratitude|appreciat"),
    ("check-in", r"check|week|month|later|how (?:it|they)"),
)
"""Purposes by what a template says of its occasion, the surest first."""
_MOVES: Final = (
    ("birthday", "birthday"),
    ("anniversary", "anniversary"),
    ("apology", "apology"),
    ("thanks", "thanks"),
)
"""Purposes by what the words of a note do."""

_APART: Final = frozenset({Role.DATE, Role.GREETING, Role.SIGNATURE})
_BREAK: Final = re.compile(r"[.!?…][\"')”’]*\s+|\n\s*\n")
"""Where one sentence ends and the next begins."""
LONGEST: Final = 1000
"""Characters before and after a place that are looked at for the ends of its sentence."""


def purpose_of(reading: Reading) -> str | None:
    """Return what a note is for, one of model.template.PURPOSES, or None when nothing says so."""
    template = reading.context.template
    if template is not None and template.purpose:
        return template.purpose
    occasion = template.occasion if template is not None else None
    purpose = _purpose_in(occasion) if occasion else None
    return purpose or next((purpose for purpose, move in _MOVES if said(reading, move)), None)


@lru_cache(maxsize=256)
def _purpose_in(occasion: str) -> str | None:
    return next((purpose for purpose, said in _OCCASIONS if re.search(said, occasion, re.IGNORECASE)), None)


def declared(reading: Reading) -> str | None:
    """Return the purpose that the template declares."""
    return reading.context.template.purpose if reading.context.template is not None else None


def said(reading: Reading, move: str) -> tuple[tuple[int, int], ...]:
    """Return where a note makes a move, outside its greeting, date and signature."""
    if not reading.moves:
        reading.moves.update(_spoken(reading))
    return reading.moves.get(move, ())


def _spoken(reading: Reading) -> dict[str, tuple[tuple[int, int], ...]]:
    found = spoken(reading.plain)
    apart = [block for block in reading.blocks if block.role in _APART] if found else []
    return {"": ()} | {
        move: tuple(
            (start, end) for start, end in spans if not any(one.start < end and start < one.end for one in apart)
        )
        for move, spans in found.items()
    }


def sentence_at(text: str, offset: int) -> tuple[int, int]:
    """Return where the sentence that holds a character begins and ends."""
    first = max(0, offset - LONGEST)
    start = max(
        (match.end() for match in _BREAK.finditer(text, first, offset + 1) if match.end() <= offset), default=first
    )
    after = _BREAK.search(text, offset, offset + LONGEST)
    return start, after.start() + len(after[0].rstrip()) if after is not None else min(len(text), offset + LONGEST)
