"""What every test may use: the command run in this process, and a cache that is shared by the whole run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from notegen.cli.main import main
from notegen.cli.output import INTERNAL

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

# No test asserts a time: a busy machine would fail it. `pytest --hypothesis-profile thorough` looks ten times as long.
settings.register_profile("untimed", deadline=None, max_examples=50)
settings.register_profile("thorough", deadline=None, max_examples=500)
settings.load_profile("untimed")


Golden = Callable[[str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that rewrites reference files."""
    parser.addoption("--update-golden", action="store_true", help="rewrite the reference files that tests compare with")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Hold a text equal to a reference file, byte for byte; `pytest --update-golden` writes it instead."""
    update = bool(request.config.getoption("--update-golden"))
    assert not (update and os.environ.get("CI")), "--update-golden was left in CI"

    def compare(name: str, text: str) -> None:
        path = ROOT / name
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        assert text == path.read_bytes().decode(), f"{name} is not what it was: look, then pytest --update-golden"

    return compare


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it said."""

    status: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Everything, from both streams."""
        return self.out + self.err


Run = Callable[..., Ran]


@pytest.fixture
def notegen(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run `notegen WORDS...` as the shell would, in this process; a fault of its own fails the test by itself."""

    def run(*words: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["notegen", *map(str, words)])
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        said = capfd.readouterr()
        status = ended.value.code
        assert isinstance(status, int)
        assert status != INTERNAL, said.err
        return Ran(status, said.out, said.err)

    return run


def run_apart(*words: object, cwd: Path, given: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run `notegen WORDS...` in a process of its own, with a standard input."""
    return subprocess.run(
        [sys.executable, "-m", "notegen", *map(str, words)],
        cwd=cwd, input=given, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT), **env},
    )  # fmt: skip


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep pools in a folder of the run's own, so that no test depends on what a home folder holds."""
    folder = tmp_path_factory.getbasetemp().parent / "notegen-cache"
    patch = pytest.MonkeyPatch()
    patch.setenv("NOTEGEN_CACHE", str(folder))
    patch.delenv("GITHUB_ACTIONS", raising=False)
    yield folder
    patch.undo()


@pytest.fixture
def shop(tmp_path: Path, notegen: Run) -> Path:
    """A shop folder as `notegen init` makes it."""
    folder = tmp_path / "shop"
    assert notegen("init", folder).status == 0
    return folder
