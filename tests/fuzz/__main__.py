"""`python -m tests.fuzz --target all --inputs 50000 --seed 1 --jobs 2`."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path


def main() -> int:
    """Run what was asked for, tell the counts, and return 1 when anything failed."""
    # One thread to a process: threads do not outlive a fork, and the machine is shared by the jobs.
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    from .runner import memory
    from .targets import TARGETS

    asked = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Mutated inputs for notegen's commands.")
    asked.add_argument("--target", default="all", help=f"one or several of {', '.join(TARGETS)}, with commas; or all")
    asked.add_argument("--inputs", type=int, default=1000, help="how many in all, shared out by the targets' weights")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--first", type=int, default=0, help="the number of the first input of each target")
    asked.add_argument("--jobs", type=int, default=1, help="processes")
    asked.add_argument("--keep", type=Path, default=Path("fuzz-failures"), help="where failures are kept as files")
    asked.add_argument("--minutes", type=float, default=1e6, help="begin nothing new after so many")
    words = asked.parse_args()
    names = list(TARGETS) if words.target == "all" else words.target.split(",")
    with tempfile.TemporaryDirectory(prefix="notegen-cache-", dir=memory()) as cache:
        os.environ.setdefault("NOTEGEN_CACHE", cache)
        return _told(_shares(names, words.inputs), words)


def _shares(names: list[str], inputs: int) -> dict[str, int]:
    from .targets import TARGETS

    weight = sum(TARGETS[name].weight for name in names)
    return {name: -(-inputs * TARGETS[name].weight // weight) for name in names}


def _told(wanted: dict[str, int], words: argparse.Namespace) -> int:
    from .runner import run

    since = time.monotonic()
    tallies = run(wanted, words.seed, words.jobs, words.keep, words.first, words.minutes * 60)
    say = sys.stdout.write
    for one in tallies.values():
        outcomes = ", ".join(f"{kind}: {count:,}" for kind, count in sorted(one.outcomes.items()))
        say(
            f"{one.target:10} {one.inputs:7,} inputs, {one.inputs / max(one.seconds, 1e-9):6.0f} per CPU second  {outcomes}\n"
        )
    failures = [(one.target, *failed) for one in tallies.values() for failed in one.failures]
    for target, index, verdict in failures:
        last = verdict.detail.strip().splitlines()[-1:] or [""]
        say(f"FAILED {target} {index}: {verdict.kind}: {last[0][:200]}  ({words.keep}/{target}-{words.seed}-{index})\n")
    total = sum(one.inputs for one in tallies.values())
    say(f"{total:,} inputs, {len(failures)} failures, {total / (time.monotonic() - since):.0f} inputs/s\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
