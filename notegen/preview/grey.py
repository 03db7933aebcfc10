"""Pages as grey pixels for the meter: from a PDF, or from a picture that a scanner or a camera made."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from notegen.errors import NotegenError, UnreadableFile
from notegen.preview.png import each_grey

FINE = 300.0
"""Dots to the inch of every page that is handed on."""

COARSEST = 140.0
"""Dots to the inch below which a pen's stroke is a pixel wide, and nothing can be measured."""

SCREEN = 96.0
"""Up to here a picture's resolution is what programs write when they do not know one."""


@dataclass(frozen=True, slots=True, eq=False)
class GreyPage:
    """A page as grey pixels (H, W), 0 black to 255 white, at `dpi`; `scan` when it was a picture."""

    pixels: NDArray[np.uint8]
    dpi: float
    scan: bool


def grey_pages(path: Path, *, dpi: float | None = None) -> Iterator[GreyPage]:
    """Return an iterator over the pages of a PDF, PNG, JPEG or TIFF; see `notegen.preview.grey_pages`."""
    try:
        with path.open("rb") as stream:
            begins = stream.read(1024)
    except FileNotFoundError:
        raise UnreadableFile(f"there is no file {path}") from None
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror}") from None
    if b"%PDF-" in begins:
        return (GreyPage(np.array(page), FINE, scan=False) for page in each_grey(path, dpi=FINE))
    return _frames(path, dpi)


def _frames(path: Path, dpi: float | None) -> Iterator[GreyPage]:
    """Yield the pictures of a file; a TIFF may have several."""
    try:
        # A picture far larger than any page is a mistake or an attack; Pillow only warns at first.
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as picture:
                for frame in ImageSequence.Iterator(picture):
                    yield _at_fine(path, ImageOps.exif_transpose(frame), dpi or _resolution(path, frame))
    except (UnidentifiedImageError, SyntaxError):
        raise UnreadableFile(
            f"{path} is no picture or PDF that can be read", hint="a PDF, PNG, JPEG or TIFF is expected"
        ) from None
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise UnreadableFile(f"{path} is too large a picture", hint="scan at 300 dots to the inch") from None
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"{path} cannot be read: {error}") from None


def _resolution(path: Path, picture: Image.Image) -> float:
    """Return a picture's dots to the inch, as it says itself."""
    said = picture.info.get("dpi")
    dpi = float(said[0]) if said else 0.0
    if dpi <= SCREEN:
        raise NotegenError(
            f"{path} does not say at how many dots to the inch it was made",
            hint="say it with --dpi, such as --dpi 300; for a photo, its width in pixels over the width in inches of "
            "what it shows",
        )
    return dpi


def _at_fine(path: Path, picture: Image.Image, dpi: float) -> GreyPage:
    """Return a picture in grey, at FINE dots to the inch."""
    if dpi < COARSEST:
        raise NotegenError(
            f"{path} has {dpi:g} dots to the inch, which is too coarse for the strokes of a pen",
            hint=f"scan at {FINE:g} dots to the inch, or at least at {COARSEST:g}",
        )
    grey = _grey(picture)
    scale = FINE / dpi
    if abs(scale - 1) > 0.02:
        size = max(1, round(grey.width * scale)), max(1, round(grey.height * scale))
        grey = grey.resize(size, Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC)
    return GreyPage(np.array(grey), FINE if abs(scale - 1) > 0.02 else dpi, scan=True)


def _grey(picture: Image.Image) -> Image.Image:
    """Return a picture in grey, on white where it is transparent."""
    if picture.mode.startswith("I;16"):
        return Image.fromarray((np.array(picture) >> 8).astype(np.uint8))
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        paper = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(paper, picture.convert("RGBA")).convert("L")
    return picture.convert("L")
