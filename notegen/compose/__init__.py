"""Facts and a template become a note that knows where each of its characters came from.

What judges templates without a customer is imported on first use: whoever composes does without.
"""

from typing import TYPE_CHECKING

from notegen.compose.check import check
from notegen.compose.explain import Row, explain
from notegen.compose.front import is_currency, is_locale
from notegen.compose.render import compose
from notegen.compose.template import load, load_source, parse, place_of
from notegen.lazy import names

if TYPE_CHECKING:
    from notegen.compose.codes import RULES
    from notegen.compose.paths import check_paths

__getattr__, _ = names("notegen.compose", {"RULES": "codes", "check_paths": "paths"})

__all__ = [
    "RULES",
    "Row",
    "check",
    "check_paths",
    "compose",
    "explain",
    "is_currency",
    "is_locale",
    "load",
    "load_source",
    "parse",
    "place_of",
]
