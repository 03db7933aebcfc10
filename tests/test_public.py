"""The names that `notegen` exports are there, and importing it loads next to nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import notegen
from notegen import pipeline, settings


@pytest.mark.parametrize("name", notegen.__all__)
def test_every_public_name_can_be_had(name: str) -> None:
    assert getattr(notegen, name).__name__ == name
    assert name in dir(notegen)


def test_the_names_are_in_order_and_no_others_are_there() -> None:
    assert list(notegen.__all__) == sorted(notegen.__all__)
    with pytest.raises(AttributeError, match="no attribute 'Crad'"):
        _ = notegen.Crad


def test_importing_notegen_loads_no_library() -> None:
    code = (
        "import sys; before = set(sys.modules); import notegen\n"
        "new = {name.split('.')[0] for name in set(sys.modules) - before}\n"
        "print(sorted(new - sys.stdlib_module_names))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['notegen']"


def test_the_example_of_the_package_works(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parent.parent / "samples" / "dealership"
    shop = settings.load(root).value
    assert shop is not None
    people = pipeline.load_facts([root / "facts" / "same-day.yaml"], shop, None)
    thanks = pipeline.load_template("same-day-thanks", shop).value
    assert thanks is not None
    batch = pipeline.prepare(people.value or (), people.diagnostics, thanks, pipeline.drawing(shop, notegen.Wishes()))
    pressed = pipeline.press(batch.cards, tmp_path / "cards.pdf", title="Thanks", language="en-US")
    assert pressed.pages == len(batch.cards) == len(people.value or ())
