"""States: what is taken for granted, what variables hold, which facts were printed, and how one got there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from jinja2 import nodes

from notegen.compose.codegen import Text
from notegen.compose.paths.atoms import Atom, Known
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
    value: bool
    text: Text | None
    node: nodes.Node | None
    how: str


class Either(NamedTuple):
    """Two ways that differ in the answer to one question, and in nothing that matters since."""

    atom: Atom
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


def decisions(trail: Trail) -> list[Decision]:
    """Return the decisions of a way, in order; where it was one of two ways, the one that fits what came after."""
    found: list[Decision] = []
    later: dict[Atom, bool] = {}
    while trail is not None:
        if isinstance(trail, Either):
            trail = trail.yes if later.get(trail.atom, True) else trail.no
            continue
        if trail.atom not in later:
            found.append(trail)
            later[trail.atom] = trail.value
        trail = trail.before
    return found[::-1]


def fewer(states: Iterable[State], alternatives: int = ALTERNATIVES) -> list[State]:
    """Return states that say the same about the least facts: without those that another one answers for."""
    kept = list(states)
    if len(kept) < 2:
        return kept
    kept = _least(kept)
    if len(kept) > min(alternatives, _CROWD):
        kept = _least(_paired(kept))
    if len({_assumed(state) for state in kept}) > alternatives:
        kept = _least(_forgotten(kept))
    return kept if len(kept) <= FACT_SETS else [_common(kept)]


def _assumed(state: State) -> tuple[object, ...]:
    return frozenset(state.known.items()), id(state.variables), tuple(buffer.full for buffer in state.out)


def _least(states: list[State]) -> list[State]:
    """Keep, among states that assume the same, those of which no other has printed less."""
    groups: dict[tuple[object, ...], list[State]] = {}
    for state in states:
        groups.setdefault(_assumed(state), []).append(state)
    return [state for group in groups.values() for state in (group if len(group) == 1 else _antichain(group))]


def _antichain(group: list[State]) -> list[State]:
    kept: list[State] = []
    for state in sorted(group, key=lambda one: sum(len(buffer.facts) for buffer in one.out)):
        if not any(_within(other, state) for other in kept):
            kept.append(state)
    return kept


def _within(one: State, other: State) -> bool:
    return all(mine.facts <= theirs.facts for mine, theirs in zip(one.out, other.out, strict=True))


def _paired(states: list[State]) -> list[State]:
    """Make one state of two that differ in the answer to one question alone, until there are none."""
    again = True
    while again:
        again = False
        made: dict[tuple[object, ...], tuple[Atom, State]] = {}
        gone: set[int] = set()
        merged: list[State] = []
        for state in states:
            found = next(_partners(state, made, gone), None)
            if found is None:
                made.update({key: (atom, state) for atom, key in _keys(state)})
                continue
            atom, other = found
            gone |= {id(state), id(other)}
            merged.append(_merged(atom, state, other))
            again = True
        states = [*(state for state in states if id(state) not in gone), *merged]
    return states


def _keys(state: State) -> Iterator[tuple[Atom, tuple[object, ...]]]:
    facts = (id(state.variables), state.out)
    items = frozenset(state.known.items())
    for atom, value in state.known.items():
        yield atom, (items - {(atom, value)}, atom, facts)


def _partners(
    state: State, made: Mapping[tuple[object, ...], tuple[Atom, State]], gone: set[int]
) -> Iterator[tuple[Atom, State]]:
    for atom, key in _keys(state):
        other = made.get(key)
        if other is not None and id(other[1]) not in gone and other[1].known[atom] != state.known[atom]:
            yield atom, other[1]


def _merged(atom: Atom, one: State, other: State) -> State:
    yes, no = (one, other) if one.known[atom] else (other, one)
    known = {asked: value for asked, value in one.known.items() if asked != atom}
    return one._replace(known=known, trail=Either(atom, yes.trail, no.trail), blurred=one.blurred or other.blurred)


def _forgotten(states: list[State]) -> list[State]:
    """Forget whatever the states do not all assume: sound, since more paths seem possible than are."""
    common = dict(set.intersection(*({*state.known.items()} for state in states)))
    variables = joined([state.variables for state in states])
    return [State(common, variables, state.out, state.trail, True) for state in states]


def joined(all_variables: list[Variables]) -> Variables:
    """Return variables that hold what any of several hold."""
    distinct = list({id(one): one for one in all_variables}.values())
    if len(distinct) == 1:
        return distinct[0]
    names = sorted({name for one in distinct for name in one})
    return {name: choice(one.get(name, GONE) for one in distinct) for name in names}


def _common(states: list[State]) -> State:
    """Return one state that has printed no more than each of several."""
    (made, *rest) = _forgotten(states)
    for other in rest:
        out = tuple(
            Buffer(mine.facts & theirs.facts, mine.full if mine.full == theirs.full else None)
            for mine, theirs in zip(made.out, other.out, strict=True)
        )
        made = made._replace(out=out)
    return made


__all__ = [
    "ALTERNATIVES",
    "Buffer",
    "Decision",
    "Either",
    "State",
    "Trail",
    "Variables",
    "decisions",
    "either",
    "fewer",
    "joined",
]
