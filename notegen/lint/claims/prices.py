"""What it cost: "$35,250" when it was 33,250."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from notegen.lint.claims.claim import Claim
from notegen.lint.knowing import Known
from notegen.lint.sayings import Sayings

_AMOUNT: Final = re.compile(
    r"(?:[$£€¥]|\b(?:USD|EUR|GBP) )\s?(\d{1,3}(?:[,.]\d{3})+|\d+)(?:[.,]\d\d)?\b"
    r"|\b(\d{1,3}(?:[,.]\d{3})+|\d{2,})(?:[.,]\d\d)? ?(?:dollars|euros|pounds|€|£)"
)
_PRICED: Final = re.compile(
    r"\b(?:paid|pay|price|cost|costs|for|at|came to|total|sum of)\b[^.!?$£€]{0,12}$", re.IGNORECASE
)
_ELSE: Final = re.compile(
    r"\b(?:saved?|saving|deposit|trade|allowance|down|off|under|less|rebate|months?|fund|donat\w+|gift|bill|tip|refund\w*"
    r"|wrote|found|bet|owe\w*|asked|asking|offered|instead|nearly|almost|than)\b",
    re.IGNORECASE,
)


def prices(said: Sayings, known: Known) -> Iterator[Claim]:
    """Find an amount given as the price that is not the price."""
    for path, fact in known.by_path.items():
        if path.startswith("sale.") and fact.leaf in ("price", "total", "amount") and not isinstance(fact.value, str):
            yield from _against(said, known, path, float(fact.value) if isinstance(fact.value, int | float) else 0.0)


def _against(said: Sayings, known: Known, path: str, price: float) -> Iterator[Claim]:
    for match in _AMOUNT.finditer(said.text):
        amount = int(re.sub(r"\D", "", match[1] or match[2])[:15])
        sentence = said.sentence_at(match.start())
        text = said.text[sentence.start : sentence.end]
        if amount in (int(price), round(price)) or _is_told(known, amount) or _ELSE.search(text):
            continue
        near = price / 2 <= amount <= price * 2
        if near or (_PRICED.search(said.text[sentence.start : match.start()]) and amount * 10 > price):
            yield Claim(match.start(), match.end(), path, sure=near)


def _is_told(known: Known, amount: int) -> bool:
    values = {fact.value for fact in known.facts if isinstance(fact.value, int | float)}
    return amount in values or str(amount) in known.words or f"{amount:,}" in known.told.text
