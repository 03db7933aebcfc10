"""Lengths in words, in millimetres and in inches."""

from __future__ import annotations


def mm(*lengths: float) -> str:
    """Return lengths as "139.7 x 107.95 mm"."""
    return f"{' x '.join(f'{round(length, 3) + 0.0:g}' for length in lengths)} mm"


def both(*lengths: float) -> str:
    """Return lengths as "139.7 x 107.95 mm (5.5 x 4.25 in)"."""
    inches = " x ".join(f"{round(length / 25.4, 3) + 0.0:g}" for length in lengths)
    return f"{mm(*lengths)} ({inches} in)"
