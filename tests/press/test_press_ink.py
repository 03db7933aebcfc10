"""Ink on the page: process or spot, one operator where it changes, one colour where tints are forbidden."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import cards
import numpy as np
import pikepdf
import pypdfium2
import pytest

from notegen.hand import hands, pens, write
from notegen.layout import lay_out, stocks
from notegen.model.card import Card
from notegen.model.hand import LIGHTEST, Ink
from notegen.model.note import Note
from notegen.press import write_pdf
from notegen.press.ink import colours, dips

BLUE = Ink("blue", (1.0, 0.8, 0.0, 0.2), shade=0.05)
TEXT = "abc de bad\ncab fi é\nlo ol dab T"


def shaded(steps: list[int], ink: Ink = BLUE, text: str = TEXT) -> Card:
    """Return a card whose words are lighter by so many steps."""
    card = cards.card("k", text, in_hand=cards.hand(ink=ink))
    words = np.concatenate(([0], np.cumsum(card.word_end | card.line_end)[:-1]))
    return dataclasses.replace(card, lightness=np.array(steps, np.int8)[words])


def press(path: Path, some: list[Card]) -> Path:
    write_pdf(some, path, title="t", language="en")
    return path


def inks(path: Path, page: int = 0) -> list[tuple[str, tuple[float, ...]]]:
    """Return the colour operators of a page."""
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []
        return [
            (str(op.operator), tuple(float(part) for part in op.operands))
            for op in pikepdf.parse_content_stream(pdf.pages[page])
            if str(op.operator) in ("k", "scn")
        ]


def colour_of_words(path: Path) -> dict[str, tuple[float, ...]]:
    """Return each marked word with the colour in which it is drawn."""
    found, colour = {}, ()
    with pikepdf.open(path) as pdf:
        for op in pikepdf.parse_content_stream(pdf.pages[0]):
            if str(op.operator) in ("k", "scn"):
                colour = tuple(float(part) for part in op.operands)
            elif str(op.operator) == "BDC":
                found[str(op.operands[1].ActualText)] = colour
    return found


def test_each_word_has_its_lightness(tmp_path: Path) -> None:
    """Words are as light as they were decided to be; an operator stands only where that changes."""
    steps = [0, 0, 3, 3, 4, 2, 2, 2, 0, 1]
    path = press(tmp_path / "a.pdf", [shaded(steps)])
    found = list(colour_of_words(path).values())
    assert found == [pytest.approx([part * (1 - 0.0375 * n) for part in BLUE.cmyk], abs=5.1e-3) for n in steps]
    assert len(inks(path)) == 1 + sum(a != b for a, b in zip([0, *steps], steps, strict=False))


def test_the_text_reads_on_across_colours(tmp_path: Path) -> None:
    path = press(tmp_path / "a.pdf", [shaded([n % 5 for n in range(10)])])
    document = pypdfium2.PdfDocument(path)
    assert document[0].get_textpage().get_text_range().split() == TEXT.split()
    document.close()


def test_a_word_that_goes_unmarked_still_has_its_ink(tmp_path: Path) -> None:
    """A reader leaves emoji out of marks, so such a word has none."""
    path = press(tmp_path / "a.pdf", [shaded([0, 4, 4], text="a 😊 b")])
    assert inks(path)[1] == ("k", pytest.approx((0.85, 0.68, 0.0, 0.17), abs=1e-6))


def test_a_first_word_may_be_light(tmp_path: Path) -> None:
    path = press(tmp_path / "a.pdf", [shaded([2] * 10), shaded([2] * 10)])
    assert [len(inks(path, page)) for page in (0, 1)] == [2, 2]


@pytest.mark.parametrize("spot", [None, "House Blue"])
def test_without_shade_every_mark_is_one_colour(tmp_path: Path, spot: str | None) -> None:
    """Where tints are forbidden there is one operator, whatever the writing says."""
    ink = dataclasses.replace(BLUE, shade=0.0, spot=spot)
    full = ("scn", (1.0,)) if spot else ("k", BLUE.cmyk)
    assert inks(press(tmp_path / "a.pdf", [shaded([n % 5 for n in range(10)], ink)])) == [full]


def test_a_spot_colour_is_a_separation(tmp_path: Path) -> None:
    """Its alternate is the ink's CMYK; the space stands once in the file, and every page knows it."""
    ink = dataclasses.replace(BLUE, spot="Hellblau Übung 3/4")
    some = [shaded([0, 1, 2] + [0] * 7, ink), dataclasses.replace(shaded([0] * 10, ink), em=4.0)]
    path = press(tmp_path / "a.pdf", some)
    assert inks(path)[:3] == [
        ("scn", (1.0,)),
        ("scn", (pytest.approx(0.9625, abs=5.1e-3),)),
        ("scn", (pytest.approx(0.925, abs=5.1e-3),)),
    ]
    with pikepdf.open(path) as pdf:
        spaces = [page.Resources.ColorSpace.I0 for page in pdf.pages]
        assert spaces[0].objgen == spaces[1].objgen
        kind, name, alternate, tint = spaces[0]
        assert (str(kind), str(name), str(alternate)) == ("/Separation", "/Hellblau Übung 3/4", "/DeviceCMYK")
        assert (int(tint.FunctionType), [float(part) for part in tint.C1]) == (2, list(BLUE.cmyk))
        assert [float(part) for part in tint.C0] == [0, 0, 0, 0]


