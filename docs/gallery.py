"""Make docs/hands.md and its pictures: `python docs/gallery.py`, or `python docs/gallery.py page` for the words alone.

Each hand writes a card and a specimen sheet; both become small palette PNGs. What still looks like a font was seen in
them, enlarged, and is said in REMARKS.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from notegen import pipeline, preview, settings
from notegen.cli import hand_show
from notegen.cli.hand_pens import said_pen
from notegen.hand.specimen import SAMPLES
from notegen.model.hand import KINDS, Hand

DOCS = Path(__file__).resolve().parent
PICTURES = DOCS / "images" / "hands"
MOST = 60_000
"""Bytes of a picture."""
SHADES = 24
CARD_WIDTH, SHEET_WIDTH = 720, 760

NOTE = (
    "Dear Zoë and James,\n\n"
    "Thank you for choosing the blue Marlin for Kelly’s sixteenth birthday. You said she would ride it to the lake on "
    "the first dry day, and I hope she did. Bring it back in six weeks, and we’ll tune the gears: no charge.\n\n"
    "Warmly,\nRuth Amsel"
)
SIGNED = {
    "Jpan": "小林ルツ",
    "Hang": "루스 드림",
    "Cyrl": "Ваша Елизавета",
    "Hebr": "רות",
    "Deva": "रूथ",
    "Grek": "Ρουθ",
}

REMARKS = {
    "quick-ballpoint": "every k is a small capital, also inside words (*Thank*, *week*), and the slant hardly changes.",
    "hurried-ballpoint": "t is a plain cross without a foot wherever it stands, and digits are all of one height.",
    "relaxed-pen": "y swings back in the same loop each time, and a small e can close up into a c.",
    "office-pen": "t is crossed at its foot, also where that makes it nearly a z (*to*, *tune*).",
    "gel-print": "all letters are upright and equally narrow, and none ever touches the next.",
    "school-cursive": "the comma is a large hook and the colon two heavy dots, each time; joins are at one height.",
    "fountain-cursive": "the rough edge of the nib is part of the letters, much the same around each a and each e.",
    "elder-pen": "no word is hurried: the pen has one speed, and capital I and J tower over every line alike.",
    "elder-cursive": "capitals have the same flourish each time, and the loops of l, h and b the same height.",
    "neat-print": "letters stand apart at even distances; b is open at the foot, nearly an h; q has a crossed tail.",
    "thin-print": "the line is equally thin in every stroke, and w is a capital inside words, too.",
    "rounded-print": "round letters are nearly circles, all of one size.",
    "mixed-print": "the same letters are capitals everywhere (n, r): people mix as it comes.",
    "marker-capitals": "the rough ends of the strokes repeat from letter to letter, and S, C and G lean alike.",
    "pen-capitals": "R and K kick out the same leg each time, and a is a small letter among capitals, always.",
    "japanese-pen": "characters fill equal squares; people make kana smaller than kanji, and run strokes together.",
    "korean-pen": "the parts of a syllable keep their proportions, whatever the syllable is.",
    "cyrillic-pen": "the letters are set apart, where a Russian would join most of them; д and б have one loop each.",
    "hebrew-pen": "the strokes end round and are equally broad, and the final letters swing down alike.",
    "devanagari-pen": "head lines are straight and letters even: of all the hands, this one looks most like a font.",
}

HEAD = """\
# The hands

