"""What a render finds, each thing once: the sentences, hints and second places of the codes that need facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from notegen.compose.values import Gap
from notegen.errors import nearest
from notegen.model.diagnostic import Diagnostic, Related, Severity
from notegen.model.facts import Facts
from notegen.model.schema import Schema
from notegen.model.source import Span

HIDDEN_HINT: Final = "give it to the macro as an argument, or import the file `with context`"


def place_in(facts: Facts, path: str) -> tuple[str, Span]:
    """Return the nearest record above a path that the customer's file has, and its place ("" for the document)."""
    while path:
        if path in facts.spans:
            return path, facts.spans[path]
        path = path.rpartition(".")[0]
    return "", facts.spans.get("", Span(facts.source, 0, 0))


def missing_place(facts: Facts, path: str) -> Related:
    """Say where an absent fact could be added."""
    above, span = place_in(facts, path)
    if path.startswith("shop."):
        return Related(span, f"write {path.removeprefix('shop.')} under shop in notegen.yaml")
    if above == path:
        return Related(span, f"{path} is here, without a value")
    rest = path[len(above) + 1 :] if above else path
    return Related(span, f"add {rest} under {above}" if above else f"add {path} to this customer")


class Findings:
    """Diagnostics of one render, in the order they were found."""

    def __init__(self, facts: Facts, schema: Schema) -> None:
        self.facts = facts
        self.schema = schema
        self.told: set[str] = set()
        self._found: dict[tuple[str, Span | None, str], Diagnostic] = {}

    @property
    def found(self) -> tuple[Diagnostic, ...]:
        """The diagnostics so far."""
        return tuple(self._found.values())

    def add(
        self, code: str, span: Span | None, message: str, hint: str | None = None, related: tuple[Related, ...] = ()
    ) -> None:
        """Note an error, unless the same was noted at the same place."""
        made = Diagnostic(code, Severity.ERROR, message, span, hint, related, note=self.facts.key)
        self._found.setdefault((code, span, message), made)

    def gap(self, gap: Gap, span: Span) -> None:
        """Note that a value is wanted where there is none."""
        path = gap._path
        if gap._kind == "told" or (path and path in self.told):
            return
        if gap._kind == "blank":
            self._blank(path, span)
        elif gap._kind == "absent":
            hint = f"add it to the facts, or guard it: {{% if {path} %}}...{{% endif %}}"
            self.add("T004", span, f"this customer has no {path}", hint, (missing_place(self.facts, path),))
        else:
            message = gap._undefined_hint or f"{gap._undefined_name or 'this'} has no value here"
            self.add("T004", span, message, "give it a value on every way that leads here, or guard it")

    def _blank(self, path: str, span: Span) -> None:
        value = self.facts.get(path)
        said = "blank" if value is None or not str(value).strip() else f"'{value}', which says nothing"
        place = self.facts.spans.get(path)
        related = (Related(place, f"{path} is written here"),) if place else (missing_place(self.facts, path),)
        hint = f"fill it in, or guard it: {{% if {path} %}}...{{% endif %}}"
        self.add("T005", span, f"{path} is {said}", hint, related)

    def unknown(self, path: str, span: Span, locals_: tuple[str, ...] = ()) -> None:
        """Note that no schema knows a fact."""
        path = ".".join("*" if step.isdigit() else step for step in path.split("."))
        near = suggestion(path, self.schema, locals_)
        self.add("T003", span, unknown_sentence(path), near)

    def required(self, path: str, span: Span) -> None:
        """Note that the template requires a fact that the customer lacks; its other uses are then not noted again."""
        self.told.add(path)
        related = missing_place(self.facts, path)
        if path in self.facts.spans:
            related = Related(self.facts.spans[path], f"{path} is written here")
        message = f"this template requires {path}, which this customer does not have"
        self.add("T010", span, message, "add it to the facts, or choose another template for this customer", (related,))


def unknown_sentence(path: str) -> str:
    """Say that there is no such fact."""
    return f"there is no fact called {path}" if "." in path else f"there is no fact or variable called {path}"


def suggestion(path: str, schema: Schema, locals_: tuple[str, ...] = ()) -> str:
    """Return a hint with the nearest known name."""
    near = nearest(path, (*locals_, *schema.children(""))) if "." not in path else None
    near = near or nearest(path, locals_) or schema.suggest(path)
    if near:
        return f"did you mean {near}?"
    parent = path.rpartition(".")[0]
    names = schema.children(parent)
    if names:
        return f"{parent or 'the facts'} can have: {', '.join(names)}"
    return "declare it under fields: in notegen.yaml, or correct the name"


def suggest_name(kind: str, name: str, known: Mapping[str, object]) -> str | None:
    """Return a hint with the nearest filter or test."""
    near = nearest(name, known)
    return (
        f"did you mean {near}?"
        if near
        else f"the {kind}s are: {', '.join(sorted(k for k in known if k.isidentifier()))}"
    )
