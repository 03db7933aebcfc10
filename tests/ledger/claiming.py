"""A process that claims cards: `claiming.py LEDGER FIRST COUNT RUNS`, and tells what it got as JSON lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from ledgers import NOW, RUN, later, made, notes, places

from notegen import ledger
from notegen.ledger import Taken
from notegen.model.ledger import NewNote


def tell(what: object) -> None:
    """Say a thing at once."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def slowly(those: list[NewNote]) -> Iterator[NewNote]:
    """Yield cards and say so in the middle, for who waits to kill."""
    for number, one in enumerate(those):
        if number == len(those) // 2:
            tell("half")
        yield one


def claim(path: Path, first: int, count: int) -> str:
    """Claim what is left of some cards as a batch would: look who has one, and look again when somebody was quicker."""
    with ledger.open_ledger(path, create=True) as book:
        while True:
            wanted = notes(count, first=first)
            taken = ledger.taken(book, (one.identity for one in wanted))
            left = [one for one in wanted if one.identity not in taken]
            if not left:
                return ""
            try:
                name = ledger.begin(book, RUN, slowly(left), NOW).name
            except Taken as told:
                tell(told.message)
                continue
            ledger.approve(book, name, later(1), "")
            ledger.pressed(book, name, [made(pages=count)], later(2))
            ledger.printed(book, name, places(left), later(3))
            return name


if __name__ == "__main__":
    file, start, number, runs = sys.argv[1:]
    for step in range(int(runs)):
        tell({"run": claim(Path(file), int(start) + step * int(number) // 2, int(number))})
