"""Words that stand apart: a note that is taken out of a block, and put beside others, is as if measured alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from synthetic import write

from notegen.layout.fitting import prepare
from notegen.layout.spaced import Spaced, joined
from notegen.layout.stocks import builtin
from notegen.model.writing import Flow, Writing

A2 = builtin().get("us-a2")
TEXTS = ("nun nun lll", "g", "nunn gag lug. nun nul")


def columns(spaced: Spaced) -> list[object]:
    text = spaced.script
    arrays = (text.outline, text.bounds, text.maps, text.place, text.words, text.width, text.gap, spaced.give, spaced.x)
    return [*(one.tolist() for one in arrays), text.firsts, None if text.close is None else text.close.tolist()]


def unspaced(writing: Writing) -> Writing:
    """Return a writing of which no space follows the second word."""
    spaced = np.ones(len(writing.width), np.bool_)
    spaced[1] = False
    return replace(writing, flow=Flow(("a",) * len(spaced), spaced, False))


def test_parts_are_as_if_measured_alone_and_together_again_as_before() -> None:
    for some in ([write(text) for text in TEXTS], [write(TEXTS[0]), unspaced(write(TEXTS[2])), write(TEXTS[1])]):
        block = prepare(some, A2)
        parts = [block.spaced.part(number) for number in range(len(some))]
        assert columns(joined(parts)) == columns(block.spaced)
        chosen = [some[2], some[0]]
        assert columns(joined([parts[2], parts[0]]))[:-1] == columns(prepare(chosen, A2).spaced)[:-1]
        assert columns(joined(parts[1:2]))[:-1] == columns(prepare(some[1:2], A2).spaced)[:-1]


def test_what_no_space_follows_stays_so_in_its_new_place() -> None:
    block = prepare([write(TEXTS[0]), unspaced(write(TEXTS[2]))], A2)
    first, second = block.spaced.part(0), block.spaced.part(1)
    close = joined([second, first]).script.close
    assert close is not None
    assert close.tolist() == [1]
    assert block.spaced.script.close is not None
    assert block.spaced.script.close.tolist() == [4]
