"""Customers in gangs: files of any length, cut into the same few documents each time, without parsing them.

A gang is what one worker gets. It is made of text alone, so that a parent which cuts a million customers holds one
gang, and two runs over the same files cut the same gangs. What a gang's customers are does not depend on the gangs
beside it: whoever compares customers with each other does so afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import count, islice
from pathlib import Path
from typing import Final

from notegen.facts.load import load_pieces
from notegen.files import read_text
from notegen.model.diagnostic import Checked
from notegen.model.facts import Facts
from notegen.model.rebuilt import rebuilt
from notegen.model.schema import Schema
from notegen.model.source import Source
from notegen.yamlsource import parse_pieces, stream

GANG: Final = 64
"""Documents of a gang: enough that handing it over costs little, and few enough that a lost one is done again soon."""

LONGEST: Final = 1024 * 1024
"""Characters of one document beyond which it is refused; that of a customer with ten sales has about 3,000."""


@rebuilt
@dataclass(frozen=True, slots=True)
class Gang:
    """A few documents that follow each other, of one file or of several.

    `number` counts the gangs of a batch and `first` the documents before this one, both from 0. `sources` has one
    source for each document, with the line that it begins at. A file that says nothing has one more, empty or with all
    that it says; `blank` are the places of those among the sources.
    """

    number: int
    first: int
    sources: tuple[Source, ...]
    blank: tuple[int, ...] = ()

    @property
    def digest(self) -> str:
        """The SHA-256, in hexadecimal digits, of all that the gang's findings and cards can depend on."""
        made = sha256()
        for source in self.sources:
            made.update(f"{source.name}\0{source.first_line}\0{source.text}\0".encode())
        return made.hexdigest()

    @property
    def digests(self) -> tuple[str, ...]:
        """The digest of each document, as `digest_of` makes it."""
        return tuple(map(digest_of, self.sources))


def digest_of(source: Source) -> str:
    """Return the SHA-256, in hexadecimal digits, of one document's text in UTF-8.

    The `---` before it and white space at its ends do not count, so it is the same wherever the document stands.
    """
    return sha256(source.text.removeprefix("---").strip().encode()).hexdigest()


def gangs(files: Iterable[Path | str], size: int = GANG) -> Iterator[Gang]:
    """Yield all documents of the files, in gangs of `size`, the last with what is left.

    No more than one gang and one chunk of a file is held. Raises UnreadableFile where `load` does, once it comes to
    that place, and for a document of more than `LONGEST` characters.
    """
    cut = _documents(files)
    for number in count():
        some = tuple(islice(cut, size))
        if not some:
            return
        blank = tuple(place for place, one in enumerate(some) if one.blank)
        yield Gang(number, number * size, tuple(one.source for one in some), blank)


@dataclass(frozen=True, slots=True)
class _Cut:
    """A document, or a file that turned out to hold nothing."""

    source: Source
    blank: bool = False


def _documents(files: Iterable[Path | str]) -> Iterator[_Cut]:
    for file in files:
        begun = _Begun(read_text(file))
        for piece in stream(begun, str(file), longest=LONGEST):
            begun.blank = begun.blank and _is_blank(piece)
            yield _Cut(piece)
        if begun.blank:
            yield _Cut(Source(str(file), begun.text), blank=True)


class _Begun:
    """The chunks of a file; the text that has gone by is kept as long as the file says nothing, and is short."""

    def __init__(self, chunks: Iterable[str]) -> None:
        self.blank = True
        self.text = ""
        self._chunks = chunks

    def __iter__(self) -> Iterator[str]:
        for chunk in self._chunks:
            self.text = self.text + chunk if self.blank and len(self.text) < LONGEST else ""
            yield chunk


def _is_blank(piece: Source) -> bool:
    """Return whether a document says nothing, not even something wrong; asked up to the first of a file that does."""
    read = parse_pieces((piece,))
    return not read.value and not read.diagnostics


def load_gang(gang: Gang, schema: Schema, today: date | None = None) -> Checked[tuple[Facts, ...]]:
    """Read the customers of a gang: as `load` finds them, each with its own findings, not compared with each other."""
    return load_pieces(gang.sources, schema, today, blank=gang.blank)
