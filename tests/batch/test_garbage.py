"""How often Python looks for what nobody holds."""

from __future__ import annotations

import gc

from notegen import compose, settings
from notegen.batch.executors import open_executor
from notegen.batch.garbage import EVERY, seldom
from notegen.facts.gangs import Gang
from notegen.model.purpose import Setup
from notegen.model.source import Source
from notegen.pipeline.gangs import Job, Task, do, packed
from notegen.pipeline.wishes import Wishes

NOTE = """---
name: thanks
occasion: a visit
---
Dear {{ customer.name }},

You came on {{ sale.date }}. {{ remember.0 }} {% for one in remember %}{{ one }} {% endfor %}

Yours,
Rick
"""
FACTS = """---
customer: {name: Ana Reyes, birthday: 1980-03-04}
sale: {date: 2026-11-20, short: the saddle, price: 120}
remember: [Your dog sat up., "The bell rang twice, and you laughed."]
"""


def test_it_looks_seldom_and_still_looks() -> None:
    """Never would let a batch of any size grow; whoever runs a batch in their own process has it back as it was."""
    before = gc.get_threshold()
    with seldom():
        assert gc.isenabled()
        assert gc.get_threshold()[0] == EVERY
    assert gc.get_threshold() == before


def test_workers_look_seldom() -> None:
    """Each worker process is notegen's own."""
    with open_executor("processes", 2, None) as crew:
        assert [one for _, one in crew.run(_threshold, [0, 1])] == [EVERY] * 2


def test_nothing_of_a_gang_waits_to_be_found() -> None:
    """What holds itself keeps its customer's facts until Python looks for it, which took a tenth of some stages."""
    template = compose.parse(Source("t.j2", NOTE)).value
    assert template is not None
    job = packed(Job(settings.defaults(), Wishes(), template, Setup("Notes", "en")))
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        done = do(Task(job, Gang(0, 0, (Source("facts.yaml", FACTS),) * 2)))
        gc.collect()
        found = {type(one).__name__ for one in gc.garbage}
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert len(done.cards) == 2
    assert not found & {"Document", "Facts", "Findings"}


def _threshold(_: int) -> int:
    return gc.get_threshold()[0]
