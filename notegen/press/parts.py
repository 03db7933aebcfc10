"""The parts of a file of records, as PDF/VT-1 has them: a tree that says which pages are one customer's.

A server that knows PDF/VT can then print, staple or reprint record by record. Nothing that checks PDF/VT could be had
to check this, so it is written only when it is asked for.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

from reportlab.pdfbase import pdfdoc

if TYPE_CHECKING:
    from notegen.press.container import Container


class Parts:
    """The tree of one file: a root, one node for all of it, and a leaf for every `record` pages."""

    def __init__(self, container: Container, record: int) -> None:
        self._container, self._record = container, record
        self._pages: list[Any] = []
        self._leaves = array("L")
        self._leaf: Any = None
        if record:
            self._trunk = pdfdoc.PDFDictionary({"Type": "/DPart"})
            self._node = container.reserve(self._trunk)

    def before(self) -> bytes:
        """Return the entry of the next page's dictionary that names its part."""
        if not self._record:
            return b""
        if self._leaf is None:
            self._leaf = self._container.reserve(pdfdoc.PDFDictionary({"Type": "/DPart", "Parent": self._node}))
        return b" /DPart %d 0 R" % self._container.number_of(self._leaf)

    def after(self, page: Any) -> None:
        """Take note of a page that was written; with its last one a record is written."""
        if self._record:
            self._pages.append(page)
            if len(self._pages) == self._record:
                self._close()

    def _close(self) -> None:
        leaf = self._container.thing(self._leaf)
        leaf.dict["Start"] = self._pages[0]
        if len(self._pages) > 1:
            leaf.dict["End"] = self._pages[-1]
        self._container.write(self._leaf)
        self._leaves.append(self._container.number_of(self._leaf))
        self._leaf, self._pages = None, []

    def catalog(self) -> dict[str, Any]:
        """Write what is left of the tree and return the catalogue's entry; a last record may have fewer pages."""
        if not self._record:
            return {}
        if self._pages:
            self._close()
        root = {
            "Type": "/DPartRoot",
            "DPartRootNode": self._node,
            "NodeNameList": "[/File /Record]",
            "RecordLevel": 1,
        }
        reference = self._container.reserve(pdfdoc.PDFDictionary(root))
        self._trunk.dict |= {"Parent": reference, "DParts": f"[[{' '.join(f'{leaf} 0 R' for leaf in self._leaves)}]]"}
        self._container.write(self._node)
        self._container.write(reference)
        return {"DPartRoot": reference}
