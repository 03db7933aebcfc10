"""A filled-in form becomes a hand of the shop, from the command line."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from capture_filler import Writer, fill, flatbed, png
from conftest import Run

from notegen.hand.capture import form


@cache
def scan(number: int) -> bytes:
    """Return a page of a form as a scanner gives it."""
    (page,) = fill(form.build(), Writer("neat-print", "black"), dpi=200, seed=8, only=(number,))
    return png(flatbed(page.image, number), 200)


def test_a_form_becomes_a_hand_that_cards_are_written_in(notegen: Run, shop: Path) -> None:
    """One page with all small letters is enough; what is missing is said, and bundled hands stand in."""
    (shop / "one.png").write_bytes(scan(1))
    ran = notegen("hand", "capture", shop / "one.png", "--name", "maria", "--shop", shop, "--contact", shop / "all.png")
    assert ran.status == 0, ran.err
    assert "page 2 is missing; on it are A to Z" in ran.err and "missing:   A B C" in ran.out
    assert "124 of 124 filled in" in ran.out and "maria" in ran.out and "consent" in ran.out
    assert (shop / "all.png").read_bytes()[:4] == b"\x89PNG"
    assert sorted(one.name for one in (shop / "hands").iterdir()) == ["maria.ttf", "maria.yaml"]
    cards = notegen(
        "batch",
        "--yes",
        "--no-ledger",
        shop / "facts" / "customers.yaml",
        "-t",
        "thanks",
        "--hand",
        "maria",
        "-o",
        shop / "cards.pdf",
    )
    assert cards.status == 0, cards.err
    assert (shop / "cards.pdf").stat().st_size > 10_000
    again = notegen("hand", "capture", shop / "one.png", "--name", "maria", "--shop", shop)
    assert again.status == 2 and "--force" in again.err


def test_a_form_without_small_letters_makes_no_hand(notegen: Run, shop: Path) -> None:
    """Nothing is written but the picture in which one can see why, and the status is 1."""
    (shop / "two.png").write_bytes(scan(2))
    ran = notegen(
        "hand", "capture", shop / "two.png", "--name", "ruth", "--shop", shop, "--contact", shop / "all.png", "--json"
    )
    assert ran.status == 1, ran.err
    said = json.loads(ran.out)
    assert said["hand"] is None and said["missing_pages"] == [1, 3]
    assert set("abcxyz") <= set(said["missing"])
    assert (shop / "all.png").exists() and not (shop / "hands" / "ruth.yaml").exists()


def test_what_is_no_form_or_no_name_is_refused(notegen: Run, shop: Path) -> None:
    (shop / "one.png").write_bytes(scan(1))
    (shop / "words.png").write_text("no picture")
    call = ("hand", "capture", "--shop", shop, "--contact", shop / "all.png")
    for scans, name, says in (
        (("gone.png",), "maria", "there is no file"),
        (("words.png",), "maria", "words.png"),
        (("one.png", "one.png"), "maria", "are both page 1"),
        (("one.png",), "Maria K", "cannot be called 'Maria K'"),
        (("one.png",), "neat-print", "there is a bundled hand"),
    ):
        ran = notegen(*call, *(shop / one for one in scans), "--name", name)
        assert ran.status == 2 and says in ran.err, ran.err
    assert not (shop / "all.png").exists() and not (shop / "hands").exists()
