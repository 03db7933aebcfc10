"""One fixed list of findings that every format is shown: whatever a finding may hold, and names that want escaping."""

from pathlib import PurePosixPath

from notegen.lint.report import Run, Suppressed
from notegen.model.diagnostic import Diagnostic, Fix, Related, Severity
from notegen.model.rule import Rule
from notegen.model.source import Source, Span

LETTER = Source(
    "letters/for Ana: 100%, final.txt",
    "Dear Ana 🎉 Reyes,\n\tyou are a valued\ncustomer — with “quotes” & <tags>.\nYours,\nthe team\n",
)
FACTS = Source("./facts/march.yaml", "customer:\n  name: ANA REYES\nsale: {item: Brompton}\n", first_line=31)
TEMPLATE = Source("/srv/shared templates/thanks.j2", "Dear {{ customer.name }},\nif applicable, {{ sale.item }}\n")
NOTE = Source("note ana-reyes", "Dear ANA REYES,\nif applicable, Brompton\n")


def place(source: Source, words: str) -> Span:
    """Return where words stand in a source."""
    start = source.text.index(words)
    return Span(source, start, start + len(words))


NAME = place(FACTS, "ANA REYES")
FOUND = (
    Diagnostic(
        "N110",
        Severity.ERROR,
        '"valued customer" speaks to a crowd',
        place(LETTER, "valued\ncustomer"),
        "write the name, or {{ customer.first_name }}",
        related=(Related(NAME, "customer.name is given here"),),
    ),
    Diagnostic("C202", Severity.ERROR, "no hand can write U+1F389", place(LETTER, "🎉"), note="ana-reyes"),
    Diagnostic("N114", Severity.WARNING, "nobody in particular signs", place(LETTER, "the team"), "sign it"),
    Diagnostic(
        "F020",
        Severity.WARNING,
        "customer.name is written in capitals",
        NAME,
        "write: Ana Reyes",
        fix=Fix(NAME, "Ana Reyes"),
    ),
    Diagnostic(
        "N104",
        Severity.ERROR,
        '"if applicable" hedges:\r\nlook, and say it',
        place(TEMPLATE, "if applicable"),
        "look it up",
        note="ana-reyes",
        printed=place(NOTE, "if applicable"),
    ),
    Diagnostic("C201", Severity.ERROR, "12 characters too many", None, "use a larger card", note="ana-reyes"),
    Diagnostic("U999", Severity.INFO, "a rule of the shop's own\x07 \u2028 ]]>", place(FACTS, "Brompton")),
    Diagnostic("F009", Severity.INFO, "nothing is here", Span(Source("facts/empty.yaml", ""), 0, 0)),
    Diagnostic("N110", Severity.ERROR, "the whole line", Span(LETTER, 0, LETTER.text.index("\n") + 1)),
    Diagnostic("N110", Severity.ERROR, "once more", Span(LETTER, 0, LETTER.text.index("\n") + 1)),
)
PAGE = """The {name} rule.

Finds what a {name} is.

The reader would mind.

Bad:  if applicable
Good:
    name: Ana
    item: <Brompton> & bell
Mend: Write {{{{ customer.first_name }}}}.
"""
KNOWN = {
    code: Rule(code, name, "note", Severity.ERROR, PAGE.format(name=name), allowable=code != "N114")
    for code, name in (("N104", "hedged-conditional"), ("N110", "impersonal-address"), ("N114", "impersonal-sender"))
}
"""Rules with pages of their own, so that a real page can be reworded; other codes have none here."""
ALLOWED = Suppressed(
    Diagnostic("N110", Severity.ERROR, '"the team" is allowed', place(LETTER, "the team")), "the team did it together"
)
RUN = Run(FOUND, KNOWN, "1.2.3", PurePosixPath("/home/ana/shop"), status=1, suppressed=(ALLOWED,))
CLEAN = Run((), KNOWN, "1.2.3", PurePosixPath("/home/ana/shop"))
