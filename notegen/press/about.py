"""What a file says about itself: who made it and when, how it wants to be shown and printed, and for which press."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reportlab.pdfbase import pdfdoc

from notegen.errors import NotegenError
from notegen.model.purpose import Duplex, Purpose
from notegen.press.conditions import profile
from notegen.press.xmp import packet

if TYPE_CHECKING:
    import datetime

    from notegen.model.purpose import Condition, Setup
    from notegen.press.container import Container

DATE = "D:20000101000000+00'00'"
"""When a file was made that is given no date: no clock is read, so the same cards give the same bytes."""

TOOL = "notegen"

VERSIONS = {Purpose.PRESS: (1, 6), Purpose.DESKTOP: (1, 7), Purpose.SCREEN: (1, 7)}
"""Of PDF: PDF/X-4 is 1.6, and what tells a printer to turn and to choose its paper came with 1.7."""

_FLIPS = {Duplex.LONG: "/DuplexFlipLongEdge", Duplex.SHORT: "/DuplexFlipShortEdge"}


def ready(setup: Setup) -> Setup:
    """Return a setup whose texts are plain lines.

    Raises NotegenError for a press file without a title or a printing condition, and for parts outside the press.
    """
    setup = replace(setup, title=_line(setup.title), author=_line(setup.author))
    if setup.purpose is Purpose.PRESS:
        if setup.condition is None:
            raise NotegenError("a press file needs a printing condition", hint="name one, such as gracol or fogra39")
        if not setup.title:
            raise NotegenError("a press file needs a title", hint="PDF/X-4 asks for one; the shop's name will do")
    elif setup.record:
        raise NotegenError("PDF/VT parts belong in press files alone", hint="leave them out, or write for the press")
    return setup


def _line(text: str) -> str:
    """Return a text on one line, without what neither XML nor a window's title can show."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def stamp(date: datetime.date | None) -> str:
    """Return a date as a PDF writes it: the beginning of that day in UTC."""
    return DATE if date is None else f"D:{date:%Y%m%d}000000+00'00'"


def info(setup: Setup) -> dict[str, Any]:
    """Return the entries of the information dictionary: nothing that ReportLab would make up."""
    made = pdfdoc.PDFString(stamp(setup.date))
    entries = {
        "Title": pdfdoc.PDFString(setup.title),
        "Producer": pdfdoc.PDFString(TOOL),
        "Creator": pdfdoc.PDFString(TOOL),
        "CreationDate": made,
        "ModDate": made,
        "Trapped": "/False",
    }
    if setup.author:
        entries["Author"] = pdfdoc.PDFString(setup.author)
    return entries


def catalog(container: Container, setup: Setup) -> dict[str, Any]:
    """Write what the catalogue refers to and return its entries; all that identifies the file is written before."""
    language = pdfdoc.PDFString(setup.language.replace("_", "-"))
    entries: dict[str, Any] = {"Lang": language, "ViewerPreferences": pdfdoc.PDFDictionary(viewing(setup))}
    if setup.purpose is Purpose.PRESS and setup.condition is not None:
        entries["OutputIntents"] = pdfdoc.PDFArray([output_intent(container, setup.condition)])
        entries["Metadata"] = container.add_packed(
            packet(setup, stamp(setup.date), TOOL, container.identity), "/Type /Metadata /Subtype /XML "
        )
    return entries


def output_intent(container: Container, condition: Condition) -> Any:
    """Write the output intent of a press file and its profile. Raises NotegenError for no CMYK output profile."""
    said = {
        "OutputConditionIdentifier": condition.identifier,
        "OutputCondition": condition.title,
        "Info": condition.title if not condition.source else f"{condition.title} ({condition.source})",
    }
    if condition.registry:
        said["RegistryName"] = condition.registry
    embedded = container.add_stream(profile(condition.profile), "/N 4 /Alternate /DeviceCMYK ")
    texts = {key: pdfdoc.PDFString(text) for key, text in said.items()}
    intent = {"Type": "/OutputIntent", "S": "/GTS_PDFX", **texts, "DestOutputProfile": embedded}
    return container.add(pdfdoc.PDFDictionary(intent))


def viewing(setup: Setup) -> dict[str, str]:
    """Return the viewer's preferences: paper is never scaled to, and the printer turns and finds its paper itself."""
    wishes = {"DisplayDocTitle": "true"}
    if setup.purpose is Purpose.SCREEN:
        return wishes
    wishes["PrintScaling"] = "/None"
    if setup.purpose is Purpose.DESKTOP:
        wishes["PickTrayByPDFSize"] = "true"
        if setup.duplex is not None:
            wishes["Duplex"] = _FLIPS[setup.duplex]
    return wishes
