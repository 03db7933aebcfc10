"""Running many inputs: processes are forked from one that has everything loaded, and each failure is kept as files."""

from __future__ import annotations

import faulthandler
import json
import os
import select
import shutil
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from . import sandbox
from .sandbox import Case, Verdict
from .targets import TARGETS, Target, warm_pools

CHUNK: Final = 250
"""Inputs to a process: then its caches are thrown away with it."""
STILL: Final = 5.0
"""Seconds of the clock in which a process that sleeps must have used some CPU; it waits for what never comes otherwise.

A process that wants to run and is not let, on a machine that is busy, does not hang: its CPU is limited instead.
"""


@dataclass
class Tally:
    """What came out of one target: counts by outcome, seconds of CPU, failures."""

    target: str
    outcomes: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    failures: list[tuple[int, Verdict]] = field(default_factory=list)

    @property
    def inputs(self) -> int:
        """How many were tried."""
        return sum(self.outcomes.values())


@dataclass
class _Child:
    pid: int
    pipe: int
    target: Target
    waiting: list[int]
    notes: Path
    buffer: bytes = b""
    moved: float = field(default_factory=time.monotonic)
    used: int = -1


def run(
    wanted: dict[str, int], seed: int, jobs: int, keep: Path, start: int = 0, seconds: float = 1e9
) -> dict[str, Tally]:
    """Run so many inputs of each target, and keep what fails in the folder `keep`; nothing is begun after `seconds`."""
    _warm(wanted)
    tallies = {name: Tally(name) for name in wanted}
    work = [
        (TARGETS[name], list(range(at, min(at + CHUNK, start + count))))
        for name, count in wanted.items()
        for at in range(start, start + count, CHUNK)
    ]
    work.sort(key=lambda one: one[1][0])  # a little of each target in turn, should the time be over before
    children: dict[int, _Child] = {}
    since = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="notegen-fuzz-", dir=memory(), ignore_cleanup_errors=True) as place:
        while work or children:
            if time.monotonic() - since > seconds:
                work.clear()
            while work and len(children) < jobs:
                child = _fork(*work.pop(0), seed, Path(place))
                children[child.pipe] = child
            for child in _ready(children):
                _hear(child, tallies[child.target.name], seed, keep)
                if child.buffer == b"\0":
                    del children[child.pipe]
                    os.close(child.pipe)
                    if child.waiting:
                        work.insert(0, (child.target, child.waiting))
    return tallies


def _warm(names: Collection[str]) -> None:
    for name in names:
        TARGETS[name].warm()
    if "settings" in names:
        warm_pools()


def memory() -> str | None:
    """Return a folder in memory, where files cost least, or None for the usual one."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _ready(children: dict[int, _Child]) -> Iterator[_Child]:
    heard, _, _ = select.select(list(children), [], [], 1.0)
    for child in list(children.values()):
        if child.pipe in heard:
            yield child
        elif _stands_still(child):
            os.kill(child.pid, signal.SIGKILL)


def _stands_still(child: _Child) -> bool:
    """Whether a process has slept for STILL seconds without using CPU."""
    with open(f"/proc/{child.pid}/stat", encoding="ascii", errors="replace") as stream:
        state, *rest = stream.read().rpartition(")")[2].split()
    used = sum(map(int, rest[10:14]))  # user and system time of the process and of those that it waited for
    now = time.monotonic()
    if used != child.used or state not in "SD":
        child.used, child.moved = used, now
    return now - child.moved > STILL


def _fork(target: Target, indices: list[int], seed: int, place: Path) -> _Child:
    read, write = os.pipe()
    notes = place / f"notes-{target.name}-{indices[0]}"
    pid = os.fork()
    if pid:
        os.close(write)
        return _Child(pid, read, target, indices, notes)
    status = 1
    try:
        os.close(read)
        _work(target, indices, seed, place / f"ring-{os.getpid()}", notes, write)
        status = 0
    finally:
        os._exit(status)


def _work(target: Target, indices: list[int], seed: int, ring: Path, notes: Path, write: int) -> None:
    import resource

    with notes.open("w") as stream:
        faulthandler.register(signal.SIGPROF, file=stream, all_threads=False, chain=True)
        faulthandler.enable(file=stream)
        os.dup2(stream.fileno(), 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        room = sandbox.MORE_MEMORY * 12
        resource.setrlimit(resource.RLIMIT_AS, (room, room))
        cache = os.environ.get("NOTEGEN_CACHE", "")
        watch = sandbox.Watch([ring, *([Path(cache)] if cache else [])])
        for index in indices:
            since = time.process_time()
            try:
                # A place of its own: what is cached by a file's name must not outlive the file.
                verdict = sandbox.judge(target.case(seed, index), ring / str(index), watch)
            except BaseException as error:
                import traceback

                verdict = Verdict("harness", f"{error!r}\n{traceback.format_exc()[-2000:]}")
            shutil.rmtree(ring, ignore_errors=True)
            line = json.dumps([index, verdict.kind, verdict.detail, time.process_time() - since])
            os.write(write, line.encode() + b"\n")


def _hear(child: _Child, tally: Tally, seed: int, keep: Path) -> None:
    data = os.read(child.pipe, 1 << 16)
    child.moved = time.monotonic()
    child.buffer += data
    while b"\n" in child.buffer:
        line, child.buffer = child.buffer.split(b"\n", 1)
        index, kind, detail, seconds = json.loads(line)
        child.waiting.remove(index)
        _count(tally, child.target, seed, index, Verdict(kind, detail), seconds, keep)
    if not data:
        _, status = os.waitpid(child.pid, 0)
        if child.waiting:
            index = child.waiting.pop(0)
            number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
            kind = "hang" if number in (signal.SIGPROF, signal.SIGKILL) else f"died of {number or status}"
            said = child.notes.read_text(errors="replace")[:4000] if child.notes.exists() else ""
            _count(tally, child.target, seed, index, Verdict(kind, said), sandbox.SECONDS, keep)
        child.notes.unlink(missing_ok=True)
        child.buffer = b"\0"


def _count(tally: Tally, target: Target, seed: int, index: int, verdict: Verdict, seconds: float, keep: Path) -> None:
    tally.outcomes[verdict.kind] += 1
    tally.seconds += seconds
    if not verdict.good:
        tally.failures.append((index, verdict))
        save(target.case(seed, index), verdict, keep / f"{target.name}-{seed}-{index}")


def save(case: Case, verdict: Verdict, folder: Path) -> None:
    """Keep a case as a shop folder, with the commands that were run in it and what came of them."""
    made = sandbox.lay_out(case, folder)
    lines = [f"# {verdict.kind}", f"cd {made}", *("notegen " + " ".join(map(_quoted, one)) for one in case.commands)]
    (folder / "run.sh").write_text("\n".join(lines) + "\n")
    (folder / "said.txt").write_text(verdict.detail, errors="replace")


def _quoted(word: str) -> str:
    import shlex

    return shlex.quote(word)


__all__ = ["CHUNK", "Tally", "run", "save"]
