"""Disks that fill up and folders that nobody may write in, for real: file systems that are mounted for a while.

Permission bits do not stop the administrator, and a patched call fails where its author thought of it. Both need the
right to mount, which `can_mount` tells.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path


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
