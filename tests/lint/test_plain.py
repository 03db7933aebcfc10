"""Phrases are found whatever the wrapping, and every plain character knows where it was typed."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.lint import words
from notegen.lint.plain import NARROWEST, plain

WAYS = {
    "plain": "{0} {1}",
    "upper": "{0} {1}",
    "line wrap": "{0}\n{1}",
    "double space": "{0}  {1}",
    "no-break space": "{0}\u00a0{1}",
    "tab": "{0}\t{1}",
    "zero width": "{0}\u200b \u200b{1}",
    "hyphen break": "{0} {1}",
}
"""Eight ways in which two words of a phrase come along."""


def typed(way: str, first: str, second: str) -> str:
    """Return two words as they come along in one of the ways."""
    text = WAYS[way].format(first, second)
    if way == "upper":
        return text.upper()
    return text.replace(second, f"{second[:3]}-\n{second[3:]}") if way == "hyphen break" else text


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("first", "second"), [("valued", "customer"), ("recent", "purchase"), ("continued", "support"), ("rest", "assured")]
)
def test_a_phrase_is_found_in_all_eight_ways(way: str, first: str, second: str) -> None:
    before = "So you see that your " if first == "recent" else "So you see that "
    text = before + typed(way, first, second) + " is here."
    found = words.find(plain(text))
    assert len(found) == 1
    assert text[found[0].start : found[0].end].lower().startswith(("your", first))
    assert text[found[0].start : found[0].end][-3:].lower() == second[-3:]


@pytest.mark.parametrize(
    "text", ["don’t hesitate to call", "don\u02bct hesitate to call", "don't hes\u00aditate to call"]
)
def test_curly_quotes_and_soft_hyphens_are_folded(text: str) -> None:
    assert [match.phrase.id for match in words.find(plain(text))] == ["svc.hesitate"]


def test_short_lines_keep_their_ends_and_full_lines_do_not() -> None:
    text = "Sincerely,\nYour Sales Team\n\nTheo and the dog came up from\nthe shop."
    assert plain(text).text == "Sincerely,\nYour Sales Team\n\nTheo and the dog came up from the shop."


def test_header_and_quoted_lines_are_lines_of_their_own() -> None:
    text = "Subject: thank you letter for everybody in it\nFrom: Pat\n\n> use this one for everybody in it\n> or not"
    assert plain(text).text == text


ANY = st.text(alphabet="ab -\n\t\u00a0\u200b\u00ad’“>é\u3000", max_size=60)


@given(ANY)
def test_every_plain_character_knows_where_it_was_typed(text: str) -> None:
    made = plain(text)
    origins = [made.origin(index) for index in range(len(made.text))]
    assert origins == sorted(origins)
    signs = {"’": "'", "“": '"'}
    for character, origin in zip(made.text, origins, strict=True):
        if not character.isspace():
            assert signs.get(text[origin], text[origin]) == character
        else:
            assert text[origin].isspace() or text[origin] in "\u200b\u00ad"


@given(ANY)
def test_nothing_that_has_ink_is_lost(text: str) -> None:
    kept = sum(not character.isspace() for character in plain(text).text)
    inked = sum(not (character.isspace() or character in "\u200b\u00ad") for character in text)
    assert inked - text.count("-") <= kept <= inked


@given(st.lists(st.text(alphabet="abcdefgh", min_size=1, max_size=18), min_size=1, max_size=60))
def test_wrapping_at_any_width_gives_the_same_plain_text(typed_words: list[str]) -> None:
    text = " ".join(typed_words)
    for width in (NARROWEST, 50, 70):
        assert plain(textwrap.fill(text, width)).text == text


def test_plain_text_has_no_double_space() -> None:
    assert plain(" a \u200b  b\t c ").text == "a b c"
