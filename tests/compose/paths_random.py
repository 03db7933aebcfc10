"""Random templates with the truth about them: every customer that matters is composed, and what is printed is read.

Each fact's value is a word that nothing else contains, so which facts a note prints is found by looking for the words.
"""

# ruff: noqa: E501
# A production is one line, so that the grammar can be read at a glance.

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from random import Random
from typing import Any

from notegen.compose import compose, parse
from notegen.compose.paths import Step
from notegen.model.facts import Facts
from notegen.model.schema import Field, Kind, Schema
from notegen.model.source import Source
from notegen.model.template import Template

SCHEMA = Schema(
    {
        one.path: one
        for one in (
            Field("customer", Kind.RECORD, "who"),
            Field("customer.name", Kind.TEXT, "name", required=True),
            Field("sale", Kind.RECORD, "what"),
            Field("sale.item", Kind.TEXT, "item", weight=1),
            Field("sale.colour", Kind.TEXT, "colour", weight=1),
            Field("sale.date", Kind.DATE, "date", weight=1),
            Field("sale.first", Kind.FLAG, "first"),
            Field("gift", Kind.FLAG, "gift"),
            Field("story", Kind.LIST, "story", weight=1),
            Field("story.*", Kind.TEXT, "story", weight=1),
        )
    }
)
WORDS = {
    "sale.item": ("zephyr",),
    "sale.colour": ("crimson", "indigo", "ochre"),
    "sale.date": ("march", "wednesday", "2026"),
    "story.0": ("quokka",),
    "story.1": ("lemur",),
}
VALUES: Mapping[str, tuple[Any, ...]] = {
    "sale.item": (None, "Zephyr"),
    "sale.colour": (None, "Crimson", "Ochre"),
    "sale.date": (None, date(2026, 3, 4)),
    "sale.first": (False, True),
    "gift": (False, True),
    "story": (None, (), ("N/A",), ("Quokka.",), ("N/A", "Lemur."), ("Quokka.", "N/A"), ("Quokka.", "Lemur.")),
}
USUAL: Mapping[str, Any] = {path: values[-1] for path, values in VALUES.items()}
QUICK = 40
"""Customers that are composed in no time."""

NOBODY = Source("facts.yaml", "")


def facts_of(values: Mapping[str, Any]) -> Facts:
    """Return a customer with some values by path; None is absent."""
    tree: dict[str, Any] = {"customer": {"name": "Ana"}}
    sale = {
        path.removeprefix("sale."): one for path, one in values.items() if path.startswith("sale.") and one is not None
    }
    if sale:
        tree["sale"] = sale
    tree |= {path: one for path, one in values.items() if "." not in path and one is not None}
    return Facts("ana", NOBODY, tree, {})


def printed(template: Template, values: Mapping[str, Any]) -> frozenset[str] | None:
    """Return the facts of weight whose words a customer's note has, or None when there is no note."""
    made = compose(facts_of(values), template, SCHEMA)
    if made.value is None:
        return None
    text = made.value.text.casefold()
    return frozenset(path for path, words in WORDS.items() if any(word in text for word in words))


def shapes(template: Template) -> Iterator[dict[str, Any]]:
    """Yield every customer that could make a difference: what the template does not name is as usual."""
    text = "".join(source.text for source in (template.source, *template.library.values()))
    named = {path for path in VALUES if path.rpartition(".")[2] in text}
    lists = [VALUES[path] if path in named else (USUAL[path],) for path in VALUES]
    if "Indigo" in text and "sale.colour" in named:
        lists[1] = (*lists[1], "Indigo")
    for chosen in product(*lists):
        yield dict(zip(VALUES, chosen, strict=True))
    if any(path.startswith("sale.") for path in named):
        for gift, story in product(lists[4], lists[5]):
            yield {"gift": gift, "story": story}


def truth(template: Template) -> frozenset[str] | None:
    """Return the least facts that any customer's note prints, by rendering them all; None when there is no note."""
    found = [one for one in (printed(template, values) for values in shapes(template)) if one is not None]
    return min(found, key=lambda one: (len(one), sorted(one))) if found else None


def lacking(template: Template) -> frozenset[str]:
    """Return the facts for want of which the note of some customer who has all that is required is refused.

    Items count as their list, and blank items do not count.
    """
    found: set[str] = set()
    for values in shapes(template):
        diagnostics = compose(facts_of(values), template, SCHEMA).diagnostics
        if "N/A" in (values.get("story") or ()) or any(one.code == "T010" for one in diagnostics):
            continue
        for one in diagnostics:
            match = re.fullmatch(r"this customer has no ([a-z.]+?)(?:\.\d)?", one.message)
            found |= {match[1]} if match else set()
            found |= {"story"} if "sequence was empty" in one.message else set()
    return frozenset(found)


