"""Pixels become image objects of a PDF.

What came as JPEG goes out as JPEG (quality 95, no chroma subsampling); everything else is deflated with PNG's row
filters and stays what it is, pixel by pixel.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image as Picture

QUALITY: Final = 95
_BLOCK: Final = 128
"""Rows that are filtered together, so that a large picture is not in memory several times over."""
SPACES: Final = {"L": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK"}
PARTS: Final = {"L": 1, "RGB": 3, "CMYK": 4}


def rows(image: Picture) -> memoryview:
    """Return the rows of a picture, each with the row filter (none, left or above) that leaves the least behind."""
    width, height = image.size
    each = width * PARTS[image.mode]
    made: NDArray[np.uint8] = np.empty((height, 1 + each), np.uint8)
    for top in range(0, height, _BLOCK):
        begin, end = max(0, top - 1), min(height, top + _BLOCK)
        pixels = np.asarray(image.crop((0, begin, width, end)), np.uint8).reshape(end - begin, width, -1)
        made[top:end] = _filtered(pixels, top - begin)
    return made.data


def _filtered(pixels: NDArray[np.uint8], known: int) -> NDArray[np.uint8]:
    """Return rows, each after the number of its filter; the first of `pixels` may be the row above, `known` already."""
    plain = pixels[known:]
    left = plain.copy()
    left[:, 1:] -= plain[:, :-1]
    above = plain.copy()
    above[1:] -= plain[:-1]
    if known:
        above[0] -= pixels[0]
    ways = (plain, left, above)
    # The sum of absolute differences: libpng's own rule of thumb.
    cost = np.stack([np.abs(one.view(np.int8).astype(np.int16)).sum(axis=(1, 2), dtype=np.int64) for one in ways])
    best = cost.argmin(axis=0).astype(np.uint8)
    made: NDArray[np.uint8] = np.empty((len(plain), 1 + plain.shape[1] * plain.shape[2]), np.uint8)
    made[:, 0] = best
    for number, one in enumerate(ways):
        chosen = best == number
        made[chosen, 1:] = one[chosen].reshape(-1, made.shape[1] - 1)
    return made


def jpeg(image: Picture) -> bytes:
    """Return a picture as JPEG; CMYK is stored inverted, as Adobe does and readers of JPEG expect."""
    packed = BytesIO()
    image.save(packed, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
    return packed.getvalue()


def entries(image: Picture) -> str:
    """Return the entries that every image's dictionary has."""
    width, height = image.size
    return (
        f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /BitsPerComponent 8 "
        f"/ColorSpace /{SPACES[image.mode]} "
    )


def predicted(image: Picture) -> str:
    """Return the entry that says how rows were filtered."""
    return f"/DecodeParms << /Predictor 15 /Colors {PARTS[image.mode]} /Columns {image.size[0]} >> "


INVERTED: Final = "/Decode [1 0 1 0 1 0 1 0] "
"""What a JPEG in CMYK needs, when its values are inverted."""
