"""The order of the stages, and what is chosen when several have a wish."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run

from notegen import pipeline, settings
from notegen.errors import NotegenError, UnreadableFile
from notegen.model.card import Card
from notegen.model.facts import Facts
from notegen.settings import Settings


def opened(shop: Path) -> Settings:
    made = settings.load(shop).value
    assert made is not None
    return made


def first(shop: Path) -> Facts:
    people = pipeline.load_facts([shop / "facts"], opened(shop), None).value
    assert people
    return people[0]


def test_a_shop_can_put_its_own_partial_before_the_librarys(shop: Path) -> None:
    (shop / "templates" / "_signature.j2").write_text("Signed with a thumb\n")
    template = pipeline.load_template("honest-fallback", opened(shop)).value
    assert template is not None
    drafted = pipeline.draft(first(shop), template, opened(shop), pipeline.Wishes())
    assert drafted.note is not None
    assert drafted.note.text.endswith("Signed with a thumb")


def test_a_template_elsewhere_uses_the_files_beside_it_first(shop: Path, tmp_path: Path) -> None:
    (shop / "templates" / "_end.j2").write_text("the shop's")
    (tmp_path / "_end.j2").write_text("its own")
    (tmp_path / "one.j2").write_text("---\nname: one\n---\n{% include '_end.j2' %}")
    template = pipeline.load_template(str(tmp_path / "one.j2"), opened(shop)).value
    assert template is not None
    drafted = pipeline.draft(first(shop), template, opened(shop), pipeline.Wishes())
    assert drafted.note is not None
    assert drafted.note.text == "its own"


def card_of(shop: Path, wishes: pipeline.Wishes) -> tuple[str, str]:
    """Return the hand and stock of the shop's first card."""
    template = pipeline.load_template("thanks", opened(shop)).value
    assert template is not None
    made = pipeline.drawing(opened(shop), wishes)
    batch = pipeline.prepare([first(shop)], (), template, made)
    assert batch.left_out == ()
    return batch.cards[0].hand.name, batch.cards[0].stock.name


def test_the_command_wins_over_customer_template_and_shop(shop: Path) -> None:
    """Wishes are added from the weakest to the strongest; each wins over all before it."""
    assert card_of(shop, pipeline.Wishes()) == ("quick-ballpoint", "us-a2")
    (shop / "notegen.yaml").write_text("shop: {name: S, signer: T}\nhand: office-pen\nstock: us-a7\n")
    assert card_of(shop, pipeline.Wishes()) == ("office-pen", "us-a7")
    path = shop / "templates" / "thanks.j2"
    path.write_text(path.read_text().replace("name: thanks\n", "name: thanks\nhand: neat-print\nstock: iso-a6\n"))
    assert card_of(shop, pipeline.Wishes()) == ("neat-print", "iso-a6")
    people = shop / "facts" / "customers.yaml"
    people.write_text(people.read_text() + "preferences: {hand: elder-pen, stock: iso-a5}\n")
    assert card_of(shop, pipeline.Wishes()) == ("elder-pen", "iso-a5")
    assert card_of(shop, pipeline.Wishes(hand="school-cursive", stock="us-a2")) == ("school-cursive", "us-a2")


def test_the_same_customer_in_two_files_is_said_once(shop: Path) -> None:
    text = (shop / "facts" / "customers.yaml").read_text()
    (shop / "facts" / "again.yaml").write_text(text)
    loaded = pipeline.load_facts([shop / "facts"], opened(shop), None)
    assert len(loaded.diagnostics) == 1
    assert {related.span.source.name for d in loaded.diagnostics for related in d.related} != set()