def test_inks_of_one_file_keep_apart(tmp_path: Path) -> None:
    """A card in a spot ink, one in process colours and one in another spot, in the same font."""
    spots = [dataclasses.replace(BLUE, spot=spot) for spot in ("One", None, "Two", "One")]
    path = press(tmp_path / "a.pdf", [shaded([0] * 10, ink) for ink in spots])
    with pikepdf.open(path) as pdf:
        names = [str(page.Resources.ColorSpace.I0[1]) if "/ColorSpace" in page.Resources else "" for page in pdf.pages]
        assert len({page.Resources.Font.F0.objgen for page in pdf.pages}) == 1
    assert names == ["/One", "", "/Two", "/One"]


@pytest.mark.parametrize("spot", [None, "House Blue"])
def test_process_and_spot_look_the_same_on_screen(tmp_path: Path, spot: str | None) -> None:
    """A screen shows the alternate: dark blue, not purple."""
    card = shaded([0] * 10, dataclasses.replace(pens.ink("blue-black"), spot=spot))
    document = pypdfium2.PdfDocument(press(tmp_path / "a.pdf", [card]))
    picture = np.asarray(document[0].render(scale=2).to_pil().convert("RGB")).reshape(-1, 3).astype(int)
    document.close()
    red, green, blue = picture[picture.sum(axis=1).argmin()]
    assert blue > green > red
    assert blue - red > 30
    assert red + green + blue < 260


def test_cards_without_lightness_stand_beside_others() -> None:
    plain, light = cards.card("a", TEXT, in_hand=cards.hand(ink=BLUE)), shaded([1] * 10)
    some = [plain, light, plain]
    ends = np.concatenate([card.word_end | card.line_end for card in some])
    assert dips(some, ends) == [([], []), ([0], [colours(BLUE)[1]]), ([], [])]


def test_the_lightest_word_is_still_ink() -> None:
    assert BLUE.coverage(LIGHTEST) == pytest.approx(0.85)
    assert len(set(colours(BLUE))) == LIGHTEST + 1


def test_a_real_card_is_never_even_and_reads_as_written(tmp_path: Path) -> None:
    """From the writing to the page: several colours, few of them, and the note's own words."""
    text = "Dear Ana,\n\nThank you for coming back to us for the old van, and for the photograph.\n\nWarmly,\nDana"
    for ink in (pens.ink("sepia"), pens.ink("sepia spot"), pens.solid(pens.ink("sepia"))):
        hand = dataclasses.replace(hands.builtin().get("office-pen"), ink=ink)
        writing = write(Note("n", "t", text), hand, 1).value
        assert writing is not None
        card = lay_out(writing, stocks.builtin().get("us-a2")).value
        assert card is not None
        path = press(tmp_path / "a.pdf", [card])
        assert (1 < len(set(inks(path))) <= LIGHTEST + 1) if ink.shade else inks(path) == [("scn", (1.0,))]
        document = pypdfium2.PdfDocument(path)
        assert document[0].get_textpage().get_text_range().split() == text.split()
        document.close()
