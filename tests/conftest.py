"""What every test may use: the command run in this process, and a cache that is shared by the whole run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from notegen.cli.main import main

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))


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
    """Run `notegen WORDS...` as the shell would, in this process; a traceback fails the test by itself."""

    def run(*words: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["notegen", *map(str, words)])
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        said = capfd.readouterr()
        status = ended.value.code
        assert isinstance(status, int)
        return Ran(status, said.out, said.err)

    return run


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep pools in a folder of the run's own, so that no test depends on what a home folder holds."""
    folder = tmp_path_factory.getbasetemp().parent / "notegen-cache"
    patch = pytest.MonkeyPatch()
    patch.setenv("NOTEGEN_CACHE", str(folder))
    yield folder
    patch.undo()


@pytest.fixture
def shop(tmp_path: Path, notegen: Run) -> Path:
    """A shop folder as `notegen init` makes it."""
    folder = tmp_path / "shop"
    assert notegen("init", folder).status == 0
    return folder
