"""A PDF written to a file object by object, of which nothing is kept but where each object begins.

ReportLab's own `save` keeps every page until the end, and its documents keep several entries of tables for each
object: 10 to 30 kB a card. Its classes format dictionaries, arrays, texts and the trailer here; object numbers, the
cross-reference table and the tree of pages are our own. Pages are templates filled in as bytes, because ReportLab's
page class formats every entry anew, and so is the catalogue, because its class drops what it does not know. A line end
stands before `endstream`, which PDF/A asks for. Streams are deflated by libdeflate, which gives the same bytes
whichever zlib a Python was built with.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

import deflate
from reportlab.pdfbase import pdfdoc

from notegen.press.tree import Tree

LEVEL_ONCE = 6
"""Of libdeflate for what a file holds once, the fonts."""

_FORMATTING = pdfdoc.DummyDoc()
"""What ReportLab's classes are given for a document: they ask it for nothing but whether it is encrypted."""

CHUNK = 1 << 17
"""Bytes that are hashed and written together: a call for each object takes longer than what it does."""

SAID = b"%%PDF-%d.%d\n%%\223\214\213\236 notegen\n"
"""How a file begins: its version, and bytes above 127 so that nobody takes it for text."""


class Plain(pdfdoc.PDFObject):
    """A top-level object whose bytes are ready."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def format(self, document: Any) -> bytes:
        """Return the bytes."""
        return self.data


class Reference(pdfdoc.PDFObject):
    """An object by its number."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        self.number = number

    def format(self, document: Any) -> bytes:
        """Return the reference as it is written."""
        return b"%d 0 R" % self.number


class Container:
    """A PDF being written: objects get their numbers early and go to the file as soon as they are finished."""

    def __init__(self, stream: BinaryIO, version: tuple[int, int]) -> None:
        self._stream, self._digest = stream, hashlib.sha256()
        self._size = 0
        self._waits: list[bytes] = []
        self._chunk = 0
        self._offsets = array("Q", [0])
        self._waiting: dict[int, Any] = {}
        self._pages = Tree(self._number, self._emit)
        self._put(SAID % version)

    @property
    def identity(self) -> str:
        """A name that follows from all that was written so far: 32 hexadecimal digits."""
        return self.sha256[:32]

    @property
    def sha256(self) -> str:
        """The SHA-256 of all that was written so far, in hexadecimal: that of the file, once it is finished."""
        self._flush()
        return self._digest.hexdigest()

    def reserve(self, thing: Any) -> Reference:
        """Give an object its number and return the reference to it; it is written later, by `finish` at the latest."""
        number = self._number()
        self._waiting[number] = thing
        return Reference(number)

    def thing(self, reference: Reference) -> Any:
        """Return an object that has its number and is not yet written."""
        return self._waiting[reference.number]

    def write(self, reference: Reference) -> None:
        """Write an object that has its number, and forget it."""
        thing = self._waiting.pop(reference.number)
        self._emit(reference.number, pdfdoc.format(thing, _FORMATTING, toplevel=1))

    def add(self, thing: Any) -> Reference:
        """Write an object now and return the reference to it."""
        reference = Reference(self._number())
        self._emit(reference.number, pdfdoc.format(thing, _FORMATTING, toplevel=1))
        return reference

    def add_stream(self, data: bytes | memoryview, entries: str = "", level: int = LEVEL_ONCE) -> Reference:
        """Deflate and write a stream; `entries` go into its dictionary."""
        return self.add_packed(bytes(deflate.zlib_compress(data, level)), f"{entries}/Filter /FlateDecode ")

    def add_packed(self, data: bytes, entries: str = "") -> Reference:
        """Write a stream as it is: `entries` say how it is packed."""
        number = self._number()
        head = f"<< {entries}/Length {len(data)} >>\nstream\n".encode("latin-1")
        self._emit(number, b"%s%s\nendstream\n" % (head, data))
        return Reference(number)

    def add_page(self, streams: Sequence[int], entries: bytes) -> Reference:
        """Write a page and return its reference; `entries` are what its dictionary has besides its content streams."""
        contents = b" ".join(b"%d 0 R" % one for one in streams)
        if len(streams) != 1:
            contents = b"[%s]" % contents
        number, parent = self._number(), self._pages.parent()
        self._emit(number, b"<< /Type /Page /Parent %d 0 R /Contents %s %s >>\n" % (parent, contents, entries))
        self._pages.add(number)
        return Reference(number)

    def number_of(self, reference: Reference) -> int:
        """Return the object number behind a reference."""
        return reference.number

    def finish(self, catalog: Mapping[str, Any], info: Mapping[str, Any]) -> int:
        """Write what is left, the cross-reference table and the trailer; return the length of the file in bytes."""
        pages = Reference(self._pages.finish())
        for number in list(self._waiting):
            self.write(Reference(number))
        root = self.add(pdfdoc.PDFDictionary({"Type": "/Catalog", "Pages": pages, **catalog}))
        about = self.add(pdfdoc.PDFDictionary(dict(info)))
        identity = b"<" + self.identity.encode("ascii") + b">"
        start, size = self._size, len(self._offsets)
        self._table()
        trailer = pdfdoc.PDFTrailer(startxref=start, Size=size, Root=root, Info=about, ID=b"[" + identity * 2 + b"]")
        self._put(trailer.format(_FORMATTING))
        self._flush()
        return self._size

    def _number(self) -> int:
        self._offsets.append(0)
        return len(self._offsets) - 1

    def _emit(self, number: int, data: bytes) -> None:
        self._offsets[number] = self._size
        end = b"" if data.endswith(b"\n") else b"\n"
        self._put(b"%d 0 obj\n%s%sendobj\n" % (number, data, end))

    def _table(self) -> None:
        """Write the cross-reference table, some entries at a time."""
        self._put(b"xref\n0 %d\n0000000000 65535 f \n" % len(self._offsets))
        for start in range(1, len(self._offsets), 4096):
            self._put(b"".join(b"%010d 00000 n \n" % one for one in self._offsets[start : start + 4096]))

    def _put(self, data: bytes) -> None:
        self._waits.append(data)
        self._size += len(data)
        self._chunk += len(data)
        if self._chunk >= CHUNK:
            self._flush()

    def _flush(self) -> None:
        data = b"".join(self._waits)
        self._digest.update(data)
        self._stream.write(data)
        self._waits.clear()
        self._chunk = 0
