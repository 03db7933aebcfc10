"""Groups of items: moved, turned, scaled and clipped together, by what the raster shows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pages import card, pdf_greys

from notegen.model.page import Area, Group, Item, Line, Page, PlacedCard, Transform, flattened, moved, placed, turned
from notegen.model.purpose import Setup
from notegen.model.stock import Box
from notegen.press import write_pages

DPI = 254.0
"""Ten pixels to the millimetre."""
SQUARE = Area((Box(0, 0, 10, 5),))


def drawn(folder: Path, *items: Item) -> NDArray[np.bool_]:
    """Return where a page of 60 x 40 mm has ink: rows from the bottom, ten to the mm."""
    path = folder / "page.pdf"
    write_pages([Page((60, 40), items)], path, Setup("groups", "en"))
    (grey,) = pdf_greys(path.read_bytes(), DPI)
    return (grey < 128)[::-1]


def inked(picture: NDArray[np.bool_]) -> tuple[float, float, float, float]:
    """Return the box of the ink: left, bottom, right, top in mm."""
    rows, columns = np.nonzero(picture)
    return columns.min() / 10, rows.min() / 10, (columns.max() + 1) / 10, (rows.max() + 1) / 10


def close(found: tuple[float, ...], wanted: tuple[float, ...]) -> bool:
    return bool(np.allclose(found, wanted, atol=0.11))


def test_a_group_is_moved_turned_and_scaled(tmp_path: Path) -> None:
    assert close(inked(drawn(tmp_path, Group((SQUARE,), moved(20, 10)))), (20, 10, 30, 15))
    assert close(inked(drawn(tmp_path, Group((SQUARE,), turned(90, 10, 5)))), (0, 0, 5, 10))
    twice: Transform = (2, 0, 0, 2, 4, 2)
    assert close(inked(drawn(tmp_path, Group((SQUARE,), twice))), (4, 2, 24, 12))


def test_the_clip_of_a_group_is_on_its_page_and_ends_with_it(tmp_path: Path) -> None:
    clipped = Group((SQUARE,), moved(20, 10), clip=Box(22, 0, 3, 40))
    assert close(inked(drawn(tmp_path, clipped)), (22, 10, 25, 15))
    after = Line(50, 0, 50, 40, width=1)
    assert close(inked(drawn(tmp_path, clipped, after)), (22, 0, 50.5, 40))


def test_a_group_of_groups_is_placed_as_one(tmp_path: Path) -> None:
    inner = Group((SQUARE,), moved(5, 5), clip=Box(5, 5, 10, 3))
    turned_round = placed(Group((inner,), moved(1, 0), clip=Box(0, 0, 14, 40)), turned(180, 60, 40))
    assert close(inked(drawn(tmp_path, turned_round)), (46, 32, 54, 35))


def test_cards_in_groups_are_written_in_order(tmp_path: Path) -> None:
    first, second = card("Dear Ana,\n\nThank you.", seed=1), card("Dear Bo, and many thanks for the bicycle.", seed=2)
    items = (Group((PlacedCard(first),), moved(3, 3)), PlacedCard(second))
    assert [one.card.key for one in flattened(items) if isinstance(one, PlacedCard)] == [first.key, second.key]
    together, apart = tmp_path / "together.pdf", tmp_path / "apart.pdf"
    setup = Setup("cards", "en")
    write_pages([Page((160, 110), items)], together, setup)
    write_pages([Page((160, 110), (PlacedCard(first, moved(3, 3)), PlacedCard(second)))], apart, setup)
    one, other = (pdf_greys(path.read_bytes(), 150)[0] for path in (together, apart))
    assert np.abs(one.astype(int) - other).mean() < 0.2
    assert (one < 128).any()
