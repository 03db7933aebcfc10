"""Why a text is not YAML, said to somebody who does not know YAML."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from yaml.error import MarkedYAMLError


BRACES: Final = "{{ begins a record in a record here, which a value without quotes cannot do"


@dataclass(frozen=True, slots=True)
class Fault:
    """Where (a half-open range of offsets), what, and what to do about it."""

    start: int
    end: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class _Case:
    """What the parser said: the text, where it gave up, where the thing it was reading began, and its words."""

    text: str
    at: int
    since: int
    words: str

    @property
    def line_start(self) -> int:
        return self.text.rfind("\n", 0, self.at) + 1

    @property
    def line(self) -> str:
        return self.text[self.line_start :].split("\n", 1)[0]

    @property
    def character(self) -> str:
        return self.text[self.at : self.at + 1]

    def fault(self, start: int, message: str, hint: str, *, end: int | None = None) -> Fault:
        """Make a fault inside the text; without an end it covers one character, or none at a line end."""
        start = min(max(start, 0), len(self.text))
        if end is None:
            end = start + (self.text[start : start + 1] not in ("", "\n"))
        return Fault(start, min(max(end, start), len(self.text)), message, hint)


def explain(text: str, error: MarkedYAMLError) -> Fault:
    """Turn what the parser said into one fault of this text."""
    at = error.problem_mark.index if error.problem_mark else len(text)
    since = error.context_mark.index if error.context_mark else at
    words = f"{error.context or ''} | {error.problem or ''}"
    case = _Case(text, min(at, len(text)), min(since, len(text)), words)
    for look in _LOOKS:
        fault = look(case)
        if fault is not None:
            return fault
    return case.fault(at, f"this is not YAML: {error.problem}", "put the value in quotes if it is text")


def _deep(case: _Case) -> Fault | None:
    if "nesting depth" not in case.words:
        return None
    return case.fault(case.at, "this is nested too deep for YAML to be read", "write it flatter")


def _tab(case: _Case) -> Fault | None:
    indent = re.match(r" *\t", case.line)
    if indent is None or case.at > case.line_start + len(case.line):
        return None
    return case.fault(
        case.line_start + indent.end() - 1, "a tab is used to indent this line", "indent with spaces, two for each step"
    )


def _escape(case: _Case) -> Fault | None:
    if "quoted scalar" not in case.words or not re.search(
        "escape|hexdecimal|hexadecimal|expected .* characters", case.words
    ):
        return None
    at = case.text.rfind("\\", 0, case.at + 1)
    hint = "use single quotes, in which a backslash is a backslash"
    return case.fault(at, "a backslash in double quotes must begin an escape such as \\n", hint)


def _unclosed_quote(case: _Case) -> Fault | None:
    if "quoted scalar" not in case.words:
        return None
    mark = case.text[case.since : case.since + 1]
    return case.fault(
        case.since, f"the quote {mark} that opens here is never closed", f"put {mark} at the end of the value"
    )


def _bracket(case: _Case) -> Fault | None:
    if "flow" not in case.words or "block" in case.words:
        return None
    opening = case.text[case.since : case.since + 1]
    if opening not in ("[", "{"):
        return None
    if opening == "{" and case.text[case.since : case.since + 2] == "{{":
        return case.fault(case.since, BRACES, "put the value in quotes", end=case.since + 2)
    return _unclosed_bracket(case, case.since)


def _unclosed_bracket(case: _Case, at: int) -> Fault:
    closing = "]" if case.text[at] == "[" else "}"
    hint = f"put {closing} at the end, commas between the items, and quotes around text that has either in it"
    return case.fault(at, f"the {case.text[at]} that opens here is not closed as it should be", hint)


def _second_colon(case: _Case) -> Fault | None:
    if "mapping values are not allowed" not in case.words:
        return None
    before = case.text[case.line_start : case.at]
    key = re.match(r"\s*(?:- +)*([^:#]*[^:#\s])\s*:\s", before)
    if key:
        value = case.line[key.end() :].strip().replace('"', "'")
        hint = f'put the value in quotes: {key[1]}: "{value[:60]}"'
        return case.fault(case.at, "a value without quotes cannot have a colon and a space in it", hint)
    return _line_above(case)


def _line_above(case: _Case) -> Fault | None:
    """Blame the line above for a key that is not allowed here: a colon without its space, or an indent too many."""
    end = case.line_start - 1
    start = case.text.rfind("\n", 0, max(end, 0)) + 1
    glued = re.match(r"(\s*(?:- +)*[\w-]+):(?=\S)", case.text[start : max(end, 0)])
    if glued:
        return case.fault(
            start + glued.end() - 1, "there is no space after this colon", f"write '{glued[1].strip()}: ...'"
        )
    first = case.line_start + len(case.line) - len(case.line.lstrip())
    hint = "give it the same indent as its neighbours, and put the value above in quotes if it runs over two lines"
    return case.fault(first, "this key is indented more than the line above it allows", hint, end=case.at)


def _first_character(case: _Case) -> Fault | None:
    if "cannot start any token" not in case.words:
        return None
    return case.fault(case.at, f"a value cannot begin with {case.character}", "put the value in quotes")


def _marker(case: _Case) -> Fault | None:
    if "anchor" not in case.words and "alias" not in case.words:
        return None
    message = (
        f"{case.text[case.since : case.since + 1] or '*'} at the beginning of a value has a meaning of its own in YAML"
    )
    return case.fault(case.since, message, "put the value in quotes")


def _no_colon(case: _Case) -> Fault | None:
    if "simple key" not in case.words:
        return None
    end = case.text.find("\n", case.since)
    hint = "write 'key: value'; a text of several lines goes in quotes or, indented, under 'key: |'"
    return case.fault(case.since, "this line has no colon", hint, end=end if end >= 0 else len(case.text))


def _after_end(case: _Case) -> Fault | None:
    before = case.text[case.line_start : case.at].rstrip()
    if "expected" not in case.words or not before.endswith(("'", '"', "]", "}")) or case.character in ("", "\n"):
        return None
    mark = before[-1]
    hint = "put quotes around the whole value" + ("; an apostrophe inside is written twice: ''" if mark == "'" else "")
    return case.fault(case.at, f"text follows the {mark} that ends the value", hint)


def _no_value(case: _Case) -> Fault | None:
    """Explain a bracket that is never closed when nothing at all follows it, and one that was never opened."""
    if "node content" not in case.words:
        return None
    if case.character in ("]", "}", ","):
        return case.fault(case.at, f"a value cannot begin with {case.character}", "put the value in quotes")
    opening = max(case.text.rfind("[", 0, case.at), case.text.rfind("{", 0, case.at))
    return _unclosed_bracket(case, opening) if opening >= 0 else None


def _dash(case: _Case) -> Fault | None:
    before = case.text[case.line_start : case.at].rstrip()
    if case.character not in ("-", "?") or not before.endswith(":"):
        return None
    hint = "begin the list on the next line, or put the value in quotes if it is text"
    return case.fault(case.at, f"a {case.character} cannot follow a key on its own line", hint)


def _tag(case: _Case) -> Fault | None:
    if "tag" not in case.words or case.text[case.since : case.since + 1] != "!":
        return None
    return case.fault(
        case.since, "! at the beginning of a value has a meaning of its own in YAML", "put the value in quotes"
    )


def _version(case: _Case) -> Fault | None:
    if case.text[case.at : case.at + 1] != "%" and "directive" not in case.words:
        return None
    return case.fault(case.at, "this line that begins with % is not understood", "take it away")


def _layout(case: _Case) -> Fault | None:
    if "'-' indicator" in case.words or "block collection" in case.words or "block sequence" in case.words:
        return case.fault(
            case.at,
            "this line is neither an item of the list above nor a key",
            "begin it with '- ', or line it up with the list's own key",
        )
    if (
        "block mapping" in case.words
        or "expected <document start>" in case.words
        or "expected '<document start>'" in case.words
    ):
        return case.fault(
            case.at, "this line does not line up with the keys above it", "give it the same indent as its neighbours"
        )
    return None


def _block_text(case: _Case) -> Fault | None:
    if "block scalar" not in case.words:
        return None
    return case.fault(
        case.at, "text follows the | or > that announces indented lines", "put it on the next line, indented"
    )


_LOOKS: Final[tuple[Callable[[_Case], Fault | None], ...]] = (
    _deep,
    _tab,
    _escape,
    _unclosed_quote,
    _bracket,
    _second_colon,
    _first_character,
    _marker,
    _no_colon,
    _block_text,
    _tag,
    _after_end,
    _no_value,
    _dash,
    _layout,
    _version,
)
