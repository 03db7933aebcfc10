"""A pool that grows: what is asked for first never changes what is drawn."""

from __future__ import annotations

import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from notegen.hand import face, outline
from notegen.hand.book import Book
from notegen.hand.growing import PER_OUTLINE, PER_POINT
from notegen.model.hand import Fallback
from notegen.model.pool import Pool

FONT = "quick-ballpoint/NothingYouCouldDo.ttf"
KANJI = "山川田木水火土金日月"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Faces of which only ASCII is made at once, and an empty cache."""
    monkeypatch.setattr(face, "WHOLE", 20)
    monkeypatch.setattr(face, "_is_common", lambda character: character.isascii() and character in "abcnoxlvu")
    monkeypatch.setenv("NOTEGEN_CACHE", str(tmp_path))


def drawn(pool: Pool, slot: int) -> bytes:
    """Return all that is drawn for a slot, and its name."""
    first, last = slot * pool.k, (slot + 1) * pool.k
    points = slice(int(pool.first[first]), int(pool.first[last]))
    arrays = [getattr(pool, name)[points] for name in PER_POINT]
    arrays += [getattr(pool, name)[first:last] for name in PER_OUTLINE]
    arrays += [np.diff(pool.first[first : last + 1]), pool.ids[slot], pool.advances[slot]]
    return b"".join(array.tobytes() for array in arrays)


def drawn_of(book: Book, letter: str) -> bytes:
    """Return all that is drawn for a letter."""
    slot = book.slot_of(0, letter)
    return drawn(book.pool, slot)


def test_a_slot_is_the_same_whatever_was_asked_for_before_or_with_it(small: None) -> None:
    letters = list("defghéÅ€ß.Qz9,")
    alone: dict[str, bytes] = {}
    for letter in letters:
        book = Book("one", FONT)
        alone[letter] = drawn_of(book, letter)
    random.Random(3).shuffle(letters)
    book = Book("all", FONT)
    for letter in letters[:5]:
        book.slot_of(0, letter)
    characters = book.leaf(0).face.characters
    book.slots(0, [(characters[letter], letter) for letter in letters])
    for letter in letters:
        assert drawn_of(book, letter) == alone[letter], letter


def test_a_face_made_whole_draws_what_it_draws_letter_by_letter(small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    slowly = Book("slow", FONT)
    one_by_one = {letter: drawn_of(slowly, letter) for letter in "dkéÅ.,ty7&"}
    monkeypatch.undo()
    whole = Book("whole", FONT)
    assert {letter: drawn_of(whole, letter) for letter in one_by_one} == one_by_one


def test_numbers_stay_and_a_grown_pool_is_another_value(small: None) -> None:
    book = Book("grows", FONT)
    before = book.pool
    first = drawn(before, 0)
    count, points = len(before.texts), len(before.points)
    slots = [book.slot_of(0, letter) for letter in "defgh"]
    assert slots == list(range(count, count + 5))
    assert (len(before.texts), len(before.points)) == (count, points)
    assert book.pool.digest == before.digest
    assert book.pool.texts == (*before.texts, *"defgh")
    assert drawn(book.pool, 0) == drawn(before, 0) == first
    assert [book.slot_of(0, letter) for letter in "defgh"] == slots


def test_threads_that_ask_at_once_get_the_same_slots(small: None) -> None:
    book = Book("many", FONT)
    letters = "defghijkmpqrstwyz" * 4
    with ThreadPoolExecutor(8) as threads:
        slots = list(threads.map(lambda letter: book.slot_of(0, letter), letters))
    assert len(set(zip(letters, slots, strict=True))) == len(set(letters)) == len(set(slots))
    assert all(book.pool.texts[slot] == letter for slot, letter in zip(slots, letters, strict=True))


def test_any_glyph_may_stand_for_any_text_or_none() -> None:
    book = Book("any", FONT)
    glyph = book.leaf(0).face.characters["x"]
    slots = book.slots(0, [(glyph, "kṣa"), (glyph, ""), (0, "")])
    assert [book.pool.texts[slot] for slot in slots] == ["kṣa", "", ""]
    assert len({int(book.pool.ids[slot]) for slot in slots}) == 3
    assert book.writes(0, "x") and not book.writes(0, "")


def test_a_fallback_face_is_as_large_and_as_heavy_as_the_hand() -> None:
    book = Book("two", FONT, 0, (Fallback("neat-print/Mynerve.ttf"), Fallback("neat-print/Mynerve.ttf", 0, 0.5)))
    own = book.pool
    for number, x_height in ((1, own.x_height), (2, 0.5 * Book("x", "neat-print/Mynerve.ttf").pool.x_height)):
        slot = book.slot_of(number, "ж" if book.writes(number, "ж") else "α")
        letters = [book.slot_of(number, letter) for letter in "xznuv"]
        tops = [book.pool.bounds[one * own.k : (one + 1) * own.k, 3].mean() for one in letters]
        assert np.median(tops) == pytest.approx(x_height, rel=0.12)
        assert book.pool.ids[slot] != book.pool.ids[0]
        assert book.leaf(number).face.stroke == pytest.approx(own.stroke, rel=0.15)
    assert book.pool.digest == own.digest != Book("one", FONT).pool.digest


def test_a_drawing_has_alternates_like_any_letter() -> None:
    book = Book("draws", FONT)
    ring = np.array([(0, 0), (0, 1), (1.5, 1), (1.5, 0)], float)
    shape = outline.Shapes(ring, np.ones(4, bool), np.array([False, False, False, True]), np.array([0, 4]))
    slot = book.drawing("signature", shape, "Tom Becker")
    assert book.drawing("signature", shape, "Tom Becker") == slot
    pool = book.pool
    assert pool.texts[slot] == "Tom Becker"
    assert pool.advances[slot] == pytest.approx(1.5, abs=0.1)
    shapes = {
        pool.points[pool.first[i] : pool.first[i + 1]].tobytes() for i in range(slot * pool.k, (slot + 1) * pool.k)
    }
    assert len(shapes) == pool.k
    again = Book("draws again", FONT)
    again.slot(0, 5, "")
    other = again.drawing("signature", shape, "Tom Becker")
    assert other != slot
    assert drawn(again.pool, other) == drawn(pool, slot)


SCRIPT = """
import hashlib, random, sys
from pathlib import Path
sys.path.insert(0, "tests/hand")
from hand_helpers import hand, note
from notegen.hand import face, write
from notegen.layout import lay_out_all
from notegen.layout.stocks import builtin
from notegen.press import write_pdf
face.WHOLE = 20
face._is_common = lambda character: character in "abcnoxlvu"
names = ["quick-ballpoint"]
notes = [note(text, str(i)) for i, text in enumerate((
    "Dear Ana,\\n\\nthe Outback and the kids, $41.50\\n\\nTom\\n", "Dear Zoë,\\n\\nquite jolly weather\\n\\nQ\\n",
    "Dear Bo,\\n\\nall of 1234567890 (really)!\\n\\nTom\\n"))]
