"""The manual of the codes F001 to F009: what keeps a file of facts, or notegen.yaml, from being read."""

from __future__ import annotations

from typing import Final

from notegen.model.diagnostic import Severity
from notegen.model.rule import Rule


def _error(code: str, name: str, manual: str) -> Rule:
    return Rule(code, name, "facts", Severity.ERROR, manual, allowable=False)


READING: Final = (
    _error(
        "F001",
        "broken-yaml",
        """The document is not YAML.

        Finds a document that cannot be read as YAML. The usual causes are a colon inside a value without quotes, a tab,
        and a quote that is never closed; the other documents of the file are read all the same.

        Nothing can be read from it, so this customer gets no card, and nobody would notice that it is missing.

        Bad:
            remember: She said: never again without heated seats.
        Good:
            remember: "She said: never again without heated seats."
        Mend: Put a value that holds a colon in quotes, indent with spaces, and close every quote.
        """,
    ),
    _error(
        "F002",
        "control-character",
        """A text has a character that no pen can write.

        Finds control characters and line separators in the text of a file. They come along when text is pasted from
        another program.

        On a card they would be a gap or a box, in the middle of somebody's name.

        Bad:
            name: "Ana\\x07 Reyes"
        Good:
            name: Ana Reyes
        Mend: Delete the character; the caret shows where it is, even if your editor does not.
        """,
    ),
    _error(
        "F003",
        "duplicate-key",
        """The same fact is given twice in one record.

        Finds a key that stands twice in one record. The same key in two records, or in two documents, is no fault.

        Only one of them can be on the card, and the reader would notice the wrong one.

        Bad:
            sale: {item: red bicycle}
            sale: {item: bell}
        Good:
            sales:
              - {date: 2026-03-04, item: red bicycle}
              - {date: 2026-03-11, item: bell}
        Mend: Keep the true one. A second sale goes under `sales:`.
        """,
    ),
    _error(
        "F004",
        "yaml-tag",
        """A value has a YAML tag.

        Finds values that begin with a YAML tag, such as `!important` or `!!python/object`. Facts are text, numbers,
        dates, lists and records; a tag asks for something else, in the worst case for a program to be run.

        What was meant as a remark would be missing from the note, or would not be what you wrote.

        Bad:
            remember: !important she is allergic to lilies
        Good:
            remember: "!important she is allergic to lilies"
        Mend: Take the tag away, or put a text that begins with `!` in quotes.
        """,
    ),
    _error(
        "F005",
        "yaml-alias",
        """A YAML alias or merge key leads nowhere, or repeats too much.

        Finds a `*` at the beginning of a value without quotes when no part has that mark, repetition that grows without
        end, and merging with `<<`, which is not read.

        The fact behind it would be missing from the note without a word.

        Bad:
            remember: *sparkling
        Good:
            remember: "*sparkling"
        Mend: Put a text that begins with `*` in quotes, and write facts out instead of repeating them.
        """,
    ),
    _error(
        "F006",
        "too-much",
        """The document is nested too deep or has too many values.

        Finds a document that is nested too deep or holds too many values. A customer's facts are a page at most; what
        is larger was made by a program that went astray.

        Nobody has looked at such a file, and nobody would have looked at the notes that came of it.

        Bad:
            problem: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
        Good:
            problem: {what: the chain came off, date: 2026-03-09}
        Mend: Put each customer in a document of their own, with a line of three dashes between.
        """,
    ),
    _error(
        "F007",
        "key-not-text",
        """The name of a fact is a number, yes, no or nothing.

        Finds keys without quotes that YAML reads as a number, yes, no, a date or nothing, such as `no:` and `2024:`.

        No template could ask for such a fact, so the reader would never hear of it.

        Bad:
            details: {2024: the year they moved}
        Good:
            details: {moved_in: 2024}
        Mend: Put the name in quotes or choose another.
        """,
    ),
    _error(
        "F008",
        "impossible-date",
        """A date is in no calendar.

        Finds values that look like a date and are in no calendar, such as 2026-02-30.

        Somebody who was thanked for a visit on February 30 would know that nobody looked.

        Bad:
            date: 2026-02-30
        Good:
            date: 2026-02-28
        Mend: Correct the date, or quote what only looks like one.
        """,
    ),
    _error(
        "F009",
        "empty-file",
        """The file holds no facts.

        Finds files that are empty or hold only comments.

        A batch from it would print nothing, and silence is easily taken for success: the cards that somebody waits for
        would never be written.

        Bad:
            # customers of March
        Good:
            customer: {name: Ana Reyes}
        Mend: Write at least one customer into it, or delete the file.
        """,
    ),
)
