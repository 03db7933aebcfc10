"""Names that are no names of files: none leaves the folder of its output, wherever a name becomes a file's."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run

from notegen.cli.options import as_file_name
from notegen.hand.adding import slug

NAMES = [
    "../../x", "/etc/passwd", "..", ".", "", " ", "~", "~/x", "CON", "nul", "a/b",
    "a\\b", "..\\..\\x", "a\nb", "x" * 300,
    "é" * 300,
    "-rf", "$HOME", "%2e%2e%2f", "a\0b", "\u202egnp.x", "x:y", "C:\\x", "\ud800", "....//x", "．．／x", "日本",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_name_that_is_made_fit_names_a_file_of_the_folder(name: str, tmp_path: Path) -> None:
    for made in (as_file_name(name), slug(name)):
        path = tmp_path / f"{made}.png"
        assert path.resolve().parent == tmp_path.resolve()
        path.write_bytes(b"x")
        assert [one.name for one in tmp_path.iterdir()] == [path.name]
        path.unlink()


@pytest.mark.parametrize("name", ["../../x", "/etc/passwd", "CON", "x" * 300, "..\\x"], ids=ascii)
def test_a_customer_may_be_called_anything(name: str, notegen: Run, shop: Path) -> None:
    """Keys stay words: no command makes a file of them outside of its output."""
    quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    facts = shop / "facts" / "customers.yaml"
    facts.write_text(f"key: {quoted}\n{facts.read_text()}", encoding="utf-8")
    out = shop / "out"
    out.mkdir()
    before = {path for path in shop.parent.rglob("*") if path.is_file()}
    asked = (facts, "-t", "thanks")
    notegen("batch", *asked, "-o", out / "c.pdf", "--yes", "--no-ledger", "--slip", out / "s.pdf", "-j", 1)
    notegen("preview", *asked, "-o", out / "p.png", "--dpi", 36)
    notegen("copy", *asked, "-o", out / "k.pdf")
    made = {path for path in shop.parent.rglob("*") if path.is_file()} - before
    assert {path.parent for path in made} <= {out}
    assert not [path for path in made if path.suffix == ".part"]


@pytest.mark.parametrize("name", ["../../x", "/tmp/x", "..", "a/b", "A B", "x" * 300, "-rf", "con\n"], ids=ascii)
def test_a_hand_or_run_or_printer_is_not_called_so(name: str, notegen: Run, shop: Path) -> None:
    """Names that are given to a command are refused when they are none, before anything is written."""
    before = sorted(shop.parent.rglob("*"))
    font = Path(__file__).parents[2] / "fonts/neat-print/Mynerve.ttf"
    for words in (
        ("hand", "add", font, f"--name={name}", "--shop", shop),
        ("printer", "set", "--in-shop", "--shop", shop, "--", name),
        ("batch", f"--resume={name}", "--yes"),
        ("approve", "--shop", shop, "--", name),
    ):
        assert notegen(*words).status == 2, words
    assert sorted(shop.parent.rglob("*")) == before
