"""What customers asked not to hear is found however it is put, and nothing else is: a corpus of wishes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lintnotes

from notegen import lint
from notegen.files import read_source
from notegen.model.diagnostic import Diagnostic
from notegen.yamlsource import parse

HEAD = "Dear {{ customer.first_name }},\n\nThe {{ sale.item }} suits the lane. "
TAIL = "\n\nYours,\nRick"


def corpus() -> list[dict[str, Any]]:
    documents = parse(read_source(Path(__file__).parent / "preferences.yaml")).value
    assert documents
    tree: Any = documents[0].value
    return list(tree)


def lines(*keys: str) -> Iterator[tuple[Any, str]]:
    for group in corpus():
        for key in keys:
            yield from ((group["wish"], sentence) for sentence in group.get(key, ()))


def facts_of(wish: Any) -> str:
    """Write a customer's facts with one wish."""
    item = f'"{wish}"' if isinstance(wish, str) else "{" + ", ".join(f'{k}: "{v}"' for k, v in wish.items()) + "}"
    return f"customer: {{name: Ana Reyes, first_name: Ana}}\nsale: {{item: Tacoma}}\npreferences:\n  do_not: [{item}]\n"


def judged(wish: Any, sentence: str) -> tuple[Diagnostic, ...]:
    made = lintnotes.template(HEAD + sentence + TAIL)
    known = lintnotes.facts(facts_of(wish))
    found = lint.check_note(lintnotes.compose(made, known), lintnotes.context(made, known))
    return tuple(one for one in found if one.code == "N130")


def test_every_violation_is_an_error() -> None:
    planted = list(lines("says", "says_too", "says_later"))
    missed = [(wish, said) for wish, said in planted if not any(one.is_error for one in judged(wish, said))]
    assert missed == []
    assert len(planted) >= 120
    assert len({str(wish) for wish, _ in planted}) >= 15


def test_near_misses_are_left_alone() -> None:
    good = list(lines("may_say"))
    flagged = [(wish, said) for wish, said in good if judged(wish, said)]
    assert len(good) >= 100
    assert len(flagged) <= 0.02 * len(good), flagged
