"""Pages: their boxes, sizes, groups and annotations, and what they draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from notegen.model.purpose import Purpose
from notegen.model.stock import Fold, Side
from notegen.preflight import codes, content, edges, objects
from notegen.preflight.edges import MM
from notegen.preflight.machine import Press, Rectangle, Sight, is_empty, meet, sights

if TYPE_CHECKING:
    from notegen.model.stock import Stock
    from notegen.preflight.expected import Expected
    from notegen.preflight.report import Notebook

TIGHT: Final = 0.05
"""Millimetres by which a box may differ from the stock."""
NEST: Final = 0.01
"""Points by which a box may reach out of another: numbers are rounded."""
HARMLESS: Final = frozenset({"/TrapNet", "/PrinterMark"})
INHERITED: Final = ("/MediaBox", "/CropBox", "/Resources", "/Rotate")


@dataclass(frozen=True, slots=True)
class Line:
    """A fold: upright or level, in mm from the left or the lower edge of the trim."""

    at: float
    upright: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """The edges of a page, in points of its own: `unit` turns them into points of 1/72 inch.

    `bleeds` are the widths of the bleed box at the left, lower, right and upper edge, `wanted` the bleed that the
    press wants, all in mm. `folds` are those of the stock as each of its two sides shows them.
    """

    trim: Rectangle
    bleed: Rectangle
    bleeds: tuple[float, float, float, float]
    wanted: float
    unit: float
    folds: tuple[frozenset[Line], ...] = ()


@dataclass(slots=True)
class Look:
    """What is needed to look at the pages of one file."""

    press: Press
    expected: Expected
    book: Notebook
    groups: bool = True
    fits: bool = True
    """Whether every page so far has the size of the stock."""
    translucent: bool = False


def look(page: Any, number: int, at: Look) -> None:
    """Look at one page; it is numbered from 1."""
    thing = page.obj
    inherited = {key: _inherited(thing, key) for key in INHERITED}
    unit = _unit(thing, number, at)
    own = objects.number_of(thing)
    frame = _boxes(thing, inherited, unit, number, at)
    _turns(thing, inherited, number, at)
    _group(thing, number, own, at)
    if frame is not None:
        _annotations(thing, frame, number, at)
    data, where = _contents(thing, number, at)
    sight = content.page_sight(at.press, data, inherited["/Resources"], where or own, unit)
    _write_down(sight, frame, number, where or own, at)


def _inherited(thing: Any, key: str) -> Any:
    """Return an entry of a page or, failing that, of the nodes above it."""
    for _ in range(objects.DEEPEST):
        found = objects.entry(thing, key)
        if found is not None or not objects.is_dictionary(thing):
            return found
        thing = objects.entry(thing, "/Parent")
    return None


def box_of(thing: Any) -> Rectangle | None:
    """Return a box with its lower left corner first, or None for what is none."""
    found = objects.numbers(thing, 4)
    if found is None:
        return None
    x0, y0, x1, y1 = found
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _boxes(thing: Any, inherited: dict[str, Any], unit: float, page: int, at: Look) -> Frame | None:
    book, own = at.book, objects.number_of(thing)
    media = box_of(inherited["/MediaBox"])
    if media is None or media[2] - media[0] <= 0 or media[3] - media[1] <= 0:
        book.add(codes.MEDIA, "the page has no size (MediaBox)", page=page, object=own)
        return None
    trim, art, bleed = (box_of(objects.entry(thing, key)) for key in ("/TrimBox", "/ArtBox", "/BleedBox"))
    if trim is None and art is None:
        book.add(codes.TRIM, "the page does not say where it is cut (TrimBox)", page=page, object=own)
    elif trim is not None and art is not None:
        book.add(codes.TRIM_AND_ART, "the page has both a TrimBox and an ArtBox", page=page, object=own)
    if bleed is None:
        book.add(codes.BLEED_BOX, "the page has no BleedBox", page=page, object=own)
    crop = box_of(inherited["/CropBox"])
    _nesting({"MediaBox": media, "CropBox": crop, "BleedBox": bleed, "TrimBox": trim, "ArtBox": art}, page, own, at)
    cut = trim or art or crop or media
    return _frame(cut, bleed or cut, unit, page, own, at)


def _nesting(boxes: dict[str, Rectangle | None], page: int, own: str | None, at: Look) -> None:
    """Say which box reaches out of which."""
    for inner, outer in (
        ("BleedBox", "MediaBox"), ("TrimBox", "MediaBox"), ("ArtBox", "MediaBox"),
        ("TrimBox", "BleedBox"), ("ArtBox", "BleedBox"),
    ):  # fmt: skip
        one, other = boxes[inner], boxes[outer]
        if one is None or other is None:
            continue
        low, high = NEST, NEST
        if one[0] < other[0] - low or one[1] < other[1] - low or one[2] > other[2] + high or one[3] > other[3] + high:
            words = f"the {inner} reaches out of the {outer}"
            at.book.add(codes.NESTING, words, page=page, object=own)
    trim, crop = boxes["TrimBox"], boxes["CropBox"]
    if trim is not None and crop is not None and meet(trim, crop) != trim:
        at.book.add(codes.NESTING, "the CropBox cuts into the TrimBox", page=page, object=own)


def _frame(trim: Rectangle, bleed: Rectangle, unit: float, page: int, own: str | None, at: Look) -> Frame:
    mm = MM / unit
    stock = at.expected.stock
    widths = (trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3])
    left, lower, right, upper = (one / mm for one in widths)
    wanted = stock.bleed if stock is not None else at.expected.bleed
    lines: tuple[frozenset[Line], ...] = ()
    if stock is not None:
        width, height = (trim[2] - trim[0]) / mm, (trim[3] - trim[1]) / mm
        fits = _fits((width, height), stock.size)
        if not fits:
            wanted_size = f"{stock.name} is {stock.size[0]:g} x {stock.size[1]:g} mm"
            words = f"the trim is {width:.2f} x {height:.2f} mm, and {wanted_size}"
            at.book.add(codes.SIZE, words, page=page, object=own)
            at.fits = False
        elif _upright((width, height), stock.size) and stock.fold is not Fold.LETTER:
            # A letter is folded across its writing.
            lines = tuple(dict.fromkeys(_folds(stock, side) for side in Side))
    return Frame(trim, bleed, (left, lower, right, upper), wanted, unit, lines)


def _folds(stock: Stock, side: Side) -> frozenset[Line]:
    upright = (Line(round(one, 3), True) for one in stock.folds_on(side))
    level = (Line(round(one, 3), False) for one in stock.across_on(side))
    return frozenset((*upright, *level))


def _fits(found: tuple[float, float], size: tuple[float, float]) -> bool:
    return _upright(found, size) or _upright(found, (size[1], size[0]))


def _upright(found: tuple[float, float], size: tuple[float, float]) -> bool:
    return all(abs(one - other) <= TIGHT for one, other in zip(found, size, strict=True))


def _unit(thing: Any, page: int, at: Look) -> float:
    """Return how many points of 1/72 inch a unit of the page is, and say when it is not one."""
    said = objects.number(objects.entry(thing, "/UserUnit"))
    if said not in (None, 1.0):
        words = f"the page is measured in units of {said:g}/72 inch"
        at.book.add(codes.TURNED, words, page=page, object=objects.number_of(thing))
    return said if said is not None and said > 0 else 1.0


def _turns(thing: Any, inherited: dict[str, Any], page: int, at: Look) -> None:
    own = objects.number_of(thing)
    turn = objects.number(inherited["/Rotate"]) or 0.0
    if turn % 360:
        at.book.add(codes.TURNED, f"the page is turned by {turn:g} degrees", page=page, object=own)


def _group(thing: Any, page: int, own: str | None, at: Look) -> None:
    if not at.groups:
        return
    group = objects.entry(thing, "/Group")
    if group is None:
        at.book.add(codes.NO_GROUP, "the page does not say in what space it blends (Group)", page=page, object=own)
        return

    def say(code: str, words: str) -> None:
        at.book.add(code, words, page=page, object=objects.number_of(group) or own)

    described = objects.entry(group, "/CS")
    if described is None:
        say(codes.NO_GROUP, "the page's group has no colour space (CS)")
    content.blend(at.press, described, say, "the page")


def _annotations(thing: Any, frame: Frame, page: int, at: Look) -> None:
    for one in objects.items(objects.entry(thing, "/Annots")):
        kind = objects.name(objects.entry(one, "/Subtype"))
        box = box_of(objects.entry(one, "/Rect"))
        if kind in HARMLESS or (box is not None and is_empty(meet(box, frame.bleed))):
            continue
        words = f"an annotation ({(kind or '/unknown')[1:]}) lies on the card"
        at.book.add(codes.ANNOTATION, words, page=page, object=objects.number_of(one) or objects.number_of(thing))


def _contents(thing: Any, page: int, at: Look) -> tuple[bytes, str | None]:
    """Return a page's streams in one piece, and the number of the first."""
    found = objects.entry(thing, "/Contents")
    parts = objects.items(found) or ([found] if found is not None else [])
    pieces: list[bytes] = []
    for one in parts:
        data = objects.data(one)
        if not objects.is_stream(one):
            at.book.add(
                codes.RESOURCE, "what the page is to draw is no stream", page=page, object=objects.number_of(thing)
            )
        elif data is None:
            at.book.skip("drawing", f"a stream of page {page} cannot be unpacked")
        else:
            pieces.append(data)
    return b"\n".join(pieces), objects.number_of(parts[0]) if parts else None


