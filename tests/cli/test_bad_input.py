"""Every kind of bad input gets one clear answer: no traceback, the right exit status, and nothing half-written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Run

PERSON = """\
customer:
  name: Ana Reyes
sale:
  date: 2026-03-04
  item: Brompton folding bicycle
remember:
  - You rode it twice around the block.
"""


def batch(notegen: Run, shop: Path, *more: object) -> tuple[int, str]:
    """Run a batch over the shop's facts, check that no file is left over when it fails, and return what was said."""
    target = shop / "cards.pdf"
    before = {p for p in shop.rglob("*") if p.is_file()}
    ran = notegen(
        "batch", "--yes", "--no-ledger", shop / "facts" / "customers.yaml", "-t", "thanks", "-o", target, *more
    )
    if ran.status:
        assert {p for p in shop.rglob("*") if p.is_file()} == before
    assert "Traceback" not in ran.said
    return ran.status, ran.said


def facts(shop: Path, text: str | bytes) -> None:
    """Replace the shop's facts."""
    (shop / "facts" / "customers.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())


def template(shop: Path, body: str) -> None:
    """Replace the shop's template, keeping a front matter."""
    (shop / "templates" / "thanks.j2").write_text(f"---\nname: thanks\n---\n{body}\n")


BAD_FACTS = {
    "empty file": ("", "is empty", None),
    "broken YAML": ("customer:\n  name: Ana: Reyes\n", "customers.yaml:2:", None),
    "unclosed quote": ('customer:\n  name: "Ana\n', "customers.yaml:", None),
    "duplicate key": (PERSON + "sale:\n  item: bell\n", "customers.yaml:8:1", "sale"),
    "unknown key": (PERSON.replace("  name:", "  nmae:"), "customers.yaml:2:3", "name"),
    "wrong type": (PERSON.replace("2026-03-04", "soon"), "customers.yaml:4:9", "date"),
    "impossible date": (PERSON.replace("2026-03-04", "2026-02-30"), "customers.yaml:4:9", "date"),
    "plain No as a name": (PERSON.replace("Ana Reyes", "No"), "customers.yaml:2:9", "quote"),
    "object tag": (PERSON + "x: !!python/object/apply:os.system [ls]\n", "customers.yaml:8:", "tag"),
    "control character": (PERSON.replace("Ana Reyes", '"Ana\\x07Reyes"'), "customers.yaml:2:9", "control"),
    "raw control character": (PERSON.replace("Ana", "Ana\x07"), "customers.yaml:2:", "U+0007"),
    "tab indentation": ("customer:\n\tname: Ana\n", "customers.yaml:2:", "tab"),
    "a list": ("- 1\n- 2\n", "customers.yaml:1:1", None),
    "name is blank": (PERSON.replace("Ana Reyes", '""'), "customers.yaml:2:9", None),
    "emoji": (PERSON.replace("You rode", "\U0001f600 rode"), "U+1F600", "GRINNING"),
    "right-to-left": (PERSON.replace("You rode", "\u0633\u0644\u0627\u0645 rode"), "U+0633", "ARABIC"),
}


@pytest.mark.parametrize("case", BAD_FACTS)
def test_bad_facts_are_answered_with_their_place(case: str, notegen: Run, shop: Path) -> None:
    text, place, word = BAD_FACTS[case]
    facts(shop, text)
    status, said = batch(notegen, shop)
    assert status == 1
    assert place in said
    assert word is None or word.casefold() in said.casefold()


def test_a_quoted_no_is_a_name(notegen: Run, shop: Path) -> None:
    facts(shop, PERSON.replace("Ana Reyes", '"No"'))
    assert batch(notegen, shop)[0] == 0


def test_a_byte_order_mark_and_crlf_are_fine(notegen: Run, shop: Path) -> None:
    facts(shop, b"\xef\xbb\xbf" + PERSON.replace("\n", "\r\n").encode())
    assert batch(notegen, shop)[0] == 0


def test_an_alias_bomb_is_refused(notegen: Run, shop: Path) -> None:
    rows = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    rows += [f"{n}: &{n} [{', '.join([f'*{p}'] * 9)}]" for p, n in zip("abcdefgh", "bcdefghi", strict=True)]
    facts(shop, PERSON + "problem:\n" + "".join(f"  {row}\n" for row in rows))
    status, said = batch(notegen, shop)
    assert status == 1
    assert "alias" in said


def test_deep_nesting_is_refused(notegen: Run, shop: Path) -> None:
    facts(shop, PERSON + "problem: " + "[" * 5000 + "]" * 5000 + "\n")
    status, said = batch(notegen, shop)
    assert status == 1
    assert "deep" in said


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\x00", b"\xff\xfe\xfd\xfc", b"name: caf\xe9\n"])
def test_a_binary_file_is_refused(data: bytes, notegen: Run, shop: Path) -> None:
    facts(shop, data)
    assert batch(notegen, shop)[0] in (1, 2)


def test_a_missing_file_is_a_mistake(notegen: Run, shop: Path) -> None:
    for words in (
        ("batch", "--yes", "--no-ledger", shop / "nobody.yaml", "-t", "thanks", "-o", shop / "x.pdf"),
        ("lint", shop / "nobody.yaml"),
        ("lint", shop / "nobody.txt"),
        ("lint", shop / "nobody"),
        ("preview", shop / "nobody.yaml", "-t", "thanks"),
        ("write", shop / "nobody.yaml", "-t", "thanks"),
        ("write", shop / "facts", "-t", "nobody.j2"),
    ):
        ran = notegen(*words)
        assert ran.status == 2, ran.said
        assert "nobody" in ran.err
        assert "Traceback" not in ran.said


@pytest.mark.parametrize(
    ("option", "name", "near"),
    [("--hand", "quick-balpoint", "quick-ballpoint"), ("--stock", "us-a22", "us-a2"), ("-t", "thnaks", "thanks")],
)
def test_an_unknown_name_is_answered_with_the_nearest(
    option: str, name: str, near: str, notegen: Run, shop: Path
) -> None:
    status, said = batch(notegen, shop, option, name)
    assert status == 2
    assert f"'{name}'" in said
    assert near in said


BAD_TEMPLATES = {
    "syntax": ("Dear {{ customer.name }", ":4:"),
    "unclosed if": ("{% if sale %}Dear", ":4:"),
    "unknown fact": ("Dear {{ customer.nmae }},", ":4:18"),
    "unknown filter": ("Dear {{ customer.name | uper }},", ":4:"),
    "absent optional": ("Dear {{ customer.title }},", ":4:"),
    "sandbox": ("Dear {{ ''.__class__ }},", ":4:"),
    "sandbox, deeper": ("Dear {{ customer.name.__class__.__mro__ }},", ":4:"),
    "endless loop": ("{% for a in range(10**9) %}{% for b in range(10**9) %}{% endfor %}{% endfor %}x", ":4:"),
    "endless macro": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", ":4:"),
    "great number": ("{{ 'x' * 10**9 }}", ":4:"),
    "power": ("{{ 10**10**10 }}", ":4:"),
    "wide format": ("{{ '%999999999d' % 1 }}", ":4:"),
    "missing include": ("{% include 'nobody.j2' %}", ":4:"),
    "include of itself": ("{% include 'thanks.j2' %}", ":4:"),
    "wrong type for a filter": ("Dear {{ customer.name | long_date }},", ":4:"),
    "division by zero": ("{{ 1 / 0 }}", ":4:"),
}


@pytest.mark.parametrize("case", BAD_TEMPLATES)
def test_bad_templates_are_answered_with_their_place(case: str, notegen: Run, shop: Path) -> None:
    body, place = BAD_TEMPLATES[case]
    template(shop, body)
    for command in ("batch", "lint"):
        status, said = batch(notegen, shop) if command == "batch" else _lint(notegen, shop)
        assert status == 1, said
        assert f"thanks.j2{place}" in said


def _lint(notegen: Run, shop: Path) -> tuple[int, str]:
    ran = notegen("lint", shop)
    assert "Traceback" not in ran.said
    return ran.status, ran.said


@pytest.mark.parametrize(("words", "code"), [(300, "C201"), (4500, "T009")])
def test_a_very_long_note_says_how_much_fits(words: int, code: str, notegen: Run, shop: Path) -> None:
    template(shop, "Dear {{ customer.name }},\n\n{{ sale.item }} " + "lovely little words " * (words // 3))
    status, said = batch(notegen, shop)
    assert status == 1
    assert code in said
    assert "characters" in said


def test_an_output_folder_that_is_not_there_or_not_permitted(notegen: Run, shop: Path) -> None:
    ran = notegen("batch", "--yes", "--no-ledger", shop / "facts", "-t", "thanks", "-o", shop / "nowhere" / "cards.pdf")
    assert ran.status == 2
    assert "cannot write" in ran.err
    if os.geteuid():
        shut = shop / "shut"
        shut.mkdir(mode=0o500)
        assert (
            notegen("batch", "--yes", "--no-ledger", shop / "facts", "-t", "thanks", "-o", shut / "cards.pdf").status
            == 2
        )


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("batch", "facts/customers.yaml"),
        ("batch", "a.png"),
        ("batch", "-"),
        ("preview", "cards.pdf"),
        ("preview", "t.j2"),
    ],
)
def test_one_kind_of_file_is_not_written_over_another(command: str, name: str, notegen: Run, shop: Path) -> None:
    before = {path: path.read_bytes() for path in shop.rglob("*") if path.is_file()}
    ran = notegen(command, shop / "facts", "-t", "thanks", "-o", name if name == "-" else shop / name)
    assert ran.status == 2
    assert "does not end in" in ran.err
    assert {path: path.read_bytes() for path in shop.rglob("*") if path.is_file()} == before


def test_what_is_no_file_is_not_replaced(notegen: Run, shop: Path) -> None:
    (shop / "folder.pdf").mkdir()
    os.mkfifo(shop / "pipe.pdf")
    for name in ("folder.pdf", "pipe.pdf"):
        ran = notegen("batch", "--yes", "--no-ledger", shop / "facts", "-t", "thanks", "-o", shop / name)
        assert ran.status == 2
        assert name in ran.err
    assert (shop / "folder.pdf").is_dir()
    assert (shop / "pipe.pdf").is_fifo()


def test_a_link_keeps_pointing_where_it_points(notegen: Run, shop: Path) -> None:
    (shop / "link.pdf").symlink_to("real.pdf")
    assert notegen("batch", "--yes", "--no-ledger", shop / "facts", "-t", "thanks", "-o", shop / "link.pdf").status == 0
    assert (shop / "link.pdf").is_symlink()
    assert (shop / "real.pdf").read_bytes().startswith(b"%PDF")


def test_a_name_in_the_front_matter_names_no_file_elsewhere(
    notegen: Run, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shop)
    path = shop / "templates" / "thanks.j2"
    path.write_text(path.read_text().replace("name: thanks", "name: ../evil"))
    assert notegen("preview", "facts", "-t", "thanks").status == 0
    assert not (shop.parent / "evil.png").exists()
    assert (shop / "evil.png").exists()


def test_a_folder_that_is_not_there_is_a_mistake_of_every_command(notegen: Run, tmp_path: Path) -> None:
    for words in (
        ["hand", "list"],
        ["stock", "list"],
        ["schema"],
        ["doctor"],
        ["hand", "show", "office-pen", "--shop"],
    ):
        assert notegen(*words, tmp_path / "nowhere").status == 2


def test_a_file_in_place_of_a_folder_is_a_mistake(notegen: Run, shop: Path) -> None:
    ran = notegen(
        "batch", "--yes", "--no-ledger", shop / "facts", "-t", "thanks", "-o", shop / "notegen.yaml" / "cards.pdf"
    )
    assert ran.status == 2


def test_a_full_disk_leaves_nothing(notegen: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    status, said = batch(notegen, shop)
    assert status == 2
    assert "No space left" in said


def test_ctrl_c_leaves_nothing(notegen: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    status, said = batch(notegen, shop)
    assert status == 130
    assert "stopped" in said


def test_ctrl_c_while_it_works_leaves_nothing(shop: Path) -> None:
    """A real SIGINT in the middle of a real batch."""
    people = "---\n".join(PERSON.replace("Ana Reyes", f"Ana Reyes the {n}th") for n in range(4000))
    facts(shop, people)
    before = {p for p in shop.rglob("*") if p.is_file()}
    # A test run in the background inherits a SIGINT that is ignored; a person at a terminal does not.
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "sys.argv = ['notegen', 'batch', 'facts', '-t', 'thanks', '-o', 'cards.pdf']\n"
        "from notegen.cli.main import main; print('ready', flush=True); main()"
    )
    command = [sys.executable, "-c", code]
    running = subprocess.Popen(command, cwd=shop, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    with pytest.raises(subprocess.TimeoutExpired):
        running.wait(timeout=1)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Traceback" not in said
    assert {p for p in shop.rglob("*") if p.is_file()} == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's device that is always full")
def test_a_full_disk_behind_the_output_is_one_sentence(shop: Path) -> None:
    with open("/dev/full", "w") as full:
        words = [sys.executable, "-m", "notegen", "rule", "list"]
        ran = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert "No space left" in ran.stderr


def test_a_file_that_was_there_survives_a_failure(notegen: Run, shop: Path) -> None:
    target = shop / "cards.pdf"
    target.write_bytes(b"yesterday's cards")
    template(shop, "Dear {{ customer.nmae }},")
    assert batch(notegen, shop)[0] == 1
    assert target.read_bytes() == b"yesterday's cards"


def test_a_mistyped_command_names_the_nearest(notegen: Run) -> None:
    ran = notegen("bacth")
    assert ran.status == 2
    assert "batch" in ran.err
