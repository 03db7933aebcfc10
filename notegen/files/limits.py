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
    "dct_max_progressive_scans": 200,
}
"""Bytes and scans for `pikepdf.settings.set_qpdf_limits`, before any PDF is opened.

Without them a file of 1.5 kB whose table of objects says that its rows have 100,000,000,000 columns takes 6 GB and
10 seconds of CPU. The largest picture that a card may have (80 million pixels of four inks) unpacks to 320 MB; a row of
pixels, which is what the limits of PNG and TIFF are for, has a few hundred kB at most; 200 scans are twenty times what
programs write into a progressive JPEG.
"""

__all__ = ["QPDF_LIMITS"]
