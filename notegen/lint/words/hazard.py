"""Expressions that could take for ever: refused before they meet a letter.

Two things make matching blow up: repeats inside repeats, and repeats that overlap. The first can be seen in the
expression, as can rounds that may be empty. The second is tried: texts made of its own examples and of its own letters
grow in small steps, and the trial ends at the first step that takes long, so that the trial itself cannot hang.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from typing import Any, Final

from notegen.lint.words.needs import parsed

LONGEST_PATTERN: Final = 4_000
SLOW: Final = 0.05
"""Seconds for one short text: thousands of times what an expression needs."""
_STEPS: Final = (*range(1, 33), 64, 128, 256, 512, 1024)
_REPEATS: Final = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_MANY: Final = 50
"""A repeat that may go round so often counts as one without end."""
_FEW: Final = 3
"""Rounds that may be empty without harm."""


def danger(pattern: str, examples: Iterable[str]) -> str | None:
    """Return why a pattern that compiles must not be used, or None."""
    if len(pattern) > LONGEST_PATTERN:
        return f"it is longer than {LONGEST_PATTERN:,} characters"
    depths = list(unbounded(parsed(pattern)))
    if max(depths, default=0) > 0:
        return "a repeat without end stands inside another"
    if any(_empties(parsed(pattern))):
        return "it repeats what may be nothing"
    if depths or _varied(parsed(pattern)):
        return _tried(re.compile(pattern, re.IGNORECASE | re.MULTILINE), pattern, examples)
    return None


def unbounded(parts: Any, above: int = 0) -> Iterator[int]:
    """Yield, for each repeat without end, how many repeats without end are around it."""
    for operator, value in parts:
        if str(operator) in _REPEATS:
            endless = value[1] > _MANY and len(value[2]) > 0
            if endless:
                yield above
            yield from unbounded(value[2], above + (endless and not _is_single(value[2])))
        else:
            for inner in _inner(str(operator), value):
                yield from unbounded(inner, above)


def _empties(parts: Any) -> Iterator[bool]:
    """Yield, for each repeat that goes round often, whether a round of it may be empty."""
    for operator, value in parts:
        if str(operator) in _REPEATS:
            yield value[1] > _FEW and value[2].getwidth()[0] == 0
            yield from _empties(value[2])
        else:
            for inner in _inner(str(operator), value):
                yield from _empties(inner)


def _is_single(parts: Any) -> bool:
    return len(parts) == 1 and str(parts[0][0]) in ("LITERAL", "NOT_LITERAL", "IN", "ANY")


def _inner(operator: str, value: Any) -> Iterator[Any]:
    if operator == "SUBPATTERN":
        yield value[3]
    elif operator == "BRANCH":
        yield from value[1]
    elif operator in ("ASSERT", "ASSERT_NOT"):
        yield value[1]


def _varied(parts: Any) -> bool:
    """Return whether some repeat repeats what can be read in several ways."""
    for operator, value in parts:
        if str(operator) in _REPEATS:
            if value[1] > 1 and not _is_single(value[2]):
                return True
            if _varied(value[2]):
                return True
        elif any(_varied(inner) for inner in _inner(str(operator), value)):
            return True
    return False


def _tried(expression: re.Pattern[str], pattern: str, examples: Iterable[str]) -> str | None:
    for seed in dict.fromkeys(_seeds(pattern, examples)):
        for length in _STEPS:
            text = (seed * (length // len(seed) + 1))[:length] + "\N{SNOWMAN}"
            began = time.perf_counter()
            for _ in expression.finditer(text):
                pass
            if time.perf_counter() - began > SLOW and not _is_fast_now(expression, text):
                return f"{length:,} characters like {seed[:20]!r} take it too long"
    return None


def _is_fast_now(expression: re.Pattern[str], text: str) -> bool:
    """Return whether a second look is fast: a busy machine is no fault of the expression."""
    began = time.perf_counter()
    for _ in expression.finditer(text):
        pass
    return time.perf_counter() - began <= SLOW


def _seeds(pattern: str, examples: Iterable[str]) -> Iterator[str]:
    """Yield what the growing texts are made of."""
    letters = dict.fromkeys(character for character in pattern if character.isalnum() or character == " ")
    yield from (*tuple(letters)[:12], "a", "a ", "1", " ")
    for example in examples:
        yield from (example[: len(example) // 2] or "a", f"{example[:-1] or 'a'} ")
