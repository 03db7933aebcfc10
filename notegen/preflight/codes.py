"""What preflight can find wrong with a PDF, by name, and which of it matters for which purpose."""

from __future__ import annotations

from typing import Final

from notegen.model.diagnostic import Severity
from notegen.model.manual import read
from notegen.model.purpose import Purpose
from notegen.model.rule import Rule
from notegen.preflight import codes_file, codes_ink, codes_page

NOT_PDF, DAMAGED, ENCRYPTED, STREAM, VERSION, IDENTIFIER = "P100", "P101", "P102", "P103", "P104", "P105"
LACKING, NO_PAGES, XMP_PACKED, SCALING = "P106", "P107", "P108", "P109"
INTENT, PROFILE, XMP, STANDARD, DISAGREE, TRAPPED = "P110", "P111", "P112", "P113", "P114", "P115"
LZW, ACTION, EMBEDDED, LAYERS = "P116", "P117", "P118", "P119"
TRIM, TRIM_AND_ART, BLEED_BOX, NESTING, BLEED, SIZE = "P120", "P121", "P122", "P123", "P124", "P125"
GROUP, NO_GROUP, TURNED, ANNOTATION, MEDIA = "P126", "P127", "P128", "P129", "P146"
FONT, GLYPH, SUBSETS, PROGRAM, TYPE3, UNICODE = "P130", "P131", "P132", "P133", "P134", "P135"
SAFE, FOLD, SMALL_TYPE = "P136", "P137", "P138"
RGB, RGB_PICTURE, MANAGED, INK, WHITE_OVERPRINT, SPOT = "P140", "P141", "P142", "P143", "P144", "P145"
SPOT_TWICE, CURVE, REGISTRATION = "P147", "P148", "P149"
HAIRLINE, RESOLUTION, ART, RESOURCE, OPERATOR = "P150", "P151", "P152", "P153", "P154"
UNBALANCED, FOREIGN, RECURSION, SYNTAX, SCREEN, TRANSPARENCY = "P155", "P156", "P157", "P158", "P159", "P160"

RULES: Final[tuple[Rule, ...]] = tuple(
    sorted((*codes_file.RULES, *codes_page.RULES, *codes_ink.RULES), key=lambda rule: rule.code)
)

ANYWHERE: Final = frozenset(
    {
        NOT_PDF, DAMAGED, STREAM, NO_PAGES, MEDIA, SIZE, FONT, GLYPH, PROGRAM, RESOURCE, OPERATOR, UNBALANCED,
        RECURSION, SYNTAX, ENCRYPTED,
    }
)  # fmt: skip
"""What spoils a file on any printer and on a screen."""
WANTED: Final = {
    Purpose.PRESS: frozenset(rule.code for rule in RULES) - {SCALING},
    Purpose.DESKTOP: ANYWHERE | {SCALING},
    Purpose.SCREEN: ANYWHERE,
}


def severities() -> dict[str, Severity]:
    """Return how much each rule matters."""
    return {rule.code: rule.severity for rule in RULES}


def hints() -> dict[str, str]:
    """Return what to do about each."""
    return {rule.code: read(rule).mend for rule in RULES}
