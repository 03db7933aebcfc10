"""Cards written for the meter: notes of three lengths in a hand, drawn at 300 dpi and measured as people's pages were.

Most are running text, as the human pages are; every third seed is a letter with greeting, closing and signature. All
say "and" and "the" again and again, and name prices, dates and times.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from notegen.hand import write
from notegen.hand.measure import page as meter
from notegen.hand.measure.figures import PageFigures
from notegen.layout import lay_out
from notegen.layout.stocks import builtin
from notegen.model.card import Card
from notegen.model.hand import Hand
from notegen.model.note import Note
from notegen.press import write_pdf
from notegen.preview.png import each_grey

LENGTHS = (120, 300, 550)
"""Characters of a short, a middle and a long note."""
STOCKS = {120: ("us-a2", "iso-a6"), 300: ("postcard-4x6", "us-a7"), 550: ("us-a7", "iso-a5")}
"""What a person would take for each; when a hand writes too large for it, an A5 card."""
DPI = 300

SENTENCES = """Thank you for the lovely afternoon and for the help with the old van.
The rattle is gone and the brakes are fine, so the road to Duluth is yours again.
You told me about the trip and the children, and I hope the weather holds.
The bill came to $412.60 and the next visit is due on March 4 at 9:30.
I put the second key and the receipt in the blue envelope by the till.
Priya asked about the photograph and the story of the dog, so tell her soon.
We will be open until 6:15 on Friday and all day on the 21st of May.
It was good to see you and the girls, and the cake was a joy for the whole team.
If anything troubles you before the holiday, call the shop and ask for Dana.
The new tires have done 1,250 miles and the tread is still at 7 mm.
Please say hello to the neighbours and thank them for the kind words.
A little oil and a clean filter did the trick, and the noise went away.""".splitlines()


def note(seed: int, length: int) -> Note:
    """Return a note whose body has about so many characters; a longer one may have two paragraphs."""
    order = np.random.default_rng([seed, length]).permutation(len(SENTENCES))
    said: list[str] = []
    while len(" ".join(said)) < length - 35:
        said.append(SENTENCES[order[len(said)]])
    half = len(said) // 2 if length > 250 and seed % 4 > 1 else 0
    body = "\n\n".join(" ".join(part) for part in (said[:half], said[half:]) if part)
    text = f"Dear Margaret,\n\n{body}\n\nWarm regards,\nDana Whitfield" if seed % 3 == 2 else body
    return Note(f"realism-{seed}-{length}", "test", text)


def cards(hand: Hand, seeds: Iterable[int]) -> Iterator[Card]:
    """Yield a card of each length for each seed."""
    for seed in seeds:
        for length in LENGTHS:
            writing = write(note(seed, length), hand, seed).value
            assert writing is not None
            stock = STOCKS[length][seed // 2 % 2]
            yield next(
                card for name in (stock, "iso-a5") if (card := lay_out(writing, builtin().get(name)).value) is not None
            )


def drawn(of: list[Card]) -> Iterator[NDArray[np.uint8]]:
    """Yield each card as grey pixels, as it will be printed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cards.pdf"
        write_pdf(of, path, title="realism", language="en-US")
        for image in each_grey(path, dpi=DPI):
            yield np.asarray(image)


def repeated(card: Card) -> float | None:
    """Return the variation of the widths of "and" and "the", whichever stands there three times or more, exactly."""
    bounds, (a, _, c, _, e, _) = card.pool.bounds[card.outline].astype(np.float64).T, card.matrix.T
    left = bounds[0] * a + np.minimum(bounds[1] * c, bounds[3] * c) + e
    right = bounds[2] * a + np.maximum(bounds[1] * c, bounds[3] * c) + e
    stops = np.flatnonzero(card.word_end) + 1
    found: dict[str, list[float]] = {}
    for first, stop in zip([0, *stops[:-1]], stops, strict=True):
        said = "".join(card.pool.texts[slot] for slot in card.outline[first:stop] // card.pool.k)
        found.setdefault(said, []).append(right[first:stop].max() - left[first:stop].min())
    spreads = [np.std(found[word]) / np.mean(found[word]) for word in ("and", "the") if len(found.get(word, ())) > 2]
    return float(np.mean(spreads)) if spreads else None


def measured(of: list[Card]) -> list[dict[str, float | None]]:
    """Return the figures of each card that has enough writing to tell, by name."""
    found: list[dict[str, float | None]] = []
    for card, grey in zip(of, drawn(of), strict=True):
        figures = meter.measure(grey, DPI)
        if isinstance(figures, PageFigures):
            found.append({**figures.as_dict(), "same_word_cv": repeated(card)})
    return found


def medians(pages: list[dict[str, float | None]], names: Iterable[str]) -> dict[str, float]:
    """Return the median of each figure over the pages that have it."""
    return {name: median(value for page in pages if (value := page[name]) is not None) for name in names}
