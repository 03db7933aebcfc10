"""One customer's note on its way to a card: composed and judged, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from notegen import compose, lint
from notegen.model.diagnostic import Diagnostic, has_errors
from notegen.model.facts import Facts
from notegen.model.note import Note
from notegen.model.template import Template
from notegen.pipeline.opening import own_rules

if TYPE_CHECKING:
    from notegen.settings import Settings


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks for; it wins over the customer, the template and the shop, in that order."""

    hand: str | None = None
    stock: str | None = None
    locale: str | None = None
    seed: int | None = None
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One customer's note on its way to a card: the words, or None when they could not be made, and what was found."""

    facts: Facts
    template: Template
    note: Note | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        """Whether the note may go on."""
        return self.note is not None and not has_errors(self.diagnostics)


def locale_of(template: Template, shop: Settings, wishes: Wishes) -> str:
    """Return the language and country that notes of a template are written in."""
    return wishes.locale or template.locale or shop.locale


def draft(one: Facts, template: Template, shop: Settings, wishes: Wishes, household: tuple[Facts, ...] = ()) -> Draft:
    """Compose and lint one customer's note; `household` are the other customers at the same address."""
    locale = locale_of(template, shop, wishes)
    composed = compose.compose(one, template, shop.schema, locale=locale, currency=shop.currency)
    found = composed.diagnostics
    if composed.value is not None:
        own = own_rules(shop).value
        found += lint.check_note(composed.value, lint.Context(one, shop.schema, template, wishes.today, household, own))
    return Draft(one, template, composed.value, found)


def drafted(
    people: Sequence[Facts],
    template: Template,
    shop: Settings,
    wishes: Wishes,
    homes: Mapping[str, tuple[Facts, ...]] | None = None,
) -> list[Draft]:
    """Compose and lint the notes of several customers; `homes` as for `prepare`."""
    near = lint.fellows(people) if homes is None else homes
    return [draft(one, template, shop, wishes, near.get(one.key, ())) for one in people]
