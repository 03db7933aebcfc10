"""How many cores this process may use: what it is pinned to, and what its container is given."""

from __future__ import annotations

import math
import os
from pathlib import Path

GROUPS = Path("/sys/fs/cgroup")
OURS = Path("/proc/self/cgroup")


def usable_cores(groups: Path = GROUPS, ours: Path = OURS) -> int:
    """Return the number of cores that may be used, at least 1.

    That is the cores this process is pinned to (or has, where the system cannot say), and no more than the share
    of processor time its control group may take, rounded up: half a core is one worker that is slow.
    """
    pinned = getattr(os, "sched_getaffinity", None)
    cores = len(pinned(0)) if pinned is not None else os.cpu_count() or 1
    return max(1, min([cores, *(math.ceil(share) for share in _shares(groups, ours))]))


def _shares(groups: Path, ours: Path) -> list[float]:
    """Return the limits, in cores, of our control group and of all above it; none where there are no groups.

    Version 2 writes `max 100000` or `150000 100000` (quota and period in µs) into `cpu.max` of each group:
    docs.kernel.org/admin-guide/cgroup-v2.html. Version 1 has both in files of their own below `cpu`.
    """
    found = []
    for line in _lines(ours):
        number, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if number == "0" or "cpu" in controllers.split(","):
            top = groups if number == "0" else groups / "cpu"
            own = top / path.lstrip("/")
            found += [_share(folder) for folder in (own, *own.parents) if folder == top or top in folder.parents]
    return [share for share in found if share > 0]


def _share(folder: Path) -> float:
    """Return the limit of one group in cores; 0 when it has none."""
    words = " ".join(_lines(folder / "cpu.max")).split()
    if not words:
        words = [*_lines(folder / "cpu.cfs_quota_us"), *_lines(folder / "cpu.cfs_period_us")]
    try:
        quota, period = (int(word) for word in words)
    except ValueError:
        return 0
    return quota / period if quota > 0 and period > 0 else 0


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8", errors="replace").split("\n")[:-1]
    except OSError:
        return []
