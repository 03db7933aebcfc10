"""Composing: guards, gaps, junk, whitespace, limits and the sandbox; every finding at its exact characters."""

from __future__ import annotations

import time

import pytest
from composing import ANA, SCHEMA, checked, composed, facts_of, found, template_of, words

from notegen.compose import compose, explain, parse, place_of, render
from notegen.errors import NotegenError
from notegen.model.note import Trust
from notegen.model.source import Source


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("a{% if customer.title %}b{% endif %}c", "ac"),
        ("{{ customer.title or 'friend' }}", "friend"),
        ("{{ customer.title | default('friend') }}", "friend"),
        ("{{ customer.company | default('friend') }}", "friend"),
        ("{{ sale.colour | default('grey', true) }}", "grey"),
        ("{{ customer.company or sale.colour or 'neither' }}", "neither"),
        ("{% if sale.colour %}b{% else %}no colour{% endif %}", "no colour"),
        ("{% if customer.title is defined %}b{% else %}no title{% endif %}", "no title"),
        ("{% if sale.details.window.tint %}b{% else %}no tint{% endif %}", "no tint"),
        ("{% if problem.what %}b{% else %}no problem{% endif %}", "no problem"),
        ("{% for line in problem.steps %}b{% else %}no steps{% endfor %}", "no steps"),
        ("{% if customer.household | length > 1 %}both{% endif %}", "both"),
        ("{% if problem.steps | length > 1 %}b{% else %}none{% endif %}", "none"),
        ("{{ (problem.steps | first) or 'none' }}", "none"),
        ("{% for line in remember[2:] %}b{% else %}no more{% endfor %}", "no more"),
        ("{{ remember[7] or 'no eighth' }}", "no eighth"),
        ("{% if sale.details.heated %}warm{% endif %}{% if sale.details.towing %}, strong{% endif %}", "warm"),
        ("{% if sale.details.heated is true and sale.details.towing is false %}b{% endif %}", "b"),
        ("{% if sale.details.heated is boolean and sale.quantity is not boolean %}b{% endif %}", "b"),
        ("{% if sale.trade_in %}a{% else %}b{% endif %}", "b"),
        ("{{ 'x' if customer.title }}y", "y"),
        ("{{ sales | map(attribute='item') | length }}", "2"),
        ("{{ customer.title | upper if customer.title else 'none' }}", "none"),
        ("{% for k, v in sale.details.items() if k == 'shade' %}{{ k }} {{ v }}{% endfor %}", "shade geyser"),
    ],
)
def test_guards(template: str, expected: str) -> None:
    """What is absent, blank or junk is falsy, undefined, empty, and replaced by a default."""
    assert words(template) == expected


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("Dear {{ customer.title }},", [("T004", "customer.title")]),
        ("Dear {{ customer.title | upper }},", [("T004", "customer.title | upper")]),
        ("{{ 'Dear ' ~ customer.title }},", [("T004", "'Dear ' ~ customer.title")]),
        ("{{ customer.title.upper() }}", [("T004", "customer.title.upper")]),
        ("{% if sale.details.weight > 3 %}a{% endif %}b", [("T004", "sale.details.weight")]),
        ("{{ sale.details.weight + 1 }}", [("T004", "sale.details.weight + 1")]),
        ("{{ [customer.title] | join }}", [("T004", "[customer.title] | join")]),
        ("{{ problem.steps | and_list }}", [("T004", "problem.steps | and_list")]),
        ("{{ remember[4] }}", [("T004", "remember[4]")]),
        ("at {{ customer.company }}", [("T005", "customer.company")]),
        ("in {{ sale.colour }}", [("T005", "sale.colour")]),
        ("{{ customer.nmae }}", [("T003", "nmae")]),
        ("{% if customer.nmae %}a{% endif %}b", [("T003", "nmae")]),
        ("{{ custoner.name }}", [("T003", "custoner")]),
        ("{% for s in sales %}{{ s.itm }}{% endfor %}", [("T003", "itm")]),
        ("{{ customer['nmae'] }}", [("T003", "'nmae'")]),
        ("{{ customer.name.nick }}", [("T003", "nick")]),
        ("{% macro m(a, b) %}{{ b }}{% endmacro %}{{ m('x') }}", [("T004", "b")]),
        ("{% if sale.trade_in %}{% set x = 1 %}{% endif %}{{ x }}", [("T004", "x")]),
        ("{{ customer.household }}", [("T013", "customer.household")]),
        ("{{ customer.address }}{{ sale }}", [("T004", "customer.address"), ("T013", "sale")]),
        ("{{ none }}", [("T013", "none")]),
        ("{{ sale.item.upper }}", [("T013", "sale.item.upper")]),
        ("{{ customer.name | long_date }}", [("T007", "long_date")]),
        ("{{ sale.item | money }}", [("T007", "money")]),
        ("{% for line in sale.item %}{{ line }}{% endfor %}", [("T007", "sale.item")]),
        ("{{ 'ITO, KEN' | first_name }}", [("T007", "first_name")]),
        ("{{ today | years_since(sale.date) }}", [("T007", "years_since")]),
        ("{{ sale.item + 1 }}", [("T014", "sale.item + 1")]),
        ("{{ 1 / 0 }}", [("T014", "1 / 0")]),
        ("{% if 1 < 'a' %}a{% endif %}", [("T014", "if 1 < 'a'")]),
        ("{{ 5() }}", [("T014", "5")]),
        ("{{ sale | upper }}", [("T013", "sale | upper")]),
        ("{{ '%s' % sale }}", [("T007", "'%s' % sale")]),
        ("{{ '{}'.format(sale) }}", [("T007", "'{}'.format")]),
        ("{% for s in sales recursive %}{{ loop(s.item) }}{% endfor %}", [("T007", "loop")] * 2),
        ("{% filter int %}4{% endfilter %}", [("T014", "filter int")]),
        ("---\nrequires: [sale.list]\n---\n{{ key }}", [("T010", "sale.list")]),
        ("{% if customer.title %}a{% endif %}", [("T015", "{% if customer.title %}a{% endif %}")]),
    ],
)
def test_findings(template: str, expected: list[tuple[str, str]]) -> None:
    """Each finding has its code and points at just the characters that are to blame."""
    assert found(template) == expected


