"""Content streams cut into operators and operands, quickly: one regular expression, no objects.

A run of glyphs that each have a matrix (`a b c d e f Tm <code> Tj`, how handwriting is set) is one token: that is most
of a page of handwriting, and is read as a block. Numbers and rows of bytes are matched possessively (`++`): a row of
ten thousand digits that ends badly must not be tried in every way in which it can be cut.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

Operand: TypeAlias = "float | str | bytes | list[Operand] | dict[str, Operand] | bool | None"

GLYPHS: Final = "glyphs"
"""The name that a run of glyphs goes by instead of an operator."""
BAD: Final = "\0bad"
"""The name that bytes which are no token go by."""
INLINE: Final = "BI"

DEEPEST: Final = 64
"""Arrays and dictionaries in each other; deeper ones are damage."""

_NUMBER: Final = rb"[+-]?(?:\d++(?:\.\d*+)?|\.\d++)"
_PLAIN_NUMBER: Final = rb"-?(?:\d++(?:\.\d*+)?|\.\d++)"
_SPACE: Final = rb"[\0\t\n\f\r ]"
_TOKEN: Final = re.compile(
    _SPACE + rb"*(?:((?:(?:" + _PLAIN_NUMBER + rb" ){5}" + _PLAIN_NUMBER + rb" Tm ?<[0-9A-Fa-f]++> ?Tj[\n\r ]*+)++)"
    rb"|(" + _NUMBER + rb")(?=[\0\t\n\f\r /<>\[\]()%A-Za-z'\"]|\Z)"
    rb"|([A-Za-z'\"][A-Za-z0-9*'\"]*)"
    rb"|/(\w+<</ActualText(?:\([^()\\]*\)|<[0-9A-Fa-f]*>)>>BDC)"
    rb"|/([^\0\t\n\f\r /<>\[\](){}%]*)"
    rb"|<([0-9A-Fa-f\0\t\n\f\r ]*)>"
    rb"|\(((?:[^()\\]|\\[\s\S])*)\)"
    rb"|(<<|>>|\[|\])"
    rb"|%[^\r\n]*"
    rb"|(\((?=[\s\S]))"
    rb"|([^\0\t\n\f\r /<>\[\](){}%]++|[\s\S])|\Z)"
)
_RUN: Final = re.compile(rb" Tm ?<([0-9A-Fa-f]+)> ?Tj[\n\r ]*")
_NAME_ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_STRING_ESCAPE: Final = re.compile(rb"\\([0-7]{1,3}|\r\n|[\s\S])")
_ESCAPES: Final = {
    b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""
}  # fmt: skip
_PAREN: Final = re.compile(rb"\\[\s\S]|[()]")
_WORDS: Final[dict[bytes, Operand]] = {b"true": True, b"false": False, b"null": None}
_PECULIAR: Final = frozenset({b"BI", *_WORDS})
_ENDING: Final = (4, 8, 10)
"""Kinds of tokens that may end an operation: words to be read aloud, brackets, bytes that are nothing."""
_INLINE_END: Final = re.compile(rb"[\0\t\n\f\r ]EI(?=[\0\t\n\f\r ]|\Z)")
_INLINE_TEXT_END: Final = re.compile(rb">[\0\t\n\f\r ]*EI(?=[\0\t\n\f\r ]|\Z)")
_TEXT_PACKED: Final = frozenset({"/AHx", "/ASCIIHexDecode", "/A85", "/ASCII85Decode"})
_OPERATOR_AHEAD: Final = re.compile(rb"[\0\t\n\f\r ]*(?:[-+./\w\[<(%'\"*]|\Z)")


Operation: TypeAlias = "tuple[str, list[Operand]]"
"""An operator with its operands. For GLYPHS they are six numbers a glyph and the codes, two lists."""


def operations(data: bytes) -> Iterator[Operation]:
    """Yield what a content stream does, in order; what cannot be read comes as BAD."""
    return _Reader(data).operations()


def _scanned(data: bytes, at: int) -> Callable[[], re.Match[bytes] | None]:
    """Return what gives the next token each time: a scanner of `re`, which keeps the place by itself and is quicker."""
    found: Callable[[], re.Match[bytes] | None] = _TOKEN.scanner(data, at).match  # type: ignore[attr-defined]
    return found


class _Reader:
    """The state of reading one stream."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.operands: list[Operand] = []
        self.open: list[list[Operand]] = []

    def operations(self) -> Iterator[Operation]:
        """Yield operations; the loop is the hot path, so numbers are dealt with right here."""
        match = _scanned(self.data, 0)
        operands = self.operands
        while (found := match()) is not None:
            kind = found.lastindex
            if kind == 2:
                operands.append(float(found[2]))
                continue
            if kind is None:
                if found.end() >= len(self.data):
                    break
                continue
            at, made = self._token(kind, found)
            if at != found.end():
                match = _scanned(self.data, at)
            operands = self.operands
            if made is not None:
                yield made
                operands = self.operands = []
        if self.open or operands:
            yield BAD, []

    def _token(self, kind: int, found: re.Match[bytes]) -> tuple[int, Operation | None]:
        """Deal with a token that is no number; return where to go on and the operation that it ends, if any."""
        if kind == 3 and not self.open and found[3] not in _PECULIAR:
            return found.end(), (found[3].decode("ascii"), self.operands)
        if kind == 1:
            return found.end(), (GLYPHS, [*_run(found[1])])
        return self._other(kind, found)

    def _other(self, kind: int, found: re.Match[bytes]) -> tuple[int, Operation | None]:
        """Deal with a token of a rarer kind; return where to go on and the operation that it ends, if any."""
        at = found.end()
        if kind == 3:
            return self._word(found[3], at)
        if kind == 9:
            return self._nested_string(at)
        if kind in _ENDING:
            return at, self._bracket(found[8]) if kind == 8 else _spoken(kind)
        self.operands.append(_plain(kind, found[kind]))
        return at, None

    def _word(self, word: bytes, at: int) -> tuple[int, Operation | None]:
        """Deal with a word that is no plain operator: a picture in the stream, true, false, null, or a stray one."""
        if word == b"BI":
            return self._inline(at)
        if word not in _WORDS:
            return at, self._abandon()
        self.operands.append(_WORDS[word])
        return at, None

    def _abandon(self) -> Operation:
        """Drop brackets that an operator stands in: they were never closed."""
        self.operands = self.open[0]
        self.open = []
        return (BAD, [])

    def _bracket(self, bracket: bytes) -> Operation | None:
        if bracket in (b"[", b"<<"):
            if len(self.open) >= DEEPEST:
                return self._abandon()
            self.open.append(self.operands)
            self.operands = []
        elif not self.open:
            return (BAD, [])
        else:
            inside, self.operands = self.operands, self.open.pop()
            self.operands.append(inside if bracket == b"]" else _dictionary(inside))
        return None

    def _nested_string(self, at: int) -> tuple[int, Operation | None]:
        """Read a string that has brackets inside; `at` is after the first one."""
        depth = 1
        for found in _PAREN.finditer(self.data, at):
            depth += {b"(": 1, b")": -1}.get(found[0], 0)
            if not depth:
                self.operands.append(_string(self.data[at : found.start()]))
                return found.end(), None
        return len(self.data), (BAD, [])

    def _inline(self, at: int) -> tuple[int, Operation | None]:
        """Read an inline picture; its operand is its dictionary."""
        start = re.compile(rb"[\0\t\n\f\r ]ID[\0\t\n\f\r ]").search(self.data, at)
        if start is None:
            return len(self.data), (BAD, [])
        entries = _Reader(self.data[at : start.start()])
        for _ in entries.operations():
            pass
        made = _dictionary(entries.operands)
        ends = _INLINE_TEXT_END if _is_text(made) else _INLINE_END
        end = start.end()
        for found in ends.finditer(self.data, start.end()):
            if _OPERATOR_AHEAD.match(self.data, found.end()):
                end = found.end()
                break
        else:
            return len(self.data), (BAD, [])
        return end, (INLINE, [made])


