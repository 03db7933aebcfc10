"""One command checks everything: style, types, layers and the house rules run as tests."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "notegen").rglob("*.py"))


def run(*command: str) -> None:
    """Run a tool from this Python's environment and show what it says when it fails."""
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_ruff_finds_nothing() -> None:
    run("ruff", "check", ".")


def test_ruff_would_format_nothing() -> None:
    run("ruff", "format", "--check", ".")


def test_mypy_strict_finds_nothing() -> None:
    run("mypy")


def test_import_contracts_hold() -> None:
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def functions(path: Path) -> list[ast.FunctionDef]:
    """Return every function and method of a module."""
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_are_rooms(path: Path) -> None:
    """No module is longer than 400 lines, no function longer than 50."""
    assert len(path.read_text().splitlines()) <= 400
    long = {
        f.name: f.end_lineno - f.lineno + 1 for f in functions(path) if f.end_lineno and f.end_lineno - f.lineno >= 50
    }
    assert long == {}


def test_nothing_unfinished_is_left() -> None:
    marks = re.compile(r"\bTODO\b|\bFIXME\b|NotImplementedError|pytest\.skip\(")
    # The linter's own patterns and manual name these marks: it looks for them in letters.
    found = [str(path) for path in MODULES if "lint" not in path.parts and marks.search(path.read_text())]
    assert found == []


def test_nothing_global_is_random_and_no_clock_is_read_below_the_command_line() -> None:
    banned = re.compile(
        r"^\s*(import random|from random|import time|from time)|np\.random|default_rng|\.now\(|\.today\(", re.M
    )
    # What refuses slow expressions has to see how long one takes; no date and no result hangs on it otherwise.
    free = {"hazard.py"}
    judged = (path for path in MODULES if "cli" not in path.parts and path.name not in free)
    assert [str(path) for path in judged if banned.search(path.read_text())] == []


def test_start_up_loads_no_drawing_or_shaping_library() -> None:
    """`notegen --help` loads click and little else."""
    code = (
        "import sys; sys.argv = ['notegen', '--help']\n"
        "from notegen.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"reportlab", "uharfbuzz", "fontTools", "numpy", "PIL", "pypdfium2", "jinja2", "yaml", "babel"}
    assert heavy & set(ast.literal_eval(done.stderr)) == set()
