"""Pens and inks: those that have a name, and how others are written down.

A pen is a name (`gel`), a width in mm (`0.3`), both (`gel 0.4`) or a mapping. An ink is a name (`sepia`), a name whose
plate is to be printed as a spot colour (`sepia spot`), four coverages, or a mapping. The same words are understood in
hand.yaml, in notegen.yaml and on the command line, so that everything is said in one way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from notegen.errors import NotegenError, UnknownName, nearest
from notegen.model.facts import Value
from notegen.model.hand import CMYK, Ink, Pen
from notegen.registry import Registry

T = TypeVar("T")

WIDTHS: Final = (0.1, 3.0)
"""The finest and the broadest pen, mm."""

MOST_TAPER: Final = 0.9
MOST_VARIATION: Final = 0.4
MOST_SHADE: Final = 0.15
"""Beyond these a stroke falls to pieces, and ink looks like a fault of the press."""

MOST_COVERAGE: Final = 2.8
"""Ink that uncoated stock can hold, all plates together; printers ask for 240 to 280 %."""

SHADE: Final = 0.05
"""How much the ink of people's pens varies from word to word: it is to be felt, not seen."""

PROCESS: Final = ("all", "none", "cyan", "magenta", "yellow", "black")
"""Names that a spot colour cannot have: a PDF takes them for its own plates."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of pen at its usual width, and how it looks."""

    pen: Pen
    look: str


@dataclass(frozen=True, slots=True)
class Named:
    """An ink with a name, the name of its spot colour, and how it looks."""

    ink: Ink
    spot: str
    look: str


class Mistaken(NotegenError):
    """What was said of a pen or an ink cannot be; `part` is the key of the mapping that is wrong, "" for the whole."""

    def __init__(self, message: str, hint: str | None = None, part: str = "") -> None:
        super().__init__(message, hint=hint)
        self.part = part


# The pens. Widths are those of the line on paper, not of the ball or nib: 98 pages written with ballpoints had lines of
# 0.25 mm (median), 0.39 for the broadest twentieth. Pressure varies by 15 to 25 % along people's strokes; a ballpoint's
# line follows about half of it, a flexible nib nearly all, and a gel pen or a felt tip, whose ink flows by itself,
# little. A nib lifts off in a hair, a ball rolls off with a slight point, a felt tip leaves its round end.
_KINDS: Final = (
    (Pen("ballpoint", 0.28, taper=0.20, variation=0.10), "a thin dry line, a little uneven", ("biro", "ball")),
    (Pen("gel", 0.36, taper=0.10, variation=0.05), "a smooth, full, even line", ("rollerball", "gel pen")),
    (Pen("fountain", 0.38, taper=0.45, variation=0.17), "swells and thins; ends in points", ("fountain pen", "nib")),
    (Pen("felt", 0.45, taper=0.0, variation=0.05), "broad and even, with round ends", ("felt tip", "fineliner")),
)

# The inks. Coverages were chosen by how the usual conversion of uncoated-stock CMYK shows them beside the bottled inks
# of the same names; all plates together stay under 260 %. The colour is that of the fullest word: others are lighter.
# Blue-black is what a hand has that names no ink: black is what laser printers write in, and people's pens mostly not.
_INKS: Final = (
    ("blue-black", (0.97, 0.74, 0.40, 0.44), "Blue Black Ink", "dark blue, nearly black: what a letter is written in"),
    ("blue", (1.0, 0.80, 0.08, 0.16), "Blue Ink", "the blue of most ballpoints"),
    ("royal-blue", (0.95, 0.78, 0.0, 0.04), "Royal Blue Ink", "bright blue, of school fountain pens"),
    ("soft-black", (0.52, 0.44, 0.42, 0.76), "Soft Black Ink", "black as ink is: a very dark grey"),
    ("black", (0.0, 0.0, 0.0, 1.0), "Black Ink", "the black plate alone: one ink, and no screens where words are even"),
    ("sepia", (0.45, 0.62, 0.72, 0.55), "Sepia Ink", "warm dark brown"),
    ("green", (0.88, 0.40, 0.80, 0.42), "Green Ink", "dark bottle green"),
    ("burgundy", (0.36, 0.92, 0.58, 0.48), "Burgundy Ink", "dark wine red"),
    ("violet", (0.78, 0.90, 0.12, 0.26), "Violet Ink", "dark violet, of old school ink"),
)

