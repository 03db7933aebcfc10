"""Files that are named by a URL are read and written as those of this machine are."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

from notegen import files
from notegen.errors import NotegenError, UnreadableFile, UnwritableFile
from notegen.facts import STANDARD, gangs, load
from notegen.facts.gangs import load_gang

ANA = b"\xef\xbb\xbfkey: ana\r\n---\r\nkey: bo\r\n"


@pytest.fixture
def memory() -> Iterator[Any]:
    system = fsspec.filesystem("memory")
    system.store.clear()
    system.pseudo_dirs[:] = [""]
    yield system
    system.store.clear()
    system.pseudo_dirs[:] = [""]


def test_facts_are_read_from_a_url(memory: Any, tmp_path: Path) -> None:
    memory.pipe_file("/shop/f.yaml", ANA)
    (tmp_path / "f.yaml").write_bytes(ANA)
    for url in ("memory://shop/f.yaml", f"file://{tmp_path}/f.yaml"):
        people = load(url, STANDARD).value or ()
        assert [one.key for one in people] == ["ana", "bo"]
        assert str(people[1].spans["key"]) == f"{url}:3:6"
        (gang,) = gangs.gangs([url])
        assert load_gang(gang, STANDARD).value == people


def test_a_long_file_is_read_bit_by_bit(memory: Any) -> None:
    memory.pipe_file("/f.yaml", b"---\nkey: a\n" * 90_000)
    assert sum(len(one.sources) for one in gangs.gangs(["memory://f.yaml"])) == 90_000


def test_what_cannot_be_read_is_a_mistake(memory: Any) -> None:
    memory.pipe_file("/shop/f.yaml", b"key: \xff\n")
    for url, says in (
        ("memory://nobody.yaml", "there is no file memory://nobody.yaml"),
        ("memory://shop", "memory://shop is a folder"),
        ("memory://shop/f.yaml", "not UTF-8 text: byte 0xff in line 1"),
    ):
        with pytest.raises(UnreadableFile, match=says):
            load(url, STANDARD)
    with pytest.raises(UnreadableFile, match="is larger than 0 KiB"):
        files.read_bytes("memory://shop/f.yaml", 3, large="cut it")
    with pytest.raises(NotegenError, match="nosuch://x cannot be opened"):
        files.read_source("nosuch://x")


def test_a_file_that_changes_meanwhile_is_a_mistake(memory: Any) -> None:
    memory.pipe_file("/f.yaml", b"---\nkey: a\n" * 90_000)
    reading = gangs.gangs(["memory://f.yaml"])
    next(reading)
    memory.pipe_file("/f.yaml", b"key: b\n")
    with pytest.raises(UnreadableFile, match="was changed while it was read"):
        list(reading)


def test_a_finished_file_gets_its_name_and_no_other_is_left(memory: Any) -> None:
    memory.pipe_file("/out/c.pdf", b"yesterday's")
    seen: list[tuple[bytes, bytes]] = []

    def look(made: Path) -> None:
        seen.append((made.read_bytes(), memory.cat_file("/out/c.pdf")))

    with files.replacing("memory://out/c.pdf", look) as stream:
        stream.write(b"today's")
    assert seen == [(b"today's", b"yesterday's")]
    assert {name: memory.cat_file(name) for name in memory.find("/")} == {"/out/c.pdf": b"today's"}
    files.write_bytes("memory://c.pdf", b"at the root")
    assert memory.cat_file("/c.pdf") == b"at the root"


@pytest.mark.parametrize("trouble", [OSError("a pipe broke"), KeyboardInterrupt(), NotegenError("no")])
def test_a_file_that_is_not_finished_leaves_the_old_one(memory: Any, trouble: BaseException) -> None:
    memory.pipe_file("/out/c.pdf", b"yesterday's")
    wanted = UnwritableFile if isinstance(trouble, OSError) else type(trouble)
    with pytest.raises(wanted), files.replacing("memory://out/c.pdf") as stream:
        stream.write(b"half")
        raise trouble
    assert {name: memory.cat_file(name) for name in memory.find("/")} == {"/out/c.pdf": b"yesterday's"}


@pytest.mark.parametrize("broken", ["put_file", "mv"])
def test_a_system_that_fails_is_a_mistake_and_leaves_nothing(
    memory: Any, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_named: object) -> None:
        raise RuntimeError("the token has\nexpired")

    monkeypatch.setattr(type(memory), broken, fail)
    with pytest.raises(UnwritableFile, match=r"cannot write memory://c\.pdf: the token has expired"):
        files.write_bytes("memory://c.pdf", b"1")
    assert memory.find("/") == []


def test_files_here_and_there_get_their_names_together(memory: Any, tmp_path: Path) -> None:
    with files.together():
        files.write_bytes("memory://out/a", b"1")
        files.write_bytes(tmp_path / "b", b"2")
        files.write_bytes(f"file://{tmp_path}/c", b"3")
        assert not memory.exists("/out/a")
    assert memory.cat_file("/out/a") == b"1"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["b", "c"]

    def half() -> None:
        with files.together():
            files.write_bytes("memory://out/d", b"1")
            raise NotegenError("no")

    with pytest.raises(NotegenError):
        half()
    assert memory.find("/") == ["/out/a"]


def test_a_folder_is_no_place_for_a_file(memory: Any) -> None:
    memory.pipe_file("/out/a", b"1")
    with pytest.raises(UnwritableFile, match="cannot write memory://out: it is a folder"):
        files.check_place("memory://out")
    files.check_place("memory://out/b")


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(NotegenError, match="opened by fsspec, which is not installed") as said:
        files.read_source("memory://f.yaml")
    assert said.value.hint == "pip install 'notegen-cards[dask]'"


def test_a_path_needs_no_fsspec() -> None:
    assert not files.is_remote(Path("memory://x"))
    assert not files.is_remote("file:///x")
    assert files.is_remote("s3://x/y")
    code = (
        "import sys; from notegen import files; files.read_source('README.md'); "
        "files.check_place('file:///tmp/x'); print('fsspec' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
