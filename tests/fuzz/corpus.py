# ruff: noqa: E501 (seeds are easier to read on one line)
"""What mutations begin with: our own samples, templates, stocks and fonts, and small pictures made here."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any, Final

from . import word_mutators

ROOT: Final = Path(__file__).resolve().parents[2]
TYPICAL: Final = "".join(chr(code) for code in (*range(32, 127), 0xE9, 0xF6, 0x2019, 0x201C, 0x201D, 0x2013, 0x2014))

CUSTOMER: Final = b"""customer: {name: Ana Reyes, greeting: Ana, address: {street: 8 Canal Street, city: Port Ellery, region: OR, postcode: "97999"}}
sale: {date: 2026-03-04, item: Brompton folding bicycle, short: the Brompton, colour: red, price: 1450}
remember:
  - You rode it twice around the block before you said a word.
  - You told me about the hill to your sister's house.
"""
NOTE: Final = b"""---
name: t
requires: [sale.short]
---
Dear {{ customer.greeting or customer.name }},

{{ remember[0] }} Enjoy {{ sale.short }}, bought on {{ sale.date | weekday }}.

{{ shop.signer }}
"""
SHOP: Final = b"shop: {name: Corner Shop, signer: Tess}\nhand: quick-ballpoint\nstock: us-a2\n"
HAND: Final = b"""title: Mine
role: how I write
font: mine.ttf
pen: ballpoint 0.3
ink: blue-black
x_height: [1.9, 2.4, 3.0]
leading: 3.4
licence: my own
origin: written by me
kind: print
scripts: [Latn]
habits: {bend: 0.14, bounce: 0.17, slant: 5.5, gap: 0.27, page_slope: [0.7, 1.2], drift: [0.25, 0.5]}
"""
STOCKS: Final = (
    b"title: Tag\nsize: [150, 100]\nbleed: 3\nsafe: 6\nfold: side\nfolds: [70]\nenvelope: env-c6\nsource: ours\naka: [x, '120x80']\n",
    b"""title: Gate card
size: [200, 100]
bleed: 3
safe: 6
folds: [50, 150]
panels:
  left-flap: {box: [0, 0, 50, 100], side: inside}
  middle: {box: [50, 0, 100, 100], side: inside, turned: true}
  right-flap: {box: [150, 0, 50, 100], side: inside}
  back: {box: [50, 0, 100, 100], side: outside}
write_on: middle
source: ours
""",
    b"title: Envelope\nkind: envelope\nsize: [162, 114]\nbleed: 0\nsafe: 5\nsource: ours\n",
)
SHEETS: Final = (
    b"title: L\npaper: a4\nsize: [64, 34]\ngrid: [3, 8]\nfirst: [7, 12.9]\npitch: [66, 34]\nround: 2\nwhat: label\nsource: ours\nwaste: [1, 1]\n",
    b"title: C\npaper: [320, 450]\nsize: [139.7, 107.95]\nslots: [[10, 10, 139.7, 107.95], [10, 130, 139.7, 107.95]]\nwhat: card\nsource: ours\n",
)
PRINT: Final = b"""shop: {name: Corner Shop, signer: Tess, address: {street: 1 Market Street, city: Port Ellery, region: OR, postcode: "97999"}}
hand: neat-print
stock: us-a2-folded
pen: gel 0.4
ink: sepia
tidiness: neat
locale: en_GB
currency: GBP
seed: 7
sign: printed
tints: yes
fields:
  sale.trade_in: {kind: text, weight: 1, doc: what they traded in, required: no, choices: [a, b]}
lint: {fail_level: warning, rules: {N104: warning}, max_exclamations: 1}
art:
  front: {file: art/pic.svg, fit: actual}
print: {for: press, condition: fogra39, plate: spot, tac: 280, spots: [Reflex Blue], marks: corner, sheet: letter-4up, order: stack, duplex: long-edge, matching: yes}
notes:
  - {facts: facts.yaml, template: t.j2}
