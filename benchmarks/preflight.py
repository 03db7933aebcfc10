"""How long a preflight takes beside `qpdf --check` on the same files in the same run: `python benchmarks/preflight.py`.

A card of two pages, and a batch of 1,000 pages of a note each, every page with a stream of its own. Times are those of
the processor, which a busy machine changes least.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from notegen.hand import hands, write  # noqa: E402
from notegen.layout import lay_out, stocks  # noqa: E402
from notegen.model.card import Card  # noqa: E402
from notegen.model.note import Note  # noqa: E402
from notegen.model.page import UPRIGHT, Area, Item, Page, Paint, PlacedCard  # noqa: E402
from notegen.model.purpose import Plate, Purpose, Setup  # noqa: E402
from notegen.model.stock import Box  # noqa: E402
from notegen.press import write_pages  # noqa: E402
from notegen.press.conditions import conditions  # noqa: E402

NOTE = (
    "Dear Ana,\n\nThank you for coming in on Wednesday and for choosing the Brompton. I hope that the ride home along "
    "the river went well, that the bell is loud enough for the bridge, and that the basket holds all of your books. If "
    "the gears need a turn after the first weeks, come by on any morning: it takes ten minutes, and the coffee is on "
    "us.\n\nAll the best on the road,\nRuth"
)
IN_PROCESS = (
    "import sys, time\nfrom pathlib import Path\nfrom notegen import preflight\n"
    "began = time.process_time()\nfound = preflight.check(Path(sys.argv[1]))\n"
    "print(time.process_time() - began, len(found.errors))"
)


def card(seed: int) -> Card:
    """Write the note once."""
    written = write(Note(f"card {seed}", "benchmark", NOTE), hands.builtin().get("quick-ballpoint"), seed).value
    assert written is not None
    laid = lay_out(written, stocks.builtin().get("us-a7")).value
    assert laid is not None
    return laid


def press(path: Path, pages: int, notes: int) -> int:
    """Write a press file of some pages and return how many glyphs a page has."""
    cards = [card(seed) for seed in range(notes)]
    stock = cards[0].stock
    (width, height), bleed = stock.size, stock.bleed
    ground = Area((Box(-bleed, -bleed, width + 2 * bleed, height + 2 * bleed),), Paint((0.1, 0.05, 0, 0)))

    def items(number: int) -> tuple[Item, ...]:
        return (ground, PlacedCard(cards[number % notes], UPRIGHT))

    setup = Setup(
        "Benchmark", "en-US", purpose=Purpose.PRESS, condition=conditions().get("gracol"), plate=Plate.BLACK
    )  # fmt: skip
    write_pages((Page(stock.size, items(number), bleed=bleed, margin=10) for number in range(pages)), path, setup)
    return len(cards[0].outline)


def best(command: list[str], rounds: int) -> float:
    """Return the least processor time of a command, seconds."""
    times = []
    for _ in range(rounds):
        began = spent()
        done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})
        times.append(spent() - began)
        assert done.returncode in (0, 3), done.stderr.decode()
    return min(times)


def spent() -> float:
    """Return the processor time that all children have taken, seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def inside(path: Path, rounds: int) -> float:
    """Return the least processor time of the check in a new process, seconds, with the libraries that it loads."""
    times = []
    for _ in range(rounds):
        done = subprocess.run(
            [sys.executable, "-c", IN_PROCESS, str(path)],
            capture_output=True, check=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        took, errors = done.stdout.split()
        assert errors == "0"
        times.append(float(took))
    return min(times)


def main() -> None:
    """Print a line for each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    peer = shutil.which("qpdf")
    with TemporaryDirectory(prefix="notegen-") as folder:
        print(f"{'':24} {'check s':>8} {'command s':>10} {'qpdf s':>8} {'check/qpdf':>11}")
        for pages in (2, given.pages):
            path = Path(folder) / f"{pages}.pdf"
            glyphs = press(path, pages, min(pages, 40))
            check = inside(path, given.rounds)
            whole = best([sys.executable, "-m", "notegen", "check", str(path)], given.rounds)
            other = best([peer, "--check", str(path)], given.rounds) if peer else 0.0
            ratio = f"{check / other:11.1f}" if other else f"{'-':>11}"
            print(f"{pages:5} pages x {glyphs} glyphs {check:8.3f} {whole:10.3f} {other:8.3f} {ratio}")
    print(f"peak memory of a child: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
