"""Drawings in SVG are drawn right or refused by name, with the place."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from artfiles import HEAD, PRESS, SCREEN, alone, codes, colours_of, form, printed, steps, svg
from hypothesis import given
from hypothesis import strategies as st

from notegen.model.page import PlacedArt
from notegen.press.art import look
from notegen.press.art import svg as reader
from notegen.press.art.colour import Screen
from notegen.press.art.faults import Fault
from notegen.press.art.svgshapes import Path as Outline
from notegen.press.art.svgshapes import path_data, transform
from notegen.press.art.svgtree import Node
from notegen.preview import page_image

NODE = Node("path", {}, (1, 1))


def seen(tmp_path: Path, inside: str, head: str = HEAD, dpi: float = 127.0) -> np.ndarray:
    """Return the pixels of a drawing on a screen, 5 to the mm, the origin at the upper left corner."""
    file = svg(tmp_path / "a.svg", inside, head)
    looked = look(file)
    assert looked.value is not None, looked.diagnostics
    out = printed(tmp_path / "a.pdf", PlacedArt(looked.value), size=looked.value.size, setup=SCREEN)
    return np.asarray(page_image(out, 0, dpi=dpi)).astype(int)


def at(pixels: np.ndarray, x: float, y: float) -> tuple[int, ...]:
    """Return the colour at a place in mm from the upper left corner."""
    return tuple(pixels[round(y * 5), round(x * 5)].tolist())


WHITE, RED, BLUE = (255, 255, 255), (255, 0, 0), (0, 0, 255)


@pytest.mark.parametrize(
    "shape",
    [
        '<rect x="10" y="5" width="20" height="20"/>',
        '<circle cx="20" cy="15" r="10"/>',
        '<ellipse cx="20" cy="15" rx="12" ry="8"/>',
        '<polygon points="8,5 32,5 20,26"/>',
        '<polyline points="8,5 32,5 20,26"/>',
        '<path d="M8 5H32L20 26z"/>',
        '<path d="M10,15a10 10 0 1 0 20,0A10 10 0 0 0 10 15"/>',
        '<path d="M10 15c0-14 20-14 20 0s-20 14-20 0Z"/>',
        '<path d="M8 15Q20-6 32 15T8 15"/>',
        '<g transform="translate(20 15) rotate(45) scale(8)"><rect x="-1" y="-1" width="2" height="2"/></g>',
        '<line x1="8" y1="15" x2="32" y2="15" stroke="red" stroke-width="6" stroke-linecap="round"/>',
        '<defs><rect id="a" width="4" height="4"/></defs><use href="#a" x="18" y="13"/>',
        '<symbol id="s" viewBox="0 0 1 1"><rect width="1" height="1"/></symbol>'
        '<use href="#s" x="10" y="5" width="20" height="20"/>',
    ],
)
def test_every_shape_is_where_it_should_be(tmp_path: Path, shape: str) -> None:
    pixels = seen(tmp_path, f'<g fill="red">{shape}</g>')
    assert at(pixels, 20, 15) == RED
    assert {at(pixels, 2, 2), at(pixels, 38, 28), at(pixels, 2, 28), at(pixels, 38, 2)} == {WHITE}


def test_the_later_style_wins(tmp_path: Path) -> None:
    sheet = "<style>rect{fill:#00f} .r{fill:red} #g{fill:lime!important}</style>"
    boxes = (
        '<rect width="10" height="30" fill="black"/><rect x="10" width="10" height="30" class="r"/>'
        '<rect x="20" width="10" height="30" id="g" style="fill:red"/>'
        '<rect x="30" width="10" height="30" class="r" style="fill:rgb(0 0 255)"/>'
    )
    pixels = seen(tmp_path, sheet + boxes)
    assert [at(pixels, x, 15) for x in (5, 15, 25, 35)] == [BLUE, RED, (0, 255, 0), BLUE]


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("red", RED), ("#f00", RED), ("#FF0000", RED), ("rgb(255,0,0)", RED), ("rgb(100% 0% 0%)", RED),
        ("hsl(0, 100%, 50%)", RED), ("currentColor", BLUE), ("#f000", WHITE), ("transparent", WHITE),
        ("rgba(255,0,0,.5)", (255, 127, 127)), ("none", WHITE), ("url(#none) blue", BLUE),
    ],
)  # fmt: skip
def test_colours_are_read(tmp_path: Path, text: str, colour: tuple[int, ...]) -> None:
    pixels = seen(tmp_path, f'<rect width="40" height="30" color="blue" fill="{text}"/>')
    assert at(pixels, 20, 15) == pytest.approx(colour, abs=1)


def test_groups_fade_as_one(tmp_path: Path) -> None:
    pixels = seen(
        tmp_path,
        '<g opacity=".5"><rect width="20" height="30" fill="red"/>'
        '<rect x="10" width="20" height="30" fill="blue"/></g>',
    )
    assert at(pixels, 5, 15) == pytest.approx((255, 127, 127), abs=2)
    assert at(pixels, 15, 15) == pytest.approx((127, 127, 255), abs=2)


def test_gradients_run_from_stop_to_stop(tmp_path: Path) -> None:
    pixels = seen(
        tmp_path,
        '<linearGradient id="a"><stop stop-color="red"/><stop offset="1" stop-color="blue"/></linearGradient>'
        '<rect width="40" height="30" fill="url(#a)"/>',
    )
    assert at(pixels, 0.3, 15) == pytest.approx(RED, abs=6)
    assert at(pixels, 20, 15) == pytest.approx((127, 0, 127), abs=4)
    assert at(pixels, 39.6, 15) == pytest.approx(BLUE, abs=6)


def test_a_gradient_in_a_faded_group_stays_in_its_place(tmp_path: Path) -> None:
    stops = '<stop offset=".5" stop-color="red"/><stop offset=".5" stop-color="blue"/>'
    pixels = seen(
        tmp_path,
        f'<radialGradient id="a" gradientUnits="userSpaceOnUse" cx="10" cy="10" r="8">{stops}</radialGradient>'
        '<g opacity=".5" transform="translate(8 3)"><path d="M0 10H20" stroke="url(#a)" stroke-width="6"/>'
        '<rect y="16" width="2" height="2"/></g>',
    )
    assert at(pixels, 18, 13) == pytest.approx((255, 127, 127), abs=3)
    assert at(pixels, 9, 13) == pytest.approx((127, 127, 255), abs=3)


def test_a_gradient_may_be_clear_at_one_end(tmp_path: Path) -> None:
    stops = '<stop stop-color="red"/><stop offset="1" stop-color="red" stop-opacity="0"/>'
    pixels = seen(
        tmp_path, f'<linearGradient id="a">{stops}</linearGradient><rect width="40" height="30" fill="url(#a)"/>'
    )
    assert at(pixels, 39.6, 15) == pytest.approx(WHITE, abs=6)
    assert at(pixels, 20, 15) == pytest.approx((255, 127, 127), abs=6)


def test_clip_paths_clip(tmp_path: Path) -> None:
    pixels = seen(
        tmp_path,
        '<clipPath id="c"><circle cx="10" cy="10" r="5"/><rect x="20" y="5" width="5" height="5"/></clipPath>'
        '<g clip-path="url(#c)"><rect width="40" height="30" fill="red"/></g>',
    )
    assert [at(pixels, *place) for place in ((10, 10), (22, 7), (17, 10), (30, 20))] == [RED, RED, WHITE, WHITE]


def test_the_even_odd_rule_leaves_holes(tmp_path: Path) -> None:
    rings = 'd="M5 5h30v20h-30zM10 10h20v10h-20z"'
    assert at(seen(tmp_path, f'<path fill-rule="evenodd" fill="red" {rings}/>'), 20, 15) == WHITE
    assert at(seen(tmp_path, f'<path fill="red" {rings}/>'), 20, 15) == RED


def test_a_path_without_area_leaves_no_hairline(tmp_path: Path) -> None:
    pixels = seen(tmp_path, '<path d="M5 15H35"/><rect x="1" y="1" width="2" height="2" fill="red"/>')
    assert at(pixels, 20, 15) == WHITE


@pytest.mark.parametrize(
    ("ratio", "left", "middle"),
    [("xMidYMid", WHITE, RED), ("none", RED, RED), ("xMinYMid", RED, WHITE), ("xMidYMid slice", RED, RED)],
)
def test_a_view_box_of_another_shape_is_fitted(
    tmp_path: Path, ratio: str, left: tuple[int, ...], middle: tuple[int, ...]
) -> None:
    head = HEAD.replace('viewBox="0 0 40 30"', f'viewBox="0 0 10 30" preserveAspectRatio="{ratio}"')
    pixels = seen(tmp_path, '<rect width="10" height="30" fill="red"/>', head)
    assert (at(pixels, 2, 15), at(pixels, 20, 15)) == (left, middle)


def test_greys_are_black_alone_colours_are_converted_and_inks_are_kept(tmp_path: Path) -> None:
    file = svg(
        tmp_path / "a.svg",
        '<rect width="9" height="9"/><rect width="9" height="9" fill="#888"/><rect width="9" height="9" fill="white"/>'
        '<rect width="9" height="9" fill="device-cmyk(0 1 .5 10%)"/><rect width="9" height="9" fill="#b8402c"/>',
    )
    made = alone(file, tmp_path / "a.pdf", PRESS)
    black, grey, white, ink, red = colours_of(form(made))
    assert (black, white, ink) == ((0, 0, 0, 1), (0, 0, 0, 0), (0, 1, 0.5, 0.1))
    assert grey[:3] == (0, 0, 0) and 0.4 < grey[3] < 0.7
    assert red[1] > 0.7 and red[2] > 0.7 and red[0] < 0.4


REFUSED = {
    "text": '<text x="4" y="9">Cycles</text>',
    "image": '<image href="data:image/png;base64,AAAA"/>',
    "mask": '<rect width="9" height="9" mask="url(#m)"/>',
    "filter": '<g style="filter:blur(2px)"><rect width="9" height="9"/></g>',
    "pattern": '<pattern id="p"/><rect width="9" height="9" fill="url(#p)"/>',
    "marker-end": '<path d="M0 0h9" marker-end="url(#m)"/>',
    "mix-blend-mode": '<rect width="9" height="9" style="mix-blend-mode:multiply"/>',
    "foreignObject": "<foreignObject/>",
    "switch": '<switch><rect width="9" height="9"/></switch>',
    "nests a drawing": '<svg><rect width="9" height="9"/></svg>',
    "paint-order": '<rect width="9" height="9" paint-order="stroke"/>',
    "vector-effect": '<path d="M0 0h9" vector-effect="non-scaling-stroke"/>',
    "selector": '<style>g > rect {fill:red}</style><rect width="9" height="9"/>',
    "@media": '<style>@media print {rect {fill:red}}</style><rect width="9" height="9"/>',
    "spreadMethod": '<linearGradient id="a" spreadMethod="repeat"><stop/><stop offset="1"/></linearGradient>'
    '<rect width="9" height="9" fill="url(#a)"/>',
    "whose d": '<path d="M0 0 L9 x"/>',
    "whose transform": '<g transform="twist(3)"><rect width="9" height="9"/></g>',
    "whose fill": '<rect width="9" height="9" fill="reddish"/>',
    "whose width": '<rect width="9furlong" height="9"/>',
    "'#none'": '<use href="#none"/>',
    "sets 'transform'": '<g style="transform: scale(2)"><rect width="9" height="9"/></g>',
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_not_drawn_is_refused_by_name_and_place(tmp_path: Path, what: str) -> None:
    file = svg(tmp_path / "a.svg", f"\n  {REFUSED[what]}")
    looked = look(file)
    assert looked.value is None
    (found,) = looked.diagnostics
    assert found.code == "G106" and what in found.message and found.hint
    assert found.span is not None and (found.span.line, str(found.span).split(":")[0]) == (2, str(file))


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect width="9" height="9" onclick="x()"/>',
        '<use href="other.svg#a"/>',
        '<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="other.svg#a"/>',
        '<image href="http://example.com/a.png"/>',
        '<rect width="9" height="9" style="fill:url(other.svg#a)"/>',
        "<style>@import 'a.css';</style>",
    ],
)
def test_what_reaches_out_is_refused(tmp_path: Path, inside: str) -> None:
    assert codes(svg(tmp_path / "a.svg", inside)) == ["G107"]


def test_entities_and_outside_style_sheets_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + HEAD
    sheet = '<?xml-stylesheet href="a.css"?>' + HEAD
    assert [codes(svg(tmp_path / "a.svg", "<g/>", head)) for head in (bomb, sheet)] == [["G107"], ["G107"]]


def test_animation_and_emptiness_are_refused(tmp_path: Path) -> None:
    moving = '<rect width="9" height="9"><animate attributeName="x" to="9"/></rect>'
    assert codes(svg(tmp_path / "a.svg", moving)) == ["G104"]
    assert codes(svg(tmp_path / "a.svg", '<rect width="9" height="9" display="none"/>')) == ["G109"]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the limits on shapes and elements low: to reach the real ones takes seconds."""
    assert (reader._MOST_SHAPES, reader.MOST_ELEMENTS) == (20_000, 100_000)
    monkeypatch.setattr(reader, "_MOST_SHAPES", 500)
    monkeypatch.setattr(reader, "MOST_ELEMENTS", 2000)


