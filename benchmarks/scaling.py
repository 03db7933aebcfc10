"""Measure what whole batches cost as they grow: CPU, memory of the parent and of its workers, and bytes on disk.

    python benchmarks/scaling.py                        # 1,000 and 10,000 cards, one and two jobs
    python benchmarks/scaling.py --cards 1000 100000 --jobs 2
    python benchmarks/scaling.py --executor dask --jobs 2

Every run is `notegen batch --yes` in a process of its own and a folder of its own. Memory is the highest resident size,
looked at every 20 ms while it runs (Linux). Times are CPU seconds of the parent and of all its workers. Ratios are to
the first row of the same table, in the same run of this script.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FIRST = "Ana Bo Cleo Dov Eli Fay Gus Hana Ivo Jun Kit Lou Mia Ned Ola Pia Quin Rui Sol Tea".split()
LAST = "Reyes Ito Marsh Stern Novak Chen Silva Moore Patel Khan Olsen Weber Rossi Sato".split()
KINDS = "quiet folding racing touring cargo electric city mountain".split()
COLOURS = "blue green grey red black white silver".split()
SHOP = "shop: {name: Elm Street Cycles, signer: Nora}\nlocale: en_US\ncurrency: USD\n"
TEMPLATE = """---
name: scaling
occasion: the day of the sale
requires: [sale.short, remember.0, remember.1]
---
{% from "_greeting.j2" import dear %}
{{ dear(customer) }}

{{ remember[0] }}
{{ remember[1] }}

Thank you for buying {{ sale.short }} here,
{% include "_signature.j2" %}
"""


@dataclass(frozen=True)
class Figures:
    """What one batch cost."""

    cards: int
    jobs: int
    wall: float
    cpu: float
    own: float
    parent: float
    workers: float
    packs: int
    pdf: int


def people(count: int) -> Iterator[str]:
    """Yield the facts of so many invented customers, no two alike."""
    for number in range(count):
        first, last = FIRST[number % 20], LAST[number // 20 % 14]
        kind, colour = KINDS[number % 8], COLOURS[number // 8 % 7]
        yield (
            f"---\nkey: c-{number:07}\ncustomer: {{name: {first} {last}, greeting: {first}}}\n"
            f"sale: {{date: 2026-03-0{1 + number % 9}, item: {colour} {kind} bicycle number {number}, "
            f"short: the {colour} {kind} bike with frame {number}, colour: {colour}}}\n"
            f'remember: ["You asked {number} times whether number {number} fits under a desk in the hall of the '
            f"{last} House, and it does, with the {colour} bag on it, {number % 97} spokes to spare, and room for "
            f'the {number % 89} apples that you bring home from the {kind} market every week.", "Your ride of '
            f"{number % 83} miles to the {kind} sea wall with {FIRST[number // 7 % 20]} and {number % 13} sandwiches "
            f'sounded like a day that I would have liked to see for myself."]\n'
        )


def measure(cards: int, jobs: int, executor: str) -> Figures:
    """Run one batch and return what it cost. Raises SystemExit with what it said when it failed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "notegen.yaml").write_text(SHOP, encoding="utf-8")
        (folder / "templates").mkdir()
        (folder / "templates" / "scaling.j2").write_text(TEMPLATE, encoding="utf-8")
        with (folder / "facts.yaml").open("w", encoding="utf-8") as stream:
            stream.writelines(people(cards))
        words = ["batch", "facts.yaml", "-t", "scaling", "--today", "2026-03-20", "-o", "cards.pdf", "--yes"]
        words += ["--executor", executor, *(["--jobs", str(jobs)] if executor != "serial" else [])]
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        begun = time.perf_counter()
        with (folder / "said.txt").open("wb") as said:
            batch = subprocess.Popen([sys.executable, "-m", "notegen", *words], cwd=folder, stdout=said, stderr=said)
            own, parent, workers, packs = watch(batch, folder)
        wall = time.perf_counter() - begun
        if batch.returncode != 0:
            raise SystemExit((folder / "said.txt").read_text(encoding="utf-8")[-3000:])
        now = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
        size = (folder / "cards.pdf").stat().st_size
        return Figures(cards, jobs, wall, cpu, own, parent, workers, packs, size)


def watch(batch: subprocess.Popen[bytes], folder: Path) -> tuple[float, float, float, int]:
    """Return the CPU seconds of the parent, the most MiB of it and of a child of its, and the most bytes of packs."""
    own = parent = workers = 0.0
    packs = looks = 0
    while batch.poll() is None:
        own = max(own, seconds(batch.pid))
        parent = max(parent, resident(batch.pid))
        workers = max([workers, *(resident(child) for child in children(batch.pid))])
        if looks % 25 == 0:
            packs = max(packs, sum(size(file) for file in folder.rglob("*.pack")))
        looks += 1
        time.sleep(0.02)
    return own, parent, workers, packs


def seconds(pid: int) -> float:
    """Return the CPU seconds of one process so far, in steps of 10 ms; 0 when it has ended."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> float:
    """Return the highest resident size of a process so far, in MiB; 0 when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0)


def children(pid: int) -> list[int]:
    """Return the processes that a process has started and that still run."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").glob("*/children"))
        return [int(child) for task in tasks for child in task.read_text().split()]
    except OSError:
        return []


def size(file: Path) -> int:
    """Return a file's bytes; 0 when it is gone."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


def table(rows: list[Figures]) -> Iterator[str]:
    """Yield the lines of a table in Markdown, as docs/scaling.md has it."""
    heads = (
        "cards",
        "jobs",
        "wall s",
        "CPU s",
        "of it the parent",
        "ms CPU a card",
        "to the first",
        "parent MiB",
        "worker MiB",
    )
    heads += ("pack kB a card", "PDF kB a card")
    yield f"| {' | '.join(heads)} |"
    yield "|" + "--:|" * len(heads)
    for row in rows:
        each, first = row.cpu / row.cards, rows[0].cpu / rows[0].cards
        yield (
            f"| {row.cards:,} | {row.jobs} | {row.wall:.1f} | {row.cpu:.1f} | {row.own:.1f} "
            f"| {each * 1000:.2f} | {each / first:.2f} | {row.parent:.0f} | {row.workers:.0f} "
            f"| {row.packs / row.cards / 1000:.1f} | {row.pdf / row.cards / 1000:.1f} |"
        )


def main() -> None:
    """Run the batches in turn and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cards", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--executor", default="processes")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON instead of a table")
    asked = parser.parse_args()
    rows = [measure(cards, jobs, asked.executor) for cards in asked.cards for jobs in asked.jobs]
    if asked.json:
        print(json.dumps([vars(row) for row in rows], indent=1))
        return
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {asked.executor}\n")
    print("\n".join(table(rows)))


if __name__ == "__main__":
    main()
