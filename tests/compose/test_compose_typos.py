"""A hundred seeded typos in facts, filters, tests and macros: all are found, and the right name is offered first."""

from __future__ import annotations

from random import Random

from composing import SCHEMA, template_of

from notegen.compose import check
from notegen.compose.environment import NoteEnvironment
from notegen.model.diagnostic import Diagnostic
from notegen.model.schema import Kind

ENVIRONMENT = NoteEnvironment({}, "en_US", "USD")
FACTS = sorted(
    path for path, one in SCHEMA.fields.items() if "*" not in path and "." in path and one.kind is not Kind.RECORD
)
ROOTS = ("customer", "sale", "sales", "remember", "problem", "preferences", "shop", "today")
FILTERS = sorted(ENVIRONMENT.filters)
TESTS = sorted(name for name in ENVIRONMENT.tests if name.isidentifier())
MACROS = ("greeting", "farewell", "signature", "postscript", "thanks_for", "closing_line")
LIBRARY = "".join(f"{{% macro {name}() %}}x{{% endmacro %}}" for name in MACROS)


def misspelt(random: Random, word: str, known: set[str]) -> str:
    """Return a word with one letter lost, doubled, wrong, or swapped with the next, which is no word that is known."""
    while True:
        at = random.randrange(len(word) - 1)
        wrong = random.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + random.choice("aeioustrn") + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            )
        )
        if wrong != word and wrong.isidentifier() and wrong not in known:
            return wrong


def fact(random: Random) -> tuple[str, str, str, str]:
    """Return a template with a misspelt fact: its text, the wrong word, the right name, the code."""
    path = random.choice([one for one in FACTS if len(one.rpartition(".")[2]) > 3])
    above, _, leaf = path.rpartition(".")
    wrong = misspelt(random, leaf, set(SCHEMA.children(above)) | {"items", "keys", "values", "get"})
    while SCHEMA.lookup(f"{above}.{wrong}") is not None:
        return fact(random)
    return f"{{{{ {above}.{wrong} }}}}", wrong, path, "T003"


def root(random: Random) -> tuple[str, str, str, str]:
    """Return the same with a misspelt root."""
    name = random.choice(ROOTS)
    wrong = misspelt(random, name, set(SCHEMA.children("")))
    return f"{{% if {wrong} %}}x{{% endif %}}", wrong, name, "T003"


def filtered(random: Random) -> tuple[str, str, str, str]:
    """Return the same with a misspelt filter."""
    name = random.choice([one for one in FILTERS if len(one) > 3])
    wrong = misspelt(random, name, set(ENVIRONMENT.filters))
    return f"{{{{ sale.details.x | {wrong} }}}}", wrong, name, "T006"


def a_test(random: Random) -> tuple[str, str, str, str]:
    """Return the same with a misspelt test."""
    name = random.choice([one for one in TESTS if len(one) > 3])
    wrong = misspelt(random, name, set(ENVIRONMENT.tests))
    return f"{{% if sale.item is {wrong} %}}x{{% endif %}}", wrong, name, "T006"


def macro(random: Random) -> tuple[str, str, str, str]:
    """Return the same with a misspelt macro: imported, of a module, or in the same file."""
    name = random.choice(MACROS)
    wrong = misspelt(random, name, set(MACROS))
    text = random.choice(
        (
            f'{{% from "lib.j2" import {wrong} %}}{{{{ {wrong}() }}}}',
            f'{{% import "lib.j2" as lib %}}{{{{ lib.{wrong}() }}}}',
            f"{LIBRARY}{{{{ {wrong}() }}}}",
        )
    )
    return text, wrong, name, "T003"


def findings(text: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a template that may import lib.j2."""
    return check(template_of(text, lib=LIBRARY), SCHEMA)


def test_a_hundred_typos() -> None:
    """Each is found, once, and at least 95 times the right name is the one that is offered."""
    random = Random("typos")
    makers = (fact,) * 45 + (root,) * 10 + (filtered,) * 20 + (a_test,) * 10 + (macro,) * 15
    missed, other = [], []
    for make in makers:
        text, wrong, right, code = make(random)
        found = findings(text)
        if [one.code for one in found] != [code]:
            missed.append((text, wrong, [(one.code, one.message) for one in found]))
        elif found[0].hint != f"did you mean {right}?":
            other.append((wrong, right, found[0].hint))
    assert len(makers) == 100
    assert not missed, missed
    assert len(other) <= 5, other
