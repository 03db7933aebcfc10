"""The order of the stages, which nothing else knows: facts, compose, lint, hand, layout, press.

Names are imported on first use: what was judged before and is unchanged is answered without any stage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notegen.lazy import names

if TYPE_CHECKING:
    from notegen.pipeline.adding import Added as Added
    from notegen.pipeline.adding import add_hand as add_hand
    from notegen.pipeline.batching import Batch as Batch
    from notegen.pipeline.batching import LeftOut as LeftOut
    from notegen.pipeline.batching import Progress as Progress
    from notegen.pipeline.batching import prepare as prepare
    from notegen.pipeline.batching import press as press
    from notegen.pipeline.batching import quietly as quietly
    from notegen.pipeline.calibrating import measured as measured
    from notegen.pipeline.calibrating import printer_file as printer_file
    from notegen.pipeline.calibrating import printers as printers
    from notegen.pipeline.calibrating import remove_printer as remove_printer
    from notegen.pipeline.calibrating import save_printer as save_printer
    from notegen.pipeline.calibrating import sensible as sensible
    from notegen.pipeline.calibrating import write_calibration as write_calibration
    from notegen.pipeline.cards import HAND as HAND
    from notegen.pipeline.cards import STOCK as STOCK
    from notegen.pipeline.cards import Drawing as Drawing
    from notegen.pipeline.cards import as_wished as as_wished
    from notegen.pipeline.cards import drawing as drawing
    from notegen.pipeline.cards import specimen as specimen
    from notegen.pipeline.copying import copy_sheets as copy_sheets
    from notegen.pipeline.drafting import Draft as Draft
    from notegen.pipeline.drafting import draft as draft
    from notegen.pipeline.drafting import drafted as drafted
    from notegen.pipeline.drafting import locale_of as locale_of
    from notegen.pipeline.fulfilling import codes_of as codes_of
    from notegen.pipeline.fulfilling import enveloped as enveloped
    from notegen.pipeline.fulfilling import refuse_pictures as refuse_pictures
    from notegen.pipeline.imposing import Asked as Asked
    from notegen.pipeline.imposing import Planned as Planned
    from notegen.pipeline.imposing import impose_file as impose_file
    from notegen.pipeline.imposing import plan_file as plan_file
    from notegen.pipeline.imposing import sheet_for as sheet_for
    from notegen.pipeline.imposing import sheet_pages as sheet_pages
    from notegen.pipeline.imposing import sheet_words as sheet_words
    from notegen.pipeline.judging import lint_letter as lint_letter
    from notegen.pipeline.judging import lint_template as lint_template
    from notegen.pipeline.mailing import matching as matching
    from notegen.pipeline.names import check_names as check_names
    from notegen.pipeline.names import check_printing as check_printing
    from notegen.pipeline.office import print_pages as print_pages
    from notegen.pipeline.opening import find_template as find_template
    from notegen.pipeline.opening import hands as hands
    from notegen.pipeline.opening import load_facts as load_facts
    from notegen.pipeline.opening import load_template as load_template
    from notegen.pipeline.opening import sheet_named as sheet_named
    from notegen.pipeline.opening import sheets as sheets
    from notegen.pipeline.opening import stocks as stocks
    from notegen.pipeline.opening import template_names as template_names
    from notegen.pipeline.own import Place as Place
    from notegen.pipeline.own import capture as capture
    from notegen.pipeline.own import install as install
    from notegen.pipeline.own import place_for as place_for
    from notegen.pipeline.own import require_capture as require_capture
    from notegen.pipeline.own import sheet as sheet
    from notegen.pipeline.own import signature as signature
    from notegen.pipeline.passing import counted as counted
    from notegen.pipeline.passing import misnamed as misnamed
    from notegen.pipeline.printing import Printed as Printed
    from notegen.pipeline.printing import Printing as Printing
    from notegen.pipeline.printing import PrintingAsked as PrintingAsked
    from notegen.pipeline.printing import Unfit as Unfit
    from notegen.pipeline.printing import check_screens as check_screens
    from notegen.pipeline.printing import dresses as dresses
    from notegen.pipeline.printing import pieces_of as pieces_of
    from notegen.pipeline.printing import print_cards as print_cards
    from notegen.pipeline.printing import printing_for as printing_for
    from notegen.pipeline.rulebook import rules as rules
    from notegen.pipeline.slips import agree as agree
    from notegen.pipeline.slips import slip_rows as slip_rows
    from notegen.pipeline.slips import unprintable as unprintable
    from notegen.pipeline.specimens import write_specimen_sheet as write_specimen_sheet
    from notegen.pipeline.stockroom import find_ware as find_ware
    from notegen.pipeline.stockroom import in_characters as in_characters
    from notegen.pipeline.stockroom import told as told
    from notegen.pipeline.stockroom import write_drawing as write_drawing
    from notegen.pipeline.weighing import Verdict as Verdict
    from notegen.pipeline.wishes import Wishes as Wishes

_HOMES = {
    "Asked": "imposing",
    "Planned": "imposing",
    "plan_file": "imposing",
    "impose_file": "imposing",
    "sheet_for": "imposing",
    "sheet_pages": "imposing",
    "sheet_words": "imposing",
    "measured": "calibrating",
    "printer_file": "calibrating",
    "sensible": "calibrating",
    "write_calibration": "calibrating",
    "printers": "calibrating",
    "remove_printer": "calibrating",
    "save_printer": "calibrating",
    "Added": "adding",
    "HAND": "cards",
    "STOCK": "cards",
    "Batch": "batching",
    "Draft": "drafting",
    "Drawing": "cards",
    "LeftOut": "batching",
    "Progress": "batching",
    "Verdict": "weighing",
    "Wishes": "wishes",
    "as_wished": "cards",
    "add_hand": "adding",
    "agree": "slips",
    "copy_sheets": "copying",
    "Place": "own",
    "capture": "own",
    "check_names": "names",
    "check_printing": "names",
    "counted": "passing",
    "draft": "drafting",
    "drafted": "drafting",
    "drawing": "cards",
    "find_template": "opening",
    "find_ware": "stockroom",
    "hands": "opening",
    "lint_letter": "judging",
    "lint_template": "judging",
    "load_facts": "opening",
    "load_template": "opening",
    "locale_of": "drafting",
    "matching": "mailing",
    "misnamed": "passing",
    "prepare": "batching",
    "press": "batching",
    "print_pages": "office",
    "quietly": "batching",
    "rules": "rulebook",
    "codes_of": "fulfilling",
    "enveloped": "fulfilling",
    "refuse_pictures": "fulfilling",
    "Printed": "printing",
    "Printing": "printing",
    "PrintingAsked": "printing",
    "Unfit": "printing",
    "check_screens": "printing",
    "dresses": "printing",
    "pieces_of": "printing",
    "print_cards": "printing",
    "printing_for": "printing",
    "in_characters": "stockroom",
    "install": "own",
    "place_for": "own",
    "require_capture": "own",
    "sheet": "own",
    "signature": "own",
    "slip_rows": "slips",
    "specimen": "cards",
    "sheet_named": "opening",
    "sheets": "opening",
    "stocks": "opening",
    "template_names": "opening",
    "told": "stockroom",
    "write_drawing": "stockroom",
    "unprintable": "slips",
    "write_specimen_sheet": "specimens",
}

__all__ = [  # noqa: PLE0604  (the names are strings; ruff cannot see into the table)
    *_HOMES
]

__getattr__, __dir__ = names(__name__, _HOMES)
