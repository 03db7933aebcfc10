"""The colours of a file: one plate for a note, one colour for a plate, ink that paper bears, true on screens."""

from __future__ import annotations

import dataclasses
from itertools import pairwise
from pathlib import Path

import cards
import numpy as np
import pikepdf
import pypdfium2
import pytest
from artfiles import art, pdf
from hypothesis import given
from hypothesis import strategies as st

from notegen.errors import NotegenError
from notegen.hand import pens
from notegen.model.hand import CMYK, Ink
from notegen.model.page import REGISTRATION, WHITE, Area, Item, Line, Page, Paint, PlacedArt, PlacedCard
from notegen.model.purpose import Plate, Purpose, Setup
from notegen.model.stock import Box
from notegen.preflight import check
from notegen.press import conditions, write_pages
from notegen.press.ink import one_plate, plate_name, stepped
from notegen.press.paints import srgb
from notegen.press.pdf import bare

PRESS = Setup("t", "en", purpose=Purpose.PRESS, condition=conditions().get("gracol"))
GREEN: CMYK = (0.88, 0.4, 0.8, 0.42)
PARTS = st.floats(0, 1)
INKS = st.builds(
    Ink, st.sampled_from(["", "royal-blue", "My Blue"]), st.tuples(PARTS, PARTS, PARTS, PARTS),
    st.sampled_from([None, "PANTONE 294 U"]), st.sampled_from([0.0, 0.05]),
)  # fmt: skip


def written(ink: Ink, name: str = "k") -> PlacedCard:
    return PlacedCard(dataclasses.replace(cards.card(name, in_hand=cards.hand(ink=ink))))


def press(folder: Path, *items: Item, setup: Setup = PRESS) -> Path:
    path = folder / "a.pdf"
    write_pages([Page(cards.STOCK.size, items, cards.STOCK.bleed, cards.STOCK.bleed)], path, setup)
    return path


def colours(path: Path) -> set[tuple[str, ...]]:
    """Return the colour operators of a file with their operands, in its pages and forms."""
    with pikepdf.open(path) as pdf:
        forms = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form"]
        return {
            (str(step.operator), *map(str, step.operands))
            for one in (*pdf.pages, *forms)
            for step in pikepdf.parse_content_stream(one)
            if str(step.operator) in ("k", "K", "rg", "RG", "g", "G", "scn", "SCN", "cs", "CS")
        }


def plates(path: Path) -> set[str]:
    with pikepdf.open(path) as pdf:
        return {str(one[1])[1:] for one in pdf.objects if isinstance(one, pikepdf.Array) and one[0] == "/Separation"}


# --- one plate


@given(INKS, st.sampled_from([Plate.SPOT, Plate.BLACK]))
def test_a_note_is_on_one_plate(ink: Ink, plate: Plate) -> None:
    """Whatever the ink: a spot, or one of the four."""
    printed = one_plate(ink, plate)
    assert printed.spot is not None or sum(part > 0 for part in printed.cmyk) <= 1
    assert printed.spot is None or plate is Plate.SPOT
    assert one_plate(printed, plate) == printed
    assert (printed.name, printed.shade) == (ink.name, ink.shade)
    if plate is Plate.SPOT:
        assert printed.cmyk == ink.cmyk


@given(INKS)
def test_process_leaves_an_ink_as_it_is(ink: Ink) -> None:
    assert one_plate(ink, Plate.PROCESS) == ink


def test_a_plate_is_called_as_the_hand_calls_it() -> None:
    """Or one job would have two plates for one ink."""
    for named in pens.inks():
        assert plate_name(named.ink) == named.spot == pens.spot_name(named.ink)
    assert plate_name(Ink("", GREEN)) == pens.spot_name(Ink("", GREEN)) == "Writing Ink"


