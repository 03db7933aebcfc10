"""What a picture's file is, and whether a card can carry it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from notegen.files import read_bytes
from notegen.model.art import Art, ArtKind
from notegen.model.diagnostic import Checked, Diagnostic, Severity, has_errors
from notegen.model.source import Source, Span
from notegen.press.art import codes
from notegen.press.art.faults import Fault

if TYPE_CHECKING:
    from notegen.model.purpose import Condition

MOST_BYTES = 256 * 1024 * 1024
_OTHERS = (
    (b"GIF8", "a GIF"),
    (b"II*\0", "a TIFF"),
    (b"MM\0*", "a TIFF"),
    (b"RIFF", "a WebP"),
    (b"8BPS", "a Photoshop file"),
    (b"BM", "a BMP"),
    (b"%!PS", "PostScript"),
    (b"PK", "a zip archive"),
    (b"\0\0\0", "a HEIC or video file"),
    (b"\x1f\x8b", "packed with gzip"),
)


def read(path: Path) -> bytes:
    """Return a file's bytes; raises UnreadableFile for what is missing, a folder, not permitted or too large."""
    return read_bytes(path, MOST_BYTES, kind="a picture", large="make it smaller")


def look(path: Path, page: int) -> Checked[Art]:
    """Look at a file; see `notegen.press.art.look`."""
    data = read(path)
    digest = hashlib.sha256(data).hexdigest()
    try:
        art, found = _looked(path, data, digest, page)
    except Fault as fault:
        return Checked(None, (_diagnostic(path, data, fault),))
    return Checked(None if has_errors(found) else art, tuple(found))


def kind_of(data: bytes) -> ArtKind:
    """Return what a file is by its first bytes; raises Fault for what is none of the four kinds."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return ArtKind.PNG
    if data.startswith(b"\xff\xd8\xff"):
        return ArtKind.JPEG
    if b"%PDF-" in data[:1024]:
        return ArtKind.PDF
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"<svg", b"<?xml", b"<!--", b"<!DOCTYPE svg")) or b"<svg" in start:
        return ArtKind.SVG
    other = next((name for head, name in _OTHERS if data.startswith(head)), None)
    what = "is empty" if not data else f"is {other}, which is not read" if other else "is no picture that is known"
    raise Fault(codes.UNREADABLE, what, "save it as PDF, PNG, JPEG or SVG")


def _looked(path: Path, data: bytes, digest: str, page: int) -> tuple[Art, list[Diagnostic]]:
    kind = kind_of(data)
    if kind is not ArtKind.PDF and page:
        raise Fault(codes.SIZE, f"has one page, and no page {page + 1}", "pages are of PDFs")
    if kind is ArtKind.PDF:
        return _pdf(path, data, digest, page)
    if kind is ArtKind.SVG:
        from notegen.press.art import svg
        from notegen.press.art.colour import Screen

        return Art(path, kind, svg.draw(data, Screen()).size, digest), []
    return _pixels(path, kind, data, digest)


def _pixels(path: Path, kind: ArtKind, data: bytes, digest: str) -> tuple[Art, list[Diagnostic]]:
    from notegen.press.art import pixels

    measured = pixels.measure(data)
    across, down = measured.dpi or (pixels.USUAL_DPI, pixels.USUAL_DPI)
    size = measured.pixels[0] / across * pixels.INCH, measured.pixels[1] / down * pixels.INCH
    art = Art(path, kind, size, digest, measured.pixels, dpi=min(across, down), sized=measured.dpi is not None)
    stray = pixels.stray_profile(data)
    message = f"{path}: {stray}, so its colours are taken as sRGB"
    hint = "save it again with sRGB or without a profile"
    return art, [Diagnostic(codes.PROFILE, Severity.WARNING, message, None, hint)] if stray else []


def _pdf(path: Path, data: bytes, digest: str, page: int) -> tuple[Art, list[Diagnostic]]:
    from notegen.press.art import pdf
    from notegen.press.art.colour import Screen

    with pdf.opened(data) as document:
        where = pdf.boxes(pdf.page_of(document, page))
        _, seen = pdf.form(document, page, Screen())
        notes = pdf.unseen(document.pages[page])
    found = [_font(path, name) for name in seen.fonts]
    if notes:
        message = f"{path} has annotations that are not printed: {', '.join(notes)}"
        found.append(Diagnostic(codes.ANNOTATIONS, Severity.WARNING, message, None, "flatten them into the page"))
    return Art(path, ArtKind.PDF, where.size, digest, None, page, where.bleed, seen.dpi), found


def _font(path: Path, name: str) -> Diagnostic:
    hint = "export it with its fonts embedded, or turn its text into paths"
    return Diagnostic(codes.FONT, Severity.ERROR, f"{path} uses the font {name} and does not embed it", None, hint)


def _diagnostic(path: Path, data: bytes, fault: Fault) -> Diagnostic:
    span = None
    if fault.at is not None:
        source = Source(str(path), data.decode("utf-8", "replace").replace("\r\n", "\n"))
        start = source.offset_at(*fault.at)
        span = Span(source, start, min(len(source.text), start + 1))
    return Diagnostic(fault.code, Severity.ERROR, f"{path} {fault.message}", span, fault.hint)


def ink_faults(art: Art, condition: Condition) -> tuple[Diagnostic, ...]:
    """Judge a picture's own ink; see `notegen.press.art.ink_faults`."""
    return tuple(_ink_faults(art, condition))


