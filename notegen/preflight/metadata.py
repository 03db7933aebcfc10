"""What a file says about itself, twice: in its Info dictionary and in its XMP packet, which must agree."""

from __future__ import annotations

import codecs
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree

from notegen.preflight import codes, objects

if TYPE_CHECKING:
    import pikepdf

    from notegen.preflight.report import Notebook

RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC: Final = "{http://purl.org/dc/elements/1.1/}"
XMP: Final = "{http://ns.adobe.com/xap/1.0/}"
PDF: Final = "{http://ns.adobe.com/pdf/1.3/}"
MM: Final = "{http://ns.adobe.com/xap/1.0/mm/}"
PDFX: Final = "{http://www.npes.org/pdfx/ns/id/}"
LARGEST: Final = 16 * 1024 * 1024
OLD: Final = re.compile(r"PDF/X-(1a?|3):\d{4}")
_DATE: Final = re.compile(
    r"(?:D:)?(\d{4})-?(\d\d)?-?(\d\d)?T?(\d\d)?:?(\d\d)?:?(\d\d)?(?:\.\d+)?\s*(Z(?:00'?:?(?:00)?'?)?|[+-]\d\d'?:?(?:\d\d)?'?)?"
)
_WANTED: Final = (
    (MM + "DocumentID", "xmpMM:DocumentID"), (MM + "VersionID", "xmpMM:VersionID"),
    (MM + "RenditionClass", "xmpMM:RenditionClass"), (XMP + "CreateDate", "xmp:CreateDate"),
    (XMP + "ModifyDate", "xmp:ModifyDate"), (XMP + "MetadataDate", "xmp:MetadataDate"),
)  # fmt: skip


def standard(pdf: pikepdf.Pdf) -> str | None:
    """Return the PDF/X standard that the Info dictionary names: the older ones do it there."""
    return objects.text(objects.entry(_info(pdf), "/GTS_PDFXVersion"))


def _info(pdf: pikepdf.Pdf) -> Any:
    return objects.entry(pdf.trailer, "/Info")


def check(pdf: pikepdf.Pdf, book: Notebook) -> None:
    """Judge both and hold them against each other."""
    info = _info(pdf)
    said = standard(pdf)
    old = said is not None and OLD.match(said) is not None
    found = _packet(pdf, book, wanted=not old)
    _trapped(info, found, book)
    if found is None:
        return
    _version(found, old, book)
    _agreement(info, found, book)
    if not old:
        lacking = [shown for key, shown in _WANTED if key not in found]
        if lacking:
            book.add(codes.LACKING, f"the XMP packet lacks {', '.join(lacking)}", object=_where(pdf), key="lacking")


def _where(pdf: pikepdf.Pdf) -> str | None:
    return objects.number_of(objects.entry(pdf.Root, "/Metadata"))


