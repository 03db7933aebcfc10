"""Judging a template without any customer: every fact it names, on every branch, against the schema.

Expressions are followed by shape, which is the path of a fact or of a list's items: through loops, `set`, `with`, macro
arguments, includes and the filters that hand on what they get. A name that is wrong is reported once; what comes of it
is not.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from jinja2 import nodes

from notegen.compose.codegen import Text
from notegen.compose.findings import suggestion, unknown_sentence
from notegen.compose.render import compiled, key_of, required
from notegen.compose.shapes import UNKNOWN, Shape, Shapes
from notegen.compose.values import KIND_WORDS
from notegen.errors import nearest
from notegen.model.diagnostic import Diagnostic
from notegen.model.schema import Kind, Schema
from notegen.model.template import Template


def check(template: Template, schema: Schema) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a template whoever the customer is: syntax, facts, filters, kinds, `requires`."""
    made = compiled(key_of(template), (template.locale or "en_US").replace("-", "_"), "USD")
    if made.diagnostics:
        return made.diagnostics
    checker = Checker(schema, made)
    for path, span in required(template):
        if schema.lookup(path) is None:
            checker.report("T003", span, unknown_sentence(path), suggestion(path, schema))
    checker.file(made.main)
    checker.uncalled()
    return tuple(checker.found.values())


_PARTS = "print one of its parts, or loop over it"


@dataclass(frozen=True, slots=True)
class Defined:
    """A macro: where it stands, and whether facts are visible there."""

    text: Text
    node: nodes.Macro
    visible: bool