def test_several_findings_come_out_of_one_run() -> None:
    """A gap prints nothing and the render goes on."""
    codes = [
        code for code, _ in found("{{ customer.title }} {{ sale.colour }} {{ sale.nope }} {{ sale.item | money }}")
    ]
    assert codes == ["T004", "T005", "T003", "T007"]


def test_a_finding_names_both_places() -> None:
    """A blank fact is shown where it is written, an absent one where it could be added."""
    blank, absent = composed("{{ sale.colour }} {{ sale.place }}").diagnostics
    assert blank.related[0].span.text == '"   "'
    assert (blank.related[0].span.line, str(blank.span)) == (11, "t.j2:1:4")
    assert "add place under sale" in absent.related[0].message
    assert absent.note == "ana"
    assert absent.hint is not None and "{% if sale.place %}" in absent.hint


def test_suggestions() -> None:
    """The nearest name is offered: a sibling, a root, a variable of the template, a filter."""

    def hint(template: str) -> str:
        return composed(template).diagnostics[0].hint or ""

    assert "customer.first_name" in hint("{{ customer.frist_name }}")
    assert "did you mean customer?" in hint("{{ custmer.name }}")
    assert "sale.colour" in hint("{{ customer.colour }}")
    assert "did you mean who?" in hint("{% set who = 'x' %}{{ whoo }}")
    assert "long_date" in hint("{{ sale.date | longdate }}")
    assert "defined" in hint("{% if x is defnied %}{% endif %}")


REQUIRING = (
    "---\nrequires: [sale.item, sale.colour, problem.what]\n---\nFor {{ sale.colour }} {{ problem.what }} {{ key }}"
)


