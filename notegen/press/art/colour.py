"""Colours of pictures on their way to the press or to a screen.

RGB goes to CMYK through ICC profiles, relative colorimetric with black point compensation: on the bundled profiles
perceptual gives the same for coated paper and up to 292 % of ink on uncoated, where this stays at 260 %. Two things a
profile would spoil are decided here: greys of drawings, and grey pictures, become tones of the black plate alone, so
that fine lines need no register; each is as light as the grey it stands for, between paper and full black.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

import numpy as np
from PIL import Image, ImageCms

from notegen.press.paints import to_screen

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image as Picture

    from notegen.model.purpose import Condition, Setup

Parts: TypeAlias = tuple[float, ...]
"""The parts of a colour, each 0 to 1; Lab is L 0 to 100 and a, b -128 to 127."""

_BLACK_POINT: Final = 0x2000
"""LittleCMS: black point compensation."""
_INTENT: Final = ImageCms.Intent.RELATIVE_COLORIMETRIC
_NEUTRAL: Final = 0.6 / 255
STRIP: Final = 256
"""Rows that are worked on together, so that a large picture is not in memory several times over."""
_FILL: Final = {1: "g", 3: "rg", 4: "k"}
_STROKE: Final = {1: "G", 3: "RG", 4: "K"}


class Colours(Protocol):
    """What pictures are coloured in: `space` is PDF's name of it, `count` its parts."""

    space: str
    count: int
    keeps_ink: bool

    def rgb(self, parts: Parts, profile: bytes | None = None, *, plain: bool = True) -> Parts:
        """Return an RGB colour; with `plain`, a grey may become a tone of black alone."""

    def lab(self, parts: Parts) -> Parts:
        """Return a colour of CIE Lab (D50)."""

    def image(self, picture: Picture, profile: bytes | None = None) -> Picture:
        """Return an RGB picture's pixels."""

    def grey(self, picture: Picture) -> Picture:
        """Return the pixels of a grey picture (gamma of sRGB) for DeviceGray."""

    def ink(self, parts: Parts) -> Parts:
        """Return a colour of CMYK, the same where `keeps_ink`."""

    def inks(self, picture: Picture) -> Picture:
        """Return a CMYK picture's pixels, the same where `keeps_ink`."""


def colours(setup: Setup) -> Colours:
    """Return what a file's pictures are coloured in: the press's CMYK, and sRGB for desktop printers and screens.

    A desktop printer's driver expects sRGB and makes its own inks of it; CMYK for another press would only dull
    them. Inks that a picture names itself stay inks there, as the note's do; on a screen they are light as well.
    """
    from notegen.model.purpose import Purpose
    from notegen.press.conditions import DEFAULT, conditions

    if setup.purpose is Purpose.DESKTOP:
        return Screen()
    condition = setup.condition or conditions().get(DEFAULT)
    return Press(condition) if setup.purpose is Purpose.PRESS else Screen(condition)


def operator(parts: Parts, *, stroke: bool = False) -> bytes:
    """Return the operator that sets a colour of 1, 3 or 4 parts."""
    from notegen.press.units import number

    words = " ".join(number(round(part, 4)) for part in parts)
    return f"{words} {(_STROKE if stroke else _FILL)[len(parts)]}\n".encode("ascii")


def mode_of(profile: bytes) -> str | None:
    """Return the colour space of an ICC profile ("RGB", "GRAY", "CMYK", "Lab"), None for what is no profile."""
    try:
        opened = ImageCms.ImageCmsProfile(BytesIO(profile))
        space = str(opened.profile.xcolor_space).strip()
        if space == "RGB":
            _transform(opened, _srgb(), "RGB", "RGB")
    except (OSError, TypeError, ValueError, ImageCms.PyCMSError):
        return None
    return space


def _srgb() -> Any:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _lab() -> Any:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))


def _opened(profile: bytes | None) -> Any:
    return ImageCms.ImageCmsProfile(BytesIO(profile)) if profile else _srgb()


