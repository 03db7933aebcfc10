"""The Jinja that templates are written in: sandboxed, without HTML, without chance, and with the filters of notes.

Both renders, with ropes and plain, share what is here; the rest of the plain one is Jinja's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    """A template whose module is made anew for each import, so that no customer sees another's."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return self.make_module()


class NoteEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox in which facts come first: `sale.items` is the fact called so when there is one."""

    template_class = FreshTemplate
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
        self.filters = {name: _listing(FILTERS[name]) for name in KEPT} | dict(note_filters(locale, currency))
        self.tests = dict(TESTS) | _TESTS
        self.globals = {name: self.globals[name] for name in ("dict", "namespace", "joiner")} | {"range": bounded_range}

    def _tokenize(
        self, source: str, name: str | None, filename: str | None = None, state: str | None = None
    ) -> TokenStream:
        places = self.places[name or ""] = Places(source)
        raw = placed(source, self.lexer.tokeniter(source, name, filename, state), places)
        return TokenStream(self.lexer.wrap(raw, name, filename), name, filename)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a part by name: the fact, then what the sandbox allows."""
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
