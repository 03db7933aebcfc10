"""Rendering with ropes: what compiled templates call for each step, filter, call and printed expression."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import BuiltinMethodType, GeneratorType, MethodType, ModuleType
from typing import Any, Final, NoReturn

from jinja2.environment import Template as JinjaTemplate
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.runtime import Context, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment, SandboxedFormatter
from jinja2.utils import pass_environment

from notegen.compose.align import aligned
from notegen.compose.codegen import RopeGenerator, Site, Text
from notegen.compose.environment import RECORD_METHODS, NoteEnvironment
from notegen.compose.filters import WrongType
from notegen.compose.findings import HIDDEN_HINT, Findings
from notegen.compose.formatting import braces
from notegen.compose.limits import MANY, OPERATORS, STEP, Fuel, TooMuch, size
from notegen.compose.rope import EMPTY, Rope, TooLong, concat, stamped
from notegen.compose.values import (
    Gap,
    Items,
    Record,
    gap,
    kind_of,
    lift,
    path_of,
    plain_words,
    printable,
    reads_of,
    text_of,
)
from notegen.errors import nearest
from notegen.model.note import Trust

GAP_FILTERS: Final = frozenset(
    "default d length count list first last map select reject selectattr rejectattr sort unique batch slice groupby sum "
    "reverse items dictsort min max".split()
)
"""Filters that may be given nothing: they ask about a list or replace it, and an absent list is an empty one."""


class Stop(Exception):
    """The render cannot go on; why has been noted."""


class FreshTemplate(JinjaTemplate):
    """A template whose module is made anew for each import, so that no customer sees another's."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return self.make_module()


