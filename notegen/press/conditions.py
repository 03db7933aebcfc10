"""The printing conditions that notegen knows: CMYK output profiles that come with it, and how much ink each bears.

The profiles were built with Argyll from public characterisation data; NOTICE names the data sets.
"""

from __future__ import annotations

from pathlib import Path

from notegen.model.purpose import Condition
from notegen.registry import Registry

_FOLDER = Path(__file__).parent / "profiles"

DEFAULT = "gracol"

_KNOWN = (
    Condition(
        "gracol",
        "CGATS TR 006",
        "GRACoL 2006, coated paper",
        _FOLDER / "gracol2006-tr006.icc",
        300.0,
        "CGATS TR 006 characterisation data",
    ),
    Condition(
        "fogra39",
        "FOGRA39",
        "ISO Coated v2, coated paper",
        _FOLDER / "fogra39.icc",
        300.0,
        "FOGRA39L characterisation data",
    ),
    Condition(
        "fogra29",
        "FOGRA29",
        "uncoated white paper",
        _FOLDER / "fogra29-uncoated.icc",
        280.0,
        "FOGRA29L characterisation data",
    ),
)


def conditions() -> Registry[Condition]:
    """Return a new registry of the conditions that come with notegen."""
    registry: Registry[Condition] = Registry("printing condition")
    for one in _KNOWN:
        registry.add(one.name, one, aliases=(one.identifier,) if one.identifier.casefold() != one.name else ())
    return registry
