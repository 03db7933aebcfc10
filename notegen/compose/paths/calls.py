"""Filters, methods, macros, call blocks and `super()`: what they make of what they are given."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from jinja2 import nodes

from notegen.compose.codegen import Text
from notegen.compose.paths import functions as f
from notegen.compose.paths import values as v
from notegen.compose.paths.atoms import Atom
from notegen.compose.paths.expressions import Expressions
from notegen.compose.paths.states import State, Variables
from notegen.compose.paths.walk import CALLS, Frame, Pairs

Given = tuple[tuple[v.Value, ...], dict[str, v.Value]]


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro or a call block, and the frame in which it stands."""

    node: nodes.Macro | nodes.CallBlock
    frame: Frame


@dataclass(slots=True)
class Run:
    """A file that is rendered, with those it extends: its blocks, the most derived first, and the file that is next."""

    scopes: tuple[int, ...]
    facts: bool
    blocks: dict[str, list[tuple[Text, nodes.Block]]] = field(default_factory=dict)
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a call of a macro came to, and the questions that it asked; `variables` are kept so that their id stays."""

    variables: Variables
    pairs: tuple[tuple[State, v.Value], ...]
    asked: frozenset[Atom]


class Calls(Expressions):
    """The part of a walk that applies filters and calls."""

    __slots__ = (
        "blocks_open",
        "dead",
        "endings",
        "file_blocks",
        "lasts",
        "macros",
        "numbered_macros",
        "open_files",
        "remembered",
        "runs",
    )

    def start(self) -> None:
        """Begin with no macros and no files."""
        self.macros: list[Macro] = []
        self.numbered_macros: dict[tuple[int, tuple[int, ...]], int] = {}
        self.remembered: dict[object, Remembered] = {}
        self.runs: list[Run] = []
        self.open_files: list[str] = []
        self.file_blocks: dict[str, list[nodes.Block]] = {}
        self.lasts: dict[int, bool] = {}
        self.dead = 0
        self.endings: dict[int, int] = {}
        for atom, last in self.interest.endings():
            self.endings[last + 1] = self.endings.get(last + 1, 0) | 1 << self.questions.number(atom)
        self.blocks_open: list[v.BlockRef] = []

    @abstractmethod
    def body(self, statements: Sequence[nodes.Node], states: list[State]) -> list[State]:
        """Walk through statements."""

    # -- filters

    def of_filter(self, node: nodes.Filter, state: State) -> Pairs:
        """Apply a filter to its expression."""
        if node.node is None:
            return [(state, v.UNKNOWN)]
        pairs = self.value(node.node, state)
        return self.thinned([pair for after, value in pairs for pair in self.filtered(after, value, node)])

    def filtered(self, state: State, value: v.Value, node: nodes.Filter) -> Pairs:
        """Return what a filter makes of a value."""
        pairs: Pairs = []
        for after, args in self.arguments([*node.args, *(one.value for one in node.kwargs)], state):
            for one in value.options if isinstance(value, v.Choice) else (value,):
                if node.name in ("default", "d"):
                    pairs += self._default(after, one, args, node)
                else:
                    ready = self._ready(after, one, args, node)
                    pairs += [pair for there in ready for pair in self._applied(there, one, args, node)]
        return self.thinned(pairs)

    def _default(self, state: State, value: v.Value, args: tuple[v.Value, ...], node: nodes.Filter) -> Pairs:
        """Return the value, or what takes the place of a gap (with `true`, of whatever counts as false)."""
        instead = args[0] if args else v.const("")
        boolean = len(args) > 1 and args[1] != v.const(False)
        subject = node.node or node
        if boolean:
            answers = self.truth(state, value, subject, "or")
        elif isinstance(value, v.Fact):
            answers = self.decide(state, self.there(value.path), subject, "or")
        elif isinstance(value, v.Opaque):
            answers = self.coin(state, subject)
        else:
            answers = [(state, not isinstance(value, (v.Gone, v.Blank)))]
        return [(after, value if yes else instead) for after, yes in answers]

    def _ready(self, state: State, value: v.Value, args: Sequence[v.Value], node: nodes.Filter) -> list[State]:
        """Return the states in which a filter is given what it needs: few go on with a gap."""
        if node.name == "format" and any(isinstance(one, v.Blank) for one in args):
            return []
        states = [state]
        if node.name not in f.LISTS and node.name not in f.ITEM:
            states = self.wanted(state, value, node.node or node)
        given = [*node.args, *(one.value for one in node.kwargs)]
        for one, place in zip(args, given, strict=True):
            states = [after for before in states for after in self.wanted(before, one, place)]
        return states

    def _applied(self, state: State, value: v.Value, args: tuple[v.Value, ...], node: nodes.Filter) -> Pairs:
        if node.name in f.JOINS or node.name in f.ITEM:
            return self._gathered(state, value, node)
        if node.name in f.COUNTS and (seq := self.seq(value)) is not None and seq.sure and seq.stop == 1 << 30:
            return [(state, v.Size(seq.path, seq.start))]
        if node.name in f.SAME or node.name in f.SOME:
            return [(state, self._same(value, args, node.name))]
        if node.name == "map":
            return [(state, self._mapped(value, node))]
        if node.name in f.KEEPING:
            return [(state, self._kept(value, args, node.name))]
        said = [v.describe(one) for one in (value, *args)]
        return [(state, v.Opaque(f"{said[0]} | {node.name}({', '.join(said[1:])})" if all(said) else ""))]

    def _kept(self, value: v.Value, args: tuple[v.Value, ...], name: str) -> v.Value:
        """Return what a filter makes that keeps the facts in its words."""
        facts = self.held(value)
        constants = [one.value for one in (value, *args) if isinstance(one, v.Const)]
        if name == "format":
            facts = facts.union(*(self.held(one) for one in args))
            words = f.leaves_words(constants[0]) if isinstance(value, v.Const) else False
            return self.words(facts, True if facts or words else None)
        folded = f.folded(name, *constants) if len(constants) == 1 + len(args) else None
        if folded is not None:
            return v.const(folded)
        keeps = name in f.SOLID or (name == "replace" and all(constants[-1:]) and len(constants) == len(args) == 2)
        return self.words(facts, _full(value) if keeps else None)

    def _gathered(self, state: State, value: v.Value, node: nodes.Filter) -> Pairs:
        """Return one item of a list, or all of them in one text."""
        seq = self.seq(value)
        joins = node.name in f.JOINS
        if seq is not None and not joins:
            if not seq.sure or not seq.ordered or node.name in ("min", "max"):
                return [(state, v.UNKNOWN)]
            return self.from_end(state, seq, 1, node) if node.name == "last" else [(state, self.turn(seq, seq.start))]
        if seq is not None:
            return self._joined(state, self._read(seq, node), node)
        if isinstance(value, v.Several):
            if not joins:
                return [(state, value.items[-(node.name == "last")] if value.items else v.GONE)]
            ready = [state]
            for item in value.items:
                ready = [after for one in ready for after in self.wanted(one, item, node)]
            return [(one, self.words(self.held(value), bool(value.items) or None)) for one in ready]
        return [(state, v.UNKNOWN)]

    def _read(self, seq: v.Seq, node: nodes.Filter) -> v.Seq:
        attribute = next((one.value for one in node.kwargs if one.key == "attribute"), None)
        if isinstance(attribute, nodes.Const):
            return replace(seq, part=f"{seq.part}.{attribute.value}")
        return seq

    def _joined(self, state: State, seq: v.Seq, node: nodes.Filter) -> Pairs:
        """Return the words of all items of a list, which are none when it is empty."""
        pairs: Pairs = []
        for after, count in self.lengths(state, seq, node):
            items = [self.turn(seq, seq.start + index) for index in range(count)] if seq.sure else []
            ready = [after]
            for item in items:
                ready = [there for one in ready for there in self.wanted(one, item, node)]
            facts = frozenset().union(*(self.held(item) for item in items))
            pairs += [(one, self.words(facts, bool(items) if seq.sure or not count else None)) for one in ready]
        return pairs

    def _same(self, value: v.Value, args: tuple[v.Value, ...], name: str) -> v.Value:
        """Return a list with its items in another order, or some of them."""
        seq = self.seq(value)
        if seq is None:
            return value if name == "list" and isinstance(value, v.Several) else v.UNKNOWN
        ordered = seq.ordered and name not in f.ORDERS
        if name in f.SAME:
            return replace(seq, raw=False, ordered=ordered)
        return replace(seq, sure=False, raw=False, picked=_picked(args, name) if seq.sure else None)

    def _mapped(self, value: v.Value, node: nodes.Filter) -> v.Value:
        seq = self.seq(value)
        if seq is None:
            return v.UNKNOWN
        read = self._read(seq, node)
        named = node.args[0].value if node.args and isinstance(node.args[0], nodes.Const) else None
        keeps = named is None or named in f.KEEPING
        return replace(read, keeps=read.keeps and keeps, raw=False, needs=read.needs or named is not None)

    # -- calls

    def of_call(self, node: nodes.Call, state: State) -> Pairs:
        """Call a macro, a method, a block or one of Jinja's few functions."""
        pairs: Pairs = []
        for after, called in self.value(node.node, state):
            for there, (args, named) in self._given(node, after):
                for one in called.options if isinstance(called, v.Choice) else (called,):
                    pairs += self.called(there, one, args, named, node)
        return self.thinned(pairs)

    def _given(self, node: nodes.Call, state: State) -> list[tuple[State, Given]]:
        listed = self.arguments([*node.args, *(one.value for one in node.kwargs)], state)
        names = [one.key for one in node.kwargs]
        count = len(node.args)
        return [(after, (args[:count], dict(zip(names, args[count:], strict=False)))) for after, args in listed]

    def called(
        self, state: State, called: v.Value, args: tuple[v.Value, ...], named: dict[str, v.Value], node: nodes.Call
    ) -> Pairs:
        """Return what a call comes to."""
        if isinstance(called, v.Callable):
            return self.run_macro(state, called, args, named)
        if isinstance(called, v.BlockRef):
            with self.still():
                return self.released(self.run_block(called, self.captured([state])))
        if isinstance(called, v.Fact):
            above, _, name = called.path.rpartition(".")
            called = v.Method(v.Fact(above), name) if above else v.UNKNOWN
        if isinstance(called, v.Method):
            return [(ready, self._method(called, args)) for ready in self._owner(state, called, args, node)]
        if isinstance(called, v.Builtin) and called.name == "range" and all(isinstance(one, v.Const) for one in args):
            return [(state, _range([one.value for one in args if isinstance(one, v.Const)]))]
        return [] if isinstance(called, v.Gone) else [(state, v.UNKNOWN)]

    def _owner(self, state: State, called: v.Method, args: tuple[v.Value, ...], node: nodes.Call) -> list[State]:
        states = self.wanted(state, called.owner, node.node)
        for one in args:
            states = [after for before in states for after in self.wanted(before, one, node)]
        return states

    def _method(self, called: v.Method, args: tuple[v.Value, ...]) -> v.Value:
        facts = self.held(called.owner)
        if called.name in f.TEXTS:
            return self.words(facts)
        if called.name in ("format", "join"):
            return self.words(facts.union(*(self.held(one) for one in args)))
        if called.name in f.PARTS:
            return v.Several((self.words(facts),))
        return v.UNKNOWN

    def define(self, node: nodes.Macro | nodes.CallBlock) -> v.Callable:
        """Return a macro, or a call block's inside, as a value."""
        key = (id(node), self.frame.scopes)
        if key not in self.numbered_macros:
            self.numbered_macros[key] = len(self.macros)
            self.macros.append(Macro(node, self.frame))
        return v.Callable(self.numbered_macros[key])

    def run_macro(
        self, state: State, called: v.Callable, args: tuple[v.Value, ...], named: dict[str, v.Value]
    ) -> Pairs:
        """Call a macro and return the words that it prints; where it decides nothing, the same call is made once."""
        key = (called.number, args, tuple(sorted(named.items())), state.known, id(state.variables))
        seen = self.remembered.get(key)
        if seen is not None:
            return self._again(state, seen)
        cuts, asked, self.asked = self.cuts, self.asked, set()
        pairs = self._run_macro(state, called, args, named)
        if self.cuts == cuts and all(after.trail is state.trail for after, _ in pairs):
            self.remembered[key] = Remembered(state.variables, tuple(pairs), frozenset(self.asked))
        self.asked |= asked
        return pairs

    def _again(self, state: State, seen: Remembered) -> Pairs:
        for atom in seen.asked:
            self.interest.ask(atom, self.epoch)
        self.asked |= seen.asked
        return [
            (State(after.known, after.variables, state.out, state.trail, after.blurred or state.blurred), words)
            for after, words in seen.pairs
        ]

    def _run_macro(
        self, state: State, called: v.Callable, args: tuple[v.Value, ...], named: dict[str, v.Value]
    ) -> Pairs:
        macro = self.macros[called.number]
        if len(self.calls) >= CALLS or self.calls.count(called.number) > 1:
            self.cuts += 1
            return [(state, v.Words())]
        scope = self.scope()
        frame = Frame(
            macro.frame.text, (scope, *macro.frame.scopes), macro.frame.facts, macro.frame.run, macro.frame.block
        )
        self.calls.append(called.number)
        with self.within(frame), self.still():
            states = self._bound(self.captured([state]), macro.node, args, named)
            states = self.body(macro.node.body, states)
        self.calls.pop()
        return self.released(self.fewer(self.without(states, scope)))

    def _bound(
        self,
        states: list[State],
        node: nodes.Macro | nodes.CallBlock,
        args: tuple[v.Value, ...],
        named: dict[str, v.Value],
    ) -> list[State]:
        """Give the arguments their values; one that is not given has its default, or is a gap."""
        defaults = dict(
            zip([arg.name for arg in node.args][len(node.args) - len(node.defaults) :], node.defaults, strict=True)
        )
        states = [self.with_variable(state, "caller", named.get("caller", v.GONE)) for state in states]
        for index, arg in enumerate(node.args):
            given = args[index] if index < len(args) else named.get(arg.name)
            if given is not None or arg.name not in defaults:
                states = [self.with_variable(state, arg.name, given or v.GONE) for state in states]
                continue
            pairs = [pair for state in states for pair in self.value(defaults[arg.name], state)]
            states = [self.with_variable(state, arg.name, value) for state, value in pairs]
        return states

    def run_block(self, block: v.BlockRef, states: list[State]) -> list[State]:
        """Walk through a block, or the one that it replaces."""
        run = self.runs[block.run]
        bodies = run.blocks.get(block.name, [])
        if block.level >= len(bodies) or self.blocks_open.count(block) > 1 or len(self.blocks_open) > CALLS:
            self.cuts += 1
            return states
        text, node = bodies[block.level]
        scope = self.scope()
        scopes = self.frame.scopes if node.scoped else run.scopes
        self.blocks_open.append(block)
        with self.within(Frame(text, (scope, *scopes), run.facts, block.run, block)):
            states = self.body(node.body, states)
        self.blocks_open.pop()
        return self.without(states, scope)


def _full(value: v.Value) -> bool | None:
    """Return whether words made of a value count as true."""
    return value.full if isinstance(value, v.Words) else isinstance(value, v.Fact) or None


def _range(bounds: list[object]) -> v.Value:
    numbers = [one for one in bounds if isinstance(one, int)]
    if len(numbers) != len(bounds) or not 1 <= len(numbers) <= 3 or numbers[2:] == [0]:
        return v.UNKNOWN
    made = range(*numbers)
    return v.Several(tuple(map(v.const, made))) if len(made) <= v.MOST else v.UNKNOWN


def _picked(args: tuple[v.Value, ...], name: str) -> v.Picked | None:
    """Return which items a filter leaves; None when a name in it is not written out."""
    of_part = name.endswith("attr")
    names = [one.value if isinstance(one, v.Const) else None for one in args[: 1 + of_part]]
    if not all(isinstance(one, str) for one in names) or (of_part and not names):
        return None
    part = f".{names[0]}" if of_part else ""
    test = names[of_part] if len(names) > of_part else ""
    return v.Picked(part, str(test), args[1 + of_part :], name.startswith("reject"))
