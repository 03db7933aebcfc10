"""YAML facts, loaded and checked."""

from notegen.facts.anyshape import load_any
from notegen.facts.codes import RULES
from notegen.facts.jsonschema import json_schema
from notegen.facts.load import load, load_source, repeated
from notegen.facts.schema import STANDARD, extended

__all__ = ["RULES", "STANDARD", "extended", "json_schema", "load", "load_any", "load_source", "repeated"]
