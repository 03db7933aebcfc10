"""Cards signed with a drawing: on every stock, whatever its size, it touches nothing and stays where ink may be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from outlines import least_distance, least_gap, outside

from notegen.hand import hands, outline, sign, signature, write
from notegen.hand.outline import Shapes
from notegen.hand.signing import DOWN, UP, WIDE, half_widths
from notegen.layout import lay_out
from notegen.layout.stocks import builtin
from notegen.model.note import Note, Role
from notegen.model.signature import Signature
from notegen.model.writing import Writing
from notegen.press.pdf import write_pdf

CARLA = signature.load(Path(__file__).parent.parent / "signatures" / "carla.svg")
TEXT = """Dear Ana and Bo,

Thank you for driving the Outback home on March 4. You said the heated seats would settle the winter argument, and I
hope the committee at Priya’s school agrees. It was good to see all three of you.

Warmly,
Carla Reyes
Sorrel Creek Auto

P.S. Tell Priya that the dog may ride along.
"""
TIMES = (0.3, 1.0, 4.0)
TALL = np.array([[0.0, 0.0], [0.4, 30.0], [0.8, 0.0], [0.4, -18.0]])


def written(key: str = "ana", name: str = "quick-ballpoint", seed: int = 1, text: str = TEXT) -> Writing:
    """Return the note written in letters."""
    made = write(Note(key, "test", text), hands.builtin().get(name), seed).value
    assert made is not None
    return made


def larger(one: Signature, times: float) -> Signature:
    """Return a signature of another size."""
    return replace(one, points=one.points * times, stroke=one.stroke * times)


def drawn(writing: Writing) -> int:
    """Return the place of the one word of the signature."""
    (passage,) = (one for one in writing.passages if one.role is Role.SIGNATURE and one.last - one.first == 1)
    return passage.first


@pytest.mark.parametrize("times", TIMES)
@pytest.mark.parametrize("name", ["quick-ballpoint", "school-cursive", "marker-capitals"])
def test_a_signature_keeps_clear_of_all_lines_and_within_the_safe_area(name: str, times: float) -> None:
    """Each size on every third stock, and each stock with one of the sizes."""
    laid, stocks = 0, list(enumerate(builtin()))[TIMES.index(times) :: len(TIMES)]
    for seed, stock in stocks:
        card = lay_out(sign(written(f"k{seed}", name), larger(CARLA, times), seed), stock)
        if card.value is None:
            assert [found.code for found in card.diagnostics] == ["C201"]
            continue
        laid += 1
        assert outside(card.value) <= 1e-6, stock.name
        assert least_distance(card.value) > 0.2, stock.name
        assert least_gap(card.value) > 0.1, stock.name
    assert laid > 0.6 * len(stocks)


def test_the_name_is_one_word_and_all_else_stays() -> None:
    plain = written()
    signed = sign(plain, CARLA, 1)
    at = drawn(signed)
    slot = int(signed.outline[signed.words[at]]) // signed.pool.k
    assert signed.pool.texts[slot] == "Carla Reyes"
    assert [one.role for one in signed.passages] == [one.role for one in plain.passages]
    assert len(signed.width) == len(plain.width) - 1
    assert len(signed.outline) == len(plain.outline) - len("CarlaReyes") + 1
    assert (signed.words[-1], signed.passages[-1].last) == (len(signed.outline), len(signed.width))
    for field in ("outline", "x", "y", "matrix"):
        before, after = getattr(plain, field), getattr(signed, field)
        assert (before[: plain.words[at]] == after[: plain.words[at]]).all()
        assert (before[plain.words[at + 2] :] == after[signed.words[at + 1] :]).all()


def test_a_note_without_a_name_stays_as_it_is() -> None:
    plain = written(text="Dear Ana,\n\nThank you for the cake, and for the candles on it.")
    assert sign(plain, CARLA, 1) is plain


def test_every_card_is_signed_a_little_differently_and_the_same_one_always_alike() -> None:
    signed = [sign(written(f"k{number}"), CARLA, 1) for number in range(40)]
    shapes = {(int(one.outline[one.words[drawn(one)]]), one.matrix[one.words[drawn(one)]].tobytes()) for one in signed}
    assert len(shapes) == 40
    sizes = np.array([one.matrix[one.words[drawn(one)], 3] for one in signed])
    assert 0.02 < sizes.std() < 0.06
    again = sign(written("k7"), CARLA, 1)
    assert (again.outline == signed[7].outline).all() and (again.matrix == signed[7].matrix).all()


def test_the_real_size_is_kept_and_a_huge_one_is_bounded() -> None:
    writing = written()
    em = writing.hand.x_height[1] / writing.pool.x_height
    for times, wanted in ((1.0, CARLA.width), (4.0, WIDE * writing.hand.x_height[1])):
        signed = sign(writing, larger(CARLA, times), 1)
        width = np.ptp(signed.pool.bounds[signed.outline[signed.words[drawn(signed)]]][[0, 2]]) * em
        assert width <= wanted * 1.1
        assert times > 1 or width == pytest.approx(wanted, rel=0.08)


def test_a_tall_drawing_is_bounded_in_height() -> None:
    flags = np.ones(4, np.bool_)
    tall = Signature(TALL, flags, np.arange(4) == 3, 0.3, "tall")
    signed = sign(written(), tall, 1)
    box = signed.pool.bounds[signed.outline[signed.words[drawn(signed)]]] / signed.pool.x_height
    assert box[3] < UP * 1.15 and -box[1] < DOWN * 1.15


def test_half_widths_are_those_of_the_stroke() -> None:
    """A bar 8 long and 1 wide is half as wide as 1 along its sides, whichever way it lies."""
    bar = np.array([[x, 0.0] for x in range(9)] + [[x, 1.0] for x in range(8, -1, -1)])[::-1]
    turn = np.array([[0.8, 0.6], [-0.6, 0.8]])
    end = np.arange(18) == 17
    shapes = Shapes(bar @ turn, np.ones(18, np.bool_), end, np.array([0, 18]))
    found = half_widths(shapes, outline.normals(shapes.points, end), 1.0)
    sides = (bar[:, 0] > 1) & (bar[:, 0] < 7)
    assert found[sides] == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("name", ["quick-ballpoint", "marker-capitals"])
def test_a_broad_pens_signature_is_drawn_with_the_pen_of_the_note_and_does_not_break(name: str) -> None:
    """Nothing crosses over: the outline keeps its direction and most of its length."""
    writing = written(name=name)
    signed = sign(writing, replace(CARLA, stroke=CARLA.stroke), 1)
    pool, shape = signed.pool, signed.outline[signed.words[drawn(signed)]]
    part = slice(pool.first[shape], pool.first[shape + 1])
    points, ends = pool.points[part].astype(float), pool.contour_end[part]
    one = Shapes(points, pool.on_curve[part], ends, np.array([0, len(points)]))
    assert signature.stroke_of(one) < CARLA.stroke * 1.05 / (writing.hand.x_height[1] / pool.x_height)
    area = outline.areas(points, ends)
    assert (area > 0).sum() >= 1 and np.abs(area[area < 0]).max(initial=0) < area.max()


HEBREW = "מרים היקרה,\n\nתודה שקנית אצלנו Outback חדשה, והיא נוסעת יפה מאוד.\n\nבתודה,\n{name}\nPennywhistle Cycles"
JAPANESE = "みどり様\n\nこの度はありがとうございました。良い旅を。\n\n敬具\n高橋 花子"


@pytest.mark.parametrize(
    ("hand", "text", "name"),
    [
        ("hebrew-pen", HEBREW.format(name="שרה כהן"), "שרה כהן"),
        ("hebrew-pen", HEBREW.format(name="Carla Reyes"), "Carla Reyes"),
        ("japanese-pen", JAPANESE, "高橋 花子"),
    ],
)
def test_notes_in_other_scripts_are_signed_and_read_too(hand: str, text: str, name: str, tmp_path: Path) -> None:
    plain = written("k", hand, 2, text)
    signed = sign(plain, CARLA, 1)
    assert signed.flow is not None
    assert signed.flow.said[drawn(signed)] == name
    assert len(signed.flow.said) == len(signed.width) == len(signed.flow.spaced)
    for stock in builtin():
        card = lay_out(signed, stock)
        assert card.value is not None
        assert outside(card.value) <= 1e-6, stock.name
        assert least_distance(card.value) > 0.2, stock.name
        write_pdf([card.value], tmp_path / "a.pdf", title="a", language="en")
        text = pypdfium2.PdfDocument(tmp_path / "a.pdf")[0].get_textpage().get_text_range()
        assert name in " ".join(text.split()), stock.name