"""
SVG: Final = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="30mm" viewBox="0 0 40 30"><defs><linearGradient id="x"><stop offset="0" '
    b'stop-color="#f00"/><stop offset="1" stop-color="#00f"/></linearGradient></defs><g transform="rotate(5)" opacity=".5"><path '
    b'd="M2 2 C9 9 9 2 20 9 A3 3 0 0 1 8 8 Z" fill="url(#x)" stroke="#123" stroke-width=".4" stroke-dasharray="1 2"/><use href="#r"/></g>'
    b'<rect id="r" x="4" y="4" width="9" height="9" rx="2" style="fill:rgb(10%,20%,30%)"/></svg>'
)


def _read(*patterns: str) -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for pattern in patterns for path in sorted(ROOT.glob(pattern)))


@cache
def facts() -> tuple[bytes, ...]:
    """Return files of customers."""
    return (
        CUSTOMER,
        CUSTOMER + b"---\n" + CUSTOMER.replace(b"Ana", b"Ben"),
        *_read("samples/*/facts/*.yaml", "samples/terrible/customers.yaml"),
    )


@cache
def templates() -> tuple[bytes, ...]:
    """Return templates."""
    return (NOTE, NOTE, *_read("templates/[a-z]*.j2", "samples/*/templates/*.j2", "samples/terrible/*.j2"))


@cache
def settings() -> tuple[bytes, ...]:
    """Return files notegen.yaml."""
    return (SHOP, PRINT, PRINT, *_read("samples/*/notegen.yaml"))


@cache
def stocks() -> tuple[bytes, ...]:
    """Return files of stocks."""
    return (*STOCKS * 4, *_read("notegen/layout/stocks/*.yaml"))


@cache
def sheets() -> tuple[bytes, ...]:
    """Return files of sheets."""
    return (*SHEETS * 4, *_read("notegen/layout/sheets/*.yaml"))


@cache
def hands() -> tuple[bytes, ...]:
    """Return files of hands; the font of each is to be mine.ttf."""
    return (HAND, HAND)


@cache
def rules() -> tuple[bytes, ...]:
    """Return files of a shop's own rules."""
    page = (ROOT / "docs/rules-of-your-own.md").read_text(encoding="utf-8")
    return tuple(part.split("```")[0].encode() for part in page.split("```yaml\n")[1:] if "code: X" in part)


@cache
def letters() -> tuple[bytes, ...]:
    """Return finished letters."""
    return (
        *_read("samples/terrible/letter.txt", "docs/letters.md"),
        *(_letter(one) for one in sorted(ROOT.glob("tests/letters/exam/c0[01]*.yaml"))),
    )


def _letter(path: Path) -> bytes:
    import yaml

    held = yaml.safe_load(path.read_bytes())
    return str(held.get("letter") or held.get("text") or held).encode()


@cache
def fonts() -> tuple[bytes, ...]:
    """Return fonts, cut down to what English needs, with TrueType and with cubic outlines, with features and without."""
    files = ("neat-print/Mynerve.ttf", "quick-ballpoint/NothingYouCouldDo.ttf", "school-cursive/CedarvilleCursive.ttf")
    return (*(_cut(ROOT / "fonts" / one) for one in files), _drawn(cubic=True), _drawn(cubic=False))


def _cut(path: Path) -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    how = subset.Options(hinting=False, name_IDs=["*"], notdef_outline=True, layout_features=["*"])
    with TTFont(path) as font:
        cutter = subset.Subsetter(how)
        cutter.populate(text=TYPICAL)
        cutter.subset(font)
        return _saved(font)


def _saved(font: Any) -> bytes:
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()