def _is_text(inline: dict[str, Operand]) -> bool:
    """Whether an inline picture's bytes are text, which ends with ">" and needs no space after it."""
    packed = inline.get("/F", inline.get("/Filter"))
    first = packed[0] if isinstance(packed, list) and packed else packed
    return isinstance(first, str) and first in _TEXT_PACKED


def _spoken(kind: int) -> Operation:
    """Return the mark that tells how glyphs are read aloud, without the words, or BAD."""
    return ("BDC", ["/Span", {}]) if kind == 4 else (BAD, [])


def _run(run: bytes) -> tuple[list[Operand], list[Operand]]:
    parts = _RUN.split(run)
    numbers: list[Operand] = [*map(float, b" ".join(parts[0:-1:2]).split())]
    return numbers, [*parts[1::2]]


def _plain(kind: int, text: bytes) -> Operand:
    """Return a name, as `/Name`, or a string, as bytes."""
    if kind == 5:
        name = _NAME_ESCAPE.sub(lambda m: bytes([int(m[1], 16)]), text) if b"#" in text else text
        return "/" + name.decode("utf-8", "surrogateescape")
    if kind == 6:
        return from_hex(text)
    return _string(text)


def from_hex(text: bytes) -> bytes:
    """Return the bytes that hexadecimal digits stand for; an odd last one is followed by nought."""
    digits = b"".join(text.replace(b"\0", b"").split())
    return bytes.fromhex((digits + b"0" if len(digits) % 2 else digits).decode("ascii"))


def _string(text: bytes) -> bytes:
    return _STRING_ESCAPE.sub(_unescape, text) if b"\\" in text else text


def _unescape(found: re.Match[bytes]) -> bytes:
    what = found[1]
    if what[:1].isdigit() and what[:1] < b"8":
        return bytes([int(what, 8) & 255])
    return _ESCAPES.get(what, what)


def _dictionary(flat: list[Operand]) -> dict[str, Operand]:
    keys = flat[0::2]
    return {key: value for key, value in zip(keys, flat[1::2], strict=False) if isinstance(key, str)}
