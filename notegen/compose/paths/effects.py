"""What happens with values: they count as true or not, are wanted, are counted, are printed; each may fork a state."""

from __future__ import annotations

from jinja2 import nodes

from notegen.compose.paths import values as v
from notegen.compose.paths.atoms import Atom, more
from notegen.compose.paths.states import Buffer, State
from notegen.compose.paths.walk import ENOUGH, Purpose, Walk
from notegen.model.facts import index_of
from notegen.model.schema import Kind

_UNPRINTABLE = frozenset((Kind.LIST, Kind.RECORD, Kind.FLAG))


class Effects(Walk):
    """The part of a walk that uses values."""

    __slots__ = ()

    def truth(self, state: State, value: v.Value, node: nodes.Node, how: str = "") -> list[tuple[State, bool]]:
        """Fork at whether a value counts as true."""
        atom, no = self._question(value)
        if atom is not None:
            return [(after, found is not no) for after, found in self.decide(state, atom, node, how)]
        if isinstance(value, v.Choice):
            return [pair for one in value.options for pair in self.truth(state, one, node, how)]
        if isinstance(value, v.Seq):
            some = self.decide(state, more(value.path, value.start), node, how)
            return [pair for after, yes in some for pair in (self.coin(after, node) if yes else [(after, False)])]
        full = _full(value)
        return self.coin(state, node) if full is None else [(state, full)]

    def _question(self, value: v.Value) -> tuple[Atom | None, bool]:
        """Return the question that decides whether a value counts as true, and whether its answer is turned round."""
        if isinstance(value, v.Fact):
            return self.true(value.path), False
        if isinstance(value, v.Doubt):
            return value.atom, value.no
        if isinstance(value, v.Size) or (isinstance(value, v.Seq) and value.sure):
            return more(value.path, value.start), False
        if isinstance(value, v.Opaque) and value.said:
            return Atom("said", "", 0, value.said), False
        return None, False

    def wanted(self, state: State, value: v.Value, node: nodes.Node) -> list[State]:
        """Return the states in which a value is no gap: with a gap there is no note."""
        if isinstance(value, v.Fact) or (isinstance(value, v.Seq) and value.raw):
            return self.wanted_fact(state, value.path, node)
        if isinstance(value, v.Choice):
            return [after for one in value.options for after in self.wanted(state, one, node)]
        return [] if isinstance(value, v.Gone) else [state]

    def wanted_fact(self, state: State, path: str, node: nodes.Node) -> list[State]:
        """Return the states in which a fact is there; one that nothing makes sure of is told."""
        atom = self.there(path)
        found = self.answered(state, atom)
        if self.purpose is Purpose.GUARD:
            if not found and self.tell is not None and not self._excused(state, path, atom):
                self.tell(path, self.frame.text, node)
            return [state]
        if found is None:
            return [self.assume(state, atom, True, node, "print")]
        return [state] if found else []

    def _excused(self, state: State, path: str, atom: Atom) -> bool:
        """Return whether a fact need not be guarded: the shop's, an item of a list, or nobody knows any more."""
        above, _, leaf = path.rpartition(".")
        if path.partition(".")[0] in ("shop", "today", "key"):
            return True
        if state.blurred and self.interest.times.get(atom, 0) > 1:
            return True
        index = index_of(leaf)
        return index is not None and bool(self.answered(state, more(above, index)))

    def lengths(
        self, state: State, seq: v.Seq, node: nodes.Node, how: str = "", most: int = 0
    ) -> list[tuple[State, int]]:
        """Fork at how many items a list has, as far as something depends on it; beyond, as if there were no more."""
        found: list[tuple[State, int]] = []
        end = min(max(most, self.reach, seq.start + 1), seq.stop) if seq.sure else seq.start + 1
        waiting = [state]
        for index in range(seq.start, end):
            answers = [pair for one in waiting for pair in self.decide(one, more(seq.path, index), node, how)]
            found += [(one, index - seq.start) for one, yes in answers if not yes]
            waiting = [one for one, yes in answers if yes]
        return found + [(one, max(end - seq.start, 0)) for one in waiting]

    def printing(self, state: State, value: v.Value, node: nodes.Node) -> list[State]:
        """Return the states after a value was printed; none where it cannot be."""
        if isinstance(value, v.Fact):
            return self._printing_fact(state, value.path, node)
        if isinstance(value, v.Choice):
            return [done for one in value.options for done in self.printing(state, one, node)]
        if isinstance(value, v.Const):
            silent = value.value is None or isinstance(value.value, bool)
            return [] if silent else self.put(state, v.NO_FACTS, bool(str(value.value)))
        if isinstance(value, v.Words):
            return self.put(state, value.facts, value.full)
        if isinstance(value, v.Blank):
            return [state]
        return self._printing_unknown(state, value)

    def _printing_fact(self, state: State, path: str, node: nodes.Node) -> list[State]:
        if self.kind(path) in _UNPRINTABLE:
            return []
        ready = self.wanted_fact(state, path, node)
        return [done for one in ready for done in self.put(one, self.facts(path), True)]

    def _printing_unknown(self, state: State, value: v.Value) -> list[State]:
        """Print what may be words; of a list, that is so when it is the slice of what may be text."""
        if isinstance(value, v.Size):
            return self.put(state, v.NO_FACTS, True)
        unknown = isinstance(value, v.Opaque) or (isinstance(value, v.Seq) and self.kind(value.path) is Kind.ANY)
        return self.put(state, v.NO_FACTS, None) if unknown else []

    def put(self, state: State, facts: frozenset[str], full: bool | None) -> list[State]:
        """Return the state after words were printed; none when it has printed enough."""
        after = state.printing(facts, full)
        if after is state or not facts:
            return [after]
        if self.weight(after.out[-1].facts) < self.most:
            return [after]
        if len(after.out) == 1:
            return []
        return [after._replace(out=(*after.out[:-1], Buffer(ENOUGH, after.out[-1].full)))]

    def words(self, facts: frozenset[str], full: bool | None = None) -> v.Words:
        """Return words that were made from facts."""
        return v.Words(self.enough(facts), full)


def _full(value: v.Value) -> bool | None:
    """Return whether a value counts as true, if it itself says so."""
    if isinstance(value, v.Const):
        return bool(value.value)
    if isinstance(value, v.Words):
        return value.full
    if isinstance(value, v.Several):
        return bool(value.items)
    if isinstance(value, (v.Gone, v.Blank)):
        return False
    return None if isinstance(value, v.Opaque) else True
