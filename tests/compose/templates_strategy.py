"""Random small templates, most of them nearly right: tags, operators, filters and facts in any combination."""

# ruff: noqa: E501
# A word list or a production is one line, so that the grammar can be read at a glance.

from __future__ import annotations

from hypothesis import strategies as st

FACTS = (
    "customer.name customer.title customer.company customer.household customer.nmae sale sale.date sale.item sale.colour "
    "sale.price sale.quantity sale.details sale.details.heated sale.details.x sales sales[0].item sales[9] remember "
    "remember[0] remember.x problem.what shop.name today key nobody x y s loop loop.index loop.nextitem"
).split()
FILTERS = (
    "upper lower title capitalize trim length first last join and_list money long_date month possessive a_an first_name "
    "in_words ordinal number upper_first default('d') default(x,true) truncate(9) wordwrap(9) center(20) replace('a','bb') "
    "list sort unique reverse batch(2) map('upper') map(attribute='item') select selectattr('item') groupby('item') sum "
    "round(1) int float abs string format(1) indent(2) min max items dictsort wordcount slice(2) years_since(today)"
).split()
TESTS = "defined undefined none string number mapping sequence boolean true even sameas(x) in(x) divisibleby(3)".split()
METHODS = (
    "upper() split() strip() format(x) items() get('item') strftime('%d') year replace('a',x) join(y) center(9)".split()
)
WORDS = st.sampled_from(["word ", "ß ", "\n", "\n\n", "  ", "It’s. ", "{ ", "%} ", "-", "😊"])
LITERALS = st.sampled_from(
    ["1", "0", "2.5", "'a b'", "'%s %d'", "'{} {0}'", "true", "none", "[]", "[1, 'b']", "{'k': 2}", "''"]
)


def combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return expressions made of expressions."""
    operators = st.sampled_from(["+", "-", "*", "/", "//", "%", "**", "~", "==", "<", ">=", "!=", "in", "and", "or"])
    return st.one_of(
        st.builds("{} | {}".format, inner, st.sampled_from(FILTERS)),
        st.builds("({} {} {})".format, inner, operators, inner),
        st.builds("({} is {})".format, inner, st.sampled_from(TESTS)),
        st.builds("({}).{}".format, inner, st.sampled_from(METHODS)),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("({} if {})".format, inner, inner),
        st.builds("not {}".format, inner),
        st.builds("-{}".format, inner),
        st.builds("({})[{}]".format, inner, st.sampled_from(["0", "-1", "1:", "'item'", "::-1", "x"])),
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("m({}, y={})".format, inner, inner),
    )


EXPRESSIONS = st.recursive(st.one_of(st.sampled_from(FACTS), LITERALS), combined, max_leaves=5)


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return templates made of templates."""
    return st.one_of(
        st.builds("{}{}".format, inner, inner),
        st.builds("{{% if {} %}}{}{{% endif %}}".format, EXPRESSIONS, inner),
        st.builds("{{% if {} %}}{}{{% elif {} %}}{}{{%- else %}}{}{{% endif %}}\n".format, EXPRESSIONS, inner, EXPRESSIONS, inner, inner),
        st.builds("{{% for x in {} %}}{}{{% else %}}{}{{% endfor %}}".format, EXPRESSIONS, inner, inner),
        st.builds("{{% for x, y in {} if {} %}}{}{{% endfor %}}\n".format, EXPRESSIONS, EXPRESSIONS, inner),
        st.builds("{{% for x in {} recursive %}}{}{{{{ loop({}) }}}}{{% endfor %}}".format, EXPRESSIONS, inner, EXPRESSIONS),
        st.builds("{{% set x = {} %}}{}".format, EXPRESSIONS, inner),
        st.builds("{{% set y %}}{}{{% endset %}}{{{{ y }}}}".format, inner),
        st.builds("{{% set y | {} %}}{}{{% endset %}}{{{{ y }}}}".format, st.sampled_from(FILTERS), inner),
        st.builds("{{% filter {} %}}{}{{% endfilter %}}".format, st.sampled_from(FILTERS), inner),
        st.builds("{{% macro m(x, y={}) %}}{}{{% endmacro %}}{{{{ m({}) }}}}".format, EXPRESSIONS, inner, EXPRESSIONS),
        st.builds("{{% macro m(x) %}}{{{{ caller(x) }}}}{{% endmacro %}}{{% call(y) m({}) %}}{}{{% endcall %}}".format, EXPRESSIONS, inner),
        st.builds("{{% with x = {} %}}{}{{% endwith %}}".format, EXPRESSIONS, inner),
        st.builds("{{% block b %}}{}{{% endblock %}}{{{{ self.b() }}}}".format, inner),
        st.builds("{{% raw %}}{}{{% endraw %}}\n".format, WORDS),
        st.builds("{{# {} #}}\n{}".format, WORDS, inner),
        st.builds('{{% include "i.j2" %}}{}'.format, inner),
    )  # fmt: skip


PRINTED = st.builds("{{{{ {} }}}}".format, EXPRESSIONS)
TEMPLATES = st.recursive(st.one_of(PRINTED, WORDS), nested, max_leaves=6)


@st.composite
def broken(draw: st.DrawFn) -> str:
    """Draw a template with a few characters lost or doubled."""
    text = draw(TEMPLATES)
    for _ in range(draw(st.integers(1, 3))):
        if text:
            at = draw(st.integers(0, len(text) - 1))
            text = text[:at] + draw(st.sampled_from(["", text[at] * 2, "{", "%", "}}", "'", "|"])) + text[at + 1 :]
    return text
