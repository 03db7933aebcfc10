"""Whether the words agree with what is known: hard-coded facts, contradictions, names spelled two ways, private facts.

What does the comparing is imported when there is something to compare: a template by itself is judged without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from notegen.lint.place import fact_span
from notegen.lint.reading import Found, Medium, Reading
from notegen.lint.rules.phrases import found
from notegen.model.diagnostic import Related, Severity
from notegen.model.facts import Value
from notegen.model.note import Role

SHOWN: Final = 60
"""Characters of a fact that a message gives."""


def hard_coded_fact(reading: Reading) -> Iterator[Found]:
    """A word of the template is a fact of this customer.

    Finds, in the template's own words, the colour of what was sold, its model, the weekday or the date of the sale, the
    town, a name of the customer or the household, and short values of other facts. Words that any note may hold are
    left alone: kinds of things, small numbers, weekdays that are said to come again.

    What is typed into a template is sent to everybody. It is right in the note that it was written for, and wrong in
    the next one, where nobody reads it again.

    Bad:  {sale: {short: the Outback, colour: red}} Enjoy the red {{ sale.short }}.
    Good: {sale: {short: the Outback, colour: red}} Enjoy the {{ sale.colour }} one.
    Mend: Put the fact in the place of the word, such as {{ sale.colour }}.
    """
    if reading.knowledge is not None and reading.medium is Medium.NOTE:
        from notegen.lint.hardcoding import hard_coded

        yield from hard_coded(reading, reading.knowledge)


def contradiction(reading: Reading) -> Iterator[Found]:
    """The text says something that the facts deny.

    Finds another colour or material, model, make, year or size than what was sold; a weekday, date, month or number of
    years that the dates deny; another number of things or people, another price, another town; a feature that a fact
    says is not there. It is looked for only where the text speaks of the sale or of a thing that the facts describe,
    and where the facts are silent nothing is found. It is a warning where the text might mean another thing.

    A wrong colour or a wrong day tells the reader that the card was meant for somebody else, and undoes whatever else
    it says.

    Bad:  {sale: {short: the Outback, colour: green}} Dear Ana, Enjoy the blue Outback.
    Good: {sale: {short: the Outback, colour: green}} Dear Ana, Enjoy the green Outback.
    Mend: Say what the fact says, or correct the fact; in a template, print the fact instead of the word.
    """
    if reading.knowledge is None:
        return
    from notegen.lint import claims

    known, said = reading.knowledge.known, reading.knowledge.said
    taken: set[int] = set()
    for kind in claims.ALL:
        for one in kind(said, known):
            if not taken.isdisjoint(range(one.start, one.end)):
                continue
            taken.update(range(one.start, one.end))
            # What is reckoned from the day of the run may be true on the day of the printing.
            dated = kind is claims.spans_of_time and reading.medium is Medium.NOTE
            severity = Severity.ERROR if one.sure and not dated else Severity.WARNING
            given = one.means or _shown(reading, one.path)
            message = f"this says '{{text}}', and {one.path} is {given}"
            yield _found(reading, one.start, one.end, one.path, message, _mend(reading, one.path, one.means), severity)


def misspelt_name(reading: Reading) -> Iterator[Found]:
    """A name is not spelled as the facts spell it, or the greeting is for somebody else.

    Finds words with a capital that are one slip away from a name of the customer, the household, the salesperson, the
    firm or the thing sold (two slips in a long name), names that lost their accents (a warning), and a greeting without
    any of the customer's names. Short forms (Kate for Catherine) and other people's names are left alone.

    The name is the one word that every reader checks. Catherine with a K says that nobody looked her up.

    Bad:  {customer: {name: Catherine Walsh}} Dear Katherine, The lamp suits your hall.
    Good: {customer: {name: Catherine Walsh}} Dear Catherine, The lamp suits your hall.
    Mend: Copy the name from the facts; if the facts have it wrong, correct it there.
    """
    if reading.knowledge is None:
        return
    from notegen.lint.names import near_names

    for one in near_names(reading.knowledge.said, reading.knowledge.known):
        place = reading.plain.original(one.start, one.end)
        if any(block.start <= place[0] < block.end for block in reading.parts(Role.SIGNATURE)):
            continue
        given = one.name or _shown(reading, one.path)
        verb = "is" if one.name else "and"
        message = f"'{{text}}' is not {given}, the name in {one.path}"
        if verb == "and":
            message = f"this greets '{{text}}', and {one.path} is {given}"
        severity = Severity.ERROR if one.sure else Severity.WARNING
        yield _found(reading, one.start, one.end, one.path, message, f"write {given}, or correct the fact", severity)


def data_leak(reading: Reading) -> Iterator[Found]:
    """The text prints what the shop keeps about the reader.

    Finds a customer's tier, order, invoice or account number, e-mail address, telephone, VIN and their like, printed by
    a template or typed into a letter. A word such as "gold" is found only where it is said of a customer. What looks
    like it is found without facts too: "account number 44-1031", `customer_id=7`, "lead score", "internal use only".

    Nobody wants to read how they are filed. One number tells the reader that the card came out of a system.

    Bad:  {customer: {name: Ana Ito, tier: gold}} Dear Ana, Our gold customers come first.
    Good: {customer: {name: Ana Ito, tier: gold}} Dear Ana, The gold ring suits you.
    Mend: Leave it out.
    """
    leaked = tuple(private_facts(reading))
    yield from leaked
    for one in found(reading, "data-leak"):
        if not any(leak.start < one.end and one.start < leak.end for leak in leaked):
            yield one


def private_facts(reading: Reading) -> Iterator[Found]:
    """Yield the places of facts that the shop keeps to itself: printed from them, or typed as they are."""
    if reading.knowledge is None:
        return
    from notegen.lint.private import is_private, may_be_private, printed_private

    hint = "leave it out; it says how the reader is filed"
    printed: set[tuple[int, int]] = set()
    if reading.medium is Medium.NOTE:
        for piece in reading.note.pieces:
            named = (path for path in piece.reads if may_be_private(path))
            path = next((path for path in named if is_private(path, *_filed(reading, path))), None)
            if path is not None and reading.note.text[piece.start : piece.end].strip():
                printed.add((piece.start, piece.end))
                yield Found(piece.start, piece.end, f"{path} is printed here", hint, Severity.ERROR)
    for start, end, fact in printed_private(reading.knowledge.said, reading.knowledge.known):
        place = reading.plain.original(start, end)
        if not any(first < place[1] and place[0] < last for first, last in printed):
            yield _found(reading, start, end, fact.path, f"{fact.path} is printed here", hint, Severity.ERROR)


def _found(reading: Reading, start: int, end: int, path: str, message: str, hint: str, severity: Severity) -> Found:
    span = fact_span(reading.context.facts, path)
    related = (Related(span, f"{path} is given here"),) if span is not None else ()
    return Found(*reading.plain.original(start, end), message, hint, severity, related)


def _filed(reading: Reading, path: str) -> tuple[Value, int]:
    """Return a fact's value and weight."""
    facts, schema = reading.context.facts, reading.context.schema
    field = schema.lookup(path) if schema is not None else None
    return facts.get(path) if facts is not None else None, field.weight if field is not None else 0


def _mend(reading: Reading, path: str, means: str) -> str:
    if reading.medium is Medium.LETTER:
        return "say what the fact says, or correct the fact"
    value = reading.context.facts.get(path) if reading.context.facts is not None else None
    if isinstance(value, bool):
        return f"say it only {{% if {path} %}}, or correct the fact"
    form = "" if not isinstance(value, date) else " | weekday" if means.endswith("day") else " | day_month"
    return f"print {{{{ {path}{form} }}}}, or correct the fact"


def _shown(reading: Reading, path: str) -> str:
    """Return a fact as a message gives it."""
    value: Value = reading.context.facts.get(path) if reading.context.facts is not None else None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return f"{value:%B} {value.day}, {value.year}"
    if isinstance(value, tuple):
        return f"a list of {len(value)}"
    text = str(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 1].rstrip() + "…"
