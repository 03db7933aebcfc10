"""PDF functions, worked out: what a gradient's colour or a spot's tint is at a place."""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Sequence
from itertools import product
from typing import Any, Final, TypeAlias

import pikepdf

from notegen.press.art import codes
from notegen.press.art.faults import Fault

_MOST_BYTES: Final = 64 * 1024 * 1024
_ANY: Final = 4 * 1024 * 1024
"""Bytes to which any stream may unpack."""
_SQUEEZED: Final = 100
"""How many times its size a stream of more may unpack to: drawings stay under 20, bombs have 1,000."""
_SWELLING: Final = ("/RunLengthDecode", "/LZWDecode")
_SWELLS: Final = 64
_MOST_STACK: Final = 100
"""Numbers that a calculator function may hold at a time (PDF 32000, annex C)."""

Values: TypeAlias = Sequence[float]
Function: TypeAlias = Callable[[Values], list[float]]


def unknown(what: str) -> Fault:
    """Return the fault of a PDF that does something that is not drawn."""
    return Fault(codes.NOT_DRAWABLE, what, "export the PDF again in CMYK, or as PDF/X-4")


def function(thing: Any) -> Function:
    """Return a function, or an array of functions of one output each, as a Python function; raises Fault."""
    if isinstance(thing, pikepdf.Array):
        each = [function(one) for one in thing]
        return lambda values: [part for one in each for part in one(values)]
    kinds = {0: _sampled, 2: _power, 3: _stitched, 4: _calculated}
    kind = int(thing.get("/FunctionType", -1))
    if kind not in kinds:
        raise unknown(f"uses a function of type {kind}")
    if isinstance(thing, pikepdf.Stream):
        bounded(thing)
    work = kinds[kind](thing)
    domain = floats(thing.Domain)
    limits = floats(thing.get("/Range", []))

    def whole(values: Values) -> list[float]:
        held = [_held(value, domain, at) for at, value in enumerate(values)]
        made = work(held)
        if limits and len(made) != len(limits) // 2:
            raise unknown(f"has a function that makes {len(made)} numbers where {len(limits) // 2} are wanted")
        return [_held(value, limits, at) if limits else value for at, value in enumerate(made)]

    return whole