USUAL_PEN: Final = _KINDS[0][0]
USUAL_INK: Final = Ink(_INKS[0][0], _INKS[0][1], shade=SHADE)


def kinds() -> Registry[Kind]:
    """Return the kinds of pen, by name."""
    known: Registry[Kind] = Registry("pen")
    for one, look, aliases in _KINDS:
        known.add(one.kind, Kind(one, look), aliases=aliases)
    return known


def inks() -> Registry[Named]:
    """Return the inks that have a name."""
    known: Registry[Named] = Registry("ink")
    for name, cmyk, spot, look in _INKS:
        spaced = (name.replace("-", " "),) if "-" in name else ()
        known.add(name, Named(Ink(name, cmyk, shade=SHADE), spot, look), aliases=spaced)
    return known


def pen(said: Value, usual: Pen = USUAL_PEN) -> Pen:
    """Return the pen that is meant; a width alone is that of the `usual` kind. Raises Mistaken."""
    if isinstance(said, Mapping):
        return _pen_of(said, usual)
    if isinstance(said, str):
        return _pen_called(said, usual)
    return replace(usual, width=_number(said, "pen", *WIDTHS, hint=_PEN_HINT))


_PEN_HINT: Final = f"write a kind ({', '.join(one[0].kind for one in _KINDS)}), a width in mm, or both: gel 0.4"
_INK_HINT: Final = f"write a name ({', '.join(one[0] for one in _INKS)}) or four numbers from 0 to 1"
_WIDTH: Final = re.compile(r"(?P<kind>.*?)\s*(?P<width>(?<![\w.])\d+(?:\.\d*)?|(?<![\w.])\.\d+)\s*(?:mm)?", re.ASCII)


def _pen_called(said: str, usual: Pen) -> Pen:
    """Return the pen of words such as `gel`, `gel 0.4`, `0.4 mm`."""
    text = " ".join(said.split())
    split = _WIDTH.fullmatch(text)
    kind = split["kind"] if split else text
    found = _known(kinds(), kind).pen if kind or not split else usual
    return replace(found, width=_number(float(split["width"]), "pen", *WIDTHS, hint=_PEN_HINT)) if split else found


def _pen_of(said: Mapping[str, Value], usual: Pen) -> Pen:
    _only(said, "pen", ("kind", "width", "taper", "variation"))
    kind = said.get("kind")
    if "kind" in said and not isinstance(kind, str):
        raise Mistaken("kind must be a text", _PEN_HINT, "kind")
    found = _known(kinds(), kind, "kind").pen if isinstance(kind, str) else usual

    def number(key: str, least: float, most: float, otherwise: float) -> float:
        return _number(said[key], key, least, most, part=key) if key in said else otherwise

    return Pen(
        found.kind,
        width=number("width", *WIDTHS, found.width),
        taper=number("taper", 0.0, MOST_TAPER, found.taper),
        variation=number("variation", 0.0, MOST_VARIATION, found.variation),
    )


def ink(said: Value, usual: Ink = USUAL_INK) -> Ink:
    """Return the ink that is meant; a mapping changes the `usual` one. Raises Mistaken."""
    if isinstance(said, Mapping):
        return _ink_of(said, usual)
    if isinstance(said, str):
        return _ink_called(said)
    return Ink("", _coverages(said, "ink"), shade=SHADE)


def _ink_called(said: str) -> Ink:
    """Return the ink of words such as `sepia`, `sepia spot`, `0.9 0.7 0.4 0.4`."""
    words = said.replace(",", " ").split()
    if words and all(_PLAIN.fullmatch(word) for word in words):
        return Ink("", _coverages(tuple(map(float, words)), "ink"), shade=SHADE)
    as_spot = len(words) > 1 and words[-1].casefold() == "spot"
    found = _known(inks(), " ".join(words[: len(words) - as_spot]))
    return replace(found.ink, spot=found.spot if as_spot else None)