def test_an_empty_folder_of_facts_and_an_empty_batch_are_mistakes(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    with pytest.raises(UnreadableFile, match="no facts files"):
        pipeline.load_facts([tmp_path / "none"], opened(shop), None)
    with pytest.raises(NotegenError, match="no card"):
        pipeline.press((), tmp_path / "x.pdf", title="x", language="en")


def test_a_day_that_is_none_is_a_mistake(notegen: Run, shop: Path) -> None:
    ran = notegen("write", shop / "facts", "-t", "thanks", "--today", "2026-13-01")
    assert ran.status == 2
    assert "2026-13-01" in ran.err


def test_what_is_wrong_with_a_card_stands_at_its_template(notegen: Run, shop: Path) -> None:
    path = shop / "templates" / "thanks.j2"
    path.write_text(path.read_text().replace("I hope the first week", "I hope the first week " * 120))
    ran = notegen("batch", "--yes", "--no-ledger", shop / "facts", "-t", "thanks", "-o", shop / "x.pdf")
    assert ran.status == 1
    assert f"{path}:2:7: error[C201" in ran.err


@pytest.mark.parametrize(
    ("file", "before", "after", "place"),
    [
        ("facts/customers.yaml", "customer:\n", "preferences: {hand: neat-prnt}\ncustomer:\n", "customers.yaml:3:21"),
        ("templates/thanks.j2", "name: thanks\n", "name: thanks\nhand: neat-prnt\n", "thanks.j2:3:7"),
    ],
)
def test_a_hand_that_there_is_not_is_found_where_it_is_written(
    file: str, before: str, after: str, place: str, notegen: Run, shop: Path
) -> None:
    path = shop / file
    path.write_text(path.read_text().replace(before, after, 1))
    ran = notegen("lint", shop)
    assert ran.status == 1
    assert place in ran.out
    assert "did you mean 'neat-print'?" in ran.out


def test_cards_keep_the_order_of_the_facts_whatever_they_are_written_on(shop: Path) -> None:
    """Cards are laid out stock by stock; the file is printed in the order of the list."""
    path = shop / "facts" / "customers.yaml"
    one = path.read_text()
    wishes = ["", "{stock: iso-a6, hand: office-pen}", "{hand: office-pen}", "{stock: iso-a6}", ""]
    path.write_text(
        "---\n".join(
            one.replace("Ana Reyes", f"Ana {n}") + (f"preferences: {wish}\n" if wish else "")
            for n, wish in enumerate(wishes)
        )
    )
    people = pipeline.load_facts([path], opened(shop), None).value or ()
    template = pipeline.load_template("thanks", opened(shop)).value
    assert template is not None
    told: list[int] = []
    batch = pipeline.prepare(people, (), template, pipeline.drawing(opened(shop), pipeline.Wishes()), told.append)
    assert [card.key for card in batch.cards] == [one.key for one in people]
    assert [card.stock.name for card in batch.cards] == ["us-a2", "iso-a6", "us-a2", "iso-a6", "us-a2"]
    assert sum(told) == len(people)


@pytest.mark.parametrize(
    ("line", "place", "hint"),
    [
        ("hand: quick-balpoint", "1:7", "quick-ballpoint"),
        ("stock: us-a22", "1:8", "us-a2"),
        ("locale: zz", "1:9", "en_US"),
        ("currency: XQX", "1:11", "USD"),
        ("notes: [{facts: facts/nobody.yaml, template: thanks}]", "1:17", "notegen.yaml"),
        ("notes: [{facts: facts/customers.yaml, template: thnaks}]", "1:49", "thanks"),
    ],
)
def test_a_setting_that_stands_for_nothing_is_found_where_it_is_written(
    line: str, place: str, hint: str, notegen: Run, shop: Path
) -> None:
    (shop / "notegen.yaml").write_text(f"{line}\nshop: {{name: S, signer: T}}\n")
    ran = notegen("lint", shop)
    assert ran.status == 1
    assert f"notegen.yaml:{place}: error[F018" in ran.out
    assert hint in ran.out


def test_a_hand_that_there_is_not_stops_a_batch_but_not_the_list_of_hands(notegen: Run, shop: Path) -> None:
    (shop / "notegen.yaml").write_text("hand: quick-balpoint\nshop: {name: S, signer: T}\n")
    ran = notegen("batch", "--yes", "--no-ledger", shop / "facts", "-t", "thanks", "-o", shop / "x.pdf")
    assert ran.status == 1
    assert "notegen.yaml:1:7" in ran.err
    assert notegen("hand", "list", shop).status == 0


def drawn(shop: Path, names: list[str], seed: int | None = None) -> dict[str, Card]:
    """Return the cards of customers of these names, of whom two ask for a hand and one for a stock as well."""
    asked = {"Chloe": "{stock: iso-a6, hand: office-pen}", "Bo Oto": "{hand: office-pen}"}
    path = shop / "facts" / "customers.yaml"
    one = (shop / "one.yaml").read_text()
    docs = [one.replace("Ana Reyes", n) + (f"preferences: {asked[n]}\n" if n in asked else "") for n in names]
    path.write_text("---\n".join(docs))
    people = pipeline.load_facts([path], opened(shop), None).value or ()
    template = pipeline.load_template("thanks", opened(shop)).value
    assert template is not None
    made = pipeline.drawing(opened(shop), pipeline.Wishes(seed=seed))
    cards = pipeline.prepare(people, (), template, made).cards
    return {one.key: one for one in cards}


def strokes(card: Card) -> tuple[object, ...]:
    """Return all that decides how a card looks."""
    places = (card.outline, card.matrix, card.word_end, card.line_end)
    return card.hand, card.stock.name, card.em, card.text, *(array.tolist() for array in places)


def test_a_card_is_the_same_whoever_else_is_written_to(shop: Path) -> None:
    """Adding, leaving out or reordering customers changes nobody else's card; another seed changes everybody's."""
    (shop / "one.yaml").write_text((shop / "facts" / "customers.yaml").read_text())
    names = ["Ana Reyes", "Bo Oto", "Chloe", "Dr. Ito", "Fay"]
    whole = {key: strokes(card) for key, card in drawn(shop, names).items()}
    assert len(whole) == len(names)
    others = [names[::-1], names[1::2], [*names, "Gus"], *([name] for name in names)]
    for some in others:
        there = {key: strokes(card) for key, card in drawn(shop, some).items() if key in whole}
        assert there == {key: whole[key] for key in there}
        assert len(there) == len(set(some) & set(names))
    again = {key: strokes(card) for key, card in drawn(shop, names, seed=1).items()}
    assert all(again[key][5:] != whole[key][5:] for key in whole)


def two_at_home(wish: str) -> str:
    """Write two customers of one address, the second with a wish."""
    address = "address: {street: 8 Canal Street, postcode: '97999'}"
    return (
        f"key: ana\ncustomer: {{name: Ana Reyes, {address}}}\nsale: {{date: 2025-11-21}}\n"
        f"---\nkey: bo\ncustomer: {{name: Bo Reyes, {address}}}\nsale: {{date: 2025-11-21}}\n{wish}\n"
    )


def test_no_mail_counts_for_everybody_at_the_address(shop: Path, notegen: Run) -> None:
    """Whoever is asked for, the wish of the other one at home is looked up."""
    people = shop / "facts" / "two.yaml"
    people.write_text(two_at_home("preferences: {do_not_mail: true}"))
    for only in ((), ("--only", "ana")):
        ran = notegen("batch", "--yes", "--no-ledger", people, "-t", "honest-fallback", "-o", shop / "out.pdf", *only)
        assert ran.status == 1 and "N130" in ran.err and not (shop / "out.pdf").exists()
    assert notegen("write", people, "-t", "honest-fallback", "--only", "ana").status == 1


def test_a_batch_is_judged_whole_and_printed(shop: Path, notegen: Run) -> None:
    """Two cards that are nearly one are a warning: both are printed."""
    people = shop / "facts" / "two.yaml"
    people.write_text(two_at_home(""))
    ran = notegen("batch", "--yes", "--no-ledger", people, "-t", "honest-fallback", "-o", shop / "out.pdf")
    assert ran.status == 0 and ran.err.count("B101") == 1 and (shop / "out.pdf").exists()


def test_a_shop_is_judged_across_its_pairings(shop: Path, notegen: Run) -> None:
    """The same home in two files, with one template for each: its cards and its wishes are seen together."""
    one, two = two_at_home("").split("---\n")
    (shop / "facts" / "one.yaml").write_text(one)
    (shop / "facts" / "two.yaml").write_text(two)
    settled = (shop / "notegen.yaml").read_text().split("notes:")[0]
    pairs = "".join(f"  - {{facts: facts/{name}.yaml, template: honest-fallback}}\n" for name in ("one", "two"))
    (shop / "notegen.yaml").write_text(f"{settled}notes:\n{pairs}")
    assert notegen("lint", shop).out.count("B101") == 1
    (shop / "facts" / "two.yaml").write_text(two + "preferences: {do_not_mail: true}\n")
    ran = notegen("lint", shop)
    assert ran.status == 1 and "N130" in ran.out