def _write_down(sight: Sight, frame: Frame | None, page: int, own: str | None, at: Look) -> None:
    """Turn what a page draws into findings."""
    from notegen.model.diagnostic import Severity

    areas: list[Rectangle] = []
    registration: list[Rectangle] = []
    runs = []
    for one in sights(sight):
        for note in one.notes:
            level = Severity.WARNING if note.warning else None
            at.book.add(note.code, note.message, page=page, object=note.object or own, severity=level, key=note.key)
        for check, reason in one.skipped:
            at.book.skip(check, reason)
        if frame is not None:
            areas.extend(edges.outer(one, frame))
        registration.extend(one.registration)
        runs.extend(one.runs)
        at.translucent = at.translucent or one.translucent
    if frame is None or at.expected.purpose is not Purpose.PRESS:
        return
    touches = edges.bleeds(areas, frame, at.book, page, own)
    _bleed_width(frame, touches, page, own, at)
    edges.registration(registration, frame, at.book, page, own)
    if at.expected.margin is not None and at.fits:
        edges.text(runs, frame, at.expected.margin, at.book, page, own)
        edges.folds(runs, frame, at.book, page, own)


def _bleed_width(frame: Frame, touches: bool, page: int, own: str | None, at: Look) -> None:
    """Say that the bleed is narrow: an error where artwork runs off the page, else a warning.

    Where there is none at all and nothing runs off, as on sheets of cards, it is said for information.
    """
    from notegen.model.diagnostic import Severity

    least = min(frame.bleeds)
    if frame.wanted <= 0 and not touches:
        return  # an envelope is printed as it is, and cut by nobody
    if frame.bleed == frame.trim and not touches:
        words, level = f"there is no bleed, and {frame.wanted:g} mm are wanted", Severity.INFO
    elif least < frame.wanted - TIGHT:
        words = f"the bleed is {max(least, 0):.2g} mm wide, and {frame.wanted:g} mm are wanted"
        level = Severity.ERROR if touches else Severity.WARNING
    else:
        return
    at.book.add(codes.BLEED, words, page=page, object=own, severity=level)