class TracedEnvironment(NoteEnvironment):
    """Compiles templates to code that calls the methods below, and holds the one render that goes on."""

    code_generator_class = RopeGenerator
    template_class = FreshTemplate
    concat = staticmethod(concat)

    def __init__(self, bodies: Mapping[str, str], locale: str, currency: str, names: frozenset[str]) -> None:
        super().__init__(bodies, locale, currency)
        self.filters["join"] = rope_join
        self.texts: dict[str, Text] = {}
        self.sites: list[Site] = []
        self.ropes: list[Rope] = []
        self.names = names
        self.findings: Findings
        self.fuel = Fuel()
        self.here = 0

    # -- steps

    def step(self, number: int, obj: Any, name: str) -> Any:
        """Return a named part: a fact, a gap for one that is absent, a method."""
        if type(obj) is Record:
            return obj[name] if name in obj else self.absent(number, obj, name)
        if isinstance(obj, Gap):
            return self.deeper(number, obj, name)
        if isinstance(obj, dict):
            return super().getattr(obj, name)
        self.here = number
        value = ImmutableSandboxedEnvironment.getattr(self, obj, name)
        if isinstance(value, Gap):
            return self.no_part(number, obj, name, value)
        return lift(value, reads_of(obj)) if printable(value) else value

    def index(self, number: int, obj: Any, key: Any) -> Any:
        """Return a part by key or index."""
        if isinstance(obj, Gap) or isinstance(key, Gap):
            return obj if isinstance(obj, Gap) else self.wanting(number, key)
        if isinstance(key, str) and (type(obj) is Record or not isinstance(obj, dict)):
            return self.step(number, obj, key)
        if isinstance(obj, Items) and isinstance(key, int):
            index = key + len(obj) if key < 0 else key
            inside = 0 <= index < len(obj)
            return obj[index] if inside else gap("absent", f"{obj._path}.{max(index, 0)}", self.teller(number))
        value = ImmutableSandboxedEnvironment.getitem(self, obj, key)
        if isinstance(value, Gap):
            self.findings.add("T014", self.sites[number].span, f"there is no {key!s:.40} in {kind_of(obj)}")
            return gap("told")
        return value

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a part for Jinja's own filters and formats."""
        return self.step(self.here, obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return a part for Jinja's own filters: `map(attribute="item")`."""
        return self.index(self.here, obj, argument)

    def absent(self, number: int, record: Record, name: str) -> Any:
        """Return a gap for a fact that the schema knows, a method of records, or a gap that has been reported."""
        return self.gap_at(number, f"{record._path}.{name}", lambda: _method(record, name))

    def deeper(self, number: int, above: Gap, name: str) -> Any:
        """Return what is under a gap: a deeper gap."""
        if above._kind not in ("absent", "blank") or not above._path:
            return above
        return self.gap_at(number, f"{above._path}.{name}", lambda: above if _is_method(name) else None)

    def gap_at(self, number: int, path: str, otherwise: Callable[[], Any]) -> Any:
        """Judge a path that has no value."""
        if self.findings.schema.lookup(path) is not None:
            return gap("absent", path, self.teller(number))
        found = otherwise()
        if found is not None:
            return found
        self.findings.unknown(path, self.sites[number].point)
        return gap("told", path)

    def no_part(self, number: int, obj: Any, name: str, value: Gap) -> Gap:
        """Judge a name that a value has no part for."""
        site, path = self.sites[number], path_of(obj)
        if value._undefined_exception is SecurityError:
            self.findings.add("T008", site.point, f"a template may not touch {name}", _SAFE_HINT)
        elif path:
            fact: Gap = self.gap_at(number, f"{path}.{name}", lambda: None)
            return fact
        elif isinstance(obj, (TemplateModule, ModuleType)):
            near = nearest(name, [known for known in vars(obj) if not known.startswith("_")])
            message = f"the imported file has no {name}"
            self.findings.add("T003", site.point, message, f"did you mean {near}?" if near else None)
        else:
            self.findings.add("T014", site.point, f"{kind_of(obj)} has no {name}")
        return gap("told", f"{path}.{name}" if path else "")

    def unnamed(self, number: int) -> Gap:
        """Judge a variable that has no value: unknown, or not set on this way through the template."""
        site = self.sites[number]
        if site.name in self.names:
            return gap("unset", "", self.teller(number), f"{site.name} has no value here")
        if self.findings.schema.lookup(site.name) is not None:
            self.findings.add("T003", site.point, f"{site.name} is not visible in an imported file", HIDDEN_HINT)
        else:
            self.findings.unknown(site.name, site.point, tuple(sorted(self.names)))
        return gap("told")

    def teller(self, number: int) -> Callable[[Gap], None]:
        """Return what reports that a gap of this site was compared."""
        return lambda one: self.findings.gap(one, self.sites[number].span)

    def wanting(self, number: int, one: Gap) -> Gap:
        """Report a gap where a value is needed, and return one that is silent from then on."""
        self.findings.gap(one, self.sites[number].span)
        return gap("told", one._path)

    # -- printing

    def printed(self, number: int, value: Any) -> Rope:
        """Print a value as Jinja does, every character with a place."""
        site = self.sites[number]
        if isinstance(value, Rope):
            return stamped(value, site.span)
        if isinstance(value, Undefined):
            if isinstance(value, Gap):
                self.findings.gap(value, site.span)
            return EMPTY
        if not printable(value):
            self.unprintable(site, value)
            return EMPTY
        return stamped(self.counted(self.traced(value, site)), site.span)

    def traced(self, value: Any, site: Site) -> Rope:
        """Return a scalar's text; what carries no facts is said to have read those that the expression names."""
        if not reads_of(value):
            schema = self.findings.schema
            reads = tuple(path for path in site.reads if schema.lookup(path) is not None)
            return text_of(lift(str(value), reads, trust=Trust.STATIC)) if reads else text_of(value)
        return text_of(value)

    def unprintable(self, site: Site, value: Any) -> None:
        """Report a value without a printed form."""
        subject = path_of(value) or "this"
        hint = "print one of its parts"
        if isinstance(value, (list, tuple)):
            hint = f"loop over it, or print {{{{ {subject} | and_list }}}}" if subject != "this" else "use and_list"
        self.findings.add("T013", site.span, f"{subject} is {kind_of(value)}, which cannot be written on a card", hint)

    def counted(self, rope: Rope) -> Rope:
        """Let a text cost what it is long."""
        self.fuel.burn(len(rope))
        return rope

    def joined(self, number: int, parts: Iterable[Any]) -> Any:
        """Join with `~`."""
        self.here = number
        made: list[Rope] = []
        for part in parts:
            if isinstance(part, Gap):
                self.wanting(number, part)
            elif not isinstance(part, Undefined):
                if not printable(part):
                    self.unprintable(self.sites[number], part)
                    continue
                made.append(self.traced(part, self.sites[number]))
        return self.guarded(number, lambda: self.counted(concat(made)))

    # -- operations

    def operate(self, number: int, operator: str, left: Any, right: Any) -> Any:
        """Apply a binary operator."""
        for side in (left, right):
            if isinstance(side, Gap):
                return self.wanting(number, side)
        self.fuel.burn(1 + size(left) // 10)
        made = self.guarded(number, lambda: self.calculated(number, operator, left, right))
        return lift(made, reads_of((left, right)))

    def calculated(self, number: int, operator: str, left: Any, right: Any) -> Any:
        """Calculate, with the kinds of the operands in the complaint."""
        try:
            return OPERATORS[operator](left, right)
        except TypeError:
            message = f"{operator} does not go between {kind_of(left)} and {kind_of(right)}"
            hint = "join words with ~" if operator == "+" else None
            self.findings.add("T014", self.sites[number].span, message, hint)
            return gap("told")

    def signed(self, number: int, operator: str, value: Any) -> Any:
        """Apply a sign."""
        if isinstance(value, Gap):
            return self.wanting(number, value)
        return lift(self.guarded(number, lambda: self.unop_table[operator](value)), reads_of(value))

    def filtered(self, number: int, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Apply a filter; a gap passes only through those that may be given nothing."""
        site = self.sites[number]
        value = _subject(args)
        if isinstance(value, Gap) and site.name in ("first", "last", "min", "max"):
            return value
        if site.name not in ("default", "d"):
            for one in (*args, *kwargs.values()):
                if isinstance(one, Gap) and not (one is value and site.name in GAP_FILTERS):
                    return self.wanting(number, one)
        self.fuel.burn(10 + size(value))
        if site.name in _WIDTHS:
            self.bound(number, (one for one in (*args, *kwargs.values()) if one is not value))
        made = self.guarded(number, lambda: function(*args, **kwargs))
        if isinstance(made, GeneratorType):
            made = list(made)
        return self.followed(made, value, (*args, *kwargs.values()))

    def followed(self, made: Any, value: Any, given: tuple[Any, ...]) -> Any:
        """Give a filter's result the places and facts of what went in."""
        if type(made) is str:
            extra = tuple(path for one in given if one is not value for path in reads_of(one))
            if isinstance(value, Rope):
                return aligned(made, value, extra)
            return lift(made, reads_of(value) + extra)
        if printable(made) and not isinstance(made, bool):
            return lift(made, reads_of(given))
        return made

    def call_filter(self, name: str, value: Any, args: Any = None, kwargs: Any = None, *rest: Any) -> Any:
        """Apply a filter by name, for `map`."""
        if isinstance(value, Gap) and name not in GAP_FILTERS:
            return self.wanting(self.here, value)
        made = super().call_filter(name, value, args, kwargs, *rest)
        return self.followed(made, value, (value, *(args or ())))

    def tested(self, number: int, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Apply a test."""
        self.fuel.burn(10)
        return self.guarded(number, lambda: function(*args, **kwargs))

    def bound(self, number: int, args: Iterable[Any]) -> None:
        """Refuse a width or count that no note needs."""
        for one in args:
            if (isinstance(one, int) and abs(one) > MANY) or (isinstance(one, str) and _WIDE.search(one)):
                self.stop(number, f"{self.sites[number].name} is asked for {one!s:.20}")

    def invoke(self, number: int, context: Context, function: Any, *args: Any, **kwargs: Any) -> Any:
        """Call a macro, a method or one of Jinja's few functions."""
        if isinstance(function, Undefined):
            return self.uncallable(number, function)
        self.fuel.burn(STEP if isinstance(function, (Macro, LoopContext)) else 10)
        owner = getattr(function, "__self__", None) if isinstance(function, (BuiltinMethodType, MethodType)) else None
        if isinstance(owner, (str, int, float, date)):
            self.bound(number, (*args, *kwargs.values()))
            for one in args:
                if isinstance(one, Gap):
                    return self.wanting(number, one)
        if isinstance(function, LoopContext):
            args = (self.turns(number, args[0]), *args[1:]) if args else args
        made = self.guarded(number, lambda: super(TracedEnvironment, self).call(context, function, *args, **kwargs))
        return lift(made, reads_of((owner, *args))) if owner is not None and printable(made) else made

    def uncallable(self, number: int, function: Undefined) -> Gap:
        """Report a call of nothing."""
        if isinstance(function, Gap):
            return self.wanting(number, function)
        return gap("told")

    def turns(self, number: int, iterable: Any) -> Any:
        """Count the turns that a loop will take."""
        if isinstance(iterable, Undefined):
            return ()
        if isinstance(iterable, str) or not hasattr(iterable, "__iter__"):
            subject = path_of(iterable) or self.sites[number].name
            message = f"for wants a list; {subject} is {kind_of(iterable)}"
            hint = "write the fact as a list, one item to a line beginning with '- '"
            self.findings.add("T007", self.sites[number].span, message, hint)
            return ()
        listed = iterable if isinstance(iterable, (tuple, list, dict, range)) else list(iterable)
        self.guarded(number, lambda: self.fuel.burn(STEP * len(listed)))
        return listed

    # -- trouble

    def guarded(self, number: int, work: Callable[[], Any]) -> Any:
        """Do something that a template asked for; whatever goes wrong is noted at its place."""
        self.here = number
        site = self.sites[number]
        try:
            return work()
        except (Stop, RecursionError):
            raise
        except (TooMuch, TooLong, MemoryError) as error:
            self.stop(number, str(error) or "this needs too much memory")
        except WrongType as error:
            if not (isinstance(error.value, Gap)):
                self.findings.add("T007", site.point, error.sentence(site.name), error.hint)
            else:
                self.findings.gap(error.value, site.span)
        except SecurityError:
            self.findings.add("T008", site.span, "a template may not do this", _SAFE_HINT)
        except UndefinedError as error:
            self.findings.add("T004", site.span, str(error))
        except Exception as error:  # Python's own complaints about what a template asked of a value: any kind.
            self.findings.add("T014", site.span, f"{site.name} does not work here: {plain_words(str(error))}")
        return gap("told")

    def stop(self, number: int, reason: str) -> NoReturn:
        """Give up on this render."""
        self.findings.add("T009", self.sites[number].span, f"this is too much for a note: {reason}", _MUCH_HINT)
        raise Stop

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Return a safe `str.format` that keeps ropes."""
        plain = super().wrap_str_format(value)
        text = getattr(value, "__self__", None)
        if plain is None or not isinstance(text, Rope):
            return plain
        if value.__name__ == "format_map":
            return lambda mapping: braces(text, (), mapping, SandboxedFormatter(self))
        return lambda *args, **kwargs: braces(text, args, kwargs, SandboxedFormatter(self))


_WIDTHS = frozenset("center indent truncate wordwrap batch slice round".split())
_WIDE = re.compile(r"%[^a-zA-Z%]*\d{3}")
_SAFE_HINT = "templates may use facts, filters and the methods of text and dates, nothing of Python's inside"
_MUCH_HINT = "a card holds about 1,000 characters; look for a loop or a width that was meant to be smaller"


def _method(record: Record, name: str) -> Any:
    return getattr(record, name) if name in RECORD_METHODS else None


def _is_method(name: str) -> bool:
    from notegen.compose.values import SCALARS

    return name in RECORD_METHODS or (not name.startswith("_") and any(hasattr(kind, name) for kind in SCALARS))


def _subject(args: tuple[Any, ...]) -> Any:
    """Return the value that a filter is applied to, after the context or environment that some are given first."""
    from jinja2.environment import Environment
    from jinja2.nodes import EvalContext

    return args[1] if len(args) > 1 and isinstance(args[0], (Context, EvalContext, Environment)) else args[0]


@pass_environment
def rope_join(environment: TracedEnvironment, value: Any, d: Any = "", attribute: Any = None) -> Any:
    """Join as Jinja's `join` does."""
    from jinja2.filters import make_attrgetter

    if isinstance(value, (str, Gap)) or not hasattr(value, "__iter__"):
        raise WrongType("a list", value, "write the fact as a list: [a, b]")
    items = list(value) if attribute is None else list(map(make_attrgetter(environment, attribute), value))
    for item in items:
        if isinstance(item, Gap):
            return environment.wanting(environment.here, item)
        if not printable(item):
            raise WrongType("a list of words", item)
    parts: list[str] = []
    for item in items:
        parts += (text_of(d), text_of(item)) if parts else (text_of(item),)
    return concat(parts)
