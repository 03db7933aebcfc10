"""What the XML reports share: text that any XML reader takes."""

from __future__ import annotations

import re
from typing import Final
from xml.sax.saxutils import escape, quoteattr

_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>'


def attributes(**given: object) -> str:
    """Return attributes with a space before each, in the order given."""
    return "".join(f" {name.rstrip('_')}={quoteattr(_allowed(str(value)))}" for name, value in given.items())


def content(text: str) -> str:
    """Return text for the inside of an element."""
    return escape(_allowed(text), {"\r": "&#13;"})


def _allowed(text: str) -> str:
    """Return text with the characters that XML cannot hold as replacement characters."""
    return _FORBIDDEN.sub("\ufffd", text)
