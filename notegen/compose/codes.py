"""The codes of templates: what is wrong with one, or with one and a customer together."""

from __future__ import annotations

from typing import Final

from notegen.model.diagnostic import Severity
from notegen.model.rule import Rule


def _rule(code: str, name: str, manual: str, severity: Severity = Severity.ERROR) -> Rule:
    return Rule(code, name, "template", severity, manual)


RULES: Final[tuple[Rule, ...]] = (
    _rule(
        "T001",
        "template-syntax",
        """A template cannot be read.

        Finds a tag that is not closed, a brace that is missing, a word where none can stand, and front matter that
        never ends.

        No card can be written from it, and whoever waits for one gets none.

        Bad:  {% if sale.colour %}in {{ sale.colour }}
        Good: {% if sale.colour %}in {{ sale.colour }}{% endif %}
        Mend: Close what the message names; every `{% if %}` wants an `{% endif %}`.
        """,
    ),
    _rule(
        "T002",
        "front-matter",
        """The lines between --- at the top of a template say something unknown or of the wrong kind.

        Finds keys of the front matter that there are not, with the nearest that there is, and values of the wrong kind.
        Front matter names the template, its occasion, stock, hand and locale, and the facts it requires.

        A misspelled key would be silently ignored, and the card would go out on the wrong stock or without a fact it
        needs.

        Bad:  require: [sale.item]
        Good: requires: [sale.item]
        Mend: Correct the key or its value.
        """,
    ),
    _rule(
        "T003",
        "unknown-fact",
        """A template names a fact that no schema knows.

        Finds paths in a template that neither the standard facts nor the shop's `fields:` have, with the nearest that
        they have, in every branch.

        A misspelled name prints nothing, and the reader gets "Thank you for buying the ."

        Bad:  Dear {{ customer.frist_name }},
        Good: Dear {{ customer.first_name }},
        Mend: Correct the name, or declare a fact of your own under `fields:` in notegen.yaml.
        """,
    ),
    _rule(
        "T004",
        "absent-fact",
        """A template prints a fact that this customer does not have.

        Finds expressions that print a fact which this customer's file lacks. A fact that is only asked about, in an
        `if`, is let pass.

        The sentence would have a hole where the personal thing should be.

        Bad:  I hope the {{ sale.colour }} suits you.
        Good: {% if sale.colour %}I hope the {{ sale.colour }} suits you.{% endif %}
        Mend: Add the fact, or guard the sentence so that it is left out.
        """,
    ),
    _rule(
        "T005",
        "blank-fact",
        """A template prints a fact that is blank or stands for "we do not know".

        Finds expressions that print "N/A", "TBD", "-", empty text and their like: what people type to get past a form.

        On a card they tell the reader that nobody looked.

        Bad:  Enjoy the {{ sale.item }}, with `item: TBD` in the facts
        Good: {% if sale.item %}Enjoy the {{ sale.item }}.{% endif %}, or the fact filled in
        Mend: Fill the fact in or delete its line; a guard then leaves the sentence out.
        """,
    ),
    _rule(
        "T006",
        "unknown-filter",
        """A template uses a filter or a test that there is not.

        Finds names after `|` and after `is` that no filter and no test has, with the nearest that has. Filters that
        make HTML or leave something to chance are not part of note templates.

        No note can be written from such a template, so nobody gets one.

        Bad:  {{ sale.date | longdate }}
        Good: {{ sale.date | long_date }}
        Mend: Use the name that is offered; docs/templates.md lists them all.
        """,
    ),
    _rule(
        "T007",
        "filter-type",
        """A filter or a loop is given a value of the wrong kind.

        Finds filters and loops over a value of the wrong kind: a date filter on a text, a loop over a word.

        A date that is really text cannot be written out as "March 4", and a loop over text would spell it letter by
        letter.

        Bad:  {{ customer.name | long_date }}
        Good: {{ sale.date | long_date }}
        Mend: Give the filter the fact that it is made for, or take it away.
        """,
    ),
    _rule(
        "T008",
        "unsafe-expression",
        """A template reaches for the inside of Python.

        Finds names that begin with `_`, calls of what is not a filter, and whatever else reaches for Python. Templates
        come from anywhere and run in a sandbox; none needs more than facts, filters and methods of text.

        A template that can read the machine can print what is on it, and a card in the mail cannot be called back.

        Bad:  {{ ''.__class__ }}
        Good: {{ sale.item }}
        Mend: Write the facts and filters that you need.
        """,
    ),
    _rule(
        "T009",
        "endless-template",
        """A template does more work, or writes more words, than any note needs.

        Finds templates that take more than 10,000 turns of loops or write more than 8,000 characters; a card holds
        about 1,000.

        A note that long was never meant for a reader.

        Bad:  {% for i in range(1000000) %}thank you {% endfor %}
        Good: thank you
        Mend: Loop over a list of facts, and over its first few with `[:3]`.
        """,
    ),
    _rule(
        "T010",
        "required-fact",
        """A customer lacks a fact that the template requires.

        Finds customers whose file lacks one of the facts that the template's `requires` names, or has nothing but a
        stand-in there.

        The front matter says which facts the note cannot do without: without them it would be about nobody in
        particular.

        Bad:  requires: [sale.item], and a customer without a sale
        Good: requires: [sale.item], and `sale: {item: Raleigh Sprite}` in the facts
        Mend: Add the fact, or choose another template for this customer.
        """,
    ),
    _rule(
        "T011",
        "missing-include",
        """A template includes, imports or extends a file that cannot be found.

        Finds names in `include`, `import` and `extends` that are no file beside the template, in the shop's templates
        or in the library, and names that are worked out while writing: they must be written out, so that a template can
        be checked without a customer.

        The note would lack its greeting or its signature.

        Bad:  {% include "_signatur.j2" %}
        Good: {% include "_signature.j2" %}
        Mend: Correct the name, or put the file beside the template.
        """,
    ),
    _rule(
        "T012",
        "include-cycle",
        """Templates include each other in a circle.

        Finds templates that include, import or extend one another in a circle.

        Such a note would never end, so it is never begun, and nobody gets one.

        Bad:  a.j2 includes b.j2, which includes a.j2
        Good: a.j2 includes b.j2
        Mend: Put what both need into a third file that includes neither.
        """,
    ),
    _rule(
        "T013",
        "printed-container",
        """A template prints a list, a record, a yes or no, or nothing at all as if it were a word.

        Finds expressions that print a list, a record, a flag or None.

        The reader would see brackets, quotes and commas, or the words "True" or "None": the surest sign of a machine.

        Bad:  With love to {{ customer.household }}
        Good: With love to {{ customer.household | and_list }}
        Mend: Name one value of it, or join a list with `and_list`; ask about a flag with `{% if %}`.
        """,
    ),
    _rule(
        "T014",
        "failed-expression",
        """An expression of a template cannot be worked out.

        Finds divisions by zero, numbers added to words, and calls of what is not a function, when a customer's facts
        lead there.

        The sentence has no value for this customer, and would be a hole in their note.

        Bad:  {{ sale.item + 1 }}
        Good: {{ sale.quantity + 1 }}
        Mend: Write the expression for the kind of value that the fact has, and guard it where the fact can be missing.
        """,
    ),
    _rule(
        "T015",
        "wordless-template",
        """A template writes no words for a customer.

        Finds customers for whom every branch of a template is left out.

        An empty card would be mailed.

        Bad:  {% if sale.colour %}...{% endif %} and nothing else
        Good: an {% else %} with something true of everybody, or `requires: [sale.colour]`
        Mend: Write an `{% else %}` with something true of everybody, or require the fact in the front matter.
        """,
    ),
    _rule(
        "T016",
        "thin-path",
        """On some path through a template too little is said that only one customer would hear.

        Finds the path (which branches are taken, which loops run no time, which fact gives way to its stand-in) that
        prints the fewest different facts of weight: the thing that was sold, a date of theirs, a remembered detail. A
        name counts nothing, and neither does a number made of a fact, such as a length. None at all is an error, one
        alone a warning. The finding shows the path line by line. A template that declares `fallback: true` is excused.

        The one customer who takes the branch that nobody looked at gets a card that would fit anyone, and sees it.

        Bad:  {% if sale.item %}Enjoy the {{ sale.item }}.{% else %}Thank you for your visit.{% endif %}
        Good: {% for line in remember %}{{ line }} {% endfor %}, with `requires: [remember.0, remember.1]`
        Mend: Print on that path what `requires` promises, or require the fact that the path does without.
        """,
    ),
    _rule(
        "T017",
        "unguarded-fact",
        """A template needs a fact that a customer may lack, and nothing makes sure of it.

        Finds each print, filter and calculation of a fact that neither the schema nor `requires` demands and that no
        condition on the way there has asked for. Facts of the shop, the day, and the items of a list are left alone.

        Whoever lacks the fact gets no card at all: the note is refused, often on the evening before it is mailed.

        Bad:  I hope the {{ sale.colour }} suits you.
        Good: {% if sale.colour %}I hope the {{ sale.colour }} suits you.{% endif %}
        Mend: Add the fact to `requires`, put the sentence inside an `if`, or give the fact a stand-in with `or`.
        """,
        Severity.WARNING,
    ),
)