@pytest.mark.parametrize(
    ("plate", "found", "shown"),
    [
        (Plate.SPOT, {"Green Ink"}, {("cs", "/I0"), ("scn", "1")}),
        (Plate.BLACK, set(), {("k", "0", "0", "0", "1")}),
        (Plate.PROCESS, set(), {("k", "0.88", "0.4", "0.8", "0.42")}),
    ],
)
def test_a_press_file_prints_the_note_as_it_was_asked(
    tmp_path: Path, plate: Plate, found: set[str], shown: set[tuple[str, ...]]
) -> None:
    path = press(tmp_path, written(Ink("green", GREEN)), setup=dataclasses.replace(PRESS, plate=plate))
    assert plates(path) == found
    assert colours(path) == shown


def test_one_black_plate_stays_that(tmp_path: Path) -> None:
    path = press(tmp_path, written(Ink("black", (0, 0, 0, 1))))
    assert (plates(path), colours(path)) == (set(), {("k", "0", "0", "0", "1")})


def test_a_desktop_file_has_the_ink_as_it_is(tmp_path: Path) -> None:
    path = press(tmp_path, written(Ink("green", GREEN)), setup=Setup("t", "en", plate=Plate.BLACK))
    assert colours(path) == {("k", "0.88", "0.4", "0.8", "0.42")}


# --- one colour for a plate


def test_inks_and_paints_share_a_plate(tmp_path: Path) -> None:
    ink, line = Ink("green", GREEN, "Shop Green"), Line(0, 0, 9, 9, paint=Paint(GREEN, "Shop Green"))
    path = press(tmp_path, written(ink), written(ink, "other"), line)
    assert plates(path) == {"Shop Green"}
    with pikepdf.open(path) as pdf:
        found = [one for one in pdf.objects if isinstance(one, pikepdf.Array) and one[0] == "/Separation"]
        assert len(found) == 1


OTHER: CMYK = (0.88, 0.4, 0.8, 0.43)


@pytest.mark.parametrize("purpose", [Purpose.PRESS, Purpose.DESKTOP])
@pytest.mark.parametrize(
    ("second", "said"),
    [
        (written(Ink("green", OTHER, "Shop Green"), "b"), "two inks are printed with one plate, 'Shop Green'"),
        (Line(0, 0, 9, 9, paint=Paint(OTHER, "Shop Green")), "88 / 40 / 80 / 42 %, and 88 / 40 / 80 / 43 %"),
        (written(Ink("green", GREEN, "shop green"), "b"), "'Shop Green' and 'shop green' would be two plates"),
    ],
)
def test_two_colours_for_one_plate_are_refused(tmp_path: Path, purpose: Purpose, second: Item, said: str) -> None:
    """One of them would be printed in the colour of the other."""
    setup = dataclasses.replace(PRESS, purpose=purpose)
    with pytest.raises(NotegenError, match=said):
        press(tmp_path, written(Ink("green", GREEN, "Shop Green")), second, setup=setup)
    assert list(tmp_path.iterdir()) == []


def imprint(path: Path, name: str, look: CMYK, *, rgb: bool = False) -> PlacedArt:
    """Return a picture that is printed with a plate of its own."""
    ends = ([1, 1, 1], [0.2, 0.4, 0.3]) if rgb else ([0, 0, 0, 0], look)
    tint = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=ends[0], C1=ends[1])
    behind = pikepdf.Name.DeviceRGB if rgb else pikepdf.Name.DeviceCMYK
    space = pikepdf.Array([pikepdf.Name.Separation, pikepdf.Name(f"/{name}"), behind, tint])
    resources = pikepdf.Dictionary(ColorSpace=pikepdf.Dictionary(S=space))
    return PlacedArt(art(pdf(path, b"/S cs .5 scn 0 0 20 20 re f", Resources=resources)))


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    ("name", "look", "rgb", "said"),
    [
        ("Shop Green", OTHER, False, "one plate, 'Shop Green'.*in .*mark.pdf"),
        ("Shop Green", OTHER, True, "one plate, 'Shop Green'"),
        ("SHOP Green", GREEN, False, "would be two plates"),
    ],
)
def test_a_picture_has_no_other_colour_for_a_plate_of_the_note(
    tmp_path: Path, first: bool, name: str, look: CMYK, rgb: bool, said: str
) -> None:
    picture = imprint(tmp_path / "mark.pdf", name, look, rgb=rgb)
    items = [picture, written(Ink("green", GREEN, "Shop Green"))]
    (tmp_path / "out").mkdir()
    with pytest.raises(NotegenError, match=said):
        press(tmp_path / "out", *(items if first else items[::-1]))
    assert list((tmp_path / "out").iterdir()) == []


