"""Press files of every card stock before every checker that is here: `python benchmarks/verify.py [--write-docs]`.

Each file has a note in a real hand on a tint that bleeds, marks and a slug, on both sides of the card. WeasyPrint's
PDF/X-4 of a like card stands beside them. The exit status is 1 when a checker found something in a file of ours.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "press")]

from pdf_checkers import CHECKERS, Verdict  # noqa: E402

from notegen.model.purpose import Purpose, Setup  # noqa: E402
from notegen.model.stock import Kind, Side, Stock  # noqa: E402
from notegen.press import conditions, write_pages  # noqa: E402

PAGE = ROOT / "docs" / "press.md"
BEGIN, END = "<!-- verified: written by benchmarks/verify.py -->", "<!-- end of verified -->"

HAND = "quick-ballpoint"
NOTE = "Dear Ana,\n\nThank you for the Brompton. Ring me if it squeaks.\n\nRuth"
TINT = (0.06, 0.04, 0.10, 0.0)
SETUP = Setup("Thank-you cards", "en-US", "Whitfield Cycles", Purpose.PRESS, conditions().get("gracol"))


def write_ours(stock: Stock, path: Path) -> None:
    """Write both sides of a card as a press file."""
    from notegen.hand import hands, write
    from notegen.layout import lay_out
    from notegen.layout.marks import Marks, Slug, marked
    from notegen.model.note import Note
    from notegen.model.page import Area, Page, Paint, PlacedCard
    from notegen.model.stock import Box

    writing = write(Note("ana", "thanks", NOTE), hands.builtin().get(HAND), 1).value
    assert writing is not None
    card = lay_out(writing, stock).value
    assert card is not None, stock.name
    ground = Area((Box(0, 0, *stock.size).inset(-stock.bleed),), Paint(TINT))
    made = []
    for side in Side:
        items = (ground, PlacedCard(card)) if side is stock.side else (ground,)
        page = Page(stock.size, items, stock.bleed, stock.bleed)
        slug = Slug("thanks-2026", 1, 1, "1", "Ana Reyes", side)
        made.append(marked(page, Marks(slug=slug), stock.folds_on(side), stock.across_on(side)))
    write_pages(made, path, SETUP)


HTML = """<meta charset="utf-8"><title>Thank-you cards</title><style>
@color-profile device-cmyk { src: url(%(profile)s); components: cyan, magenta, yellow, black }
@page { size: 148mm 105mm; margin: 0; bleed: 3mm; marks: crop; background: device-cmyk(6%% 4%% 10%% 0%%) }
@font-face { font-family: Hand; src: url(%(font)s) }
p { font: 18pt Hand; margin: 12mm; color: device-cmyk(97%% 74%% 40%% 44%%) }
</style><p>%(note)s</p>"""


def write_weasyprint(path: Path) -> str:
    """Write a like card with WeasyPrint; return why not, "" when it was written."""
    try:
        import weasyprint
    except ImportError:
        return "no WeasyPrint"
    from notegen.hand import hands

    assert SETUP.condition is not None
    font = ROOT / "fonts" / hands.builtin().get(HAND).font
    filled = HTML % {"profile": SETUP.condition.profile.as_uri(), "font": font.as_uri(), "note": NOTE}
    weasyprint.HTML(string=filled).write_pdf(path, pdf_variant="pdf/x-4")
    return ""


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield what each file is and where, ours first."""
    from notegen.layout import stocks

    for stock in stocks.builtin():
        if stock.kind is Kind.CARD:
            path = folder / f"{stock.name}.pdf"
            write_ours(stock, path)
            yield stock.name, path
    path = folder / "weasyprint.pdf"
    absent = write_weasyprint(path)
    if absent:
        print(f"WeasyPrint was not run: {absent}", file=sys.stderr)
    else:
        yield "WeasyPrint's PDF/X-4", path


def cell(verdict: Verdict) -> str:
    """Return a verdict as a cell of the table."""
    if verdict.absent:
        return "not run"
    faults = f"{len(verdict.faults)} fault{'s' if len(verdict.faults) > 1 else ''}" if verdict.faults else ""
    unknown = f"{len(verdict.unknown)} not judged" if verdict.unknown else ""
    return ", ".join(filter(None, (faults, unknown))) or "ok"


def look(folder: Path) -> tuple[list[str], list[str], bool]:
    """Return the table's lines, what was found, and whether nothing was found in a file of ours."""
    rows = [f"| file | {' | '.join(CHECKERS)} |", f"|---|{'---|' * len(CHECKERS)}"]
    said, good = [], True
    for name, path in files(folder):
        verdicts = {checker: check(path) for checker, check in CHECKERS.items()}
        rows.append(f"| {name} | {' | '.join(map(cell, verdicts.values()))} |")
        for checker, verdict in verdicts.items():
            said.extend(f"{name}: {checker}: {fault}" for fault in verdict.faults + verdict.unknown)
            good = good and (not verdict.faults + verdict.unknown or name.startswith("WeasyPrint"))
        print(rows[-1], file=sys.stderr)
    return rows, said, good


def main() -> int:
    """Write the files, show them to all checkers, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="a folder in which the files are left")
    parser.add_argument("--write-docs", action="store_true", help="put the table into docs/press.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        rows, said, good = look(folder)
    print("\n".join((*rows, "", *said)))
    if asked.write_docs:
        before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN, 1)
        after = rest.split(END, 1)[1]
        PAGE.write_text("\n".join((before + BEGIN, *rows, END + after)), encoding="utf-8")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
