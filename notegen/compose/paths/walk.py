"""The ground of a walk through a template: questions, gaps, truth and printing, each of which may fork a state.

A template is walked three times. The first walk remembers nothing and only counts the questions, so that the others
need not keep answers that nobody asks for again. The second ignores what is printed and finds facts that no condition
guards. The third weighs what is printed and drops every way that has enough.
"""

from __future__ import annotations

from collections.abc import Callable as Function
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

from jinja2 import nodes

from notegen.compose.codegen import Text
from notegen.compose.paths import values as v
from notegen.compose.paths.atoms import Atom, Base, Interest, Questions, more, settled, there
from notegen.compose.paths.states import ALTERNATIVES, Buffer, Decision, State, Variables, fewer
from notegen.compose.render import Compiled
from notegen.model.facts import index_of
from notegen.model.schema import Kind, Schema

Pairs = list[tuple[State, v.Value]]
Told = Function[[str, Text, nodes.Node], None]

STEPS: Final = 16_000
"""Expressions and statements, times states, that one walk looks at; it then ends with what is certain so far."""

_PATIENCE: Final = ((5_000, ALTERNATIVES), (7_000, 24), (9_000, 8))
"""Up to so many steps, so many states are kept apart; beyond, one."""

CALLS: Final = 16
"""Macros within macros that are followed; one that calls itself is followed once more."""

ENOUGH: Final = frozenset(("*",))
"""Stands for any facts that weigh enough together."""

_CONTAINERS: Final = frozenset((Kind.LIST, Kind.RECORD, Kind.ANY))
_COUNTED: Final = frozenset((Kind.NUMBER, Kind.FLAG))


CHANCE: Final = Atom("said", "")
"""A question that cannot be put in words, so that two of them are never the same."""


class Purpose(Enum):
    """What a walk is for."""

    COUNT = "counting questions"
    GUARD = "finding facts without a guard"
    WEIGH = "weighing what is printed"


class GaveUp(Exception):
    """The template is too tangled to be followed to its end."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the walk is: a text, the scopes that are visible, innermost first, and the render it belongs to.

    `facts` is whether facts are visible. `run` is the number of the file that is rendered, whose blocks may be
    replaced. In a `silent` place nothing is printed, as at the top of a template that extends another.
    """

    text: Text
    scopes: tuple[int, ...]
    facts: bool
    run: int
    block: v.BlockRef | None = None
    silent: bool = False


