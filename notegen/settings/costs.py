"""What `costs:` in notegen.yaml says: the price of a card, an envelope and a stamp, so that a batch can be reckoned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from notegen.facts.check import check, index
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.facts import Value
from notegen.model.schema import Field, Kind, Schema
from notegen.model.source import Span
from notegen.yamlsource import Document

SCHEMA: Final = Schema(
    {
        one.path: one
        for one in (
            Field("card", Kind.NUMBER, "what a card costs, printed"),
            Field("envelope", Kind.NUMBER, "what an envelope costs"),
            Field("stamp", Kind.NUMBER, "what a card's postage is at home"),
            Field("stamp_abroad", Kind.NUMBER, "what a card's postage is to other countries; as at home without it"),
        )
    }
)
MOST: Final = 10_000
"""More than any card or stamp costs, in any currency's whole units."""
MINOR: Final = 100
"""Minor units of a whole one: costs are kept as whole numbers of hundredths, also for currencies without them."""


@dataclass(frozen=True, slots=True)
class Costs:
    """What one of each costs, in hundredths of the shop's currency; None where the shop does not say."""

    card: int | None = None
    envelope: int | None = None
    stamp: int | None = None
    stamp_abroad: int | None = None

    @property
    def known(self) -> bool:
        """Whether anything is."""
        return any(one is not None for one in (self.card, self.envelope, self.stamp, self.stamp_abroad))

    def of_card(self, *, enveloped: bool, abroad: bool) -> int:
        """Return what one card costs, with its postage."""
        stamp = self.stamp if not abroad or self.stamp_abroad is None else self.stamp_abroad
        return (self.card or 0) + (stamp or 0) + ((self.envelope or 0) if enveloped else 0)


def read(part: Document, found: list[Diagnostic]) -> Costs:
    """Read what stands under `costs:`; what is wrong is found and left as not known."""
    if not isinstance(part.value, Mapping):
        hint = "write names under it, such as card: 0.42"
        found.append(_error("F011", part.spans.get(""), "costs is no record of names and values", hint))
        return Costs()
    tree, wrong = check(part, index(SCHEMA, "setting"))
    found.extend(wrong)
    return Costs(**{name: _amount(name, tree.get(name), part, found) for name in SCHEMA.fields})


def _amount(name: str, value: Value, part: Document, found: list[Diagnostic]) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        amount = Decimal(str(value))
        if not 0 <= amount <= MOST:
            raise InvalidOperation
    except InvalidOperation:
        place = part.spans.get(name)
        found.append(_error("F018", place, f"{name} cannot cost {value:g}", f"write an amount from 0 to {MOST:,}"))
        return None
    return int((amount * MINOR).to_integral_value())


def _error(code: str, span: Span | None, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, span, hint)
