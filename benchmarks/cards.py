"""How fast notes become a PDF, beside plain ReportLab and typst: `python benchmarks/cards.py [--cards 1000]`.

Every maker gets the same words, the same font file and the same card, and runs in a process of its own that has
imported everything and warmed up before the clock starts. The makers take turns; the median of the rounds counts.
Ratios are of CPU time, all threads together, so that a busy machine and a second core do not decide them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.makers import HAND, STOCK, Job, median, reportlab_job, timed, typst_job, typst_varied_job  # noqa: E402

GLYPHS = 430

NAMES = (
    "Ana Bo Carmen Dev Elif Femi Grace Hana Ines Jonah Kofi Lena Marek Nadia Oscar Priya Quinn Rosa Sami Tess".split()
)
THINGS = ["the Escape", "the red bike", "the piano", "the old van", "the kayak", "the oak table", "the blue Outback"]
PLACES = "Duluth Hinckley Bemidji Winona Ely Grand_Marais Brainerd Stillwater Cloquet Red_Wing".replace(
    "_", " "
).split()
OPENINGS = [
    "thank you for coming back to us for {thing}.",
    "it was good to hand you the keys of {thing} on Saturday.",
    "I still smile about the day we loaded {thing} in the rain.",
]
MIDDLES = [
    "You told me about the drive up to {place} with {friend}, and I hope the weather holds for you both.",
    "{friend} asked the best question of the week, so please say hello from all of us here.",
    "The small rattle is gone: I tightened both brackets myself and drove it round the block twice.",
    "If anything about it troubles you before {place}, call me at 555-0142 and I will see to it.",
    "The photograph from {place} now hangs beside the till, where everybody asks about it.",
    "I put the second key in the blue envelope, and the coffee is on whenever you pass.",
]


def texts(count: int) -> Iterator[str]:
    """Yield `count` different notes of about GLYPHS letters, drawn by a small counter-based mixer."""
    for number in range(count):
        state = number

        def pick(choices: list[str]) -> str:
            nonlocal state
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            return choices[(state >> 33) % len(choices)]

        body, used = [pick(OPENINGS)], set()
        while sum(len(part.replace(" ", "")) for part in body) < GLYPHS - 60:
            sentence = pick(MIDDLES)
            if sentence not in used or len(used) == len(MIDDLES):
                used.add(sentence)
                body.append(sentence)
        facts = {"thing": pick(THINGS), "place": pick(PLACES), "friend": pick(NAMES)}
        yield f"Dear {pick(NAMES)},\n\n{' '.join(body).format(**facts)}\n\nWarm regards,\nDana Whitfield"


# --- the makers: each gets ready and returns the job, which returns the bytes it wrote and its stages in seconds


def notegen_job(count: int, *, with_hand: bool) -> Job:
    """Lay out and press cards that vary in every glyph; the writing is done before, or counted too."""
    from notegen.hand import hands, write_all
    from notegen.layout import lay_out_all, stocks
    from notegen.model.note import Note
    from notegen.press import write_pdf

    hand, stock = hands.builtin().get(HAND), stocks.builtin().get(STOCK)
    spent = {"hand": 0.0, "layout": 0.0}

    def writings(notes: list[Note]) -> Iterator[object]:
        made = write_all(notes, hand, 1)
        while True:
            began = time.process_time()
            written = next(made, None)
            spent["hand"] += time.process_time() - began
            if written is None:
                return
            yield written.value

    def cards(written: Iterator[object]) -> Iterator[object]:
        """Lay out as `notegen batch` does, in blocks; what the hand takes meanwhile is counted as the hand's."""
        laid = lay_out_all(written, stock)
        while True:
            began, before = time.process_time(), spent["hand"]
            card = next(laid, None)
            spent["layout"] += time.process_time() - began - (spent["hand"] - before)
            if card is None:
                return
            yield card.value

    notes = [Note(f"card-{number}", "benchmark", text) for number, text in enumerate(texts(count))]
    source = notes[:40] if with_hand else list(writings(notes))
    warm = writings(notes[:40]) if with_hand else iter(source[:40])
    with tempfile.TemporaryDirectory() as folder:
        write_pdf(cards(warm), Path(folder) / "warm.pdf", title="warm", language="en-US")

    def job(path: Path) -> dict[str, float]:
        spent.update(hand=0.0, layout=0.0)
        written = writings(notes) if with_hand else iter(source)
        measured = timed(lambda: write_pdf(cards(written), path, title="benchmark", language="en-US"), path)
        return {**measured, **spent, "press": measured["cpu"] - sum(spent.values())}

    return job


