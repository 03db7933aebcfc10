"""`--changed` judges what Git says is new, and what that concerns."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from conftest import Run

from notegen.pipeline.changed import commit_of

ASK = "If applicable, use the bell."
LETTER = f"Dear Ana,\n\nThe peach jam you brought on Saturday is gone.\n\n{ASK}\n\nRick\n"


def git(folder: Path, *words: str) -> None:
    """Run git as nobody in particular."""
    who = ("-c", "user.name=t", "-c", "user.email=t@example.com")
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def checkout(shop: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shop in a checkout: two kinds of notes, one of whose templates takes in a part, and letters with a fault."""
    templates, facts = shop / "templates", shop / "facts"
    thanks = (templates / "thanks.j2").read_text().replace("Warmly,", f"{ASK}\n\nWarmly,")
    (templates / "thanks.j2").write_text(thanks)
    (templates / "other.j2").write_text(
        thanks.replace("name: thanks", "name: other").replace("Warmly,", "{% include '_end.j2' %}\n\nWarmly,")
    )
    (templates / "_end.j2").write_text("That was all.\n")
    (facts / "others.yaml").write_text((facts / "customers.yaml").read_text().replace("Ana Reyes", "Bo Lind"))
    path = shop / "notegen.yaml"
    path.write_text(path.read_text() + "  - {facts: facts/others.yaml, template: other}\n")
    for name in ("a", "b"):
        (shop / f"{name}.txt").write_text(LETTER)
    monkeypatch.chdir(shop)
    git(shop, "init", "-q", "-b", "trunk")
    git(shop, "add", "-A")
    git(shop, "commit", "-qm", "all")
    return shop


def files(notegen: Run, *words: object) -> set[str]:
    """Return the files with findings."""
    told = json.loads(notegen("lint", *words, "--today", "2026-03-20", "--format", "json").out)["findings"]
    return {one["file"] for one in told}


def test_nothing_has_changed(checkout: Path, notegen: Run) -> None:
    assert files(notegen, ".") == {"templates/thanks.j2", "templates/other.j2", "a.txt", "b.txt"}
    assert files(notegen, ".", "--changed") == set()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", {"a.txt"}),
        ("templates/thanks.j2", {"templates/thanks.j2"}),
        ("templates/_end.j2", {"templates/other.j2"}),
        ("facts/others.yaml", {"templates/other.j2"}),
        ("facts/customers.yaml", {"templates/thanks.j2"}),
        ("notegen.yaml", {"templates/thanks.j2", "templates/other.j2", "a.txt", "b.txt"}),
    ],
)
def test_what_a_change_concerns(name: str, expected: set[str], checkout: Path, notegen: Run) -> None:
    with (checkout / name).open("a") as file:
        file.write("\n")
    found = files(notegen, ".", "--changed")
    assert expected <= found
    if not name.startswith("facts/"):
        assert found == expected
    assert found.isdisjoint({"a.txt", "b.txt"} - expected)


def test_what_git_does_not_know_yet(checkout: Path, notegen: Run) -> None:
    (checkout / "letters").mkdir()
    new = checkout / "letters" / "Añe new.txt"
    new.write_text(LETTER)
    assert files(notegen, "letters", "--changed") == {"letters/Añe new.txt"}
    (checkout / ".gitignore").write_text("letters/\n")
    assert files(notegen, "letters", "--changed") == set()


def test_since_another_commit(checkout: Path, notegen: Run) -> None:
    (checkout / "a.txt").write_text(LETTER + "\n")
    git(checkout, "commit", "-qam", "more")
    assert files(notegen, ".", "--changed") == set()
    assert files(notegen, ".", "--changed=HEAD~1") == {"a.txt"}
    assert files(notegen, "--changed", "HEAD~1", ".") == {"a.txt"}


def test_seen_from_below_and_from_outside(checkout: Path, notegen: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (checkout / "a.txt").write_text(LETTER + "\n")
    monkeypatch.chdir(checkout / "templates")
    assert files(notegen, "../a.txt", "../b.txt", "--changed") == {"../a.txt"} or files(
        notegen, "../a.txt", "../b.txt", "--changed"
    ) == {str(checkout / "a.txt")}
    monkeypatch.chdir("/")
    assert files(notegen, checkout, "--changed=HEAD") == {str(checkout / "a.txt")}


def test_a_commit_that_is_not_there(checkout: Path, notegen: Run) -> None:
    for reference in ("nowhere", "HEAD..HEAD"):
        ran = notegen("lint", ".", f"--changed={reference}")
        assert ran.status == 2
        assert f"Git knows no commit '{reference}'" in ran.err
    assert commit_of("--output=x", checkout) is None
    assert not (checkout / "x").exists()


def test_without_a_checkout_or_git(tmp_path: Path, notegen: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "a.txt").write_text(LETTER)
    ran = notegen("lint", "a.txt", "--changed=HEAD")
    assert (ran.status, "needs a Git checkout" in ran.err) == (2, True)
    monkeypatch.setenv("PATH", "")
    ran = notegen("lint", "a.txt", "--changed=HEAD")
    assert (ran.status, "git cannot be run" in ran.err) == (2, True)
