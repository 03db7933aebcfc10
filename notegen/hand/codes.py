"""What the hand may find in a note, with the pages of the manual."""

from __future__ import annotations

from notegen.model.diagnostic import Severity
from notegen.model.rule import Rule

UNKNOWN_CHARACTER = Rule(
    code="C202",
    name="unwritable-character",
    subject="note",
    severity=Severity.ERROR,
    manual="""A character that the hand cannot write.

    Finds each character of a note for which neither the hand nor a hand beside it has a shape: an emoji, a letter of a
    script that no hand writes yet, a symbol pasted from a word processor. Curly quotes, dashes and the ellipsis are
    never found: where a font lacks them, the hand writes the straight or short form.

    A printed box in the middle of a handwritten card says at once that a machine made it, and a name with a letter
    left out says that nobody looked.

    Bad: "Dear Zoë 🎉," in any hand
    Good: "Dear Zoë," or "Αγαπητή Μαρία," in any hand
    Mend: Leave the character out, or choose a hand that writes it: `notegen hand suggest FACTS` finds those.
    """,
)

NOTHING_TO_WRITE = Rule(
    code="C203",
    name="empty-note",
    subject="note",
    severity=Severity.ERROR,
    manual="""A note without a word in it.

    Finds notes that are blank, or of which the hand can write no character.

    An empty card in an envelope is worse than no card.

    Bad: a template whose every line is inside a condition that no fact fulfils
    Good: a template with a greeting, two sentences about the sale and a signature
    Mend: Give the template a sentence that every customer gets.
    """,
)

RULES: tuple[Rule, ...] = (UNKNOWN_CHARACTER, NOTHING_TO_WRITE)
