"""The pre-commit hooks and the GitHub action fail on the terrible samples and pass on the shops."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import ROOT
from schemas import stored

from notegen.files import read_source
from notegen.yamlsource import parse

SAMPLES = ROOT / "samples"
SHOPS = ["bike-shop", "dealership", "family-lawyer", "tokyo-training"]
TODAY = ("--today", "2025-11-25")
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(ROOT),
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
}


def tree(name: str) -> Any:
    """Read a YAML file of the repository."""
    documents = parse(read_source(ROOT / name)).value
    assert documents
    # Lists and records of JSON, as its schemas want them.
    return json.loads(json.dumps(documents[0].value))


HOOKS: list[dict[str, Any]] = tree(".pre-commit-hooks.yaml")
ACTION: dict[str, Any] = tree("action.yml")


def hook(name: str) -> dict[str, Any]:
    """Return a hook by its id."""
    return next(one for one in HOOKS if one["id"] == name)


def chosen(name: str, folder: Path) -> Iterator[str]:
    """Yield the files of a folder that pre-commit would hand to a hook."""
    one = hook(name)
    for path in sorted(folder.rglob("*")):
        shown = path.relative_to(folder).as_posix()
        wanted = re.search(one["files"], shown) and not re.search(one.get("exclude", "^$"), shown)
        if path.is_file() and wanted:
            yield shown


def run_hook(name: str, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run a hook's command as pre-commit does, in the folder it would be run in."""
    one = hook(name)
    files = list(chosen(name, folder))
    assert files, f"{name} chooses no file of {folder.name}"
    words = [*shlex.split(one["entry"]), *one.get("args", []), *more, *(files if one["pass_filenames"] else [])]
    return subprocess.run(words, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)


KEYS = {
    **dict.fromkeys(("id", "name", "description", "entry", "language", "files", "exclude"), str),
    **dict.fromkeys(("args", "types", "types_or", "exclude_types", "stages"), list),
    **dict.fromkeys(("pass_filenames", "require_serial", "always_run", "verbose", "fail_fast"), bool),
}
"""The keys that pre-commit documents for a hook (those that we might use), and the kind of each value."""
TAGS = {"file", "text"}
"""The types of files that we may name: tags of pre-commit's `identify`."""


@pytest.mark.parametrize("one", HOOKS, ids=lambda one: str(one["id"]))
def test_the_hooks_are_what_pre_commit_documents(one: dict[str, Any]) -> None:
    assert {"id", "name", "entry", "language"} <= set(one) <= set(KEYS)
    assert all(isinstance(value, KEYS[key]) for key, value in one.items())
    assert one["language"] == "python"
    assert set(one["types"]) <= TAGS
    assert len({other["id"] for other in HOOKS}) == len(HOOKS)


@pytest.mark.parametrize("name", [one["id"] for one in HOOKS])
def test_every_hook_fails_on_the_terrible_samples(name: str) -> None:
    ran = run_hook(name, SAMPLES / "terrible")
    assert ran.returncode == 1, ran.stderr
    assert re.search(r"^\S+:\d+:\d+: error\[", ran.stdout, re.MULTILINE)


@pytest.mark.parametrize("shop", SHOPS)
@pytest.mark.parametrize("name", ["notegen-lint", "notegen-shop"])
def test_the_hooks_pass_on_the_shops(name: str, shop: str) -> None:
    ran = run_hook(name, SAMPLES / shop, *TODAY)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "no problems\n", "")


def test_the_letters_hook_passes_on_a_good_letter(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "ana.txt").write_text("Dear Ana,\n\nThank you for the peach jam on Saturday.\n\nRick\n")
    (tmp_path / "notes.txt").write_text("Dear Customer,\n")
    ran = run_hook("notegen-letters", tmp_path)
    assert (ran.returncode, ran.stdout) == (0, "no problems\n")


def test_the_hooks_choose_what_they_are_for() -> None:
    inside = {
        "notegen-lint": ["templates/thanks.j2", "notegen.yaml", "a/notegen.yaml", "facts/a.yaml", "x/facts/b.yml"],
        "notegen-letters": ["letter.txt", "letters/ana.md", "a/letters/b/c.txt"],
    }
    outside = ["templates/_signature.j2", "README.md", "facts/a.txt", "config.yaml", "thanks.j2.bak", "newsletter.html"]
    for name, paths in inside.items():
        one = hook(name)
        for path in paths:
            assert re.search(one["files"], path) and not re.search(one.get("exclude", "^$"), path), path
        for path in outside:
            assert not re.search(one["files"], path) or re.search(one.get("exclude", "^$"), path), path


def run_action(tmp_path: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """Run the action's steps but for the installation, as a runner does: inputs filled in, in bash."""
    inputs = {name: str(one.get("default", "")) for name, one in ACTION["inputs"].items()}
    inputs |= {name.replace("_", "-"): value for name, value in given.items()}
    assert set(inputs) == set(ACTION["inputs"])

    def filled(text: str) -> str:
        return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: inputs[found[1]], text)

    install, step = ACTION["runs"]["steps"]
    assert "pip install" in install["run"] and '"$GITHUB_ACTION_PATH"' in install["run"]
    script = tmp_path / "step.sh"
    script.write_text(filled(step["run"]))
    assert script.read_text() == step["run"], "inputs belong in the environment"
    more = {name: filled(value) for name, value in step["env"].items()}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
        cwd=ROOT, env={**ENVIRONMENT, **more, "GITHUB_ACTIONS": "true"}, capture_output=True, text=True, check=False,
    )  # fmt: skip


needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")


def test_the_action_keeps_its_schema() -> None:
    schema = stored("github-action.json")
    jsonschema.validate(ACTION, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**ACTION, "input": {}}, schema)
    for step in ACTION["runs"]["steps"]:
        assert step["shell"] == "bash"


@needs_bash
def test_the_action_fails_on_the_terrible_samples(tmp_path: Path) -> None:
    ran = run_action(tmp_path, paths="samples/terrible", sarif_file=str(tmp_path / "a b.sarif"))
    assert ran.returncode == 1, ran.stderr
    assert "\n::error file=samples/terrible/letter.txt,line=9,col=" in ran.stdout
    log = json.loads((tmp_path / "a b.sarif").read_text())
    assert len(log["runs"][0]["results"]) > 20


@needs_bash
def test_the_action_passes_on_the_shops(tmp_path: Path) -> None:
    paths = "".join(f"  samples/{shop}\n\n" for shop in SHOPS)
    ran = run_action(tmp_path, paths=paths, args="--today 2025-11-25")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "::error" not in ran.stdout


@needs_bash
def test_the_action_takes_its_level_and_does_nothing_that_an_input_says(tmp_path: Path) -> None:
    assert run_action(tmp_path, paths="samples/terrible", fail_level="never").returncode == 0
    evil = f'"; touch {tmp_path}/evil; $(touch {tmp_path}/evil) `touch {tmp_path}/evil`'
    for ran in (
        run_action(tmp_path, paths=evil),
        run_action(tmp_path, args=evil),
        run_action(tmp_path, fail_level=evil),
    ):
        assert ran.returncode == 2
    assert not (tmp_path / "evil").exists()
