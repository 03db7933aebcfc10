"""The manual of the codes F023 to F033: what a data base, an export or a clipboard leaves in facts."""

from __future__ import annotations

from typing import Final

from notegen.model.diagnostic import Severity
from notegen.model.rule import Rule


def _rule(code: str, name: str, severity: Severity, manual: str) -> Rule:
    return Rule(code, name, "facts", severity, manual)


RULES: Final[tuple[Rule, ...]] = (
    _rule(
        "F023",
        "status-word",
        Severity.ERROR,
        """A name carries a word about the person's standing.

        Finds "(deceased)", "DO NOT CALL", "(VIP)", "*duplicate*", "Estate of", "test customer" and their like in names.

        Offices keep such remarks in the name because every screen shows it, and so does every envelope. A widow who
        opens a card to "Dear Walter (deceased)" will not forget who sent it.

        Bad:
            customer: {name: Walter Haas (deceased)}
        Good:
            customer: {name: Ingrid Haas}
        Mend:
            Write to whoever is left, or to nobody. Other remarks go under `preferences` or `remember`.
        """,
    ),
    _rule(
        "F025",
        "contact-in-name",
        Severity.ERROR,
        """A name holds an address, a telephone number or an e-mail address.

        Finds streets with a number, post boxes, flats, "c/o", telephone numbers and e-mail addresses in names.

        Columns slip when a list is pasted. The card would greet "Dear 555-0142", and nobody would believe the rest.

        Bad:
            customer: {name: Ana Reyes 555-0142}
        Good:
            customer: {name: Ana Reyes, phone: 555-0142}
        Mend:
            Move it to `customer.address`, `customer.phone` or `customer.email`.
        """,
    ),
    _rule(
        "F026",
        "lost-zero",
        Severity.ERROR,
        """A postcode has lost the zero that it began with, or gained an apostrophe.

        Finds postcodes of three or four digits where five are written: in New England, New Jersey and Puerto Rico, in
        Germany, France, Italy, Spain and other countries; and digits after a spreadsheet's apostrophe.

        Spreadsheets take postcodes for numbers and drop the zero. The card goes to another town, or comes back.

        Bad:
            customer: {name: Ana Reyes, address: {city: Concord, region: MA, postcode: 1742}}
        Good:
            customer: {name: Ana Reyes, address: {city: Concord, region: MA, postcode: "01742"}}
        Mend:
            Write all digits, in quotes; where the zero is certain, `notegen lint --fix` does it.
        """,
    ),
    _rule(
        "F027",
        "doubtful-date",
        Severity.WARNING,
        """A day stands for a blank field, has not come yet, or is too long ago.

        Finds the days that programs write for nothing (1970-01-01, 1900-01-01, 1899-12-30 and their like), which are
        errors; sales, problems and birthdays in the future; birthdays more than 115 years ago, sales before 1950.

        Every note that reckons with the day will be wrong: "fifty-six years ago this January" to somebody who bought
        in spring.

        Bad:
            {customer: {name: Ana Reyes}, sale: {item: a bell, date: 1970-01-01}}
        Good:
            {customer: {name: Ana Reyes}, sale: {item: a bell, date: 2026-01-01}}
        Mend:
            Write the real day, or leave the line out.
        """,
    ),
    _rule(
        "F028",
        "wrong-letters",
        Severity.ERROR,
        """Letters were decoded wrongly on their way here.

        Finds the marks that appear when UTF-8 is read as another encoding ("canâ€™t", "RenÃ©e") and the sign for a
        letter that could not be read.

        A name with rubble in it says that a machine wrote the card, and a careless one.

        Bad:
            customer: {name: RenÃ©e Marsh}
        Good:
            customer: {name: Renée Marsh}
        Mend:
            Save the file as UTF-8; where the letters can be told, `notegen lint --fix` writes them.
        """,
    ),
    _rule(
        "F029",
        "markup",
        Severity.ERROR,
        """A fact has HTML in it.

        Finds entities such as `&amp;` and `&#39;`, and tags such as `<br>`.

        On paper they stay what they are, and the reader sees which web form the words came from.

        Bad:
            {customer: {name: Ana Reyes}, remember: ["You &amp; Rex came twice."]}
        Good:
            {customer: {name: Ana Reyes}, remember: ["You and Rex came twice."]}
        Mend:
            Write the character or the line break itself; entities are mended by `notegen lint --fix`.
        """,
    ),
    _rule(
        "F030",
        "same-person",
        Severity.WARNING,
        """Two customers of a list seem to be one person.

        Finds the same name, whatever the case, the accents and the order of its parts, with the same address, e-mail
        address, telephone or birthday.

        Two cards in one post to one person undo each other: the second proves that the first was a list.

        Bad:
            {customer: {name: Ana Reyes, email: ana@example.com}}
            ---
            {customer: {name: "Reyes, Ana", email: Ana@example.com}}
        Good:
            {customer: {name: Ana Reyes, email: ana@example.com}}
            ---
            {customer: {name: Bo Reyes, email: bo@example.com}}
        Mend:
            Keep one document, with both sales under `sales:`.
        """,
    ),
    _rule(
        "F031",
        "stray-space",
        Severity.WARNING,
        """A fact has white space that nobody meant.

        Finds spaces at the ends of quoted text, runs of spaces, wide and thin spaces, and characters of no width.

        Most of it never shows, some of it opens a gap in the middle of a handwritten line; and a name with a space at
        its end is another name to every program that compares it.

        Bad:
            customer: {name: "Ana Reyes "}
        Good:
            customer: {name: Ana Reyes}
        Mend:
            Take it out; `notegen lint --fix` does.
        """,
    ),
    _rule(
        "F032",
        "stray-mark",
        Severity.WARNING,
        """A fact has marks that no pen would make.

        Finds doubled marks (",," "!!" ".."), a space before a comma or a full stop, typewriter's quotes (two
        apostrophes, backticks), and marks at the ends of a name.

        They are what typing and pasting leave behind. In handwriting each is a small jolt, and together they say that
        nobody read this before it was copied.

        Bad:
            {customer: {name: Ana Reyes}, remember: ["You came twice ,in the rain!!"]}
        Good:
            {customer: {name: Ana Reyes}, remember: ["You came twice, in the rain!"]}
        Mend:
            Write the one mark that is meant; where it is plain, `notegen lint --fix` does.
        """,
    ),
    _rule(
        "F033",
        "small-name",
        Severity.WARNING,
        """A full name is written without a capital.

        Finds names of two words or more, all in small letters. A first name alone may be how somebody signs.

        It was typed in a hurry, and "Dear ana" shows it.

        Bad:
            customer: {name: ana reyes}
        Good:
            customer: {name: Ana Reyes}
        Mend:
            Write it as they do; plain names are mended by `notegen lint --fix`.
        """,
    ),
)
