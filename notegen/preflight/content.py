"""Content streams run: pages, forms in forms, tiles, the letters of Type 3 fonts."""

from __future__ import annotations

from typing import Any, Final

from notegen.preflight import codes, colours, drawing, inks, objects
from notegen.preflight import type as words
from notegen.preflight.machine import (
    ANYWHERE,
    FORMS,
    REMEMBERED,
    UNMOVED,
    Machine,
    Press,
    Resources,
    Sight,
    State,
    boxed,
    meet,
    sights,
    times,
)  # fmt: skip
from notegen.preflight.tokens import BAD, operations

LETTERS: Final = 400
"""Letters of a Type 3 font that are looked at."""

OPERATORS: Final = {**drawing.OPERATORS, **words.OPERATORS, **inks.OPERATORS}


def run(machine: Machine, data: bytes) -> None:
    """Read a stream to its end."""
    if len(data) > objects.LONGEST:
        machine.skip("drawing", f"a stream has more than {objects.LONGEST // 1024**2} MiB")
        return
    for name, operands in operations(data):
        known = OPERATORS.get(name)
        if known is None:
            _unknown(machine, name)
        elif known[0] >= 0 and len(operands) != known[0]:
            _ill_given(machine, name, len(operands), known)
        else:
            try:
                known[1](machine, operands)
            except (TypeError, ValueError, OverflowError, IndexError):
                machine.note(codes.SYNTAX, f"the operator {name} is given operands that it does not take")
    _end(machine)


def _ill_given(machine: Machine, name: str, given: int, known: tuple[int, Any]) -> None:
    """Say that an operator has the wrong number of operands; those that need none are done all the same."""
    machine.note(codes.SYNTAX, f"the operator {name} takes {known[0]} operands and is given {given}")
    if not known[0]:
        known[1](machine, [])


def _unknown(machine: Machine, name: str) -> None:
    if name == BAD:
        machine.note(codes.SYNTAX, "the stream holds bytes that are no operator and no operand")
    elif not machine.lenient:
        shown = name if len(name) <= 20 else f"{name[:20]}..."
        machine.note(codes.OPERATOR, f"there is no operator '{shown}'", key="operator")


def _end(machine: Machine) -> None:
    """Finish a stream: what was opened must be closed."""
    words.flush(machine)
    if machine.stack:
        machine.note(codes.UNBALANCED, f"{len(machine.stack)} q have no Q after them")
    if machine.in_text:
        machine.note(codes.UNBALANCED, "a BT has no ET after it")
    if machine.marked > 0:
        machine.note(codes.UNBALANCED, f"{machine.marked} BMC or BDC have no EMC after them", warning=True)


def page_sight(press: Press, data: bytes, resources: Any, object_: str | None, unit: float) -> Sight:
    """Return what a page draws."""
    press.unit, press.drawn = unit, 0
    machine = Machine(press, Resources(resources), object_, State())
    run(machine, data)
    return machine.sight


def draw_form(machine: Machine, thing: Any) -> None:
    """Draw a form; one that was drawn in the same place and state before is remembered."""
    index = thing.objgen
    if _too_deep(machine, thing, "form"):
        return
    press, state = machine.press, machine.state
    press.drawn += 1
    if press.drawn > FORMS:
        machine.skip("drawing", f"a page draws more than {FORMS} forms")
        return
    key = (index, *(round(one, 3) for one in (*state.ctm, *state.clip)), state.fill, state.stroke, state.width,
           state.over_fill, state.over_stroke, state.alpha, press.unit, machine.uncoloured)  # fmt: skip
    own = objects.entry(thing, "/Resources") is not None
    found = press.forms.get(key) if own else None  # one without looks different on each page
    if found is None:
        found = _form_sight(machine, thing, state)
        if len(press.forms) >= REMEMBERED:
            press.forms.pop(next(iter(press.forms)))
        press.forms[key] = found
    machine.sight.inner.append(found)


def _too_deep(machine: Machine, thing: Any, what: str) -> bool:
    """Whether a thing must not be followed: it draws itself, or too many things draw each other."""
    if thing.objgen in machine.above:
        machine.note(codes.RECURSION, f"the {what} {objects.number_of(thing)} draws itself")
        return True
    if len(machine.above) > objects.DEEPEST:
        machine.skip("drawing", f"more than {objects.DEEPEST} forms, patterns or letters are drawn in each other")
        return True
    return False