def test_requires() -> None:
    """A required fact that is absent or blank is reported once, in the front matter, and not where it is printed."""
    findings = composed(REQUIRING).diagnostics
    assert [(one.code, one.span and one.span.text) for one in findings] == [
        ("T010", "sale.colour"),
        ("T010", "problem.what"),
    ]
    assert findings[0].span is not None and str(findings[0].span) == "t.j2:2:23"
    assert findings[0].related[0].span.text == '"   "'


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("a  \n\n\n\nb \t c\n", "a\n\nb c"),
        ("{% if true %}\na\n{% endif %}\nb", "a\nb"),
        ("  {# x #}\n  a\n", "a"),
        ("a {% if true %}b{% endif %}\nc", "a b\nc"),
        ("a\n{% if false %}b{% endif %}\nc", "a\nc"),
        ("a\n{% if false %}b{% elif false %}x{% endif %}\nc", "a\nc"),
        ("a\n{% if false %}b{% else %}x{% endif %}\nc", "a\nx\nc"),
        ("a\n{% if true %}b{% else %}x{% endif %}\nc", "a\nb\nc"),
        ("a\n{% if true %}b{% endif %} d\nc", "a\nb d\nc"),
        ("a\n{% if true %}b{% if false %}y{% endif %}{% endif %}\nc", "a\nb\nc"),
        ("a\n{% if false -%} b {%- endif %}\nc", "a\n\nc"),
        ("a {# to\nbe #}\nb", "a\nb"),
        ("a\u00a0\u00a0b", "a\u00a0\u00a0b"),
        ("{% raw %}a{% endraw %}\nb", "a\nb"),
    ],
)
def test_whitespace(template: str, expected: str) -> None:
    """Lines of tags vanish, tags at the end of a line do not glue, and a note has no stray blanks."""
    assert words(template) == expected


@pytest.mark.parametrize(
    "template",
    [
        "{% for i in range(10**9) %}a{% endfor %}",
        "{{ range(10**15) | length }}",
        "{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}",
        "{% for i in range(9999) %}{% for j in range(9999) if false %}{% endfor %}{% endfor %}",
        "{% for i in [range(3000)] recursive %}{{ loop([i, i]) }}{% endfor %}",
        "{{ 'x' * 10**9 }}",
        "{{ 10**10**10**10 }}",
        "{{ (10**500) * (10**500) }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '%*d' % (1000000000, 1) }}",
        "{{ '{:>1000000000}'.format(1) }}",
        "{{ '{:>{}}'.format(1, 1000000000) }}",
        "{{ 'a' | center(10**9) }}",
        "{{ 'a'.ljust(10**9) }}",
        "{{ 'a'.zfill(10**9) }}",
        "{{ ('x' * 9999).replace('x', 'y' * 9999) }}",
        "{{ ('x' * 9999) | replace('x', 'y' * 9999) }}",
        "{{ range(9999) | join('y' * 9999) }}",
        "{% set ns = namespace(s='ab') %}{% for i in range(99) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}{{ ns.s }}",
        "{% set ns = namespace(s=[1]) %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
        "{% macro m(n) %}{{ m(n) }}{% endmacro %}{{ m(1) }}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "{% for i in range(3000) %}thank you {% endfor %}",
        "{{ sale.date.strftime('%999999999d') }}",
        "{{ 1 | round(-1000000000) }}",
        "{{ 'a' | indent(10**9, true) }}",
    ],
)
def test_limits(template: str) -> None:
    """What would take for ever, or fill the memory, ends at once in one diagnostic."""
    start = time.perf_counter()
    assert [code for code, _ in found(template)] == ["T009"]
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("template", "code"),
    [
        ("{{ ''.__class__ }}", "T008"),
        ("{{ ''['__class__'] }}", "T008"),
        ("{{ sale.item.__class__.__mro__ }}", "T008"),
        ("{{ sale.item._runs }}", "T008"),
        ("{{ sales._path }}", "T008"),
        ("{{ [1].append(2) }}", "T008"),
        ("{{ '{0.__class__}'.format(1) }}", "T008"),
        ("{{ [sale] | map(attribute='__class__') | list }}", "T003"),
        ("{{ sale._raw }}", "T003"),
        ("{{ sale.item | attr('x') }}", "T006"),
        ("{{ sale.item | safe }}", "T006"),
        ("{{ [1, 2] | random }}", "T006"),
        ("{{ lipsum() }}", "T003"),
        ("{{ cycler('a') }}", "T003"),
    ],
)
def test_the_sandbox(template: str, code: str) -> None:
    """Nothing of Python's inside, no HTML, no chance."""
    assert code in [one for one, _ in found(template)]