@pytest.mark.usefixtures("few")
def test_links_that_unfold_without_end_are_refused(tmp_path: Path) -> None:
    laughs = "".join(
        f'<g id="l{n}">' + f'<use href="#l{n - 1}"/>' * 10 + "</g>"
        if n
        else '<g id="l0"><rect width="1" height="1"/></g>'
        for n in range(9)
    )
    assert codes(svg(tmp_path / "a.svg", f'<defs>{laughs}</defs><use href="#l8"/>')) == ["G105"]
    assert codes(svg(tmp_path / "a.svg", '<g id="a"><use href="#a"/></g>')) == ["G105"]
    assert codes(svg(tmp_path / "a.svg", "<g>" * 300 + "</g>" * 300)) == ["G105"]


def test_elements_of_drawing_programs_are_passed_over(tmp_path: Path) -> None:
    inside = (
        '<x:namedview xmlns:x="http://example.com/x"><x:page onclick="a()"/></x:namedview>'
        '<metadata><a/></metadata><title>A</title><rect width="9" height="9" fill="red"/>'
    )
    assert at(seen(tmp_path, inside), 5, 5) == RED


def test_a_circle_of_arcs_is_round() -> None:
    left, top, right, bottom = path_data("M0 5a5 5 0 0 1 10 0a5 5 0 0 1-10 0z", NODE).box()
    assert (left, top, right, bottom) == pytest.approx((0, 0, 10, 10), abs=0.01)


