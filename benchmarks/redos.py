"""Whether a long near miss can drive a phrase's expression to blow up: each one at three lengths, the worst ratio last.

The texts repeat beginnings of the phrase's own bad examples and runs of single characters, so that an expression begins
to fit over and over and never ends well. An expression that is linear takes twice as long for twice the text.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator

from notegen.lint.plain import plain
from notegen.lint.words import bundle
from notegen.lint.words.phrase import Phrase, compiled

RUNS = (" ", "a", "a ", "A", "A ", ">", "_", "{", "[", "www.", "a.", "\n", "-", "your ", "1", "1/1/11 ", "!", "\u00e9")
FELT = 0.002
"""Seconds below which a ratio says nothing."""


def main() -> None:
    """Time every phrase and print the worst of them."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--characters", type=int, default=100_000)
    asked.add_argument("--worst", type=int, default=8)
    options = asked.parse_args()
    rows = [row for phrase in bundle.written() for row in measured(phrase, options.characters)]
    slowest = sorted(rows, key=lambda row: -row[2][2])[: options.worst]
    steepest = sorted(rows, key=lambda row: -ratio(row[2]))[: options.worst]
    for title, shown in (("slowest", slowest), ("steepest", steepest)):
        print(f"{title}:  phrase, ms at n/4, n/2, n = {options.characters:,}, ratio of the last two")
        for name, seed, times in shown:
            spent = "  ".join(f"{one * 1000:8.2f}" for one in times)
            print(f"  {name:22} {spent}   {ratio(times):5.2f}   {seed[:40]!r}")
    print(f"{len(rows):,} texts; worst {slowest[0][2][2] * 1000:.1f} ms, steepest x{ratio(steepest[0][2]):.2f}")


def measured(phrase: Phrase, characters: int) -> Iterator[tuple[str, str, tuple[float, float, float]]]:
    """Yield a phrase's times on each of its texts."""
    for seed in dict.fromkeys(seeds(phrase)):
        quarter, half, whole = (spent(phrase, seed, characters // share) for share in (4, 2, 1))
        if ratio((quarter, half, whole)) > 2.6:
            quarter, half, whole = (min(spent(phrase, seed, characters // s) for _ in range(5)) for s in (4, 2, 1))
        yield phrase.id, seed, (quarter, half, whole)


def seeds(phrase: Phrase) -> Iterator[str]:
    """Yield what the texts repeat."""
    yield from RUNS
    for bad in phrase.bad:
        for cut in (len(bad) // 3, len(bad) // 2, len(bad) - 2):
            yield bad[: max(1, cut)]
            yield f"{bad[: max(1, cut)]} "


def spent(phrase: Phrase, seed: str, characters: int) -> float:
    """Return the seconds of work that one search of a text takes."""
    text = plain(seed * (characters // len(seed) + 1)).text[:characters]
    began = time.process_time()
    for _ in compiled(phrase.find).finditer(text):
        pass
    return time.process_time() - began


def ratio(times: tuple[float, float, float]) -> float:
    """Return how much longer the whole text takes than its half, or 1 where both are too short to tell."""
    return times[2] / max(times[1], 1e-9) if times[2] > FELT else 1.0


if __name__ == "__main__":
    main()
