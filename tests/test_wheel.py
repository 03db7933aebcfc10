"""The wheel carries the templates, fonts and samples, and notegen finds them there."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).resolve().parent.parent


def test_an_unpacked_wheel_works_away_from_the_checkout(tmp_path: Path, cache: Path) -> None:
    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"]))
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    assert wheel.rpartition("/")[2].startswith("notegen_cards-")
    # -I would drop PYTHONPATH: run from an empty folder instead, with nothing of the checkout on the path.
    code = "import notegen.resources as r, notegen; print(notegen.__file__); print(r.data_folder('fonts'))"
    env = os.environ | {"PYTHONPATH": str(site), "NOTEGEN_CACHE": str(cache)}
    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    )
    assert [Path(line).is_relative_to(site) for line in shown.stdout.split("\n")[:2]] == [True, True]
    shop = tmp_path / "shop"
    for words in (["init", str(shop)], ["lint", str(shop)]):
        done = subprocess.run(
            [sys.executable, "-m", "notegen", *words],
            cwd=tmp_path,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    made = subprocess.run(
        [sys.executable, "-m", "notegen", "batch", "shop/facts", "-t", "thanks", "-o", "cards.pdf"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    assert (tmp_path / "cards.pdf").read_bytes().startswith(b"%PDF-1.7")
