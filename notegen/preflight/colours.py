"""Colour spaces and the ink that a colour lays down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from notegen.preflight import objects

GRAY, RGB, CMYK, LAB, SPOT, PATTERN, INDEXED, UNKNOWN = (
    "gray", "rgb", "cmyk", "lab", "spot", "pattern", "indexed", "unknown",
)  # fmt: skip
PLATES: Final = frozenset({"/Cyan", "/Magenta", "/Yellow", "/Black"})
ALL, NONE = "/All", "/None"


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space: what kind of numbers it takes and how many; `managed` when a profile or white point is with it.

    `names` are those of its colourants (Separation, DeviceN), `base` is the space that they or an index stand for,
    `alternate` a fingerprint of how they are to be imitated, `table` the colours of an index.
    """

    kind: str
    size: int
    managed: bool = False
    names: tuple[str, ...] = ()
    base: Space | None = None
    alternate: str = ""
    table: bytes = b""
    object: str | None = None


DEVICE: Final = {
    "/DeviceGray": Space(GRAY, 1),
    "/DeviceRGB": Space(RGB, 3),
    "/DeviceCMYK": Space(CMYK, 4),
    "/Pattern": Space(PATTERN, 0),
}
SHORT: Final = {"/G": "/DeviceGray", "/RGB": "/DeviceRGB", "/CMYK": "/DeviceCMYK", "/I": "/Indexed"}
_BY_SIZE: Final = {1: GRAY, 3: RGB, 4: CMYK}


def read(thing: Any, known: Any = None, depth: int = 0) -> Space:
    """Return the space that an object describes; `known` is the `ColorSpace` dictionary of the resources."""
    plain = objects.name(thing)
    if plain is not None:
        return _named(plain, known, depth)
    parts = objects.items(thing)
    kind = objects.name(parts[0]) if parts else None
    if kind is None or depth > 8:
        return Space(UNKNOWN, 0)
    if len(parts) == 1:
        return _named(kind, known, depth)
    made = _FAMILIES.get(kind, _unknown)(parts, known, depth)
    number = objects.number_of(thing)
    return made if number is None else _with_object(made, number)


def _with_object(space: Space, number: str) -> Space:
    from dataclasses import replace

    return replace(space, object=number)


def _named(name: str, known: Any, depth: int) -> Space:
    name = SHORT.get(name, name)
    if name in DEVICE:
        default = objects.entry(known, name.replace("Device", "Default"))
        if default is not None and depth < 4:
            return read(default, None, depth + 1)
        return DEVICE[name]
    found = objects.entry(known, name)
    if found is None or objects.name(found) == name:
        return Space(UNKNOWN, 0)
    return read(found, known, depth + 1)


def _icc(parts: list[Any], _known: Any, _depth: int) -> Space:
    size = int(objects.number(objects.entry(parts[1], "/N")) or 0)
    return Space(_BY_SIZE.get(size, UNKNOWN), size, managed=True)


def _calibrated(parts: list[Any], _known: Any, _depth: int) -> Space:
    kind, size = {"/CalGray": (GRAY, 1), "/CalRGB": (RGB, 3), "/Lab": (LAB, 3)}[str(parts[0])]
    return Space(kind, size, managed=True)


def _separation(parts: list[Any], known: Any, depth: int) -> Space:
    if len(parts) < 4:
        return Space(UNKNOWN, 0)
    names = tuple(one for one in map(objects.name, objects.items(parts[1]) or [parts[1]]) if one)
    base = read(parts[2], known, depth + 1)
    return Space(SPOT, len(names), names=names, base=base, alternate=_imitation(parts[2], parts[3]))


def _imitation(space: Any, tint: Any) -> str:
    """Return a text that is the same for two spaces that are imitated alike."""
    shown = space.unparse().decode("latin-1", "replace") if hasattr(space, "unparse") else str(space)
    body = objects.data(tint) if objects.is_stream(tint) else None
    pieces = [f"{key} {_flat(value)}" for key, value in objects.pairs(tint) if key not in ("/Length", "/Filter")]
    return f"{shown} {sorted(pieces)} {body!r}"


def _flat(value: Any) -> str:
    found = objects.numbers(value)
    if found is not None:
        return " ".join(f"{one:g}" for one in found)
    one = objects.number(value)
    return f"{one:g}" if one is not None else "..."


def _indexed(parts: list[Any], known: Any, depth: int) -> Space:
    if len(parts) < 4:
        return Space(UNKNOWN, 0)
    try:
        table = objects.data(parts[3]) or b"" if objects.is_stream(parts[3]) else bytes(parts[3])
    except (TypeError, ValueError):
        table = b""
    return Space(INDEXED, 1, base=read(parts[1], known, depth + 1), table=table[:_MOST_TABLE])


def _pattern(parts: list[Any], known: Any, depth: int) -> Space:
    return Space(PATTERN, 0, base=read(parts[1], known, depth + 1))


def _unknown(_parts: list[Any], _known: Any, _depth: int) -> Space:
    return Space(UNKNOWN, 0)


_MOST_TABLE: Final = 256 * 32
"""Bytes that a table of colours can have: indices have 8 bits, colours 32 parts."""

_FAMILIES: Final = {
    "/ICCBased": _icc,
    "/CalGray": _calibrated,
    "/CalRGB": _calibrated,
    "/Lab": _calibrated,
    "/Separation": _separation,
    "/DeviceN": _separation,
    "/Indexed": _indexed,
    "/I": _indexed,
    "/Pattern": _pattern,
}


def ink(space: Space, values: Sequence[float]) -> float | None:
    """Return how much ink a colour lays down, in percent of a plate; None when that cannot be told (RGB, Lab)."""
    if space.kind == GRAY:
        return 100 * (1 - _held(values[0])) if values else None
    if space.kind == CMYK:
        return 100 * sum(map(_held, values))
    if space.kind == SPOT:
        tints = [
            _held(value) * (4 if name == ALL else 1)
            for name, value in zip(space.names, values, strict=False)
            if name != NONE
        ]  # fmt: skip
        return 100 * sum(tints)
    return None


def _held(value: float) -> float:
    """Return a figure within 0 and 1, as every viewer takes it."""
    return min(max(value, 0.0), 1.0)


def is_white(space: Space, values: Sequence[float]) -> bool:
    """Whether a colour is bare paper."""
    if not values:
        return False
    if space.kind in (GRAY, RGB):
        return all(value >= 1 - 1e-6 for value in values)
    return space.kind in (CMYK, SPOT) and all(value <= 1e-6 for value in values)


def plates(space: Space, values: Sequence[float]) -> int | None:
    """Return on how many plates a colour is printed, or None when that cannot be told."""
    if space.kind == GRAY:
        return int(values[0] < 1) if values else None
    if space.kind in (CMYK, SPOT):
        return sum(value > 1e-6 for value in values)
    return None


def start(space: Space) -> tuple[float, ...]:
    """Return the colour that a space begins with when it is chosen."""
    if space.kind == CMYK:
        return (0.0, 0.0, 0.0, 1.0)
    return (1.0,) * space.size if space.kind == SPOT else (0.0,) * space.size


def colourants(space: Space | None) -> tuple[tuple[str, str], ...]:
    """Return the spot colours that a space needs, each with how it is imitated; process plates and All are none."""
    if space is None:
        return ()
    own = [(one, space.alternate) for one in space.names if one not in PLATES | {ALL, NONE}]
    return (*own, *(colourants(space.base) if space.kind in (INDEXED, PATTERN) else ()))
