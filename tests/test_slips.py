"""What a slip and copy sheets say of a batch, and whether cards, envelopes and rows are of the same people."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st

from notegen import compose, pipeline, settings
from notegen.model.diagnostic import has_errors
from notegen.model.facts import Facts
from notegen.model.note import Note
from notegen.model.room import Signing
from notegen.model.slip import Mark, Row
from notegen.model.source import Source
from notegen.pipeline.copying import count_words, names_in
from notegen.pipeline.slips import BEGINS, address_of, begins
from notegen.settings import Settings

PEOPLE = """\
customer:
  name: Ana Reyes
  greeting: Ana
  address: {street: 8 Canal Street, city: Port Ellery, region: OR, postcode: "97999"}
sale: {date: 2026-03-04, item: Brompton folding bicycle, short: the Brompton, enclose: [the photo, two tickets]}
by_hand: [a line about Biscuit]
remember: ["You came in on the 14 bus with your hound Biscuit, and asked whether he could ride in front."]
---
customer:
  name: 伊藤 花子
  greeting: Ito-san
  address: {lines: [〒150-0002, 東京都渋谷区]}
sale: {date: 2026-03-05, item: Surly Trucker, short: the Trucker}
remember: ["You told me about the pass above Nagano in snow."]
"""


@pytest.fixture
def made(shop: Path) -> tuple[pipeline.Batch, pipeline.Drawing, Settings]:
    """A batch of two."""
    (shop / "facts" / "customers.yaml").write_text(PEOPLE, encoding="utf-8")
    template = shop / "templates" / "thanks.j2"
    template.write_text(template.read_text().replace("---\n", "---\nby_hand: [a drop of wax]\n", 1))
    opened = settings.load(shop).value
    assert opened is not None
    return (*batch(opened, pipeline.Wishes()), opened)


def batch(opened: Settings, wishes: pipeline.Wishes) -> tuple[pipeline.Batch, pipeline.Drawing]:
    people = pipeline.load_facts([opened.facts], opened, None)
    assert people.diagnostics == ()
    template = pipeline.load_template("thanks", opened).value
    assert template is not None
    drawing = pipeline.drawing(opened, wishes)
    return pipeline.prepare(people.value or (), (), template, drawing), drawing


Made = tuple[pipeline.Batch, pipeline.Drawing, Settings]


def test_a_row_says_whose_card_it_is_and_what_to_add(made: Made) -> None:
    first, second = pipeline.slip_rows(made[0], made[1])
    assert (first.name, first.mark.number, second.mark.number) == ("Ana Reyes", 1, 2)
    assert first.address[0] == "8 Canal Street"
    assert second.address == ("〒150-0002", "東京都渋谷区")
    assert first.begins.startswith("Thank you for coming in on Wednesday")
    assert len(first.begins) <= BEGINS + 1
    assert first.by_hand == ("a drop of wax", "a line about Biscuit", "enclose: the photo", "enclose: two tickets")
    assert second.by_hand == ("a drop of wax",)
    assert (first.stock, first.hand, first.envelope) == (
        made[0].cards[0].stock.name,
        made[0].cards[0].hand.name,
        made[0].cards[0].stock.envelope,
    )
    assert first.mark.code != second.mark.code


def test_a_card_that_is_signed_by_hand_says_so_first(made: Made) -> None:
    rows = pipeline.slip_rows(*batch(made[2], pipeline.Wishes(sign=Signing.YOURSELF)))
    assert rows[1].by_hand == ("sign it with a pen", "add a line by hand", "a drop of wax")


def test_marks_go_by_the_seed_and_stay_with_the_key(made: Made) -> None:
    plain = [row.mark.code for row in pipeline.slip_rows(made[0], made[1])]
    other = [row.mark.code for row in pipeline.slip_rows(*batch(made[2], pipeline.Wishes(seed=99)))]
    assert plain == [row.mark.code for row in pipeline.slip_rows(made[0], made[1])]
    assert plain != other


def test_marks_are_those_of_cards_and_envelopes_whoever_is_left_out(made: Made) -> None:
    opened = made[2]
    path = opened.facts / "customers.yaml"
    path.write_text(path.read_text() + "---\n" + PEOPLE.partition("---\n")[0].replace("Ana Reyes", "Bo Lind"))
    path.write_text(path.read_text().replace("item: Surly Trucker, short: the Trucker", "item: TBD, short: N/A"))
    people = pipeline.load_facts([opened.facts], opened, None)
    template = pipeline.load_template("thanks", opened).value
    assert template is not None
    drawing = pipeline.drawing(opened, pipeline.Wishes())
    whole = pipeline.prepare(people.value or (), people.diagnostics, template, drawing)
    assert len(whole.left_out) == 1
    rows = pipeline.slip_rows(whole, drawing)
    codes = pipeline.codes_of(whole, drawing.seed)
    assert [row.mark.number for row in rows] == [1, 3]
    assert [row.mark.text for row in rows] == [codes[card.key] for card in whole.cards]


def row(key: str, envelope: str | None = "env-a2") -> Row:
    return Row(Mark("HJK", 1), key, key.upper(), (), "", "", "", envelope)


@pytest.mark.parametrize(
    ("cards", "envelopes", "messages"),
    [
        ("abc", "abc", []),
        ("abc", None, []),
        ("ab", "abc", ["C (c) is on the packing slip and has no card"]),
        ("abc", "bc", ["A (a) is on the packing slip and has no envelope"]),
        ("abcd", "abc", ["d has a card and is not on the packing slip for one"]),
        ("abcb", "abcc", ["B (b) has 2 cards", "C (c) has 2 envelopes"]),
        ("abc", "abcz", ["z has an envelope and is not on the packing slip for one"]),
    ],
)
def test_whoever_is_missing_or_doubled_is_named(cards: str, envelopes: str | None, messages: list[str]) -> None:
    rows = [row(key) for key in "abc"]
    found = pipeline.agree(rows, list(cards), None if envelopes is None else list(envelopes))
    assert [one.message for one in found] == messages
    assert has_errors(found) is bool(messages)
    assert {one.code for one in found} <= {"S101", "S102"}


def test_a_card_without_an_envelope_needs_none_and_two_rows_are_found() -> None:
    assert pipeline.agree([row("a"), row("b", None)], ["a", "b"], ["a"]) == ()
    (found,) = pipeline.agree([row("a"), row("a")], ["a"])
    assert (found.code, found.message) == ("S102", "A (a) has 2 rows")


@given(st.lists(st.sampled_from("abcdef"), max_size=8), st.lists(st.sampled_from("abcdef"), max_size=8))
def test_counts_agree_exactly_when_nothing_is_found(rows: list[str], cards: list[str]) -> None:
    listed = [row(key) for key in rows]
    same = sorted(rows) == sorted(cards) and len(set(rows)) == len(rows)
    assert (pipeline.agree(listed, cards) == ()) is same


def test_letters_without_a_shape_are_named() -> None:
    (found,) = pipeline.unprintable([replace(row("a"), name="\u1200\u1208 Abebe"), row("b")])
    assert (found.code, found.note, found.is_error) == ("S103", "a", False)
    assert "'\u1200'" in found.message
    (begins, hand) = pipeline.unprintable([replace(row("a"), begins="\u1200"), replace(row("b"), by_hand=("\u1208",))])
    assert (begins.note, hand.note) == ("a", "b")


def facts(text: str) -> Facts:
    from notegen import facts as stage

    (one,) = stage.load_source(Source("facts.yaml", text), stage.STANDARD).value or ()
    return one


def test_an_address_is_the_envelopes_and_has_the_name_once() -> None:
    parts = "street: 8 Canal Street, city: Port Ellery, region: OR, postcode: '97999'"
    one = facts(f"customer: {{name: Ana Reyes, address: {{{parts}}}}}\n")
    assert address_of(one, Settings()) == ("Ana Reyes", "8 Canal Street", "Port Ellery OR 97999")
    out = facts("customer: {name: Ana Reyes, address: {lines: [Ana Reyes, 8 Canal Street]}}\n")
    assert address_of(out, Settings()).count("Ana Reyes") == 1
    assert address_of(facts("customer: {name: Ana Reyes}\n"), Settings()) == ("Ana Reyes",)


def test_the_first_words_are_the_bodys() -> None:
    note = Note("k", "t", "Dear Ana,\n\nYou came in\non Friday.\n\nWarmly,\nRuth")
    assert begins(note) == "You came in on Friday."
    long = begins(replace(note, text="Dear Ana,\n\n" + "word " * 60))
    assert long.endswith("word…")
    assert begins(Note("k", "t", "")) == ""


def test_names_are_found_and_common_words_are_not() -> None:
    one = facts(
        "customer: {name: Zoë O'Neill, household: [Tom]}\n"
        "sale: {date: 2026-03-04, item: Subaru Outback, short: your Outback}\n"
    )
    text = (
        "Dear Zoë,\n\nYour Outback went home on Wednesday, and I'm told Mr. Pérez's dog Biscuit rode in the F-150. "
        "Tom drove. The rest is history.\n\nWarmly,\nRuth Amsel"
    )
    note = Note("k", "t", text)
    assert names_in(note, one, "en_US") == ("Zoë", "Outback", "Pérez", "Biscuit", "F-150", "Tom")
    german = Note("k", "t", "Liebe Zoë,\n\nder Hund und das Auto sind da, Tom.\n\nHerzlich,\nRuth")
    assert names_in(german, one, "de_DE") == ("Zoë", "Tom")


def test_words_are_counted_in_any_script() -> None:
    assert count_words("Dear Ana, you came on the 14 bus.") == 8
    assert count_words("ありがとう Ana") == 6


def test_a_copy_sheet_has_the_note_the_envelope_and_its_length(made: Made) -> None:
    first, second = pipeline.copy_sheets(made[0], made[2], "en_US")
    note = made[0].drafts[0].note
    assert note is not None
    assert " ".join(text for _, text in first.parts) == " ".join(note.text.split())
    assert first.address[0] == "Ana Reyes"
    assert second.address == ("〒150-0002", "東京都渋谷区", "伊藤 花子")
    assert {"Ana", "Brompton", "Biscuit"} <= set(first.names)
    assert first.words == len(note.text.split())
    assert first.lines == int(made[0].cards[0].line_end.sum()) > 5
    assert "sign it with a pen" not in first.by_hand


def test_front_matter_tells_what_is_added_by_hand() -> None:
    def read(by_hand: str) -> list[str]:
        parsed = compose.parse(Source("t.j2", f"---\nby_hand: {by_hand}\n---\nDear Ana,\n"))
        return [one.message for one in parsed.diagnostics] or list(parsed.value.by_hand if parsed.value else ())

    assert read("[sign in blue, a drop of wax]") == ["sign in blue", "a drop of wax"]
    assert read("sign") == ["by_hand wants a list of texts"]
    assert read("[sign, 3]") == ["by_hand has something that is no text"]


def test_the_commands_write_slips_and_sheets(notegen: Run, made: Made, shop: Path) -> None:
    words = (str(shop / "facts"), "-t", "thanks")
    ran = notegen("slip", *words, "-o", shop / "slip.pdf", "--csv", shop / "slip.csv")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("2 rows:")
    assert "伊藤 花子" in (shop / "slip.csv").read_text(encoding="utf-8-sig")
    ran = notegen("copy", *words, "-o", shop / "copy.pdf", "--only", "Ana Reyes")
    assert ran.out.startswith("1 note, 1 page:")
    assert (shop / "copy.pdf").read_bytes().startswith(b"%PDF")


def test_slips_and_sheets_as_data(notegen: Run, made: Made, shop: Path) -> None:
    import json

    words = (str(shop / "facts"), "-t", "thanks", "--json")
    rows = json.loads(notegen("slip", *words, "-o", shop / "slip.pdf").out)["rows"]
    assert [one["name"] for one in rows] == ["Ana Reyes", "伊藤 花子"]
    told = json.loads(notegen("copy", *words, "-o", shop / "copy.pdf").out)
    assert told["pages"] == 2
    assert told["notes"][0]["lines"] > 5


def test_an_error_stops_both_unless_the_bad_are_skipped(notegen: Run, made: Made, shop: Path) -> None:
    path = shop / "facts" / "customers.yaml"
    path.write_text(path.read_text().replace("item: Surly Trucker, short: the Trucker", "item: TBD, short: N/A"))
    words = (str(shop / "facts"), "-t", "thanks")
    for name in ("slip", "copy"):
        target = shop / f"{name}.pdf"
        ran = notegen(name, *words, "-o", target)
        assert ran.status == 1
        assert "--skip-bad" in ran.err
        assert not target.exists()
        assert notegen(name, *words, "-o", target, "--skip-bad").status == 0
        assert target.exists()


def test_a_target_of_another_kind_is_refused(notegen: Run, shop: Path) -> None:
    words = (str(shop / "facts"), "-t", "thanks")
    assert notegen("slip", *words, "-o", shop / "slip.txt").status == 2
    assert notegen("slip", *words, "-o", shop / "slip.pdf", "--csv", shop / "slip.yaml").status == 2
    assert notegen("copy", *words, "-o", shop / "facts" / "customers.yaml").status == 2
