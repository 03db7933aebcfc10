"""What sheets cost: `python benchmarks/impose.py [--cards 1000]`.

Drawn: the same cards as pages of their own and as sheets, 8 to a sheet, in turns. Imposed: a file of cards put on the
same sheets by `notegen impose`, and once by a plain loop of pypdf's `merge_transformed_page`. Figures are seconds of
CPU time, the median of the rounds; everything is imported and warm before.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from pages import card  # noqa: E402

from notegen import pipeline  # noqa: E402
from notegen.layout import impose, sheets  # noqa: E402
from notegen.model.imposition import Imposing, Order  # noqa: E402
from notegen.model.page import Page, PlacedCard  # noqa: E402
from notegen.model.piece import Piece  # noqa: E402
from notegen.model.purpose import Setup  # noqa: E402
from notegen.press import write_pages  # noqa: E402
from notegen.settings import Settings  # noqa: E402

SHEET = "13x19-8up"
SETUP = Setup("benchmark", "en")
NOTE = (
    "Dear Ana,\n\nThank you for coming in on Wednesday and for choosing the Brompton. It suits you, and it folds as "
    "small as you hoped. I still smile about the horn that you tried on the way out. When the first service is due, "
    "ring me and I will fetch it.\n\nRuth Lind"
)
HOW = Imposing(Order.STACK, job="benchmark")


def pieces(count: int) -> list[Piece]:
    """Return cards, all drawn differently up to the fiftieth."""
    cards = [card(NOTE, stock="us-a2", seed=seed) for seed in range(min(count, 50))]
    return [
        Piece(one.key, one.stock.size, (PlacedCard(one),), (), one.stock.bleed)
        for one in (cards[n % len(cards)] for n in range(count))
    ]


def as_pages(made: list[Piece], path: Path) -> None:
    """Press each card as a page."""
    write_pages((Page(one.size, one.front, one.bleed, one.bleed) for one in made), path, SETUP)


def as_sheets(made: list[Piece], path: Path) -> None:
    """Press the cards on sheets."""
    write_pages(impose.sheets(made, sheets.builtin().get(SHEET), HOW), path, SETUP)


def by_notegen(source: Path, path: Path) -> None:
    """Put a file's pages on sheets."""
    pipeline.impose_file(pipeline.plan_file(source, pipeline.Asked(SHEET, HOW), Settings()), path)


def by_pypdf(source: Path, path: Path) -> None:
    """Do the same with pypdf, without marks and slugs."""
    from pypdf import PageObject, PdfReader, PdfWriter, Transformation

    sheet, points = sheets.builtin().get(SHEET), 72 / 25.4
    reader, writer = PdfReader(source), PdfWriter()
    count = -(-len(reader.pages) // len(sheet.slots))
    for number in range(count):
        page = PageObject.create_blank_page(None, sheet.paper[0] * points, sheet.paper[1] * points)
        for slot, box in enumerate(sheet.slots):
            if slot * count + number < len(reader.pages):
                one = reader.pages[slot * count + number]
                trim = one.trimbox
                at = Transformation().translate(box.x * points - trim.left, box.y * points - trim.bottom)
                page.merge_transformed_page(one, at)
        writer.add_page(page)
    writer.write(path)


def timed(*runs: Callable[[], None], rounds: int) -> list[float]:
    """Return the median seconds of CPU time of each, taken in turns after one that does not count."""
    seen: list[list[float]] = [[] for _ in runs]
    for turn in range(rounds + 1):
        for kept, run in zip(seen, runs, strict=True):
            start = time.process_time()
            run()
            if turn:
                kept.append(time.process_time() - start)
    return [statistics.median(kept) for kept in seen]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-pypdf", action="store_true", help="leave out what takes longest")
    asked = parser.parse_args()
    made = pieces(asked.cards)
    with tempfile.TemporaryDirectory(prefix="notegen-") as folder:
        plain, drawn, imposed, other = (Path(folder) / f"{name}.pdf" for name in ("plain", "drawn", "ours", "pypdf"))
        alone, together = timed(lambda: as_pages(made, plain), lambda: as_sheets(made, drawn), rounds=asked.rounds)
        print(f"{asked.cards} cards pressed as pages   {alone:6.2f} s {plain.stat().st_size / 1e6:6.2f} MB")
        print(f"the same, 8 to a sheet       {together:6.2f} s {drawn.stat().st_size / 1e6:6.2f} MB")
        (ours,) = timed(lambda: by_notegen(plain, imposed), rounds=asked.rounds)
        print(f"the file imposed by notegen  {ours:6.2f} s {imposed.stat().st_size / 1e6:6.2f} MB")
        if not asked.no_pypdf:
            (theirs,) = timed(lambda: by_pypdf(plain, other), rounds=1)
            print(f"the file imposed by pypdf    {theirs:6.2f} s {other.stat().st_size / 1e6:6.2f} MB")


if __name__ == "__main__":
    main()
