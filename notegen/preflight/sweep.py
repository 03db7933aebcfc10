"""Every object of a file, one by one: damaged streams, and what no press file may hold.

Each object is written out and searched as text, which is quick; only what is found is then looked at.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Any, Final

from notegen.preflight import codes, objects

if TYPE_CHECKING:
    import pikepdf

    from notegen.preflight.report import Notebook

_END: Final = rb"(?![^\s/<>\[\](){}%])"
_KINDS: Final = (
    rb"JavaScript|Launch|URI|GoTo|GoToR|GoToE|SubmitForm|ResetForm|ImportData|Movie|Sound|Rendition|Named|Hide|Thread"
    rb"|SetOCGState|GoTo3DView|RichMediaExecute"
)
_WORTH: Final = re.compile(
    rb"/(?:JS|JavaScript|S /(?:" + _KINDS + rb")|AA|OPI|Alternates|PS|Subtype2|TR2?|HT|HTP|EmbeddedFile|Ref|LZWDecode"
    rb"|LZW|XFA)" + _END
)
_LZW: Final = re.compile(rb"/LZW(?:Decode)?" + _END)
_ACTION: Final = re.compile(rb"/S /(" + _KINDS + rb")" + _END)
_OWN: Final = re.compile(rb"/AA" + _END)
_SCRIPT: Final = re.compile(rb"/(?:JavaScript|JS)" + _END)
_PRESENT: Final[tuple[tuple[re.Pattern[bytes], str, str], ...]] = (
    (re.compile(rb"/OPI" + _END), codes.FOREIGN, "a picture is to be swapped for another by the printer (OPI)"),
    (re.compile(rb"/Alternates" + _END), codes.FOREIGN, "a picture has other versions of itself (Alternates)"),
    (re.compile(rb"/(?:Subtype /PS|Subtype2 /PS)" + _END), codes.FOREIGN, "an object is PostScript"),
    (re.compile(rb"/Type /EmbeddedFile" + _END), codes.EMBEDDED, "a file is embedded"),
    (re.compile(rb"/XFA" + _END), codes.ACTION, "the file holds an XFA form"),
)
_MOST: Final = 2**28
"""Bytes that a stream is unpacked to at most."""
_STREAMS: Final = frozenset({"FlateDecode", "Fl"})
_FILTERS: Final = _STREAMS | {
    "ASCIIHexDecode", "AHx", "ASCII85Decode", "A85", "LZWDecode", "LZW", "RunLengthDecode", "RL", "CCITTFaxDecode",
    "CCF", "JBIG2Decode", "DCTDecode", "DCT", "JPXDecode", "Crypt",
}  # fmt: skip


def sweep(pdf: pikepdf.Pdf, book: Notebook) -> None:
    """Look at every object."""
    for number, one in enumerate(_all(pdf, book)):
        try:
            _object(one, book)
        except Exception as error:  # one broken object is no reason not to look at the others
            book.add(codes.DAMAGED, f"an object cannot be read: {error}", object=str(number), key="object")


def _all(pdf: pikepdf.Pdf, book: Notebook) -> Any:
    try:
        return iter(pdf.objects)
    except Exception as error:
        book.add(codes.DAMAGED, f"the objects cannot be listed: {error}", key="objects")
        return iter(())


def _object(one: Any, book: Notebook) -> None:
    stream = objects.is_stream(one)
    if not stream and not hasattr(one, "unparse"):
        return
    shown = one.stream_dict.unparse() if stream else one.unparse(resolved=True)
    own = objects.number_of(one)
    if stream:
        _sum(one, shown, own, book)
    if _WORTH.search(shown) is None:
        return
    if stream and _LZW.search(shown):
        book.add(codes.LZW, "a stream is packed with LZW", object=own)
    _acts(one, shown, own, book)
    for pattern, code, words in _PRESENT:
        if pattern.search(shown):
            book.add(code, words, object=own)
    for inner in objects.walk(one):
        _state(inner, own, book)


def _acts(one: Any, shown: bytes, own: str | None, book: Notebook) -> None:
    """Say what an object does by itself."""
    action = _ACTION.search(shown)
    if _SCRIPT.search(shown):
        book.add(codes.ACTION, "the file holds JavaScript", object=own)
    elif action is not None and _is_action(one):
        book.add(codes.ACTION, f"the file holds an action ({action[1].decode('ascii')})", object=own)
    elif _OWN.search(shown):
        book.add(codes.ACTION, "the file has actions that start by themselves (AA)", object=own)


def _is_action(thing: Any) -> bool:
    """Whether a dictionary, or one in it, is an action and not a group or a structure with the same word."""
    for one in objects.walk(thing):
        kind = objects.name(objects.entry(one, "/Type"))
        if objects.entry(one, "/S") is not None and kind in (None, "/Action"):
            return True
    return False


def _sum(one: Any, shown: bytes, own: str | None, book: Notebook) -> None:
    """Unpack a stream; its bytes carry a sum that must agree."""
    if b"/Filter" not in shown:
        return
    names = objects.filters(one)
    for strange in names:
        if strange not in _FILTERS:
            book.add(codes.STREAM, f"a stream is packed in a way that PDF does not have ({strange})", object=own)
    if not names or names[0] not in _STREAMS:
        return
    packed = one.read_raw_bytes()
    if not packed.strip():
        return
    try:
        count, ended = objects.counted(packed, _MOST)
    except zlib.error as error:
        book.add(codes.STREAM, f"a stream is damaged: {_plain(str(error))}", object=own, key=f"stream {own}")
        return
    if not ended and count <= _MOST:
        book.add(codes.STREAM, "a stream ends before its end", object=own, key=f"stream {own}")


def _plain(words: str) -> str:
    return words.split(": ", 1)[-1]


def _state(thing: Any, own: str | None, book: Notebook) -> None:
    """Judge a graphics state's curves and screens, and a form's reference to another file."""
    for key, allowed in (("/TR", ("/Identity",)), ("/TR2", ("/Default",)), ("/HTP", ())):
        found = objects.entry(thing, key)
        if found is not None and objects.name(found) not in allowed and _is_state(thing):
            book.add(codes.CURVE, f"a transfer curve or phase is set ({key[1:]})", object=own)
    screen = objects.entry(thing, "/HT")
    if screen is not None and objects.name(screen) != "/Default" and _is_state(thing):
        kind = objects.number(objects.entry(screen, "/HalftoneType"))
        named = objects.entry(screen, "/HalftoneName")
        if kind not in (1, 5) or named is not None:
            book.add(codes.SCREEN, "a halftone screen of a kind that is not allowed is set", object=own)
        else:
            book.add(codes.SCREEN, "a halftone screen is set, which the printer chooses", object=own, severity=_mild())
    reference = objects.entry(thing, "/Ref")
    if objects.is_dictionary(reference) and objects.name(objects.entry(thing, "/Subtype")) == "/Form":
        book.add(codes.FOREIGN, "a form stands for a page of another file (Ref)", object=own)


def _mild() -> Any:
    from notegen.model.diagnostic import Severity

    return Severity.WARNING


def _is_state(thing: Any) -> bool:
    """Whether a dictionary may be a graphics state: those of annotations and forms have other keys of these names."""
    kind = objects.name(objects.entry(thing, "/Type"))
    return kind in (None, "/ExtGState") and objects.entry(thing, "/Subtype") is None
