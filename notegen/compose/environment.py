"""The Jinja that templates are written in: sandboxed, without HTML, without chance, and with the filters of notes.

Both renders, with ropes and plain, share what is here; the rest of the plain one is Jinja's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from functools import wraps
from types import GeneratorType
from typing import Any, Final

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import Template as JinjaTemplate
from jinja2.environment import TemplateModule
from jinja2.exceptions import TemplateNotFound
from jinja2.filters import FILTERS
from jinja2.lexer import TokenStream
from jinja2.loaders import BaseLoader
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS

from notegen.compose.filters import note_filters
from notegen.compose.limits import bounded_range
from notegen.compose.places import Places, placed
from notegen.compose.values import SCALARS, Flag, Gap, Record

KEPT: Final = (
    "abs batch capitalize center count d default dictsort first float format groupby indent int items join last length "
    "list lower map max min reject rejectattr replace reverse round select selectattr slice sort string sum title trim "
    "truncate unique upper wordcount wordwrap"
).split()
"""Jinja's filters that make sense on paper. The others make HTML, JSON or chance."""

RECORD_METHODS: Final = ("items", "keys", "values", "get")

WITHHELD: Final = frozenset(("encode", "from_bytes", "to_bytes", "today", "fromtimestamp", "translate", "maketrans"))
"""Methods of text, numbers and dates that give bytes, which no limit counts, read the clock, or make a text of any
length of a short one."""


class Library(BaseLoader):
    """Bodies by name."""

    def __init__(self, bodies: Mapping[str, str]) -> None:
        self.bodies = bodies

    def get_source(self, environment: Any, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return a body for Jinja."""
        if template not in self.bodies:
            raise TemplateNotFound(template)
        return self.bodies[template], None, lambda: True


class PlainGenerator(CodeGenerator):
    """Jinja's code generator, which would otherwise work out constants while compiling, without any limit."""

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible()
        return node.data


class FreshTemplate(JinjaTemplate):
    """A template whose module is made anew for each import, so that no customer sees another's.

    A module of macros alone keeps nothing of whoever imports it, and is made once.
    """

    environment: NoteEnvironment

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        kept = self.environment.modules
        if self.name not in kept:
            made = self.make_module()
            if self.name not in self.environment.macros_alone:
                return made
            kept[self.name] = made
        return kept[self.name]


class NoteContext(Context):
    """The variables of one file; what Jinja works out anew for each, though it is always the same here, is shared."""

    def __init__(
        self,
        environment: NoteEnvironment,
        parent: dict[str, Any],
        name: str | None,
        blocks: dict[str, Callable[[Context], Iterator[str]]],
        globals: MutableMapping[str, Any] | None = None,
    ) -> None:
        self.parent = parent
        self.vars = {}
        self.environment = environment
        self.eval_ctx = environment.eval_ctx
        self.exported_vars = set()
        self.name = name
        self.globals_keys = set()
        self.blocks = {one: [block] for one, block in blocks.items()} if blocks else {}


def is_macros_alone(tree: nodes.Template) -> bool:
    """Return whether a file holds nothing but macros, and literal text between them."""
    return all(
        isinstance(one, nodes.Macro)
        or (isinstance(one, nodes.Output) and all(isinstance(part, nodes.TemplateData) for part in one.nodes))
        for one in tree.body
    )


class NoteEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox in which facts come first: `sale.items` is the fact called so when there is one."""

    template_class = FreshTemplate
    context_class = NoteContext
    code_generator_class: type[CodeGenerator] = PlainGenerator

    def __init__(self, bodies: Mapping[str, str], locale: str, currency: str) -> None:
        super().__init__(
            undefined=Gap,
            loader=Library(bodies),
            optimized=False,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.places: dict[str, Places] = {}
        self.eval_ctx = nodes.EvalContext(self)
        self.modules: dict[str | None, TemplateModule] = {}
        self.macros_alone: set[str | None] = set()
        self._ready: dict[str, JinjaTemplate] = {}
        self.filters = {name: _listing(FILTERS[name]) for name in KEPT} | dict(note_filters(locale, currency))
        self.tests = dict(TESTS) | _TESTS
        self.globals = {name: self.globals[name] for name in ("dict", "namespace", "joiner")} | {"range": bounded_range}

    def _tokenize(
        self, source: str, name: str | None, filename: str | None = None, state: str | None = None
    ) -> TokenStream:
        places = self.places[name or ""] = Places(source)
        raw = placed(source, self.lexer.tokeniter(source, name, filename, state), places)
        return TokenStream(self.lexer.wrap(raw, name, filename), name, filename)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what every file can name; Jinja's own answer lets files have more, and is slow to copy."""
        return {**self.globals, **(d or {})}

    def get_template(
        self,
        name: str | JinjaTemplate,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> JinjaTemplate:
        """Return a compiled body; there is one of each name."""
        made = self._ready.get(name)  # type: ignore[arg-type]
        if made is None:
            made = self._ready[str(name)] = super().get_template(name, parent, globals)
        return made

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a part by name: the fact, then what the sandbox allows."""
        if type(obj) is Record and attribute in obj._raw:
            return obj[attribute]
        if isinstance(obj, Gap):
            return obj
        if isinstance(obj, (Record, dict)) and (attribute in obj or attribute not in RECORD_METHODS):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return a part by key or index."""
        return obj if isinstance(obj, Gap) else super().getitem(obj, argument)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may have a part of a value: what the sandbox allows, without WITHHELD."""
        return attr not in WITHHELD and super().is_safe_attribute(obj, attr, value)

    def tree(self, body: str, name: str) -> nodes.Template:
        """Parse a body; the "line numbers" of its nodes and errors are offsets plus one."""
        return self._parse(body, name, None)


def _listing(function: Callable[..., Any]) -> Callable[..., Any]:
    """Make a filter that yields return a list, so that its faults come up where it stands."""

    @wraps(function)
    def listed(*args: Any, **kwargs: Any) -> Any:
        made = function(*args, **kwargs)
        return list(made) if isinstance(made, GeneratorType) else made

    return listed


def _boolean(value: Any) -> bool:
    return isinstance(value, (bool, Flag))


def _kind(value: Any) -> type | None:
    return Flag if _boolean(value) else next((kind for kind in SCALARS if isinstance(value, kind)), None)


def _same(value: Any, other: Any) -> bool:
    """Return whether two values are one: equal scalars of a kind are, of which Python may or may not keep two."""
    return value is other or (_kind(value) is _kind(other) is not None and value == other)


_TESTS: Final[dict[str, Callable[..., bool]]] = {
    "boolean": _boolean,
    "true": lambda value: _boolean(value) and bool(value),
    "false": lambda value: _boolean(value) and not value,
    "integer": lambda value: isinstance(value, int) and not _boolean(value),
    "sameas": _same,
}

__all__ = ["KEPT", "RECORD_METHODS", "Library", "NoteEnvironment"]