def test_a_picture_and_the_note_share_a_plate(tmp_path: Path) -> None:
    picture = imprint(tmp_path / "mark.pdf", "Shop Green", GREEN)
    path = press(tmp_path, picture, written(Ink("green", GREEN, "Shop Green")))
    assert plates(path) == {"Shop Green"}
    assert "P147" not in {one.code for one in check(path).findings}


def test_two_pictures_agree_on_a_plate(tmp_path: Path) -> None:
    one, other = imprint(tmp_path / "a.pdf", "Shop Green", GREEN), imprint(tmp_path / "b.pdf", "Shop Green", OTHER)
    with pytest.raises(NotegenError, match=r"in .*a\.pdf, and .* in .*b\.pdf"):
        press(tmp_path, one, other)


def test_two_inks_without_a_name_are_not_mixed_up(tmp_path: Path) -> None:
    with pytest.raises(NotegenError, match="Writing Ink"):
        press(tmp_path, written(Ink("", GREEN)), written(Ink("", OTHER), "b"))


# --- no more ink than paper bears


def area(*cmyk: float, spot: str | None = None) -> Area:
    return Area((Box(0, 0, 9, 9),), Paint(cmyk, spot))  # type: ignore[arg-type]


@pytest.mark.parametrize("item", [area(1, 1, 1, 0.01), area(1, 1, 1, 0.01, spot="Rich"),
                                  written(Ink("rich", (1, 1, 1, 0.01))),
                                  Line(0, 0, 9, 9, paint=Paint((0.8, 0.8, 0.8, 0.7)))])  # fmt: skip
@pytest.mark.parametrize("plate", [Plate.SPOT, Plate.PROCESS])
def test_more_ink_than_the_paper_bears_is_refused(tmp_path: Path, item: Item, plate: Plate) -> None:
    """301 % on paper that bears 300: process colours, plates by what they are printed with elsewhere, inks of hands."""
    with pytest.raises(NotegenError, match=r"covers 3\d\d%, and GRACoL 2006, coated paper bears 300 %"):
        press(tmp_path, item, setup=dataclasses.replace(PRESS, plate=plate))
    assert list(tmp_path.iterdir()) == []


def test_as_much_as_the_paper_bears_is_taken(tmp_path: Path) -> None:
    uncoated = dataclasses.replace(PRESS, condition=conditions().get("fogra29"))
    press(tmp_path, area(0.7, 0.7, 0.7, 0.7), setup=uncoated)
    press(tmp_path, area(1, 1, 1, 0))
    with pytest.raises(NotegenError, match="280 %"):
        press(tmp_path, area(1, 1, 1, 0), setup=uncoated)


def test_registration_marks_are_no_mix_of_inks(tmp_path: Path) -> None:
    """They are on every plate, outside the trim, and a hairline broad."""
    assert plates(press(tmp_path, Line(0, 0, 9, 9, paint=REGISTRATION))) == {"All"}


def test_every_bundled_ink_is_borne_by_every_bundled_paper(tmp_path: Path) -> None:
    for condition in conditions():
        for number, named in enumerate(pens.inks()):
            press(tmp_path, written(named.ink, f"{number}"), setup=dataclasses.replace(PRESS, condition=condition))


def test_white_knocks_out_what_is_below(tmp_path: Path) -> None:
    """Seen on a raster: paper again."""
    path = press(tmp_path, area(0, 0, 0, 1), Area((Box(2, 2, 5, 5),), WHITE))
    document = pypdfium2.PdfDocument(path)
    picture = document[0].render(scale=10 * 25.4 / 72, grayscale=True).to_numpy().squeeze()[::-1]
    document.close()
    at = round((cards.STOCK.bleed + 1) * 10)
    assert picture[at, at] < 60
    assert picture[at + 35, at + 35] == 255


