"""What the linter makes of letters with a known verdict: `python benchmarks/letters.py [FOLDER...]`.

A folder holds one YAML file a letter, with `text`, `verdict` (good or bad), `kind` and `bad_sentences` of bad ones. For
each folder: bad letters with an error, good letters with one, bad sentences that a finding touches, findings on good
letters; then bad letters by kind. `--without N105,N141` leaves codes out, `--show` lists what went wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from letterset import Judged, load, measure  # noqa: E402


def main() -> None:
    """Print a table for each folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[ROOT / "tests" / "letters" / "tune"])
    parser.add_argument("--without", default="", help="codes to leave out, with commas")
    parser.add_argument("--show", action="store_true", help="list letters and sentences that went wrong")
    options = parser.parse_args()
    without = frozenset(filter(None, options.without.split(",")))
    for folder in options.folders:
        judged = [Judged.of(letter, without) for letter in load(folder)]
        print(f"{folder}\n{measure(judged).table()}\n")
        _by_kind(judged)
        if options.show:
            _show(judged)


def _by_kind(judged: list[Judged]) -> None:
    kinds: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        for kind in one.letter.kinds:
            kinds[kind].append(one)
    for kind, ones in sorted(kinds.items()):
        codes = Counter(code for one in ones for code in one.error_codes)
        said = " ".join(f"{code}:{count}" for code, count in sorted(codes.items()))
        print(f"  {kind:14} {sum(bool(one.error_codes) for one in ones):3} of {len(ones):3}   {said}")
    print()


def _show(judged: list[Judged]) -> None:
    for one in judged:
        if one.letter.bad != bool(one.error_codes):
            print(f"  {'missed' if one.letter.bad else 'wrongly'} {one.letter.name} {' '.join(one.error_codes)}")
        for sentence in one.missed:
            print(f"    not found  {one.letter.name}: {sentence}")
        if not one.letter.bad:
            for code, text in one.touches:
                print(f"    on a good  {one.letter.name} {code}: {text}")


if __name__ == "__main__":
    main()
