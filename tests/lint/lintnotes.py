"""Notes, letters and templates for the tests of lint, made without the stages that make them in earnest."""

import re
from typing import Any

from notegen.facts.schema import STANDARD
from notegen.lint import Context
from notegen.model.diagnostic import Diagnostic
from notegen.model.facts import Facts
from notegen.model.note import Note, Piece
from notegen.model.source import Source, Span
from notegen.model.template import Template
from notegen.yamlsource import parse

SCHEMA = STANDARD
_HOLE = re.compile(r"\{\{ *([\w.]+) *\}\}")


def facts(text: str, key: str = "ana") -> Facts:
    """Read one customer's facts, with a place for every value."""
    document = parse(Source(f"facts/{key}.yaml", text)).value[0]  # type: ignore[index]
    tree: Any = document.value
    return Facts(key, document.source, tree, document.spans)


def template(text: str, *, fallback: bool = False, purpose: str | None = None, occasion: str | None = None) -> Template:
    """Make a template as if it had front matter."""
    source = Source("templates/thanks.j2", text)
    return Template("thanks", source, fallback=fallback, purpose=purpose, occasion=occasion)


def compose(made: Template, known: Facts) -> Note:
    """Print the facts that a template of text and `{{ path }}` alone names."""
    source, done = made.source, made.body
    parts: list[tuple[str, Span, tuple[str, ...]]] = []
    for hole in _HOLE.finditer(source.text, done):
        parts.append((source.text[done : hole.start()], Span(source, done, hole.start()), ()))
        parts.append((str(known.get(hole[1])), Span(source, hole.start(1), hole.end(1)), (hole[1],)))
        done = hole.end()
    parts.append((source.text[done:], Span(source, done, len(source.text)), ()))
    pieces, length = [], 0
    for words, origin, reads in parts:
        if words:
            pieces.append(Piece(length, length + len(words), origin, reads))
            length += len(words)
    return Note(known.key, made.name, "".join(words for words, _, _ in parts), tuple(pieces))


def context(made: Template, known: Facts) -> Context:
    """Return what is known about a note of this template for this customer."""
    return Context(known, SCHEMA, made)


def places(found: tuple[Diagnostic, ...]) -> list[tuple[str, int, int, str]]:
    """Return file, line, column and code of each finding."""
    return [(one.span.source.name, one.span.line, one.span.column, one.code) for one in found if one.span]


def codes(found: tuple[Diagnostic, ...]) -> list[str]:
    """Return the code of each finding."""
    return [one.code for one in found]
