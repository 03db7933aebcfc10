"""A baseline: the findings a shop knows of and lives with, so that only new ones count; it can only shrink.

Findings are counted by file (from the baseline's own folder), code and fingerprint, which no line number is in.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from notegen.errors import NotegenError
from notegen.files import read_source, write_bytes
from notegen.lint.fingerprint import fingerprint
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.source import Source, Span

VERSION: Final = 1
_KIND: Final = "notegen baseline"

Place = tuple[str, str, str]
"""File, code and fingerprint."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """How often each finding is known; `source` is the file as it was read."""

    path: Path
    counts: Counter[Place] = field(default_factory=Counter)
    source: Source | None = None

    def place(self, one: Diagnostic) -> Place:
        """Return what a finding is known by: the same from whatever folder lint was called."""
        if one.span is None:
            return "", one.code, fingerprint(one)
        name = _relative(one.span.source.name, self.path)
        source = Source(name, one.span.source.text, one.span.source.first_line)
        return name, one.code, fingerprint(replace(one, span=Span(source, one.span.start, one.span.end)))


def load(path: Path) -> Baseline:
    """Read a baseline. Raises UnreadableFile, and NotegenError for a file that is something else."""
    source = read_source(path)
    try:
        tree = json.loads(source.text)
    except (ValueError, RecursionError) as error:
        raise _no_baseline(path, f"it is not JSON ({error})") from None
    if not isinstance(tree, dict) or tree.get("kind") != _KIND:
        what = f"it holds {_what(tree)}" if not isinstance(tree, dict) else "nothing in it says so"
        raise _no_baseline(path, what)
    if tree.get("version") != VERSION:
        raise _no_baseline(path, f"its version is {tree.get('version')!r}, and {VERSION} is known")
    counts: Counter[Place] = Counter()
    for place, count in _entries(tree.get("findings"), path):
        counts[place] = count
    return Baseline(path, counts, source)


def _entries(tree: Any, path: Path) -> Iterator[tuple[Place, int]]:
    for name, codes in _items(tree, path, "findings"):
        for code, prints in _items(codes, path, name):
            for print_, count in _items(prints, path, f"{name}, {code}"):
                if not isinstance(count, int) or isinstance(count, bool) or count < 1:
                    raise _no_baseline(path, f"the count of {print_} is {count!r}")
                yield (name, code, print_), count


def _items(tree: Any, path: Path, where: str) -> Iterator[tuple[str, Any]]:
    if not isinstance(tree, dict):
        raise _no_baseline(path, f"under {where} is {_what(tree)}")
    yield from tree.items()


def _what(tree: object) -> str:
    return {list: "a list", str: "a text", dict: "an object", type(None): "null"}.get(type(tree), "a number")


def _no_baseline(path: Path, why: str) -> NotegenError:
    return NotegenError(f"{path} is no baseline of notegen: {why}", hint="write one with --write-baseline")


def split(found: Iterable[Diagnostic], known: Baseline) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """Return the new findings and those that are known; of the same ones the first are the known ones."""
    left = Counter(known.counts)
    new: list[Diagnostic] = []
    old: list[Diagnostic] = []
    for one in found:
        place = known.place(one)
        (old if left[place] > 0 else new).append(one)
        left[place] -= 1
    return tuple(new), tuple(old)


def stale(known: Baseline, old: Iterable[Diagnostic], was_judged: Callable[[str, str], bool]) -> Counter[Place]:
    """Return how many of each entry stand for nothing; `was_judged` tells whether a file's code was looked for."""
    left = Counter(known.counts)
    left.subtract(known.place(one) for one in old)
    return Counter({place: count for place, count in left.items() if count > 0 and was_judged(place[0], place[1])})


def stale_findings(known: Baseline, gone: Counter[Place], severity: Severity) -> Iterator[Diagnostic]:
    """Yield a finding for each entry that stands for nothing, at its line of the baseline."""
    assert known.source is not None
    source = Source(str(known.path), known.source.text)
    for (name, code, print_), count in gone.items():
        start = source.text.find(f'"{print_}"', max(0, source.text.find(json.dumps(name))))
        span = Span(source, max(start, 0), max(start, 0) + len(print_) + 2)
        more = known.counts[name, code, print_]
        message = f"{count} of {more} {code} in {name} is mended" if more > 1 else f"this {code} in {name} is mended"
        yield Diagnostic("A105", severity, message, span, "run lint with --prune-baseline")


def pruned(known: Baseline, gone: Counter[Place]) -> Baseline:
    """Return the baseline without what is mended."""
    return Baseline(known.path, +(known.counts - gone))


def made_of(found: Iterable[Diagnostic], path: Path) -> Baseline:
    """Return a baseline that knows some findings."""
    empty = Baseline(path)
    return Baseline(path, Counter(map(empty.place, found)))


def write(baseline: Baseline) -> None:
    """Write a baseline, sorted, an entry to a line, so that a difference reads well."""
    tree: dict[str, dict[str, dict[str, int]]] = {}
    for (name, code, print_), count in sorted(baseline.counts.items()):
        tree.setdefault(name, {}).setdefault(code, {})[print_] = count
    whole = {"kind": _KIND, "version": VERSION, "findings": tree}
    write_bytes(baseline.path, (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode("utf-8", "replace"))


def _relative(name: str, path: Path) -> str:
    return os.path.relpath(os.path.abspath(name), os.path.dirname(os.path.abspath(path))).replace(os.sep, "/")


def file_of(name: str, path: Path) -> Path:
    """Return the file that an entry is about."""
    return Path(os.path.dirname(os.path.abspath(path))) / name
