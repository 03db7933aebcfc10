"""The schema of the facts as a JSON Schema, so that an editor completes and checks a customer file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from notegen.facts.schema import ELSEWHERE, NAMES
from notegen.model.schema import Field, Kind, Schema

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
DATE: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
"""Editors see YAML's dates as text."""

_KINDS: Final[Mapping[Kind, Mapping[str, Any]]] = {
    Kind.TEXT: {"type": ["string", "number", "null"]},
    Kind.NUMBER: {"type": ["number", "null"]},
    Kind.DATE: {"type": ["string", "null"], "format": "date", "pattern": DATE},
    Kind.FLAG: {"type": ["boolean", "null"]},
    Kind.ANY: {},
    Kind.LIST: {"type": ["array", "null"]},
    Kind.RECORD: {"type": ["object", "null"]},
}
"""A fact that is not required may be left blank; a number where text is wanted is taken as it is written."""


def json_schema(schema: Schema) -> dict[str, Any]:
    """Return a JSON Schema (draft 2020-12) of one customer's document, for editors.

    It is as strict as JSON can be: that a text is no placeholder and a date is in the calendar, only loading knows.
    """
    made: dict[str, Any] = {
        "$schema": DIALECT,
        "title": "Facts about one customer",
        "type": "object",
        **_entries(schema, ""),
    }
    if "sale" in made.get("required", ()):
        made["required"].remove("sale")
        made["anyOf"] = [{"required": ["sale"]}, {"required": ["sales"]}]
    return made


def _entries(schema: Schema, path: str) -> dict[str, Any]:
    """Return the keywords for what stands under a record."""
    names = [name for name in schema.children(path) if path or name not in ELSEWHERE]
    required = [name for name in names if _is_required(schema, _join(path, name))]
    above = schema.fields.get(path)
    made: dict[str, Any] = {"properties": {name: _node(schema, _join(path, name)) for name in names}}
    if above is None or not above.open:
        made["additionalProperties"] = False
    if required:
        made["required"] = required
    return made


def _node(schema: Schema, path: str) -> dict[str, Any]:
    one = schema.fields[path]
    made = {"description": one.doc, **_KINDS[one.kind]}
    if one.kind is Kind.RECORD:
        made.update(_entries(schema, path))
    elif one.kind is Kind.LIST and f"{path}.*" in schema.fields:
        made["items"] = _node(schema, f"{path}.*")
    if one.choices:
        made["enum"] = list(one.choices) if _is_required(schema, path) else [*one.choices, None]
    return _demanded(made, one) if _is_required(schema, path) else made


def _demanded(made: dict[str, Any], one: Field) -> dict[str, Any]:
    """Take away the leave to be blank."""
    kinds = [kind for kind in made.get("type", ()) if kind != "null"]
    if one.kind is Kind.TEXT:
        made["pattern"] = r"\S"
    if one.path in NAMES:
        kinds = ["string"]
    if kinds:
        made["type"] = kinds[0] if len(kinds) == 1 else kinds
    return made


def _is_required(schema: Schema, path: str) -> bool:
    """Return whether a path must be there: it is required, or something in it is that no list holds."""
    if schema.fields[path].required:
        return True
    return any(one.required and "*" not in one.path[len(path) :] for one in _under(schema, path))


def _under(schema: Schema, path: str) -> Iterator[Field]:
    return (one for one in schema.fields.values() if one.path.startswith(f"{path}."))


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
