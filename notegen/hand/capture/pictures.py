"""Scans and photographs opened: PNG, JPEG, TIFF, WebP and BMP, turned as the camera was held, with their resolution."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from notegen.errors import UnreadableFile
from notegen.files import has_many_scans
from notegen.hand.capture.ink import Picture
from notegen.hand.capture.sizes import pixels, segments

LEAST_DPI, MOST_DPI = 100.0, 4800.0
"""A resolution outside of these is what a camera or a program wrote for want of a better one (72, 96, 1)."""
_INCH = 25.4
MOST_PIXELS = 120_000_000
"""Pixels of a file, all its pages together: three pages of A4 at 600 to the inch have 104 million."""


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """A picture in red, green, blue (height, width, 3), where it is from, and its dots to the inch when known."""

    picture: Picture
    source: str
    dpi: float | None


def load(path: Path) -> tuple[Loaded, ...]:
    """Return the pictures of a file: one, or the pages of a TIFF.

    Raises UnreadableFile for what is missing, a folder, not permitted, or no picture that can be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile(f"there is no file {path}") from None
    except IsADirectoryError:
        raise UnreadableFile(f"{path} is a folder, not a picture") from None
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror or error}") from None
    if (pixels(data) or 0) > MOST_PIXELS or (data[:2] == b"\xff\xd8" and has_many_scans(data)):
        raise UnreadableFile(
            f"{path} unpacks to more than any scan or photograph has",
            hint="scan it again, at 300 to 600 dots to the inch",
        )
    pages = _decoded(data)
    if not pages:
        raise UnreadableFile(f"{path} {_kind(data)}", hint="save it as PNG, JPEG or TIFF")
    dpi = resolution(data)
    names = [str(path)] if len(pages) == 1 else [f"{path}, page {number}" for number in range(1, len(pages) + 1)]
    return tuple(Loaded(page, name, dpi) for page, name in zip(pages, names, strict=True))


def _decoded(data: bytes) -> list[Picture]:
    raw = np.frombuffer(data, np.uint8)
    try:
        if data[:4] in (b"II*\0", b"MM\0*"):
            _, found = cv2.imdecodemulti(raw, cv2.IMREAD_COLOR)
            return [_rgb(np.asarray(one, np.uint8)) for one in found]
        # Only this way keeps transparency, and only the other one turns photographs the right way up.
        flag = cv2.IMREAD_UNCHANGED if data[:4] == b"\x89PNG" and data[25:26] in (b"\4", b"\6") else cv2.IMREAD_COLOR
        one = cv2.imdecode(raw, flag) if raw.size else None
    except cv2.error:
        return []
    return [] if one is None else [_rgb(one)]


def _rgb(image: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> Picture:
    """Return a decoded picture (blue first, perhaps 16 bits and transparent) as RGB on white."""
    if image.dtype == np.uint8 and image.ndim == 3 and image.shape[2] == 3:
        return np.ascontiguousarray(image[:, :, ::-1], np.uint8)
    whole = np.asarray(image, np.float64)
    if image.dtype == np.uint16:
        whole *= 255 / 65535
    if whole.ndim == 2:
        whole = whole[:, :, None]
    if whole.shape[2] == 4:
        cover = whole[:, :, 3:] / 255
        whole = whole[:, :, :3] * cover + 255 * (1 - cover)
    colours = whole[:, :, 2::-1] if whole.shape[2] >= 3 else np.repeat(whole[:, :, :1], 3, axis=2)
    return np.ascontiguousarray(np.rint(colours).astype(np.uint8))


def _kind(data: bytes) -> str:
    """Say what a file is that is no picture we read."""
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        return "is a HEIC or AVIF photograph, which cannot be read"
    if data[:5] == b"%PDF-":
        return "is a PDF, and a picture is wanted"
    return "is no picture that can be read" if data else "is empty"


def resolution(data: bytes) -> float | None:
    """Return the dots to the inch that a PNG, JPEG or TIFF says it has, when it is a scanner's and not made up."""
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        found = _of_png(data)
    elif data[:2] == b"\xff\xd8":
        found = _of_jpeg(data)
    else:
        found = _of_tiff(data)
    return found if found is not None and LEAST_DPI <= found <= MOST_DPI else None


def _of_png(data: bytes) -> float | None:
    at = data.find(b"pHYs", 8, 4096)
    if at < 0 or len(data) < at + 13:
        return None
    across, _, unit = struct.unpack(">IIB", data[at + 4 : at + 13])
    return across * _INCH / 1000 if unit == 1 else None


def _of_jpeg(data: bytes) -> float | None:
    """Return the density of the JFIF header or, without one, the resolution of the EXIF data."""
    for kind, body in segments(data):
        if kind == 0xE0 and body[:5] == b"JFIF\0" and len(body) >= 12:
            unit, across = struct.unpack(">BH", body[7:10])
            if unit in (1, 2) and across > 1:
                return float(across) * (1 if unit == 1 else _INCH / 10)
        if kind == 0xE1 and body[:6] == b"Exif\0\0":
            return _of_tiff(body[6:])
    return None


def _of_tiff(data: bytes) -> float | None:
    """Return tag 282 (dots to the unit) of the first directory, with tag 296 (2: inch, 3: cm)."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(data[:4])
    try:
        if order is None:
            return None
        start = struct.unpack_from(order + "I", data, 4)[0]
        count = struct.unpack_from(order + "H", data, start)[0]
        dots, unit = None, 2
        for number in range(min(count, 200)):
            tag, kind, _ = struct.unpack_from(order + "HHI", data, start + 2 + 12 * number)
            value = start + 10 + 12 * number
            if tag == 282 and kind == 5:
                above, below = struct.unpack_from(order + "II", data, struct.unpack_from(order + "I", data, value)[0])
                dots = above / below if below else None
            elif tag == 296:
                unit = struct.unpack_from(order + "H", data, value)[0]
    except struct.error:
        return None
    return dots if dots is None or unit != 3 else dots * _INCH / 10
