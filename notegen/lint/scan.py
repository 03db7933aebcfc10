"""The words of a template without rendering it: every branch is read at least once, each word at its own place.

A small scanner of `{{ }}`, `{% %}`, `{# #}` and raw blocks, so that lint does not need Jinja. A template becomes a few
readings, each one way through its conditions, chosen so that together they cover every branch, with what stands
around it. An expression shows as the character HOLE. White space is cut as compose cuts it: a line of tags and comments
alone leaves nothing behind. A template that Jinja would refuse is read as far as it makes sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final, TypeAlias

from notegen.model.note import Note, Piece
from notegen.model.source import Source, Span
from notegen.model.template import Template

HOLE: Final = "\ufffc"
"""What stands for an expression whose words are not known; no phrase has it, and it is neither space nor letter."""
MOST: Final = 64
"""Readings of one template beyond which branches stay unread."""
DEEPEST: Final = 40
"""Levels of nested conditions beyond which a condition is read as if it were not there."""

_OPEN: Final = re.compile(r"\{\{|\{%|\{#")
_TAG: Final = re.compile(r"\{%[-+]?\s*(\w*)")
_ENDRAW: Final = re.compile(r"\{%[-+]?\s*endraw\s*[-+]?%\}")
_INSIDE: Final = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[-+]?(?:\}\}|%\})""", re.DOTALL)
_FRONT: Final = re.compile(r"---[ \t]*\n(?:.*\n)*?---[ \t]*(?:\n|$)")


@dataclass(frozen=True, slots=True)
class _Token:
    """A stretch of a template: `kind` is text, hole, comment, or the name of a tag."""

    kind: str
    start: int
    end: int


@dataclass(slots=True)
class _Fork:
    """A condition or loop; each branch has a number in the whole template."""

    branches: list[tuple[int, list[_Node]]] = field(default_factory=list)
    has_else: bool = False


_Node: TypeAlias = "_Token | _Fork"


def readings(template: Template) -> Iterator[Note]:
    """Yield the ways through a template, then those through each source that it takes in."""
    yield from _ways(template.name, template.source, template.body)
    for name, source in template.library.items():
        front = _FRONT.match(source.text)
        yield from _ways(name, source, front.end() if front else 0)


def _ways(name: str, source: Source, body: int) -> Iterator[Note]:
    tokens = _trimmed(source.text, list(_tokens(source.text, body)))
    tree = _tree(tokens)
    seen: set[int] = set()
    for _ in range(MOST):
        yield _note(name, source, _walk(tree, seen))
        if not any(_is_fresh(node, seen) for node in tree):
            return


def _tokens(text: str, start: int) -> Iterator[_Token]:
    while (opening := _OPEN.search(text, start)) is not None:
        yield _Token("text", start, opening.start())
        kind, end = _kind_and_end(text, opening)
        if kind == "raw":
            closing = _ENDRAW.search(text, end)
            inner = closing.start() if closing else len(text)
            yield _Token("comment", opening.start(), end)
            yield _Token("text", end, inner)
            yield _Token("comment", inner, closing.end() if closing else inner)
            end = closing.end() if closing else inner
        else:
            yield _Token(kind, opening.start(), end)
        start = end
    yield _Token("text", start, len(text))


def _kind_and_end(text: str, opening: re.Match[str]) -> tuple[str, int]:
    if opening[0] == "{#":
        end = text.find("#}", opening.end())
        return "comment", len(text) if end < 0 else end + 2
    sign = "}}" if opening[0] == "{{" else "%}"
    end = next((m.end() for m in _INSIDE.finditer(text, opening.end()) if m[0].endswith(sign)), len(text))
    tag = _TAG.match(text, opening.start())
    return (tag[1] if tag else "hole"), end