A hand is a way of writing: a font whose letters somebody wrote, with the pen, the sizes and the looseness that go with
it. The letters that reach the card are not the font's: each is warped into many shapes, so that no two on a card are
alike ([architecture](architecture.md#handwriting)). What no warping takes away is the character of the letters
themselves, and where that gives a font away it is said below.

`notegen hand list` prints this table, `notegen hand show NAME` makes a specimen sheet, `notegen hand suggest FACTS`
finds the hands that have all letters of your customers' names, and `notegen hand add FONT.ttf` makes a hand of a font
of your own. A letter that a hand lacks is written by another hand, in the same pen; a whole word changes hands then,
never a part of one.

This page and its pictures are made by `python docs/gallery.py`.

"""


def hands() -> list[Hand]:
    """Return the bundled hands: those for Latin letters first, by kind."""
    known = list(pipeline.hands(settings.Settings()))
    kinds = list(KINDS)
    return sorted(known, key=lambda one: ("Latn" not in one.scripts, kinds.index(one.kind), one.name))


def page() -> str:
    """Return the page."""
    rows = "".join(f"| [{one.name}](#{one.name}) | {one.kind} | {hand_show.writes(one)} |\n" for one in hands())
    table = f"| hand | kind | writes |\n|---|---|---|\n{rows}\n"
    kinds = "Kinds: " + "; ".join(f"*{kind}*, {meaning}" for kind, meaning in KINDS.items()) + ".\n\n"
    return HEAD + table + kinds + "\n".join(map(_section, hands()))


def _section(hand: Hand) -> str:
    sizes = f"letters of {hand.x_height[0]:.1f} to {hand.x_height[2]:.1f} mm, usually {hand.x_height[1]:.1f}"
    origin = hand.origin.removesuffix("; see ORIGIN.md")
    return (
        f"## {hand.name}\n\n"
        f"{hand.role[0].upper()}{hand.role[1:]}. Kind: {hand.kind}. Writes {hand_show.writes(hand)}. "
        f"Pen: {said_pen(hand.pen)}; {sizes}.\n\n"
        f"![a card in the hand {hand.name}](images/hands/{hand.name}.png)\n\n"
        f"![a specimen sheet of the hand {hand.name}](images/hands/{hand.name}-sheet.png)\n\n"
        f"What still looks like a font: {REMARKS[hand.name]}\n\n"
        f"From {origin}. Licence: [{hand.licence}](../fonts/{hand.name}/LICENSE.txt); "
        f"[origin and changes](../fonts/{hand.name}/ORIGIN.md).\n"
    )


def _note(hand: Hand) -> str:
    script = hand.scripts[0]
    return NOTE if script == "Latn" else f"{SAMPLES[script].paragraph}\n\n{SIGNED[script]}"


def _card(hand: Hand, folder: Path) -> Image.Image:
    made = pipeline.specimen(_note(hand), hand, pipeline.stocks(settings.Settings()).get("us-a2"), 1)
    assert made.value is not None, made.diagnostics
    preview.card_png(made.value, folder / "card.png", dpi=200, guides=False)
    return Image.open(folder / "card.png")


def _sheet(hand: Hand, folder: Path) -> Image.Image:
    pipeline.write_specimen_sheet(hand, f"{hand.kind}, {hand.licence}", 1, folder / "sheet.pdf")
    whole = preview.page_image(folder / "sheet.pdf", 0, dpi=130)
    ink = whole.convert("L").point(lambda shade: 255 if shade < 200 else 0).getbbox()
    assert ink is not None
    return whole.crop((0, 0, whole.width, ink[3] + 30))


def small(picture: Image.Image, width: int) -> bytes:
    """Return a picture of a width as a palette PNG of at most MOST bytes, made smaller until it is."""
    while True:
        scaled = picture.convert("RGB").resize((width, round(picture.height * width / picture.width)), Image.LANCZOS)
        stream = io.BytesIO()
        scaled.quantize(SHADES, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
        if stream.tell() <= MOST:
            return stream.getvalue()
        width = width * 9 // 10


def pictures(hand: Hand) -> Iterator[tuple[Path, bytes]]:
    """Return the two pictures of a hand and their files."""
    with TemporaryDirectory(prefix="notegen-") as name:
        folder = Path(name)
        yield PICTURES / f"{hand.name}.png", small(_card(hand, folder), CARD_WIDTH)
        yield PICTURES / f"{hand.name}-sheet.png", small(_sheet(hand, folder), SHEET_WIDTH)


def main(names: list[str]) -> None:
    """Write the page, and the pictures of the hands that are named, or of all; none for the name `page`."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for hand in hands():
        if not names or hand.name in names:
            for path, data in pictures(hand):
                path.write_bytes(data)
    (DOCS / "hands.md").write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
