"""What a press file costs beside a plain one: `python benchmarks/press.py [--cards 1000]`.

The same cards are written as `write_pdf` writes them and as PDF/X-4, in turns in one warm process; the ratio is of CPU
time, and its median counts. How memory grows is measured in processes of their own: the peak at two numbers of cards,
which are written by hand and laid out while the file grows, so that nothing else is large.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from cards import HAND, STOCK, texts  # noqa: E402

NAMES = ("plain", "press", "plain, marks", "press, marks")

SLOWER, GROWS = 0.10, 20.0
"""What is allowed: a press file is so much slower at most, and grows by so many kB a card."""


def writings(count: int) -> Iterator[object]:
    """Write so many different notes by hand, one after the other."""
    from notegen.hand import hands, write
    from notegen.model.note import Note

    hand = hands.builtin().get(HAND)
    return (write(Note(f"card-{number}", "benchmark", text), hand, 1).value for number, text in enumerate(texts(count)))


def cards(written: Iterator[object]) -> Iterator[object]:
    """Lay the writings out, a block at a time."""
    from notegen.layout import lay_out_all, stocks

    return (laid.value for laid in lay_out_all(written, stocks.builtin().get(STOCK)))


def makers() -> dict[str, Callable[[Iterator[object], Path], object]]:
    """Return what is compared: cards as plain files and as press files, each without and with marks and slugs."""
    from notegen.layout.marks import Marks, Slug, marked
    from notegen.model.purpose import Purpose, Setup
    from notegen.press import conditions, write_pages, write_pdf
    from notegen.press.pdf import bare

    setup = Setup("benchmark", "en-US", purpose=Purpose.PRESS, condition=conditions().get("gracol"))
    plain = Setup("benchmark", "en-US")

    def around(some: Iterator[object]) -> Iterator[object]:
        for number, card in enumerate(some, 1):
            yield marked(bare(card), Marks(slug=Slug("benchmark", number, 1000, customer=f"Ana {number}")))

    return {
        "plain": lambda some, path: write_pdf(some, path, title="benchmark", language="en-US"),
        "press": lambda some, path: write_pages(map(bare, some), path, setup),
        "plain, marks": lambda some, path: write_pages(around(some), path, plain),
        "press, marks": lambda some, path: write_pages(around(some), path, setup),
    }


def seconds(count: int, rounds: int, folder: Path) -> dict[str, list[tuple[float, int]]]:
    """Return the CPU seconds and the bytes of each file of each round; layout is done before."""
    some = list(cards(writings(count)))
    made = makers()
    found: dict[str, list[tuple[float, int]]] = {name: [] for name in made}
    for maker in made.values():
        maker(iter(some[:40]), folder / "warm.pdf")
    for turn in range(rounds):
        for name in (list(made), list(made)[::-1])[turn % 2]:
            path = folder / f"{name}.pdf"
            began = time.process_time()
            made[name](iter(some), path)
            found[name].append((time.process_time() - began, path.stat().st_size))
    return found


def peak(maker: str, count: int, folder: Path) -> float:
    """Write so many cards in this process, each when it is wanted, and return the peak in kB."""
    makers()[maker](cards(writings(count)), folder / "a.pdf")
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def peak_apart(maker: str, count: int) -> float:
    """Return the peak of a process of its own, kB."""
    command = [sys.executable, str(Path(__file__)), "--maker", maker, "--cards", str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout.splitlines()[-1]))


def report(asked: argparse.Namespace, folder: Path) -> bool:
    """Print what was seen and return whether it is as it should be."""
    # Memory first, while this process is small: a child's peak counts from what its parent had when it was made.
    sizes = asked.cards, 4 * asked.cards
    peaks = {name: [peak_apart(name, count) for count in sizes] for name in NAMES}
    found = seconds(asked.cards, asked.rounds, folder)
    print(f"{asked.cards:,} cards on {STOCK} in {HAND}; {asked.rounds} rounds in turns, CPU time of pressing alone")
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}\n")
    print("| file | ms a card | bytes a card | peak kB at two sizes | kB a card |\n|---|---|---|---|---|")
    grown = {}
    for name, runs in found.items():
        few, many = peaks[name]
        grown[name] = (many - few) / (3 * asked.cards)
        spent, size = statistics.median(run[0] for run in runs) / asked.cards * 1000, runs[0][1] / asked.cards
        print(f"| {name} | {spent:.3f} | {size:,.0f} | {few:,.0f}, {many:,.0f} | {grown[name]:.2f} |")
    print()
    slower = [compared(found, plain, press) for plain, press in (NAMES[:2], NAMES[2:], (NAMES[0], NAMES[3]))]
    return max(slower[:2]) <= SLOWER and max(grown.values()) <= GROWS


def compared(found: dict[str, list[tuple[float, int]]], plain: str, press: str) -> float:
    """Print and return by what part one maker is slower than another, round by round."""
    ratios = [many[0] / few[0] - 1 for few, many in zip(found[plain], found[press], strict=True)]
    slower = statistics.median(ratios)
    print(f"'{press}' beside '{plain}': {slower:+.1%} of the time (from {min(ratios):+.1%} to {max(ratios):+.1%})")
    return slower


def main() -> int:
    """Measure, and tell whether the limits are held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--maker", choices=NAMES, help="write one file and print the peak in kB")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if asked.maker:
            print(json.dumps(peak(asked.maker, asked.cards, Path(folder))))
            return 0
        return 0 if report(asked, Path(folder)) else 1


if __name__ == "__main__":
    sys.exit(main())
