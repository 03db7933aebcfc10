"""YAML facts, loaded and checked; what settings do without is imported on first use."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from notegen.facts.load import load, load_source, repeated
from notegen.facts.schema import STANDARD, extended

if TYPE_CHECKING:
    from notegen.facts.anyshape import load_any
    from notegen.facts.codes import RULES
    from notegen.facts.gangs import load_gang
    from notegen.facts.jsonschema import json_schema

_HOMES = {"RULES": "codes", "json_schema": "jsonschema", "load_any": "anyshape", "load_gang": "gangs"}

__all__ = ["RULES", "STANDARD", "extended", "json_schema", "load", "load_any", "load_gang", "load_source", "repeated"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'notegen.facts' has no attribute '{name}'")
    return getattr(import_module(f"notegen.facts.{_HOMES[name]}"), name)
