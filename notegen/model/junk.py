"""Words that stand in a field because nobody knew what to put there."""

from __future__ import annotations

import re
from typing import Final

WORDS: Final = frozenset(
    "tbd tba tbc todo fixme na none null nil nan unknown undefined unspecified missing blank empty test testing "
    "xx xxx xxxx placeholder".split()
)
"""Single words, casefolded and without punctuation."""

PHRASES: Final = frozenset(
    (
        *("not available", "not applicable", "not known", "not provided", "not specified", "not given", "no data"),
        *("no name", "same as above", "as above", "see above", "ditto"),
    )
)

NAMES: Final = frozenset(("Na", "Nan", "Null"))
"""People are called this; the junk of programs is written "NA", "nan", "NaN", "null" or "NULL"."""

_MARKS: Final = re.compile(r"[\W_]+")
_BRACKETED: Final = re.compile(r"\[[A-Z][A-Z _-]*\]|<<?[\w\s.-]+>?>|\{\{?[^{}]*\}\}?|%[A-Z_]+%|\*\|[^|]*\|\*")
_OPENS: Final = frozenset("[<{%*")
_SHORTENED: Final = re.compile(r"n\s*[/.\\]\s*[ad]\.?")


_FIRST: Final = frozenset(("n", *WORDS, *(phrase.split()[0] for phrase in PHRASES)))
"""What junk that is in no brackets begins with: `n` is that of n/a."""


def _says(text: str) -> bool:
    """Return whether a text's first word shows at once that it says something; most do, and this is asked of all."""
    word = text.partition(" ")[0]
    return word.isascii() and word.isalnum() and word.casefold() not in _FIRST


def is_junk(value: object) -> bool:
    """Return whether a value says nothing: blank, punctuation alone, "N/A", "TBD", "???", "[MODEL]" and their like.

    Only None and text can be junk: 0 and False are answers. A word is junk only when it is the whole value, so that
    "None of the rain" and "the test drive" are not.
    """
    if value is None:
        return True
    if not isinstance(value, str):
        return False
    if _says(value):
        return False
    bare_value = value.strip()
    if bare_value in NAMES:
        return False
    text = " ".join(value.casefold().split())
    if _SHORTENED.fullmatch(text) or (bare_value[:1] in _OPENS and _BRACKETED.fullmatch(bare_value)):
        return True
    bare = _MARKS.sub(" ", text).strip()
    return not bare or bare in WORDS or bare in PHRASES
