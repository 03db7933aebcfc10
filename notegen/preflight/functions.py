"""PDF functions, as far as a preflight needs them: the colours that a shading runs through."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import count, pairwise
from typing import Any, TypeAlias

from notegen.preflight import objects

Function: TypeAlias = Callable[[float], list[float]]

STEPS = 32
"""Places at which a gradient's colour is looked at, ends included, besides those where it turns."""


PARTS = 1_000
"""Functions that one is put together of at most: those that hold each other would never end."""


def function(thing: Any, counter: Iterator[int] | None = None) -> Function | None:
    """Return a function of one number; None for kinds that are not known here (PostScript) or are broken.

    `counter` counts the functions that were read for the same whole.
    """
    counter = counter or count()
    kinds = {0: _sampled, 2: _exponential, 3: _stitched}
    kind = objects.number(objects.entry(thing, "/FunctionType"))
    if next(counter) > PARTS or kind is None or int(kind) not in kinds:
        return None
    try:
        return kinds[int(kind)](thing, counter)
    except (RecursionError, ValueError, TypeError, IndexError, ZeroDivisionError, OverflowError):
        return None


def gradient(thing: Any, domain: Sequence[float]) -> list[list[float]] | None:
    """Return the colours of a shading's `Function` entry (one function, or one for each component) along a domain."""
    parts = [function(one) for one in objects.items(thing)] or [function(thing)]
    known = [one for one in parts if one is not None]
    if len(known) != len(parts):
        return None
    low, high = domain[0], domain[1]
    places = [low + (high - low) * step / STEPS for step in range(STEPS + 1)]
    try:
        return [[value for one in known for value in one(at)] for at in places]
    except (ValueError, TypeError, IndexError, ZeroDivisionError, OverflowError):
        return None


def _exponential(thing: Any, _counter: Iterator[int]) -> Function:
    first = objects.numbers(objects.entry(thing, "/C0")) or [0.0]
    last = objects.numbers(objects.entry(thing, "/C1")) or [1.0]
    power = objects.number(objects.entry(thing, "/N")) or 1.0
    return lambda x: [a + math.pow(max(x, 0.0), power) * (b - a) for a, b in zip(first, last, strict=False)]


def _stitched(thing: Any, counter: Iterator[int]) -> Function | None:
    parts = [function(one, counter) for one in objects.items(objects.entry(thing, "/Functions"))]
    domain = objects.numbers(objects.entry(thing, "/Domain"), 2)
    bounds = objects.numbers(objects.entry(thing, "/Bounds")) or []
    encode = objects.numbers(objects.entry(thing, "/Encode")) or []
    known = [one for one in parts if one is not None]
    if domain is None or len(known) != len(parts) or not known or len(encode) < 2 * len(known):
        return None
    edges = [domain[0], *bounds, domain[1]]
    spans = list(pairwise(edges))

    def stitched(x: float) -> list[float]:
        index = min(sum(x >= one for one in bounds), len(known) - 1)
        low, high = spans[index]
        first, last = encode[2 * index : 2 * index + 2]
        share = (x - low) / (high - low) if high > low else 0.0
        return known[index](first + share * (last - first))

    return stitched


def _sampled(thing: Any, _counter: Iterator[int]) -> Function | None:
    size = objects.numbers(objects.entry(thing, "/Size"), 1)
    bits = objects.number(objects.entry(thing, "/BitsPerSample"))
    reach = objects.numbers(objects.entry(thing, "/Range"))
    data = objects.data(thing)
    if size is None or bits != 8 or reach is None or data is None:
        return None
    wide, samples = len(reach) // 2, int(size[0])
    domain = objects.numbers(objects.entry(thing, "/Domain"), 2) or [0.0, 1.0]

    def sampled(x: float) -> list[float]:
        share = (x - domain[0]) / (domain[1] - domain[0])
        at = max(0, min(samples - 1, round(share * (samples - 1))))
        row = data[at * wide : (at + 1) * wide]
        return [reach[2 * i] + value / 255 * (reach[2 * i + 1] - reach[2 * i]) for i, value in enumerate(row)]

    return sampled
