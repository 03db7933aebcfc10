"""Pages of PDFs as pictures: their trim and bleed, what keeps them off a card, and their form."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from notegen.files import QPDF_LIMITS
from notegen.model.page import Transform, then, turned
from notegen.press.art import codes
from notegen.press.art.faults import Fault, told
from notegen.press.art.functions import bounded, floats
from notegen.press.art.recolour import Recolour, Seen
from notegen.press.art.spaces import looks

if TYPE_CHECKING:
    from notegen.model.hand import CMYK
    from notegen.press.art.colour import Colours
    from notegen.press.container import Container

Corners = tuple[float, float, float, float]
Plates: TypeAlias = "dict[str, CMYK]"
_POINT: Final = 25.4 / 72
_MARKS: Final = 5.0
"""Millimetres beyond the trim that a page without a BleedBox may have; where there are more, there are marks in it."""
_SILENT: Final = frozenset(("/Link", "/Popup", "/TrapNet", "/PrinterMark"))
_SMALLEST: Final = 0.5
_BEGIN: Final = b"0 g 0 G 1 w 0 J 0 j 10 M [] 0 d\n"
"""What a page begins with (PDF 32000, tables 52 and 53); a form begins with whatever was set before it is drawn."""
_TROUBLE: Final = (
    pikepdf.PdfError, LookupError, AttributeError, TypeError, ValueError, ArithmeticError, RuntimeError, zlib.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageBoxes:
    """A page's trim as it is seen: its size in mm, its bleed (left, bottom, right, top), and a map from its content.

    `form` takes the page's own units to points from the lower left corner of the trim; `corners` is trim and bleed in
    the page's own units.
    """

    size: tuple[float, float]
    bleed: Corners
    form: Transform
    corners: Corners


@contextmanager
def opened(data: bytes) -> Iterator[pikepdf.Pdf]:
    """Open a PDF; raises Fault for what is damaged or encrypted."""
    pikepdf.settings.set_qpdf_limits(**QPDF_LIMITS)
    try:
        pdf = pikepdf.open(BytesIO(data))
    except pikepdf.PasswordError:
        raise Fault(codes.ENCRYPTED, "is encrypted", "save it without a password") from None
    except pikepdf.PdfError as error:
        raise Fault(codes.UNREADABLE, f"is damaged: {told(error)}", "export it again") from None
    with pdf:
        if pdf.is_encrypted:
            raise Fault(codes.ENCRYPTED, "is encrypted", "save it without a password")
        try:
            yield pdf
            _whole(pdf)
        except _TROUBLE as error:  # entries that are missing or of another kind end in whatever pikepdf trips over
            what = f"is damaged: {told(error)}"
            raise Fault(codes.UNREADABLE, what, "export it again") from None


def _whole(pdf: pikepdf.Pdf) -> None:
    """Raise Fault for a file that had to be mended while it was read: a picture or half of the page may be gone."""
    trouble = pdf.get_warnings()
    if trouble:
        hint = "export it again, or mend it with qpdf and look at it"
        raise Fault(codes.UNREADABLE, f"is damaged: {told(trouble[0])}", hint)


def page_of(pdf: pikepdf.Pdf, number: int) -> Any:
    """Return a page (from 0); raises Fault for one that is not there, or that hides layers."""
    count = len(pdf.pages)
    if not 0 <= number < count:
        pages = "one page" if count == 1 else f"{count} pages"
        raise Fault(codes.SIZE, f"has {pages}, and no page {number + 1}", "name one that is there")
    if "/OCProperties" in pdf.Root and any(_hides(layer) for layer in _layers(pdf)):
        raise Fault(codes.NOT_DRAWABLE, "has layers that are switched off", "flatten it in the program that made it")
    return pdf.pages[number]


def _layers(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield how a file's layers are set, each layer, and each condition on several of them."""
    yield pdf.Root.OCProperties.get("/D", Dictionary())
    yield from (one for one in pdf.objects if isinstance(one, Dictionary) and one.get("/Type") in ("/OCG", "/OCMD"))


def _hides(layer: Any) -> bool:
    """Whether something may be hidden on a screen or in print."""
    usage = layer.get("/Usage", Dictionary())
    states = [usage[kind].get(f"{kind}State") for kind in ("/View", "/Print") if kind in usage]
    off = len(layer.get("/OFF", [])) or layer.get("/BaseState") == "/OFF" or "/OFF" in states
    return bool(off or "/VE" in layer or layer.get("/P") in ("/AllOff", "/AnyOff"))


