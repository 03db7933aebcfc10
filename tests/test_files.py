"""Files appear whole, or not at all."""

import errno
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from notegen import files
from notegen.errors import NotegenError, UnreadableFile, UnwritableFile
from notegen.files import replacing


def test_a_finished_file_is_shown_before_it_gets_its_name(tmp_path: Path) -> None:
    seen: list[tuple[bytes, bool]] = []
    target = tmp_path / "cards.pdf"
    with replacing(target, lambda made: seen.append((made.read_bytes(), target.exists()))) as stream:
        stream.write(b"whole")
    assert seen == [(b"whole", False)]
    assert target.read_bytes() == b"whole"


def test_a_file_that_is_not_approved_leaves_the_old_one_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "cards.pdf"
    target.write_bytes(b"yesterday's")

    def refuse(_made: Path) -> None:
        raise NotegenError("no")

    with pytest.raises(NotegenError, match="no"), replacing(target, refuse) as stream:
        stream.write(b"today's")
    assert target.read_bytes() == b"yesterday's"
    assert list(tmp_path.iterdir()) == [target]


def test_files_that_are_written_together_get_their_names_at_the_end(tmp_path: Path) -> None:
    with files.together():
        files.write_bytes(tmp_path / "a", b"1")
        files.write_bytes(tmp_path / "b", b"2")
        assert not (tmp_path / "a").exists()
    assert sorted((one.name, one.read_bytes()) for one in tmp_path.iterdir()) == [("a", b"1"), ("b", b"2")]


@pytest.mark.parametrize("trouble", [OSError("a pipe broke"), KeyboardInterrupt(), ValueError("no")])
def test_files_that_are_written_together_leave_nothing_when_one_fails(tmp_path: Path, trouble: BaseException) -> None:
    def interrupted() -> None:
        with files.together():
            files.write_bytes(tmp_path / "a", b"1")
            raise trouble

    with pytest.raises(type(trouble)):
        interrupted()
    assert list(tmp_path.iterdir()) == []
    files.write_bytes(tmp_path / "a", b"alone again")
    assert (tmp_path / "a").read_bytes() == b"alone again"


def test_a_file_is_read_no_further_than_it_may_be_large(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    assert files.read_bytes(path, 5, large="cut it") == b"12345"
    with pytest.raises(UnreadableFile, match="is larger than"):
        files.read_bytes(path, 4, large="cut it")
    with pytest.raises(UnreadableFile, match="is larger than"):
        files.read_bytes(Path("/dev/zero"), 1000, large="cut it")


def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what will be synced and named, in order: `.part` stands for a temporary file's name."""
    made: list[str] = []
    names: dict[int, str] = {}
    sync, rename, opened, temporary = os.fsync, os.replace, os.open, tempfile.mkstemp

    def record_open(path: str | Path, *rest: int, **named: int) -> int:
        handle = opened(path, *rest, **named)
        names[handle] = Path(path).name
        return handle

    def record_temporary(*rest: str, **named: str) -> tuple[int, str]:
        handle, path = temporary(*rest, **named)
        names[handle] = Path(path).name.split(".")[1] + ".part"
        return handle, path

    def record_sync(handle: int) -> None:
        sync(handle)
        made.append(f"sync {names[handle]}")

    def record_rename(old: str | Path, new: str | Path) -> None:
        rename(old, new)
        made.append(f"name {Path(new).name}")

    monkeypatch.setattr(os, "open", record_open)
    monkeypatch.setattr(tempfile, "mkstemp", record_temporary)
    monkeypatch.setattr(os, "fsync", record_sync)
    monkeypatch.setattr(os, "replace", record_rename)
    return made


def test_a_file_is_synced_then_named_then_its_folder_is_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "shop"
    folder.mkdir()
    made = calls(monkeypatch)
    files.write_bytes(folder / "a", b"1")
    assert made == ["sync a.part", "name a", "sync shop"]


def test_files_written_together_are_all_synced_then_named_then_their_folders_are_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    made = calls(monkeypatch)
    with files.together():
        files.write_bytes(tmp_path / "one" / "a", b"1")
        files.write_bytes(tmp_path / "one" / "b", b"2")
        files.write_bytes(tmp_path / "two" / "c", b"3")
    assert made == [*(f"sync {n}.part" for n in "abc"), *(f"name {n}" for n in "abc"), "sync one", "sync two"]


def test_a_folder_that_cannot_be_synced_for_want_of_a_disk_is_a_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = os.fsync

    def fail(number: int) -> Callable[[int], None]:
        def act(handle: int) -> None:
            if stat.S_ISDIR(os.fstat(handle).st_mode):
                raise OSError(number, os.strerror(number))
            sync(handle)

        return act

    monkeypatch.setattr(os, "fsync", fail(errno.EINVAL))
    files.write_bytes(tmp_path / "a", b"1")
    monkeypatch.setattr(os, "fsync", fail(errno.EIO))
    with pytest.raises(UnwritableFile, match="cannot write in"):
        files.write_bytes(tmp_path / "a", b"2")
