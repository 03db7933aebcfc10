"""Names that are no names of files: none leaves the folder of its output, wherever a name becomes a file's."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
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


@pytest.mark.parametrize("name", ["../../x", "/etc/passwd", "CON", "x" * 300, "..\\x"], ids=ascii)
def test_a_customer_of_the_ledger_may_be_called_anything(
    name: str, notegen: Run, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the batch to the forgetting, files are made in the folder of the output, of the run and of the ledger."""
    quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    facts = shop / "facts" / "customers.yaml"
    facts.write_text(re.sub(r"name: .*", f"name: {quoted}", f"key: {quoted}\n{facts.read_text()}", count=1))
    out = shop / "out"
    out.mkdir()
    monkeypatch.chdir(shop)
    before = {path for path in shop.parent.rglob("*") if path.is_file()}
    asked = ("facts", "-t", "thanks", "-j", 1, "--yes")
    matching = ("--matching", "--envelopes", out / "e.pdf", "--slip", out / "s.pdf")
    made = notegen("batch", *asked, "-o", out / "c.pdf", "--split", 2, *matching)
    for words in (
        ("reprint", "--reason", "jam", "-o", out / "r.pdf", "--yes", "--", name),
        ("export", "-o", out / "x.csv"),
        ("envelopes", "facts", "-o", out / "e2.pdf"),
        ("labels", "facts", "-o", out / "l.pdf"),
        ("mark", "mailed", "--", name),
        ("backup",),
        ("log", "--", name),
        ("erase", "--yes", "--", name),
        ("verify",),
    ):
        assert notegen(*words).status in (0, 1, 2), words
    assert made.status in (0, 1), made.said
    there = {path for path in shop.parent.rglob("*") if path.is_file()} - before
    strange = [path for path in there if path.parent != out and (shop / "runs") not in path.parents]
    assert all(re.fullmatch(r"notegen(-\d{4}-\d\d-\d\d)?\.db(-wal|-shm)?", path.name) for path in strange), strange
    assert not [path for path in there if path.suffix == ".part"]


@pytest.mark.parametrize("name", ["../../x", "/tmp/x", "..", "a/b", "-rf", "nul", "x" * 300, "a\\nb"], ids=ascii)
def test_a_template_may_be_called_anything(
    name: str, notegen: Run, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A preview without -o is called as its template is, and stays where one stands."""
    (template,) = (shop / "templates").glob("*.j2")
    template.write_text(re.sub(r"name: .*", f'name: "{name}"', template.read_text(), count=1))
    inside = shop / "inside"
    inside.mkdir()
    monkeypatch.chdir(inside)
    before = set(shop.parent.rglob("*"))
    for words in (
        ("preview", shop / "facts", "-t", template, "--dpi", 36, "--limit", 1),
        ("batch", shop / "facts", "-t", template, "--yes", "--no-ledger", "-j", 1),
    ):
        notegen(*words)
    made = set(shop.parent.rglob("*")) - before
    assert all(path.parent == inside or (shop / "runs") in (path, *path.parents) for path in made), made
    assert not [path for path in made if path.suffix == ".part"]


SETTINGS = (
    "hand", "stock", "signature", "print: {sheet: %s}", "print: {condition: %s}", "print: {printer: %s}",
    "art: {front: {file: %s}}", "notes: [{facts: %s, template: %s}]", "notes: [{facts: facts, template: %s}]", "locale",
)  # fmt: skip


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("name", ["../../x", "/etc/passwd", "~/x"])
def test_a_setting_names_nothing_that_is_written(setting: str, name: str, notegen: Run, shop: Path) -> None:
    """Names of hands, stocks, sheets, printers, pictures and templates are looked up: nothing is made of them."""
    line = setting.replace("%s", f'"{name}"') if "%s" in setting else f'{setting}: "{name}"'
    path = shop / "notegen.yaml"
    kept = [one for one in path.read_text().splitlines() if not one.startswith(f"{line.split(':')[0]}:")]
    path.write_text("\n".join([*kept, line, ""]))
    out = shop / "out"
    out.mkdir()
    before = set(shop.parent.rglob("*"))
    for words in (
        ("lint", shop),
        ("batch", shop / "facts", "-t", "thanks", "-o", out / "c.pdf", "--yes", "--no-ledger", "-j", 1),
        ("envelopes", shop / "facts", "-o", out / "e.pdf"),
        ("hand", "list", shop),
        ("stock", "list", shop),
    ):
        notegen(*words)
    assert {path.parent for path in set(shop.parent.rglob("*")) - before} <= {out}


@pytest.mark.parametrize("name", ["../../x", "/etc/passwd", "..", "a/b", "-"], ids=ascii)
def test_what_is_shown_by_name_is_known_or_refused(
    name: str, notegen: Run, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shop)
    before = sorted(shop.parent.rglob("*"))
    for words in (
        ("hand", "show", "--", name),
        ("stock", "show", "--", name),
        ("rule", "explain", "--", name),
        ("reprint", f"--run={name}", "--reason", "jam", "-o", shop / "r.pdf"),
        ("mark", "mailed", f"--run={name}"),
        ("envelopes", "facts", f"--envelope={name}", "-o", shop / "e.pdf"),
        ("labels", "facts", f"--sheet={name}", "-o", shop / "l.pdf"),
        ("batch", "facts", "-t", "thanks", f"--printer={name}", "-o", shop / "c.pdf", "--yes", "--no-ledger"),
    ):
        assert notegen(*words).status in (1, 2), words
    assert sorted(shop.parent.rglob("*")) == before


@pytest.mark.parametrize("path", ["../x.pdf", "/dev/zero", "runs/../../x.pdf", "a\0b", "x" * 5000], ids=ascii)
def test_a_file_that_the_ledger_names_is_left_alone(
    path: str, notegen: Run, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another program wrote into the ledger is no order: only a file that is as it was printed is touched."""
    monkeypatch.chdir(shop)
    assert notegen("batch", "facts", "-t", "thanks", "-o", "c.pdf", "--yes", "-j", 1).status == 0
    other = shop.parent / "x.pdf"
    other.write_bytes((shop / "c.pdf").read_bytes() + b"\n")
    whole = other.read_bytes()
    with closing(sqlite3.connect(shop / "notegen.db")) as book:
        book.execute("UPDATE files SET path = ?", (path,))
        (name,) = book.execute("SELECT name FROM notes").fetchone()
        book.commit()
    (shop / "c.pdf").unlink()
    verified = notegen("verify")
    assert verified.status in (0, 1) and "c.pdf" not in verified.err
    notegen("erase", name, "--yes")
    assert other.read_bytes() == whole