def _transform(source: Any, target: Any, before: str, after: str) -> Any:
    return ImageCms.buildTransform(source, target, before, after, _INTENT, ImageCms.Flags(_BLACK_POINT))


def _one(transform: Any, mode: str, parts: tuple[int, ...]) -> Parts:
    made = ImageCms.applyTransform(Image.new(mode, (1, 1), parts), transform)
    assert made is not None
    pixel = made.getpixel((0, 0))
    assert isinstance(pixel, tuple)
    return tuple(round(part / 255, 4) for part in pixel)


def _bytes(parts: Parts) -> tuple[int, ...]:
    return tuple(min(255, max(0, round(part * 255))) for part in parts)


def _lab_bytes(parts: Parts) -> tuple[int, ...]:
    """Return a colour of Lab as LittleCMS stores it in bytes: a and b raised by 128."""
    light, a, b = parts
    return tuple(min(255, max(0, round(part))) for part in (light * 2.55, a + 128, b + 128))


def _tone(value: float) -> float:
    """Return the lightness (0 to 1) of a grey of sRGB."""
    linear = value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
    return float(1.16 * np.cbrt(linear) - 0.16 if linear > 216 / 24389 else linear * 24389 / 2700)


class Press:
    """CMYK of a printing condition."""

    space = "DeviceCMYK"
    count = 4
    keeps_ink = True

    def __init__(self, condition: Condition) -> None:
        self._profile = ImageCms.ImageCmsProfile(str(Path(condition.profile)))
        self._limit = condition.tac / 100
        self._transforms: dict[tuple[bytes | None, str], Any] = {}
        self._known: dict[tuple[tuple[int, ...], bytes | None, bool], Parts] = {}
        self._blacks = self._tones()

    def rgb(self, parts: Parts, profile: bytes | None = None, *, plain: bool = True) -> Parts:
        """Return an RGB colour; with `plain`, a grey becomes a tone of black alone."""
        key = _bytes(parts), profile, plain
        if key not in self._known:
            if plain and max(parts) - min(parts) < _NEUTRAL:
                self._known[key] = 0.0, 0.0, 0.0, round(1 - self._blacks[key[0][0]] / 255, 4)
            else:
                self._known[key] = self._held(_one(self._to(profile, "RGB"), "RGB", key[0]))
        return self._known[key]

    def lab(self, parts: Parts) -> Parts:
        """Return a colour of CIE Lab (D50)."""
        key = _lab_bytes(parts)
        if (None, "LAB") not in self._transforms:
            self._transforms[None, "LAB"] = _transform(_lab(), self._profile, "LAB", "CMYK")
        return self._held(_one(self._transforms[None, "LAB"], "LAB", key))

    def image(self, picture: Picture, profile: bytes | None = None) -> Picture:
        """Return an RGB picture's pixels; no pixel has more ink than the condition bears."""
        transform = self._to(profile, "RGB")
        made = Image.new("CMYK", picture.size)
        width, height = picture.size
        for top in range(0, height, STRIP):
            part = ImageCms.applyTransform(picture.crop((0, top, width, min(height, top + STRIP))), transform)
            assert part is not None
            made.paste(self._borne(part), (0, top))
        return made

    def _borne(self, part: Picture) -> Picture:
        inks = np.asarray(part, np.uint16)
        most = self._limit * 255
        return part if int(inks.sum(axis=2).max(initial=0)) <= most else Image.fromarray(_limited(inks, most), "CMYK")

    def grey(self, picture: Picture) -> Picture:
        """Return a grey picture's pixels as tones of black."""
        return picture.point([round(one) for one in self._blacks])

    def ink(self, parts: Parts) -> Parts:
        """Return a colour of CMYK as it is."""
        return parts

    def inks(self, picture: Picture) -> Picture:
        """Return a CMYK picture as it is."""
        return picture

    def _to(self, profile: bytes | None, mode: str) -> Any:
        if (profile, mode) not in self._transforms:
            self._transforms[profile, mode] = _transform(_opened(profile), self._profile, mode, "CMYK")
        return self._transforms[profile, mode]

    def _held(self, parts: Parts) -> Parts:
        over = sum(parts) - self._limit
        if over <= 0:
            return parts
        share = 1 - over / sum(parts[:3])
        return (*(round(part * share, 4) for part in parts[:3]), parts[3])

    def _tones(self) -> tuple[float, ...]:
        """Return, for each grey of sRGB, the DeviceGray of black that is as light, between paper and full black."""
        ramp = np.zeros((1, 256, 4), np.uint8)
        ramp[0, :, 3] = np.arange(256)
        seen = ImageCms.applyTransform(Image.fromarray(ramp, "CMYK"), _transform(self._profile, _lab(), "CMYK", "LAB"))
        light = np.asarray(seen)[0, :, 0].astype(np.float64)
        light = (light - light[-1]) / (light[0] - light[-1])
        wanted = [_tone(value / 255) for value in range(256)]
        return tuple(float(one) for one in np.interp(wanted, light[::-1], np.arange(256.0)))


