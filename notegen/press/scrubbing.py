"""Pages and cards are taken out of a PDF that notegen wrote; what stays is as it was, and what went is in it nowhere.

The file is written anew from what its pages still reach, so nothing of a page that is gone stays behind.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from notegen.press.imposing import _opened, _save, _whole

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

_SHORT: Final = 8
"""Characters that a matching mark has at most; longer lines of plain type on a sheet are its slug."""
_MOST_STEPS: Final = 500_000
"""Operators and forms of a page that are read: a sheet of cards has some 20,000."""
_A_FORM: Final = 50
"""What a form counts for: it is unpacked and read each time that it is drawn."""
_SHOWS: Final = ("Tj", "TJ", "'", '"')
_MARKED: Final = re.compile(rb"/ActualText(?:\(((?:[^()\\]|\\.)*)\)|<FEFF((?:[0-9A-F]{2})+)>)")
"""The text of a marked word, as `spoken` writes it: in brackets, or in hexadecimal digits."""
UNREADABLE: Final = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)
"""What reading the words of a PDF that somebody else made may raise: it need not be as ours are."""


@dataclass(frozen=True, slots=True)
class Leaves:
    """The pages of one file, numbered from 1."""

    pdf: Pdf

    def __len__(self) -> int:
        return len(self.pdf.pages)

    @property
    def has_parts(self) -> bool:
        """Whether the file has PDF/VT document parts, which name pages."""
        return "/DPartRoot" in self.pdf.Root

    def text(self, page: int) -> str:
        """Return all words of a page, those of its forms among them, in the order in which they are drawn."""
        import pikepdf

        obj: Any = self.pdf.pages[page - 1].obj
        contents = obj.get("/Contents")
        several = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        own, left = obj.get("/Resources", {}), [_MOST_STEPS]
        return " ".join(words for one in several if one is not None for words in _read(one, own, left))

    def forms(self, page: int) -> dict[str, str]:
        """Return the words of each form that a page names, by its name; pictures and shared marks have none."""
        obj: Any = self.pdf.pages[page - 1].obj
        found = obj.get("/Resources", {}).get("/XObject", {})
        return {
            name: " ".join(_said(form, form.get("/Resources", {}), [_MOST_STEPS]))
            for name, form in found.items()
            if form.get("/Subtype") == "/Form" and name.startswith("/X")
        }

    def empty(self, page: int, names: Collection[str]) -> None:
        """Take what these forms draw out of a page, and its slug, which may name their cards' customers."""
        import pikepdf

        obj = self.pdf.pages[page - 1].obj
        for name in names:
            form = obj.Resources.XObject[name]
            blank = self.pdf.make_stream(b"", {key: form[key] for key in ("/Type", "/Subtype", "/BBox")})
            obj.Resources.XObject[name] = blank
        shown = pikepdf.unparse_content_stream(list(_without_slug(obj)))
        obj.Contents = self.pdf.make_stream(shown)

    def remove(self, pages: Iterable[int]) -> None:
        """Take pages out of the file."""
        for page in sorted(pages, reverse=True):
            del self.pdf.pages[page - 1]

    def save(self, stream: BinaryIO) -> None:
        """Write what is left."""
        _save(self.pdf, stream)


@contextmanager
def leaves(path: Path) -> Iterator[Leaves]:
    """Open a file to take something out of it. Raises UnreadableFile for what is no PDF or a damaged one."""
    with _opened(path) as pdf, _whole(pdf, path):
        yield Leaves(pdf)


def words_in(path: Path) -> list[str]:
    """Return the words of each page of a PDF that notegen wrote. Raises UnreadableFile."""
    with leaves(path) as made:
        return [made.text(page) for page in range(1, len(made) + 1)]


