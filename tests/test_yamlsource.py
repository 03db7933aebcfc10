"""YAML becomes values with places, nothing else, whatever the text."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from datetime import date

import pytest
import strategies
import yaml
from hypothesis import example, given, settings

from notegen.model.diagnostic import Checked, Diagnostic
from notegen.model.facts import Value
from notegen.model.source import Source, Span
from notegen.yamlsource import Document, build, parse
from notegen.yamlsource.scalars import ImpossibleDate, resolve


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run a test with libyaml and with PyYAML's own parser."""
    found = getattr(yaml, request.param)
    monkeypatch.setattr(build, "_loader", lambda: found)
    yield


def read(text: str) -> Checked[tuple[Document, ...]]:
    return parse(Source("f.yaml", text))


def one(text: str) -> Document:
    checked = read(text)
    assert checked.diagnostics == ()
    assert checked.value is not None
    (document,) = checked.value
    return document


def fault(text: str) -> Diagnostic:
    (found,) = read(text).diagnostics
    assert found.is_error
    return found


def at(found: Diagnostic) -> str:
    assert found.span is not None
    return f"{found.code} {found.span.line}:{found.span.column}"


SCALARS: list[tuple[str, Value]] = [
    ("02134", "02134"),
    ("0", 0),
    ("-12", -12),
    ("+7", 7),
    ("12:30:45", "12:30:45"),
    ("1_000", "1_000"),
    ("0x1F", "0x1F"),
    ("0o17", "0o17"),
    ("1e5", "1e5"),
    (".inf", ".inf"),
    ("3.", "3."),
    (".5", 0.5),
    ("31400.50", 31400.5),
    ("00.5", "00.5"),
    ("9" * 18, int("9" * 18)),
    ("9" * 19, "9" * 19),
    ("9" * 400 + ".5", "9" * 400 + ".5"),
    ("2026-03-04", date(2026, 3, 4)),
    ("2026-03-04T23:30:00Z", date(2026, 3, 4)),
    ("2026-03-04 10:00", date(2026, 3, 4)),
    ("2026-03-04 10:00:00.5 +02:00", date(2026, 3, 4)),
    ("2026-3-4", "2026-3-4"),
    ("555-0101", "555-0101"),
    ("No", False),
    ("YES", True),
    ("on", True),
    ("oFF", "oFF"),
    ("y", "y"),
    ("~", None),
    ("Null", None),
    ("No way", "No way"),
]


@pytest.mark.parametrize(("text", "value"), SCALARS)
def test_a_word_without_quotes(text: str, value: Value, loader: None) -> None:
    document = one(f"a: {text}\n")
    assert document.value == {"a": value}
    assert isinstance(document.value, dict)
    assert type(document.value["a"]) is type(value)
    assert document.spans["a"].text == text
    assert document.plain == {"a"}


@pytest.mark.parametrize("text", [text for text, _ in SCALARS])
def test_a_word_in_quotes_is_text(text: str, loader: None) -> None:
    for quoted in (f"'{text}'", f'"{text}"'):
        document = one(f"a: {quoted}\n")
        assert document.value == {"a": text}
        assert document.spans["a"].text == quoted
        assert document.plain == frozenset()


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "0000-01-01", "5550-01-99"])
def test_an_impossible_date_is_named(text: str) -> None:
    with pytest.raises(ImpossibleDate):
        resolve(text)
    found = fault(f"a: 1\nday: {text}\n")
    assert at(found) == "F008 2:6"
    assert text in found.message


def test_places_count_characters_not_bytes(loader: None) -> None:
    document = one('# 🎈 日本\n日本: "🎈🎈" # x\nlist: [é, {b: 🎈}]\n')
    assert {path: span.text for path, span in document.spans.items() if path} == {
        "日本": '"🎈🎈"',
        "list": "[é, {b: 🎈}]",
        "list.0": "é",
        "list.1": "{b: 🎈}",
        "list.1.b": "🎈",
    }
    assert {path: span.text for path, span in document.keys.items()} == {
        "日本": "日本",
        "list": "list",
        "list.1.b": "b",
    }
    assert (document.spans["list.1.b"].line, document.spans["list.1.b"].column) == (3, 15)


