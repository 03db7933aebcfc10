"""Batches that are killed and taken up again lose no card, print none twice, and come out as if nothing had been."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

pytest.importorskip("fcntl")

from benchmarks.soak import RESUME, WORDS, Soak, all_steps, child, ended, killed_at, warm

NARROW = ("after write_asked", "before begin", "after begin", "after pressed", "after write_evidence", "after printed")
"""Moments between two steps that must leave what the next can go on from."""


@pytest.fixture(scope="module")
def soak(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Soak]:
    """Seven customers, an unbroken run of them, and this process warm."""
    made = Soak(tmp_path_factory.mktemp("soak"), 7)
    warm(made)
    assert made.wrong == []
    yield made


@pytest.fixture(scope="module")
def names(soak: Soak) -> list[str]:
    """The steps of a run, in their order."""
    return all_steps(soak.shop("names"), WORDS)


@pytest.mark.parametrize("moment", NARROW)
@pytest.mark.parametrize("again", [False, True], ids=["resume", "same command"])
def test_a_run_killed_between_two_steps_goes_on(soak: Soak, names: list[str], moment: str, again: bool) -> None:
    shop = soak.shop(f"{moment}-{again}".replace(" ", "-"))
    assert killed_at(shop, WORDS, names.index(moment) + 1) == -signal.SIGKILL
    soak.finish(shop, moment, again=again)
    assert soak.wrong == []


def test_a_run_killed_at_any_step_goes_on(soak: Soak) -> None:
    soak.walk(first=3, each=11)
    assert soak.wrong == []


def test_a_run_killed_at_random_and_again_goes_on(soak: Soak) -> None:
    soak.at_random(4, 0.2, seed=7)
    assert soak.wrong == []


def test_files_get_their_names_between_what_the_ledger_hears(names: list[str]) -> None:
    """The order that docs/batches.md argues with: synced, told, named, the folder synced, the record, told again."""
    told = [name for name in names if name.startswith("after")]
    pressed, printed = told.index("after pressed"), told.index("after printed")
    assert told.index("after claim") < told.index("after begin") < told.index("after print_cards") < pressed
    between = told[pressed + 1 : printed]
    assert between[:2] == ["after replace", "after fsync"]  # the file's name, then its folder
    assert between[-1] == "after write_evidence"
    assert "after fsync" in told[told.index("after begin") : told.index("after print_cards")]
    assert told.index("after finish") > printed


def test_what_changed_before_anything_was_claimed_is_printed_as_it_is_now(soak: Soak, names: list[str]) -> None:
    shop = soak.shop("changed")
    assert killed_at(shop, WORDS, names.index("before claim") + 1) == -signal.SIGKILL
    template = shop / "templates" / "sold.j2"
    template.write_text(template.read_text().replace("With thanks,", "With many thanks,"))
    assert ended(child(shop, RESUME)) == 0
    fresh = soak.shop("changed-fresh")
    (fresh / "templates" / "sold.j2").write_text(template.read_text())
    assert ended(child(fresh, WORDS)) == 0
    assert (shop / "cards.pdf").read_bytes() == (fresh / "cards.pdf").read_bytes()
