"""Alike: what has a say in a card's bytes, and what is said when it differs."""

from importlib.metadata import PackageNotFoundError

import pytest

from notegen.batch import alike


def test_we_are_like_ourselves() -> None:
    ours = alike.about()
    assert {"Python", "notegen", alike.CODE, "numpy", "uharfbuzz", "jinja2"} <= set(ours)
    assert "dask" not in ours, "an extra has no say in any byte"
    assert alike.differences(ours, alike.about()) == []


def test_what_differs_is_said_with_both_sides_and_python_first() -> None:
    ours = {"numpy": "2.4", "Python": "3.11", "notegen": "1", "babel": "2", alike.CODE: "aa"}
    theirs = {"numpy": "2.1", "Python": "3.12", "notegen": "1", alike.CODE: "bb"}
    assert alike.differences(ours, theirs) == ["Python 3.12 (here 3.11)", "babel none (here 2)", "numpy 2.1 (here 2.4)"]


def test_two_checkouts_of_one_version_are_told_apart() -> None:
    assert alike.differences({alike.CODE: "aa"}, {alike.CODE: "bb"}) == ["the code of notegen bb (here aa)"]


def test_a_tree_that_is_not_installed_still_says_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(alike, "version", missing)
    monkeypatch.setattr(alike, "requires", missing)
    for kept in (alike._version, alike._needs):
        monkeypatch.setattr(alike, kept.__name__, kept.__wrapped__)
    found = alike.about()
    assert found["notegen"] == "none"
    assert len(found[alike.CODE]) == 12
