"""Printers: what each puts where it should not, measured on a calibration page and put right when a job is printed.

A template, a stock and a sheet say where things ought to be; nothing of a printer's faults enters them.
"""

from notegen.layout.printers.calibration import calibration_pages
from notegen.layout.printers.correcting import corrected, correction
from notegen.layout.printers.reader import as_yaml, checked, read_printer
from notegen.layout.printers.readings import READINGS, from_readings

__all__ = [
    "READINGS", "as_yaml", "calibration_pages", "checked", "corrected", "correction", "from_readings", "read_printer",
]  # fmt: skip
