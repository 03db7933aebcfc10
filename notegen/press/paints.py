"""The colours of one file: each plate once, no more ink than the paper bears, or all of it as light for a screen.

Everything that is coloured asks here, so this is where rules about ink are held. Nothing overprints: no graphics state
is written at all, so each area knocks out what is below it. White can then not vanish, no colour mixes with what is
below, the total coverage at a point is that of the topmost paint alone, and every viewer shows what the press prints. A
shop that wants small black type to overprint sets that where the plates are made.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from notegen.errors import NotegenError
from notegen.model.purpose import Purpose
from notegen.press.ink import Inked, Inking, on_plates, one_plate, separation, stepped
from notegen.press.units import number

if TYPE_CHECKING:
    from notegen.model.hand import CMYK, Ink
    from notegen.model.page import Paint
    from notegen.model.purpose import Condition, Setup
    from notegen.press.container import Container

Painted = tuple[bytes, dict[str, Any]]
"""The operators that set a colour, and the colour spaces that they name."""

NEAR = 0.01
"""By how much of a plate the look of an ink in a picture may miss: what its conversion rounds."""

ALL = "All"
"""The plate of registration marks, which is every plate; it stands outside the trim and is no mix of inks."""


class Plates:
    """Colours as a press prints them: process coverages and named plates."""

    def __init__(self, container: Container | None, setup: Setup) -> None:
        self._container = container
        self._press = setup.purpose is Purpose.PRESS
        self._plate = setup.plate
        self._condition = setup.condition if self._press else None
        self._spaces: dict[str, tuple[str, CMYK, str, Any]] = {}
        self._met: dict[str, tuple[str, CMYK, str]] = {}
        self._inks: dict[Ink, Ink] = {}
        self._paints: dict[tuple[Paint, bool], Painted] = {}

    def inked(self, ink: Ink) -> Inked:
        """Return how an ink is written. Raises NotegenError, as `space` does."""
        return on_plates(self._printed(ink))

    def space(self, ink: Ink) -> Any:
        """Return the colour space of an ink that has a plate of its own, None for others.

        Raises NotegenError when another ink of the file has its plate, or for more ink than the paper bears.
        """
        printed = self._printed(ink)
        return None if printed.spot is None else self._space_of(printed.spot, printed.cmyk)[1]

    def colour(self, paint: Paint, *, stroke: bool) -> Painted:
        """Return the operators that set a paint for lines or for areas. Raises NotegenError, as `space` does."""
        found = self._paints.get((paint, stroke))
        if found is None:
            found = self._paints[paint, stroke] = self._painted(paint, stroke)
        return found

    def _painted(self, paint: Paint, stroke: bool) -> Painted:
        if paint.spot is None:
            self._borne("a colour", paint.cmyk)
            parts = " ".join(number(round(part, 4)) for part in paint.cmyk)
            return f"{parts} {'K' if stroke else 'k'}\n".encode("ascii"), {}
        if paint.spot != ALL:
            self._borne(f"the plate '{paint.spot}'", paint.cmyk)
        name, space = self._space_of(paint.spot, paint.cmyk)
        return (f"/{name} CS 1 SCN\n" if stroke else f"/{name} cs 1 scn\n").encode("ascii"), {name: space}

    def _printed(self, ink: Ink) -> Ink:
        """Return an ink as it is printed, which was looked at."""
        found = self._inks.get(ink)
        if found is None:
            found = one_plate(ink, self._plate) if self._press else ink
            self._borne(f"the ink '{ink.name or ink.spot or 'of a hand'}'", found.cmyk)
            self._inks[ink] = found
        return found

    def meet(self, spot: str, look: CMYK, where: str) -> None:
        """Take note of a plate that a picture brings along; raises NotegenError as `space` does."""
        name, mine, known = spot.casefold(), (spot, look, f" in {where}"), self._met.get(spot.casefold())
        if name in self._spaces:
            known = (*self._spaces[name][:2], "")
        if known is not None:
            _alike(known, mine, NEAR)
        self._met.setdefault(name, mine)

    def _space_of(self, spot: str, cmyk: CMYK) -> tuple[str, Any]:
        """Return the resource name and the colour space of a plate, which is the same wherever it is named."""
        known = self._spaces.get(spot.casefold())
        if known is None:
            if spot.casefold() in self._met:
                _alike(self._met[spot.casefold()], (spot, cmyk, ""), NEAR)
            assert self._container is not None
            name, space = f"S{len(self._spaces)}", self._container.reserve(separation(spot, cmyk))
            self._spaces[spot.casefold()] = spot, cmyk, name, space
            return name, space
        _alike((*known[:2], ""), (spot, cmyk, ""))
        return known[2], known[3]

    def _borne(self, what: str, cmyk: CMYK) -> None:
        """Refuse more ink than the condition's paper bears."""
        condition = self._condition
        if condition is not None and sum(cmyk) * 100 > condition.tac + 1e-6:
            raise NotegenError(
                f"{what} covers {sum(cmyk):.0%}, and {condition.title} bears {condition.tac:g} %",
                hint="take some of each plate away, or print it with one spot colour that has less in its CMYK",
            )


