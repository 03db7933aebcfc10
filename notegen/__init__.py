"""Handwritten-style notes from what you know about a customer and a sale, as print-ready PDF cards.

The command is `notegen`; from Python, `notegen.pipeline` goes the same way, and these are the words it speaks:

    >>> from pathlib import Path
    >>> from notegen import Wishes, pipeline, settings
    >>> shop = settings.load(Path("my-shop")).value
    >>> people = pipeline.load_facts([shop.facts], shop, today=None)
    >>> thanks = pipeline.load_template("same-day-thanks", shop).value
    >>> batch = pipeline.prepare(people.value, people.diagnostics, thanks, pipeline.drawing(shop, Wishes()))
    >>> pipeline.press(batch.cards, Path("cards.pdf"), title="Thanks", language="en-US")

Names are imported on first use, so that `import notegen` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notegen.lazy import names

if TYPE_CHECKING:
    from notegen.errors import NotegenError as NotegenError
    from notegen.model.card import Card as Card
    from notegen.model.diagnostic import Checked as Checked
    from notegen.model.diagnostic import Diagnostic as Diagnostic
    from notegen.model.diagnostic import Severity as Severity
    from notegen.model.facts import Facts as Facts
    from notegen.model.hand import Hand as Hand
    from notegen.model.note import Note as Note
    from notegen.model.stock import Stock as Stock
    from notegen.model.template import Template as Template
    from notegen.pipeline import Batch as Batch
    from notegen.pipeline import Wishes as Wishes
    from notegen.settings import Settings as Settings

_HOMES = {
    "Batch": "pipeline",
    "Card": "model.card",
    "Checked": "model.diagnostic",
    "Diagnostic": "model.diagnostic",
    "Facts": "model.facts",
    "Hand": "model.hand",
    "Note": "model.note",
    "NotegenError": "errors",
    "Settings": "settings",
    "Severity": "model.diagnostic",
    "Stock": "model.stock",
    "Template": "model.template",
    "Wishes": "pipeline",
}

__all__ = [  # noqa: PLE0604  (the names are strings; ruff cannot see into the table)
    *_HOMES
]

__getattr__, __dir__ = names(__name__, _HOMES)
