"""Conditions: comparisons, tests and logic become questions about facts wherever they can be."""

from __future__ import annotations

import operator
from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeGuard

from jinja2 import nodes

from notegen.compose.paths import values as v
from notegen.compose.paths.atoms import Atom, more
from notegen.compose.paths.effects import Effects
from notegen.compose.paths.states import State
from notegen.compose.paths.walk import Pairs
from notegen.model.schema import Kind

Answers = list[tuple[State, bool]]

_OPERATORS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
    "in": lambda left, right: left in right,
    "notin": lambda left, right: left not in right,
}
_OPPOSITE: Final = {"ne": "eq", "notin": "in"}
_MIRRORED: Final = {"eq": "eq", "ne": "ne", "lt": "gt", "lteq": "gteq", "gt": "lt", "gteq": "lteq"}
_ORDERED: Final = frozenset(("lt", "lteq", "gt", "gteq"))
_EQUAL: Final = {"eq": "eq", "equalto": "eq", "==": "eq", "sameas": "eq", "ne": "ne", "!=": "ne", "in": "in"} | {
    name: name for name in _ORDERED
}
_PRESENT: Final = frozenset(
    "string number integer float boolean true false even odd divisibleby lower upper callable mapping".split()
)
"""Tests that are never true of a gap."""


class Conditions(Effects):
    """The part of a walk that answers yes or no."""

    __slots__ = ()

    @abstractmethod
    def value(self, node: nodes.Node, state: State) -> Pairs:
        """Return what an expression may come to, each with the state in which it does."""

    def test(self, node: nodes.Node, state: State, how: str = "") -> Answers:
        """Fork at whether an expression counts as true."""
        if isinstance(node, nodes.Not):
            return [(after, not yes) for after, yes in self.test(node.node, state, how)]
        if isinstance(node, (nodes.And, nodes.Or)):
            stop = isinstance(node, nodes.Or)
            return self._thinned(
                [
                    pair
                    for after, yes in self.test(node.left, state, how)
                    for pair in ([(after, yes)] if yes is stop else self.test(node.right, after, how))
                ]
            )
        return self._thinned(
            [pair for after, value in self.value(node, state) for pair in self.truth(after, value, node, how)]
        )

    def _thinned(self, answers: Answers) -> Answers:
        if len(answers) < 16:
            return answers
        return [(state, yes) for yes in (True, False) for state in self.fewer([s for s, one in answers if one is yes])]

    # -- comparisons

    def of_compare(self, node: nodes.Compare, state: State) -> Pairs:
        """Compare; a chain is as long as its first comparison that fails."""
        pairs: Pairs = []
        waiting = self.value(node.expr, state)
        for index, operand in enumerate(node.ops):
            last = index == len(node.ops) - 1
            going: Pairs = []
            for after, left in waiting:
                for there, right in self.value(operand.expr, after):
                    for known, found in self.compared(there, operand.op, left, right, node):
                        if last:
                            pairs.append((known, found))
                        else:
                            going += self._went_on(known, found, right, node, pairs)
            waiting = going
        return self.thinned(pairs)

    def _went_on(self, state: State, found: v.Value, right: v.Value, node: nodes.Node, done: Pairs) -> Pairs:
        answers = self.truth(state, found, node)
        done.extend((after, v.const(False)) for after, yes in answers if not yes)
        return [(after, right) for after, yes in answers if yes]

    def compared(self, state: State, name: str, left: v.Value, right: v.Value, node: nodes.Node) -> Pairs:
        """Return the answer to a comparison, or the question that it asks of the facts."""
        if isinstance(left, v.Choice) or isinstance(right, v.Choice):
            pairs = [(one, other) for one in _options(left) for other in _options(right)]
            return [pair for one, other in pairs for pair in self.compared(state, name, one, other, node)]
        if isinstance(left, v.Const) and isinstance(right, v.Const):
            return [(state, _folded(name, left.value, right.value))]
        if isinstance(left, (v.Const, v.Gone, v.Blank)) and name in _MIRRORED:
            left, right, name = right, left, _MIRRORED[name]
        if isinstance(left, v.Size) and isinstance(right, v.Const) and isinstance(right.value, int):
            return self._sized(state, left, name, right.value, node)
        if isinstance(left, v.Fact) and name in ("in", "notin") and _constants(right):
            return [(after, v.const(yes is (name == "in"))) for after, yes in self._among(state, left, right, node)]
        if name in _ORDERED:
            ready = [two for one in self.wanted(state, left, node) for two in self.wanted(one, right, node)]
            return [(one, _doubt(name, left, right)) for one in ready]
        return [(state, _doubt(name, left, right))]

    def _among(self, state: State, left: v.Fact, right: v.Several, node: nodes.Node) -> Answers:
        """Ask of one constant after the other whether it is the fact."""
        found: Answers = []
        waiting = [state]
        for item in right.items:
            answers = [pair for one in waiting for pair in self.truth(one, _doubt("eq", left, item), node)]
            found += [(one, True) for one, yes in answers if yes]
            waiting = [one for one, yes in answers if not yes]
        return found + [(one, False) for one in waiting]

    def _sized(self, state: State, size: v.Size, name: str, wanted: int, node: nodes.Node) -> Pairs:
        """Turn a question about a list's length into one or two about whether it has more items than so many."""
        if name in _ORDERED:
            return [(state, self._at_least(size, wanted + (name in ("gt", "lteq")), name in ("lt", "lteq")))]
        if name not in ("eq", "ne"):
            return [(state, v.UNKNOWN)]
        answers = self._is_size(state, size, wanted, node)
        return [(after, v.const(yes is (name == "eq"))) for after, yes in answers]

    def _is_size(self, state: State, size: v.Size, wanted: int, node: nodes.Node) -> Answers:
        enough = self.truth(state, self._at_least(size, wanted, False), node)
        return [
            pair
            for after, yes in enough
            for pair in (self.truth(after, self._at_least(size, wanted + 1, True), node) if yes else [(after, False)])
        ]

    def _at_least(self, size: v.Size, count: int, no: bool) -> v.Value:
        return v.const(not no) if count <= 0 else v.Doubt(more(size.path, size.start + count - 1), no)

    # -- tests

    def of_test(self, node: nodes.Test, state: State) -> Pairs:
        """Apply a test."""
        pairs: Pairs = []
        for after, subject in self.value(node.node, state):
            for there, args in self.arguments(node.args, after):
                for one in _options(subject):
                    pairs += self.tested(there, node.name, one, args, node)
        return self.thinned(pairs)

    def arguments(self, given: list[nodes.Expr], state: State) -> list[tuple[State, tuple[v.Value, ...]]]:
        """Return the values of several expressions, one after the other."""
        found: list[tuple[State, tuple[v.Value, ...]]] = [(state, ())]
        for node in given:
            found = [(there, (*args, value)) for after, args in found for there, value in self.value(node, after)]
        return found

    def tested(self, state: State, name: str, subject: v.Value, args: tuple[v.Value, ...], node: nodes.Node) -> Pairs:
        """Return the answer to a test, or the question that it asks of the facts."""
        if name in _EQUAL and len(args) == 1:
            return self.compared(state, _EQUAL[name], subject, args[0], node)
        return [(state, self._tested(name, subject, args))]

    def _tested(self, name: str, subject: v.Value, args: tuple[v.Value, ...]) -> v.Value:
        text = isinstance(subject, v.Fact) and self.kind(subject.path) is Kind.TEXT
        if name in ("defined", "undefined") or (name == "string" and text):
            return self._defined(subject, name == "undefined")
        if name == "none":
            return v.const(isinstance(subject, v.Const) and subject.value is None)
        if isinstance(subject, (v.Gone, v.Blank)) and name in _PRESENT:
            return v.const(False)
        said = [v.describe(one) for one in (subject, *args)]
        path = subject.path if isinstance(subject, v.Fact) and name in _PRESENT else ""
        return v.Doubt(Atom("said", path, 0, f"{', '.join(said)} is {name}")) if all(said) else v.UNKNOWN

    def _defined(self, subject: v.Value, no: bool) -> v.Value:
        if isinstance(subject, v.Fact):
            return v.Doubt(self.there(subject.path), no)
        if isinstance(subject, v.Opaque):
            return v.UNKNOWN
        return v.const(isinstance(subject, (v.Gone, v.Blank)) is no)