def test_dates_print_in_the_locale() -> None:
    """A date that is just printed is never 2026-03-04, wherever it is put."""
    ways = ("sale.date", "'on ' ~ sale.date", "'%s' % sale.date", "[sale.date] | join", "'{}'.format(sale.date)")
    template = "|".join(f"{{{{ {way} }}}}" for way in ways)
    assert words(template) == "March 4, 2026|on March 4, 2026|March 4, 2026|March 4, 2026|March 4, 2026"
    assert words("{{ sale.date }}", locale="de_DE") == "4. März 2026"
    assert words("{{ sale.date.replace(year=2027) }}", locale="fr") == "4 mars 2027"


def test_an_unknown_locale_is_a_mistake() -> None:
    """The command says it; the customer did nothing wrong."""
    with pytest.raises(NotegenError, match="xx_YY"):
        compose(ANA, template_of("a"), SCHEMA, locale="xx_YY")


def test_an_imported_file_does_not_see_facts() -> None:
    """Jinja hides them, and the message says so instead of "unknown"."""
    library = {"m": "{% macro one() %}{{ sale.item }}{% endmacro %}"}
    template = '{% from "m.j2" import one %}{{ one() }}'
    assert found(template, **library) == [("T003", "sale")]
    assert "not visible" in composed(template, **library).diagnostics[0].message
    assert checked(template, **library) == [("T003", "sale")]


def test_one_customer_does_not_see_another() -> None:
    """A template is compiled once and keeps nothing of a customer, not even in an imported module."""
    template = template_of('{% import "m.j2" as m with context %}{{ m.x }} {{ key }}', m="{% set x = sale.item %}")
    other = facts_of("sale: {item: Forester}", key="bo")
    assert [note.value and note.value.text for note in (compose(f, template, SCHEMA) for f in (ANA, other, ANA))] == [
        "Outback Wilderness ana",
        "Forester bo",
        "Outback Wilderness ana",
    ]


def test_an_imported_file_keeps_nothing() -> None:
    """What a macro of an imported file counts begins anew with each customer, in both renders."""
    counting = "{% set ns = namespace(n=0) %}{% macro hit() %}{% set ns.n = ns.n + 1 %}{{ ns.n }}{% endmacro %}"
    template = template_of('{% import "m.j2" as m %}hit {{ m.hit() }}{{ m.hit() }}', m=counting)
    texts = [note.value and note.value.text for note in (compose(ANA, template, SCHEMA) for _ in range(3))]
    assert texts == ["hit 12"] * 3


def test_an_empty_list_is_not_what_is_required() -> None:
    """A list without items says no more than no list."""
    facts = facts_of("customer: {name: Bo}\nsales: []\n")
    assert found("---\nrequires: [sales, customer.name]\n---\n{{ key }}", facts) == [("T010", "sales")]


