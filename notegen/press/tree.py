"""The tree of a PDF's pages: balanced, and written while it grows, so that only its open nodes are kept."""

from __future__ import annotations

from collections.abc import Callable

KIDS = 64
"""Children of a node: a reader that looks for one page of 100,000 reads three nodes, and none is long."""


class _Node:
    """A node that is not written yet: its object number, its children's, and how many pages hang below it."""

    __slots__ = ("kids", "number", "pages")

    def __init__(self, number: int) -> None:
        self.number, self.pages = number, 0
        self.kids: list[int] = []

    def add(self, kid: int, pages: int) -> None:
        """Hang a page or a node on this one."""
        self.kids.append(kid)
        self.pages += pages

    def written(self, parent: int | None) -> bytes:
        """Return the node as it is written; the root has no parent."""
        kids = " ".join(f"{kid} 0 R" for kid in self.kids)
        above = "" if parent is None else f" /Parent {parent} 0 R"
        return f"<< /Type /Pages{above} /Count {self.pages} /Kids [{kids}] >>\n".encode("ascii")


class Tree:
    """The tree of one file; `number` gives out object numbers, `emit` writes an object that has one."""

    def __init__(self, number: Callable[[], int], emit: Callable[[int, bytes], None]) -> None:
        self._number, self._emit = number, emit
        self._open: list[_Node] = []

    def parent(self) -> int:
        """Return the number of the node that the next page hangs on."""
        return self._free(0).number

    def add(self, page: int) -> None:
        """Hang a page on the node that `parent` named."""
        self._open[0].add(page, 1)

    def finish(self) -> int:
        """Write the nodes that are left and return the number of the root."""
        if not self._open:
            self._free(0)
        level = 0
        while level + 1 < len(self._open):
            self._close(level)
            level += 1
        root = self._open[level]
        self._emit(root.number, root.written(None))
        return root.number

    def _free(self, level: int) -> _Node:
        """Return the open node of a level that takes one more child."""
        if level == len(self._open):
            self._open.append(_Node(self._number()))
        if len(self._open[level].kids) == KIDS:
            self._close(level)
            self._open[level] = _Node(self._number())
        return self._open[level]

    def _close(self, level: int) -> None:
        """Write a node and hang it on the one above."""
        node, above = self._open[level], self._free(level + 1)
        above.add(node.number, node.pages)
        self._emit(node.number, node.written(above.number))
