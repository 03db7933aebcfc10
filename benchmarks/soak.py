"""Batches that are killed and taken up again: `python benchmarks/soak.py [--kills 100]`.

A run that nobody stops is the reference. Then the same batch is made again and again, in fresh folders: killed with
SIGKILL before and after every step that others can see (a walk over all of them), and at random moments, taken up with
`--resume last`, perhaps killed again, until it is done. Every time the PDF must be that of the reference byte for byte,
everybody must be in the ledger once and printed, `notegen verify` must find nothing, and nothing temporary may be left.
Every trial is a fork of this process, which has imported all and drawn once.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import batch  # noqa: E402

WORDS = ("batch", "customers.yaml", "-t", "sold", "--today", "2026-11-28", "-o", "cards.pdf", "--yes")
RESUME = ("batch", "--resume", "last")
TEMPORARY = ("*.part", "*.pack", "asked.json", "claimed", "lock", "packs")


def steps() -> list[tuple[Any, str]]:
    """Return the functions after and before which a process is killed: all that changes what others can see."""
    import notegen.ledger
    from notegen import pipeline
    from notegen.batch.folder import RunFolder
    from notegen.batch.packs import Packs

    names = ("replace", "fsync", "unlink", "mkdir", "rmdir", "link")
    return [
        *((os, name) for name in names),
        (Packs, "write"),
        *((RunFolder, name) for name in ("write_asked", "claim", "write_evidence", "finish")),
        *((notegen.ledger, name) for name in ("begin", "approve", "pressed", "printed")),
        (pipeline, "print_cards"),
    ]


def count_steps(told: Callable[[int, str], None]) -> None:
    """Have `told` called with a number and a name before and after each step of this process."""
    number = 0

    def wrapped(function: Any, name: str) -> Any:
        def call(*given: Any, **named: Any) -> Any:
            nonlocal number
            number += 1
            told(number, f"before {name}")
            found = function(*given, **named)
            number += 1
            told(number, f"after {name}")
            return found

        return call

    for owner, name in steps():
        setattr(owner, name, wrapped(getattr(owner, name), name))


def run(words: Sequence[str]) -> int:
    """Run notegen in this process, saying nothing, and return its status; words of a mistake go to stderr."""
    from notegen.cli import main

    said = io.StringIO()
    before = sys.argv
    sys.argv = ["notegen", *words]
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            main.main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    finally:
        sys.argv = before
    if status:
        sys.stderr.write(f"{' '.join(words)}: {status}\n{said.getvalue()}")
    return status


def child(shop: Path, words: Sequence[str], before: Callable[[], None] = lambda: None) -> int:
    """Fork a process, the leader of its own group, that runs notegen in a folder; return its number."""
    sys.stdout.flush()
    sys.stderr.flush()
    number = os.fork()
    if number:
        return number
    status = 3
    try:
        os.setpgid(0, 0)
        os.chdir(shop)
        before()
        status = run(words)
        sys.stderr.flush()
    finally:
        os._exit(status)


def ended(number: int) -> int:
    """Wait for a process; return its status, negative for the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def killed_at(shop: Path, words: Sequence[str], at: int) -> int:
    """Run notegen and kill it at a step, if it has so many; return its status."""

    def arm() -> None:
        count_steps(lambda number, _: os.kill(os.getpid(), signal.SIGKILL) if number == at else None)

    return ended(child(shop, words, arm))


def killed_after(shop: Path, words: Sequence[str], seconds: float) -> int:
    """Run notegen and kill its group after a while, if it is not done by then; return its status."""
    number = child(shop, words)
    with contextlib.suppress(OSError):
        os.setpgid(number, number)
    status = ended_within(number, seconds)
    if status is not None:
        return status
    os.killpg(number, signal.SIGKILL)
    return ended(number)


