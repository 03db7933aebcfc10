"""How much a template may do: counted, never timed, so that the same note always ends the same way."""

from __future__ import annotations

import operator
from collections.abc import Callable
from itertools import chain
from typing import Any, Final

from notegen.compose.rope import LONGEST, TooLong, limit

FUEL: Final = 1_000_000
STEP: Final = 100
"""A turn of a loop or a call costs STEP of FUEL, so there are 10,000 in all; a filter costs the length it reads."""

MANY: Final = 10_000
"""Items that a list may have, and the largest number a method of text may be given (a width, a count)."""

_BITS: Final = 2_000
"""A whole number beyond 2^2000 is nobody's price."""


class TooMuch(Exception):
    """The template does more than any note needs."""


class Fuel:
    """What is left of the work that one render may do."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = FUEL

    def burn(self, amount: int) -> None:
        """Use some up, or raise TooMuch."""
        self.left -= amount
        if self.left < 0:
            raise TooMuch("this template goes round and round: more than 10,000 turns of its loops and calls")


def size(value: Any) -> int:
    """Return the length of a value that has one, else 1."""
    return len(value) if hasattr(type(value), "__len__") else 1


def weight(value: Any, most: int) -> int:
    """Return how many values a list or record of lists and records holds at all depths; counting ends beyond `most`.

    A list that holds another twice counts it twice, as whoever compares or walks it does.
    """
    found = 0
    waiting = [value]
    while waiting and found <= most:
        one = waiting.pop()
        found += 1
        if isinstance(one, dict):
            waiting.extend(chain(one, one.values()))
        elif isinstance(one, (list, tuple)):
            waiting.extend(one)
    return found


def bounded_range(*args: int) -> range:
    """Return a range, or raise TooMuch for one of more than MANY numbers."""
    made = range(*args)
    if len(made[: MANY + 1]) > MANY:
        raise TooMuch(f"a range of more than {MANY:,} numbers")
    return made


def _times(left: Any, right: Any) -> Any:
    for many, thing in ((left, right), (right, left)):
        if isinstance(many, int) and isinstance(thing, str):
            limit(many * len(thing))
        elif isinstance(many, int) and isinstance(thing, (list, tuple)) and many * len(thing) > MANY:
            raise TooMuch(f"a list of more than {MANY:,} items")
    return _number(operator.mul(left, right))


def _power(left: Any, right: Any) -> Any:
    if isinstance(left, int) and isinstance(right, int) and left.bit_length() * right > _BITS:
        raise TooMuch("a number too large to write down")
    return operator.pow(left, right)


def _plus(left: Any, right: Any) -> Any:
    if isinstance(left, (list, tuple)) and size(left) + size(right) > MANY:
        raise TooMuch(f"a list of more than {MANY:,} items")
    return _number(operator.add(left, right))


def _number(value: Any) -> Any:
    if isinstance(value, int) and value.bit_length() > _BITS:
        raise TooMuch("a number too large to write down")
    return value


OPERATORS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "+": _plus,
    "-": operator.sub,
    "*": _times,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": _power,
}

__all__ = [
    "FUEL",
    "LONGEST",
    "MANY",
    "OPERATORS",
    "STEP",
    "Fuel",
    "TooLong",
    "TooMuch",
    "bounded_range",
    "size",
    "weight",
]
