"""The folder of a run: what was asked, the packs while it works, and what it leaves as evidence."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from notegen.batch.packs import Packs
from notegen.errors import NotegenError, UnreadableFile, UnwritableFile
from notegen.files import read_bytes, sync_folder, write_bytes

RUNS: Final = "runs"
"""The folder of runs in a shop's folder."""
ASKED, CLAIMED, EVIDENCE, LOCK, PACKS = "asked.json", "claimed", "job.json", "lock", "packs"
_LARGEST: Final = 64 * 1024 * 1024
_NAME: Final = re.compile(r"\d{4}-\d{2}-\d{2}-\d{1,6}")


@dataclass(frozen=True, slots=True)
class RunFolder:
    """One run's folder, such as runs/2026-11-28-1."""

    path: Path

    @property
    def name(self) -> str:
        """The run's name."""
        return self.path.name

    @property
    def packs(self) -> Packs:
        """The packs of the run's gangs, wherever they came from; to be removed, not to be read."""
        return self.packs_of("")

    def packs_of(self, made_with: str) -> Packs:
        """Return the packs of the run's gangs that were made with the same things; others are as good as none."""
        return Packs(self.path / PACKS, made_with)

    @property
    def evidence(self) -> Path:
        """Where the record of a finished run is."""
        return self.path / EVIDENCE

    def write_asked(self, asked: Mapping[str, Any]) -> None:
        """Keep what was asked for, so that the run can be taken up again."""
        write_bytes(self.path / ASKED, _json(asked))

    def asked(self) -> dict[str, Any]:
        """Return what was asked for. Raises UnreadableFile for a folder that is no run's."""
        data = read_bytes(self.path / ASKED, _LARGEST, kind="what a run was asked for", large="it was spoiled")
        try:
            read = json.loads(data)
        except ValueError:
            read = None
        if not isinstance(read, dict):
            raise UnreadableFile(f"{self.path / ASKED} is spoiled", hint="start the batch again; nothing was printed")
        return read

    @property
    def is_claimed(self) -> bool:
        """Whether the ledger may know of this run: what it is about is then kept, whatever happens."""
        return (self.path / CLAIMED).exists()

    def claim(self) -> None:
        """Remember that the ledger is about to be told of this run; a power cut leaves the folder from now on."""
        write_bytes(self.path / CLAIMED, b"")
        for folder in (self.path.parent, self.path.parent.parent):
            sync_folder(folder)

    def unclaim(self) -> None:
        """Take back `claim`: the ledger was told nothing."""
        (self.path / CLAIMED).unlink(missing_ok=True)

    def renew(self, asked: Mapping[str, Any]) -> None:
        """Begin a run anew in its folder: what it depends on has changed, so its packs are worth nothing."""
        self.packs.remove()
        self.write_asked(asked)

    @property
    def can_go_on(self) -> bool:
        """Whether there is what a run is taken up with."""
        return (self.path / ASKED).exists()

    @property
    def is_free(self) -> bool:
        """Whether no other process is working on this run just now."""
        try:
            with (self.path / LOCK).open("rb") as stream:
                return take_lock(stream.fileno())
        except OSError:
            return True

    def finish(self) -> None:
        """Remove what a finished run needs no more: all but its record, and its files if they are here."""
        self.packs.remove()
        for half in self.path.glob(".*.part"):
            half.unlink(missing_ok=True)
        # While what was asked is there, somebody who is killed here can be called back to finish it.
        for name in (CLAIMED, LOCK, ASKED):
            (self.path / name).unlink(missing_ok=True)

    def write_evidence(self, evidence: Mapping[str, Any]) -> None:
        """Leave the record of what was printed from what."""
        write_bytes(self.evidence, _json(evidence))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes from working on this run meanwhile; the lock goes with its process, however it ends."""
        with (self.path / LOCK).open("ab") as stream:
            if not take_lock(stream.fileno()):
                raise NotegenError(
                    f"another notegen is working on the run {self.name}", hint="wait until it has finished, or stop it"
                )
            yield

    def remove(self) -> None:
        """Remove a run that came to nothing; what others have put into the folder stays."""
        self.finish()
        for folder in (self.path, self.path.parent):
            try:
                folder.rmdir()
            except OSError:
                return


@contextmanager
def starting(home: Path, over: Collection[str] = ()) -> Iterator[tuple[str, ...]]:
    """Let nobody else begin a run in the block; yield the names of runs that were stopped early, now removed.

    Those are the runs that were killed before they claimed a card, and on which nobody works: nothing of them was ever
    printed. `over` are the runs that the ledger has as printed or withdrawn: what they left goes, too. Raises
    UnwritableFile.
    """
    runs = home / RUNS
    with ExitStack() as held:
        try:
            while not _alone(runs, held):
                pass  # whoever ended the last run has removed the folder meanwhile
        except OSError as error:
            raise _unkept(runs, error) from None
        yield tuple(one.name for one in map(RunFolder, sorted(_all(runs))) if _swept(one, over))


def _alone(runs: Path, held: ExitStack) -> bool:
    """Wait for the lock on a folder of runs; return whether it is still the one that has the name."""
    runs.mkdir(exist_ok=True)
    if os.name == "nt":
        return True  # a folder has no lock there; names of runs are still taken one by one
    import fcntl

    handle = os.open(runs, os.O_RDONLY)
    held.callback(os.close, handle)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        there = runs.stat()
    except FileNotFoundError:
        return False
    return (there.st_dev, there.st_ino) == (os.fstat(handle).st_dev, os.fstat(handle).st_ino)


def _swept(run: RunFolder, over: Collection[str]) -> bool:
    """Remove a run that was killed before it claimed anything, and what a finished one left; say whether it was one.

    A run that has its record and what it was asked for has yet to hear from the ledger that it is over.
    """
    done, told = run.evidence.exists(), run.name in over
    if os.name == "nt" or (not told and (run.can_go_on if done else run.is_claimed)):
        return False
    if done and not (run.can_go_on or run.is_claimed or (run.path / LOCK).exists()):
        return False
    with suppress(NotegenError, OSError), run.locked():
        if done != run.evidence.exists() or not (done or told or not run.is_claimed):
            return False  # it went on meanwhile
        was = run.can_go_on and not (done or told)
        run.finish()
        with suppress(OSError):
            run.path.rmdir()
        return was
    return False


def begun(home: Path, today: date, known: Iterable[str] = ()) -> RunFolder:
    """Make the folder of a new run, named by the day and a number. Raises UnwritableFile.

    `known` are the names that the ledger has: their folders may be gone, and their cards are still theirs.
    """
    runs = home / RUNS
    day = f"{today.isoformat()}-"
    names = [*(one.name for one in _all(runs)), *(name for name in known if _NAME.fullmatch(name))]
    number = 1 + max((int(name[len(day) :]) for name in names if name.startswith(day)), default=0)
    try:
        runs.mkdir(exist_ok=True)
        while True:
            path = runs / f"{day}{number}"
            try:
                path.mkdir()
            except FileExistsError:
                number += 1  # another process was quicker
                continue
            (path / PACKS).mkdir()
            return RunFolder(path)
    except OSError as error:
        raise _unkept(runs, error) from None


def _unkept(runs: Path, error: OSError) -> UnwritableFile:
    said = error.strerror or error
    return UnwritableFile(f"cannot keep a run in {runs}: {said}", hint="make the shop's folder writable")


def find(home: Path, name: str) -> RunFolder:
    """Return the folder of a run by its name, of the `last` that can go on, or else the last. Raises NotegenError.

    A run that waits is the last before one on which another process is working.
    """
    runs = home / RUNS
    names = sorted((one.name for one in _all(runs)), key=lambda name: (name[:10], int(name[11:])))
    if name == "last" and names:
        stopped = [one for one in names if RunFolder(runs / one).can_go_on]
        waiting = [one for one in stopped if RunFolder(runs / one).is_free]
        return RunFolder(runs / (waiting or stopped or names)[-1])
    if name not in names:
        there = f"there are: {', '.join(names[-8:])}" if names else f"there is none in {runs}"
        raise NotegenError(f"there is no run '{name}'", hint=there)
    return RunFolder(runs / name)


def drop(home: Path, name: str) -> None:
    """Remove the packs of a run that is withdrawn, unless somebody is working on it; what it printed stays."""
    run = RunFolder(home / RUNS / name)
    if _NAME.fullmatch(name) and (run.path / ASKED).exists():
        with suppress(NotegenError, OSError), run.locked():
            run.remove()


def finished(home: Path) -> bool:
    """Return whether a shop's folder has a run that was printed."""
    return any((one / EVIDENCE).exists() for one in _all(home / RUNS))


def _all(runs: Path) -> Iterator[Path]:
    if runs.is_dir():
        yield from (one for one in runs.iterdir() if _NAME.fullmatch(one.name) and one.is_dir())


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2, default=str).encode() + b"\n"


def take_lock(handle: int) -> bool:
    """Take the lock of an open file without waiting; return whether it was free."""
    if os.name == "nt":
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
