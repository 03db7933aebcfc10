"""What Jinja says when a template cannot be read, in words for whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import isfinite
from typing import Any, Final

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from notegen.compose.codegen import Text
from notegen.compose.places import Tag
from notegen.errors import nearest
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.source import Span

OPENERS: Final = ("if", "for", "macro", "call", "filter", "set", "block", "with", "raw")
TAGS: Final = (*OPENERS, "else", "elif", "extends", "include", "import", "from", *(f"end{word}" for word in OPENERS))

_TAG_WORDS: Final = frozenset(TAGS) - {"filter", "block", "call", "with", "include", "raw"}
_WANTED: Final = re.compile(r"expected token '(?P<wanted>[^']*)', got '(?P<got>.*)'$", re.DOTALL)


def fault(error: TemplateSyntaxError, text: Text) -> Diagnostic:
    """Return the diagnostic of a syntax error; its "line" is an offset of the body plus one."""
    offset = min(max(0, (error.lineno or 1) - 1), len(text.places.body))
    message, hint, span = _explained(error.message or "this is not a template", text, offset)
    return Diagnostic("T001", Severity.ERROR, message, span, hint)


def refused(tree: nodes.Template, text: Text) -> Diagnostic | None:
    """Return the diagnostic of what Jinja can read and notes have no use for, or Python cannot compile."""
    for number in tree.find_all(nodes.Const):
        if isinstance(number.value, float) and not isfinite(number.value):
            # Jinja's own compiler writes `inf`, which Python does not know.
            message, hint = "this number is larger than any price", "write fewer digits"
            return Diagnostic("T001", Severity.ERROR, message, text.word(number.lineno - 1), hint)
    return _uncompiled(tree, text)


def _uncompiled(tree: nodes.Template, text: Text) -> Diagnostic | None:
    escape = tree.find(nodes.ScopedEvalContextModifier)
    if escape is not None:
        return fault(TemplateSyntaxError("Encountered unknown tag 'autoescape'", escape.lineno), text)
    for block in tree.find_all(nodes.AssignBlock):
        name = block.filter.find(nodes.Name) if block.filter is not None else None
        if name is not None:
            # Jinja's own compiler fails on these: it looks for names in the body alone.
            message = "the filter of a set block can be given constants only"
            hint = "set the block first, and then {% set y = y | ... %}"
            return Diagnostic("T001", Severity.ERROR, message, text.word(name.lineno - 1), hint)
    makers: Any = (nodes.Macro, nodes.CallBlock)
    for macro in tree.find_all(makers):
        names = [arg.name for arg in macro.args]
        for arg in macro.args:
            if names.count(arg.name) > 1:
                message = f"two arguments of this macro are called {arg.name}"
                return Diagnostic("T001", Severity.ERROR, message, text.word(arg.lineno - 1), "rename one of them")
    return None


def too_deep(text: Text) -> Diagnostic:
    """Return the diagnostic of a template that is nested beyond what Python compiles."""
    return Diagnostic(
        "T001", Severity.ERROR, "this template is nested too deeply", text.span(0, 0), "take some of it apart"
    )


def _explained(message: str, text: Text, offset: int) -> tuple[str, str | None, Span]:
    here = text.word(offset)
    opened = _open_brace(text, offset)
    unknown = re.match(r"Encountered unknown tag '(.*?)'", message)
    if message.startswith("Unexpected end of template"):
        return _unclosed(text, here)
    if unknown:
        return _unknown_tag(unknown[1], text, here)
    if message.startswith("Missing end of comment"):
        return "this comment is never closed", "close it with #}", _from(text, "{#", offset)
    if message.startswith("Missing end of raw"):
        return "this {% raw %} is never closed", "add {% endraw %}", _from(text, "{%", offset)
    if opened is not None:
        return opened
    return _wrong_word(message, text, offset, here)


def _unclosed(text: Text, here: Span) -> tuple[str, str | None, Span]:
    """Point at the innermost tag that was opened and not closed."""
    stack = open_tags(text.places.tags)
    if not stack:
        return "this template ends too early", "close what was opened", here
    tag = stack[-1]
    return (
        f"this {{% {tag.word} %}} is never closed",
        f"add {{% end{tag.word} %}} where it ends",
        text.span(tag.start, tag.end),
    )


def open_tags(tags: Iterable[Tag]) -> list[Tag]:
    """Return the block tags that are opened and not closed, outermost first."""
    stack: list[Tag] = []
    for tag in tags:
        if tag.kind != "block":
            continue
        if tag.word in OPENERS and tag.word not in ("raw", "set"):
            stack.append(tag)
        elif stack and tag.word == f"end{stack[-1].word}":
            stack.pop()
    return stack


def _unknown_tag(word: str, text: Text, here: Span) -> tuple[str, str | None, Span]:
    if word in TAGS:
        opener = word.removeprefix("end") if word.startswith("end") else "if"
        return (
            f"there is no open {{% {opener} %}} here for this {{% {word} %}}",
            "remove it, or close tags in order",
            here,
        )
    if word in ("autoescape", "endautoescape", "trans", "do", "break", "continue"):
        return f"{{% {word} %}} is not part of note templates", f"the tags are: {', '.join(TAGS[:15])}", here
    near = nearest(word, TAGS)
    return f"there is no tag called {word}", f"did you mean {{% {near} %}}?" if near else None, here


def _open_brace(text: Text, offset: int) -> tuple[str, str | None, Span] | None:
    """Find an expression or tag that is not closed on its line, or whose ends do not match."""
    body = text.places.body
    start = max(body.rfind("{{", 0, offset + 2), body.rfind("{%", 0, offset + 2))
    if start < 0:
        return None
    begin = body[start : start + 2]
    end = {"{{": "}}", "{%": "%}"}[begin]
    line_end = body.find("\n", start)
    line = body[start : line_end if line_end >= 0 else len(body)]
    if end in line:
        return None
    span = text.span(start, start + len(line.rstrip()))
    return f"this {begin} is never closed", f"close it with {end}", span


def _from(text: Text, begin: str, offset: int) -> Span:
    start = text.places.body.rfind(begin, 0, offset + 2)
    return text.span(max(start, 0), max(start, 0) + 2)


def _wrong_word(message: str, text: Text, offset: int, here: Span) -> tuple[str, str | None, Span]:
    tag = text.places.tag_at(offset)
    if tag is not None and tag.kind == "variable" and tag.word in _TAG_WORDS:
        return f"{{{{ }}}} prints a value; {tag.word} is a tag", f"write {{% {tag.word} ... %}}", here
    if tag is not None and tag.inner[0] == tag.inner[1]:
        return "there is nothing between these braces", "name a fact, or remove them", text.span(tag.start, tag.end)
    stray = re.match(r"unexpected char '(.)' at \d+", message)
    if stray:
        hint = "use straight quotes" if stray[1] in "“”‘’„" else "remove it, or put it in quotes"
        return f"{stray[1]} means nothing here", hint, text.span(offset, offset + 1)
    wanted = _WANTED.match(message)
    if wanted:
        got = "the end" if wanted["got"].startswith(("end of", "begin of")) else f"'{wanted['got']}'"
        ends = wanted["wanted"].startswith("end of")
        return (
            f"{got} is not expected here" if ends else f"here {wanted['wanted']} is expected, not {got}",
            "join words with ~, or put text in quotes" if ends and tag is not None else None,
            here,
        )
    return message[:1].lower() + message[1:].rstrip("."), None, here