def ended_within(number: int, seconds: float) -> int | None:
    """Return the status of a child that ends in time, or None for one that still runs."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        done, status = os.waitpid(number, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.001)
    return None


def all_steps(shop: Path, words: Sequence[str]) -> list[str]:
    """Run notegen to its end and return the names of its steps."""
    into = shop.with_suffix(".steps")

    def arm() -> None:
        stream = into.open("a")

        def tell(_: int, name: str) -> None:
            stream.write(f"{name}\n")
            stream.flush()

        count_steps(tell)

    assert ended(child(shop, words, arm)) == 0
    return into.read_text().splitlines()


def warm(soak: Soak) -> float:
    """Import all and fill the pools that forks share, and make the reference; return the seconds of an unbroken run."""
    before = Path.cwd()
    os.chdir(soak.shop("here"))
    assert run(soak.words) == 0
    os.chdir(before)
    return soak.unbroken()


@dataclass
class Soak:
    """Shops that are made, killed and looked at; `wrong` is what was found."""

    folder: Path
    customers: int
    words: Sequence[str] = WORDS
    reference: str = ""
    kills: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def shop(self, name: str) -> Path:
        """Make a fresh shop."""
        made = self.folder / name
        if not (self.folder / "model").exists():
            (self.folder / "model").mkdir()
            batch.make_shop(self.folder / "model", self.customers)
        shutil.copytree(self.folder / "model", made)
        return made

    def unbroken(self) -> float:
        """Make the reference; return the seconds that it takes a process that has drawn before."""
        took = 0.0
        for name in ("warm", "whole"):
            shop = self.shop(name)
            since = time.monotonic()
            assert ended(child(shop, self.words)) == 0
            took = time.monotonic() - since
            self.reference = hashlib.sha256((shop / "cards.pdf").read_bytes()).hexdigest()
            self.look(shop, name)
        return took

    def finish(self, shop: Path, name: str, *, again: bool = False) -> None:
        """Take a killed run up again, or begin it again when it left nothing to take up, and look at what came out."""
        left = any((shop / "runs").glob("*/asked.json")) if (shop / "runs").is_dir() else False
        words = RESUME if left and not (again and not any((shop / "runs").glob("*/claimed"))) else self.words
        status = ended(child(shop, words))
        if status:
            self.wrong.append(f"{name}: {' '.join(words)} ended with {status}")
            return
        self.look(shop, name)
        shutil.rmtree(shop)

    def look(self, shop: Path, name: str) -> None:
        """Note whatever is wrong with a shop whose batch is done."""
        from notegen.ledger import entries, read_ledger

        with read_ledger(shop / "notegen.db") as book:
            cards = [(one.note.customer, str(one.state)) for one in entries(book)]
        wanted = [(f"c{number:06}", "printed") for number in range(self.customers)]
        pdf = shop / "cards.pdf"
        found = {
            "cards lost, doubled or not printed": sorted(cards) != wanted,
            "another file": not pdf.exists() or hashlib.sha256(pdf.read_bytes()).hexdigest() != self.reference,
            "no record": len(list((shop / "runs").glob("*/job.json"))) != 1,
            "something left": [str(one) for kind in TEMPORARY for one in shop.rglob(kind)],
            "does not verify": ended(child(shop, ("verify",))),
        }
        wrong = [f"{name}: {what}: {how}" for what, how in found.items() if how]
        self.wrong += wrong
        if wrong:
            print("\n".join(wrong), file=sys.stderr, flush=True)

    def walk(self, first: int = 1, each: int = 1) -> list[str]:
        """Kill a run at every step, or every so many-th from the first; return the names of all steps."""
        names = all_steps(self.shop("steps"), self.words)
        for at in range(first, len(names) + 1, each):
            shop = self.shop(f"step-{at}")
            status = killed_at(shop, self.words, at)
            if status != -signal.SIGKILL:
                self.wrong.append(f"step {at}: was not killed but ended with {status}")
            self.kills[names[at - 1]] += 1
            self.finish(shop, f"killed at step {at}, {names[at - 1]}", again=at % 2 == 0)
        return names

    def walk_resumed(self, at_first: str, first: int = 1, each: int = 1) -> None:
        """Kill a run at the first step of a name, and then what takes it up at every step."""
        names = all_steps(self.shop(f"again-{at_first}".replace(" ", "-")), self.words)
        start = names.index(at_first) + 1
        at = first
        while True:
            shop = self.shop(f"{at_first}-{at}".replace(" ", "-"))
            killed_at(shop, self.words, start)
            if killed_at(shop, RESUME, at) != -signal.SIGKILL:
                self.look(shop, f"{at_first}, taken up")
                return
            self.kills["taken up again"] += 1
            self.finish(shop, f"killed at {at_first}, and at step {at} when taken up")
            at += each

    def at_random(self, kills: int, seconds: float, seed: int, words: Sequence[str] = ()) -> None:
        """Kill so many times at moments drawn at random, and half of those that take a run up again, too."""
        draw = random.Random(seed)
        done, number = 0, 0
        while done < kills:
            number += 1
            shop, name = self.shop(f"random-{number}"), f"killed at random, trial {number}"
            given: Sequence[str] = (*self.words, *words)
            while killed_after(shop, given, draw.uniform(0.0, seconds)) == -signal.SIGKILL:
                done += 1
                self.kills["at random"] += 1
                left = any((shop / "runs").glob("*/asked.json")) if (shop / "runs").is_dir() else False
                given = (*(RESUME if left else self.words), *words)
                if draw.random() < 0.5:
                    break
            self.finish(shop, name)


def main() -> None:
    """Soak, and say what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--customers", type=int, default=150)
    parser.add_argument("--kills", type=int, default=100, help="at random moments, besides the walk over all steps")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--walk", type=int, default=1, help="walk over every so many-th step; 0 for none")
    parser.add_argument("--workers", type=int, default=5, help="kills of a run with two processes")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="notegen-soak-") as folder:
        soak = Soak(Path(folder), asked.customers)
        seconds = warm(soak)
        print(f"an unbroken run of {asked.customers} cards takes {seconds:.2f} s", flush=True)
        if asked.walk:
            names = soak.walk(each=asked.walk)
            print(f"{len(names)} steps; killed at {sum(soak.kills.values())}; wrong: {len(soak.wrong)}", flush=True)
            for at in ("after begin", "after pressed", "after write_evidence"):
                soak.walk_resumed(at, each=asked.walk)
        soak.at_random(asked.kills, seconds * 1.1, asked.seed)
        if asked.workers:
            soak.at_random(asked.workers, seconds * 3, asked.seed, ("--jobs", "2"))
        for what, many in sorted(soak.kills.items()):
            print(f"{many:5} {what}")
        print(f"{sum(soak.kills.values()):5} kills in all; {len(soak.wrong)} wrong")
        print("\n".join(soak.wrong))
    sys.exit(bool(soak.wrong))


if __name__ == "__main__":
    main()