@dataclass(slots=True)
class Checker(Shapes):
    """One walk through the statements of a template and of what it uses."""

    macros: dict[str, Defined] = field(default_factory=dict)
    called: set[tuple[int, tuple[Shape, ...]]] = field(default_factory=set)
    all_macros: list[Defined] = field(default_factory=list)
    open_files: set[str] = field(default_factory=set)

    def file(self, name: str, *, visible: bool = True) -> None:
        """Walk through a file, if it is there; one that includes itself was reported when it was loaded."""
        if name in self.made.trees and name not in self.open_files:
            text, tree = self.made.trees[name]
            self.open_files.add(name)
            with self.inside(text, visible=visible):
                self.body(tree.body)
            self.open_files.remove(name)

    def body(self, statements: list[nodes.Node]) -> None:
        """Walk through statements."""
        for statement in statements:
            self.statement(statement)

    def statement(self, node: nodes.Node) -> None:
        """Walk through one statement: by its own method, or else through everything in it."""
        method = getattr(self, f"on_{type(node).__name__.lower()}", None)
        if method is not None:
            method(node)
            return
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Expr):
                self.shape(child)
            else:
                self.statement(child)

    # -- statements

    def on_output(self, node: nodes.Output) -> None:
        """Look at what is printed."""
        for child in node.nodes:
            shape = self.shape(child)
            known = self.schema.lookup(shape.path) if shape.path else None
            kind = Kind.LIST if shape.listed else known.kind if known else Kind.ANY
            if shape.path and kind in (Kind.LIST, Kind.RECORD, Kind.FLAG):
                tag = self.text.places.tag_at(child.lineno - 1)
                span = self.text.span(*tag.inner) if tag else self.text.word(child.lineno - 1)
                message = f"{shape.path} is {KIND_WORDS[kind]}, which cannot be written on a card"
                hint = f"say it in words: {{% if {shape.path} %}}...{{% endif %}}" if kind is Kind.FLAG else _PARTS
                self.report("T013", span, message, hint)

    def on_for(self, node: nodes.For) -> None:
        """Look at a loop."""
        item = self.element(self.shape(node.iter), node.iter)
        with self.scope({"loop": UNKNOWN}):
            self.assign(node.target, item)
            if node.test is not None:
                self.shape(node.test)
            self.body(node.body)
        with self.scope():
            self.body(node.else_)

    def on_if(self, node: nodes.If) -> None:
        """Look at the branches; a variable that differs between them is unknown afterwards."""
        before = dict(self.scopes[-1])
        after: list[dict[str, Shape]] = []
        for branch in (node, *node.elif_):
            self.shape(branch.test)
        for statements in (node.body, *(branch.body for branch in node.elif_), node.else_):
            self.scopes[-1] = dict(before)
            self.body(statements)
            after.append(self.scopes[-1])
        names = {name for one in after for name in one}
        self.scopes[-1] = {
            name: shapes.pop() if len(shapes := {one.get(name, UNKNOWN) for one in after}) == 1 else UNKNOWN
            for name in sorted(names)
        }

    def on_assign(self, node: nodes.Assign) -> None:
        """Look at `set`."""
        self.assign(node.target, self.shape(node.node))

    def on_assignblock(self, node: nodes.AssignBlock) -> None:
        """Look at a `set` block."""
        with self.scope():
            self.body(node.body)
        self.assign(node.target, UNKNOWN)

    def on_with(self, node: nodes.With) -> None:
        """Look at `with`."""
        shapes = [self.shape(value) for value in node.values]
        with self.scope():
            for target, shape in zip(node.targets, shapes, strict=True):
                self.assign(target, shape)
            self.body(node.body)

    def on_macro(self, node: nodes.Macro) -> None:
        """Remember a macro; it is looked at where it is called."""
        self.macros[node.name] = Defined(self.text, node, self.visible)
        self.all_macros.append(self.macros[node.name])

    def on_callblock(self, node: nodes.CallBlock) -> None:
        """Look at a call block."""
        self.shape(node.call)
        with self.scope({arg.name: UNKNOWN for arg in node.args}):
            self.body(node.body)

    def on_include(self, node: nodes.Include) -> None:
        """Look at the included files in this place."""
        for name in _names(node.template):
            with self.scope():
                self.file(name, visible=self.visible and node.with_context)

    def on_extends(self, node: nodes.Extends) -> None:
        """Look at the parent."""
        for name in _names(node.template):
            self.file(name)

    def on_import(self, node: nodes.Import) -> None:
        """Remember a module and its macros."""
        for name in _names(node.template):
            self.imported(name, visible=bool(node.with_context))
            self.modules[node.target] = name

    def on_fromimport(self, node: nodes.FromImport) -> None:
        """Remember imported macros; a name that the file lacks is reported."""
        for name in _names(node.template):
            there = self.imported(name, visible=bool(node.with_context))
            for one in node.names:
                wanted, alias = one if isinstance(one, tuple) else (one, one)
                if wanted in there:
                    self.macros[alias] = there[wanted]
                elif wanted not in self.exported(name):
                    near = nearest(wanted, there)
                    hint = f"did you mean {near}?" if near else f"it has: {', '.join(sorted(there)) or 'nothing'}"
                    self.report("T003", self.text.word(node.lineno - 1), f"{name} has no {wanted}", hint)

    def imported(self, name: str, *, visible: bool) -> dict[str, Defined]:
        """Walk through an imported file and return its macros."""
        before, self.macros = self.macros, {}
        with self.scope():
            self.file(name, visible=visible)
        there, self.macros = self.macros, before
        return there

    def exported(self, name: str) -> frozenset[str]:
        """Return the variables that a file sets."""
        tree = self.made.trees[name][1] if name in self.made.trees else None
        return frozenset(one.name for one in tree.find_all(nodes.Name) if one.ctx == "store") if tree else frozenset()

    def assign(self, target: nodes.Node, shape: Shape) -> None:
        """Give a variable a shape."""
        if isinstance(target, nodes.Name):
            self.scopes[-1][target.name] = shape
        for name in target.find_all(nodes.Name):
            self.scopes[-1][name.name] = UNKNOWN

    def uncalled(self) -> None:
        """Look at macros that nothing calls, with arguments of any shape."""
        seen = {one for one, _ in self.called}
        for macro in self.all_macros:
            if id(macro.node) not in seen:
                self.call(macro, [UNKNOWN] * len(macro.node.args))

    def call(self, macro: Defined, shapes: list[Shape]) -> None:
        """Look at a macro with the shapes of its arguments, once for each choice of them."""
        padded = tuple(shapes[: len(macro.node.args)]) + (UNKNOWN,) * (len(macro.node.args) - len(shapes))
        if (id(macro.node), padded) in self.called or len(self.called) > 500:
            return
        self.called.add((id(macro.node), padded))
        names = {arg.name: shape for arg, shape in zip(macro.node.args, padded, strict=True)}
        with self.inside(macro.text, visible=macro.visible), self.scope(names):
            for default in macro.node.defaults:
                self.shape(default)
            self.body(macro.node.body)

    def of_call(self, node: nodes.Call) -> Shape:
        """Look at a call; macros are looked at with what they are given."""
        shapes = [self.shape(arg) for arg in node.args]
        named = {keyword.key: self.shape(keyword.value) for keyword in node.kwargs}
        macro = self.macro(node.node)
        if macro is None:
            self.shape(node.node)
            return UNKNOWN
        names = [arg.name for arg in macro.node.args]
        shapes += [named.get(name, UNKNOWN) for name in names[len(shapes) :]]
        self.call(macro, shapes)
        return UNKNOWN

    def macro(self, node: nodes.Node) -> Defined | None:
        """Return the macro that an expression names."""
        if isinstance(node, nodes.Name) and not any(node.name in scope for scope in self.scopes):
            return self.macros.get(node.name)
        if not isinstance(node, nodes.Getattr) or not isinstance(node.node, nodes.Name):
            return None
        module = self.modules.get(node.node.name)
        if module is None:
            return None
        there = self.imported(module, visible=False)
        if node.attr not in there and node.attr not in self.exported(module):
            token = self.text.places.word_after(node.lineno - 1)
            near = nearest(node.attr, there)
            span = self.text.span(token.start, token.end) if token else self.text.word(node.lineno - 1)
            self.report("T003", span, f"{module} has no {node.attr}", f"did you mean {near}?" if near else None)
        return there.get(node.attr)


def _names(node: nodes.Node) -> list[str]:
    listed = node.items if isinstance(node, (nodes.Tuple, nodes.List)) else [node]
    return [one.value for one in listed if isinstance(one, nodes.Const) and isinstance(one.value, str)]
