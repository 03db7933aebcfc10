"""From findings to a verdict: what is allowed, how much the rest counts, and what was known before.

The order is fixed: fold what many notes share, then allowances, levels of the settings, `--select`, baseline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from notegen.model.diagnostic import Diagnostic, Severity
from notegen.pipeline.judged import Judged
from notegen.pipeline.passing import weights
from notegen.pipeline.units import Kind, Unit

if TYPE_CHECKING:
    from notegen.lint.allow import Allowance, Allowed
    from notegen.pipeline.baseline import Baseline
    from notegen.settings import Settings

Work = tuple[Unit, Judged]


@dataclass(frozen=True, slots=True)
class Scales:
    """What the command line says about what counts; `selected` are the only codes shown, all when it is empty."""

    selected: frozenset[str] = frozenset()
    baseline: Path | None = None
    strict: bool = False
    against_baseline: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """What counts, what a comment allows, what the baseline knows, and from which severity on it is enough to fail.

    `baselines` are the baselines that were used, each without what is mended; `mended` says how many entries were.
    """

    found: tuple[Diagnostic, ...] = ()
    allowed: tuple[Allowed, ...] = ()
    known: tuple[Diagnostic, ...] = ()
    level: Severity = Severity.ERROR
    baselines: tuple[Baseline, ...] = ()
    mended: int = 0


def weigh(work: Sequence[Work], scales: Scales) -> Verdict:
    """Weigh everything that was found, shop by shop: each has settings of its own."""
    groups: dict[Path | None, list[Work]] = {}
    for one in work:
        groups.setdefault(one[0].shop.root, []).append(one)
    return joined(_of_shop(group[0][0].shop, group, scales) for group in groups.values())


def joined(verdicts: Iterable[Verdict]) -> Verdict:
    """Return several verdicts as one."""
    whole = Verdict()
    for one in verdicts:
        whole = Verdict(
            whole.found + one.found,
            whole.allowed + one.allowed,
            whole.known + one.known,
            max(whole.level, one.level, key=list(Severity).index),
            whole.baselines + one.baselines,
            whole.mended + one.mended,
        )
    return whole


def _of_shop(shop: Settings, work: Sequence[Work], scales: Scales) -> Verdict:
    from notegen.lint.fold import distinct

    found: tuple[Diagnostic, ...] = distinct(one for _, judged in work for one in judged.diagnostics)
    given = tuple(dict.fromkeys(one for _, judged in work for one in judged.allowances))
    allowed: tuple[Allowed, ...] = ()
    looked = Looked.at(work)
    if given:
        found, allowed = _allowed(found, given, looked)
    levels = weights(shop.lint, shop.root)
    found = tuple(one for one in map(levels.of, found) if one is not None)
    if scales.selected:
        found = tuple(one for one in found if one.code in scales.selected)
    verdict = _against_baseline(shop, found, scales, looked)
    return replace(verdict, allowed=allowed, level=shop.lint.fail_level)


@dataclass(frozen=True, slots=True)
class Looked:
    """How each file was looked at, by its name: an allowance is unused only where its code was looked for."""

    kinds: dict[str, set[Kind]] = field(default_factory=dict)

    @classmethod
    def at(cls, work: Iterable[Work]) -> Looked:
        """Gather it from the work that was done."""
        kinds: dict[str, set[Kind]] = {}
        for unit, judged in work:
            for name in judged.files:
                kinds.setdefault(name, set()).add(unit.kind)
        return cls(kinds)

    def for_code(self, name: str, code: str) -> bool:
        """Return whether a code was looked for in a file."""
        kinds = self.kinds.get(name, set())
        if kinds - {Kind.TEMPLATE, Kind.FACTS}:
            return True
        return bool(kinds) and code in _codes_of(Kind.TEMPLATE if Kind.TEMPLATE in kinds else Kind.FACTS)


def _codes_of(kind: Kind) -> frozenset[str]:
    """Return the codes that are found in a template, or in facts, without writing a note."""
    from notegen.pipeline.rulebook import rules

    if kind is Kind.FACTS:
        return frozenset(rule.code for rule in rules() if rule.subject == "facts")
    from notegen.lint.codes import CHECKS
    from notegen.lint.reading import Medium

    words = {check.rule.code for check in CHECKS if Medium.TEMPLATE in check.media}
    return frozenset(words | {rule.code for rule in rules() if rule.subject == "template"})


def _allowed(
    found: tuple[Diagnostic, ...], given: Sequence[Allowance], looked: Looked
) -> tuple[tuple[Diagnostic, ...], tuple[Allowed, ...]]:
    from notegen.lint.allow import faults, sort_out, unused
    from notegen.pipeline.rulebook import rules

    known = rules()
    done = sort_out(found, given, known)
    in_vain = (
        one
        for code, one in unused(given, done.used, known)
        if one.span is not None and looked.for_code(one.span.source.name, code)
    )
    return (*done.kept, *faults(given, known), *in_vain), done.allowed


def _against_baseline(shop: Settings, found: tuple[Diagnostic, ...], scales: Scales, looked: Looked) -> Verdict:
    path = scales.baseline or shop.lint.baseline
    if path is None or not scales.against_baseline:
        return Verdict(found)
    from notegen.pipeline import baseline

    known = baseline.load(path)
    _, old = baseline.split(filter(may_be_known, found), known)
    gone = baseline.stale(known, old, _judged_at(path, looked)) if not scales.selected else Counter()
    level = Severity.ERROR if scales.strict else Severity.WARNING
    passed = set(map(id, old))
    rest = tuple(one for one in found if id(one) not in passed)
    late = tuple(baseline.stale_findings(known, gone, level))
    kept = (baseline.pruned(known, gone),)
    return Verdict((*rest, *late), known=old, baselines=kept, mended=sum(gone.values()))


def _judged_at(path: Path, looked: Looked) -> Callable[[str, str], bool]:
    from notegen.pipeline.baseline import file_of

    names = {Path(name).resolve(): name for name in looked.kinds}

    def was_judged(name: str, code: str) -> bool:
        there = file_of(name, path).resolve()
        return (there in names and looked.for_code(names[there], code)) or (bool(name) and not there.exists())

    return was_judged


def may_be_known(one: Diagnostic) -> bool:
    """Return whether a baseline may hold a finding: not one that nothing silences, nor one about silencing."""
    from notegen.pipeline.rulebook import rules

    if one.code.startswith("A"):
        return False
    known = rules()
    return one.code not in known or known.get(one.code).allowable


def recordable(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the findings that a baseline may hold."""
    return (one for one in found if may_be_known(one))
