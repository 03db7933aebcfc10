"""Operators of text: which glyphs are shown, where their ink lies, and whether the font has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from notegen.preflight import codes, colours, inks, objects
from notegen.preflight.expected import SMALL
from notegen.preflight.fonts import Face, Glyph, face
from notegen.preflight.machine import UNMOVED, Machine, Matrix, Run, times
from notegen.preflight.tokens import from_hex

if TYPE_CHECKING:
    from notegen.preflight.tokens import Operand

INVISIBLE: Final = (3, 7)
STROKED: Final = (1, 5)
FILLED_AND_STROKED: Final = (2, 6)


def choose_font(machine: Machine, operands: list[Operand]) -> None:
    """Do `Tf`."""
    name, size = operands
    if not isinstance(name, str) or not isinstance(size, (int, float)):
        machine.note(codes.SYNTAX, "Tf is not given a font and a size")
        return
    flush(machine)
    found = machine.resources.faces.get(name)
    if found is None:
        thing = machine.resources.get("/Font", name)
        if not objects.is_dictionary(thing):
            machine.note(codes.RESOURCE, f"the font {name} is not among the resources")
            machine.state.face = None
            return
        found = machine.resources.faces[name] = face_of(machine, thing)
    machine.state.face, machine.state.size = found, float(size)


def choose_font_object(machine: Machine, parts: list[Any]) -> None:
    """Take the font of a graphics state."""
    if len(parts) == 2 and objects.is_dictionary(parts[0]):
        flush(machine)
        machine.state.face = face_of(machine, parts[0])
        machine.state.size = objects.number(parts[1]) or 1.0


def face_of(machine: Machine, thing: Any) -> Face:
    """Return a font, read once for each object of the file."""
    index = getattr(thing, "objgen", (0, 0))
    found = machine.press.faces.get(index) if index[0] else None
    if found is None:
        found = face(thing)
        if index[0]:
            machine.press.faces[index] = found
        if found.type3:
            from notegen.preflight.content import draw_letters

            draw_letters(machine, thing)
    return found


def begin(machine: Machine, _operands: list[Operand]) -> None:
    """Do `BT`."""
    if machine.in_text:
        machine.note(codes.UNBALANCED, "a BT stands inside a text")
    machine.in_text = True
    machine.matrix = machine.line = UNMOVED


def end(machine: Machine, _operands: list[Operand]) -> None:
    """Do `ET`."""
    if not machine.in_text:
        machine.note(codes.UNBALANCED, "an ET has no BT before it")
    machine.in_text = False


def _matrix(machine: Machine, operands: list[Operand]) -> None:
    a, b, c, d, e, f = (float(one) for one in operands)  # type: ignore[arg-type]
    machine.matrix = machine.line = (a, b, c, d, e, f)


def _move(machine: Machine, operands: list[Operand]) -> None:
    x, y = (float(one) for one in operands)  # type: ignore[arg-type]
    machine.matrix = machine.line = times((1, 0, 0, 1, x, y), machine.line)


def _move_and_lead(machine: Machine, operands: list[Operand]) -> None:
    machine.state.leading = -float(operands[1])  # type: ignore[arg-type]
    _move(machine, operands)


def _next_line(machine: Machine, _operands: list[Operand]) -> None:
    _move(machine, [0.0, -machine.state.leading])


def _figure(attribute: str, scale: float = 1.0) -> Any:
    def put(machine: Machine, operands: list[Operand]) -> None:
        if attribute in ("stretch", "rise"):
            flush(machine)
        setattr(machine.state, attribute, float(operands[0]) * scale)  # type: ignore[arg-type]

    return put


def _mode(machine: Machine, operands: list[Operand]) -> None:
    machine.state.mode = int(float(operands[0]))  # type: ignore[arg-type]


def _show(machine: Machine, operands: list[Operand]) -> None:
    _strings(machine, operands)


def _show_many(machine: Machine, operands: list[Operand]) -> None:
    inside = operands[0]
    _strings(machine, inside if isinstance(inside, list) else [inside])


def _next_and_show(machine: Machine, operands: list[Operand]) -> None:
    _next_line(machine, [])
    _strings(machine, operands)


def _space_and_show(machine: Machine, operands: list[Operand]) -> None:
    machine.state.word, machine.state.character = (float(one) for one in operands[:2])  # type: ignore[arg-type]
    _next_and_show(machine, operands[2:])


def _ready(machine: Machine) -> Face | None:
    """Judge font and colour before text is shown; return the font, or None when nothing will be seen."""
    state, last = machine.state, machine.ready
    current: Face | None = state.face
    known = bool(last) and last[0] is current and last[1] is state.fill and last[2:] == _modes(machine)
    if known and machine.in_text:
        return current
    current = _judged(machine)
    if current is not None and machine.in_text:
        machine.ready = (current, state.fill, *_modes(machine))
    return current


def _modes(machine: Machine) -> tuple[Any, ...]:
    state = machine.state
    return state.mode, state.over_fill, state.over_stroke, id(state.stroke)


def _judged(machine: Machine) -> Face | None:
    current = machine.state.face
    if current is None:
        machine.note(codes.SYNTAX, "text is shown without a font")
        return None
    if machine.state.mode in INVISIBLE:
        return None
    if not machine.in_text:
        machine.note(codes.UNBALANCED, "text is shown outside BT and ET")
    machine.press.used[current.object or current.name] = current
    colour = inks.use(machine, stroke=machine.state.mode in STROKED, what="text")
    if machine.state.mode in FILLED_AND_STROKED:
        inks.use(machine, stroke=True, what="the outline of text")
    if colours.is_white(colour.space, colour.values) and colour.pattern is None:
        return current
    plates = colours.plates(colour.space, colour.values)
    if machine.shown and ((plates or 0) > 1) != ((machine.shown_plates or 0) > 1):
        flush(machine)
    machine.shown_plates = plates
    return current


def glyph_run(machine: Machine, operands: list[Operand]) -> None:
    """Show glyphs that each have a matrix of their own."""
    numbers, found = operands
    assert isinstance(numbers, list)
    assert isinstance(found, list)
    places: list[float] = numbers  # type: ignore[assignment]
    machine.line = machine.matrix = tuple(places[-6:])  # type: ignore[assignment]
    current = _ready(machine)
    if current is None:
        return
    if not current.wide or any(len(one) != 4 for one in found):  # type: ignore[arg-type]
        for at, code in enumerate(found):
            machine.matrix = tuple(places[6 * at : 6 * at + 6])  # type: ignore[assignment]
            _glyphs(machine, current, from_hex(code))  # type: ignore[arg-type]
        return
    glyph = current.glyph
    shown = [glyph(int(code, 16)) for code in found]  # type: ignore[arg-type]
    machine.shown.extend(shown)
    machine.places.extend(places)
    _lacking(machine, current, shown)
    state = machine.state
    on = (shown[-1].advance * state.size + state.character) * state.stretch
    machine.matrix = times((1, 0, 0, 1, on, 0), machine.line)


def _strings(machine: Machine, parts: list[Operand]) -> None:
    current = _ready(machine)
    state = machine.state
    for one in parts:
        if isinstance(one, bytes):
            if current is not None:
                _glyphs(machine, current, one)
        elif isinstance(one, (int, float)):
            by = -one / 1000 * state.size
            upright = current is not None and current.vertical
            move = (1, 0, 0, 1, 0, by) if upright else (1, 0, 0, 1, by * state.stretch, 0)
            machine.matrix = times(move, machine.matrix)


def _glyphs(machine: Machine, current: Face, text: bytes) -> None:
    """Show a string: note each glyph's place and go on."""
    state = machine.state
    a, b, c, d, e, f = machine.matrix
    places, size, stretch, vertical = machine.places, state.size, state.stretch, current.vertical
    shown = [current.glyph(code) for code in current.codes(text)]
    spaces = [] if current.wide else [code == 32 for code in text]
    for at, glyph in enumerate(shown):
        if vertical:
            aside, up = -glyph.advance / 2 * size, -0.88 * size
            places.extend((a, b, c, d, e + a * aside + c * up, f + b * aside + d * up))
            on = -size + state.character
            e, f = e + c * on, f + d * on
            continue
        places.extend((a, b, c, d, e, f))
        on = (glyph.advance * size + state.character + (state.word if spaces and spaces[at] else 0.0)) * stretch
        e, f = e + a * on, f + b * on
    machine.matrix = (a, b, c, d, e, f)
    machine.shown.extend(shown)
    _lacking(machine, current, shown)


