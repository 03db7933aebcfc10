"""A card is drawn once, by any process and in any order; the file is as if it had drawn its cards itself."""

from __future__ import annotations

import dataclasses
import pickle
import random
import zlib
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import cards
import numpy as np
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notegen.errors import NotegenError
from notegen.model.card import Card
from notegen.model.drawn import Drawn
from notegen.model.hand import Hand, Ink
from notegen.model.page import Group, Line, Page, PlacedCard, Words, moved, turned
from notegen.model.pool import Name, Pool
from notegen.model.purpose import Plate, Purpose, Setup
from notegen.model.stock import Box
from notegen.press import conditions, draw, drawing, write_pages
from notegen.press import fonts as gathering
from notegen.press.pdf import bare

SETUP = Setup("t", "en")
LETTERS = "abcdeTlo"
TEXTS = ("abc de\nbad cafi", "😊 é cab\nfied. T lo ol\nabcdefi", "d")


def grown(order: Sequence[str], begins_with: int = 5) -> Pool:
    """Return the pool of squares as a process has it in which its later letters were asked for in some order."""
    first = cards.LETTERS[:begins_with]
    return dataclasses.replace(
        cards.pool(letters=(*first, *order), shapes=(cards.SQUARE,)),
        digest="grown",
        ids=np.array([cards.LETTERS.index(one) for one in (*first, *order)], np.uint64),
        grown=tuple(Name(0, 100 + cards.LETTERS.index(one), one) for one in order),
    )


LATER = cards.LETTERS[5:]


def found(_hand: Hand, names: Sequence[Name]) -> Pool:
    """Return a pool that grew only what it is asked for."""
    return grown([name.text for name in names])


def written(path: Path, some: Sequence[Card | Drawn], setup: Setup = SETUP) -> bytes:
    """Return the file of some cards, one a page."""
    pages = (Page(c.stock.size, (PlacedCard(c),), c.stock.bleed, c.stock.bleed) for c in some)
    write_pages(pages, path, setup, pools=found)
    return path.read_bytes()


def read(path: Path) -> list[str]:
    """Return the words of each page, as pdfium reads them."""
    document = pypdfium2.PdfDocument(path)
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return pages


NOTES = st.lists(
    st.lists(st.text(LETTERS, min_size=1, max_size=6), min_size=1, max_size=4).map(" ".join), min_size=1, max_size=5
)


@settings(max_examples=25)
@given(NOTES, st.randoms(use_true_random=False), st.booleans())
def test_cards_and_drawn_cards_give_equal_bytes(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], order: random.Random, later: bool
) -> None:
    """Whoever drew them, together or one by one, in whichever order, and whatever their pools had grown before."""
    folder = tmp_path_factory.mktemp("drawn")
    some = [cards.card(f"c{n}", text, of=grown(LATER) if later else cards.POOL) for n, text in enumerate(texts)]
    shuffled = order.sample(range(len(texts)), len(texts))
    apart: dict[int, Drawn] = {}
    for number in shuffled:
        of = grown(order.sample(LATER, len(LATER))) if later else cards.POOL
        apart[number] = pickle.loads(pickle.dumps(draw([cards.card(f"c{number}", texts[number], of=of)], SETUP)[0]))
    each = [apart[number] for number in range(len(texts))]
    assert each == draw(some, SETUP)
    pools = found if later else (lambda _hand, _names: cards.POOL)
    write_pages(map(bare, some), folder / "a.pdf", SETUP)
    write_pages(map(_bare, each), folder / "b.pdf", SETUP, pools=pools)
    assert (folder / "a.pdf").read_bytes() == (folder / "b.pdf").read_bytes()
    assert read(folder / "b.pdf") == texts


def _bare(drawn: Drawn) -> Page:
    return Page(drawn.stock.size, (PlacedCard(drawn),), drawn.stock.bleed, drawn.stock.bleed)


def drawn_elsewhere(number: int) -> Drawn:
    """Draw a card in another process, whose pool grew in an order of its own."""
    order = random.Random(number).sample(LATER, len(LATER))
    return draw([cards.card(f"k{number}", TEXTS[number % 3], of=grown(order))], SETUP)[0]


def test_other_processes_draw_the_same(tmp_path: Path) -> None:
    """Two processes draw the cards, each with a pool that grew otherwise."""
    with ProcessPoolExecutor(2, get_context("spawn")) as workers:
        drawn = list(workers.map(drawn_elsewhere, range(6)))
    some = [cards.card(f"k{n}", TEXTS[n % 3], of=grown(LATER)) for n in range(6)]
    assert written(tmp_path / "a.pdf", drawn) == written(tmp_path / "b.pdf", some)


