"""The pages of a PDF that exists, put on sheets: each page becomes a form, and everything it uses is kept as it is.

The source is changed in memory and written anew, so that fonts stay shared, spot colours, layers, output intents and
XMP stay what they were. What spoke of the old pages (outlines, links, structure, document parts) goes. Marks and slugs
are pages like any other, drawn by `pages`; the forms are put below what is on them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import RawIOBase
from itertools import tee
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from notegen.errors import NotegenError, UnreadableFile
from notegen.files import QPDF_LIMITS, replacing
from notegen.model.page import Page, Transform, then, turned
from notegen.model.purpose import Duplex, Setup
from notegen.model.stock import Box
from notegen.press.pages import Pressed, write_pages
from notegen.press.units import POINTS, number

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer
    from pikepdf import Pdf

BLEED = 3.175
"""Millimetres of bleed that a page without a BleedBox is taken to have, if its media goes so far: an eighth of an inch.

By the letter of PDF the bleed would be the whole media, with its crop marks; those stand further out.
"""
_HIGHEST = 40
"""Levels of pages above pages: a tree of ten each has as many pages as nobody prints."""
SMALLEST = 5.0
"""Millimetres below which a page is no piece."""
GONE = (
    "/Outlines", "/Dests", "/Names", "/PageLabels", "/AcroForm", "/StructTreeRoot", "/MarkInfo", "/OpenAction", "/AA",
    "/Threads", "/DPartRoot", "/SpiderInfo", "/PageMode", "/PageLayout", "/URI",
)  # fmt: skip
"""Entries of a catalog that speak of pages that are no more."""
PARTS = "{http://www.npes.org/pdfvt/ns/id/}"
"""The XMP namespace in which a file says that it has document parts."""


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A page as it is seen: its trimmed size and its widest bleed, mm."""

    size: tuple[float, float]
    bleed: float


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """A page of the source on a sheet: its number, the map of its trimmed page to the sheet (mm), what it may cover."""

    page: int
    at: Transform
    clip: Box


@dataclass(frozen=True, slots=True, eq=False)
class ImposedSheet:
    """One side of one sheet: what is drawn on it, and the pages below that."""

    page: Page
    placed: tuple[PlacedPage, ...]


@dataclass(frozen=True, slots=True)
class _Geometry:
    """A page's boxes in its own units, how it is turned to be seen (degrees to the right), and its unit in points."""

    trim: Box
    bleed: Box
    turn: int
    unit: float

    @property
    def upright(self) -> Transform:
        """The map of the page's own units to its trimmed page as it is seen, mm."""
        scale = self.unit / POINTS
        width, height = self.trim.width * scale, self.trim.height * scale
        sized = (scale, 0.0, 0.0, scale, -self.trim.x * scale, -self.trim.y * scale)
        return then(sized, turned(-self.turn % 360, width, height))


def source_pages(path: Path) -> tuple[SourcePage, ...]:
    """Return the pages of a PDF. Raises UnreadableFile for what is none, is locked, or has a page of no size."""
    with _opened(path) as pdf:
        return tuple(_seen(_readable(page, f"page {number} of {path}")) for number, page in enumerate(pdf.pages, 1))


def write_imposed(
    path: Path,
    sheets: Iterable[ImposedSheet],
    target: Path,
    duplex: Duplex | None = None,
    progress: Callable[[int], None] | None = None,
) -> Pressed:
    """Write the pages of `path` on sheets; the same source and sheets give the same bytes.

    Raises UnreadableFile, UnwritableFile, and NotegenError when there are no sheets; nothing is left behind then.
    """
    drawn, laid = tee(sheets)
    with TemporaryDirectory(prefix="notegen-") as folder, _opened(path) as pdf:
        under = Path(folder) / "marks.pdf"
        fonts = write_pages((one.page for one in drawn), under, Setup(path.stem, "en")).fonts
        with _whole(pdf, path):
            pages = _impose(pdf, under, laid, progress or _nobody)
            _settle(pdf, duplex)
        with replacing(target) as stream, _whole(pdf, path):
            _save(pdf, stream)
            length = stream.tell()
    return Pressed(pages, length, fonts)


def _nobody(_done: int) -> None:
    """Report progress to nobody."""


def _impose(pdf: Pdf, under: Path, sheets: Iterable[ImposedSheet], progress: Callable[[int], None]) -> int:
    """Replace the pages of a file by sheets; return how many there are."""
    import pikepdf

    forms = _Forms(pdf)
    group = pdf.pages[0].obj.get("/Group")
    olds = len(pdf.pages)
    with pikepdf.open(under) as marks:
        _rename_fonts(marks)
        for sheet, drawn in zip(sheets, marks.pages, strict=True):
            pdf.pages.append(drawn)
            page = pdf.pages[-1].obj
            _put(pdf, page, forms, sheet.placed)
            if group is not None:
                page.Group = group
            progress(1)
        del pdf.pages[:olds]
        return len(pdf.pages)


