"""Where a country's post wants what on the address side, and where it wants nothing: zones for any size of mail."""

from __future__ import annotations

from collections.abc import Iterator

from notegen.model.mail import Face, Zone, ZoneKind
from notegen.model.stock import Box
from notegen.post.zone_rules import DIGITS, POSTS, UPRIGHT, Place, Post


def posts() -> tuple[str, ...]:
    """Return the countries whose zones are known; any other gets those of the generic post."""
    return tuple(country for country in POSTS if len(country) == 2)


def face(country: str, size: tuple[float, float]) -> Face:
    """Return the zones of a piece of mail of (width, height) mm, as the address is read, for one country's post.

    Mail to be posted in Japan that is higher than broad is upright: its address runs in columns.
    """
    upright = country == "JP" and size[1] > size[0]
    post = POSTS[UPRIGHT] if upright else POSTS[country] if country in posts() else POSTS[""]
    zones = [Zone(one.name, _box(one.place, size), one.source, one.kind, one.verified) for one in post.zones]
    if upright:
        zones.extend(_digits(size))
    return Face(
        country=country,
        size=size,
        zones=tuple(zones),
        type_sizes=post.type_sizes,
        source=post.source,
        widest=post.widest,
        edge=post.edge,
        upright=upright,
        verified=_known(post),
    )


def _known(post: Post) -> bool:
    return post.verified and all(one.verified for one in post.zones)


def _digits(size: tuple[float, float]) -> Iterator[Zone]:
    """Yield the seven boxes of the postcode; they are measured from the top and from the right edge."""
    width, height = size
    for number, left in enumerate(DIGITS.lefts, start=1):
        box = Box(left + width - DIGITS.page, height - DIGITS.top - DIGITS.size[1], *DIGITS.size)
        yield Zone(f"postcode digit {number}", box, DIGITS.source, ZoneKind.DIGIT)


def _box(place: Place, size: tuple[float, float]) -> Box:
    """Return a place on a page of a size; what is wider or higher than the page ends at its edge."""
    x, width = _span(place.left, place.right, place.width, size[0])
    y, height = _span(place.bottom, place.top, place.height, size[1])
    return Box(x, y, width, height)


def _span(near: float | None, far: float | None, length: float | None, whole: float) -> tuple[float, float]:
    """Return start and length of a stretch of which two of three measures are given."""
    if length is None:
        start = near or 0.0
        return start, max(0.0, whole - start - (far or 0.0))
    start = near if near is not None else max(0.0, whole - (far or 0.0) - length)
    return start, min(length, whole - start - (0.0 if near is not None else far or 0.0))
