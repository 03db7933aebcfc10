"""Whatever bytes come, there is a report: no file makes preflight stumble."""

from __future__ import annotations

from functools import cache

import pikepdf
import pytest
from faults import LISTED, edited, good
from hypothesis import given, settings
from hypothesis import strategies as st
from unlisted import UNLISTED, bomb, drawn

from notegen.errors import UnreadableFile
from notegen.model.diagnostic import Severity
from notegen.model.purpose import Purpose
from notegen.preflight import Report, check, content, objects
from notegen.preflight.tokens import BAD, operations

SEEDS = ("JavaScript", "annotation", "white overprints")


@cache
def seeds() -> tuple[bytes, ...]:
    """Return files to spoil: packed, unpacked and faulty."""
    loose = edited(
        lambda pdf: None, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
    )  # fmt: skip
    more = (UNLISTED["Type 3"], UNLISTED["ink in a gradient"], UNLISTED["RGB table"])
    return (good(), loose, *(LISTED[name].make() for name in SEEDS), *(one.make() for one in more))


def whole(report: Report) -> None:
    """Hold a report to what every report is."""
    assert report.ok is not any(one.severity is Severity.ERROR for one in report.findings)
    for one in report.findings:
        assert one.message and "\n" not in one.message
        assert list(one.pages) == sorted(set(one.pages))


@settings(max_examples=150)
@given(
    st.integers(0, 7),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1, max_size=30),
)
def test_flipped_bytes(which: int, flips: list[tuple[float, int]]) -> None:
    data = bytearray(seeds()[which])
    for at, by in flips:
        data[int(at * len(data))] ^= by
    whole(check(bytes(data)))


@settings(max_examples=60)
@given(st.integers(0, 7), st.floats(0, 1), st.floats(0, 1), st.binary(max_size=40))
def test_cut_and_patched_files(which: int, first: float, last: float, patch: bytes) -> None:
    data = seeds()[which]
    start, end = sorted((int(first * len(data)), int(last * len(data))))
    whole(check(data[:start] + patch + data[end:]))


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_any_bytes_as_a_file(data: bytes) -> None:
    whole(check(data))
    whole(check(b"%PDF-1.6\n" + data))


WORDS = st.lists(
    st.sampled_from(
        "q Q BT ET /F1 /X0 Do Tf Tj TJ Tm 1 0 -5 .5 12 1e5 99999999999999999999 [ ] << >> (a) (() <41> <4 gs cs scn "
        "sc k K rg g G cm re f S n W m l c v y h sh BI ID EI BDC BMC EMC BX EX true null ' \" Td TD T* d w i / /# % "
        "\\ } { d0 d1 Tr Tz Ts Tc Tw TL".split(" ")
    ),
    max_size=40,
)


@settings(max_examples=250)
@given(WORDS)
def test_any_words_as_a_stream(words: list[str]) -> None:
    content = " ".join(words).encode()

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = pdf.make_stream(content)

    whole(check(edited(change)))


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_any_bytes_as_a_stream_are_cut_into_operations(data: bytes) -> None:
    for name, operands in operations(data):
        assert name == BAD or name
        assert isinstance(operands, list)


@pytest.mark.parametrize("purpose", Purpose)
def test_faulty_files_for_every_purpose(purpose: Purpose) -> None:
    for one in (*LISTED.values(), *list(UNLISTED.values())[::4]):
        whole(check(one.make(), purpose=purpose))


def test_a_path_that_is_no_file_is_a_mistake(tmp_path: object) -> None:
    from pathlib import Path

    here = Path(str(tmp_path))
    for path in (here, here / "none.pdf", here / ("x" * 300)):
        with pytest.raises(UnreadableFile):
            check(path)


def test_a_locked_file_says_what_was_not_checked() -> None:
    locked = edited(
        lambda pdf: None, deterministic_id=False, encryption=pikepdf.Encryption(owner="a", user="b", R=4)
    )  # fmt: skip
    found = check(locked)
    assert found.codes == {"P102"}
    assert found.checked == ("the file is whole and open",)
    assert {one.reason for one in found.unchecked} == {"the file needs a password"}


def test_a_stream_that_unpacks_to_more_than_is_read_is_left_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(objects, "LONGEST", 100_000)
    data = edited(lambda pdf: pdf.pages[0].obj.__setitem__("/Contents", pdf.make_stream(b" " * 200_000)))
    assert "a stream of page 1 cannot be unpacked" in [one.reason for one in check(data).unchecked]


def test_a_bomb_of_forms_is_left_off_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert content.FORMS == 20_000
    monkeypatch.setattr(content, "FORMS", 500)  # as many take half a minute of testing, here and below
    found = check(drawn(b"/F9 Do", XObject_F9=bomb)())
    assert not found.findings
    assert [one.reason for one in found.unchecked if one.check == "drawing"] == ["a page draws more than 500 forms"]
