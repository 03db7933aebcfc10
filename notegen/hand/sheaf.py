"""A sheaf of notes in one hand, written at once: each step is one operation over all letters of all of them.

What a letter gets depends on its own note alone, so it does not matter which notes are written together.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from notegen.hand import dice, drift, flow
from notegen.hand.bank import Bank
from notegen.hand.carried import Places, carried, closed_up
from notegen.hand.dealing import Notes, alternates
from notegen.hand.flowing import Key, Plan
from notegen.hand.outline import Floats, Ints
from notegen.model.hand import Hand
from notegen.model.note import Note
from notegen.model.writing import Flow, Passage, Writing


class Job(NamedTuple):
    """A note with the words that it has; `planned` when they do not simply run from left to right with spaces."""

    note: Note
    words: Sequence[Key]
    passages: tuple[Passage, ...]
    planned: Plan | None = None


class Cuts(NamedTuple):
    """Where each word begins among all letters (`words`), and each note among all words and among all letters.

    The end of the last one closes each list.
    """

    words: Ints
    first_words: Ints
    first_letters: Ints

    @property
    def word_counts(self) -> Ints:
        """How many words each note has."""
        return np.diff(self.first_words)

    @property
    def letter_counts(self) -> Ints:
        """How many letters each note has."""
        return np.diff(self.first_letters)


def written(jobs: Sequence[Job], hand: Hand, bank: Bank, seed: int) -> list[Writing]:
    """Return the writing of each job, in order."""
    bases = np.array([dice.seed_of("write", job.note.key, hand.name, seed) for job in jobs], np.uint64)
    slots, places, starts = bank.gather([word for job in jobs for word in job.words])
    # Only now, for the pool grows with words that nobody wrote before.
    pool = bank.shaper.pool
    cuts = _cuts(jobs, starts)
    edges = _edges(bank.edges[slots], jobs, cuts)
    gap = _gaps(edges, cuts, hand, pool.x_height, _seeds(bases, 1))
    _close_up(gap, edges, jobs, cuts, pool.x_height)
    matrix, x, y, width = _moved(places, cuts, gap, hand, pool.x_height, _seeds(bases, 2))
    courses = _carried(jobs, Places(matrix, x, y), places, cuts, bank)
    notes = Notes(cuts.first_letters, _seeds(bases, 4))
    dealt, matrix = alternates(slots, matrix, pool, bank.likeness, notes)
    lines = drift.lines(hand, _seeds(bases, 3))
    left = lines.left / (hand.x_height[1] / pool.x_height)
    whim = dice.ragged_uniforms(_seeds(bases, 5), cuts.word_counts)
    lightness = flow.lightness(cuts.word_counts, _seeds(bases, 90)) if hand.ink.shade else None
    outline = (slots * pool.k + dealt).astype(np.int32)
    drawn = np.ascontiguousarray(matrix.T)
    habit = dice.seed_of("habit", hand.name, seed)
    found = []
    for number, job in enumerate(jobs):
        words, letters, own = _part(cuts, number)
        found.append(
            Writing(
                key=job.note.key,
                hand=hand,
                pool=pool,
                text=job.note.text,
                passages=job.passages,
                outline=outline[letters],
                matrix=drawn[letters],
                x=x[letters],
                y=y[letters],
                words=own.astype(np.int32),
                width=width[words],
                gap=gap[words],
                whim=_whims(whim[words], job.planned),
                slope=lines.slope[number],
                left=left[number],
                pitch=lines.pitch[number],
                habit=habit,
                flow=courses[number],
                lightness=None if lightness is None else lightness[words],
            )
        )
    return found


def _seeds(bases: NDArray[np.uint64], use: int) -> NDArray[np.uint64]:
    return bases + np.uint64(use)


def _cuts(jobs: Sequence[Job], starts: Ints) -> Cuts:
    first_words = np.zeros(len(jobs) + 1, np.int64)
    np.cumsum([len(job.words) for job in jobs], out=first_words[1:])
    return Cuts(starts, first_words, starts[first_words])


def _part(cuts: Cuts, number: int) -> tuple[slice, slice, Ints]:
    """Return the words and the letters of a note, and where each word begins among its own letters."""
    first, last = cuts.first_words[number : number + 2].tolist()
    start, end = cuts.first_letters[number : number + 2].tolist()
    return slice(first, last), slice(start, end), cuts.words[first : last + 1] - start


def _edges(edges: Floats, jobs: Sequence[Job], cuts: Cuts) -> Floats:
    """Return how far each letter's ink stands out before and behind its advance, as its note runs."""
    for number, job in enumerate(jobs):
        if job.planned is not None and job.planned.from_right:
            letters = _part(cuts, number)[1]
            edges[letters] = edges[letters, ::-1].copy()
    return edges


