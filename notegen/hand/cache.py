"""Pools on disk: made once, read back in a few milliseconds, and harmless when lost, damaged or not writable.

A file is a plain npz (no pickle), named by the content that it was made from; it is written beside its place and
renamed, so two processes that make the same pool at once do not disturb each other.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from notegen.errors import NotegenError
from notegen.files import replacing
from notegen.hand.alternates import GRID
from notegen.model.pool import BANDS, Pool
from notegen.resources import cache_folder

Arrays: TypeAlias = dict[str, NDArray[np.generic]]

_NORMAL_STEPS = 16_000
_TROUBLE = (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile, RuntimeError)


def path_of(digest: str) -> Path:
    """Return the file that a pool is kept in."""
    return cache_folder() / "pools" / f"{digest}.npz"


def read(digest: str, name: str) -> tuple[Pool, tuple[int, ...]] | None:
    """Return a kept pool and its slots' glyph ids, or None when there is none that is sound."""
    try:
        # Opened here, because numpy leaves a damaged file open.
        with path_of(digest).open("rb") as stream, np.load(stream, allow_pickle=False) as kept:
            return _unpack({key: kept[key] for key in kept.files}, name, digest)
    except _TROUBLE:
        return None


def as_kept(pool: Pool, glyphs: tuple[int, ...]) -> tuple[Pool, tuple[int, ...]]:
    """Return a fresh pool as reading it back would give it, so that a card is the same with and without the cache."""
    return _unpack(_pack(pool, glyphs), pool.name, pool.digest)


def keep(pool: Pool, glyphs: tuple[int, ...]) -> None:
    """Write a pool to disk; when that cannot be done, the next process makes it again."""
    path = path_of(pool.digest)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as stream:
            np.savez(stream, **_pack(pool, glyphs))  # type: ignore[arg-type]
    except (OSError, RuntimeError, NotegenError):
        return


def _pack(pool: Pool, glyphs: tuple[int, ...]) -> Arrays:
    about = {
        "digest": pool.digest,
        "k": pool.k,
        "texts": pool.texts,
        "glyphs": glyphs,
        "measures": (pool.stroke, pool.x_height, pool.ascent, pool.descent),
    }
    return {
        "about": np.frombuffer(json.dumps(about).encode(), np.uint8),
        "advances": pool.advances,
        "counts": np.diff(pool.first).astype(np.uint16),
        "points": np.rint(pool.points * GRID).astype(np.int16),
        "flags": pool.on_curve + 2 * pool.contour_end.astype(np.uint8),
        "normals": np.rint(pool.normals * _NORMAL_STEPS).astype(np.int16),
        "boxes": np.concatenate((pool.bounds, pool.upper, pool.lower), axis=1),
    }


def _unpack(kept: Arrays, name: str, digest: str) -> tuple[Pool, tuple[int, ...]]:
    about = json.loads(kept["about"].tobytes())
    counts, points, flags, boxes = kept["counts"], kept["points"], kept["flags"], kept["boxes"]
    first = np.concatenate(([0], np.cumsum(counts, dtype=np.int32))).astype(np.int32)
    slots = len(about["texts"])
    sound = (
        about["digest"] == digest
        and len(counts) == len(boxes) == slots * about["k"]
        and len(points) == len(flags) == len(kept["normals"]) == first[-1]
        and len(kept["advances"]) == len(about["glyphs"]) == slots
        and boxes.shape[1] == 4 + 2 * BANDS
    )
    if not sound:
        raise ValueError("the kept pool is damaged")
    stroke, x_height, ascent, descent = about["measures"]
    pool = Pool(
        name=name,
        digest=digest,
        k=about["k"],
        texts=tuple(about["texts"]),
        advances=kept["advances"].astype(np.float64),
        first=first,
        points=points.astype(np.float32) / np.float32(GRID),
        on_curve=(flags & np.uint8(1)).astype(np.bool_),  # type: ignore[operator]
        contour_end=(flags & np.uint8(2)).astype(np.bool_),  # type: ignore[operator]
        normals=kept["normals"].astype(np.float32) / np.float32(_NORMAL_STEPS),
        bounds=boxes[:, :4].astype(np.float32),
        upper=boxes[:, 4 : 4 + BANDS].astype(np.float32),
        lower=boxes[:, 4 + BANDS :].astype(np.float32),
        stroke=stroke,
        x_height=x_height,
        ascent=ascent,
        descent=descent,
    )
    return pool, tuple(about["glyphs"])
