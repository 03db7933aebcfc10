"""The least that a template prints on any path: the three walks, and what the last one comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from jinja2 import nodes

from notegen.compose.codegen import Text, leftmost, word_of
from notegen.compose.paths.atoms import NOTHING, Atom, Base, Interest, Questions, more, there
from notegen.compose.paths.statements import Statements
from notegen.compose.paths.states import Decision, State, decisions
from notegen.compose.paths.walk import Frame, GaveUp, Purpose
from notegen.compose.render import Compiled, compiled, key_of
from notegen.model.facts import index_of
from notegen.model.schema import Kind, Schema
from notegen.model.source import Span
from notegen.model.template import Template

FARTHEST: Final = 4
"""Items of a list that are told apart at most."""

_CLOSING: Final = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Step:
    """One decision on a path: where it falls, and what it is, in words.

    `atom` and `value` say the same for programs. `chosen` is False for a fact that must be there because it is printed.
    """

    span: Span
    words: str
    atom: Atom
    value: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class Thinnest:
    """The path on which a template prints the least.

    `weight` is the sum of the weights of the `facts` on it; when no path prints less than was asked for, `thin` is
    False and the rest is empty. `blurred` is True when assumptions had to be forgotten on the way, so that the path may
    be impossible; `unfinished` when the template was too tangled to be followed to its end, and what its rest prints is
    not counted. `steps` is the work that it took.
    """

    weight: int
    thin: bool
    facts: tuple[str, ...] = ()
    witness: tuple[Step, ...] = ()
    blurred: bool = False
    unfinished: bool = False
    steps: int = 0


@dataclass(frozen=True, slots=True)
class Unguarded:
    """A place where a fact is wanted that nothing makes sure of."""

    path: str
    span: Span


@dataclass(frozen=True, slots=True)
class Judged:
    """What the walks found: the thinnest path, facts without a guard, and all facts of weight that may be printed."""

    thinnest: Thinnest
    unguarded: tuple[Unguarded, ...]
    printed: tuple[str, ...]


def search(template: Template, schema: Schema, most: int = 2) -> Judged:
    """Walk through a template that compiles."""
    made = compiled(key_of(template), (template.locale or "en_US").replace("-", "_"), "USD")
    base = _base(template, schema)
    interest, questions = Interest(), Questions()
    reach = _reach(made, template)
    count = Statements(made, schema, base, interest, questions, Purpose.COUNT, most, reach)
    _walk(count)
    interest.settle()
    unguarded: dict[Unguarded, None] = {}

    def tell(path: str, text: Text, node: nodes.Node) -> None:
        unguarded.setdefault(Unguarded(path, _span(text, node)))

    _walk(Statements(made, schema, base, interest, questions, Purpose.GUARD, most, reach, tell))
    weigh = Statements(made, schema, base, interest, questions, Purpose.WEIGH, most, reach)
    states = _walk(weigh)
    printed = tuple(sorted(path for path in weigh.printed | count.printed if weigh.weight((path,)) > 0))
    return Judged(_thinnest(weigh, states), tuple(unguarded), printed)


def _walk(walk: Statements) -> list[State] | None:
    """Take one walk; None when it did not come to its end."""
    walk.start()
    scope = walk.scope()
    walk.frame = Frame(walk.made.trees[walk.made.main][0], (scope,), True, 0)
    begin = [State(NOTHING, {})]
    walk.stable = begin
    try:
        return walk.render(walk.made.main, begin, (scope,), True)
    except (GaveUp, RecursionError):
        return None


def _thinnest(walk: Statements, states: list[State] | None) -> Thinnest:
    ends = walk.stable if states is None else states
    if not ends:
        return Thinnest(walk.most, False, steps=walk.steps)
    ways = [(state, decisions(state.trail, walk.questions)) for state in ends]
    least, steps = min(ways, key=lambda way: (walk.weight(way[0].out[0].facts), way[0].blurred, len(way[1])))
    weight = walk.weight(least.out[0].facts)
    facts = tuple(sorted(least.out[0].facts))
    witness = tuple(_step(one) for one in steps)
    return Thinnest(weight, True, facts, witness, least.blurred, states is None, walk.steps)


# -- what is always so


def _base(template: Template, schema: Schema) -> Base:
    """Return what holds on every path: facts that the schema or the template requires."""
    required = [path for path, one in schema.fields.items() if one.required and "*" not in path]
    known: dict[Atom, bool] = {there("key"): True}
    for path in (*required, *template.requires):
        found = schema.lookup(path)
        kind = found.kind if found is not None else Kind.ANY
        known[there(path)] = True
        if kind in (Kind.LIST, Kind.ANY):
            known[more(path)] = True
        above, _, leaf = path.rpartition(".")
        index = index_of(leaf)
        if index is not None:
            known[more(above, index)] = True
    return known


def _reach(made: Compiled, template: Template) -> int:
    """Return how many items of a list are worth telling apart: as many as any number in the template speaks of."""
    steps = [index_of(step) for path in template.requires for step in path.split(".")]
    found = [min(index, FARTHEST) for index in steps if index is not None]
    for _, tree in made.trees.values():
        found += [1 for one in tree.find_all(nodes.Filter) if one.name == "last"]
        found += [one.value for one in tree.find_all(nodes.Const) if type(one.value) is int and one.value <= FARTHEST]
    return 1 + max(found, default=0)


# -- words for people


def _step(one: Decision) -> Step:
    assert one.text is not None and one.node is not None
    span = _span(one.text, one.node)
    return Step(span, _words(one, span), one.atom, one.value, one.how != "print")


def _span(text: Text, node: nodes.Node) -> Span:
    """Return the place of an expression, with the brackets that close in it, or of all that a tag says."""
    start = leftmost(node)
    tag = text.places.tag_at(start)
    if tag is None or isinstance(node, nodes.Stmt):
        return text.span(*(tag.inner if tag else (start, start)))
    end = max(start, text.rightmost(node))
    if isinstance(node, (nodes.Filter, nodes.Test)):
        end = max(end, word_of(text, node).end - text.body)
    end = min(end, tag.inner[1])
    for token in text.places.tokens[text.places.index_at(max(end - 1, 0)) + 1 :]:
        opened = text.places.body[start:end]
        if token.text not in _CLOSING or opened.count(_CLOSING[token.text]) <= opened.count(token.text):
            break
        end = token.end
    return text.span(start, end)


def _words(one: Decision, span: Span) -> str:
    """Say what was decided."""
    path, yes = one.atom.path, one.value
    if one.how == "print":
        return f"{path} is there, since it is printed"
    if one.how == "loop":
        times = "no time" if one.atom.at == 0 else "once" if one.atom.at == 1 else f"{one.atom.at} times"
        return f"the loop over {path} runs" + ("" if yes and one.atom.at == 0 else " again" if yes else f" {times}")
    if one.atom.kind == "more":
        has = "something in it" if one.atom.at == 0 else f"more than {one.atom.at} items"
        return f"if {path} has {has}" if yes else f"if {path} has not {has}"
    said = one.atom.said or " ".join(span.text.split())
    whole = {
        "there": f"{path} is {'there' if yes else 'absent'}",
        "true": f"{path} is {'yes' if yes else 'no, or absent'}",
        "is": f"{path} is {'' if yes else 'not '}{said}",
    }
    return "if " + whole.get(one.atom.kind, f"{said} is {'so' if yes else 'not so'}")


__all__ = ["Judged", "Step", "Thinnest", "Unguarded", "search"]
