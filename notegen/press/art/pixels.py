"""PNG and JPEG files: what is in them, and their pixels upright and in few kinds."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PIL import Image, ImageOps

from notegen.files import MOST_SCANS, has_many_scans
from notegen.press.art import codes
from notegen.press.art.colour import mode_of
from notegen.press.art.faults import Fault

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MOST_PIXELS: Final = 80_000_000
"""A card of 6 x 9 in at 1,200 to the inch has 78 million; more is a mistake or an attack."""

_PLAIN_PIXELS: Final = 25_000_000
"""Pixels in colour that a picture may have however well it is packed: 6 x 9 in at 600 to the inch have 20 million."""
_PACKED: Final = 50
"""Pixels to a byte of the file beyond which a larger picture is taken for an attack: photographs have 1 to 10."""
_MOST_CHUNKS: Final = 5_000
"""Chunks of a PNG that hold no pixels: a picture has some dozens, and Pillow takes its time over each."""
_AGAIN: Final = "save it again from where it was made"
INCH: Final = 25.4
USUAL_DPI: Final = 300.0
_SCREEN: Final = (30.0, 2400.0)
"""Resolutions outside are no statement about paper."""
_ORIENTATION: Final = 0x0112


@dataclass(frozen=True, slots=True, eq=False)
class Pixels:
    """A picture upright: `image` is of mode L, RGB or CMYK, `alpha` its opacity (L) or None when all of it is opaque.

    `profile` is the RGB profile embedded in it, None for sRGB; `inks` the CMYK profile of the press that its inks were
    made for, None when it names none. `photo` is for what was a JPEG, and `packed` its own
    data when it can go into a PDF as it is.
    """

    image: Picture
    alpha: Picture | None
    profile: bytes | None
    photo: bool
    packed: bytes | None = None
    inks: bytes | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """What the head of a picture's file says: pixels (upright) and, when it says so, its resolution."""

    pixels: tuple[int, int]
    dpi: tuple[float, float] | None
    mode: str


def measure(data: bytes) -> Measured:
    """Read the head of a picture and make sure that all of it can be decoded; raises Fault."""
    with _opened(data) as opened:
        width, height = opened.size
        if width * height > MOST_PIXELS:
            raise Fault(
                codes.TOO_LARGE,
                f"has {width:,} x {height:,} pixels, more than any card needs",
                f"scale it down to at most {MOST_PIXELS // 1_000_000} million",
            )
        if opened.mode not in ("1", "L"):
            refuse_swollen(width * height, len(data))
        if opened.format == "PNG" and getattr(opened, "n_frames", 1) > 1:
            raise Fault(codes.ANIMATED, "is animated, and paper shows one picture", "save the picture that you mean")
        turned = _orientation(opened) in (5, 6, 7, 8)
        dpi = _dpi(opened)
        mode = opened.mode
    made = read(data).image
    return Measured(made.size, (dpi[1], dpi[0]) if dpi and turned else dpi, mode)


def read(data: bytes) -> Pixels:
    """Decode a picture; raises Fault for what is damaged."""
    with _opened(data) as opened:
        opened.load()
        photo = opened.format in ("JPEG", "MPO")
        straight = _orientation(opened) == 1
        if photo and opened.mode == "CMYK" and "adobe" not in opened.info:
            what = "is a JPEG in CMYK that does not say whether its inks are stored inverted"
            raise Fault(codes.NOT_DRAWABLE, what, "save it again, or give the RGB picture")
        profile = opened.info.get("icc_profile")
        image: Picture = opened if straight else ImageOps.exif_transpose(opened)
        image, alpha = _plain(image)
        fits = bool(profile) and image.mode in ("RGB", "CMYK") and mode_of(profile) == image.mode
        packed = data if photo and straight and image.mode == "CMYK" and opened.format == "JPEG" else None
        own = profile if fits else None
        return Pixels(
            image,
            alpha,
            own if image.mode == "RGB" else None,
            photo,
            packed,
            own if image.mode == "CMYK" else None,
        )


