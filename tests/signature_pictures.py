"""Pictures of signatures, with the truth: a font's letters on white paper, then what scanners and telephones do."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from capture_filler import INKS, MM, Image, Mask, _jpeg, _raster, _shape, flatbed, photo


@dataclass(frozen=True)
class Signed:
    """A picture of a paper (width, height mm) at dpi, and the mask of its ink at 600 dpi."""

    image: Image
    truth: Mask
    dpi: int
    width: float


def signed(
    names: tuple[str, ...] = ("Phyllis Quigley",),
    *,
    font: str = "fountain-cursive",
    ink: str = "blue",
    dpi: int = 300,
    x_height: float = 3.6,
    paper: tuple[float, float] = (120.0, 60.0),
) -> Signed:
    """Return names, one on each line, written in the middle of a white paper."""
    width, height = paper
    mask = np.zeros((round(height * MM), round(width * MM)), np.bool_)
    for number, name in enumerate(names):
        shape = _shape(font, name)
        assert shape is not None
        x = (width - shape[1] * x_height) / 2
        y = height * (len(names) - number) / (len(names) + 1) - x_height / 2
        mask |= _raster([part * x_height + np.array([x, y]) for part in shape[0]], mask.shape)
    cover = cv2.resize(
        mask.astype(np.float32), (round(width / 25.4 * dpi), round(height / 25.4 * dpi)), interpolation=3
    )
    image = 252 * (1 - cover[:, :, None]) + np.array(INKS[ink], np.float32) * cover[:, :, None]
    columns = np.flatnonzero(mask.any(axis=0))
    wide = (columns[-1] - columns[0] + 1) / MM if len(columns) else 0.0
    return Signed(np.rint(image).astype(np.uint8), mask, dpi, wide)


def scanned(one: Signed, seed: int = 1) -> Image:
    """Return it as a flatbed scanner gives it."""
    return flatbed(one.image, seed)


def photographed(one: Signed, seed: int = 1) -> Image:
    """Return it as a telephone sees it, from near: no table around it, but its shadow and slant."""
    whole = photo(one.image, seed, size=3600)
    high, wide = whole.shape[:2]
    return np.ascontiguousarray(whole[round(0.16 * high) : round(0.84 * high), round(0.17 * wide) : round(0.83 * wide)])


def straight(one: Signed, seed: int = 1, *, blur: float = 0.8, noise: float = 4.0) -> Image:
    """Return it soft, grainy and in a shadow, but where it lies: what its outline can be compared with."""
    rng = np.random.default_rng([seed, 17])
    high, wide = one.image.shape[:2]
    shade = np.linspace(1, 0.62, wide)[None, :, None] * np.linspace(1, 0.85, high)[:, None, None]
    soft = cv2.GaussianBlur(one.image, (0, 0), blur) * shade * np.array([1, 0.97, 0.88])
    return _jpeg(soft + rng.normal(0, noise, soft.shape), 80)
