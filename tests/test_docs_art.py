"""The page about pictures says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from conftest import ROOT

from notegen import pipeline, settings
from notegen.model.dress import LEAST_DPI, Fit, Stand
from notegen.press.art.embedding import QUALITY
from notegen.press.art.pixels import MOST_PIXELS
from notegen.settings.art import _PICTURE

PAGE = (ROOT / "docs" / "art.md").read_text()


def test_the_settings_of_the_page_are_read_whole(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "notegen.yaml").write_text(example.replace("# allow", "allow"))
    loaded = settings.load(tmp_path)
    assert loaded.diagnostics == () and loaded.value is not None
    found = [(one.panel, one.file.relative_to(tmp_path).as_posix(), one.page) for one in loaded.value.art.pictures]
    assert found == [
        ("picture", "art/picture.pdf", 0),
        ("back", "art/mark.svg", 0),
        ("inside-left", "art/lining.pdf", 1),
    ]
    assert loaded.value.art.allow_low_resolution


def test_words_and_figures_of_the_page_are_the_codes_own() -> None:
    for word in (*Fit, *Stand, *(one.path for one in _PICTURE)):
        assert f"`{word}`" in PAGE
    assert f"quality {QUALITY}" in PAGE
    assert f"{MOST_PIXELS // 1_000_000} million pixels" in PAGE
    assert f"Fewer than {LEAST_DPI:.0f} pixels" in PAGE


def test_the_codes_of_the_page_are_rules() -> None:
    known = {rule.code for rule in pipeline.rules()}
    assert set(re.findall(r"\bG\d{3}\b", PAGE)) <= known
