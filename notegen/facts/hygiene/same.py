"""One person under two keys: the same name at the same address, or the same e-mail address or telephone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from unicodedata import combining, normalize

from notegen.model.diagnostic import Diagnostic, Related, Severity
from notegen.model.facts import Facts
from notegen.model.source import Span

_NOT_WORD = re.compile(r"[^\w\s]+")
_DIGITS = re.compile(r"\D+")


def findings(people: Iterable[Facts]) -> Iterator[Diagnostic]:
    """Yield, for each customer who seems to be an earlier one, a warning that names both places."""
    firsts: dict[str, Facts] = {}
    for one in people:
        for mark, what in marks(one):
            first = firsts.setdefault(mark, one) if mark else one
            if first is not one and first.key != one.key:
                place, other = _place(one), _place(first)
                message = f"'{one.key}' and '{first.key}' have {what}"
                hint = "put both sales under 'sales:' of one customer, or nobody will know why two cards came"
                related = (Related(other, "here is the first"),)
                yield Diagnostic("F030", Severity.WARNING, message, place, hint, related, note=one.key)
                break


def marks(one: Facts) -> Iterator[tuple[str, str]]:
    """Yield what a person is known by, with words for it: always the same four kinds, an empty text where one lacks."""
    name = " ".join(sorted(_plain(one.get("customer.name")).split()))
    where = _plain(one.get("customer.address.street")), _plain(one.get("customer.address.postcode"))
    lines = one.get("customer.address.lines")
    address = " ".join(part for part in where if part) or _plain(
        " ".join(map(str, lines)) if isinstance(lines, tuple) else ""
    )
    born = one.get("customer.birthday")
    yield f"address {name} {address}" if name and address else "", "one name and one address"
    email, phone = one.get("customer.email"), _DIGITS.sub("", str(one.get("customer.phone") or ""))
    known = isinstance(email, str) and email
    yield f"email {str(email).casefold()} {name}" if known else "", "one name and one e-mail address"
    yield f"phone {phone[-7:]} {name}" if name and len(phone) >= 7 else "", "one name and one telephone"
    yield f"born {born} {name}" if name and born is not None else "", "one name and one birthday"


def _plain(value: object) -> str:
    """Return a text without case, accents and marks."""
    text = str(value or "").casefold()
    if not text.isascii():
        text = "".join(c for c in normalize("NFKD", text) if not combining(c))
    return " ".join(_NOT_WORD.sub(" ", text).split())


def _place(one: Facts) -> Span:
    return one.spans.get("customer.name") or Span(one.source, 0, 0)
