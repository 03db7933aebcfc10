"""What an expression may come to, seen from a template alone: facts that may be absent, words, lists, and so on.

A value knows which specific facts stand in its words. Where that depends on the customer, the walk forks instead: each
state has values of one kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from notegen.compose.paths.atoms import Atom

NO_FACTS: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Fact:
    """The fact at a path, which the customer may lack."""

    path: str


@dataclass(frozen=True, slots=True)
class Words:
    """Text or a number that was made from facts; `full` is whether it counts as true, None when that is not known."""

    facts: frozenset[str] = NO_FACTS
    full: bool | None = None


@dataclass(frozen=True, slots=True)
class Const:
    """A constant of the template; `kind` keeps 1 and true apart."""

    value: str | int | float | bool | None
    kind: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A gap for certain: a variable without a value."""


@dataclass(frozen=True, slots=True)
class Blank:
    """What an inline `if` without an `else` gives: it is printed as nothing, and `default` takes its place."""


@dataclass(frozen=True, slots=True)
class Picked:
    """Which items `select`, `reject` and their like leave: a test of them, or of a part of them; none is the truth."""

    part: str
    test: str
    args: tuple[Value, ...]
    reject: bool


@dataclass(frozen=True, slots=True)
class Seq:
    """The items of a list of facts from `start` on and before `stop`, or of each the part at `part`.

    `sure` is False when a filter may have taken items away, `keeps` when one made something else of them, `raw` when
    one made a list of it, so that it is no gap even without facts, `ordered` when none changed the order. Of one that
    `needs` its items, none may be a gap. `picked` says which items a filter took away, if that can be told.
    """

    path: str
    start: int = 0
    part: str = ""
    sure: bool = True
    keeps: bool = True
    stop: int = 1 << 30
    raw: bool = True
    ordered: bool = True
    needs: bool = False
    picked: Picked | None = None


@dataclass(frozen=True, slots=True)
class Size:
    """How many items a list of facts has, from `start` on."""

    path: str
    start: int


@dataclass(frozen=True, slots=True)
class Several:
    """A list that is written out in the template."""

    items: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Opaque:
    """Something without facts of which nothing is known; `said` names it where two of the same text are the same."""

    said: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """The answer to a question about the facts, yet to be given; `no` turns it round."""

    atom: Atom
    no: bool = False


@dataclass(frozen=True, slots=True)
class Method:
    """A method of a value, not called yet."""

    owner: Value
    name: str


@dataclass(frozen=True, slots=True)
class Callable:
    """A macro, or what stands in a call block, by its number in the walk."""

    number: int


@dataclass(frozen=True, slots=True)
class BlockRef:
    """A block by name, `level` steps up from the file that is rendered; a negative number of file means `self`."""

    run: int
    name: str
    level: int


@dataclass(frozen=True, slots=True)
class Module:
    """An imported file: the scope that holds what it set."""

    scope: int


@dataclass(frozen=True, slots=True)
class Loop:
    """The variable `loop` in one turn; None where a turn stands for several."""

    first: bool | None
    last: bool | None
    index: int | None


@dataclass(frozen=True, slots=True)
class Builtin:
    """One of Jinja's few functions."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several values, of which it was forgotten when it is which."""

    options: tuple[Value, ...]


Value: TypeAlias = (
    "Fact | Words | Const | Gone | Blank | Seq | Size | Several | Opaque | Doubt | Method | Callable | BlockRef"
    " | Module | Loop | Builtin | Choice"
)

GONE: Final = Gone()
BLANK: Final = Blank()
UNKNOWN: Final = Opaque()
MOST: Final = 8
"""Options beyond which a choice becomes something of which nothing is known."""


def const(value: str | int | float | bool | None) -> Const:
    """Return a constant."""
    return Const(value, type(value).__name__)


def choice(values: Iterable[Value]) -> Value:
    """Return one value for several."""
    flat: dict[Value, None] = {}
    for value in values:
        flat.update(dict.fromkeys(value.options if isinstance(value, Choice) else (value,)))
    if len(flat) > MOST:
        return UNKNOWN
    return next(iter(flat)) if len(flat) == 1 else Choice(tuple(sorted(flat, key=repr)))


def describe(value: Value) -> str:
    """Return a text that two values share only when they are the same for any one customer, or an empty one."""
    if isinstance(value, Fact):
        return value.path
    if isinstance(value, Const):
        return repr(value.value)
    if isinstance(value, Seq) and value.sure and value.keeps:
        return f"{value.path}[{value.start}:{value.stop}]{value.part}"
    if isinstance(value, Size):
        return f"{value.path}[{value.start}:] | length"
    return value.said if isinstance(value, Opaque) else ""