def _lacking(machine: Machine, current: Face, shown: list[Glyph]) -> None:
    for glyph in shown:
        if glyph.missing is not None:
            machine.note(
                codes.GLYPH, f"the font {current.name} has nothing to show for a character ({glyph.missing})",
                key=current.name,
            )  # fmt: skip
            return


def flush(machine: Machine) -> None:
    """Turn the glyphs that wait into boxes on the page; called before what they depend on changes."""
    if not machine.shown:
        return
    import numpy as np

    state, current = machine.state, machine.state.face
    shown, places = machine.shown, np.array(machine.places, dtype=np.float64).reshape(-1, 6)
    machine.shown, machine.places = [], []
    if current is None or not np.isfinite(places).all():
        return
    _small(machine, places)
    there = [at for at, glyph in enumerate(shown) if glyph.box is not None]
    if not there or state.alpha <= 0:
        return
    letter: Matrix = (state.size * state.stretch, 0, 0, state.size, 0, state.rise)
    matrices = _chained(np.array([letter]), _chained(places[there], np.array([state.ctm])))
    glyphs = [shown[at] for at in there]
    boxes = around(np.array([glyph.box for glyph in glyphs]), matrices)
    clip = state.clip
    seen = (boxes[:, 0] < clip[2]) & (boxes[:, 2] > clip[0]) & (boxes[:, 1] < clip[3]) & (boxes[:, 3] > clip[1])
    if not seen.any():
        return
    kept = glyphs if seen.all() else [glyph for glyph, one in zip(glyphs, seen, strict=True) if one]
    inked = np.hstack((np.maximum(boxes[seen, :2], clip[:2]), np.minimum(boxes[seen, 2:], clip[2:])))
    machine.sight.runs.append(Run(current, kept, matrices[seen], inked, clip))


