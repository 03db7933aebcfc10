"""What customers ask not to hear of, as data: how a wish names a topic, and the ways in which a note touches it.

The files beside this one are looked into only for somebody who has a wish. They map a topic to lines of text:

    named   how a wish names it, one expression a line
    said    ways in which a note touches it, one a line; `a & b` when both must stand in one sentence, in any order,
            `a && b` when both must stand in one note, and `a !! b` when b may stand nowhere in it
    hint    words of its neighbourhood, which say nothing alone: two in one sentence touch it, or three in one note,
            or one in a question
    but     what only looks like it: blotted out before anything is looked for

A line is an expression over plain text, in any case, that begins and ends with a word; a space stands for any white
space and `{kin}` for one of the words of `kinds.yaml`. It is wide on purpose: a wish that was ignored costs more than
a sentence that must be put otherwise. A line that begins with `#` is a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import Any, Final

from notegen.errors import NotegenError
from notegen.files import read_source
from notegen.lint.plain import Plain
from notegen.yamlsource import parse

_FOLDER: Final = Path(__file__).parent
_KINDS: Final = "kinds"
_ANYWHERE: Final = "anywhere"
"""The entry of `kinds.yaml` whose `but` holds for every topic."""
_KIND: Final = re.compile(r"\{([a-z]+)\}")
_SENTENCE: Final = re.compile(r"""(?:[^.!?…\n]|[.!?…](?!["')”’]*(?:\s|$)))+""")
_JOIN: Final = re.compile(r" (?:&&?|!!) ")
_BLOT: Final = "\N{BULLET}"


@dataclass(frozen=True, slots=True)
class _Together:
    """Expressions that count only together: in one sentence, or anywhere in one note."""

    parts: tuple[re.Pattern[str], ...]
    in_sentence: bool
    unless: re.Pattern[str] | None

    def spans(self, text: str, sentences: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
        """Yield where the first of them stands, when the others stand near."""
        first, *others = self.parts
        if self.unless is not None and self.unless.search(text):
            return
        for start, end in sentences if self.in_sentence else ((0, len(text)),):
            match = first.search(text, start, end)
            if match and all(one.search(text, start, end) for one in others):
                yield match.span()


@dataclass(frozen=True)
class Topic:
    """One topic: how a wish names it, how a note touches it, what only looks like it."""

    name: str
    named: tuple[str, ...]
    said: tuple[str, ...]
    but: tuple[str, ...]
    hint: tuple[str, ...] = ()

    def is_named_in(self, wish: str) -> bool:
        """Return whether a customer's wish names this topic."""
        return self.name in (wish, wish.replace(" ", "-")) or self._naming.search(wish) is not None

    def spans(self, text: Plain) -> Iterator[tuple[int, int]]:
        """Yield where a note touches it, as offsets of the text that was made plain."""
        clean = self._except.sub(lambda match: _BLOT * len(match[0]), text.text)
        sentences = tuple(match.span() for match in _SENTENCE.finditer(clean))
        for start, end in chain(self._alone_in(clean), self._together_in(clean, sentences), self._hinted(clean, sentences)):
            yield text.original(start, end)

    def _alone_in(self, text: str) -> Iterator[tuple[int, int]]:
        return (match.span() for match in self._alone.finditer(text) if match.start() < match.end())

    def _together_in(self, text: str, sentences: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
        if self._firsts.search(text):
            for together in self._together:
                yield from together.spans(text, sentences)

    def _hinted(self, text: str, sentences: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
        """Yield where words of the neighbourhood come together; forms of one word count once."""
        if not self.hint:
            return
        everywhere: dict[str, tuple[int, int]] = {}
        for start, end in sentences:
            here = {match[0].casefold()[:4]: match.span() for match in self._hints.finditer(text, start, end)}
            everywhere |= here
            if len(here) >= (1 if text[end : end + 1] == "?" else 2):
                yield min(here.values())
        if len(everywhere) >= 3:
            yield min(everywhere.values())

    @cached_property
    def _naming(self) -> re.Pattern[str]:
        return _compiled(self.named)

    @cached_property
    def _except(self) -> re.Pattern[str]:
        return _compiled(self.but)

    @cached_property
    def _hints(self) -> re.Pattern[str]:
        return _compiled(self.hint)

    @cached_property
    def _alone(self) -> re.Pattern[str]:
        return _compiled(tuple(line for line in self.said if not _JOIN.search(line)))

    @cached_property
    def _firsts(self) -> re.Pattern[str]:
        """What the lines with more than one part begin with: most notes have none of it."""
        return _compiled(tuple(_JOIN.split(line)[0] for line in self.said if _JOIN.search(line)))

    @cached_property
    def _together(self) -> tuple[_Together, ...]:
        return tuple(_joined(line) for line in self.said if _JOIN.search(line))


@cache
def topics() -> Mapping[str, Topic]:
    """Return the topics that a customer may ask not to hear of, by name."""
    kinds = _read(_FOLDER / f"{_KINDS}.yaml")
    always = _lines(kinds.pop(_ANYWHERE)["but"], {})
    lists: dict[str, str] = {}
    for name, words in kinds.items():
        lists[name] = "(?:" + "|".join(_lines(words, lists)) + ")"
    return {
        name: Topic(
            name,
            named=_lines(entry.get("named", ""), lists),
            said=_lines(entry.get("said", ""), lists),
            but=always + _lines(entry.get("but", ""), lists),
            hint=_lines(entry.get("hint", ""), lists),
        )
        for path in sorted(_FOLDER.glob("*.yaml"))
        if path.stem != _KINDS
        for name, entry in _read(path).items()
    }


def _read(path: Path) -> dict[str, Any]:
    checked = parse(read_source(path))
    tree: Any = checked.value[0].value if checked.ok and checked.value else None
    if not isinstance(tree, Mapping):
        raise NotegenError(f"{path.name} is damaged", hint="install notegen-cards again")
    return dict(tree)


def _lines(block: str, lists: Mapping[str, str]) -> tuple[str, ...]:
    lines = (line.strip() for line in block.splitlines())
    return tuple(_KIND.sub(lambda kind: lists[kind[1]], line) for line in lines if line and not line.startswith("#"))


def _joined(line: str) -> _Together:
    together, _, unless = line.partition(" !! ")
    parts = tuple(_part(part) for part in _JOIN.split(together))
    return _Together(parts, " && " not in together, _part(unless) if unless else None)


@cache
def _part(expression: str) -> re.Pattern[str]:
    """Compile one expression once, however many lines have it."""
    return _compiled((expression,))


def _compiled(lines: tuple[str, ...]) -> re.Pattern[str]:
    """Compile lines to one expression; no lines match nothing."""
    either = "|".join(lines).replace(" ", r"\s") if lines else "(?!)"
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
