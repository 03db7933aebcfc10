"""The habits of a hand as its file says them: whatever it leaves out is as the median of people does it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from notegen.errors import nearest
from notegen.hand.pens import Mistaken
from notegen.model.facts import Value
from notegen.model.hand import Habits

BOUNDS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "bend": (0.0, 0.3),
        "bounce": (0.0, 0.3),
        "slant": (0.0, 12.0),
        "height": (0.0, 0.16),
        "width": (0.0, 0.16),
        "gap": (0.0, 0.5),
        "line_slope": (0.0, 1.5),
        "pitch": (0.0, 0.15),
        "margin": (0.0, 3.0),
    }
)
"""Least and greatest value of each habit, in the units of `Habits`: beyond them, writing stops to look written."""

PAIRS: Mapping[str, tuple[float, float]] = MappingProxyType({"page_slope": (-3.0, 3.0), "drift": (-2.0, 2.0)})
"""The same for habits that have a mean and a spread between cards."""


def read(value: Value) -> Habits:
    """Return the habits that a mapping says; those it does not name are the usual ones.

    Raises Mistaken for what is no habit, or beyond its bounds.
    """
    if value is None:
        return Habits()
    if not isinstance(value, Mapping):
        raise Mistaken("habits must be a mapping", f"a hand's habits are: {', '.join(_names())}")
    single: dict[str, float] = {}
    double: dict[str, tuple[float, float]] = {}
    for key, one in value.items():
        if key in BOUNDS:
            single[key] = _number(key, one, *BOUNDS[key])
        elif key in PAIRS:
            double[key] = _pair(key, one, *PAIRS[key])
        else:
            near = nearest(key, _names())
            hint = f"did you mean '{near}'?" if near else f"a hand's habits are: {', '.join(_names())}"
            raise Mistaken(f"a hand has no habit '{key}'", hint, key)
    return Habits(**single, **double)  # type: ignore[arg-type]


def _names() -> list[str]:
    return [*BOUNDS, *PAIRS]


def _number(key: str, value: Value, least: float, greatest: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= greatest:
        raise Mistaken(f"habits.{key} must be a number from {least:g} to {greatest:g}", part=key)
    return float(value)


def _pair(key: str, value: Value, least: float, greatest: float) -> tuple[float, float]:
    if not isinstance(value, tuple) or len(value) != 2:
        wants = f"a mean and a spread, two numbers from {least:g} to {greatest:g}"
        raise Mistaken(f"habits.{key} must be {wants}", part=key)
    mean, spread = value
    return _number(key, mean, least, greatest), _number(key, spread, 0.0, greatest)
