"""Cores: what we are pinned to, and what our control group is given."""

import os
from pathlib import Path

import pytest

from notegen.batch.cores import usable_cores


@pytest.fixture(autouse=True)
def sixteen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(16)), raising=False)


def groups(tmp_path: Path, ours: str, **files: str) -> int:
    for name, text in files.items():
        path = tmp_path / "groups" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "ours").write_text(ours)
    return usable_cores(tmp_path / "groups", tmp_path / "ours")


def test_without_groups_it_is_what_we_are_pinned_to(tmp_path: Path) -> None:
    assert usable_cores(tmp_path / "none", tmp_path / "none") == 16


def test_without_pinning_it_is_what_there_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert usable_cores(tmp_path / "none", tmp_path / "none") == 1


@pytest.mark.parametrize(
    ("text", "cores"),
    [
        ("max 100000\n", 16),
        ("150000 100000\n", 2),
        ("400000 100000\n", 4),
        ("50000 100000\n", 1),
        ("9900000 100000\n", 16),
        ("", 16),
        ("x y\n", 16),
        ("0 0\n", 16),
    ],
)
def test_a_share_is_rounded_up(tmp_path: Path, text: str, cores: int) -> None:
    assert groups(tmp_path, "0::/\n", **{"cpu.max": text}) == cores


def test_groups_above_ours_limit_us_too(tmp_path: Path) -> None:
    files = {"a/b/cpu.max": "max 100000\n", "a/cpu.max": "300000 100000\n", "other/cpu.max": "100000 100000\n"}
    assert groups(tmp_path, "0::/a/b\n", **files) == 3


def test_the_first_version_of_groups_has_files_of_its_own(tmp_path: Path) -> None:
    files = {"cpu/box/cpu.cfs_quota_us": "250000\n", "cpu/box/cpu.cfs_period_us": "100000\n"}
    assert groups(tmp_path, "7:memory:/box\n4:cpu,cpuacct:/box\n", **files) == 3
    files["cpu/box/cpu.cfs_quota_us"] = "-1\n"
    assert groups(tmp_path, "4:cpu,cpuacct:/box\n", **files) == 16