def _read(stream: Any, resources: Any, left: list[int]) -> Iterator[str]:
    """Yield what a stream says. A card marks its words, which are found in a tenth of the time that its glyphs take.

    `left` counts down the steps that may be read: forms that draw each other could be read for ever.
    """
    from notegen.press.art.faults import Fault
    from notegen.press.art.functions import bounded

    _step(left, _A_FORM)
    try:
        bounded(stream)
    except Fault as fault:
        raise ValueError(fault.message) from None
    marked = _MARKED.findall(stream.read_bytes())
    if not marked:
        yield from _said(stream, resources, left)
    for plain, coded in marked:
        yield bytes.fromhex(coded.decode()).decode("utf-16-be", "replace") if coded else plain.decode("latin-1")


def _said(shown: Any, resources: Any, left: list[int]) -> Iterator[str]:
    """Yield what a page or a form says: the text that a word is marked with, else what its glyphs stand for."""
    import pikepdf

    fonts, forms = resources.get("/Font", {}), resources.get("/XObject", {})
    codes: dict[int, str] = {}
    marked: list[bool] = []
    for one in pikepdf.parse_content_stream(shown):
        _step(left)
        name = str(one.operator)
        if name == "Tf":
            codes = _codes(fonts.get(str(one.operands[0])))
        elif name in ("BDC", "BMC"):
            text = _actual(one.operands)
            marked.append(text is not None)
            yield text or ""
        elif name == "EMC":
            del marked[-1:]
        elif name in _SHOWS:
            yield "" if any(marked) else "".join(_glyphs(one.operands, codes))
        elif name == "Do":
            yield from _said_by(forms.get(str(one.operands[0])), left)


def _said_by(form: Any, left: list[int]) -> Iterator[str]:
    if form is not None and form.get("/Subtype") == "/Form":
        yield from _read(form, form.get("/Resources", {}), left)


def _step(left: list[int], steps: int = 1) -> None:
    left[0] -= steps
    if left[0] < 0:
        raise ValueError(f"a page draws more than {_MOST_STEPS:,} steps")


def _actual(operands: Any) -> str | None:
    import pikepdf

    last = operands[-1]
    return str(last["/ActualText"]) if isinstance(last, pikepdf.Dictionary) and "/ActualText" in last else None


def _glyphs(operands: Any, codes: dict[int, str]) -> Iterator[str]:
    import pikepdf

    for one in operands:
        for part in one if isinstance(one, pikepdf.Array | list) else (one,):
            if isinstance(part, pikepdf.String):
                data = bytes(part)
                yield from (codes.get(data[n] << 8 | data[n + 1], "") for n in range(0, len(data) - 1, 2))


def _codes(font: Object | None) -> dict[int, str]:
    """Return the text of each code of a font, as its ToUnicode map says."""
    if font is None or "/ToUnicode" not in font:
        return {}
    found: dict[int, str] = {}
    for line in bytes(font.ToUnicode.read_bytes()).splitlines():
        parts = line.replace(b">", b" ").replace(b"<", b" ").split()
        try:
            code, text = (bytes.fromhex(part.decode("ascii")) for part in (parts[0], parts[-1]))
        except (ValueError, IndexError):
            continue
        if len(code) == 2:
            found[int.from_bytes(code, "big")] = text.decode("utf-16-be", "replace")
    return found


def _without_slug(shown: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the operators of a page without its long lines of plain type."""
    import pikepdf

    fonts = shown.get("/Resources", {}).get("/Font", {})
    line: list[tuple[Any, Any]] = []
    said, codes, inside = "", dict[int, str](), False
    for one in pikepdf.parse_content_stream(shown):
        operands, operator = one.operands, one.operator
        name = str(operator)
        inside = inside or name == "BT"
        if not inside:
            yield operands, operator
            continue
        line.append((operands, operator))
        if name == "Tf":
            codes = _codes(fonts.get(str(operands[0])))
        elif name in _SHOWS:
            said += "".join(_glyphs(operands, codes))
        elif name == "ET":
            if len(said) <= _SHORT:
                yield from line
            line, said, inside = [], "", False
