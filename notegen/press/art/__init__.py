"""Pictures for cards: what a file is and whether it can be printed, and how it is drawn."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from notegen.press.art.codes import RULES

if TYPE_CHECKING:
    from notegen.model.art import Art
    from notegen.model.diagnostic import Checked, Diagnostic
    from notegen.model.purpose import Condition

__all__ = ["RULES", "ink_faults", "look"]


def look(path: Path, page: int = 0) -> Checked[Art]:
    """Look at a PDF, PNG, JPEG or SVG file, told by its content: its size in mm, and whatever keeps it off a card.

    `page` (from 0) is of a PDF. Nothing in the file is passed over in silence: what cannot be drawn is an error that
    names it. Raises UnreadableFile for what is missing, a folder or not permitted.
    """
    from notegen.press.art import looking

    return looking.look(path, page)


def ink_faults(art: Art, condition: Condition) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the ink of a picture under a printing condition: more of it than the paper bears.

    Colours that are converted stay below the limit by themselves; this is about a picture's own CMYK.
    """
    from notegen.press.art import looking

    return looking.ink_faults(art, condition)
