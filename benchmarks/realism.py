"""How human our hands look beside a font and other open tools: `python benchmarks/realism.py [--peers FOLDER]`.

The same words are written by each and measured from pixels at 300 dots to the inch, by the meter of `notegen hand
measure`. Peers are looked for in FOLDER, so that they need no environment of their own:

    pip install --no-deps --target FOLDER handright handwriting-generator

`--write-docs` puts the tables and pictures into docs/handwriting.md and docs/images/; without peers, those of the peers
stay as they are.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageFont

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import pages  # noqa: E402

from notegen.hand import hands, write  # noqa: E402
from notegen.hand.measure import page as meter  # noqa: E402
from notegen.hand.measure.exact import said  # noqa: E402
from notegen.hand.measure.figures import PageFigures  # noqa: E402
from notegen.hand.measure.human import RANGES, Range, Verdict, medians  # noqa: E402
from notegen.hand.pools import font_path  # noqa: E402
from notegen.layout import lay_out, stocks  # noqa: E402
from notegen.model.card import Card  # noqa: E402
from notegen.model.hand import Hand  # noqa: E402
from notegen.model.note import Note  # noqa: E402

DOCS = ROOT / "docs" / "handwriting.md"
IMAGES = ROOT / "docs" / "images"
KEPT = ROOT / "benchmarks" / "realism.json"
"""What was measured last, so that peers stay in the table when they are not at hand."""

PIXELS = 300 / 72
SIZE, LEADING, WIDTH = 17, 23, 400
"""Of a font, in points: a card of 6 x 4 inches, small letters of 2.4 mm."""

FACES = ("quick-ballpoint", "neat-print", "elder-pen")
"""Hands whose fonts the font and the peers are given."""

JUDGED = (
    "slope", "slope_sd", "pitch_cv", "wordbase_sd", "gap", "gap_cv", "slant_sd", "left_drift_mm", "left_sd_mm",
    "stroke", "same_word_cv",
)  # fmt: skip
"""What every hand has to have in the range of nine people in ten."""

STOCK = "postcard-4x6"
TEXTS = (
    "Dear Ana,\n\nThank you for the van and for the patience. The rattle is gone: I tightened both brackets "
    "myself, and the belt too. The coffee is on whenever you and the dog pass, and the door is open.\n\nWarm "
    "regards,\nDana Whitfield",
    "Dear Marek,\n\nThank you for coming back to us for the old van, and for the photograph. The small rattle is "
    "gone: I tightened both brackets and the belt myself, and drove it round the block twice. You told me about "
    "the road up to the lake with Priya, and I hope the weather holds for the two of you and for the dog. The "
    "photograph now hangs beside the till.\n\nWarm regards,\nDana Whitfield",
    "Dear Grace,\n\nIt was good to hand you the keys of the red bike and the trailer on Saturday, and to hear "
    "about the garden. You asked the best question of the week about the brakes, so I looked it up: the pads last "
    "two years, and the cables four. I put the second key in the blue envelope and the bell in the box, and the "
    "pump is on the house. If anything about the gears or the lights troubles you before the trip to the coast, "
    "call me and I will see to it the same day. Say hello to Nadia and the boys from all of us here.\n\nWarm "
    "regards,\nDana Whitfield",
)
"""Three lengths of note, each with words that come again."""


@dataclass(frozen=True)
class Maker:
    """Somebody who writes: what it is called, and each of its pages with the words of its lines."""

    name: str
    title: str
    pages: Callable[[], Iterator[tuple[np.ndarray, list[list[str]]]]]


def font_of(hand: str) -> Path:
    """Return the font that a hand is made of."""
    return font_path(hands.builtin().get(hand))


def lines_of(text: str, font: Path) -> list[list[str]]:
    """Return a text in lines, as all but our own hands get it."""
    return pages.broken(text, font, SIZE, WIDTH)


def typeset() -> Iterator[tuple[np.ndarray, list[list[str]]]]:
    """Set the texts perfectly, with ReportLab."""
    for face in FACES:
        font = font_of(face)
        for text in TEXTS:
            yield pages.pdf_greys(pages.typeset(text, font, SIZE, LEADING, WIDTH))[0], lines_of(text, font)


def handright() -> Iterator[tuple[np.ndarray, list[list[str]]]]:
    """Write the texts with Handright, with the spreads that it takes by itself."""
    from handright import Template, handwrite

    for face in FACES:
        font = font_of(face)
        for seed, text in enumerate(TEXTS):
            lines = lines_of(text, font)
            size = int((WIDTH + 120) * PIXELS), int(LEADING * (len(lines) + 3) * PIXELS)
            template = Template(
                background=Image.new("L", size, 255),
                font=ImageFont.truetype(str(font), round(SIZE * PIXELS)),
                line_spacing=round(LEADING * PIXELS),
                fill=0,
                left_margin=100,
                top_margin=100,
            )
            (page,) = handwrite("\n".join(" ".join(line) for line in lines), template, seed=seed)
            yield np.array(page.convert("L")), lines


def handwriting_generator() -> Iterator[tuple[np.ndarray, list[list[str]]]]:
    """Write the texts with handwriting-generator, at the jitter that it takes by itself."""
    from handwriting_generator import HandwritingRenderer, RenderConfig

    for face in FACES:
        font = font_of(face)
        size = round(SIZE * PIXELS)
        spacing = LEADING * PIXELS / sum(ImageFont.truetype(str(font), size).getmetrics())
        for seed, text in enumerate(TEXTS):
            lines = lines_of(text, font)
            config = RenderConfig(
                font_path=font, size=size, color="black", width=None, seed=seed, line_spacing=spacing, margin=100
            )
            page = HandwritingRenderer(config).render("\n".join(" ".join(line) for line in lines))
            yield np.array(page.convert("L")), lines


PEERS = (
    Maker("font", "a perfectly set font", typeset),
    Maker("handright", "Handright 8.2", handright),
    Maker("handwriting-generator", "handwriting-generator 0.1", handwriting_generator),
)


def measured(maker: Maker) -> PageFigures | None:
    """Return the medians of a maker's pages; None when it is not installed."""
    try:
        found = [meter.measure(grey, 300, words) for grey, words in maker.pages()]
    except ImportError as error:
        print(f"{maker.title} was left out: {error}", file=sys.stderr)
        return None
    return medians([one for one in found if one is not None])


