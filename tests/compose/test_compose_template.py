"""Reading templates: front matter, syntax errors in plain words, includes found and missing, circles."""

from __future__ import annotations

from pathlib import Path

import pytest
from composing import ANA, SCHEMA, parsed, words

from notegen.compose import compose, load, parse
from notegen.compose.check import check
from notegen.errors import UnreadableFile
from notegen.model.diagnostic import Diagnostic
from notegen.model.source import Source
from notegen.resources import data_folder

FRONT = """\
---
name: same-day
occasion: the day of the sale
purpose: thanks
stock: us-a2
hand: quick-ballpoint
locale: en_GB
requires: [sale.date, remember.0]
fallback: true
---
Dear Ana,
"""


def first(text: str, **library: str) -> Diagnostic:
    """Return the only finding of reading a template."""
    sources = {f"{name}.j2": Source(f"{name}.j2", one) for name, one in library.items()}
    (only,) = parse(Source("t.j2", text), sources).diagnostics
    return only


def test_front_matter() -> None:
    """Every key is read, has a place in the file, and the body begins after the second line of dashes."""
    read = parse(Source("templates/same-day-thanks.j2", FRONT))
    template = read.value
    assert template is not None and read.ok
    assert (template.name, template.occasion, template.stock, template.hand, template.locale, template.fallback) == (
        "same-day",
        "the day of the sale",
        "us-a2",
        "quick-ballpoint",
        "en_GB",
        True,
    )
    assert template.purpose == "thanks"
    assert template.requires == ("sale.date", "remember.0")
    assert FRONT[template.body :] == "Dear Ana,\n"
    assert template.places["stock"].text == "us-a2"
    assert str(template.places["requires.1"]) == "templates/same-day-thanks.j2:8:23"


def test_no_front_matter() -> None:
    """The name is then that of the file, and an empty one is as good as none."""
    for text in ("hello", "---\n---\nhello", "---\n# nothing\n---\nhello"):
        template = parse(Source("x/plain.j2", text)).value
        assert template is not None
        assert (template.name, text[template.body :]) == ("plain", "hello")


@pytest.mark.parametrize(
    ("front", "span", "hint"),
    [
        ("require: [sale.item]", "require", "did you mean requires?"),
        ("colour: red", "colour", "the keys are"),
        ("requires: sale.item", "sale.item", "write [sale.item]"),
        ("requires: [sale item]", "sale item", "with dots"),
        ("requires: [3]", "3", "with dots"),
        ("fallback: maybe", "maybe", None),
        ("purpose: birthdy", "birthdy", "did you mean birthday?"),
        ("purpose: sales pitch", "sales pitch", "the purposes are"),
        ("name: [a]", "[a]", None),
        ("name: '  '", "'  '", None),
        ("locale: en_XX_YY_ZZ", "en_XX_YY_ZZ", "en_US"),
        ("- a", "- a\n", None),
    ],
)
def test_wrong_front_matter(front: str, span: str, hint: str | None) -> None:
    """What is unknown or of the wrong kind is an error at its characters; the rest is read."""
    found = first(f"---\n{front}\n---\nhello")
    assert found.code == "T002"
    assert found.span is not None and found.span.text == span
    assert hint is None or (found.hint is not None and hint in found.hint)


def test_broken_front_matter_keeps_its_lines() -> None:
    """An error of YAML points into the template, and a fence that is never closed is said to be."""
    read = parse(Source("t.j2", "---\nname: ok\nstock: [a\n---\nhello"))
    assert read.value is None
    assert read.diagnostics[0].span is not None and read.diagnostics[0].span.line in (3, 4)
    assert parsed("---\nname: x\nhello") == [("T002", "---")]
    assert parsed("---\nname: a\nname: b\n---\nx")[0][1] == "name"


@pytest.mark.parametrize(
    ("text", "span", "message", "hint"),
    [
        ("a {% if sale.item %}b", "{% if sale.item %}", "if %} is never closed", "{% endif %}"),
        ("{% for s in sales %}{% if s %}{% endfor %}", "endfor", "no open", ""),
        ("a {% endif %}", "endif", "no open {% if %}", ""),
        ("{% inclde 'x' %}", "inclde", "no tag called inclde", "{% include %}"),
        ("{% else %}", "else", "no open {% if %}", ""),
        ("a\n  {{ sale.item\nb", "{{ sale.item", "never closed", "}}"),
        ("{{ sale.item }", "{{ sale.item }", "never closed", "}}"),
        ("{% if sale.item\nb{% endif %}", "{% if sale.item", "never closed", "%}"),
        ("{{ if sale.item }}", "sale", "if is a tag", "{% if ... %}"),
        ("{{ }}", "{{ }}", "nothing between", ""),
        ("{{ sale item }}", "item", "'item' is not expected", "join words with ~"),
        ("{{ “sale” }}", "“", "means nothing", "straight quotes"),
        ("{{ a & b }}", "&", "means nothing", ""),
        ("{# never", "{#", "comment is never closed", "#}"),
        ("{% raw %} never", "{%", "raw %} is never closed", "{% endraw %}"),
        ("{% if = %}{% endif %}", "=", "", ""),
        ("{{ sale.item | }}", "}}", "", ""),
        ("{% for in sales %}{% endfor %}", "sales", "here in is expected", ""),
        ("{% autoescape true %}x{% endautoescape %}", "autoescape", "not part of note templates", ""),
        ("{% do x %}", "do", "not part of note templates", ""),
        ("{% block b %}{% endblock %}{% block b %}{% endblock %}", "block", "", ""),
        ("{% macro m(a, a) %}{% endmacro %}", "a", "two arguments", "rename"),
    ],
)
def test_syntax_errors(text: str, span: str, message: str, hint: str) -> None:
    """Each is one diagnostic at its characters, in words for whoever wrote it, with what to do."""
    read = parse(Source("t.j2", text))
    found = read.diagnostics
    if read.value is not None:
        found = check(read.value, SCHEMA)
    assert [one.code for one in found] == ["T001"]
    assert found[0].span is not None
    assert (found[0].span.text, message in found[0].message, hint in (found[0].hint or "")) == (span, True, True), (
        found[0]
    )


