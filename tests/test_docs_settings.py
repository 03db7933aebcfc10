"""The settings page tells the truth: its examples make a hand, a stock and a shop."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from conftest import ROOT, Run

from notegen import settings
from notegen.settings import printing

EXAMPLES = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "settings.md").read_text(), re.DOTALL)


def test_the_hand_and_the_stock_of_the_page_work(notegen: Run, shop: Path) -> None:
    for name, text in (("hands/mine.yaml", EXAMPLES[3]), ("stocks/tag.yaml", EXAMPLES[4])):
        (shop / name).parent.mkdir()
        (shop / name).write_text(text)
    shutil.copy(ROOT / "fonts" / "office-pen" / "Zeyada.ttf", shop / "hands" / "mine.ttf")
    assert "mine" in {hand["name"] for hand in json.loads(notegen("hand", "list", shop, "--json").out)}
    assert "120 x 80 mm" in notegen("stock", "show", "tag", "--shop", shop).out
    made = notegen(
        "batch",
        "--yes",
        "--no-ledger",
        shop / "facts",
        "-t",
        "thanks",
        "-o",
        shop / "x.pdf",
        "--hand",
        "mine",
        "--stock",
        "tag",
    )
    assert made.status == 0, made.err


def test_the_settings_of_the_page_are_read_whole(tmp_path: Path) -> None:
    (tmp_path / "notegen.yaml").write_text(EXAMPLES[0])
    loaded = settings.load(tmp_path)
    assert loaded.diagnostics == ()
    assert loaded.value is not None
    assert (loaded.value.hand, loaded.value.stock, len(loaded.value.notes)) == ("neat-print", "postcard-4x6", 1)
    assert loaded.value.schema.lookup("sale.trade_in") is not None


def test_the_print_settings_of_the_page_are_read_whole(tmp_path: Path) -> None:
    (tmp_path / "notegen.yaml").write_text(EXAMPLES[1])
    loaded = settings.load(tmp_path)
    assert loaded.diagnostics == ()
    assert loaded.value is not None
    said = loaded.value.printing
    assert (said.purpose, said.fill, said.tac, said.spots) == ("press", "stack", 280.0, ("Reflex Blue",))
    assert {path.partition(".")[0] for path in printing.SCHEMA.fields} - {"icc"} <= set(said.places)


def test_every_setting_stands_in_the_table() -> None:
    table = (ROOT / "docs" / "settings.md").read_text()
    known = {path.partition(".")[0] for path in settings._SCHEMA.fields}
    assert {name for name in known if f"`{name}`" not in table} == set()
