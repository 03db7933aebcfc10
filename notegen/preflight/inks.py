"""Colours as they are set and used: whether the ink is right for the press, and whether there is too much of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from notegen.preflight import codes, colours, functions, objects
from notegen.preflight.colours import Space
from notegen.preflight.machine import Colour, Machine, Press

if TYPE_CHECKING:
    from collections.abc import Callable

    from notegen.preflight.tokens import Operand

ROUND: Final = 0.5
"""Percent by which ink may be over the limit before it is said: colours are rounded when they are written."""


def _floats(operands: list[Operand]) -> tuple[float, ...]:
    return tuple(float(one) for one in operands if isinstance(one, (int, float)))


def _device(space: str, stroke: bool) -> Callable[[Machine, list[Operand]], None]:
    def choose(machine: Machine, operands: list[Operand]) -> None:
        values = _floats(operands)
        if len(values) != len(operands):
            raise TypeError
        _put(machine, Colour(space_named(machine, space), values), stroke)

    return choose


def _put(machine: Machine, colour: Colour, stroke: bool) -> None:
    if machine.uncoloured:
        return
    if stroke:
        machine.state.stroke = colour
    else:
        machine.state.fill = colour


def space_named(machine: Machine, name: str) -> Space:
    """Return a colour space by the name that a stream gives it; one that is not there is said."""
    found = machine.resources.spaces.get(name)
    if found is not None:
        return found
    known = machine.resources.get("/ColorSpace", name)
    device = colours.SHORT.get(name, name) in colours.DEVICE
    if known is None and not device:
        machine.note(codes.RESOURCE, f"the colour space {name} is not among the resources")
        return Space(colours.UNKNOWN, 0)
    everything = objects.entry(machine.resources.thing, "/ColorSpace")
    made = space_of(machine.press, name if known is None else known, everything)
    machine.resources.spaces[name] = made
    return made


def space_of(press: Press, thing: Any, everything: Any = None) -> Space:
    """Return the space of an object, read once for each object of the file; `thing` may be a device space's name."""
    if isinstance(thing, str):
        import pikepdf

        return colours.read(pikepdf.Name(thing), everything)
    index = getattr(thing, "objgen", (0, 0))
    if index[0] and index in press.spaces:
        return press.spaces[index]
    made = colours.read(thing, everything)
    if index[0]:
        press.spaces[index] = made
    return made


def _choose_space(stroke: bool) -> Callable[[Machine, list[Operand]], None]:
    def choose(machine: Machine, operands: list[Operand]) -> None:
        if isinstance(operands[0], str):
            space = space_named(machine, operands[0])
            _put(machine, Colour(space, colours.start(space)), stroke)

    return choose


def _choose_colour(stroke: bool) -> Callable[[Machine, list[Operand]], None]:
    def choose(machine: Machine, operands: list[Operand]) -> None:
        space = (machine.state.stroke if stroke else machine.state.fill).space
        last = operands[-1] if operands else None
        values, pattern = _floats(operands), last if isinstance(last, str) else None
        counted = space.kind not in (colours.PATTERN, colours.UNKNOWN) and not machine.uncoloured
        if counted and (len(values) != space.size or pattern is not None):
            words = f"a colour of {len(values)} figures is set in a space of {space.size}"
            machine.note(codes.SYNTAX, words if pattern is None else "a pattern is set in a space that takes none")
        _put(machine, Colour(space, values, pattern), stroke)

    return choose


OPERATORS: Final = {
    "g": (1, _device("/DeviceGray", False)),
    "G": (1, _device("/DeviceGray", True)),
    "rg": (3, _device("/DeviceRGB", False)),
    "RG": (3, _device("/DeviceRGB", True)),
    "k": (4, _device("/DeviceCMYK", False)),
    "K": (4, _device("/DeviceCMYK", True)),
    "cs": (1, _choose_space(False)),
    "CS": (1, _choose_space(True)),
    "sc": (-1, _choose_colour(False)),
    "SC": (-1, _choose_colour(True)),
    "scn": (-1, _choose_colour(False)),
    "SCN": (-1, _choose_colour(True)),
}


def use(machine: Machine, *, stroke: bool, what: str) -> Colour:
    """Judge the colour that is painted with, once for each stream; return it."""
    state = machine.state
    colour = state.stroke if stroke else state.fill
    over = state.over_stroke if stroke else state.over_fill
    index = (colour, over, what)
    if index not in machine.judged:
        machine.judged.add(index)
        if not machine.uncoloured:
            _judge(machine, colour, over, what)
    return colour


