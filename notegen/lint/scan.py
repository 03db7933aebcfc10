"""The parts of a template without rendering it: words, expressions and tags, each at its own place.

A small scanner of `{{ }}`, `{% %}`, `{# #}` and raw blocks, so that lint does not need Jinja. White space is cut as
compose cuts it: a line of tags and comments alone leaves nothing behind. Where an expression may print words that stand
in quotes in it (`'recent' if x else 'first'`, `x or 'friend'`, `x | default('friend')`), or a variable that was set to
such words, the token lists them. A template that Jinja would refuse is read as far as it makes sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from notegen.model.source import Source

_OPEN: Final = re.compile(r"\{\{|\{%|\{#")
_TAG: Final = re.compile(r"\{%[-+]?\s*(\w*)")
_ENDRAW: Final = re.compile(r"\{%[-+]?\s*endraw\s*[-+]?%\}")
_INSIDE: Final = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[-+]?(?:\}\}|%\})""", re.DOTALL)
_FRONT: Final = re.compile(r"---[ \t]*\n(?:.*\n)*?---[ \t]*(?:\n|$)")


_WORDS: Final = r"""('[^'\\]*'|"[^"\\]*")"""
_IF_ELSE: Final = re.compile(rf"\s*{_WORDS}\s+if\b.*?\belse\s+{_WORDS}\s*", re.DOTALL)
_IF: Final = re.compile(rf"\s*{_WORDS}\s+if\b(?!.*\belse\b)", re.DOTALL)
_ALONE: Final = re.compile(rf"\s*{_WORDS}\s*")
_STAND_IN: Final = re.compile(rf"(?:^\s*{_WORDS}\s+if\b|\b(?:else|or)\s+{_WORDS}|\|\s*(?:default|d)\s*\(\s*{_WORDS})")
_SET: Final = re.compile(r"\{%[-+]?\s*set\s+(\w+)\s*=(.*?)[-+]?%\}", re.DOTALL)
_INCLUDED: Final = re.compile(rf"\{{%[-+]?\s*include\s+{_WORDS}")
_NAME: Final = re.compile(r"\s*(\w+)\s*")


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a template: `kind` is text, hole, comment, or the name of a tag.

    `options` are the places of the words in quotes that a hole may print; an empty place is that it prints nothing.
    `open` says whether it may print something else as well. `name` is the file that an include takes in.
    """

    kind: str
    start: int
    end: int
    options: tuple[tuple[int, int], ...] = ()
    open: bool = True
    name: str = ""


def tokens(source: Source, start: int) -> list[Token]:
    """Return the tokens of a template or a part of one from an offset on, with white space cut as compose cuts it."""
    text = source.text
    known: dict[str, Token] = {}
    return _trimmed(text, [_explained(text, one, known) for one in _tokens(text, start)])


def _explained(text: str, token: Token, known: dict[str, Token]) -> Token:
    """Return a hole with the words that it may print, an include with the file it names; notes what is set."""
    if token.kind == "hole":
        start = token.start + 2 + (text[token.start + 2 : token.start + 3] in ("-", "+"))
        end = token.end - 2 - (text[token.end - 3 : token.end - 2] in ("-", "+"))
        named = _NAME.fullmatch(text[start:end])
        if named and named[1] in known:
            return replace(known[named[1]], kind="hole", start=token.start, end=token.end)
        return _printing(text, token, start, end)
    if token.kind == "set" and (setting := _SET.match(text, token.start, token.end)):
        made = _printing(text, token, *setting.span(2))
        before = known.get(setting[1])
        options = dict.fromkeys((*(before.options if before else ()), *made.options))
        known[setting[1]] = replace(made, options=tuple(options), open=made.open or bool(before and before.open))
    if token.kind == "include" and (taken := _INCLUDED.match(text, token.start, token.end)):
        return replace(token, name=taken[1][1:-1])
    return token


def _printing(text: str, token: Token, start: int, end: int) -> Token:
    """Return a token with the places of the words that an expression at start..end may print."""
    inner = text[start:end]
    for form, nothing in ((_ALONE, False), (_IF_ELSE, False), (_IF, True)):
        whole = form.match(inner) if nothing else form.fullmatch(inner)
        if whole is not None:
            places = [whole.span(number) for number in range(1, whole.re.groups + 1)]
            options = tuple((start + first + 1, start + last - 1) for first, last in places)
            return replace(token, options=(*options, (start, start)) if nothing else options, open=False)
    found = [match.span(match.lastindex or 0) for match in _STAND_IN.finditer(inner)]
    return replace(token, options=tuple((start + first + 1, start + last - 1) for first, last in found))


def _tokens(text: str, start: int) -> Iterator[Token]:
    while (opening := _OPEN.search(text, start)) is not None:
        yield Token("text", start, opening.start())
        kind, end = _kind_and_end(text, opening)
        if kind == "raw":
            closing = _ENDRAW.search(text, end)
            inner = closing.start() if closing else len(text)
            yield Token("comment", opening.start(), end)
            yield Token("text", end, inner)
            yield Token("comment", inner, closing.end() if closing else inner)
            end = closing.end() if closing else inner
        else:
            yield Token(kind, opening.start(), end)
        start = end
    yield Token("text", start, len(text))


def _kind_and_end(text: str, opening: re.Match[str]) -> tuple[str, int]:
    if opening[0] == "{#":
        end = text.find("#}", opening.end())
        return "comment", len(text) if end < 0 else end + 2
    sign = "}}" if opening[0] == "{{" else "%}"
    end = next((m.end() for m in _INSIDE.finditer(text, opening.end()) if m[0].endswith(sign)), len(text))
    tag = _TAG.match(text, opening.start())
    return (tag[1] if tag else "hole"), end


def _trimmed(text: str, tokens: list[Token]) -> list[Token]:
    """Return the tokens with the text between tags cut as Jinja cuts it."""
    cut = list(tokens)
    for index, (before, after) in enumerate(pairwise(tokens)):
        if before.kind == "text":
            cut[index] = replace(cut[index], end=max(cut[index].start, _cut_end(text, before, after, first=index == 0)))
        elif after.kind == "text":
            cut[index + 1] = replace(after, start=min(after.end, _cut_start(text, tokens, index)))
    return [token for token in cut if token.kind != "text" or token.start < token.end]


def _cut_end(text: str, words: Token, tag: Token, *, first: bool) -> int:
    """Return where the words before a tag end; `first` says that they begin the text, and so a line."""
    mark = text[tag.start + 2 : tag.start + 3]
    stretch = text[words.start : words.end]
    if mark == "-":
        return words.start + len(stretch.rstrip())
    if tag.kind == "hole" or mark == "+":
        return words.end
    bare = stretch.rstrip(" \t")
    return words.start + len(bare) if bare.endswith("\n") or (first and not bare) else words.end


def _stands_alone(text: str, tokens: Sequence[Token], index: int) -> bool:
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


def _cut_start(text: str, tokens: Sequence[Token], index: int) -> int:
    """Return where the words after the tag at an index begin."""
    tag, words = tokens[index], tokens[index + 1]
    mark = text[max(tag.start, tag.end - 3) : tag.end - 2]
    stretch = text[words.start : words.end]
    if mark == "-":
        return words.end - len(stretch.lstrip())
    if mark != "+" and stretch.startswith("\n") and _stands_alone(text, tokens, index):
        return words.start + 1
    return words.start
