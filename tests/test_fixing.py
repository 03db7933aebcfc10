"""Fixes reach the files: every byte outside them stays, line ends and byte-order marks too."""

from __future__ import annotations

import codecs
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from notegen.files import decode, read_source
from notegen.lint.fixes import Change
from notegen.model.diagnostic import Diagnostic, Fix, Severity
from notegen.model.source import Source, Span
from notegen.pipeline.fixing import Edit, changed, edits

BOMS = {"utf-8": b"", "utf-8-sig": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}


def finding(source: Source, words: str, replacement: str) -> Diagnostic:
    start = source.text.index(words)
    span = Span(source, start, start + len(words))
    return Diagnostic("F020", Severity.WARNING, "m", span, fix=Fix(span, replacement))


def test_line_ends_and_the_mark_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(codecs.BOM_UTF8 + "é: 1\r\nname: ANA\r\n\r\nlast: x".encode())
    source = read_source(path)
    (edit,) = edits([finding(source, "ANA", "Ana\nB"), finding(source, "x", "y")], [tmp_path])
    assert path.read_bytes() == edit.before
    edit.write()
    assert path.read_bytes() == codecs.BOM_UTF8 + "é: 1\r\nname: Ana\r\nB\r\n\r\nlast: y".encode()
    assert [one.code for one in edit.mended] == ["F020", "F020"]


@pytest.mark.parametrize("encoding", BOMS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end(encoding: str, end: str) -> None:
    bom, name = BOMS[encoding], encoding.removesuffix("-sig")
    data = bom + f"é 🎉{end}ab{end}{end}cd".encode(name)
    text = decode(data, "f")
    start = text.index("ab")
    assert changed(data, [Change(start, start + 2, "x\ny")]) == bom + f"é 🎉{end}x{end}y{end}{end}cd".encode(name)
    assert changed(data, []) == data


@given(
    st.lists(st.sampled_from(["a", "é", "🎉", "\n", "\r\n", "\r", " "]), max_size=25),
    st.sampled_from(sorted(BOMS)),
    st.data(),
)
def test_bytes_outside_a_change_are_untouched(parts: list[str], encoding: str, data: st.DataObject) -> None:
    name = encoding.removesuffix("-sig")
    assume("".join(parts).count("\r\n") == parts.count("\r\n"))
    start = data.draw(st.integers(0, len(parts)))
    end = data.draw(st.integers(start, len(parts)))
    raw = BOMS[encoding] + "".join(parts).encode(name)
    # Each part is one character of the text as it is judged.
    made = changed(raw, [Change(start, end, "NEW")])
    assert made == BOMS[encoding] + "".join((*parts[:start], "NEW", *parts[end:])).encode(name)


def test_only_files_that_were_named_are_changed(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    for name in ("shop/a.txt", "b.txt"):
        (tmp_path / name).write_text("ANA")
    found = [finding(read_source(tmp_path / name), "ANA", "Ana") for name in ("shop/a.txt", "b.txt")]
    assert [edit.path for edit in edits(found, [tmp_path / "shop"])] == [tmp_path / "shop" / "a.txt"]
    assert [edit.path for edit in edits(found, [tmp_path / "b.txt"])] == [tmp_path / "b.txt"]


def test_a_file_that_has_changed_since_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("ANA")
    found = finding(read_source(path), "ANA", "Ana")
    path.write_text("BO")
    assert list(edits([found], [tmp_path])) == []
    path.unlink()
    assert list(edits([found], [tmp_path])) == []


def test_a_fix_that_changes_nothing_is_no_edit(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("ANA")
    assert list(edits([finding(read_source(path), "ANA", "ANA")], [tmp_path])) == []


def test_what_overlaps_waits_for_another_time(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("ANA REYES")
    source = read_source(path)
    first, second = finding(source, "ANA REYES", "Ana Reyes"), finding(source, "REYES", "reyes")
    (edit,) = edits([second, first], [path])
    assert edit.after == b"Ana Reyes"
    assert edit.mended == (first,)


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    path, link = tmp_path / "a.txt", tmp_path / "link.txt"
    path.write_text("ANA")
    path.chmod(0o640)
    link.symlink_to(path)
    (edit,) = edits([finding(read_source(link), "ANA", "Ana")], [tmp_path])
    edit.write()
    assert link.is_symlink()
    assert path.read_text() == "Ana"
    assert path.stat().st_mode & 0o777 == 0o640


def capitals_and_gaps(source: Source) -> Iterator[Diagnostic]:
    """Find words in capitals and doubled spaces, which overlap, with fixes that put them right."""
    for pattern, new in ((r"[A-Z]{2,}(?: +[A-Z]{2,})*", str.title), (r"  +", lambda _: " ")):
        for found in re.finditer(pattern, source.text):
            span = Span(source, *found.span())
            yield Diagnostic("F020", Severity.ERROR, "m", span, fix=Fix(span, new(found[0])))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["AB", "C", " ", "  ", "é", "d.", "\r\n", "\n"]), max_size=20))
def test_mending_again_changes_nothing(tmp_path: Path, parts: list[str]) -> None:
    path = tmp_path / "a.txt"
    before = "".join(parts)
    path.write_bytes(before.encode())
    for _ in range(3):
        for edit in edits(list(capitals_and_gaps(read_source(path))), [path]):
            edit.write()
    assert list(capitals_and_gaps(read_source(path))) == []
    after = path.read_bytes().decode()
    assert after == re.sub("  +", " ", re.sub("[A-Z]{2,}", lambda found: found[0].title(), before))


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(["a", "é", "\n", "\r\n", "\x0c", "\u2028", "b c"]), min_size=1, max_size=30),
    st.sampled_from(["new", "", "x\ny"]),
    st.data(),
)
def test_the_diff_makes_what_the_fix_makes(
    tmp_path: Path, parts: list[str], replacement: str, data: st.DataObject
) -> None:
    before = "".join(parts).encode()
    text = decode(before, "f")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    after = changed(before, [Change(start, end, replacement)])
    if after in (before, b""):
        return
    path = tmp_path / "a b.txt"
    path.write_bytes(before)
    diff = Edit(Path("a b.txt"), before, after, ()).diff()
    subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "--unsafe-paths", "-"],
        cwd=tmp_path, input=diff.encode(), check=True, capture_output=True,
    )  # fmt: skip
    assert path.read_bytes() == after
