"""The whole job beside other tools: `python benchmarks/batch.py [--cards 10000]`.

From a YAML file of customers to one PDF, as `notegen batch --yes` does it: facts with their positions, every note
composed with its origins, judged, written, laid out, pressed with every glyph varied, and remembered in the ledger. The
other tools get the finished texts and set them in plain letters. Each runs in a process of its own, in turns; the
medians of the rounds count, and ratios are of CPU time with that of all processes together.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import platform
import pstats
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import makers  # noqa: E402

SETTINGS = """\
shop:
  name: Sorrel Creek Auto
  signer: Ruth Amsel
  town: Alder Bend, Wisconsin
  phone: 715-555-0148
  address: {street: 1200 Sorrel Creek Road, city: Alder Bend, region: WI, postcode: "54999"}
hand: HAND
stock: STOCK
locale: en_US
currency: USD
"""
TEMPLATE = """\
---
name: sold
occasion: the day of the sale
requires: [sale.date, sale.short, remember.0, remember.1]
---
{% from "_greeting.j2" import dear %}
{{ dear(customer) }}

{{ remember[0] }}
{% if sale.trade_in %}
Thank you for buying {{ sale.short }} on {{ sale.date | weekday }}, and for trusting me with {{ sale.trade_in }}.
{% else %}
On {{ sale.date | weekday }} you bought {{ sale.short }}, the {{ sale.colour }} one, and this is my thank-you for it.
{% endif %}

{% for line in remember[1:] %}
{{ line }}
{% endfor %}