def _packet(pdf: pikepdf.Pdf, book: Notebook, *, wanted: bool) -> dict[str, str] | None:
    """Return the properties of the XMP packet; None when there is none that can be read."""
    stream = objects.entry(pdf.Root, "/Metadata")
    if not objects.is_stream(stream):
        if wanted:
            book.add(codes.XMP, "the file has no XMP packet")
        return None
    own = objects.number_of(stream)
    if objects.filters(stream):
        book.add(
            codes.XMP_PACKED, "the XMP packet is packed, so that programs that search the file miss it", object=own
        )
    data = objects.data(stream)
    if data is None or len(data) > LARGEST or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        book.add(codes.XMP, "the XMP packet cannot be read", object=own)
        return None
    try:
        return properties(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        book.add(codes.XMP, f"the XMP packet is no good XML: {error}", object=own)
        return None


def properties(data: bytes) -> dict[str, str]:
    """Return the properties of an XMP packet by their full names; of a text in many languages, the first.

    Entries of other lists are joined by semicolons, as authors are in an Info dictionary.
    """
    wide = data[:2] in (codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)
    tree = ElementTree.fromstring(data if wide else data.strip(b"\0 \t\r\n"))
    found: dict[str, str] = {}
    for one in tree.iter(RDF + "Description"):
        found.update({key: value.strip() for key, value in one.attrib.items()})
        for part in one:
            entries = [(item.text or "").strip() for item in part.iter(RDF + "li")]
            words = entries[:1] if part.find(RDF + "Alt") is not None else entries
            found[part.tag] = "; ".join(words) if entries else (part.text or "").strip()
    return found


def _version(found: dict[str, str], old: bool, book: Notebook) -> None:
    said = found.get(PDFX + "GTS_PDFXVersion")
    if said is None:
        if not old:
            book.add(codes.STANDARD, "the XMP packet does not name a PDF/X standard (pdfxid:GTS_PDFXVersion)")
    elif not re.fullmatch(r"PDF/X-[45]\w*", said):
        book.add(codes.STANDARD, f"the XMP packet names the standard '{said}', and PDF/X-4 is wanted")


def _trapped(info: Any, found: dict[str, str] | None, book: Notebook) -> None:
    own = objects.number_of(info)
    said = objects.name(objects.entry(info, "/Trapped"))
    if said not in ("/True", "/False"):
        words = "the file does not say whether it is trapped" if said is None else f"Trapped is {said[1:]}"
        book.add(codes.TRAPPED, f"{words}: it must be True or False", object=own)
        return
    other = (found or {}).get(PDF + "Trapped")
    if other is not None and other != said[1:]:
        book.add(codes.DISAGREE, f"Trapped is {said[1:]} in Info and {other} in the XMP packet", object=own)


def _agreement(info: Any, found: dict[str, str], book: Notebook) -> None:
    own = objects.number_of(info)
    for key, name, shown in (
        ("/Title", DC + "title", "the title"),
        ("/Author", DC + "creator", "the author"),
        ("/Producer", PDF + "Producer", "the producer"),
        ("/Creator", XMP + "CreatorTool", "the program"),
    ):
        one, other = objects.text(objects.entry(info, key)), found.get(name)
        if one is not None and other is not None and _folded(one) != _folded(other):
            words = f"{shown} is '{_short(one)}' in Info and '{_short(other)}' in the XMP packet"
            book.add(codes.DISAGREE, words, object=own, key=key)
    if not objects.text(objects.entry(info, "/Title")) and not found.get(DC + "title"):
        book.add(codes.LACKING, "the file has no title", object=own)
    for key, name, shown in (
        ("/CreationDate", XMP + "CreateDate", "made"),
        ("/ModDate", XMP + "ModifyDate", "changed"),
    ):
        one, other = objects.text(objects.entry(info, key)), found.get(name)
        if one is not None and other is not None and not same_time(one, other):
            words = f"the file was {shown} {_short(one)} by Info and {_short(other)} by the XMP packet"
            book.add(codes.DISAGREE, words, object=own, key=key)


def _folded(text: str) -> list[str]:
    """Return the words of a text, whatever stands between them: authors are listed in several ways."""
    return re.split(r"[\s,;]+", text.strip())


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else f"{flat[:57]}..."


def same_time(one: str, other: str) -> bool:
    """Whether a PDF date and an XMP date are the same moment, to the second; a zone that one lacks is passed over."""
    first, second = _moment(one), _moment(other)
    if first is None or second is None:
        return False
    if (first.tzinfo is None) != (second.tzinfo is None):
        first, second = first.replace(tzinfo=None), second.replace(tzinfo=None)
    return first == second


def _moment(text: str) -> datetime | None:
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    try:
        plain = datetime(int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0))
        return plain if zone is None else plain.replace(tzinfo=_zone(zone))
    except ValueError:
        return None


def _zone(text: str) -> timezone:
    if text[0] == "Z":
        return UTC
    digits = re.sub(r"\D", "", text).ljust(4, "0")
    away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]))
    return timezone(-away if text[0] == "-" else away)
