"""A font of one's own becomes a hand, or is refused with a reason; no file makes the reader fail or hang."""

from __future__ import annotations

import re
from pathlib import Path

import made_fonts
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from notegen.errors import NotegenError
from notegen.hand import adding, hands, pools
from notegen.model.hand import Hand

GOOD = made_fonts.font()


def refused(data: bytes) -> str:
    with pytest.raises(NotegenError) as raised:
        adding.examine(data, "x.ttf")
    return f"{raised.value.message} {raised.value.hint or ''}"


def test_a_good_font_is_measured() -> None:
    found = adding.examine(GOOD, "x.ttf")
    assert found.family == "Bars & Co"
    assert found.copyright == "(c) 2026 A. Bar maker"
    assert found.x_height == pytest.approx(0.45)
    assert found.stroke == pytest.approx(0.045, abs=0.005)
    assert found.scripts == ("Latn",)
    assert not found.capitals
    assert adding.examine(made_fonts.hinted(), "x.ttf").x_height == pytest.approx(0.45)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is not a TrueType or OpenType font"),
        (b"GIF89a" * 50, "is not a TrueType or OpenType font"),
        (b"wOFF" + GOOD, "web font (WOFF)"),
        (b"wOF2" + GOOD, "take the .ttf"),
        (GOOD[:400], "damaged"),
        (GOOD[: len(GOOD) // 2], "damaged"),
        (made_fonts.allowing(2), "forbids embedding it in a PDF"),
        (made_fonts.allowing(0x200), "bitmaps of it alone"),
        (made_fonts.allowing(0x100), "forbids embedding a part"),
        (made_fonts.coloured(), "colour font"),
        (made_fonts.font(" \u00a0"), "has no letters"),
        (made_fonts.without("glyf", "loca"), "only bitmaps"),
        (made_fonts.without("cmap"), "no table 'cmap'"),
        (made_fonts.without("OS/2"), "does not say whether it may be embedded"),
        (made_fonts.bomb(), "more than 20,000 points"),
        (made_fonts.endless(), "more than 20,000 points"),
    ],
)
def test_what_cannot_become_a_hand_is_refused_with_the_reason(data: bytes, says: str) -> None:
    assert says in refused(data)


@pytest.mark.parametrize("bits", [0, 4, 8])
def test_rights_to_print_are_enough(bits: int) -> None:
    assert adding.examine(made_fonts.allowing(bits), "x.ttf").rights.startswith("may be embedded")


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=12))
@example([(0, 1)])
def test_a_damaged_font_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for place, byte in changes:
        data[place] = byte
    try:
        found = adding.examine(bytes(data), "x.ttf")
    except NotegenError:
        return
    assert "\n" not in found.family


@pytest.mark.parametrize("hand", list(hands.builtin()), ids=lambda one: one.name)
def test_the_proposed_file_is_read_back_as_a_hand(hand: Hand, tmp_path: Path) -> None:
    path = pools.font_path(hand)
    found = adding.examine(path.read_bytes(), path.name)
    file = tmp_path / "mine.yaml"
    file.write_text(adding.as_yaml(found, path.name), encoding="utf-8")
    made = hands.read(file, "mine", f"{path.parent}/")
    assert set(hand.scripts) <= set(made.scripts)
    assert pools.font_path(made) == path
    assert 0.22 <= made.pen.width <= 0.36
    assert 3.0 <= made.leading <= 4.2
    assert (made.kind == "capitals") == (hand.kind == "capitals")
    assert found.known_licence == hand.licence or hand.name == "fountain-cursive"


@given(st.text())
def test_a_name_for_a_hand_can_name_a_file_anywhere(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", adding.slug(text))


@given(st.text(max_size=60))
def test_whatever_a_font_calls_itself_its_file_is_yaml(text: str) -> None:
    found = adding.examine(GOOD, "x.ttf")
    file = adding.as_yaml(
        adding.Examined(text, text, text, text, found.rights, 0, found.characters, 0.05, 0.45, 3.2, False), "x.ttf"
    )
    assert file.count("\n") == 14
