"""How long `notegen --help` takes beside bare Python, and what it loads: `python benchmarks/startup.py`."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAVY = (
    "numpy", "reportlab", "PIL", "pypdfium2", "fontTools", "uharfbuzz", "jinja2", "yaml", "babel", "rich", "click",
)  # fmt: skip
HELP = "import sys; from notegen.cli.main import main; sys.argv = ['notegen', '--help']; main()"
COMMANDS = {
    "python -c pass": "pass",
    "import click": "import click",
    "notegen --help": HELP,
    "import notegen.pipeline": "import notegen.pipeline",
    "import numpy, reportlab, pypdfium2, PIL": "import numpy, reportlab.pdfgen.canvas, pypdfium2, PIL.Image",
}


def environment() -> dict[str, str]:
    """Return an environment in which the checkout can be imported."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def best(code: str, rounds: int) -> float:
    """Return the least wall time of a process that runs some code, seconds."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, env=environment(), stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - began)
    return min(times)


def loaded(code: str) -> list[str]:
    """Return the heavy modules that are loaded when the code has run."""
    found = f"sorted(set({HEAVY!r}) & set(sys.modules))"
    probe = f"import atexit, sys; atexit.register(lambda: print(*{found}, file=sys.stderr))"
    done = subprocess.run(
        [sys.executable, "-c", f"{probe}\n{code}"], check=True, env=environment(), capture_output=True, text=True
    )
    return done.stderr.split()


def main() -> None:
    """Print a line for each command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    bare = best("pass", rounds)
    print(f"{'':42} {'ms':>6} {'over bare':>10}  loaded")
    for name, code in COMMANDS.items():
        took = best(code, rounds)
        print(f"{name:42} {took * 1e3:6.0f} {(took - bare) * 1e3:+10.0f}  {', '.join(loaded(code)) or '-'}")


if __name__ == "__main__":
    main()
