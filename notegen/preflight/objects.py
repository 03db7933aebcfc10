"""Looking into PDF objects without stumbling: whatever a file holds, an answer of the wanted type or None."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

DEEPEST = 40
"""Levels beyond which trees of objects are damage."""

MOST = 256 * 1024 * 1024
"""Bytes of an unpacked stream beyond which it is not read: small files can hold terabytes of noughts."""


def number_of(thing: Any) -> str | None:
    """Return "12 0" for an object that has a number of its own."""
    try:
        number, generation = thing.objgen
    except (AttributeError, TypeError, ValueError):
        return None
    return f"{number} {generation}" if number else None


def entry(thing: Any, *keys: str) -> Any:
    """Return what stands under keys, one within the other, or None."""
    import pikepdf

    for key in keys:
        if not isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
            return None
        try:
            thing = thing.get(key)
        except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
            return None
    return thing


def name(thing: Any) -> str | None:
    """Return a name with its slash, or None."""
    import pikepdf

    if not isinstance(thing, pikepdf.Name):
        return None
    try:
        return str(thing)
    except UnicodeDecodeError:
        return str(thing.unparse().decode("latin-1"))


def text(thing: Any) -> str | None:
    """Return a text string, or None."""
    import pikepdf

    if not isinstance(thing, (pikepdf.String, str)) or isinstance(thing, pikepdf.Name):
        return None
    try:
        return str(thing)
    except (ValueError, UnicodeError, RuntimeError):
        return None


def number(thing: Any) -> float | None:
    """Return a number, or None."""
    from decimal import Decimal

    if isinstance(thing, bool) or not isinstance(thing, (int, float, Decimal)):
        return None
    return float(thing)


def numbers(thing: Any, wanted: int | None = None) -> list[float] | None:
    """Return an array of numbers (of that many), or None."""
    found = [number(one) for one in items(thing)]
    if not found or (wanted is not None and len(found) != wanted) or any(one is None for one in found):
        return None
    return [one for one in found if one is not None]


def items(thing: Any) -> list[Any]:
    """Return what an array holds; nothing for what is none."""
    import pikepdf

    if not isinstance(thing, pikepdf.Array):
        return []
    try:
        return list(thing)
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return []


def pairs(thing: Any) -> list[tuple[str, Any]]:
    """Return what a dictionary holds; nothing for what is none."""
    import pikepdf

    if not isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        return []
    try:
        return list(thing.items())
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return []


def is_dictionary(thing: Any) -> bool:
    """Whether it is a dictionary or a stream."""
    import pikepdf

    return isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream))


def is_stream(thing: Any) -> bool:
    """Whether it is a stream."""
    import pikepdf

    return isinstance(thing, pikepdf.Stream)


def data(thing: Any) -> bytes | None:
    """Return a stream's bytes as its filters leave them; None when they cannot be had or are more than MOST."""
    import pikepdf

    if not isinstance(thing, pikepdf.Stream):
        return None
    try:
        plain = flat(thing)
        found = plain if plain is not None else bytes(thing.read_bytes())
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, RuntimeError, MemoryError):
        return None
    return found if len(found) <= MOST else None


def filters(thing: Any) -> list[str]:
    """Return the names of a stream's filters, without the slash."""
    found = entry(thing, "/Filter")
    some = items(found) or [found]
    return [found[1:] for found in map(name, some) if found]


def flat(stream: pikepdf.Stream) -> bytes | None:
    """Return a stream that is packed with Flate and no predictor, one byte more than MOST at most; None for others.

    What is damaged is left to qpdf, which saves what it can.
    """
    import zlib

    if filters(stream) not in (["FlateDecode"], ["Fl"]) or entry(stream, "/DecodeParms") is not None:
        return None
    unpacker = zlib.decompressobj()
    try:
        found = unpacker.decompress(stream.read_raw_bytes(), MOST + 1)
    except zlib.error:
        return None
    return found if unpacker.eof or len(found) > MOST else None


def walk(thing: Any, depth: int = 0) -> Iterator[Any]:
    """Yield an object's direct dictionaries and arrays, itself first; references are not followed."""
    yield thing
    if depth > DEEPEST:
        return
    inside = [value for _, value in pairs(thing)] or items(thing)
    for one in inside:
        if number_of(one) is None and (is_dictionary(one) or items(one)):
            yield from walk(one, depth + 1)
