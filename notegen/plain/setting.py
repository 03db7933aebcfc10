"""Words of plain type become glyphs: each stretch in the first face that has its characters, shaped by HarfBuzz.

A line with letters that run from the right is put in order by the Unicode bidirectional algorithm first: the number of
a house in a Hebrew street runs from the left all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from notegen.plain import bidi
from notegen.plain.faces import Face, faces

_WORDS = re.compile(r"[^ 0-9]+ ?|[0-9] ?| ")
"""Words and digits, each with the space after it: numbers differ from page to page, and their digits do not."""


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one face from left to right: their numbers, advances (ems), and the text that each stands for.

    `offsets` are how far each stands from its place, right and up (ems). `text` is that of them all and `width` the sum
    of the advances.
    """

    face: Face
    text: str
    glyphs: tuple[int, ...]
    advances: tuple[float, ...]
    offsets: tuple[tuple[float, float], ...]
    texts: tuple[str, ...]
    width: float


@lru_cache(maxsize=4096)
def runs(text: str, strong: bool = False) -> tuple[Run, ...]:
    """Return a line of text as runs, from left to right; characters that no face has are the first face's .notdef.

    Words of a line that runs from the left, and digits, are runs of their own, since most of them come again on the
    next page.
    """
    if not bidi.is_plain(text):
        return tuple(_both_ways(text, strong))
    parts = ((face, word) for face, part in _parts(text, strong) for word in _WORDS.findall(part))
    return tuple(_shaped(face, word, None) for face, word in parts)


def _both_ways(text: str, strong: bool) -> Iterator[Run]:
    """Yield the runs of a line of which parts run from the right, as they stand from left to right (UAX 9, L2)."""
    levels = bidi.levels(text, bidi.base_level(text))
    parts: list[tuple[int, Face, str]] = []
    for level, group in groupby(zip(levels, text, strict=True), key=lambda pair: pair[0]):
        stretch = "".join(one for _, one in group)
        parts.extend((level, face, part) for face, part in _parts(stretch, strong))
    for least in range(max(levels), 0, -1):
        parts = [
            part
            for high, group in groupby(parts, key=lambda part: part[0] >= least)
            for part in (reversed(list(group)) if high else group)
        ]
    for level, face, part in parts:
        yield _shaped(face, part, "rtl" if level % 2 else "ltr")


def width(text: str, size: float, strong: bool = False) -> float:
    """Return the width of a line of text in mm at an em of `size` mm."""
    return size * sum(run.width for run in runs(text, strong))


def ink(text: str, size: float, strong: bool = False) -> tuple[float, float, float, float]:
    """Return how far the ink of a line reaches to the left, down, right and up of where its baseline begins, in mm.

    All nought for a line without ink.
    """
    boxes = list(_ink(text, strong))
    if not boxes:
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = zip(*boxes, strict=True)
    return size * min(left), size * min(bottom), size * max(right), size * max(top)


def _ink(text: str, strong: bool) -> Iterator[tuple[float, float, float, float]]:
    """Yield the box of each glyph that has ink, in ems."""
    along = 0.0
    for run in runs(text, strong):
        em = run.face.units
        for glyph, advance, (dx, dy) in zip(run.glyphs, run.advances, run.offsets, strict=True):
            box = run.face.shaper.get_glyph_extents(glyph)
            if box is not None and box.width:
                left, top = along + dx + box.x_bearing / em, dy + box.y_bearing / em
                yield left, top + box.height / em, left + box.width / em, top
            along += advance


def lacking(text: str) -> str:
    """Return the characters that no face of plain type has, each once, in their order."""
    first, *others = faces(False)
    odd = dict.fromkeys(one for one in text if ord(one) not in first.characters)
    return "".join(one for one in odd if not any(ord(one) in face.characters for face in others))


BOX = "□"
"""Stands for a character that plain type lacks."""


def shown(text: str) -> str:
    """Return a text with a box for each character that no face of plain type has."""
    missing = lacking(text)
    return text.translate({ord(one): BOX for one in missing}) if missing else text


def _parts(text: str, strong: bool) -> Iterator[tuple[Face, str]]:
    """Cut a text where the face changes; spaces stay with what is before them."""
    known = faces(strong)
    if known[0].characters.issuperset(map(ord, text)):
        yield from ((known[0], text),) if text else ()
        return
    chosen: list[Face] = []
    for one in text:
        if one == " " and chosen:
            chosen.append(chosen[-1])
        else:
            chosen.append(next((face for face in known if ord(one) in face.characters), known[0]))
    for face, group in groupby(zip(chosen, text, strict=True), key=lambda pair: pair[0]):
        yield face, "".join(one for _, one in group)


@lru_cache(maxsize=16384)
def _shaped(face: Face, text: str, direction: str | None) -> Run:
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    if direction is not None:
        buffer.direction = direction
    # Ligatures would give a copied address other letters than a postman's scanner reads.
    uharfbuzz.shape(face.shaper, buffer, {"liga": False, "clig": False})
    infos, positions, em = buffer.glyph_infos, buffer.glyph_positions, face.units
    starts = sorted({info.cluster for info in infos} | {len(text)})
    ends = dict(pairwise(starts))
    seen: set[int] = set()
    texts = []
    for info in infos:
        texts.append("" if info.cluster in seen else text[info.cluster : ends[info.cluster]])
        seen.add(info.cluster)
    advances = tuple(place.x_advance / em for place in positions)
    return Run(
        face,
        text,
        tuple(info.codepoint for info in infos),
        advances,
        tuple((place.x_offset / em, place.y_offset / em) for place in positions),
        tuple(texts),
        sum(advances),
    )
