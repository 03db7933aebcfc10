"""What a template may do: no clock, no bytes, no endless lists, no insides of Python on a card."""

from __future__ import annotations

import pytest
from composing import found, words

from notegen.compose.limits import weight


@pytest.mark.parametrize(
    "template",
    [
        "{% for i in range(60) %}{% set ns.a = [ns.a, ns.a] %}{% endfor %}{{ ns.a | length }}",
        "{% for i in range(60) %}{% set ns.a = (ns.a, ns.a) %}{% endfor %}{{ [ns.a] | unique | length }}",
        "{% for i in range(60) %}{% set ns.a = {1: ns.a, 2: ns.a} %}{% endfor %}{{ 'x' if ns.a == [1] }}",
        "{% for i in range(60) %}{% set ns.a = dict(a=ns.a, b=ns.a) %}{% endfor %}{{ ns.a | length }}",
        "{% for i in range(60) %}{% set ns.a = (ns.a + ns.a) | batch(999) | list %}{% endfor %}{{ ns.a | length }}",
        "{% for i in range(9000) %}{% set ns.a = ((((((ns.a,),),),),),) %}{% endfor %}{{ [ns.a] | unique | length }}",
        "{% for i in range(60) %}{% set ns.a = [ns.a] * 9 %}{% endfor %}{{ ns.a | length }}",
        "{{ ([range(9999) | list] * 99) | sum(start=[]) | length }}",
        "{{ [[range(9999) | list] * 99] | map('sum', start=[]) | list | length }}",
        "{{ [[1]] | map('slice', 10**9) | list | length }}",
        "{{ [1] | map('round', 10**9, 'ceil') | list | length }}",
        "{{ ['a\nb'] | map('indent', 10**9) | list | length }}",
        "{{ ('a\n' * 9999) | indent(9999, blank=True) | length }}",
        "{{ (5 | replace('5', '%900000000d')) % 1 }}",
        "{{ (5 | replace('5', '{:900000000}')).format(1) }}",
    ],
)
def test_endless_lists_and_texts(template: str) -> None:
    """Lists that hold each other twice, many deep, have more values than can be walked, though they are short."""
    assert "T009" in [code for code, _ in found("{% set ns = namespace(a=[1]) %}" + template)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1, 1), ("ab", 1), ([], 1), ([1, [2, 3]], 5), ({"a": (1,), "b": 2}, 6), ([[1] * 9] * 9, 91)],
)
def test_weight(value: object, expected: int) -> None:
    """Every value counts one wherever it stands, lists and records too, and keys."""
    assert weight(value, 100) == expected
    assert weight(value, 0) in (1, expected)


@pytest.mark.parametrize(
    "call",
    ["sale.date.today()", "sale.date.fromtimestamp(0)", "'x'.encode()", "5.0.real.fromhex", "(5).to_bytes(2, 'big')"],
)
def test_withheld_methods(call: str) -> None:
    """No note depends on when or where it is written; bytes would have no limits."""
    expected = ["T013"] if call.endswith("fromhex") else ["T008"]
    assert [code for code, _ in found(f"{{{{ {call} }}}}")] == expected


@pytest.mark.parametrize(
    "expression",
    [
        "'%*s' | format(1, namespace)",
        "'%*s' | format(1, 'x'.upper)",
        "'{!r}'.format('x'.upper)",
        "'{0.upper!s:{1}}'.format('x', 60)",
        "'{!r}'.format(remember)",
        "'abc' | replace('a', 'x'.upper)",
        "['abc'] | map('replace', 'a', 'x'.upper) | join",
        "['x'.upper] | map('string') | join",
        "[remember] | map('upper') | join",
        "remember | join('x'.upper)",
        "remember | join(remember)",
    ],
)
def test_nothing_of_python_is_printed(expression: str) -> None:
    """The printed form of a list or a method, which may be its place in memory, is kept off the card."""
    assert {code for code, _ in found(f"{{{{ {expression} }}}}")} <= {"T007", "T013"}
    assert found(f"{{{{ {expression} }}}}")


def test_same_as() -> None:
    """A number from the facts is the same as one written out; Python keeps small ones once and large ones twice."""
    asked = ("sale.quantity is sameas 2", "sale.price is sameas 31400", "sale.item is sameas 'Outback Wilderness'")
    assert words(" ".join(f"{{{{ 'yes' if {one} else 'no' }}}}" for one in asked)) == "yes yes yes"
    asked = ("1 is sameas 1.0", "1 is sameas true", "sale.quantity is sameas 3", "'2' is sameas sale.quantity")
    assert words(" ".join(f"{{{{ 'yes' if {one} else 'no' }}}}" for one in asked)) == "no no no no"
    assert words("{% if sale.details.heated is sameas true and sale is sameas sale %}yes{% endif %}") == "yes"


@pytest.mark.parametrize(
    "expression", ["sale.details.heated", "not sale.item", "1 == 1", "sale.item == 'x'", "'a' ~ sale.details.heated"]
)
def test_a_yes_or_no_is_not_printed(expression: str) -> None:
    """The word True on a card is a machine's; the finding says to put it in words."""
    assert {code for code, _ in found(f"{{{{ {expression} }}}}")} == {"T013"}


def test_one_letter_of_a_text_is_not_printed_for_an_item_of_a_list() -> None:
    """`remember[0]` of a customer whose `remember` is one sentence."""
    assert {code for code, _ in found("{{ sale.item[0] }}")} == {"T007"}
    assert words("{{ sale.item[:3] }}") == "Out"