def _trimmed(text: str, tokens: list[_Token]) -> list[_Token]:
    """Return the tokens with the text between tags cut as Jinja cuts it."""
    cut = list(tokens)
    for index, (before, after) in enumerate(pairwise(tokens)):
        if before.kind == "text":
            cut[index] = replace(cut[index], end=max(cut[index].start, _cut_end(text, before, after)))
        elif after.kind == "text":
            cut[index + 1] = replace(after, start=min(after.end, _cut_start(text, tokens, index)))
    return [token for token in cut if token.kind != "text" or token.start < token.end]


def _cut_end(text: str, words: _Token, tag: _Token) -> int:
    mark = text[tag.start + 2 : tag.start + 3]
    stretch = text[words.start : words.end]
    if mark == "-":
        return words.start + len(stretch.rstrip())
    if tag.kind == "hole" or mark == "+":
        return words.end
    bare = stretch.rstrip(" \t")
    return words.start + len(bare) if not bare or bare.endswith("\n") else words.end


def _stands_alone(text: str, tokens: Sequence[_Token], index: int) -> bool:
    """Return whether nothing but tags, comments and spaces stands on the line before the end of a tag."""
    for token in reversed(tokens[: index + 1]):
        if token.kind == "hole":
            return False
        if token.kind == "text":
            _, line_feed, line = text[token.start : token.end].rpartition("\n")
            if line.strip():
                return False
            if line_feed:
                return True
    return True


def _cut_start(text: str, tokens: Sequence[_Token], index: int) -> int:
    """Return where the words after the tag at an index begin."""
    tag, words = tokens[index], tokens[index + 1]
    mark = text[max(tag.start, tag.end - 3) : tag.end - 2]
    stretch = text[words.start : words.end]
    if mark == "-":
        return words.end - len(stretch.lstrip())
    if mark != "+" and stretch.startswith("\n") and _stands_alone(text, tokens, index):
        return words.start + 1
    return words.start


def _tree(tokens: Iterable[_Token]) -> list[_Node]:
    root: list[_Node] = []
    stack: list[tuple[_Fork | None, list[_Node]]] = [(None, root)]
    for number, token in enumerate(tokens):
        fork, here = stack[-1]
        if token.kind in ("if", "for"):
            stack.append(_opened(number, here, len(stack)))
        elif token.kind in ("elif", "else") and fork is not None:
            fork.branches.append((number, []))
            fork.has_else = fork.has_else or token.kind == "else"
            stack[-1] = (fork, fork.branches[-1][1])
        elif token.kind in ("endif", "endfor") and len(stack) > 1:
            stack.pop()
            if fork is not None and not fork.has_else:
                fork.branches.append((number, []))
        elif token.kind in ("text", "hole", "include"):
            here.append(token)
    return root


def _opened(number: int, here: list[_Node], depth: int) -> tuple[_Fork | None, list[_Node]]:
    """Return a new condition and its first branch; none when it is nested too deep."""
    if depth > DEEPEST:
        return None, here
    made = _Fork([(number, [])])
    here.append(made)
    return made, made.branches[0][1]


def _walk(nodes: Sequence[_Node], seen: set[int]) -> Iterator[_Token]:
    """Yield the tokens of one way, taking a branch not yet seen wherever there is one."""
    for node in nodes:
        if isinstance(node, _Token):
            yield node
            continue
        number, branch = next((one for one in node.branches if _is_fresh_branch(*one, seen)), node.branches[0])
        seen.add(number)
        yield from _walk(branch, seen)


def _is_fresh(node: _Node, seen: set[int]) -> bool:
    return isinstance(node, _Fork) and any(_is_fresh_branch(*one, seen) for one in node.branches)


def _is_fresh_branch(number: int, nodes: Sequence[_Node], seen: set[int]) -> bool:
    return number not in seen or any(_is_fresh(node, seen) for node in nodes)


def _note(name: str, source: Source, tokens: Iterable[_Token]) -> Note:
    parts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for token in tokens:
        words = source.text[token.start : token.end] if token.kind == "text" else HOLE
        parts.append(words)
        pieces.append(Piece(length, length + len(words), Span(source, token.start, token.end)))
        length += len(words)
    return Note(name, name, "".join(parts), tuple(pieces))