@pytest.mark.parametrize(
    ("data", "kinds"),
    [
        ("M1 2 3 4", "ml"), ("m1,2,3-4z", "mlh"), ("M.5.5.25.25", "ml"), ("M1e1-2E-1L0 0", "ml"), ("", ""),
        ("M0 0zL5 5", "mhml"), ("M0 0a1 1 0 01 5 5", "mcc"), ("M0 0a1 1 0 0015 5", "mcc"), ("M0 0A0 1 0 0 0 5 5", "ml"),
        ("M0 0V5H5", "mll"), ("M0 0S1 1 2 2s1 1 2 2", "mcc"), ("M0 0t1 1q1 1 2 2", "mcc"),
    ],
)  # fmt: skip
def test_path_data_is_read(data: str, kinds: str) -> None:
    assert path_data(data, NODE).kinds == kinds


@pytest.mark.parametrize(
    "data", ["L0 0", "M0", "M0 0L1", "M0 0 foo", "M0 0a1 1 0 2 0 5 5", "M0 0z1 1", "M0 0L1e999 0", "5"]
)
def test_path_data_that_is_wrong_is_refused(data: str) -> None:
    with pytest.raises(Fault):
        path_data(data, NODE)


@given(st.text("MmLlHhVvCcSsQqTtAaZz0123456789.,- e", max_size=60))
def test_any_path_data_is_read_or_refused(data: str) -> None:
    try:
        made = path_data(data, NODE)
    except Fault:
        return
    assert len(made.points) == sum({"m": 1, "l": 1, "c": 3, "h": 0}[kind] for kind in made.kinds)
    assert made.kinds.startswith("m") or made == Outline("", ())


