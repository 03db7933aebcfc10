"""Rendering with ropes: what compiled templates call for each filter, operation, call and printed expression."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import BuiltinMethodType, GeneratorType, MethodType
from typing import Any, Final

from jinja2.environment import Environment
from jinja2.filters import make_attrgetter
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, LoopContext, Macro, Undefined
from jinja2.utils import pass_environment

from notegen.compose.align import aligned
from notegen.compose.codegen import Site
from notegen.compose.limits import MANY, OPERATORS, STEP, TooMuch, size, weight
from notegen.compose.rope import EMPTY, Rope, concat, limit, roped, stamped
from notegen.compose.steps import SteppingEnvironment
from notegen.compose.values import (
    Flag,
    Gap,
    WrongType,
    gap,
    kind_of,
    lift,
    path_of,
    printable,
    reads_of,
    text_of,
    writable,
)
from notegen.model.note import Trust

GAP_FILTERS: Final = frozenset(
    "default d length count list first last map select reject selectattr rejectattr sort unique batch slice groupby "
    "sum reverse items dictsort min max".split()
)
"""Filters that may be given nothing: they ask about a list or replace it, and an absent list is an empty one."""


class TracedEnvironment(SteppingEnvironment):
    """The methods that print, calculate, filter and call."""

    def __init__(self, bodies: Mapping[str, str], locale: str, currency: str, names: frozenset[str]) -> None:
        super().__init__(bodies, locale, currency, names)
        self.filters["join"] = rope_join
        self.filters["sum"] = bounded_sum

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
        if not writable(value):
            self.unprintable(site, value)
            return EMPTY
        return stamped(self.counted(self.traced(value, site)), site.span)

    def written(self, number: int, value: Any) -> Rope:
        """Print what a filter block or a call block made, which Jinja wants to be text."""
        if isinstance(value, (str, Gap)):
            return self.printed(number, value)
        message = f"a block makes text; this makes {kind_of(value)}"
        self.findings.add("T014", self.sites[number].span, message, "print the value with {{ }} instead")
        return EMPTY

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
        if isinstance(value, (bool, Flag)):
            hint = f"say it in words: {{% if {subject} %}}...{{% endif %}}" if subject != "this" else "say it in words"
        elif isinstance(value, (list, tuple)):
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
                if not writable(part):
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
        if operator == "%" and isinstance(left, str):
            left = roped(left)
        made = self.guarded(number, lambda: self.calculated(number, operator, left, right))
        return lift(self.weighed(made), reads_of((left, right)))

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
        given = [one for one in (*args, *kwargs.values()) if one is not value and not isinstance(one, _PASSED)]
        if not self.admits(number, site.name, value, given):
            return gap("told")
        self.fuel.burn(10 + size(value))
        made = self.guarded(number, lambda: function(*args, **kwargs))
        if isinstance(made, GeneratorType):
            made = list(made)
        return self.followed(made, value, (*args, *kwargs.values()))

    def followed(self, made: Any, value: Any, given: tuple[Any, ...]) -> Any:
        """Give a filter's result the places and facts of what went in."""
        self.weighed(made)
        if type(made) is str:
            extra = tuple(path for one in given if one is not value for path in reads_of(one))
            if isinstance(value, Rope):
                return aligned(made, value, extra)
            return lift(made, reads_of(value) + extra)
        if printable(made) and not isinstance(made, bool):
            return lift(made, reads_of(given))
        return made

    def admits(self, number: int, name: str, value: Any, given: Iterable[Any]) -> bool:
        """Judge what a filter is given: words where it wants words, and no width or count that no note needs."""
        given = tuple(given)
        if name in _WIDTHS:
            self.bound(number, given)
        if name == "indent" and isinstance(value, str):
            width = max((one for one in given if isinstance(one, int)), default=0)
            self.guarded(number, lambda: limit(len(value) + width * value.count("\n")))
        for one in (value, *(one for one in given if name == "replace" and one is not None)):
            if name in _TEXTUAL and not printable(one) and not isinstance(one, Gap):
                self.unprintable(self.sites[number], one)
                return False
        return True

    def weighed(self, made: Any) -> Any:
        """Let a list cost what it holds, at all depths: one that holds another twice, forty deep, would never end.

        A text costs TEXT for each character, of which each may have a place of its own.
        """
        if isinstance(made, (list, tuple, dict)):
            self.fuel.burn(weight(made, self.fuel.left))
        elif isinstance(made, str):
            self.fuel.burn(TEXT * len(made))
        return made

    def call_filter(
        self,
        name: str,
        value: Any,
        args: Any = None,
        kwargs: Any = None,
        context: Context | None = None,
        eval_ctx: EvalContext | None = None,
    ) -> Any:
        """Apply a filter by name, for `map`."""
        if isinstance(value, Gap) and name not in GAP_FILTERS:
            return self.wanting(self.here, value)
        if not self.admits(self.here, name, value, (*(args or ()), *(kwargs or {}).values())):
            return gap("told")
        made = super().call_filter(name, value, args, kwargs, context, eval_ctx)
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
            self.fuel.burn(size(owner))
            for one in args:
                if isinstance(one, Gap):
                    return self.wanting(number, one)
        if isinstance(function, LoopContext):
            args = (self.turns(number, args[0]), *args[1:]) if args else args
        made = self.guarded(number, lambda: super(TracedEnvironment, self).call(context, function, *args, **kwargs))
        self.weighed(made)
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


_TEXTUAL = frozenset(
    "upper lower title capitalize trim center string truncate wordwrap replace indent format wordcount".split()
)
_WIDTHS = frozenset("center indent truncate wordwrap batch slice round".split())
_WIDE = re.compile(r"%[^a-zA-Z%]*\d{3}")


TEXT = 2
"""What a character costs that an operator, a filter or a method made."""
_PASSED = (Context, EvalContext, Environment)


def _subject(args: tuple[Any, ...]) -> Any:
    """Return the value that a filter is applied to, after the context or environment that some are given first."""
    return args[1] if len(args) > 1 and isinstance(args[0], _PASSED) else args[0]


@pass_environment
def rope_join(environment: TracedEnvironment, value: Any, d: Any = "", attribute: Any = None) -> Any:
    """Join as Jinja's `join` does."""
    if isinstance(value, (str, Gap)) or not hasattr(value, "__iter__"):
        raise WrongType("a list", value, "write the fact as a list: [a, b]")
    items = list(value) if attribute is None else list(map(make_attrgetter(environment, attribute), value))
    if not printable(d):
        raise WrongType("words to put between", d)
    for item in items:
        if isinstance(item, Gap):
            return environment.wanting(environment.here, item)
        if not printable(item):
            raise WrongType("a list of words", item)
    parts: list[str] = []
    for item in items:
        parts += (text_of(d), text_of(item)) if parts else (text_of(item),)
    return concat(parts)


@pass_environment
def bounded_sum(environment: TracedEnvironment, iterable: Any, attribute: Any = None, start: Any = 0) -> Any:
    """Add as Jinja's `sum` does; lists that are put together may not grow beyond MANY."""
    items = list(iterable) if attribute is None else list(map(make_attrgetter(environment, attribute), iterable))
    if isinstance(start, (list, tuple)) and size(start) + sum(map(size, items)) > MANY:
        raise TooMuch(f"a list of more than {MANY:,} items")
    return sum(items, start)
