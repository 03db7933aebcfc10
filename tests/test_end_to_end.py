"""The sample shops, from YAML to PDF and back: the text is the note, the same bytes come out, the boxes are true."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from notegen import pipeline, settings
from notegen.model.card import Card

ROOT = Path(__file__).resolve().parent.parent
SHOPS = sorted(p.parent for p in (ROOT / "samples").glob("*/notegen.yaml") if p.parent.name != "terrible")
PAIRINGS = [(shop, n) for shop in SHOPS for n, _ in enumerate(settings.load(shop).value.notes)]  # type: ignore[union-attr]


@cache
def cards_of(shop: Path, number: int, seed: int = 0) -> tuple[Card, ...]:
    """Return the cards of one of a shop's kinds of note."""
    loaded = settings.load(shop).value
    assert loaded is not None
    pairing = loaded.notes[number]
    people = pipeline.load_facts([pairing.facts], loaded, None)
    template = pipeline.load_template(pairing.template, loaded).value
    assert template is not None
    made = pipeline.drawing(loaded, pipeline.Wishes(seed=seed))
    batch = pipeline.prepare(people.value or (), people.diagnostics, template, made, lambda _done: None)
    assert batch.left_out == ()
    return batch.cards


def pdf_of(cards: tuple[Card, ...], path: Path) -> Path:
    pipeline.press(cards, path, title="test", language="en-US", progress=lambda _done: None)
    return path


def folded(text: str) -> str:
    return " ".join(text.split())


def named(pairing: tuple[Path, int]) -> str:
    return f"{pairing[0].name}-{pairing[1]}"


def test_there_are_four_shops_with_three_occasions_each() -> None:
    assert len(SHOPS) == 4
    assert {shop.name: sum(p[0] == shop for p in PAIRINGS) >= 3 for shop in SHOPS} == {s.name: True for s in SHOPS}


@pytest.mark.parametrize("pairing", PAIRINGS, ids=named)
def test_text_read_from_the_pdf_is_the_note(pairing: tuple[Path, int], tmp_path: Path) -> None:
    cards = cards_of(*pairing)
    document = pypdfium2.PdfDocument(pdf_of(cards, tmp_path / "cards.pdf"))
    pages = [folded(page.get_textpage().get_text_range()) for page in document]
    assert pages == [folded(card.text) for card in cards]
    document.close()


@pytest.mark.parametrize("pairing", PAIRINGS, ids=named)
def test_boxes_are_true_within_five_hundredths_of_a_millimetre(pairing: tuple[Path, int], tmp_path: Path) -> None:
    cards = cards_of(*pairing)
    with pikepdf.open(pdf_of(cards, tmp_path / "cards.pdf")) as pdf:
        for page, card in zip(pdf.pages, cards, strict=True):
            media, bleed, trim = ([float(v) / 72 * 25.4 for v in page[f"/{b}Box"]] for b in ("Media", "Bleed", "Trim"))
            width, height, by = *card.stock.size, card.stock.bleed
            assert [trim[2] - trim[0], trim[3] - trim[1]] == pytest.approx([width, height], abs=0.05)
            assert [trim[0] - bleed[0], bleed[2] - trim[2]] == pytest.approx([by, by], abs=0.05)
            assert [trim[1] - bleed[1], bleed[3] - trim[3]] == pytest.approx([by, by], abs=0.05)
            assert media[0] <= bleed[0] + 0.05
            assert media[2] >= bleed[2] - 0.05


def fonts_in(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Return every font dictionary of a file, descendants too."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font":
            yield thing


def hundred(shop: Path) -> tuple[Card, ...]:
    """Return a hundred cards of a shop: its first kind of note under as many seeds as it takes."""
    cards: list[Card] = []
    seed = 0
    while len(cards) < 100:
        cards += cards_of(shop, 0, seed)
        seed += 1
    return tuple(cards[:100])


@pytest.mark.parametrize("shop", SHOPS, ids=lambda shop: shop.name)
def test_a_hundred_cards_are_small_and_every_font_is_embedded_once(shop: Path, tmp_path: Path) -> None:
    path = pdf_of(hundred(shop), tmp_path / "cards.pdf")
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 100
        programs = [bytes(f.FontFile2.read_bytes()) for f in pdf.objects if _is_descriptor(f)]
        packed = sum(len(f.FontFile2.read_raw_bytes()) for f in pdf.objects if _is_descriptor(f))
        fonts = list(fonts_in(pdf))
    simple = [font for font in fonts if font.get("/Subtype") not in ("/Type0", "/CIDFontType2")]
    assert simple == []
    assert len(fonts) == 2 * len(programs)
    assert len({hashlib.sha256(program).digest() for program in programs}) == len(programs)
    assert (path.stat().st_size - packed) / 100 <= 12_000
    assert packed <= 1_000_000


def _is_descriptor(thing: object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"


def test_two_processes_and_two_hash_seeds_give_the_same_bytes(tmp_path: Path) -> None:
    shop, number = PAIRINGS[0]
    pairing = settings.load(shop).value.notes[number]  # type: ignore[union-attr]
    made = []
    for hash_seed in ("1", "77"):
        path = tmp_path / f"{hash_seed}.pdf"
        words = [
            "batch",
            "--yes",
            "--no-ledger",
            pairing.facts,
            "-t",
            pairing.template,
            "-o",
            path,
            "--today",
            "2026-06-01",
        ]
        env = os.environ | {"PYTHONHASHSEED": hash_seed}
        subprocess.run([sys.executable, "-m", "notegen", *map(str, words)], env=env, check=True, capture_output=True)
        made.append(path.read_bytes())
    assert made[0] == made[1]


def test_another_seed_and_another_customer_give_another_drawing() -> None:
    shop, number = PAIRINGS[0]
    first, second = cards_of(shop, number), cards_of(shop, number, 1)
    assert first[0].outline.tolist() != second[0].outline.tolist()
    assert first[0].text != first[1].text
    greeting = min(len(first[0].outline), len(first[1].outline), 5)
    assert first[0].matrix[:greeting].tolist() != first[1].matrix[:greeting].tolist()
