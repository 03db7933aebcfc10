"""A few mutated inputs of every kind, always the same ones; `python -m tests.fuzz` runs as many as one likes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .corpus import ROOT
from .targets import TARGETS

LIGHT = ("facts", "templates", "settings", "stocks", "sheets", "rules", "letters", "pdfs", "words")
HEAVY = ("hands", "fonts", "pictures", "scrawls", "ledgers", "runs")


def test_every_target_is_run() -> None:
    assert {*LIGHT, *HEAVY} == TARGETS.keys()


@pytest.mark.skipif(not hasattr(os, "fork") or not Path("/proc/self").exists(), reason="needs Linux's limits")
@pytest.mark.parametrize(("targets", "inputs"), [(LIGHT, 120), (HEAVY, 24)])
def test_no_traceback_no_hang_and_nothing_half_made(targets: tuple[str, ...], inputs: int, tmp_path: Path) -> None:
    words = ("--target", ",".join(targets), "--inputs", str(inputs), "--seed", "1", "--keep", str(tmp_path / "kept"))
    ran = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", *words], cwd=ROOT, capture_output=True, check=False, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr[-3000:]
    assert " 0 failures" in ran.stdout
