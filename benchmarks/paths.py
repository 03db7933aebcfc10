"""The path analysis of templates against brute force, and how long it takes: `python benchmarks/paths.py`."""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections import Counter
from multiprocessing import Pool
from pathlib import Path
from random import Random
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "compose")]

from paths_random import SCHEMA, Maker, customer_for, printed, random_template, shapes, truth  # noqa: E402
from paths_tangled import SCHEMA as TANGLED_SCHEMA  # noqa: E402
from paths_tangled import TANGLED  # noqa: E402

from notegen.compose import parse  # noqa: E402
from notegen.compose.paths import Thinnest, thinnest  # noqa: E402
from notegen.compose.render import compiled, key_of  # noqa: E402
from notegen.model.schema import Schema  # noqa: E402
from notegen.model.source import Source  # noqa: E402
from notegen.model.template import Template  # noqa: E402


class Seen(NamedTuple):
    """One template: the verdict, what became of its witness, CPU seconds of the analysis and of the brute force."""

    seed: int
    verdict: str
    witness: str
    took: float
    force: float
    customers: int


def timed(template: Template, schema: Schema, most: int) -> tuple[Thinnest, float]:
    """Return the thinnest path and the CPU time it took to find, the template being compiled."""
    compiled(key_of(template), "en_US", "USD")
    began = time.process_time()
    found = thinnest(template, schema, most)
    return found, time.process_time() - began


def judge(seed: int) -> Seen:
    """Hold the analysis of one random template against the truth."""
    template = random_template(seed)
    most = 3 if seed % 3 == 0 else 2
    found, took = timed(template, SCHEMA, most)
    began = time.process_time()
    least = truth(template)
    force = time.process_time() - began
    expected = most if least is None else min(most, len(least))
    got = found.weight if found.thin else most
    verdict = "agree" if got == expected else "missed" if got > expected else "pessimistic"
    witness = ""
    if found.thin and verdict == "agree":
        person = customer_for(template, found.witness)
        same = person is not None and printed(template, person) == frozenset(found.facts)
        witness = "chance" if person is None else "renders so" if same else "renders otherwise"
    return Seen(seed, verdict, witness, took, force, sum(1 for _ in shapes(template)))


def agreement(count: int, first: int, jobs: int) -> None:
    """Print how often analysis and brute force agree."""
    with Pool(jobs) as pool:
        seen = list(pool.imap_unordered(judge, range(first, first + count), chunksize=20))
    verdicts = Counter(one.verdict for one in seen)
    witnesses = Counter(one.witness for one in seen if one.witness)
    worst = max(seen, key=lambda one: one.took)
    print(f"{count:,} random templates, {sum(one.customers for one in seen):,} notes composed")
    for verdict in ("agree", "missed", "pessimistic"):
        seeds = [one.seed for one in seen if one.verdict == verdict]
        some = f"   seeds {', '.join(map(str, sorted(seeds)[:8]))}" if seeds and verdict != "agree" else ""
        print(f"  {verdict:12} {verdicts[verdict]:8,}  {verdicts[verdict] / count:8.3%}{some}")
    print(f"  witness paths: {', '.join(f'{number:,} {what}' for what, number in sorted(witnesses.items()))}")
    print(f"  other than said: seeds {[one.seed for one in seen if one.witness == 'renders otherwise']}")
    print(f"  analysis: mean {sum(one.took for one in seen) / count * 1e3:.1f} ms, worst {worst.took * 1e3:.0f} ms")
    print(f"  brute force: mean {sum(one.force for one in seen) / count * 1e3:.1f} ms")


def tangled(rounds: int) -> None:
    """Print how long templates with very many paths take."""
    print(f"\n{'template':48} {'least':>6} {'found':>6} {'ms':>7} {'steps':>7}")
    for case in TANGLED:
        template = case.template
        found, took = min((timed(template, TANGLED_SCHEMA, case.most) for _ in range(rounds)), key=lambda one: one[1])
        least = f">={case.most}" if case.least >= case.most else str(case.least)
        weight = str(found.weight) if found.thin else f">={case.most}"
        marks = ("~" if found.blurred else "") + ("..." if found.unfinished else "")
        print(f"{case.name:48} {least:>6} {weight + marks:>6} {took * 1e3:7.1f} {found.steps:7,}")


def fuzzed(seed: int) -> tuple[float, int, int]:
    """Return the CPU time, length and seed of a large random template."""
    maker = Maker(Random(f"large {seed}"))
    text = "Dear. " + "".join(maker.statement(5) for _ in range(6))
    sources = {name: Source(name, one) for name, one in maker.library.items()}
    template = parse(Source("t.j2", text), sources).value
    if template is None or compiled(key_of(template), "en_US", "USD").diagnostics:
        return 0.0, 0, seed
    gc.collect()  # What other templates have left behind is not this one's to clear away.
    _, took = timed(template, SCHEMA, 3)
    return took, len(text) + sum(map(len, maker.library.values())), seed


def fuzz(count: int, jobs: int) -> None:
    """Print how long large random templates take."""
    with Pool(jobs) as pool:
        seen = list(pool.imap_unordered(fuzzed, range(count)))
    took = sorted(one[0] for one in seen)
    worst = max(seen)
    print(f"\n{count:,} large random templates of {sum(one[1] for one in seen) // count:,} characters")
    print(f"  median {took[count // 2] * 1e3:.0f} ms, worst {worst[0] * 1e3:.0f} ms ({worst[1]:,} characters)")


def main() -> None:
    """Print three tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--templates", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--fuzz", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    if asked.templates:
        agreement(asked.templates, asked.first, asked.jobs)
    tangled(asked.rounds)
    if asked.fuzz:
        fuzz(asked.fuzz, asked.jobs)


if __name__ == "__main__":
    main()
