"""The figures of the zones, country by country, each with where it was read.

Inches are converted here and nowhere else. What stands as not verified was set down from memory, read off a drawing
whose lines were lost, or is a distance of our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from notegen.model.mail import ZoneKind

INCH: Final = 25.4
POINT: Final = INCH / 72

OURS: Final = "our own distance: most printers cannot print nearer to the edge"


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle by its distances from the edges, mm: for each direction two of near edge, far edge and length."""

    left: float | None = None
    right: float | None = None
    bottom: float | None = None
    top: float | None = None
    width: float | None = None
    height: float | None = None


@dataclass(frozen=True, slots=True)
class ZoneRule:
    """A zone of any size of mail."""

    name: str
    kind: ZoneKind
    place: Place
    source: str
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Post:
    """What one country's post wants of an address side; `type_sizes` are ems in mm."""

    title: str
    zones: tuple[ZoneRule, ...]
    type_sizes: tuple[float, float]
    source: str
    widest: float | None = None
    edge: float = 6.35
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Digits:
    """The boxes for a postcode: left edges on a page of `page` mm, distance from the top, size; mm."""

    lefts: tuple[float, ...]
    page: float
    top: float
    size: tuple[float, float]
    source: str


DIGITS: Final = Digits(
    lefts=(44.3, 51.3, 58.3, 65.9, 72.7, 79.5, 86.3),
    page=100.0,
    top=12.0,
    size=(5.7, 8.0),
    source="Japan Post, postcode and barcode manual, p05, figure 2: 12.0 mm from the top and 8.0 mm from the right, "
    "each to 1.5 mm",
)


def _sender(postage: float, height: float, source: str = OURS, edge: float = 6.35) -> ZoneRule:
    """Return the sender's zone: upper left, beside a postage zone `postage` mm broad, as high as that."""
    place = Place(left=edge, right=postage + 3.0, top=edge, height=height - edge)
    return ZoneRule("return address", ZoneKind.SENDER, place, source, source != OURS)


_BPOST = "bpost, Masspost guide 2025, section 1: address 15 mm from the edges, 40 mm from the top, at most 100 mm wide"
_SWISS = "Swiss Post, Form and addressing of letters: postage 74 x 38 mm, codes 140 x 15 mm up to B5"
_AUSTRALIA = "Australia Post, Envelope zones: postage 90 x 40 mm, 15 mm kept clear along the bottom and the right"
_GERMAN = "Deutsche Post, questions on letters: 15 mm from left, right and bottom, 40 mm from the top"
_UPU = "UPU Letter Post Regulations, standardised items: address 40 mm from the top, 15 mm from right and bottom"
_STAMPS_JP = "Japan Post's terms, article 43, as told by allabout.co.jp: stamps within 35 x 70 mm at the upper left"

UPRIGHT: Final = "JP upright"
"""The key of Japanese mail that is addressed from top to bottom; no country."""

