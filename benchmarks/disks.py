"""Batches on disks that fill up: `python benchmarks/disks.py [--customers 150] [--disks 100]`, as who may mount.

The same shop is put on disks of many sizes, from one that has hardly room for the facts to one that has room for all,
and on disks with room for few files. Where a batch cannot be finished it must say that the disk is full, end with 2,
and leave no half file. When the disk has grown, `--resume last` (or the same command, if nothing was begun) must end
with the file of a batch that always had room, with everybody in the ledger once.

Disks and folders that nobody may write in are real, mounted for a while: permission bits do not stop the administrator,
and a call that is patched fails where its author thought of it.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.soak import RESUME, WORDS, Soak, all_steps, child, ended, killed_at, warm  # noqa: E402

ROOM = 1 << 20
"""KiB of a disk that has grown."""
FULL = ("No space left on device", "the disk is full")


def _mount(*words: object) -> None:
    subprocess.run(["mount", *map(str, words)], check=True, capture_output=True)


def _unmount(place: Path) -> None:
    subprocess.run(["umount", "--lazy", str(place)], check=True, capture_output=True)


@cache
def can_mount() -> bool:
    """Return whether this process may mount: on Linux, as the administrator, outside most containers."""
    with tempfile.TemporaryDirectory(prefix="notegen-mount-") as folder:
        try:
            _mount("-t", "tmpfs", "-o", "size=64k", "tmpfs", folder)
        except (OSError, subprocess.CalledProcessError):
            return False
        _unmount(Path(folder))
        return True


@contextmanager
def small_disk(place: Path, kib: int, files: int = 0) -> Iterator[None]:
    """Mount an empty disk on a folder, of so many KiB and perhaps so many files; what is on it goes with the block."""
    _mount("-t", "tmpfs", "-o", f"size={kib}k,nr_inodes={files}", "tmpfs", place)
    try:
        yield
    finally:
        _unmount(place)


def grow(place: Path, kib: int) -> None:
    """Give the disk that is mounted on a folder another size, and room for any number of files."""
    _mount("-o", f"remount,size={kib}k,nr_inodes=0", place)


@contextmanager
def read_only(place: Path) -> Iterator[None]:
    """Keep everybody from writing to a file or into a folder and what is below it: mounted, or by permission bits."""
    if os.geteuid():
        before = place.stat().st_mode
        place.chmod(before & ~0o222)
        try:
            yield
        finally:
            place.chmod(before)
        return
    _mount("--bind", place, place)
    try:
        _mount("-o", "remount,bind,ro", place)
        yield
    finally:
        _unmount(place)


def used(folder: Path) -> int:
    """Return the KiB that the files of a folder take."""
    return sum(one.lstat().st_blocks for one in folder.rglob("*")) // 2


def between(soak: Soak) -> tuple[int, int]:
    """Return the KiB that a shop takes before it prints, and those it takes at most while it does."""
    names = all_steps(soak.shop("names"), WORDS)
    most = 0
    for step in ("after pressed", "before finish"):
        shop = soak.shop(step.replace(" ", "-"))
        killed_at(shop, WORDS, names.index(step) + 1)
        most = max(most, used(shop))
    return used(soak.folder / "model"), most


def fill(soak: Soak, kib: int, files: int = 0) -> str:
    """Print a batch on a disk of a size, and once more when it has grown; return what was said, "" if it had room.

    What is wrong goes to `soak.wrong`.
    """
    name = f"a disk of {kib} KiB" + (f" and {files} files" if files else "")
    shop = soak.folder / "disk"
    shop.mkdir(exist_ok=True)
    with small_disk(shop, kib, files):
        shutil.copytree(soak.folder / "model", shop, dirs_exist_ok=True)
        status, said = told(soak, shop, WORDS)
        pdf = shop / "cards.pdf"
        found = {
            "no clear words": status != 2 or not any(f"{why}\n" in said for why in FULL),
            "half a file": pdf.exists() and hashlib.sha256(pdf.read_bytes()).hexdigest() != soak.reference,
            "something temporary": [str(one) for one in shop.rglob("*.part")],
        }
        soak.wrong += [f"{name}: {what}: {how}: {said}" for what, how in found.items() if how and status]
        grow(shop, ROOM)
        left = any((shop / "runs").glob("*/asked.json"))
        if status and left != ("--resume" in said):
            soak.wrong.append(f"{name}: whether it can go on is not said: {said}")
        again, more = told(soak, shop, RESUME if left else WORDS)
        if again:
            soak.wrong.append(f"{name}: when there was room again: {again}: {more}")
        else:
            soak.look(shop, name)
    return said if status else ""


def told(soak: Soak, shop: Path, words: Iterable[str]) -> tuple[int, str]:
    """Run notegen in a shop; return its status and, when that is not 0, what it said."""
    into = soak.folder / "said"

    def listen() -> None:
        sys.stderr = into.open("w")

    into.write_text("")
    return ended(child(shop, tuple(words), listen)), into.read_text()


def sizes(low: int, high: int, many: int) -> list[int]:
    """Return so many sizes, evenly from the smallest to a little more than the largest."""
    return [low + (high + 40 - low) * number // (many - 1) for number in range(many)]


def main() -> None:
    """Fill disks, and say what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--customers", type=int, default=150)
    parser.add_argument("--disks", type=int, default=100)
    asked = parser.parse_args()
    if not can_mount():
        sys.exit("disks: this needs the right to mount a file system")
    with tempfile.TemporaryDirectory(prefix="notegen-disks-") as folder:
        soak = Soak(Path(folder), asked.customers)
        warm(soak)
        low, high = between(soak)
        said = [fill(soak, kib) for kib in sizes(low, high, asked.disks)]
        said += [fill(soak, ROOM, files) for files in range(9, 24)]
        causes = Counter(line.strip() for one in said for line in one.splitlines() if "error:" in line)
        for what, many in sorted(causes.items()):
            print(f"{many:5} {what}")
        print(f"{len(said):5} disks, {low} to {high + 40} KiB; {len(said) - said.count('')} were full")
        print("\n".join([f"{len(soak.wrong):5} wrong", *soak.wrong]))
    sys.exit(bool(soak.wrong))


if __name__ == "__main__":
    main()