def test_what_a_pool_begins_with_needs_no_code_of_the_file() -> None:
    """The stream of an ordinary card is deflated and done; one with later outlines says which."""
    (plain,) = draw([cards.card("a", "abc", of=grown(LATER))], SETUP)
    assert plain.grown == ()
    assert b"Tm<0002>" in zlib.decompress(plain.stream)
    assert np.frombuffer(plain.codes, "<u2").tolist() == [2, 6, 10]
    (later,) = draw([cards.card("a", "aTTfi", of=grown(LATER))], SETUP)
    assert [name.text for name, _ in later.grown] == ["T", "T", "fi"]
    assert len(np.frombuffer(later.codes, "<u2")) == 1
    assert sum(byte > 127 for byte in later.stream) == 4 * 3


def test_grown_outlines_get_codes_in_print_order(tmp_path: Path) -> None:
    """So a file depends on what is printed, and when, and on nothing else."""
    one, other = (draw([cards.card("k", text, of=grown(LATER))], SETUP)[0] for text in ("To", "oT"))
    assert written(tmp_path / "a.pdf", [one, other]) != written(tmp_path / "b.pdf", [other, one])
    assert read(tmp_path / "a.pdf") == ["To", "oT"]
    assert read(tmp_path / "b.pdf") == ["oT", "To"]


@pytest.mark.parametrize("static", [5, 0])
def test_a_pool_too_large_for_codes_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, static: int) -> None:
    """Outlines beyond the limit are coded with the file, and a font without a code left is followed by another."""
    monkeypatch.setattr(drawing, "MOST_STATIC", static)
    monkeypatch.setattr(gathering, "CODES", 12)
    some = [cards.card(f"c{n}", text) for n, text in enumerate(["abc de", "To lo", "fi é", "abc To"] * 2)]
    plain = write_pages(map(bare, some), tmp_path / "a.pdf", SETUP)
    write_pages(map(_bare, draw(some, SETUP)), tmp_path / "b.pdf", SETUP, pools=lambda _hand, _names: cards.POOL)
    assert len(plain.fonts) > 1
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert read(tmp_path / "b.pdf") == [card.text for card in some]


def test_pools_of_one_digest_that_grew_otherwise_stay_apart(tmp_path: Path) -> None:
    """Cards that bring their own pools need no other, whatever else is in the file."""
    some = [cards.card("a", "To", of=grown(LATER)), cards.card("b", "To fi", of=grown(LATER[::-1]))]
    done = write_pages(map(bare, some), tmp_path / "a.pdf", SETUP)
    assert len(done.fonts) == 2
    assert read(tmp_path / "a.pdf") == ["To", "To fi"]


def test_drawn_cards_without_their_pools_are_refused(tmp_path: Path) -> None:
    """A font that nobody can fill is a mistake of whoever writes the file, and no file is left."""
    with pytest.raises(ValueError, match="nobody says"):
        write_pages(map(_bare, draw([cards.card()], SETUP)), tmp_path / "a.pdf", SETUP)
    assert list(tmp_path.iterdir()) == []


def test_too_much_ink_is_refused_when_a_card_is_drawn() -> None:
    """A worker finds out, not the writer of the file."""
    setup = Setup("t", "en", purpose=Purpose.PRESS, condition=conditions().get("gracol"), plate=Plate.PROCESS)
    with pytest.raises(NotegenError, match="bears"):
        draw([cards.card(in_hand=cards.hand(ink=Ink("mud", (1.0, 1.0, 1.0, 0.9))))], setup)


def test_a_drawn_card_goes_wherever_a_card_goes(tmp_path: Path) -> None:
    """Clipped, turned, between other things, in groups and several on a page: the bytes are those of the card."""
    mark, slug = Line(0, 0, 10, 0), Words(5, 5, "slug")
    clip = Box(5, 5, 60, 40)

    def pages(one: Card | Drawn, other: Card | Drawn) -> list[Page]:
        size = one.stock.size
        return [
            Page(size, (PlacedCard(one),), 3.0, 8.0),
            Page(size, (PlacedCard(one, clip=clip),), 3.0, 8.0),
            Page(size, (mark, PlacedCard(one, turned(180, *size), clip), slug), 3.0, 8.0),
            Page(size, (PlacedCard(one), slug)),
            Page(size, (slug, PlacedCard(one))),
            Page((300, 220), (PlacedCard(one), Group((PlacedCard(other), slug), moved(0, 105), clip))),
        ]

    some = [cards.card("a"), cards.card("b", "fi To", em=4.0)]
    for setup in (SETUP, Setup("t", "en", purpose=Purpose.PRESS, condition=conditions().get("gracol"))):
        write_pages(pages(*some), tmp_path / "a.pdf", setup)
        write_pages(pages(*draw(some, setup)), tmp_path / "b.pdf", setup, pools=lambda _hand, _names: cards.POOL)
        assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
