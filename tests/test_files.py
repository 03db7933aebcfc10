"""Files appear whole, or not at all."""

from pathlib import Path

import pytest

from notegen.errors import NotegenError
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