# --- true on screens


def test_a_screen_is_shown_the_trimmed_page_in_light(tmp_path: Path) -> None:
    """The page is the trim, colours are RGB and nothing else, and no printer is asked for anything."""
    shaded = dataclasses.replace(cards.card(in_hand=cards.hand(ink=Ink("green", GREEN, "G", shade=0.05))))
    shaded = dataclasses.replace(shaded, lightness=np.arange(len(shaded.outline)).astype(np.int8) % 5)
    line = Line(0, 0, 152.4, 0, 1.0, REGISTRATION)
    path = press(tmp_path, area(0.1, 0, 0, 0, spot="Tint"), PlacedCard(shaded), line,
                 setup=dataclasses.replace(PRESS, purpose=Purpose.SCREEN))  # fmt: skip
    assert {one[0] for one in colours(path)} == {"rg", "RG"}
    assert plates(path) == set()
    with pikepdf.open(path) as pdf:
        page = pdf.pages[0]
        assert [float(one) for one in page.MediaBox] == [float(one) for one in page.TrimBox] == [0, 0, 432, 288]
        assert dict(pdf.Root.ViewerPreferences) == {"/DisplayDocTitle": True}
        assert "/OutputIntents" not in pdf.Root
    document = pypdfium2.PdfDocument(path)
    assert document[0].get_textpage().get_text_range().split() == shaded.text.split()
    picture = document[0].render(scale=2).to_numpy()
    document.close()
    ground = picture[-20, 10, ::-1].astype(int)
    assert ground.tolist() == pytest.approx(srgb(conditions().get("gracol"), (0.1, 0, 0, 0)), abs=2)


def test_light_is_what_the_profile_says() -> None:
    """Against figures of LittleCMS by way of whole pictures: paper is white, ink is dark but never a lamp's black."""
    from PIL import Image, ImageCms

    gracol = conditions().get("gracol")
    mixes = [(0, 0, 0, 0), (1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1), GREEN, (0.97, 0.74, 0.4, 0.44)]
    picture = Image.new("CMYK", (len(mixes), 1))
    picture.putdata([tuple(round(part * 255) for part in mix) for mix in mixes])
    shown = ImageCms.profileToProfile(
        picture, str(gracol.profile), ImageCms.createProfile("sRGB"), ImageCms.Intent.RELATIVE_COLORIMETRIC, "RGB"
    )
    assert shown is not None
    assert [srgb(gracol, mix) for mix in mixes] == [shown.getpixel((at, 0)) for at in range(len(mixes))]
    assert srgb(gracol, (0, 0, 0, 0)) == (255, 255, 255)
    cyan, magenta, yellow = (srgb(gracol, mix) for mix in mixes[1:4])
    assert cyan[2] > cyan[1] > cyan[0] and magenta[0] > magenta[2] > magenta[1] and yellow[0] > yellow[1] > yellow[2]
    assert 10 < sum(srgb(gracol, (0, 0, 0, 1))) < 180


@given(INKS)
def test_steps_of_an_ink_grow_lighter(ink: Ink) -> None:
    steps = stepped(ink)
    assert steps[0] == ink.cmyk
    assert all(sum(lighter) <= sum(darker) for darker, lighter in pairwise(steps))


def test_a_card_looks_alike_in_all_three(tmp_path: Path) -> None:
    """Desktop and press are the same picture; the screen's has the same shapes in truer colour."""
    seen = []
    for purpose in Purpose:
        path = tmp_path / f"{purpose}.pdf"
        write_pages([bare(cards.card())], path, dataclasses.replace(PRESS, purpose=purpose))
        document = pypdfium2.PdfDocument(path)
        picture = document[0].render(scale=4, grayscale=True).to_numpy().squeeze()
        document.close()
        if purpose is not Purpose.SCREEN:
            edge = round(cards.STOCK.bleed / 25.4 * 72 * 4)
            picture = picture[edge:-edge, edge:-edge]
        seen.append(picture < 170)
    assert (seen[0] == seen[1]).all()
    assert (seen[0] == seen[2]).mean() > 0.995
