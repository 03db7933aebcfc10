"""Work in a process of its own with limits on time and memory, for files that were made to exhaust their reader."""

from __future__ import annotations

import os
import resource
import struct
import time
import zlib
from collections.abc import Callable
from functools import cache

SECONDS = 5
MEMORY = 300 * 1024**2
"""Bytes of resident memory above what the process had."""


def within_bounds(work: Callable[[], str]) -> str:
    """Return what some work returns, done in a fork that the kernel ends after SECONDS of CPU; fails for much memory.

    The limit of CPU is no measure of speed: what is hostile here would run for minutes or for ever.
    """
    read, write = os.pipe()
    child = os.fork()
    if not child:
        _worked(work, write)
    os.close(write)
    with os.fdopen(read, "rb") as stream:
        said = stream.read().decode()
    _, status = os.waitpid(child, 0)
    assert os.WIFEXITED(status), f"ended by signal {os.WTERMSIG(status)}"
    grown, _, answer = said.partition(" ")
    assert int(grown) <= MEMORY, f"{int(grown) // 1024**2} MiB more"
    return answer


def _worked(work: Callable[[], str], write: int) -> None:
    """Do the work and end the process."""
    status = 1
    try:
        last = int(time.process_time()) + SECONDS + 1
        resource.setrlimit(resource.RLIMIT_CPU, (last, last))
        before = _resident()
        try:
            answer = work()
        except Exception as error:
            answer = f"{type(error).__name__}: {error}"
        os.write(write, f"{max(0, _peak() - before)} {answer[:2000]}".encode(errors="replace"))
        status = 0
    finally:
        os._exit(status)


def _resident() -> int:
    with open("/proc/self/clear_refs", "w", encoding="ascii") as stream:
        stream.write("5")
    return _status("VmRSS")


def _peak() -> int:
    return _status("VmHWM")


def _status(field: str) -> int:
    with open("/proc/self/status", encoding="ascii") as stream:
        return next(int(line.split()[1]) * 1024 for line in stream if line.startswith(field))


@cache
def swollen(piece: bytes, count: int) -> bytes:
    """Return what unpacks to a piece (a MiB or so) many times over, without packing more than the piece."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    checked = 1
    for _ in range(count):
        checked = zlib.adler32(piece, checked)
    return b"\x78\xda" + packed * count + b"\x03\0" + struct.pack(">L", checked)


NOUGHTS = bytes(2**20)
