"""Pictures: their resolution as they are placed, their colours, and how much ink they lay down."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from notegen.preflight import codes, colours, inks, objects
from notegen.preflight.colours import Space
from notegen.preflight.machine import Machine, boxed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from notegen.preflight.tokens import Operand

_JPEG_END: Final = b"\xff\xd9"
_NEAR: Final = 1024
"""Bytes at the end of a JPEG in which the mark of its end is looked for: some programs write more behind it."""
_MORE: Final = 65_536
"""Bytes that may stand behind a picture's last pixel: more is no slip of the program that wrote it."""
UNIT: Final = (0.0, 0.0, 1.0, 1.0)
LARGEST: Final = 120_000_000
"""Pixels beyond which a picture's ink is not looked at."""
SAMPLES: Final = 4_000_000
"""Pixels that are looked at; of larger pictures every second, third ... row and column."""
SHARE: Final = 0.0005
"""Share of a picture that must be over the limit of ink to be said: fewer are specks and edges."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a picture; `ink` is its most ink but for specks, or None with `why` it is not known.

    `damage` says why it cannot be what was meant.
    """

    width: float
    height: float
    mask: bool
    space: Space | None
    ink: float | None = None
    why: str | None = None
    damage: str | None = None


def draw(machine: Machine, thing: Any) -> None:
    """Judge a picture where it is placed."""
    index = getattr(thing, "objgen", (0, 0))
    facts = machine.press.pictures.get(index)
    if facts is None:
        everything = objects.entry(machine.resources.thing, "/ColorSpace")
        facts = machine.press.pictures[index] = _facts(machine, thing, everything)
    own = machine.object
    machine.object = objects.number_of(thing) or own
    try:
        if objects.is_dictionary(objects.entry(thing, "/SMask")) or objects.items(objects.entry(thing, "/Mask")):
            machine.sight.translucent = True
        if facts.damage is not None:
            machine.note(codes.STREAM, f"a picture is damaged: {facts.damage}", key=f"picture {machine.object}")
        _judge(machine, facts)
    finally:
        machine.object = own


def draw_inline(machine: Machine, found: dict[str, Operand]) -> None:
    """Judge a picture that stands in the stream itself."""
    width, height = (found.get(short, found.get(long)) for short, long in (("/W", "/Width"), ("/H", "/Height")))
    if not isinstance(width, (int, float)) or not isinstance(height, (int, float)):
        machine.note(codes.SYNTAX, "an inline picture does not say how large it is")
        return
    packed = str(found.get("/F", found.get("/Filter", "")))
    if "LZW" in packed:
        machine.note(codes.LZW, "an inline picture is packed with LZW")
    mask = found.get("/IM", found.get("/ImageMask")) is True
    space = None if mask else _inline_space(machine, found.get("/CS", found.get("/ColorSpace")))
    laid, why = None, None
    if space is not None and space.kind == colours.INDEXED:
        laid = inks.most_of_table(space)
    elif space is not None and _may_be_too_much(space, machine.press.expected.tac):
        why = "it stands in the stream itself"
    _judge(machine, Facts(float(width), float(height), mask, space, laid, why))


def _inline_space(machine: Machine, said: Operand) -> Space | None:
    """Return the space of an inline picture: a name, or a table of colours of a named space."""
    if isinstance(said, str):
        return inks.space_named(machine, said)
    if isinstance(said, list) and len(said) == 4 and said[0] in ("/I", "/Indexed") and isinstance(said[1], str):
        table = said[3] if isinstance(said[3], bytes) else b""
        return Space(colours.INDEXED, 1, base=inks.space_named(machine, said[1]), table=table)
    return None


def _may_be_too_much(space: Space, limit: float) -> bool:
    """Whether a picture in a space can have more ink than the limit, as far as ink can be told."""
    return space.kind in (colours.GRAY, colours.CMYK, colours.SPOT) and space.size * 100 > limit


def _judge(machine: Machine, facts: Facts) -> None:
    state = machine.state
    what = "a picture"
    colour = state.fill
    if facts.mask:
        colour = inks.use(machine, stroke=False, what="a stencil")
    elif facts.space is not None:
        inks.space_is_right(machine, facts.space, what)
    _resolution(machine, facts)
    if facts.ink is not None:
        inks.too_much(machine, facts.ink, what)
    elif facts.why is not None:
        machine.skip("ink of pictures", f"a picture was not read: {facts.why}")
    if facts.mask:
        from notegen.preflight.drawing import ink

        ink(machine, colour, boxed(UNIT, state.ctm))
    elif state.alpha > 0:
        from notegen.preflight.machine import is_empty, meet

        shown = meet(boxed(UNIT, state.ctm), state.clip)
        if not is_empty(shown):
            machine.sight.areas.append(shown)


def _resolution(machine: Machine, facts: Facts) -> None:
    a, b, c, d = machine.state.ctm[:4]
    wide, high = math.hypot(a, b) * machine.press.unit / 72, math.hypot(c, d) * machine.press.unit / 72
    if not wide or not high or facts.width * facts.height <= 1:
        return
    dpi = min(facts.width / wide, facts.height / high)
    wanted = machine.press.expected.dpi
    if dpi < wanted - 1:
        machine.note(
            codes.RESOLUTION, f"a picture is printed at {dpi:.0f} dpi, and the least is {wanted:g} dpi",
            key=f"picture {machine.object}",
        )  # fmt: skip


