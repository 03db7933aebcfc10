"""The ways through a template: every branch with what stands around it, and neighbouring branches in every combination.

A template becomes a few readings, each one way through its conditions, which together cover every branch. A phrase can
also begin in one branch and end in the next (`your {% if a %}recent{% else %}last{% endif %} {% if b %}order...`), so
more ways are walked in which neighbouring conditions take every combination of branches; of those only the paragraphs
that are new are read again. Includes are read in their place, words in quotes that an expression may print stand as
its branches, and any other expression shows as the character HOLE.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from math import prod
from typing import Final, TypeAlias

from notegen.lint import scan
from notegen.lint.scan import Token
from notegen.model.note import Note, Piece
from notegen.model.source import Source, Span
from notegen.model.template import Template

HOLE: Final = "\ufffc"
"""What stands for an expression whose words are not known; no phrase has it, and it is neither space nor letter."""
MOST: Final = 64
"""Readings of one template beyond which branches, and combinations of branches, stay unread."""
DEEPEST: Final = 40
"""Levels of nested conditions beyond which a condition is read as if it were not there; of includes, too."""
LONGEST: Final = 200_000
"""Characters beyond which no more combinations are walked through."""

_FRONT: Final = re.compile(r"---[ \t]*\n(?:.*\n)*?---[ \t]*(?:\n|$)")
_GAP: Final = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class _Leaf:
    """Words of a source, or a hole."""

    source: Source
    start: int
    end: int
    is_text: bool


@dataclass(slots=True)
class _Fork:
    """A condition, a loop, or an expression with a choice of words; `index` counts them in reading order."""

    index: int
    branches: list[list[_Node]] = field(default_factory=list)
    has_else: bool = False


_Node: TypeAlias = "_Leaf | _Fork"
_Choose: TypeAlias = "Callable[[_Fork], int]"


def readings(template: Template) -> Iterator[Note]:
    """Yield ways through a template that cover every branch, then those through each source that it takes in."""
    for name, tree in _trees(template):
        yield from (_note(name, way) for way in _covering(tree))


def fragments(template: Template) -> Iterator[Note]:
    """Yield the paragraphs that only other combinations of neighbouring branches make, those of one way to a note."""
    for name, tree in _trees(template):
        seen = {text for way in _covering(tree) for text, _ in _paragraphs(_note(name, way))}
        for way in _combined(tree):
            note = _note(name, way)
            new = [(text, span) for text, span in _paragraphs(note) if text not in seen]
            seen.update(text for text, _ in new)
            if new:
                yield _parts(note, [span for _, span in new])


# -- from tokens to a tree


def _trees(template: Template) -> Iterator[tuple[str, list[_Node]]]:
    yield template.name, _grown(template.source, template.body, template.library, ())
    for name, source in template.library.items():
        yield name, _grown(source, _body(source), template.library, (name,))


def _body(source: Source) -> int:
    front = _FRONT.match(source.text)
    return front.end() if front else 0


def _grown(source: Source, start: int, library: Mapping[str, Source], open_files: tuple[str, ...]) -> list[_Node]:
    return _Grower(library, open_files).grown(source, scan.tokens(source, start))


@dataclass(slots=True)
class _Grower:
    """Makes a tree of tokens; `open_files` are those whose includes are being read."""

    library: Mapping[str, Source]
    open_files: tuple[str, ...]
    count: int = 0

    def grown(self, source: Source, tokens: Iterable[Token]) -> list[_Node]:
        """Return the nodes of one file."""
        root: list[_Node] = []
        stack: list[tuple[_Fork | None, list[_Node]]] = [(None, root)]
        for token in tokens:
            fork, here = stack[-1]
            if token.kind in ("if", "for"):
                stack.append(self.opened(here, len(stack)))
            elif token.kind in ("elif", "else") and fork is not None:
                fork.branches.append([])
                fork.has_else = fork.has_else or token.kind == "else"
                stack[-1] = (fork, fork.branches[-1])
            elif token.kind in ("endif", "endfor") and len(stack) > 1:
                stack.pop()
                if fork is not None and not fork.has_else:
                    fork.branches.append([])
            else:
                here.extend(self.printed(source, token))
        return root

    def fork(self) -> _Fork:
        """Return a new fork with the next number."""
        self.count += 1
        return _Fork(self.count - 1)

    def opened(self, here: list[_Node], depth: int) -> tuple[_Fork | None, list[_Node]]:
        """Return a new condition and its first branch; none when it is nested too deep."""
        if depth > DEEPEST:
            return None, here
        made = self.fork()
        made.branches.append([])
        here.append(made)
        return made, made.branches[0]

    def printed(self, source: Source, token: Token) -> Iterator[_Node]:
        """Yield what a token prints."""
        if token.kind == "text":
            yield _Leaf(source, token.start, token.end, is_text=True)
        elif token.kind == "hole" and token.options:
            fork = self.fork()
            fork.branches = [[_Leaf(source, *place, is_text=True)] for place in token.options]
            if token.open:
                fork.branches.insert(0, [_Leaf(source, token.start, token.end, is_text=False)])
            yield fork
        elif token.kind == "include" and token.name in self.library and token.name not in self.open_files:
            yield from self.included(self.library[token.name], token.name)
        elif token.kind in ("hole", "include"):
            yield _Leaf(source, token.start, token.end, is_text=False)

    def included(self, source: Source, name: str) -> list[_Node]:
        """Return the nodes of a file that is taken in, whose last line end Jinja drops."""
        self.open_files += (name,)
        inside = scan.tokens(source, _body(source))
        last = inside[-1] if inside else None
        if last is not None and last.kind == "text" and source.text[last.start : last.end].endswith("\n"):
            inside[-1] = replace(last, end=last.end - 1)
        nodes = self.grown(source, inside)
        self.open_files = self.open_files[:-1]
        return nodes


# -- ways through a tree


def _covering(tree: Sequence[_Node]) -> Iterator[list[_Leaf]]:
    """Yield ways that take every branch at least once, each time those not yet taken."""
    seen: set[tuple[int, int]] = set()
    for _ in range(MOST):
        yield list(_walk(tree, lambda fork: _freshest(fork, seen)))
        if not any(_is_fresh(node, seen) for node in tree):
            return


def _freshest(fork: _Fork, seen: set[tuple[int, int]]) -> int:
    chosen = next((n for n, branch in enumerate(fork.branches) if _is_fresh_branch(fork, n, branch, seen)), 0)
    seen.add((fork.index, chosen))
    return chosen


def _is_fresh(node: _Node, seen: set[tuple[int, int]]) -> bool:
    return isinstance(node, _Fork) and any(_is_fresh_branch(node, n, b, seen) for n, b in enumerate(node.branches))


def _is_fresh_branch(fork: _Fork, number: int, nodes: Sequence[_Node], seen: set[tuple[int, int]]) -> bool:
    return (fork.index, number) not in seen or any(_is_fresh(node, seen) for node in nodes)


def _combined(tree: Sequence[_Node]) -> Iterator[list[_Leaf]]:
    """Yield ways in which as many neighbouring forks as MOST allows take every combination of branches.

    Forks that are `len(radices)` apart take the same digit of the way's number, so that any run of so many forks sees
    every combination of digits.
    """
    widths = {fork.index: len(fork.branches) for fork in _forks(tree)}
    radices = _radices([widths[index] for index in sorted(widths)])
    budget = LONGEST
    for number in range(prod(radices) if radices else 0):
        digits = _digits(number, radices)
        way = list(_walk(tree, partial(_by_digit, digits)))
        budget -= sum(leaf.end - leaf.start for leaf in way)
        if budget < 0:
            return
        yield way


def _by_digit(digits: Sequence[int], fork: _Fork) -> int:
    return digits[fork.index % len(digits)] % len(fork.branches)


def _forks(nodes: Sequence[_Node]) -> Iterator[_Fork]:
    for node in nodes:
        if isinstance(node, _Fork):
            yield node
            for branch in node.branches:
                yield from _forks(branch)


def _radices(widths: Sequence[int]) -> list[int]:
    """Return the digits' bases: as many as fit, each the widest fork that will take that digit."""
    best: list[int] = []
    for count in range(1, min(len(widths), MOST.bit_length()) + 1):
        radices = [max(widths[start::count]) for start in range(count)]
        if prod(radices) <= MOST:
            best = radices
    return best


