"""Pen, ink and tidiness from the command line, from notegen.yaml and from a customer's preferences."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest
from conftest import Run

FACTS = ("facts/customers.yaml", "-t", "thanks")


def batch(notegen: Run, shop: Path, *more: str) -> dict[str, object]:
    """Print the shop's card and return the hand that it is in."""
    ran = notegen(
        "batch", "--yes", "--no-ledger", shop / FACTS[0], *FACTS[1:], "-o", shop / "cards.pdf", "--json", *more
    )
    assert ran.status == 0, ran.out + ran.err
    (hand,) = json.loads(ran.out)["hands"]
    return {"pen": hand["pen"]["kind"], "mm": hand["pen"]["width"], **hand["ink"], "tidiness": hand["tidiness"]}


def add(path: Path, line: str) -> None:
    path.write_text(path.read_text() + line + "\n")


def test_the_command_wins_over_customer_and_shop(notegen: Run, shop: Path) -> None:
    """Wishes are added from the weakest to the strongest; each wins over all before it."""
    add(shop / "notegen.yaml", "pen: gel 0.4\nink: {name: sepia, spot: yes}\ntidiness: neat")
    made = batch(notegen, shop)
    assert (made["pen"], made["mm"], made["name"], made["spot"]) == ("gel", 0.4, "sepia", "Sepia Ink")
    assert made["tidiness"] == 0
    add(shop / "facts" / "customers.yaml", "preferences: {ink: green}")
    made = batch(notegen, shop)
    assert (made["pen"], made["name"], made["spot"]) == ("gel", "green", None)
    made = batch(notegen, shop, "--pen", "felt", "--ink", "blue spot", "--tidiness", "1.5")
    assert (made["pen"], made["mm"], made["name"], made["spot"]) == ("felt", 0.45, "blue", "Blue Ink")
    assert made["tidiness"] == 1.5


def test_a_width_alone_keeps_the_pen(notegen: Run, shop: Path) -> None:
    add(shop / "notegen.yaml", "pen: fountain")
    assert batch(notegen, shop)["pen"] == "fountain"
    made = batch(notegen, shop, "--pen", "0.5")
    assert (made["pen"], made["mm"]) == ("fountain", 0.5)


@pytest.mark.parametrize("by", ["settings", "command"])
def test_without_tints_every_mark_is_one_solid_colour(notegen: Run, shop: Path, by: str) -> None:
    """Neither a screen of process colours nor a tint of the spot colour is left in the file."""
    if by == "settings":
        add(shop / "notegen.yaml", "tints: no")
    made = batch(notegen, shop, *(("--no-tints",) if by == "command" else ()))
    assert made["shade"] == 0
    with pikepdf.open(shop / "cards.pdf") as pdf:
        found = [op for page in pdf.pages for op in pikepdf.parse_content_stream(page)]
    colours = {(str(op.operator), *map(float, op.operands)) for op in found if str(op.operator) in ("k", "scn")}
    assert colours == {("scn", 1.0)}
    with_tints = batch(notegen, shop, "--tints")
    assert (with_tints["spot"], with_tints["shade"]) == (None, 0.05)


@pytest.mark.parametrize(
    ("line", "place", "says"),
    [
        ("pen: gell", "6", "there is no pen called 'gell'"),
        ("pen: {kind: gel, width: 9}", "25", "width must be a number from 0.1 to 3"),
        ("ink: [1, 1, 1, 1]", "6", "ink covers 400%, paper holds 280%"),
        ("ink: {name: blue, spot: None}", "25", "a spot colour cannot be called 'None'"),
        ("tidiness: messy", "11", "there is no tidiness called 'messy'"),
        ("tidiness: 2", "11", "tidiness"),
        ("tints: perhaps", "8", "tints is text, yes or no is wanted"),
    ],
)
def test_what_is_wrong_in_the_settings_is_said_at_its_line(
    notegen: Run, shop: Path, line: str, place: str, says: str
) -> None:
    add(shop / "notegen.yaml", line)
    last = len((shop / "notegen.yaml").read_text().splitlines())
    for words in (("lint", shop), ("batch", "--yes", "--no-ledger", shop / FACTS[0], *FACTS[1:], "-o", shop / "x.pdf")):
        ran = notegen(*words)
        assert ran.status == 1
        told = ran.out + ran.err
        assert says in told
        assert f"notegen.yaml:{last}:{place}: error[" in told
    assert not (shop / "x.pdf").exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--pen", "gell"), "did you mean 'gel'?"),
        (("--pen", "7"), "pen must be a number from 0.1 to 3"),
        (("--ink", "blu"), "did you mean 'blue'?"),
        (("--tidiness", "messy"), "there is no tidiness called 'messy'"),
    ],
)
def test_a_wish_that_cannot_be_is_a_mistake(notegen: Run, shop: Path, words: tuple[str, str], says: str) -> None:
    for command in ("batch", "preview"):
        ending = "pdf" if command == "batch" else "png"
        ran = notegen(command, shop / FACTS[0], *FACTS[1:], "-o", shop / f"x.{ending}", *words)
        assert ran.status == 2
        assert says in ran.err
    assert notegen("hand", "show", "office-pen", "-o", shop / "x.png", *words).status == 2


def test_a_customer_s_ink_that_there_is_not_is_said_at_its_place(notegen: Run, shop: Path) -> None:
    add(shop / "facts" / "customers.yaml", "preferences: {ink: grean}")
    ran = notegen("batch", "--yes", "--no-ledger", shop / FACTS[0], *FACTS[1:], "-o", shop / "x.pdf")
    assert ran.status == 1
    assert "there is no ink called 'grean'" in ran.err
    assert "customers.yaml:" in ran.err
    assert "did you mean 'green'?" in ran.err


def test_a_specimen_is_drawn_with_what_was_asked_for(notegen: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.png"
    ran = notegen("hand", "show", "office-pen", "-o", path, "--pen", "gel 0.4", "--ink", "sepia spot")
    assert ran.status == 0
    assert "gel, 0.40 mm" in ran.out
    assert "printed as the spot colour Sepia Ink" in ran.out


def test_pens_and_inks_are_listed(notegen: Run) -> None:
    kinds = json.loads(notegen("hand", "pens", "--json").out)
    assert {one["kind"] for one in kinds} == {"ballpoint", "gel", "fountain", "felt"}
    assert all(set(one) == {"kind", "width", "taper", "variation", "look"} for one in kinds)
    inks = json.loads(notegen("hand", "inks", "--json").out)
    assert inks[0]["name"] == "blue-black"
    assert all(len(one["cmyk"]) == 4 and one["spot"] for one in inks)
    assert "0.36 mm" in notegen("hand", "pens").out
    assert "97 / 74 / 40 / 44 %" in notegen("hand", "inks").out