def test_spans_end_where_the_value_ends(loader: None) -> None:
    text = "a: |\n  one\n\n  two\n\n\n# remark\nb:\n  c: &x 12 # remark\n  d: !!str 7\n\ne:\n"
    document = one(text)
    assert document.value == {"a": "one\n\ntwo\n", "b": {"c": 12, "d": "7"}, "e": None}
    places = {path: document.spans[path].text for path in ("a", "b", "b.c", "b.d", "e")}
    assert places == {
        "a": "|\n  one\n\n  two",
        "b": "c: &x 12 # remark\n  d: !!str 7",
        "b.c": "12",
        "b.d": "7",
        "e": "",
    }
    assert document.plain == {"b.c", "e"}


def test_documents_are_cut_apart_and_know_their_lines(loader: None) -> None:
    text = "# first\na: 1\n---\n# second\nb: 2\n---\n---\n# nothing\n...\n%YAML 1.1\n---\nc: 3\n"
    documents = read(text).value
    assert documents is not None
    assert [document.value for document in documents] == [{"a": 1}, {"b": 2}, {"c": 3}]
    assert [document.source.text for document in documents] == [
        "# first\na: 1\n",
        "---\n# second\nb: 2\n",
        "%YAML 1.1\n---\nc: 3\n",
    ]
    assert [document.keys[key].line for document, key in zip(documents, "abc", strict=True)] == [2, 5, 12]


def test_a_source_that_is_a_part_of_a_file_keeps_its_lines() -> None:
    (document,) = parse(Source("t.j2", "---\nname: x\n", first_line=40)).value or ()
    assert document.keys["name"].line == 41


def test_one_broken_document_hides_no_other(loader: None) -> None:
    text = "a: 1\n---\nb: 'open\n---\nc: \x07\n---\nd: [\n---\ne: 5\n"
    checked = read(text)
    assert [document.value for document in checked.value or ()] == [{"a": 1}, {"e": 5}]
    assert [at(found) for found in checked.diagnostics] == ["F001 3:4", "F002 5:4", "F001 7:4"]


def test_a_document_pickles_small() -> None:
    documents = read("---\n".join(f"name: number {n}\nlist: [1, 2, 3]\n" for n in range(500))).value
    assert documents is not None
    assert len(pickle.dumps(documents[250])) < 2000
    again = pickle.loads(pickle.dumps(documents[250]))
    assert again == documents[250]


@pytest.mark.parametrize("text", ["", "\n\n", "# remarks alone\n", "---\n", "---\n---\n", "~\n", "...\n"])
def test_an_empty_file_is_said_to_be_empty(text: str) -> None:
    assert at(fault(text)).startswith("F009")


def test_a_duplicate_key_points_at_both(loader: None) -> None:
    checked = read("a:\n  b: 1\n  c: 2\n  b: {d: 3}\ne: 4\n")
    (found,) = checked.diagnostics
    assert at(found) == "F003 4:3"
    assert [(r.span.line, r.span.text) for r in found.related] == [(2, "b")]
    (document,) = checked.value or ()
    assert document.value == {"a": {"b": 1, "c": 2}, "e": 4}
    assert "a.b.d" not in document.spans


