"""A rule: a code, a name that reads right after "allow", and its page of the manual."""

from __future__ import annotations

from dataclasses import dataclass
from inspect import cleandoc

from notegen.model.diagnostic import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """What a code means. `subject` is what it judges: facts, template, note, card.

    `manual` is what `notegen rule explain` prints: what it finds; why the reader of the card would care; a bad and a
    good example; how to mend it (`model.manual` reads the parts). Rules that a stage finds on its own way (a duplicate
    key) are declared beside that stage; rules that lint checks carry their function in `lint.engine`. `allowable` is
    False for what no comment, baseline or setting may silence: only other facts mend it. `fixable` says that its
    findings may carry a fix.
    """

    code: str
    name: str
    subject: str
    severity: Severity
    manual: str
    allowable: bool = True
    fixable: bool = False

    @property
    def summary(self) -> str:
        """The first sentence of the manual."""
        return cleandoc(self.manual).split("\n", 1)[0]
