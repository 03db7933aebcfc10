"""The rule about a shop's own rules; what reads them is imported when there are some."""

from __future__ import annotations

from typing import Final

from notegen.model.diagnostic import Severity
from notegen.model.rule import Rule

CODE: Final = "U101"
BROKEN_RULE: Final = Rule(
    CODE,
    "broken-rule",
    "rules",
    Severity.ERROR,
    """A rule of the shop's own does not hold what it promises.

Finds rules in the shop's `rules/` folder that lack a key, have one that means nothing, hold an expression that does not
compile or that could take for ever on some letter, miss one of their own bad examples, or find one of their good ones.
Such a rule is left out until it is mended; the others go on.

A rule that silently finds nothing is worse than none: you would mail what you believe it stops.

Bad:  find: '(synergy', bad: [Such synergy!], good: [We work well together.]
Good: find: 'synergy', bad: [Such synergy!], good: [We work well together.]
Mend: Change the expression until it finds every bad example and no good one, or change the example.""",
)
