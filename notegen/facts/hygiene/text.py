"""What the clipboard and the export leave in words: wrongly decoded letters, HTML, stray spaces, doubled marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from html import unescape
from typing import Final

from notegen.facts.hygiene.mending import finding
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.facts import Facts, Value
from notegen.model.junk import is_junk
from notegen.model.places import Place, Places, place_in

_SUSPECT: Final = re.compile(
    r"[\u00c2-\u00f4\ufffd&<\u00ad\u200b\u200c\u2060\u2009\u202f\u3000`´]|[ \t]{2}|[!?,;:.][!?,;:.]"
    r"|\s[,;.:!?]|^['\"“”«»]|['\"”»]$|--|''|,,|=[0-9A-F]{2}|\(\s|\s\)"
)
"""What any of the faults below has; a text without it is passed over at once."""

_ENDS: Final = "'\"\n"
_SPACED: Final = re.compile(r"\s[\s,;.:!?)]")
_PAIRS: Final = re.compile(
    r"[!?,;:.(\-'=&<`]"
    r"(?:(?<=[&<`])|(?<=\()[\s,;.:!?)]|(?<=[!?,;:.])[!?,;:.]|(?<=-)-|(?<=')'|(?<==)[0-9A-F])"
)
"""What of `_SUSPECT` is in ASCII and inside a text: after white space, of which every word has some, and after marks.

Put so that a letter is passed by in one step.
"""

_HIGH: Final = (
    "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026"
    "\u2030\u2039\u203a\u20ac\u2122"
)
"""The second and later bytes of UTF-8, as Windows-1252 and Latin-1 show them."""
_MOJIBAKE: Final = re.compile(
    rf"[\u00c2-\u00df][{_HIGH}]|[\u00e0-\u00ef][{_HIGH}]{{2}}|[\u00f0-\u00f4][{_HIGH}]{{3}}|\ufffd|\u00c2(?=\s)"
)
_ENTITY: Final = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
_TAG: Final = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]{0,80})?/?>")
_SPACES: Final = re.compile(r"[ \t]{2,}|[\u00ad\u200b\u200c\u2060\ufeff]|[\u2009\u202f\u3000](?=\S)")
_BEFORE_MARK: Final = re.compile(r"(?<=\w) +(?=[,;.!?](?:\s|$))(?!\.\.\.)")
_TWICE: Final = re.compile(r"(?<![.!?,;:])(?:([,;:])\1+|\.\.(?!\.)|[!?]{2,}|,\.|\.,(?!\w)|;,|,;)")
_QUOTING: Final = re.compile(r"``|''|´´|(?<=\w)[`´](?=\w)")
_PROSE: Final = frozenset(("remember", "problem", "sale", "sales", "customer"))
_CODES: Final = frozenset(("email", "phone", "order", "currency", "key", "language"))
"""Facts whose marks mean something of their own."""


@dataclass(frozen=True, slots=True)
class _Look:
    """One kind of fault: where it is, what to call it, and what the text would be without it."""

    code: str
    severity: Severity
    form: re.Pattern[str]
    says: str
    hint: str
    mend: Callable[[str], str | None]


def findings(one: Facts, there: Sequence[tuple[str, Value]]) -> Iterator[Diagnostic]:
    """Yield the faults of a customer's words, one for each kind and fact; `there` are the leaves of the tree."""
    seen: set[Place] = set()
    whole = one.source.text
    quick = one.spans.place if isinstance(one.spans, Places) else _nowhere
    for path, text in there:
        if not isinstance(text, str) or not text or not _is_prose(path):
            continue
        place = quick(path) or place_in(one.spans, path)
        if place is None or place in seen:
            continue  # sale and sales.0 are one place
        seen.add(place)
        if _may_be_suspect(text) and _SUSPECT.search(text) and not is_junk(text):
            yield from _of_text(one, path, text)
        if whole[place[0] : place[0] + 1] in "'\"" and _padded(whole[place[0] : place[1]]):
            hint = "the quotes keep it; take it out"
            message = f"{path} has white space at its beginning or end"
            yield finding("F031", Severity.WARNING, one, path, message, hint, wanted=text)


