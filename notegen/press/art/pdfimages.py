"""Images inside PDFs: how finely they are resolved, and their pixels in the press's colours."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageChops

from notegen.press.art import codes
from notegen.press.art.colour import STRIP
from notegen.press.art.embedding import PARTS, SPACES, jpeg, rows
from notegen.press.art.faults import Fault
from notegen.press.art.functions import floats, inside, unknown
from notegen.press.art.pixels import MOST_PIXELS, refuse_swollen
from notegen.press.art.spaces import Space, space

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

    from notegen.model.page import Transform
    from notegen.press.art.colour import Colours
    from notegen.press.art.recolour import Seen

_SHORT: Final = {
    "/W": "/Width", "/H": "/Height", "/CS": "/ColorSpace", "/BPC": "/BitsPerComponent", "/F": "/Filter",
    "/D": "/Decode", "/DP": "/DecodeParms", "/IM": "/ImageMask", "/I": "/Interpolate",
}  # fmt: skip
_SHORT_VALUES: Final = {
    "/G": Name.DeviceGray, "/RGB": Name.DeviceRGB, "/CMYK": Name.DeviceCMYK, "/I": Name.Indexed,
    "/AHx": Name.ASCIIHexDecode, "/A85": Name.ASCII85Decode, "/LZW": Name.LZWDecode, "/Fl": Name.FlateDecode,
    "/RL": Name.RunLengthDecode, "/CCF": Name.CCITTFaxDecode, "/DCT": Name.DCTDecode,
}  # fmt: skip
_KEPT: Final = ("/Width", "/Height", "/BitsPerComponent", "/ImageMask", "/Interpolate", "/Decode", "/Intent")
_FINE: Final = 100
"""Images of fewer pixels than this are patches of colour, whose resolution nobody sees."""


class Images:
    """The images of one PDF."""

    def __init__(self, pdf: pikepdf.Pdf, seen: Seen) -> None:
        self.pdf = pdf
        self.seen = seen

    def measure(self, thing: Any, at: Transform) -> None:
        """Remember the least resolution; refuse what would not fit into memory."""
        inside(thing)
        width, height = int(thing.Width), int(thing.Height)
        if width * height > MOST_PIXELS or min(width, height) < 1:
            hint = "scale it down before it is used"
            raise Fault(codes.TOO_LARGE, f"has an image of {width:,} x {height:,} pixels", hint)
        if not bool(thing.get("/ImageMask", False)) and thing.get("/ColorSpace") != Name.DeviceGray:
            refuse_swollen(width * height, len(thing.read_raw_bytes()))
        if width * height < _FINE:
            return
        a, b, c, d, _, _ = at
        sides = ((width, math.hypot(a, b)), (height, math.hypot(c, d)))
        each = [pixels * 72 / length for pixels, length in sides if length > 1e-6]
        self.seen.dpi = min([*each, self.seen.dpi or math.inf]) if each else self.seen.dpi

    def image(self, thing: Any, resources: Any, colours: Colours) -> Any:
        """Return an image object in the press's colours; greys, CMYK, spots and stencils keep their data."""
        if bool(thing.get("/ImageMask", False)):
            return self._same(thing, None)
        if "/ColorSpace" not in thing:
            raise unknown("has a JPEG 2000 image that does not name its colours")
        below = space(thing.ColorSpace, resources, colours, self.pdf)
        if below.family == "cmyk":
            return self._inks(thing, below, colours)
        if below.convert is None:
            return self._same(thing, below)
        if below.family == "lab":
            raise unknown("has an image in Lab")
        picture = self._pixels(thing)
        return self._converted(thing, picture, colours.image(picture, below.profile))

    def _inks(self, thing: Any, below: Space, colours: Colours) -> Any:
        """Return an image of inks: the same, or as light for a screen."""
        if below.profile is not None:
            self.seen.profiles[below.profile] = None
        picture = _printed(thing)
        if picture is not None:
            self.seen.ink = max(self.seen.ink, most_ink(picture))
        if below.convert is None:
            return self._same(thing, below)
        if picture is None or isinstance(thing.get("/Mask"), Array):  # a screen then shows it in its own way
            return self._same(thing, Space(Name.DeviceCMYK, 4, "cmyk"))
        return self._converted(thing, picture, colours.inks(picture))

    def _same(self, thing: Any, below: Space | None) -> Any:
        made = Stream(self.pdf, b"")
        if "/LZWDecode" in str(thing.get("/Filter", "")):
            made.write(thing.read_bytes())
        else:
            made.write(thing.read_raw_bytes(), filter=thing.get("/Filter"), decode_parms=thing.get("/DecodeParms"))
        if below is not None:
            made.ColorSpace = below.thing
        return self._finished(made, thing, kept=_KEPT)

    def _finished(self, made: Any, thing: Any, kept: tuple[str, ...]) -> Any:
        made.Type, made.Subtype = Name.XObject, Name.Image
        for key in kept:
            if key in thing:
                made[key] = thing[key]
        for key in ("/SMask", "/Mask"):
            mask = thing.get(key)
            if isinstance(mask, Stream):
                grey = Name.DeviceGray if key == "/SMask" else None
                made[key] = self._same(mask, Space(grey, 1, "gray") if grey else None)
                if key == "/SMask" and "/Matte" in mask:
                    raise unknown("has an image that is mixed with its background beforehand (Matte)")
            elif isinstance(mask, Array) and "/Mask" not in made and kept is _KEPT:
                made[key] = mask
        if int(thing.get("/SMaskInData", 0)):
            raise unknown("has a JPEG 2000 image with its opacity inside")
        return self.pdf.make_indirect(made)

    def _converted(self, thing: Any, picture: Picture, shown: Picture) -> Any:
        """Return an image object of pixels that `picture` was made into."""
        made = Stream(self.pdf, b"")
        photo = str(thing.get("/Filter", "")) in ("/DCTDecode", "[/DCTDecode]")
        if photo:
            made.write(jpeg(shown), filter=Name.DCTDecode)
            if shown.mode == "CMYK":
                made.Decode = Array([1, 0] * 4)
        else:
            made.write(
                _packed(rows(shown)),
                filter=Name.FlateDecode,
                decode_parms=Dictionary(Predictor=15, Colors=PARTS[shown.mode], Columns=shown.size[0]),
            )
        made.Width, made.Height = shown.size
        made.BitsPerComponent = 8
        made.ColorSpace = Name(f"/{SPACES[shown.mode]}")
        keyed = thing.get("/Mask")
        made = self._finished(made, thing, kept=("/Interpolate",))
        if isinstance(keyed, Array):
            made.SMask = self._keyed(picture, floats(keyed))
        return made

    def _pixels(self, thing: Any) -> Picture:
        if int(thing.get("/BitsPerComponent", 8)) != 8:
            raise unknown(f"has an RGB image of {int(thing.BitsPerComponent)} bits")
        plain = Stream(self.pdf, b"")
        parms = thing.get("/DecodeParms")
        plain.write(thing.read_raw_bytes(), filter=thing.get("/Filter"), decode_parms=parms)
        plain.Type, plain.Subtype, plain.ColorSpace = Name.XObject, Name.Image, Name.DeviceRGB
        plain.Width, plain.Height, plain.BitsPerComponent = thing.Width, thing.Height, 8
        try:
            picture = pikepdf.PdfImage(plain).as_pil_image().convert("RGB")
        except Exception as error:  # damaged data ends in whatever pikepdf or Pillow trips over
            message = f"has an image that cannot be read: {error or type(error).__name__}"
            raise Fault(codes.UNREADABLE, message, "export the PDF again") from None
        decode = floats(thing.get("/Decode", [0, 1] * 3))
        if decode == [1.0, 0.0] * 3:
            return Image.fromarray(255 - np.asarray(picture))
        if decode != [0.0, 1.0] * 3:
            raise unknown("has an RGB image with its own tone curve (Decode)")
        return picture

    def _keyed(self, picture: Picture, key: list[float]) -> Any:
        """Return a soft mask that hides the colours of a colour key."""
        pixels = np.asarray(picture)
        low, high = np.array(key[::2]), np.array(key[1::2])
        hidden = ((pixels >= low) & (pixels <= high)).all(axis=2)
        mask = Image.fromarray(np.where(hidden, 0, 255).astype(np.uint8))
        made = Stream(self.pdf, mask.tobytes())
        made.Type, made.Subtype, made.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
        made.Width, made.Height = mask.size
        made.BitsPerComponent = 8
        return self.pdf.make_indirect(made)