def _rename_fonts(marks: Pdf) -> None:
    """Give the fonts of marks names of their own: the source may have other subsets of the same ones."""
    from pikepdf import Dictionary, Name

    for thing in marks.objects:
        for key in ("/BaseFont", "/FontName"):
            if isinstance(thing, Dictionary) and key in thing:
                thing[key] = Name(str(thing[key]).replace("+Notegen", "+NotegenMarks"))
                for below in thing.get("/DescendantFonts", ()):
                    below.BaseFont = thing[key]


def _put(pdf: Pdf, page: Any, forms: _Forms, placed: Sequence[PlacedPage]) -> None:
    """Put forms below what is on a page."""
    from pikepdf import Array, Dictionary

    named: dict[str, Any] = {}
    parts: list[bytes] = []
    for place in placed:
        form, geometry = forms.of(place.page)
        name = f"/N{place.page}"
        named[name] = form
        parts.append(_shown(name, then(geometry.upright, place.at), place.clip))
    if not parts:
        return
    shared = page.get("/Resources", Dictionary())  # of all sheets alike, so that each needs one of its own
    own = shared.get("/XObject", Dictionary())  # marks that are alike on all sheets
    both = Dictionary({**dict(own.items()), **named})
    page.Resources = Dictionary({**dict(shared.items()), "/XObject": both})
    page.Contents = Array([pdf.make_stream(b"".join(parts)), page.Contents])


def _shown(name: str, at: Transform, clip: Box) -> bytes:
    box = " ".join(number(one * POINTS) for one in (clip.x, clip.y, clip.width, clip.height))
    a, b, c, d, e, f = (round(part * POINTS, 8) for part in at)
    matrix = " ".join(number(part) for part in (a, b, c, d, e, f))
    return f"q\n{box} re W n\n{matrix} cm\n{name} Do\nQ\n".encode("ascii")


class _Forms:
    """The pages of a file as forms, each made when it is first used."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._pages = list(pdf.pages)
        self._made: dict[int, tuple[Any, _Geometry]] = {}

    def of(self, number: int) -> tuple[Any, _Geometry]:
        """Return a page's form, which ends at its bleed, and its geometry."""
        if number not in self._made:
            page = self._pages[number]
            geometry = _readable(page, f"page {number + 1}")
            form = self._pdf.make_indirect(page.as_form_xobject(handle_transformations=False))
            bleed = geometry.bleed
            form.BBox = [bleed.x, bleed.y, bleed.right, bleed.top]
            form.Matrix = [1, 0, 0, 1, 0, 0]
            self._made[number] = form, geometry
        return self._made[number]


def _readable(page: Any, name: str) -> _Geometry:
    """Return a page's geometry. Raises UnreadableFile for boxes that are no boxes and pages of no size."""
    try:
        geometry = _geometry(page)
    except (TypeError, ValueError, ArithmeticError):
        raise UnreadableFile(f"the boxes, the rotation or the unit of {name} make no sense") from None
    trim = geometry.trim
    if min(trim.width, trim.height) * geometry.unit / POINTS < SMALLEST:
        raise UnreadableFile(f"{name} is too small to be a piece", hint="look at its MediaBox and TrimBox")
    return geometry


def _geometry(page: Any) -> _Geometry:
    """Return a page's geometry; its boxes may be missing, upside down or larger than its media."""
    media = _box(page.mediabox)
    crop = _within(_box(page.cropbox), media)
    trim = _within(_box(page.trimbox), crop)
    unit = float(page.obj.get("/UserUnit", 1))
    free = BLEED * POINTS / unit
    bleed = _box(page.obj.BleedBox) if "/BleedBox" in page.obj else trim.inset(-free)
    return _Geometry(trim, _within(bleed, media), _turn(page.obj), unit)


def _turn(page: Any) -> int:
    """Return how a page is turned, degrees to the right; the entry may stand at the pages above it."""
    for _ in range(_HIGHEST):  # a broken file's page may stand above itself
        if "/Rotate" in page or "/Parent" not in page:
            break
        page = page.Parent
    return int(page.get("/Rotate", 0)) // 90 * 90 % 360


def _box(values: Any) -> Box:
    x0, y0, x1, y1 = (float(value) for value in values)
    return Box(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))


