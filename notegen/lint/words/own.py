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
    about = str(tree.get("about") or tree.get("message") or rule.name).strip()
    listed = ", ".join(f'"{phrase.bad[0]}"' for phrase in phrases[:5]) or "nothing that works yet"
    examples = f"Bad:  {phrases[0].bad[0]}\nGood: {phrases[0].good[0]}\n" if phrases else ""
    mend = f"Mend: {tree.get('hint') or 'say it in your own words'}"
    page = f"{about}\n\nFinds what {path} lists: {listed}.\n\n{examples}{mend}"
    worst = min((phrase.severity for phrase in phrases), key=list(Severity).index, default=Severity.ERROR)
    return Rule(rule.code, rule.name, "note", worst, page)
