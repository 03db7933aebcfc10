"""Artwork that ends at the trim is a fault; a detail that ends there on top of artwork that bleeds is none."""

from __future__ import annotations

import pytest
from faults import pressed

from notegen.model.page import Area, Page, Paint
from notegen.model.stock import Box
from notegen.preflight import check

GROUND = Area((Box(-3, -3, 106, 76),), Paint((0.1, 0.1, 0, 0)))
DETAIL = Area((Box(60, 20, 40.8, 30),), Paint((0, 0.5, 0.5, 0)))
"""It ends 0.8 mm beyond the right edge."""


@pytest.mark.parametrize(
    ("areas", "codes"),
    [
        ((GROUND, DETAIL), set()),
        ((DETAIL,), {"P152"}),
        ((Area((Box(-3, -3, 106, 13),), Paint((0.1, 0, 0, 0))), DETAIL), {"P152"}),  # the ground is below it
        ((Area((Box(-3, 15, 106, 40),), Paint((0.1, 0, 0, 0))), DETAIL), set()),
        ((Area((Box(100.5, 15, 2.5, 40),), Paint((0.1, 0, 0, 0))), DETAIL), {"P152"}),  # and beside it, outside
    ],
)
def test_only_what_leaves_a_white_edge_is_said(areas: tuple[Area, ...], codes: set[str]) -> None:
    found = check(pressed([Page((100, 70), areas, bleed=3, margin=10)]))
    assert {one.code for one in found.errors} == codes