_PLAIN: Final = re.compile(r"\d+(?:\.\d*)?|\.\d+", re.ASCII)


def _ink_of(said: Mapping[str, Value], usual: Ink) -> Ink:
    """Return the ink of a mapping: one with a name, one of its own with `cmyk`, or the usual one changed."""
    _only(said, "ink", ("name", "cmyk", "spot", "shade"))
    name = said.get("name", "")
    if not isinstance(name, str):
        raise Mistaken("name must be a text", _INK_HINT, "name")
    found = usual
    if "cmyk" in said:
        found = Ink(name.strip(), _coverages(said["cmyk"], "cmyk", "cmyk"), shade=SHADE)
    elif "name" in said:
        found = _known(inks(), name, "name").ink
    if "shade" in said:
        found = replace(found, shade=_number(said["shade"], "shade", 0.0, MOST_SHADE, part="shade"))
    return replace(found, spot=_spot(said["spot"], found)) if "spot" in said else found


def _spot(said: Value, of: Ink) -> str | None:
    """Return the name of a spot colour: as it is written, or the ink's own for `yes`."""
    if isinstance(said, bool):
        return spot_name(of) if said else None
    if not isinstance(said, str) or not said.strip():
        raise Mistaken("spot must be the name of a spot colour, or yes", "ask the printer what it is called", "spot")
    name = " ".join(said.split())
    if name.casefold() in PROCESS:
        raise Mistaken(f"a spot colour cannot be called '{name}'", "a PDF takes that for one of its own plates", "spot")
    if len(name.encode()) > 60 or not name.isprintable():
        raise Mistaken("the name of a spot colour has at most 60 bytes, on one line", None, "spot")
    return name


def spot_name(of: Ink) -> str:
    """Return what the plate of an ink is called when it is printed as a spot colour."""
    known = inks()
    return of.spot or (known.get(of.name).spot if of.name in known else "Writing Ink")


def solid(of: Ink) -> Ink:
    """Return an ink for a press without screens: every word is the same, and what needs tints becomes one plate."""
    screened = any(0.0 < part < 1.0 for part in of.cmyk)
    return replace(of, shade=0.0, spot=spot_name(of) if screened else of.spot)


def _known(known: Registry[T], name: str, part: str = "") -> T:
    try:
        return known.get(name)
    except UnknownName as error:
        raise Mistaken(error.message, error.hint, part) from None


def _only(said: Mapping[str, Value], kind: str, keys: Sequence[str]) -> None:
    for key in said:
        if key not in keys:
            near = nearest(key, keys)
            hint = f"did you mean '{near}'?" if near else f"there are: {', '.join(keys)}"
            article = "an" if kind == "ink" else "a"
            raise Mistaken(f"{article} {kind} has no '{key}'", hint, key)


def _number(said: Value, what: str, least: float, most: float, *, part: str = "", hint: str | None = None) -> float:
    if isinstance(said, bool) or not isinstance(said, int | float) or not least <= said <= most:
        raise Mistaken(f"{what} must be a number from {least:g} to {most:g}", hint, part)
    return float(said)


def _coverages(said: Value, what: str, part: str = "") -> CMYK:
    """Return cyan, magenta, yellow and black; more than paper holds is a mistake."""
    if not isinstance(said, tuple) or len(said) != 4:
        raise Mistaken(f"{what} must be a name or 4 numbers from 0 to 1", _INK_HINT, part)
    cyan, magenta, yellow, black = (
        _number(one, f"{what} must be a name or 4 numbers: each", 0.0, 1.0, part=part) for one in said
    )
    if cyan + magenta + yellow + black > MOST_COVERAGE + 1e-9:
        total = f"{cyan + magenta + yellow + black:.0%}"
        raise Mistaken(f"{what} covers {total}, paper holds {MOST_COVERAGE:.0%}", "take some of each plate away", part)
    return cyan, magenta, yellow, black
