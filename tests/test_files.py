"""Files appear whole, or not at all."""

from pathlib import Path

import pytest

from notegen import files
from notegen.errors import NotegenError, UnreadableFile
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
