"""Text becomes words: what stays together on a line, and whether a space follows it.

Most scripts put spaces between words, Korean too. Chinese and Japanese do not: there, a line may end after nearly every
character, but by the rules of kinsoku none begins with a closing mark or a small kana, and none ends with an opening
bracket. So a Japanese "word" is one character with the marks that must stay with it; a Latin word or a number inside
stays whole.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import NamedTuple

WIDE = (
    "\u2e80-\u2fdf\u3001-\u312f\u31a0-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff9f"
    "\uffe0-\uffe6\U0001b000-\U0001b16f\U0001f200-\U0001f2ff\U00020000-\U0003ffff"
)
"""The characters around which a line may end without a space, as a class of a regular expression: kanji, kana,
bopomofo, Yi, full-width and half-width marks; no hangul."""

NOT_FIRST = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々〻ー〜～゠–—―‐…‥’”）〕］｝〉》」』】〙〗〟｠"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
    "｡｣､･ｧｨｩｪｫｬｭｮｯｰﾞﾟ,.:;?!)]}%‰％℃°′″»›"
)
"""What no line begins with (JIS X 4051, classes 2 to 5 and 9 to 11)."""

NOT_LAST = frozenset("‘“（〔［｛〈《「『【〘〖〝｟｢([{«‹¥￥＄$£￡€#＃№")
"""What no line ends with (JIS X 4051, classes 1 and 8)."""

NAME = 9
"""Characters of the longest word that stays whole in a text with spaces: a name, and how its owner is addressed."""

_WIDE = re.compile(f"[{WIDE}]")
_WRAPPED = re.compile(rf"(?<=[{WIDE}])[ \t]*\n\s*(?=[{WIDE}])")
"""Where a template's line ends between characters that know no spaces."""


class Word(NamedTuple):
    """A piece of a text that no line divides, and whether white follows it there."""

    text: str
    spaced: bool


def is_wide(text: str) -> bool:
    """Whether a text has a character around which lines may end without a space."""
    return _WIDE.search(text) is not None


def split(text: str) -> list[Word]:
    """Return the words of a text, in order; the last one counts as followed by a space."""
    return _split(text, 0)


def split_names(text: str) -> list[Word]:
    """Return the words of a text as people divide it who mostly write with spaces: a Japanese name stays whole."""
    return _split(text, NAME)


def has_no_spaces(text: str) -> bool:
    """Whether most of a text is in a script without spaces, a character of which is worth about three letters."""
    return 3 * len(_WIDE.findall(text)) > len("".join(text.split()))


def _split(text: str, whole: int) -> list[Word]:
    """Return the words; what has no more than so many characters is not divided."""
    if not is_wide(text):
        return [Word(chunk, True) for chunk in text.split()]
    found: list[Word] = []
    for chunk in _WRAPPED.sub("", text).split():
        *parts, last = _parts(chunk) if len(chunk) > whole else [chunk]
        found += [Word(part, False) for part in parts]
        found.append(Word(last, True))
    return found


def join(words: list[Word]) -> str:
    """Return the text of words, a space where one follows, none at the end."""
    return "".join(word.text + " " * word.spaced for word in words).removesuffix(" ")


def _parts(chunk: str) -> list[str]:
    """Return the parts of a text without white between which a line may end."""
    starts = [0, *(place for place in range(1, len(chunk)) if _may_end(chunk[place - 1], chunk[place])), len(chunk)]
    return [chunk[start:end] for start, end in pairwise(starts)]


def _may_end(before: str, after: str) -> bool:
    """Whether a line may end between two characters that no white divides."""
    if not (is_wide(before) or is_wide(after)):
        return False
    if after in NOT_FIRST or before in NOT_LAST:
        return False
    return unicodedata.category(after)[0] != "M" and after not in "\u200d\u2060\ufeff" and before not in "\u2060\ufeff"
