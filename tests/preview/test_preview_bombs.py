"""Pages of PDFs that others made are drawn within bounds, or it is said why not."""

from __future__ import annotations

import zlib
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from bounds import swollen, within_bounds
from conftest import Run
from pikepdf import Array, Dictionary, Name, Stream

from notegen.preview.grey import grey_pages


def paged(path: Path, content: bytes, side: float = 200, *, deep: int = 0) -> Path:
    """Write a PDF of one page whose content is packed; it may draw forms that draw each other."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(200, 200))
    made.pages[0].MediaBox = Array([0, 0, side, side])
    inner = Dictionary()
    for number in range(deep):
        inside = Dictionary(XObject=Dictionary(F=inner)) if number else Dictionary()
        form = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 200, 150]), "Resources": inside}
        inner = made.make_stream(b"/F Do " * 12 if number else b"0 0 5 5 re f", **form)
    stream = Stream(made, b"")
    stream.write(content, filter=Name.FlateDecode)
    made.pages[0].Contents = made.make_indirect(stream)
    made.pages[0].Resources = Dictionary(XObject=Dictionary(F=inner)) if deep else Dictionary()
    made.save(path, compress_streams=False)
    return path


BOMBS = {
    "forms in each other": (zlib.compress(b"/F Do"), 200, 12, "draws more than 500,000 steps"),
    "many squares": (swollen(b"0 0 1 1 re f\n" * 80_000, 60), 200, 0, "unpacks to more than any card needs"),
    "a page as large as a field": (zlib.compress(b"0 0 1 1 re f"), 14_000, 0, "larger than any sheet of paper"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_within_bounds(name: str, tmp_path: Path) -> None:
    content, side, deep, words = BOMBS[name]
    path = paged(tmp_path / "scan.pdf", content, side, deep=deep)
    assert words in within_bounds(lambda: str(len(list(grey_pages(path)))))


@pytest.mark.parametrize("name", BOMBS)
def test_a_scan_that_is_a_bomb_is_not_captured(name: str, notegen: Run, shop: Path) -> None:
    content, side, deep, words = BOMBS[name]
    path = paged(shop / "scan.pdf", content, side, deep=deep)
    ran = notegen("hand", "capture", path, "--name", "mine", "--shop", shop)
    assert ran.status == 2 and words in ran.err


def test_a_page_that_is_damaged_is_said(notegen: Run, shop: Path) -> None:
    path = paged(shop / "scan.pdf", zlib.compress(b"0 0 1 1 re f"))
    stream = BytesIO()
    with pikepdf.open(path) as pdf:
        pdf.pages[0].obj.Type = Name.Nonsense
        del pdf.pages[0].obj.MediaBox
        pdf.Root.Pages.Kids = Array([Dictionary(), Array([])])
        pdf.save(stream)
    path.write_bytes(stream.getvalue())
    assert notegen("hand", "capture", path, "--name", "mine", "--shop", shop).status == 2
