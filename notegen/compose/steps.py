"""The steps of a traced render: parts of facts, gaps where there are none, and trouble noted at its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, NoReturn

from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment, SandboxedFormatter

from notegen.compose.codegen import RopeGenerator, Site, Text
from notegen.compose.environment import RECORD_METHODS, NoteEnvironment
from notegen.compose.findings import HIDDEN_HINT, Findings
from notegen.compose.formatting import braces
from notegen.compose.limits import Fuel, TooMuch
from notegen.compose.rope import Rope, TooLong, concat, roped
from notegen.compose.values import (
    SCALARS,
    Gap,
    Items,
    Record,
    WrongType,
    gap,
    kind_of,
    lift,
    path_of,
    plain_words,
    printable,
    reads_of,
)
from notegen.errors import nearest


class Stop(Exception):
    """The render cannot go on; why has been noted."""


class NoteFormatter(SandboxedFormatter):
    """The sandbox's formatter, which puts in nothing but what has a printed form."""

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> tuple[Any, str]:
        """Return what stands in a field, such as `0.item`, and the argument that it begins with."""
        value, first = super().get_field(field_name, args, kwargs)
        if not printable(value):
            raise WrongType("words to put in", value)
        return value, first


class SteppingEnvironment(NoteEnvironment):
    """Compiles templates to code that calls back, and holds the one render that goes on."""

    code_generator_class = RopeGenerator
    concat = staticmethod(concat)

    def __init__(self, bodies: Mapping[str, str], locale: str, currency: str, names: frozenset[str]) -> None:
        super().__init__(bodies, locale, currency)
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
            made = obj._made.get(name)
            if made is None:
                return obj[name] if name in obj._raw else self.absent(number, obj, name)
            return made
        if isinstance(obj, Gap):
            return self.deeper(number, obj, name)
        if isinstance(obj, dict):
            return super().getattr(obj, name)
        self.here = number
        value = ImmutableSandboxedEnvironment.getattr(self, obj, name)
        if isinstance(value, Gap):
            # A gap that the object itself gave, as `loop.nextitem` does at the end, is an answer.
            answered = value._undefined_obj is not obj and value._undefined_exception is not SecurityError
            return value if answered else self.no_part(number, obj, name, value)
        return lift(value, reads_of(obj)) if printable(value) else value

    def index(self, number: int, obj: Any, key: Any) -> Any:
        """Return a part by key or index."""
        if isinstance(key, Gap):
            return self.wanting(number, key)
        if isinstance(obj, Gap):
            return self.deeper(number, obj, str(key))
        if isinstance(key, str) and (type(obj) is Record or not isinstance(obj, dict)):
            return self.step(number, obj, key)
        if isinstance(obj, Items) and isinstance(key, int):
            index = key + len(obj) if key < 0 else key
            inside = 0 <= index < len(obj)
            return obj[index] if inside else gap("absent", f"{obj._path}.{max(index, 0)}", self.teller(number))
        if isinstance(obj, str) and isinstance(key, int) and path_of(obj):
            return self.letter(number, path_of(obj), key)
        return self.other_part(number, obj, key)

    def letter(self, number: int, path: str, key: int) -> Gap:
        """Report that a list was meant: one letter of a fact is nothing that anybody wants on a card."""
        hint = f"write a list under {path}, or print the whole of it"
        self.findings.add("T007", self.sites[number].span, f"{path} is text, and [{key}] is one letter of it", hint)
        return gap("told")

    def other_part(self, number: int, obj: Any, key: Any) -> Any:
        """Return what Jinja finds at a key."""
        value = ImmutableSandboxedEnvironment.getitem(self, obj, key)
        if isinstance(value, Gap):
            wanted = f"{key!s:.40}" if printable(key) else kind_of(key)
            self.findings.add("T014", self.sites[number].span, f"there is no {wanted} in {kind_of(obj)}")
            return gap("told")
        return value

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a part for Jinja's own filters and formats."""
        return self.step(self.here, obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return a part for Jinja's own filters: `map(attribute="item")`."""
        return self.index(self.here, obj, argument)

    def absent(self, number: int, record: Record, name: str) -> Any:
        """Return a method of records, a gap for a fact that the schema knows, or a gap that has been reported."""
        if name in RECORD_METHODS:
            return getattr(record, name)
        return self.gap_at(number, f"{record._path}.{name}", lambda: None)

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

    # -- trouble

    def guarded(self, number: int, work: Callable[[], Any]) -> Any:
        """Do something that a template asked for; whatever goes wrong is noted at its place."""
        self.here = number
        site = self.sites[number]
        try:
            return work()
        except (Stop, RecursionError, NameError, ImportError, AssertionError):
            raise  # The last three are faults of ours, which no template can cause.
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
        if plain is None or not isinstance(text, str):
            return plain
        rope = roped(text)
        if value.__name__ == "format_map":
            return lambda mapping: braces(rope, (), mapping, NoteFormatter(self))
        return lambda *args, **kwargs: braces(rope, args, kwargs, NoteFormatter(self))


_SAFE_HINT = "templates may use facts, filters and the methods of text and dates, nothing of Python's inside"
_MUCH_HINT = "a card holds about 1,000 characters; look for a loop or a width that was meant to be smaller"


def _is_method(name: str) -> bool:
    return name in RECORD_METHODS or (not name.startswith("_") and any(hasattr(kind, name) for kind in SCALARS))
