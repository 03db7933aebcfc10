"""Registries: names and aliases once each, things made when asked for, and reasons for what is not there."""

from __future__ import annotations

import pytest

from notegen.errors import MOST_NAMES, NotegenError, UnknownName
from notegen.registry import Registry


def test_a_thing_is_made_when_it_is_first_asked_for_and_once() -> None:
    made: list[str] = []

    def make() -> str:
        made.append("x")
        return "thing"

    registry: Registry[str] = Registry("toy")
    registry.add("ready", "made")
    registry.add_later("later", make, aliases=("late",))
    assert (registry.names(), len(registry), "LATE" in registry, made) == (("ready", "later"), 2, True, [])
    assert registry.get("Late") == registry.get("later") == "thing"
    assert list(registry) == ["made", "thing"]
    assert made == ["x"]


@pytest.mark.parametrize("name", ["ready", "LATE", "later"])
def test_a_name_is_given_once(name: str) -> None:
    registry: Registry[str] = Registry("toy", [("ready", "made")])
    registry.add_later("later", str, aliases=("late",))
    with pytest.raises(NotegenError, match="there are two of toy"):
        registry.add(name, "again")
    with pytest.raises(NotegenError, match="there are two of toy"):
        registry.add_later("new", str, aliases=(name,))


def test_what_is_withheld_says_why_unless_somebody_adds_it() -> None:
    registry: Registry[str] = Registry("toy", [("top", "made")])
    registry.withheld["drum"] = "it is too loud"
    with pytest.raises(NotegenError, match="toy 'Drum' is left out: it is too loud"):
        registry.get("Drum")
    assert "drum" not in registry
    registry.add("drum", "quiet")
    assert registry.get("drum") == "quiet"


def test_a_long_list_of_names_is_cut_in_a_hint() -> None:
    names = [f"name-{number:04}" for number in range(MOST_NAMES + 15)]
    hint = str(UnknownName("toy", "???", names).hint)
    assert hint.endswith(f"{names[MOST_NAMES - 1]} and 15 more")
    assert str(UnknownName("toy", "???", names[:MOST_NAMES]).hint).endswith(names[MOST_NAMES - 1])