@dataclass(slots=True)
class Walk:
    """What is shared by all that happens in one walk."""

    made: Compiled
    schema: Schema
    base: Base
    interest: Interest
    questions: Questions
    purpose: Purpose
    most: int = 2
    reach: int = 1
    tell: Told | None = None
    frame: Frame = field(init=False)
    epoch: int = 0
    frozen: int = 0
    depth: int = 0
    steps: int = 0
    numbers: int = 0
    cuts: int = 0
    stable: list[State] = field(default_factory=list)
    calls: list[int] = field(default_factory=list)
    printed: set[str] = field(default_factory=set)
    asked: set[Atom] = field(default_factory=set)
    methods: dict[type, Any] = field(default_factory=dict)
    _kinds: dict[str, Kind] = field(default_factory=dict)
    _weights: dict[str, int] = field(default_factory=dict)
    _there: dict[str, Atom] = field(default_factory=dict)
    _settled: dict[Atom, bool | None] = field(default_factory=dict)
    _changes: dict[tuple[int, tuple[int, str], v.Value], tuple[Variables, Variables]] = field(default_factory=dict)
    _codes: dict[int, tuple[Variables, int]] = field(default_factory=dict)
    _known_variables: dict[int, list[Variables]] = field(default_factory=dict)

    # -- the schema

    def kind(self, path: str) -> Kind:
        """Return the kind of a fact."""
        if path not in self._kinds:
            found = self.schema.lookup(path)
            self._kinds[path] = found.kind if found else Kind.ANY
        return self._kinds[path]

    def weight(self, facts: Iterable[str]) -> int:
        """Return how much facts say about one person."""
        total = 0
        for path in facts:
            if path not in self._weights:
                found = self.schema.lookup(path)
                self._weights[path] = self.most if path in ENOUGH else found.weight if found else 0
            total += self._weights[path]
        return total

    def facts(self, *paths: str) -> frozenset[str]:
        """Return those of some facts that count."""
        self.printed.update(paths)
        if self.purpose is not Purpose.WEIGH:
            return v.NO_FACTS
        return frozenset(path for path in paths if self.weight((path,)) > 0)

    def enough(self, facts: frozenset[str]) -> frozenset[str]:
        """Return facts, or what stands for any that are enough: which ones they are does not matter any more."""
        return ENOUGH if facts and self.weight(facts) >= self.most else facts

    # -- questions

    def there(self, path: str) -> Atom:
        """Return the question whether a fact is there, or one with the same answer."""
        found = self._there.get(path)
        if found is None:
            above, _, leaf = path.rpartition(".")
            index = index_of(leaf)
            known = self.schema.lookup(path)
            found = there(path)
            if known is not None and known.required and above:
                found = self.there(above)
            elif index is not None and (self.kind(path) is Kind.RECORD or self.purpose is Purpose.GUARD):
                # An item that is there and blank is the customer's file's fault, and nobody guards against it.
                found = more(above, index)
            self._there[path] = found
        return found

    def true(self, path: str) -> Atom:
        """Return the question whether a fact counts as true."""
        kind = self.kind(path)
        if kind in _CONTAINERS:
            return more(path)
        return Atom("true", path) if kind in _COUNTED else self.there(path)

    def settled(self, atom: Atom) -> bool | None:
        """Return the answer that schema and front matter give."""
        if atom not in self._settled:
            self._settled[atom] = settled(self.base, atom)
        return self._settled[atom]

    def answered(self, state: State, atom: Atom) -> bool | None:
        """Return what is known about a question; it is counted, unless it is settled for good."""
        found = self.settled(atom)
        if found is not None:
            return found
        if self.purpose is Purpose.COUNT:
            self.interest.ask(atom, self.epoch)
            self.asked.add(atom)
        return self.questions.answer(state.known, self.questions.number(atom))

    def decide(self, state: State, atom: Atom, node: nodes.Node, how: str = "") -> list[tuple[State, bool]]:
        """Fork at a question, unless its answer is known."""
        found = self.answered(state, atom)
        if found is not None:
            return [(state, found)]
        if self.purpose is Purpose.COUNT:
            return [(state, True), (state, False)]
        return [(self.assume(state, atom, value, node, how), value) for value in (True, False)]

    def assume(self, state: State, atom: Atom, value: bool, node: nodes.Node, how: str = "") -> State:
        """Return a state in which a question is answered; it is remembered only if somebody asks again."""
        if self.purpose is Purpose.COUNT:
            return state
        number = self.questions.number(atom)
        known = state.known
        if self.interest.until(atom) >= self.epoch:
            known = known.and_also(number, value)
        trail = Decision(state.trail, atom, number, value, self.frame.text, node, how)
        return State(known, state.variables, state.out, trail, state.blurred)

    def coin(self, state: State, node: nodes.Node) -> list[tuple[State, bool]]:
        """Fork where nothing is known and nothing can be remembered."""
        if self.purpose is Purpose.COUNT:
            return [(state, True), (state, False)]
        both = []
        for value in (True, False):
            trail = Decision(state.trail, CHANCE, -1, value, self.frame.text, node, "")
            both.append((State(state.known, state.variables, state.out, trail, state.blurred), value))
        return both

    # -- captured text, scopes, limits

    def captured(self, states: Iterable[State]) -> list[State]:
        """Return states that print to a new place."""
        return [state._replace(out=(*state.out, Buffer())) for state in states]

    def released(self, states: Iterable[State]) -> Pairs:
        """Return states that print to where they did before, each with the words that it has captured."""
        return [
            (state._replace(out=state.out[:-1]), v.Words(state.out[-1].facts, state.out[-1].full)) for state in states
        ]

    def scope(self) -> int:
        """Return the number of a new scope."""
        self.numbers += 1
        return self.numbers

    def with_variable(self, state: State, name: str, value: v.Value, scope: int | None = None) -> State:
        """Return a state in which a variable has a value, in the innermost scope if no other is given."""
        before = state.variables
        key = (self.frame.scopes[0] if scope is None else scope, name)
        change = (id(before), key, value)
        if change not in self._changes:
            code = self._code(before) ^ hash((key, value)) ^ (hash((key, before[key])) if key in before else 0)
            self._changes[change] = before, self._interned({**before, key: value}, code)
        after = self._changes[change][1]
        return State(state.known, after, state.out, state.trail, state.blurred)

    def without(self, states: Iterable[State], scope: int) -> list[State]:
        """Return states without the variables of a scope that was left."""
        left = []
        for state in states:
            inside = [key for key in state.variables if key[0] == scope]
            if not inside:
                left.append(state)
                continue
            before, code = state.variables, self._code(state.variables)
            for key in inside:
                code ^= hash((key, before[key]))
            rest = self._interned({key: value for key, value in before.items() if key[0] != scope}, code)
            left.append(State(state.known, rest, state.out, state.trail, state.blurred))
        return left

    def _code(self, variables: Variables) -> int:
        """Return a number that is the same for variables that hold the same."""
        seen = self._codes.get(id(variables))
        if seen is None:
            code = 0
            for item in variables.items():
                code ^= hash(item)
            seen = self._codes[id(variables)] = variables, code
        return seen[1]

    def _interned(self, variables: Variables, code: int) -> Variables:
        """Return the one mapping that holds what another does, so that they can be compared by which they are."""
        same = self._known_variables.setdefault(code, [])
        for one in same:
            if one == variables:
                return one
        same.append(variables)
        self._codes[id(variables)] = variables, code
        return variables

    def alternatives(self) -> int:
        """Return how many states are kept apart: fewer and fewer when a walk takes long."""
        if self.purpose is Purpose.COUNT:
            return 1
        return next((count for steps, count in _PATIENCE if self.steps < steps), 1)

    def fewer(self, states: list[State]) -> list[State]:
        """Return states without those that do not matter."""
        if len(states) < 2:
            return states
        self.steps += len(states) // 4
        return fewer(states, self.alternatives())

    def thinned(self, pairs: Pairs) -> Pairs:
        """Return states with values, without those that do not matter; of too many values it is forgotten whose."""
        most = ALTERNATIVES if self.purpose is Purpose.COUNT else self.alternatives()
        if len(pairs) <= min(most, 16):
            return pairs
        self.steps += len(pairs) // 4
        groups: dict[v.Value, list[State]] = {}
        for state, value in pairs:
            groups.setdefault(value, []).append(state)
        left = [(state, value) for value, states in groups.items() for state in self.fewer(states)]
        if len(left) <= most:
            return left
        any_value = v.choice(groups)
        return [(state._replace(blurred=True), any_value) for state in fewer([state for state, _ in left], 1)]

    def step(self) -> None:
        """Count a step, or give up."""
        self.steps += 1
        if self.steps > STEPS:
            raise GaveUp

    @contextmanager
    def within(self, frame: Frame) -> Iterator[None]:
        """Walk in another frame for a while."""
        before, self.frame = self.frame, frame
        yield
        self.frame = before

    @contextmanager
    def still(self) -> Iterator[None]:
        """Walk without counting statements: what happens here, happens for one state at a time."""
        self.frozen += 1
        yield
        self.frozen -= 1
