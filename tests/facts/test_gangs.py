"""Files cut into gangs hold the customers, and the mistakes, that whole files hold."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import strategies
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from notegen import yamlsource
from notegen.errors import UnreadableFile
from notegen.facts import STANDARD, gangs, load
from notegen.facts.gangs import Gang, digest_of, load_gang
from notegen.model.diagnostic import Checked, Diagnostic
from notegen.model.facts import Facts
from notegen.model.source import Source

TODAY = date(2026, 11, 28)
SAMPLES = sorted(Path("samples").rglob("*.yaml"))
TOGETHER = ("F017", "F030")
"""What only several customers show."""

LINES = st.lists(
    st.sampled_from(
        [
            "---",
            "--- ",
            "---\t",
            "---x",
            "--- key: x",
            "--- # why",
            "--- |",
            "--- ~",
            "...",
            "... ",
            "... # end",
            "...x",
            "%YAML 1.1",
            "%",
            "# a comment",
            "",
            "  ",
            "\t",
            "key: a",
            "customer: {name: Ana}",
            "customer: {name: 'Ana",
            "customer: {name: Ana",
            "remember: |",
            "  ---",
            "  text",
            'key: "one',
            'two"',
            "~",
            "null",
            "&a ~",
            "!!str",
            "- x",
            "] : [",
            "sale: {date: 2026-02-30}",
            "key: \x07",
            "日本: 🎈",
            "\ufeff",
        ]
    ),
    max_size=14,
)
ENDS = st.sampled_from(["\n", "\r\n", "\r", "\n\n"])


@pytest.fixture(params=[3, 7, 256 * 1024], ids=["3 bytes", "7 bytes", "256 KiB"])
def _chunks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notegen.files.reading.CHUNK", request.param)


def whole(paths: list[Path]) -> tuple[list[Facts], list[Diagnostic]]:
    people: list[Facts] = []
    found: list[Diagnostic] = []
    for path in paths:
        read = load(path, STANDARD, today=TODAY)
        people += read.value or ()
        found += [one for one in read.diagnostics if one.code not in TOGETHER]
    return people, found


def ganged(paths: list[Path], size: int) -> tuple[list[Facts], list[Diagnostic]]:
    people: list[Facts] = []
    found: list[Diagnostic] = []
    for gang in gangs.gangs(paths, size):
        assert len(gang.sources) <= size
        handed: Gang = pickle.loads(pickle.dumps(gang))
        assert handed.digest == gang.digest
        read = load_gang(handed, STANDARD, TODAY)
        people += read.value or ()
        found += read.diagnostics
    return people, found


@pytest.mark.parametrize("size", [1, 2, 64])
@pytest.mark.usefixtures("_chunks")
def test_the_samples_are_the_same_in_gangs(size: int) -> None:
    assert ganged(SAMPLES, size) == whole(SAMPLES)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(lines=LINES, end=ENDS, mark=st.booleans(), tail=st.booleans(), size=st.integers(1, 4))
@example(lines=["key: a", "---"], end="\n", mark=False, tail=False, size=1)
@example(lines=["~", "---", "~", "---", "~"], end="\r\n", mark=True, tail=False, size=2)
@example(lines=[], end="\n", mark=False, tail=False, size=2)
@example(lines=["# nobody", "...", "..."], end="\n", mark=False, tail=False, size=2)
@pytest.mark.usefixtures("_chunks")
def test_any_file_is_the_same_in_gangs(
    tmp_path: Path, lines: list[str], end: str, mark: bool, tail: bool, size: int
) -> None:
    path = tmp_path / "f.yaml"
    text = end.join(lines) + (end if tail else "")
    path.write_bytes(("\ufeff" if mark else "").encode() + text.encode())
    assert ganged([path, path], size) == whole([path, path])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=strategies.YAMLISH, size=st.integers(1, 3))
def test_what_is_nearly_yaml_is_the_same_in_gangs(tmp_path: Path, text: str, size: int) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    if "\0" not in text:
        assert ganged([path], size) == whole([path])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.usefixtures("_chunks")
def test_other_encodings_are_the_same_in_gangs(encoding: str, tmp_path: Path) -> None:
    text = "key: é🎈\r\n---\r\nkey: 日本\r---\rkey: c\n"
    (tmp_path / "f.yaml").write_bytes((b"\xff\xfe" if encoding == "utf-16-le" else b"") + text.encode(encoding))
    people, found = ganged([tmp_path / "f.yaml"], 2)
    assert [one.key for one in people] == ["é🎈", "日本", "c"]
    assert (people, found) == whole([tmp_path / "f.yaml"])


def test_gangs_are_counted_across_files(tmp_path: Path) -> None:
    for name, keys in (("a", "1 2 3"), ("b", "4 5")):
        (tmp_path / name).write_text("".join(f"---\nkey: k{key}\n" for key in keys.split()))
    made = list(gangs.gangs([tmp_path / "a", str(tmp_path / "b")], 2))
    assert [(one.number, one.first, len(one.sources)) for one in made] == [(0, 0, 2), (1, 2, 2), (2, 4, 1)]
    assert [source.first_line for one in made for source in one.sources] == [1, 3, 5, 1, 3]
    assert list(gangs.gangs([])) == []


def test_a_document_has_the_same_digest_wherever_it_stands() -> None:
    first, later = (next(yamlsource.pieces(Source(name, text, line))) for name, text, line in MOVED)
    assert digest_of(first) == digest_of(later) != digest_of(Source("f", "key: b"))


MOVED = (("f.yaml", "key: a\n", 1), ("g.yaml", "---\nkey: a\n", 30))


def test_a_gang_has_another_digest_when_any_of_its_documents_has_changed_or_moved() -> None:
    one = Gang(0, 0, (Source("f", "key: a\n"),))
    others = [Source("f", "key: b\n"), Source("g", "key: a\n"), Source("f", "key: a\n", 2)]
    assert len({one.digest, *(Gang(0, 0, (other,)).digest for other in others)}) == 4
    assert one.digest == Gang(7, 448, one.sources).digest
    assert one.digests == (digest_of(one.sources[0]),)


@pytest.mark.usefixtures("_chunks")
@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"key: a\n---\nkey: caf\xe9\n", "is not UTF-8 text: byte 0xe9 in line 3"),
        (b"key: a\r\n---\r\nkey: caf\xc3", "is not UTF-8 text: byte 0xc3 in line 3"),
        (b"key: a\n---\nkey: \0", "is a binary file"),
    ],
)
def test_what_is_no_text_is_a_mistake_with_its_line(data: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(data)
    for read in (lambda: list(gangs.gangs([path], 1)), lambda: load(path, STANDARD)):
        with pytest.raises(UnreadableFile, match=says):
            read()


def test_a_file_may_be_longer_than_one_that_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "f.yaml"
    path.write_text("---\nkey: a\n" * 900)
    monkeypatch.setattr("notegen.files.reading.LARGEST", 5000)
    with pytest.raises(UnreadableFile, match="is larger than"):
        load(path, STANDARD)
    assert sum(len(one.sources) for one in gangs.gangs([path])) == 900


@pytest.mark.usefixtures("_chunks")
@pytest.mark.parametrize("filler", ["# nothing\n", "", "...\n"])
def test_a_document_without_end_is_refused_where_it_begins(
    filler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gangs, "LONGEST", 100)
    path = tmp_path / "f.yaml"
    path.write_text(f"key: a\n---\nkey: b\n{filler}---\nremember:\n" + "- again and again\n" * 90)
    line = 5 if filler else 4
    found: list[Gang] = []

    def read() -> Iterator[None]:
        for one in gangs.gangs([path], 1):
            found.append(one)
            yield

    with pytest.raises(UnreadableFile, match=f"the document that begins in line {line} of .* is longer than 100 char"):
        list(read())


def test_a_file_that_is_written_to_meanwhile_is_a_mistake(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_text("---\nkey: a\n" * 90_000)
    reading = gangs.gangs([path])
    next(reading)
    with path.open("a") as stream:
        stream.write("---\nkey: b\n")
    with pytest.raises(UnreadableFile, match="was changed while it was read"):
        list(reading)


def test_memory_holds_one_gang(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "f.yaml"
    path.write_text(("---\nremember: " + "x" * 990 + "\n") * 20_000)
    list(gangs.gangs([path], 1))
    tracemalloc.start()
    for _ in gangs.gangs([path]):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3_000_000


def test_a_missing_file_and_a_folder_are_mistakes(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="there is no file"):
        list(gangs.gangs([tmp_path / "nobody.yaml"]))
    with pytest.raises(UnreadableFile, match="is a folder"):
        list(gangs.gangs([tmp_path]))


def test_a_checked_gang_can_be_handed_back() -> None:
    read = load_gang(Gang(0, 0, (Source("f", "customer: {name: Ana"),)), STANDARD)
    handed: Checked[tuple[Facts, ...]] = pickle.loads(pickle.dumps(read))
    assert handed == read
    assert not handed.ok
