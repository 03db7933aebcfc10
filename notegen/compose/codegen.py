"""Compiling a template so that it renders ropes: each literal, expression, step, filter and call knows its place.

This changes what Jinja's own code generator writes for a few nodes, and leaves scoping, inheritance, macros and loops
to it. Nothing is folded at compile time, since a folded constant has no place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.utils import _PassArg

from notegen.compose.literals import spelled
from notegen.compose.places import Places
from notegen.compose.rope import Rope, concat, literal
from notegen.model.source import Source, Span

if TYPE_CHECKING:
    from notegen.compose.trace import TracedEnvironment


@dataclass(frozen=True, slots=True)
class Site:
    """A place in a template where something is done: its whole, the word to point at, and the facts it names."""

    span: Span
    point: Span
    name: str
    reads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """One body: its source, where it begins there, and its places."""

    source: Source
    body: int
    places: Places

    def span(self, start: int, end: int) -> Span:
        """Return the span of characters of the body in the whole file."""
        return Span(self.source, self.body + start, self.body + end)

    def rightmost(self, node: nodes.Node) -> int:
        """Return the offset at which the last word of an expression ends."""
        token = self.places.token_at(node.lineno - 1) if node.lineno else None
        if isinstance(node, nodes.Getattr):
            token = self.places.word_after(node.lineno - 1)
        return max([token.end if token else 0, *(self.rightmost(child) for child in node.iter_child_nodes())])

    def word(self, offset: int) -> Span:
        """Return the span of the token at an offset of the body."""
        token = self.places.token_at(offset)
        return self.span(token.start, token.end) if token else self.span(offset, offset)


def leftmost(node: nodes.Node) -> int:
    """Return the least offset of a node and what is in it; an operand has none of its own."""
    own = [node.lineno - 1] if node.lineno else []
    return min([*own, *(leftmost(child) for child in node.iter_child_nodes())])


def chain(node: nodes.Node) -> str | None:
    """Return the dotted path that an expression spells (`sales[0].item`), or None when it does more than that."""
    if isinstance(node, nodes.Name):
        return node.name
    above = chain(node.node) if isinstance(node, (nodes.Getattr, nodes.Getitem)) else None
    if above is None:
        return None
    if isinstance(node, nodes.Getattr):
        return f"{above}.{node.attr}"
    step = node.arg.value if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) else None
    return f"{above}.{step}" if isinstance(step, (str, int)) else None


def references(node: nodes.Node) -> tuple[str, ...]:
    """Return the dotted paths that an expression names."""
    path = chain(node)
    if path is not None:
        return (path,)
    return tuple(dict.fromkeys(found for child in node.iter_child_nodes() for found in references(child)))


def word_of(text: Text, node: Any) -> Span:
    """Return where the name of a filter or test stands: at its node, or after `is` and `is not`."""
    tokens = text.places.tokens
    for token in tokens[max(0, text.places.index_at(node.lineno - 1)) :][:8]:
        if token.text == node.name.partition(".")[0]:
            return text.span(token.start, token.start + len(node.name))
    return text.word(node.lineno - 1)


class RopeGenerator(CodeGenerator):
    """Jinja's code generator, writing calls into the `TracedEnvironment`."""

    environment: TracedEnvironment

    @property
    def text(self) -> Text:
        """The body that is being compiled."""
        return self.environment.texts[self.name or ""]

    def site(self, site: Site) -> int:
        """Keep a site and return its number."""
        self.environment.sites.append(site)
        return len(self.environment.sites) - 1

    def whole(self, node: nodes.Node, name: str) -> int:
        """Keep the site of an operation, which is all of its expression."""
        span = self.text.span(leftmost(node), self.text.rightmost(node))
        return self.site(Site(span, span, name, references(node)))

    def pointed(self, node: nodes.Node, point: Span, name: str) -> int:
        """Keep the site of a step, filter or call that ends with `point`."""
        start = self.text.body + leftmost(node)
        return self.site(Site(Span(point.source, min(start, point.start), point.end), point, name, references(node)))

    def rope(self, rope: Rope) -> str:
        """Keep a rope and return the code that stands for it."""
        self.environment.ropes.append(rope)
        return f"environment.ropes[{len(self.environment.ropes) - 1}]"

    # -- what is printed

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible()
        start = self.text.body + node.lineno - 1
        return literal(node.data, Span(self.text.source, start, start + len(node.data)))

    def _output_const_repr(self, group: Iterable[Any]) -> str:
        return self.rope(concat(group))

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(f"environment.printed({self.printing(node)}, ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(")")

    def printing(self, node: nodes.Node) -> int:
        """Keep the site of a printed expression: the inside of its braces."""
        tag = self.text.places.tag_at(node.lineno - 1)
        span = self.text.span(*tag.inner) if tag else self.text.word(node.lineno - 1)
        return self.site(Site(span, span, "print", references(node)))

    def visit_FilterBlock(self, node: nodes.FilterBlock, frame: Frame) -> None:
        """Write a filter block, whose result is printed."""
        filter_frame = frame.inner()
        filter_frame.symbols.analyze_node(node)
        self.enter_frame(filter_frame)
        self.buffer(filter_frame)
        self.blockvisit(node.body, filter_frame)
        self.start_write(frame, node)
        self.write(f"environment.written({self.printing(node)}, ")
        self.visit_Filter(node.filter, filter_frame)
        self.write(")")
        self.end_write(frame)
        self.leave_frame(filter_frame)

    def visit_CallBlock(self, node: nodes.CallBlock, frame: Frame) -> None:
        """Write a call block, whose result is printed."""
        call_frame, macro_ref = self.macro_body(node, frame)
        self.writeline("caller = ")
        self.macro_def(macro_ref, call_frame)
        self.start_write(frame, node)
        self.write(f"environment.written({self.printing(node)}, ")
        self.visit_Call(node.call, frame, forward_caller=True)
        self.write(")")
        self.end_write(frame)

    # -- values

    def visit_Const(self, node: nodes.Const, frame: Frame) -> None:
        """Write a constant; text as a rope that stands for its own characters."""
        found = spelled(node.value, self.text, node.lineno - 1) if isinstance(node.value, str) else None
        if found is None:
            super().visit_Const(node, frame)
        else:
            self.write(self.rope(found))

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:
        """Write the reading of a variable; one that is missing is judged by the environment."""
        super_writes = node.ctx != "load"
        ref = frame.symbols.ref(node.name)
        load = frame.symbols.find_load(ref)
        if super_writes or (load is not None and load[0] == "param" and not self.parameter_is_undeclared(ref)):
            super().visit_Name(node, frame)
            return
        word = self.text.word(node.lineno - 1)
        number = self.site(Site(word, word, node.name))
        self.write(f"(environment.unnamed({number}) if {ref} is missing else {ref})")

    def _collection(self, node: nodes.Tuple | nodes.List | nodes.Dict, frame: Frame) -> None:
        """Write a list, or a record, whose values are counted; a tuple may also be names that are given values."""
        written = getattr(super(), f"visit_{type(node).__name__}")
        if getattr(node, "ctx", "load") != "load":
            written(node, frame)
            return
        self.write("environment.weighed(")
        written(node, frame)
        self.write(")")

    visit_Tuple = visit_List = visit_Dict = _collection

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """Write a step to a named part."""
        token = self.text.places.word_after(node.lineno - 1)
        point = self.text.span(token.start, token.end) if token else self.text.word(node.lineno - 1)
        self.write(f"environment.step({self.pointed(node, point, node.attr)}, ")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        """Write a step by index or key; slices are Python's."""
        if isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
            return
        point = self.text.word(node.arg.lineno - 1)
        self.write(f"environment.index({self.pointed(node, point, 'item')}, ")
        self.visit(node.node, frame)
        self.write(", ")
        self.visit(node.arg, frame)
        self.write(")")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        """Write `~`."""
        self.write(f"environment.joined({self.whole(node, '~')}, (")
        for arg in node.nodes:
            self.visit(arg, frame)
            self.write(", ")
        self.write("))")

    def _operation(self, node: nodes.BinExpr, frame: Frame) -> None:
        self.write(f"environment.operate({self.whole(node, node.operator)}, {node.operator!r}, ")
        self.visit(node.left, frame)
        self.write(", ")
        self.visit(node.right, frame)
        self.write(")")

    visit_Add = visit_Sub = visit_Mul = visit_Div = visit_FloorDiv = visit_Pow = visit_Mod = _operation

    def _signed(self, node: nodes.UnaryExpr, frame: Frame) -> None:
        self.write(f"environment.signed({self.whole(node, node.operator)}, {node.operator!r}, ")
        self.visit(node.node, frame)
        self.write(")")

    visit_Pos = visit_Neg = _signed

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """Write a call, or the counted iterable that `visit_For` left in place of its own."""
        if isinstance(node.node, nodes.EnvironmentAttribute):
            self.write(f"environment.turns({node.node.name}, ")
            self.visit(node.args[0], frame)
            self.write(")")
            return
        called = chain(node.node) or "this"
        point = self.text.span(leftmost(node.node), node.lineno - 1)
        self.write(f"environment.invoke({self.pointed(node, point, called)}, context, ")
        self.visit(node.node, frame)
        extra: dict[str, Any] = {"caller": "caller"} if forward_caller else {}
        extra |= {"_loop_vars": "_loop_vars"} if frame.loop_frame else {}
        extra |= {"_block_vars": "_block_vars"} if frame.block_frame else {}
        self.signature(node, frame, extra or None)
        self.write(")")

    # -- filters, tests, loops

    @contextmanager
    def _filter_test_common(self, node: nodes.Filter | nodes.Test, frame: Frame, is_filter: bool) -> Iterator[None]:
        functions = self.environment.filters if is_filter else self.environment.tests
        passes = _PassArg.from_obj(functions[node.name])  # type: ignore[type-var]
        passed = (
            {
                _PassArg.context: "context, ",
                _PassArg.eval_context: "context.eval_ctx, ",
                _PassArg.environment: "environment, ",
            }.get(passes, "")
            if passes
            else ""
        )
        written = self.filters if is_filter else self.tests
        point = word_of(self.text, node)
        number = (
            self.pointed(node, point, node.name) if node.node is not None else self.site(Site(point, point, node.name))
        )
        self.write(f"environment.{'filtered' if is_filter else 'tested'}({number}, {written[node.name]}, {passed}")
        yield
        self.signature(node, frame)
        self.write(")")

    def visit_For(self, node: nodes.For, frame: Frame) -> None:
        """Write a loop whose turns are counted."""
        span = self.text.span(leftmost(node.iter), leftmost(node.iter))
        tag = self.text.places.tag_at(node.lineno - 1)
        whole = self.text.span(leftmost(node.iter), max(leftmost(node.iter), tag.inner[1])) if tag else span
        number = self.site(Site(whole, whole, chain(node.iter) or "this"))
        counted = nodes.EnvironmentAttribute(str(number), lineno=node.iter.lineno)
        node.iter = nodes.Call(counted, [node.iter], [], None, None, lineno=node.iter.lineno)
        super().visit_For(node, frame)
