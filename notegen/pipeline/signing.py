"""Sign it yourself: the printed name is left out, and room is kept for a wet signature and for a line by hand.

The name alone goes. What stands below it (a title, the shop's name) and a postscript are printed as ever, so that the
room is exactly where the name would have been; the line by hand has its place below all of that, before a postscript.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from notegen.errors import NotegenError
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.note import Block, Note, Role
from notegen.model.room import Signing, Space, Use

if TYPE_CHECKING:
    from notegen.pipeline.wishes import Wishes
    from notegen.settings import Settings

SIGNATURE = Space(Use.SIGNATURE, 14.0)
"""Room for a name with its loops, by judgement: about four lines of small writing."""

LINE = Space(Use.LINE, 9.0)
"""Room for one line of writing by hand, by judgement: a little more than ruled paper has (7 to 8 mm)."""

NOBODY = "S110"


def signing_of(shop: Settings, wishes: Wishes) -> Signing:
    """Return who signs: what the command says wins; a drawing that it names to sign with means that it is printed.

    Raises NotegenError when the command asks for both.
    """
    if wishes.sign is Signing.YOURSELF and wishes.signature is not None:
        raise NotegenError(
            "a card is signed with a drawing or by yourself, not both", hint="leave out --signature or --sign-yourself"
        )
    if wishes.sign is not None:
        return wishes.sign
    return Signing.PRINTED if wishes.signature is not None else shop.sign


def unsigned(note: Note) -> Note:
    """Return a note without the name at its end, with room for a signature there and for a line by hand."""
    blocks = note.blocks
    name = next((number for number, block in enumerate(blocks) if block.role is Role.SIGNATURE), None)
    if name is None:
        return replace(note, parts=_with_room(blocks, _anchor(blocks)))
    gone = blocks[name]
    start = len(note.text[: gone.start].rstrip())
    cut = gone.end - start
    rest = [replace(one, start=one.start - cut, end=one.end - cut) for one in blocks[name + 1 :]]
    parts = (*blocks[:name], *rest)
    text = note.text[:start] + note.text[gone.end :]
    return replace(note, text=text, pieces=(), parts=_with_room(parts, min(max(name - 1, 0), len(parts) - 1)))


def unsigned_finding(note: Note) -> tuple[Diagnostic, ...]:
    """Say when a note has no name to leave out: the room is then kept below its last line."""
    if any(block.role is Role.SIGNATURE for block in note.blocks):
        return ()
    message = "no line of its own at the end of the note has a name, so none is left out for the signature"
    hint = "end the template with a closing and, below it, `{{ shop.signer }}`"
    return (Diagnostic(NOBODY, Severity.WARNING, message, hint=hint, note=note.key),)


def _anchor(blocks: Sequence[Block]) -> int:
    """Return the number of the last part that is no postscript."""
    return max((number for number, block in enumerate(blocks) if block.role is not Role.POSTSCRIPT), default=0)


def _with_room(blocks: Sequence[Block], signed: int) -> tuple[Block, ...]:
    """Return the parts with room for the signature below one of them and for a line below the last of the ending."""
    parts = list(blocks)
    for number, space in ((signed, SIGNATURE), (_anchor(blocks), LINE)):
        if parts:
            parts[number] = replace(parts[number], below=(*parts[number].below, space))
    return tuple(parts)
