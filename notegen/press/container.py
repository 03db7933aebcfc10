"""ReportLab's document, written to a file page by page instead of all at once.

ReportLab's own `save` keeps every page until the end and joins them in memory: 10 to 30 kB a card. Its document gives
out the object numbers, formats the objects and knows how a file ends; only the collecting is done here. Pages are
templates filled in as bytes, because ReportLab's page class formats every entry anew, and so is the catalogue, because
its class drops what it does not know. A line end stands before `endstream`, which PDF/A asks for. Streams are
deflated by libdeflate, which packs a page in half of zlib's time and gives the same bytes whichever zlib a Python was
built with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

import deflate
from reportlab.pdfbase import pdfdoc

LEVEL_ONCE = 6
"""Of libdeflate for what a file holds once, the fonts."""


class Plain(pdfdoc.PDFObject):
    """A top-level object whose bytes are ready."""

    __RefOnly__ = 1

    def __init__(self, data: bytes) -> None:
        self.data = data

    def format(self, document: Any) -> bytes:
        """Return the bytes."""
        return self.data


class _Sink(pdfdoc.PDFFile):
    """ReportLab's output collector, which passes on what it is given and remembers a digest of it."""

    def __init__(self, stream: BinaryIO, version: tuple[int, int]) -> None:
        self.digest = hashlib.sha256()
        self._stream = stream
        super().__init__(version)

    def add(self, data: str | bytes) -> int:
        """Write bytes and return where they begin."""
        encoded: bytes = pdfdoc.pdfdocEnc(data)
        begins = self.offset
        self.offset += len(encoded)
        self.digest.update(encoded)
        self._stream.write(encoded)
        return begins


class Container:
    """A PDF being written: objects get their numbers early and go to the file as soon as they are finished."""

    def __init__(self, stream: BinaryIO, version: tuple[int, int]) -> None:
        self._document = _document(version)
        self._sink = _Sink(stream, version)
        self._pages: list[Any] = []
        self._parent = self._number(self.reserve(self._document.Pages))

    @property
    def identity(self) -> str:
        """A name that follows from all that was written so far: 32 hexadecimal digits."""
        return self._sink.digest.hexdigest()[:32]

    def reserve(self, thing: Any) -> Any:
        """Give an object its number and return the reference to it; it is written later, by `finish` at the latest."""
        return self._document.Reference(thing)

    def thing(self, reference: Any) -> Any:
        """Return an object that has its number and is not yet written."""
        return self._document.idToObject[reference.name]

    def write(self, reference: Any) -> None:
        """Write an object that has its number, and forget it."""
        self._emit(reference.name)

    def add(self, thing: Any) -> Any:
        """Write an object now, forget it, and return the reference to it."""
        reference = self.reserve(thing)
        self._emit(reference.name)
        return reference

    def add_stream(self, data: bytes | memoryview, entries: str = "", level: int = LEVEL_ONCE) -> Any:
        """Deflate and write a stream; `entries` go into its dictionary."""
        return self.add_packed(bytes(deflate.zlib_compress(data, level)), f"{entries}/Filter /FlateDecode ")

    def add_packed(self, data: bytes, entries: str = "") -> Any:
        """Write a stream as it is: `entries` say how it is packed."""
        head = f"<< {entries}/Length {len(data)} >>\nstream\n".encode("latin-1")
        return self.add(Plain(head + data + b"\nendstream\n"))

    def add_page(self, streams: Sequence[int], entries: bytes) -> Any:
        """Write a page and return its reference; `entries` are what its dictionary has besides its content streams."""
        contents = b" ".join(b"%d 0 R" % one for one in streams)
        if len(streams) != 1:
            contents = b"[%s]" % contents
        page = b"<< /Type /Page /Parent %d 0 R /Contents %s %s >>\n" % (self._parent, contents, entries)
        self._pages.append(self.add(Plain(page)))
        return self._pages[-1]

    def number_of(self, reference: Any) -> int:
        """Return the object number behind a reference."""
        return self._number(reference)

    def finish(self, catalog: Mapping[str, Any], info: Mapping[str, Any]) -> int:
        """Write what is left, the cross-reference table and the trailer; return the length of the file in bytes."""
        document, sink = self._document, self._sink
        document.Pages.pages = self._pages
        pages = self.reserve(document.Pages)
        root = self.reserve(pdfdoc.PDFDictionary({"Type": "/Catalog", "Pages": pages, **catalog}))
        about = self.reserve(pdfdoc.PDFDictionary(dict(info)))
        number = 1
        while number in document.numberToId:  # formatting an object may reserve further ones
            if document.numberToId[number] not in document.idToOffset:
                self._emit(document.numberToId[number])
            number += 1
        table = pdfdoc.PDFCrossReferenceTable()
        table.addsection(0, [document.numberToId[n] for n in range(1, number)])
        identity = b"<" + self.identity.encode("ascii") + b">"
        start = sink.add(table.format(document))
        trailer = pdfdoc.PDFTrailer(startxref=start, Size=number, Root=root, Info=about, ID=b"[" + identity * 2 + b"]")
        sink.add(trailer.format(document))
        return int(sink.offset)

    def _emit(self, name: str) -> None:
        document = self._document
        thing = document.idToObject[name]
        document.idToOffset[name] = self._sink.add(pdfdoc.PDFIndirectObject(name, thing).format(document))
        document.idToObject[name] = None

    def _number(self, reference: Any) -> int:
        return int(self._document.idToObjectNumberAndVersion[reference.name][0])


def _document(version: tuple[int, int]) -> Any:
    """Return a ReportLab document without its own font dictionary, which would stay empty and unused."""
    document: Any = pdfdoc.PDFDocument(invariant=1, pdfVersion=version)
    for table in (document.idToObject, document.idToObjectNumberAndVersion, document.numberToId):
        table.clear()
    document.objectcounter = 0
    return document
