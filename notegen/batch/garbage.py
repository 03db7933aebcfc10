"""How often Python looks for values that hold each other and nobody else holds."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

EVERY: Final = 100_000
"""New values after which it looks.

At Python's own 700 a batch of 1,000 cards takes a tenth to a fifth more CPU, since rules, fonts and facts are looked
through again and again. Next to nothing is found, for nothing of a gang holds itself: of 2,500 cards a look at every
20,000 values took 35 µs each, at this number 20 (the gang that is being done is not looked through), and the peak of
memory was the same within 1 MiB.
"""


@contextmanager
def seldom() -> Iterator[None]:
    """Look for such values less often while a batch is done, and then as often as before.

    Whoever runs notegen's commands in a process of their own may make such values, and large ones.
    """
    before = gc.get_threshold()
    gc.set_threshold(EVERY, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)
