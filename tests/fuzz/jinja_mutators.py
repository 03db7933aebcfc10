"""Changes that leave a text a template: odd expressions, loops in loops, macros that call themselves, odd filters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random
from typing import Final

ATOMS: Final = (
    "customer.name",
    "customer",
    "sale.item",
    "sale.date",
    "sale.price",
    "remember",
    "remember.0",
    "shop.name",
    "shop",
    "key",
    "1",
    "0",
    "-1",
    "2.5",
    "10**9",
    "10**10**8",
    "2**2000",
    "'x'",
    "''",
    "'x'*10**9",
    "'%999999999d'",
    "[]",
    "[1,[2,[3]]]",
    "{}",
    "{'a': 1}",
    "none",
    "true",
    "range(10)",
    "range(10**9)",
    "range(9999)",
    "loop",
    "loop.index",
    "self",
    "super()",
    "caller()",
    "namespace(a=1)",
    "dict(a=1)",
    "joiner(',')",
    "cycler(1,2)",
    "lipsum()",
    "nothing.at.all",
    "varargs",
    "kwargs",
    "m",
    "m()",
    "customer.__class__",
    "''.__class__.__mro__",
    "'{0.__class__}'.format(customer)",
    "'{:>99999999}'.format(1)",
    "x",
    "items",
    "(1,)",
    "1/0",
    "1//0",
    "1%0",
    "0.1e-300",
    "1e308*10",
    "'\\ud800'",
    "'\\0'",
    "'a' ~ 'b'",
    "customer.name.upper",
    "sale.items",
)
FILTERS: Final = (
    "upper",
    "join(', ')",
    "join",
    "first",
    "last",
    "length",
    "sort",
    "unique|list",
    "batch(2)",
    "batch(10**9)",
    "batch(0)",
    "slice(3)",
    "slice(10**9)",
    "slice(0)",
    "center(10**9)",
    "center(80)",
    "indent(10**9)",
    "wordwrap(1)",
    "wordwrap(0)",
    "truncate(5)",
    "truncate(-1)",
    "format(1,2)",
    "replace('', 'x'*9999)",
    "replace('a','b')",
    "round(400)",
    "round(-400)",
    "int",
    "int(base=99)",
    "float",
    "sum",
    "sum(attribute='x')",
    "map('upper')|list",
    "map(attribute='a.b.c')|list",
    "select|list",
    "selectattr('x')|list",
    "reject('none')|list",
    "groupby('x')",
    "dictsort",
    "default('x', true)",
    "d",
    "title",
    "trim",
    "capitalize",
    "string",
    "list",
    "list|list|list",
    "max",
    "min",
    "abs",
    "reverse|list",
    "wordcount",
    "money",
    "count",
    "nothing",
    "ordinal",
    "in_words",
    "and_list",
    "possessive",
    "a_an",
    "first_name",
    "lower_first",
    "upper_first",
    "years_since",
    "number",
    "long_date",
    "weekday",
    "month",
    "money('XXX')",
    "money('EUR')",
    "day_month",
    "month_year",
)
OPERATORS: Final = (
    "+",
    "-",
    "*",
    "/",
    "//",
    "%",
    "**",
    "~",
    "==",
    "<",
    "in",
    "not in",
    "and",
    "or",
    "is",
    "if true else",
)
BLOCKS: Final = (
    "{% for x in @ %}#{% endfor %}",
    "{% for x in @ %}{% for y in @ %}#{% endfor %}{% endfor %}",
    "{% if @ %}#{% else %}#{% endif %}",
    "{% set x = @ %}#",
    "{% set x %}#{% endset %}{{ x }}",
    "{% macro m(a, b=@) %}#{{ m(a) }}{% endmacro %}{{ m(@) }}",
    "{% macro m() %}#{% endmacro %}{% call m() %}#{% endcall %}",
    "{% include '../../etc/passwd' %}",
    "{% include @ %}#",
    "{% include '_part.j2' %}#",
    "{% import '_part.j2' as p %}{{ p.m(@) }}",
    "{% from '_part.j2' import m %}{{ m(@) }}#",
    "{% extends '_part.j2' %}#",
    "{% block b %}#{% endblock %}",
    "{% filter upper %}#{% endfilter %}",
    "{% raw %}#{% endraw %}",
    "{% with a = @ %}#{% endwith %}",
    "{% autoescape true %}#{% endautoescape %}",
    "{% do @ %}",
    "{# # #}",
    "{% for x in @ recursive %}{{ loop(x) }}#{% endfor %}",
    "{% set ns = namespace(a=1) %}{% for x in range(5000) %}{% set ns.a = ns.a * 2 %}{% endfor %}{{ ns.a }}#",
    "{% trans %}#{% endtrans %}",
    "{% break %}#",
    "{% for a, b in @ %}{{ a }}#{% endfor %}",
    "{{ @ }}#",
    "{{- @ -}}#",
    "{%- if @ -%}#{%- endif -%}",
    "{% set a = [] %}{% for x in range(9999) %}{% set a = a + [a] %}{% endfor %}#",
)
_HOLE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.S)
_TOKEN = re.compile(r"[A-Za-z_][\w.]*|\d+|'[^']*'|[|+*~()\[\],]")


def expression(dice: Random, depth: int = 0) -> str:
    """Return an expression that no template needs."""
    how = dice.randrange(6) if depth < 4 else 0
    if how <= 1:
        return dice.choice(ATOMS)
    one = expression(dice, depth + 1)
    if how == 2:
        return f"{one}|{dice.choice(FILTERS)}"
    if how == 3:
        return f"({one} {dice.choice(OPERATORS)} {expression(dice, depth + 1)})"
    if how == 4:
        return dice.choice(
            (f"{one}[{expression(dice, depth + 1)}]", f"{one}[0:9]", f"{one}.{dice.choice(('a', 'items', 'format'))}")
        )
    return dice.choice(
        (f"{one}()", f"[{one}, {one}]", f"-{one}", f"not {one}", f"{one} is defined", f"({one} if {one})")
    )


def _filled(block: str, inside: str, dice: Random) -> str:
    made = re.sub("@", lambda _: expression(dice), block)
    return made.replace("#}", "\1").replace("{#", "\2").replace("#", inside).replace("\1", "#}").replace("\2", "{#")


def _change(text: str, dice: Random) -> str:
    holes = list(_HOLE.finditer(text))
    how = dice.randrange(7)
    if how <= 1 or not holes:
        at = dice.randrange(len(text) + 1)
        end = min(len(text), at + dice.choice((0, 0, 20, 200)))
        return text[:at] + _filled(dice.choice(BLOCKS), text[at:end], dice) + text[end:]
    hole = dice.choice(holes)
    if how == 2:
        return text[: hole.start()] + "{{ " + expression(dice) + " }}" + text[hole.end() :]
    if how == 3:
        return text[: hole.start()] + hole[0] * dice.choice((2, 2, 60, 700)) + text[hole.end() :]
    if how == 4:
        return text[: hole.start()] + text[hole.end() :]
    tokens = list(_TOKEN.finditer(hole[0]))
    if not tokens:
        return text
    token = dice.choice(tokens)
    new = dice.choice((expression(dice), dice.choice(ATOMS), f"{token[0]}|{dice.choice(FILTERS)}", f"({token[0]})", ""))
    start = hole.start() + token.start()
    return text[:start] + new + text[start + len(token[0]) :]


def mutate(data: bytes, dice: Random, _others: Sequence[bytes] = ()) -> bytes:
    """Change the tags of a template once or a few times."""
    text = data.decode("utf-8", "replace")
    for _ in range(dice.choice((1, 1, 2, 4))):
        text = _change(text, dice)[:200_000]
    return text.encode("utf-8", "replace")


__all__ = ["mutate"]
