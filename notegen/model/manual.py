"""A rule's page of the manual, read into its parts, so that whatever shows one shows the same words.

A page is written as

    One sentence that says what it is.

    Finds, in a paragraph that begins so, what is looked for and what is let pass.

    Why the person who opens the envelope would care, in one paragraph or more.

    Bad:  an example
    Good: the same thing, well done
    Mend: what to do, in a sentence or two.

An example of several lines stands below its heading, indented. In an example of one line " / " is a line end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from inspect import cleandoc
from textwrap import dedent
from typing import Final

from notegen.model.rule import Rule

HEADINGS: Final = ("Bad", "Good", "Mend")
_HEADING: Final = re.compile(r"^(Bad|Good|Mend):[ \t]*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Page:
    """The parts of a page; paragraphs are folded to one line each, examples keep their lines."""

    summary: str
    finds: str
    why: tuple[str, ...]
    bad: str
    good: str
    mend: str


def read(rule: Rule) -> Page:
    """Return the parts of a rule's page; raises ValueError, naming the part, when one is missing or out of order."""
    words, *examples = _HEADING.split(cleandoc(rule.manual))
    if tuple(examples[::2]) != HEADINGS:
        raise ValueError(f"{rule.code}: the page ends with {', '.join(HEADINGS)}, each once and in this order")
    bad, good, mend = examples[1::2]
    summary, *paragraphs = [" ".join(one.split()) for one in re.split(r"\n\s*\n", words.strip())]
    if len(paragraphs) < 2 or not paragraphs[0].startswith(("Finds ", "Finds, ")):
        raise ValueError(f"{rule.code}: a paragraph that begins with 'Finds' and one that says why follow the summary")
    page = Page(summary, paragraphs[0], tuple(paragraphs[1:]), _example(bad), _example(good), " ".join(mend.split()))
    if not (page.summary and page.bad and page.good and page.mend):
        raise ValueError(f"{rule.code}: a part of the page is empty")
    return page


def _example(text: str) -> str:
    return dedent(text).strip("\n").rstrip() if text.startswith("\n") else " ".join(text.split()).replace(" / ", "\n")
