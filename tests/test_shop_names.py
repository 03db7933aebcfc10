"""Names under `print:` and `art:` that stand for nothing are found at their line when a shop is judged or opened."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run

from notegen import settings
from notegen.pipeline.names import check_printing

PROFILES = Path(settings.__file__).parent.parent / "press" / "profiles"


def found_in(folder: Path, text: str) -> list[tuple[str, str, str, str | None]]:
    """Return code, message, the words that are meant, and hint of what is found in a notegen.yaml."""
    (folder / "notegen.yaml").write_text(f"shop: {{name: Pennywhistle Cycles}}\n{text}\n")
    loaded = settings.load(folder)
    assert loaded.value is not None and loaded.diagnostics == ()
    found = []
    for one in check_printing(loaded.value):
        assert one.span is not None
        found.append((one.code, one.message, one.span.source.text[one.span.start : one.span.end], one.hint))
    return found


@pytest.mark.parametrize(
    ("text", "code", "said", "meant", "hint"),
    [
        ("condition: fogra93", "F018", "no printing condition called 'fogra93'", "fogra93", "did you mean 'fogra39'?"),
        ("icc: press.icc", "F018", "there is no file", "press.icc", None),
        ("icc: notegen.yaml", "F018", "it is no ICC profile", "notegen.yaml", "ask the printer"),
        ("sheet: leter", "F018", "no sheet called 'leter'", "leter", "did you mean 'letter'?"),
        ("sheet: zzqqxx", "F018", "no sheet called 'zzqqxx'", "zzqqxx", "a paper such as letter"),
        ("sheet: rayfilm-7001", "F018", "left out", "rayfilm-7001", None),
        ("printer: office", "F018", "no printer called 'office'", "office", "there are: none"),
    ],
)
def test_a_name_that_stands_for_nothing(
    tmp_path: Path, text: str, code: str, said: str, meant: str, hint: str | None
) -> None:
    ((found, message, words, advice),) = found_in(tmp_path, f"print: {{{text}}}")
    assert (found, words) == (code, meant)
    assert said in message
    assert (advice or "").startswith(hint or "")


@pytest.mark.parametrize(
    "text", ["condition: FOGRA39", "sheet: a4", "sheet: iso-a4", "sheet: avery-5160", "printer: office"]
)
def test_names_that_stand_for_something(tmp_path: Path, text: str) -> None:
    (tmp_path / "printers").mkdir()
    (tmp_path / "printers" / "office.yaml").write_text("front: [0.4, 0]\n")
    assert found_in(tmp_path, f"print: {{{text}}}") == []


def test_a_picture_whose_file_is_missing(tmp_path: Path) -> None:
    (tmp_path / "art").mkdir()
    front, back = found_in(tmp_path, "art: {front: front.pdf, back: {file: art, fit: actual}}")
    assert (front[0], front[2]) == ("G101", "front.pdf") and front[1].endswith("front.pdf is not there")
    assert (back[0], back[2]) == ("G101", "art") and back[1].endswith("is a folder, not a picture")
    (tmp_path / "front.pdf").write_bytes(b"")
    assert found_in(tmp_path, "art: {front: front.pdf}") == []


def test_lint_forgets_nothing_that_a_name_stands_for(notegen: Run, tmp_path: Path) -> None:
    (tmp_path / "notegen.yaml").write_text(
        "shop: {name: Pennywhistle Cycles}\n"
        "print: {icc: press.icc, printer: office, sheet: ours}\nart: {front: front.png}\n"
    )
    (tmp_path / "printers").mkdir()
    (tmp_path / "sheets").mkdir()

    def codes() -> list[str]:
        ran = notegen("lint", tmp_path, "--format", "json")
        return [one["code"] for one in json.loads(ran.out)["findings"]]

    assert codes() == ["F018", "F018", "F018", "G101"]
    (tmp_path / "press.icc").write_bytes((PROFILES / "fogra39.icc").read_bytes())
    assert codes() == ["F018", "F018", "G101"]
    (tmp_path / "printers" / "office.yaml").write_text("front: [0.4, 0]\n")
    assert codes() == ["F018", "G101"]
    (tmp_path / "sheets" / "ours.yaml").write_text(
        "title: Ours\npaper: a4\nsize: [105, 148]\ngrid: [2, 2]\nwhat: card\nsource: my own ruler\n"
    )
    assert codes() == ["G101"]
    (tmp_path / "front.png").write_bytes(b"")
    assert codes() == []


@pytest.mark.parametrize("command", ["envelopes", "labels"])
def test_commands_that_open_a_shop_say_it_before_they_begin(notegen: Run, tmp_path: Path, command: str) -> None:
    (tmp_path / "notegen.yaml").write_text("shop: {name: Pennywhistle Cycles}\nprint: {printer: office}\n")
    facts = tmp_path / "people.yaml"
    facts.write_text("customer: {name: Ana Reyes}\nsale: {date: 2026-03-04, item: Brompton}\n")
    ran = notegen(command, facts, "-o", tmp_path / "made.pdf", "--today", "2026-03-05", "--json")
    assert ran.status == 1
    (only,) = json.loads(ran.out)["findings"]
    assert (only["code"], only["message"]) == ("F018", "there is no printer called 'office'")


def test_who_signs_counts_for_lint(notegen: Run, shop: Path) -> None:
    path = shop / "notegen.yaml"
    sound = notegen("lint", shop, "--today", "2026-03-20").out
    template = next((shop / "templates").glob("[!_]*.j2"))
    template.write_text(template.read_text().replace("{{ shop.signer }}\n{{ shop.name }}", ""))
    printed = notegen("lint", shop, "--today", "2026-03-20").out
    path.write_text(f"{path.read_text()}\nsign: yourself\n")
    yourself = notegen("lint", shop, "--today", "2026-03-20").out
    assert "S110" not in sound + printed
    assert "S110" in yourself
