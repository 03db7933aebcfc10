"""A shop's own rules: the YAML files of its `rules/` folder, in the same form as the rules that come with notegen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from notegen.files import read_source
from notegen.lint.words.bundle import lists
from notegen.lint.words.finding import OwnRules, indexed
from notegen.lint.words.phrase import Phrase
from notegen.lint.words.rulefile import RuleFile, lists_of
from notegen.model.diagnostic import Checked, Diagnostic, Severity
from notegen.model.rule import Rule
from notegen.yamlsource import parse

_CODE: Final = re.compile(r"X\d{3}")
_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def own_rules(folder: Path, taken: Iterable[str] = ()) -> Checked[OwnRules]:
    """Read every rule file of a folder; `taken` are codes and names that are rules already.

    A file that cannot be read as YAML, and a phrase that fails its own examples, are left out with a finding.
    """
    used = {one.casefold() for one in taken}
    rules: list[Rule] = []
    phrases: list[Phrase] = []
    found: list[Diagnostic] = []
    for path in sorted((*folder.glob("*.yaml"), *folder.glob("*.yml"))):
        parsed = parse(read_source(path))
        found += parsed.diagnostics
        for document in parsed.value or ():
            tree: Any = document.value
            file = RuleFile(document, "", {})
            rule = _rule(file, path, used)
            if rule is not None:
                file = RuleFile(document, rule.name, lists_of(tree, lists()), file.found)
                made = file.phrases()
                phrases += made
                rules.append(_with_page(rule, tree, made, path))
            found += file.found
    return Checked(OwnRules(tuple(rules), indexed(phrases)), tuple(found))


def _rule(file: RuleFile, path: Path, used: set[str]) -> Rule | None:
    """Return the rule that a file describes, still without its page."""
    code, name = str(file.tree.get("code", "")), str(file.tree.get("name", path.stem))
    if not _CODE.fullmatch(code):
        file.fault("code", f"'{code}' is no code for a rule of your own", "write `code: X001`, X and three digits")
    elif not _NAME.fullmatch(name):
        file.fault("name", f"'{name}' is no name for a rule", "small letters and hyphens: our-words")
    elif used & {code.casefold(), name.casefold()}:
        file.fault("code", f"there is a rule {code} or {name} already", "take another code and another name")
    else:
        used |= {code.casefold(), name.casefold()}
        return Rule(code, name, "note", Severity.ERROR, "")
    return None


def _with_page(rule: Rule, tree: Any, phrases: tuple[Phrase, ...], path: Path) -> Rule:
    """Return the rule with the page that its file writes: what it is about, and an example of each kind."""
    about = _line(tree.get("about") or f"Words that {path.name} does not want.")
    why = _line(tree.get("why") or "The shop has decided so.")
    listed = ", ".join(f'"{_line(phrase.bad[0])}"' for phrase in phrases[:5]) or "nothing until its phrases are mended"
    bad = _line(phrases[0].bad[0]) if phrases else "(none yet)"
    good = _line(phrases[0].good[0]) if phrases else "(none yet)"
    mend = _line(tree.get("hint") or "Say it in your own words.")
    page = f"{about}\n\nFinds {listed}.\n\n{why}\n\nBad:  {bad}\nGood: {good}\nMend: {mend}"
    worst = min((phrase.severity for phrase in phrases), key=list(Severity).index, default=Severity.ERROR)
    return Rule(rule.code, rule.name, "note", worst, page, fixable=any(phrase.fix for phrase in phrases))


def _line(text: object) -> str:
    """Return a text on one line."""
    return " ".join(str(text).split()) or "(empty)"
