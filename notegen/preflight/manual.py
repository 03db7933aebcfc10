"""How rules of preflight are written down: their parts by name, put together to a page of the manual."""

from __future__ import annotations

from notegen.model.diagnostic import Severity
from notegen.model.rule import Rule

X4 = "PDF/X-4 asks for it, as the tools that write and check PDF/X carry it out."
PRINTERS = "No standard asks for it; printers do."


def rule(
    code: str,
    name: str,
    severity: Severity,
    summary: str,
    *,
    finds: str,
    why: str,
    bad: str,
    good: str,
    mend: str,
    source: str = X4,
) -> Rule:
    """Return a rule whose page says what it finds, why a printer minds, who asks for it, and what to do."""
    page = f"{summary}\n\nFinds {finds}\n\n{why}\n\n{source}\n\nBad: {bad}\nGood: {good}\nMend: {mend}\n"
    return Rule(code, name, "pdf", severity, page, allowable=False)