@pytest.mark.parametrize(
    "text",
    [
        "{{ " + "(" * 900 + "1" + ")" * 900 + " }}",
        "{% if a %}" * 400 + "{% endif %}" * 400,
        "{% for a in b %}" * 30 + "{% endfor %}" * 30,
        "{{ " + "9" * 5000 + " }}",
        "{{ " + "-" * 3000 + "1 }}",
        "{{ 'a'" + " ~ 'a'" * 3000 + " }}",
    ],
)
def test_deep_nesting_is_no_traceback(text: str) -> None:
    """A template that Python cannot read or compile gives diagnostics, or a note."""
    read = parse(Source("t.j2", text))
    if read.value is None:
        assert [one.code for one in read.diagnostics] == ["T001"]
    else:
        made = compose(ANA, read.value, SCHEMA)
        assert made.value is not None or made.diagnostics


def test_includes() -> None:
    """A missing file is reported at its name, with the nearest one; a name must be written out."""
    assert parsed('{% include "_signatur.j2" %}', _signature="x") == [("T011", '"_signatur.j2"')]
    assert "_signature.j2" in (first('{% include "_signatur.j2" %}', _signature="x").hint or "")
    assert parsed("{% include sale.item %}") == [("T011", "sale")]
    assert parsed('{% include "x.j2" ignore missing %}{% extends "y.j2" %}') == [("T011", '"y.j2"')]
    assert parsed('{% include "a.j2" %}', a='{% import "b.j2" as b %}') == [("T011", '"b.j2"')]
    assert parsed('{% include "a.j2" %}', a="{% if %}")[0][0] == "T001"


def test_circles() -> None:
    """Files that use each other in a circle, and one that uses itself, are found without rendering."""
    assert parsed('{% include "a.j2" %}', a='{% include "b.j2" %}', b='{% include "a.j2" %}') == [("T012", '"a.j2"')]
    assert parsed('{% include "t.j2" %}') == [("T012", '"t.j2"')]
    assert parsed('{% include "a.j2" %}{% include "b.j2" %}', a='{% include "b.j2" %}', b="x") == []
    ladder = {f"r{i}": f'{{% include "r{i + 1}.j2" %}}' * 2 for i in range(40)} | {"r40": "x"}
    assert parsed('{% include "r0.j2" %}', **ladder) == []
    assert "t.j2 uses a.j2 uses t.j2" in first('{% include "a.j2" %}', a='{% include "t.j2" %}').message


def test_load(tmp_path: Path) -> None:
    """Files are looked for beside the template, then in the search folders, never outside of them."""
    own, library = tmp_path / "own", tmp_path / "library"
    own.mkdir()
    library.mkdir()
    (own / "t.j2").write_text('{% include "_a.j2" %} {% include "_b.j2" %}')
    (own / "_a.j2").write_text("own a")
    (library / "_a.j2").write_text("library a")
    (library / "_b.j2").write_text("---\noccasion: none\n---\nlibrary b")
    read = load(own / "t.j2", search=[library], name="t.j2")
    assert read.value is not None and read.ok
    made = compose(ANA, read.value, SCHEMA).value
    assert made is not None
    assert made.text == "own a library b"
    assert [piece.origin.source.name for piece in made.pieces if piece.end - piece.start > 1] == [
        str(own / "_a.j2"),
        str(library / "_b.j2"),
    ]
    (own / "t.j2").write_text('{% include "../library/_b.j2" %}')
    assert [one.code for one in load(own / "t.j2").diagnostics] == ["T011"]
    (own / "_c.j2").write_text('{% include "t.j2" %}')
    (own / "t.j2").write_text('{% include "_c.j2" %}')
    assert [one.code for one in load(own / "t.j2").diagnostics] == ["T012"]
    with pytest.raises(UnreadableFile):
        load(own / "absent.j2")


def test_line_ends_do_not_matter(tmp_path: Path) -> None:
    """A file from Windows gives the same note and the same places."""
    path = tmp_path / "t.j2"
    path.write_bytes("\ufeffDear {{ customer.name }},\r\n\r\nhello\r\n{% if true %}\r\nyou\r\n{% endif %}\r\n".encode())
    read = load(path).value
    assert read is not None
    made = compose(ANA, read, SCHEMA).value
    assert made is not None
    assert made.text == "Dear Ana Reyes,\n\nhello\nyou"
    assert made.text == words("Dear {{ customer.name }},\n\nhello\n{% if true %}\nyou\n{% endif %}\n")


@pytest.mark.parametrize("path", sorted(data_folder("templates").glob("[!_]*.j2")), ids=lambda path: path.name)
def test_the_library_is_sound(path: Path) -> None:
    """Every template that we ship reads, compiles and names only facts that there are."""
    read = load(path)
    assert read.value is not None and not read.diagnostics
    assert check(read.value, SCHEMA) == ()
