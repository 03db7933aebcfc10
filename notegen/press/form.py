"""The form for a person's own hand as a PDF: black for machines, a light tint for the writer, grey for words.

Labels are set in Bitstream Vera, which comes with ReportLab under a free licence and may be embedded. Letters that it
lacks are taken from a bundled hand; what that lacks too is named by its code point.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from notegen.files import replacing
from notegen.model.form import Caption, Form, Page, Tone
from notegen.model.stock import Box
from notegen.press.units import POINTS
from notegen.resources import data_folder

TINT = (0.66, 0.83, 0.92)
"""RGB of the guides: a light blue that a person sees well, and as light as a fifth of black when printed grey."""

_GREY = {Tone.TITLE: 0.0, Tone.HEADING: 0.0, Tone.TEXT: 0.25, Tone.LABEL: 0.4, Tone.NOTE: 0.45}
_BOLD = frozenset((Tone.TITLE, Tone.HEADING))
_PLAIN, _STRONG, _OTHER = "NotegenForm", "NotegenFormBold", "NotegenFormOther"


def write_form(form: Form, path: Path) -> int:
    """Write a form as a PDF, whole or not at all, and return its number of pages; the same form gives the same bytes.

    Raises UnwritableFile when the file cannot be written.
    """
    from reportlab.pdfgen.canvas import Canvas

    fonts = _fonts()
    with replacing(path) as stream:
        width, height = form.size
        # Without a first font it would name Helvetica, which nothing is set in.
        first: dict[str, Any] = {"initialFontName": _PLAIN}
        canvas = Canvas(stream, pagesize=(width * POINTS, height * POINTS), invariant=1, pageCompression=1, **first)
        canvas.setTitle("A form for your own hand")
        for say in (canvas.setAuthor, canvas.setCreator, canvas.setProducer):
            say("notegen")
        canvas.setSubject(form.pages[0].code.text)
        canvas.setViewerPreference("PrintScaling", "None")
        for page in form.pages:
            canvas.scale(POINTS, POINTS)
            _page(canvas, page, fonts)
            canvas.showPage()
        canvas.save()
    return len(form.pages)


def _page(canvas: Any, page: Page, fonts: dict[str, Any]) -> None:
    canvas.setFillColorRGB(*TINT)
    _fill(canvas, page.guides)
    canvas.setFillGray(0)
    _fill(canvas, page.code.modules)
    for marker in page.markers:
        _fill(canvas, marker.modules)
    for caption in page.captions:
        _caption(canvas, caption, fonts)


def _fill(canvas: Any, boxes: tuple[Box, ...]) -> None:
    """Fill rectangles as one path: side by side they then show no seams."""
    path = canvas.beginPath()
    for box in boxes:
        path.rect(box.x, box.y, box.width, box.height)
    canvas.drawPath(path, stroke=0, fill=1)


def _caption(canvas: Any, caption: Caption, fonts: dict[str, Any]) -> None:
    font, text = _font(caption, fonts)
    size = caption.size / POINTS
    if font == _OTHER:
        size *= 1.35
    elif text != caption.text:
        size *= 0.5
    canvas.setFillGray(_GREY[caption.tone])
    canvas.setFont(font, size)
    draw = canvas.drawCentredString if caption.centred else canvas.drawString
    draw(caption.x, caption.y, text)


def _font(caption: Caption, fonts: dict[str, Any]) -> tuple[str, str]:
    """Return the font that has all characters of a caption, and what is to be set in it."""
    for name in (_STRONG if caption.tone in _BOLD else _PLAIN, _OTHER):
        if all(ord(one) in fonts[name].face.charToGlyph for one in caption.text):
            return name, caption.text
    return _PLAIN, " ".join(f"U+{ord(one):04X}" for one in caption.text)


@cache
def _fonts() -> dict[str, Any]:
    """Make the fonts known to ReportLab, which finds its own by name."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    other = data_folder("fonts") / "neat-print" / "Mynerve.ttf"
    made = {_PLAIN: TTFont(_PLAIN, "Vera.ttf"), _STRONG: TTFont(_STRONG, "VeraBd.ttf"), _OTHER: TTFont(_OTHER, other)}
    for font in made.values():
        pdfmetrics.registerFont(font)
    return made
