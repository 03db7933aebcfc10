"""A file of rules becomes phrases; whatever is wrong with it is found at its line.

The same reader serves the rules that come with notegen and a shop's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from notegen.errors import nearest
from notegen.lint.plain import plain
from notegen.lint.words.broken import CODE
from notegen.lint.words.hazard import danger
from notegen.lint.words.needs import needs_of
from notegen.lint.words.phrase import Phrase, compiled
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.source import Span
from notegen.yamlsource import Document

_FILE_KEYS: Final = ("code", "name", "about", "why", "message", "hint", "offers", "lists", "phrases")
_PHRASE_KEYS: Final = (
    *("id", "level", "find", "bad", "good", "message", "hint", "offers"),
    *("use", "fix", "max", "min", "then", "unless_fact", "requires_fact"),
)
_LIST: Final = re.compile(r"(?<!\\)\{([a-z]+)\}")
_IN_WORD: Final = re.compile(r"(?<=[a-z])-(?=[a-z])(?![^\[\]]*\])")
_Unusable = (re.error, RecursionError, OverflowError)


@dataclass(slots=True)
class RuleFile:
    """A file of rules on its way to phrases; faults gather in `found`."""

    document: Document
    rule: str
    lists: Mapping[str, str]
    found: list[Diagnostic] = field(default_factory=list)

    @property
    def tree(self) -> Mapping[str, Any]:
        """The file's keys and values."""
        value = self.document.value
        return value if isinstance(value, Mapping) else {}

    def phrases(self) -> tuple[Phrase, ...]:
        """Return the phrases that can be used."""
        self._unknown_keys("", self.tree, _FILE_KEYS)
        entries = self.tree.get("phrases")
        if not isinstance(entries, tuple) or not entries:
            self.fault("phrases", "there is no list `phrases`", "write at least one phrase with find, bad and good")
            return ()
        made = (self._phrase(f"phrases.{index}", entry) for index, entry in enumerate(entries))
        return tuple(one for one in made if one is not None)

    def fault(self, path: str, message: str, hint: str) -> None:
        """Note what is wrong at a path, or at the nearest thing above it."""
        self.found.append(Diagnostic(CODE, Severity.ERROR, message, self._span(path), hint))

    def _span(self, path: str) -> Span:
        while path and path not in self.document.spans:
            path = path.rpartition(".")[0]
        return self.document.spans.get(path, Span(self.document.source, 0, 0))

    def _unknown_keys(self, path: str, tree: Mapping[str, Any], known: tuple[str, ...]) -> None:
        for key in tree:
            if key not in known:
                near = nearest(key, known)
                where = f"{path}.{key}" if path else key
                hint = f"did you mean '{near}'?" if near else f"there are: {', '.join(known)}"
                self.found.append(
                    Diagnostic(CODE, Severity.ERROR, f"'{key}' means nothing here", self._key(where), hint)
                )

    def _key(self, path: str) -> Span:
        return self.document.keys.get(path) or self._span(path)

    def _phrase(self, path: str, entry: Any) -> Phrase | None:
        before = len(self.found)
        if not isinstance(entry, Mapping):
            self.fault(path, "a phrase has keys: find, bad, good", "write `- find: ...` with bad and good below it")
            return None
        self._unknown_keys(path, entry, _PHRASE_KEYS)
        for key in ("bad", "good"):
            if not self._texts(f"{path}.{key}", entry.get(key)):
                self.fault(
                    path, f"a phrase without {key} examples proves nothing", f"add `{key}:`, a list of sentences"
                )
        made = self._made(path, entry) if len(self.found) == before else None
        if made is None or len(self.found) > before:
            return None
        self._examples(path, made)
        return made if len(self.found) == before else None

    def _texts(self, path: str, value: Any) -> tuple[str, ...]:
        """Return the texts of a list of texts."""
        if isinstance(value, tuple) and all(isinstance(one, str) for one in value):
            return value
        if value is not None:
            self.fault(path, "this is not a list of texts", "put each between quotation marks, with a dash before it")
        return ()

    def _made(self, path: str, entry: Mapping[str, Any]) -> Phrase | None:
        find = self._pattern(path, "find", entry)
        message, hint = self._said(path, entry, "message"), self._said(path, entry, "hint")
        level = entry.get("level", "error")
        if level not in [one.value for one in Severity]:
            self.fault(f"{path}.level", f"there is no level '{level}'", "write error, warning or info")
        if find is None or message is None or hint is None or level not in [one.value for one in Severity]:
            return None
        return Phrase(
            id=str(entry.get("id", f"{self.rule}.{path.rpartition('.')[2]}")),
            rule=self.rule,
            severity=Severity(level),
            find=find,
            message=message,
            hint=hint,
            needs=() if entry.get("min") is not None else needs_of(find),
            use=self._use(path, entry, find),
            fix=self._flag(path, entry, "fix"),
            most=self._count(path, entry, "max"),
            least=self._count(path, entry, "min"),
            then=self._pattern(path, "then", entry) if "then" in entry else None,
            unless_fact=self._paths(path, entry, "unless_fact"),
            requires_fact=self._paths(path, entry, "requires_fact"),
            offers=self._paths(path, entry, "offers") or self._paths("", self.tree, "offers"),
            bad=entry["bad"],
            good=entry["good"],
        )

    def _said(self, path: str, entry: Mapping[str, Any], key: str) -> str | None:
        said = entry.get(key, self.tree.get(key))
        if isinstance(said, str) and said.strip():
            return said
        self.fault(path, f"there is no {key}", f"give the file or the phrase a `{key}:`")
        return None

    def _pattern(self, path: str, key: str, entry: Mapping[str, Any]) -> str | None:
        where, pattern = f"{path}.{key}", entry.get(key)
        if not isinstance(pattern, str) or not pattern:
            self.fault(where, f"a phrase needs `{key}:`, a regular expression", "write it between single quotes")
            return None
        for name in _LIST.findall(pattern):
            if name not in self.lists:
                near = nearest(name, self.lists)
                self.fault(
                    where, f"there is no list {{{name}}}", f"did you mean {{{near}}}?" if near else "see `lists`"
                )
                return None
        full = ready(pattern, self.lists)
        try:
            compiled(full)
        except _Unusable as error:
            self.fault(where, f"this expression does not compile: {error}", "see Python's regular expressions")
            return None
        reason = danger(full, entry["bad"])
        if reason is not None:
            self.fault(where, f"this expression could take for ever: {reason}", "bound its repeats: {0,5} for + or *")
        return full if reason is None else None

    def _use(self, path: str, entry: Mapping[str, Any], find: str) -> str | None:
        use = entry.get("use")
        if use is None:
            return None
        try:
            compiled(find).sub(use, "")  # looks at every group that is meant, though nothing is found
            for match in compiled(find).finditer(plain(entry["bad"][0]).text):
                match.expand(use)
        except (*_Unusable, IndexError, TypeError) as error:
            self.fault(f"{path}.use", f"this cannot be put in: {error}", r"\1 stands for the first group of `find`")
        return str(use)

    def _flag(self, path: str, entry: Mapping[str, Any], key: str) -> bool:
        value = entry.get(key, False)
        if not isinstance(value, bool):
            self.fault(f"{path}.{key}", f"`{key}` is yes or no", f"write `{key}: yes` or leave it out")
        return value is True

    def _count(self, path: str, entry: Mapping[str, Any], key: str) -> int | None:
        value = entry.get(key)
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
            return value
        self.fault(f"{path}.{key}", f"`{key}` is a whole number", "how often it may stand in one note")
        return None

    def _paths(self, path: str, entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
        value = entry.get(key)
        if value is None:
            return ()
        given = (value,) if isinstance(value, str) else value
        return self._texts(f"{path}.{key}" if path else key, given)

    def _examples(self, path: str, phrase: Phrase) -> None:
        for index, text in enumerate(phrase.bad):
            if not _finds(phrase, text):
                hint = "change `find` so that it finds this, or the example"
                self.fault(f"{path}.bad.{index}", "this bad example is not found by its own phrase", hint)
        for index, text in enumerate(phrase.good):
            if _finds(phrase, text):
                hint = "change `find` so that it passes this, or the example"
                self.fault(f"{path}.good.{index}", "this good example is found by its own phrase", hint)


def _finds(phrase: Phrase, text: str) -> bool:
    return next(phrase.faults(plain(text).text), None) is not None


def ready(pattern: str, lists: Mapping[str, str]) -> str:
    """Return a pattern with its lists taken up, a space for any white space, and a hyphen that a line end may eat."""
    full = _LIST.sub(lambda match: lists.get(match[1], ""), pattern)
    full = _IN_WORD.sub("-?", full.replace("[- ]", "[- ]?").replace("[- ]??", "[- ]?"))
    return full if full.startswith("^") else full.replace(" ", r"\s")


def lists_of(tree: Mapping[str, Any], bundled: Mapping[str, str]) -> dict[str, str]:
    """Return the lists that a file may take up: those that come with notegen and its own."""
    own = tree.get("lists")
    return {**bundled, **({name: _joined(words) for name, words in own.items()} if isinstance(own, Mapping) else {})}


def _joined(words: Any) -> str:
    """Return a list of words, or a piece of pattern, as one group."""
    return f"(?:{'|'.join(map(str, words))})" if isinstance(words, tuple) else str(words)
