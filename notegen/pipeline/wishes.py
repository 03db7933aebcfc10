"""What the command line asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from notegen.model.room import Signing


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks for; it wins over the customer, the template and the shop, in that order.

    `pen`, `ink` and `tidiness` are words such as `gel 0.4`, `sepia spot`, `neat`. `tints` is False for a press without
    screens, True for one with them, whatever the shop says. `signature` is an SVG file to sign with, `sign` who signs.
    `inline` is False when comments in files may allow nothing.
    """

    hand: str | None = None
    stock: str | None = None
    pen: str | None = None
    ink: str | None = None
    tidiness: str | None = None
    tints: bool | None = None
    signature: Path | None = None
    sign: Signing | None = None
    locale: str | None = None
    seed: int | None = None
    today: date | None = None
    inline: bool = True