def cards_of(hand: Hand, seeds: int) -> list[Card]:
    """Return a hand's cards: each text with each seed, on the first of the stocks that it fits on."""
    found: list[Card] = []
    if "Latn" not in hand.scripts:
        return found
    for text in TEXTS:
        for seed in range(1, seeds + 1):
            written = write(Note(f"{hand.name} {len(text)}", "realism", text), hand, seed)
            if written.value is None or written.diagnostics:
                return []
            cards = (lay_out(written.value, stocks.builtin().get(name)).value for name in (STOCK, "us-a7", "iso-a5"))
            found += [card for card in cards if card is not None][:1]
    return found


def of_hand(hand: Hand, seeds: int) -> PageFigures | None:
    """Return the medians of a hand's cards; None for a hand that is not for Latin letters."""
    cards = cards_of(hand, seeds)
    read = (
        [meter.measure(grey, 300, said(card)) for card, grey in zip(cards, pages.greys(cards), strict=True)]
        if cards
        else []
    )
    found = [one for one in read if one is not None]
    return medians(found) if found else None


Row = dict[str, float | None]


def take(seeds: int, only: Sequence[str]) -> tuple[dict[str, Row], dict[str, Row]]:
    """Measure the font and the peers, and our own hands."""
    peers = {maker.title: found.as_dict() for maker in PEERS if (found := measured(maker))}
    ours = {}
    for hand in hands.builtin():
        if (not only or hand.name in only) and (found := of_hand(hand, seeds)):
            ours[hand.name] = found.as_dict()
            print(f"{hand.name}: {inside(ours[hand.name])}", file=sys.stderr)
    return peers, ours


def verdict(one: Range, value: float | None) -> Verdict | None:
    """Return where a value lies; None where it is not known."""
    return None if value is None else one.verdict(value)


def judged() -> list[Range]:
    """Return the ranges that hands have to be in."""
    by_name = {one.name: one for one in RANGES}
    return [by_name[name] for name in JUDGED]


def inside(row: Row) -> str:
    """Return "11 of 11 human, 9 typical"."""
    found = [verdict(one, row[one.name]) for one in judged()]
    known = [one for one in found if one is not None]
    human, typical = sum(one.is_human for one in known), sum(one is Verdict.TYPICAL for one in known)
    return f"{human} of {len(known)} human, {typical} typical"


def cell(one: Range, value: float | None) -> str:
    """Return a value with a mark: filled in the middle half of people, hollow in nine tenths, a cross outside."""
    found = verdict(one, value)
    if value is None or found is None:
        return "–"
    mark = "●" if found is Verdict.TYPICAL else "○" if found.is_human else "✗"
    return f"{value:.3g} {mark}"


def table(rows: dict[str, Row]) -> list[list[str]]:
    """Return figures down and writers across, people first."""
    head = ["figure", "people, 5 % to 95 %", *rows]
    body = [
        [
            f"{one.title} ({one.unit})" if one.unit else one.title,
            f"{one.percentiles[0]:g} to {one.percentiles[4]:g}",
            *(cell(one, row[one.name]) for row in rows.values()),
        ]
        for one in judged()
    ]
    return [head, *body, ["inside", "", *(inside(row) for row in rows.values())]]


