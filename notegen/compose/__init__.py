"""Facts and a template become a note that knows where each of its characters came from."""

from notegen.compose.check import check
from notegen.compose.codes import RULES
from notegen.compose.explain import Row, explain
from notegen.compose.front import is_currency, is_locale
from notegen.compose.paths import check_paths
from notegen.compose.render import compose
from notegen.compose.template import load, load_source, parse, place_of

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
