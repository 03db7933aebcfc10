"""Every bundled font may be bundled, says where it is from, and may be embedded."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from notegen.hand import coverage, hands, missing, pools
from notegen.model.hand import KINDS, Hand

FONTS = Path(__file__).resolve().parents[2] / "fonts"
HANDS = list(hands.builtin())
LICENCES = {
    "OFL-1.1": ("SIL OPEN FONT LICENSE Version 1.1", "OTHER DEALINGS IN THE FONT SOFTWARE"),
    "Apache-2.0": ("Apache License", "END OF TERMS AND CONDITIONS"),
}


LATIN = [hand for hand in HANDS if "Latn" in hand.scripts]
WANTED = {"Latn", "Grek", "Cyrl", "Hebr", "Deva", "Jpan", "Hang"}
LACKS = {"pen-capitals": set("£"), "gel-print": set("%")}
"""What a Latin hand lacks of what the others all have."""


def test_there_are_hands_for_different_roles() -> None:
    assert len(LATIN) >= 12
    assert {hand.kind for hand in LATIN} == set(KINDS)
    assert len({hand.role for hand in HANDS}) == len(HANDS)
    assert WANTED <= {script for hand in HANDS for script in hand.scripts}


def test_the_fonts_are_not_too_large_to_install() -> None:
    assert sum(file.stat().st_size for file in FONTS.rglob("*") if file.is_file()) < 16_000_000
    assert max(pools.font_path(hand).stat().st_size for hand in HANDS) < 6_000_000


@pytest.mark.parametrize("hand", HANDS, ids=lambda hand: hand.name)
def test_a_font_has_its_whole_licence_with_its_own_copyright_line(hand: Hand) -> None:
    text = (FONTS / hand.name / "LICENSE.txt").read_text()
    for part in LICENCES[hand.licence]:
        assert part in text
    names = TTFont(pools.font_path(hand))["name"]
    declared = re.sub(r"\(c\)|©", "", f"{names.getDebugName(0)} {names.getDebugName(13)}")
    ours = text.splitlines()[0]
    assert ours.startswith("Copyright ")
    assert re.findall(r"\d{4}", ours)[0] in declared
    assert set(re.findall(r"[A-Z]\w+", ours.split("(http")[0])[1:3]) <= set(re.findall(r"\w+", declared))


@pytest.mark.parametrize("hand", HANDS, ids=lambda hand: hand.name)
def test_a_changed_font_with_a_reserved_name_has_another(hand: Hand) -> None:
    origin = (FONTS / hand.name / "ORIGIN.md").read_text()
    reserved = re.search(r"^- Reserved font name: (.*)", origin, re.MULTILINE)
    assert reserved is not None
    if "- Changed: nothing" not in origin and not reserved[1].startswith("none"):
        family = TTFont(pools.font_path(hand))["name"].getDebugName(1)
        assert family.casefold() == f"notegen {hand.title}".casefold()


@pytest.mark.parametrize("hand", HANDS, ids=lambda hand: hand.name)
def test_a_font_says_where_it_is_from_and_is_that_very_file(hand: Hand) -> None:
    origin = (FONTS / hand.name / "ORIGIN.md").read_text()
    for label in ("Font", "Author", "Copyright", "Licence", "Reserved font name", "Package", "sha256", "Changed"):
        assert re.search(rf"^- {label}: \S", origin, re.MULTILINE), label
    digest = hashlib.sha256(pools.font_path(hand).read_bytes()).hexdigest()
    assert f"sha256: {digest}" in origin


@pytest.mark.parametrize("hand", HANDS, ids=lambda hand: hand.name)
def test_a_font_may_be_embedded_and_the_hand_has_a_name_of_our_own(hand: Hand) -> None:
    font = TTFont(pools.font_path(hand))
    assert font["OS/2"].fsType in (0, 8)  # installable, or editable: a PDF may carry either
    family = re.sub(r"\W", "", font["name"].getDebugName(1)).casefold()
    assert family not in hand.name.replace("-", "")


@pytest.mark.parametrize("hand", HANDS, ids=lambda hand: hand.name)
def test_a_hand_is_one_that_a_person_could_have(hand: Hand) -> None:
    assert hand.title
    assert 0.22 <= hand.pen.width <= 0.45
    assert 1.8 <= hand.x_height[0] < hand.x_height[1] < hand.x_height[2] <= (3.3 if "Latn" in hand.scripts else 4.6)
    assert 2.8 <= hand.leading <= 4.2
    assert 1.1 <= hand.word_gap <= 1.96  # people: 1.10 to 1.96, half of them
    assert hand.ink.cmyk != (0, 0, 0, 1)
    assert sum(hand.ink.cmyk) <= 2.8


@pytest.mark.parametrize("hand", LATIN, ids=lambda hand: hand.name)
def test_a_hand_writes_what_an_american_or_western_european_note_needs(hand: Hand) -> None:
    needed = set(map(chr, range(0x21, 0x7F))) | set("‘’“”–—…‑éèêëáàâäãåçñóòôöõøúùûüíìîïÁÉÍÓÚÑÖÜßæœŒ£€°½×")
    lacking = needed - missing.characters(hand)
    assert lacking <= set("½×€°^|~`\\{}<>‑") | LACKS.get(hand.name, set())


@pytest.mark.parametrize("hand", HANDS, ids=lambda hand: hand.name)
def test_a_hand_has_the_whole_alphabet_of_each_script_that_it_is_for(hand: Hand) -> None:
    whole = {one.script for one in coverage.covered(missing.characters(hand))}
    assert set(hand.scripts) <= whole
    assert set("0123456789.,:;!?-") <= missing.characters(hand)


def test_one_hand_writes_greek_and_vietnamese() -> None:
    assert set("ΑγαπητήΜαρίαNguyễnThịHồngđƯơợ") <= missing.characters(hands.builtin().get("neat-print"))