def _printed(thing: Any) -> Picture | None:
    """Return the inks of an image in CMYK, None for one that only a RIP can decode."""
    try:
        picture: Picture = pikepdf.PdfImage(thing).as_pil_image()
    except Exception:  # damaged data ends in whatever pikepdf or Pillow trips over; the check of the whole file sees it
        return None
    if picture.mode != "CMYK":
        return None
    # Pillow takes a JPEG with Adobe's marker for inverted. In a PDF it is what Decode says.
    inverted = floats(thing.get("/Decode", [0, 1] * 4)) == [1.0, 0.0] * 4
    if "/DCTDecode" in str(thing.get("/Filter", "")) and inverted != ("adobe" in picture.info):
        return ImageChops.invert(picture)
    return picture


def most_ink(picture: Picture) -> float:
    """Return the most ink of a CMYK picture, in percent: of its pixels, all but the worst in a thousand."""
    width, height = picture.size
    counts = np.zeros(4 * 255 + 1, np.int64)
    for top in range(0, height, STRIP):
        part = np.asarray(picture.crop((0, top, width, min(height, top + STRIP))), np.uint16)
        counts += np.bincount(part.sum(axis=2).ravel(), minlength=len(counts))
    return float(np.searchsorted(np.cumsum(counts), 0.999 * width * height)) / 2.55


def outlined(inline: Any, pdf: pikepdf.Pdf) -> Any:
    """Return an image that stands inside a content stream as an image object."""
    entries = dict(inline.obj.items())
    made = Stream(pdf, b"")
    long: dict[str, Any] = {_SHORT.get(str(key), str(key)): _long(value) for key, value in entries.items()}
    data = bytes(inline._data._inline_image_raw_bytes())
    made.write(data, filter=long.get("/Filter"), decode_parms=long.get("/DecodeParms"))
    for key, value in long.items():
        if key not in ("/Filter", "/DecodeParms", "/Length"):
            made[key] = value
    made.Subtype = Name.Image
    return pdf.make_indirect(made)


def _long(value: Any) -> Any:
    if isinstance(value, Name):
        return _SHORT_VALUES.get(str(value), value)
    if isinstance(value, Array):
        return Array([_long(one) for one in value])
    return value


def _packed(data: bytes | memoryview) -> bytes:
    import deflate

    return bytes(deflate.zlib_compress(data, 6))
