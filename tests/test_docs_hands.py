"""The gallery of the hands names every hand, shows it in small pictures, and is what its script makes."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

from notegen.hand import hands

ROOT = Path(__file__).resolve().parent.parent
NAMES = hands.builtin().names()


def gallery() -> ModuleType:
    """Return the script that makes the page."""
    spec = importlib.util.spec_from_file_location("gallery", ROOT / "docs" / "gallery.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_its_script_makes() -> None:
    made = gallery()
    assert (ROOT / "docs" / "hands.md").read_text() == made.page(), "run python docs/gallery.py"
    assert set(made.REMARKS) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_page_shows_a_hand_with_its_licence_and_origin(name: str) -> None:
    page = (ROOT / "docs" / "hands.md").read_text()
    assert f"\n## {name}\n" in page
    for picture in (f"images/hands/{name}.png", f"images/hands/{name}-sheet.png"):
        assert f"({picture})" in page
        path = ROOT / "docs" / picture
        assert 5_000 < path.stat().st_size <= 60_000
        with Image.open(path) as shown:
            assert shown.mode == "P"
            assert shown.width >= 500
    for file in ("LICENSE.txt", "ORIGIN.md"):
        assert f"(../fonts/{name}/{file})" in page
        assert (ROOT / "fonts" / name / file).stat().st_size > 400


def test_no_picture_is_left_of_a_hand_that_is_gone() -> None:
    shown = {path.stem.removesuffix("-sheet") for path in (ROOT / "docs" / "images" / "hands").iterdir()}
    assert shown == set(NAMES)
