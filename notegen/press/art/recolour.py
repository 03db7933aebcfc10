"""A page of a PDF becomes a form in the press's colours.

Its content is read operator by operator and written again: RGB, Lab and calibrated colours are converted wherever they
are (operators, images, gradients, patterns, groups, looks of spots), greys, CMYK and spots are kept. Only resources
that are used come along; tags, layers and what belongs to no page are left behind. What cannot be converted is a
fault, found when the picture is looked at, because looking at it is drawing it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Stream

from notegen.model.page import UPRIGHT, Transform, then
from notegen.press.art import codes, pdfimages
from notegen.press.art.colour import Colours, Masks
from notegen.press.art.faults import Fault, told
from notegen.press.art.functions import bounded, floats, function, unknown
from notegen.press.art.spaces import GREY, Space, resampled, space

MOST_STEPS: Final = 2_000_000
_DEEP: Final = 24
_UNTOUCHED: Final = frozenset(
    "w J j M d ri i m l c v y h re S s f F f* B B* b b* n W W* BT ET Tc Tw Tz TL Td TD Tm T* Ts Tr d0 d1 BX EX".split()
)
_DROPPED: Final = frozenset(("BMC", "BDC", "EMC", "MP", "DP"))
_SHOWN: Final = ("Tj", "TJ", "'", '"')
_DIRECT: Final = {"g": (1, 0), "G": (1, 1), "rg": (3, 0), "RG": (3, 1), "k": (4, 0), "K": (4, 1)}


@dataclass(slots=True)
class Seen:
    """What was met on the way: fonts that are not embedded, the least resolution of an image, the most ink."""

    fonts: dict[str, None] = field(default_factory=dict)
    dpi: float | None = None
    ink: float = 0.0
    steps: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """The part of the graphics state that matters here: `font` is the step that chose one, `set` when it is written."""

    at: Transform = UPRIGHT
    fill: Space = GREY
    stroke: Space = GREY
    font: Any = None
    set: bool = False


class Recolour:
    """Converts what one page needs; objects that are used twice are converted once."""

    def __init__(self, pdf: pikepdf.Pdf, colours: Colours) -> None:
        self.pdf = pdf
        self.colours = colours
        self.seen = Seen()
        self._done: dict[tuple[Any, ...], Any] = {}
        self._images = pdfimages.Images(pdf, self.seen)

    def content(self, source: Any, resources: Any, at: Transform, colours: Colours, deep: int = 0) -> tuple[bytes, Any]:
        """Return a content stream converted, and the resources that it needs."""
        if deep > _DEEP:
            raise Fault(codes.TOO_LARGE, "nests forms too deeply", "flatten it in the program that made it")
        walk = _Walk(self, resources if resources is not None else Dictionary(), colours, at, deep)
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
            family = space(thing.CS, Dictionary(), colours, self.pdf).family
            made.CS = Name.DeviceGray if family == "gray" else Name(f"/{colours.space}")
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
        return self.pdf.make_indirect(made)

    def graphics_state(self, thing: Any, at: Transform, colours: Colours, deep: int) -> Any:
        """Return a graphics state; what belongs to one press (transfer curves, screens) is left behind."""
        made = Dictionary()
        for key in thing.keys():
            if key not in ("/TR", "/TR2", "/HT", "/BG", "/BG2", "/UCR", "/UCR2", "/SMask", "/HTO", "/FL"):
                made[key] = thing[key]
        mask = thing.get("/SMask")
        if isinstance(mask, Name):
            made.SMask = Name.None_ if str(mask) == "/None" else mask
        elif mask is not None:
            made.SMask = self.mask(mask, at, colours, deep)
        if "/Font" in thing:
            self.font(thing.Font[0], colours, deep)
        return made

    def mask(self, thing: Any, at: Transform, colours: Colours, deep: int) -> Any:
        """Return a soft mask: a luminosity mask that was in RGB is of grey."""
        made = Dictionary(S=thing.S)
        if str(thing.S) != "/Luminosity":
            made.G = self.once(thing.G, colours, lambda: self.form(thing.G, at, None, colours, deep))
            return made
        family = space(thing.G.Group.get("/CS", Name.DeviceGray), Dictionary(), colours, self.pdf).family
        tint: Colours = colours if family == "cmyk" else Masks()
        made.G = self.once(thing.G, tint, lambda: self.form(thing.G, at, None, tint, deep))
        if "/BC" in thing:
            back = floats(thing.BC)
            made.BC = Array(list(tint.rgb(tuple(back)) if len(back) == 3 else back))
        if "/TR" in thing and thing.TR != Name.Identity:
            made.TR = thing.TR
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


class _Walk:
    """One content stream being converted."""

    def __init__(self, whole: Recolour, resources: Any, colours: Colours, at: Transform, deep: int) -> None:
        self.whole = whole
        self.resources = resources
        self.colours = colours
        self.deep = deep
        self.state = State(at)
        self.stack: list[State] = []
        self.made = Dictionary()
        self._base = at

    def step(self, step: Any) -> list[Any]:
        """Return what one operator becomes; raises Fault for one that is not known."""
        seen = self.whole.seen
        seen.steps += 1
        if seen.steps > MOST_STEPS:
            raise Fault(codes.TOO_LARGE, "draws more than two million steps", "simplify it")
        if isinstance(step, pikepdf.ContentStreamInlineImage):
            return self._inline(step)
        name, given = str(step.operator), list(step.operands)
        if name in _UNTOUCHED:
            return [step]
        if name in _DROPPED:
            return []
        if name not in _HANDLED:
            raise unknown(f"uses the operator {name}, which PDF does not know")
        found: list[Any] = _HANDLED[name](self, given, step)
        return found

    def _q(self, given: list[Any], step: Any) -> list[Any]:
        self.stack.append(self.state)
        return [step]

    def _restore(self, given: list[Any], step: Any) -> list[Any]:
        if not self.stack:
            return []
        self.state = self.stack.pop()
        return [step]

    def _cm(self, given: list[Any], step: Any) -> list[Any]:
        a, b, c, d, e, f = floats(given)
        self.state = replace(self.state, at=then((a, b, c, d, e, f), self.state.at))
        return [step]

    def _tf(self, given: list[Any], step: Any) -> list[Any]:
        # Written when something is set in it: many programs choose a font that they never use.
        self.state = replace(self.state, font=step, set=False)
        return []

    def _text(self, given: list[Any], step: Any) -> list[Any]:
        font = self.state.font
        if font is None or self.state.set:
            return [step]
        name = font.operands[0]
        if str(name) not in self.made.get("/Font", {}):
            found = self._resource("/Font", name)
            self._keep("/Font", name, self.whole.font(found, self.colours, self.deep))
        self.state = replace(self.state, set=True)
        return [font, step]

    def _gs(self, given: list[Any], step: Any) -> list[Any]:
        thing = self._resource("/ExtGState", given[0])
        made = self.whole.graphics_state(thing, self.state.at, self.colours, self.deep)
        if "/Font" in thing:
            self.state = replace(self.state, font=None)
        self._keep("/ExtGState", given[0], made)
        return [step]

    def _sh(self, given: list[Any], step: Any) -> list[Any]:
        thing = self._resource("/Shading", given[0])
        make = lambda: self.whole.shading(thing, self.resources, self.colours)  # noqa: E731
        self._keep("/Shading", given[0], self.whole.once(thing, self.colours, make))
        return [step]

    def _do(self, given: list[Any], step: Any) -> list[Any]:
        thing = self._resource("/XObject", given[0])
        kind = str(thing.get("/Subtype"))
        at = self.state.at
        if kind == "/Image":
            made = self._image(thing, at)
        elif kind == "/Form":
            make = lambda: self.whole.form(thing, at, self.resources, self.colours, self.deep)  # noqa: E731
            made = self.whole.once(thing, self.colours, make)
        else:
            raise unknown(f"embeds a {kind[1:]} object")
        self._keep("/XObject", given[0], made)
        return [step]

    def _image(self, thing: Any, at: Transform) -> Any:
        self.whole._images.measure(thing, at)
        make = lambda: self.whole._images.image(thing, self.resources, self.colours)  # noqa: E731
        return self.whole.once(thing, self.colours, make)

    def _inline(self, step: Any) -> list[Any]:
        thing = pdfimages.outlined(step.iimage, self.whole.pdf)
        name = Name(f"/NgInline{self.whole.seen.steps}")
        self._keep("/XObject", name, self._image(thing, self.state.at))
        return [([name], Operator("Do"))]

    def _direct(self, given: list[Any], step: Any) -> list[Any]:
        name = str(step.operator)
        count, stroke = _DIRECT[name]
        kind = {1: Name.DeviceGray, 3: Name.DeviceRGB, 4: Name.DeviceCMYK}[count]
        found = space(kind, self.resources, self.colours, self.whole.pdf)
        self._set(found, stroke=bool(stroke))
        parts = floats(given)
        if len(parts) != count:
            raise unknown(f"uses the operator {name} with {len(parts)} numbers")
        return self._shown(found, parts, stroke=bool(stroke))

    def _shown(self, found: Space, parts: list[float], *, stroke: bool) -> list[Any]:
        made = tuple(found.convert(parts)) if found.convert else tuple(parts)
        if len(made) == 4:
            self.whole.seen.ink = max(self.whole.seen.ink, sum(made) * 100)
        operator = {1: "gG", 3: ("rg", "RG"), 4: "kK"}[len(made)][stroke]
        return [([round(part, 4) for part in made], Operator(operator))]

    def _set(self, found: Space, *, stroke: bool) -> None:
        self.state = replace(self.state, stroke=found) if stroke else replace(self.state, fill=found)

    def _space(self, given: list[Any], step: Any) -> list[Any]:
        stroke = str(step.operator) == "CS"
        found = space(given[0], self.resources, self.colours, self.whole.pdf)
        self._set(found, stroke=stroke)
        if found.family in ("gray", "rgb", "lab", "cmyk"):
            start = {"gray": [0.0], "cmyk": [0.0, 0.0, 0.0, 1.0]}.get(found.family, [0.0, 0.0, 0.0])
            return self._shown(found, start, stroke=stroke)
        name = found.thing
        if not isinstance(name, Name):
            name = Name(f"/Ng{str(given[0])[1:]}")
            self._keep("/ColorSpace", name, found.thing)
        return [([name], Operator("CS" if stroke else "cs"))]

    def _colour(self, given: list[Any], step: Any) -> list[Any]:
        stroke = str(step.operator).isupper()
        found = self.state.stroke if stroke else self.state.fill
        if given and isinstance(given[-1], Name):
            return self._patterned(given, found, stroke=stroke)
        parts = floats(given)
        if found.family in ("gray", "rgb", "lab", "cmyk") and len(parts) == found.count:
            return self._shown(found, parts, stroke=stroke)
        if len(parts) != found.count:
            raise unknown(f"sets a colour of {len(parts)} parts where {found.count} are wanted")
        return [(given, Operator("SCN" if stroke else "scn"))]

    def _patterned(self, given: list[Any], found: Space, *, stroke: bool) -> list[Any]:
        thing = self._resource("/Pattern", given[-1])
        make = lambda: self.whole.pattern(thing, self.resources, self._base, self.colours, self.deep)  # noqa: E731
        self._keep("/Pattern", given[-1], self.whole.once(thing, self.colours, make))
        parts = floats(given[:-1])
        under = found.under
        if under is not None and under.convert is not None and parts:
            parts = list(under.convert(parts))
        return [([*parts, given[-1]], Operator("SCN" if stroke else "scn"))]

    def _resource(self, kind: str, name: Any) -> Any:
        found = self.resources.get(kind, Dictionary()).get(str(name))
        if found is None:
            raise unknown(f"names {str(name)[1:]}, which is not in it")
        return found

    def _keep(self, kind: str, name: Any, thing: Any) -> None:
        if kind not in self.made:
            self.made[kind] = Dictionary()
        self.made[kind][str(name)] = thing


_HANDLED: Final[dict[str, Callable[[_Walk, list[Any], Any], list[Any]]]] = {
    "q": _Walk._q,
    "Q": _Walk._restore,
    "cm": _Walk._cm,
    "Tf": _Walk._tf,
    "gs": _Walk._gs,
    "sh": _Walk._sh,
    "Do": _Walk._do,
    **dict.fromkeys(_SHOWN, _Walk._text),
    **dict.fromkeys(_DIRECT, _Walk._direct),
    **dict.fromkeys(("cs", "CS"), _Walk._space),
    **dict.fromkeys(("sc", "scn", "SC", "SCN"), _Walk._colour),
}