def _within(box: Box, outer: Box) -> Box:
    """Return the part of a box inside another. Raises ValueError when there is none."""
    x, y = max(box.x, outer.x), max(box.y, outer.y)
    right, top = min(box.right, outer.right), min(box.top, outer.top)
    if right <= x or top <= y:
        raise ValueError("a box is not on its page")
    return Box(x, y, right - x, top - y)


def _seen(page: _Geometry) -> SourcePage:
    scale = page.unit / POINTS
    trim, bleed = page.trim, page.bleed
    width, height = trim.width * scale, trim.height * scale
    over = max(trim.x - bleed.x, trim.y - bleed.y, bleed.right - trim.right, bleed.top - trim.top) * scale
    size = (height, width) if page.turn % 180 else (width, height)
    return SourcePage((round(size[0], 4), round(size[1], 4)), round(max(over, 0.0), 4))


@contextmanager
def _opened(path: Path) -> Iterator[Pdf]:
    """Open a PDF; its annotations and filled-in fields are made part of its pages."""
    with _read(path) as pdf:
        with _whole(pdf, path):
            if pdf.is_encrypted:
                raise UnreadableFile(f"{path} is encrypted", hint="save a copy without restrictions")
            if not len(pdf.pages):
                raise NotegenError(f"{path} has no pages")
            if any("/Annots" in page.obj for page in pdf.pages):
                pdf.flatten_annotations("print")
        yield pdf


@contextmanager
def _whole(pdf: Pdf, path: Path) -> Iterator[None]:
    """Refuse a file that had to be mended while something was done with it: a page or a picture may be gone.

    Raises UnreadableFile with the first thing that was wrong.
    """
    import pikepdf

    try:
        yield
        trouble = [str(one) for one in pdf.get_warnings()]
    except (pikepdf.PdfError, pikepdf.DataDecodingError, RuntimeError) as error:
        trouble = [str(error)]
    if trouble:
        said = trouble[0].splitlines()[0].replace(str(path), "").lstrip(" :,")
        raise UnreadableFile(
            f"{path} is damaged: {said}", hint="write it again with what made it, or mend it with qpdf and look at it"
        )


def _read(path: Path) -> Pdf:
    import pikepdf

    if path.exists() and not path.is_file():
        what = "a folder, not a file" if path.is_dir() else "no ordinary file"
        raise UnreadableFile(f"{path} is {what}", hint="name a PDF")
    pikepdf.settings.set_qpdf_limits(**QPDF_LIMITS)
    try:
        return pikepdf.open(path)
    except FileNotFoundError:
        raise UnreadableFile(f"there is no file {path}") from None
    except pikepdf.PasswordError:
        raise UnreadableFile(f"{path} is locked with a password", hint="save a copy without one") from None
    except pikepdf.PdfError:
        raise UnreadableFile(f"{path} is not a PDF that can be read") from None
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror or error}") from None


def _settle(pdf: Pdf, duplex: Duplex | None) -> None:
    """Take out what spoke of the old pages, and tell printers not to scale."""
    from pikepdf import Dictionary, Name

    root = pdf.Root
    if "/DPartRoot" in root and "/Metadata" in root:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            for key in [key for key in xmp if key.startswith(PARTS)]:
                del xmp[key]
    for name in GONE:
        if name in root:
            del root[name]
    wishes = root.get("/ViewerPreferences")
    if not isinstance(wishes, Dictionary):
        wishes = Dictionary()
    wishes.PrintScaling = Name("/None")
    if duplex is not None:
        wishes.Duplex = Name.DuplexFlipLongEdge if duplex is Duplex.LONG else Name.DuplexFlipShortEdge
    elif "/Duplex" in wishes:
        del wishes.Duplex
    root.ViewerPreferences = wishes


def _save(pdf: Pdf, stream: BinaryIO) -> None:
    """Write a file; object streams only where its version has them."""
    from pikepdf import ObjectStreamMode

    modern = tuple(int(part) for part in pdf.pdf_version.split(".")) >= (1, 5)
    mode = ObjectStreamMode.generate if modern else ObjectStreamMode.disable
    patient = _Patient(stream)
    pdf.save(
        cast(BinaryIO, patient),
        deterministic_id=True,
        object_stream_mode=mode,
        min_version=pdf.pdf_version,
        fix_metadata_version=False,  # the XMP stays to the byte
    )
    if patient.trouble is not None:
        raise patient.trouble


class _Patient(RawIOBase):
    """A stream to write to that keeps the first error for later: qpdf ends the whole process when a write fails."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.trouble: OSError | None = None

    def writable(self) -> bool:
        """Say so."""
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        """Write, unless that has failed before."""
        size = memoryview(data).nbytes
        if self.trouble is None:
            try:
                self._stream.write(data)
            except OSError as error:
                self.trouble = error
        return size
