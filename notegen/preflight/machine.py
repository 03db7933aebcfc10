"""The state in which a content stream is read, and what is seen on the way.

The operators themselves are functions in `drawing`, `type` and `inks`; `content` runs them. Places are in points of the
page's own coordinates.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from notegen.preflight import colours, objects
from notegen.preflight.colours import Space
from notegen.preflight.expected import Expected
from notegen.preflight.fonts import Face, Glyph

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Matrix: TypeAlias = "tuple[float, float, float, float, float, float]"
Rectangle: TypeAlias = "tuple[float, float, float, float]"

UNMOVED: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
ANYWHERE: Final[Rectangle] = (-math.inf, -math.inf, math.inf, math.inf)
NOWHERE: Final[Rectangle] = (math.inf, math.inf, -math.inf, -math.inf)
FORMS: Final = 20_000
"""Forms drawn on one page beyond which the rest is not looked at: forms in forms can be a bomb."""
REMEMBERED: Final = 512
"""Forms whose sights are kept for the next page that draws them in the same place."""


class Colour(NamedTuple):
    """A colour as it was set; `pattern` is a pattern's name."""

    space: Space
    values: tuple[float, ...]
    pattern: str | None = None


BLACK: Final = Colour(colours.DEVICE["/DeviceGray"], (0.0,))


class Note(NamedTuple):
    """Something found in a stream, still without its page."""

    code: str
    message: str
    object: str | None
    key: str | None = None
    warning: bool = False


@dataclass(slots=True)
class Run:
    """Glyphs that were shown in one state: matrices to the page (n, 6), boxes on the page (n, 4), cut by the clip."""

    face: Face
    glyphs: list[Glyph]
    matrices: NDArray[np.float64]
    boxes: NDArray[np.float64]
    clip: Rectangle


@dataclass(slots=True)
class Sight:
    """What a stream draws: areas that bear ink, registration colour, text, notes; and the sights of its forms."""

    notes: dict[Note, None] = field(default_factory=dict)
    areas: list[Rectangle] = field(default_factory=list)
    registration: list[Rectangle] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    inner: list[Sight] = field(default_factory=list)
    skipped: dict[tuple[str, str], None] = field(default_factory=dict)
    translucent: bool = False
    outer: tuple[Rectangle, list[Rectangle]] | None = None
    """The areas that reach out of a box, kept with that box for the next page that draws the same form."""


def sights(sight: Sight) -> Iterator[Sight]:
    """Yield a sight and those of the forms inside it, each once: twelve in each other can be drawn 12^12 times."""
    stack = [sight]
    seen = {id(sight)}
    while stack:
        one = stack.pop()
        yield one
        for inner in one.inner:
            if id(inner) not in seen:
                seen.add(id(inner))
                stack.append(inner)


@dataclass(slots=True)
class State:
    """The graphics state."""

    ctm: Matrix = UNMOVED
    clip: Rectangle = ANYWHERE
    fill: Colour = BLACK
    stroke: Colour = BLACK
    width: float = 1.0
    over_fill: bool = False
    over_stroke: bool = False
    alpha: float = 1.0
    face: Face | None = None
    size: float = 1.0
    character: float = 0.0
    word: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0

    def copy(self) -> State:
        """Return the state as `q` keeps it."""
        return State(
            self.ctm, self.clip, self.fill, self.stroke, self.width, self.over_fill, self.over_stroke, self.alpha,
            self.face, self.size, self.character, self.word, self.stretch, self.leading, self.rise, self.mode,
        )  # fmt: skip


@dataclass(slots=True)
class Press:
    """What all streams of a file share: what is expected, and what was met before.

    `intent` is the kind of colour that the output intent takes.
    """

    expected: Expected
    intent: str = colours.CMYK
    faces: dict[tuple[int, int], Face] = field(default_factory=dict)
    used: dict[str, Face] = field(default_factory=dict)
    spaces: dict[tuple[int, int], Space] = field(default_factory=dict)
    forms: dict[Any, Sight] = field(default_factory=dict)
    pictures: dict[tuple[int, int], Any] = field(default_factory=dict)
    spots: dict[tuple[str, str], str | None] = field(default_factory=dict)
    unit: float = 1.0
    drawn: int = 0