def _digits(number: int, radices: Sequence[int]) -> list[int]:
    digits = []
    for radix in radices:
        number, digit = divmod(number, radix)
        digits.append(digit)
    return digits


def _walk(nodes: Sequence[_Node], choose: _Choose) -> Iterator[_Leaf]:
    for node in nodes:
        if isinstance(node, _Leaf):
            yield node
        elif node.branches:
            yield from _walk(node.branches[choose(node)], choose)


# -- ways as notes


def _note(name: str, leaves: Iterable[_Leaf]) -> Note:
    parts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for leaf in leaves:
        words = leaf.source.text[leaf.start : leaf.end] if leaf.is_text else HOLE
        if words:
            parts.append(words)
            pieces.append(Piece(length, length + len(words), Span(leaf.source, leaf.start, leaf.end)))
            length += len(words)
    return Note(name, name, "".join(parts), tuple(pieces))


def _paragraphs(note: Note) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield each paragraph of a way with its place; the same words at other places of the template differ."""
    start = 0
    for gap in (*_GAP.finditer(note.text), None):
        end = gap.start() if gap else len(note.text)
        first, last = note.piece_at(start), note.piece_at(max(start, end - 1))
        if end > start and first is not None and last is not None:
            places = f"{first.origin.source.name}:{first.origin.start}-{last.origin.source.name}:{last.origin.start}"
            yield f"{places}:{note.text[start:end]}", (start, end)
        start = gap.end() if gap else end


def _parts(note: Note, spans: Sequence[tuple[int, int]]) -> Note:
    """Return a note of some stretches of another, a blank line between them."""
    parts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for start, end in spans:
        for piece in note.pieces:
            first, last = max(piece.start, start), min(piece.end, end)
            if first < last:
                place = piece.origin
                if note.text[piece.start : piece.end] == place.text:
                    place = Span(place.source, place.start + first - piece.start, place.start + last - piece.start)
                pieces.append(Piece(length + first - start, length + last - start, place))
        parts.append(note.text[start:end])
        length += end - start + 2
    return Note(note.key, note.template, "\n\n".join(parts), tuple(pieces))
