"""Two notegens at once in one shop: `python benchmarks/pairs.py [--pairs 50] [--customers 20]`.

Each pair is started together, one of the two a little later, by a time drawn at random: the same list twice, lists that
overlap, two `--resume` of a run that was killed, `--resume` with `--again`, and a batch with `erase` or `backup`. Both
must end, with 0 or with 2 and words about the other one; no card may be lost or doubled; and what is typed once more
prints whoever is left. Every process is a fork of this one, which has imported all and drawn once.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import batch  # noqa: E402
from benchmarks.soak import RESUME, TEMPORARY, WORDS, Soak, all_steps, child, ended, ended_within, killed_at, warm  # noqa: E402

SLOWEST = 120.0
"""Seconds after which two that wait for each other are taken to do so for ever."""
GONE = "c000001"
"""Who asks to be forgotten."""
ABOUT_THE_OTHER = (
    "already",  # the other has claimed these cards, or has printed them
    "another notegen is working on the run",
    "asked to be forgotten",
    "nothing was erased",
    "is printed already",
    "there is no run",
    "was printed already",
    "start the batch again",
)


def words(target: str, facts: str = "customers.yaml", *more: str) -> tuple[str, ...]:
    """Return the words of a batch."""
    return ("batch", facts, *WORDS[2:-3], "-o", target, *more, "--yes")


@dataclass
class Pairs:
    """Shops in which two work at once; `wrong` is what was found, `seen` how often each pair ended in which way."""

    soak: Soak
    draw: random.Random
    claimed: int = 0
    wrong: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    @property
    def many(self) -> int:
        """Return how many customers a shop has."""
        return self.soak.customers

    def at_once(self, shop: Path, name: str, both: Sequence[Sequence[str]], late: float) -> list[tuple[int, str]]:
        """Run two notegens together, one up to `late` seconds later; return how each ended and what it said."""
        start, go = os.pipe()
        delays = self.draw.sample([0.0, self.draw.uniform(0.0, late)], 2)

        def wait(number: int) -> Callable[[], None]:
            def waits() -> None:
                os.close(go)
                os.read(start, 1)
                time.sleep(delays[number])
                sys.stderr = (self.soak.folder / f"said-{number}").open("w")

            return waits

        begun = [child(shop, one, wait(number)) for number, one in enumerate(both)]
        os.close(start)
        os.close(go)
        ends = [self._ended(one, name) for one in begun]
        said = [(self.soak.folder / f"said-{number}").read_text() for number in range(2)]
        self.seen[f"{name}: {sorted(ends)}"] += 1
        return list(zip(ends, said, strict=True))

    def _ended(self, number: int, name: str) -> int:
        status = ended_within(number, SLOWEST)
        if status is not None:
            return status
        self.wrong.append(f"{name}: waits for ever")
        os.kill(number, signal.SIGKILL)
        return ended(number)

    def check(self, shop: Path, name: str, ran: Sequence[tuple[int, str]], wanted: Counter[str]) -> None:
        """Note whatever is wrong with a shop in which two have worked, and with what they said."""
        from notegen.ledger import entries, read_ledger

        for status, said in ran:
            if status not in (0, 2) or (status == 2 and not any(one in said for one in ABOUT_THE_OTHER)):
                self.wrong.append(f"{name}: ended with {status}: {said}")
        with read_ledger(shop / "notegen.db") as book:
            kept = list(entries(book))
        cards = Counter(f"{one.note.customer} {one.state}" for one in kept if one.note.customer)
        pages = {(one.path, one.page) for one in kept if one.note.customer}
        left = [str(one) for kind in TEMPORARY for one in shop.rglob(kind)]
        found = {
            "cards lost, doubled or not printed": dict((cards - wanted) + (wanted - cards)),
            "two cards on one page": cards.total() - len(pages),
            "a file that is not there": [path for path, _ in pages if not (shop / str(path)).exists()],
            "something left": left,
            "does not verify": ended(child(shop, ("verify",))),
        }
        self.wrong += [f"{name}: {what}: {how}" for what, how in found.items() if how]

    def everybody(self, many: int = 1, but: str = "") -> Counter[str]:
        """Return that everybody has so many cards, and all are printed."""
        return Counter({f"c{n:06} printed": many for n in range(self.many) if f"c{n:06}" != but})

    def again(self, shop: Path, name: str, said: Sequence[str], fine: tuple[int, ...] = (0,)) -> None:
        """Run one more notegen, which must end well."""
        status = ended(child(shop, said))
        if status not in fine:
            self.wrong.append(f"{name}: {' '.join(said)} ended with {status}")

    def same_list(self, shop: Path, late: float) -> None:
        """Print the same list twice."""
        ran = self.at_once(shop, "the same list", (words("1.pdf"), words("2.pdf")), late)
        if len(list(shop.glob("*.pdf"))) != 1:
            self.wrong.append("the same list: not one file")
        self.check(shop, "the same list", ran, self.everybody())

    def overlapping(self, shop: Path, late: float) -> None:
        """Print two lists that have half of their customers in common."""
        people = list(batch.customers(self.many))
        for name, some in (("a", people[: self.many * 3 // 4]), ("b", people[self.many // 4 :])):
            (shop / f"{name}.yaml").write_text("---\n".join(some))
        both = [words(f"{name}.pdf", f"{name}.yaml") for name in "ab"]
        ran = self.at_once(shop, "lists that overlap", both, late)
        for one, (status, _) in zip(both, ran, strict=True):
            if status:
                self.again(shop, "lists that overlap", one)
        self.check(shop, "lists that overlap", ran, self.everybody())

    def both_resume(self, shop: Path, late: float) -> None:
        """Take up the same run twice."""
        self._kill(shop)
        ran = self.at_once(shop, "two resume", (RESUME, RESUME), late)
        self.check(shop, "two resume", ran, self.everybody())
        self.soak.look(shop, "two resume")

    def resume_and_again(self, shop: Path, late: float) -> None:
        """Take up a run, and print everybody once more."""
        self._kill(shop)
        both = (RESUME, words("2.pdf", "customers.yaml", "--again", "a second one"))
        ran = self.at_once(shop, "resume and again", both, late)
        if ran[0][0]:
            self.again(shop, "resume and again", RESUME)
        self.check(shop, "resume and again", ran, self.everybody(1 if ran[1][0] else 2))

    def _kill(self, shop: Path) -> None:
        if not self.claimed:
            self.claimed = all_steps(self.soak.shop("pair-steps"), WORDS).index("after begin") + 1
        killed_at(shop, WORDS, self.claimed)

    def erasing(self, shop: Path, late: float) -> None:
        """Print a list, and forget somebody of it."""
        erase = ("erase", GONE, "--yes")
        both = (words("cards.pdf"), erase)
        ran = self.at_once(shop, "a batch and erase", both, late)
        if ran[0][0]:
            self.again(shop, "a batch and erase", words("cards.pdf"))
        self.again(shop, "a batch and erase", erase)
        self.check(shop, "a batch and erase", ran, self.everybody(but=GONE))
        traces = [str(one) for one in shop.rglob("*") if one.is_file() and GONE.encode() in one.read_bytes()]
        if traces:
            self.wrong.append(f"a batch and erase: still named in {traces}")

    def backing_up(self, shop: Path, late: float) -> None:
        """Print a list, and back the ledger up, soundly."""
        ended(child(shop, words("first.pdf", "customers.yaml", "--limit", "2")))
        ran = self.at_once(shop, "a batch and backup", (words("cards.pdf"), ("backup", "-o", "kept.db")), late)
        if ran[1][0]:
            self.wrong.append(f"a batch and backup: {ran[1]}")
        self.again(shop, "a batch and backup", ("verify", "--ledger", "kept.db"), fine=(0, 1))
        self.check(shop, "a batch and backup", ran, self.everybody())


KINDS: Mapping[str, Callable[[Pairs, Path, float], None]] = {
    "same list": Pairs.same_list,
    "overlapping": Pairs.overlapping,
    "both resume": Pairs.both_resume,
    "resume and again": Pairs.resume_and_again,
    "erasing": Pairs.erasing,
    "backing up": Pairs.backing_up,
}
"""The pairs that there are: each takes a fresh shop, and the seconds that an unbroken run takes."""


def main() -> None:
    """Start pairs, and say what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--customers", type=int, default=20)
    parser.add_argument("--pairs", type=int, default=50, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="notegen-pairs-") as folder:
        soak = Soak(Path(folder), asked.customers)
        seconds = warm(soak)
        pairs = Pairs(soak, random.Random(asked.seed))
        for name, pair in KINDS.items():
            for number in range(asked.pairs):
                pair(pairs, soak.shop(f"{name}-{number}"), seconds)
        for what, many in sorted(pairs.seen.items()):
            print(f"{many:5} {what}")
        print("\n".join([f"{len(pairs.wrong + soak.wrong):5} wrong", *pairs.wrong, *soak.wrong]))
    sys.exit(bool(pairs.wrong or soak.wrong))


if __name__ == "__main__":
    main()
