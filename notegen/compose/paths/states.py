"""States: what is taken for granted, what variables hold, which facts were printed, and how one got there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from jinja2 import nodes

from notegen.compose.codegen import Text
from notegen.compose.paths.atoms import NOTHING, Atom, Known, Questions
from notegen.compose.paths.values import GONE, NO_FACTS, Value, choice

Variables: TypeAlias = "Mapping[tuple[int, str], Value]"

ALTERNATIVES: Final = 64
"""States of different assumptions that are kept apart; beyond, what they assume is forgotten."""

FACT_SETS: Final = 200
"""States of different facts that are kept apart; beyond, only the facts that all have printed are kept."""

_CROWD: Final = 8
"""States up to which looking for pairs that can be made one does not pay."""


class Decision(NamedTuple):
    """A question that was answered on the way, where, and what for: a condition, a loop, or because of a print."""

    before: Trail
    atom: Atom
    number: int
    value: bool
    text: Text | None
    node: nodes.Node | None
    how: str


class Either(NamedTuple):
    """Two ways that differ in the answer to one question, and in nothing that matters since."""

    number: int
    yes: Trail
    no: Trail


Trail: TypeAlias = "Decision | Either | None"


class Buffer(NamedTuple):
    """What was printed to one place: specific facts, and whether there is any text (None when that is not known)."""

    facts: frozenset[str] = NO_FACTS
    full: bool | None = False


class State(NamedTuple):
    """One way to a place in a template. `out` is what was printed, the innermost captured text last."""

    known: Known
    variables: Variables
    out: tuple[Buffer, ...] = (Buffer(),)
    trail: Trail = None
    blurred: bool = False

    def printing(self, facts: frozenset[str], full: bool | None) -> State:
        """Return the state after something was printed."""
        last = self.out[-1]
        if facts <= last.facts and (last.full or full is False):
            return self
        made = Buffer(last.facts | facts, either(last.full, full))
        return State(self.known, self.variables, (*self.out[:-1], made), self.trail, self.blurred)


def either(one: bool | None, other: bool | None) -> bool | None:
    """Return whether one of two things is so, None when that is not known."""
    if one or other:
        return True
    return None if one is None or other is None else False


def decisions(trail: Trail, questions: Questions) -> list[Decision]:
    """Return the decisions of a way, in order; where it was one of two ways, the one that fits what came after."""
    found: list[Decision] = []
    later = NOTHING
    while trail is not None:
        if isinstance(trail, Either):
            trail = trail.no if questions.answer(later, trail.number) is False else trail.yes
            continue
        known = trail.number >= 0 and (later.yes | later.no) >> trail.number & 1
        if not known:
            found.append(trail)
        if not known and trail.number >= 0:
            later = later.and_also(trail.number, trail.value)
        trail = trail.before
    return found[::-1]


def fewer(states: list[State], alternatives: int = ALTERNATIVES) -> list[State]:
    """Return states that say the same about the least facts: without those that another one answers for."""
    if len(states) < 2:
        return states
    kept = _least(states)
    if len(kept) > min(alternatives, _CROWD):
        kept = _least(_paired(kept))
    if len(kept) > alternatives and len({_assumed(state) for state in kept}) > alternatives:
        kept = _least(_forgotten(kept))
    return kept if len(kept) <= FACT_SETS else [_common(kept)]


def _assumed(state: State) -> tuple[object, ...]:
    if len(state.out) == 1:
        return state.known, id(state.variables), state.out[0].full
    return state.known, id(state.variables), *(buffer.full for buffer in state.out)


def _least(states: list[State]) -> list[State]:
    """Keep, among states that assume the same, those of which no other has printed less."""
    groups: dict[tuple[object, ...], list[State]] = {}
    for state in states:
        groups.setdefault(_assumed(state), []).append(state)
    if len(groups) == len(states):
        return states
    return [state for group in groups.values() for state in (group if len(group) == 1 else _antichain(group))]


def _antichain(group: list[State]) -> list[State]:
    same: dict[tuple[Buffer, ...], list[State]] = {}
    for state in group:
        same.setdefault(state.out, []).append(state)
    kept: list[State] = []
    for state in sorted(map(_simplest, same.values()), key=_printed):
        if not any(_within(other, state) for other in kept):
            kept.append(state)
    return kept


def _simplest(same: list[State]) -> State:
    """Return one state for several that differ in how one got there alone: what was decided both ways is left out."""
    first = min(same, key=_printed)
    if len(same) == 1:
        return first
    waiting = [state.trail for state in same]
    seen: dict[tuple[int, int], bool] = {}
    while waiting:
        trail = waiting.pop()
        if not isinstance(trail, Decision):
            continue
        if seen.setdefault((id(trail.before), trail.number), trail.value) is not trail.value:
            first = State(first.known, first.variables, first.out, trail.before, first.blurred)
            waiting.append(trail.before)
    return first


def _printed(state: State) -> tuple[int, bool]:
    return sum(len(buffer.facts) for buffer in state.out), state.blurred


def _within(one: State, other: State) -> bool:
    return all(mine.facts <= theirs.facts for mine, theirs in zip(one.out, other.out, strict=True))


def _paired(states: list[State]) -> list[State]:
    """Make one state of two that differ in the answer to one question alone, until there are none."""
    groups: dict[tuple[object, ...], dict[Known, State]] = {}
    for state in states:
        groups.setdefault((id(state.variables), state.out), {})[state.known] = state
    return [state for group in groups.values() for state in _merged_all(group)]


def _merged_all(group: dict[Known, State]) -> Iterable[State]:
    """Merge the states of a group, which differ in what they assume alone."""
    waiting = list(group.values()) if len(group) > 1 else []
    while waiting:
        state = waiting.pop()
        if group.get(state.known) is not state:
            continue
        for bit in _bits(state.known.yes | state.known.no):
            turned = Known(state.known.yes ^ bit, state.known.no ^ bit)
            other = group.get(turned)
            if other is not None:
                del group[state.known], group[turned]
                made = _merged(bit, state, other)
                if made.known not in group:
                    group[made.known] = made
                    waiting.append(made)
                break
    return group.values()


def _bits(mask: int) -> Iterator[int]:
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit


def _merged(bit: int, one: State, other: State) -> State:
    yes, no = (one, other) if one.known.yes & bit else (other, one)
    trail = Either(bit.bit_length() - 1, yes.trail, no.trail)
    return State(one.known.but(bit), one.variables, one.out, trail, one.blurred or other.blurred)


def _forgotten(states: list[State]) -> list[State]:
    """Forget whatever the states do not all assume: sound, since more paths seem possible than are."""
    yes = no = -1
    for state in states:
        yes, no = yes & state.known.yes, no & state.known.no
    variables = joined([state.variables for state in states])
    return [State(Known(yes, no), variables, state.out, state.trail, True) for state in states]


def joined(all_variables: list[Variables]) -> Variables:
    """Return variables that hold what any of several hold."""
    distinct = list({id(one): one for one in all_variables}.values())
    if len(distinct) == 1:
        return distinct[0]
    names = sorted({name for one in distinct for name in one})
    return {name: _joined([one.get(name, GONE) for one in distinct]) for name in names}


def _joined(values: list[Value]) -> Value:
    first = values[0]
    return first if all(value is first for value in values) else choice(values)


def _common(states: list[State]) -> State:
    """Return one state that has printed no more than each of several."""
    (made, *rest) = _forgotten(states)
    for other in rest:
        out = tuple(
            Buffer(mine.facts & theirs.facts, mine.full if mine.full == theirs.full else None)
            for mine, theirs in zip(made.out, other.out, strict=True)
        )
        made = State(made.known, made.variables, out, made.trail, True)
    return made
