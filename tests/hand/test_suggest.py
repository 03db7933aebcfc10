"""The hands that can write some customers come first, and what the others lack is named with its place."""

from __future__ import annotations

from notegen.facts import STANDARD, load_source
from notegen.hand import hands
from notegen.hand.suggest import Suggestion, customers, suggest, texts_of
from notegen.model.source import Source

PLAIN = "customer: {name: Tom Hill}\nsale: {item: the tent}\n"
CZECH = "customer: {name: Đuro Šarkadi}\nsale: {item: the tent}\n"
PARTY = "customer: {name: Tom Hill}\nsale:\n  item: the 🎉 tent\n"
JAPANESE = "customer: {name: 高橋みどり}\n"


def suggested(*documents: str) -> dict[str, Suggestion]:
    loaded = load_source(Source("facts.yaml", "---\n".join(documents)), STANDARD)
    assert loaded.value is not None
    found = suggest(hands.builtin(), texts_of(loaded.value))
    assert [one.rank for one in found] == sorted(one.rank for one in found)
    return {one.hand.name: one for one in found}


def test_for_plain_names_every_latin_hand_does_and_the_others_come_after() -> None:
    found = suggested(PLAIN)
    names = list(found)
    latin = [name for name, one in found.items() if "Latn" in one.hand.scripts]
    assert names[: len(latin)] == latin
    assert not any(found[name].lacks or found[name].strange for name in latin)
    assert all(not one.beyond for one in found.values())


def test_a_lack_is_named_with_customer_line_and_column() -> None:
    one = suggested(PLAIN, CZECH)["quick-ballpoint"]
    (lack,) = one.lacks
    assert lack.name == "U+0110 LATIN CAPITAL LETTER D WITH STROKE"
    assert lack.lent
    (text,) = lack.texts
    assert (text.path, text.value) == ("customer.name", "Đuro Šarkadi")
    assert str(text.span) == "facts.yaml:4:18"
    assert customers(one.lacks) == (text.key,)
    assert next(iter(suggested(PLAIN, CZECH).values())).lacks == ()


def test_what_nobody_writes_is_beyond_every_hand() -> None:
    for one in suggested(PARTY).values():
        assert [lack.character for lack in one.beyond] == ["🎉"]


def test_a_japanese_name_asks_for_the_japanese_hand() -> None:
    found = suggested(JAPANESE)
    assert next(iter(found)) == "japanese-pen"
    assert found["japanese-pen"].lacks == ()
    assert all(lack.lent for lack in found["quick-ballpoint"].lacks)
    assert len(found["quick-ballpoint"].lacks) == 5
