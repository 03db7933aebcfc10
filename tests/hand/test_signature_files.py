"""Signatures as SVG files: what is written is read again, and drawings of other programs are read or refused."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.errors import NotegenError
from notegen.hand.signature import load, svg
from notegen.hand.svg import transform

CARLA = Path(__file__).parent.parent / "signatures" / "carla.svg"
SQUARE = "M10 10H30V20H10Z"


def saved(tmp_path: Path, inside: str, attributes: str = 'width="40mm" height="30mm" viewBox="0 0 40 30"') -> Path:
    """Write an SVG and return its path."""
    path = tmp_path / "a.svg"
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>')
    return path


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    one = load(CARLA)
    (tmp_path / "again.svg").write_bytes(svg(one))
    again = load(tmp_path / "again.svg")
    assert again.points == pytest.approx(one.points, abs=0.002)
    assert (again.on_curve == one.on_curve).all() and (again.contour_end == one.contour_end).all()
    assert (again.width, again.height) == pytest.approx((one.width, one.height), abs=0.002)
    assert again.points[:, 0].min() == pytest.approx(0, abs=1e-9)


def test_the_file_has_one_path_its_size_and_no_ground() -> None:
    root = ElementTree.fromstring(svg(load(CARLA)))
    assert [one.tag.rpartition("}")[2] for one in root] == ["title", "path"]
    assert re.fullmatch(r"[\d.]+mm", root.get("width") or "")
    assert set(root[1].attrib) == {"fill", "fill-rule", "d"}


@pytest.mark.parametrize(
    ("attributes", "width"),
    [
        ('width="40mm" height="30mm" viewBox="0 0 40 30"', 20),
        ('width="4cm" height="3cm" viewBox="0 0 400 300"', 2),
        ('width="96" height="72" viewBox="0 0 96 72"', 20 * 25.4 / 96),
        ('width="100%" viewBox="0 0 96 72"', 20 * 25.4 / 96),
        ("", 20 * 25.4 / 96),
        ('width="2in" height="9in" viewBox="5 5 100 100"', 20 * 0.508),
    ],
)
def test_sizes_in_all_units(tmp_path: Path, attributes: str, width: float) -> None:
    assert load(saved(tmp_path, f'<path d="{SQUARE}"/>', attributes)).width == pytest.approx(width, abs=0.002)


def test_groups_curves_and_transforms_are_resolved(tmp_path: Path) -> None:
    curve = "m0 0c5 0 5 10 10 10s5-10 10-10q5 5 0 10t-10 0a5 5 0 0 1-5 5z"
    one = load(saved(tmp_path, f'<g transform="translate(3 4) scale(.5)"><path d="{curve}"/></g>'))
    assert one.width == pytest.approx(12.5, abs=0.2)
    assert np.isfinite(one.points).all()


def test_ground_frames_and_what_is_hidden_are_no_ink(tmp_path: Path) -> None:
    ground = '<rect width="40" height="30" fill="#FFF"/><path fill="white" d="M0 0H40V30H0Z"/>'
    frame = '<path fill="none" stroke="black" d="M0 0H40V30H0Z"/><defs><path d="M0 0H40V30H0Z"/></defs>'
    hidden = '<g display="none"><path d="M0 0H40V30H0Z"/></g><g fill="none"><path d="M0 0H40V30H0Z"/></g>'
    assert load(saved(tmp_path, f'{ground}{frame}{hidden}<path d="{SQUARE}"/>')).width == pytest.approx(20)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", (3, 5)),
        ("translate(2)", (5, 5)),
        ("scale(2, 3)", (6, 15)),
        ("rotate(90)", (-5, 3)),
        ("rotate(180 3 5)", (3, 5)),
        ("skewX(45)", (8, 5)),
        ("translate(1,1) scale(2)", (7, 11)),
        ("matrix(0 1 -1 0 1 2)", (-4, 5)),
    ],
)
def test_transforms(text: str, wanted: tuple[float, float]) -> None:
    a, b, c, d, e, f = transform(text)
    assert (a * 3 + c * 5 + e, b * 3 + d * 5 + f) == pytest.approx(wanted)


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("rule", ["evenodd", "nonzero"])
def test_holes_stay_holes_however_the_edges_run(tmp_path: Path, rule: str, turned: bool) -> None:
    hole = "M2 2H8V8H2Z" if rule == "evenodd" else "M2 2V8H8V2Z"
    path = f"M0 0H10V10H0Z{hole}"
    mirror = 'transform="matrix(-1 0 0 1 20 0)"' if turned else ""
    one = load(saved(tmp_path, f'<path fill-rule="{rule}" d="{path}" {mirror}/>'))
    area = 0.0
    for part in np.split(one.points, np.flatnonzero(one.contour_end)[:-1] + 1):
        x, y = part.T
        area += float(np.roll(x, -1) @ y - x @ np.roll(y, -1)) / 2
    assert area == pytest.approx(64, rel=0.01)


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("", "no outline"),
        ('<image href="a.png"/>', "picture of pixels"),
        (f'<path fill="none" stroke="black" d="{SQUARE}"/>', "drawn with strokes"),
        (f'<path style="fill:none;stroke:#000" d="{SQUARE}"/>', "drawn with strokes"),
        ('<path d="M1 2 nonsense"/>', "cannot be drawn|no outline"),
    ],
)
def test_drawings_that_cannot_be_a_signature_are_refused(tmp_path: Path, inside: str, said: str) -> None:
    with pytest.raises(NotegenError, match=said):
        load(saved(tmp_path, inside))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no SVG"),
        ("<html/>", "no SVG"),
        ("<svg><path", "no SVG"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "entities"),
    ],
)
def test_what_is_no_drawing_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "a.svg"
    path.write_text(text)
    with pytest.raises(NotegenError, match=said):
        load(path)


def test_a_doctype_alone_does_no_harm(tmp_path: Path) -> None:
    path = saved(tmp_path, f'<path d="{SQUARE}"/>')
    path.write_text('<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">' + path.read_text())
    assert load(path).width == pytest.approx(20, abs=0.002)


@given(st.text(alphabet="MmLlHhVvCcSsQqTtAaZz0123456789.,- ", max_size=60))
def test_any_path_is_read_or_refused_in_words(data: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        try:
            one = load(saved(Path(folder), f'<path d="{data}"/>'))
        except NotegenError:
            return
    assert np.isfinite(one.points).all()


def test_a_transform_without_end_is_passed_over() -> None:
    for text in ("rotate(1e999)", "skewX(1e999)", "translate(1e999 0)", "rotate(-1e400 2 3)"):
        assert transform(text) == (1, 0, 0, 1, 0, 0)
    assert transform("rotate(1e999) scale(2)") == (2, 0, 0, 2, 0, 0)


@pytest.mark.parametrize("path", ["M0 0C1e30 1 1e300 4 5 6Z", "M0 0C1e999 1 2 3 4 5Z", "M0 0L1e9 0L5 5Z"])
def test_numbers_beyond_any_drawing_are_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(NotegenError, match=r"cannot be drawn|too large"):
        load(saved(tmp_path, f'<path d="{path}"/>'))
