"""What a power cut may take: writes are recorded in their order, and all that was not synced is taken to be lost.

A file's content counts once the file was synced, a name (of a file or a folder) once the folder that it is in was.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fcntl")

from benchmarks.soak import WORDS, Soak, child, ended

Log = list[tuple[str, ...]]


def record(into: Path) -> None:
    """Have this process write down what it syncs, names and makes, and what it tells the ledger."""
    import notegen.ledger

    stream = into.open("a")

    def watch(owner: Any, name: str, words: Any) -> None:
        real = getattr(owner, name)

        def call(*given: Any, **named: Any) -> Any:
            said = words(*given)
            found = real(*given, **named)
            stream.write("\t".join((name, *map(str, said))) + "\n")
            stream.flush()
            return found

        setattr(owner, name, call)

    watch(os, "fsync", lambda handle: (os.readlink(f"/proc/self/fd/{handle}"),))
    watch(os, "replace", lambda source, target: (Path(source).absolute(), Path(target).absolute()))
    watch(os, "mkdir", lambda path, *_: (Path(path).absolute(),))
    for name in ("begin", "approve", "pressed", "printed"):
        watch(notegen.ledger, name, lambda *_: ())


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Log:
    """The writes of one run."""
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("open files have no names here")
    soak = Soak(tmp_path_factory.mktemp("cut"), 4)
    shop, into = soak.shop("shop"), soak.folder / "log"
    assert ended(child(shop, WORDS, lambda: record(into))) == 0
    return [tuple(line.split("\t")) for line in into.read_text().splitlines()]


def lasting(log: Log, at: int, path: Path) -> bool:
    """Whether a name is sure to be there after a cut at a place of the log: each folder was synced since it came."""
    made = [n for n, one in enumerate(log[:at]) if one[0] in ("replace", "mkdir") and one[-1] == str(path)]
    return bool(made) and ("fsync", str(path.parent)) in log[made[-1] : at]


def place(log: Log, name: str) -> int:
    return log.index((name,))


def named(log: Log, name: str) -> list[int]:
    return [n for n, one in enumerate(log) if one[0] == "replace" and Path(one[2]).name == name]


def test_no_name_is_ever_that_of_content_that_may_be_lost(log: Log) -> None:
    looked_at = 0
    for number, one in enumerate(log):
        if one[0] == "replace" and not one[2].endswith(".pack"):
            assert ("fsync", one[1]) in log[:number], one
            looked_at += 1
    assert looked_at == 4  # what was asked, the claim, the PDF, the record


def test_what_the_ledger_claims_has_a_folder_that_lasts(log: Log) -> None:
    (asked,) = named(log, "asked.json")
    folder = Path(log[asked][2]).parent
    for path in (folder / "asked.json", folder / "claimed", folder, folder.parent):
        assert lasting(log, place(log, "begin"), path), path


def test_no_card_is_printed_before_its_file_lasts_and_none_seen_before_it_is_claimed(log: Log) -> None:
    (cards,), (record_,) = named(log, "cards.pdf"), named(log, "job.json")
    assert place(log, "begin") < place(log, "approve") < place(log, "pressed") < cards < record_
    for at in (cards, record_):
        assert lasting(log, place(log, "printed"), Path(log[at][2]))


def test_packs_are_not_synced(log: Log) -> None:
    assert not [one for one in log if one[0] == "fsync" and "packs" in one[1]]
