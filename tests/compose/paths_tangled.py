"""Templates with more paths than anybody can walk, and the least that each prints."""

# ruff: noqa: E501
# A template is one line, so that the table can be read at a glance.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from notegen.compose import compose, parse
from notegen.compose.paths import Step
from notegen.model.facts import Facts
from notegen.model.schema import Field, Kind, Schema
from notegen.model.source import Source
from notegen.model.template import Template

MANY = 64
SCHEMA = Schema(
    {"f": Field("f", Kind.RECORD, "facts"), "b": Field("b", Kind.RECORD, "flags")}
    | {f"f.t{i}": Field(f"f.t{i}", Kind.TEXT, "a fact", weight=1) for i in range(MANY)}
    | {f"b.c{i}": Field(f"b.c{i}", Kind.FLAG, "a flag") for i in range(MANY)}
)


@dataclass(frozen=True, slots=True)
class Tangled:
    """A template, the least that it prints (as far as `most` goes), and whether that is found without forgetting.

    One that does not render does more than any note may.
    """

    name: str
    text: str
    least: int
    most: int = 2
    exact: bool = True
    renders: bool = True
    library: Mapping[str, str] = field(default_factory=dict)

    @property
    def template(self) -> Template:
        """The template, read."""
        read = parse(
            Source("t.j2", f"Dear. {self.text}"), {name: Source(name, one) for name, one in self.library.items()}
        )
        assert read.value is not None, read.diagnostics
        return read.value


def fact(number: int) -> str:
    """Return the print of a fact."""
    return f"{{{{ f.t{number} }}}} "


def when(condition: str, yes: str, no: str = "") -> str:
    """Return a branch."""
    return (
        f"{{% if {condition} %}}{yes}{{% else %}}{no}{{% endif %}}"
        if no
        else f"{{% if {condition} %}}{yes}{{% endif %}}"
    )


def each(count: int, made: str) -> str:
    """Return something several times, with N, P (N + 30) and D (2 N) in it replaced."""
    return "".join(made.replace("N", str(i)).replace("P", str(i + 30)).replace("D", str(2 * i)) for i in range(count))


FLAG, OTHER, BOTH = (
    when("b.cN", "{{ f.tN }} "),
    when("not b.cN", "{{ f.tN }} "),
    when("b.cN", "{{ f.tN }} ", "{{ f.tP }} "),
)

MACROS = "".join(f"{{% macro m{i}() %}}{f'{{{{ m{i + 1}() }}}}' * 2}{{% endmacro %}}" for i in range(15))
INCLUDES = {f"i{i}.j2": f'{{% include "i{i + 1}.j2" %}}' * 2 for i in range(12)} | {"i12.j2": when("b.c0", fact(0))}

TANGLED = (
    Tangled("2^20: twenty ifs", fact(60) + each(20, FLAG), 1),
    Tangled("2^20: twenty if/else, 40 facts", each(20, BOTH), 2),
    Tangled("the same, up to 5 facts", each(20, BOTH), 5, 5),
    Tangled("3^20: nested, each flag tested twice", each(20, when("b.cN", when("b.cN", "{{ f.tD }}", "x"), "{{ f.tP }}")), 2),
    Tangled("2^20 of 2^40: each flag tested twice, apart", each(20, BOTH) * 2, 2),
    Tangled("2^20: one of two facts, and one more", each(20, when("b.cN", fact(0), fact(1))) + fact(9), 2),
    Tangled("14 correlated flags share two facts", each(14, when("b.cN", fact(0))) + each(14, when("not b.cN", fact(1))), 1),
    Tangled("30 correlated flags share two facts", each(30, when("b.cN", fact(0))) + each(30, when("not b.cN", fact(1))), 1),
    Tangled("30 correlated flags, thrice", (each(30, when("b.cN", fact(0))) + each(30, when("not b.cN", fact(1)))) * 2, 1),
    Tangled("30 flags tested twice, no facts at first", each(30, when("b.cN", "x", "y")) + each(30, FLAG), 0),
    Tangled("2^30: a joined chain of `or`", "{{ " + " ~ ".join(f"(f.t{i} or f.t{i + 30})" for i in range(30)) + " }}", 2),
    Tangled("a chain of 60 `or`", "{{ " + " or ".join(f"f.t{i}" for i in range(60)) + " }}", 1),
    Tangled("40 nested ifs", each(40, "{% if b.cN %}{{ f.tN }}") + "{% endif %}" * 40, 0),
    Tangled("60 elifs, twice", ("{% if b.c63 %}x" + each(60, "{% elif b.cN %}{{ f.tN }}") + "{% endif %}") * 2, 0),
    Tangled("30 set blocks, printed at the end", each(30, "{% set vN %}" + FLAG + "{% endset %}") + each(30, "{{ vN }}"), 0, exact=False),
    Tangled("2^15 calls of macros", MACROS + "{% macro m15() %}" + when("b.c0", fact(0)) + "{% endmacro %}{{ m0() }}", 0, renders=False),
    Tangled("macro that calls itself", "{% macro m(a) %}" + when("a", "{{ m(a) }}", fact(1)) + "{% endmacro %}{{ m(false) }}", 1),
    Tangled("conditions of 80 flags", when(" or ".join(f"(b.c{i} and not b.c{i + 1})" for i in range(40)), fact(0), fact(1)), 1, exact=False),
    Tangled("defaults in 40 brackets", "{{ " + " | default(".join(f"f.t{i}" for i in range(40)) + ")" * 39 + " }}", 1),
    Tangled("1,000 ifs", "".join(when(f"b.c{i % 60}", fact(i % 60)) for i in range(1000)), 0, exact=False),
    Tangled("2^12 includes", '{% include "i0.j2" %}', 0, exact=False, library=INCLUDES),
)  # fmt: skip


def printed(template: Template, steps: tuple[Step, ...]) -> frozenset[str] | None:
    """Return the facts that the note of somebody for whom all decisions of a path fall so prints; None without a note."""
    facts = {
        step.atom.path[2:]: f"the {step.atom.path};"
        for step in steps
        if step.value and step.atom.path.startswith("f.t")
    }
    flags = {step.atom.path[2:]: step.value for step in steps if step.atom.path.startswith("b.c")}
    tree = {"f": facts} | ({"b": flags} if flags else {})
    made = compose(Facts("ana", Source("facts.yaml", ""), tree, {}), template, SCHEMA)
    if made.value is None:
        return None
    return frozenset(path for path in SCHEMA.fields if f"the {path};" in made.value.text)