def _nowhere(_path: str) -> None:
    return None


@lru_cache(maxsize=1024)
def _is_prose(path: str) -> bool:
    return path.split(".", 1)[0] in _PROSE and path.rsplit(".", 1)[-1] not in _CODES


def _may_be_suspect(text: str) -> bool:
    """Return False for a text that has no two of `_SUSPECT`'s marks side by side, which costs little to see."""
    if not text.isascii() or text[0] in _ENDS or text[-1] in _ENDS:
        return True
    return _SPACED.search(text) is not None or _PAIRS.search(text) is not None


def _padded(text: str) -> bool:
    """Return whether a text that is written in quotes has white space at one of its ends."""
    quoted = len(text) > 2 and text[0] == text[-1] and text[0] in "'\""
    return quoted and text[1:-1].strip() != text[1:-1]


def _of_text(one: Facts, path: str, text: str) -> Iterator[Diagnostic]:
    for look in _LOOKS:
        found = look.form.search(text)
        if found is None:
            continue
        wanted = look.mend(text)
        sure = wanted if wanted is not None and wanted.strip() and wanted != text else None
        said = look.says.format(path=path, found=found[0])
        yield finding(look.code, look.severity, one, path, said, look.hint, part=found[0], wanted=sure)


def _decoded(text: str) -> str | None:
    """Return text that was read as Windows-1252 (or Latin-1) though it was UTF-8, or None if it was not just that."""
    for encoding in ("cp1252", "latin-1"):
        try:
            made = _MOJIBAKE.sub(partial(_as_utf8, encoding), text)
        except UnicodeError:
            continue
        return made if _MOJIBAKE.search(made) is None else None
    return None


def _as_utf8(encoding: str, match: re.Match[str]) -> str:
    return match[0].encode(encoding).decode("utf-8")


def _without_markup(text: str) -> str | None:
    made = unescape(text)
    return None if _TAG.search(made) or _ENTITY.search(made) else made


def _spaced(text: str) -> str:
    return re.sub(r"[ \t]{2,}|[\u2009\u202f\u3000](?=\S)", " ", re.sub(r"[\u00ad\u200b\u200c\u2060\ufeff]", "", text))


def _closed_up(text: str) -> str:
    return _BEFORE_MARK.sub("", text)


def _once(text: str) -> str | None:
    """Return text with each doubled mark single; what two different marks were meant to be is not guessed."""
    made = _TWICE.sub(lambda match: match[0][0] if len(set(match[0])) == 1 else match[0], text)
    return made if _TWICE.search(made) is None else None


def _quoted(text: str) -> str | None:
    made = re.sub(r"(?<=\w)[`´](?=\w)", "’", text)
    opened = re.sub(r"(?:``|''|´´)(?=\w)", "“", made)
    made = re.sub(r"``|''|´´", "”", opened)
    return made if made.count("“") == made.count("”") else None


def _nothing(_text: str) -> None:
    return None


_LOOKS: Final = (
    _Look(
        "F028",
        Severity.ERROR,
        _MOJIBAKE,
        "{path} has wrongly decoded letters: '{found}'",
        "the file was saved or imported in the wrong encoding; write the letters that were meant",
        _decoded,
    ),
    _Look(
        "F029",
        Severity.ERROR,
        _ENTITY,
        "{path} has an HTML entity: '{found}'",
        "write the character that it stands for",
        _without_markup,
    ),
    _Look("F029", Severity.ERROR, _TAG, "{path} has an HTML tag: '{found}'", "write the words alone", _nothing),
    _Look(
        "F031",
        Severity.WARNING,
        _SPACES,
        "{path} has stray white space between its words",
        "leave one plain space",
        _spaced,
    ),
    _Look(
        "F032",
        Severity.WARNING,
        _BEFORE_MARK,
        "{path} has a space before a mark",
        "close it up",
        _closed_up,
    ),
    _Look("F032", Severity.WARNING, _TWICE, "{path} has '{found}'", "one mark is enough", _once),
    _Look(
        "F032",
        Severity.WARNING,
        _QUOTING,
        "{path} has typewriter's quotes: '{found}'",
        "write “ and ”, or one apostrophe",
        _quoted,
    ),
)
