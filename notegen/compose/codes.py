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

        A tag is not closed, a brace is missing, or a word stands where none can. No card can be written from it.

        Bad:  {% if sale.colour %}in {{ sale.colour }}
        Good: {% if sale.colour %}in {{ sale.colour }}{% endif %}
        """,
    ),
    _rule(
        "T002",
        "front-matter",
        """The lines between --- at the top of a template say something unknown or of the wrong kind.

        Front matter names the template, its occasion, stock, hand and locale, and the facts it requires. A misspelled
        key would be silently ignored, and the card would go out on the wrong stock or without a fact it needs.

        Bad:  require: [sale.item]
        Good: requires: [sale.item]
        """,
    ),
    _rule(
        "T003",
        "unknown-fact",
        """A template names a fact that no schema knows.

        A misspelled name prints nothing, and the reader gets "Thank you for buying the ." Declare a fact of your own
        under fields: in notegen.yaml.

        Bad:  Dear {{ customer.frist_name }},
        Good: Dear {{ customer.first_name }},
        """,
    ),
    _rule(
        "T004",
        "absent-fact",
        """A template prints a fact that this customer does not have.

        The sentence would have a hole where the personal thing should be. Add the fact, or guard the sentence so that
        it is left out.

        Bad:  I hope the {{ sale.colour }} suits you.
        Good: {% if sale.colour %}I hope the {{ sale.colour }} suits you.{% endif %}
        """,
    ),
    _rule(
        "T005",
        "blank-fact",
        """A template prints a fact that is blank or stands for "we do not know".

        "N/A", "TBD", "-" and empty text are what people type to get past a form. On a card they tell the reader that
        nobody looked.

        Bad:  Enjoy the {{ sale.item }}, with `item: TBD` in the facts
        Good: {% if sale.item %}Enjoy the {{ sale.item }}.{% endif %}, or the fact filled in
        """,
    ),
    _rule(
        "T006",
        "unknown-filter",
        """A template uses a filter or a test that there is not.

        Filters that make HTML or leave something to chance are not part of note templates.

        Bad:  {{ sale.date | longdate }}
        Good: {{ sale.date | long_date }}
        """,
    ),
    _rule(
        "T007",
        "filter-type",
        """A filter or a loop is given a value of the wrong kind.

        A date that is really text cannot be written out as "March 4", and a loop over text would spell it letter by
        letter.

        Bad:  {{ customer.name | long_date }}
        Good: {{ sale.date | long_date }}
        """,
    ),
    _rule(
        "T008",
        "unsafe-expression",
        """A template reaches for the inside of Python.

        Templates come from anywhere and run in a sandbox; none needs more than facts, filters and methods of text.

        Bad:  {{ ''.__class__ }}
        Good: {{ sale.item }}
        """,
    ),
    _rule(
        "T009",
        "endless-template",
        """A template does more work, or writes more words, than any note needs.

        There are at most 10,000 turns of loops and 20,000 characters; a card holds about 1,000.

        Bad:  {% for i in range(1000000) %}thank you {% endfor %}
        Good: thank you
        """,
    ),
    _rule(
        "T010",
        "required-fact",
        """A customer lacks a fact that the template requires.

        The template's front matter says which facts the note cannot do without: the note for this customer would be
        about nobody in particular. Add the fact, or choose another template.

        Bad:  requires: [sale.item], and a customer without a sale
        Good: requires: [sale.item], and `sale: {item: Raleigh Sprite}` in the facts
        """,
    ),
    _rule(
        "T011",
        "missing-include",
        """A template includes, imports or extends a file that cannot be found.

        Names are looked up beside the template, then in the shop's templates, then in the library; a name must be
        written out, so that a template can be checked without a customer.

        Bad:  {% include "_signatur.j2" %}
        Good: {% include "_signature.j2" %}
        """,
    ),
    _rule(
        "T012",
        "include-cycle",
        """Templates include each other in a circle.

        Such a note would never end.

        Bad:  a.j2 includes b.j2, which includes a.j2
        Good: a.j2 includes b.j2
        """,
    ),
    _rule(
        "T013",
        "printed-container",
        """A template prints a list, a record, a yes or no, or nothing at all as if it were a word.

        The reader would see brackets, quotes and commas, or the words "True" or "None": the surest sign of a machine.

        Bad:  With love to {{ customer.household }}
        Good: With love to {{ customer.household | and_list }}
        """,
    ),
    _rule(
        "T014",
        "failed-expression",
        """An expression of a template cannot be worked out.

        It divides by zero, adds a number to a word, or calls what is not a function.

        Bad:  {{ sale.item + 1 }}
        Good: {{ sale.quantity + 1 }}
        """,
    ),
    _rule(
        "T015",
        "wordless-template",
        """A template writes no words for a customer.

        Every branch was left out, and an empty card would be mailed.

        Bad:  {% if sale.colour %}...{% endif %} and nothing else
        Good: an {% else %} with something true of everybody, or `requires: [sale.colour]`
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
