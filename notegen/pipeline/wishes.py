"""What the command line asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks for; it wins over the customer, the template and the shop, in that order.

    `inline` is False when comments in files may allow nothing.
    """

    hand: str | None = None
    stock: str | None = None
    locale: str | None = None
    seed: int | None = None
    today: date | None = None
    inline: bool = True