@pytest.mark.parametrize(
    ("text", "place", "value"),
    [
        ("a: 1\nx: !!python/object/apply:os.system [ls]\n", "F004 2:4", {"a": 1, "x": ("ls",)}),
        ("x: !!python/name:os.system\n", "F004 1:4", {"x": ""}),
        ("x: !wow y\n", "F004 1:4", {"x": "y"}),
        ("x: !!int '3'\n", "F004 1:4", {"x": "3"}),
        ("x: !!binary aGk=\n", "F004 1:4", {"x": "aGk="}),
        ("x: *nobody\n", "F005 1:4", {"x": "*nobody"}),
        ("x: &me [*me]\n", "F005 1:9", {"x": ("*me",)}),
        ("x: &me {y: *me}\n", "F005 1:12", {"x": {"y": "*me"}}),
        ("a: &a {b: 1}\nc:\n  <<: *a\n  d: 2\n", "F005 3:3", {"a": {"b": 1}, "c": {"d": 2}}),
        ("2019: x\nb: 1\n", "F007 1:1", {"b": 1}),
        ("No: {c: [1]}\nb: 1\n", "F007 1:1", {"b": 1}),
        ("? \n: {c: [1]}\nb: 1\n", "F007 1:2", {"b": 1}),
        ("? [a, b]\n: {c: 1}\nb: 1\n", "F007 1:3", {"b": 1}),
        ("a: &k x\n*k : y\nb: 1\n", "F007 2:1", {"a": "x", "b": 1}),
        ("name: {{ x }}\n", "F007 1:8", {"name": {}}),
    ],
)
def test_what_is_refused_leaves_the_rest(text: str, place: str, value: Value, loader: None) -> None:
    checked = read(text)
    assert [at(found) for found in checked.diagnostics] == [place]
    assert [document.value for document in checked.value or ()] == [value]
    assert all(found.hint for found in checked.diagnostics)


def test_an_alias_repeats_a_value_and_its_places(loader: None) -> None:
    document = one("a: &x {b: [No, 2]}\nc: *x\n")
    assert document.value == {"a": {"b": (False, 2)}, "c": {"b": (False, 2)}}
    assert document.spans["c"].text == "*x"
    assert document.spans["c.b.1"] == document.spans["a.b.1"]
    assert document.keys["c.b"].text == "b"
    assert {"a.b.0", "c.b.0"} <= document.plain


def bomb(levels: int) -> str:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]\n"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, levels)]
    return "".join(rows)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    ("text", "code"),
    [
        (bomb(30), "F005"),
        ("[" * 200_000, "F006"),
        ("{a: " * 50_000, "F006"),
        ("- " * 100_000, "F006"),
        ("".join(f"{' ' * n}a:\n" for n in range(300)), "F006"),
        ("a: [" + "x," * 200_000 + "]", "F006"),
    ],
)
def test_a_bomb_is_answered_at_once(text: str, code: str) -> None:
    assert fault(text).code == code


@pytest.mark.timeout(20)
def test_a_file_of_markers_alone_is_answered_at_once() -> None:
    assert fault("...\n" * 100_000).code == "F009"


def test_aliases_do_not_get_round_the_limit_on_depth() -> None:
    text = "a: &x " + "[" * 40 + "1" + "]" * 40 + "\nb: " + "[" * 20 + "*x" + "]" * 20 + "\n"
    assert fault(text).code == "F005"