def _facts(machine: Machine, thing: Any, everything: Any) -> Facts:
    width, height = (objects.number(objects.entry(thing, key)) or 0.0 for key in ("/Width", "/Height"))
    if objects.entry(thing, "/ImageMask") is True:
        return Facts(width, height, True, None)
    described = objects.entry(thing, "/ColorSpace")
    if described is None:
        why = "its colours are in its JPEG 2000 data" if "JPXDecode" in objects.filters(thing) else "it has no colours"
        return Facts(width, height, False, None, why=why)
    space = inks.space_of(machine.press, described, everything)
    damage = _damage(thing, space, int(width), int(height))
    if damage is not None:
        return Facts(width, height, False, space, damage=damage)
    laid, why_not = _laid(thing, space, int(width), int(height), machine.press.expected.tac)
    return Facts(width, height, False, space, laid, why_not)


def _damage(thing: Any, space: Space, width: int, height: int) -> str | None:
    """Say why a picture's bytes cannot be the picture: too few, or a JPEG that is none, is cut short or of other size.

    Pictures that are packed in other ways than Flate, JPEG or not at all are let pass.
    """
    if width < 1 or height < 1:
        return f"it is {width} x {height} pixels"
    packed = objects.filters(thing)
    if packed in (["DCTDecode"], ["DCT"]):
        return _damaged_jpeg(bytes(thing.read_raw_bytes()), width, height)
    bits = objects.number(objects.entry(thing, "/BitsPerComponent"))
    if packed not in ([], ["FlateDecode"], ["Fl"]) or bits is None or not space.size:
        return None
    wanted = height * math.ceil(width * space.size * bits / 8)
    found = _length(thing, wanted)
    if found is None or found >= wanted:
        return None
    return f"it has {found:,} bytes, and its size asks for {wanted:,}"


def _length(thing: Any, wanted: int) -> int | None:
    """Return how many bytes a picture unpacks to, or `wanted` or more when it has enough; None for what is damaged."""
    import zlib

    if objects.filters(thing) and objects.entry(thing, "/DecodeParms") is None:
        try:
            count, ended = objects.counted(thing.read_raw_bytes(), wanted)
        except zlib.error:
            return None
        return count if ended or count > wanted else None
    data = objects.data(thing, min(objects.MOST, wanted))
    return None if data is None else len(data)


def _damaged_jpeg(data: bytes, width: int, height: int) -> str | None:
    from io import BytesIO

    from PIL import Image

    try:
        with Image.open(BytesIO(data)) as picture:
            found = picture.size
    except Exception:  # Pillow raises many kinds on broken pictures
        return "its JPEG cannot be read"
    if found != (width, height):
        return f"its JPEG is {found[0]} x {found[1]} pixels, and the file says {width} x {height}"
    return None if _JPEG_END in data[-_NEAR:] else "its JPEG ends before its end"


def _laid(thing: Any, space: Space, width: int, height: int, limit: float) -> tuple[float | None, str | None]:
    """Return a picture's most ink, or None and why it is not known; None alone when it cannot reach the limit."""
    if space.kind == colours.INDEXED:
        return inks.most_of_table(space), None
    if not _may_be_too_much(space, limit):
        return None, None
    if width * height > LARGEST:
        return None, "it is too large"
    try:
        return _most(_pixels(thing, width, height, space.size), thing, space), None
    except Exception as error:  # Pillow and pikepdf raise many kinds on broken pictures
        return None, str(error) or type(error).__name__


def _pixels(thing: Any, width: int, height: int, size: int) -> NDArray[np.uint8]:
    """Return a picture's samples (H, W, size), thinned out when they are many; raises ValueError."""
    import numpy as np

    every = max(1, math.isqrt(max(1, width * height // SAMPLES)))
    packed = objects.filters(thing)
    if packed and packed[-1] in ("DCTDecode", "DCT"):
        pixels = _jpeg(thing, packed)
    else:
        if objects.number(objects.entry(thing, "/BitsPerComponent")) != 8:
            raise ValueError("it does not have 8 bits a sample")
        data = objects.data(thing, min(objects.MOST, width * height * size + _MORE))
        if data is None or len(data) < width * height * size:
            raise ValueError("it cannot be unpacked")
        pixels = np.frombuffer(data, np.uint8, width * height * size).reshape(height, width, size)
    return pixels[::every, ::every]


def _jpeg(thing: Any, packed: list[str]) -> NDArray[np.uint8]:
    """Return the samples of a JPEG as they are stored: Pillow takes those of four plates as turned round."""
    from io import BytesIO

    import numpy as np
    from PIL import Image

    if len(packed) > 1:
        raise ValueError("it is packed twice")
    with Image.open(BytesIO(thing.read_raw_bytes())) as picture:
        if picture.width * picture.height > LARGEST:
            raise ValueError("it is too large")
        if picture.mode == "CMYK":
            return 255 - np.asarray(picture)
        return np.atleast_3d(np.asarray(picture))


def _most(pixels: NDArray[np.uint8], thing: Any, space: Space) -> float:
    """Return the ink that all but a small share of the pixels stay below, in percent."""
    import numpy as np

    decode = objects.numbers(objects.entry(thing, "/Decode"))
    turned = decode is not None and decode[0] > decode[1]
    total = pixels.astype(np.uint16).sum(axis=2, dtype=np.uint32).ravel()
    if turned:
        total = 255 * pixels.shape[2] - total
    if space.kind == colours.GRAY:
        total = 255 * pixels.shape[2] - total
    ordered = np.partition(total, max(0, len(total) - 1 - int(len(total) * SHARE)))
    return float(ordered[max(0, len(total) - 1 - int(len(total) * SHARE))]) / 2.55
