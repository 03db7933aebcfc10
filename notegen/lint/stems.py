"""Forms of one English word, told apart from other words well enough to recognise what somebody asked not to hear."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import combining, normalize

WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

_IRREGULAR: Final = {
    form: base
    for base, forms in {
        "child": "children", "man": "men", "woman": "women", "foot": "feet", "tooth": "teeth", "mouse": "mice",
        "sell": "sold", "buy": "bought", "pay": "paid", "die": "died dying dead death", "lose": "lost losing loss",
        "leave": "left", "steal": "stole stolen", "fall": "fell fallen", "break": "broke broken", "burn": "burnt",
        "drink": "drank drunk", "fight": "fought", "catch": "caught", "teach": "taught", "think": "thought thoughts",
        "wife": "wives", "knife": "knives", "thief": "thieves theft", "life": "lives", "marry": "married marriage",
        "grow": "grew grown", "drive": "drove driven", "ride": "rode ridden", "fly": "flew flown flight",
    }.items()
    for form in forms.split()
}  # fmt: skip
_ENDINGS: Final = ("ations", "ation", "ments", "ment", "ings", "ing", "ers", "er", "ies", "ied", "ed", "es", "s", "ly")
"""Longest first; none may leave fewer than three letters."""


def stem(word: str) -> str:
    """Return what the forms of a word have in common: flood, floods, flooded and flooding have `flood`."""
    plain = "".join(c for c in normalize("NFD", word.casefold().replace("’", "'")) if not combining(c))
    plain = re.sub(r"'\w*$", "", plain)
    if plain in _IRREGULAR:
        plain = _IRREGULAR[plain]
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= 3 and not plain.endswith("ss"):
            plain = plain.removesuffix(ending) + ("y" if ending in ("ies", "ied") else "")
            break
    if len(plain) > 3 and plain[-1] == plain[-2] and plain[-1] not in "aeiouls":
        plain = plain[:-1]
    return plain.rstrip("e") if len(plain) > 3 else plain
