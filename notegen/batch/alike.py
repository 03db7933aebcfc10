"""Whether two computers would draw the same card: the versions of everything that has a say in its bytes."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Final

import notegen

DISTRIBUTION: Final = "notegen-cards"

CODE: Final = "the code of notegen"
"""What the digest of our own modules is called; it tells two checkouts of one version apart."""

NONE: Final = "none"


def about() -> dict[str, str]:
    """Return what there is here by name: Python, notegen, its code (12 digits of SHA-256), and what it needs."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    needs = {name: _version(name) for name in ("numpy", *_needs())}
    return {"Python": python, "notegen": _version(DISTRIBUTION), CODE: _code(), **needs}


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    """Return what differs there, each as `numpy 2.1 (here 2.4)`; the code only when nothing else does."""
    found = [
        f"{name} {theirs.get(name, NONE)} (here {ours.get(name, NONE)})"
        for name in sorted({*ours, *theirs} - {CODE}, key=lambda name: (name not in {"Python", "notegen"}, name))
        if ours.get(name) != theirs.get(name)
    ]
    if not found and ours.get(CODE) != theirs.get(CODE):
        found.append(f"{CODE} {theirs.get(CODE, NONE)} (here {ours.get(CODE, NONE)})")
    return found


@lru_cache(maxsize=64)
def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return NONE


@lru_cache(maxsize=1)
def _needs() -> tuple[str, ...]:
    """Return the names of what notegen cannot do without, as its own metadata has them."""
    try:
        needed = requires(DISTRIBUTION) or []
    except PackageNotFoundError:
        return ()
    names = (re.match(r"[A-Za-z0-9._-]+", need) for need in needed if "extra ==" not in need)
    return tuple(sorted(name.group().lower() for name in names if name))


@lru_cache(maxsize=1)
def _code() -> str:
    root = Path(notegen.__file__).parent
    digest = hashlib.sha256()
    for file in sorted(root.rglob("*.py"), key=lambda file: file.relative_to(root).as_posix()):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0")
        digest.update(file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:12]