def _alike(one: tuple[str, CMYK, str], other: tuple[str, CMYK, str], near: float = 0.0) -> None:
    """Raise NotegenError for two plates of one name that are not the same; each is its name, its look and its place."""
    if one[0] != other[0]:
        raise NotegenError(
            f"'{one[0]}'{one[2]} and '{other[0]}'{other[2]} would be two plates",
            hint="write the spot colour the same way everywhere",
        )
    if max(abs(a - b) for a, b in zip(one[1], other[1], strict=True)) > near:
        raise NotegenError(
            f"two inks are printed with one plate, '{one[0]}', and have different colours: "
            f"{_coverages(one[1])}{one[2]}, and {_coverages(other[1])}{other[2]}",
            hint="name the spot colour of one of them differently, or give both the same CMYK",
        )


class Light:
    """Colours as a screen shows the print: sRGB, converted by the profile of the printing condition."""

    def __init__(self, condition: Condition) -> None:
        self._condition = condition

    def inked(self, ink: Ink) -> Inked:
        """Return how an ink is written."""
        return Inked(b"", tuple(self._shown(cmyk, "rg") for cmyk in stepped(ink)))

    def space(self, ink: Ink) -> None:
        """Return no colour space: light needs none."""

    def meet(self, spot: str, look: CMYK, where: str) -> None:
        """Take no note of a plate: light has none."""

    def colour(self, paint: Paint, *, stroke: bool) -> Painted:
        """Return the operators that set a paint for lines or for areas."""
        return self._shown(paint.cmyk, "RG" if stroke else "rg"), {}

    def _shown(self, cmyk: CMYK, operator: str) -> bytes:
        parts = " ".join(number(part / 255) for part in srgb(self._condition, cmyk))
        return f"{parts} {operator}\n".encode("ascii")


Paints: TypeAlias = Plates | Light


@lru_cache(maxsize=1024)
def srgb(condition: Condition, cmyk: CMYK) -> tuple[int, int, int]:
    """Return what a print looks like on a screen, 0 to 255 each: paper is white, black is as black as ink is."""
    from PIL import Image, ImageCms

    pixel = Image.new("CMYK", (1, 1), tuple(round(part * 255) for part in cmyk))
    shown = ImageCms.applyTransform(pixel, to_screen(condition))
    assert shown is not None
    red, green, blue = shown.getpixel((0, 0))  # type: ignore[misc]
    return red, green, blue


@lru_cache(maxsize=8)
def to_screen(condition: Condition) -> Any:
    """Return LittleCMS's transform from a condition's CMYK to sRGB, relative to the paper."""
    import io

    from PIL import ImageCms

    from notegen.press.conditions import profile

    source = ImageCms.ImageCmsProfile(io.BytesIO(profile(condition.profile)))
    return ImageCms.buildTransform(
        source, ImageCms.createProfile("sRGB"), "CMYK", "RGB", ImageCms.Intent.RELATIVE_COLORIMETRIC
    )


@lru_cache(maxsize=8)
def inking(setup: Setup) -> Inking:
    """Return how files of a setup write inks; it raises NotegenError for one that the paper does not bear."""
    return paints(None, setup).inked


def paints(container: Container | None, setup: Setup) -> Paints:
    """Return the colours of a file that is written for a purpose; without a file they tell how inks are written."""
    if setup.purpose is not Purpose.SCREEN:
        return Plates(container, setup)
    from notegen.press.conditions import DEFAULT, conditions

    return Light(setup.condition or conditions().get(DEFAULT))


def _coverages(cmyk: CMYK) -> str:
    return " / ".join(f"{round(part * 100, 1):g}" for part in cmyk) + " %"
