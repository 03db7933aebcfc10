"""How often Python looks for values that hold each other and nobody else holds."""

from __future__ import annotations

import gc
from typing import Final

EVERY: Final = 100_000
"""New values after which it looks.

At Python's own 700 a batch of 1,000 cards takes a tenth to a fifth more CPU, since rules, fonts and facts are looked
through again and again. Next to nothing is found, for nothing of a gang holds itself: of 2,500 cards a look at every
20,000 values took 35 µs each, at this number 20 (the gang that is being done is not looked through), and the peak of
memory was the same within 1 MiB.
"""


def look_seldom() -> None:
    """Look for such values less often, in a process that is of notegen alone."""
    gc.set_threshold(EVERY, 20, 20)
