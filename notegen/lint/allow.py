"""Allowances: comments that say which findings of a line or a file are right as they are, and why.

    {# notegen: allow N115 she asked for it #}      in a template: for its own line, or the next that has words
    {# notegen: allow-file C201 printed on A5 #}    for the whole file
    # notegen: allow F019 the till writes it so     in facts and front matter: for its own line, or the next
    <!-- notegen: allow N115 she asked for it -->   in a letter in Markdown

An allowance without a reason, or for a rule that nothing silences, allows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from notegen.errors import nearest
from notegen.lint.template_comments import Placed, template_comments
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.rule import Rule
from notegen.model.source import Source, Span
from notegen.registry import Registry

MARK: Final = "notegen:"
ORDERS: Final = ("allow", "allow-file")

_ORDER: Final = re.compile(r"\W*?notegen:\s*([\w-]*)\s*")
_WORD: Final = re.compile(r"[\w-]+")
_COMMA: Final = re.compile(r"\s*,\s*")
_LETTER: Final = re.compile(r"[^\W_]")
_MARKDOWN: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_YAML: Final = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Allowance:
    """One comment: what it names, why, and the lines of its file that it covers.

    `span` is the comment, `words` are the codes and names in it. `order` is what follows `notegen:`.
    """

    span: Span
    order: str
    words: tuple[Span, ...]
    reason: str
    first: int
    last: int

    def covers(self, place: Span) -> bool:
        """Return whether a finding at a place is in its lines."""
        return self.span.source.name == place.source.name and self.first <= place.line <= self.last


@dataclass(frozen=True, slots=True)
class Allowed:
    """A finding that counts no more, the reason somebody gave, and the comment that gives it."""

    diagnostic: Diagnostic
    reason: str
    span: Span


@lru_cache(maxsize=4096)
def allowances(source: Source) -> tuple[Allowance, ...]:
    """Return the allowances of a file, by the kind that its name tells: a template, facts, a letter in Markdown.

    `source` may be one document cut out of a file of facts.
    """
    if MARK not in source.text:
        return ()
    return tuple(one for place in _comments(source) if (one := _read(source, place)) is not None)


def _comments(source: Source) -> Iterator[Placed]:
    suffix = source.name[source.name.rfind(".") :].lower()
    if suffix in _YAML:
        from notegen.yamlsource import comments

        return (Placed(one.span.start, one.span.end, one.first, one.last) for one in comments(source, MARK))
    if suffix == ".md":
        return _in_markdown(source)
    return template_comments(source, MARK) if suffix != ".txt" else iter(())


def _in_markdown(source: Source) -> Iterator[Placed]:
    for found in _MARKDOWN.finditer(source.text):
        if MARK not in found[0]:
            continue
        start = source.text.rfind("\n", 0, found.start()) + 1
        end = source.text.find("\n", found.end())
        end = len(source.text) if end < 0 else end
        if (source.text[start : found.start()] + source.text[found.end() : end]).strip():
            yield Placed(found.start(), found.end(), source.line_of(found.start()), source.line_of(found.end()))
            continue
        rest = source.text[end:]
        words = end + len(rest) - len(rest.lstrip())
        yield Placed(found.start(), found.end(), source.line_of(words), source.line_of(words))


def without_comments(source: Source) -> Source:
    """Return a letter in Markdown with blanks where its allowances are, which nobody is to read."""
    if MARK not in source.text or not source.name.lower().endswith(".md"):
        return source

    def blank(found: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", found[0]) if MARK in found[0] else found[0]

    return Source(source.name, _MARKDOWN.sub(blank, source.text), source.first_line)


def _read(source: Source, place: Placed) -> Allowance | None:
    text = source.text[: place.end]
    order = _ORDER.match(text, place.start)
    if order is None or nearest(order[1], ORDERS) is None:
        return None
    words: list[Span] = []
    at = order.end()
    while (word := _WORD.match(text, at)) is not None:
        words.append(Span(source, word.start(), word.end()))
        at = word.end()
        comma = _COMMA.match(text, at)
        if comma is None:
            break
        at = comma.end()
    reason = re.sub(r"[-+]?(?:#\}|-->)$", "", text[at:]).strip(" \t\n:-–—")
    whole = order[1] == "allow-file"
    lines = (source.line_of(0), source.line_of(len(source.text))) if whole else (place.first, place.last)
    return Allowance(Span(source, place.start, place.end), order[1], tuple(words), " ".join(reason.split()), *lines)


@dataclass(frozen=True, slots=True)
class Sorted:
    """Findings that count, those that are allowed, and the words of allowances that allowed something."""

    kept: tuple[Diagnostic, ...]
    allowed: tuple[Allowed, ...]
    used: frozenset[Span]


def sort_out(found: Iterable[Diagnostic], given: Sequence[Allowance], rules: Registry[Rule]) -> Sorted:
    """Take out of the findings what is allowed."""
    by_place: dict[tuple[str, str], list[tuple[Allowance, Span]]] = {}
    for one in given:
        for code, word in _valid(one, rules).items():
            by_place.setdefault((one.span.source.name, code), []).append((one, word))
    kept: list[Diagnostic] = []
    allowed: list[Allowed] = []
    used: set[Span] = set()
    for finding in found:
        by = _covering(finding, by_place)
        if not by:
            kept.append(finding)
        else:
            allowed.append(Allowed(finding, by[0][0].reason, by[0][0].span))
            used.update(word for _, word in by)
    return Sorted(tuple(kept), tuple(allowed), frozenset(used))


def _covering(
    finding: Diagnostic, by_place: Mapping[tuple[str, str], list[tuple[Allowance, Span]]]
) -> list[tuple[Allowance, Span]]:
    if finding.span is None:
        return []
    there = by_place.get((finding.span.source.name, finding.code), ())
    return [(one, word) for one, word in there if one.covers(finding.span)]


def _is_allowable(rule: Rule) -> bool:
    return rule.allowable and rule.subject != "allowance"


def _valid(one: Allowance, rules: Registry[Rule]) -> dict[str, Span]:
    """Return the codes that an allowance silences, with the word that names each."""
    if not _LETTER.search(one.reason) or one.order not in ORDERS:
        return {}
    known = {rules.get(word.text).code: word for word in one.words if word.text in rules}
    return {code: word for code, word in known.items() if _is_allowable(rules.get(code))}


def faults(given: Iterable[Allowance], rules: Registry[Rule]) -> Iterator[Diagnostic]:
    """Find allowances that allow nothing: without a reason, for no rule, or for one that nothing silences."""
    for one in given:
        if one.order not in ORDERS or not one.words:
            hint = "write: notegen: allow CODE reason"
            yield _fault("A103", one.span, f"'{one.span.text.strip()}' allows nothing that is known", hint)
            continue
        for word in one.words:
            yield from _wrong_word(word, rules)
        if not _LETTER.search(one.reason):
            hint = "write after the code why these words are right here"
            yield _fault("A102", one.span, "this allowance gives no reason", hint)


def _wrong_word(word: Span, rules: Registry[Rule]) -> Iterator[Diagnostic]:
    if word.text not in rules:
        near = nearest(word.text, [name for rule in rules for name in (rule.code, rule.name)])
        hint = f"did you mean {near}?" if near else "`notegen rule list` shows every code and name"
        yield _fault("A103", word, f"there is no rule called '{word.text}'", hint)
        return
    rule = rules.get(word.text)
    if not _is_allowable(rule):
        yield _fault("A104", word, f"{rule.code} {rule.name} cannot be allowed", "change the words or the facts")


def unused(
    given: Iterable[Allowance], used: frozenset[Span], rules: Registry[Rule]
) -> Iterator[tuple[str, Diagnostic]]:
    """Yield the codes that allowances name in vain, each with its finding."""
    for one in given:
        for code, word in _valid(one, rules).items():
            if word not in used:
                where = "in this file" if one.order == "allow-file" else "here"
                message = f"nothing {where} is {code} {rules.get(code).name}"
                hint = "take it away, or put it before the words that it is about"
                yield code, Diagnostic("A101", Severity.WARNING, message, word, hint)


def _fault(code: str, span: Span, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, span, hint)
