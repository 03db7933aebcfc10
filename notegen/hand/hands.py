"""The hands: the bundled ones, each a folder of `fonts/`, and a shop's own, each a file of its `hands/`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from notegen.errors import NotegenError, nearest
from notegen.files import read_source
from notegen.hand import coverage, habits, pens
from notegen.hand.tidiness import tidiness_of
from notegen.model.facts import Value
from notegen.model.hand import KINDS, Hand
from notegen.registry import Registry
from notegen.resources import data_folder
from notegen.yamlsource import Document, parse

FILE = "hand.yaml"
KEYS = (
    "title",
    "role",
    "kind",
    "scripts",
    "also",
    "run_on",
    "font",
    "face_index",
    "pen",
    "ink",
    "x_height",
    "leading",
    "word_gap",
    "tidiness",
    "habits",
    "licence",
    "origin",
)
_USUAL: dict[str, Value] = {
    "role": "",
    "kind": "",
    "scripts": ("Latn",),
    "also": (),
    "run_on": 0,
    "pen": pens.USUAL_PEN.kind,
    "ink": pens.USUAL_INK.name,
    "tidiness": 1,
    "word_gap": 1.3,
    "licence": "",
    "origin": "",
    "face_index": 0,
    "habits": None,
}

Number = int | float
Read = TypeVar("Read")


def builtin() -> Registry[Hand]:
    """Return the bundled hands, by name; each call returns a registry of its own, which a shop may add to."""
    return Registry("hand", [(hand.name, hand) for hand in _bundled(data_folder("fonts"))])


@lru_cache(maxsize=4)
def _bundled(fonts: Path) -> tuple[Hand, ...]:
    files = sorted(fonts.glob(f"*/{FILE}"))
    return tuple(read(file, file.parent.name, f"{file.parent.name}/") for file in files)


def load(folder: Path, registry: Registry[Hand]) -> Registry[Hand]:
    """Add a shop's own hands, one `*.yaml` each, to a registry; `font` is a path beside the file, or absolute.

    A file that is wrong is kept aside in `registry.broken` with the reason, and harms no other hand.
    """
    for file in sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")]):
        try:
            registry.add(file.stem, read(file, file.stem, f"{file.parent.resolve()}/"))
        except NotegenError as error:
            reason = error.message if error.hint is None else f"{error.message} ({error.hint})"
            registry.broken[file.stem] = reason
    return registry


def read(file: Path, name: str, beside: str) -> Hand:
    """Read one hand; `beside` comes before a relative font path. Raises NotegenError for whatever is wrong in it."""
    parsed = parse(read_source(file))
    if parsed.diagnostics:
        first = parsed.diagnostics[0]
        raise NotegenError(f"{first.span or file}: {first.message}", hint=first.hint)
    documents = parsed.value or ()
    if len(documents) != 1 or not isinstance(documents[0].value, Mapping):
        raise NotegenError(
            f"{file} is not one hand", hint="write one mapping: title, font, pen, ink, x_height, leading"
        )
    return _hand(_Fields(documents[0], documents[0].value), name, beside)


class _Fields:
    """The keys of one hand's file; what is wrong with one is said with its line."""

    def __init__(self, document: Document, values: Mapping[str, Value]) -> None:
        self.document = document
        self.values = {**_USUAL, **values}
        for key in values:
            if key not in KEYS:
                near = nearest(key, KEYS)
                known = f"did you mean '{near}'?" if near else f"a hand has: {', '.join(KEYS)}"
                raise NotegenError(f"{document.keys[key]}: a hand has no '{key}'", hint=known)

    def wrong(self, key: str, wants: str) -> NotegenError:
        span = self.document.spans.get(key) or self.document.spans.get("")
        return NotegenError(f"{span or self.document.source.name}: {key} must be {wants}")

    def text(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or (not value.strip() and key not in _USUAL):
            raise self.wrong(key, "a text")
        return value.strip()

    def kind(self) -> str:
        """Return one of the words that kinds of hands go by, or ""."""
        found = self.text("kind")
        if found and found not in KINDS:
            raise self.wrong("kind", f"one of {', '.join(KINDS)}")
        return found

    def names(self, key: str) -> tuple[str, ...]:
        """Return a list of names, which may be empty."""
        values = self.values.get(key)
        if not isinstance(values, tuple) or not all(isinstance(one, str) and one for one in values):
            raise self.wrong(key, "a list of names of hands")
        return tuple(one for one in values if isinstance(one, str))

    def scripts(self) -> tuple[str, ...]:
        """Return the scripts that the hand is meant for."""
        values = self.values.get("scripts")
        wants = f"a list of ISO 15924 codes, such as [{', '.join(coverage.NAMES)}]"
        if not isinstance(values, tuple) or not values:
            raise self.wrong("scripts", wants)
        for one in values:
            if not isinstance(one, str) or one not in coverage.NAMES:
                raise self.wrong("scripts", wants)
        return tuple(str(one) for one in values)

    def number(self, key: str, least: float, greatest: float) -> float:
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, Number) or not least <= value <= greatest:
            raise self.wrong(key, f"a number from {least:g} to {greatest:g}")
        return float(value)

    def numbers(self, key: str, count: int, least: float, greatest: float) -> tuple[float, ...]:
        value = self.values.get(key)
        wants = f"{count} numbers from {least:g} to {greatest:g}"
        if not isinstance(value, tuple) or len(value) != count:
            raise self.wrong(key, wants)
        for one in value:
            if isinstance(one, bool) or not isinstance(one, Number) or not least <= one <= greatest:
                raise self.wrong(key, wants)
        return tuple(float(one) for one in value if isinstance(one, Number))

    def said(self, key: str, read: Callable[[Value], Read]) -> Read:
        """Return what is read from a key that may be said in several ways."""
        try:
            return read(self.values.get(key))
        except NotegenError as error:
            document = self.document
            part = f"{key}.{getattr(error, 'part', '')}"
            span = document.spans.get(part) or document.spans.get(key) or document.spans.get("")
            raise NotegenError(f"{span or document.source.name}: {error.message}", hint=error.hint) from None


def _hand(fields: _Fields, name: str, beside: str) -> Hand:
    least, usual, greatest = fields.numbers("x_height", 3, 0.8, 20)
    if not least <= usual <= greatest:
        raise fields.wrong("x_height", "least, usual and greatest, in this order")
    font = Path(fields.text("font"))
    return Hand(
        name=name,
        title=fields.text("title"),
        role=fields.text("role"),
        font=str(font) if font.is_absolute() else f"{beside}{font.as_posix()}",
        pen=fields.said("pen", pens.pen),
        ink=fields.said("ink", pens.ink),
        x_height=(least, usual, greatest),
        leading=fields.number("leading", 1.5, 8),
        word_gap=fields.number("word_gap", 0.5, 4),
        tidiness=fields.said("tidiness", lambda said: tidiness_of(str(said))),
        licence=fields.text("licence"),
        origin=fields.text("origin"),
        habits=fields.said("habits", habits.read),
        face_index=int(fields.number("face_index", 0, 255)),
        kind=fields.kind(),
        scripts=fields.scripts(),
        also=fields.names("also"),
        run_on=fields.number("run_on", -0.1, 0.1),
    )
