"""Pages of the manual, as text for a terminal, as Markdown, and as the whole book of rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import fill, indent
from typing import Final

from notegen.model.manual import Page, read
from notegen.model.rule import Rule

WIDTH: Final = 100
SUBJECTS: Final = {
    "facts": "Facts",
    "template": "Templates",
    "note": "Notes and letters",
    "batch": "Batches",
    "card": "Cards",
    "mail": "Envelopes and labels",
    "stock": "Stocks",
    "sheet": "Sheets",
    "printer": "Printers",
    "art": "Pictures",
    "address": "Addresses",
    "allowance": "Allowances and baselines",
    "file": "Files",
    "settings": "Settings",
    "rules": "Rules of your own",
    "pdf": "PDF files",
}
"""Chapters of the book; a subject that is not here has a chapter of its own name, after these."""

PREFACE: Final = """# Rules

Every finding has a code and a name, and both are stable: scripts, comments and baselines may hold either. This page is
made from the same text as `notegen rule explain CODE`; `notegen rule list` is its table of contents.

"fixed by --fix" marks what can be put right safely by `notegen lint --fix`; "never silenced" marks what no comment,
setting or baseline can allow: only other facts mend it.
"""


def traits(rule: Rule) -> str:
    """Return in a few words what kind of rule it is: "error, judges note, fixed by --fix"."""
    more = ", fixed by --fix" if rule.fixable else "", "" if rule.allowable else ", never silenced"
    return f"{rule.severity.value}, judges {rule.subject}{''.join(more)}"


def text(rule: Rule) -> str:
    """Return a page for a terminal, without its title."""
    page = read(rule)
    parts = [fill(one, WIDTH) for one in (page.summary, page.finds, *page.why)]
    shown = (("Bad:", indent(page.bad, "    ")), ("Good:", indent(page.good, "    ")))
    mend = fill(f"Mend: {page.mend}", WIDTH, subsequent_indent="      ")
    return "\n\n".join([*parts, *(f"{head}\n{example}" for head, example in shown), mend])


def markdown(rule: Rule) -> str:
    """Return a page as Markdown, without its title."""
    page = read(rule)
    words = "\n\n".join((page.summary, page.finds, *page.why))
    return f"{words}\n\nBad:\n\n{_fenced(page.bad)}\n\nGood:\n\n{_fenced(page.good)}\n\n**Mend:** {page.mend}"


def data(rule: Rule) -> dict[str, object]:
    """Return a rule and the parts of its page for programs."""
    page: Page = read(rule)
    return {
        **entry(rule),
        "finds": page.finds,
        "why": "\n\n".join(page.why),
        "bad": page.bad,
        "good": page.good,
        "mend": page.mend,
    }


def entry(rule: Rule) -> dict[str, object]:
    """Return a rule for programs, without its page."""
    return {
        "code": rule.code,
        "name": rule.name,
        "subject": rule.subject,
        "severity": rule.severity.value,
        "fixable": rule.fixable,
        "allowable": rule.allowable,
        "summary": rule.summary,
    }


def book(rules: Iterable[Rule]) -> str:
    """Return every page as one Markdown file, a chapter for each subject."""
    chapters: dict[str, list[Rule]] = {subject: [] for subject in SUBJECTS}
    for rule in rules:
        chapters.setdefault(rule.subject, []).append(rule)
    parts = [part for subject, found in chapters.items() if found for part in _chapter(subject, found)]
    return "\n".join([PREFACE, *parts])


def _chapter(subject: str, rules: list[Rule]) -> Iterator[str]:
    yield f"## {SUBJECTS.get(subject, subject.capitalize())}\n"
    for rule in rules:
        yield f"### {rule.code} {rule.name}\n\n*{traits(rule)}*\n\n{_wrapped(markdown(rule))}\n"


def _wrapped(page: str) -> str:
    """Return Markdown with its paragraphs wrapped; what stands between fences is left alone."""
    parts = page.split("\n\n")
    return "\n\n".join(part if part.startswith("```") else _prose(part) for part in _whole_fences(parts))


def _whole_fences(parts: list[str]) -> Iterator[str]:
    """Yield paragraphs and fenced blocks, an empty line within a fence and all."""
    held: list[str] = []
    for part in parts:
        held.append(part)
        whole = "\n\n".join(held)
        if not whole.startswith("```") or whole.endswith("\n```"):
            yield whole
            held = []


def _prose(paragraph: str) -> str:
    return fill(paragraph, 120, break_long_words=False, break_on_hyphens=False)


def _fenced(example: str) -> str:
    return f"```text\n{example}\n```"
