"""The manual of the codes F001 to F022: what can be wrong with a file of facts, and with notegen.yaml."""

from __future__ import annotations

from typing import Final

from notegen.facts.hygiene.codes import RULES as HYGIENE
from notegen.model.diagnostic import Severity
from notegen.model.rule import Rule


def _error(code: str, name: str, manual: str) -> Rule:
    return Rule(code, name, "facts", Severity.ERROR, manual)


def _warning(code: str, name: str, manual: str) -> Rule:
    return Rule(code, name, "facts", Severity.WARNING, manual)


_READING: Final = (
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

_SHAPE: Final = (
    _error(
        "F010",
        "unknown-key",
        """A fact has a name that the schema does not know.

        Finds keys that neither the standard facts nor the shop's `fields:` know; the nearest name is given. Anything
        goes under `details` and `remember`.

        A slip such as `colur` would leave the colour out of every note without a word.

        Bad:
            sale: {colur: green}
        Good:
            sale: {colour: green}
        Mend: Correct the name. What is particular to a sale goes under `details`; a fact that your shop always has is
        declared under `fields:` in notegen.yaml.
        """,
    ),
    _error(
        "F011",
        "wrong-kind",
        """A value is of another kind than the schema wants: text for a date, a list for a text.

        Finds text where a date is wanted, a list where one text is wanted, and their like.

        A template that writes "since {{ customer.since | month_year }}" cannot do it with the word "soon", and the
        sentence that was meant for this reader would be lost.

        Bad:
            customer: {name: Ana Reyes, birthday: March 9th}
        Good:
            customer: {name: Ana Reyes, birthday: 1984-03-09}
        Mend: Write the value in the kind that is named, a date as 2026-03-04; words about it go under `remember`.
        """,
    ),
    _error(
        "F012",
        "missing-fact",
        """A fact that every note needs is not there.

        Finds customers without a fact that no note can do without: the name above all.

        A card to nobody is worse than no card.

        Bad:
            sale: {item: red bicycle}
        Good:
            customer: {name: Ana Reyes}
            sale: {item: red bicycle}
        Mend: Add the fact, or take this document out of the file.
        """,
    ),
    _error(
        "F013",
        "unquoted-word",
        """A text is written as No, Yes, On, Off, Null or ~ without quotes.

        Finds No, Yes, On, Off, True, False, Null and ~ without quotes where a text is wanted: YAML reads these words as
        flags or as nothing.

        Mr. No would get "Dear False" from many a program.

        Bad:
            customer: {name: No}
        Good:
            customer: {name: "No"}
        Mend: Put the word in quotes if it is meant; leave the line out if nothing is known.
        """,
    ),
    _error(
        "F014",
        "number-as-name",
        """A name is a number.

        Finds names that are numbers.

        "Dear 10234" is the surest way to tell somebody that they are a row in a table.

        Bad:
            customer: {name: 10234}
        Good:
            customer: {name: Ana Reyes}
            key: c-10234
        Mend: Write the name; the number probably belongs under `key` or `sale.order`. Quote it if somebody is called
        that.
        """,
    ),
    _error(
        "F015",
        "blank",
        """A required fact is blank or says nothing.

        Finds required facts that are empty, punctuation alone, or words such as N/A, TBD and Unknown.

        "Dear ," and "Dear Unknown" end in the bin, with what the reader thought of you.

        Bad:
            customer: {name: N/A}
        Good:
            customer: {name: Ana Reyes}
        Mend: Fill it in, or take this customer out until you know.
        """,
    ),
    _warning(
        "F016",
        "placeholder",
        """A fact is blank or a stand-in such as N/A, TBD or ???.

        Finds optional facts that are empty, punctuation alone, or a stand-in for what nobody knew. Words that only
        contain one, such as "the test drive", are let pass.

        A note that writes it out would say "I hope you enjoy the TBD"; notegen refuses such a note when a template
        writes the fact.

        Bad:
            sale: {item: red bicycle, colour: N/A}
        Good:
            sale: {item: red bicycle}
        Mend: Leave out the line when nothing is known.
        """,
    ),
    _error(
        "F017",
        "same-customer",
        """The same customer is here twice.

        Finds two customers of one key, or of one name and date, in the files of a run.

        Two thank-you cards for one sale tell the reader that a machine sent both.

        Bad:
            customer: {name: Ana Reyes}
            ---
            customer: {name: Ana Reyes}
        Good:
            key: ana-reyes-elm-street
            customer: {name: Ana Reyes}
            ---
            key: ana-reyes-harbour
            customer: {name: Ana Reyes}
        Mend: Two sales to one person go under `sales:`; two people of one name who bought on one day each need a
        `key:`.
        """,
    ),
    _error(
        "F018",
        "not-a-choice",
        """A fact is none of the words that the shop allows for it.

        Finds values that are not among the `choices` of a field in notegen.yaml, and names in notegen.yaml that stand
        for nothing: a hand, a stock, a file.

        A template that asks for the one word finds another and falls silent, so the reader gets the note that was meant
        for somebody else.

        Bad:
            customer: {tier: glod}
        Good:
            customer: {tier: gold}
        Mend: Write one of the words that are allowed, or add this one to the `choices`.
        """,
    ),
    _warning(
        "F019",
        "awkward-key",
        """A fact has a name that a template cannot write after a dot.

        Finds keys with dashes, spaces or other signs in them. Letters, digits and _ can be written anywhere.

        `{{ sale.details.trade-in }}` is a subtraction, so the fact would never reach the note.

        Bad:
            details: {trade-in: a 2011 Civic}
        Good:
            details: {trade_in: a 2011 Civic}
        Mend: Write _ in place of the dash or space.
        """,
    ),
    _warning(
        "F020",
        "capitals",
        """A name is written in capitals throughout.

        Finds names without a small letter in which a word has more than three. Initials and short forms (JP, BJ III)
        are let pass.

        Capitals are how a data base shouts a name; a hand that writes MARY SMITH has never met her.

        Bad:
            customer: {name: MARY SMITH}
        Good:
            customer: {name: Mary Smith}
        Mend: Write the name as its bearer does.
        """,
    ),
    _warning(
        "F021",
        "family-name-first",
        """A full name begins with the family's name and a comma.

        Finds names that are a family name, a comma and a given name. "Martin King, Jr." is let pass.

        That is the order of an index. "Dear Smith, Mary" shows the reader the card box they are kept in.

        Bad:
            customer: {name: "Smith, Mary"}
        Good:
            customer: {name: Mary Smith}
        Mend: Turn the name around and leave out the comma.
        """,
    ),
)

_SETTINGS: Final = (
    _error(
        "F022",
        "bad-field",
        """A field that notegen.yaml declares is not one.

        Finds entries under `fields:` whose name is not letters, digits and _ with dots between, or that do not say a
        `kind`: text, number, date, flag, any, list or record. `weight` says how much a note gains by it: 0 for what
        many people share, 1 for what only this person would have.

        A fact that is declared wrongly is not checked, and a slip in it reaches the card.

        Bad:
            fields: {sale.trade-in: text}
        Good:
            fields: {sale.trade_in: {kind: text, weight: 1, doc: what they traded in}}
        Mend: Write the name with dots and give it a kind, as in the good example.
        """,
    ),
)

RULES: Final[tuple[Rule, ...]] = (*_READING, *_SHAPE, *_SETTINGS, *HYGIENE)