def _drawn(*, cubic: bool) -> bytes:
    """Return a font of bars, with a ligature, an alternate and a composite."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.t2CharStringPen import T2CharStringPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    names = {char: f"g{ord(char)}" for char in TYPICAL if char.strip()}
    order = [".notdef", "space", *names.values(), "g97.alt1", "f_i"]
    made = FontBuilder(1000, isTTF=not cubic)
    made.setupGlyphOrder(order)
    made.setupCharacterMap({32: "space"} | {ord(char): name for char, name in names.items()})
    glyphs = {}
    for number, name in enumerate(order):
        pen = T2CharStringPen(200, None) if cubic else TTGlyphPen(None)
        tall = 450 + number % 5 * 60
        pen.moveTo((50, 0))
        for point in ((50, tall), (100, tall + 9), (110, 0)) if name != "space" else ((50, 0), (50, 0)):
            pen.lineTo(point)
        pen.closePath()
        glyphs[name] = pen.getCharString() if cubic else pen.glyph()
    if cubic:
        made.setupCFF("Bars", {}, glyphs, {})
    else:
        pen = TTGlyphPen({"g97": None, "g98": None})
        pen.addComponent("g97", (1, 0, 0, 1, 0, 0))
        pen.addComponent("g98", (1, 0, 0, 1, 100, 0))
        glyphs["f_i"] = pen.glyph()
        made.setupGlyf(glyphs)
    made.setupHorizontalMetrics(dict.fromkeys(order, (200, 50)))
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": "Bars", "styleName": "Regular", "copyright": "(c) 2026"})
    made.setupOS2(fsType=0)
    made.setupPost()
    made.addOpenTypeFeatures(
        "feature liga { sub g102 g105 by f_i; } liga; feature salt { sub g97 by g97.alt1; } salt;"
        "feature kern { pos g97 g98 -20; pos g84 g111 -60; } kern; feature calt { sub g97 g98' by g97.alt1; } calt;"
    )
    return _saved(made.font)


@cache
def pictures() -> tuple[bytes, ...]:
    """Return pictures of every kind that a card may have."""
    import numpy as np
    from PIL import Image

    y, x = np.mgrid[0:40, 0:60]
    ramp = Image.fromarray(np.stack([x * 4, y * 6, 255 - x * 4], axis=-1).astype(np.uint8))
    made = [SVG, SVG, *_read("samples/*/art/*.svg", "tests/signatures/*.svg")]
    for image, kind in (
        (ramp, "PNG"),
        (ramp.convert("P"), "PNG"),
        (ramp.convert("RGBA"), "PNG"),
        (ramp.convert("1"), "PNG"),
        (ramp, "JPEG"),
        (ramp.convert("L"), "JPEG"),
        (ramp.convert("CMYK"), "JPEG"),
        (ramp, "TIFF"),
    ):
        stream = io.BytesIO()
        image.save(stream, kind, dpi=(300, 300))
        made.append(stream.getvalue())
    return (*made, *pdfs())


@cache
def scrawls() -> tuple[bytes, ...]:
    """Return pictures that show a signature."""
    from PIL import Image, ImageDraw

    image = Image.new("L", (600, 240), 255)
    pen = ImageDraw.Draw(image)
    pen.line([(60 + 8 * step, 120 + (step * 37) % 90 - 45) for step in range(60)], fill=20, width=7)
    made = []
    for kind in ("PNG", "JPEG"):
        stream = io.BytesIO()
        image.save(stream, kind, dpi=(300, 300))
        made.append(stream.getvalue())
    return tuple(made)


@cache
def pdfs() -> tuple[bytes, ...]:
    """Return PDFs: a plain drawing, one with a picture, a gradient and a form, and a card that notegen made."""
    import pikepdf
    from pikepdf import Array, Dictionary, Name

    def saved(made: pikepdf.Pdf, **how: Any) -> bytes:
        stream = io.BytesIO()
        made.save(stream, static_id=True, **how)
        return stream.getvalue()

    plain = pikepdf.new()
    plain.add_blank_page(page_size=(200, 150))
    plain.pages[0].Contents = plain.make_stream(b"q 1 0 0 rg 10 10 90 90 re f 0 0 0 1 k 0.5 w 5 5 m 90 99 l S Q")
    plain.pages[0].TrimBox = Array([9, 9, 191, 141])
    rich = pikepdf.new()
    rich.add_blank_page(page_size=(200, 150))
    image = rich.make_stream(
        bytes(range(256)) * 3,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=16,
        Height=16,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceRGB,
    )
    form = rich.make_stream(
        b"0 0 5 5 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), Resources=Dictionary()
    )
    ramp = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0, 0, 0]), C1=Array([1, 0, 0]), N=1)
    shade = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, 50, 0]), Function=rich.make_indirect(ramp)
    )
    spot = Array(
        [
            Name.Separation,
            Name("/Reflex Blue"),
            Name.DeviceCMYK,
            Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * 4), C1=Array([1, 1, 0, 0]), N=1),
        ]
    )
    rich.pages[0].Resources = Dictionary(
        XObject=Dictionary(I=image, F=form),
        Shading=Dictionary(S=rich.make_indirect(shade)),
        ColorSpace=Dictionary(C=spot),
        ExtGState=Dictionary(G=Dictionary(ca=0.5, BM=Name.Multiply)),
    )
    rich.pages[0].Contents = rich.make_stream(b"q 50 0 0 50 9 9 cm /I Do Q /S sh /G gs /C cs 0.5 scn /F Do BT ET")
    return saved(plain), saved(rich), saved(rich, object_stream_mode=pikepdf.ObjectStreamMode.generate)


@cache
def kept() -> dict[str, bytes]:
    """Return the files of a shop with a ledger, a run that is printed and one that is prepared and stopped."""
    import os
    import tempfile

    from .sandbox import run

    asked = ("-t", "t.j2", "-j", "1", "--executor", "serial")
    here = os.getcwd()
    with tempfile.TemporaryDirectory() as place:
        shop = Path(place)
        for name, data in (("notegen.yaml", SHOP), ("t.j2", NOTE), ("ana.yaml", CUSTOMER)):
            (shop / name).write_bytes(data)
        (shop / "ben.yaml").write_bytes(CUSTOMER.replace(b"Ana", b"Ben"))
        os.chdir(shop)
        try:
            for words in (("batch", "ana.yaml", *asked, "--yes"), ("batch", "ben.yaml", *asked, "--prepare")):
                status, _, said = run(words)
                assert status == 0, said
        finally:
            os.chdir(here)
        return {
            str(path.relative_to(shop)): path.read_bytes().replace(place.encode(), b"@PLACE@")
            for path in sorted(shop.rglob("*"))
            if path.is_file()
        }


@cache
def ledgers() -> tuple[bytes, ...]:
    """Return the ledger of that shop."""
    return (kept()["notegen.db"],)


@cache
def words() -> tuple[bytes, ...]:
    """Return commands, a word to a line."""
    return tuple(line.replace(" ", "\n").encode() for line in word_mutators.LINES)


@cache
def run_files() -> tuple[bytes, ...]:
    """Return the files of its runs, each with its name before a NUL."""
    return tuple(name.encode() + b"\0" + data for name, data in kept().items() if name.startswith("runs/") and data)


__all__ = [
    "CUSTOMER",
    "HAND",
    "NOTE",
    "SHOP",
    "facts",
    "fonts",
    "hands",
    "kept",
    "ledgers",
    "letters",
    "pdfs",
    "pictures",
    "rules",
    "scrawls",
    "settings",
    "sheets",
    "stocks",
    "templates",
    "words",
]
