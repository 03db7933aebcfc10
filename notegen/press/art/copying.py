"""Objects of one PDF are written into another, with new numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pikepdf import Array, Dictionary, Name, Stream

from notegen.press.art.functions import inside

if TYPE_CHECKING:
    from notegen.press.container import Container

_LEFT: Final = frozenset(
    ("/Metadata", "/PieceInfo", "/StructParent", "/StructParents", "/OC", "/OPI", "/Alternates", "/LastModified",
     "/Parent", "/AF", "/Measure", "/PtData", "/Ref", "/Length")
)  # fmt: skip
"""What belongs to the document that is left, or must not be in a file for the press: entries of streams and of
dictionaries that say their type; elsewhere these may be names of somebody's own."""


class Copier:
    """Copies objects; each is written once. `spots` are the spot spaces that were met."""

    def __init__(self, container: Container) -> None:
        self.spots: list[Any] = []
        self._container = container
        self._numbers: dict[tuple[int, int], int] = {}

    def number(self, thing: Any) -> int:
        """Return the new number of an object, which is written with all that it needs."""
        from notegen.press.container import Plain

        key = thing.objgen
        if key == (0, 0) or key not in self._numbers:
            plain = Plain(b"")
            number = self._container.number_of(self._container.reserve(plain))
            if key != (0, 0):
                self._numbers[key] = number
            plain.data = self._whole(thing)
            return number
        return self._numbers[key]

    def _whole(self, thing: Any) -> bytes:
        if not isinstance(thing, Stream):
            return self._inside(thing) + b"\n"
        entries = dict(thing.stream_dict.items())
        inside(thing)
        data = thing.read_raw_bytes()
        if "/LZWDecode" in str(entries.get("/Filter", "")):
            data = _deflated(thing.read_bytes())
            entries = {**entries, "/Filter": Name.FlateDecode}
            entries.pop("/DecodeParms", None)
        elif "/Filter" not in entries:
            data = _deflated(data)
            entries["/Filter"] = Name.FlateDecode
        head = self._entries(entries, typed=True)[:-2] + b"/Length %d >>" % len(data)
        return head + b"\nstream\n" + data + b"\nendstream\n"

    def _value(self, thing: Any) -> bytes:
        if isinstance(thing, Stream) or getattr(thing, "is_indirect", False):
            return b"%d 0 R" % self.number(thing)
        return self._inside(thing)

    def _inside(self, thing: Any) -> bytes:
        if isinstance(thing, Dictionary):
            return self._entries(dict(thing.items()))
        if isinstance(thing, Array):
            if len(thing) > 3 and thing[0] in (Name.Separation, Name.DeviceN):
                self.spots.append(thing)
            return b"[" + b" ".join(self._value(one) for one in thing) + b"]"
        return _atom(thing)

    def _entries(self, entries: dict[str, Any], *, typed: bool = False) -> bytes:
        left = _LEFT if typed or "/Type" in entries else frozenset[str]()
        parts = [Name(key).unparse() + b" " + self._value(value) for key, value in entries.items() if key not in left]
        return b"<< " + b" ".join(parts) + b" >>"


def _atom(thing: Any) -> bytes:
    if thing is None:
        return b"null"
    if isinstance(thing, bool):
        return b"true" if thing else b"false"
    if isinstance(thing, int):
        return b"%d" % thing
    return bytes(thing.unparse()) if hasattr(thing, "unparse") else format(thing, "f").encode("ascii")


def _deflated(data: bytes) -> bytes:
    import deflate

    return bytes(deflate.zlib_compress(data, 6))