def bounded(stream: Any) -> None:
    """Raise Fault for a stream that unpacks to more than any drawing needs, or is in another file."""
    inside(stream)
    data = bytes(stream.read_raw_bytes())
    most = min(_MOST_BYTES, max(_ANY, _SQUEEZED * len(data)))
    filters = stream.get("/Filter", pikepdf.Array())
    for name in filters if isinstance(filters, pikepdf.Array) else (filters,):
        if name == "/FlateDecode":
            data = zlib.decompressobj().decompress(data, most + 1)
        if len(data) > (most if name == "/FlateDecode" else most // _SWELLS if name in _SWELLING else len(data)):
            what = "unpacks to more than any card needs"
            raise Fault(codes.TOO_LARGE, what, "simplify it in the program that made it")


def inside(stream: Any) -> None:
    """Raise Fault for a stream whose data are in another file."""
    if "/F" in stream:
        raise Fault(codes.REACHES_OUT, "refers to another file", "export the PDF again")


def floats(array: Any) -> list[float]:
    """Return an array of numbers."""
    return [float(one) for one in array]


def _held(value: float, limits: Values, at: int) -> float:
    return min(max(value, limits[2 * at]), limits[2 * at + 1])


def _power(thing: Any) -> Function:
    low = floats(thing.get("/C0", [0]))
    high = floats(thing.get("/C1", [1]))
    power = float(thing.N)
    return lambda values: [a + values[0] ** power * (b - a) for a, b in zip(low, high, strict=True)]


def _stitched(thing: Any) -> Function:
    parts = [function(one) for one in thing.Functions]
    domain = floats(thing.Domain)
    edges = [domain[0], *floats(thing.Bounds), domain[1]]
    encode = floats(thing.Encode)

    def whole(values: Values) -> list[float]:
        at = sum(values[0] >= edge for edge in edges[1:-1])
        low, high = edges[at], edges[at + 1]
        start, stop = encode[2 * at : 2 * at + 2]
        share = (values[0] - low) / (high - low) if high > low else 0.0
        return parts[at]([start + share * (stop - start)])

    return whole


def _sampled(thing: Any) -> Function:
    size = [int(one) for one in thing.Size]
    bits = int(thing.BitsPerSample)
    limits = floats(thing.Range)
    count = len(limits) // 2
    domain = floats(thing.Domain)
    encode = floats(thing.get("/Encode", [part for one in size for part in (0, one - 1)]))
    decode = floats(thing.get("/Decode", limits))
    samples = thing.read_bytes()
    data, total = int.from_bytes(samples, "big"), len(samples) * 8
    if math.prod(size) * count * bits > total or math.prod(size) > 1 << 20:
        raise unknown("has a function whose samples are missing or too many")

    def sample(place: tuple[int, ...], part: int) -> float:
        index = 0
        for at in reversed(range(len(size))):
            index = index * size[at] + place[at]
        value = data >> total - ((index * count + part) + 1) * bits & (1 << bits) - 1
        return decode[2 * part] + value / ((1 << bits) - 1) * (decode[2 * part + 1] - decode[2 * part])

    def whole(values: Values) -> list[float]:
        places = _grid(values, domain, encode, size)
        made = [0.0] * count
        for corner in product((0, 1), repeat=len(size)):
            weight = math.prod(share if up else 1 - share for up, (_, share) in zip(corner, places, strict=True))
            if weight:
                spot = tuple(floor + up for up, (floor, _) in zip(corner, places, strict=True))
                made = [one + weight * sample(spot, part) for part, one in enumerate(made)]
        return made

    return whole


def _grid(values: Values, domain: Values, encode: Values, size: Sequence[int]) -> list[tuple[int, float]]:
    """Return, for each input, the sample below it and how far it is on the way to the next."""
    places: list[tuple[int, float]] = []
    for at, value in enumerate(values):
        low, high = domain[2 * at : 2 * at + 2]
        share = (value - low) / (high - low) if high > low else 0.0
        exact = encode[2 * at] + share * (encode[2 * at + 1] - encode[2 * at])
        exact = min(max(exact, 0.0), size[at] - 1)
        floor = min(int(exact), max(size[at] - 2, 0))
        places.append((floor, exact - floor))
    return places


def _calculated(thing: Any) -> Function:
    words = thing.read_bytes().decode("latin-1").replace("{", " { ").replace("}", " } ").split()
    program, _ = _block(words, 1)
    return lambda values: _run(program, list(values))


def _block(words: list[str], at: int) -> tuple[list[Any], int]:
    made: list[Any] = []
    while at < len(words) and words[at] != "}":
        if words[at] == "{":
            inner, at = _block(words, at + 1)
            made.append(inner)
        else:
            made.append(words[at])
            at += 1
    return made, at + 1


_TWO: dict[str, Callable[[float, float], float]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b if b else 0.0,
    "idiv": lambda a, b: float(int(a / b)) if b else 0.0,
    "mod": lambda a, b: math.fmod(a, b) if b else 0.0,
    "exp": lambda a, b: float(a**b) if a > 0 or (b == int(b) and a) else 0.0,
    "atan": lambda a, b: math.degrees(math.atan2(a, b)) % 360,
    "eq": lambda a, b: float(a == b),
    "ne": lambda a, b: float(a != b),
    "gt": lambda a, b: float(a > b),
    "ge": lambda a, b: float(a >= b),
    "lt": lambda a, b: float(a < b),
    "le": lambda a, b: float(a <= b),
    "and": lambda a, b: float(int(a) & int(b)),
    "or": lambda a, b: float(int(a) | int(b)),
    "xor": lambda a, b: float(int(a) ^ int(b)),
}
_ONE: dict[str, Callable[[float], float]] = {
    "abs": abs,
    "neg": lambda a: -a,
    "ceiling": lambda a: float(math.ceil(a)),
    "floor": lambda a: float(math.floor(a)),
    "round": lambda a: float(math.floor(a + 0.5)),
    "truncate": lambda a: float(int(a)),
    "cvi": lambda a: float(int(a)),
    "cvr": float,
    "sqrt": lambda a: math.sqrt(max(a, 0.0)),
    "sin": lambda a: math.sin(math.radians(a)),
    "cos": lambda a: math.cos(math.radians(a)),
    "ln": lambda a: math.log(a) if a > 0 else 0.0,
    "log": lambda a: math.log10(a) if a > 0 else 0.0,
    "not": lambda a: float(not a),
}


def _run(program: list[Any], stack: list[float]) -> list[float]:
    """Run a calculator program (PDF 32000, 7.10.5); raises Fault for what is no program."""
    blocks: list[list[Any]] = []
    try:
        for word in program:
            if isinstance(word, list):
                blocks.append(word)
            elif word == "if":
                inner = blocks.pop()
                stack = _run(inner, stack) if stack.pop() else stack
            elif word == "ifelse":
                other, inner = blocks.pop(), blocks.pop()
                stack = _run(inner if stack.pop() else other, stack)
            else:
                _step(word, stack)
    except (IndexError, ValueError, OverflowError):
        raise unknown("has a calculator function that cannot be worked out") from None
    return stack


def _step(word: str, stack: list[float]) -> None:
    if word in _TWO:
        b, a = stack.pop(), stack.pop()
        stack.append(_TWO[word](a, b))
    elif word in _ONE:
        stack.append(_ONE[word](stack.pop()))
    elif word in ("true", "false"):
        stack.append(float(word == "true"))
    elif word in ("pop", "dup", "exch", "copy", "index", "roll"):
        _shuffle(word, stack)
    else:
        stack.append(float(word))
    if len(stack) > _MOST_STACK:
        raise ValueError(word)


def _shuffle(word: str, stack: list[float]) -> None:
    if word == "pop":
        stack.pop()
    elif word == "dup":
        stack.append(stack[-1])
    elif word == "exch":
        stack[-2:] = stack[:-3:-1]
    elif word == "copy":
        count = int(stack.pop())
        if not 0 <= count <= len(stack):
            raise IndexError(word)
        stack.extend(stack[len(stack) - count :])
    elif word == "index":
        stack.append(stack[-1 - int(stack.pop())])
    else:
        by, count = int(stack.pop()), int(stack.pop())
        if count > 0:
            part = stack[-count:]
            by %= count
            stack[-count:] = part[-by:] + part[:-by] if by else part
