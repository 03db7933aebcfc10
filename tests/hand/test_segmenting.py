"""Text becomes words: what no line divides, and where a space follows."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from notegen.hand import words
from notegen.hand.words import NOT_FIRST, NOT_LAST, Word

JAPANESE = "山田様、先日は「東京」でのトレーニングにご参加いただき（土）ありがとうございました！？…っゃゅょー々ｶﾞﾎﾞｯ｡"
TEXTS = st.text(st.sampled_from(f"{JAPANESE} \n\u3000abcXYZ12,.()김민준áא\u0301\u3099¥%"), max_size=60)


def shown(text: str) -> str:
    """Return the words of a text with a bar where a line may end and an underscore for a space."""
    return "|".join(word.text + "_" * word.spaced for word in words.split(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dear Zoya, thank you", "Dear_|Zoya,_|thank_|you_"),
        ("김민준 님께, 감사합니다.", "김민준_|님께,_|감사합니다._"),
        ("山田様、どうも", "山|田|様、|ど|う|も_"),
        ("「東京」（土）", "「東|京」|（土）_"),
        ("トレーニングッズ", "ト|レー|ニ|ン|グッ|ズ_"),
        ("きゃっきゃ", "きゃっ|きゃ_"),
        ("2026年11月28日", "2026|年|11|月|28|日_"),
        ("Zoya様 へ", "Zoya|様_|へ_"),
        ("人々が……", "人々|が……_"),
        ("か\u3099き", "か\u3099|き_"),
        ("ｶﾞｷﾞ", "ｶﾞ|ｷﾞ_"),
        ("一行 \n 、二行\nabc 三", "一|行、|二|行_|abc_|三_"),
        ("￥1,000を", "￥1,000|を_"),
        ("谢谢你，王伟。", "谢|谢|你，|王|伟。_"),
    ],
)
def test_words_of_each_script(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_a_japanese_name_in_an_english_note_stays_whole() -> None:
    text = "Dear 山田様, thank you for「東京トレーニングの日」 and for the tea that you made us."
    assert not words.has_no_spaces(text)
    assert [word.text for word in words.split_names(text)][:2] == ["Dear", "山田様,"]
    assert ["「東", "京"] == [word.text for word in words.split_names(text)][5:7]
    assert words.has_no_spaces("山田様、今日はThank you very muchと言われました")


@given(TEXTS)
@example("あ\nい")
def test_words_give_the_text_back(text: str) -> None:
    """All of a text is in its words, and spaces where it has them, but for ends of lines between wide characters."""
    found = words.split(text)
    assert "".join(word.text for word in found) == "".join(text.split())
    assert all(word.text and not any(character.isspace() for character in word.text) for word in found)
    if "\n" not in text:
        assert words.join(found) == " ".join(text.split())


@given(TEXTS)
def test_no_line_begins_or_ends_with_what_it_must_not(text: str) -> None:
    found = words.split(text)
    for before, after in pairwise(found):
        if not before.spaced:
            assert after.text[0] not in NOT_FIRST and before.text[-1] not in NOT_LAST


@given(st.text(st.characters(codec="latin-1"), max_size=60))
def test_latin_words_are_divided_by_white_alone(text: str) -> None:
    assert words.split(text) == [Word(part, True) for part in text.split()]
