"""What a camera finds a page by: ArUco markers in its corners, and a QR code that says which page it is.

Markers are drawn from a table and not by OpenCV, so that a form can be printed without it; a test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from notegen.errors import NotegenError
from notegen.model.form import Code, Marker
from notegen.model.stock import Box

DICTIONARY = "DICT_5X5_50"
"""The dictionary of `cv2.aruco`: 5 by 5 modules in a black border of one, any two at least 8 modules apart."""

MARKERS_A_PAGE = 4
"""Page n has the markers 4 (n - 1) to 4 (n - 1) + 3: upper left, upper right, lower right, lower left."""

SIDE = 12.6
"""Side of a marker, mm: 7 modules of 1.8 mm, 9 pixels each in a photo of 1,500 pixels height."""

QUIET = 2.0
"""White around a marker, mm."""

_BITS = 5
_MARKERS = (
    0x145B2BC, 0x01C06E6, 0x1AF0EDD, 0x10395F7, 0x1AEB524, 0x1D4082D, 0x0D3D7EC, 0x0E2146B, 0x10D6132, 0x1313FA5,
    0x13CEE03, 0x1A2DAC0, 0x1E62B11, 0x05E7166, 0x1FCFCA8, 0x051E37F, 0x097A758, 0x0BEA26F, 0x0F64DC4, 0x1061DE8,
    0x12DDA75, 0x150E440, 0x16B0CA1, 0x0BA12DE, 0x19CD023, 0x1A59972, 0x1C3CE8B, 0x0224246, 0x03B9672, 0x024223B,
    0x027376E, 0x0368873, 0x040D0CE, 0x04AAAC8, 0x04643BA, 0x07A6FEA, 0x0998AAC, 0x082D101, 0x09AAD1D, 0x0863C72,
    0x0AD2825, 0x0A52F9E, 0x0D849F7, 0x0C309D9, 0x0DA7E31, 0x0E9627A, 0x0E9B997, 0x0F94806,
)  # fmt: skip
"""The inner modules of each marker, row by row from the upper left, 1 for white: the highest bit comes first."""

MOST_PAGES = len(_MARKERS) // MARKERS_A_PAGE


def marker(number: int, corner: tuple[float, float]) -> Marker:
    """Return a marker whose square has its lower left corner there (mm)."""
    count = _BITS + 2
    module = SIDE / count
    whole = _MARKERS[number]
    white = [[False] * count for _ in range(count)]
    for place in range(_BITS * _BITS):
        bit = whole >> (_BITS * _BITS - 1 - place) & 1
        white[1 + place // _BITS][1 + place % _BITS] = bool(bit)
    box = Box(*corner, SIDE, SIDE)
    rows = [[not one for one in row] for row in white]
    return Marker(number, box, QUIET, tuple(_runs(rows, box, module)))


def code(text: str, box: Box) -> Code:
    """Return a QR code (error correction M or better) that fills the square.

    Raises NotegenError when segno is not installed or the text is too long for modules that a camera can tell apart.
    """
    try:
        import segno
    except ImportError:
        raise NotegenError(
            "the form's QR codes need segno, which is not installed", hint="pip install 'notegen-cards[capture]'"
        ) from None
    try:
        made = segno.make_qr(text, error="m", version=None, boost_error=True)
    except segno.DataOverflowError:
        raise NotegenError("these are more extra letters than a form can name", hint="ask for fewer") from None
    rows = [[bool(one) for one in row] for row in made.matrix]
    return Code(text, box, tuple(_runs(rows, box, box.width / len(rows))))


def _runs(rows: Sequence[Sequence[bool]], box: Box, module: float) -> Iterable[Box]:
    """Return the black modules, each run of neighbours in a row as one rectangle, so that no seams show."""
    for number, row in enumerate(rows):
        start = None
        for place, black in enumerate([*row, False]):
            if black and start is None:
                start = place
            elif not black and start is not None:
                y = box.top - (number + 1) * module
                yield Box(box.x + start * module, y, (place - start) * module, module)
                start = None
