"""Bring a hand's habits to where people's pages are: `python benchmarks/calibrate.py [HAND...] [--write]`.

Cards are written and measured as the test of realism does; each figure that lies outside the middle half of people is
brought nearer to their median by the one number of `hand.yaml` that moves it, damped, a few rounds over. What lies
inside is left alone, so that hands keep what is their own. Prints each round's misses, then the lines for `hand.yaml`;
`--write` puts them there.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "hand")]

from notegen.hand import hands  # noqa: E402
from notegen.hand.habits import BOUNDS, PAIRS  # noqa: E402
from notegen.hand.measure.human import RANGES  # noqa: E402
from notegen.hand.tidiness import LOOSEST, NEATEST  # noqa: E402
from notegen.model.hand import Habits, Hand  # noqa: E402

DAMPING = 0.7
"""How much of the way to the target is gone at once: a figure follows its number less than in proportion."""
MIDDLE = 0.5
"""How far from the median to the quartile a figure may be before it is moved."""
FIGURES = (
    "slope_sd", "slope", "pitch_cv", "wordbase_sd", "gap", "gap_cv", "slant_sd", "left_drift_mm", "left_mad_mm",
    "stroke", "same_word_cv",
)  # fmt: skip
HUMAN = {one.name: one.percentiles for one in RANGES}

Change = Callable[[Hand, float, float], Hand]
"""A hand, how many times larger a figure should be, and how much larger: the hand changed so."""


def scaled(name: str) -> Change:
    """Return what multiplies a habit."""

    def change(hand: Hand, times: float, _: float) -> Hand:
        least, most = BOUNDS[name]
        value = min(max(getattr(hand.habits, name) * times, least), 0.9 * most)
        return replace(hand, habits=replace(hand.habits, **{name: round(value, 3)}))

    return change


def shifted(name: str) -> Change:
    """Return what moves the mean of a habit that has a mean and a spread."""

    def change(hand: Hand, _: float, more: float) -> Hand:
        (mean, spread), (least, most) = getattr(hand.habits, name), PAIRS[name]
        mean = round(min(max(mean + more, 0.5 * least), 0.5 * most), 2)
        return replace(hand, habits=replace(hand.habits, **{name: (mean, spread)}))

    return change


def bounce(hand: Hand, times: float, more: float) -> Hand:
    """Change both wanders of the baseline."""
    return scaled("bend")(scaled("bounce")(hand, times, more), times, more)


def word_gap(hand: Hand, times: float, more: float) -> Hand:
    """Change the mean gap between words."""
    return replace(hand, word_gap=round(min(max(hand.word_gap + more, 0.9), 2.5), 2))


def pen(hand: Hand, times: float, more: float) -> Hand:
    """Change the pen."""
    return replace(hand, pen=replace(hand.pen, width=round(min(max(hand.pen.width * times, 0.2), 0.6), 3)))


CHANGES: dict[str, Change] = {
    "slope_sd": scaled("line_slope"),
    "slope": shifted("page_slope"),
    "pitch_cv": scaled("pitch"),
    "wordbase_sd": bounce,
    "gap": word_gap,
    "gap_cv": scaled("gap"),
    "slant_sd": scaled("slant"),
    "left_drift_mm": shifted("drift"),
    "left_mad_mm": scaled("margin"),
    "stroke": pen,
    "same_word_cv": scaled("width"),
}


@dataclass(frozen=True, slots=True)
class Round:
    """A hand and what its cards measured."""

    hand: Hand
    found: dict[str, float]

    def misses(self) -> dict[str, str]:
        """Return the figures outside the middle half of people (`.`) and outside nine in ten (`!`)."""
        marks = {}
        for name, value in self.found.items():
            p5, p25, _, p75, p95 = HUMAN[name]
            if not p25 <= value <= p75:
                marks[name] = f"{value:.3g}{'.' if p5 <= value <= p95 else '!'}"
        return marks


def measure(hand: Hand, seeds: int) -> Round:
    """Write and measure a hand's cards."""
    from realism_pages import cards, measured, medians

    return Round(hand, medians(measured(list(cards(hand, range(seeds)))), FIGURES))


def better(one: Round) -> Hand:
    """Return the hand with each figure that is off brought nearer to people's."""
    hand = one.hand
    for name, value in one.found.items():
        _, p25, p50, p75, _ = HUMAN[name]
        low, high = p50 + (p25 - p50) * MIDDLE, p50 + (p75 - p50) * MIDDLE
        target = min(max(value, low), high)
        if target != value and value:
            hand = CHANGES[name](hand, abs(target / value) ** DAMPING, DAMPING * (target - value))
    return hand


