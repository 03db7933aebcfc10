"""A card that was made before is made again, from the words and the choices that were kept of it."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from notegen.errors import NotegenError
from notegen.model.diagnostic import Checked, Diagnostic, has_errors
from notegen.model.hand import Fallback, Habits, Hand, Ink, Pen
from notegen.model.note import Block, Note, Role
from notegen.model.room import Signing
from notegen.pipeline.signing import unsigned

if TYPE_CHECKING:
    from notegen.model.card import Card
    from notegen.model.signature import Signature
    from notegen.model.stock import Stock
    from notegen.model.writing import Writing


@dataclass(frozen=True, slots=True)
class Kept:
    """What decides every stroke of a card: the words with their parts, the hand, the stock, and the seed."""

    note: Note
    hand: Hand
    stock: Stock
    seed: int


def rewritten(cards: Iterable[Kept], sign: Signing, signature: Signature | None) -> Iterator[Checked[Card]]:
    """Yield each card once more, in order; those of one stock, hand and seed that stand together take less time.

    `signature` is the drawing that cards are signed with, None for a name in letters.
    """
    from notegen.layout import lay_out_all

    for (_, _, _), same in groupby(cards, key=lambda one: (one.stock.name, one.hand, one.seed)):
        group = list(same)
        told: deque[tuple[Diagnostic, ...] | None] = deque()
        failed: deque[Checked[Card]] = deque()
        laid = lay_out_all(_written(group, sign, signature, told, failed), group[0].stock)
        ready = deque(laid)
        for found in told:
            yield failed.popleft() if found is None else _with(found, ready.popleft())


def _written(
    group: list[Kept],
    sign: Signing,
    signature: Signature | None,
    told: deque[tuple[Diagnostic, ...] | None],
    failed: deque[Checked[Card]],
) -> Iterator[Writing]:
    """Yield what can be written; of each card, `told` says what was found, or None for one that went to `failed`."""
    from notegen.hand import sign as signed
    from notegen.hand import write_all

    first = group[0]
    notes = (one.note if sign is Signing.PRINTED else unsigned(one.note) for one in group)
    for written in write_all(notes, first.hand, first.seed):
        if written.value is None or has_errors(written.diagnostics):
            told.append(None)
            failed.append(Checked(None, written.diagnostics))
            continue
        told.append(written.diagnostics)
        yield written.value if signature is None else signed(written.value, signature, first.seed)


def _with(found: tuple[Diagnostic, ...], laid: Checked[Card]) -> Checked[Card]:
    return replace(laid, diagnostics=found + laid.diagnostics)


@lru_cache(maxsize=256)
def hand_as_text(hand: Hand) -> str:
    """Return what decides a drawing besides words and seed: the hand with its pen, ink and tidiness, as JSON."""
    return json.dumps(asdict(hand), sort_keys=True, default=str, ensure_ascii=False)


@lru_cache(maxsize=256)
def hand_from_text(text: str) -> Hand:
    """Return the hand that `hand_as_text` kept. Raises NotegenError for one that another notegen kept otherwise."""
    try:
        kept: dict[str, Any] = _tuples(json.loads(text))
        parts: dict[str, Any] = {
            "pen": Pen(**kept.pop("pen")),
            "ink": Ink(**kept.pop("ink")),
            "habits": Habits(**kept.pop("habits")),
            "fallbacks": tuple(Fallback(**one) for one in kept.pop("fallbacks")),
        }
        return Hand(**kept, **parts)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotegenError(
            f"the hand of a card cannot be read: {error}", hint="it was drawn by another version of notegen; use that"
        ) from None


def _tuples(value: Any) -> Any:
    """Return JSON with tuples for its lists, as hands have them."""
    if isinstance(value, dict):
        return {key: _tuples(one) for key, one in value.items()}
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def parts_as_text(parts: Iterable[Block]) -> str:
    """Return the roles and places of a note's parts as JSON."""
    # A role is a word without a quote; json.dumps takes twice as long, and a batch asks for each of its cards.
    return "[" + ", ".join([f'["{part.role}", {part.start}, {part.end}]' for part in parts]) + "]"


def parts_from_text(text: str) -> tuple[Block, ...]:
    """Return the parts that `parts_as_text` kept. Raises NotegenError for what is none."""
    try:
        return tuple(Block(Role(role), int(start), int(end)) for role, start, end in json.loads(text))
    except (ValueError, TypeError) as error:
        raise NotegenError(f"the parts of a note cannot be read: {error}", hint="`notegen verify` looks") from None
