"""What a set of characters can write, in words: scripts, and the groups of languages that ask for more letters.

A group counts when every letter of it is there: a hand that writes all Czech names but one is no hand for Czech names.
The letters are those of the orthographies in use; JIS X 0208 and KS X 1001 come from Python's codecs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Set
from functools import lru_cache
from typing import NamedTuple

NAMES: dict[str, str] = {
    "Latn": "Latin",
    "Grek": "Greek",
    "Cyrl": "Cyrillic",
    "Hebr": "Hebrew",
    "Arab": "Arabic",
    "Deva": "Devanagari",
    "Jpan": "Japanese",
    "Hang": "Korean",
    "Hani": "Chinese",
    "Armn": "Armenian",
    "Geor": "Georgian",
    "Thai": "Thai",
    "Laoo": "Lao",
    "Khmr": "Khmer",
    "Mymr": "Burmese",
    "Beng": "Bengali",
    "Guru": "Gurmukhi",
    "Gujr": "Gujarati",
    "Orya": "Odia",
    "Taml": "Tamil",
    "Telu": "Telugu",
    "Knda": "Kannada",
    "Mlym": "Malayalam",
    "Sinh": "Sinhala",
    "Tibt": "Tibetan",
    "Ethi": "Ethiopic",
    "Mong": "Mongolian",
    "Cher": "Cherokee",
}
"""The scripts that a hand can be meant for: codes of ISO 15924, and what people call them."""

FEW = 6
"""Letters that a group of languages may lack to be named with what it lacks."""

RIGHT_TO_LEFT = frozenset({"Hebr", "Arab"})

_JAPANESE = frozenset({"Hira", "Kana", "Hani", "Bopo"})
_LATIN_VOWELS = "aăâeêioôơuưy"
_TONES = "\u0300\u0301\u0303\u0309\u0323"


class Group(NamedTuple):
    """Letters that go together: a part of a script, by the name of who needs it."""

    script: str
    name: str
    letters: frozenset[str]


class Coverage(NamedTuple):
    """What there is of one script: how many characters, the names of the groups that are whole, and what others lack.

    `partly` has the name and the missing small letters of each group that lacks at most FEW of them.
    """

    script: str
    characters: int
    groups: tuple[str, ...]
    partly: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=1 << 17)
def script_of(character: str) -> str:
    """Return the script of a character, kana and kanji being Japanese; "" for what is of many scripts or of none."""
    from fontTools.unicodedata import script

    found: str = script(character)
    if found in _JAPANESE:
        return "Jpan"
    return "" if found in {"Zyyy", "Zinh", "Zzzz"} else found


def own(meant: tuple[str, ...]) -> tuple[str, ...]:
    """Return the scripts that a hand writes itself: Chinese is written in characters that count as Japanese."""
    return (*meant, "Jpan") if "Hani" in meant and "Jpan" not in meant else meant


def is_for(meant: tuple[str, ...], script: str) -> bool:
    """Whether a hand that is meant for some scripts is so for one; Chinese shares its characters with Japanese."""
    return script in own(meant)


@lru_cache(maxsize=1)
def groups() -> tuple[Group, ...]:
    """Return the groups, the commonest of each script first."""
    return tuple(
        Group(script, name, frozenset(letters) | frozenset(_upper(letters)))
        for script, name, letters in (
            ("Latn", "basic", "abcdefghijklmnopqrstuvwxyz"),
            ("Latn", "Western", "áàâäãåæçéèêëíìîïñóòôöõøœúùûüýß"),
            ("Latn", "Central", "ąćęłńóśźżáčďéěíňřšťúůýžĺľŕôőűăâîđäö"),
            ("Latn", "Baltic", "āčēģīķļņšūžėįųąęõäöü"),
            ("Latn", "Turkish", "ğışçöüİ"),
            ("Latn", "Vietnamese", "".join(_vietnamese())),
            ("Grek", "", "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"),
            ("Cyrl", "Russian", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
            ("Cyrl", "Ukrainian", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяў"),
            ("Cyrl", "Serbian", "абвгдђежзијклљмнњопрстћуфхцчџшѓѕќ"),
            ("Cyrl", "Kazakh", "әғқңөұүһі"),
            ("Hebr", "", "אבגדהוזחטיךכלםמןנסעףפץצקרשת"),
            ("Arab", "", "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإؤئةى"),
            ("Arab", "Persian", "پچژگکی"),
            ("Deva", "", "अआइईउऊऋएऐओऔकखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहािीुूृेैोौंःँ्ड़ढ़"),
            ("Jpan", "kana", "".join(_kana())),
            ("Jpan", "kanji of JIS level 1", "".join(_rows("euc_jp", range(16, 48)))),
            ("Jpan", "level 2", "".join(_rows("euc_jp", range(48, 85)))),
            ("Hani", "", "".join(_rows("gb2312", range(16, 56)))),
            ("Hang", "2,350 syllables", "".join(_rows("euc_kr", range(16, 41)))),
            ("Hang", "all 11,172", "".join(map(chr, range(0xAC00, 0xD7A4)))),
        )
    )


def covered(characters: Set[str]) -> tuple[Coverage, ...]:
    """Return the scripts of which there is at least one whole group, the one with most characters first."""
    return _covered(frozenset(characters))


@lru_cache(maxsize=64)
def _covered(characters: frozenset[str]) -> tuple[Coverage, ...]:
    counts: dict[str, int] = {}
    for character in characters:
        script = script_of(character)
        if script:
            counts[script] = counts.get(script, 0) + 1
    counts["Hani"] = counts.get("Jpan", 0)
    whole: dict[str, list[str]] = {}
    partly: dict[str, list[tuple[str, str]]] = {}
    for group in groups():
        away = group.letters - characters
        lacking = {one.lower()[0] for one in away} if len(away) <= 4 * FEW else away
        if not lacking:
            whole.setdefault(group.script, []).append(group.name)
        elif len(lacking) <= FEW:
            partly.setdefault(group.script, []).append((group.name, "".join(sorted(lacking))))
    found = [Coverage(one, counts[one], tuple(names), tuple(partly.get(one, ()))) for one, names in whole.items()]
    return tuple(sorted(found, key=lambda one: -one.characters))


def in_words(characters: Set[str], meant: tuple[str, ...]) -> str:
    """Return what can be written, such as "Latin (Western, Central); Greek"; what a hand is meant for comes first."""
    known = covered(characters)
    mine = [_words(one) for script in meant for one in known if one.script == script]
    others = [NAMES.get(one.script, one.script) for one in known if one.script not in meant]
    also = f"also {', '.join(others)}" if others else ""
    return "; ".join([*mine, *([also] if also else [])]) or "no whole alphabet"


def _words(one: Coverage) -> str:
    name = NAMES.get(one.script, one.script)
    more = [group for group in one.groups if group and group != "basic"]
    if "Western" not in more:
        more = [f"{group} without {lacking}" for group, lacking in one.partly if group == "Western"] + more
    if not more:
        return f"{name} (no accents)" if one.script == "Latn" else name
    return f"{name} ({', '.join(_shortest(more))})"


def _shortest(names: list[str]) -> list[str]:
    """Leave out the lesser of two that say the same."""
    return [name for name in names if not (name.startswith("2,350") and "all 11,172" in names)]


def _upper(letters: str) -> Iterator[str]:
    return (upper for letter in letters for upper in letter.upper() if len(letter.upper()) == 1)


def _vietnamese() -> Iterator[str]:
    yield "đ"
    for vowel in _LATIN_VOWELS:
        yield vowel
        for tone in _TONES:
            yield unicodedata.normalize("NFC", vowel + tone)


def _kana() -> Iterator[str]:
    yield from map(chr, range(0x3041, 0x3094))
    yield from map(chr, range(0x30A1, 0x30F5))
    yield from "ーー々、。「」"


def _rows(codec: str, rows: range) -> Iterator[str]:
    """Return the characters of some rows of a 94 by 94 set."""
    for row in rows:
        for cell in range(1, 95):
            try:
                yield bytes((0xA0 + row, 0xA0 + cell)).decode(codec)
            except UnicodeDecodeError:
                continue
