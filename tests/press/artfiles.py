"""Pictures of every kind, made in the tests: gradients, flat colours, pages with boxes, drawings."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from notegen.model.art import Art
from notegen.model.page import Item, Page, PlacedArt
from notegen.model.purpose import Purpose, Setup
from notegen.press import write_pages
from notegen.press.art import look
from notegen.press.conditions import conditions

GRACOL = conditions().get("gracol")
PRESS = Setup("Art", "en-US", purpose=Purpose.PRESS, condition=GRACOL)
SCREEN = Setup("Art", "en-US", purpose=Purpose.SCREEN)
DESKTOP = Setup("Art", "en-US", purpose=Purpose.DESKTOP)
KEPT: list[pikepdf.Pdf] = []
"""Objects of a PDF are gone when it is."""
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="30mm" viewBox="0 0 40 30">'


def ramp(width: int = 60, height: int = 40) -> Image.Image:
    """Return an RGB picture in which every pixel is another colour."""
    y, x = np.mgrid[0:height, 0:width]
    parts = (x * 255 // width, y * 255 // height, 255 - x * 255 // width)
    return Image.fromarray(np.stack(parts, axis=-1).astype(np.uint8))


def saved(path: Path, image: Image.Image, **how: Any) -> Path:
    """Save a picture at 300 pixels to the inch unless told otherwise."""
    image.save(path, **{"dpi": (300, 300), **how})
    return path


def svg(path: Path, inside: str, head: str = HEAD) -> Path:
    """Write an SVG drawing of 40 x 30 mm in mm."""
    path.write_text(f"{head}{inside}</svg>")
    return path


def pdf(path: Path, content: bytes, size: tuple[float, float] = (144, 72), **page: Any) -> Path:
    """Write a PDF of one page; `page` has its resources and boxes."""
    made = pikepdf.new()
    made.add_blank_page(page_size=size)
    made.pages[0].Contents = made.make_stream(content)
    for key, value in page.items():
        made.pages[0][f"/{key}"] = made.make_indirect(value) if isinstance(value, Dictionary) else value
    made.save(path, static_id=True)
    return path


def art(path: Path, page: int = 0) -> Art:
    """Look at a picture that is expected to be fit."""
    looked = look(path, page)
    assert looked.value is not None, looked.diagnostics
    return looked.value


def codes(path: Path) -> list[str]:
    """Return the codes of what is wrong with a picture."""
    return [one.code for one in look(path).diagnostics]


def printed(path: Path, *items: Item, size: tuple[float, float], setup: Setup = PRESS, bleed: float = 0.0) -> Path:
    """Write one page of items."""
    write_pages([Page(size, items, bleed, bleed)], path, setup)
    return path


def alone(file: Path, out: Path, setup: Setup = PRESS) -> pikepdf.Pdf:
    """Return a PDF of one page that shows one picture at its own size."""
    seen = art(file)
    opened = pikepdf.open(printed(out, PlacedArt(seen), size=seen.size, setup=setup))
    KEPT.append(opened)
    return opened


def form(made: pikepdf.Pdf) -> Any:
    """Return the object of the only picture on the first page."""
    (found,) = made.pages[0].Resources.XObject.values()
    return found


def steps(stream: Any) -> list[tuple[str, list[float]]]:
    """Return the operators of a stream with those of their operands that are numbers."""
    return [
        (str(one.operator), [float(part) for part in one.operands if not isinstance(part, Name | Array)])
        for one in pikepdf.parse_content_stream(stream)
    ]


def colours_of(stream: Any) -> list[tuple[float, ...]]:
    """Return the colours that a stream sets, in order."""
    return [tuple(parts) for name, parts in steps(stream) if name in ("g", "G", "rg", "RG", "k", "K")]


def packed(image: Image.Image, kind: str = "PNG", **how: Any) -> bytes:
    """Return a picture's file."""
    stream = BytesIO()
    image.save(stream, kind, **how)
    return stream.getvalue()