# -- from a path to a customer


def customer_for(template: Template, steps: tuple[Step, ...]) -> dict[str, Any] | None:
    """Return a customer for whom all decisions of a path fall as they did; None when chance was one of them.

    What no decision is about is absent.
    """
    if any(step.atom.kind == "said" and not step.atom.path for step in steps):
        return None
    wanted = {path: True for path in template.requires} | {
        step.atom.path: True for step in steps if step.value and step.atom.path in VALUES
    }
    values: dict[str, Any] = {path: USUAL[path] if path in wanted else None for path in VALUES}
    values["sale.colour"] = colour(wanted, steps)
    if any(step.value and step.atom.path == "sale" for step in steps) and values["sale.first"] is None:
        values["sale.first"] = False
    values["story"] = story(template, steps)
    return values


def colour(wanted: Mapping[str, bool], steps: tuple[Step, ...]) -> str | None:
    """Return a colour of which all is true that a path says, or None."""
    about = [step for step in steps if step.atom.path == "sale.colour" and step.atom.kind in ("is", "said")]
    if "sale.colour" not in wanted:
        return None
    return next(
        one for one in ("Ochre", "Crimson", "Indigo") if all((f"'{one}'" in s.atom.said) is s.value for s in about)
    )


def story(template: Template, steps: tuple[Step, ...]) -> tuple[str, ...] | None:
    """Return a list with as many items as a path says, those that it says are absent being blank."""
    length, blank = -1, set()
    for path in template.requires:
        if path.startswith("story"):
            length = max(length, 1, int(path.partition(".")[2] or 0) + 1)
    for step in steps:
        root, _, index = step.atom.path.partition(".")
        if root == "story" and step.value:
            length = max(length, step.atom.at + 1 if step.atom.kind == "more" else int(index or -1) + 1)
        elif index.isdigit():
            blank.add(int(index))
    items = ("Quokka.", "Lemur.", "Third.", "Fourth.")[: max(length, 0)]
    return None if length < 0 else tuple("N/A" if index in blank else one for index, one in enumerate(items))


# -- templates

TEXTS = ("sale.item", "sale.colour", "sale.date")
CONDITIONS = (
    "sale.item", "sale.colour", "sale.date", "sale.first", "gift", "story", "sale.item is defined", "sale.colour is defined",
    "sale.colour == 'Crimson'", "sale.colour != 'Indigo'", "sale.colour in ['Crimson', 'Indigo']", "story | length > 1",
    "story | length == 1", "story[1]", "story[0] is defined", "sale", "'Crimson' == sale.colour",
)  # fmt: skip
FILTERS = ("upper", "title", "trim", "replace('q', 'q')", "string", "lower | upper_first")