def turned(rows: dict[str, Row]) -> list[list[str]]:
    """Return writers down and figures across."""
    head = ["hand", *(one.title for one in judged())]
    return [head, *([name, *(cell(one, row[one.name]) for one in judged())] for name, row in rows.items())]


def markdown(rows: list[list[str]]) -> str:
    """Return a table for the manual."""
    head, *body = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([head, "|" + "---|" * len(rows[0]), *body])


def shown(rows: list[list[str]]) -> str:
    """Return a table for a terminal."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) for row in rows)


def people() -> str:
    """Return the table of people's ranges for the manual, with what a perfectly set font gives."""
    rows = [["figure", "5 %", "25 %", "median", "75 %", "95 %", "a font: median (least to most)"]]
    floor = floors()
    for one in RANGES:
        known = sorted(value for row in floor if (value := getattr(row, one.name)) is not None)
        unit = f" ({one.unit})" if one.unit else ""
        font = f"{statistics.median(known):.2g} ({known[0]:.2g} to {known[-1]:.2g})" if known else "–"
        rows.append([one.title + unit, *(f"{value:g}" for value in one.percentiles), font])
    return markdown(rows)


def floors() -> list[PageFigures]:
    """Return what the longest text measures when it is perfectly set in the font of each hand for Latin letters."""
    found = []
    for hand in hands.builtin():
        if cards_of(hand, 1):
            font = font_path(hand)
            grey = pages.pdf_greys(pages.typeset(TEXTS[-1], font, SIZE, LEADING, WIDTH))[0]
            found.append(meter.measure(grey, 300, lines_of(TEXTS[-1], font)))
    return [one for one in found if one is not None]


def together(ours: dict[str, Row]) -> Row:
    """Return the median over our hands."""
    every: dict[str, list[float]] = {}
    for row in ours.values():
        for name, value in row.items():
            every.setdefault(name, []).extend([] if value is None else [value])
    return {name: statistics.median(values) if values else None for name, values in every.items()}


def write_docs(peers: dict[str, Row], ours: dict[str, Row]) -> None:
    """Put tables and pictures into the manual."""
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {"peers": {}, "ours": {}}
    kept = {"peers": {**kept["peers"], **peers}, "ours": ours or kept["ours"]}
    KEPT.write_text(json.dumps(kept, indent=1) + "\n")
    ours = kept["ours"]
    name = f"our hands, median of {len(ours)}"
    parts = {
        "people": people(),
        "side by side": markdown(table({**kept["peers"], name: together(ours)})),
        "hands": markdown(turned(ours)),
    }
    text = DOCS.read_text(encoding="utf-8")
    for part, content in parts.items():
        begin, end = f"<!-- {part}: written by benchmarks/realism.py -->", f"<!-- end of {part} -->"
        text = re.sub(
            f"{re.escape(begin)}.*?{re.escape(end)}",
            lambda _, new=f"{begin}\n\n{content}\n\n{end}": new,
            text,
            flags=re.S,
        )
    DOCS.write_text(text, encoding="utf-8")
    draw()


def draw() -> None:
    """Write a picture of one page of each writer, cut to its ink."""
    for maker in PEERS:
        try:
            picture(next(iter(list(maker.pages())[1:2]))[0], maker.name)
        except ImportError:
            print(f"the picture of {maker.title} was left as it is", file=sys.stderr)
    for face in FACES[:2]:
        card = pages.card(TEXTS[1], face, STOCK, 3)
        picture(pages.greys([card])[0], face)


def picture(grey: np.ndarray, name: str) -> None:
    """Write a small picture of a page, cut to its ink."""
    y, x = np.nonzero(grey < 140)
    cut = Image.fromarray(grey[max(y.min() - 30, 0) : y.max() + 30, max(x.min() - 30, 0) : x.max() + 30])
    small = cut.resize((720, round(cut.height * 720 / cut.width)), Image.Resampling.LANCZOS)
    path = IMAGES / f"realism-{name}.png"
    small.quantize(8).save(path, optimize=True)
    assert path.stat().st_size <= 60_000, path


def main() -> None:
    """Measure, print and, where asked, write the manual's tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--peers", type=Path, action="append", default=[], help="a folder in which peers are installed")
    parser.add_argument("--seeds", type=int, default=10, help="drawings of each text by each hand")
    parser.add_argument("--hand", action="append", default=[], help="only this hand; may be given again")
    parser.add_argument("--write-docs", action="store_true", help="renew docs/handwriting.md and its pictures")
    asked = parser.parse_args()
    sys.path += map(str, asked.peers)
    peers, ours = take(asked.seeds, asked.hand)
    print(shown(table({**peers, **({"our hands": together(ours)} if ours else {})})), end="\n\n")
    print(shown(turned(ours)))
    if asked.write_docs:
        write_docs(peers, ours)


if __name__ == "__main__":
    main()
