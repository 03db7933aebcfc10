"""What the path analysis has to say about a template."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notegen.compose.paths.search import Judged, Thinnest, Unguarded, search
from notegen.compose.render import compiled, key_of
from notegen.compose.template import main_name, place_of
from notegen.model.diagnostic import Diagnostic, Related, Severity
from notegen.model.schema import Kind, Schema
from notegen.model.template import Template

_NAMED = re.compile(r"[\w.\[\]]+")

LEAST = 1
"""Specific facts without which a note is an error, whoever gets it."""

WANTED = 2
"""Specific facts that a note should have."""


def thinnest(template: Template, schema: Schema, most: int = WANTED) -> Thinnest:
    """Return the path on which a template prints the least; paths that print `most` or more are of no interest."""
    return search(template, schema, most).thinnest


def check_paths(
    template: Template, schema: Schema, *, least: int = LEAST, wanted: int = WANTED
) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the paths through a template: too little on one, facts that nothing guards.

    A template whose name begins with `_` serves others and is judged with them; what does not compile is left alone.
    """
    if main_name(template.source).startswith("_"):
        return ()
    if compiled(key_of(template), (template.locale or "en_US").replace("-", "_"), "USD").diagnostics:
        return ()
    judged = search(template, schema, max(least, wanted))
    thin = _thin(template, schema, judged, least) if not template.fallback else ()
    return (*thin, *(_unguarded(one) for one in judged.unguarded))


def _thin(template: Template, schema: Schema, judged: Judged, least: int) -> Iterator[Diagnostic]:
    path = judged.thinnest
    if not path.thin:
        return
    severity = Severity.ERROR if path.weight < least else Severity.WARNING
    related = tuple(Related(one.span, one.words) for one in path.witness if one.chosen)
    yield Diagnostic(
        "T016", severity, _message(path, bool(related)), place_of(template), _hint(template, schema, judged), related
    )


def _message(path: Thinnest, branches: bool) -> str:
    """Say how many facts there are, and how sure that is."""
    count = f"only {', '.join(path.facts)}" if path.facts else "nothing"
    where = "on one path through this template" if branches else "in this template"
    sure = ""
    if path.unfinished:
        sure = "; it is too tangled to be followed to its end"
    elif path.blurred:
        sure = "; it has too many conditions to be sure that the path can be taken"
    return f"{where}, {count} about this customer is printed{sure}"


def _hint(template: Template, schema: Schema, judged: Judged) -> str:
    """Name a fact that could be printed: one that is always there, one that is printed elsewhere, any."""
    left = [path for path in template.requires if _weighs(schema, path) and path not in judged.thinnest.facts]
    if left:
        return f"print {left[0]} there, which this template requires"
    others = [path for path in judged.printed if path not in judged.thinnest.facts]
    known = [
        path for path, one in schema.fields.items() if one.weight > 0 and "*" not in path and _is_leaf(schema, path)
    ]
    path = next(iter((*others, *known)), "")
    if not path:
        return "declare a fact of weight under fields: in notegen.yaml, and print it there"
    return f"print {path} there and add it to requires:, or declare fallback: true for a short honest note"


def _weighs(schema: Schema, path: str) -> bool:
    found = schema.lookup(path)
    return found is not None and found.weight > 0


def _is_leaf(schema: Schema, path: str) -> bool:
    return schema.fields[path].kind not in (Kind.RECORD, Kind.LIST, Kind.ANY, Kind.FLAG)


def _unguarded(one: Unguarded) -> Diagnostic:
    message = f"{one.path} may be absent, and nothing here makes sure of it"
    written = one.span.text if _NAMED.fullmatch(one.span.text) else one.path
    guard = f"guard it: {{% if {written} %}}...{{% endif %}}"
    same = written.replace("[", ".").replace("]", "") == one.path
    hint = f"add {one.path} to requires:, or {guard}" if same else guard
    return Diagnostic("T017", Severity.WARNING, message, one.span, hint)
