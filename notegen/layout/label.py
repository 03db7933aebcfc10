"""Labels: an address or the sender on one label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from notegen.layout.address_block import cleaned, fit, no_address, no_letters
from notegen.layout.mail_codes import TOO_LONG
from notegen.model.diagnostic import Checked, Diagnostic, Severity
from notegen.model.piece import Piece

POINT: Final = 25.4 / 72

ADDRESS: Final = 8 * POINT, 12 * POINT
"""Ems of an address, mm: the United States Postal Service reads 8 point and more."""

SENDER: Final = 5.5 * POINT, 9 * POINT
"""Ems of a return address, mm, which no machine needs to read."""

MARGIN: Final = 3.175, 2.0
"""White at the sides, and above and below, mm: Deutsche Post asks for 3 mm beside the address, and a printer that is a
millimetre off still stays on the label."""

SMALL: Final = 15.0
"""Height in mm below which a label has half the white above and below."""


def label(key: str, lines: Sequence[str], size: tuple[float, float], sizes: tuple[float, float]) -> Checked[Piece]:
    """Return a label of (width, height) mm with lines ranged left in the middle of its height; errors when too full."""
    kept = cleaned(lines)
    found = (no_address(key),) if len(kept) < 2 else tuple(no_letters(key, kept))
    if found:
        return Checked(None, found)
    aside, above = MARGIN[0], MARGIN[1] if size[1] >= SMALL else MARGIN[1] / 2
    block = fit(kept, size[0] - 2 * aside, size[1] - 2 * above, sizes)
    if block is None:
        width, height = (f"{length:g}" for length in (round(one, 1) for one in size))
        message = f"the {len(kept)} lines of the address do not fit on a label of {width} x {height} mm"
        hint = "leave out what the post does not need, or take larger labels"
        return Checked(None, (Diagnostic(TOO_LONG, Severity.ERROR, message, hint=hint, note=key),))
    return Checked(Piece(key, size, block.words(aside, (size[1] + block.height) / 2)))
