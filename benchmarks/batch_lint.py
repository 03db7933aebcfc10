"""How long the rules about a whole batch take: 1,000 notes of three memories each, spread over a town or in one office.

python benchmarks/batch_lint.py
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from notegen import compose, facts, lint
from notegen.model.facts import Facts
from notegen.model.note import Note
from notegen.model.source import Source

NOTES = 1_000
ROUNDS = 5
TEMPLATE = """Dear {{ customer.first_name }},

{{ remember[0] }} Thank you for coming to us for {{ sale.short }}.

{{ remember[1] }}
{{ remember[2] }}

With thanks,
Rick Dale
"""


def sentence(seed: int) -> str:
    """Return eleven made-up words that hardly any other seed has."""
    return " ".join(f"w{(seed * 7919 + step * 104_729) % 4001}" for step in range(11)) + "."


def people(office: str) -> Iterator[Facts]:
    """Make customers of sixty streets, all with one employer when it is given."""
    for number in range(NOTES):
        memories = "".join(f"\n  - {sentence(3 * number + part)}" for part in range(3))
        text = (
            f"key: k{number}\ncustomer: {{name: Ana R{number}, first_name: Ana, {office}"
            f"address: {{street: {number % 397} Road {number % 60}, city: Alder}}}}\n"
            f"sale: {{short: the Tacoma}}\nremember:{memories}\n"
        )
        yield from facts.load_source(Source(f"{number}.yaml", text), facts.STANDARD).value or ()


def written(one: Facts) -> Note:
    """Write one note."""
    template = compose.parse(Source("thanks.j2", TEMPLATE)).value
    assert template is not None
    made = compose.compose(one, template, facts.STANDARD, locale="en_US", currency="USD").value
    assert made is not None
    return made


def main() -> None:
    """Time each kind of batch and print the best of some rounds, in milliseconds of processor time."""
    for name, office in (("a town", ""), ("one office", "company: Acme, ")):
        customers = list(people(office))
        notes = [written(one) for one in customers]
        times = []
        for _ in range(ROUNDS):
            start = time.process_time()
            found = lint.check_batch(notes, customers)
            times.append(time.process_time() - start)
        print(f"{name}: {NOTES:,} notes, {len(found)} findings, {min(times) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