def _small(machine: Machine, places: Any) -> None:
    """Say that small type is on more than one plate."""
    import numpy as np

    if (machine.shown_plates or 0) < 2:
        return
    state = machine.state
    a, b, c, d = state.ctm[:4]
    areas = np.abs((places[:, 0] * places[:, 3] - places[:, 1] * places[:, 2]) * (a * d - b * c))
    size = float(np.sqrt(areas.min())) * abs(state.size) * machine.press.unit
    if size < SMALL:
        machine.note(
            codes.SMALL_TYPE, f"type of {size:.1f} pt is printed on {machine.shown_plates} plates", key="small"
        )  # fmt: skip


def _chained(first: Any, then: Any) -> Any:
    """Return maps (n, 6) that do one and then another; a single one stands for all."""
    import numpy as np

    a, b, c, d, e, f = first.T
    g, h, i, j, k, m = then.T
    return np.stack(
        np.broadcast_arrays(
            a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
        ),
        axis=1,
    )


def around(boxes: Any, at: Any) -> Any:
    """Return the boxes (n, 4) around mapped boxes."""
    import numpy as np

    a, b, c, d, e, f = at.T
    x0, y0, x1, y1 = boxes.T
    xs = np.sort(np.stack((a * x0, a * x1)), axis=0), np.sort(np.stack((c * y0, c * y1)), axis=0)
    ys = np.sort(np.stack((b * x0, b * x1)), axis=0), np.sort(np.stack((d * y0, d * y1)), axis=0)
    return np.stack(
        (xs[0][0] + xs[1][0] + e, ys[0][0] + ys[1][0] + f, xs[0][1] + xs[1][1] + e, ys[0][1] + ys[1][1] + f), axis=1
    )


OPERATORS: Final = {
    "BT": (0, begin), "ET": (0, end), "Tf": (2, choose_font), "Tm": (6, _matrix), "Td": (2, _move),
    "TD": (2, _move_and_lead), "T*": (0, _next_line), "TL": (1, _figure("leading")), "Tc": (1, _figure("character")),
    "Tw": (1, _figure("word")), "Tz": (1, _figure("stretch", 0.01)), "Ts": (1, _figure("rise")), "Tr": (1, _mode),
    "Tj": (1, _show), "TJ": (1, _show_many), "'": (1, _next_and_show), '"': (3, _space_and_show),
    "glyphs": (2, glyph_run),
}  # fmt: skip
