"""What a shop says of its pictures is read, and what is wrong is said at its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT
from PIL import Image

from notegen import pipeline, settings
from notegen.errors import UnreadableFile
from notegen.model.dress import Fit, Stand
from notegen.model.source import Source
from notegen.pipeline.dressing import dress_of
from notegen.settings.art import ArtSettings, Hanging

MARK = '<svg xmlns="http://www.w3.org/2000/svg" width="30mm" height="10mm"><path d="M1 1h20v20z"/></svg>'


def read(text: str) -> tuple[ArtSettings, list[tuple[str, str]]]:
    loaded = settings.load_source(Source("notegen.yaml", text), Path("root"))
    assert loaded.value is not None
    return loaded.value.art, [(one.code, one.span.text if one.span else "") for one in loaded.diagnostics]


def test_a_file_alone_is_fitted_as_usual_for_its_panel() -> None:
    made, found = read("art: {front: art/a.pdf, back: art/b.svg, inside-left: c.png, allow_low_resolution: yes}\n")
    assert found == []
    assert made.allow_low_resolution
    front, back, left = made.pictures
    assert (front.file, front.fit, front.stand) == (Path("root/art/a.pdf"), Fit.COVER, Stand.MIDDLE)
    assert (back.file, back.fit, back.stand) == (Path("root/art/b.svg"), Fit.ACTUAL, Stand.FOOT)
    assert (left.panel, left.fit, left.page) == ("inside-left", Fit.COVER, 0)
    assert front.span is not None and front.span.text == "art/a.pdf"


def test_a_record_says_more() -> None:
    made, found = read("art:\n  back: {file: a.pdf, page: 2, fit: contain, stand: middle}\n")
    assert found == []
    (back,) = made.pictures
    assert back == Hanging("back", Path("root/a.pdf"), 1, Fit.CONTAIN, Stand.MIDDLE, back.span)


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("art: a.pdf\n", "F011", "a.pdf"),
        ("art: {front: {fit: cover}}\n", "F012", None),
        ("art: {front: {file: a.pdf, fit: fill}}\n", "F018", "fill"),
        ("art: {front: {file: a.pdf, stand: top}}\n", "F018", "top"),
        ("art: {front: {file: a.pdf, page: 0}}\n", "F018", "0"),
        ("art: {front: {file: a.pdf, pages: 1}}\n", None, "pages"),
        ("art: {front: [a.pdf]}\n", "F011", None),
        ("art: {front: a.pdf, allow_low_resolution: perhaps}\n", None, "perhaps"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(text: str, code: str | None, where: str | None) -> None:
    _, found = read(text)
    assert len(found) == 1, found
    assert where in (None, found[0][1])
    assert code in (None, found[0][0])


def shop_of(tmp_path: Path, art: str, **files: str) -> settings.Settings:
    (tmp_path / "notegen.yaml").write_text(f"shop: {{name: Corner Shop}}\nart:\n{art}")
    for name, text in files.items():
        (tmp_path / name.replace("_", ".")).write_text(text)
    loaded = settings.load(tmp_path)
    assert loaded.value is not None and loaded.diagnostics == ()
    return loaded.value


def test_pictures_are_looked_at_and_faults_point_at_the_line(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, "  front: a.svg\n  back: none.pdf\n  lid: a.svg\n", a_svg=MARK.replace("path", "text"))
    stock = pipeline.stocks(shop).get("us-a2-folded")
    made = dress_of(shop, stock)
    assert made.value is None
    svg, missing, lid = made.diagnostics
    assert (svg.code, str(svg.span)) == ("G106", f"{tmp_path / 'a.svg'}:1:68")
    assert [str(one.span).endswith("notegen.yaml:3:10") for one in svg.related] == [True]
    assert (missing.code, str(missing.span).endswith("notegen.yaml:4:9")) == ("G101", True)
    assert lid.code == "G106"
    (tmp_path / "a.svg").write_text(MARK)
    codes = [(one.code, one.span.line if one.span else 0) for one in dress_of(shop, stock).diagnostics]
    assert codes == [("G111", 3), ("G101", 4), ("G114", 5)]


def test_the_command_line_wins_for_its_panel(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, "  back: {file: a.svg, fit: contain}\n  front: a.svg\n", a_svg=MARK, b_svg=MARK + " ")
    other = tmp_path / "b.svg"
    flat, folded = (pipeline.stocks(shop).get(name) for name in ("us-a2", "us-a2-folded"))

    def worn(made: object) -> list[tuple[str, str, Fit]]:
        assert made is not None
        return [(one.panel, one.art.path.name, one.fit) for one in made.pictures]  # type: ignore[attr-defined]

    both = dress_of(shop, folded, art=other, imprint=other).value
    assert worn(both) == [("front", "b.svg", Fit.COVER), ("back", "b.svg", Fit.ACTUAL)]
    # The note is on the front of a flat card: the picture is on its back, fitted as the shop says.
    assert worn(dress_of(shop, flat, art=other).value) == [
        ("back", "b.svg", Fit.CONTAIN),
        ("front", "a.svg", Fit.COVER),
    ]
    # With a mark of the command line, the shop's mark goes and not its picture; the mark lies over the picture.
    assert worn(dress_of(shop, flat, art=other, imprint=other).value) == [
        ("front", "a.svg", Fit.COVER),
        ("back", "b.svg", Fit.COVER),
        ("back", "b.svg", Fit.ACTUAL),
    ]
    pictured = shop_of(tmp_path, "  picture: a.svg\n", a_svg=MARK)
    assert worn(dress_of(pictured, flat, imprint=other).value) == [
        ("back", "a.svg", Fit.COVER),
        ("back", "b.svg", Fit.ACTUAL),
    ]
    plain = settings.defaults(tmp_path)
    assert worn(dress_of(plain, flat, art=other).value) == [("back", "b.svg", Fit.COVER)]
    assert dress_of(plain, flat).value is not None and worn(dress_of(plain, flat).value) == []


def test_a_file_of_the_command_line_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    plain = settings.defaults(tmp_path)
    with pytest.raises(UnreadableFile):
        dress_of(plain, pipeline.stocks(plain).get("us-a2"), art=tmp_path / "none.png")


def test_low_resolution_is_allowed_by_either(tmp_path: Path) -> None:
    Image.new("RGB", (575, 450)).save(tmp_path / "a.png")
    said = shop_of(tmp_path, "  back: {file: a.png, fit: cover}\n  allow_low_resolution: yes\n")
    quiet = shop_of(tmp_path, "  back: {file: a.png, fit: cover}\n")
    stock = pipeline.stocks(said).get("us-a2")
    assert dress_of(said, stock).diagnostics == ()
    assert dress_of(quiet, stock, allow_low_resolution=True).diagnostics == ()
    assert [one.code for one in dress_of(quiet, stock).diagnostics] == ["G110"]


@pytest.mark.parametrize("name", ["bike-shop", "family-lawyer"])
def test_the_pictures_of_the_samples_fit_without_a_word(name: str) -> None:
    loaded = settings.load(ROOT / "samples" / name)
    assert loaded.value is not None and loaded.value.stock is not None
    made = dress_of(loaded.value, pipeline.stocks(loaded.value).get(loaded.value.stock))
    assert made.diagnostics == ()
    assert made.value is not None and len(made.value.pictures) == 1