POSTS: Final[dict[str, Post]] = {
    "US": Post(
        "United States Postal Service",
        (
            ZoneRule(
                "OCR read area",
                ZoneKind.ADDRESS,
                Place(left=0.5 * INCH, right=0.5 * INCH, bottom=0.625 * INCH, height=2.125 * INCH),
                "DMM 202.2.1: 1/2 in from left and right, 5/8 to 2 3/4 in above the bottom edge",
            ),
            ZoneRule(
                "barcode clear zone",
                ZoneKind.CODES,
                Place(right=0.0, bottom=0.0, width=4.75 * INCH, height=0.625 * INCH),
                "DMM 202.5 and Publication 28, A1: lower right, 4 3/4 x 5/8 in",
            ),
            ZoneRule(
                "postage",
                ZoneKind.POSTAGE,
                Place(right=0.0, top=0.0, width=1.625 * INCH, height=1.375 * INCH),
                "Publication 25, from memory: 1 5/8 in from the right, 1 3/8 in from the top; the DMM says upper right",
                verified=False,
            ),
            _sender(1.625 * INCH, 1.375 * INCH),
        ),
        (8 * POINT, 12 * POINT),
        "DMM 202.1.2 (2020): at least 8 point, each character at least 0.080 in high; sans-serif preferred",
    ),
    "DE": Post(
        "Deutsche Post",
        (
            ZoneRule("Lesezone", ZoneKind.ADDRESS, Place(left=15.0, right=15.0, bottom=15.0, top=40.0), _GERMAN),
            ZoneRule(
                "Frankierzone",
                ZoneKind.POSTAGE,
                Place(right=0.0, top=0.0, width=74.0, height=40.0),
                "laser-line and digitaldruck-mannheim, after Deutsche Post: 74 x 40 mm at the upper right",
            ),
            ZoneRule(
                "Codierzone",
                ZoneKind.CODES,
                Place(right=0.0, bottom=0.0, width=150.0, height=15.0),
                "Deutsche Post keeps the lowest 15 mm for codes; that they are 150 mm long is from memory",
                verified=False,
            ),
            _sender(74.0, 40.0, "mailinglotsen, after Deutsche Post: the sender's zone is left of the postage"),
        ),
        (10 * POINT, 12 * POINT),
        "mailinglotsen, after Deutsche Post: 10 to 12 point, capitals 2.3 to 4.7 mm high, regular type",
        widest=100.0,
    ),
    "GB": Post(
        "Royal Mail",
        (
            ZoneRule(
                "address",
                ZoneKind.ADDRESS,
                Place(left=15.0, right=15.0, bottom=18.0, top=40.0),
                "Royal Mail's envelope guide has it in drawings that were not at hand",
                verified=False,
            ),
            ZoneRule(
                "indicia",
                ZoneKind.POSTAGE,
                Place(right=0.0, top=0.0, width=70.0, height=40.0),
                "Royal Mail, How to get it right: figures 70 and 40 of a drawing without its lines",
                verified=False,
            ),
            ZoneRule(
                "code mark clear zone",
                ZoneKind.CODES,
                Place(right=0.0, bottom=0.0, width=140.0, height=15.0),
                "Royal Mail, Large Letter mail, How to get it right (2006): figures 140 and 15 of a drawing "
                "without its lines",
                verified=False,
            ),
            _sender(70.0, 40.0),
        ),
        (10 * POINT, 12 * POINT),
        "from memory: Royal Mail asks for 10 to 12 point",
        verified=False,
    ),
    "BE": Post(
        "bpost",
        (
            ZoneRule("address", ZoneKind.ADDRESS, Place(left=15.0, right=15.0, bottom=15.0, top=40.0), _BPOST),
            ZoneRule("postage", ZoneKind.POSTAGE, Place(right=0.0, top=0.0, width=74.0, height=40.0), _BPOST),
            ZoneRule("indexing zone", ZoneKind.CODES, Place(right=0.0, bottom=0.0, width=140.0, height=15.0), _BPOST),
            _sender(74.0, 40.0),
        ),
        (10 * POINT, 12 * POINT),
        "our own choice for bpost: its guide's type sizes were not at hand",
        widest=100.0,
        verified=False,
    ),
    "CH": Post(
        "Swiss Post",
        (
            ZoneRule(
                "reading zone", ZoneKind.ADDRESS, Place(left=12.0, right=12.0, bottom=15.0, top=40.0), _SWISS, False
            ),
            ZoneRule("postage", ZoneKind.POSTAGE, Place(right=0.0, top=0.0, width=74.0, height=38.0), _SWISS),
            ZoneRule("codes", ZoneKind.CODES, Place(right=0.0, bottom=0.0, width=140.0, height=15.0), _SWISS),
            _sender(74.0, 38.0),
        ),
        (10 * POINT, 12 * POINT),
        "our own choice for Swiss Post: its type sizes were not at hand",
        verified=False,
    ),
    "AU": Post(
        "Australia Post",
        (
            ZoneRule("address zone", ZoneKind.ADDRESS, Place(left=15.0, right=15.0, bottom=15.0, top=40.0), _AUSTRALIA),
            ZoneRule("postage zone", ZoneKind.POSTAGE, Place(right=0.0, top=0.0, width=90.0, height=40.0), _AUSTRALIA),
            ZoneRule(
                "keep clear, below", ZoneKind.CODES, Place(left=0.0, right=0.0, bottom=0.0, height=15.0), _AUSTRALIA
            ),
            ZoneRule(
                "keep clear, right", ZoneKind.CODES, Place(right=0.0, bottom=0.0, width=15.0, top=40.0), _AUSTRALIA
            ),
            _sender(90.0, 40.0, _AUSTRALIA),
        ),
        (10 * POINT, 12 * POINT),
        "our own choice for Australia Post: its type sizes were not at hand",
        verified=False,
    ),
    "JP": Post(
        "Japan Post, lying",
        (
            ZoneRule(
                "address", ZoneKind.ADDRESS, Place(left=10.0, right=10.0, bottom=12.0, top=37.0), OURS, verified=False
            ),
            ZoneRule(
                "stamps",
                ZoneKind.POSTAGE,
                Place(right=0.0, top=0.0, width=70.0, height=35.0),
                "Japan Post's terms, article 43, as told by allabout.co.jp: within 70 x 35 mm at the upper right",
            ),
            _sender(70.0, 35.0),
        ),
        (9 * POINT, 12 * POINT),
        "our own choice: Japan Post names no type sizes that were at hand",
        verified=False,
    ),
    UPRIGHT: Post(
        "Japan Post, upright",
        (
            ZoneRule(
                "address", ZoneKind.ADDRESS, Place(left=37.0, right=7.0, bottom=12.0, top=24.0), OURS, verified=False
            ),
            ZoneRule("stamps", ZoneKind.POSTAGE, Place(left=0.0, top=0.0, width=35.0, height=70.0), _STAMPS_JP),
            ZoneRule(
                "sender", ZoneKind.SENDER, Place(left=7.0, bottom=12.0, width=28.0, top=72.0), OURS, verified=False
            ),
        ),
        (9 * POINT, 20 * POINT),
        "our own choice: Japan Post names no type sizes for columns that were at hand",
        verified=False,
    ),
    "": Post(
        "any other post",
        (
            ZoneRule(
                "address",
                ZoneKind.ADDRESS,
                Place(left=15.0, right=15.0, bottom=15.0, top=40.0),
                f"{_UPU}; from memory",
                verified=False,
            ),
            ZoneRule(
                "franking",
                ZoneKind.POSTAGE,
                Place(right=0.0, top=0.0, width=74.0, height=40.0),
                "UPU Letter Post Regulations, from memory: 74 x 40 mm at the upper right",
                verified=False,
            ),
            ZoneRule(
                "codes",
                ZoneKind.CODES,
                Place(right=0.0, bottom=0.0, width=140.0, height=15.0),
                "as in Belgium and Switzerland",
                verified=False,
            ),
            _sender(74.0, 40.0),
        ),
        (10 * POINT, 12 * POINT),
        "our own choice for a post whose guide was not at hand",
        verified=False,
    ),
}
"""By ISO 3166 code; "" is what stands in for any other."""
