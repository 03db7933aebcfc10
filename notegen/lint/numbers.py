"""Numbers that stand for texts, so that a batch need not keep the texts."""

from __future__ import annotations

from hashlib import blake2b


def number(text: str) -> int:
    """Return the number of 64 bits that stands for a text, the same in every process."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
