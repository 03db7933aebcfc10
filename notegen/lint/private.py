"""What the shop keeps about a customer and never tells them: which facts, and where a text prints one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from typing import Final

from notegen.lint.knowing import Fact, Known
from notegen.lint.sayings import Sayings

_PRIVATE: Final = re.compile(
    r"(?:^|_)(?:id|ids|vin|account|acct|crm|tier|score|segment|ssn|order|invoice|reference|ref|card|iban|licence|license|policy|serial|contract_no|balance|credit|margin|commission|apr"
    r"|lead|source|campaign|stage|status|lifetime_value|ltv|no)(?:$|_)",
    re.IGNORECASE,
)
_ALWAYS: Final = re.compile(r"(?:^|_)(?:id|vin|account|acct|crm|ssn|iban|ltv)(?:$|_)", re.IGNORECASE)
_REACHED: Final = re.compile(r"(?:^|_)(?:email|e_mail|mail|phone|mobile|telephone|cell|fax)(?:$|_)", re.IGNORECASE)
_RANK: Final = re.compile(
    r"(?: |-)(?:tier|customer|client|member|status|level|card|account|plus|list)s?\b"
    r"|(?:^| )(?:tier|status|level|segment) $",
    re.I,
)
_WORDLIKE: Final = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?")


def is_private(path: str, value: object, weight: int = 0) -> bool:
    """Return whether a fact is one to keep to oneself: by its name, whatever it weighs or because it weighs nothing.

    A telephone may be what was sold; it is private when it is a number to ring.
    """
    kind = _kind(path)
    if kind is _Kind.OPEN or isinstance(value, bool) or value is None:
        return False
    if kind is _Kind.REACHED:
        return "@" in str(value) or len(digits_of(str(value))) > 6
    return kind is _Kind.ALWAYS or (kind is _Kind.PRIVATE and weight == 0)


class _Kind(Enum):
    """What a name says about a fact."""

    OPEN = 0
    PRIVATE = 1
    REACHED = 2
    ALWAYS = 3


def may_be_private(path: str) -> bool:
    """Return whether a fact of this name is one to keep to oneself, if it has the value for it."""
    return _kind(path) is not _Kind.OPEN


@lru_cache(maxsize=4096)
def _kind(path: str) -> _Kind:
    if path.startswith("shop."):
        return _Kind.OPEN
    leaf = next((step for step in reversed(path.split(".")) if not step.isdigit()), "")
    name = re.sub(r"(?<=[a-z])(?=[A-Z])|[ -]", "_", leaf)
    for pattern, kind in ((_REACHED, _Kind.REACHED), (_ALWAYS, _Kind.ALWAYS), (_PRIVATE, _Kind.PRIVATE)):
        if pattern.search(name):
            return kind
    return _Kind.OPEN


def printed_private(said: Sayings, known: Known) -> Iterator[tuple[int, int, Fact]]:
    """Yield where plain text prints a private fact."""
    for fact in known.facts:
        if not is_private(fact.path, fact.value, fact.weight):
            continue
        for start, end in _places(fact, said.text):
            yield start, end, fact


def _places(fact: Fact, text: str) -> Iterator[tuple[int, int]]:
    value = fact.text or str(fact.value)
    # Most values are nowhere in the text: look before an expression is made.
    if value.lower() not in text.lower() and not (digits_of(value) and digits_of(value)[-10:] in digits_of(text)):
        return
    digits = digits_of(value)
    if len(value) < 3:
        rank, form = "(?:tier|status|level)", re.escape(value)
        form = rf"(?<!\w){form}[ -]{rank}\b|\b{rank} {form}(?!\w)"
        yield from (match.span() for match in re.finditer(form, text))
    elif _WORDLIKE.fullmatch(value):
        yield from _ranks(value, text)
    elif len(digits) >= 7 and len(digits) >= len(re.sub(r"[\W_]", "", value)) - 1:
        # A telephone or account number is the same however it is broken up.
        pattern = r"[\s().\-/]*".join(digits[-10:])
        yield from (match.span() for match in re.finditer(rf"(?<!\d){pattern}(?!\d)", text))
    elif len(value) > 3:
        yield from (match.span() for match in re.finditer(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE))


def digits_of(text: str) -> str:
    """Return the digits of a text alone."""
    return re.sub(r"\D", "", text)


def _ranks(value: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where a word such as "gold" is used of a customer, and not of a ring."""
    for match in re.finditer(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE):
        after, before = text[match.end() : match.end() + 12], text[max(0, match.start() - 12) : match.start()]
        if _RANK.match(after) or _RANK.search(before):
            yield match.span()
