"""The manual of what collecting finds: files that cannot be read at all."""

from __future__ import annotations

from typing import Final

from notegen.model.diagnostic import Severity
from notegen.model.rule import Rule

RULES: Final = (
    Rule(
        "F024",
        "unreadable-file",
        "file",
        Severity.ERROR,
        """A file of the folder cannot be read as text.

        Finds files that are not UTF-8, are binary, too large, or not permitted to be read. The rest of the folder is
        judged all the same; a file that is named on the command line and cannot be read ends the command.

        Nothing in it was looked at, so nobody knows what the people in it would get.

        Bad: customers.yaml, saved by a spreadsheet as Windows-1252.
        Good: The same file, saved as UTF-8.
        Mend: Save the file as UTF-8, or take it out of the folder.
        """,
    ),
    Rule(
        "S101",
        "card-envelope-slip",
        "batch",
        Severity.ERROR,
        """Cards, envelopes and packing slip are not of the same people.

        Finds whoever has a row on the slip and no card or no envelope, and whoever has either and no row.

        From the first one that is missing, each card goes into its neighbour's envelope, and every one of them reads a
        stranger's thanks.

        Bad: 40 cards, and 39 envelopes because one address was left out.
        Good: 40 cards, 40 envelopes and 40 rows of the same customers.
        Mend: Make cards, envelopes and slip in one run, with the same --only and --skip-bad.
        """,
    ),
    Rule(
        "S102",
        "twice-on-slip",
        "batch",
        Severity.ERROR,
        """Somebody has two cards, two envelopes or two rows in one batch.

        Finds keys that occur more than once among the cards, the envelopes or the rows of a packing slip.

        The second card would take the place of somebody else's, and the first reader gets the same note twice.

        Bad: 41 cards for 40 customers.
        Good: One card, one envelope and one row for each note.
        Mend: Give each sale of one customer its own `key:`, or take out the one that is repeated.
        """,
    ),
    Rule(
        "S103",
        "letters-on-slip",
        "batch",
        Severity.WARNING,
        """What a slip or a copy sheet says has letters that plain type does not have.

        Finds characters of names, addresses, notes and things to do by hand for which neither the plain type of slips
        and envelopes nor a bundled hand has a shape.

        Whoever packs the cards sees an empty box in its place, and two such names look the same.

        Bad: A name in a script for which no font is bundled.
        Good: The name as it would stand on an envelope sent abroad.
        Mend: Write the name in letters that can be printed, or go by the mark and the number.
        """,
    ),
    Rule(
        "S110",
        "nobody-to-sign",
        "card",
        Severity.WARNING,
        """A card that you mean to sign yourself has no line with a name that could be left out.

        Finds notes that end without a name on a line of its own, when cards are made with `--sign-yourself` or `sign:
        yourself`. The room for the signature is then kept below the last line of the note.

        A name that stands behind its closing on one line is printed, and signing below it signs twice.

        Bad: Warmly, Ruth
        Good:
            Warmly,
            Ruth
        Mend: Put the name on a line of its own below the closing.
        """,
    ),
)
