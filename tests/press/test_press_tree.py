"""Trees of pages have every page once, in order, and no long list of children."""

from __future__ import annotations

import itertools
import re

import pytest

from notegen.press.tree import KIDS, Tree


@pytest.mark.parametrize("count", [0, 1, 2, KIDS - 1, KIDS, KIDS + 1, KIDS**2 - 1, KIDS**2, KIDS**2 + 1, 10_000])
def test_a_tree_has_each_page_once_in_order(count: int) -> None:
    """Counts, parents and children agree, and nodes are written as soon as they are full."""
    numbers, written = itertools.count(1), {}
    tree = Tree(lambda: next(numbers), written.__setitem__)
    parents = {}
    for _ in range(count):
        page, parent = next(numbers), tree.parent()
        parents[page] = parent
        tree.add(page)
        assert len(parents) - KIDS * len(written) <= KIDS
    root = tree.finish()

    def pages(number: int, above: int | None) -> list[int]:
        if number in parents:
            assert parents[number] == above
            return [number]
        said = written.pop(number)
        found = re.search(rb"/Parent (\d+) 0 R", said)
        assert (int(found[1]) if found else None) == above
        kids = [int(kid) for kid in re.findall(rb"(\d+) 0 R", said.partition(b"/Kids")[2])]
        assert len(kids) <= KIDS
        assert above is None or kids
        below = [page for kid in kids for page in pages(kid, number)]
        assert b"/Count %d " % len(below) in said
        return below

    assert pages(root, None) == list(parents)
    assert written == {}
