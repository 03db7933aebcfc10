"""Pictures as scanners, telephones and drawing programs write them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from notegen.errors import UnreadableFile
from notegen.hand.capture.page import _shrunk
from notegen.hand.capture.pictures import load, resolution

PIXELS = np.zeros((20, 30, 3), np.uint8) + np.array([250, 120, 10], np.uint8)


def saved(path: Path, image: Image.Image, **more: object) -> Path:
    """Save a picture and return its path."""
    image.save(path, **more)
    return path


@pytest.mark.parametrize("suffix", ["png", "jpg", "tif", "webp", "bmp"])
def test_pictures_come_as_rgb(tmp_path: Path, suffix: str) -> None:
    (one,) = load(saved(tmp_path / f"a.{suffix}", Image.fromarray(PIXELS)))
    assert one.picture.shape == (20, 30, 3)
    assert np.abs(one.picture.astype(int) - PIXELS).max() < 8


@pytest.mark.parametrize("suffix", ["png", "jpg", "tif"])
@pytest.mark.parametrize(("dpi", "wanted"), [(300, 300.0), (600, 600.0), (72, None)])
def test_a_scanners_resolution_is_known_and_a_made_up_one_is_not(
    tmp_path: Path, suffix: str, dpi: int, wanted: float | None
) -> None:
    (one,) = load(saved(tmp_path / f"a.{suffix}", Image.fromarray(PIXELS), dpi=(dpi, dpi)))
    assert one.dpi == (None if wanted is None else pytest.approx(wanted, rel=0.001))


def test_exif_tells_the_resolution_and_how_the_camera_was_held(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[274], exif[282], exif[296] = 6, 400.0, 2
    (one,) = load(saved(tmp_path / "a.jpg", Image.fromarray(PIXELS), exif=exif))
    assert one.picture.shape == (30, 20, 3)


def test_what_is_transparent_is_paper(tmp_path: Path) -> None:
    clear = np.zeros((8, 8, 4), np.uint8)
    (one,) = load(saved(tmp_path / "a.png", Image.fromarray(clear)))
    assert (one.picture == 255).all()


def test_grey_pictures_of_sixteen_bits(tmp_path: Path) -> None:
    grey = np.full((8, 8), 65535, np.uint16)
    (one,) = load(saved(tmp_path / "a.png", Image.fromarray(grey)))
    assert one.picture.shape == (8, 8, 3) and (one.picture == 255).all()


def test_the_pages_of_a_tiff(tmp_path: Path) -> None:
    pages = [Image.fromarray(PIXELS + number) for number in np.arange(3, dtype=np.uint8)]
    found = load(saved(tmp_path / "a.tif", pages[0], save_all=True, append_images=pages[1:]))
    assert [one.source for one in found] == [f"{tmp_path / 'a.tif'}, page {number}" for number in (1, 2, 3)]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"hello", "no picture"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (b"\x89PNG\r\n\x1a\n broken", "no picture"),
    ],
)
def test_what_is_no_picture_is_named(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=said):
        load(path)


def test_missing_files_and_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no file"):
        load(tmp_path / "none.png")
    with pytest.raises(UnreadableFile, match="folder"):
        load(tmp_path)


@given(
    st.binary(max_size=80),
    st.sampled_from(
        [b"", b"II*\0", b"MM\0*", b"\xff\xd8", b"\xff\xd8\xff\xe1\0\x40Exif\0\0II*\0", b"\x89PNG\r\n\x1a\n"]
    ),
)
def test_broken_headers_never_end_in_a_traceback(rest: bytes, head: bytes) -> None:
    found = resolution(head + rest)
    assert found is None or 100 <= found <= 4800


def test_a_strip_a_thousand_times_as_long_as_high_keeps_a_row() -> None:
    strip = np.full((2, 60_000), 200, np.uint8)
    assert _shrunk(strip).shape[0] == 1
