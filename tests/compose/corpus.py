"""Templates in which each literal word and each fact's value occurs once, so that the truth is found by text search.

`values` says for each value word of the output which expression printed it and which fact it came from. Every other
word of the output is literal.
"""

# ruff: noqa: E501
# A case is one line of a table: its name, its template, and what is known about its words.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FACTS = """\
customer:
  name: Quillon Ravensworth
  first_name: Quillon
  household: [Beatrix, Caspian, Dorothea]
  company: Zephyr Foundry
  role: archivist
  since: 2019-05-06
  address: {city: Torvanna, street: 17 Wexcombe Parade}
sale:
  date: 2026-03-04
  item: Kestrel
  short: vermilion
  colour: periwinkle
  price: 31400
  quantity: 2
  place: "  Oxbury  "
  details: {heated: true, rate: 2.75, engraving: "été à Nîmes", phrase: mIxEd cAsE}
sales:
  - {item: Falcon, colour: umber, price: 10}
  - {item: Merlin, colour: ochre, price: 20}
  - {item: Hobby, colour: sable, price: 30}
remember:
  tale: the heron stood upon a weathervane watching barges drift below
  nested:
    - {item: Oak, children: [{item: Elm, children: []}, {item: Yew, children: []}]}
shop: {name: Gildersleeve, signer: Ottoline}
today: 2028-03-05
"""

Where = tuple[str, str]
"""The expression's text and the fact's path."""


@dataclass(frozen=True)
class Case:
    """A template with what is known about its value words."""

    name: str
    template: str
    values: Mapping[str, Where] = field(default_factory=dict)
    library: Mapping[str, str] = field(default_factory=dict)
    expected: str | None = None


def at(expression: str, path: str, *words: str) -> dict[str, Where]:
    """Return the same expression and fact for several words."""
    return {word: (expression, path) for word in words}


ITEMS = {"Falcon": "sales.0.item", "Merlin": "sales.1.item", "Hobby": "sales.2.item"}


def each(expression: str) -> dict[str, Where]:
    """Return the items of all sales, printed by one expression."""
    return {word: (expression, path) for word, path in ITEMS.items()}


NAME = at("customer.name", "customer.name", "Quillon", "Ravensworth")
TREE = {
    "Oak": ("n.item", "remember.nested.0.item"),
    "Elm": ("n.item", "remember.nested.0.children.0.item"),
    "Yew": ("n.item", "remember.nested.0.children.1.item"),
}
TALE = "the heron stood upon a weathervane watching barges drift below".split()

CASES = (
    Case("print", "alder {{ customer.name }} birch", NAME),
    Case("if", "alder {% if sale.colour %}birch {{ sale.colour }}{% endif %} cedar", at("sale.colour", "sale.colour", "periwinkle")),
    Case("elif", "{% if not sale.item %}alder{% elif sale.quantity == 2 %}birch {{ sale.item }}{% else %}cedar{% endif %}", at("sale.item", "sale.item", "Kestrel")),
    Case("else", "{% if sale.price < 5 %}alder{% else %}birch {{ sale.short }}{% endif %}", at("sale.short", "sale.short", "vermilion")),
    Case("for", "{% for s in sales %}alder {{ s.item }} {% endfor %}", each("s.item")),
    Case("for with tags on their own lines", "alder\n{% for s in sales %}\nbirch {{ s.item }}\n{% endfor %}\ncedar", each("s.item")),
    Case("for-else", "{% for s in [] %}alder{% else %}birch {{ customer.role }}{% endfor %}", at("customer.role", "customer.role", "archivist")),
    Case("for with a test", "{% for s in sales if s.price > 10 %}alder {{ s.item }} {% endfor %}", {k: v for k, v in each("s.item").items() if k != "Falcon"}),
    Case("loop variables", "{% for s in sales %}{% if loop.last %}alder {% endif %}{{ s.item }}{% if not loop.last %} birch {% endif %}{% endfor %}", each("s.item")),
    Case("loop.cycle", "{% for s in sales %}{{ loop.cycle('alder', 'birch') }} {{ s.item }} {% endfor %}", each("s.item")),
    Case("loop.previtem", "{% for s in sales %}{% if loop.nextitem is defined %}{{ loop.nextitem.colour }} {% endif %}{% endfor %}", {"ochre": ("loop.nextitem.colour", "sales.1.colour"), "sable": ("loop.nextitem.colour", "sales.2.colour")}),
    Case("unpacking", "{% for a, b in [('alder', sale.item), ('birch', sale.short)] %}{{ a }} {{ b }} {% endfor %}", {"Kestrel": ("b }}", "sale.item"), "vermilion": ("b }}", "sale.short")}),
    Case("items", "{% for k, v in customer.address.items() %}{% if k == 'city' %}alder {{ v }}{% endif %}{% endfor %}", at("v }}", "customer.address.city", "Torvanna")),
    Case("nested loops", "{% for s in sales %}{% for c in [s.colour] %}alder {{ s.item }} {{ c }} {% endfor %}{% endfor %}", each("s.item") | {"umber": ("c }}", "sales.0.colour"), "ochre": ("c }}", "sales.1.colour"), "sable": ("c }}", "sales.2.colour")}),
    Case("recursive loop", "{% for n in remember.nested recursive %}alder {{ n.item }} {% if n.children %}{{ loop(n.children) }}{% endif %}{% endfor %}", TREE),
    Case("whitespace control", "alder   {{- sale.item -}}   birch\n  {%- if sale.colour -%}  cedar  {%- endif %} dogwood", at("sale.item", "sale.item", "alderKestrelbirchcedar")),
    Case("indented tags", "alder\n    {% if sale.item %}\n    birch {{ sale.item }}\n    {% endif %}\ncedar", at("sale.item", "sale.item", "Kestrel")),
    Case("upper", "alder {{ customer.company | upper }}", at("customer.company | upper", "customer.company", "ZEPHYR", "FOUNDRY")),
    Case("lower", "alder {{ sale.details.phrase | lower }}", at("sale.details.phrase | lower", "sale.details.phrase", "mixed", "case")),
    Case("title", "{{ sale.details.phrase | title }} alder", at("sale.details.phrase | title", "sale.details.phrase", "Mixed", "Case")),
    Case("capitalize", "{{ sale.details.phrase | capitalize }} alder", at("sale.details.phrase | capitalize", "sale.details.phrase", "Mixed", "case")),
    Case("trim", "alder {{ sale.place | trim }}. birch", at("sale.place | trim", "sale.place", "Oxbury")),
    Case("replace", "alder {{ customer.company | replace('Foundry', 'birch') }} cedar", at("customer.company | replace('Foundry', 'birch')", "customer.company", "Zephyr")),
    Case("truncate", "alder {{ remember.tale | truncate(20) }} birch", at("remember.tale | truncate(20)", "remember.tale", *TALE)),
    Case("wordwrap", "alder {{ remember.tale | wordwrap(20) }} birch", at("remember.tale | wordwrap(20)", "remember.tale", *TALE)),
    Case("join", "alder {{ customer.household | join(' birch ') }} cedar", {word: ("customer.household | join(' birch ')", f"customer.household.{i}") for i, word in enumerate(("Beatrix", "Caspian", "Dorothea"))}),
    Case("join by attribute", "alder {{ sales | join(', ', attribute='item') }} birch", each("sales | join(', ', attribute='item')")),
    Case("and_list", "alder {{ customer.household | and_list }}", {word: ("customer.household | and_list", f"customer.household.{i}") for i, word in enumerate(("Beatrix", "Caspian", "Dorothea"))} | {"and": ("customer.household | and_list", "")}),
    Case("format", "{{ 'alder %s birch %s cedar' | format(sale.item, sale.short) }}", {"Kestrel": ("'alder %s birch %s cedar' | format(sale.item, sale.short)", "sale.item"), "vermilion": ("'alder %s birch %s cedar' | format(sale.item, sale.short)", "sale.short")}),
    Case("percent", "{{ 'alder %s birch %d cedar' % (sale.item, sale.quantity) }}", {"Kestrel": ("'alder %s birch %d cedar' % (sale.item, sale.quantity)", "sale.item"), "2": ("'alder %s birch %d cedar' % (sale.item, sale.quantity)", "sale.quantity")}),
    Case("str.format", "{{ 'alder {} birch {0.city}'.replace('{}', '{1}').format(customer.address, sale.item) }}", {"Kestrel": ("'alder {} birch {0.city}'.replace('{}', '{1}').format(customer.address, sale.item)", "sale.item"), "Torvanna": ("'alder {} birch {0.city}'.replace('{}', '{1}').format(customer.address, sale.item)", "customer.address.city")}),
    Case("map", "{{ sales | map(attribute='item') | map('upper') | join(' alder ') }}", {word.upper(): ("sales | map(attribute='item') | map('upper') | join(' alder ')", path) for word, path in ITEMS.items()}),
    Case("first, last", "alder {{ (sales | first).item }} birch {{ (sales | last).item }}", {"Falcon": ("(sales | first).item", "sales.0.item"), "Hobby": ("(sales | last).item", "sales.2.item")}),
    Case("index", "alder {{ sales[1].item }} birch {{ sales[-1]['item'] }}", {"Merlin": ("sales[1].item", "sales.1.item"), "Hobby": ("sales[-1]['item']", "sales.2.item")}),
    Case("slices", "alder {{ sale.short[:4] }} {{ sale.item[3:] }}{% for s in sales[1:] %} {{ s.item }}{% endfor %}", {"verm": ("sale.short[:4]", "sale.short"), "trel": ("sale.item[3:]", "sale.item"), "Merlin": ("s.item }}", "sales.1.item"), "Hobby": ("s.item }}", "sales.2.item")}),
    Case("reverse", "{{ sale.item | reverse }} alder", at("sale.item | reverse", "sale.item", "lertseK")),
    Case("batch", "{% for row in sales | batch(2) %}alder {% for s in row %}{{ s.item }} {% endfor %}{% endfor %}", each("s.item")),
    Case("groupby", "{% for colour, group in sales | groupby('colour') %}{{ colour }} alder {{ group[0].item }} {% endfor %}", each("group[0].item") | {"umber": ("colour }}", "sales.0.colour"), "ochre": ("colour }}", "sales.1.colour"), "sable": ("colour }}", "sales.2.colour")}),
    Case("sort, select", "{% for s in sales | selectattr('price', 'gt', 10) | sort(attribute='item') %}{{ s.item }} alder {% endfor %}", {k: v for k, v in each("s.item").items() if k != "Falcon"}),
    Case("methods of text", "{{ sale.item.upper() }} {{ customer.company.split(' ')[1] }} alder", {"KESTREL": ("sale.item.upper()", "sale.item"), "Foundry": ("customer.company.split(' ')[1]", "customer.company")}),
    Case("strip, center", "alder {{ sale.place.strip().center(12) }} birch", at("sale.place.strip().center(12)", "sale.place", "Oxbury")),
    Case("tilde", "{{ 'alder ' ~ sale.item ~ ' birch ' ~ sale.quantity }}", {"Kestrel": ("'alder ' ~ sale.item ~ ' birch ' ~ sale.quantity", "sale.item"), "2": ("'alder ' ~ sale.item ~ ' birch ' ~ sale.quantity", "sale.quantity")}),
    Case("plus", "{{ 'alder ' + sale.item + ' birch' }}", at("'alder ' + sale.item + ' birch'", "sale.item", "Kestrel")),
    Case("times", "{{ 'alder ' * 2 }}{{ sale.item * 2 }}", at("sale.item * 2", "sale.item", "KestrelKestrel")),
    Case("arithmetic", "alder {{ sale.price + 7 }} birch {{ sale.quantity * 21 }}", {"31407": ("sale.price + 7", "sale.price"), "42": ("sale.quantity * 21", "sale.quantity")}),
    Case("numbers and flags", "alder {{ sale.price }} birch {{ sale.details.rate }} {% if sale.details.heated %}cedar{% endif %}", {"31400": ("sale.price", "sale.price"), "75": ("sale.details.rate", "sale.details.rate"), "2": ("sale.details.rate", "sale.details.rate")}),
    Case("set", "{% set t = sale.item %}alder {{ t }}", at("t }}", "sale.item", "Kestrel")),
    Case("set of a literal", "{% set t = 'alder' %}{{ t }} birch {{ sale.item }}", at("sale.item", "sale.item", "Kestrel")),
    Case("set of two", "{% set a, b = sale.item, sale.short %}alder {{ a }} {{ b }}", {"Kestrel": ("a }}", "sale.item"), "vermilion": ("b }}", "sale.short")}),
    Case("set block", "{% set t %}alder {{ sale.item }} birch{% endset %}cedar {{ t }}", at("sale.item", "sale.item", "Kestrel")),
    Case("set block with a filter", "{% set t | upper %}alder {{ sale.item }} birch{% endset %}cedar {{ t }}", at("sale.item", "sale.item", "KESTREL")),
    Case("filter block", "{% filter upper %}alder {{ sale.item }} birch{% endfilter %} cedar", at("sale.item", "sale.item", "KESTREL")),
    Case("filter block, title", "{% filter title %}alder {{ sale.details.phrase }} birch{% endfilter %} cedar", at("sale.details.phrase", "sale.details.phrase", "Mixed", "Case")),
    Case("filter block, wordwrap", "{% filter wordwrap(16) %}alder {{ remember.tale }} birch{% endfilter %} cedar", at("remember.tale", "remember.tale", *TALE)),
    Case("filter block, truncate", "{% filter truncate(30) %}alder {{ remember.tale }} birch{% endfilter %} cedar", at("remember.tale", "remember.tale", *TALE)),
    Case("macro", "{% macro m(who, tail='alder') %}birch {{ who }} {{ tail }}{% endmacro %}cedar {{ m(sale.item) }}", at("who }}", "sale.item", "Kestrel")),
    Case("macro with varargs", "{% macro m() %}{{ varargs | join(' alder ') }} {{ kwargs.k }}{% endmacro %}{{ m(sale.item, sale.short, k='birch') }}", {"Kestrel": ("varargs | join(' alder ')", "sale.item"), "vermilion": ("varargs | join(' alder ')", "sale.short")}),
    Case("imported macro", '{% import "m.j2" as m %}cedar {{ m.one(sale.item) }}', at("who }}", "sale.item", "Kestrel"), {"m.j2": "{% macro one(who) %}alder {{ who }} birch{% endmacro %}"}),
    Case("macro by name", '{% from "m.j2" import one as two %}cedar {{ two(sale.item) }}', at("who }}", "sale.item", "Kestrel"), {"m.j2": "{% macro one(who) %}alder {{ who }} birch{% endmacro %}"}),
    Case("import with context", '{% from "m.j2" import one with context %}cedar {{ one() }}', at("sale.item", "sale.item", "Kestrel"), {"m.j2": "{% macro one() %}alder {{ sale.item }} birch{% endmacro %}"}),
    Case("call", "{% macro m() %}alder {{ caller('birch') }}{% endmacro %}{% call(x) m() %}cedar {{ x }} {{ sale.item }}{% endcall %}", at("sale.item", "sale.item", "Kestrel")),
    Case("include", 'alder {% include "i.j2" %} birch', at("sale.item", "sale.item", "Kestrel"), {"i.j2": "cedar {{ sale.item }} dogwood"}),
    Case("include with front matter", 'alder {% include "i.j2" %} birch', at("sale.item", "sale.item", "Kestrel"), {"i.j2": "---\noccasion: none of it\n---\ncedar {{ sale.item }} dogwood"}),
    Case("include in a loop", '{% for s in sales %}{% include "i.j2" %} {% endfor %}', each("s.item"), {"i.j2": "alder {{ s.item }}"}),
    Case("include of a choice", 'alder {% include ["absent.j2", "i.j2"] %}', at("sale.item", "sale.item", "Kestrel"), {"i.j2": "birch {{ sale.item }}"}),
    Case("include that may be missing", 'alder {% include "absent.j2" ignore missing %} {{ sale.item }}', at("sale.item", "sale.item", "Kestrel")),
    Case("extends, block, super", '{% extends "p.j2" %}{% block b %}alder {{ super() }} {{ sale.item }}{% endblock %}', {"Kestrel": ("sale.item", "sale.item"), "vermilion": ("sale.short", "sale.short")}, {"p.j2": "birch {% block b %}cedar {{ sale.short }}{% endblock %} dogwood"}),
    Case("self.block", "{% block b %}alder {{ sale.item }}{% endblock %} birch {{ self.b() }}", at("sale.item", "sale.item", "Kestrel")),
    Case("inline if", "{{ 'alder' if sale.colour else 'birch' }} {{ sale.item if sale.price > 5 else sale.short }}{{ 'cedar' if false }}", at("sale.item if sale.price > 5 else sale.short", "sale.item", "Kestrel")),
    Case("or, default", "{{ customer.greeting or customer.first_name }} {{ customer.title | default('alder') }} {{ customer.tier or 'birch' }}", at("customer.greeting or customer.first_name", "customer.first_name", "Quillon")),
    Case("and, not", "{{ (sale.item and sale.short) or 'alder' }} birch", at("(sale.item and sale.short) or 'alder'", "sale.short", "vermilion")),
    Case("raw", "{% raw %}alder {{ birch }}{% endraw %} {{ sale.item }}", at("sale.item", "sale.item", "Kestrel")),
    Case("comments", "alder {# not {{ this }} #} birch {{ sale.item }}\n{# nor\nthis #}\ncedar", at("sale.item", "sale.item", "Kestrel")),
    Case("unicode", "Ærø — 😊 ålder {{ sale.details.engraving }} ñandú “bîrch”", at("sale.details.engraving", "sale.details.engraving", "été", "à", "Nîmes")),
    Case("escapes", r"{{ 'alder\t birch \'cedar\' \u2014 dogwood' }} {{ sale.item }}", at("sale.item", "sale.item", "Kestrel")),
    Case("several lines", "alder\nbirch {{ sale.item\n   | upper }}\n\n\n\n  cedar  dogwood  \n", at("sale.item\n   | upper", "sale.item", "KESTREL")),
    Case("with", "{% with w = sale.item, v = 'alder' %}{{ w }} {{ v }}{% endwith %} birch", at("w }}", "sale.item", "Kestrel")),
    Case("namespace", "{% set ns = namespace(it='alder') %}{{ ns.it }} {% set ns.it = sale.item %}{{ ns.it | upper }} birch", at("ns.it | upper", "sale.item", "KESTREL")),
    Case("dict and list literals", "{{ {'k': sale.item}.k }} {{ ['alder', sale.short][1] }} {{ dict(a='birch').a }}", {"Kestrel": ("{'k': sale.item}.k", "sale.item"), "vermilion": ("['alder', sale.short][1]", "sale.short")}),
    Case("dates", "alder {{ sale.date | long_date }} birch {{ customer.since | month_year }} cedar {{ sale.date.strftime('%j') }}", {"March": ("sale.date | long_date", "sale.date"), "4": ("sale.date | long_date", "sale.date"), "2026": ("sale.date | long_date", "sale.date"), "May": ("customer.since | month_year", "customer.since"), "2019": ("customer.since | month_year", "customer.since"), "063": ("sale.date.strftime('%j')", "sale.date")}),
    Case("money, words", "alder {{ sale.price | money }} birch {{ sale.quantity | in_words }} cedar {{ sale.quantity | ordinal }}", {"31": ("sale.price | money", "sale.price"), "400": ("sale.price | money", "sale.price"), "two": ("sale.quantity | in_words", "sale.quantity"), "2nd": ("sale.quantity | ordinal", "sale.quantity")}),
    Case("names", "{{ customer.name | first_name }} {{ sale.item | a_an }} {{ shop.signer | possessive }} {{ sale.short | upper_first }}", {"Quillon": ("customer.name | first_name", "customer.name"), "a": ("sale.item | a_an", ""), "Kestrel": ("sale.item | a_an", "sale.item"), "Ottoline": ("shop.signer | possessive", "shop.signer"), "s": ("shop.signer | possessive", ""), "Vermilion": ("sale.short | upper_first", "sale.short")}),
    Case("length, years", "{{ sales | length }} alder {{ sale.date | years_since(today) }}", {"3": ("sales | length", "sales"), "2": ("sale.date | years_since(today)", "sale.date today")}),
    Case("key and shop", "{{ key }} alder {{ shop.name }} {{ shop['signer'] }}", {"quillon": ("key }}", "key"), "Gildersleeve": ("shop.name", "shop.name"), "Ottoline": ("shop['signer']", "shop.signer")}),
    Case("a tag that ends a line of words", "alder {% if sale.item %}{{ sale.item }}{% endif %}\nbirch", at("sale.item }}", "sale.item", "Kestrel"), expected="alder Kestrel\nbirch"),
    Case("a line that is one if", "alder\n{% if customer.title %}birch{% endif %}\ncedar\n{% if sale.item %}dogwood {{ sale.item }}{% endif %}\nelder", at("sale.item }}", "sale.item", "Kestrel"), expected="alder\ncedar\ndogwood Kestrel\nelder"),
    Case("a date that is just printed", "alder {{ sale.date }} {{ 'birch' ~ ' ' ~ customer.since }}", {"March": ("sale.date", "sale.date"), "4": ("sale.date", "sale.date"), "2026": ("sale.date", "sale.date"), **at("'birch' ~ ' ' ~ customer.since", "customer.since", "May", "6", "2019")}, expected="alder March 4, 2026 birch May 6, 2019"),
)  # fmt: skip
