"""Pages of a PDF as pictures, through pdfium."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

from notegen.errors import NotegenError, UnreadableFile

FINE = 300
"""Dots to the inch at which pages are drawn at least."""

LARGEST = 160_000_000
"""Pixels that the largest page that is drawn has at FINE dots to the inch: A0."""


def page_image(pdf: bytes | Path, page: int, *, dpi: float) -> Image.Image:
    """Return one page; see `notegen.preview.page_image`."""
    return page_images(pdf, [page], dpi=dpi)[0]


def page_count(pdf: bytes | Path) -> int:
    """Return how many pages a PDF has; see `notegen.preview.page_count`."""
    document = _open(pdf)
    try:
        return len(document)
    finally:
        document.close()


def page_images(pdf: bytes | Path, pages: list[int], *, dpi: float) -> list[Image.Image]:
    """Return several pages of one file, which is read once."""
    document = _open(pdf)
    try:
        count = len(document)
        for page in pages:
            if not 0 <= page < count:
                raise NotegenError(f"there is no page {page + 1}; the file has {count}")
        for page in pages:
            _check_size(document[page], pdf, page)
        return [_render(document[page], dpi) for page in pages]
    except pypdfium2.PdfiumError:
        raise UnreadableFile(f"{_name(pdf)} is damaged: not all of its pages can be read") from None
    finally:
        document.close()


def together(images: Sequence[Image.Image]) -> Image.Image:
    """Return pictures as one: above each other when the first is broader than high, else from left to right."""
    above = images[0].width > images[0].height
    widths, heights = [one.width for one in images], [one.height for one in images]
    size = (max(widths), sum(heights)) if above else (sum(widths), max(heights))
    whole = Image.new("RGB", size, (255, 255, 255))
    at = 0
    for one in images:
        whole.paste(one, (0, at) if above else (at, 0))
        at += one.height if above else one.width
    return whole


def each_grey(pdf: Path, *, dpi: float) -> Iterator[Image.Image]:
    """Yield all pages of a file in grey, one at a time; raises UnreadableFile for what is no PDF or would never end."""
    from notegen.press.scrubbing import refuse_endless

    refuse_endless(pdf)
    document = _open(pdf)
    try:
        for number in range(len(document)):
            page = document[number]
            _check_size(page, pdf, number)
            yield page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    except pypdfium2.PdfiumError:
        raise UnreadableFile(f"{pdf} is damaged: not all of its pages can be read") from None
    finally:
        document.close()


def _check_size(page: Any, pdf: bytes | Path, number: int) -> None:
    width, height = (points * FINE / 72 for points in page.get_size())
    if width * height > LARGEST:
        raise NotegenError(f"page {number + 1} of {_name(pdf)} is larger than any sheet of paper")


def _name(pdf: bytes | Path) -> str:
    return str(pdf) if isinstance(pdf, Path) else "this"


def _render(page: Any, dpi: float) -> Image.Image:
    """Draw a page at FINE dots to the inch or more and average it down.

    pdfium puts letters on whole pixels, which makes lines of small writing dance and swallows the dots of thin pens.
    """
    times = max(1, math.ceil(FINE / dpi))
    size = [math.ceil(points * dpi / 72 - 1e-6) for points in page.get_size()]
    fine: Image.Image = page.render(scale=dpi * times / 72).to_pil().convert("RGB")
    if times == 1:
        return fine
    whole = Image.new("RGB", (size[0] * times, size[1] * times), (255, 255, 255))
    whole.paste(fine, (0, 0))
    return whole.reduce(times)


def as_png(image: Image.Image, dpi: float) -> bytes:
    """Return the picture as a PNG file that knows its resolution."""
    stream = io.BytesIO()
    image.save(stream, "PNG", dpi=(dpi, dpi), compress_level=6)
    return stream.getvalue()


def _open(pdf: bytes | Path) -> Any:
    try:
        return pypdfium2.PdfDocument(pdf)
    except FileNotFoundError:
        raise UnreadableFile(f"there is no file {pdf!s}") from None
    except pypdfium2.PdfiumError:
        raise UnreadableFile(f"{_name(pdf)} is not a PDF that can be read") from None
