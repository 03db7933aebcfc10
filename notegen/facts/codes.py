"""The manual of the codes F010 to F022: what can be wrong with facts that can be read, and with notegen.yaml."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from notegen.facts.hygiene.codes import RULES as HYGIENE
from notegen.facts.reading_codes import READING
from notegen.model.diagnostic import Severity
from notegen.model.rule import Rule


def _error(code: str, name: str, manual: str) -> Rule:
    return Rule(code, name, "facts", Severity.ERROR, manual)


def _warning(code: str, name: str, manual: str) -> Rule:
    return Rule(code, name, "facts", Severity.WARNING, manual)


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

FIXABLE: Final = frozenset(("F020", "F021", "F026", "F028", "F029", "F031", "F032", "F033"))
"""Codes whose findings carry a fix where it is safe."""

RULES: Final[tuple[Rule, ...]] = tuple(
    replace(rule, fixable=rule.code in FIXABLE) for rule in (*READING, *_SHAPE, *_SETTINGS, *HYGIENE)
)