def _close_up(gap: Floats, edges: Floats, jobs: Sequence[Job], cuts: Cuts, x_height: float) -> None:
    """Make those gaps small that are no spaces."""
    for number, job in enumerate(jobs):
        if job.planned is not None:
            words, letters, own = _part(cuts, number)
            gap[words] = closed_up(gap[words], edges[letters], own, job.planned, x_height)


def _whims(drawn: Floats, planned: Plan | None) -> Floats:
    """Return the whim of each word; a character that no space follows is not a word, and few lines end early there."""
    return drawn if planned is None else np.where(planned.spaced, drawn, np.sqrt(drawn))


def _gaps(edges: Floats, cuts: Cuts, hand: Hand, x_height: float, seeds: NDArray[np.uint64]) -> Floats:
    """Return the gap after each word, ems: never so narrow that the two would be read as one."""
    drawn = drift.gaps(cuts.word_counts, hand, seeds)
    stand_out = edges[cuts.words[1:] - 1, 1] / x_height
    before = edges[cuts.words[1:-1], 0] / x_height
    # Nothing follows a note's last word.
    before[cuts.first_words[1:-1] - 1] = 0.0
    stand_out[:-1] += before
    gap: Floats = np.maximum(drawn, stand_out + drift.least_gap(hand)) * x_height
    return gap


def _sums(values: Floats, firsts: Ints) -> Floats:
    """Return the running sums of each note's values: one after another, so that the others do not round them."""
    found = np.empty_like(values)
    for start, end in pairwise(firsts.tolist()):
        np.add.accumulate(values[start:end], out=found[start:end])
    return found


def _moved(
    places: Floats, cuts: Cuts, gap: Floats, hand: Hand, x_height: float, seeds: NDArray[np.uint64]
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return each letter's matrix (4, n: a b c d), its x in its word and its y, and each word's width; in ems."""
    counts = np.diff(cuts.words)
    advance = places[0]
    before = _sums(gap, cuts.first_words) - gap
    middle = _sums(advance, cuts.first_letters) - advance / 2 + np.repeat(before, counts)
    wander = drift.along(middle / x_height, hand, seeds, cuts.letter_counts)
    stretched = advance * wander.width
    ends = _sums(stretched, cuts.first_letters)
    pen = np.empty_like(ends)
    pen[1:] = ends[:-1]
    pen[cuts.first_letters[:-1]] = 0.0
    at_word = pen[cuts.words[:-1]]
    x = pen - np.repeat(at_word, counts) + places[1] * wander.width
    # The drift is that of the letter's middle; its origin lies half an advance to the left on the same tilt.
    y = wander.shift * x_height - wander.tilt * stretched / 2 + places[2] * wander.height
    matrix = np.stack((wander.width, wander.tilt * wander.width, wander.slant * wander.height, wander.height))
    return matrix, x, y, ends[cuts.words[1:] - 1] - at_word


def _carried(jobs: Sequence[Job], whole: Places, laid: Floats, cuts: Cuts, bank: Bank) -> list[Flow | None]:
    """Put all marks on their letters, turn what runs from the right, and return the flow of each note."""
    found: list[Flow | None] = [None] * len(jobs)
    marked = bool(laid[3].any())
    for number, job in enumerate(jobs):
        if job.planned is None and not marked:
            continue
        _, letters, own = _part(cuts, number)
        if job.planned is None and not laid[3, letters].any():
            continue
        places = Places(whole.matrix[:, letters].T, whole.x[letters], whole.y[letters])
        pieces = [bank.pieces(word) for word in job.words]
        moved, found[number] = carried(places, laid[:, letters].T, own, job.planned, pieces)
        whole.matrix[:, letters], whole.x[letters], whole.y[letters] = moved.matrix.T, moved.x, moved.y
    return found
