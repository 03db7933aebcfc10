"""Front matter: the YAML between two lines of --- at the top of a template."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from notegen import yamlsource
from notegen.errors import nearest
from notegen.model.diagnostic import Checked, Diagnostic, Severity
from notegen.model.source import Source, Span
from notegen.model.template import PERIODS, PURPOSES, Template

KEYS: Final[Mapping[str, str]] = {
    "name": "text",
    "occasion": "text",
    "purpose": "a purpose",
    "stock": "text",
    "hand": "text",
    "locale": "a locale",
    "requires": "a list of facts",
    "fallback": "true or false",
    "every": "a period",
    "by_hand": "a list of texts",
}

_CHOICES: Final[Mapping[str, tuple[tuple[str, ...], str]]] = {
    "a purpose": (PURPOSES, "purposes"),
    "a period": (PERIODS, "periods"),
}

_FENCE: Final = re.compile(r"---[ \t]*\n")
_END: Final = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)
_PATH: Final = re.compile(r"[A-Za-z_]\w*(?:\.(?:\w+|\*))*")
Finish = Callable[[Mapping[str, Source]], Template]


def body_of(source: Source) -> int:
    """Return the offset at which the body begins, after any front matter."""
    opening = _FENCE.match(source.text)
    closing = _END.search(source.text, opening.end()) if opening else None
    return closing.end() if closing else 0


def front_matter(source: Source) -> Checked[Finish]:
    """Read the front matter and return what makes a Template of it once its library is known."""
    found: list[Diagnostic] = []
    values, places = _values(source, found)
    default = PurePosixPath(source.name.replace("\\", "/")).name.removesuffix(".j2")
    if any(one.code != "T002" for one in found):
        return Checked(None, tuple(found))

    def finish(library: Mapping[str, Source]) -> Template:
        settled = {"name": default, **values}
        return Template(source=source, body=body_of(source), library=dict(library), places=places, **settled)

    return Checked(finish, tuple(found))


def _values(source: Source, found: list[Diagnostic]) -> tuple[dict[str, Any], dict[str, Span]]:
    opening = _FENCE.match(source.text)
    if opening is None:
        return {}, {}
    closing = _END.search(source.text, opening.end())
    if closing is None:
        found.append(_error(Span(source, 0, 3), "the front matter is never closed", "end it with a line of ---"))
        return {}, {}
    start, end = opening.end(), closing.start()
    if not re.search(r"^[ \t]*[^\s#]", source.text[start:end], re.MULTILINE):
        return {}, {}
    read = yamlsource.parse(Source(source.name, source.text[start:end], source.first_line + 1))
    found.extend(_moved(one, source, start) for one in read.diagnostics)
    documents = read.value or ()
    if not documents:
        return {}, {}
    document = documents[0]
    places = {path: _shift(span, source, start) for path, span in document.spans.items()}
    if not isinstance(document.value, Mapping):
        found.append(_error(Span(source, start, end), "front matter is a list of `key: value` lines", None))
        return {}, {}
    keys = {path: _shift(span, source, start) for path, span in document.keys.items()}
    values = {}
    for key, value in document.value.items():
        if _good(str(key), value, places, keys, found):
            values[str(key)] = tuple(value) if isinstance(value, tuple) else value
    return values, {path: span for path, span in places.items() if path}


def _good(key: str, value: Any, places: Mapping[str, Span], keys: Mapping[str, Span], found: list[Diagnostic]) -> bool:
    """Judge one key; what is wrong is found and left out."""
    span = places.get(key)
    if key not in KEYS:
        near = nearest(key, KEYS)
        hint = f"did you mean {near}?" if near else f"the keys are: {', '.join(KEYS)}"
        found.append(_error(keys.get(key, span), f"front matter has no {key}", hint))
        return False
    wanted = KEYS[key]
    if wanted == "a list of facts":
        return _good_paths(value, places, found)
    if wanted == "a list of texts":
        return _good_texts(key, value, places, found)
    if wanted in _CHOICES:
        return _good_choice(key, value, span, found)
    if wanted == "true or false":
        good = isinstance(value, bool)
    else:
        good = isinstance(value, str) and bool(value.strip()) and (wanted == "text" or is_locale(value))
    if not good:
        found.append(_error(span, f"{key} wants {wanted}", "such as en_US or de_DE" if wanted == "a locale" else None))
    return good


def _good_choice(key: str, value: Any, span: Span | None, found: list[Diagnostic]) -> bool:
    choices, several = _CHOICES[KEYS[key]]
    if value in choices:
        return True
    near = nearest(str(value), choices)
    hint = f"did you mean {near}?" if near else f"the {several} are: {', '.join(choices)}"
    found.append(_error(span, f"there is no {key} '{value}'", hint))
    return False


def _good_paths(value: Any, places: Mapping[str, Span], found: list[Diagnostic]) -> bool:
    if not isinstance(value, tuple):
        found.append(_error(places.get("requires"), "requires wants a list of facts", "write [sale.item]"))
        return False
    good = True
    for index, path in enumerate(value):
        if not isinstance(path, str) or not _PATH.fullmatch(path):
            span = places.get(f"requires.{index}")
            found.append(_error(span, f"'{path}' is not the path of a fact", "write it with dots, as in sale.item"))
            good = False
    return good


def _good_texts(key: str, value: Any, places: Mapping[str, Span], found: list[Diagnostic]) -> bool:
    if not isinstance(value, tuple):
        found.append(_error(places.get(key), f"{key} wants a list of texts", "write [sign it in blue, add a line]"))
        return False
    wrong = [index for index, text in enumerate(value) if not isinstance(text, str) or not text.strip()]
    for index in wrong:
        found.append(_error(places.get(f"{key}.{index}"), f"{key} has something that is no text", "put it in quotes"))
    return not wrong


def is_locale(name: str) -> bool:
    """Return whether Babel knows a locale, with an underscore or a hyphen in its name."""
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        return False
    return True


def _error(span: Span | None, message: str, hint: str | None) -> Diagnostic:
    return Diagnostic("T002", Severity.ERROR, message, span, hint)


def _shift(span: Span, source: Source, start: int) -> Span:
    """Move a span of the cut-out YAML into the whole file."""
    cut = span.source
    offset = start + _line_start(source.text[start:], cut.first_line - source.first_line - 1)
    return Span(source, offset + span.start, offset + span.end)


def _line_start(text: str, lines: int) -> int:
    at = 0
    for _ in range(lines):
        at = text.find("\n", at) + 1
    return at


def _moved(one: Diagnostic, source: Source, start: int) -> Diagnostic:
    from dataclasses import replace

    related = tuple(replace(other, span=_shift(other.span, source, start)) for other in one.related)
    return replace(one, span=_shift(one.span, source, start) if one.span else None, fix=None, related=related)


def is_currency(code: str) -> bool:
    """Return whether Babel knows a currency by its three letters."""
    from babel.numbers import is_currency as known

    return known(code)
