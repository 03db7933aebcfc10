"""Mailing classes of the United States, Britain, Germany and Japan, from the cheapest up, each limit with its source.

Lengths in mm, weights in g; inches and ounces are converted here.
"""

from __future__ import annotations

from typing import Final

from notegen.model.mail import Limit, MailClass, Measure

INCH: Final = 25.4
OUNCE: Final = 28.349523125

_DMM: Final = "DMM 101.1.1"
_ASPECT: Final = "DMM 101.1.2a"
_CARD: Final = "DMM 101.1.1 and acu.edu, Mail piece design: 3 1/2 x 5 to 4 1/4 x 6 in, .007 to .016 in thick"
_LARGE_CARD: Final = "PostalPro, large postcard questions (2021): to 6 x 9 in, .009 to .016 in thick, presorted"
_FLAT: Final = "DMM 101.2, from memory: to 12 x 15 in, 3/4 in thick, 13 oz"
_OFCOM: Final = "Ofcom, How do I know whether my letter is a large letter"
_ANTALIS: Final = "antalis.co.uk, Royal Mail letter sizes"
_ROYAL_LEAST: Final = "zetaprints, Royal Mail sizes: at least 140 x 90 mm"
_DP: Final = "Deutsche Post, Automationsfähige Briefsendungen, p. 6"
_DP_ASPECT: Final = "Deutsche Post's leaflet of 2020, as told by philaseiten.de: 1.4 times as long as high"
_DP_CARD: Final = "laser-line and digitaldruck-mannheim, after Deutsche Post"
_JP_CARD: Final = "Japan Post's limits for postcards, as told by weblio.jp: 14 to 15.4 x 9 to 10.7 cm, 2 to 6 g"
_JP: Final = "otayoripost.net: Japan Post's standard mail 14 to 23.5 x 9 to 12 cm, 1 cm, 50 g"
_JP_OTHER: Final = "otayoripost.net: Japan Post's non-standard mail"


def _between(measure: Measure, least: float | None, most: float | None, source: str, verified: bool = True) -> Limit:
    return Limit(measure, least, most, source, verified)


def _size(
    length: tuple[float, float], height: tuple[float, float], source: str, verified: bool = True
) -> tuple[Limit, ...]:
    return (
        Limit(Measure.LENGTH, *length, source, verified),
        Limit(Measure.HEIGHT, *height, source, verified),
    )


_US_LETTER: Final = (
    *_size((5 * INCH, 11.5 * INCH), (3.5 * INCH, 6.125 * INCH), _DMM),
    _between(Measure.THICKNESS, 0.007 * INCH, 0.25 * INCH, _DMM),
    _between(Measure.WEIGHT, None, 3.5 * OUNCE, "DMM 101.1.1c"),
)

