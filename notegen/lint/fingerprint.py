"""What a finding is recognised by when the lines around it move: baselines and other programs' lists keep it.

Line numbers and messages are left out, so that neither text that was put in above nor a reworded rule makes an old
finding new. The whole line is in, so that the same two words in another sentence are another finding.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import PurePath
from typing import Final

from notegen.model.diagnostic import Diagnostic
from notegen.model.source import Span

AROUND: Final = 200
"""Characters of the line kept on each side of a finding: a file without line ends stays cheap to recognise."""

_NUMBER: Final = re.compile(r"\d+")


def fingerprint(one: Diagnostic) -> str:
    """Return 32 hexadecimal digits made of the code, the file's name, and the words of the finding and its lines.

    White space is folded. A finding without a place is known by its note and its message without figures. Two
    findings may share a fingerprint: `fingerprints` tells them apart.
    """
    if one.span is None:
        return _digest(one.code, one.note or "", _NUMBER.sub("#", one.message))
    return _digest(one.code, PurePath(one.span.source.name).as_posix(), one.span.text, _lines(one.span))


def fingerprints(diagnostics: Iterable[Diagnostic]) -> tuple[str, ...]:
    """Return one fingerprint for each finding, no two alike: repeats are counted in the order they are given."""
    seen: Counter[str] = Counter()
    found = []
    for one in diagnostics:
        plain = fingerprint(one)
        found.append(_digest(plain, str(seen[plain])) if seen[plain] else plain)
        seen[plain] += 1
    return tuple(found)


def _lines(span: Span) -> str:
    """Return the whole lines that a span touches, cut AROUND characters before and after it."""
    text = span.source.text
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - AROUND)
    end = text.find("\n", max(span.start, span.end - 1))
    return text[start : min(len(text) if end < 0 else end, span.end + AROUND)]


def _digest(*parts: str) -> str:
    folded = "\0".join(" ".join(part.split()) for part in parts)
    return blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
