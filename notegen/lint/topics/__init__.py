"""What customers ask not to hear of, as data: how a wish names a topic, and the ways in which a note touches it.

The files beside this one are looked into only for somebody who has a wish. They map a topic to lines of text:

    named   how a wish names it, one expression a line
    said    ways in which a note touches it, one a line; `a & b` when both must stand in one sentence, in any order,
            `a && b` when both must stand in one note, `a !! b` when b may stand neither there nor just before
    hint    words of its neighbourhood, which say nothing alone: two in one sentence touch it, or three in one note,
            or one in a question or a good wish
    but     what only looks like it: blotted out before anything is looked for

A line is an expression over plain text, in any case but inside `(?-i:...)`, that begins and ends with a word; a space
stands for any white space and `{kin}` for one of the words of `kinds.yaml`. It is wide on purpose: a wish that was
ignored costs more than a sentence that must be put otherwise. A line that begins with `# ` is a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

from notegen.errors import NotegenError
from notegen.files import read_source
from notegen.lint.plain import Plain
from notegen.lint.topics.lines import Bounds, Said, Text, either, said
from notegen.yamlsource import parse

_FOLDER: Final = Path(__file__).parent
_KINDS: Final = "kinds"
_ANYWHERE: Final = "anywhere"
"""The entry of `kinds.yaml` whose `but` holds for every topic."""
_KIND: Final = re.compile(r"\{([a-z]+)\}")
_BLOT: Final = "\N{BULLET}"


@dataclass(frozen=True)
class Topic:
    """One topic: how it is named, how a note touches it, what hints at it, what only looks like it."""

    name: str
    named: tuple[str, ...]
    said: tuple[str, ...]
    hint: tuple[str, ...]
    but: tuple[str, ...]

    def is_named_in(self, wish: str) -> bool:
        """Return whether a customer's wish names this topic."""
        return self.name in (wish, wish.replace(" ", "-")) or either(self.named).first(Text.of(wish)) is not None

    def spans(self, plain: Plain) -> Iterator[Bounds]:
        """Yield where a note touches it, as offsets of the text that was made plain."""
        text = Text.of(self._without_lookalikes(plain.text))
        found = list(self._said.spans(text)) or self._hinted(text)
        for start, end in found:
            yield plain.original(start, end)

    def _without_lookalikes(self, text: str) -> str:
        """Blot out what only looks like the topic, every letter by a dot, so that places stay where they are."""
        letters = list(text)
        for start, end in either(self.but).spans(Text.of(text)):
            letters[start:end] = _BLOT * (end - start)
        return "".join(letters)

    def _hinted(self, text: Text) -> Iterator[Bounds]:
        """Yield where words of the neighbourhood come together; forms of one word count once."""
        if not self.hint:
            return
        everywhere: dict[str, Bounds] = {}
        for within in text.sentences:
            here = {
                text.folded[start : start + 4]: (start, end) for start, end in either(self.hint).spans(text, within)
            }
            everywhere |= here
            if len(here) >= (1 if text.is_prying(within) else 2):
                yield min(here.values())
        if len(everywhere) >= 3:
            yield min(everywhere.values())

    @cached_property
    def _said(self) -> Said:
        return said(self.said)


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
    return tuple(_KIND.sub(lambda kind: lists[kind[1]], line) for line in lines if line and not line.startswith("# "))
