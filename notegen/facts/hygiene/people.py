"""Names as a data base keeps them, which nobody would write on an envelope."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from notegen.facts.hygiene.mending import finding
from notegen.facts.schema import NAMES
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.facts import Facts

_WORD: Final = re.compile(r"[^\W\d_]+")
_REVERSED: Final = re.compile(r"\s*([^\W\d_][^,]*?)\s*,\s*([^\W\d_][^,]*?)\s*")
_SEVERAL: Final = re.compile(r"\s(?:and|und|et|y|e|och|og|en)\s|[&+]", re.IGNORECASE)
_AFTER_COMMA: Final = re.compile(
    r"(?:jr|sr|i{1,3}|iv|m\.?d|ph\.?d|esq|d\.?d\.?s|d\.?v\.?m|cpa|r\.?n|inc|ltd|llc|gmbh)\.?", re.IGNORECASE
)
_SIMPLE: Final = re.compile(r"[^\W\d_]{2,}(?: [^\W\d_]\.?)?(?: [^\W\d_]{2,})*")
_PARTICLE: Final = re.compile(
    r"\b(?:mc\w+|mac\w{3,}|fitz\w+|van|von|der|den|de|la|le|du|da|di|del|della|dos|das|ten|ter|bin|al|el|st|ii|iii|iv)\b",
    re.I,
)
"""Names that are not written with one capital at the front, or may not be."""

_HOUSEHOLD: Final = "customer.household"
_PATHS: Final = tuple(
    (*path.split("."), path) for path in (*sorted(NAMES), _HOUSEHOLD, "sale.salesperson", "problem.by")
)
_CAPITALS: Final = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)*")
_STANDING: Final = frozenset("deceased do estate duplicate bad inactive test unknown contact current occupant".split())
"""What `_STATUS` begins with where it needs no mark before it."""

_STATUS: Final = re.compile(
    r"(?:[(\[{*#]+|\s-)\s*(?:deceased|dec'?d|dead|late|widow(?:ed|er)?|divorced|moved|inactive|active|closed|duplicate|dup"
    r"|merged|sold|lost|prospect|lead|vip|gold|silver|bronze|platinum|do not (?:call|mail|contact|use)|dnc|no mail"
    r"|bad (?:address|debt)|returned|unknown|test|temp|new|old|bankrupt|estate|see notes?|wrong)\b[^)\]}]*[)\]}*#-]*"
    r"|\b(?:deceased|do not (?:call|mail|contact|use)|estate of|duplicate|bad address|inactive|test (?:user|customer)"
    r"|unknown contact|contact unknown|current resident|occupant)\b",
    re.IGNORECASE,
)
_DEAD: Final = re.compile(r"deceased|dec'?d\b|dead|estate|late\b", re.IGNORECASE)
LONGEST: Final = 1000
"""Characters beyond which a name is not looked at: it goes on no card, and its looks take the square of its length."""
_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+")
_PHONE: Final = re.compile(r"\+?\(?\d{2,4}\)?(?:[ ./-]?\d{2,4}){2,4}\b|\b\d{3}-\d{4}\b|\b\d{7,}\b")
_ADDRESS: Final = re.compile(
    r"\b\d+[a-z]?\s+(?:[^\W\d_]+\.?\s+){1,3}(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|court|ct|boulevard|blvd|way|place"
    r"|pl|terrace|square|row|close)\b\.?|\bp\.?\s?o\.?\s?box\s+\d+|\b(?:apt|suite|ste|unit)\.?\s*#?\d+\b|\bc/o\b",
    re.IGNORECASE,
)
_MARKS: Final = re.compile(r"^[\s,;.:*\"“”'`#-]+|[\s,;:*\"“”'`#-]+$")
_WHAT: Final = ((_EMAIL, "an e-mail address"), (_ADDRESS, "an address"), (_PHONE, "a telephone number"))


def findings(one: Facts) -> Iterator[Diagnostic]:
    """Yield what is wrong with each name of a customer: of those, what matters most."""
    for path, text in _names(one):
        if len(text) <= LONGEST and not _is_simple(text):
            yield from _of_name(one, path, text)


def _names(one: Facts) -> Iterator[tuple[str, str]]:
    for root, leaf, path in _PATHS:
        record = one.tree.get(root)
        text = record.get(leaf) if isinstance(record, dict) else None
        if isinstance(text, tuple) and path == _HOUSEHOLD:
            yield from ((f"{path}.{n}", name) for n, name in enumerate(text) if isinstance(name, str) and name)
        elif isinstance(text, str) and text and path != _HOUSEHOLD:
            yield path, text


def _is_simple(text: str) -> bool:
    """Return whether a name is a few capitalised words in ASCII, none of which could say how a person stands."""
    return _CAPITALS.fullmatch(text) is not None and _STANDING.isdisjoint(text.lower().split(" "))


def _of_name(one: Facts, path: str, text: str) -> Iterator[Diagnostic]:
    status = _STATUS.search(text)
    if status is not None:
        yield _status(one, path, text, status)
        return
    for form, what in _WHAT:
        found = form.search(text)
        if found is not None:
            hint = "a name holds a name alone; the rest goes under customer.address, customer.phone or customer.email"
            yield finding("F025", Severity.ERROR, one, path, f"{path} holds {what}", hint, part=found[0])
            return
    yield from _spelling(one, path, text)


def _status(one: Facts, path: str, text: str, status: re.Match[str]) -> Diagnostic:
    said = f"{path} says '{status[0].strip()}', which is no part of a name"
    if _DEAD.search(status[0]):
        hint = "write to the family, or to nobody; whoever is left stands in customer.greeting"
        return finding("F023", Severity.ERROR, one, path, said, hint, part=status[0].strip())
    hint = "take it out of the name; what you know of them goes under preferences or remember"
    return finding("F023", Severity.ERROR, one, path, said, hint, part=status[0].strip())


def _spelling(one: Facts, path: str, text: str) -> Iterator[Diagnostic]:
    turned = _turned(text) if path == "customer.name" else None
    if _is_shouted(text):
        better = _capitalised(text)
        sure = better if _SIMPLE.fullmatch(text) and not _PARTICLE.search(text) else None
        hint = f"write it as they do: {better}"
        yield finding("F020", Severity.WARNING, one, path, f"{path} is written in capitals", hint, wanted=sure)
    elif _is_small(text):
        better = _capitalised(text)
        sure = better if _SIMPLE.fullmatch(text) and not _PARTICLE.search(text) else None
        hint = f"write it as they do: {better}"
        yield finding("F033", Severity.WARNING, one, path, f"{path} is written small", hint, wanted=sure)
    if turned:
        message, hint = f"{path} begins with the family name and a comma", f"write it as they do: {turned}"
        sure = turned if not _is_shouted(text) and _SIMPLE.fullmatch(turned) else None
        yield finding("F021", Severity.WARNING, one, path, message, hint, wanted=sure)
    elif (bare := _MARKS.sub("", text)) != text and bare:
        message = f"{path} begins or ends with a mark: '{text}'"
        yield finding("F032", Severity.WARNING, one, path, message, f"write {bare}", wanted=bare)


def _is_shouted(text: str) -> bool:
    """Return whether a name is all capitals; initials and short forms (JP, BJ III) are how people are called."""
    return text.isupper() and any(len(word) > 3 for word in _WORD.findall(text))


def _is_small(text: str) -> bool:
    """Return whether a full name has no capital at all; one word alone may be how somebody signs (bell, k.d.)."""
    words = _WORD.findall(text)
    return text.islower() and text.isascii() and len(words) > 1 and all(len(word) > 1 for word in words)


def _capitalised(text: str) -> str:
    return _WORD.sub(lambda word: word[0].capitalize(), text)


def _turned(text: str) -> str | None:
    found = _REVERSED.fullmatch(text)
    if found is None or _SEVERAL.search(text) or _AFTER_COMMA.fullmatch(found[2]):
        return None
    return f"{found[2]} {found[1]}"
