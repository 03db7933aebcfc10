"""The tools that benchmarks hold notegen against, each given the same notes, the same font file and the same card.

A maker gets ready (imports, fonts, a first small file) and returns the job, which writes one PDF and says what it took.
"""

from __future__ import annotations

import html
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

HAND, STOCK = "quick-ballpoint", "postcard-4x6"

Job = Callable[[Path], dict[str, float]]
"""Writes one file and returns wall and CPU seconds, and its bytes."""


def font_and_page() -> tuple[Path, float, tuple[float, float], float]:
    """Return the font file, its size in points, the page in points and its margin: what the hand would use."""
    from notegen.hand import hands, pool
    from notegen.layout import stocks
    from notegen.resources import data_folder

    hand, stock = hands.builtin().get(HAND), stocks.builtin().get(STOCK)
    points = 72 / 25.4
    size = hand.x_height[0] / pool(hand).x_height * points
    return data_folder("fonts") / hand.font, size, (stock.size[0] * points, stock.size[1] * points), stock.safe * points


def reportlab_job(notes: Sequence[str], *, ascii85: int) -> Job:
    """Do what one writes first: a canvas, a TrueType font, lines broken by stringWidth, drawString for each."""
    from reportlab import rl_config
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = ascii85
    font, size, page, margin = font_and_page()
    pdfmetrics.registerFont(TTFont("Hand", str(font)))

    def draw(path: Path, some: Sequence[str]) -> None:
        canvas = Canvas(str(path), pagesize=page)
        for note in some:
            canvas.setFont("Hand", size)
            y = page[1] - margin - size
            for line in simpleSplit(note, "Hand", size, page[0] - 2 * margin):
                canvas.drawString(margin, y, line)
                y -= size * 1.2
            canvas.showPage()
        canvas.save()

    with tempfile.TemporaryDirectory() as folder:
        draw(Path(folder) / "warm.pdf", notes[:40])
    return lambda path: timed(lambda: draw(path, notes), path)


def typst_job(notes: Sequence[str]) -> Job:
    """Compile one document of so many pages with typst's own wheel and the same font."""
    import typst
    from fontTools.ttLib import TTFont

    font, size, page, margin = font_and_page()
    family = TTFont(font)["name"].getDebugName(1)
    head = (
        f"#set page(width: {page[0]}pt, height: {page[1]}pt, margin: {margin}pt)\n"
        f'#set text(font: "{family}", size: {size}pt)\n#set par(justify: false)\n'
    )

    def source(some: Sequence[str]) -> bytes:
        return (head + "\n#pagebreak()\n".join(map(_typst, some))).encode()

    def draw(path: Path, document: bytes) -> None:
        typst.compile(document, output=str(path), font_paths=[str(font.parent)], ignore_system_fonts=True)

    with tempfile.TemporaryDirectory() as folder:
        draw(Path(folder) / "warm.pdf", source(notes[:20]))
    whole = source(notes)
    return lambda path: timed(lambda: draw(path, whole), path)


def _typst(note: str) -> str:
    return "\n\n".join(part.replace("\n", " \\\n") for part in note.split("\n\n"))


def typst_varied_job(notes: Sequence[str]) -> Job:
    """Have typst do notegen's own job: every glyph turned, sized and shifted by itself, on lines that are given."""
    import typst
    from fontTools.ttLib import TTFont

    font, size, page, margin = font_and_page()
    program = TTFont(font)
    family, units = program["name"].getDebugName(1), program["head"].unitsPerEm
    glyphs, widths = program.getBestCmap(), program["hmtx"].metrics

    def card(number: int, note: str) -> Iterator[str]:
        y = 0.0
        for line in _lines(
            note, lambda text: sum(widths[glyphs[ord(c)]][0] for c in text) * size / units, page, margin
        ):
            x = 0.0
            for place, letter in enumerate(line):
                if letter != " ":
                    turn, rise, wide, high = _wobble(number * 1_000_003 + int(y) * 997 + place)
                    yield (
                        f"#place(dx:{x:.2f}pt,dy:{y + rise:.2f}pt,"
                        f"rotate({turn:.2f}deg,scale(x:{wide:.1f}%,y:{high:.1f}%,[\\u{{{ord(letter):x}}}])))"
                    )
                x += widths[glyphs[ord(letter)]][0] * size / units
            y += size * 1.2

    def source(some: Sequence[str]) -> bytes:
        head = f"#set page(width: {page[0]}pt, height: {page[1]}pt, margin: {margin}pt)\n"
        head += f'#set text(font: "{family}", size: {size}pt)\n'
        pages = ("\n".join(card(index, note)) for index, note in enumerate(some))
        return (head + "\n#pagebreak()\n".join(pages)).encode()

    def draw(path: Path, document: bytes) -> None:
        typst.compile(document, output=str(path), font_paths=[str(font.parent)], ignore_system_fonts=True)

    with tempfile.TemporaryDirectory() as folder:
        draw(Path(folder) / "warm.pdf", source(notes[:2]))
    whole = source(notes)
    return lambda path: timed(lambda: draw(path, whole), path)


