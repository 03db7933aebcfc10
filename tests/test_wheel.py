"""The wheel carries all data, and notegen finds it away from the checkout; NOTICE names what is not our own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = '  address: {street: 8 Canal Street, city: Port Ellery, region: OR, postcode: "97999"}\n'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked wheel, which is where Python looks for notegen."""
    folder = tmp_path_factory.mktemp("wheel")
    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"]))
    assert wheel.rpartition("/")[2].startswith("notegen_cards-")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def python(site: Path, cache: Path, folder: Path, *words: str) -> str:
    """Run Python in a folder and return what it prints; -I would drop PYTHONPATH, so the folder is an empty one."""
    env = os.environ | {"PYTHONPATH": str(site), "NOTEGEN_CACHE": str(cache)}
    done = subprocess.run([sys.executable, *words], cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_file_of_data_is_in_it(site: Path) -> None:
    """Whatever is no Python module of ours, no bytecode and no trace of a tool is data, and must be carried."""
    homes = {"notegen": "notegen", "templates": "notegen/_data/templates", "fonts": "notegen/_data/fonts"}
    homes["samples"] = "notegen/_data/samples"
    tracked = subprocess.run(
        ["git", "ls-files", *homes], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.splitlines()
    files = [Path(name) for name in tracked] or [
        path.relative_to(ROOT) for home in homes for path in (ROOT / home).rglob("*") if path.is_file()
    ]
    data = [path for path in files if path.suffix not in (".py", ".pyc")]
    assert len(data) > 150
    missing = [path for path in data if not (site / homes[path.parts[0]]).joinpath(*path.parts[1:]).is_file()]
    assert missing == []
    (notice,) = site.glob("*.dist-info/licenses/NOTICE")
    assert notice.read_bytes() == (ROOT / "NOTICE").read_bytes()


def test_an_unpacked_wheel_works_away_from_the_checkout(site: Path, tmp_path: Path, cache: Path) -> None:
    def notegen(*words: str) -> str:
        return python(site, cache, tmp_path, "-m", "notegen", *words)

    code = "import notegen.resources as r, notegen; print(notegen.__file__); print(r.data_folder('fonts'))"
    shown = python(site, cache, tmp_path, "-c", code)
    assert [Path(line).is_relative_to(site) for line in shown.split("\n")[:2]] == [True, True]
    notegen("init", "shop")
    people = tmp_path / "shop" / "facts" / "customers.yaml"
    people.write_text(people.read_text().replace("  greeting: Ana\n", f"  greeting: Ana\n{ADDRESS}"))
    notegen("lint", "shop")
    notegen("batch", "--yes", "--no-ledger", "shop/facts", "-t", "thanks", "-o", "cards.pdf")
    assert (tmp_path / "cards.pdf").read_bytes().startswith(b"%PDF-1.7")
    # The profiles of the press, plain type, the sheets of the trade, and what posts want.
    notegen(
        "batch",
        "--yes",
        "--no-ledger",
        "shop/facts",
        "-t",
        "thanks",
        "-o",
        "press.pdf",
        "--for",
        "press",
        "--condition",
        "fogra29",
    )
    assert (tmp_path / "press.pdf").read_bytes().startswith(b"%PDF-1.6")
    assert len(json.loads(notegen("stock", "list", "--sheets", "avery", "--json"))) > 50
    notegen("envelopes", "shop/facts", "-o", "envelopes.pdf", "--no-return")
    assert (tmp_path / "envelopes.pdf").is_file()


def test_notice_names_what_others_made() -> None:
    said = (ROOT / "NOTICE").read_text(encoding="utf-8")
    profiles = [path.name for path in (ROOT / "notegen" / "press" / "profiles").iterdir()]
    ours = {"phrases.json", "moves.json"}
    data = [path.name for path in (ROOT / "notegen").rglob("*.json") if path.name not in ours]
    assert {name for name in (*profiles, *data) if name not in said} == set()
    for name in ("CGATS/GRACoL TR 006", "FOGRA39L", "FOGRA29L", "DejaVu", "gLabels", "CC BY 4.0"):
        assert name in said
