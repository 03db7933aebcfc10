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

        Nothing can be read from it, so this customer gets no card; the other documents of the file are read all the
        same. The usual causes are a colon inside a value without quotes, a tab, and a quote that is never closed.

        Bad:
            remember: She said: never again without heated seats.
        Good:
            remember: "She said: never again without heated seats."
        """,
    ),
    _error(
        "F002",
        "control-character",
        """A text has a character that no pen can write.

        Control characters come along when text is pasted from another program. On a card they would be a gap or a
        box. Delete the character.

        Bad:
            name: "Ana\\x07 Reyes"
        Good:
            name: Ana Reyes
        """,
    ),
    _error(
        "F003",
        "duplicate-key",
        """The same fact is given twice in one record.

        Only one of them can be on the card, and the reader would notice the wrong one. Keep the true one; a second
        sale goes under `sales:`.

        Bad:
            sale: {item: red bicycle}
            sale: {item: bell}
        Good:
            sales:
              - {date: 2026-03-04, item: red bicycle}
              - {date: 2026-03-11, item: bell}
        """,
    ),
    _error(
        "F004",
        "yaml-tag",
        """A value has a YAML tag.

        Facts are text, numbers, dates, lists and records; a tag asks for something else, in the worst case for a
        program to be run. Take the tag away, or put a text that begins with ! in quotes.

        Bad:
            remember: !important she is allergic to lilies
        Good:
            remember: "!important she is allergic to lilies"
        """,
    ),
    _error(
        "F005",
        "yaml-alias",
        """A YAML alias or merge key leads nowhere, or repeats too much.

        A `*` at the beginning of a value without quotes repeats a part that was marked with `&`. Nothing has that
        mark, or the repetition grows without end. Merging with `<<` is not read. Write the facts out.

        Bad:
            remember: *sparkling
        Good:
            remember: "*sparkling"
        """,
    ),
    _error(
        "F006",
        "too-much",
        """The document is nested too deep or has too many values.

        A customer's facts are a page at most; what is larger was made by a program that went astray. Put each
        customer in a document of its own, with a line of three dashes between.

        Bad:
            problem: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
        Good:
            problem: {what: the chain came off, date: 2026-03-09}
        """,
    ),
    _error(
        "F007",
        "key-not-text",
        """The name of a fact is a number, yes, no or nothing.

        YAML reads `no:` as a flag and `2024:` as a number, and a template could not ask for either. Put the name in
        quotes or choose another.

        Bad:
            details: {2024: the year they moved}
        Good:
            details: {moved_in: 2024}
        """,
    ),
    _error(
        "F008",
        "impossible-date",
        """A date is in no calendar.

        Somebody who was thanked for a visit on February 30 would know that nobody looked. Correct the date, or quote
        what only looks like one.

        Bad:
            date: 2026-02-30
        Good:
            date: 2026-02-28
        """,
    ),
    _error(
        "F009",
        "empty-file",
        """The file holds no facts.

        A batch from it would print nothing, and silence is easily taken for success.

        Bad:
            # customers of March
        Good:
            customer: {name: Ana Reyes}
        """,
    ),
)

_SHAPE: Final = (
    _error(
        "F010",
        "unknown-key",
        """A fact has a name that the schema does not know.

        A slip such as `colur` would leave the colour out of every note without a word. What is particular to a sale
        goes under `details`, what you remember under `remember`; a fact that your shop always has is declared under
        `fields:` in notegen.yaml.

        Bad:
            sale: {colur: green}
        Good:
            sale: {colour: green}
        """,
    ),
    _error(
        "F011",
        "wrong-kind",
        """A value is of another kind than the schema wants: text for a date, a list for a text.

        A template that writes "since {{ customer.since | month_year }}" cannot do it with the word "soon".

        Bad:
            customer: {name: Ana Reyes, birthday: March 9th}
        Good:
            customer: {name: Ana Reyes, birthday: 1984-03-09}
        """,
    ),
    _error(
        "F012",
        "missing-fact",
        """A fact that every note needs is not there.

        A card to nobody is worse than no card.

        Bad:
            sale: {item: red bicycle}
        Good:
            customer: {name: Ana Reyes}
            sale: {item: red bicycle}
        """,
    ),
    _error(
        "F013",
        "unquoted-word",
        """A text is written as No, Yes, On, Off, Null or ~ without quotes.

        YAML reads these words as flags or as nothing, so Mr. No would get "Dear False" from many a program. If the
        word is meant, quote it.

        Bad:
            customer: {name: No}
        Good:
            customer: {name: "No"}
        """,
    ),
    _error(
        "F014",
        "number-as-name",
        """A name is a number.

        "Dear 10234" is the surest way to tell somebody that they are a row in a table. The number probably belongs
        under `key` or `sale.order`; quote it if somebody is called that.

        Bad:
            customer: {name: 10234}
        Good:
            customer: {name: Ana Reyes}
            key: c-10234
        """,
    ),
    _error(
        "F015",
        "blank",
        """A required fact is blank or says nothing.

        "Dear ," and "Dear Unknown" end in the bin, with what the reader thought of you.

        Bad:
            customer: {name: N/A}
        Good:
            customer: {name: Ana Reyes}
        """,
    ),
    _warning(
        "F016",
        "placeholder",
        """A fact is blank or a stand-in such as N/A, TBD or ???.

        A note that writes it out would say "I hope you enjoy the TBD"; notegen refuses such a note when a template
        writes the fact. Leave out the line when nothing is known.

        Bad:
            sale: {item: red bicycle, colour: N/A}
        Good:
            sale: {item: red bicycle}
        """,
    ),
    _error(
        "F017",
        "same-customer",
        """The same customer is here twice.

        Two thank-you cards for one sale tell the reader that a machine sent both. Two sales to one person go under
        `sales:`; two people of one name who bought on one day each need a `key:`.

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
        """,
    ),
    _error(
        "F018",
        "not-a-choice",
        """A fact is none of the words that the shop allows for it.

        The `choices` of a field in notegen.yaml say what its value may be.

        Bad:
            customer: {tier: glod}
        Good:
            customer: {tier: gold}
        """,
    ),
    _warning(
        "F019",
        "awkward-key",
        """A fact has a name that a template cannot write after a dot.

        `{{ sale.details.trade-in }}` is a subtraction. Letters, digits and _ can be written anywhere.

        Bad:
            details: {trade-in: a 2011 Civic}
        Good:
            details: {trade_in: a 2011 Civic}
        """,
    ),
    _warning(
        "F020",
        "capitals",
        """A name is written in capitals throughout.

        Capitals are how a data base shouts a name; a hand that writes MARY SMITH has never met her.

        Bad:
            customer: {name: MARY SMITH}
        Good:
            customer: {name: Mary Smith}
        """,
    ),
    _warning(
        "F021",
        "family-name-first",
        """A full name begins with the family's name and a comma.

        That is the order of an index. "Dear Smith, Mary" shows the reader the card box they are kept in.

        Bad:
            customer: {name: "Smith, Mary"}
        Good:
            customer: {name: Mary Smith}
        """,
    ),
)

_SETTINGS: Final = (
    _error(
        "F022",
        "bad-field",
        """A field that notegen.yaml declares is not one.

        A field's name is letters, digits and _ with dots between, and says its `kind`: text, number, date, flag, any,
        list or record. `weight` says how much a note gains by it: 0 for what many people share, 1 for what only this
        person would have.

        Bad:
            fields: {sale.trade-in: text}
        Good:
            fields: {sale.trade_in: {kind: text, weight: 1, doc: what they traded in}}
        """,
    ),
)

RULES: Final[tuple[Rule, ...]] = (*_READING, *_SHAPE, *_SETTINGS, *HYGIENE)
