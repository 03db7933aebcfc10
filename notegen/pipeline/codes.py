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
        "S110",
        "nobody-to-sign",
        "card",
        Severity.WARNING,
        """A card that you mean to sign yourself has no line with a name that could be left out.

        Finds notes that end without a name on a line of its own, when cards are made with `--sign-yourself` or `sign:
        yourself`. The room for the signature is then kept below the last line of the note.

        A name that stands behind its closing on one line is printed, and signing below it signs twice.

        Bad: Warmly, Ruth
        Good: Warmly,
        Ruth
        Mend: Put the name on a line of its own below the closing.
        """,
    ),
)