@dataclass(slots=True)
class Maker:
    """A writer of random templates; `names` are variables that stand for text, `macros` those that can be called."""

    random: Random
    names: list[str] = field(default_factory=list)
    macros: list[tuple[str, bool]] = field(default_factory=list)
    library: dict[str, str] = field(default_factory=dict)
    made: int = 0
    looped: bool = False

    def name(self, stem: str) -> str:
        """Return a new name."""
        self.made += 1
        return f"{stem}{self.made}"

    def condition(self, depth: int = 2) -> str:
        """Return a condition."""
        kind = self.random.random()
        if depth and kind < 0.2:
            return f"({self.condition(depth - 1)} {self.random.choice(('and', 'or'))} {self.condition(depth - 1)})"
        if depth and kind < 0.35:
            return f"not {self.condition(depth - 1)}"
        if kind < 0.45 and self.names:
            return self.random.choice(self.names)
        if kind < 0.5 and self.looped:
            return self.random.choice(("loop.first", "loop.last", "loop.index == 1"))
        return self.random.choice(CONDITIONS)

    def expression(self, depth: int = 2) -> str:
        """Return something that can be printed, perhaps."""
        random, inner = self.random, lambda: self.expression(depth - 1)
        if not depth or random.random() < 0.35:
            leaves = [*TEXTS, "story[0]", "story | first", "customer.name", "'plain'", "''", *self.names * 2]
            return random.choice(leaves)
        made = [
            f"({inner()} or {inner()})",
            f"({inner()} and {inner()})",
            f"({inner()} if {self.condition(1)} else {inner()})",
            f"({inner()} | default({inner()}))",
            f"({inner()} | default({inner()}, true))",
            f"({inner()} ~ ' ' ~ {inner()})",
            f"({inner()} | string | {random.choice(FILTERS)})",
            f"(sale.date | {random.choice(('month', 'weekday', 'long_date', 'month_year'))})",
            f"('%s and %s' | format({inner()}, {inner()}))",
            "(story | length)", "(story | join(' '))", "(story | and_list)", "(story | last)", "(story | map('upper') | join)",
            f"(story[1:] | join or {inner()})",
        ]  # fmt: skip
        if random.random() < 0.1:
            made.append(f"({inner()} if {self.condition(1)})")
        made += [f"{name}({inner()})" for name, calls in self.macros if not calls]
        return random.choice(made)

    def block(self, depth: int) -> str:
        """Return a few statements."""
        before = len(self.names), len(self.macros)
        made = "".join(self.statement(depth) for _ in range(self.random.randint(1, 3)))
        del self.names[before[0] :], self.macros[before[1] :]
        return made

    def statement(self, depth: int) -> str:
        """Return one statement."""
        if not depth or self.random.random() < 0.25:
            return self.random.choice((" word ", f"{{{{ {self.expression()} }}}} ", f"{{{{ {self.expression(1)} }}}} "))
        made: str = getattr(self, f"a_{self.random.choice(KINDS)}")(depth - 1)
        return made

    def a_if(self, depth: int) -> str:
        return f"{{% if {self.condition()} %}}{self.block(depth)}{{% endif %}}"

    def a_guarded(self, depth: int) -> str:
        fact = self.random.choice((*TEXTS, "story"))
        shown = f"{{{{ {fact}{' | first' if fact == 'story' else ''} }}}} "
        return f"{{% if {fact} %}}{shown}{self.block(depth)}{{% else %}}{self.block(depth)}{{% endif %}}"

    def a_branches(self, depth: int) -> str:
        elifs = "".join(f"{{% elif {self.condition()} %}}{self.block(depth)}" for _ in range(self.random.randint(0, 2)))
        return f"{{% if {self.condition()} %}}{self.block(depth)}{elifs}{{% else %}}{self.block(depth)}{{% endif %}}"

    def a_correlated(self, depth: int) -> str:
        flag = self.random.choice(("gift", "sale.first"))
        return f"{{% if {flag} %}}{self.block(depth)}{{% endif %}} and {{% if not {flag} %}}{self.block(depth)}{{% endif %}}"

    def a_for(self, depth: int) -> str:
        name, looped = self.name("x"), self.looped
        over = self.random.choice(
            (
                "story",
                "story",
                "story[1:]",
                "story[:1]",
                "story | map('upper')",
                "story | select('string')",
                "story or []",
                "['a', sale.item]",
            )
        )
        if "['a'" in over and self.random.random() < 0.7:
            over = "story"
        test = f" if {self.condition(1)}" if self.random.random() < 0.2 and "loop" not in over else ""
        self.names.append(name)
        self.looped = not test and over == "story"
        body = f"{{{{ {name} }}}} " + self.block(depth) if self.random.random() < 0.6 else self.block(depth)
        self.names.pop()
        self.looped = looped
        other = f"{{% else %}}{self.block(depth)}" if self.random.random() < 0.5 else ""
        if "loop." in test:
            test = ""
        return f"{{% for {name} in {over}{test} %}}{body}{other}{{% endfor %}}"

    def a_set(self, depth: int) -> str:
        name = self.name("v")
        made = f"{{% set {name} = {self.expression()} %}}"
        self.names.append(name)
        return made + self.block(depth)

    def a_setblock(self, depth: int) -> str:
        name = self.name("v")
        through = self.random.choice(("", "", " | upper"))
        made = f"{{% set {name}{through} %}}{self.block(depth)}{{% endset %}}"
        self.names.append(name)
        return made + self.statement(depth)

    def a_changed(self, depth: int) -> str:
        name = self.name("v")
        made = f"{{% set {name} = {self.expression(1)} %}}{{% if {self.condition()} %}}{{% set {name} = {self.expression(1)} %}}{{% endif %}}"
        self.names.append(name)
        return made + f"{{{{ {name} }}}} "

    def a_with(self, depth: int) -> str:
        name = self.name("w")
        value = self.expression(1)
        self.names.append(name)
        made = f"{{% with {name} = {value} %}}{self.block(depth)}{{% endwith %}}"
        self.names.pop()
        return made

    def a_macro(self, depth: int) -> str:
        name, argument, looped = self.name("m"), self.name("a"), self.looped
        calls, default = self.random.random() < 0.4, self.random.random() < 0.3
        outer, self.names, self.looped = self.names, [argument], False
        body = self.block(depth) + (f"{{{{ caller() }}}} {self.block(0)}" if calls else "")
        self.names, self.looped = outer, looped
        extra = f"{argument}={self.random.choice(TEXTS)}" if default else argument
        made = f"{{% macro {name}({extra}) %}}{body}{{% endmacro %}}"
        given = "" if default and self.random.random() < 0.5 else self.expression(1)
        if calls:
            return f"{made}{{% call {name}({given}) %}}{self.block(depth)}{{% endcall %}}"
        self.macros.append((name, calls))
        return f"{made}{{{{ {name}({given}) }}}} {self.block(depth)}"

    def a_include(self, depth: int) -> str:
        name, looped = self.name("i"), self.looped
        outer, self.macros, self.looped = self.macros, [], False
        self.library[f"{name}.j2"] = self.block(depth)
        self.macros, self.looped = outer, looped
        missing = self.random.random()
        if missing < 0.1:
            return f'{{% include "none.j2" ignore missing %}}{{% include "{name}.j2" %}}'
        return f'{{% include ["none.j2", "{name}.j2"] %}}' if missing < 0.2 else f'{{% include "{name}.j2" %}}'

    def a_import(self, depth: int) -> str:
        name, argument, looped = self.name("p"), self.name("a"), self.looped
        outer, self.names, self.macros, self.looped = (self.names, self.macros), [argument], [], False
        context = self.random.random() < 0.5
        body = (
            self.block(depth) if context else f"{{% if {argument} %}}{{{{ {argument} }}}} {{% else %}}none{{% endif %}}"
        )
        (self.names, self.macros), self.looped = outer, looped
        self.library[f"{name}.j2"] = f"{{% macro m(a) %}}{{% set {argument} = a %}}{body}{{% endmacro %}}"
        with_context = " with context" if context else ""
        given = self.expression(1)
        if self.random.random() < 0.5:
            return f'{{% import "{name}.j2" as {name}{with_context} %}}{{{{ {name}.m({given}) }}}} '
        return f'{{% from "{name}.j2" import m as {name}{with_context} %}}{{{{ {name}({given}) }}}} '

    def a_filter(self, depth: int) -> str:
        through = self.random.choice(("upper", "trim | title", "replace('q', 'q')"))
        return f"{{% filter {through} %}}{self.block(depth)}{{% endfilter %}}"

    def template(self, depth: int = 3) -> tuple[str, dict[str, str]]:
        """Return a template and its library, of statements that are nested so deep."""
        front = self.random.choice(
            (
                "",
                "",
                "requires: [sale.item]\n",
                "requires: [story.0]\n",
                "requires: [sale.date, story.1]\n",
                "requires: [story]\n",
            )
        )
        top = f"---\n{front}---\n" if front else ""
        if self.random.random() < 0.2:
            return top + self.derived(), self.library
        return top + "Dear. " + "".join(
            self.statement(depth) for _ in range(self.random.randint(1, depth + 1))
        ), self.library

    def derived(self) -> str:
        """Return a template that extends another, or one that extends a third."""
        parts = [f" {{% block {name} %}}{self.block(1)}{{% endblock %}}" for name in ("one", "two")]
        self.library["base.j2"] = "Dear. " + self.statement(1) + parts[0] + self.statement(1) + parts[1]
        self.names, self.macros = [], []
        parent = "base.j2"
        if self.random.random() < 0.4:
            self.library["middle.j2"] = (
                f'{{% extends "base.j2" %}}{{% block one %}}{self.block(1)}{{{{ super() }}}}{{% endblock %}}'
            )
            parent = "middle.j2"
        self.names, self.macros = [], []
        over = self.random.choice(("{{ super() }} ", "", "{{ self.two() }} "))
        name = self.name("v")
        top = f"{{% set {name} = {self.expression(1)} %}}"
        self.names = [name]
        return f'{{% extends "{parent}" %}}{top}{{% block one %}}{over}{self.block(2)}{{% endblock %}}'


KINDS = (
    "if",
    "if",
    "guarded",
    "branches",
    "branches",
    "correlated",
    "for",
    "set",
    "setblock",
    "changed",
    "with",
    "macro",
    "include",
    "import",
    "filter",
)


def random_template(seed: int, depth: int = 3) -> Template:
    """Return the template of a seed."""
    text, library = Maker(Random(seed)).template(depth)
    read = parse(Source("t.j2", text), {name: Source(name, one) for name, one in library.items()})
    assert read.value is not None, (text, read.diagnostics)
    return read.value


def quick_templates(first: int, count: int) -> Iterator[tuple[int, Template]]:
    """Yield smaller templates with their seeds, of which few customers tell the truth."""
    seed = first
    while count:
        template = random_template(seed, 1 + seed % 2)
        if sum(1 for _ in shapes(template)) <= QUICK:
            yield seed, template
            count -= 1
        seed += 1
