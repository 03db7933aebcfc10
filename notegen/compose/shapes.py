"""Following expressions by shape: the path of the fact that each stands for, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from jinja2 import nodes

from notegen.compose.codegen import Text, leftmost, word_of
from notegen.compose.environment import RECORD_METHODS
from notegen.compose.filters import WANTS
from notegen.compose.findings import HIDDEN_HINT, suggestion, unknown_sentence
from notegen.compose.render import Compiled
from notegen.compose.values import KIND_WORDS
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.schema import Field, Kind, Schema
from notegen.model.source import Span


@dataclass(frozen=True, slots=True)
class Shape:
    """What an expression stands for: the path of a fact (empty when unknown), or a list of what is at a path."""

    path: str = ""
    listed: bool = False


UNKNOWN: Final = Shape()
_METHODS: Final[Mapping[Kind, tuple[type, ...]]] = {
    Kind.TEXT: (str,),
    Kind.DATE: (date,),
    Kind.NUMBER: (int, float),
    Kind.LIST: (tuple,),
}
_ELEMENT: Final = frozenset(("first", "last", "min", "max"))
_SAME: Final = frozenset(
    ("sort", "unique", "list", "select", "reject", "selectattr", "rejectattr", "reverse", "default", "d")
)
_ATTRIBUTE_FIRST: Final = frozenset(("selectattr", "rejectattr", "groupby"))
_LISTS: Final = frozenset((Kind.LIST, Kind.ANY))


@dataclass(slots=True)
class Shapes:
    """What is known at one point of the walk through a template."""

    schema: Schema
    made: Compiled
    found: dict[tuple[str, Span], Diagnostic] = field(default_factory=dict)
    scopes: list[dict[str, Shape]] = field(default_factory=lambda: [{}])
    modules: dict[str, str] = field(default_factory=dict)
    visible: bool = True
    text: Text = field(init=False)

    def report(self, code: str, span: Span, message: str, hint: str | None) -> None:
        """Note an error once at its place."""
        self.found.setdefault((code, span), Diagnostic(code, Severity.ERROR, message, span, hint))

    # -- files and scopes

    @contextmanager
    def inside(self, text: Text, *, visible: bool) -> Iterator[None]:
        """Walk in another text for a while."""
        before = getattr(self, "text", text), self.visible
        self.text, self.visible = text, visible
        yield
        self.text, self.visible = before

    @contextmanager
    def scope(self, names: Mapping[str, Shape] | None = None) -> Iterator[None]:
        """Walk in an inner scope for a while."""
        self.scopes.append(dict(names or {}))
        yield
        self.scopes.pop()

    # -- expressions

    def shape(self, node: nodes.Node) -> Shape:
        """Return what an expression stands for."""
        method = getattr(self, f"of_{type(node).__name__.lower()}", None)
        if method is not None:
            found: Shape = method(node)
            return found
        for child in node.iter_child_nodes():
            self.shape(child)
        return UNKNOWN

    def of_name(self, node: nodes.Name) -> Shape:
        """Follow a variable, or a root of the facts."""
        for scope in reversed(self.scopes):
            if node.name in scope:
                return scope[node.name]
        if self.schema.lookup(node.name) is not None and self.visible:
            return Shape(node.name)
        if node.name not in self.made.traced.names:
            span = self.text.word(node.lineno - 1)
            if self.schema.lookup(node.name) is not None:
                self.report("T003", span, f"{node.name} is not visible in an imported file", HIDDEN_HINT)
            else:
                locals_ = tuple(sorted(self.made.traced.names))
                self.report("T003", span, unknown_sentence(node.name), suggestion(node.name, self.schema, locals_))
        return UNKNOWN

    def of_getattr(self, node: nodes.Getattr) -> Shape:
        """Follow a step to a part."""
        token = self.text.places.word_after(node.lineno - 1)
        span = self.text.span(token.start, token.end) if token else self.text.word(node.lineno - 1)
        if isinstance(node.node, nodes.Name) and node.node.name in self.modules:
            return UNKNOWN
        return self.part(self.shape(node.node), node.attr, span)

    def of_getitem(self, node: nodes.Getitem) -> Shape:
        """Follow a step by key, index or slice."""
        base = self.shape(node.node)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self.part(base, node.arg.value, self.text.word(node.arg.lineno - 1))
        self.shape(node.arg)
        return base if isinstance(node.arg, nodes.Slice) else self.element(base, None)

    def part(self, base: Shape, name: str, span: Span) -> Shape:
        """Return a named part of a shape, or report that there is none."""
        if name.startswith("_"):
            self.report("T008", span, f"a template may not touch {name}", "use facts, filters and methods of text")
            return UNKNOWN
        if not base.path:
            return UNKNOWN
        path = f"{base.path}.{name}"
        above = self.schema.lookup(base.path)
        if not base.listed and self.schema.lookup(path) is not None:
            return Shape(path)
        if not _has_method(Field("", Kind.LIST, "") if base.listed else above, name):
            self.report("T003", span, unknown_sentence(path), suggestion(path, self.schema))
        return UNKNOWN

    def element(self, base: Shape, looped: nodes.Node | None) -> Shape:
        """Return the shape of a list's items; a loop over what is no list is reported."""
        if not base.path or base.listed:
            return Shape(base.path)
        known = self.schema.lookup(base.path)
        if known is not None and known.kind in _LISTS:
            return Shape(f"{base.path}.*")
        if known is not None and looped is not None and known.kind is not Kind.RECORD:
            start = leftmost(looped)
            tag = self.text.places.tag_at(start)
            span = self.text.span(start, tag.inner[1]) if tag else self.text.word(start)
            self.report("T007", span, f"for wants a list; {base.path} is {KIND_WORDS[known.kind]}", None)
        return UNKNOWN

    def of_filter(self, node: nodes.Filter) -> Shape:
        """Judge a filter by what it wants, and follow it when it hands on what it gets."""
        base = self.shape(node.node) if node.node is not None else UNKNOWN
        for child in (*node.args, *node.kwargs):
            self.shape(child)
        self.wanted(node, base)
        attribute = _attribute(node)
        item = self.element(base, None) if attribute is not None else UNKNOWN
        parts = [self.path(item, name, node) for name in (attribute or "").split(",") if attribute]
        if node.name == "map":
            return Shape(parts[0].path, listed=True) if parts else UNKNOWN
        if node.name in _ELEMENT:
            return self.element(base, None)
        return base if node.name in _SAME else UNKNOWN

    def wanted(self, node: nodes.Filter, base: Shape) -> None:
        """Report a filter that is given a fact of another kind than it wants."""
        known = self.schema.lookup(base.path) if base.path else None
        kind = Kind.LIST if base.listed else known.kind if known else Kind.ANY
        wants = WANTS.get(node.name)
        if wants is None or kind is Kind.ANY or kind == wants or not base.path:
            return
        message = f"{node.name} wants {KIND_WORDS[Kind(wants)]}; {base.path} is {KIND_WORDS[kind]}"
        self.report("T007", word_of(self.text, node), message, None)

    def path(self, item: Shape, dotted: str, node: nodes.Filter) -> Shape:
        """Follow the `attribute` of a filter from a list's items."""
        for name in dotted.split("."):
            item = self.part(item, name, word_of(self.text, node)) if not name.isdigit() else self.element(item, None)
        return item

    def of_condexpr(self, node: nodes.CondExpr) -> Shape:
        """Follow one of two values, when both are the same."""
        self.shape(node.test)
        first = self.shape(node.expr1)
        second = self.shape(node.expr2) if node.expr2 is not None else first
        return first if first == second else UNKNOWN

    def of_or(self, node: nodes.Or) -> Shape:
        """Follow a value or its stand-in, when both are the same or the stand-in is a constant."""
        first, second = self.shape(node.left), self.shape(node.right)
        return first if first == second or isinstance(node.right, (nodes.Const, nodes.List, nodes.Tuple)) else UNKNOWN


def _attribute(node: nodes.Filter) -> str | None:
    """Return the constant attribute that a filter on a list is told to read."""
    given: Any = next((keyword.value for keyword in node.kwargs if keyword.key == "attribute"), None)
    if given is None and node.name in _ATTRIBUTE_FIRST and node.args:
        given = node.args[0]
    return given.value if isinstance(given, nodes.Const) and isinstance(given.value, str) else None


def _has_method(known: Field | None, name: str) -> bool:
    if known is None or known.kind is Kind.ANY:
        return True
    if known.kind is Kind.RECORD:
        return name in RECORD_METHODS
    return any(hasattr(kind, name) for kind in _METHODS.get(known.kind, ()))
