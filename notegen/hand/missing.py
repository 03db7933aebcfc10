"""Characters that a hand cannot write: which, from where, and who could."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from notegen.hand import book as books
from notegen.hand import coverage, face, hands, pools
from notegen.hand.codes import NOTHING_TO_WRITE, UNKNOWN_CHARACTER
from notegen.hand.fallbacks import fallbacks
from notegen.hand.shape import Shaper
from notegen.hand.slots import RELATIVES
from notegen.model.diagnostic import Diagnostic
from notegen.model.hand import Hand
from notegen.model.note import Note, Piece

SHOWN = 4
"""Characters that one message names before it counts the rest."""
_JOINERS = frozenset("\u200d\ufe0e\ufe0f")


def unwritable(note: Note, hand: Hand, shaper: Shaper) -> tuple[Diagnostic, ...]:
    """Return an error for each piece of the note that has characters without a shape, and one for an empty note."""
    found = list(_found(note, hand, shaper))
    if shaper.is_blank(note.text):
        found.append(_empty(note, hand))
    return tuple(found)


def is_silent(character: str) -> bool:
    """Whether a character leaves no ink in any hand: spaces, and controls such as a soft hyphen."""
    return character.isspace() or unicodedata.category(character) in {"Zs", "Cf", "Cc"} or character in _JOINERS


def _empty(note: Note, hand: Hand) -> Diagnostic:
    return Diagnostic(
        NOTHING_TO_WRITE.code,
        NOTHING_TO_WRITE.severity,
        f"there is nothing in this note that {hand.name} can write",
        span=note.pieces[0].origin if note.pieces else None,
        hint=f"look at what the template '{note.template}' prints for this customer",
        note=note.key,
    )


def _found(note: Note, hand: Hand, shaper: Shaper) -> Iterator[Diagnostic]:
    by_piece: dict[Piece | None, list[str]] = {}
    for offset, character in _lacking(note.text, shaper):
        characters = by_piece.setdefault(note.piece_at(offset), [])
        if character not in characters:
            characters.append(character)
    for piece, characters in by_piece.items():
        yield Diagnostic(
            UNKNOWN_CHARACTER.code,
            UNKNOWN_CHARACTER.severity,
            f"{hand.name} cannot write {_listed(characters)}{_origin(piece)}",
            span=piece.origin if piece else None,
            hint=_hint(tuple(characters)),
            note=note.key,
        )


def _lacking(text: str, shaper: Shaper) -> Iterator[tuple[int, str]]:
    """Return the characters without a shape and their places; a letter and its marks count as one when they compose."""
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        for character in unicodedata.normalize("NFC", text[start:end]):
            if not shaper.writes(character) and not is_silent(character):
                yield start, character
        start = end


def _listed(characters: list[str]) -> str:
    names = [
        f"U+{ord(character):04X} {unicodedata.name(character, 'a character without a name')}"
        for character in characters[:SHOWN]
    ]
    more = len(characters) - SHOWN
    if more > 0:
        return f"{', '.join(names)} and {more} more characters"
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def _origin(piece: Piece | None) -> str:
    return f" (from {', '.join(piece.reads)})" if piece and piece.reads else ""


def _hint(lacking: tuple[str, ...]) -> str:
    able = hands_with(frozenset(lacking))
    if able:
        return f"{_some(able)} can: choose another hand, or write it otherwise"
    parts = [f"{_some(able)} {'have' if len(able) > 1 else 'has'} {one}" for one in lacking if (able := _having(one))]
    if parts:
        return f"no bundled hand has all of them: {'; '.join(parts[:SHOWN])}"
    if any(unicodedata.bidirectional(character) in {"R", "AL"} for character in lacking):
        return "no bundled hand writes this script, which runs from right to left, yet; write the name in Latin letters"
    if any(unicodedata.category(character) == "So" for character in lacking):
        return "no bundled hand draws it; take it out, or draw it with a pen once the card is printed"
    return "no bundled hand can write it yet; write it in Latin letters, or add a hand of your own that has it"


def hands_with(wanted: frozenset[str]) -> tuple[str, ...]:
    """Return the bundled hands that can write all of some characters: those meant for their scripts, if there are any.

    A font's letters for a script that its hand is not meant for may look set in type.
    """
    able = [hand for hand in hands.builtin() if wanted <= characters(hand)]
    scripts = {script for character in wanted if (script := coverage.script_of(character))}
    meant = [hand for hand in able if any(coverage.is_for(hand.scripts, script) for script in scripts)]
    return tuple(hand.name for hand in meant or able)


def lent(hand: Hand) -> frozenset[str]:
    """Return what the hands beside a hand write for it: each the letters of its script, and signs of no script."""
    each = (_of_script(str(books.font_path(one.font)), one.face_index, one.script) for one in fallbacks(hand))
    return frozenset().union(*each)


@lru_cache(maxsize=64)
def _of_script(font: str, face_index: int, script: str) -> frozenset[str]:
    """Return the characters of a font that are of a script or of none."""
    every = _read_characters(font, face_index)
    return frozenset(character for character in every if _is_of(script, coverage.script_of(character)))


def _is_of(meant: str, script: str) -> bool:
    return not script or not meant or coverage.is_for((meant,), script)


def _having(character: str) -> tuple[str, ...]:
    return hands_with(frozenset((character,)))


def _some(names: tuple[str, ...]) -> str:
    more = len(names) - SHOWN
    return f"{', '.join(names[:SHOWN])} and {more} more" if more > 0 else ", ".join(names)


def characters(hand: Hand) -> frozenset[str]:
    """Return what the font of a hand can write; raises UnreadableFile."""
    return _read_characters(str(pools.font_path(hand)), hand.face_index)


@lru_cache(maxsize=32)
def _read_characters(font: str, index: int) -> frozenset[str]:
    """Return what a font can write, with the characters that relatives stand in for."""
    own = face.characters_of(face.font_bytes(Path(font)), index, font)
    lent = {
        character
        for character, relatives in RELATIVES.items()
        if any(all(part in own for part in relative) for relative in relatives)
    }
    return frozenset(own | lent)
