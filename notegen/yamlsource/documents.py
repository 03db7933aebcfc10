"""Documents from libyaml's events: nothing in a file can make an object, and every limit holds while reading.

Each document is parsed by itself, so one broken customer does not hide the next, and each keeps a short Source of its
own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from notegen.model.diagnostic import Checked, Diagnostic, Severity
from notegen.model.facts import Value
from notegen.model.places import Places
from notegen.model.source import Source, Span
from notegen.yamlsource import quick
from notegen.yamlsource.build import Builder, TooMuch
from notegen.yamlsource.cutting import pieces
from notegen.yamlsource.faults import Fault, explain

_USUAL: Final = bytes((0x09, 0x0A, *range(0x20, 0x7F)))
_FORBIDDEN: Final = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML document: its own text, its value, and where each part of the value stands.

    `spans` maps dotted paths to values (`""` is the root, list items go by index), `keys` maps them to their keys;
    `plain` holds the paths whose scalar was written without quotes.
    """

    source: Source
    value: Value
    spans: Places
    keys: Places
    plain: frozenset[str]


def parse(source: Source) -> Checked[tuple[Document, ...]]:
    """Read all documents of a text; one that is broken gives an error and hides none of the others."""
    checked = parse_pieces(pieces(source))
    return checked if checked.value or checked.diagnostics else Checked((), (nothing_in(source),))


def parse_pieces(several: Iterable[Source]) -> Checked[tuple[Document, ...]]:
    """Read sources that hold one document each, as `pieces` and `stream` cut them; to say nothing is no fault."""
    documents: list[Document] = []
    diagnostics: list[Diagnostic] = []
    for piece in several:
        document = _parse_one(piece, diagnostics)
        if document is not None and document.value is not None:
            documents.append(document)
    return Checked(tuple(documents), tuple(diagnostics))


def nothing_in(source: Source) -> Diagnostic:
    """Return the finding that a file says nothing."""
    return _error("F009", Span(source, 0, 0), "this file is empty", "write at least one fact")


def _parse_one(source: Source, diagnostics: list[Diagnostic]) -> Document | None:
    fault = _forbidden(source.text)
    if fault is not None:
        diagnostics.append(_error("F002", Span(source, fault.start, fault.end), fault.message, fault.hint))
        return None
    from yaml.error import MarkedYAMLError, YAMLError

    try:
        plain = quick.read(source.text)
        return Document(source, plain.value, Places(source, plain.spans), Places(source, plain.keys), plain.plain)
    except (quick.Unusual, YAMLError):
        builder = Builder(source)
    try:
        value = builder.build()
    except MarkedYAMLError as error:
        fault = explain(source.text, error)
        # libyaml reads ahead, so a limit of its own can come before ours.
        code = "F006" if "nesting depth" in (error.problem or "") else "F001"
        diagnostics.append(_error(code, Span(source, fault.start, fault.end), fault.message, fault.hint))
        return None
    except YAMLError as error:
        diagnostics.append(
            _error("F001", Span(source, 0, 0), f"this is not YAML: {error}", "save it as plain UTF-8 text")
        )
        return None
    except TooMuch as error:
        diagnostics.append(error.diagnostic)
        return None
    diagnostics.extend(builder.diagnostics)
    spans, keys = _places(source, builder.spans), _places(source, builder.keys)
    return Document(source, value, spans, keys, frozenset(builder.plain))


def _places(source: Source, spans: Mapping[str, Span]) -> Places:
    return Places(source, {path: (span.start, span.end) for path, span in spans.items()})


def _forbidden(text: str) -> Fault | None:
    """Find the first character that YAML does not allow, or that some readers take for a line end and others do not."""
    if text.isascii() and not text.encode().translate(None, _USUAL):
        return None
    found = _FORBIDDEN.search(text)
    if found is None:
        return None
    name = unicodedata.name(found[0], "a control character").lower()
    message = f"the character U+{ord(found[0]):04X} ({name}) cannot be in a text"
    return Fault(found.start(), found.end(), message, "delete it; it often comes along when text is pasted")


def _error(code: str, span: Span, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, span, hint)