class Resources:
    """A resource dictionary, each kind read when it is first asked for; what it lacks is asked of the one outside."""

    def __init__(self, thing: Any, outer: Resources | None = None) -> None:
        self.thing, self.outer = thing, outer
        self._kinds: dict[str, dict[str, Any]] = {}
        self.faces: dict[str, Face] = {}
        self.spaces: dict[str, Space] = {}
        self.states: dict[str, Any] = {}

    def kind(self, kind: str) -> dict[str, Any]:
        """Return one kind, such as "/Font", by name."""
        found = self._kinds.get(kind)
        if found is None:
            found = self._kinds[kind] = dict(objects.pairs(objects.entry(self.thing, kind)))
        return found

    def get(self, kind: str, name: str) -> Any:
        """Return a resource or None."""
        found = self.kind(kind).get(name)
        if found is None and self.outer is not None:
            return self.outer.get(kind, name)
        return found


@dataclass(slots=True)
class Machine:
    """One stream being read. `object` is its number; `above` are the streams it is drawn from."""

    press: Press
    resources: Resources
    object: str | None
    state: State
    sight: Sight = field(default_factory=Sight)
    above: tuple[tuple[int, int], ...] = ()
    stack: list[State] = field(default_factory=list)
    path: Rectangle = NOWHERE
    at: tuple[float, float] = (0.0, 0.0)
    plain: bool = False
    """Whether the path is one rectangle alone."""
    clipping: bool = False
    in_text: bool = False
    lenient: int = 0
    marked: int = 0
    matrix: Matrix = UNMOVED
    line: Matrix = UNMOVED
    shown: list[Glyph] = field(default_factory=list)
    places: list[float] = field(default_factory=list)
    shown_plates: int | None = None
    uncoloured: bool = False
    """Whether colours are taken from outside: the glyph of a Type 3 font, an uncoloured pattern."""
    ready: tuple[Any, ...] = ()
    """Font, colours and modes that were judged last, and what is shown with them."""
    judged: set[tuple[Colour, bool, str]] = field(default_factory=set)

    def note(self, code: str, message: str, *, key: str | None = None, warning: bool = False) -> None:
        """Write down a finding."""
        self.sight.notes[Note(code, message, self.object, key, warning)] = None

    def skip(self, check: str, reason: str) -> None:
        """Write down what could not be checked."""
        self.sight.skipped[check, reason] = None


def times(first: Sequence[float], then: Sequence[float]) -> Matrix:
    """Return the map that does one and then another."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def boxed(box: Rectangle, at: Matrix) -> Rectangle:
    """Return the box around a mapped box."""
    a, b, c, d, e, f = at
    x0, y0, x1, y1 = box
    xs = (a * x0 + c * y0, a * x1 + c * y0, a * x0 + c * y1, a * x1 + c * y1)
    ys = (b * x0 + d * y0, b * x1 + d * y0, b * x0 + d * y1, b * x1 + d * y1)
    return min(xs) + e, min(ys) + f, max(xs) + e, max(ys) + f


def meet(one: Rectangle, other: Rectangle) -> Rectangle:
    """Return what two boxes share; empty when right is left of left."""
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def is_empty(box: Rectangle) -> bool:
    """Whether a box holds nothing."""
    return not (box[0] <= box[2] and box[1] <= box[3])


def thinnest(at: Matrix) -> float:
    """Return how much a map shrinks lengths in the direction in which it shrinks them most."""
    a, b, c, d = at[:4]
    half = (a * a + b * b + c * c + d * d) / 2
    turn = math.sqrt(max(0.0, half * half - (a * d - b * c) ** 2))
    return math.sqrt(max(0.0, half - turn))
