"""Notes become Writings: words shaped once, alternates dealt so that no near neighbours share one, drift laid over.

Notes are written some dozens at once, which takes a fraction of the time of one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from notegen.hand import pools
from notegen.hand.bank import bank_of
from notegen.hand.fallbacks import lending
from notegen.hand.flowing import is_unusual, plan
from notegen.hand.missing import unwritable
from notegen.hand.shape import Shaper
from notegen.hand.sheaf import Job, written
from notegen.model.diagnostic import Checked, Diagnostic
from notegen.model.hand import Hand
from notegen.model.note import Note
from notegen.model.writing import Passage, Writing

SHEAF = 64
"""Notes that are written at once: as many as a gang has; with 32 it takes an eighth longer, for numpy's calls."""


def write(note: Note, hand: Hand, seed: int) -> Checked[Writing]:
    """Write a note in a hand; the same note key, hand name and seed give the same writing on any machine.

    What the hand cannot write is an error for each character; there is no Writing only when nothing is left to write.
    """
    return _sheaf([note], hand, seed)[0]


def write_all(notes: Iterable[Note], hand: Hand, seed: int) -> Iterator[Checked[Writing]]:
    """Yield the same as `write` for each note, in order, in a fraction of the time; some dozens are read ahead."""
    coming = iter(notes)
    while sheaf := list(islice(coming, SHEAF)):
        yield from _sheaf(sheaf, hand, seed)


def _sheaf(notes: list[Note], hand: Hand, seed: int) -> list[Checked[Writing]]:
    shaper = pools.shaper(hand)
    made: list[Checked[Writing] | None] = []
    jobs: list[Job] = []
    told: list[tuple[int, tuple[Diagnostic, ...]]] = []
    for number, note in enumerate(notes):
        unusual = is_unusual(note.text)
        easy = not unusual and shaper.knows(note.text)
        lender = hand if easy or unusual else lending(note.text, hand, shaper)
        if lender is not hand:
            made.append(write(note, lender, seed))
            continue
        plain = easy and note.text and not note.text.isspace()
        found = () if plain else unwritable(note, hand, shaper)
        job = _planned(note, shaper) if unusual else _simple(note, None if easy else shaper)
        if job.words:
            jobs.append(job)
            told.append((number, found))
            made.append(None)
        else:
            made.append(Checked(None, found))
    if jobs:
        for (number, found), writing in zip(told, written(jobs, hand, bank_of(shaper), seed), strict=True):
            made[number] = Checked(writing, found)
    return [one for one in made if one is not None]


def _planned(note: Note, shaper: Shaper) -> Job:
    """Return a note that does not simply run from left to right with spaces between its words."""
    planned = plan(note, shaper.is_blank)
    return Job(note, planned.words, planned.passages, planned)


def _simple(note: Note, shaper: Shaper | None) -> Job:
    """Return a note with its words and the passages that they make up; with a shaper, without those that are blank."""
    words: list[str] = []
    passages: list[Passage] = []
    for block in note.blocks:
        first = len(words)
        parts = note.text[block.start : block.end].split()
        words += [part for part in parts if not shaper.is_blank(part)] if shaper else parts
        if len(words) > first:
            passages.append(Passage(block.role, first, len(words), block.below))
    return Job(note, words, tuple(passages))
