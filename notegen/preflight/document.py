"""The file as a whole: version, trailer, output intent, catalogue, fonts and spot colours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from notegen.model.diagnostic import Severity
from notegen.model.purpose import Purpose
from notegen.preflight import codes, colours, fonts, metadata, objects

if TYPE_CHECKING:
    import pikepdf

    from notegen.preflight.expected import Expected
    from notegen.preflight.machine import Press
    from notegen.preflight.report import Notebook

SPACES: Final = {b"CMYK": (4, colours.CMYK), b"RGB ": (3, colours.RGB), b"GRAY": (1, colours.GRAY)}
LIMITS: Final = {"PDF/X-1:2001": (1, 3), "PDF/X-1a:2001": (1, 3), "PDF/X-3:2002": (1, 3)}


def version(said: tuple[int, int], pdf: pikepdf.Pdf, book: Notebook) -> None:
    """Judge the version: PDF/X-4 is made of PDF 1.6, the older standards of 1.3 and 1.4."""
    named = metadata.standard(pdf) or ""
    limit = LIMITS.get(named, (1, 4) if metadata.OLD.match(named) else (1, 6))
    if said <= limit:
        return
    words = f"the file is PDF {said[0]}.{said[1]}, and at most {limit[0]}.{limit[1]} is wanted"
    mild = limit == (1, 6) and said == (1, 7)
    book.add(codes.VERSION, words, severity=Severity.WARNING if mild else None)


def trailer(pdf: pikepdf.Pdf, book: Notebook) -> None:
    """Judge the file's identifier and whether it is locked."""
    if len(objects.items(objects.entry(pdf.trailer, "/ID"))) != 2:
        book.add(codes.IDENTIFIER, "the file has no identifier (ID in the trailer)")
    if pdf.is_encrypted:
        book.add(codes.ENCRYPTED, "the file is encrypted")


def intent(pdf: pikepdf.Pdf, book: Notebook) -> str:
    """Judge the output intent and return the kind of colour it is for; CMYK when that cannot be told."""
    some = [one for one in objects.items(objects.entry(pdf.Root, "/OutputIntents")) if objects.is_dictionary(one)]
    ours = [one for one in some if objects.name(objects.entry(one, "/S")) == "/GTS_PDFX"]
    if len(ours) != 1:
        words = "the file has no output intent for PDF/X" if not ours else f"the file has {len(ours)} output intents"
        book.add(codes.INTENT, words, object=objects.number_of(ours[1]) if ours else None)
    if not ours:
        return colours.CMYK
    one, own = ours[0], objects.number_of(ours[0])
    if not objects.text(objects.entry(one, "/OutputConditionIdentifier")):
        book.add(codes.INTENT, "the output intent does not name its condition (OutputConditionIdentifier)", object=own)
    profile = objects.entry(one, "/DestOutputProfile")
    if not objects.is_stream(profile):
        _without_profile(pdf, one, own, book)
        return colours.CMYK
    return _profile(profile, book)


def _without_profile(pdf: pikepdf.Pdf, one: Any, own: str | None, book: Notebook) -> None:
    """Judge an intent that has no profile: the old standards allow it for a condition of the ICC's registry."""
    registered = "color.org" in (objects.text(objects.entry(one, "/RegistryName")) or "")
    if not (registered and metadata.OLD.match(metadata.standard(pdf) or "")):
        book.add(codes.PROFILE, "the output intent has no profile", object=own)


def _profile(stream: Any, book: Notebook) -> str:
    """Judge the profile: an output profile, with as many colours as it says."""
    own = objects.number_of(stream)
    data = objects.data(stream)
    if data is None or len(data) < 128 or data[36:40] != b"acsp":
        book.add(codes.PROFILE, "the output profile is no ICC profile", object=own)
        return colours.CMYK
    kind, space = data[12:16], data[16:20]
    if kind != b"prtr":
        words = f"the output profile is of class '{_printable(kind)}', and 'prtr' is wanted"
        book.add(codes.PROFILE, words, object=own, key="class")
    if int.from_bytes(data[:4], "big") > len(data):
        book.add(codes.PROFILE, "the output profile is cut short", object=own)
    size, family = SPACES.get(space, (0, colours.CMYK))
    said = objects.number(objects.entry(stream, "/N"))
    if not size:
        words = f"the output profile is for '{_printable(space)}', and CMYK, RGB or gray is wanted"
        book.add(codes.PROFILE, words, object=own)
    elif said != size:
        words = f"the output profile has {size} colours, and the file says {'nothing' if said is None else f'{said:g}'}"
        book.add(codes.PROFILE, words, object=own, key="size")
    return family


def _printable(raw: bytes) -> str:
    return re.sub(r"[^ -~]", "?", raw.decode("latin-1")).strip()


