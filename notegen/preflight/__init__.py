"""Preflight: whether a PDF, ours or not, is fit for a press; what was found, where, and what was not looked at."""

from notegen.preflight.checking import check
from notegen.preflight.codes import RULES
from notegen.preflight.report import Finding, Report, Unchecked

__all__ = ["RULES", "Finding", "Report", "Unchecked", "check"]