def _form_sight(machine: Machine, thing: Any, state: State) -> Sight:
    inside = state.copy()
    inside.ctm = times(drawing.form_matrix(thing), state.ctm)
    box = objects.numbers(objects.entry(thing, "/BBox"), 4)
    if box is not None:
        inside.clip = meet(inside.clip, boxed((box[0], box[1], box[2], box[3]), inside.ctm))
    child = Machine(
        machine.press, _resources(machine, thing), objects.number_of(thing), inside,
        above=(*machine.above, thing.objgen), uncoloured=machine.uncoloured,
    )  # fmt: skip
    _group(child, thing)
    _run_stream(child, thing)
    return child.sight


def _resources(machine: Machine, thing: Any) -> Resources:
    """Return a form's own resources; an old one without any uses those of the page."""
    own = objects.entry(thing, "/Resources")
    return machine.resources if own is None else Resources(own)


def _group(machine: Machine, thing: Any) -> None:
    group = objects.entry(thing, "/Group")
    if group is None:
        return
    blend(machine.press, objects.entry(group, "/CS"), machine.note, "a form's group")


def blend(press: Press, described: Any, say: Any, what: str) -> None:
    """Judge the space in which a group's colours are blended."""
    if described is None:
        return
    space = inks.space_of(press, described)
    if space.kind not in (press.intent, colours.GRAY) or (space.kind == colours.GRAY and press.intent != colours.GRAY):
        name = {colours.RGB: "RGB", colours.GRAY: "gray", colours.CMYK: "CMYK"}.get(space.kind, space.kind)
        say(codes.GROUP, f"{what} blends in {name}, and the output intent is {press.intent.upper()}")


def _run_stream(machine: Machine, thing: Any) -> None:
    data = objects.data(thing)
    if data is None:
        machine.skip("drawing", f"the stream {objects.number_of(thing)} cannot be unpacked")
    else:
        run(machine, data)


def draw_tile(machine: Machine, thing: Any, *, uncoloured: bool) -> None:
    """Look at a pattern's tile, once for each stream that uses it; where it lies is not followed."""
    if _too_deep(machine, thing, "pattern"):
        return
    key = ("tile", thing.objgen, uncoloured)
    found = machine.press.forms.get(key)
    if found is None:
        state = State(ctm=drawing.form_matrix(thing), clip=ANYWHERE)
        child = Machine(
            machine.press, _resources(machine, thing), objects.number_of(thing), state,
            above=(*machine.above, thing.objgen), uncoloured=uncoloured,
        )  # fmt: skip
        _run_stream(child, thing)
        found = machine.press.forms[key] = _unplaced(child.sight)
    machine.sight.inner.append(found)


def _unplaced(sight: Sight, without: tuple[str, ...] = ()) -> Sight:
    """Return what was noted in a sight and in the forms inside it, without where things lie."""
    every = list(sights(sight))
    notes = {note: None for one in every for note in one.notes if note.code not in without}
    skipped = {missed: None for one in every for missed in one.skipped}
    return Sight(notes, skipped=skipped, translucent=any(one.translucent for one in every))


def draw_letters(machine: Machine, thing: Any) -> None:
    """Look at the letters of a Type 3 font: little streams whose size is not known here."""
    if _too_deep(machine, thing, "font"):
        return
    letters = [one for _, one in objects.pairs(objects.entry(thing, "/CharProcs")) if objects.is_stream(one)]
    if len(letters) > LETTERS:
        machine.skip("letters of Type 3", f"a font has more than {LETTERS} of them")
    machine.skip("lines and pictures in letters of Type 3", "how large they are printed is not followed")
    for letter in letters[:LETTERS]:
        child = Machine(
            machine.press, _resources(machine, thing), objects.number_of(letter), State(ctm=UNMOVED),
            above=(*machine.above, thing.objgen), uncoloured=machine.uncoloured or _is_stencil(letter),
        )  # fmt: skip
        _run_stream(child, letter)
        unmeasured = (codes.HAIRLINE, codes.RESOLUTION, codes.SMALL_TYPE)
        machine.sight.inner.append(_unplaced(child.sight, unmeasured))


def _is_stencil(letter: Any) -> bool:
    """Whether a letter says first that it has no colours of its own (d1)."""
    name, _ = next(operations(objects.data(letter) or b""), ("", []))
    return name == "d1"
