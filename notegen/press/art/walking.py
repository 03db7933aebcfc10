"""One content stream is read operator by operator and written again in a file's colours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import pikepdf
from pikepdf import Dictionary, Name, Operator

from notegen.model.page import UPRIGHT, Transform, then
from notegen.press.art import codes, pdfimages
from notegen.press.art.faults import Fault
from notegen.press.art.functions import floats, unknown
from notegen.press.art.spaces import GREY, Space, space

if TYPE_CHECKING:
    from notegen.press.art.colour import Colours
    from notegen.press.art.recolour import Recolour

MOST_STEPS: Final = 2_000_000
_UNTOUCHED: Final = frozenset(
    "w J j M d ri i m l c v y h re S s f F f* B B* b b* n W W* BT ET Tc Tw Tz TL Td TD Tm T* Ts Tr d0 d1 BX EX".split()
)
_DROPPED: Final = frozenset(("BMC", "BDC", "EMC", "MP", "DP"))
_SHOWN: Final = ("Tj", "TJ", "'", '"')
OUTSIDE: Final = Space(None, -1, "outside")
"""What a form begins with: the colour of whoever draws it, whose space is not known in it."""
_DIRECT: Final = {"g": (1, 0), "G": (1, 1), "rg": (3, 0), "RG": (3, 1), "k": (4, 0), "K": (4, 1)}


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """The part of the graphics state that matters here: `font` is the step that chose one, `set` when it is written.

    `over_stroke` and `over_fill` are whether strokes and fills overprint, `over_mode` is 1 when a plate of 0 % is then
    left as it is.
    """

    at: Transform = UPRIGHT
    fill: Space = GREY
    stroke: Space = GREY
    font: Any = None
    set: bool = False
    over_stroke: bool = False
    over_fill: bool = False
    over_mode: int = 0


class Walk:
    """One content stream being converted; `made` are the resources that it turned out to need."""

    def __init__(self, whole: Recolour, resources: Any, colours: Colours, state: State, deep: int) -> None:
        self.whole = whole
        self.resources = resources
        self.colours = colours
        self.deep = deep
        self.state = state
        self.stack: list[State] = []
        self.made = Dictionary()
        self._base = state.at
        self._spaces: dict[str, Space] = {}

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
        if self.state.set:
            return [step]
        font = self.state.font
        if font is None:
            raise unknown("sets words without choosing a font")
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
            self.state = replace(self.state, font=None, set=True)
        stroke = bool(thing.get("/OP", self.state.over_stroke))
        fill = bool(thing.get("/op", stroke if "/OP" in thing else self.state.over_fill))
        mode = int(thing.get("/OPM", self.state.over_mode))
        self.state = replace(self.state, over_stroke=stroke, over_fill=fill, over_mode=mode)
        self._knocks_out(self.state.stroke, stroke=True)
        self._knocks_out(self.state.fill, stroke=False)
        self._keep("/ExtGState", given[0], made)
        return [step]

    def _knocks_out(self, found: Space, *, stroke: bool) -> None:
        """Refuse a converted colour that overprints: RGB never does, and the CMYK that it becomes would."""
        over = self.state.over_stroke if stroke else self.state.over_fill
        if over and self.state.over_mode and found.family in ("rgb", "lab"):
            raise unknown("sets a colour in RGB to overprint")

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
        self.whole.images.measure(thing, at)
        make = lambda: self.whole.images.image(thing, self.resources, self.colours)  # noqa: E731
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
        self._knocks_out(found, stroke=stroke)
        if found.family == "cmyk" and found.profile is not None:
            self.whole.seen.profiles[found.profile] = None
        self.state = replace(self.state, stroke=found) if stroke else replace(self.state, fill=found)

    def _space(self, given: list[Any], step: Any) -> list[Any]:
        stroke = str(step.operator) == "CS"
        named = str(given[0])
        if named not in self._spaces:
            self._spaces[named] = space(given[0], self.resources, self.colours, self.whole.pdf)
        found = self._spaces[named]
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
        if found is OUTSIDE:
            raise unknown("has a form that sets a colour without saying in which space")
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


_HANDLED: Final[dict[str, Callable[[Walk, list[Any], Any], list[Any]]]] = {
    "q": Walk._q,
    "Q": Walk._restore,
    "cm": Walk._cm,
    "Tf": Walk._tf,
    "gs": Walk._gs,
    "sh": Walk._sh,
    "Do": Walk._do,
    **dict.fromkeys(_SHOWN, Walk._text),
    **dict.fromkeys(_DIRECT, Walk._direct),
    **dict.fromkeys(("cs", "CS"), Walk._space),
    **dict.fromkeys(("sc", "scn", "SC", "SCN"), Walk._colour),
}
