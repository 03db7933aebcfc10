"""The order of the stages, which nothing else knows: facts, compose, lint, hand, layout, press."""

from notegen.pipeline.batching import Batch, LeftOut, Progress, prepare, press, quietly
from notegen.pipeline.drafting import Draft, Wishes, draft, drafted, locale_of
from notegen.pipeline.drawing import HAND, STOCK, Drawing, drawing, specimen
from notegen.pipeline.judging import check_looks, lint_letter, lint_notes, lint_shop, lint_template
from notegen.pipeline.opening import hands, load_facts, load_template, rules, stocks, template_names

__all__ = [
    "HAND",
    "STOCK",
    "Batch",
    "Draft",
    "Drawing",
    "LeftOut",
    "Progress",
    "Wishes",
    "check_looks",
    "draft",
    "drafted",
    "drawing",
    "hands",
    "lint_letter",
    "lint_notes",
    "lint_shop",
    "lint_template",
    "load_facts",
    "load_template",
    "locale_of",
    "prepare",
    "press",
    "quietly",
    "rules",
    "specimen",
    "stocks",
    "template_names",
]
