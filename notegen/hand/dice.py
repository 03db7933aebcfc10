"""Random numbers that depend on a key alone: not on the order of work, the process, the machine or a library's version.

Everything is 64-bit integer arithmetic on a counter (splitmix64), or a division and a few products of doubles, so that
the same key gives the same bits everywhere. Normal deviates come from a table of sums of twelve uniform integers.
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from notegen.hand.outline import ranges

MASK = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15
_TABLE = 1 << 16


def seed_of(*parts: str | int) -> int:
    """Return a 64-bit seed made of the parts, in order; the same everywhere, unlike `hash`."""
    text = "\x1f".join(f"{type(part).__name__[0]}{part}" for part in parts)
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def bits(seed: int, count: int) -> NDArray[np.uint64]:
    """Return `count` random 64-bit words: splitmix64 of the counter, started at the seed."""
    start = np.uint64(seed & MASK)
    word = np.arange(1, count + 1, dtype=np.uint64)
    word *= np.uint64(_GOLDEN)
    word += start
    return scramble(word)


def scramble(word: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the words mixed in place, so that neighbours have nothing in common."""
    word ^= word >> np.uint64(30)
    word *= np.uint64(0xBF58476D1CE4E5B9)
    word ^= word >> np.uint64(27)
    word *= np.uint64(0x94D049BB133111EB)
    word ^= word >> np.uint64(31)
    return word


def stream(seeds: NDArray[np.uint64], name: str) -> NDArray[np.uint64]:
    """Return a seed of its own for one use, made of each of the seeds."""
    return scramble(seeds ^ np.uint64(seed_of(name)))


def bit_rows(seeds: NDArray[np.uint64], count: int) -> NDArray[np.uint64]:
    """Return, for each seed, the words that `bits` would give: shape (seeds, count)."""
    word = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(_GOLDEN)
    return scramble(seeds[:, None] + word)


def uniform_rows(seeds: NDArray[np.uint64], count: int) -> NDArray[np.float64]:
    """Return, for each seed, numbers in [0, 1): shape (seeds, count)."""
    return (bit_rows(seeds, count) >> np.uint64(11)).astype(np.float64) * (1.0 / (1 << 53))


def normal_rows(seeds: NDArray[np.uint64], count: int) -> NDArray[np.float64]:
    """Return, for each seed, standard normal deviates: shape (seeds, count)."""
    drawn: NDArray[np.float64] = deviates()[_pick_rows(seeds, count)]
    return drawn


def _pick_rows(seeds: NDArray[np.uint64], count: int) -> NDArray[np.uint16]:
    words = bit_rows(seeds, (count + 3) // 4).astype("<u8", copy=False)
    picks: NDArray[np.uint16] = words.view("<u2")[:, :count]
    return picks


def mild_normal_rows(seeds: NDArray[np.uint64], count: int) -> NDArray[np.float64]:
    """Return, for each seed, normal deviates held within 2.5: shape (seeds, count)."""
    drawn: NDArray[np.float64] = _mild_deviates()[_pick_rows(seeds, count)]
    return drawn


def ragged_bits(seeds: NDArray[np.uint64], counts: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return, for each seed, as many words of those that `bits` would give as is asked for it, one after another."""
    word = ranges(np.ones_like(counts), counts).astype(np.uint64)
    word *= np.uint64(_GOLDEN)
    word += np.repeat(seeds, counts)
    return scramble(word)


def ragged_uniforms(seeds: NDArray[np.uint64], counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return, for each seed, as many numbers of those that `uniforms` would give as is asked for it."""
    return (ragged_bits(seeds, counts) >> np.uint64(11)).astype(np.float64) * (1.0 / (1 << 53))


def ragged_normals(seeds: NDArray[np.uint64], counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return, for each seed, as many deviates of those that `normals` would give as is asked for it."""
    words = (counts + 3) // 4
    picks = ragged_bits(seeds, words).astype("<u8", copy=False).view("<u2")
    drawn: NDArray[np.float64] = deviates()[picks[ranges(4 * (np.cumsum(words) - words), counts)]]
    return drawn


def uniforms(seed: int, count: int) -> NDArray[np.float64]:
    """Return numbers in [0, 1) with 53 random bits."""
    return (bits(seed, count) >> np.uint64(11)).astype(np.float64) * (1.0 / (1 << 53))


def normals(seed: int, count: int) -> NDArray[np.float64]:
    """Return standard normal deviates, none beyond 6; four are drawn from each random word."""
    return deviates()[_picks(seed, count)]


def mild_normals(seed: int, count: int) -> NDArray[np.float64]:
    """Return normal deviates of which the few beyond 2.5 are held there, for what must stay on the card."""
    return _mild_deviates()[_picks(seed, count)]


def _picks(seed: int, count: int) -> NDArray[np.uint16]:
    words: NDArray[np.uint64] = bits(seed, (count + 3) // 4).astype("<u8", copy=False)
    return words.view("<u2")[:count]


@cache
def _mild_deviates() -> NDArray[np.float64]:
    return np.clip(deviates(), -2.5, 2.5)


@cache
def deviates() -> NDArray[np.float64]:
    """Return a table of sums of twelve uniform integers, shifted to mean 0 and scaled to variance 1."""
    words = _picks(seed_of("notegen", "deviates"), _TABLE * 12).reshape(_TABLE, 12)
    # Twelve integers of 0 to 65535 have the mean 393,210 and, but for one part in 2^32, the variance 65,536 squared.
    table: NDArray[np.float64] = (words.sum(axis=1, dtype=np.int64) - 393_210) / 65_536.0
    table.setflags(write=False)
    return table