def stray_profile(data: bytes) -> str | None:
    """Return what is wrong with an embedded RGB or grey profile that is not used, None when nothing is."""
    with _opened(data) as opened:
        profile = opened.info.get("icc_profile")
        if not profile or opened.mode == "CMYK":
            return None
        space = mode_of(profile)
        grey = opened.mode in ("L", "LA", "1") or opened.mode.startswith("I")
    if space is None:
        return "its colour profile is damaged"
    return None if space == ("GRAY" if grey else "RGB") else f"its colour profile is for {space}"


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    """Open a picture; whatever Pillow says of damaged data, then or later, becomes a Fault."""
    with warnings.catch_warnings():
        # Size is judged by our own figure; warnings about harmless metadata would reach the terminal.
        warnings.simplefilter("ignore")
        _bounded(data)
        try:
            with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as opened:
                yield opened
        except Image.DecompressionBombError:
            what = "unpacks to more pixels than any card needs"
            raise Fault(codes.TOO_LARGE, what, "scale it down before it is used") from None
        except (OSError, SyntaxError, ValueError, EOFError, MemoryError, struct.error) as error:
            raise Fault(codes.UNREADABLE, f"is damaged: {error}", _AGAIN) from None


def refuse_swollen(pixels: int, packed: int) -> None:
    """Raise Fault for so many pixels in colour out of so few bytes that nothing can be seen in them."""
    if pixels > _PLAIN_PIXELS and pixels > _PACKED * packed:
        what = f"unpacks to {pixels:,} pixels out of {packed:,} bytes, so that hardly anything can be seen in it"
        raise Fault(codes.TOO_LARGE, what, f"scale it down to at most {_PLAIN_PIXELS // 1_000_000} million")


def _bounded(data: bytes) -> None:
    """Raise Fault for a JPEG of too many scans and a PNG of too many pieces."""
    if data.startswith(b"\xff\xd8") and has_many_scans(data):
        raise Fault(codes.TOO_LARGE, f"is decoded in more than {MOST_SCANS} passes", _AGAIN)
    if data.startswith(b"\x89PNG") and _has_many_chunks(data):
        raise Fault(codes.TOO_LARGE, f"has more than {_MOST_CHUNKS:,} notes beside its pixels", _AGAIN)


def _has_many_chunks(data: bytes) -> bool:
    at, count = 8, 0
    while at + 8 <= len(data) and count <= _MOST_CHUNKS:
        length, kind = struct.unpack_from(">I4s", data, at)
        count += kind != b"IDAT"
        at += 12 + length
    return count > _MOST_CHUNKS


def _orientation(opened: Any) -> int:
    """Return how a camera was held (EXIF), 1 for upright and for what cannot be read."""
    try:
        return int(opened.getexif().get(_ORIENTATION, 1))
    except (TypeError, ValueError, KeyError, struct.error, SyntaxError):
        return 1


def _dpi(opened: Any) -> tuple[float, float] | None:
    found = opened.info.get("dpi")
    if not found:
        return None
    try:
        across, down = float(found[0]), float(found[1])
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    low, high = _SCREEN
    # 72 and 96 are what programs write when they know nothing.
    if not (low <= across <= high and low <= down <= high) or {round(across), round(down)} & {72, 96}:
        return None
    return across, down


def _plain(image: Picture) -> tuple[Picture, Picture | None]:
    """Return pixels of mode L, RGB or CMYK, and their opacity when some are not opaque."""
    if image.mode.startswith("I") or image.mode == "F":
        wide = np.asarray(image).astype(np.int64)
        clear = image.info.get("transparency")
        alpha = None if clear is None else Image.fromarray(np.where(wide == clear, 0, 255).astype(np.uint8))
        shallow = (wide >> 8 if wide.max(initial=0) > 255 else wide).clip(0, 255).astype(np.uint8)
        return Image.fromarray(shallow), alpha
    if image.mode == "CMYK":
        return image, None
    seen = "transparency" in image.info or image.mode in ("RGBA", "LA", "PA", "La", "RGBa")
    if not seen:
        grey = image.mode in ("L", "1")
        mode = "L" if grey else "RGB"
        return image if image.mode == mode else image.convert(mode), None
    whole = image.convert("LA" if image.mode in ("L", "LA", "1") else "RGBA")
    alpha = whole.getchannel("A")
    opaque = alpha.getextrema()[0] == 255
    return whole.convert("L" if whole.mode == "LA" else "RGB"), None if opaque else alpha