def score(one: Round) -> tuple[int, int, float]:
    """Return how bad a round is: figures beyond people's, beyond their middle half, and the sum of distances."""
    marks = one.misses()
    off = sum(abs(value - HUMAN[name][2]) / (HUMAN[name][3] - HUMAN[name][1]) for name, value in one.found.items())
    return sum(mark.endswith("!") for mark in marks.values()), len(marks), off


def calibrate(name: str, seeds: int, rounds: int) -> tuple[Round, list[str]]:
    """Return the best of a few rounds, and what each missed."""
    hand = hands.builtin().get(name)
    best: Round | None = None
    said = []
    for number in range(rounds + 1):
        now = measure(hand, seeds)
        said.append(f"{name:20} {number} " + (", ".join(f"{k} {v}" for k, v in now.misses().items()) or "all typical"))
        if best is None or score(now) < score(best):
            best = now
        hand = better(now)
        if hand == now.hand or (number and not now.misses()):
            break
    assert best is not None
    return best, said


def lines(hand: Hand) -> str:
    """Return the habits of a hand as lines of `hand.yaml`: those that are not the usual ones."""
    usual = Habits()
    changed = [name for name in Habits.__dataclass_fields__ if getattr(hand.habits, name) != getattr(usual, name)]
    if not changed:
        return ""
    values = ((name, getattr(hand.habits, name)) for name in changed)
    return "habits: # set by benchmarks/calibrate.py\n" + "".join(
        f"  {name}: {_yaml(value)}\n" for name, value in values
    )


def _yaml(value: float | tuple[float, float]) -> str:
    return f"[{value[0]:g}, {value[1]:g}]" if isinstance(value, tuple) else f"{value:g}"


def put(hand: Hand, file: Path) -> None:
    """Write pen, gap and habits into a hand's file."""
    text = re.sub(r"^habits:.*\n(?:[ \t]+.*\n)*", "", file.read_text(encoding="utf-8"), flags=re.M)
    text = re.sub(r"^(word_gap: )[\d.]+", rf"\g<1>{hand.word_gap:g}", text, flags=re.M)
    width = r"^(pen: |pen:\s*\n(?:[ \t]+.*\n)*?[ \t]+width: |pen: \{[^}]*width: )[\d.]+"
    text = re.sub(width, rf"\g<1>{hand.pen.width:g}", text, flags=re.M)
    file.write_text(re.sub(r"^(tidiness: .*\n)", rf"\g<1>{lines(hand)}", text, flags=re.M), encoding="utf-8")


def show(name: str, tidiness: float, seeds: int) -> str:
    """Return a hand's figures at a tidiness, as a line."""
    found = measure(replace(hands.builtin().get(name), tidiness=tidiness), seeds)
    marks = found.misses()
    return f"{name:20} {tidiness:<4g}" + " ".join(
        f"{figure}={value:.3g}{marks[figure][-1] if figure in marks else ''}" for figure, value in found.found.items()
    )


def main() -> None:
    """Calibrate, or with --show measure, some hands."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("hands", nargs="*", help="names of bundled hands; all Latin ones by default")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="put the figures into each hand.yaml")
    parser.add_argument("--show", action="store_true", help="only measure, at the neatest, usual and loosest tidiness")
    asked = parser.parse_args()
    names = asked.hands or [one.name for one in hands.builtin() if "Latn" in one.scripts]
    with ProcessPoolExecutor(asked.jobs) as pool:
        if asked.show:
            jobs = [(name, tidiness) for name in names for tidiness in (NEATEST, 1.0, LOOSEST)]
            for line in pool.map(show, *zip(*jobs, strict=True), [asked.seeds] * len(jobs)):
                print(line, flush=True)
            return
        for best, said in pool.map(calibrate, names, [asked.seeds] * len(names), [asked.rounds] * len(names)):
            print(*said, sep="\n", flush=True)
            print(f"pen: {best.hand.pen.width:g}\nword_gap: {best.hand.word_gap:g}\n{lines(best.hand)}", flush=True)
            if asked.write:
                put(best.hand, ROOT / "fonts" / best.hand.name / hands.FILE)


if __name__ == "__main__":
    main()
