"""The map of the code is of this code: every layer, every dependency, every module that it names."""

from __future__ import annotations

import re
import tomllib

from conftest import ROOT
from test_docs_pages import coded, page, rows, section

PAGE = page("architecture.md")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def name_of(requirement: str) -> str:
    """Return the library of a requirement."""
    return re.split(r"[\[><=]", requirement)[0].casefold()


def test_the_house_has_the_layers_of_the_contract() -> None:
    block = section(PAGE, "The house").split("```")[1]
    first = {re.split(r"\s{2,}", line)[0] for line in block.splitlines() if line and not line.startswith(" ")}
    (layers,) = (one["layers"] for one in PROJECT["tool"]["importlinter"]["contracts"] if one["type"] == "layers")
    assert first == set(layers)


def test_every_dependency_has_its_row() -> None:
    listed = {
        name.casefold()
        for row in rows(section(PAGE, "Dependencies, and why"))
        for name in re.sub(r"\(.*?\)", "", row[0]).split(", ")
        for name in [name.strip()]
    }
    extras = PROJECT["project"]["optional-dependencies"]
    optional = [one for name in ("measure", "capture", "dask") for one in extras[name]]
    needed = {name_of(one) for one in (*PROJECT["project"]["dependencies"], *optional)}
    assert listed == needed


def test_the_modules_that_it_names_are_there() -> None:
    """A path with a stroke is a module or a folder of notegen, or a file of the repository."""
    words = coded(re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL))
    named = {word for word in words if re.fullmatch(r"[\w./-]+/[\w./-]*", word)}
    assert len(named) > 30
    homes = (ROOT / "notegen", ROOT / "notegen" / "lint", ROOT)
    there = {word for word in named if any((home / f"{word}{end}").exists() for home in homes for end in ("", ".py"))}
    assert named - there == set()
