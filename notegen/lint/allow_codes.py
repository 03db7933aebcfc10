"""The manual of the codes A101 to A105: what can be wrong with allowances and with a baseline."""

from __future__ import annotations

from typing import Final

from notegen.model.diagnostic import Severity
from notegen.model.rule import Rule

RULES: Final = (
    Rule(
        "A101",
        "unused-allowance",
        "allowance",
        Severity.WARNING,
        """An allowance covers nothing.

        Finds `notegen: allow` comments for a code that is not found there: the words were mended, the line was moved
        away, or the code is another one.

        What is allowed without need hides the next fault of that kind, and that one is mailed to somebody.

        Bad:
            {# notegen: allow N115 they asked for the review link #}
            Thank you for the peach jam.
        Good:
            Thank you for the peach jam.
        Mend: Take the comment away, or put it on the line before the words that it is about.
        """,
    ),
    Rule(
        "A102",
        "allowance-without-reason",
        "allowance",
        Severity.ERROR,
        """An allowance gives no reason.

        Finds `notegen: allow` comments with a code and no words after it. Such a comment allows nothing.

        Whoever opens the envelope cannot ask why the sentence is there; the next person who edits the template can read
        it, if it was written down.

        Bad:
            {# notegen: allow N115 #}
        Good:
            {# notegen: allow N115 Ms. Ito asked us to remind her of the review #}
        Mend: Write after the code why these words are right here.
        """,
    ),
    Rule(
        "A103",
        "unknown-allowance",
        "allowance",
        Severity.ERROR,
        """An allowance names no rule.

        Finds `notegen:` comments whose code or name stands for nothing, and those that are neither `allow` nor
        `allow-file`.

        The fault that was meant is still found, so the card is not printed and nobody gets it.

        Bad:
            {# notegen: allow N1155 she asked for it #}
        Good:
            {# notegen: allow N115 she asked for it #}
        Mend: Write a code or a name that `notegen rule list` shows.
        """,
    ),
    Rule(
        "A104",
        "not-allowable",
        "allowance",
        Severity.ERROR,
        """A rule is to be silenced that nothing silences.

        Finds comments and settings that would allow, switch off or turn down a rule about what a customer asked for,
        or one of the rules about allowances. The finding itself stays.

        Somebody said "do not ask me again". A comment in a template is no answer to them.

        Bad:
            {# notegen: allow unwanted-topic it is only a small hint #}
        Good: The sentence is not in the note.
        Mend: Take the sentence out, or change the customer's facts if they no longer hold.
        """,
        allowable=False,
    ),
    Rule(
        "A105",
        "stale-baseline",
        "allowance",
        Severity.WARNING,
        """A baseline still lists what was mended.

        Finds entries of the baseline that stand for nothing any more. With `--strict-baseline` they are errors.

        A place that is kept free for an old fault takes the next one in, and that one goes out unseen.

        Bad: A baseline with 12 findings for a template that has 9 of them.
        Good: A baseline with 9.
        Mend: Run `notegen lint --prune-baseline`; it takes out what is gone and never adds anything.
        """,
    ),
)
