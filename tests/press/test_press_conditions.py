"""Printing conditions: those that come with notegen, and a profile of one's own, which must be a press's."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.errors import NotegenError, UnreadableFile
from notegen.model.page import Page
from notegen.model.purpose import Purpose, Setup
from notegen.press import condition_of, conditions, write_pages
from notegen.press.conditions import profile

OWN = conditions().get("fogra39").profile
DATA = OWN.read_bytes()


def changed(at: int, data: bytes) -> bytes:
    return DATA[:at] + data + DATA[at + len(data) :]


@pytest.mark.parametrize("condition", conditions(), ids=lambda one: one.name)
def test_bundled_conditions_have_small_cmyk_output_profiles(condition: object) -> None:
    data = profile(condition.profile)  # type: ignore[attr-defined]
    assert data[12:20] == b"prtrCMYK"
    assert len(data) < 160_000


def test_a_condition_goes_by_its_registered_name() -> None:
    assert conditions().get("cgats tr 006").name == "gracol"
    with pytest.raises(NotegenError, match="printing condition") as caught:
        conditions().get("grakol")
    assert caught.value.hint == "did you mean 'gracol'?"


def test_a_profile_of_ones_own_is_a_condition(tmp_path: Path) -> None:
    """It is in no registry, and is called what it calls itself."""
    (tmp_path / "house.icc").write_bytes(DATA)
    made = condition_of(tmp_path / "house.icc", 260.0)
    assert (made.name, made.identifier, made.registry, made.tac) == ("house", "Custom", "", 260.0)
    assert made.title.startswith("FOGRA39L coated")
    setup = Setup("t", "en", purpose=Purpose.PRESS, condition=made)
    write_pages([Page((50, 50), ())], tmp_path / "a.pdf", setup)
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert (str(intent.OutputConditionIdentifier), str(intent.Info)) == ("Custom", made.title)
        assert "/RegistryName" not in intent


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "it is no ICC profile"),
        (b"%PDF-1.7" * 100, "it is no ICC profile"),
        (DATA[:127], "it is no ICC profile"),
        (changed(36, b"nope"), "it is no ICC profile"),
        (changed(12, b"scnr"), "its class is 'scnr', an input profile, and not 'prtr'"),
        (changed(12, b"mntr"), "its class is 'mntr', a display profile, and not 'prtr'"),
        (changed(12, b"\x00abc"), r"its class is '\x00abc', which no profile has, and not 'prtr'"),
        (changed(16, b"RGB "), "its colours are 'RGB' and not 'CMYK'"),
        (changed(20, b"CMYK"), "it leads to 'CMYK' and not to Lab or XYZ"),
        (changed(8, b"\x05"), "it is of ICC version 5"),
        (DATA[:-1], f"it says that it has {len(DATA)} bytes and has {len(DATA) - 1}"),
    ],
)
def test_what_is_no_output_profile_is_named(tmp_path: Path, data: bytes, said: str) -> None:
    """Whether it is looked at alone or a condition with it is printed."""
    path = tmp_path / "own.icc"
    path.write_bytes(data)
    with pytest.raises(NotegenError) as caught:
        condition_of(path)
    assert f"own.icc is no CMYK output profile: {said}" in caught.value.message
    assert caught.value.hint
    from dataclasses import replace

    setup = Setup("t", "en", purpose=Purpose.PRESS, condition=replace(conditions().get("gracol"), profile=path))
    with pytest.raises(NotegenError):
        write_pages([Page((50, 50), ())], tmp_path / "a.pdf", setup)
    assert [one.name for one in tmp_path.iterdir()] == ["own.icc"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="there is no file"):
        condition_of(tmp_path / "own.icc")
    with pytest.raises(UnreadableFile, match="is a folder"):
        condition_of(tmp_path)


@given(st.binary(max_size=300), st.integers(128, len(DATA) - 300))
def test_damaged_tables_are_no_traceback(tmp_path_factory: pytest.TempPathFactory, junk: bytes, at: int) -> None:
    """Only the header is held to; whatever LittleCMS makes of the rest, it is one sentence or a condition."""
    path = tmp_path_factory.mktemp("icc") / "own.icc"
    path.write_bytes(changed(at, junk))
    try:
        assert condition_of(path).title
    except NotegenError as error:
        assert "cannot be read" in error.message


@given(st.binary(min_size=60, max_size=60))
def test_a_damaged_table_of_tables_is_no_traceback(tmp_path_factory: pytest.TempPathFactory, junk: bytes) -> None:
    path = tmp_path_factory.mktemp("icc") / "own.icc"
    path.write_bytes(changed(128, junk))
    try:
        assert condition_of(path).title
    except NotegenError as error:
        assert "cannot be read" in error.message
