"""How often Python looks for values that hold each other and nobody else holds."""

from __future__ import annotations

import gc
from typing import Final

EVERY: Final = 20_000
"""New values after which it looks.

At Python's own 700 a batch of 1,000 cards takes a tenth to a fifth more CPU, since rules, fonts and facts are looked
through again and again; next to nothing is found, and at this number the peak of memory is the same within 2 MiB.
"""


def look_seldom() -> None:
    """Look for such values less often, in a process that is of notegen alone."""
    gc.set_threshold(EVERY, 20, 20)
