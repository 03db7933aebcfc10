"""Text that knows, run by run, which characters of a template and which facts it came from.

A `Rope` is a `str` whose methods keep its runs, so that Jinja's own filters, written for strings, keep them as well.
What cannot be followed (a filter that returns a plain string) is aligned afterwards, in `align`.
"""

from __future__ import annotations

import operator
import string
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from notegen.model.note import Trust
from notegen.model.source import Span

LONGEST: Final = 8_000
"""Characters beyond which no text of a template may grow: a card holds about 1,000."""


class Mark(NamedTuple):
    """What a run came from: the template's characters (None until it is printed), the facts, and how sure that is."""

    origin: Span | None
    reads: tuple[str, ...] = ()
    trust: Trust = Trust.EXACT


Run: TypeAlias = tuple[int, int, Mark, int]
"""Start and end in the rope, the mark, and the source offset of the first character (-1 when there is no such)."""

UNMARKED: Final = Mark(None)

_text: Final = str.__new__
_tuple: Final = tuple.__new__


class TooLong(Exception):
    """A text would grow beyond LONGEST."""


def limit(length: int) -> None:
    """Raise TooLong for a text of this many characters."""
    if length > LONGEST:
        raise TooLong(f"a text of {length:,} characters" if length < 10**12 else "an endless text")


