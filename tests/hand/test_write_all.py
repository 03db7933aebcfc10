"""Notes written together are what they are when each is written alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import numpy as np
import pytest
from hand_helpers import LATIN, TEXT, hand, note
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import WORDS

from notegen.hand import kinds, sieve, write, write_all, writer
from notegen.hand.likeness import Likeness
from notegen.hand.pools import pool
from notegen.model.note import Note
from notegen.model.writing import Flow, Turns, Writing

UNUSUAL = (
    "Dear Zoë 🎉,\n\nthe café.\n\nTom",
    "שלום דנה,\n\nתודה רבה על הקנייה ב-12 במרץ.\n\nרוני",
    "山田様\n\n本日はありがとうございます。\n\n田中太郎",
    "Dear Мария,\n\nla té̂te.\n\nTom",
    "Xin chào Nguyễn,\n\ncảm ơn bạn đã mua chiếc xe đạp màu đỏ.\n\nTrần",
    "",
    " \n ",
    "🎉",
    "x",
    "lllllllllllllllllllllllllll 1111111111 ........ ,,,,,,,,,,",
)


def plain(value: object) -> object:
    """Return what can be compared of a part of a writing: arrays to the last bit."""
    if isinstance(value, np.ndarray):
        return value.dtype, value.shape, value.tobytes()
    if isinstance(value, Flow | Turns):
        return [plain(getattr(value, field.name)) for field in fields(value)]
    return value


def drawn(writing: Writing) -> list[object]:
    """Return all of a writing but the numbers of its slots, which depend on what was written before."""
    ids = writing.pool.ids[writing.outline // writing.pool.k], writing.outline % writing.pool.k
    names = [field.name for field in fields(Writing) if field.name not in ("pool", "outline")]
    return [plain(one) for one in (*ids, *(getattr(writing, name) for name in names))]


def check(notes: list[Note], name: str, seed: int) -> None:
    together = list(write_all(notes, hand(name), seed))
    alone = [write(one, hand(name), seed) for one in notes]
    assert [one.diagnostics for one in together] == [one.diagnostics for one in alone]
    for here, there in zip(together, alone, strict=True):
        assert (here.value is None) == (there.value is None)
        if here.value is not None and there.value is not None:
            assert drawn(here.value) == drawn(there.value)


@pytest.mark.parametrize("name", ["quick-ballpoint", "mixed-print", "japanese-pen"])
def test_notes_of_any_script_written_together_are_as_if_written_alone(name: str) -> None:
    check([note(text, f"key {place}") for place, text in enumerate((TEXT, *UNUSUAL, TEXT))], name, 3)


@pytest.mark.parametrize("name", ["quick-ballpoint", "mixed-print"])
def test_many_notes_with_many_sticks_written_together_are_as_if_written_alone(name: str) -> None:
    """How many letters of a note are nudged does not depend on how many others are."""
    text = "All will tell Bill: till all hills fall, all's well.\n\n" + TEXT
    check([note(text, f"key {place}") for place in range(writer.SHEAF)], name, 3)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(WORDS, max_size=12), min_size=1, max_size=6),
    st.sampled_from(["quick-ballpoint", "thin-print"]),
    st.integers(0, 2**64),
)
def test_any_notes_written_together_are_as_if_written_alone(texts: list[list[str]], name: str, seed: int) -> None:
    check([note("\n\n".join(parts), str(place)) for place, parts in enumerate(texts)], name, seed)


def test_notes_are_read_some_dozens_ahead_and_come_in_order() -> None:
    read: list[str] = []

    def coming() -> Iterator[Note]:
        for number in range(3 * writer.SHEAF):
            read.append(str(number))
            yield note("Dear Bo,\n\nyes.\n", str(number))

    made = write_all(coming(), hand(), 1)
    assert read == []
    first = next(made).value
    assert first is not None and first.key == "0"
    assert len(read) == writer.SHEAF
    assert [one.value.key for one in made if one.value] == read[1:]


@pytest.mark.parametrize("name", LATIN)
def test_the_sieve_never_drops_letters_that_are_close(name: str) -> None:
    """Of letters of one kind, those nearer than what is asked about are all left, and most others are not."""
    own = pool(hand(name))
    rng = np.random.default_rng(7)
    table, kept, far = Likeness(own.k), 0, 0
    for text in "elW.":
        slot = own.texts.index(text) if text in own.texts else own.texts.index(text.upper())
        count = 60
        matrix = np.array([[1.0], [0.0], [0.0], [1.0]]) + rng.normal(size=(4, count)) * 0.08
        alternates = rng.integers(0, own.k, count)
        row = table.rows(own, np.full(count, slot))
        words = sieve.packed(table.parts, row * own.k + alternates, matrix, kinds.CLOSE)
        later, earlier = sieve.pairs(words, np.arange(count), np.full(count, count))
        left = set(zip(later.tolist(), earlier.tolist(), strict=True))
        one, other = np.tril_indices(count, -1)
        cell = row[0] * own.k**2 + alternates * own.k
        norms = kinds.norms(matrix, table, cell + alternates)
        shared = kinds.twice_shared(table, matrix[:, one], matrix[:, other], cell[one] + alternates[other])
        close = norms[one] + norms[other] - shared < kinds.CLOSE**2
        assert left >= set(zip(one[close].tolist(), other[close].tolist(), strict=True))
        kept, far = kept + len(left) - int(close.sum()), far + int((~close).sum())
    assert kept < 0.5 * far