With thanks,
{% include "_signature.j2" %}
"""

FIRST = (
    "Ana Bo Carmen Dev Elif Femi Grace Hana Ines Jonah Kofi Lena Marek Nadia Oscar Priya Rosa Sami Tess Wendell".split()
)
LAST = (
    "Abbott Baptiste Castillo Dahl Eriksen Falk Garza Hollis Ibarra Jensen Kowal Lindqvist Moreau Novak Okafor Petrov "
    "Quigley Rask Soto Tanaka Ueda Varga Whitlock Yilmaz Zeller"
).split()
CARS = "RAV4 Escape Outback Civic Sienna Corolla Crosstrek Forester Odyssey Tacoma".split()
COLOURS = "white black gray dark_blue dark_green red silver orange".replace("_", " ").split()
TOWNS = "Ashland Washburn Herbster Cornucopia Bayfield Hurley Mellen Superior Hayward Drummond".split()
KIN = "sister brother mother father uncle aunt cousin neighbor grandmother nephew".split()
THINGS = "cello kayak accordion telescope stroller toolbox canoe tuba loom saddle".split()
PARTS = "tailgate glove_box hood sunroof back_seat mirror horn radio heater trunk".replace("_", " ").split()
PETS = "Biscuit Pepper Waffles Juno Moss Clover Banjo Olive Pickle Radish".split()

SENTENCES = (
    "{pet} was asleep in the back seat by mile {n}, and I took that as a vote.",
    "You told me how the heater of the old one quit {n} miles outside {town} and you drove home in two hats.",
    "Your {kin} {friend} tried the {part} {count} times, at {n} miles, and never said a word until you laughed.",
    "You asked whether the {thing} fits, and it slid in with {n} thousandths of an inch to spare.",
    "{friend} wrote {n}, the number of the {part}, on a napkin that is still on my desk.",
    "We went round by {town} twice, {n} miles in all, because {friend} wanted to hear the {part} on gravel.",
    "{pet} left a paw print on the {part} at {n} miles, and I have not had the heart to wipe it off.",
    "The story of your {kin}, the {thing} and ferry {n} kept us both out in the rain.",
    "I tightened the {part} myself on {day} and drove it {n} miles to {town} and back to be sure.",
    "The photograph of the {thing} on the roof in {town}, number {n}, hangs beside the coffee now.",
    "When {friend} comes home from {town}, tell them the {thing} was worth all {n} miles.",
    "There is a fresh notebook of {n} pages in the {part}, with a pencil, for the road to {town}.",
)
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday".split()
COUNTS = "three four five six seven eight nine ten eleven twelve fourteen".split()
GLYPHS = 430
TODAY = date(2026, 11, 28)


def customers(count: int) -> Iterator[str]:
    """Yield the YAML of so many customers, all different, drawn by a small counter-based mixer."""
    for number in range(count):
        state = number * 2654435761 + 97

        def pick(choices: Any) -> Any:
            nonlocal state
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            return choices[(state >> 33) % len(choices)]

        first, last, car, colour = pick(FIRST), pick(LAST), pick(CARS), pick(COLOURS)
        old = f"the old {pick(CARS)} and its {100 + number % 150},000 miles" if number % 3 else ""
        thanks = f"Thank you for buying the {car} on Wednesday, and for trusting me with {old}." if old else "-" * 70
        left, remembered, room = list(SENTENCES), list[str](), GLYPHS - 45 - len(thanks.replace(" ", ""))
        while left and room > 30:
            sentence = pick(left)
            left.remove(sentence)
            lists = {"pet": PETS, "town": TOWNS, "kin": KIN, "friend": FIRST, "part": PARTS, "thing": THINGS}
            words = {name: pick(choices) for name, choices in lists.items()}
            line = sentence.format(**words, count=pick(COUNTS), day=pick(DAYS), n=12 * number + len(left) + 100)
            if len(line.replace(" ", "")) <= room + 10:
                remembered.append(line)
                room -= len(line.replace(" ", ""))
        trade = f"  trade_in: {old}\n" if old else ""
        yield (
            f"key: c{number:06}\n"
            f"customer:\n  name: {first} {last}\n  first_name: {first}\n"
            f"  address: {{street: {number + 1} {pick(LAST)} Road, city: Alder Bend, region: WI, postcode: '54999'}}\n"
            f"sale:\n  date: 2026-11-{16 + number % 6}\n  item: {2015 + number % 10} {car}\n"
            f"  short: the {car}\n  colour: {colour}\n{trade}"
            "remember:\n" + "".join(f'  - "{line}"\n' for line in remembered)
        )


def make_shop(folder: Path, count: int) -> None:
    """Write a shop with its settings, its template and its customers."""
    settings = SETTINGS.replace("HAND", makers.HAND).replace("STOCK", makers.STOCK)
    settings += "fields:\n  sale.trade_in: {kind: text, weight: 1, doc: what they left with us}\n"
    (folder / "notegen.yaml").write_text(settings)
    (folder / "templates").mkdir()
    (folder / "templates" / "sold.j2").write_text(TEMPLATE)
    with (folder / "customers.yaml").open("w") as facts:
        for number, one in enumerate(customers(count)):
            facts.write(("---\n" if number else "") + one)


def notes_of(folder: Path) -> list[str]:
    """Return the texts that the shop's customers get, for the tools that set texts."""
    from notegen import compose, pipeline, settings

    shop = settings.load(folder / "notegen.yaml").value
    template = pipeline.load_template(pipeline.find_template("sold", shop), shop).value
    loaded = pipeline.load_facts([folder / "customers.yaml"], shop, TODAY).value or ()
    people = [settings.with_shop(one, shop, TODAY) for one in loaded]
    return [compose.compose(one, template, shop.schema).value.text for one in people]


# --- notegen's own job


class Stages:
    """CPU seconds by stage; what a stage calls of another is counted there."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self.stack: list[str] = ["rest"]
        self.since = time.process_time()

    def go(self, stage: str | None) -> None:
        """Begin a stage, or end the innermost one (None)."""
        now = time.process_time()
        self.spent[self.stack[-1]] = self.spent.get(self.stack[-1], 0.0) + now - self.since
        self.since = now
        self.stack.pop() if stage is None else self.stack.append(stage)

    def watch(self, owner: Any, name: str, stage: str) -> None:
        """Count a function's time as a stage's; of one that yields, what it takes to the next."""
        function = getattr(owner, name)

        def counted(*args: Any, **kwargs: Any) -> Any:
            self.go(stage)
            try:
                found = function(*args, **kwargs)
            finally:
                self.go(None)
            return self._each(found, stage) if isinstance(found, Iterator) else found

        setattr(owner, name, counted)

    def _each(self, found: Iterator[Any], stage: str) -> Iterator[Any]:
        while True:
            self.go(stage)
            try:
                one = next(found, self)
            finally:
                self.go(None)
            if one is self:
                return
            yield one


def watch_all(stages: Stages) -> None:
    """Have every stage of the pipeline counted; in this process alone."""
    from notegen import compose, facts, hand, layout, lint, pipeline, press

    for owner, name, stage in (
        (facts, "load_gang", "facts"),
        (compose, "compose", "compose"),
        (lint, "check_note", "lint"),
        (hand, "write_all", "hand"),
        (layout, "lay_out_all", "layout"),
        (press, "draw", "press"),
        (pipeline, "print_cards", "assembling"),
    ):
        stages.watch(owner, name, stage)


def print_batch(folder: Path, target: Path, jobs: int, executor: str) -> None:
    """Print a shop's batch with the engine that the command uses."""
    from notegen.cli.main import group

    words = [str(folder / "customers.yaml"), "-t", "sold", "-o", str(target), "--yes", "--overwrite"]
    words += ["--executor", executor, *(["--jobs", str(jobs)] if executor != "serial" else [])]
    os.chdir(folder)
    status = group.main(["batch", *words], standalone_mode=False)
    if status or not target.exists():
        raise SystemExit(f"notegen batch ended with {status}")


