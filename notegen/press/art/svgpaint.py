"""Colours of SVG drawings as their text says them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PIL import ImageColor

from notegen.press.art.svgshapes import wrong

if TYPE_CHECKING:
    from notegen.press.art.colour import Colours, Parts
    from notegen.press.art.svgtree import Node

_HEX: Final = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_CALL: Final = re.compile(r"([a-z-]+)\(([^()]*)\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Colour:
    """Three parts of sRGB or four of ink, each 0 to 1, and an opacity."""

    parts: tuple[float, ...]
    alpha: float = 1.0

    def shown(self, colours: Colours, *, plain: bool = True) -> Parts:
        """Return the parts that are printed."""
        return colours.rgb(self.parts, plain=plain) if len(self.parts) == 3 else colours.ink(self.parts)


def colour(text: str, node: Node, name: str) -> Colour:
    """Return a colour: a name, #rgb, rgb(), hsl() or, for the press, device-cmyk(); raises Fault for anything else."""
    lower = text.strip().casefold()
    if lower == "transparent":
        return Colour((0.0, 0.0, 0.0), 0.0)
    if match := _HEX.fullmatch(lower):
        digits = "".join(two * 2 for two in match[1]) if len(match[1]) < 5 else match[1]
        parts = [int(digits[at : at + 2], 16) / 255 for at in range(0, len(digits), 2)]
        return Colour(tuple(parts[:3]), parts[3] if len(parts) == 4 else 1.0)
    if lower in ImageColor.colormap:
        red, green, blue = ImageColor.getrgb(lower)[:3]
        return Colour((red / 255, green / 255, blue / 255))
    call = _CALL.fullmatch(lower)
    made = _called(call[1], call[2]) if call else None
    if made is None:
        raise wrong(node, name, text)
    return made


def _called(function: str, inside: str) -> Colour | None:
    words = [word for word in re.split(r"[\s,/]+", inside.strip()) if word]
    if function in ("rgb", "rgba") and len(words) in (3, 4):
        parts = [_part(word, 255) for word in words[:3]]
    elif function == "device-cmyk" and len(words) in (4, 5):
        parts = [_part(word, 1) for word in words[:4]]
    elif function in ("hsl", "hsla") and len(words) in (3, 4):
        parts = _hsl(words)
    else:
        return None
    alpha = _part(words[-1], 1) if len(words) > len(parts) else 1.0
    known = [part for part in parts if part is not None]
    return Colour(tuple(known), alpha) if len(known) == len(parts) and alpha is not None else None


def _part(word: str, whole: float) -> float | None:
    try:
        value = float(word[:-1]) / 100 if word.endswith("%") else float(word) / whole
    except ValueError:
        return None
    return min(1.0, max(0.0, value))


def _hsl(words: list[str]) -> list[float | None]:
    from colorsys import hls_to_rgb

    try:
        hue = float(words[0].removesuffix("deg")) / 360 % 1.0
    except ValueError:
        return [None, None, None]
    full, light = _part(words[1], 1), _part(words[2], 1)
    return list(hls_to_rgb(hue, light, full)) if full is not None and light is not None else [None, None, None]
