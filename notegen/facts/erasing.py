"""A customer is taken out of a file of facts: their document goes, and every byte of the others stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from notegen.facts.load import load
from notegen.files import decode, read_bytes
from notegen.model.facts import Facts
from notegen.model.schema import Schema
from notegen.model.source import Source
from notegen.yamlsource import pieces

LARGEST: Final = 1024 * 1024 * 1024
"""Bytes of a file of facts; beyond, it is no file that anybody looks after."""
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_MARKER: Final = re.compile(r"---(?=[ \t]|$)")


@dataclass(frozen=True, slots=True)
class Customer:
    """Who a document of a file is about, and the words by which a trace of them is found."""

    key: str
    name: str
    postcode: str
    words: tuple[str, ...]


def customers(path: Path, schema: Schema) -> tuple[Customer, ...]:
    """Return the customers of a file; a document that cannot be read is nobody's. Raises UnreadableFile."""
    return tuple(map(_customer, load(path, schema).value or ()))


def _customer(one: Facts) -> Customer:
    def said(path: str) -> str:
        return str(one.get(f"customer.{path}") or "").strip()

    name = said("name")
    words = (one.key, name, said("address.street"), said("email"), said("phone"))
    postcode = said("address.postcode").upper()
    return Customer(one.key, name, postcode, tuple(dict.fromkeys(word for word in words if word)))


def without(path: Path, schema: Schema, keys: Collection[str], speaks: Callable[[str], bool]) -> bytes | None:
    """Return a file without the documents of these customers; None when nobody is left in it.

    Comments that stand before the first document, or after a blank line at the end of one, belong to the file or to the
    next: they stay unless `speaks` says of them that they speak of the customers. Raises UnreadableFile.
    """
    data = read_bytes(path, LARGEST, large="no file of facts is so long")
    text = decode(data, str(path))
    gone = {one.source.first_line for one in load(path, schema).value or () if one.key in keys}
    whole, codec = _whole(data)
    lines = _LINE.findall(whole)
    kept: list[str] = []
    left = False
    at = 0
    for piece in pieces(Source(str(path), text)):
        start = piece.first_line - 1
        end = start + piece.text.count("\n") + (not piece.text.endswith("\n"))
        kept += lines[at:start]
        own = lines[start:end]
        if piece.first_line in gone:
            own = [line for line in _others(own) if not speaks(line)]
        else:
            left = True
        kept += own
        at = end
    kept += lines[at:]
    if not left:
        return None
    made = "".join(kept)
    if codec != "utf-8" and not made.startswith("\ufeff"):
        made = "\ufeff" + made
    return made.encode(codec)


def _whole(data: bytes) -> tuple[str, str]:
    """Return a text as it is, with its byte-order mark and its line ends, and its encoding."""
    codec = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(data[:2], "utf-8")
    return data.decode(codec), codec


def _others(lines: list[str]) -> list[str]:
    """Return the lines of a document that are not its customer's: the comments before it, and those before the next."""
    content = [number for number, line in enumerate(lines) if _is_content(line)]
    if not content:
        return []
    marker = next((number for number, line in enumerate(lines) if _MARKER.match(line)), None)
    before = lines[: content[0] + 1 if marker is None else marker]
    if marker is None:
        blank = max((number for number, line in enumerate(before) if not line.strip()), default=-1)
        before = before[: blank + 1]
    after = lines[content[-1] + 1 :]
    blank = next((number for number, line in enumerate(after) if not line.strip()), len(after))
    rest = after[blank:]
    return before + rest if any(line.startswith("#") for line in rest) else before


def _is_content(line: str) -> bool:
    """Return whether a line is a customer's: neither blank, nor a comment at the margin, nor where a document begins.

    An indented `#` may be within a text.
    """
    bare = line.strip("\ufeff\r\n")
    return bool(bare.strip()) and not bare.startswith("#") and _MARKER.fullmatch(bare.strip()) is None
