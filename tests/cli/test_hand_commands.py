"""`notegen hand list`, `show`, `suggest` and `add`, as a shop uses them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pypdfium2
import pytest
from conftest import ROOT, Run
from PIL import Image

from notegen.model.hand import KINDS

sys.path.insert(0, str(ROOT / "tests" / "hand"))

import made_fonts


@pytest.fixture
def font(tmp_path: Path) -> Path:
    """Return a font file of somebody's own."""
    path = tmp_path / "Ruths Hand.ttf"
    path.write_bytes(made_fonts.font())
    return path


def test_the_list_fits_a_terminal_and_says_what_each_hand_writes(notegen: Run) -> None:
    out = notegen("hand", "list").out
    assert max(map(len, out.splitlines())) <= 100
    assert "Japanese (kana" in out
    assert "Greek" in out
    for kind in KINDS:
        assert f"  {kind}  " in out


def test_the_list_for_scripts_counts_the_characters(notegen: Run) -> None:
    listed = {one["name"]: one for one in json.loads(notegen("hand", "list", "--json").out)}
    greek = {one["script"]: one for one in listed["neat-print"]["coverage"]}["Grek"]
    assert greek["meant"]
    assert greek["characters"] > 48
    assert listed["korean-pen"]["scripts"] == ["Hang"]


def test_a_specimen_sheet_is_a_page_in_the_hand_itself(notegen: Run, tmp_path: Path) -> None:
    path = tmp_path / "hand.pdf"
    assert notegen("hand", "show", "neat-print", "-o", path).status == 0
    document = pypdfium2.PdfDocument(path)
    text = " ".join(document[0].get_textpage().get_text_range().split())
    assert len(document) == 1
    document.close()
    for part in (
        "Neat print",
        "OFL-1.1",
        "A B C D",
        "x y z",
        "0 1 2 3",
        "Señor Núñez",
        "$1,249.50",
        "ευχαριστούμε",
        "ggg",
    ):
        assert part.replace(" ", "") in text.replace(" ", "")
    picture = tmp_path / "hand.png"
    assert notegen("hand", "show", "neat-print", "-o", picture).status == 0
    with Image.open(picture) as shown:
        assert shown.height > shown.width > 1000


def test_words_of_ones_own_are_shown_on_a_card(notegen: Run, tmp_path: Path) -> None:
    for suffix in (".png", ".pdf"):
        assert (
            notegen("hand", "show", "office-pen", "--text", "Thank you, Ana.", "-o", tmp_path / f"a{suffix}").status
            == 0
        )
    assert notegen("hand", "show", "office-pen", "-o", tmp_path / "a.jpg").status == 2


def test_hands_are_suggested_for_customers(notegen: Run, shop: Path) -> None:
    facts = shop / "facts" / "customers.yaml"
    facts.write_text(facts.read_text().replace("Ana Reyes", "Šárka Ďurková"))
    ran = notegen("hand", "suggest", facts)
    assert ran.status == 0
    assert "relaxed-pen" in ran.out
    assert "Ď  U+010E LATIN CAPITAL LETTER D WITH CARON: " in ran.out
    assert "customers.yaml:" in ran.out
    best = json.loads(notegen("hand", "suggest", shop / "facts", "--json").out)[0]
    assert best["writes_everything"]
    facts.write_text(facts.read_text().replace("Šárka", "🎉"))
    ran = notegen("hand", "suggest", facts, "--all")
    assert ran.status == 1
    assert "which no hand beside it has" in ran.out


def test_a_font_becomes_a_hand_of_the_shop(notegen: Run, shop: Path, font: Path) -> None:
    ran = notegen("hand", "add", font, "--shop", shop)
    assert ran.status == 0, ran.err
    assert "A. Bar maker" in ran.out
    assert "Check, before you print" in ran.out
    assert sorted(one.name for one in (shop / "hands").iterdir()) == ["bars-co.ttf", "bars-co.yaml"]
    assert "bars-co" in notegen("hand", "list", shop).out
    assert notegen("hand", "show", "bars-co", "--shop", shop, "-o", shop / "a.png").status == 0
    words = (shop / "facts" / "customers.yaml", "-t", "thanks", "--hand", "bars-co", "-o", shop / "cards.pdf")
    assert notegen("batch", "--yes", "--no-ledger", *words).status == 0


def test_adding_never_overwrites_unless_told_to(notegen: Run, shop: Path, font: Path) -> None:
    add = ("hand", "add", font, "--shop", shop, "--name", "ruth")
    assert notegen(*add).status == 0
    file = shop / "hands" / "ruth.yaml"
    file.write_text(file.read_text().replace("pen: 0.2", "pen: 0.3"))
    mine = file.read_text()
    ran = notegen(*add)
    assert ran.status == 2
    assert "--force" in ran.err
    assert file.read_text() == mine
    assert notegen(*add, "--force").status == 0
    assert file.read_text() != mine


@pytest.mark.parametrize(
    ("name", "says"), [("quick-ballpoint", "bundled hand"), ("../ruth", "cannot be called"), ("Ruth", "ruth")]
)
def test_a_name_that_will_not_do_is_refused(name: str, says: str, notegen: Run, shop: Path, font: Path) -> None:
    ran = notegen("hand", "add", font, "--shop", shop, "--name", name)
    assert ran.status == 2
    assert says in ran.err
    assert not (shop / "hands").exists()


def test_a_font_that_cannot_be_used_leaves_nothing_behind(notegen: Run, shop: Path, font: Path) -> None:
    font.write_bytes(made_fonts.allowing(2))
    ran = notegen("hand", "add", font, "--shop", shop)
    assert ran.status == 2
    assert "forbids embedding" in ran.err
    assert not (shop / "hands").exists()
    assert notegen("hand", "add", font, "--shop", font.parent).status == 2
    assert notegen("hand", "add", shop / "none.ttf", "--shop", shop).status == 2


def test_one_yaml_file_beside_a_font_is_a_hand_too(notegen: Run, shop: Path, font: Path) -> None:
    (shop / "hands").mkdir()
    (shop / "hands" / "mine.ttf").write_bytes(font.read_bytes())
    (shop / "hands" / "mine.yaml").write_text(
        "title: Mine\nfont: mine.ttf\npen: 0.3\nx_height: [1.9, 2.4, 3.0]\nleading: 3.4\n"
    )
    assert "mine" in notegen("hand", "list", shop).out
    assert notegen("hand", "show", "mine", "--shop", shop, "--text", "Thank you.", "-o", shop / "a.png").status == 0
