"""How long notes take to compose and judge, beside proselint and write-good: `python benchmarks/lint.py`.

Every linter gets the same 1,000 letters, in a process that is warm, and is timed letter by letter; the median counts.
notegen is timed with everything: composing with provenance, then all rules. The last rows are whole commands, from the
start of the process to its end: a template by itself, and 1,000 notes with an empty and with a full cache.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from notegen.pipeline import Draft

TODAY = date(2026, 1, 2)
SHOPS = ("bike-shop", "dealership", "family-lawyer", "tokyo-training")
NODE = """
const good = require("write-good");
const letters = JSON.parse(require("fs").readFileSync(0, "utf8"));
for (const text of letters.slice(0, 50)) good(text);
const times = letters.map(text => {
  const began = process.hrtime.bigint(); good(text); return Number(process.hrtime.bigint() - began) / 1e6; });
console.log(JSON.stringify(times));
"""


def drafters() -> Iterable[Callable[[], Draft]]:
    """Yield what composes and judges one note: every note of every sample shop."""
    from notegen import pipeline, settings

    wishes = pipeline.Wishes(today=TODAY)
    for name in SHOPS:
        shop = settings.load(ROOT / "samples" / name).value
        assert shop is not None
        for pairing in shop.notes:
            template = pipeline.load_template(pairing.template, shop).value
            assert template is not None
            for person in pipeline.load_facts([pairing.facts], shop, TODAY).value or ():
                yield lambda p=person, t=template, s=shop: pipeline.draft(p, t, s, wishes)  # type: ignore[misc]


def timed(works: Iterable[Callable[[], object]]) -> list[float]:
    """Return how long each took, in ms."""
    times = []
    for work in works:
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1e3)
    return times


def proselint(letters: list[str]) -> list[float] | None:
    """Return proselint's times, in ms, or None when it is not installed."""
    try:
        from proselint.checks import __register__
        from proselint.registry import CheckRegistry
        from proselint.tools import LintFile
    except ImportError:
        return None
    CheckRegistry().register_many(__register__)
    for text in letters[:50]:
        LintFile("letter", text).lint()
    return timed((lambda t=text: LintFile("letter", t).lint()) for text in letters)  # type: ignore[misc]


def write_good(letters: list[str]) -> list[float] | None:
    """Return write-good's times, in ms, or None when node or the package is not there."""
    if shutil.which("node") is None:
        return None
    places = {**os.environ, "NODE_PATH": str(Path(sys.prefix) / "node_modules")}
    done = subprocess.run(
        ["node", "-e", NODE], input=json.dumps(letters), capture_output=True, text=True, check=False, env=places
    )
    return json.loads(done.stdout) if done.returncode == 0 else None


def command(*words: object, cache: Path) -> float:
    """Return the wall time of a notegen command, in ms."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NOTEGEN_CACHE": str(cache)}
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "notegen", *map(str, words)], env=environment, stdout=subprocess.DEVNULL, check=False
    )
    return (time.perf_counter() - began) * 1e3


def thousand(folder: Path, count: int) -> Path:
    """Make a shop with so many customers, all different, and return its folder."""
    shutil.copytree(ROOT / "samples" / "bike-shop", folder)
    facts = (folder / "facts" / "week-later.yaml").read_text(encoding="utf-8")
    documents = [one for one in facts.split("\n---\n") if "customer:" in one]
    made = []
    for number, text in enumerate(islice(cycle(documents), count)):
        head, _, rest = text.partition("key: ")
        key, _, rest = rest.partition("\n")
        other = rest.replace("street: ", f"street: {number} ").replace("sale:", "  since: 2020-01-01\nsale:", 1)
        made.append(f"{head}key: {key}-{number}\n{other}")
    (folder / "facts" / "week-later.yaml").write_text("\n---\n".join(made), encoding="utf-8")
    return folder / "facts" / "week-later.yaml"


def row(name: str, times: list[float] | None, beside: float | None = None) -> None:
    """Print a line of the table."""
    if times is None:
        print(f"{name:52} not installed")
        return
    median = statistics.median(times)
    ratio = f"{median / beside:8.2f} x" if beside else ""
    print(f"{name:52} {median:9.2f} {sorted(times)[int(len(times) * 0.99) - 1]:9.2f} {ratio}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    works = list(drafters())
    drafts = [work() for work in works]
    letters = [one.note.text for one in islice(cycle(drafts), asked.notes) if one.note is not None]
    ours = timed(islice(cycle(works), asked.notes))
    beside = statistics.median(ours)
    print(f"{'in process, ms a note':52} {'median':>9} {'p99':>9}  of notegen's")
    row("notegen: compose with provenance, all rules", ours)
    row("proselint", proselint(letters), beside)
    row("write-good", write_good(letters), beside)
    with tempfile.TemporaryDirectory() as scratch:
        cache = Path(scratch) / "cache"
        facts = thousand(Path(scratch) / "shop", asked.notes)
        template = ROOT / "samples" / "bike-shop" / "templates" / "week-later.j2"
        print(f"\n{'whole commands, ms':52} {'median':>9} {'most':>9}")
        row(
            "notegen lint template.j2, no cache",
            [command("lint", template, "--no-cache", cache=cache) for _ in range(asked.rounds)],
        )
        batch = ("lint", facts, "-t", "week-later", "--today", TODAY)
        row(f"notegen lint, {asked.notes:,} notes, empty cache", [command(*batch, cache=cache)])
        warm = [command(*batch, cache=cache) for _ in range(asked.rounds)]
        row(f"notegen lint, {asked.notes:,} notes, warm cache", warm)


if __name__ == "__main__":
    main()
