"""Who asked to be forgotten: known by salted hashes of a key, and of a name with its postcode, and by nothing else."""

from __future__ import annotations

import hmac
import sqlite3
from collections.abc import Iterable
from hashlib import sha256
from unicodedata import combining, normalize

from notegen.ledger.opening import Ledger
from notegen.model.ledger import Person


def suppressed(book: Ledger, those: Iterable[Person]) -> frozenset[str]:
    """Return the keys of those who asked to be forgotten, by their key or by their name and postcode."""
    with book.reading() as connection:
        return suppressed_of(connection, those)


def suppressed_of(connection: sqlite3.Connection, those: Iterable[Person]) -> frozenset[str]:
    """Do what `suppressed` does, within what a connection is doing already."""
    kept = {one for (one,) in connection.execute("SELECT hash FROM suppressed")}
    if not kept:
        return frozenset()
    salt = bytes.fromhex(connection.execute("SELECT value FROM meta WHERE name = 'salt'").fetchone()[0])
    return frozenset(one.customer for one in those if not kept.isdisjoint(hashes(salt, one)))


def hashes(salt: bytes, person: Person) -> tuple[str, ...]:
    """Return what a person is known by; a name without a postcode would be everybody's of that name."""
    words = [f"key\0{person.customer}"] if person.customer else []
    name, postcode = plainly(person.name), plainly(person.postcode).replace(" ", "")
    if name and postcode:
        words.append(f"name\0{name}\0{postcode}")
    return tuple(hmac.new(salt, word.encode("utf-8", "surrogatepass"), sha256).hexdigest() for word in words)


def plainly(text: str) -> str:
    """Return a text in small letters without accents, with one space for all between its letters and digits."""
    bare = "".join(one for one in normalize("NFKD", text.casefold()) if not combining(one))
    return " ".join("".join(one if one.isalnum() else " " for one in bare).split())
