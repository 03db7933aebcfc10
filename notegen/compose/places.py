"""Where the parts of a template stand: tokens with offsets, and whole lines of tags that leave nothing behind.

Jinja keeps a line number for each node and no column. Here each token's "line number" is its offset in the body plus
one, which Jinja copies into every node without looking at it; so nodes, errors and the traceback's table of lines all
say exactly where they stand.

Whitespace. A line that holds tags and comments alone vanishes with its line feed, as with `trim_blocks`. A tag that
ends a line of words does not glue the next line to it, which `trim_blocks` would. A line that is one
`{% if %}...{% endif %}` without an `else` vanishes when nothing of it is printed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from jinja2.exceptions import TemplateSyntaxError


class Token(NamedTuple):
    """A raw token of Jinja's lexer, at characters start..end of a body."""

    start: int
    end: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Tag:
    """`{{ ... }}` or `{% ... %}`: its whole, its inside without spaces, and its first word."""

    kind: str
    start: int
    end: int
    inner: tuple[int, int]
    word: str


@dataclass(slots=True)
class Places:
    """The tokens and tags of one body, in order."""

    body: str
    tokens: list[Token] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)

    def tag_at(self, offset: int) -> Tag | None:
        """Return the tag that an offset is inside of."""
        index = bisect_right(self.tags, offset, key=lambda tag: tag.start) - 1
        return self.tags[index] if index >= 0 and offset < self.tags[index].end else None

    def index_at(self, offset: int) -> int:
        """Return the index of the token at or before an offset, -1 before the first."""
        return bisect_right(self.tokens, offset, key=lambda token: token.start) - 1

    def token_at(self, offset: int) -> Token | None:
        """Return the token that begins at or before an offset."""
        index = self.index_at(offset)
        return self.tokens[index] if index >= 0 else None

    def word_after(self, offset: int) -> Token | None:
        """Return the first token after the one at an offset that is not a space."""
        for token in self.tokens[self.index_at(offset) + 1 :]:
            if token.kind != "whitespace":
                return token
        return None


def placed(body: str, raw: Iterable[tuple[int, str, str]], places: Places) -> Iterator[tuple[int, str, str]]:
    """Note in `places` where each raw token stands and yield it with its offset plus one for a line number."""
    at = 0
    try:
        for _, kind, text in raw:
            at = body.find(text, at)
            places.tokens.append(Token(at, at + len(text), kind, text))
            at += len(text)
    except TemplateSyntaxError as error:
        error.lineno = at + 1 + len(body[at:]) - len(body[at:].lstrip())
        raise
    places.tags.extend(_tags(places.tokens))
    kept = set(_kept_line_feeds(places))
    for token in places.tokens:
        if ("before", token.start) in kept and token.kind == "block_begin":
            yield token.start + 1, "data", "\n"
        yield token.start + 1, token.kind, token.text
        if ("after", token.end) in kept and token.kind in _ENDS:
            yield token.end, "data", "\n"


_ENDS = ("block_end", "comment_end", "raw_end")
_PAIRS = {"variable_begin": "variable_end", "block_begin": "block_end", "comment_begin": "comment_end"}


def _tags(tokens: list[Token]) -> Iterator[Tag]:
    begin: Token | None = None
    inside: list[Token] = []
    for token in tokens:
        if token.kind in ("raw_begin", "raw_end"):
            yield Tag("block", token.start, token.end, (token.start, token.end), token.kind)
        elif token.kind in _PAIRS:
            begin, inside = token, []
        elif begin is not None and token.kind == _PAIRS[begin.kind]:
            inner = (inside[0].start, inside[-1].end) if inside else (begin.end, begin.end)
            word = inside[0].text if inside else ""
            yield Tag(begin.kind.removesuffix("_begin"), begin.start, token.end, inner, word)
            begin = None
        elif begin is not None and token.kind != "whitespace":
            inside.append(token)


def _kept_line_feeds(places: Places) -> Iterator[tuple[str, int]]:
    """Yield before and after which offsets a line feed that the lexer took away is to be given back."""
    silent = [tag for tag in places.tags if tag.kind != "variable"]
    for tag in silent:
        if not places.body[tag.start : tag.end].endswith("}\n"):
            continue
        line = _line_of(places.body, tag, silent)
        if not _words(places.body, line, silent):
            continue
        branches = _inside_branches(places.body, line, silent)
        yield from (("before", at) for at in branches) if branches else (("after", tag.end),)


def _line_of(body: str, tag: Tag, silent: list[Tag]) -> tuple[int, int]:
    """Return the line that a tag ends, with the lines above that run on into it inside a tag."""
    start = body.rfind("\n", 0, tag.end - 1) + 1
    for other in reversed(silent):
        if other.start < start < other.end:
            start = body.rfind("\n", 0, other.start) + 1
    return start, tag.end


def _words(body: str, line: tuple[int, int], silent: list[Tag]) -> bool:
    """Return whether anything but silent tags and spaces stands on a line."""
    at, end = line
    for tag in silent:
        if at <= tag.start < end:
            if body[at : tag.start].strip():
                return True
            at = tag.end
    return bool(body[at:end].strip())


def _inside_branches(body: str, line: tuple[int, int], silent: list[Tag]) -> tuple[int, ...]:
    """Return where the branches of a line end, when the line is a single `if` without an `else`."""
    tags = [tag for tag in silent if line[0] <= tag.start < line[1] and tag.kind == "block"]
    if not tags or tags[0].word != "if" or body[line[0] : tags[0].start].strip():
        return ()
    depth = 0
    ends: list[int] = []
    for tag in tags:
        if depth == 0 and tag is not tags[0]:
            return ()
        depth += tag.word in ("if", "for")
        if depth == 1 and tag.word in ("elif", "endif"):
            ends.append(tag.start)
        if depth == 1 and tag.word == "else":
            return ()
        depth -= tag.word in ("endif", "endfor")
    plain = all(not body.startswith(("{%-", "{%+"), at) for at in ends)
    return tuple(ends) if depth == 0 and tags[-1].end == line[1] and plain else ()
