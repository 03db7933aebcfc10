"""Pictures on pages: each is put into a file once, however many pages show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from notegen.errors import NotegenError
from notegen.model.art import ArtKind
from notegen.model.page import then
from notegen.press import shapes
from notegen.press.art import embedding
from notegen.press.art.canvas import matrix
from notegen.press.art.faults import Fault
from notegen.press.units import POINTS

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

    from notegen.model.art import Art
    from notegen.model.page import PlacedArt
    from notegen.model.purpose import Setup
    from notegen.press.art.colour import Colours
    from notegen.press.art.pixels import Pixels
    from notegen.press.container import Container
    from notegen.press.paints import Paints


class Arts:
    """The pictures of one file."""

    def __init__(self, container: Container, setup: Setup, paints: Paints) -> None:
        self._container = container
        self._setup = setup
        self._paints = paints
        self._colours: Colours | None = None
        self._known: dict[tuple[str, int], tuple[str, int, bool]] = {}

    def show(self, placed: PlacedArt) -> tuple[bytes, dict[str, int]]:
        """Return what draws a picture and the objects that it names, by their numbers.

        Raises NotegenError for a picture that is no longer what it was when it was looked at, and for one with a plate
        that looks different elsewhere in the file.
        """
        name, form, unit = self._object(placed.art)
        at = shapes.in_points(placed.at)
        if unit:  # an image is drawn into the unit square
            width, height = placed.art.size
            at = then((width * POINTS, 0.0, 0.0, height * POINTS, 0.0, 0.0), at)
        shown = f"q\n{matrix(at)} cm /{name} Do\nQ\n".encode("ascii")
        return shapes.clipped(shown, placed.clip), {name: form}

    def _object(self, art: Art) -> tuple[str, int, bool]:
        key = art.digest, art.page
        if key not in self._known:
            try:
                form, unit = self._drawn(art)
            except Fault as fault:
                raise NotegenError(f"{art.path} {fault.message}", hint=fault.hint) from None
            self._known[key] = f"A{len(self._known)}", form, unit
        return self._known[key]

    def _drawn(self, art: Art) -> tuple[int, bool]:
        import hashlib

        from notegen.press.art import pdf, svg
        from notegen.press.art.canvas import embed
        from notegen.press.art.colour import colours
        from notegen.press.art.looking import read

        data = read(art.path)
        if hashlib.sha256(data).hexdigest() != art.digest:
            raise NotegenError(f"{art.path} was changed while it was being printed", hint="run it again")
        if self._colours is None:
            self._colours = colours(self._setup)
        if art.kind is ArtKind.PDF:
            form, plates = pdf.draw(data, art.page, self._colours, self._container)
            for spot, look in plates.items():
                self._paints.meet(spot, look, str(art.path))
            return form, False
        if art.kind is ArtKind.SVG:
            drawing = svg.draw(data, self._colours)
            corners = (0.0, 0.0, drawing.size[0] * POINTS, drawing.size[1] * POINTS)
            return embed(drawing.canvas, drawing.content, corners, self._container), False
        return self._pixels(data, self._colours), True

    def _pixels(self, data: bytes, colours: Colours) -> int:
        from notegen.press.art import pixels

        read = pixels.read(data)
        if read.packed is not None and colours.keeps_ink:
            return self._jpeg(read.packed, embedding.entries(read.image) + embedding.INVERTED)
        mask = "" if read.alpha is None else f"/SMask {self._deflated(read.alpha)} 0 R "
        image, photo = _coloured(read, colours), read.photo
        del read  # a large picture is in memory only once
        if not photo:
            return self._deflated(image, mask)
        decode = embedding.INVERTED if image.mode == "CMYK" else ""
        return self._jpeg(embedding.jpeg(image), embedding.entries(image) + decode + mask)

    def _deflated(self, image: Picture, more: str = "") -> int:
        entries = embedding.entries(image) + embedding.predicted(image) + more
        return self._number(self._container.add_stream(embedding.rows(image), entries))

    def _jpeg(self, data: bytes, entries: str) -> int:
        from notegen.press.container import Plain

        head = f"<< {entries}/Filter /DCTDecode /Length {len(data)} >>\nstream\n".encode("ascii")
        return self._number(self._container.add(Plain(head + data + b"\nendstream\n")))

    def _number(self, reference: Any) -> int:
        return self._container.number_of(reference)


def _coloured(read: Pixels, colours: Colours) -> Picture:
    """Return a picture's pixels in a file's colours."""
    if read.image.mode == "RGB":
        return colours.image(read.image, read.profile)
    return colours.grey(read.image) if read.image.mode == "L" else colours.inks(read.image)