def catalogue(pdf: pikepdf.Pdf, book: Notebook) -> None:
    """Judge what the catalogue brings: actions, files, layers, forms."""
    root = pdf.Root
    opening = objects.entry(root, "/OpenAction")
    if objects.is_dictionary(opening):
        book.add(
            codes.ACTION, "the file does something when it is opened (OpenAction)", object=objects.number_of(opening)
        )
    if objects.entry(root, "/Names", "/EmbeddedFiles") is not None or objects.entry(root, "/AF") is not None:
        book.add(codes.EMBEDDED, "files are embedded")
    layers = objects.items(objects.entry(root, "/OCProperties", "/OCGs"))
    if layers:
        book.add(
            codes.LAYERS,
            f"the file has {len(layers)} layer{'s' if len(layers) > 1 else ''}",
            object=objects.number_of(layers[0]),
        )
    if objects.items(objects.entry(root, "/AcroForm", "/Fields")):
        book.add(codes.ACTION, "the file holds a form to be filled in (AcroForm)")


def printing(pdf: pikepdf.Pdf, expected: Expected, book: Notebook) -> None:
    """Judge how a person's own printer will take the file."""
    scaling = objects.name(objects.entry(pdf.Root, "/ViewerPreferences", "/PrintScaling"))
    if scaling != "/None" and expected.purpose is Purpose.DESKTOP:
        book.add(codes.SCALING, "the file does not ask to be printed in its own size (PrintScaling)")


def faces(press: Press, book: Notebook) -> None:
    """Judge the fonts that were used."""
    known: dict[str, list[fonts.Face]] = {}
    for one in press.used.values():
        _face(one, book)
        tagged = fonts.family(one.name)
        if tagged is not None and one.embedded and not one.type3:
            known.setdefault(tagged[1], []).append(one)
    for name, some in known.items():
        programs = {_program(one): one for one in some}
        if len(programs) > 1:
            where = list(programs.values())[1].object
            words = f"the font {name} is in the file {len(programs)} times, each with other letters"
            book.add(codes.SUBSETS, words, object=where, key=name)


def _program(one: fonts.Face) -> str:
    """Return what tells apart the programs of two fonts."""
    inner = (objects.items(objects.entry(one.thing, "/DescendantFonts")) or [one.thing])[0]
    descriptor = objects.entry(inner, "/FontDescriptor")
    streams = (objects.number_of(objects.entry(descriptor, kind)) for kind in fonts.KINDS)
    return next((found for found in streams if found), one.object or one.name)


def _face(one: fonts.Face, book: Notebook) -> None:
    if not one.embedded:
        book.add(codes.FONT, f"the font {one.name} is not embedded", object=one.object, key=one.name)
        return
    if one.type3:
        book.add(codes.TYPE3, f"the font {one.name} is of Type 3", object=one.object, key=one.name)
    elif one.trouble is not None:
        words = f"the program of the font {one.name} is damaged: {one.trouble}"
        book.add(codes.PROGRAM, words, object=one.object, key=one.name)
    elif one.unreadable is not None:
        book.skip(f"glyphs of the font {one.name}", one.unreadable)
    if not one.has_unicode and (one.wide or not objects.name(objects.entry(one.thing, "/Encoding"))):
        book.add(
            codes.UNICODE, f"the font {one.name} does not say which letters it shows", object=one.object, key=one.name
        )


def unused(pdf: pikepdf.Pdf, press: Press, book: Notebook) -> None:
    """Say which fonts are listed, not embedded and not used: some printers' checks stop at them."""
    for one in pdf.objects:
        if objects.name(objects.entry(one, "/Type")) != "/Font" or objects.entry(one, "/FontDescriptor") is not None:
            continue
        kind = objects.name(objects.entry(one, "/Subtype"))
        own = objects.number_of(one)
        if kind in ("/Type1", "/TrueType", "/MMType1") and own is not None and own not in press.used:
            named = (objects.name(objects.entry(one, "/BaseFont")) or "/unnamed")[1:]
            words = f"the font {named} is listed and not embedded, though nothing is set in it"
            book.add(codes.FONT, words, object=own, severity=Severity.WARNING, key=f"unused {named}")


def spots(press: Press, expected: Expected, book: Notebook) -> None:
    """Judge the spot colours."""
    known: dict[str, list[str]] = {}
    for (name, alternate), own in press.spots.items():
        if alternate:
            known.setdefault(name, []).append(alternate)
        shown = name[1:]
        if expected.spots is None:
            words = f"the spot colour '{shown}' needs a plate of its own"
            book.add(codes.SPOT, words, object=own, severity=Severity.INFO, key=name)
        elif shown not in expected.spots:
            some = ", ".join(f"'{one}'" for one in sorted(expected.spots)) or "none"
            book.add(
                codes.SPOT, f"the spot colour '{shown}' is not among those expected ({some})", object=own, key=name
            )
    for name, alternates in known.items():
        if len(alternates) > 1:
            words = f"the spot colour '{name[1:]}' is described in {len(alternates)} different ways"
            book.add(codes.SPOT_TWICE, words, object=press.spots[name, alternates[1]], key=name)
