"""Pages in grey, from what scanners, cameras and the press make."""

from __future__ import annotations

from pathlib import Path

import cards
import numpy as np
import pytest
from PIL import Image

from notegen.errors import NotegenError, UnreadableFile
from notegen.press import write_pdf
from notegen.preview import grey_pages


def grey_picture(size: tuple[int, int] = (600, 300)) -> Image.Image:
    """Return white paper with a black square in its upper left quarter."""
    paper = Image.new("L", size, 255)
    paper.paste(0, (size[0] // 6, size[1] // 6, size[0] // 3, size[1] // 3))
    return paper


@pytest.mark.parametrize("ending", ["png", "jpg", "tif"])
def test_a_picture_at_300_dpi_is_as_it_is(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"scan.{ending}"
    grey_picture().save(path, dpi=(300, 300))
    (page,) = grey_pages(path)
    assert page.scan and page.dpi == pytest.approx(300, abs=0.1)
    assert page.pixels.shape == (300, 600) and page.pixels.dtype == np.uint8
    assert page.pixels[75, 150] < 20 < 230 < page.pixels[200, 400]


@pytest.mark.parametrize(("dpi", "size"), [(600, (300, 150)), (150, (1200, 600))])
def test_other_resolutions_become_300(tmp_path: Path, dpi: int, size: tuple[int, int]) -> None:
    path = tmp_path / "scan.png"
    grey_picture().save(path, dpi=(dpi, dpi))
    (page,) = grey_pages(path)
    assert page.dpi == 300
    assert page.pixels.shape == size[::-1]


def test_all_pages_of_a_tiff_and_of_a_pdf(tmp_path: Path) -> None:
    scans, pdf = tmp_path / "scans.tif", tmp_path / "cards.pdf"
    grey_picture().save(scans, save_all=True, append_images=[grey_picture((300, 300))], dpi=(300, 300))
    assert [page.pixels.shape for page in grey_pages(scans)] == [(300, 600), (300, 300)]
    write_pdf([cards.card("one"), cards.card("two")], pdf, title="t", language="en")
    printed = list(grey_pages(pdf))
    assert [(page.dpi, page.scan) for page in printed] == [(300, False)] * 2
    assert printed[0].pixels.shape == pytest.approx((1275, 1875), abs=1)
    assert printed[0].pixels.min() < 128


def test_paper_shows_through_where_a_picture_is_transparent(tmp_path: Path) -> None:
    path = tmp_path / "scan.png"
    clear = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    clear.paste((0, 0, 90, 255), (20, 20, 60, 60))
    clear.save(path, dpi=(300, 300))
    (page,) = grey_pages(path)
    assert page.pixels[150, 150] == 255 and page.pixels[40, 40] < 20


def test_sixteen_bits_are_read(tmp_path: Path) -> None:
    path = tmp_path / "deep.png"
    Image.fromarray(np.full((200, 200), 0xC000, np.uint16)).save(path, dpi=(300, 300))
    (page,) = grey_pages(path)
    assert page.pixels[0, 0] == 0xC0


def test_a_photo_is_turned_as_it_was_held(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    grey_picture().save(path, dpi=(300, 300), exif=exif)
    (page,) = grey_pages(path)
    assert page.pixels.shape == (600, 300)


def test_a_resolution_is_asked_for_when_a_picture_does_not_say(tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    grey_picture().save(path)
    with pytest.raises(NotegenError, match="does not say at how many dots"):
        list(grey_pages(path))
    assert next(iter(grey_pages(path, dpi=300))).dpi == 300
    grey_picture().save(path, dpi=(72, 72))
    with pytest.raises(NotegenError, match="does not say at how many dots"):
        list(grey_pages(path))


def test_what_is_too_coarse_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "thumb.png"
    grey_picture().save(path, dpi=(110, 110))
    with pytest.raises(NotegenError, match="too coarse"):
        list(grey_pages(path))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("none.png", None, "there is no file"),
        ("text.png", b"these are words", "no picture or PDF"),
        ("empty.pdf", b"", "no picture or PDF"),
        ("broken.pdf", b"%PDF-1.7\nnothing more", "not a PDF that can be read"),
        ("broken.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "no picture or PDF|cannot be read"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, data: bytes | None, said: str) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=said):
        list(grey_pages(path))


def test_a_picture_cut_short_and_a_folder_are_said(tmp_path: Path) -> None:
    path = tmp_path / "short.png"
    Image.effect_noise((400, 400), 90).save(path, dpi=(300, 300))
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(UnreadableFile, match="cannot be read"):
        list(grey_pages(path))
    with pytest.raises(UnreadableFile, match="cannot be read"):
        list(grey_pages(tmp_path))


def test_a_picture_far_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "huge.png"
    grey_picture().save(path, dpi=(300, 300))
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    with pytest.raises(UnreadableFile, match="too large"):
        list(grey_pages(path))
