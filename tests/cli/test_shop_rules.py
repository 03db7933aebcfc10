"""A shop's `rules/` folder reaches every command that judges or explains."""

import json
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, Run
from test_docs_pages import coded, page, rows, section

from notegen import settings
from notegen.lint.words.rulefile import _PHRASE_KEYS
from notegen.pipeline import rulebook

EXAMPLE = page("rules-of-your-own.md").split("```yaml\n")[1].split("```")[0]
LETTER = "Dear Ana,\n\nYour bicyle stood in the rain on Tuesday while Rex sang. Such synergy!\n\nRick\n"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a shop with the rules that the manual shows."""
    folder = tmp_path / "shop"
    shutil.copytree(ROOT / "samples" / "bike-shop", folder)
    (folder / "rules").mkdir()
    (folder / "rules" / "house.yaml").write_text(EXAMPLE, "utf-8")
    (folder / "letter.txt").write_text(LETTER, "utf-8")
    monkeypatch.chdir(folder)
    return folder


def test_letters_are_judged_by_them(own: Path, notegen: Run) -> None:
    ran = notegen("lint", "letter.txt", "--format", "concise")
    assert ran.status == 1
    assert "letter.txt:3:6: error[X001 house-words]" in ran.out and ran.out.count("X001") == 2


def test_a_shop_whole_and_its_templates_are_judged_by_them(own: Path, notegen: Run) -> None:
    template = next((own / "templates").glob("[a-z]*.j2"))
    template.write_text(template.read_text("utf-8") + "\nSuch synergy!\n", "utf-8")
    for path in (".", str(template)):
        assert "X001" in notegen("lint", path).out


def test_fixes_are_written(own: Path, notegen: Run) -> None:
    notegen("lint", "letter.txt", "--fix")
    assert (own / "letter.txt").read_text("utf-8") == LETTER.replace("bicyle", "bicycle")


def test_they_are_listed_and_explained(own: Path, notegen: Run) -> None:
    assert "house-words" in notegen("rule", "list").out
    shown = notegen("rule", "explain", "house-words").out
    assert "X001" in shown and "Such synergy!" in shown and "Nobody who has met us" in shown


def test_sarif_describes_them(own: Path, notegen: Run) -> None:
    log = json.loads(notegen("lint", "letter.txt", "--format", "sarif").out)
    assert "X001" in [rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]]


def test_a_broken_one_is_told_once_and_the_rest_goes_on(own: Path, notegen: Run) -> None:
    (own / "rules" / "other.yaml").write_text(
        "code: X002\nmessage: m\nhint: h\nphrases:\n- {find: '(a+)+b', bad: [ab], good: [c]}\n", "utf-8"
    )
    out = notegen("lint", ".", "--format", "concise").out
    assert out.count("U101") == 1 and "rules/other.yaml:5:10" in out and "X001" in out


def test_rules_are_read_again_when_they_change(own: Path) -> None:
    shop = settings.load(own).value
    assert shop is not None
    first = rulebook.own_rules(shop.root)
    assert rulebook.own_rules(shop.root) is first
    (own / "rules" / "house.yaml").write_text(EXAMPLE.replace("X001", "X0011"), "utf-8")
    assert rulebook.own_rules(shop.root).diagnostics


def test_the_manual_names_every_key() -> None:
    listed = [key for row in rows(section(page("rules-of-your-own.md"), "A phrase")) for key in coded(row[0])]
    assert sorted(listed) == sorted(_PHRASE_KEYS)
