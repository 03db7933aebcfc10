"""Cards get their pictures: each is fitted to its panel, and the note's card with its pictures is a piece to print.

Decisions. A picture that fills a panel reaches over its outer edges to the edge of the bleed, never over a fold. One
that brings its own bleed is placed so that its trim meets the panel's; one that does not is enlarged a little, which is
said, because a print shop would do so and a white edge is worse. A picture inside its panel keeps to the safe area.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from notegen.errors import nearest
from notegen.layout.dress_codes import CROPPED, ENLARGED, NO_BLEED, PANEL, RESOLUTION, ROOM, UNDER_NOTE
from notegen.model.diagnostic import Checked, Diagnostic, Severity, has_errors
from notegen.model.dress import LEAST_DPI, Dress, Fit, Picture, Stand, panel_names, panel_of
from notegen.model.page import PlacedArt, PlacedCard, Transform, moved, then, turned
from notegen.model.piece import Piece
from notegen.model.stock import Box, Fold, Panel, Side, Stock

if TYPE_CHECKING:
    from notegen.model.art import Art
    from notegen.model.card import Card
    from notegen.model.drawn import Drawn
    from notegen.model.page import Item

_NEAR: Final = 0.3
"""Millimetres by which a size given in round figures may miss."""
_CROP: Final = 0.02
"""Difference of proportions that nobody sees."""
_DPI_ROUNDING: Final = 0.5
_EDGE: Final = 0.01
_MADE_FOR: Final = 0.015
"""How near a picture's size must be to the panel's to have been made for it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A panel as its reader sees it: `panel` begins at nought, `outer` is it with the bleed on its outer edges.

    `at` takes this view to the sheet.
    """

    panel: Box
    outer: Box
    at: Transform


def dressed(card: Card | Drawn, dress: Dress) -> Piece:
    """Return a card as a piece: its pictures, each side's in their order, and the note over them.

    What is wrong with the pictures is said by `check_dress`, once for all cards of a stock; pictures without a panel
    are left out here.
    """
    items: dict[Side, list[Item]] = {Side.FRONT: [], Side.BACK: []}
    for side, item in _hung(dress, card.stock) if dress.pictures else ():
        items[side].append(item)
    items[card.stock.side].append(PlacedCard(card))
    stock = card.stock
    return Piece(
        card.key,
        stock.size,
        tuple(items[Side.FRONT]),
        tuple(items[Side.BACK]),
        stock.bleed,
        folds=stock.folds,
        across=stock.across,
        tumble=stock.fold is Fold.TENT,
    )


def check_dress(dress: Dress, stock: Stock) -> tuple[Diagnostic, ...]:
    """Return what is wrong with pictures on a stock: missing panels, resolution, cropping, bleed, room."""
    return tuple(one for picture in dress.pictures for one in _faults(picture, stock, dress.allow_low_resolution))


@lru_cache(maxsize=64)
def _hung(dress: Dress, stock: Stock) -> tuple[tuple[Side, PlacedArt], ...]:
    made: list[tuple[Side, PlacedArt]] = []
    for picture in dress.pictures:
        panel = panel_of(stock, picture.panel)
        if panel is not None:
            made.append((panel.side, placed_art(picture, panel, stock)))
    return tuple(made)


def placed_art(picture: Picture, panel: Panel, stock: Stock) -> PlacedArt:
    """Return a picture on its panel, in mm on the sheet as that side is seen."""
    place = _place(panel, stock)
    art = _with_bleed(picture.art, place, stock.bleed) if picture.fit is Fit.COVER else picture.art
    scale, (x, y) = _fitted(picture, art, place, stock)
    own = then((scale, 0.0, 0.0, scale, 0.0, 0.0), moved(x, y))
    trim = Box(x, y, art.size[0] * scale, art.size[1] * scale)
    clip = _on_sheet(place.outer if picture.fit is Fit.COVER else trim, place.at)
    return PlacedArt(picture.art, then(_shift(picture.art, art, own), place.at), clip)


def _place(panel: Panel, stock: Stock) -> Place:
    box, bleed = panel.box, stock.bleed
    width, height = stock.size
    left = bleed if box.x < _EDGE else 0.0
    bottom = bleed if box.y < _EDGE else 0.0
    right = bleed if box.right > width - _EDGE else 0.0
    top = bleed if box.top > height - _EDGE else 0.0
    at = moved(box.x, box.y)
    if panel.turned:
        left, bottom, right, top = right, top, left, bottom
        at = then(turned(180, box.width, box.height), at)
    whole = Box(0.0, 0.0, box.width, box.height)
    return Place(whole, Box(-left, -bottom, box.width + left + right, box.height + bottom + top), at)


def _with_bleed(art: Art, place: Place, bleed: float) -> Art:
    """Return a picture as one with a bleed when its size is the panel's with the stock's bleed on all four sides."""
    if any(art.bleed) or not art.sized or not bleed:
        return art
    width, height = place.panel.width + 2 * bleed, place.panel.height + 2 * bleed
    if abs(art.size[0] - width) > _NEAR or abs(art.size[1] - height) > _NEAR:
        return art
    inner = art.size[0] - 2 * bleed, art.size[1] - 2 * bleed
    return replace(art, size=inner, bleed=(bleed, bleed, bleed, bleed))


def _shift(original: Art, seen: Art, own: Transform) -> Transform:
    """Return the map of the picture as it is, when it was fitted as one whose trim lies inside it."""
    if original.size == seen.size:
        return own
    return then(moved(-seen.bleed[0], -seen.bleed[1]), own)


def _fitted(picture: Picture, art: Art, place: Place, stock: Stock) -> tuple[float, tuple[float, float]]:
    """Return the scale of a picture, and where the lower left corner of its trim stands on the panel."""
    if picture.fit is Fit.COVER:
        return _covering(art, place)
    room = place.panel.inset(stock.safe)
    scale = 1.0
    if picture.fit is Fit.CONTAIN:
        scale = min(room.width / art.size[0], room.height / art.size[1])
    width, height = art.size[0] * scale, art.size[1] * scale
    x = room.x + (room.width - width) / 2
    foot = picture.stand is Stand.FOOT
    return scale, (x, room.y if foot else room.y + (room.height - height) / 2)


def _covering(art: Art, place: Place) -> tuple[float, tuple[float, float]]:
    """Return the least scale at which a picture covers its panel and the bleed, and its place.

    A picture with its own bleed is centred by its trim on the panel, any other by its whole on panel and bleed.
    """
    panel, outer = place.panel, place.outer
    width, height = art.size
    left, bottom, right, top = art.bleed
    if not any(art.bleed):
        scale = max(outer.width / width, outer.height / height)
        return scale, (
            outer.x + (outer.width - width * scale) / 2,
            outer.y + (outer.height - height * scale) / 2,
        )
    middle = panel.width / 2, panel.height / 2
    scale = max(
        panel.width / width,
        panel.height / height,
        (middle[0] - outer.x) / (width / 2 + left),
        (outer.right - middle[0]) / (width / 2 + right),
        (middle[1] - outer.y) / (height / 2 + bottom),
        (outer.top - middle[1]) / (height / 2 + top),
    )
    return scale, (middle[0] - width * scale / 2, middle[1] - height * scale / 2)


def _on_sheet(box: Box, at: Transform) -> Box:
    a, _, _, d, e, f = at
    xs = sorted((a * box.x + e, a * box.right + e))
    ys = sorted((d * box.y + f, d * box.top + f))
    return Box(xs[0], ys[0], xs[1] - xs[0], ys[1] - ys[0])


def _faults(picture: Picture, stock: Stock, allow: bool) -> Iterator[Diagnostic]:
    panel = panel_of(stock, picture.panel)
    if panel is None:
        names = panel_names(stock)
        near = nearest(picture.panel, names)
        hint = f"did you mean '{near}'?" if near else f"there are: {', '.join(names)}"
        message = f"{stock.name} has no panel '{picture.panel}' for {picture.art.path}"
        yield Diagnostic(PANEL, Severity.ERROR, message, None, hint)
        return
    place = _place(panel, stock)
    art = _with_bleed(picture.art, place, stock.bleed) if picture.fit is Fit.COVER else picture.art
    scale, _ = _fitted(picture, art, place, stock)
    if picture.fit is Fit.COVER:
        yield from _cover_faults(picture, art, panel, stock, scale)
    elif picture.fit is Fit.ACTUAL:
        yield from _room_faults(picture, place, stock)
    yield from _resolution_faults(picture, scale, allow)


def _resolution_faults(picture: Picture, scale: float, allow: bool) -> Iterator[Diagnostic]:
    art = picture.art
    if art.dpi is None or art.dpi / scale >= LEAST_DPI - _DPI_ROUNDING or allow:
        return
    dpi = art.dpi / scale
    width, height = (side * scale for side in art.size)
    what = f"{art.path} has {dpi:.0f} pixels to the inch on the panel '{picture.panel}' ({width:.0f} x {height:.0f} mm)"
    fine = art.dpi / LEAST_DPI
    hint = f"at 300 it may be {art.size[0] * fine:.0f} x {art.size[1] * fine:.0f} mm"
    if art.pixels is not None:
        needed = (f"{round(pixels * LEAST_DPI / dpi):,}" for pixels in art.pixels)
        hint += f"; {' x '.join(needed)} pixels would do, it has {art.pixels[0]:,} x {art.pixels[1]:,}"
    yield Diagnostic(RESOLUTION, Severity.ERROR, what, None, f"{hint}; --low-resolution prints it as it is")


def _room_faults(picture: Picture, place: Place, stock: Stock) -> Iterator[Diagnostic]:
    room = place.panel.inset(stock.safe)
    width, height = picture.art.size
    if width <= room.width + _EDGE and height <= room.height + _EDGE:
        return
    message = (
        f"{picture.art.path} is {width:.1f} x {height:.1f} mm, and the panel '{picture.panel}' "
        f"has room for {room.width:.1f} x {room.height:.1f} mm"
    )
    yield Diagnostic(ROOM, Severity.ERROR, message, None, "make it smaller, or use fit: contain")


def _cover_faults(picture: Picture, art: Art, panel: Panel, stock: Stock, scale: float) -> Iterator[Diagnostic]:
    place = _place(panel, stock)
    target = place.panel if any(art.bleed) else place.outer
    name = f"{art.path} on the panel '{picture.panel}'"
    ratios = [art.size[0] / art.size[1] / (box.width / box.height) for box in (place.panel, target)]
    if min(abs(1 - ratio) for ratio in ratios) > _CROP:
        yield _cropped(name, art, target, scale)
    elif stock.bleed and (grown := _grown(art, place, scale)) > _EDGE / 2:
        cut = stock.bleed if not any(art.bleed) else max(0.0, stock.bleed - min(art.bleed))
        message = f"{name} is enlarged by {100 * grown:.1f} % to make the bleed; {cut:.1f} mm at its edges are cut off"
        hint = f"make it {stock.bleed:g} mm larger on each side that is cut"
        yield Diagnostic(ENLARGED, Severity.WARNING, message, None, hint)
    if not stock.bleed:
        message = f"{name} ends at the cut, because {stock.name} has no bleed"
        yield Diagnostic(NO_BLEED, Severity.WARNING, message, None, "give the stock a bleed of 3 mm")
    if panel.name == stock.write_on and panel.side is stock.side:
        message = f"the note is written over {name}"
        others = [one for one in panel_names(stock) if panel_of(stock, one) != panel]
        hint = f"other panels: {', '.join(others)}" if others else "choose a stock with a second panel"
        yield Diagnostic(UNDER_NOTE, Severity.WARNING, message, None, hint)


def _grown(art: Art, place: Place, scale: float) -> float:
    """Return by how much a picture that was made for the trim, or with too little bleed, is enlarged for the bleed.

    Nought for a picture that was made for no card in particular, such as a photograph: some of it is cut off anyway.
    """
    plain = max(place.panel.width / art.size[0], place.panel.height / art.size[1])
    made_for = not art.pixels or (art.sized and abs(plain - 1) < _MADE_FOR)
    outer = abs(art.size[0] - place.outer.width) < _NEAR and abs(art.size[1] - place.outer.height) < _NEAR
    return scale / plain - 1 if made_for and not outer else 0.0


def _cropped(name: str, art: Art, target: Box, scale: float) -> Diagnostic:
    over = art.size[0] * scale - target.width, art.size[1] * scale - target.height
    at = 0 if over[0] >= over[1] else 1
    side = ("width", "height")[at]
    lost = over[at] / (art.size[at] * scale)
    ends = ("left and right", "top and bottom")[at]
    message = f"{name} loses {100 * lost:.0f} % of its {side}: {over[at] / 2:.1f} mm on the {ends} each"
    hint = f"crop it to {target.width:.1f} x {target.height:.1f} mm, or use fit: contain"
    return Diagnostic(CROPPED, Severity.WARNING, message, None, hint)


def checked(dress: Dress, stock: Stock) -> Checked[Dress]:
    """Return a dress with what is wrong with it on a stock; None when a card cannot wear it."""
    found = check_dress(dress, stock)
    return Checked(None if has_errors(found) else dress, found)