class Rope(str):
    """Characters with runs that cover them exactly, in order, none empty."""

    __slots__ = ("_runs",)
    _runs: tuple[Run, ...]

    def __new__(cls, text: str, runs: tuple[Run, ...]) -> Rope:
        """Join characters with their runs."""
        self = str.__new__(cls, text)
        self._runs = runs
        return self

    def __str__(self) -> str:
        return self

    def __add__(self, other: Any) -> Any:
        return concat((self, other)) if isinstance(other, str) else NotImplemented

    def __radd__(self, other: Any) -> Any:
        return concat((other, self)) if isinstance(other, str) else NotImplemented

    def __mul__(self, times: Any) -> Any:
        if not isinstance(times, int):
            return NotImplemented
        limit(len(self) * times)
        return concat([self] * times)

    __rmul__ = __mul__

    def __mod__(self, values: Any) -> Any:
        from notegen.compose.formatting import percent

        return percent(self, values)

    def __getitem__(self, key: Any) -> Rope:
        if not isinstance(key, slice):
            index = operator.index(key)
            index += len(self) if index < 0 else 0
            if not 0 <= index < len(self):
                raise IndexError("string index out of range")
            return cut(self, index, index + 1)
        start, stop, step = key.indices(len(self))
        if step == 1:
            return cut(self, start, max(start, stop))
        return concat([cut(self, i, i + 1) for i in range(start, stop, step)])

    def __iter__(self) -> Iterator[str]:
        return (cut(self, i, i + 1) for i in range(len(self)))

    def upper(self) -> Rope:
        """As str.upper."""
        return recased(self, str.upper)

    def lower(self) -> Rope:
        """As str.lower."""
        return recased(self, str.lower)

    def casefold(self) -> Rope:
        """As str.casefold."""
        return recased(self, str.casefold)

    def title(self) -> Rope:
        """As str.title."""
        return recased(self, str.title)

    def capitalize(self) -> Rope:
        """As str.capitalize."""
        return recased(self, str.capitalize)

    def swapcase(self) -> Rope:
        """As str.swapcase."""
        return recased(self, str.swapcase)

    def strip(self, chars: str | None = None, /) -> Rope:
        """As str.strip."""
        return self.lstrip(chars).rstrip(chars)

    def lstrip(self, chars: str | None = None, /) -> Rope:
        """As str.lstrip."""
        return cut(self, len(self) - len(str.lstrip(self, chars)), len(self))

    def rstrip(self, chars: str | None = None, /) -> Rope:
        """As str.rstrip."""
        return cut(self, 0, len(str.rstrip(self, chars)))

    def removeprefix(self, prefix: str, /) -> Rope:
        """As str.removeprefix."""
        return cut(self, len(prefix) if self.startswith(prefix) else 0, len(self))

    def removesuffix(self, suffix: str, /) -> Rope:
        """As str.removesuffix."""
        return cut(self, 0, len(self) - len(suffix)) if suffix and self.endswith(suffix) else cut(self, 0, len(self))

    def join(self, items: Iterable[str], /) -> Rope:
        """As str.join."""
        parts: list[str] = []
        for item in items:
            if not isinstance(item, str):
                raise TypeError(f"expected text, found {type(item).__name__}")
            parts += (self, item) if parts else (item,)
        return concat(parts)

    def replace(self, old: str, new: str, count: Any = -1, /) -> Rope:
        """As str.replace."""
        limit(len(self) + max(0, len(new) - len(old)) * str.count(self, old))
        parts: list[str] = []
        at = 0
        for start in _places(self, old, count):
            parts += (cut(self, at, start), new)
            at = start + len(old)
        return concat([*parts, cut(self, at, len(self))])

    def split(self, sep: str | None = None, maxsplit: Any = -1) -> list[str]:
        """As str.split."""
        return _located(self, str.split(self, sep, maxsplit), sep)

    def rsplit(self, sep: str | None = None, maxsplit: Any = -1) -> list[str]:
        """As str.rsplit."""
        return _located(self, str.rsplit(self, sep, maxsplit), sep)

    def splitlines(self, keepends: bool = False) -> list[str]:
        """As str.splitlines."""
        found: list[str] = []
        at = 0
        for kept, bare in zip(str.splitlines(self, True), str.splitlines(self), strict=True):
            found.append(cut(self, at, at + len(kept if keepends else bare)))
            at += len(kept)
        return found

    def partition(self, sep: str, /) -> tuple[str, str, str]:
        """As str.partition."""
        return self._parts(str.partition(self, sep))

    def rpartition(self, sep: str, /) -> tuple[str, str, str]:
        """As str.rpartition."""
        return self._parts(str.rpartition(self, sep))

    def _parts(self, plain: tuple[str, str, str]) -> tuple[str, str, str]:
        first = len(plain[0])
        second = first + len(plain[1])
        return cut(self, 0, first), cut(self, first, second), cut(self, second, len(self))

    def center(self, width: Any, fill: str = " ", /) -> Rope:
        """As str.center."""
        return self._padded(str.center, width, fill)

    def ljust(self, width: Any, fill: str = " ", /) -> Rope:
        """As str.ljust."""
        return self._padded(str.ljust, width, fill)

    def rjust(self, width: Any, fill: str = " ", /) -> Rope:
        """As str.rjust."""
        return self._padded(str.rjust, width, fill)

    def _padded(self, method: Callable[[str, Any, str], str], width: Any, fill: str) -> Rope:
        limit(width)
        length = max(len(self), width)
        # Where the text begins depends on the parities of both widths, so ask str itself.
        probe = method("\0" * len(self), width, "\1")
        before = probe.find("\0") if self else length
        pad = method("", length - len(self), fill)
        return concat((pad[:before], self, pad[before:]))

    def zfill(self, width: Any, /) -> Rope:
        """As str.zfill."""
        limit(width)
        zeros = "0" * max(0, width - len(self))
        signed = 1 if self[:1] in ("+", "-") else 0
        return concat((cut(self, 0, signed), zeros, cut(self, signed, len(self))))

    def expandtabs(self, tabsize: Any = 8) -> Rope:
        """As str.expandtabs."""
        from notegen.compose.align import aligned

        limit(len(self) + max(0, tabsize) * str.count(self, "\t"))
        return aligned(str.expandtabs(self, tabsize), self)

    def translate(self, table: Any, /) -> Rope:
        """As str.translate."""
        parts: list[str] = []
        for i in range(len(self)):
            piece = cut(self, i, i + 1)
            changed = str.translate(piece, table)
            parts.append(piece if changed == piece else retext(changed, piece))
        return concat(parts)

    def format(self, *args: Any, **kwargs: Any) -> Rope:
        """As str.format."""
        from notegen.compose.formatting import braces

        return braces(self, args, kwargs, string.Formatter())


def literal(text: str, origin: Span) -> Rope:
    """Make a rope of a template's own characters, which stand at `origin` one for one."""
    return Rope(text, ((0, len(text), Mark(origin), origin.start),) if text else ())


