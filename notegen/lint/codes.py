"""Every rule about words, in one place: its code, its name, and the function whose docstring is its manual page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from inspect import cleandoc
from typing import Final

from notegen.lint.reading import Found, Medium, Reading
from notegen.lint.rules import factual, generic, leftovers, particulars, preferences, relationship, specifics
from notegen.model.diagnostic import Severity
from notegen.model.rule import Rule


class Quoted(StrEnum):
    """What to make of a finding in words that a customer's own facts printed.

    A customer's words are theirs, so they are spared; a placeholder or a link is a fault wherever it came from.
    """

    SPARED = "spared"
    WARNED = "warned"
    BLAMED = "blamed"


@dataclass(frozen=True, slots=True)
class Check:
    """A rule, how it is judged, and in which kinds of words it is looked for."""

    rule: Rule
    run: Callable[[Reading], Iterator[Found]]
    media: frozenset[Medium]
    quoted: Quoted


EVERYWHERE: Final = frozenset(Medium)
FINISHED: Final = frozenset({Medium.NOTE, Medium.LETTER})
"""Words that somebody will read as they stand."""
ASSEMBLED: Final = frozenset({Medium.NOTE, Medium.TEMPLATE})
"""Words that come from a template."""


def _check(
    code: str,
    name: str,
    run: Callable[[Reading], Iterator[Found]],
    media: frozenset[Medium] = EVERYWHERE,
    quoted: Quoted = Quoted.SPARED,
    severity: Severity = Severity.ERROR,
    *,
    allowable: bool = True,
) -> Check:
    return Check(Rule(code, name, "note", severity, cleandoc(run.__doc__ or ""), allowable), run, media, quoted)


CHECKS: Final = (
    _check("N101", "leftover-placeholder", leftovers.leftover_placeholder, quoted=Quoted.BLAMED),
    _check("N102", "leftover-link", leftovers.leftover_link, quoted=Quoted.BLAMED),
    _check("N103", "mail-leftover", leftovers.mail_leftover, quoted=Quoted.WARNED),
    _check("N104", "hedged-conditional", generic.hedged_conditional),
    _check("N105", "generic-note", specifics.generic_note, FINISHED),
    _check("N106", "padded-fallback", specifics.padded_fallback, ASSEMBLED),
    _check("N110", "impersonal-address", generic.impersonal_address),
    _check("N111", "vague-object", generic.vague_object),
    _check("N112", "stock-gratitude", generic.stock_gratitude),
    _check("N113", "service-boilerplate", generic.service_boilerplate),
    _check("N114", "impersonal-sender", generic.impersonal_sender),
    _check("N115", "sales-ask", generic.sales_ask),
    _check("N116", "data-leak", factual.data_leak, FINISHED, Quoted.BLAMED),
    _check("N120", "hard-coded-fact", factual.hard_coded_fact, frozenset({Medium.NOTE}), severity=Severity.WARNING),
    _check("N121", "contradiction", factual.contradiction, FINISHED),
    _check("N122", "misspelt-name", factual.misspelt_name, FINISHED),
    _check("N130", "unwanted-topic", preferences.unwanted_topic, FINISHED, Quoted.BLAMED, allowable=False),
    _check("N131", "ask-in-thanks", relationship.ask_in_thanks),
    _check("N132", "early-referral", relationship.early_referral, FINISHED),
    _check("N133", "anniversary-pitch", relationship.anniversary_pitch),
    _check("N134", "sale-during-complaint", relationship.sale_during_complaint, FINISHED, Quoted.BLAMED),
    _check("N135", "self-centred", relationship.self_centred, FINISHED, Quoted.BLAMED, severity=Severity.WARNING),
    _check("N136", "two-purposes", relationship.two_purposes, severity=Severity.WARNING),
    _check("N140", "fact-share", particulars.fact_share, frozenset({Medium.NOTE})),
    _check("N141", "hollow-sentence", particulars.hollow_sentence, FINISHED),
)

RULES: Final[tuple[Rule, ...]] = tuple(check.rule for check in CHECKS)