def notegen_job(folder: Path, asked: argparse.Namespace) -> makers.Job:
    """Print a shop's customers; the hand's pool is made before, as it is kept between runs."""
    with tempfile.TemporaryDirectory() as warm:
        make_shop(Path(warm), 70)
        print_batch(Path(warm), Path(warm) / "warm.pdf", 1, "serial")
    stages = Stages()
    if asked.executor == "serial":
        watch_all(stages)
    profile = cProfile.Profile() if asked.profile else None

    def job(path: Path) -> dict[str, float]:
        wall, before = time.perf_counter(), _cpu()
        stages.spent.clear()
        stages.since = time.process_time()
        if profile:
            profile.enable()
        print_batch(folder, path, asked.jobs, asked.executor)
        if profile:
            profile.disable()
        stages.go("rest")
        measured = {"seconds": time.perf_counter() - wall, "cpu": _cpu() - before, "bytes": path.stat().st_size}
        if profile:
            pstats.Stats(profile, stream=sys.stderr).sort_stats("tottime").print_stats(40)
        return measured | {f"stage {stage}": spent for stage, spent in stages.spent.items()}

    return job


def _cpu() -> float:
    """Return the CPU seconds of this process and of all that it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


PLAIN: dict[str, tuple[str, Callable[[list[str]], makers.Job]]] = {
    "reportlab": ("ReportLab drawString, as it comes", lambda notes: makers.reportlab_job(notes, ascii85=1)),
    "reportlab-85": ("ReportLab drawString, useA85=0", lambda notes: makers.reportlab_job(notes, ascii85=0)),
    "typst": ("typst, plain lines", makers.typst_job),
    "fpdf2": ("fpdf2 multi_cell", makers.fpdf2_job),
    "weasyprint": ("WeasyPrint", makers.weasyprint_job),
}


def run_one(maker: str, folder: Path, asked: argparse.Namespace) -> dict[str, float]:
    """Run one maker in this process."""
    if maker == "notegen":
        job = notegen_job(folder, asked)
    else:
        job = PLAIN[maker][1](json.loads((folder / "notes.json").read_text()))
    with tempfile.TemporaryDirectory() as made:
        measured = job(Path(made) / "cards.pdf")
    measured["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return measured


def run_apart(maker: str, folder: Path, asked: argparse.Namespace, jobs: int = 1) -> dict[str, float] | str:
    """Run one maker in a process of its own; a maker that cannot run returns the reason."""
    executor = asked.executor if jobs == 1 else "processes"
    command = [sys.executable, str(Path(__file__)), "--maker", maker, "--shop", str(folder), "--jobs", str(jobs)]
    command += ["--executor", executor, *(["--profile"] if asked.profile else [])]
    with tempfile.TemporaryDirectory() as own:
        if maker == "notegen":
            # Each run has a shop of its own, or the ledger would print nobody twice.
            make_shop(Path(own), asked.cards)
            command[command.index(str(folder))] = own
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if asked.profile and maker == "notegen":
        print(done.stderr)
    if done.returncode:
        return (done.stderr or done.stdout).strip().splitlines()[-1]
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def report(results: dict[str, list[dict[str, float]]], failed: dict[str, str], count: int) -> None:
    """Print the table, the ratios and the stages."""
    names = {"notegen": "notegen batch, whole, every glyph varied"} | {
        maker: title for maker, (title, _) in PLAIN.items()
    }
    own = makers.median(results["notegen"], "cpu") / count
    print(f"{'maker':42} {'cards/s':>8} {'a CPU s':>8} {'notegen is':>11} {'bytes/card':>11} {'peak MiB':>9}")
    for maker, title in names.items():
        if maker in failed:
            print(f"{title:42} not run: {failed[maker]}")
            continue
        cpu, wall, size, peak = (makers.median(results[maker], key) for key in ("cpu", "seconds", "bytes", "peak"))
        ratio = "" if maker == "notegen" else f"{cpu / count / own:.2f} x"
        print(f"{title:42} {count / wall:8,.0f} {count / cpu:8,.0f} {ratio:>11} {size / count:11,.0f} {peak:9,.0f}")
    stages = {
        key.removeprefix("stage "): makers.median(results["notegen"], key) / count * 1e6
        for key in results["notegen"][0]
        if key.startswith("stage ")
    }
    if stages:
        parts = sorted(stages.items(), key=lambda item: -item[1])
        print("\nµs of CPU a card: " + ", ".join(f"{name} {spent:,.0f}" for name, spent in parts))
        drawn = stages.get("layout", 0.0) + stages.get("press", 0.0) + stages.get("assembling", 0.0)
        for maker in ("reportlab", "reportlab-85"):
            if maker in results:
                plain = makers.median(results[maker], "cpu") / count * 1e6
                print(f"layout, press and assembling take {drawn / plain:.2f} of {PLAIN[maker][0]} ({plain:,.0f} µs)")


def report_jobs(walls: dict[int, list[float]], count: int) -> None:
    """Print how much faster several processes are than one."""
    one = statistics.median(walls[min(walls)])
    for jobs, seconds in sorted(walls.items()):
        wall = statistics.median(seconds)
        print(
            f"{jobs} process{'es' if jobs > 1 else ''}: {count / wall:,.0f} cards/s, {one / wall:.2f} times the first"
        )


def compare(asked: argparse.Namespace) -> None:
    """Run all makers in turns and print what was seen."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        make_shop(folder, asked.cards)
        notes = notes_of(folder)
        (folder / "notes.json").write_text(json.dumps(notes))
        letters = statistics.mean(len("".join(text.split())) for text in notes)
        print(
            f"{asked.cards:,} cards of {letters:.0f} glyphs on {makers.STOCK} in {makers.HAND}; {asked.rounds} rounds"
        )
        print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}\n")
        results: dict[str, list[dict[str, float]]] = {}
        failed: dict[str, str] = {}
        walls: dict[int, list[float]] = {}
        for _ in range(asked.rounds):
            for maker in asked.makers or ["notegen", *PLAIN]:
                measured = run_apart(maker, folder, asked)
                if isinstance(measured, str):
                    failed[maker] = measured
                else:
                    results.setdefault(maker, []).append(measured)
            for jobs in asked.ratio:
                measured = run_apart(
                    "notegen", folder, argparse.Namespace(**vars(asked) | {"executor": "processes"}), jobs
                )
                if isinstance(measured, dict):
                    walls.setdefault(jobs, []).append(measured["seconds"])
                else:
                    print(f"{jobs} processes: {measured}")
        if "notegen" in results:
            report(
                results,
                failed | {one: "not asked for" for one in PLAIN if one not in results and one not in failed},
                asked.cards,
            )
        else:
            print(failed)
        if walls:
            report_jobs(walls, asked.cards)


def main() -> None:
    """Run one maker, or all in turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--makers", nargs="*", choices=["notegen", *PLAIN], help="only these; notegen is always needed")
    parser.add_argument("--executor", default="serial", help="serial, processes or dask; only serial tells the stages")
    parser.add_argument("--ratio", type=lambda said: [int(one) for one in said.split(",")], default=[], metavar="1,2",
                        help="also the wall time with so many processes")  # fmt: skip
    parser.add_argument("--profile", action="store_true", help="print where notegen's time goes")
    parser.add_argument("--maker", choices=["notegen", *PLAIN], help="run this one only, and print its figures as JSON")
    parser.add_argument("--shop", type=Path, help="the shop's folder, with --maker")
    parser.add_argument("--jobs", type=int, default=1, help="processes, with --maker")
    asked = parser.parse_args()
    if asked.maker:
        print(json.dumps(run_one(asked.maker, asked.shop, asked)))
        return
    compare(asked)


if __name__ == "__main__":
    main()