@pytest.mark.parametrize(
    ("template", "word", "reads", "trust"),
    [
        ("{% set a = sale.price + 7 %}{{ a }}", "31407", ("sale.price",), Trust.EXACT),
        ("{% set a = -sale.quantity %}{{ a }}", "-2", ("sale.quantity",), Trust.EXACT),
        ("{{ 'so' if sale.item == 'x' else 'not so' }}", "not so", (), Trust.EXACT),
        ("{{ '{} and {}'.format(sale.item, sale.short) }}", "the", ("sale.short",), Trust.EXACT),
        ("{{ sale.date.year - 1 }}", "2025", ("sale.date",), Trust.EXACT),
        ("{{ sale.item | wordwrap(12) }}", "Wilderness", ("sale.item",), Trust.ALIGNED),
        ("{{ sale.item.count('Out') }}", "1", ("sale.item",), Trust.EXACT),
        ("{{ sales | sum(attribute='item.__len__') if false else sales | length }}", "2", ("sales",), Trust.EXACT),
    ],
)
def test_what_a_word_read(template: str, word: str, reads: tuple[str, ...], trust: Trust) -> None:
    """Facts are followed through variables, arithmetic and methods; what is only guessed is labelled."""
    made = composed(template).value
    assert made is not None
    piece = made.piece_at(made.text.index(word))
    assert piece is not None
    assert (piece.reads, piece.trust) == (reads, trust)


def test_compiled_once() -> None:
    """Equal templates share one compilation."""
    render.compiled.cache_clear()
    for _ in range(3):
        words("Dear {{ customer.name }}, hello")
    assert render.compiled.cache_info().misses == 1


def test_explain() -> None:
    """Each piece with words has a row: words, template, facts."""
    made = composed("Dear {{ customer.name }},\n\nhello {{ sale.quantity }} {{ sale.short }}").value
    assert made is not None
    rows = explain(made, ANA)
    assert [(row.text, row.origin, row.facts) for row in rows] == [
        ("Dear", "t.j2:1:1", ""),
        ("Ana Reyes", "t.j2:1:9", "customer.name (facts/ana.yaml:2:9)"),
        (", hello", "t.j2:1:25", ""),
        ("2", "t.j2:3:10", "sale.quantity (facts/ana.yaml:13:13)"),
        ("the Outback", "t.j2:3:30", "sale.short (facts/ana.yaml:10:10)"),
    ]


def test_place_of() -> None:
    """The place of a template is the first line of its body."""
    assert place_of(template_of("---\nname: x\n---\n\nDear Ana,\nhello")).text == "Dear Ana,"


def test_a_difference_between_the_renders_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof that the two renders are really compared: one of them is made to lie."""
    template = template_of("Dear {{ customer.name }}")
    render.compiled.cache_clear()
    made = render.compiled(render.key_of(template), "en_US", "USD")
    monkeypatch.setitem(made.plain.globals, "x", 1)
    body = made.plain.from_string("Dear Bo")
    monkeypatch.setattr(
        type(made), "template", lambda self, env: body if env is self.plain else env.get_template(self.main)
    )
    with pytest.raises(AssertionError, match="Dear Bo"):
        compose(ANA, template, SCHEMA)


def test_imported_macros_are_made_once_and_what_else_a_file_sets_is_made_anew() -> None:
    """A module of macros alone is shared by all customers; one that keeps a value of its own is nobody else's."""
    kept = "{% set seen = namespace(n=0) %}{% macro m() %}{% set seen.n = seen.n + 1 %}{{ seen.n }}{% endmacro %}"
    alone = "{# about it #}\n{% macro m() %}once{% endmacro %}\n"
    for library, said in ((kept, "1"), (alone, "once")):
        template = template_of('{% from "m.j2" import m %}{{ m() }}', m=library)
        made = [compose(ANA, template, SCHEMA).value for _ in range(2)]
        assert [note.text for note in made if note] == [said, said]
        modules = render.compiled(render.key_of(template), "en_US", "USD").traced.modules
        assert bool(modules) is (said == "once")


def test_the_name_in_diagnostics_is_the_users() -> None:
    """A source keeps the path as it was given."""
    read = parse(Source("shop/templates/x.j2", "{{ nope }}"))
    assert read.value is not None and read.value.name == "x"
    assert str(compose(ANA, read.value, SCHEMA).diagnostics[0].span) == "shop/templates/x.j2:1:4"