def test_transforms_follow_each_other() -> None:
    assert transform("translate(10) scale(2,3)", NODE) == pytest.approx((2, 0, 0, 3, 10, 0))
    assert transform("rotate(90 1 1)", NODE) == pytest.approx((0, 1, -1, 0, 2, 0), abs=1e-12)
    assert transform("matrix(1 2 3 4 5 6)", NODE) == (1, 2, 3, 4, 5, 6)
    assert transform("skewX(45)", NODE) == pytest.approx((1, 0, 1, 1, 0, 0))


def test_a_drawing_is_written_as_paths_without_rgb(tmp_path: Path) -> None:
    made = alone(svg(tmp_path / "a.svg", '<rect width="9" height="9" fill="red"/>'), tmp_path / "a.pdf")
    names = [name for name, _ in steps(form(made))]
    assert "k" in names and not {"rg", "RG"} & set(names)


@pytest.mark.usefixtures("few")
def test_elements_that_use_each_other_without_end_are_refused(tmp_path: Path) -> None:
    uses = (f'<use href="#a{at}"/>' * 10 for at in range(11))
    groups = "".join(f'<g id="a{at}">{ten}</g>' for at, ten in enumerate(uses, 1))
    path = svg(tmp_path / "a.svg", f'<defs><g id="a0"/>{groups}</defs><use href="#a11"/>')
    assert codes(path) == ["G105"]


