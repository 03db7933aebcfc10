"""What `art:` in notegen.yaml says: which pictures cards carry, on which panels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from notegen.facts.check import check, index, missing
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.dress import Fit, Stand
from notegen.model.facts import Value
from notegen.model.schema import Field, Kind, Schema
from notegen.model.source import Span
from notegen.yamlsource import Document

LOW: Final = "allow_low_resolution"
PICTURE: Final = "picture"
"""Stands for the side that pictures are on: the front of a folded card, of a flat one the side without the note."""
_FITS: Final = tuple(one.value for one in Fit)
_STANDS: Final = tuple(one.value for one in Stand)
_PICTURE: Final = (
    Field("file", Kind.TEXT, "a PDF, PNG, JPEG or SVG file, from this file", required=True),
    Field("page", Kind.NUMBER, "the page of a PDF, from 1"),
    Field("fit", Kind.TEXT, "cover, contain or actual", choices=_FITS),
    Field("stand", Kind.TEXT, "middle or foot", choices=_STANDS),
)


@dataclass(frozen=True, slots=True)
class Hanging:
    """One picture that is asked for; `page` counts from 0. `span` is the place of its file."""

    panel: str
    file: Path
    page: int = 0
    fit: Fit = Fit.COVER
    stand: Stand = Stand.MIDDLE
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class ArtSettings:
    """The pictures of a shop's cards, in the order in which they are written."""

    pictures: tuple[Hanging, ...] = ()
    allow_low_resolution: bool = False


def usual(panel: str, file: Path, span: Span | None = None) -> Hanging:
    """Return a picture as it is when a shop names nothing but the file.

    The back carries an imprint at its own size near its foot; on every other panel a picture fills the panel.
    """
    if panel.strip().casefold() == "back":
        return Hanging(panel, file, fit=Fit.ACTUAL, stand=Stand.FOOT, span=span)
    return Hanging(panel, file, span=span)


def read(part: Document, root: Path, found: list[Diagnostic]) -> ArtSettings:
    """Read what stands under `art:`; what is wrong is found, and its picture left out."""
    if not isinstance(part.value, Mapping):
        hint = "write names of panels under it, such as front: art/front.pdf"
        found.append(_error("F011", part.spans.get(""), "art is no record of panels and pictures", hint))
        return ArtSettings()
    known = index(Schema({one.path: one for one in _fields(part.value)}), "setting of art")
    tree, wrong = check(part, known)
    # A file may be called "test" or "none".
    found += (one for one in wrong if one.code != "F016")
    found += missing(tree, part, known)
    pictures = tuple(_pictures(tree, part, root, found))
    return ArtSettings(pictures, tree.get(LOW) is True)


def _fields(value: Mapping[str, Value]) -> Iterator[Field]:
    """Yield a schema of the panels that are named; each holds a file, or a record of a file and how it is fitted."""
    yield Field(LOW, Kind.FLAG, "yes to print pictures of fewer than 300 pixels to the inch")
    for panel, inside in value.items():
        if panel == LOW:
            continue
        if not isinstance(inside, Mapping):
            yield Field(panel, Kind.TEXT, "the picture of a panel")
            continue
        yield Field(panel, Kind.RECORD, "the picture of a panel")
        for one in _PICTURE:
            yield Field(f"{panel}.{one.path}", one.kind, one.doc, required=one.required, choices=one.choices)


def _pictures(tree: Mapping[str, Value], part: Document, root: Path, found: list[Diagnostic]) -> Iterator[Hanging]:
    for panel, inside in tree.items():
        if isinstance(inside, str) and inside:
            yield usual(panel, root / inside, part.spans.get(panel))
        elif isinstance(inside, Mapping) and isinstance(file := inside.get("file"), str) and file:
            plain = usual(panel, root / file, part.spans.get(f"{panel}.file"))
            fit, stand = (str(inside.get(name)) for name in ("fit", "stand"))
            page = _page(inside.get("page"), part.spans.get(f"{panel}.page"), found)
            yield Hanging(
                panel,
                plain.file,
                page,
                Fit(fit) if fit in _FITS else plain.fit,
                Stand(stand) if stand in _STANDS else plain.stand,
                plain.span,
            )


def _page(value: Value, span: Span | None, found: list[Diagnostic]) -> int:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return 0
    if value < 1 or int(value) != value:
        found.append(_error("F018", span, f"page cannot be {value:g}", "pages are counted from 1"))
        return 0
    return int(value) - 1


def _error(code: str, span: Span | None, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, span, hint)
