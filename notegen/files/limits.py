"""What libraries that unpack files may use, whatever a file asks of them."""

from __future__ import annotations

from typing import Final, TypedDict


class QpdfLimits(TypedDict):
    """Arguments of `pikepdf.settings.set_qpdf_limits`."""

    flate_max_memory: int
    run_length_max_memory: int
    png_max_memory: int
    tiff_max_memory: int
    dct_max_memory: int
    dct_max_progressive_scans: int


QPDF_LIMITS: Final[QpdfLimits] = {
    "flate_max_memory": 330_000_000,
    "run_length_max_memory": 330_000_000,
    "png_max_memory": 64_000_000,
    "tiff_max_memory": 64_000_000,
    "dct_max_memory": 330_000_000,
    "dct_max_progressive_scans": 30,
}
"""Bytes and scans for `pikepdf.settings.set_qpdf_limits`, before any PDF is opened.

Without them a file of 1.5 kB whose table of objects says that its rows have 100,000,000,000 columns takes 6 GB and
10 seconds of CPU. The largest picture that a card may have (80 million pixels of four inks) unpacks to 320 MB; a row of
pixels, which is what the limits of PNG and TIFF are for, has a few hundred kB at most.
"""

MOST_SCANS: Final = 30
"""Passes in which a JPEG may be decoded: programs write some 10 into a progressive one, and each costs a decoding."""


def has_many_scans(data: bytes) -> bool:
    """Whether a JPEG is decoded in more than MOST_SCANS passes."""
    return data.count(b"\xff\xda") > MOST_SCANS


__all__ = ["MOST_SCANS", "QPDF_LIMITS", "has_many_scans"]
