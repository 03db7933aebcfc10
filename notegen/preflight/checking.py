"""The order of the checks, and the report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from notegen.model.purpose import Purpose
from notegen.preflight import codes, document, metadata, opening, pages, sweep
from notegen.preflight.expected import Expected
from notegen.preflight.machine import Press
from notegen.preflight.report import Notebook, Report, Unchecked

if TYPE_CHECKING:
    import pikepdf

    from notegen.model.stock import Stock

CHECKS: Final = {
    "file": "the file is whole and open",
    "streams": "streams unpack and their sums agree",
    "standard": "version, identifier, output intent, XMP, trapping",
    "contents": "no actions, embedded files, LZW, OPI, PostScript, curves or screens",
    "boxes": "boxes, bleed, groups, annotations",
    "fonts": "fonts are embedded, whole and not doubled; no glyph is missing",
    "drawing": "operators, operands, resources",
    "colours": "colour spaces, total ink, overprint, spot colours",
    "lines": "hairlines and resolution",
    "artwork": "artwork reaches the bleed",
    "text": "text keeps clear of the cut and the folds",
}
"""What is looked at, by a short name."""
_PLAIN: Final = ("file", "streams", "fonts", "drawing")
TRUSTED: Final = (
    ("ink of overlays", "ink is added up colour by colour, not where translucent or overprinting things lie on others"),
)
"""What is never checked, and said in every report for the press."""


def check(
    file: Path | bytes,
    *,
    purpose: Purpose = Purpose.PRESS,
    stock: Stock | None = None,
    tac: float | None = None,
    safe: float | None = None,
    spots: frozenset[str] | None = None,
    dpi: float | None = None,
    name: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Look at a PDF, ours or not, and report all that a printer would mind.

    `file` is a path or the bytes themselves; `tac` is in percent, `safe` in mm, `dpi` the least resolution of pictures;
    `progress` is told how many more pages were looked at. Whatever is wrong with the file is a finding; a file that
    cannot be read at all raises UnreadableFile.
    """
    data = file if isinstance(file, bytes) else opening.read(file)
    limits = {key: value for key, value in (("tac", tac), ("dpi", dpi)) if value is not None}
    expected = Expected(purpose, stock, safe, spots=spots, **limits)
    shown = name or ("the file" if isinstance(file, bytes) else str(file))
    book = Notebook(codes.severities(), codes.hints(), codes.WANTED[purpose])
    opened = opening.opened(data, book)
    if opened.pdf is None:
        reason = "the file needs a password" if opened.locked else "the file cannot be opened"
        for one in tuple(CHECKS)[1:]:
            book.skip(CHECKS[one], reason)
        return _report(shown, 0, book, ("file",))
    with opened.pdf as pdf:
        count = _look(data, pdf, expected, book, progress or (lambda _more: None))
    return _report(shown, count, book, _made(expected, book))


def _report(name: str, count: int, book: Notebook, made: tuple[str, ...]) -> Report:
    unchecked = tuple(Unchecked(one, reason) for one, reason in book.unchecked)
    return Report(name, count, book.findings(), tuple(CHECKS[one] for one in made), unchecked)


def _made(expected: Expected, book: Notebook) -> tuple[str, ...]:
    """Return the checks that were made, and say of the others why not."""
    if expected.purpose is not Purpose.PRESS:
        for one in CHECKS:
            if one not in _PLAIN:
                book.skip(one, f"no matter for a {expected.purpose.value} file")
        return _PLAIN
    if expected.margin is None:
        book.skip(CHECKS["text"], "no stock and no safe distance were given")
    if expected.stock is None:
        book.skip("size of the pages", "no stock was given")
    for what, reason in TRUSTED:
        book.skip(what, reason)
    return tuple(one for one in CHECKS if one != "text" or expected.margin is not None)


def _look(data: bytes, pdf: pikepdf.Pdf, expected: Expected, book: Notebook, progress: Callable[[int], None]) -> int:
    """Make every check on an open file; return how many pages it has."""
    press = Press(expected)
    guarded = _Guard(book)
    if not pdf.is_encrypted:
        guarded("streams", opening.packed_objects, data, book)
    guarded("standard", document.trailer, pdf, book)
    guarded("standard", document.version, opening.version(data, pdf), pdf, book)
    guarded("standard", lambda: setattr(press, "intent", document.intent(pdf, book)))
    guarded("standard", metadata.check, pdf, book)
    guarded("contents", document.catalogue, pdf, book)
    guarded("contents", document.printing, pdf, expected, book)
    guarded("contents", sweep.sweep, pdf, book)
    count = _pages(pdf, press, expected, book, guarded, progress)
    guarded("fonts", document.faces, press, book)
    guarded("fonts", document.unused, pdf, press, book)
    guarded("colours", document.spots, press, expected, book)
    guarded("file", opening.warnings, pdf, book)
    return count


class _Guard:
    """Runs checks so that one that a broken file trips is reported as not made, and the others go on."""

    def __init__(self, book: Notebook) -> None:
        self._book = book

    def __call__(self, name: str, check: Callable[..., Any], *given: Any) -> Any:
        try:
            return check(*given)
        except NameError:
            raise  # no file can cause it: it is a mistake in here
        except Exception as error:  # qpdf, fontTools and Pillow raise anything on broken files
            words = str(error).split("\n", 1)[0] or type(error).__name__
            self._book.skip(CHECKS[name], f"the file is broken: {words}")
            return None


def _pages(
    pdf: pikepdf.Pdf, press: Press, expected: Expected, book: Notebook, guarded: _Guard, progress: Callable[[int], None]
) -> int:
    found = guarded("boxes", lambda: list(pdf.pages)) or []
    if not found:
        book.add(codes.NO_PAGES, "the file has no pages that can be found")
        return 0
    old = metadata.OLD.match(metadata.standard(pdf) or "") is not None
    at = pages.Look(press, expected, book, groups=not old)
    for number, page in enumerate(found, 1):
        guarded("drawing", pages.look, page, number, at)
        progress(1)
    if not at.fits:
        book.skip(CHECKS["text"], "a page does not have the size of the stock")
    if old and at.translucent:
        book.add(codes.TRANSPARENCY, f"the file is {metadata.standard(pdf)}, and something in it shines through")
    return len(found)
