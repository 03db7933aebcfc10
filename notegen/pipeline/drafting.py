"""One customer's note on its way to a card: composed and judged, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notegen import compose, lint
from notegen.model.diagnostic import Checked, Diagnostic, has_errors
from notegen.model.facts import Facts
from notegen.model.note import Note
from notegen.model.source import Source
from notegen.model.template import Template
from notegen.pipeline.passing import kept
from notegen.pipeline.rulebook import own_rules
from notegen.pipeline.wishes import Wishes

if TYPE_CHECKING:
    from notegen.settings import Settings


@dataclass(frozen=True, slots=True)
class Draft:
    """One customer's note on its way to a card: the words, or None when they could not be made, and what was found.

    `raw` is everything, `diagnostics` what counts: without what is allowed, at the shop's levels.
    """

    facts: Facts
    template: Template
    note: Note | None
    diagnostics: tuple[Diagnostic, ...]
    raw: tuple[Diagnostic, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the note may go on."""
        return self.note is not None and not has_errors(self.diagnostics)


def locale_of(template: Template, shop: Settings, wishes: Wishes) -> str:
    """Return the language and country that notes of a template are written in."""
    return wishes.locale or template.locale or shop.locale


def composed(one: Facts, template: Template, shop: Settings, wishes: Wishes) -> Checked[Note]:
    """Compose one customer's note, without judging it."""
    locale = locale_of(template, shop, wishes)
    return compose.compose(one, template, shop.schema, locale=locale, currency=shop.currency)


def draft(one: Facts, template: Template, shop: Settings, wishes: Wishes, household: tuple[Facts, ...] = ()) -> Draft:
    """Compose and lint one customer's note; `household` are the other customers at the same address."""
    return next(_drafts([(one, household)], template, shop, wishes))


def _drafts(
    people: Iterable[tuple[Facts, tuple[Facts, ...]]], template: Template, shop: Settings, wishes: Wishes
) -> Iterator[Draft]:
    own = own_rules(shop.root).value
    library = (template.source, *template.library.values())
    # All are composed before one is judged: a stage that goes on finds its own things still at hand.
    several = [(one, household, composed(one, template, shop, wishes)) for one, household in people]
    check, about = lint.check_note, lint.Context  # found by their modules, each time they are asked for
    for one, household, made in several:
        found = counted = made.diagnostics
        # What could not be composed is told whole: its customer gets no card, whatever comments allow.
        if made.value is not None:
            found += check(made.value, about(one, shop.schema, template, wishes.today, household, own))
            counted = kept(found, (*library, one.source), shop, wishes)
        yield Draft(one, template, made.value, counted, found)


def sources_of(one: Facts, template: Template) -> tuple[Source, ...]:
    """Return the texts that a note is made of, whose comments may allow what is found in it."""
    return (template.source, *template.library.values(), one.source)


def drafted(
    people: Sequence[Facts],
    template: Template,
    shop: Settings,
    wishes: Wishes,
    homes: Mapping[str, tuple[Facts, ...]] | None = None,
) -> list[Draft]:
    """Compose and lint the notes of several customers; `homes` as for `prepare`."""
    near = lint.fellows(people) if homes is None else homes
    return list(_drafts(((one, near.get(one.key, ())) for one in people), template, shop, wishes))
