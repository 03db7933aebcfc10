"""`notegen hand measure` on cards, on scans of paper, and on what is neither."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pages
import penned
import pytest
from conftest import Run
from numpy.typing import NDArray
from PIL import Image

from notegen.hand import dice
from notegen.hand.measure.human import RANGES
from notegen.press import write_pdf

TEXT = (
    "Dear Ana,\n\nThank you for the walk and for the bread, and for the jam too. The dog and the cat sat by the "
    "fire, and then the night went by. Come back soon and see the garden.\n\nWarmly,\nRick Ellison"
)


def scanned(grey: NDArray[np.uint8], *, shadow: float = 0.0) -> Image.Image:
    """Return a page as a scanner sees it: cream paper, blue ink, punched holes, a dark edge, grain, and a shadow."""
    ink = np.pad((245.0 - grey) / 200, 150)
    height, width = ink.shape
    y, x = np.mgrid[:height, :width]
    paper = np.array((246, 243, 232)) * (1 - shadow * x / width)[..., None]
    page = paper * (1 - ink[..., None] * (1 - np.array((0.2, 0.27, 0.6))))
    for hole in (height // 4, 3 * height // 4):
        page[(y - hole) ** 2 + (x - 80) ** 2 < 35**2] = 25
    page[:, -40:] = 15
    page[:18] = 40
    grain = dice.mild_normals(dice.seed_of("paper"), height * width).reshape(height, width, 1)
    return Image.fromarray(np.clip(page + 4 * grain, 0, 255).astype(np.uint8))


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "cards.pdf"
    write_pdf([pages.card(TEXT, seed=seed) for seed in (1, 2)], path, title="cards", language="en")
    return path


def figures(out: str, page: int = 0) -> dict[str, float]:
    return {one["name"]: one["value"] for one in json.loads(out)[page]["figures"]}


def test_each_page_of_a_pdf_is_shown_beside_people(notegen: Run, deck: Path) -> None:
    ran = notegen("hand", "measure", deck)
    assert ran.status == 0, ran.err
    assert f"{deck}, page 1: " in ran.out and f"{deck}, page 2: " in ran.out
    assert "slope, from line to line" in ran.out and "0.256 to 1.196" in ran.out
    assert "only a scan can be compared" in ran.out
    assert "figures are within the range of nine people in ten" in ran.out
    assert "\x1b[" not in ran.out


def test_medians_over_all_pages(notegen: Run, deck: Path) -> None:
    ran = notegen("hand", "measure", deck, "--all-pages")
    assert ran.status == 0
    assert ran.out.startswith("median of 2 pages: ")
    each = json.loads(notegen("hand", "measure", deck, "--json").out)
    both = figures(notegen("hand", "measure", deck, "--json", "--all-pages").out)
    slopes = [one["value"] for page in each for one in page["figures"] if one["name"] == "slope"]
    assert both["slope"] == pytest.approx(sum(slopes) / 2)


def test_json_has_every_figure_with_its_range(notegen: Run, deck: Path) -> None:
    (first, _) = json.loads(notegen("hand", "measure", deck, "--json").out)
    assert [one["name"] for one in first["figures"]] == [one.name for one in RANGES]
    slope = next(one for one in first["figures"] if one["name"] == "slope_sd")
    assert slope["percentiles"] == {"p5": 0.256, "p25": 0.433, "p50": 0.597, "p75": 0.787, "p95": 1.196}
    assert slope["verdict"] in ("typical", "human", "too even", "too uneven")
    assert first["scan"] is False


def test_colours_are_for_those_who_want_them(notegen: Run, deck: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[32mtypical\x1b[0m" in notegen("hand", "measure", deck).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in notegen("hand", "measure", deck).out


@pytest.mark.parametrize("shadow", [0.0, 0.5])
def test_a_scan_measures_what_the_page_does(notegen: Run, tmp_path: Path, shadow: float) -> None:
    path = tmp_path / "scan.jpg"
    grey, _ = penned.page(penned.LIVELY)
    scanned(grey, shadow=shadow).save(path, quality=85, dpi=(300, 300))
    ran = notegen("hand", "measure", path, "--json")
    assert ran.status == 0, ran.err
    found = figures(ran.out)
    plain = tmp_path / "plain.png"
    Image.fromarray(grey).save(plain)
    wanted = figures(notegen("hand", "measure", plain, "--dpi", 300, "--json").out)
    near = {"slope": 0.03, "slope_sd": 0.03, "pitch_cv": 0.003, "wordbase_sd": 0.01, "gap_cv": 0.02, "gap": 0.05,
            "left_sd_mm": 0.05, "left_drift_mm": 0.05, "x_height_mm": 0.1, "slant": 1, "slant_sd": 1.5}  # fmt: skip
    assert {name: found[name] for name in near} == {name: pytest.approx(wanted[name], abs=near[name]) for name in near}
    assert json.loads(ran.out)[0]["scan"] is True


def test_a_fonts_tells_are_said_in_plain_words(notegen: Run, tmp_path: Path) -> None:
    path = tmp_path / "even.png"
    Image.fromarray(penned.page(penned.EVEN)[0]).save(path, dpi=(300, 300))
    out = notegen("hand", "measure", path).out
    assert "too even: ruler-straight, parallel lines" in out
    assert "too even: even gaps between words" in out
    assert "too even: a straight left edge" in out


def test_too_few_lines_are_said_with_how_many_there_are(notegen: Run, tmp_path: Path) -> None:
    path = tmp_path / "short.png"
    Image.fromarray(penned.page(replace(penned.EVEN, slopes=(0.0, 0.0)))[0]).save(path, dpi=(300, 300))
    ran = notegen("hand", "measure", path)
    assert ran.status == 2
    assert "2 lines of writing found, at least 3 are needed" in ran.err
    assert ran.out == ""


def test_a_page_that_is_blank_among_others_is_passed_over(notegen: Run, tmp_path: Path) -> None:
    path = tmp_path / "two.tif"
    blank, full = Image.new("L", (900, 900), 250), Image.fromarray(penned.page(penned.LIVELY)[0])
    blank.save(path, save_all=True, append_images=[full], dpi=(300, 300))
    ran = notegen("hand", "measure", path)
    assert ran.status == 0
    assert "page 1 was passed over: 0 letters found, at least 40 are needed" in ran.err
    assert "page 2: 9 lines" in ran.out


def test_what_cannot_be_read_or_asked_for_ends_with_two(notegen: Run, tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("Dear Ana")
    assert notegen("hand", "measure", words).status == 2
    assert "no picture or PDF" in notegen("hand", "measure", words).err
    assert "there is no file" in notegen("hand", "measure", tmp_path / "none.pdf").err
    bare = tmp_path / "bare.png"
    Image.new("L", (100, 100), 255).save(bare)
    said = notegen("hand", "measure", bare)
    assert said.status == 2 and "--dpi" in said.err


def test_a_missing_extra_is_named(notegen: Run, deck: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy", None)
    ran = notegen("hand", "measure", deck)
    assert ran.status == 2
    assert "pip install 'notegen-cards[measure]'" in ran.err