def _lines(note: str, width: Callable[[str], float], page: tuple[float, float], margin: float) -> Iterator[str]:
    """Break a note into lines, greedily."""
    for paragraph in note.splitlines():
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if line and width(longer) > page[0] - 2 * margin:
                yield line
                longer = word
            line = longer
        yield line


def _wobble(counter: int) -> tuple[float, float, float, float]:
    """Return a turn in degrees, a rise in points and two scales in percent from a counter."""
    state = (counter * 0x9E3779B97F4A7C15 + 0xBF58476D1CE4E5B9) % 2**64
    parts = [((state >> shift) & 0xFFFF) / 0xFFFF - 0.5 for shift in (0, 16, 32, 48)]
    return parts[0] * 8, parts[1], 100 + parts[2] * 20, 100 + parts[3] * 20


def timed(draw: Callable[[], object], path: Path) -> dict[str, float]:
    """Return what a job takes that draws into a file."""
    wall, cpu = time.perf_counter(), time.process_time()
    draw()
    return {
        "seconds": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "bytes": path.stat().st_size,
    }


def weasyprint_job(notes: Sequence[str]) -> Job:
    """Set every note as a page of HTML, in paragraphs."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    font, size, page, margin = font_and_page()
    style = (
        f"@font-face {{ font-family: Hand; src: url({font.as_uri()}) }}"
        f"@page {{ size: {page[0]}pt {page[1]}pt; margin: {margin}pt }}"
        f"body {{ font: {size}pt/1.2 Hand; margin: 0 }} p {{ margin: 0 }} section {{ break-after: page }}"
    )

    def draw(path: Path, some: Sequence[str]) -> None:
        fonts = FontConfiguration()
        pages = "".join(f"<section>{_paragraphs(note)}</section>" for note in some)
        document = weasyprint.HTML(string=f"<html lang=en><body>{pages}</body></html>")
        document.write_pdf(path, stylesheets=[weasyprint.CSS(string=style, font_config=fonts)], font_config=fonts)

    with tempfile.TemporaryDirectory() as folder:
        draw(Path(folder) / "warm.pdf", notes[:5])
    return lambda path: timed(lambda: draw(path, notes), path)


def _paragraphs(note: str) -> str:
    return "".join(f"<p>{html.escape(line) or '&nbsp;'}</p>" for line in note.splitlines())


def fpdf2_job(notes: Sequence[str]) -> Job:
    """Set every note with one multi_cell, which breaks the lines."""
    from fpdf import FPDF

    font, size, page, margin = font_and_page()

    def draw(path: Path, some: Sequence[str]) -> None:
        document = FPDF(unit="pt", format=page)
        document.add_font("Hand", fname=str(font))
        document.set_font("Hand", size=size)
        document.set_margin(margin)
        document.set_auto_page_break(False)
        for note in some:
            document.add_page()
            document.multi_cell(0, size * 1.2, note, align="L")
        document.output(str(path))

    with tempfile.TemporaryDirectory() as folder:
        draw(Path(folder) / "warm.pdf", notes[:5])
    return lambda path: timed(lambda: draw(path, notes), path)


def median(runs: Sequence[dict[str, float]], key: str) -> float:
    """Return the median of one measure."""
    return statistics.median(run[key] for run in runs)