MAKERS: dict[str, tuple[str, Callable[[int], Job]]] = {
    "notegen": ("notegen: layout + press, every glyph varied", lambda n: notegen_job(n, with_hand=False)),
    "whole": ("notegen: hand + layout + press", lambda n: notegen_job(n, with_hand=True)),
    "reportlab": ("ReportLab drawString, as it comes", lambda n: reportlab_job([*texts(n)], ascii85=1)),
    "reportlab-85": ("ReportLab drawString, useA85=0", lambda n: reportlab_job([*texts(n)], ascii85=0)),
    "typst": ("typst, plain lines", lambda n: typst_job([*texts(n)])),
    "typst-varied": ("typst, every glyph varied", lambda n: typst_varied_job([*texts(n)])),
}


def run_one(maker: str, count: int) -> dict[str, float]:
    """Run one maker in this process."""
    job = MAKERS[maker][1](count)
    with tempfile.TemporaryDirectory() as folder:
        measured = job(Path(folder) / "cards.pdf")
    measured["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return measured


def run_apart(maker: str, count: int) -> dict[str, float] | str:
    """Run one maker in a process of its own; a maker that cannot run returns the reason."""
    command = [sys.executable, str(Path(__file__)), "--maker", maker, "--cards", str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return done.stderr.strip().splitlines()[-1]
    return json.loads(done.stdout.splitlines()[-1])


def report(results: dict[str, list[dict[str, float]]], failed: dict[str, str], count: int) -> None:
    """Print the table, the ratios and the stages."""
    speeds = {maker: count / median(runs, "cpu") for maker, runs in results.items()}
    print(f"{'maker':44} {'cards/s':>8} {'a CPU s':>8} {'notegen is':>11} {'bytes/card':>11} {'peak MiB':>9}")
    for maker, (title, _) in MAKERS.items():
        if maker in failed:
            print(f"{title:44} not run: {failed[maker]}")
            continue
        runs = results[maker]
        ratio = "" if maker in ("notegen", "whole") else f"{speeds['notegen'] / speeds[maker]:.2f} x"
        wall, size = count / median(runs, "seconds"), median(runs, "bytes") / count
        figures = f"{wall:8,.0f} {speeds[maker]:8,.0f} {ratio:>11} {size:11,.0f} {median(runs, 'peak'):9,.0f}"
        print(f"{title:44} {figures}")
    for maker, stages in (("notegen", ("layout", "press")), ("whole", ("hand", "layout", "press"))):
        if maker in failed:
            continue
        whole = median(results[maker], "cpu")
        parts = [f"{stage} {median(results[maker], stage) / count * 1e6:,.0f} µs" for stage in stages]
        shares = [f"{median(results[maker], stage) / whole:.0%}" for stage in stages]
        print(f"\n{MAKERS[maker][0]}:\n  a card takes {' + '.join(parts)} of CPU ({' + '.join(shares)})", end="")
    print("\n\n(The peak of the first row includes the finished writings, which it is given; the second streams.)")


def main() -> None:
    """Run the makers in turns and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--maker", choices=MAKERS, help="run this one only, and print its figures as JSON")
    asked = parser.parse_args()
    if asked.maker:
        print(json.dumps(run_one(asked.maker, asked.cards)))
        return
    letters = statistics.mean(len("".join(text.split())) for text in texts(asked.cards))
    print(f"{asked.cards:,} cards of {letters:.0f} glyphs on {STOCK} in {HAND}; median of {asked.rounds} rounds")
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}\n")
    results: dict[str, list[dict[str, float]]] = {}
    failed: dict[str, str] = {}
    for _ in range(asked.rounds):
        for maker in MAKERS:
            measured = run_apart(maker, asked.cards)
            if isinstance(measured, str):
                failed[maker] = measured
            else:
                results.setdefault(maker, []).append(measured)
    report(results, failed, asked.cards)


if __name__ == "__main__":
    main()
