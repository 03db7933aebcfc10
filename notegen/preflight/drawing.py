"""Operators of paths, states and forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from notegen.preflight import codes, colours, inks, objects, pictures
from notegen.preflight.machine import (
    NOWHERE,
    UNMOVED,
    Colour,
    Machine,
    Matrix,
    Rectangle,
    boxed,
    is_empty,
    meet,
    thinnest,
    times,
)  # fmt: skip

if TYPE_CHECKING:
    from notegen.preflight.tokens import Operand

THIN: Final = 0.3 * 72 / 25.4
"""Points up to which a stroke is a mark or a rule and not artwork that has to bleed."""
STACK: Final = 2_000
"""States kept at once; a stream that keeps more is damaged."""


def save(machine: Machine, _operands: list[Operand]) -> None:
    """Do `q`."""
    if len(machine.stack) < STACK:
        machine.stack.append(machine.state.copy())
    else:
        machine.note(codes.UNBALANCED, f"more than {STACK} states are kept at once")


def restore(machine: Machine, _operands: list[Operand]) -> None:
    """Do `Q`."""
    from notegen.preflight.type import flush

    if not machine.stack:
        machine.note(codes.UNBALANCED, "a Q has no q before it")
        return
    flush(machine)
    machine.state = machine.stack.pop()


def concatenate(machine: Machine, operands: list[Operand]) -> None:
    """Do `cm`."""
    from notegen.preflight.type import flush

    flush(machine)
    machine.state.ctm = times(_six(operands), machine.state.ctm)


def _six(operands: list[Operand]) -> Matrix:
    a, b, c, d, e, f = (float(one) for one in operands[:6])  # type: ignore[arg-type]
    return a, b, c, d, e, f


def _width(machine: Machine, operands: list[Operand]) -> None:
    machine.state.width = abs(float(operands[0]))  # type: ignore[arg-type]


def set_state(machine: Machine, operands: list[Operand]) -> None:
    """Do `gs`."""
    name = str(operands[0])
    found = machine.resources.states.get(name)
    if found is None:
        thing = machine.resources.get("/ExtGState", name)
        if thing is None:
            machine.note(codes.RESOURCE, f"the graphics state {name} is not among the resources")
        found = machine.resources.states[name] = dict(objects.pairs(thing))
    state = machine.state
    if "/LW" in found:
        state.width = objects.number(found["/LW"]) or 0.0
    if "/OP" in found:
        state.over_stroke = state.over_fill = found["/OP"] is True
    if "/op" in found:
        state.over_fill = found["/op"] is True
    _translucency(machine, found)
    if "/Font" in found:
        from notegen.preflight.type import choose_font_object

        choose_font_object(machine, objects.items(found["/Font"]))


def _translucency(machine: Machine, found: dict[str, Any]) -> None:
    """Take over opacity, and remember that something shines through."""
    state = machine.state
    if "/ca" in found:
        from notegen.preflight.type import flush

        flush(machine)
        state.alpha = objects.number(found["/ca"]) or 0.0
    mode = objects.name(found.get("/BM"))
    if objects.is_dictionary(found.get("/SMask")):
        machine.skip("soft masks", "what a mask draws is not looked at")
    shines = [objects.number(found[key]) not in (None, 1.0) for key in ("/ca", "/CA") if key in found]
    if any(shines) or objects.is_dictionary(found.get("/SMask")) or mode not in (None, "/Normal", "/Compatible"):
        machine.sight.translucent = True


def _grow(machine: Machine, x: float, y: float) -> None:
    a, b, c, d, e, f = machine.state.ctm
    u, v = a * x + c * y + e, b * x + d * y + f
    low_x, low_y, high_x, high_y = machine.path
    machine.path = (
        u if u < low_x else low_x,
        v if v < low_y else low_y,
        u if u > high_x else high_x,
        v if v > high_y else high_y,
    )


def _points(machine: Machine, operands: list[Operand]) -> None:
    machine.plain = False
    for at in range(0, len(operands), 2):
        _grow(machine, operands[at], operands[at + 1])  # type: ignore[arg-type]


def _rectangle(machine: Machine, operands: list[Operand]) -> None:
    x, y, width, height = (float(one) for one in operands)  # type: ignore[arg-type]
    machine.plain = machine.path == NOWHERE
    low, high = (min(x, x + width), min(y, y + height)), (max(x, x + width), max(y, y + height))
    found = boxed((*low, *high), machine.state.ctm)
    old = machine.path
    machine.path = (
        min(old[0], found[0]), min(old[1], found[1]), max(old[2], found[2]), max(old[3], found[3])
    )  # fmt: skip


def _clip(machine: Machine, _operands: list[Operand]) -> None:
    machine.clipping = True


def _paint(fill: bool, stroke: bool) -> Callable[[Machine, list[Operand]], None]:
    def paint(machine: Machine, _operands: list[Operand]) -> None:
        path = machine.path
        if path[0] <= path[2]:
            if fill:
                _fill(machine, path)
            if stroke:
                _stroke(machine, path)
        if machine.clipping:
            from notegen.preflight.type import flush

            flush(machine)
            machine.state.clip = meet(machine.state.clip, path)
        machine.path, machine.clipping, machine.plain = NOWHERE, False, False

    return paint


def _fill(machine: Machine, path: Rectangle) -> None:
    colour = inks.use(machine, stroke=False, what="an area")
    limit = machine.press.expected.hairline
    if machine.plain and min(path[2] - path[0], path[3] - path[1]) * machine.press.unit < limit - 0.005:
        thin = min(path[2] - path[0], path[3] - path[1]) * machine.press.unit
        if not is_empty(meet(path, machine.state.clip)):
            machine.note(codes.HAIRLINE, f"a filled line is {thin:.2g} pt thick, and the least is {limit:g} pt")
    ink(machine, colour, path)


def _stroke(machine: Machine, path: Rectangle) -> None:
    colour = inks.use(machine, stroke=True, what="a line")
    wide = machine.state.width * thinnest(machine.state.ctm)
    shown = wide * machine.press.unit
    limit = machine.press.expected.hairline
    outside = is_empty(meet(path, machine.state.clip))
    if shown < limit - 0.005 and not outside and not colours.is_white(colour.space, colour.values):
        machine.note(codes.HAIRLINE, f"a line is {shown:.2g} pt thick, and the least is {limit:g} pt")
    half = wide / 2
    grown = (path[0] - half, path[1] - half, path[2] + half, path[3] + half)
    if colours.ALL in colour.space.names:
        machine.sight.registration.append(meet(grown, machine.state.clip))
    elif shown > THIN:
        ink(machine, colour, grown)


def ink(machine: Machine, colour: Colour, box: Rectangle) -> None:
    """Remember where ink was laid down."""
    shown = meet(box, machine.state.clip)
    if is_empty(shown) or machine.state.alpha <= 0 or colours.is_white(colour.space, colour.values):
        return
    if colours.ALL in colour.space.names:
        machine.sight.registration.append(shown)
    else:
        machine.sight.areas.append(shown)


def draw(machine: Machine, operands: list[Operand]) -> None:
    """Do `Do`: a form or a picture."""
    from notegen.preflight.content import draw_form
    from notegen.preflight.type import flush

    name = str(operands[0])
    thing = machine.resources.get("/XObject", name)
    if not objects.is_stream(thing):
        machine.note(codes.RESOURCE, f"the object {name} that is to be drawn is not among the resources")
        return
    kind = objects.name(objects.entry(thing, "/Subtype"))
    if kind == "/Form":
        flush(machine)
        draw_form(machine, thing)
    elif kind == "/Image":
        pictures.draw(machine, thing)


def inline_picture(machine: Machine, operands: list[Operand]) -> None:
    """Do `BI` ... `EI`."""
    found = operands[0] if operands else {}
    if isinstance(found, dict):
        pictures.draw_inline(machine, found)


def form_matrix(thing: Any) -> Matrix:
    """Return a form's or a pattern's own map."""
    found = objects.numbers(objects.entry(thing, "/Matrix"), 6)
    return UNMOVED if found is None else (found[0], found[1], found[2], found[3], found[4], found[5])


def _nothing(_machine: Machine, _operands: list[Operand]) -> None:
    """Do what leaves no trace here: joins, caps, dashes, marked points."""


def _mark(machine: Machine, operands: list[Operand]) -> None:
    machine.marked += 1
    last = operands[-1] if operands else None
    if len(operands) == 2 and isinstance(last, str) and machine.resources.get("/Properties", last) is None:
        machine.note(codes.RESOURCE, f"the properties {last} are not among the resources", warning=True)


def _unmark(machine: Machine, _operands: list[Operand]) -> None:
    machine.marked -= 1
    if machine.marked < 0:
        machine.marked = 0
        machine.note(codes.UNBALANCED, "an EMC has no BMC or BDC before it", warning=True)


def _forgive(by: int) -> Callable[[Machine, list[Operand]], None]:
    def change(machine: Machine, _operands: list[Operand]) -> None:
        machine.lenient = max(0, machine.lenient + by)

    return change


OPERATORS: Final = {
    "q": (0, save), "Q": (0, restore), "cm": (6, concatenate), "w": (1, _width), "gs": (1, set_state),
    "m": (2, _points), "l": (2, _points), "c": (6, _points), "v": (4, _points), "y": (4, _points),
    "re": (4, _rectangle), "h": (0, _nothing), "W": (0, _clip), "W*": (0, _clip), "n": (0, _paint(False, False)),
    "f": (0, _paint(True, False)), "F": (0, _paint(True, False)), "f*": (0, _paint(True, False)),
    "S": (0, _paint(False, True)), "s": (0, _paint(False, True)),
    "B": (0, _paint(True, True)), "B*": (0, _paint(True, True)),
    "b": (0, _paint(True, True)), "b*": (0, _paint(True, True)),
    "Do": (1, draw), "BI": (1, inline_picture), "sh": (1, inks.paint_shading),
    "J": (1, _nothing), "j": (1, _nothing), "M": (1, _nothing), "d": (2, _nothing), "ri": (1, _nothing),
    "i": (1, _nothing), "MP": (1, _nothing), "DP": (2, _nothing), "d0": (2, _nothing), "d1": (6, _nothing),
    "BMC": (1, _mark), "BDC": (2, _mark), "EMC": (0, _unmark), "BX": (0, _forgive(1)), "EX": (0, _forgive(-1)),
}  # fmt: skip
