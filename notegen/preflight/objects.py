"""Looking into PDF objects without stumbling: whatever a file holds, an answer of the wanted type or None."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

DEEPEST = 40
"""Levels beyond which trees of objects are damage."""

MOST = 140_000_000
"""Bytes of an unpacked picture beyond which its pixels are not read: small files can hold terabytes of noughts.

A4 at 600 to the inch has 139 million bytes in four inks."""
LONGEST = 64 * 1024 * 1024
"""Bytes of any other unpacked stream beyond which it is not read."""
ANY = 4 * 1024 * 1024
"""Bytes to which any stream may unpack."""
SQUEEZED = 100
"""How many times its size a stream of more than ANY may unpack to: drawings stay under 20, bombs have 1,000."""
PIECE = 2**14
"""Packed bytes that are unpacked at once where none is kept: they become 16 MiB at most."""
SWELLS = 64
"""How many times its size a stream can reach when its runs are written out (two bytes stand for 128 at most)."""


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
    """Return a name with its slash, or None; bytes that are no UTF-8 come as pikepdf gives them in keys."""
    import pikepdf

    if not isinstance(thing, pikepdf.Name):
        return None
    try:
        return str(thing)
    except UnicodeDecodeError as error:
        return error.object.decode("utf-8", "surrogateescape")


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


def data(thing: Any, most: int | None = None) -> bytes | None:
    """Return a stream's bytes as its filters leave them; None when they cannot be had or are more than `most`.

    Without `most` they are limited as a drawing's or a font's: to LONGEST, and by how much they swell.
    """
    import pikepdf

    if not isinstance(thing, pikepdf.Stream):
        return None
    try:
        most = _limit(len(thing.read_raw_bytes()), most)
        whole, plain = unpacked(thing, most)
        found = plain if whole or plain is None else bytes(thing.read_bytes())
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, RuntimeError, MemoryError):
        return None
    return found if found is not None and len(found) <= most else None


def _limit(packed: int, most: int | None) -> int:
    """Return how many bytes a stream of so many may unpack to; `most` is given for pictures, which are often white."""
    return min(LONGEST, max(ANY, SQUEEZED * packed)) if most is None else most


def filters(thing: Any) -> list[str]:
    """Return the names of a stream's filters, without the slash."""
    found = entry(thing, "/Filter")
    some = items(found) or [found]
    return [found[1:] for found in map(name, some) if found]


def unpacked(stream: pikepdf.Stream, most: int) -> tuple[bool, bytes | None]:
    """Undo Flate packing, however often it was done; return whether nothing is left to undo, and the bytes.

    No bytes are returned when they would be more than `most`. What is damaged and all other filters are left to qpdf,
    which saves what it can.
    """
    names = filters(stream)
    settings = entry(stream, "/DecodeParms")
    given = items(settings) or [settings]
    found = bytes(stream.read_raw_bytes())
    for at, one in enumerate(names):
        if one not in ("FlateDecode", "Fl"):
            swells = at > 0 and one in ("RunLengthDecode", "RL", "LZWDecode", "LZW")
            return False, None if swells and len(found) > most // SWELLS else found
        made = _inflated(found, most)
        if made is None or len(made) > most:
            return False, found if made is None else None
        if at < len(given) and is_dictionary(given[at]):
            return False, made
        found = made
    return True, found


def _inflated(packed: bytes, most: int) -> bytes | None:
    """Return what Flate packed, one byte more than `most` at most; None for what is damaged."""
    import zlib

    unpacker = zlib.decompressobj()
    try:
        found = unpacker.decompress(packed, most + 1)
    except zlib.error:
        return None
    return found if unpacker.eof or len(found) > most else None


def counted(packed: bytes, most: int) -> tuple[int, bool]:
    """Return how many bytes Flate packed, counted to a little over `most`, and whether its end was met; none is kept.

    Raises zlib.error for what is damaged.
    """
    import zlib

    unpacker = zlib.decompressobj()
    count = start = 0
    while start < len(packed) and count <= most and not unpacker.eof:
        count += len(unpacker.decompress(packed[start : start + PIECE]))
        start += PIECE
    return count, unpacker.eof


def walk(thing: Any, depth: int = 0) -> Iterator[Any]:
    """Yield an object's direct dictionaries and arrays, itself first; references are not followed."""
    yield thing
    if depth > DEEPEST:
        return
    inside = [value for _, value in pairs(thing)] or items(thing)
    for one in inside:
        if number_of(one) is None and (is_dictionary(one) or items(one)):
            yield from walk(one, depth + 1)