def _judge(machine: Machine, colour: Colour, over: bool, what: str) -> None:
    space = colour.space
    if colour.pattern is not None:
        _pattern(machine, colour, what)
        return
    space_is_right(machine, space, what)
    if over and colours.is_white(space, colour.values):
        machine.note(codes.WHITE_OVERPRINT, f"{what} is white and set to overprint, so that it vanishes")
    laid = colours.ink(space, colour.values)
    if space.kind == colours.INDEXED:
        laid = most_of_table(space)
    if laid is not None and colours.ALL not in space.names:
        too_much(machine, laid, what)


def too_much(machine: Machine, laid: float, what: str) -> None:
    """Say that there is more ink than the press bears, if there is."""
    limit = machine.press.expected.tac
    if laid > limit + ROUND:
        machine.note(codes.INK, f"{what} has {laid:.0f} % ink, and the limit is {limit:g} %")


def space_is_right(machine: Machine, space: Space, what: str) -> None:
    """Judge a colour space for itself, and the spaces behind it."""
    press = machine.press
    if space.kind in (colours.RGB, colours.CMYK) and not space.managed and space.kind != press.intent:
        family = "DeviceRGB" if space.kind == colours.RGB else "DeviceCMYK"
        code = codes.RGB_PICTURE if what.startswith("a picture") else codes.RGB
        machine.note(code, f"{what} is in {family}, and the output intent is {press.intent.upper()}")
    elif space.managed and space.kind in (colours.RGB, colours.LAB):
        machine.note(codes.MANAGED, f"{what} is in {space.kind.upper()} with a profile, which the printer converts")
    for name, alternate in colours.colourants(space):
        press.spots.setdefault((name, alternate if len(space.names) == 1 else ""), space.object or machine.object)
    if space.base is not None and space.kind in (colours.INDEXED, colours.PATTERN):
        space_is_right(machine, space.base, what)


def most_of_table(space: Space) -> float | None:
    """Return the most ink of an index's colours."""
    base = space.base
    if base is None or not base.size:
        return None
    rows = (space.table[at : at + base.size] for at in range(0, len(space.table) - base.size + 1, base.size))
    found = [colours.ink(base, [one / 255 for one in row]) for row in rows]
    known = [one for one in found if one is not None]
    return max(known) if known else None


def _pattern(machine: Machine, colour: Colour, what: str) -> None:
    """Judge a pattern: the colours of a gradient, or the stream of a tile."""
    assert colour.pattern is not None
    thing = machine.resources.get("/Pattern", colour.pattern)
    if thing is None:
        machine.note(codes.RESOURCE, f"the pattern {colour.pattern} is not among the resources")
    elif objects.is_stream(thing):
        from notegen.preflight.content import draw_tile

        draw_tile(machine, thing, uncoloured=objects.number(objects.entry(thing, "/PaintType")) == 2.0)
        if colour.values and colour.space.base is not None:
            _judge(machine, Colour(colour.space.base, colour.values), False, what)
    else:
        shading(machine, objects.entry(thing, "/Shading"), what)


def shading(machine: Machine, thing: Any, what: str) -> None:
    """Judge the colours that a gradient runs through."""
    space = space_of(
        machine.press, objects.entry(thing, "/ColorSpace"), objects.entry(machine.resources.thing, "/ColorSpace")
    )
    space_is_right(machine, space, what)
    domain = objects.numbers(objects.entry(thing, "/Domain"), 2) or [0.0, 1.0]
    through = functions.gradient(objects.entry(thing, "/Function"), domain)
    if through is None:
        machine.skip("ink of gradients", "a gradient's colours are given in a way that is not read here")
        return
    laid = [one for one in (colours.ink(space, values) for values in through) if one is not None]
    if laid:
        too_much(machine, max(laid), what)


def paint_shading(machine: Machine, operands: list[Operand]) -> None:
    """Do `sh`: a gradient fills the clip."""
    name = operands[0]
    thing = machine.resources.get("/Shading", name) if isinstance(name, str) else None
    if thing is None:
        machine.note(codes.RESOURCE, f"the gradient {name!s} is not among the resources")
        return
    shading(machine, thing, "a gradient")
    if machine.state.alpha > 0:
        machine.sight.areas.append(machine.state.clip)