def known(text: str, mark: Mark) -> Rope:
    """Make a rope of one run."""
    return Rope(text, ((0, len(text), mark, -1),) if text else ())


def roped(text: str) -> Rope:
    """Return a text as a rope, which knows its limits; of a plain string nothing is known."""
    return text if isinstance(text, Rope) else known(text, UNMARKED)


EMPTY: Final = Rope("", ())


def concat(parts: Iterable[str]) -> Rope:
    """Join ropes (and plain strings, whose origin is then unknown) into one."""
    parts = list(parts)
    limit(sum(map(len, parts)))
    runs: list[Run] = []
    at = 0
    for part in parts:
        if isinstance(part, Rope):
            for start, end, mark, base in part._runs:
                runs.append((start + at, end + at, mark, base))
        elif part:
            runs.append((at, at + len(part), UNMARKED, -1))
        at += len(part)
    return Rope("".join(parts), tuple(runs))


def cut(rope: Rope, start: int, end: int) -> Rope:
    """Return the characters start..end, with 0 <= start <= end <= len."""
    runs = [
        (max(first, start) - start, min(last, end) - start, mark, base + max(0, start - first) if base >= 0 else -1)
        for first, last, mark, base in rope._runs
        if first < end and last > start
    ]
    return Rope(str.__getitem__(rope, slice(start, end)), tuple(runs) if start < end else ())


def retext(text: str, rope: Rope) -> Rope:
    """Give other characters, of any number, the origin of a rope's first one."""
    if not text or not rope._runs:
        return known(text, UNMARKED)
    mark, base = rope._runs[0][2:]
    return Rope(
        text, tuple((i, i + 1, mark, base) for i in range(len(text))) if base >= 0 else ((0, len(text), mark, -1),)
    )


def recased(rope: Rope, change: Callable[[str], str]) -> Rope:
    """Change the case; characters that become several ("ß", "SS") all keep the place of the one they were."""
    text = change(str.__str__(rope))
    if len(text) == len(rope):
        return Rope(text, rope._runs)
    parts: list[Rope] = []
    done = 0
    for i in range(len(rope)):
        # A prefix tells how long each character becomes: in the middle of a word the answer may differ from alone.
        end = len(change(str.__getitem__(rope, slice(max(0, i - 64), i + 1)))) - len(
            change(str.__getitem__(rope, slice(max(0, i - 64), i)))
        )
        parts.append(retext(text[done : done + end], cut(rope, i, i + 1)))
        done += end
    return concat(parts)


def stamped(rope: Rope, origin: Span) -> Rope:
    """Say of every run that has no place yet that the expression at `origin` printed it."""
    runs = rope._runs
    if len(runs) == 1:
        mark = runs[0][2]
        if mark.origin is not None:
            return rope
        # What nearly every printed value comes to, so without the calls of two constructors.
        made = _text(Rope, rope)
        made._runs = ((0, len(rope), _tuple(Mark, (origin, mark.reads, mark.trust)), -1),)
        return made
    if all(run[2].origin is not None for run in runs):
        return rope
    runs = tuple(
        run if run[2].origin is not None else (run[0], run[1], Mark(origin, run[2].reads, run[2].trust), run[3])
        for run in runs
    )
    return Rope(rope, runs)


def rope_reads(rope: Rope) -> tuple[str, ...]:
    """Return the facts behind a rope, in order of appearance."""
    if len(rope._runs) == 1:
        return rope._runs[0][2].reads
    return tuple(dict.fromkeys(path for run in rope._runs for path in run[2].reads))


def _places(text: str, old: str, count: int) -> Iterator[int]:
    """Yield where `old` stands, at most `count` times (all when negative), as str.replace finds it."""
    if not old:
        yield from range(len(text) + 1)[: count if count >= 0 else None]
        return
    at = str.find(text, old)
    while at >= 0 and count:
        yield at
        count -= 1
        at = str.find(text, old, at + len(old))


def _located(rope: Rope, parts: Sequence[str], sep: str | None) -> list[str]:
    """Find the parts of a split again, in order."""
    found: list[str] = []
    at = 0
    for part in parts:
        start = str.find(rope, part, at) if sep is None else at
        found.append(cut(rope, start, start + len(part)))
        at = start + len(part) + len(sep or "")
    return found
