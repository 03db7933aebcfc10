"""What a post sees of a piece of mail: the zones of its address side, barcodes, and the classes it may go in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from notegen.model.page import Area
from notegen.model.stock import Box


class ZoneKind(StrEnum):
    """What a zone is for: the address, the sender, the postage, the post's own codes, or a digit of the postcode."""

    ADDRESS = "address"
    SENDER = "sender"
    POSTAGE = "postage"
    CODES = "codes"
    DIGIT = "digit"


@dataclass(frozen=True, slots=True)
class Zone:
    """A rectangle of the address side, mm from its lower left corner, and the rule that sets it apart.

    The address must be inside ADDRESS; POSTAGE and CODES stay free of ink. `verified` is False for figures that were
    set down from memory or chosen here, not read in a source.
    """

    name: str
    box: Box
    source: str
    kind: ZoneKind
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Face:
    """The address side of one piece of mail, as one country's post wants it.

    `size` is (width, height) in mm as the address is read. `type_sizes` are the least and the largest ems of the
    address, mm; `widest` is how broad the address may be, `edge` how far the sender stays from the edges, mm.
    `upright` is for addresses in columns from the top, as on Japanese envelopes.
    """

    country: str
    size: tuple[float, float]
    zones: tuple[Zone, ...]
    type_sizes: tuple[float, float]
    source: str
    widest: float | None = None
    edge: float = 6.35
    upright: bool = False
    verified: bool = True

    def of(self, kind: ZoneKind) -> tuple[Zone, ...]:
        """Return the zones of one kind, in their order."""
        return tuple(zone for zone in self.zones if zone.kind is kind)

    @property
    def free(self) -> tuple[Zone, ...]:
        """The zones in which no ink may be."""
        return (*self.of(ZoneKind.POSTAGE), *self.of(ZoneKind.CODES))


@dataclass(frozen=True, slots=True)
class Barcode:
    """Bars to be placed: `letters` say what they are, `area` is drawn from (0, 0) at its lower left, `size` in mm.

    `clear` is the white that must stay at the sides and above and below, mm. `corner` is where the bars begin when they
    stand alone at the lower right: how far from the right edge, and from the lower one.
    """

    letters: str
    area: Area
    size: tuple[float, float]
    clear: tuple[float, float]
    corner: tuple[float, float]


class Measure(StrEnum):
    """What a mailing class limits: lengths and thickness in mm, weight in g, length by height, paper in g/m²."""

    LENGTH = "length"
    HEIGHT = "height"
    THICKNESS = "thickness"
    WEIGHT = "weight"
    ASPECT = "aspect ratio"
    PAPER = "paper"
    SUM = "length + height + thickness"


@dataclass(frozen=True, slots=True)
class Mailpiece:
    """What is posted: width and height in mm as the address is read, and what is known besides.

    `thickness` is in mm, `weight` in g, `paper` in g/m²; None is not known. `card` is a single sheet that goes without
    an envelope. `estimated` names the measures that were worked out from the paper and not measured.
    """

    size: tuple[float, float]
    thickness: float | None = None
    weight: float | None = None
    paper: float | None = None
    card: bool = False
    estimated: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """The least and the most of a measure that a class takes, both included; None is no limit.

    `above` is a (length, height) in mm: the limit holds only for pieces that are longer or higher than that. `upto` is
    a (length, height) in mm up to which it holds.
    """

    measure: Measure
    least: float | None
    most: float | None
    source: str
    verified: bool = True
    above: tuple[float, float] | None = None
    upto: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class MailClass:
    """One class of one country's mail: its limits, and what only a person can see to.

    `cards` is True for cards alone, without an envelope. `by_side` takes the longer side for the length, however the
    address runs. `note` says what the limits cannot.
    """

    name: str
    country: str
    title: str
    limits: tuple[Limit, ...]
    cards: bool = False
    by_side: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Breach:
    """A limit that a piece does not keep: what was found, and what would mend it."""

    limit: Limit | None
    message: str
    mend: str
    source: str
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether a piece may go in a class: what keeps it out, and which measures nobody gave."""

    mail_class: MailClass
    breaches: tuple[Breach, ...]
    unknown: tuple[Measure, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing that is known keeps the piece out."""
        return not self.breaches
