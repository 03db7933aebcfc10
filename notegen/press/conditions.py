"""The printing conditions that notegen knows: CMYK output profiles that come with it, and how much ink each bears.

The profiles were built with Argyll from public characterisation data; NOTICE names the data sets. Of a profile of one's
own the header is read: only a CMYK profile of an output device can be a press file's output intent.
"""

from __future__ import annotations

import io
from pathlib import Path

from notegen.errors import NotegenError
from notegen.files import read_bytes
from notegen.model.purpose import Condition
from notegen.registry import Registry

_FOLDER = Path(__file__).parent / "profiles"

DEFAULT = "gracol"

USUAL_TAC = 300.0
"""Percent of ink that coated paper bears, where nobody says otherwise."""

REGISTRY = "http://www.color.org"
"""Where the ICC keeps the registry of characterisation data, which names conditions."""

OWN = "Custom"
"""What identifies a condition that is in no registry; its description says the rest."""

HEADER = 128
"""Bytes of an ICC profile's header."""

LARGEST = 16 * 1024 * 1024
"""Bytes beyond which a file is no output profile: the largest in use have some three million."""

NEWEST = 4
"""Of ICC profiles' versions, the last that PDF 1.6 knows."""

_CLASSES = {
    b"scnr": "an input profile", b"mntr": "a display profile", b"prtr": "an output profile",
    b"link": "a device link", b"spac": "a colour space conversion", b"abst": "an abstract profile",
    b"nmcl": "a named colour profile",
}  # fmt: skip

_KNOWN = (
    Condition(
        "gracol",
        "CGATS TR 006",
        "GRACoL 2006, coated paper",
        _FOLDER / "gracol2006-tr006.icc",
        300.0,
        "CGATS TR 006 characterisation data",
        REGISTRY,
    ),
    Condition(
        "fogra39",
        "FOGRA39",
        "ISO Coated v2, coated paper",
        _FOLDER / "fogra39.icc",
        300.0,
        "FOGRA39L characterisation data",
        REGISTRY,
    ),
    Condition(
        "fogra29",
        "FOGRA29",
        "uncoated white paper",
        _FOLDER / "fogra29-uncoated.icc",
        280.0,
        "FOGRA29L characterisation data",
        REGISTRY,
    ),
)


def conditions() -> Registry[Condition]:
    """Return a new registry of the conditions that come with notegen."""
    registry: Registry[Condition] = Registry("printing condition")
    for one in _KNOWN:
        registry.add(one.name, one, aliases=(one.identifier,) if one.identifier.casefold() != one.name else ())
    return registry


def condition_of(path: Path, tac: float = USUAL_TAC) -> Condition:
    """Return the condition that a profile of one's own stands for; raises NotegenError as `profile` does."""
    data = profile(path)
    try:
        title = description(data, path.stem)
    except NotegenError as error:
        raise NotegenError(f"{path}: {error.message}", hint=error.hint) from None
    return Condition(path.stem, OWN, title, path, tac)


def profile(path: Path) -> bytes:
    """Read a CMYK output profile.

    Raises UnreadableFile for a file that is not there, and NotegenError for one that is something else, saying what.
    """
    data = read_bytes(path, LARGEST, kind="a profile", large=_WANTED)
    found = _fault(data)
    if found:
        raise NotegenError(f"{path} is no CMYK output profile: {found}", hint=_WANTED)
    return data


_WANTED = "ask the printer for the ICC profile of the press and paper, or take one that comes with notegen"


def _fault(data: bytes) -> str | None:
    """Return what keeps bytes from being a CMYK output profile; None when nothing does."""
    if len(data) < HEADER or data[36:40] != b"acsp":
        return "it is no ICC profile"
    kind, space, leads, version = data[12:16], data[16:20], data[20:24], data[8]
    stated = int.from_bytes(data[:4], "big")
    what = _CLASSES.get(kind, "which no profile has")
    faults = (
        (kind != b"prtr", f"its class is '{_signature(kind)}', {what}, and not 'prtr'"),
        (space != b"CMYK", f"its colours are '{_signature(space)}' and not 'CMYK'"),
        (leads not in (b"Lab ", b"XYZ "), f"it leads to '{_signature(leads)}' and not to Lab or XYZ"),
        (version > NEWEST, f"it is of ICC version {version}, and PDF 1.6 knows none after {NEWEST}"),
        (stated != len(data), f"it says that it has {stated} bytes and has {len(data)}"),
    )
    return next((said for is_so, said in faults if is_so), None)


def _signature(four: bytes) -> str:
    return "".join(chr(byte) if 32 <= byte < 127 else f"\\x{byte:02x}" for byte in four).rstrip()


def description(data: bytes, otherwise: str) -> str:
    """Return what a profile calls itself, `otherwise` for one that says nothing.

    Raises NotegenError when its tables do not convert, either way.
    """
    from PIL import ImageCms

    try:
        opened = ImageCms.ImageCmsProfile(io.BytesIO(data))
        ImageCms.buildTransform(opened, ImageCms.createProfile("LAB"), "CMYK", "LAB")
        ImageCms.buildTransform(ImageCms.createProfile("sRGB"), opened, "RGB", "CMYK")
        said = ImageCms.getProfileDescription(opened)
    except (ImageCms.PyCMSError, OSError, ValueError) as error:
        raise NotegenError(f"the profile's tables cannot be read: {error}", hint=_WANTED) from None
    return " ".join("".join(one if one.isprintable() else " " for one in said).split()) or otherwise
