"""Pools on disk: made once, read back in a few milliseconds, and harmless when lost, damaged or not writable.

A file is a plain npz (no pickle), named by the content that it was made from; it is written beside its place and
renamed, so two processes that make the same pool at once do not disturb each other.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
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
_WEIGHT_STEPS = 40
_TIP_STEPS = 255
_TROUBLE = (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile, RuntimeError)


def path_of(digest: str) -> Path:
    """Return the file that a pool is kept in."""
    return cache_folder() / "pools" / f"{digest}.npz"


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """The slots that a face begins with, the glyph of each, and the glyphs of all characters that the face has."""

    pool: Pool
    glyphs: tuple[int, ...]
    characters: Mapping[str, int]


def read(digest: str, name: str) -> Kept | None:
    """Return what was kept of a face, or None when there is none that is sound."""
    try:
        # Opened here, because numpy leaves a damaged file open.
        with path_of(digest).open("rb") as stream, np.load(stream, allow_pickle=False) as kept:
            return _unpack({key: kept[key] for key in kept.files}, name, digest)
    except _TROUBLE:
        return None


def as_kept(fresh: Kept) -> Kept:
    """Return what was just made as reading it back would give it, so that a card is the same with and without cache."""
    return _unpack(_pack(fresh), fresh.pool.name, fresh.pool.digest)


def exact(pool: Pool) -> Pool:
    """Return a pool with its numbers rounded as those that are kept."""
    return as_kept(Kept(pool, (0,) * len(pool.texts), {})).pool


def named(pool: Pool, digest: str) -> Pool:
    """Return a pool under another digest."""
    return replace(pool, digest=digest)


def keep(made: Kept) -> None:
    """Write what was made to disk; when that cannot be done, the next process makes it again."""
    path = path_of(made.pool.digest)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as stream:
            np.savez(stream, **_pack(made))  # type: ignore[arg-type]
    except (OSError, RuntimeError, NotegenError):
        return


def _pack(made: Kept) -> Arrays:
    pool = made.pool
    about = {
        "digest": pool.digest,
        "k": pool.k,
        "texts": pool.texts,
        "glyphs": made.glyphs,
        "characters": "".join(made.characters),
        "measures": (pool.stroke, pool.x_height, pool.ascent, pool.descent),
    }
    return {
        "about": np.frombuffer(json.dumps(about).encode(), np.uint8),
        "characters": np.array(list(made.characters.values()), np.int32),
        "ids": pool.ids,
        "advances": pool.advances,
        "counts": np.diff(pool.first).astype(np.uint16),
        "points": np.rint(pool.points * GRID).astype(np.int16),
        "flags": pool.on_curve + 2 * pool.contour_end.astype(np.uint8),
        "normals": np.rint(pool.normals * _NORMAL_STEPS).astype(np.int16),
        "weight": np.rint(pool.weight * _WEIGHT_STEPS).astype(np.int8),
        "tip": np.rint(pool.tip * _TIP_STEPS).astype(np.uint8),
        "boxes": np.concatenate((pool.bounds, pool.upper, pool.lower), axis=1),
    }


def _unpack(kept: Arrays, name: str, digest: str) -> Kept:
    about = json.loads(kept["about"].tobytes())
    counts, points, flags, boxes = kept["counts"], kept["points"], kept["flags"], kept["boxes"]
    first = np.concatenate(([0], np.cumsum(counts, dtype=np.int32))).astype(np.int32)
    slots = len(about["texts"])
    sound = (
        about["digest"] == digest
        and len(counts) == len(boxes) == slots * about["k"]
        and all(len(kept[one]) == first[-1] for one in ("points", "flags", "normals", "weight", "tip"))
        and len(kept["advances"]) == len(kept["ids"]) == len(about["glyphs"]) == slots
        and len(kept["characters"]) == len(about["characters"])
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
        ids=kept["ids"].astype(np.uint64),
        advances=kept["advances"].astype(np.float64),
        first=first,
        points=points.astype(np.float32) / np.float32(GRID),
        on_curve=(flags & np.uint8(1)).astype(np.bool_),  # type: ignore[operator]
        contour_end=(flags & np.uint8(2)).astype(np.bool_),  # type: ignore[operator]
        normals=kept["normals"].astype(np.float32) / np.float32(_NORMAL_STEPS),
        weight=kept["weight"].astype(np.float32) / np.float32(_WEIGHT_STEPS),
        tip=kept["tip"].astype(np.float32) / np.float32(_TIP_STEPS),
        bounds=boxes[:, :4].astype(np.float32),
        upper=boxes[:, 4 : 4 + BANDS].astype(np.float32),
        lower=boxes[:, 4 + BANDS :].astype(np.float32),
        stroke=stroke,
        x_height=x_height,
        ascent=ascent,
        descent=descent,
    )
    characters = dict(zip(about["characters"], kept["characters"].tolist(), strict=True))
    return Kept(pool, tuple(about["glyphs"]), characters)
