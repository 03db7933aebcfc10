"""Values that are pickled as calls of themselves."""

from __future__ import annotations

import pickle
from copy import deepcopy
from dataclasses import dataclass

from notegen.model.person import Person, Sorting
from notegen.model.rebuilt import rebuilt
from notegen.model.source import Source, Span


@dataclass(frozen=True, slots=True)
class Slow:
    """A value as dataclasses pickle it."""

    one: int
    two: str = ""


def test_values_come_back_as_they_were() -> None:
    """Also those of which only some fields were given, one in another, and one that is there twice."""
    span = Span(Source("a.yaml", "x: 1", 3), 0, 1)
    person = Person("ana", "Ana", 4, sorting=Sorting(country="US"), reasons=("none",))
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        back = pickle.loads(pickle.dumps((span, person, span), protocol))
        assert back == (span, person, span)
        assert back[0] is back[2]
        assert type(back[1].sorting) is Sorting
    assert deepcopy(span) == span


def test_they_are_calls_and_what_was_pickled_before_is_still_read() -> None:
    """A pack of an older version holds states; they go on to be set."""
    before = pickle.dumps(Slow(1, "b"))
    assert Slow(1).__reduce_ex__(5)[0] is not Slow
    assert rebuilt(Slow) is Slow
    assert Slow(1, "b").__reduce_ex__(5) == (Slow, (1, "b"))
    assert pickle.loads(before) == Slow(1, "b")
