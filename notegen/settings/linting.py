"""What `lint:` in notegen.yaml says: which findings count, how much, and which files are judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from notegen.errors import nearest
from notegen.facts.check import check, index
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.facts import Value
from notegen.model.schema import Field, Kind, Schema
from notegen.model.source import Span
from notegen.yamlsource import Document


class Level(StrEnum):
    """How much the findings of a rule count."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"


SCHEMA: Final = Schema(
    {
        one.path: one
        for one in (
            Field(
                "fail_level",
                Kind.TEXT,
                "the least severity that fails: error, warning or info",
                choices=tuple(level.value for level in Severity),
            ),
            Field("severity", Kind.RECORD, "levels by code or name of a rule", open=True),
            Field("paths", Kind.RECORD, "levels by code or name, for the files that a pattern matches", open=True),
            Field("baseline", Kind.TEXT, "the file of findings that are known, from this file"),
            Field("exclude", Kind.LIST, "patterns of files that are not judged"),
            Field("exclude.*", Kind.TEXT, "one pattern"),
            Field("specifics", Kind.NUMBER, "distinct specific facts that every path of a template must print"),
            Field("wanted", Kind.NUMBER, "distinct specific facts that a note should print"),
            Field("repeated_share", Kind.NUMBER, "the share of a batch in which one sentence may stand"),
        )
    }
)

Levels = Mapping[str, Level]


@dataclass(frozen=True, slots=True)
class LintSettings:
    """What counts. Rules are named as they were written, by code or by name; `places` says where, by dotted path."""

    fail_level: Severity = Severity.ERROR
    severity: Levels = field(default_factory=dict)
    paths: tuple[tuple[str, Levels], ...] = ()
    baseline: Path | None = None
    exclude: tuple[str, ...] = ()
    specifics: int = 1
    wanted: int = 2
    repeated_share: float = 0.5
    places: Mapping[str, Span] = field(default_factory=dict)

    def named(self) -> Iterator[tuple[str, Level, Span | None]]:
        """Yield every rule that is named, the level it is given, and the place."""
        for word, level in self.severity.items():
            yield word, level, self.places.get(f"severity.{word}")
        for pattern, levels in self.paths:
            for word, level in levels.items():
                yield word, level, self.places.get(f"paths.{pattern}.{word}")


def read(part: Document, root: Path, found: list[Diagnostic]) -> LintSettings:
    """Read what stands under `lint:`; what is wrong is found and left as it is usual."""
    if not isinstance(part.value, Mapping):
        hint = "write names under it, such as severity: {N115: warning}"
        found.append(_error("F011", part.spans.get(""), "lint is no record of names and values", hint))
        return LintSettings()
    free = {key: part.value.get(key) for key in ("severity", "paths")}
    plain = {key: value for key, value in part.value.items() if key not in free}
    tree, wrong = check(replace(part, value=plain), index(SCHEMA, "setting of lint"))
    # A file may be called "test" or "none".
    found += (one for one in wrong if one.code != "F016")
    return LintSettings(
        fail_level=_severity(tree.get("fail_level")),
        severity=dict(_levels(part, "severity", free["severity"], found)),
        paths=tuple(_paths(part, free["paths"], found)),
        baseline=root / tree["baseline"] if _is_text(tree.get("baseline")) else None,  # type: ignore[operator]
        exclude=tuple(str(one) for one in _tuple(tree.get("exclude"))),
        specifics=int(_number(part, tree, "specifics", 1, 100, found)),
        wanted=int(_number(part, tree, "wanted", 2, 100, found)),
        repeated_share=_number(part, tree, "repeated_share", 0.5, 1, found),
        places={**part.spans, **part.keys},
    )


def effective(lint: LintSettings, root: Path | None) -> dict[str, Any]:
    """Return the settings as they hold, for `--show-settings`; the baseline is given from the root."""
    baseline = lint.baseline
    if baseline is not None and root is not None and baseline.is_relative_to(root):
        baseline = baseline.relative_to(root)
    return {
        "fail_level": lint.fail_level.value,
        "severity": {word: level.value for word, level in lint.severity.items()},
        "paths": {pattern: {word: level.value for word, level in levels.items()} for pattern, levels in lint.paths},
        "baseline": baseline.as_posix() if baseline is not None else None,
        "exclude": list(lint.exclude),
        "specifics": lint.specifics,
        "wanted": lint.wanted,
        "repeated_share": lint.repeated_share,
    }


def _severity(value: Value) -> Severity:
    return Severity(value) if isinstance(value, str) and value in list(Severity) else Severity.ERROR


def _is_text(value: Value) -> bool:
    return isinstance(value, str) and bool(value)


def _tuple(value: Value) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else ()


def _number(
    part: Document, tree: Mapping[str, Value], key: str, usual: float, most: float, found: list[Diagnostic]
) -> float:
    value = tree.get(key)
    if not isinstance(value, int | float) or isinstance(value, bool):
        return usual
    whole = most > 1
    if not 0 <= value <= most or (whole and int(value) != value):
        hint = f"write {'a whole number' if whole else 'a number'} from 0 to {most}"
        found.append(_error("F018", part.spans.get(key), f"{key} cannot be {value}", hint))
        return usual
    return value


def _paths(part: Document, value: Value, found: list[Diagnostic]) -> Iterator[tuple[str, Levels]]:
    if value is None:
        return
    if not isinstance(value, Mapping):
        hint = "write patterns under it: templates/old*.j2: {N115: warning}"
        found.append(_error("F011", part.spans.get("paths"), "paths is no record of patterns and levels", hint))
        return
    for pattern, levels in value.items():
        yield pattern, dict(_levels(part, f"paths.{pattern}", levels, found))


def _levels(part: Document, path: str, value: Value, found: list[Diagnostic]) -> Iterator[tuple[str, Level]]:
    """Yield the level of each rule that is named; `off` without quotes is a yes-or-no word in YAML."""
    if value is None:
        return
    if not isinstance(value, Mapping):
        hint = "write codes or names under it: {N115: warning, vague-object: off}"
        found.append(_error("F011", part.spans.get(path), f"{path} is no record of codes and levels", hint))
        return
    for word, wanted in value.items():
        span = part.spans.get(f"{path}.{word}")
        text = span.text if span is not None and not isinstance(wanted, str) else str(wanted)
        if text.lower() in list(Level):
            yield word, Level(text.lower())
            continue
        near = nearest(text, list(Level))
        hint = f"did you mean '{near}'?" if near else f"choose among: {', '.join(Level)}"
        found.append(_error("F018", span, f"the level of {word} cannot be '{text}'", hint))


def _error(code: str, span: Span | None, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, span, hint)
