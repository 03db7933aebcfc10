"""Hands are read from YAML; what is wrong in one is said with its line and harms no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from notegen.errors import NotegenError
from notegen.hand import hands, pools
from notegen.registry import Registry

GOOD = """title: Mine
font: mine.ttf
pen: 0.3
ink: [0.9, 0.7, 0.2, 0.2]
x_height: [2, 2.4, 3]
leading: 3.4
"""


def write(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_a_bundled_hand_is_found_by_name() -> None:
    assert hands.builtin().get("Quick-Ballpoint").name == "quick-ballpoint"


def test_each_registry_is_ones_own() -> None:
    hands.builtin().add("extra", hands.builtin().get("office-pen"))
    assert "extra" not in hands.builtin()


def test_a_shops_own_hand_needs_only_what_it_must_say(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    registry = hands.load(tmp_path, hands.builtin())
    mine = registry.get("mine")
    assert mine.x_height == (2.0, 2.4, 3.0)
    assert mine.tidiness == 1.0
    assert Path(mine.font) == tmp_path.resolve() / "mine.ttf"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("pen: 0.3", "pem: 0.3"), "mine.yaml:3:1: a hand has no 'pem' (did you mean 'pen'?)"),
        (("pen: 0.3", "pen: thick"), "mine.yaml:3:6: there is no pen called 'thick'"),
        (("pen: 0.3", "pen: gell"), "mine.yaml:3:6: there is no pen called 'gell' (did you mean 'gel'?)"),
        (("pen: 0.3", "pen: gel 9"), "mine.yaml:3:6: pen must be a number from 0.1 to 3"),
        (("pen: 0.3", "pen: true"), "pen must be a number"),
        (("pen: 0.3", "pen: .nan"), "there is no pen called '.nan'"),
        (("pen: 0.3", "pen: {kind: gel, taper: 2}"), "mine.yaml:3:25: taper must be a number from 0 to 0.9"),
        (("pen: 0.3", "pen: {kind: gel, tape: 2}"), "mine.yaml:3:24: a pen has no 'tape' (did you mean 'taper'?)"),
        (("[0.9, 0.7, 0.2, 0.2]", "bleu"), "mine.yaml:4:6: there is no ink called 'bleu' (did you mean 'blue'?)"),
        (("[0.9, 0.7, 0.2, 0.2]", "[1, 1, 1, 0.3]"), "mine.yaml:4:6: ink covers 330%, paper holds 280%"),
        (("[0.9, 0.7, 0.2, 0.2]", "{name: blue, spot: All}"), "mine.yaml:4:25: a spot colour cannot be called 'All'"),
        (("[2, 2.4, 3]", "[2, 3]"), "mine.yaml:5:11: x_height must be 3 numbers"),
        (("[2, 2.4, 3]", "[3, 2.4, 2]"), "x_height must be least, usual and greatest, in this order"),
        (
            ("0.2, 0.2]", "0.2, 20]"),
            "mine.yaml:4:6: ink must be a name or 4 numbers: each must be a number from 0 to 1",
        ),
        (("leading: 3.4\n", ""), "leading must be a number"),
        (
            ("pen: 0.3", "kind: prnt"),
            "mine.yaml:3:7: kind must be one of quick, business, school, elder, print, capitals",
        ),
        (
            ("pen: 0.3", "scripts: Latn"),
            "mine.yaml:3:10: scripts must be a list of ISO 15924 codes, such as [Latn, Grek",
        ),
        (("pen: 0.3", "scripts: [Latin]"), "scripts must be a list of ISO 15924 codes"),
        (("title: Mine", "title: ''"), "title must be a text"),
        (("title: Mine", "title: [Mine"), "mine.yaml:"),
    ],
)
def test_a_wrong_hand_says_where_and_what(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    write(tmp_path, GOOD.replace(*change))
    write(tmp_path, GOOD, "other.yaml")
    registry = hands.load(tmp_path, Registry("hand"))
    assert says in registry.broken["mine"]
    assert "other" in registry
    with pytest.raises(NotegenError, match="could not be loaded"):
        registry.get("mine")


@pytest.mark.parametrize(
    ("pen", "ink", "means"),
    [
        ("0.3", "[0.9, 0.7, 0.2, 0.2]", (("ballpoint", 0.3), ("", None))),
        ("gel", "sepia", (("gel", 0.36), ("sepia", None))),
        ("gel 0.4", "sepia spot", (("gel", 0.4), ("sepia", "Sepia Ink"))),
        ("{kind: felt, width: 0.5}", "{name: green, spot: PANTONE 350 U}", (("felt", 0.5), ("green", "PANTONE 350 U"))),
        ("", "", (("ballpoint", 0.28), ("blue-black", None))),
    ],
)
def test_pen_and_ink_are_said_in_several_ways(tmp_path: Path, pen: str, ink: str, means: tuple[object, ...]) -> None:
    text = GOOD.replace("pen: 0.3", f"pen: {pen}" if pen else "").replace("[0.9, 0.7, 0.2, 0.2]", ink)
    write(tmp_path, text if ink else text.replace("ink: \n", ""))
    mine = hands.load(tmp_path, Registry("hand")).get("mine")
    assert ((mine.pen.kind, mine.pen.width), (mine.ink.name, mine.ink.spot)) == means


def test_an_empty_file_and_a_list_are_not_hands(tmp_path: Path) -> None:
    write(tmp_path, "", "empty.yaml")
    write(tmp_path, "- a\n- b\n", "list.yaml")
    write(tmp_path, GOOD + "---\n" + GOOD, "two.yaml")
    assert set(hands.load(tmp_path, Registry("hand")).broken) == {"empty", "list", "two"}


@pytest.mark.parametrize("content", [None, b"", b"not a font", b"\0\1\0\0\0\4" + b"\xff" * 200, b"OTTO" * 40])
def test_a_font_that_is_none_is_a_mistake_with_its_name(tmp_path: Path, content: bytes | None) -> None:
    write(tmp_path, GOOD)
    if content is not None:
        (tmp_path / "mine.ttf").write_bytes(content)
    mine = hands.load(tmp_path, Registry("hand")).get("mine")
    with pytest.raises(NotegenError, match=r"mine\.ttf"):
        pools.pool(mine)


def test_a_font_that_forbids_embedding_is_refused(tmp_path: Path) -> None:
    from fontTools.ttLib import TTFont

    font = TTFont(pools.font_path(hands.builtin().get("hurried-ballpoint")))
    font["OS/2"].fsType = 2
    font.save(tmp_path / "mine.ttf")
    write(tmp_path, GOOD)
    with pytest.raises(NotegenError, match="forbids embedding"):
        pools.pool(hands.load(tmp_path, Registry("hand")).get("mine"))
