"""Pictures of pixels in a file: once, in the press's colours, without losing anything."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
import pytest
from artfiles import DESKTOP, GRACOL, PRESS, SCREEN, alone, art, colours_of, form, packed, printed, ramp, saved, svg
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pikepdf import Name
from PIL import Image, ImageCms

from notegen.errors import NotegenError
from notegen.model.page import Page, PlacedArt, moved
from notegen.model.purpose import Condition
from notegen.model.stock import Box
from notegen.press import write_pages
from notegen.press.art import pixels
from notegen.press.art.colour import Press, mode_of
from notegen.press.art.embedding import rows
from notegen.press.conditions import conditions
from notegen.preview import page_image

COLOURS = {one.name: Press(one) for one in conditions()}
BLACK_POINT = ImageCms.Flags.BLACKPOINTCOMPENSATION
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def lightness(condition: Condition, inks: Image.Image) -> np.ndarray:
    """Return how light inks are on paper, 0 to 100."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    seen = ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(str(condition.profile)), lab, "CMYK", "LAB", 1, flags=BLACK_POINT
    )
    made = ImageCms.applyTransform(inks, seen)
    return np.asarray(made)[..., 0] / 2.55


def test_a_picture_is_put_in_once_however_many_pages_show_it(tmp_path: Path) -> None:
    seen = art(saved(tmp_path / "a.png", ramp()))
    other = art(svg(tmp_path / "b.svg", '<rect width="9" height="9" fill="red"/>'))
    pages = [
        Page((60, 40), (PlacedArt(seen, moved(n, 1)), PlacedArt(other, moved(2, n)), PlacedArt(seen)))
        for n in range(1, 40)
    ]
    write_pages(pages, tmp_path / "many.pdf", PRESS)
    write_pages(pages[:1], tmp_path / "one.pdf", PRESS)
    with pikepdf.open(tmp_path / "many.pdf") as made:
        shown = {one.objgen for page in made.pages for one in page.Resources.XObject.values()}
        assert len(shown) == 2
        assert sum(isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image" for one in made.objects) == 1
    grown = (tmp_path / "many.pdf").stat().st_size - (tmp_path / "one.pdf").stat().st_size
    assert grown / 38 < 700


def test_two_pages_of_one_pdf_are_two_pictures(tmp_path: Path) -> None:
    two = pikepdf.new()
    for content in (b"1 0 0 rg 0 0 72 72 re f", b"0 0 1 rg 0 0 72 72 re f"):
        two.add_blank_page(page_size=(72, 72))
        two.pages[-1].Contents = two.make_stream(content)
    two.save(tmp_path / "two.pdf")
    first, second = (art(tmp_path / "two.pdf", page) for page in (0, 1))
    out = printed(
        tmp_path / "a.pdf", PlacedArt(first), PlacedArt(second, moved(25.4, 0)), size=(50.8, 25.4), setup=SCREEN
    )
    shown = page_image(out, 0, dpi=20)
    assert (shown.getpixel((5, 10)), shown.getpixel((30, 10))) == ((255, 0, 0), (0, 0, 255))


def test_a_picture_stands_where_it_is_put_and_is_clipped(tmp_path: Path) -> None:
    solid = Image.new("RGB", (120, 60), (255, 0, 0))
    seen = art(saved(tmp_path / "a.png", solid))
    placed = PlacedArt(seen, (2.0, 0.0, 0.0, 2.0, 10.0, 5.0), Box(12, 5, 100, 6))
    out = printed(tmp_path / "a.pdf", placed, size=(50, 30), setup=SCREEN)
    red = np.asarray(page_image(out, 0, dpi=254))[..., 1] < 128
    ys, xs = np.nonzero(red)
    assert (xs.min(), xs.max() + 1) == pytest.approx((120, 100 + 2 * 120 / 300 * 254), abs=2)
    assert (300 - ys.max() - 1, 300 - ys.min()) == pytest.approx((50, 110), abs=2)


@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_pixels_become_the_inks_that_lcms_makes_of_them(tmp_path: Path, kind: str) -> None:
    file = saved(tmp_path / f"a.{kind}", ramp(), **({"quality": 98, "subsampling": 0} if kind == "jpg" else {}))
    found = form(alone(file, tmp_path / "a.pdf"))
    assert found.ColorSpace == Name.DeviceCMYK
    profile = ImageCms.ImageCmsProfile(str(GRACOL.profile))
    how = ImageCms.buildTransform(SRGB, profile, "RGB", "CMYK", 1, flags=BLACK_POINT)
    wanted = np.asarray(ImageCms.applyTransform(Image.open(file).convert("RGB"), how)).astype(int)
    assert found.Filter == (Name.DCTDecode if kind == "jpg" else Name.FlateDecode)
    if kind == "png":
        given_back = np.frombuffer(found.read_bytes(), np.uint8).reshape(40, 60, 4).astype(int)
        assert (given_back == wanted).all()
    else:
        assert [float(one) for one in found.Decode] == [1, 0] * 4
        given_back = np.asarray(pikepdf.PdfImage(found).as_pil_image().convert("CMYK")).astype(int)
        assert np.abs(given_back - wanted).mean() < 3 or np.abs(255 - given_back - wanted).mean() < 3


def test_a_profile_in_the_picture_is_its_own(tmp_path: Path) -> None:
    # The red and the blue of this profile are exchanged.
    profile = bytearray(SRGB.tobytes())
    profile = bytes(profile.replace(b"rXYZ", b"tmpZ").replace(b"bXYZ", b"rXYZ").replace(b"tmpZ", b"bXYZ"))
    assert mode_of(profile) == "RGB"
    plain = saved(tmp_path / "a.png", Image.new("RGB", (9, 9), (0, 0, 255)))
    other = saved(tmp_path / "b.png", Image.new("RGB", (9, 9), (255, 0, 0)), icc_profile=profile)
    first, second = (form(alone(file, file.with_suffix(".pdf"))).read_bytes() for file in (plain, other))
    assert np.abs(np.frombuffer(first, np.uint8).astype(int) - np.frombuffer(second, np.uint8)).max() <= 2


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparency_is_kept_as_a_soft_mask(tmp_path: Path, mode: str) -> None:
    image = ramp().convert("L" if mode == "LA" else "RGB")
    alpha = Image.fromarray(np.tile(np.arange(60, dtype=np.uint8) * 4, (40, 1)))
    if mode == "P":
        image = ramp().convert("P")
        file = saved(tmp_path / "a.png", image, transparency=int(np.asarray(image)[0, 0]))
        wanted = np.where(np.asarray(image) == np.asarray(image)[0, 0], 0, 255)
    else:
        image.putalpha(alpha)
        file = saved(tmp_path / "a.png", image)
        wanted = np.asarray(alpha)
    found = form(alone(file, tmp_path / "a.pdf"))
    mask = np.frombuffer(found.SMask.read_bytes(), np.uint8).reshape(40, 60)
    assert (mask == wanted).all()


def test_what_is_opaque_has_no_mask(tmp_path: Path) -> None:
    found = form(alone(saved(tmp_path / "a.png", ramp().convert("RGBA")), tmp_path / "a.pdf"))
    assert "/SMask" not in found


@pytest.mark.parametrize("mode", ["1", "L", "I;16"])
def test_grey_pictures_are_on_the_black_plate_alone(tmp_path: Path, mode: str) -> None:
    grey = np.tile(np.linspace(0, 255, 60).astype(np.uint8), (40, 1))
    image = {
        "1": lambda: Image.fromarray(grey).convert("1"),
        "L": lambda: Image.fromarray(grey),
        "I;16": lambda: Image.fromarray(grey.astype(np.uint16) * 257),
    }[mode]()
    found = form(alone(saved(tmp_path / "a.png", image), tmp_path / "a.pdf"))
    assert found.ColorSpace == Name.DeviceGray
    given_back = np.frombuffer(found.read_bytes(), np.uint8).reshape(40, 60)
    assert (given_back.min(), given_back.max()) == (0, 255)
    if mode != "1":
        assert (np.diff(given_back[0].astype(int)) >= 0).all()


@pytest.mark.parametrize("name", sorted(COLOURS))
def test_a_tone_of_black_is_as_light_as_its_grey(name: str) -> None:
    condition = conditions().get(name)
    values = np.arange(0, 256, 5, dtype=np.uint8)
    tones = np.array([COLOURS[name].rgb((v / 255,) * 3) for v in values])
    assert (tones[:, :3] == 0).all()
    inks = Image.fromarray(np.round(tones * 255).astype(np.uint8)[None], "CMYK")
    printed_light = lightness(condition, inks)[0]
    linear = np.where(values / 255 <= 0.04045, values / 255 / 12.92, ((values / 255 + 0.055) / 1.055) ** 2.4)
    wanted = np.where(linear > 216 / 24389, 116 * np.cbrt(linear) - 16, linear * 24389 / 27)
    paper, black = printed_light[-1], printed_light[0]
    assert black + wanted / 100 * (paper - black) == pytest.approx(printed_light, abs=0.7)


@pytest.mark.parametrize("name", sorted(COLOURS))
def test_no_colour_has_more_ink_than_the_paper_bears(name: str) -> None:
    side = np.arange(0, 256, 17, dtype=np.uint8)
    every = np.stack(np.meshgrid(side, side, side), axis=-1).reshape(64, 64, 3)
    inks = np.asarray(COLOURS[name].image(Image.fromarray(every))).astype(int)
    assert inks.sum(axis=2).max() / 2.55 <= conditions().get(name).tac


@given(st.tuples(*[st.integers(0, 255)] * 3))
@hypothesis_settings(max_examples=30)
def test_a_tighter_limit_takes_colour_and_no_black(colour: tuple[int, int, int]) -> None:
    usual = conditions().get("gracol")
    tight = Press(Condition("tight", "t", "T", usual.profile, 180.0))
    held = tight.rgb(tuple(part / 255 for part in colour), plain=False)
    free = COLOURS["gracol"].rgb(tuple(part / 255 for part in colour), plain=False)
    assert sum(held) <= 1.8 + 1e-3
    assert held[3] == free[3]
    pixels = np.asarray(tight.image(Image.new("RGB", (2, 2), colour)))
    assert pixels.astype(int).sum(axis=2).max() <= 1.8 * 255


def test_a_jpeg_in_cmyk_goes_in_as_it_is(tmp_path: Path) -> None:
    file = saved(tmp_path / "a.jpg", ramp().convert("CMYK"), quality=90)
    found = form(alone(file, tmp_path / "a.pdf"))
    assert found.read_raw_bytes() == file.read_bytes()
    shown = np.asarray(page_image(tmp_path / "a.pdf", 0, dpi=300)).astype(int)[-40:]
    assert np.abs(shown - np.asarray(ramp())).mean() < 40


def test_a_photo_is_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    image = ramp()
    lying = saved(tmp_path / "a.jpg", image, exif=exif.tobytes(), quality=98, subsampling=0)
    seen = art(lying)
    out = printed(tmp_path / "a.pdf", PlacedArt(seen), size=seen.size, setup=SCREEN)
    shown = np.asarray(page_image(out, 0, dpi=300)).astype(int)[-60:, :40]
    wanted = np.asarray(image.rotate(-90, expand=True)).astype(int)
    assert shown.shape == wanted.shape
    assert np.abs(shown - wanted).mean() < 6


def test_pictures_for_a_screen_stay_rgb(tmp_path: Path) -> None:
    found = form(alone(saved(tmp_path / "a.png", ramp()), tmp_path / "a.pdf", SCREEN))
    assert found.ColorSpace == Name.DeviceRGB
    assert (np.frombuffer(found.read_bytes(), np.uint8).reshape(40, 60, 3) == np.asarray(ramp())).all()


@given(
    st.integers(1, 9), st.sampled_from([1, 2, 9, 129, 257]), st.sampled_from(["L", "RGB", "CMYK"]), st.integers(0, 1000)
)
def test_rows_come_back_as_they_were(width: int, height: int, mode: str, seed: int) -> None:
    bands = {"L": 1, "RGB": 3, "CMYK": 4}[mode]
    data = np.random.RandomState(seed).randint(0, 256, (height, width, bands)).astype(np.uint8)
    image = Image.fromarray(data[..., 0] if bands == 1 else data, mode)
    filtered = np.frombuffer(rows(image), np.uint8).reshape(height, 1 + width * bands)
    before = np.zeros(width * bands, np.uint8)
    for kind, row, wanted in zip(filtered[:, 0], filtered[:, 1:], data.reshape(height, -1), strict=True):
        if kind == 1:
            back = np.cumsum(row.reshape(width, bands), axis=0, dtype=np.uint8).ravel()
        else:
            back = row + before if kind == 2 else row
        assert (back == wanted).all()
        before = back


def test_a_picture_that_changed_since_it_was_looked_at_is_not_printed(tmp_path: Path) -> None:
    file = saved(tmp_path / "a.png", ramp())
    seen = art(file)
    file.write_bytes(packed(ramp().rotate(180)))
    with pytest.raises(NotegenError, match="was changed"):
        printed(tmp_path / "a.pdf", PlacedArt(seen), size=seen.size)
    assert not (tmp_path / "a.pdf").exists()


def test_inks_are_light_on_a_screen_and_stay_inks_on_paper(tmp_path: Path) -> None:
    drawn = svg(tmp_path / "a.svg", '<rect width="9" height="9" fill="device-cmyk(0 1 1 0)"/>')
    photo = saved(tmp_path / "a.jpg", Image.new("CMYK", (9, 9), (0, 255, 255, 0)), quality=95)
    for setup, parts in ((SCREEN, 3), (DESKTOP, 4), (PRESS, 4)):
        (colour,) = colours_of(form(alone(drawn, tmp_path / "a.pdf", setup)))
        assert len(colour) == parts
        assert parts == 4 or colour == pytest.approx((0.9, 0.07, 0.11), abs=0.06)
        space = form(alone(photo, tmp_path / "b.pdf", setup)).ColorSpace
        assert space == (Name.DeviceRGB if parts == 3 else Name.DeviceCMYK)


def test_a_grey_of_sixteen_bits_that_is_clear_stays_clear(tmp_path: Path) -> None:
    values = np.full((20, 30), 30_000, np.uint16)
    values[:, :10] = 1234
    Image.fromarray(values).save(tmp_path / "a.png", dpi=(300, 300), transparency=1234)
    alpha = pixels.read((tmp_path / "a.png").read_bytes()).alpha
    assert alpha is not None
    assert (np.asarray(alpha) == np.where(values == 1234, 0, 255)).all()