def _options(value: v.Value) -> tuple[v.Value, ...]:
    return value.options if isinstance(value, v.Choice) else (value,)


def _constants(value: v.Value) -> TypeGuard[v.Several]:
    return isinstance(value, v.Several) and all(isinstance(item, v.Const) for item in value.items)


def _folded(name: str, left: Any, right: Any) -> v.Value:
    """Compare two constants."""
    try:
        return v.const(bool(_OPERATORS[name](left, right)))
    except TypeError:
        return v.UNKNOWN


def _doubt(name: str, left: v.Value, right: v.Value) -> v.Value:
    """Return the question that a comparison asks; a gap equals nothing but a gap and is in nothing."""
    plain, no = _OPPOSITE.get(name, name), name in _OPPOSITE
    if isinstance(left, (v.Gone, v.Blank)) and isinstance(right, v.Const):
        return v.const(no)
    path = left.path if isinstance(left, v.Fact) else ""
    if path and plain == "eq" and isinstance(right, v.Const):
        return v.Doubt(Atom("is", path, 0, repr(right.value)), no)
    one, other = v.describe(left), v.describe(right)
    if not one or not other:
        return v.UNKNOWN
    needs = path if plain in _ORDERED or isinstance(right, v.Const) else ""
    if plain == "in" and isinstance(right, v.Fact):
        needs = right.path
    return v.Doubt(Atom("said", needs, 0, f"{one} {plain} {other}"), no)