def _ink_faults(art: Art, condition: Condition) -> Iterator[Diagnostic]:
    most, profiles = _inks(art)
    if most > condition.tac + 0.5:
        message = f"{art.path} puts down {most:.0f} % of ink, and {condition.title} bears {condition.tac:.0f} %"
        hint = f"separate it again for {condition.identifier}, or give an RGB picture"
        yield Diagnostic(codes.INK, Severity.ERROR, message, None, hint)
    others = [title for title in map(_title, profiles) if not _is_for(title, condition)]
    if others:
        named = ", ".join(f"'{title}'" for title in dict.fromkeys(others))
        message = f"{art.path} has inks made for {named}, which are printed as they are on {condition.title}"
        hint = f"make them for {condition.identifier}, give an RGB picture, or name the condition that they are for"
        yield Diagnostic(codes.OTHER_PRESS, Severity.WARNING, message, None, hint)


def _inks(art: Art) -> tuple[float, tuple[bytes, ...]]:
    """Return the most ink of a picture's own CMYK, in percent, and the profiles of the presses that it is for."""
    from notegen.press.art import pdf, pdfimages, pixels
    from notegen.press.art.colour import Screen

    data = read(art.path)
    if art.kind is ArtKind.JPEG:
        picture = pixels.read(data)
        if picture.image.mode != "CMYK":
            return 0.0, ()
        return pdfimages.most_ink(picture.image), () if picture.inks is None else (picture.inks,)
    if art.kind is not ArtKind.PDF:
        return 0.0, ()
    with pdf.opened(data) as document:
        seen = pdf.form(document, art.page, Screen())[1]
        return seen.ink, (*seen.profiles, *(pdf.intents(document) if seen.ink else ()))


def _title(profile: bytes) -> str:
    """Return what a profile calls itself."""
    from notegen.errors import NotegenError
    from notegen.press.conditions import description

    try:
        return description(profile, "a press without a name")
    except NotegenError:
        return "a press whose profile is damaged"


def _is_for(title: str, condition: Condition) -> bool:
    """Return whether a profile's title names a condition: 'Coated FOGRA39 (ISO 12647-2:2004)' is for FOGRA39."""
    said, own = _plain(title), _plain(_title(condition.profile.read_bytes()))
    # What a condition of one's own is called is the name of a file.
    names = (condition.name, condition.identifier) if condition.registry else ()
    return said == own or any(_plain(name) in said for name in names)


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