CLASSES: Final[tuple[MailClass, ...]] = (
    MailClass(
        "us-card",
        "US",
        "First-Class Mail card",
        (
            *_size((5 * INCH, 6 * INCH), (3.5 * INCH, 4.25 * INCH), _CARD),
            _between(Measure.THICKNESS, 0.007 * INCH, 0.016 * INCH, _CARD),
        ),
        cards=True,
        by_side=False,
        note="one sheet, rectangular, corners rounded by at most 1/8 in",
    ),
    MailClass(
        "us-large-card",
        "US",
        "First-Class Mail card, presorted, larger than 4 1/4 x 6 in",
        (
            *_size((5 * INCH, 9 * INCH), (3.5 * INCH, 6 * INCH), _LARGE_CARD),
            _between(Measure.THICKNESS, 0.009 * INCH, 0.016 * INCH, _LARGE_CARD),
        ),
        cards=True,
        by_side=False,
        note="commercial mailings only, at presort or automation rates",
    ),
    MailClass(
        "us-letter",
        "US",
        "First-Class Mail letter, machinable",
        (
            *_US_LETTER,
            _between(Measure.ASPECT, 1.3, 2.5, _ASPECT),
            Limit(
                Measure.THICKNESS,
                0.009 * INCH,
                None,
                "acu.edu, Mail piece design: above 4 1/4 in high or 6 in long",
                above=(6 * INCH, 4.25 * INCH),
            ),
        ),
        by_side=False,
        note="bends easily, evenly thick, no clasps, strings or plastic (DMM 101.1.2)",
    ),
    MailClass(
        "us-nonmachinable",
        "US",
        "First-Class Mail letter with the nonmachinable surcharge",
        _US_LETTER,
        by_side=False,
    ),
    MailClass(
        "us-large-envelope",
        "US",
        "First-Class Mail large envelope (flat)",
        (
            *_size((5 * INCH, 15 * INCH), (3.5 * INCH, 12 * INCH), _FLAT, False),
            _between(Measure.THICKNESS, 0.007 * INCH, 0.75 * INCH, _FLAT, False),
            _between(Measure.WEIGHT, None, 13 * OUNCE, _FLAT, False),
        ),
        note="flexible and evenly thick",
    ),
    MailClass(
        "gb-letter",
        "GB",
        "Royal Mail letter",
        (
            *_size((140.0, 240.0), (90.0, 165.0), f"{_OFCOM}; {_ROYAL_LEAST}"),
            _between(Measure.THICKNESS, None, 5.0, _OFCOM),
            _between(Measure.WEIGHT, None, 100.0, _ANTALIS),
        ),
    ),
    MailClass(
        "gb-large-letter",
        "GB",
        "Royal Mail large letter",
        (
            *_size((140.0, 353.0), (90.0, 250.0), f"{_OFCOM}; {_ROYAL_LEAST}"),
            _between(Measure.THICKNESS, None, 25.0, _OFCOM),
            _between(Measure.WEIGHT, None, 750.0, _ANTALIS),
        ),
    ),
    MailClass(
        "de-postkarte",
        "DE",
        "Deutsche Post Postkarte",
        (
            *_size((140.0, 235.0), (90.0, 125.0), _DP_CARD),
            _between(Measure.ASPECT, 1.4, None, _DP_CARD),
            _between(Measure.WEIGHT, None, 20.0, _DP_CARD),
            Limit(Measure.PAPER, 150.0, 500.0, f"{_DP_CARD}: to C6", upto=(162.0, 114.0)),
            Limit(Measure.PAPER, 170.0, 500.0, f"{_DP_CARD}: to DL", above=(162.0, 114.0), upto=(220.0, 110.0)),
            Limit(Measure.PAPER, 200.0, 500.0, f"{_DP_CARD}: larger than DL", above=(220.0, 114.0)),
        ),
        cards=True,
    ),
    MailClass(
        "de-standardbrief",
        "DE",
        "Deutsche Post Standardbrief",
        (
            *_size((140.0, 235.0), (90.0, 125.0), _DP),
            _between(Measure.ASPECT, 1.4, None, _DP_ASPECT),
            _between(Measure.THICKNESS, None, 5.0, _DP),
            _between(Measure.WEIGHT, None, 20.0, _DP),
        ),
    ),
    MailClass(
        "de-kompaktbrief",
        "DE",
        "Deutsche Post Kompaktbrief",
        (
            *_size((100.0, 235.0), (70.0, 125.0), _DP),
            _between(Measure.ASPECT, 1.4, None, _DP_ASPECT),
            _between(Measure.THICKNESS, None, 10.0, _DP),
            _between(Measure.WEIGHT, None, 50.0, "xpaket.de, Kompaktbrief"),
        ),
    ),
    MailClass(
        "de-grossbrief",
        "DE",
        "Deutsche Post Großbrief",
        (
            *_size((100.0, 353.0), (70.0, 250.0), _DP),
            _between(Measure.THICKNESS, None, 20.0, _DP),
            _between(Measure.WEIGHT, None, 500.0, "helpster.de, Briefformat bei der Post"),
        ),
    ),
    MailClass(
        "de-maxibrief",
        "DE",
        "Deutsche Post Maxibrief",
        (
            *_size((100.0, 353.0), (70.0, 250.0), _DP),
            _between(Measure.THICKNESS, None, 50.0, _DP),
            _between(Measure.WEIGHT, None, 1000.0, "Deutsche Post, from memory: 1,000 g", False),
        ),
    ),
    MailClass(
        "jp-hagaki",
        "JP",
        "Japan Post postcard (第二種郵便物)",
        (
            *_size((140.0, 154.0), (90.0, 107.0), _JP_CARD),
            _between(Measure.WEIGHT, 2.0, 6.0, _JP_CARD),
        ),
        cards=True,
        note="must say 郵便はがき or POST CARD on the address side",
    ),
    MailClass(
        "jp-standard",
        "JP",
        "Japan Post standard letter (定形郵便物)",
        (
            *_size((140.0, 235.0), (90.0, 120.0), _JP),
            _between(Measure.THICKNESS, None, 10.0, _JP),
            _between(Measure.WEIGHT, None, 50.0, _JP),
        ),
    ),
    MailClass(
        "jp-nonstandard",
        "JP",
        "Japan Post non-standard letter within limits (定形外郵便物 規格内)",
        (
            *_size((140.0, 340.0), (90.0, 250.0), _JP_OTHER),
            _between(Measure.THICKNESS, None, 30.0, _JP_OTHER),
            _between(Measure.WEIGHT, None, 1000.0, _JP_OTHER),
        ),
    ),
    MailClass(
        "jp-oversize",
        "JP",
        "Japan Post non-standard letter beyond limits (定形外郵便物 規格外)",
        (
            *_size((140.0, 600.0), (90.0, 600.0), _JP_OTHER),
            _between(Measure.SUM, None, 900.0, _JP_OTHER),
            _between(Measure.WEIGHT, None, 4000.0, _JP_OTHER),
        ),
    ),
)
"""Country by country, in the order in which a sender would want them."""