def test_the_first_of_two_elements_with_one_name_is_used(tmp_path: Path) -> None:
    shapes = '<rect id="a" width="4" height="4" fill="#f00"/><rect id="a" width="4" height="4" fill="#00f"/>'
    drawing = reader.draw(svg(tmp_path / "a.svg", f'<defs>{shapes}</defs><use href="#a"/>').read_bytes(), Screen())
    assert b"1 0 0 rg" in drawing.content
    assert b"0 0 1 rg" not in drawing.content


def test_a_gradient_far_out_is_written_in_plain_numbers(tmp_path: Path) -> None:
    stops = '<stop offset="0" stop-color="#f00"/><stop offset="1" stop-color="#00f"/>'
    far = f'<linearGradient id="g" gradientUnits="userSpaceOnUse" x1="-2000000" x2="2000000">{stops}</linearGradient>'
    file = svg(tmp_path / "a.svg", f'<defs>{far}</defs><rect width="9" height="9" fill="url(#g)"/>')
    made = alone(file, tmp_path / "b.pdf")
    (shading,) = form(made).Resources.Shading.values()
    assert [float(one) for one in shading.Coords] == [-2e6, 0, 2e6, 0]
    assert b"/Coords [-2000000 0 2000000 0]" in (tmp_path / "b.pdf").read_bytes()
