"""Colour spaces of a PDF: which go to the press as they are, and how the others are converted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name

from notegen.press.art.colour import Colours, Parts, mode_of
from notegen.press.art.functions import bounded, floats, function, unknown

_GREY: Final = ("/DeviceGray", "/G", "/CalGray")
_RGB: Final = ("/DeviceRGB", "/RGB", "/CalRGB")
_CMYK: Final = ("/DeviceCMYK", "/CMYK")
_STEPS: Final = 32


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """A colour space: `thing` is what is written for it, `count` its parts, before conversion.

    `convert` is None when colours stay as they are. `family` is gray, rgb, lab, cmyk, indexed, spot or pattern;
    `profile` an RGB or CMYK space's own; `under` the space below a pattern.
    """

    thing: Any
    count: int
    family: str
    convert: Callable[[Sequence[float]], Parts] | None = None
    profile: bytes | None = None
    under: Space | None = None


_Below: TypeAlias = Callable[[int], Space]
GREY: Final = Space(Name.DeviceGray, 1, "gray")


def space(thing: Any, resources: Any, colours: Colours, pdf: pikepdf.Pdf, deep: int = 0) -> Space:
    """Return a colour space by its name or array; raises Fault for one that is not known."""
    if deep > 4:
        raise unknown("nests colour spaces too deeply")
    if isinstance(thing, Name):
        return _named(thing, resources, colours, pdf, deep)
    if not isinstance(thing, Array) or not len(thing):
        raise unknown("has a colour space that cannot be read")
    kind = str(thing[0])
    if kind not in _MADE or len(thing) == 1:
        return _named(Name(kind), resources, colours, pdf, deep)

    def below(at: int) -> Space:
        return space(thing[at], resources, colours, pdf, deep + 1)

    return _MADE[kind](thing, below, colours, pdf)


def _calibrated(thing: Any, below: _Below, colours: Colours, pdf: pikepdf.Pdf) -> Space:
    limits = floats(thing[1].get("/Range", [-100, 100, -100, 100]))
    return Space(Name(f"/{colours.space}"), 3, "lab", lambda parts: colours.lab(_lab(parts, limits)))


def _patterned(thing: Any, below: _Below, colours: Colours, pdf: pikepdf.Pdf) -> Space:
    under = below(1)
    return Space(Array([Name.Pattern, under.thing]), under.count, "pattern", under.convert, under=under)


def _named(thing: Name, resources: Any, colours: Colours, pdf: pikepdf.Pdf, deep: int) -> Space:
    name = str(thing)
    known = resources.get("/ColorSpace", {}) if resources is not None else {}
    if name in _GREY:
        return GREY
    if name in _CMYK:
        return _inks(colours)
    if name in _RGB:
        default = known.get("/DefaultRGB")
        if default is not None and deep == 0:
            return space(default, resources, colours, pdf, deep + 1)
        return Space(Name(f"/{colours.space}"), 3, "rgb", lambda parts: colours.rgb(tuple(parts)))
    if name == "/Pattern":
        return Space(Name.Pattern, 0, "pattern")
    if name not in known:
        raise unknown(f"names a colour space {name[1:]} that it does not have")
    return space(known[name], resources, colours, pdf, deep + 1)


def _inks(colours: Colours) -> Space:
    if colours.keeps_ink:
        return Space(Name.DeviceCMYK, 4, "cmyk")
    return Space(Name(f"/{colours.space}"), 4, "cmyk", lambda parts: colours.ink(tuple(parts)))


def _lab(parts: Sequence[float], limits: Sequence[float]) -> Parts:
    a, b = (min(max(parts[1 + at], limits[2 * at]), limits[2 * at + 1]) for at in (0, 1))
    return parts[0], a, b


def _profiled(thing: Any, below: _Below, colours: Colours, pdf: pikepdf.Pdf) -> Space:
    """Return an ICC space: RGB is converted from its profile; grey and CMYK keep their values, without it."""
    count = int(thing[1].get("/N", 0))
    if count == 1:
        return GREY
    bounded(thing[1])
    if count == 4:
        return replace(_inks(colours), profile=bytes(thing[1].read_bytes()))
    if count != 3:
        raise unknown("has a colour profile that cannot be read")
    data = bytes(thing[1].read_bytes())
    mode = mode_of(data)
    if mode == "Lab":
        return Space(
            Name(f"/{colours.space}"), 3, "lab", lambda parts: colours.lab(_lab(parts, (-128, 127, -128, 127)))
        )
    if mode != "RGB":
        raise unknown("has a colour profile that cannot be read")
    return Space(Name(f"/{colours.space}"), 3, "rgb", lambda parts: colours.rgb(tuple(parts), data), profile=data)


def _indexed(thing: Any, under: _Below, colours: Colours, pdf: pikepdf.Pdf) -> Space:
    below = under(1)
    if below.convert is None:
        return Space(Array([Name.Indexed, below.thing, thing[2], thing[3]]), 1, "indexed")
    if isinstance(thing[3], pikepdf.Stream):
        bounded(thing[3])
    table = bytes(thing[3].read_bytes() if isinstance(thing[3], pikepdf.Stream) else bytes(thing[3]))
    made = bytearray()
    count = below.count
    for at in range(int(thing[2]) + 1):
        entry = table[count * at : count * (at + 1)].ljust(count, b"\0")
        parts: list[float] = [part / 255 for part in entry]
        if below.family == "lab":
            parts = [parts[0] * 100, parts[1] * 255 - 128, parts[2] * 255 - 128]
        made += bytes(round(part * 255) for part in below.convert(parts))
    table_stream = pdf.make_stream(bytes(made))
    return Space(Array([Name.Indexed, Name(f"/{colours.space}"), thing[2], table_stream]), 1, "indexed")


def _spot(thing: Any, under: _Below, colours: Colours, pdf: pikepdf.Pdf) -> Space:
    """Return a spot space: its plates are kept; how they look without them is converted."""
    below = under(2)
    names = [thing[1]] if str(thing[0]) == "/Separation" else list(thing[1])
    tint = thing[3]
    if below.convert is not None:
        tint = resampled(function(tint), below, len(names), [0.0, 1.0] * len(names), pdf, colours)
    made = Array([thing[0], thing[1], below.thing, tint])
    # Of the attributes, what each plate is alone; the others are hints to mix inks that a RIP does without.
    alone = thing[4].get("/Colorants", Dictionary()) if len(thing) > 4 else Dictionary()
    if len(alone):
        each = {name: space(one, None, colours, pdf, 1).thing for name, one in alone.items()}
        made.append(Dictionary(Colorants=Dictionary(each)))
    return Space(made, len(names), "spot")


_PROCESS: Final = ("Cyan", "Magenta", "Yellow", "Black", "None", "All")
"""Colourants of spot spaces that are no spot."""


def looks(thing: Any) -> dict[str, tuple[float, ...]]:
    """Return how each plate of a spot space is shown where there is no such ink, as parts of the space behind it."""
    names = [thing[1]] if thing[0] == Name.Separation else list(thing[1])
    tint = function(thing[3])
    found = {str(name)[1:]: [float(at == here) for at in range(len(names))] for here, name in enumerate(names)}
    return {name: tuple(tint(inks)) for name, inks in found.items() if name not in _PROCESS}


def resampled(
    inside: Callable[[Sequence[float]], list[float]],
    below: Space,
    inputs: int,
    domain: Sequence[float],
    pdf: pikepdf.Pdf,
    colours: Colours,
) -> Any:
    """Return a function whose colours are converted, as evenly spread samples."""  # fmt: skip
    if inputs > 2:
        raise unknown("mixes more than two spot colours whose look is in RGB")
    count = 256 if inputs == 1 else _STEPS
    made = bytearray()
    assert below.convert is not None
    for index in range(count**inputs):
        places = [index // count**at % count / (count - 1) for at in range(inputs)]
        values = [domain[2 * at] + share * (domain[2 * at + 1] - domain[2 * at]) for at, share in enumerate(places)]
        made += bytes(min(255, max(0, round(part * 255))) for part in below.convert(inside(values)))
    stream = pdf.make_stream(bytes(made))
    stream.stream_dict.update(
        Dictionary(
            FunctionType=0, Domain=Array([float(one) for one in domain]), Range=Array([0, 1] * colours.count),
            Size=Array([count] * inputs), BitsPerSample=8,
        )
    )  # fmt: skip
    return stream


_MADE: Final[dict[str, Callable[[Any, _Below, Colours, pikepdf.Pdf], Space]]] = {
    "/Lab": _calibrated,
    "/ICCBased": _profiled,
    "/Indexed": _indexed,
    "/I": _indexed,
    "/Pattern": _patterned,
    "/Separation": _spot,
    "/DeviceN": _spot,
}
