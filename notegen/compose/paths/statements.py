"""Statements: branches, loops, variables and files, each of which takes states to states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from jinja2 import nodes

from notegen.compose.paths import values as v
from notegen.compose.paths.calls import Calls, Run
from notegen.compose.paths.states import State
from notegen.compose.paths.walk import CALLS, Frame, GaveUp
from notegen.model.schema import Kind


class Turns(NamedTuple):
    """The turns that a loop may take: the item of each, and whether the last is the last for certain."""

    items: tuple[v.Value, ...]
    exact: bool


_NONE: Final = Turns((), True)
_SOME: Final = Turns((v.UNKNOWN,), False)
_LAST: Final = frozenset(("last", "nextitem", "length", "revindex", "revindex0"))


class Statements(Calls):
    """The part of a walk that goes from statement to statement."""

    __slots__ = ()

    def body(self, statements: Sequence[nodes.Node], states: list[State]) -> list[State]:
        """Walk through statements, also when no state is left, since their number counts."""
        self.depth += 1
        for statement in statements:
            states = self.statement(statement, states)
            if not self.frozen:
                states = self._remembering(states)
            states = self.fewer(states)
            if self.depth == 1 and not self.frozen:
                self.stable = states
        self.depth -= 1
        return states

    def _remembering(self, states: list[State]) -> list[State]:
        """Go to the next epoch, and forget answers that nobody asks for any more."""
        self.epoch += 1
        self.dead |= self.endings.get(self.epoch, 0)
        dead = self.dead
        return [
            State(state.known.but(dead), state.variables, state.out, state.trail, state.blurred)
            if (state.known.yes | state.known.no) & dead
            else state
            for state in states
        ]

    def statement(self, node: nodes.Node, states: list[State]) -> list[State]:
        """Walk through one statement."""
        self.step()
        method = self.methods.get(type(node))
        if method is None:
            method = self.methods[type(node)] = getattr(self, f"on_{type(node).__name__.lower()}", self.on_other)
        made: list[State] = method(node, states)
        return made

    def on_other(self, _node: nodes.Node, states: list[State]) -> list[State]:
        """Pass by what prints nothing and sets nothing."""
        return states

    def inner(self, statements: Sequence[nodes.Node], states: list[State]) -> list[State]:
        """Walk through statements in a scope of their own."""
        scope = self.scope()
        frame = self.frame
        inside = Frame(frame.text, (scope, *frame.scopes), frame.facts, frame.run, frame.block, frame.silent)
        with self.within(inside):
            states = self.body(statements, states)
        return self.without(states, scope)

    # -- printing

    def on_output(self, node: nodes.Output, states: list[State]) -> list[State]:
        """Print."""
        if self.frame.silent:
            return states
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                states = [after for state in states for after in self.put(state, v.NO_FACTS, bool(child.data))]
                continue
            pairs = [pair for state in states for pair in self.value(child, state)]
            states = self.fewer([done for state, value in pairs for done in self.printing(state, value, child)])
        return states

    def on_filterblock(self, node: nodes.FilterBlock, states: list[State]) -> list[State]:
        """Capture, filter and print."""
        states = self.inner(node.body, self.captured(states))
        pairs = [pair for state, words in self.released(states) for pair in self._through(state, words, node.filter)]
        return self._printed(pairs, node)

    def _through(self, state: State, words: v.Value, node: nodes.Filter) -> list[tuple[State, v.Value]]:
        """Apply the filters of a filter block, of which the innermost has no expression of its own."""
        pairs = self._through(state, words, node.node) if isinstance(node.node, nodes.Filter) else [(state, words)]
        return [pair for after, value in pairs for pair in self.filtered(after, value, node)]

    def on_callblock(self, node: nodes.CallBlock, states: list[State]) -> list[State]:
        """Call a macro that may call back."""
        if self.frame.silent:
            return states
        caller = self.define(node)
        pairs: list[tuple[State, v.Value]] = []
        for state in states:
            for after, called in self.value(node.call.node, state):
                for there, (args, named) in self._given(node.call, after):
                    for one in called.options if isinstance(called, v.Choice) else (called,):
                        pairs += self.called(there, one, args, {**named, "caller": caller}, node.call)
        return self._printed(pairs, node)

    def _printed(self, pairs: list[tuple[State, v.Value]], node: nodes.Node) -> list[State]:
        if self.frame.silent:
            return [state for state, _ in pairs]
        return [done for state, value in pairs for done in self.printing(state, value, node)]

    # -- branches and loops

    def on_if(self, node: nodes.If, states: list[State]) -> list[State]:
        """Walk through each branch with the states that take it."""
        done: list[State] = []
        rest = states
        for branch in (node, *node.elif_):
            answers = [pair for state in rest for pair in self.test(branch.test, state, "if")]
            taken = self.fewer([state for state, yes in answers if yes])
            rest = self.fewer([state for state, yes in answers if not yes])
            done += self.body(branch.body, taken)
        return done + self.body(node.else_, rest)

    def on_for(self, node: nodes.For, states: list[State]) -> list[State]:
        """Walk through the least turns that a loop may take; more turns only print more."""
        plans: dict[Turns, list[State]] = {}
        for state in states:
            for after, value in self.value(node.iter, state):
                for there, turns in self.turns(after, value, node):
                    plans.setdefault(turns, []).append(there)
        done: list[State] = []
        with self.still():
            for turns, group in plans.items():
                done += self._loop(node, turns, self.fewer(group))
        return done

    def turns(self, state: State, value: v.Value, node: nodes.For) -> list[tuple[State, Turns]]:
        """Fork at how many turns a loop takes; there is no note where it is over what is no list."""
        seq = self.seq(value)
        if seq is not None:
            return self._turns_of_facts(state, seq, node)
        if isinstance(value, v.Choice):
            return [pair for one in value.options for pair in self.turns(state, one, node)]
        if isinstance(value, v.Several):
            return [(state, Turns(value.items, True))]
        if isinstance(value, (v.Opaque, v.Words)):
            return [(after, _SOME if yes else _NONE) for after, yes in self.coin(state, node.iter)]
        if isinstance(value, v.Fact):
            record = self.kind(value.path) is Kind.RECORD
            answers = self.decide(state, self.true(value.path) if record else self.there(value.path), node.iter, "loop")
            return [(after, _SOME if yes else _NONE) for after, yes in answers if record or not yes]
        return [(state, _NONE)] if isinstance(value, (v.Gone, v.Blank)) else []

    def _turns_of_facts(self, state: State, seq: v.Seq, node: nodes.For) -> list[tuple[State, Turns]]:
        """Fork at the number of a list's items, as far as something depends on it, and at which of them are left."""
        found: list[tuple[State, Turns]] = []
        picked, seq = seq.picked, replace(seq, sure=seq.sure or seq.picked is not None)
        most = max(self.reach, seq.start + 1) + self.asks_for_last(node)
        for after, count in self.lengths(state, seq, node.iter, "loop", most):
            items = tuple(self.turn(seq, seq.start + index) for index in range(count))
            exact = seq.start + count < most or seq.start + count == seq.stop
            ready = [after]
            for item in items if seq.needs else ():
                ready = [there for one in ready for there in self.wanted(one, item, node.iter)]
            for one in ready:
                found += [(there, Turns(left, exact)) for there, left in self._left(one, items, seq, picked, node)]
        return found

    def _left(
        self, state: State, items: tuple[v.Value, ...], seq: v.Seq, picked: v.Picked | None, node: nodes.For
    ) -> list[tuple[State, tuple[v.Value, ...]]]:
        """Fork at which items are left after a filter has taken some away."""
        if picked is None:
            kept = [(state, True)] if seq.sure or not items else self.coin(state, node.iter)
            return [(after, items if yes else ()) for after, yes in kept]
        found: list[tuple[State, tuple[v.Value, ...]]] = [(state, ())]
        for item in items:
            found = [
                (there, (*left, item) if yes else left)
                for after, left in found
                for there, yes in self._picks(after, item, picked, node)
            ]
        return found

    def _picks(self, state: State, item: v.Value, picked: v.Picked, node: nodes.For) -> list[tuple[State, bool]]:
        for name in picked.part.split(".")[1:]:
            item = self.part(state, item, name)
        pairs = [(state, item)]
        if picked.test:
            pairs = self.tested(state, picked.test, item, picked.args, node.iter)
        answers = [answer for after, value in pairs for answer in self.truth(after, value, node.iter)]
        return [(after, yes is not picked.reject) for after, yes in answers]

    def asks_for_last(self, node: nodes.For) -> bool:
        """Return whether the body of a loop asks which turn is the last."""
        if id(node) not in self.lasts:
            self.lasts[id(node)] = _asks_for_last(node)
        return self.lasts[id(node)]

    def _loop(self, node: nodes.For, turns: Turns, states: list[State]) -> list[State]:
        """Take the turns; those states that take none, since a condition leaves all items out, go to `else`."""
        idle, busy = states, list[State]()
        for index, item in enumerate(turns.items):
            scope = self.scope()
            frame = self.frame
            inside = Frame(frame.text, (scope, *frame.scopes), frame.facts, frame.run, frame.block, frame.silent)
            with self.within(inside):
                variable = _loop_variable(node, turns, index, self.asks_for_last(node))
                idle, going = self._split(node, item, variable, idle)
                busy, again = self._split(node, item, variable, busy)
                going = self.body(node.body, self.fewer(going + again))
            idle, busy = self.without(idle, scope), self.fewer(self.without(busy + going, scope))
        return busy + self.inner(node.else_, idle)

    def _split(
        self, node: nodes.For, item: v.Value, loop: v.Value, states: list[State]
    ) -> tuple[list[State], list[State]]:
        """Give the loop's variables their values, and tell apart who skips this turn and who takes it."""
        bound = [self.with_variable(self.assigned(state, node.target, item), "loop", loop) for state in states]
        if node.test is None:
            return [], bound
        answers = [pair for state in bound for pair in self.test(node.test, state)]
        return [state for state, yes in answers if not yes], [state for state, yes in answers if yes]

    # -- variables

    def assigned(self, state: State, target: nodes.Node, value: v.Value) -> State:
        """Return a state in which a name, or several, have values; what a namespace holds is not followed."""
        if isinstance(target, nodes.Name):
            return self.with_variable(state, target.name, value)
        if isinstance(target, nodes.Tuple):
            items = value.items if isinstance(value, v.Several) and len(value.items) == len(target.items) else ()
            for index, one in enumerate(target.items):
                state = self.assigned(state, one, items[index] if items else v.UNKNOWN)
        return state

    def on_assign(self, node: nodes.Assign, states: list[State]) -> list[State]:
        """Set a variable."""
        pairs = [pair for state in states for pair in self.value(node.node, state)]
        return [self.assigned(state, node.target, value) for state, value in pairs]

    def on_assignblock(self, node: nodes.AssignBlock, states: list[State]) -> list[State]:
        """Set a variable to what a block prints."""
        silent, frame = self.frame.silent, self.frame
        with self.within(Frame(frame.text, frame.scopes, frame.facts, frame.run, frame.block) if silent else frame):
            states = self.inner(node.body, self.captured(states))
        pairs = self.released(states)
        if node.filter is not None:
            pairs = [pair for state, words in pairs for pair in self._through(state, words, node.filter)]
        return [self.assigned(state, node.target, value) for state, value in pairs]

    def on_with(self, node: nodes.With, states: list[State]) -> list[State]:
        """Set variables for a while."""
        scope, frame = self.scope(), self.frame
        listed = [pair for state in states for pair in self.arguments(node.values, state)]
        inside = Frame(frame.text, (scope, *frame.scopes), frame.facts, frame.run, frame.block, frame.silent)
        with self.within(inside):
            bound = []
            for state, args in listed:
                for target, value in zip(node.targets, args, strict=True):
                    state = self.assigned(state, target, value)  # noqa: PLW2901
                bound.append(state)
            states = self.body(node.body, bound)
        return self.without(states, scope)

    def on_macro(self, node: nodes.Macro, states: list[State]) -> list[State]:
        """Define a macro."""
        defined = self.define(node)
        return [self.with_variable(state, node.name, defined) for state in states]

    # -- files

    def render(self, name: str, states: list[State], scopes: tuple[int, ...], facts: bool) -> list[State]:
        """Walk through a file and those that it extends."""
        if self.open_files.count(name) or len(self.open_files) > CALLS:
            return states
        self.open_files.append(name)
        run = Run(scopes, facts)
        self.runs.append(run)
        number = len(self.runs) - 1
        following: str | None = name
        while following is not None and following in self.made.trees:
            text, tree = self.made.trees[following]
            run.parent = None
            for block in self.blocks_of(following):
                run.blocks.setdefault(block.name, []).append((text, block))
            with self.within(Frame(text, scopes, facts, number)):
                states = self.body(tree.body, states)
            following = run.parent if run.parent != following else None
        self.open_files.pop()
        return states

    def blocks_of(self, name: str) -> list[nodes.Block]:
        """Return the blocks of a file."""
        if name not in self.file_blocks:
            self.file_blocks[name] = list(self.made.trees[name][1].find_all(nodes.Block))
        return self.file_blocks[name]

    def on_include(self, node: nodes.Include, states: list[State]) -> list[State]:
        """Walk through the first included file that there is."""
        for name in names_of(node.template):
            if name in self.made.trees:
                scope = self.scope()
                scopes = (scope, *self.frame.scopes) if node.with_context else (scope,)
                place = states if not self.frame.silent else self.captured(states)
                place = self.render(name, place, scopes, self.frame.facts and node.with_context)
                states = self.without(place, scope)
                return [state for state, _ in self.released(states)] if self.frame.silent else states
        return states

    def on_extends(self, node: nodes.Extends, states: list[State]) -> list[State]:
        """Remember the parent; nothing else in this file is printed but by its blocks."""
        if not any(one is node for _, tree in self.made.trees.values() for one in tree.body):
            raise GaveUp  # It extends only sometimes.
        self.runs[self.frame.run].parent = next(iter(names_of(node.template)), None)
        frame = self.frame
        self.frame = Frame(frame.text, frame.scopes, frame.facts, frame.run, frame.block, True)
        return states

    def on_block(self, node: nodes.Block, states: list[State]) -> list[State]:
        """Walk through the most derived block of this name."""
        if self.frame.silent:
            return states
        return self.run_block(v.BlockRef(self.frame.run, node.name, 0), states)

    def _imported(self, node: nodes.Import | nodes.FromImport, states: list[State]) -> tuple[int, list[State]]:
        scope = self.scope()
        name = next(iter(names_of(node.template)), "")
        context = bool(node.with_context)
        scopes = (scope, *self.frame.scopes) if context else (scope,)
        states = self.render(name, self.captured(states), scopes, context and self.frame.facts)
        return scope, [state for state, _ in self.released(states)]

    def on_import(self, node: nodes.Import, states: list[State]) -> list[State]:
        """Import a file under a name."""
        scope, states = self._imported(node, states)
        return [self.with_variable(state, node.target, v.Module(scope)) for state in states]

    def on_fromimport(self, node: nodes.FromImport, states: list[State]) -> list[State]:
        """Import names of a file."""
        scope, states = self._imported(node, states)
        for one in node.names:
            wanted, alias = one if isinstance(one, tuple) else (one, one)
            states = [
                self.with_variable(state, alias, state.variables.get((scope, wanted), v.GONE)) for state in states
            ]
        return states


def names_of(node: nodes.Node) -> list[str]:
    """Return the names that are written out for a file, the first that there is being meant."""
    listed = node.items if isinstance(node, (nodes.Tuple, nodes.List)) else [node]
    return [one.value for one in listed if isinstance(one, nodes.Const) and isinstance(one.value, str)]


def _asks_for_last(node: nodes.For) -> bool:
    """Return whether the body of a loop asks which turn is the last."""
    return any(
        one.attr in _LAST and isinstance(one.node, nodes.Name) and one.node.name == "loop"
        for statement in node.body
        for one in statement.find_all(nodes.Getattr)
    )


def _loop_variable(node: nodes.For, turns: Turns, index: int, asks: bool) -> v.Loop:
    """Return what `loop` is in a turn; with a condition, nobody knows which turn of all it is."""
    if node.test is not None:
        return v.Loop(None, None, None)
    final = index == len(turns.items) - 1
    return v.Loop(index == 0, (turns.exact or asks) if final else False, index)
