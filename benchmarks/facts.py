"""Reading customers in gangs, beside what PyYAML's C parser alone takes for the same text.

    python benchmarks/facts.py [--customers 2000]

CPU time of this process, best of several rounds in turn, in microseconds a customer, and the ratio to the bare parser.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time

import yaml

from notegen import settings
from notegen.facts.gangs import Gang, gangs, load_gang
from notegen.facts.traces import trace

SHOP = Path("samples/dealership")
TODAY = date(2026, 11, 28)
ROUNDS = 7


def customers(count: int) -> str:
    """Return documents as a dealership writes them, each of about 500 characters and of somebody else."""
    return "".join(
        f"""---
customer:
  name: Ana Reyes{"abcdefghijklmnopqrstuvwxyz"[n % 26]}
  first_name: Ana
  address:
    street: {n} Alder Street
    city: Alder Bend
    region: WI
    postcode: "54999"
  language: en
  email: ana{n}@example.com
  phone: 715-555-0142
sale:
  date: 2026-03-{n % 28 + 1:02}
  item: 2023 Toyota RAV4
  short: the RAV4
  colour: blue
  price: {20_000 + n}
  salesperson: Ruth
  details: {{miles: {n}, trade_in: a 2009 Civic}}
remember:
  - You came in with Bo on day {n}, and he chose the blue one.
  - The test drive to the river took an hour, and nobody minded.
key: c{n}
"""
        for n in range(count)
    )


def parsed(gang: Gang) -> None:
    """Read the events of each document and throw them away."""
    for source in gang.sources:
        for _ in yaml.parse(source.text, Loader=yaml.CSafeLoader):
            pass


def composed(gang: Gang) -> None:
    """Compose the nodes of each document, which have their places, and throw them away."""
    for source in gang.sources:
        yaml.compose(source.text, Loader=yaml.CSafeLoader)


def main() -> None:
    """Print the table."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--customers", type=int, default=2000)
    count = words.parse_args().customers
    shop = settings.load(SHOP).value
    assert shop is not None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "facts.yaml"
        path.write_text(customers(count), encoding="utf-8")
        made = list(gangs([path]))
        people = [load_gang(gang, shop.schema, TODAY).value or () for gang in made]
        jobs: dict[str, Callable[[], object]] = {
            "PyYAML's C parser, events": lambda: [parsed(gang) for gang in made],
            "PyYAML's C parser, nodes": lambda: [composed(gang) for gang in made],
            "cut into gangs": lambda: sum(1 for _ in gangs([path])),
            "load_gang": lambda: [len(load_gang(gang, shop.schema, TODAY).value or ()) for gang in made],
            "trace": lambda: [len(trace(one)) for some in people for one in some],
        }
        best = dict.fromkeys(jobs, float("inf"))
        for _ in range(ROUNDS):
            for name, job in jobs.items():
                start = process_time()
                job()
                best[name] = min(best[name], process_time() - start)
    bare = best["PyYAML's C parser, events"]
    for name, seconds in best.items():
        print(f"{name:28} {seconds / count * 1e6:7.1f} µs  {seconds / bare:5.2f}")


if __name__ == "__main__":
    main()
