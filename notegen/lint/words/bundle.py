"""The phrases that come with notegen: written in YAML, read from a JSON copy that a test holds equal.

Several hundred phrases with their examples take long to read as YAML with places, and a start-up has no use for
examples. `pytest --update-golden tests/lint/test_words.py` writes the copy anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, Final

from notegen.errors import NotegenError
from notegen.files import read_source
from notegen.lint.words.finding import Words, indexed
from notegen.lint.words.index import Index
from notegen.lint.words.phrase import Phrase
from notegen.model.diagnostic import Severity

FOLDER: Final = Path(__file__).parent
COPY: Final = FOLDER / "phrases.json"


@cache
def bundled() -> Words:
    """Return every phrase that comes with notegen, file by file in the order of their names, without its examples."""
    return thawed(COPY)


def thawed(copy: Path) -> Words:
    """Return the phrases of a copy ready to be looked for; raises NotegenError when it is damaged."""
    try:
        whole = json.loads(copy.read_bytes())
        marks = tuple(whole["index"].pop("marks"))
        parts = {name: {key: tuple(values) for key, values in one.items()} for name, one in whole["index"].items()}
        index = Index(**parts, marks=marks)
        return indexed([_thawed(one) for one in whole["phrases"]], index, whole["across"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotegenError(f"{copy.name} is damaged", hint="install notegen-cards again") from error


def _thawed(record: dict[str, Any]) -> Phrase:
    known: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in record.items()}
    needs = tuple(map(tuple, known.pop("needs", ())))
    return Phrase(severity=Severity(known.pop("severity")), needs=needs, **known)


def frozen(phrase: Phrase) -> dict[str, Any]:
    """Return a phrase as the copy holds it: without examples, and without what is usual."""
    usual = Phrase("", "", Severity.ERROR, "", "", "")
    record = {name: getattr(phrase, name) for name in Phrase.__slots__ if name not in ("bad", "good")}
    kept = ("id", "rule", "severity", "find", "message", "hint")
    return {name: value for name, value in record.items() if name in kept or value != getattr(usual, name)}


def copy_of(phrases: Sequence[Phrase]) -> str:
    """Return what the copy of some phrases holds, one phrase to a line."""
    rows = ",\n".join(json.dumps(frozen(phrase)) for phrase in phrases)
    words = indexed(phrases, texts=(text for phrase in phrases for text in (*phrase.good, *phrase.bad)))
    kept = {"index": asdict(words.index), "across": sorted(words.across)}
    head = ",\n".join(f'"{name}": {json.dumps(one)}' for name, one in kept.items())
    return f'{{{head},\n"phrases": [\n{rows}\n]}}\n'


def lists() -> dict[str, str]:
    """Return the word lists that patterns take up by name in braces."""
    return {name: str(words) for name, words in _read(FOLDER / "lists.yaml").items()}


def written() -> tuple[Phrase, ...]:
    """Return every phrase as it is written in YAML, with its examples; a fault there is a fault of ours."""
    from notegen.lint.words.rulefile import RuleFile, lists_of
    from notegen.yamlsource import parse

    known = lists()
    phrases: list[Phrase] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        if path.stem == "lists":
            continue
        parsed = parse(read_source(path))
        for document in parsed.value or ():
            tree: Any = document.value
            file = RuleFile(document, path.stem, lists_of(tree, known))
            phrases += file.phrases()
            faults = (*parsed.diagnostics, *file.found)
            if faults:
                raise ValueError("\n".join(f"{one.span}: {one.message} ({one.hint})" for one in faults))
    return tuple(phrases)


def _read(path: Path) -> Mapping[str, Any]:
    from notegen.yamlsource import parse

    checked = parse(read_source(path))
    tree = checked.value[0].value if checked.ok and checked.value else None
    if not isinstance(tree, Mapping):
        raise NotegenError(f"{path.name} is damaged", hint="install notegen-cards again")
    return tree
