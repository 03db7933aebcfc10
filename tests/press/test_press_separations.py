"""The plates that a RIP makes of a press file: Ghostscript separates it, and each plate is looked at."""

from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess
from pathlib import Path

import cards
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from notegen.layout.marks import Marks, marked
from notegen.model.page import Area, Page, Paint, PlacedCard
from notegen.model.purpose import Plate, Purpose, Setup
from notegen.model.stock import Box
from notegen.press import conditions, write_pages

pytestmark = pytest.mark.skipif(not shutil.which("gs"), reason="no gs")

SETUP = Setup("Plates", "en", "", Purpose.PRESS, conditions().get("gracol"))
DPI = 72
BLEED = cards.STOCK.bleed


def plates(folder: Path, page: Page, plate: Plate) -> dict[str, NDArray[np.uint8]]:
    """Return each plate of a page by its name: how much ink there is, 0 to 255, rows from the top."""
    path = folder / "a.pdf"
    write_pages([page], path, dataclasses.replace(SETUP, plate=plate))
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", f"-r{DPI}", "-o", "p.tif", "a.pdf"]
    subprocess.run(command, check=True, cwd=folder, timeout=60)
    found = {}
    for one in folder.glob("p*(*).tif"):
        name = re.search(r"\((.*)\)\.tif$", one.name)
        assert name
        with Image.open(one) as picture:
            found[name[1]] = 255 - np.asarray(picture.convert("L"))
        one.unlink()
    return found


def bare_card() -> Page:
    return Page(cards.STOCK.size, (PlacedCard(cards.card()),), BLEED, BLEED)


@pytest.mark.parametrize(
    ("plate", "inked"),
    [
        (Plate.SPOT, {"Blue Ink"}),
        (Plate.BLACK, {"Black"}),
        (Plate.PROCESS, {"Cyan", "Magenta", "Yellow", "Black"}),
    ],
)
def test_a_note_is_on_its_plate_alone(tmp_path: Path, plate: Plate, inked: set[str]) -> None:
    found = plates(tmp_path, bare_card(), plate)
    assert {name for name, ink in found.items() if ink.any()} == inked


def test_registration_marks_are_on_every_plate(tmp_path: Path) -> None:
    """Also on the note's own; and no plate has anything in the bleed but the note."""
    page = marked(bare_card(), Marks(patches=False))
    found = plates(tmp_path, page, Plate.SPOT)
    assert set(found) == {"Cyan", "Magenta", "Yellow", "Black", "Blue Ink"}
    edge = round((page.margin - BLEED) / 25.4 * DPI)
    for name, ink in found.items():
        assert ink[:edge].any() and ink[-edge:].any() and ink[:, :edge].any() and ink[:, -edge:].any(), name
        assert ink[edge:-edge, edge:-edge].any() == (name == "Blue Ink"), name


def test_the_note_knocks_out_what_is_below(tmp_path: Path) -> None:
    """No plate has ink where the note is full: coverage is never a sum."""
    ground = Area((Box(0, 0, *cards.STOCK.size).inset(-BLEED),), Paint((0.5, 0.0, 0.3, 0.0)))
    page = dataclasses.replace(bare_card(), items=(ground, *bare_card().items))
    found = plates(tmp_path, page, Plate.SPOT)
    full = found["Blue Ink"] == 255
    assert full.sum() > 100
    assert not found["Cyan"][full].any()
    assert not found["Yellow"][full].any()
    assert found["Cyan"][found["Blue Ink"] == 0] == pytest.approx(128, abs=2)
