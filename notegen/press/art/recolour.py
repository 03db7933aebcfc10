"""A page of a PDF becomes a form in the press's colours.

Its content is read operator by operator and written again: RGB, Lab and calibrated colours are converted wherever they
are (operators, images, gradients, patterns, groups, looks of spots), greys, CMYK and spots are kept. Only resources
that are used come along; tags, layers and what belongs to no page are left behind. What cannot be converted is a
fault, found when the picture is looked at, because looking at it is drawing it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Stream

from notegen.model.page import UPRIGHT, Transform, then
from notegen.press.art import codes, pdfimages
from notegen.press.art.colour import Colours, Masks
from notegen.press.art.faults import Fault, told
from notegen.press.art.functions import bounded, floats, function, unknown
from notegen.press.art.spaces import GREY, resampled, space
from notegen.press.art.walking import OUTSIDE, State, Walk

_DEEP: Final = 24


@dataclass(slots=True)
class Seen:
    """What was met on the way: fonts that are not embedded, the least resolution of an image, the most ink.

    `profiles` are those of CMYK, which describe a press and are left behind.
    """

    fonts: dict[str, None] = field(default_factory=dict)
    dpi: float | None = None
    ink: float = 0.0
    profiles: dict[bytes, None] = field(default_factory=dict)
    steps: int = 0


class Recolour:
    """Converts what one page needs; objects that are used twice are converted once."""

    def __init__(self, pdf: pikepdf.Pdf, colours: Colours) -> None:
        self.pdf = pdf
        self.colours = colours
        self.seen = Seen()
        self._done: dict[tuple[Any, ...], Any] = {}
        self.images = pdfimages.Images(pdf, self.seen)

    def content(self, source: Any, resources: Any, at: Transform, colours: Colours, deep: int = 0) -> tuple[bytes, Any]:
        """Return a content stream converted, and the resources that it needs; that of the page itself is `deep` 0."""
        if deep > _DEEP:
            raise Fault(codes.TOO_LARGE, "nests forms too deeply", "flatten it in the program that made it")
        start = OUTSIDE if deep else GREY
        walk = Walk(self, resources if resources is not None else Dictionary(), colours, State(at, start, start), deep)
        if not isinstance(source, Stream):
            whole = source.obj.get("/Contents", Array())
            for one in whole if isinstance(whole, Array) else (whole,):
                bounded(one)
        try:
            steps = pikepdf.parse_content_stream(source)
        except pikepdf.PdfError as error:
            raise Fault(codes.UNREADABLE, f"has a page that is damaged: {told(error)}", "export it again") from None
        made = [one for step in steps for one in walk.step(step)]
        made.extend([([], Operator("Q"))] * len(walk.stack))
        return pikepdf.unparse_content_stream(made), walk.made

    def once(self, thing: Any, colours: Colours, make: Callable[[], Any]) -> Any:
        """Return what an object was made into; one that meets itself again is a fault."""
        if not getattr(thing, "is_indirect", False):
            return make()
        key = (*thing.objgen, colours.space)
        if key not in self._done:
            self._done[key] = None
            self._done[key] = make()
        if self._done[key] is None:
            raise unknown("has a form that contains itself")
        return self._done[key]

    def form(self, thing: Any, at: Transform, outer: Any, colours: Colours, deep: int) -> Any:
        """Return a form (or a tiling pattern's or glyph's stream) converted."""
        inner = then(_matrix(thing), at)
        bounded(thing)
        content, needs = self.content(thing, thing.get("/Resources", outer), inner, colours, deep + 1)
        made = self.pdf.make_indirect(Stream(self.pdf, content))
        for key in ("/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/PatternType", "/PaintType", "/TilingType",
                    "/XStep", "/YStep"):  # fmt: skip
            if key in thing:
                made[key] = thing[key]
        if "/Group" in thing:
            made.Group = self.group(thing.Group, colours)
        made.Resources = needs
        return made

    def group(self, thing: Any, colours: Colours) -> Any:
        """Return a transparency group's entry with a blend space that the file may have."""
        made = Dictionary(S=Name.Transparency)
        for key in ("/I", "/K"):
            if key in thing:
                made[key] = thing[key]
        if "/CS" in thing:
            below = space(thing.CS, Dictionary(), colours, self.pdf)
            kept = below.convert is None and isinstance(below.thing, Name)
            made.CS = below.thing if kept else Name(f"/{colours.space}")
        return made

    def shading(self, thing: Any, resources: Any, colours: Colours) -> Any:
        """Return a gradient converted; raises Fault for meshes of colours that would have to be."""
        entries = thing.stream_dict if isinstance(thing, Stream) else thing
        below = space(entries.ColorSpace, resources, colours, self.pdf)
        if below.convert is None:
            made = thing if isinstance(thing, Stream) else Dictionary(thing)
            made["/ColorSpace"] = below.thing
            return made
        kind = int(entries.ShadingType)
        if "/Function" not in entries or kind > 3:
            raise unknown("has a mesh gradient in RGB")
        made = Dictionary({key: entries[key] for key in entries.keys() if key not in ("/Function", "/Background")})
        made.ColorSpace = below.thing
        inputs = 2 if kind == 1 else 1
        domain = floats(entries.get("/Domain", [0, 1] * inputs))
        made.Function = resampled(function(entries.Function), below, inputs, domain, self.pdf, colours)
        if "/Background" in entries:
            made.Background = Array(list(below.convert(floats(entries.Background))))
        return made

    def pattern(self, thing: Any, resources: Any, at: Transform, colours: Colours, deep: int) -> Any:
        """Return a pattern converted."""
        if int(thing.PatternType) == 1:
            return self.form(thing, at, resources, colours, deep)
        made = Dictionary(Type=Name.Pattern, PatternType=2)
        if "/Matrix" in thing:
            made.Matrix = thing.Matrix
        made.Shading = self.shading(thing.Shading, resources, colours)
        if "/ExtGState" in thing:
            made.ExtGState = self.graphics_state(thing.ExtGState, at, colours, deep)
        return self.pdf.make_indirect(made)

    def graphics_state(self, thing: Any, at: Transform, colours: Colours, deep: int) -> Any:
        """Return a graphics state; what belongs to one press (transfer curves, screens) is left behind."""
        made = Dictionary()
        for key in thing.keys():
            if key not in ("/TR", "/TR2", "/HT", "/BG", "/BG2", "/UCR", "/UCR2", "/SMask", "/HTO", "/FL"):
                made[key] = thing[key]
        mask = thing.get("/SMask")
        if isinstance(mask, Name):
            made.SMask = mask
        elif mask is not None:
            made.SMask = self.mask(mask, at, colours, deep)
        if "/Font" in thing:
            made.Font = Array([self.font(thing.Font[0], colours, deep), thing.Font[1]])
        return made

    def mask(self, thing: Any, at: Transform, colours: Colours, deep: int) -> Any:
        """Return a soft mask: a luminosity mask that was in RGB is of grey."""
        made = Dictionary(S=thing.S)
        if "/TR" in thing and thing.TR != Name.Identity:
            made.TR = thing.TR
        if str(thing.S) != "/Luminosity":
            made.G = self.once(thing.G, colours, lambda: self.form(thing.G, at, None, colours, deep))
            return made
        family = space(thing.G.Group.get("/CS", Name.DeviceGray), Dictionary(), colours, self.pdf).family
        tint: Colours = colours if family == "cmyk" else Masks()
        made.G = self.once(thing.G, tint, lambda: self.form(thing.G, at, None, tint, deep))
        if "/BC" in thing:
            back = tuple(floats(thing.BC))
            made.BC = Array(list({3: tint.rgb, 4: tint.ink}.get(len(back), tuple)(back)))
        return made

    def font(self, thing: Any, colours: Colours, deep: int) -> Any:
        """Return a font that text is set in; one that is not embedded is remembered."""
        if str(thing.get("/Subtype")) == "/Type3":
            return self.once(thing, colours, lambda: self.drawn_font(thing, colours, deep))
        inner = thing.DescendantFonts[0] if "/DescendantFonts" in thing else thing
        described = inner.get("/FontDescriptor", Dictionary())
        if not any(key in described for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            self.seen.fonts[str(thing.get("/BaseFont", "/a font"))[1:]] = None
        return thing

    def drawn_font(self, thing: Any, colours: Colours, deep: int) -> Any:
        """Return a font whose letters are streams."""
        made = Dictionary({key: thing[key] for key in thing.keys() if key not in ("/CharProcs", "/Resources")})
        needs = Dictionary()
        procs = Dictionary()
        for name, glyph in thing.CharProcs.items():
            bounded(glyph)
            content, used = self.content(glyph, thing.get("/Resources"), UPRIGHT, colours, deep + 1)
            procs[name] = self.pdf.make_indirect(Stream(self.pdf, content))
            for kind, named in used.items():
                needs[kind] = Dictionary({**dict(needs.get(kind, Dictionary()).items()), **dict(named.items())})
        made.CharProcs, made.Resources = procs, needs
        return self.pdf.make_indirect(made)


def _matrix(thing: Any) -> Transform:
    values = floats(thing.get("/Matrix", [1, 0, 0, 1, 0, 0]))
    return values[0], values[1], values[2], values[3], values[4], values[5]
