r"""Rules as data: phrases that give a form letter away, one YAML file per rule, with examples run as tests.

A file holds `message` and `hint` for the whole rule and `phrases`, each with

    id      unique, for people who talk about it
    level   error, warning or info
    find    a regular expression over plain text (see lint.plain), in any case; `(?-i:...)` minds the case. A space
            stands for any white space, so that a phrase is found across lines; in a pattern that begins with `^` it
            is a space, since such a pattern judges one line. A hyphen within a word may be missing, since a line may
            have ended there. `{thing}` takes up a list of lists.yaml.
    bad     texts in which it must be found
    good    near misses, in which no phrase of any rule may be found

and, where it is wanted,

    use             what to write instead (`\1` is the first group of `find`); `fix: yes` when that is always safe
    max, min        how often it may, or must, stand in one note
    then            an expression that must be found too when `find` is
    unless_fact     a fact's path, or several: silent when the customer has one of them
    requires_fact   a fact's path, or several: silent unless the customer has all of them
    offers          paths of facts; the hint names the first that the customer has

`message`, `hint` and `offers` hold for the file and may be given again for one phrase. `{text}` in a message is what
was found. Literals that a text must hold for an expression to fit are derived from it (`needs`).
"""

from __future__ import annotations

from notegen.lint.plain import Plain
from notegen.lint.words.broken import BROKEN_RULE
from notegen.lint.words.bundle import bundled
from notegen.lint.words.finding import OwnRules, Words, search
from notegen.lint.words.phrase import Kind, Match, Phrase

__all__ = ["BROKEN_RULE", "Kind", "Match", "OwnRules", "Phrase", "Words", "bundled", "find", "phrases"]


def find(text: Plain, *more: Words, whole: bool = True) -> tuple[Match, ...]:
    """Return every phrase of notegen's own, and of `more`, in a text; `whole` says that all of the text is there."""
    return search(text, bundled(), *more, whole=whole)


def phrases() -> tuple[Phrase, ...]:
    """Return every phrase that comes with notegen, without its examples."""
    return bundled().phrases
