"""Sign it yourself: the name is left out, the rest stays, and everybody is asked in the same order who signs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from notegen import pipeline, settings
from notegen.errors import NotegenError
from notegen.model.note import Note, Role
from notegen.model.room import Signing, Use
from notegen.pipeline.signing import LINE, SIGNATURE, signing_of, unsigned, unsigned_finding
from notegen.preview import desk
from notegen.settings import Settings

FACTS = ("facts/customers.yaml", "-t", "thanks")
SIGNATURES = Path(__file__).parent / "signatures"


def note(ending: str) -> Note:
    return Note("ana", "thanks", f"Dear Ana,\n\nThank you for coming in on Friday.{ending}")


def told(made: Note) -> list[tuple[str, str, list[Use]]]:
    """Return role, words and room of each part."""
    return [(b.role.value, made.text[b.start : b.end], [space.use for space in b.below]) for b in made.blocks]


SIGN, PEN = Use.SIGNATURE, Use.LINE


@pytest.mark.parametrize(
    ("ending", "parts"),
    [
        ("\n\nWarmly,\nRuth", [("closing", "Warmly,", [SIGN, PEN])]),
        ("\n\nWarmly,\n\nRuth", [("closing", "Warmly,", [SIGN, PEN])]),
        (
            "\n\nWarmly,\nRuth Amsel\nSorrel Creek Auto",
            [("closing", "Warmly,", [SIGN]), ("signature", "Sorrel Creek Auto", [PEN])],
        ),
        (
            "\n\nWarmly,\nRuth\n\nP.S. Bring the dog.",
            [("closing", "Warmly,", [SIGN, PEN]), ("postscript", "P.S. Bring the dog.", [])],
        ),
        (
            "\n\nWarmly,\nRuth\nSorrel Creek\n\nP.S. Bring the dog.",
            [
                ("closing", "Warmly,", [SIGN]),
                ("signature", "Sorrel Creek", [PEN]),
                ("postscript", "P.S. Bring the dog.", []),
            ],
        ),
    ],
)
def test_the_name_goes_and_the_room_takes_its_place(ending: str, parts: list[tuple[str, str, list[Use]]]) -> None:
    made = unsigned(note(ending))
    assert told(made)[2:] == parts
    assert [word for word in note(ending).text.split() if word not in ("Ruth", "Amsel")] == made.text.split()
    assert unsigned_finding(note(ending)) == ()


def test_a_name_without_a_closing_leaves_its_room_below_the_last_sentence() -> None:
    made = unsigned(note("\n\nRuth"))
    assert told(made)[1:] == [("body", "Thank you for coming in on Friday.", [SIGN, PEN])]


def test_a_note_without_a_name_is_found_and_keeps_all_its_words() -> None:
    whole = note("\n\nWarmly, Ruth")
    made = unsigned(whole)
    assert made.text == whole.text
    assert told(made)[-1] == ("closing", "Warmly, Ruth", [SIGN, PEN])
    (found,) = unsigned_finding(whole)
    assert (found.code, found.severity.value, found.note) == ("S110", "warning", "ana")


@given(st.text(alphabet="aB ,.\n!PSé様。", max_size=80))
def test_any_text_keeps_all_but_one_part_and_has_each_room_once(text: str) -> None:
    whole = Note("k", "t", text)
    made = unsigned(whole)
    gone = [whole.text[b.start : b.end] for b in whole.blocks if b.role is Role.SIGNATURE][:1]
    kept = [whole.text[b.start : b.end] for b in whole.blocks]
    for one in gone:
        kept.remove(one)
    assert [made.text[b.start : b.end] for b in made.blocks] == kept
    spaces = [space for block in made.blocks for space in block.below]
    assert spaces == ([SIGNATURE, LINE] if kept else [])


def test_the_command_wins_over_the_shop() -> None:
    drawing = SIGNATURES / "carla.svg"
    printed, yourself = Settings(), Settings(sign=Signing.YOURSELF)
    assert signing_of(printed, pipeline.Wishes()) is Signing.PRINTED
    assert signing_of(yourself, pipeline.Wishes()) is Signing.YOURSELF
    assert signing_of(yourself, pipeline.Wishes(sign=Signing.PRINTED)) is Signing.PRINTED
    assert signing_of(printed, pipeline.Wishes(sign=Signing.YOURSELF)) is Signing.YOURSELF
    assert signing_of(yourself, pipeline.Wishes(signature=drawing)) is Signing.PRINTED
    with pytest.raises(NotegenError, match="with a drawing or by yourself"):
        signing_of(printed, pipeline.Wishes(signature=drawing, sign=Signing.YOURSELF))


def cards(shop: Path, **wishes: Signing) -> pipeline.Batch:
    opened = settings.load(shop).value
    assert opened is not None
    asked = pipeline.Wishes(**wishes)
    people = pipeline.load_facts([shop / "facts"], opened, None)
    template = pipeline.load_template("thanks", opened).value
    assert template is not None
    return pipeline.prepare(people.value or (), people.diagnostics, template, pipeline.drawing(opened, asked))


def test_batch_and_preview_show_the_mode(notegen: Run, shop: Path) -> None:
    (printed,) = cards(shop).cards
    (own,) = cards(shop, sign=Signing.YOURSELF).cards
    signer = printed.text.splitlines()[-2]
    assert signer not in own.text
    assert own.text.split() == [word for word in printed.text.split() if word not in signer.split()]
    assert [room.use for room in own.rooms] == [SIGN, PEN]
    plain, guided = shop / "plain.png", shop / "guided.png"
    words = (str(shop / FACTS[0]), *FACTS[1:])
    assert notegen("preview", *words, "-o", plain, "--sign-yourself", "--no-guides").status == 0
    assert notegen("preview", *words, "-o", guided, "--sign-yourself").status == 0
    assert notegen("batch", "--yes", "--no-ledger", *words, "-o", shop / "cards.pdf", "--sign-yourself").status == 0


def test_the_shop_can_settle_it(shop: Path) -> None:
    path = shop / "notegen.yaml"
    path.write_text(path.read_text() + "\nsign: yourself\n")
    assert len(cards(shop).cards[0].rooms) == 2
    assert cards(shop, sign=Signing.PRINTED).cards[0].rooms == ()


def test_a_shops_drawing_rests_while_you_sign_yourself(shop: Path) -> None:
    drawing = SIGNATURES / "carla.svg"
    path = shop / "notegen.yaml"
    path.write_text(path.read_text() + f"\nsignature: {drawing}\n")
    opened = settings.load(shop).value
    assert opened is not None
    assert pipeline.drawing(opened, pipeline.Wishes()).signature is not None
    assert pipeline.drawing(opened, pipeline.Wishes(sign=Signing.YOURSELF)).signature is None


def test_the_guides_of_a_room_are_seen_and_a_card_without_has_none(shop: Path) -> None:
    (own,) = cards(shop, sign=Signing.YOURSELF).cards
    bare = replace(own, rooms=())
    scale = 4.0
    size = tuple(round((length + 2 * own.stock.bleed) * scale) for length in own.stock.size)
    blank = Image.new("RGB", (size[0], size[1]), "white")
    shown, other = (desk.with_guides(blank, card, scale) for card in (own, bare))
    box = ImageChops.difference(shown, other).getbbox()
    assert box is not None
    top, bottom = own.rooms[0].box.top, own.rooms[-1].box.y
    up = [blank.height - (y + own.stock.bleed) * scale for y in (top, bottom)]
    assert [box[1], box[3]] == pytest.approx(up, abs=3)


def test_another_word_for_sign_is_found(shop: Path) -> None:
    path = shop / "notegen.yaml"
    path.write_text(path.read_text() + "\nsign: byhand\n")
    loaded = settings.load(shop)
    assert [found.code for found in loaded.diagnostics] == ["F018"]
    assert "yourself" in (loaded.diagnostics[0].hint or "")