FAULTS = [
    ("a:\n\tb: 1\n", "2:1", "tab", "spaces"),
    ("a:\n  b: 1\n \tc: 2\n", "3:2", "tab", "spaces"),
    ("a: 1\nname: Bo: the man\n", "2:9", "colon", 'name: "Bo: the man"'),
    ('note: he said: "hi"\n', "1:14", "colon", "'hi'"),
    ("a:1\nb: 2\n", "1:2", "no space", "a: ..."),
    ("a: 1\n  b: 2\n", "2:3", "indented more", "indent"),
    ("a:\n  b: 1\n c: 2\n", "3:2", "line up", "indent"),
    ('name: "Bo\nx: 1\n', "1:7", "never closed", '"'),
    ("name: 'Bo\nx: 1\n", "1:7", "never closed", "'"),
    ("a: 'don't'\n", "1:9", "text follows", "''"),
    ('a: "x" y\n', "1:8", "text follows", "whole value"),
    ("name: [Bo\nx: 1\n", "1:7", "not closed", "]"),
    ("name: {b: 1\nx: 1\n", "1:7", "not closed", "}"),
    ("name: [\n", "1:7", "not closed", "]"),
    ("name: ]\n", "1:7", "cannot begin with ]", "quotes"),
    ("name: {{ x }\n", "1:7", "{{", "quotes"),
    ("a: [1, 2]]\n", "1:10", "text follows", "quotes"),
    ("name: @bo\n", "1:7", "cannot begin with @", "quotes"),
    ("name: `bo`\n", "1:7", "cannot begin with `", "quotes"),
    ("name: *\n", "1:7", "* at the beginning", "quotes"),
    ("name: !a!b c\n", "1:7", "! at the beginning", "quotes"),
    ('a: "c:\\Users"\n', "1:7", "backslash", "single quotes"),
    ("a: 1\nhello\n", "2:1", "no colon", "key: value"),
    ("- a\nb: 2\n", "2:1", "neither an item", "'- '"),
    ("a: - b\n", "1:4", "cannot follow a key", "next line"),
    ("a: |x\n  y\n", "1:5", "text follows the |", "next line"),
    ("%YAML 3.0\n---\na: 1\n", "1:1", "%", "away"),
]


@pytest.mark.parametrize(("text", "place", "says", "hint"), FAULTS)
def test_broken_yaml_is_explained_once(text: str, place: str, says: str, hint: str, loader: None) -> None:
    found = fault(text)
    assert at(found) == f"F001 {place}"
    assert says in found.message
    assert found.hint is not None
    assert hint in found.hint


@pytest.mark.parametrize("character", ["\x07", "\x00", "\x1b", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffe", "\ud800"])
def test_a_forbidden_character_is_named_with_its_place(character: str) -> None:
    found = fault(f"# 🎈\na: b{character}c\n")
    assert at(found) == "F002 2:5"
    assert f"U+{ord(character):04X}" in found.message


def inside(span: Span) -> bool:
    return 0 <= span.start <= span.end <= len(span.source.text)


def check_places(checked: Checked[tuple[Document, ...]], source: Source) -> None:
    assert checked.value or checked.diagnostics
    for found in checked.diagnostics:
        assert found.span is not None
        assert inside(found.span)
        assert all(inside(related.span) for related in found.related)
    lines = source.text.split("\n")
    for document in checked.value or ():
        assert set(document.keys) | document.plain <= set(document.spans)
        for span in (*document.spans.values(), *document.keys.values()):
            assert inside(span)
            assert lines[span.line - 1] == document.source.line_text(span.line)


@settings(max_examples=400, deadline=None)
@given(strategies.YAMLISH)
@example("\ud800")
@example("---")
@example("...\n---\n...")
@example("? &a\n: *a")
@example("? 00\n---")
def test_no_text_is_too_much(text: str) -> None:
    source = Source("f.yaml", text)
    check_places(parse(source), source)


@settings(max_examples=100, deadline=None)
@given(strategies.YAMLISH)
def test_no_text_is_too_much_for_the_other_parser(text: str) -> None:
    before: Callable[[], object] = build._loader
    build._loader = lambda: yaml.SafeLoader
    try:
        source = Source("f.yaml", text)
        check_places(parse(source), source)
    finally:
        build._loader = before


@settings(max_examples=150, deadline=None)
@given(strategies.documents())
def test_what_is_written_is_read_and_each_place_says_its_value(drawn: tuple[str, dict[str, Value]]) -> None:
    text, tree = drawn
    document = one(text)
    assert document.value == tree
    for path, span in document.spans.items():
        assert parse_part(span) == value_at(tree, path)


def parse_part(span: Span) -> Value:
    """Read a value again from its own characters, put at its column."""
    documents = read(" " * (span.column - 1) + span.text + "\n").value
    return documents[0].value if documents else None


def value_at(tree: Value, path: str) -> Value:
    for step in path.split(".") if path else ():
        tree = tree[step] if isinstance(tree, dict) else tree[int(step)]  # type: ignore[index]
    return tree