def boxes(page: Any) -> PageBoxes:
    """Return where a page's trim and bleed are; raises Fault for boxes that hold nothing."""
    media = _box(page.obj, "/MediaBox", _inherited(page.obj, "/MediaBox"))
    if media is None:
        raise Fault(codes.SIZE, "has a page without a size", "export it again")
    crop = _within(_box(page.obj, "/CropBox", _inherited(page.obj, "/CropBox")) or media, media)
    said = page.obj.get("/TrimBox") or page.obj.get("/ArtBox")
    trim = _within(_box(page.obj, "/TrimBox", said) or crop, media)
    unit = float(page.obj.get("/UserUnit", 1))
    size = (trim[2] - trim[0]) * unit * _POINT, (trim[3] - trim[1]) * unit * _POINT
    if min(size) < _SMALLEST:
        raise Fault(codes.SIZE, "has a page without a size", "export it again")
    outer = _box(page.obj, "/BleedBox", page.obj.get("/BleedBox"))
    bleed = _sides(trim, _within(outer, media) if outer else crop, unit)
    if outer is None and max(bleed) > _MARKS:
        bleed = (0.0, 0.0, 0.0, 0.0)
    quarter = int(_inherited(page.obj, "/Rotate") or 0) % 360
    places = [part / unit / _POINT for part in bleed]
    corners = trim[0] - places[0], trim[1] - places[1], trim[2] + places[2], trim[3] + places[3]
    start: Transform = (unit, 0.0, 0.0, unit, -trim[0] * unit, -trim[1] * unit)
    points = size[0] / _POINT, size[1] / _POINT
    # /Rotate turns to the right.
    form = then(start, turned(-quarter % 360, *points))
    seen = size if quarter % 180 == 0 else (size[1], size[0])
    return PageBoxes(seen, _turned(bleed, quarter // 90), form, corners)


def _turned(bleed: Corners, steps: int) -> Corners:
    """Return left, bottom, right and top after quarter turns to the right: what was at the bottom is on the left."""
    for _ in range(steps % 4):
        bleed = (bleed[1], bleed[2], bleed[3], bleed[0])
    return bleed


def _inherited(node: Any, key: str) -> Any:
    for _ in range(32):
        if key in node:
            return node[key]
        if "/Parent" not in node:
            return None
        node = node["/Parent"]
    return None


def _box(node: Any, name: str, given: Any) -> Corners | None:
    if given is None:
        return None
    values = floats(given)
    if len(values) != 4:
        raise Fault(codes.SIZE, f"has a {name[1:]} that is no box", "export it again")
    x0, y0, x1, y1 = values
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _within(inner: Corners, outer: Corners) -> Corners:
    return max(inner[0], outer[0]), max(inner[1], outer[1]), min(inner[2], outer[2]), min(inner[3], outer[3])


def _sides(trim: Corners, outer: Corners, unit: float) -> Corners:
    gaps = (trim[0] - outer[0], trim[1] - outer[1], outer[2] - trim[2], outer[3] - trim[3])
    left, bottom, right, top = (max(0.0, gap) * unit * _POINT for gap in gaps)
    return left, bottom, right, top


def unseen(page: Any) -> tuple[str, ...]:
    """Return the kinds of annotations that a viewer shows and a card does not."""
    notes = page.obj.get("/Annots", Array())
    kinds = (str(note.get("/Subtype", "/annotation")) for note in notes if isinstance(note, Dictionary))
    return tuple(dict.fromkeys(kind[1:] for kind in kinds if kind not in _SILENT))


def intents(pdf: pikepdf.Pdf) -> tuple[bytes, ...]:
    """Return the profiles of the presses that a file says it is for."""
    said = (intent.get("/DestOutputProfile") for intent in pdf.Root.get("/OutputIntents", Array()))
    found = [one for one in said if isinstance(one, Stream) and int(one.get("/N", 0)) == 4]
    for one in found:
        bounded(one)
    return tuple(bytes(one.read_bytes()) for one in found)


def form(pdf: pikepdf.Pdf, number: int, colours: Colours) -> tuple[Any, Seen]:
    """Return a page as a form of the same PDF, and what was met on the way; raises Fault for what is not drawn."""
    page = page_of(pdf, number)
    where = boxes(page)
    recolour = Recolour(pdf, colours)
    content, needs = recolour.content(page, _inherited(page.obj, "/Resources"), where.form, colours)
    made = pdf.make_indirect(Stream(pdf, _BEGIN + content))
    made.Type, made.Subtype = Name.XObject, Name.Form
    made.BBox = Array([round(one, 4) for one in where.corners])
    made.Matrix = Array([round(one, 6) for one in where.form])
    made.Resources = needs
    if "/Group" in page.obj:
        made.Group = recolour.group(page.obj.Group, colours)
        made.Group.I = True  # that of a page always is isolated (PDF 32000, 11.4.7), that of a form must say so
    return made, recolour.seen


def draw(data: bytes, number: int, colours: Colours, container: Container) -> tuple[int, Plates]:
    """Put a page into a file as a form in points from the lower left corner of its trim.

    Returns the form's number, and the plates that it prints besides the four with their looks in CMYK.
    """
    from notegen.press.art.copying import Copier

    with opened(data) as pdf:
        made, _ = form(pdf, number, colours)
        copier = Copier(container)
        form_number = copier.number(made)
        found = {name: look for thing in copier.spots for name, look in looks(thing).items()}
        return form_number, {name: _in_ink(look) for name, look in found.items() if len(look) in (1, 4)}


def _in_ink(look: Sequence[float]) -> CMYK:
    cyan, magenta, yellow, black = look if len(look) == 4 else (0.0, 0.0, 0.0, 1 - look[0])
    return cyan, magenta, yellow, black