def _limited(inks: NDArray[np.uint16], most: float) -> NDArray[np.uint8]:
    """Take colour, and no black, from the pixels that have too much ink."""
    black = inks[..., 3:].astype(np.float64)
    colour = inks[..., :3].astype(np.float64)
    total = colour.sum(axis=2, keepdims=True)
    share = np.minimum(1.0, np.maximum(0.0, most - black) / np.maximum(total, 1.0))
    made: NDArray[np.uint8] = np.floor(np.concatenate((colour * share, black), axis=2)).astype(np.uint8)
    return made


class Screen:
    """sRGB; inks are shown as a printing condition prints them, or kept when none is given."""

    space = "DeviceRGB"
    count = 3

    def __init__(self, condition: Condition | None = None) -> None:
        self.keeps_ink = condition is None
        self._shown: Any = None if condition is None else to_screen(condition)

    def rgb(self, parts: Parts, profile: bytes | None = None, *, plain: bool = True) -> Parts:
        """Return an RGB colour."""
        if profile is None:
            return tuple(round(part, 4) for part in parts)
        return _one(_to_srgb(profile), "RGB", _bytes(parts))

    def lab(self, parts: Parts) -> Parts:
        """Return a colour of CIE Lab (D50)."""
        return _one(_transform(_lab(), _srgb(), "LAB", "RGB"), "LAB", _lab_bytes(parts))

    def image(self, picture: Picture, profile: bytes | None = None) -> Picture:
        """Return an RGB picture's pixels."""
        if profile is None:
            return picture
        made = ImageCms.applyTransform(picture, _to_srgb(profile))
        assert made is not None
        return made

    def grey(self, picture: Picture) -> Picture:
        """Return a grey picture's pixels as they are."""
        return picture

    def ink(self, parts: Parts) -> Parts:
        """Return a colour of CMYK as it is shown."""
        return parts if self._shown is None else _one(self._shown, "CMYK", _bytes(parts))

    def inks(self, picture: Picture) -> Picture:
        """Return a CMYK picture's pixels as they are shown."""
        if self._shown is None:
            return picture
        made = ImageCms.applyTransform(picture, self._shown)
        assert made is not None
        return made


class Masks(Screen):
    """The grey of luminosity masks."""

    space = "DeviceGray"
    count = 1

    def rgb(self, parts: Parts, profile: bytes | None = None, *, plain: bool = True) -> Parts:
        """Return how light an RGB colour is (the weights of PDF 32000, 11.5.3)."""
        return (round(0.3 * parts[0] + 0.59 * parts[1] + 0.11 * parts[2], 4),)

    def lab(self, parts: Parts) -> Parts:
        """Return how light a colour of Lab is."""
        return (round(parts[0] / 100, 4),)

    def image(self, picture: Picture, profile: bytes | None = None) -> Picture:
        """Return a picture's pixels in grey."""
        return picture.convert("L")


@lru_cache(maxsize=8)
def _to_srgb(profile: bytes) -> Any:
    return _transform(_opened(profile), _srgb(), "RGB", "RGB")