order = list(range(len(notes)))
if sys.argv[2] != "0":
    random.Random(int(sys.argv[2])).shuffle(order)
cards = {}
for name in names:
    written = [write(notes[i], hand(name), 3).value for i in order]
    for i, laid in zip(order, lay_out_all(written, builtin().get("postcard-4x6")), strict=True):
        cards[name, i] = laid.value
for key in sorted(cards):
    write_pdf([cards[key]], Path(sys.argv[1]), title="t", language="en")
    print(key, hashlib.sha256(Path(sys.argv[1]).read_bytes()).hexdigest())
write_pdf([cards[key] for key in sorted(cards)], Path(sys.argv[1]), title="t", language="en")
print(hashlib.sha256(Path(sys.argv[1]).read_bytes()).hexdigest())
"""


def test_cards_are_the_same_bytes_in_any_order_with_and_without_a_kept_pool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = []
    for cache, order in (("a", "0"), ("a", "1"), ("b", "2"), ("none", "3")):
        monkeypatch.setenv("NOTEGEN_CACHE", str(tmp_path / cache))
        if cache == "none":
            (tmp_path / cache).write_text("in the way")
        ran = subprocess.run(
            [sys.executable, "-W", "error", "-c", SCRIPT, str(tmp_path / "out.pdf"), order],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        said.append(ran.stdout)
    assert said[0].count("\n") == 4
    assert said[1:] == said[:1] * 3
