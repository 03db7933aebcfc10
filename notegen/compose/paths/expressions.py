"""Expressions: what each may come to, in which states, and with which facts in its words."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace

from jinja2 import nodes

from notegen.compose.paths import functions as f
from notegen.compose.paths import values as v
from notegen.compose.paths.conditions import Conditions
from notegen.compose.paths.states import State, either
from notegen.compose.paths.walk import Pairs
from notegen.compose.values import SCALARS
from notegen.model.schema import Kind

_BUILTINS = frozenset(("range", "dict", "namespace", "joiner"))


class Expressions(Conditions):
    """The part of a walk that works out values."""

    __slots__ = ()

    @abstractmethod
    def of_call(self, node: nodes.Call, state: State) -> Pairs:
        """Call a macro, a method, a block."""

    def value(self, node: nodes.Node, state: State) -> Pairs:
        """Return what an expression may come to, each with the state in which it does."""
        self.step()
        method = self.methods.get(type(node))
        if method is None:
            method = self.methods[type(node)] = getattr(self, f"of_{type(node).__name__.lower()}", self.of_other)
        found: Pairs = method(node, state)
        return found

    def of_other(self, node: nodes.Node, state: State) -> Pairs:
        """Go through whatever is in an expression of which nothing else is known."""
        states = [state]
        for child in node.iter_child_nodes():
            states = [after for one in states for after, _ in self.value(child, one)]
        return [(one, v.UNKNOWN) for one in self.fewer(states)]

    # -- names and parts

    def of_const(self, node: nodes.Const, state: State) -> Pairs:
        """Return a constant."""
        return [(state, v.const(node.value))]

    def of_name(self, node: nodes.Name, state: State) -> Pairs:
        """Look a variable up in the scopes, then among the facts."""
        for scope in self.frame.scopes:
            found = state.variables.get((scope, node.name))
            if found is not None:
                return [(state, found)]
        return [(state, self._unset(node.name))]

    def _unset(self, name: str) -> v.Value:
        if self.frame.facts and self.schema.lookup(name) is not None:
            return v.Fact(name)
        if name in ("super", "self"):
            block = self.frame.block or v.BlockRef(self.frame.run, "", 0)
            return v.BlockRef(block.run, block.name, block.level + 1) if name == "super" else v.BlockRef(-1, "", 0)
        if name in _BUILTINS:
            return v.Builtin(name)
        return v.GONE if name in self.made.traced.names and name not in ("varargs", "kwargs") else v.UNKNOWN

    def of_getattr(self, node: nodes.Getattr, state: State) -> Pairs:
        """Take a step to a named part."""
        return [(after, self.part(after, base, node.attr)) for after, base in self.value(node.node, state)]

    def of_getitem(self, node: nodes.Getitem, state: State) -> Pairs:
        """Take a step by key, index or slice."""
        if isinstance(node.arg, nodes.Slice):
            bounds = _bounds(node.arg)
            return [(after, self.sliced(base, *bounds)) for after, base in self.value(node.node, state)]
        return [
            pair
            for after, base in self.value(node.node, state)
            for there, key in self.value(node.arg, after)
            for pair in self.item(there, base, key, node)
        ]

    def item(self, state: State, base: v.Value, key: v.Value, node: nodes.Node) -> Pairs:
        """Return the item of a list at an index, or the part of a record at a key."""
        if not isinstance(key, v.Const):
            return [(state, v.UNKNOWN)]
        if isinstance(key.value, str):
            return [(state, self.part(state, base, key.value))]
        if not isinstance(key.value, int) or isinstance(key.value, bool):
            return [(state, v.UNKNOWN)]
        seq = self.seq(base)
        if seq is not None and seq.sure and seq.ordered and key.value < 0:
            return self.from_end(state, seq, -key.value, node)
        return [(state, self.numbered(base, key.value))]

    def seq(self, value: v.Value) -> v.Seq | None:
        """Return the items of a value, when it is a list of facts."""
        if isinstance(value, v.Fact) and self.kind(value.path) in (Kind.LIST, Kind.ANY):
            return v.Seq(value.path)
        return value if isinstance(value, v.Seq) else None

    def from_end(self, state: State, seq: v.Seq, back: int, node: nodes.Node) -> Pairs:
        """Return an item counted from the end of a list."""
        return [
            (after, self.turn(seq, seq.start + max(count - back, 0))) for after, count in self.lengths(state, seq, node)
        ]

    def numbered(self, base: v.Value, index: int) -> v.Value:
        """Return the item of a list at an index."""
        seq = self.seq(base)
        if seq is not None and seq.sure and seq.ordered and index >= 0:
            return self.turn(seq, seq.start + index)
        if isinstance(base, v.Several):
            return base.items[index] if -len(base.items) <= index < len(base.items) else v.GONE
        return v.Words(base.facts) if isinstance(base, v.Words) else v.UNKNOWN

    def turn(self, seq: v.Seq, index: int) -> v.Value:
        """Return one item of a list of facts, or its part."""
        path = f"{seq.path}.{index}{seq.part}"
        return v.Fact(path) if seq.keeps else v.UNKNOWN

    def sliced(self, base: v.Value, start: int, stop: int, sure: bool) -> v.Value:
        """Return the items of a list from an index on and before another."""
        if isinstance(base, v.Fact) and self.kind(base.path) in (Kind.LIST, Kind.ANY):
            base = v.Seq(base.path)
        if isinstance(base, v.Seq):
            whole = sure and base.sure
            return replace(base, start=base.start + start, stop=min(base.stop, base.start + stop), sure=whole)
        if isinstance(base, v.Several) and sure:
            return v.Several(base.items[start:stop])
        if isinstance(base, v.Fact):
            return self.words(self.facts(base.path))
        return v.Words(base.facts) if isinstance(base, v.Words) else v.UNKNOWN

    def part(self, state: State, base: v.Value, name: str) -> v.Value:
        """Return a named part of a value: a fact under a fact, a method."""
        if isinstance(base, v.Fact):
            return self._part_of_fact(base, name)
        if isinstance(base, v.Module):
            return state.variables.get((base.scope, name), v.GONE)
        if isinstance(base, v.BlockRef):
            own = base.run < 0
            return v.BlockRef(self.frame.run, name, 0) if own else replace(base, level=base.level + 1)
        if isinstance(base, v.Choice):
            return v.choice(self.part(state, one, name) for one in base.options)
        if isinstance(base, (v.Gone, v.Opaque)):
            return base if isinstance(base, v.Gone) else v.UNKNOWN
        return _loop_part(base, name) if isinstance(base, v.Loop) else v.Method(base, name)

    def _part_of_fact(self, base: v.Fact, name: str) -> v.Value:
        path = f"{base.path}.{name}"
        if self.schema.lookup(path) is not None:
            return v.Fact(path)
        if self.kind(base.path) is Kind.DATE and name in f.DATE_PARTS:
            return self.words(self.facts(base.path))
        return v.Method(base, name) if any(hasattr(kind, name) for kind in (*SCALARS, dict)) else v.UNKNOWN

    # -- operators

    def of_condexpr(self, node: nodes.CondExpr, state: State) -> Pairs:
        """Return one of two values; without an `else`, the other is blank."""
        pairs: Pairs = []
        for after, yes in self.test(node.test, state):
            taken = node.expr1 if yes else node.expr2
            pairs += self.value(taken, after) if taken is not None else [(after, v.BLANK)]
        return self.thinned(pairs)

    def of_or(self, node: nodes.Or, state: State) -> Pairs:
        """Return the first value if it counts as true, or else the second."""
        return self._either(node, state, True)

    def of_and(self, node: nodes.And, state: State) -> Pairs:
        """Return the first value if it counts as false, or else the second."""
        return self._either(node, state, False)

    def _either(self, node: nodes.Or | nodes.And, state: State, stop: bool) -> Pairs:
        pairs: Pairs = []
        for after, left in self.value(node.left, state):
            for there, yes in self.truth(after, left, node.left, "or"):
                pairs += [(there, _surely(left, yes))] if yes is stop else self.value(node.right, there)
        return self.thinned(pairs)

    def of_not(self, node: nodes.Not, state: State) -> Pairs:
        """Return yes or no."""
        return [(after, v.const(yes)) for after, yes in self.test(node, state)]

    def of_concat(self, node: nodes.Concat, state: State) -> Pairs:
        """Join words with `~`."""
        pairs: Pairs = [(state, v.Words(v.NO_FACTS, False))]
        for child in node.nodes:
            pairs = self.thinned(
                [
                    (ready, self.words(so_far.facts | shown.facts, either(so_far.full, shown.full)))
                    for after, so_far in pairs
                    if isinstance(so_far, v.Words)
                    for there, value in self.value(child, after)
                    for ready, shown in self.shown(there, value, child)
                ]
            )
        return pairs

    def shown(self, state: State, value: v.Value, node: nodes.Node) -> list[tuple[State, v.Words]]:
        """Return the words that a value has when it is written; a gap has none, and there is no note."""
        found: list[tuple[State, v.Words]] = []
        for one in value.options if isinstance(value, v.Choice) else (value,):
            for ready in self.wanted(state, one, node):
                facts = self.facts(one.path) if isinstance(one, v.Fact) else v.NO_FACTS
                full: bool | None = isinstance(one, v.Fact) or None
                if isinstance(one, (v.Const, v.Blank)):
                    full = isinstance(one, v.Const) and bool(str(one.value))
                found.append((ready, one if isinstance(one, v.Words) else v.Words(facts, full)))
        return found

    def _operation(self, node: nodes.BinExpr, state: State) -> Pairs:
        """Calculate: words keep their facts, numbers do not."""
        pairs: Pairs = []
        for after, left in self.value(node.left, state):
            for there, right in self.value(node.right, after):
                for one in self.wanted(there, left, node.left):
                    pairs += [(two, self._combined(node, left, right)) for two in self.wanted(one, right, node.right)]
        return self.thinned(pairs)

    of_add = of_sub = of_mul = of_div = of_floordiv = of_pow = of_mod = _operation

    def _combined(self, node: nodes.BinExpr, left: v.Value, right: v.Value) -> v.Value:
        textual = isinstance(node, nodes.Add) and (self._is_text(left) or self._is_text(right))
        formats = isinstance(node, nodes.Mod) and self._is_text(left)
        if not textual and not formats:
            return v.UNKNOWN
        facts = self.held(left) | self.held(right)
        return self.words(facts, True if facts else None)

    def _is_text(self, value: v.Value) -> bool:
        if isinstance(value, v.Fact):
            return self.kind(value.path) in (Kind.TEXT, Kind.ANY)
        return isinstance(value, v.Words) or (isinstance(value, v.Const) and isinstance(value.value, str))

    def held(self, value: v.Value) -> frozenset[str]:
        """Return the facts that a value surely shows when it is put into words."""
        if isinstance(value, v.Fact):
            return self.facts(value.path)
        if isinstance(value, v.Several):
            return frozenset().union(*(self.held(item) for item in value.items))
        return value.facts if isinstance(value, v.Words) else v.NO_FACTS

    def _signed(self, node: nodes.UnaryExpr, state: State) -> Pairs:
        """Apply a sign."""
        return [
            (ready, _signed(node, value))
            for after, value in self.value(node.node, state)
            for ready in self.wanted(after, value, node.node)
        ]

    of_neg = of_pos = _signed

    def _listed(self, node: nodes.Tuple | nodes.List, state: State) -> Pairs:
        """Write out a list."""
        return self.thinned([(after, v.Several(items)) for after, items in self.arguments(node.items, state)])

    of_tuple = of_list = _listed


def _bounds(node: nodes.Slice) -> tuple[int, int, bool]:
    """Return where a slice begins and ends, and whether that is all there is to it."""
    start, stop = _bound(node.start, 0), _bound(node.stop, 1 << 30)
    if node.step is not None or start is None or stop is None:
        return 0, 1 << 30, False
    return start, stop, True


def _bound(node: nodes.Expr | None, otherwise: int) -> int | None:
    if node is None:
        return otherwise
    return node.value if isinstance(node, nodes.Const) and isinstance(node.value, int) else None


def _signed(node: nodes.UnaryExpr, value: v.Value) -> v.Value:
    if isinstance(value, v.Const) and isinstance(value.value, (int, float)) and isinstance(node, nodes.Neg):
        return v.const(-value.value)
    return v.UNKNOWN


def _surely(value: v.Value, yes: bool) -> v.Value:
    """Return a value of which it is known now whether it counts as true."""
    return v.Words(value.facts, yes) if isinstance(value, v.Words) else value


def _loop_part(loop: v.Loop, name: str) -> v.Value:
    known = {"first": loop.first, "last": loop.last}.get(name)
    if known is not None:
        return v.const(known)
    if loop.index is not None and name in ("index", "index0"):
        return v.const(loop.index + (name == "index"))
    return v.UNKNOWN
