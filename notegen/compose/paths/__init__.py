"""Every path through a template, judged without a customer: the least that any prints, and what nothing guards."""

from notegen.compose.paths.report import LEAST, WANTED, check_paths, thinnest
from notegen.compose.paths.search import Step, Thinnest

__all__ = ["LEAST", "WANTED", "Step", "Thinnest", "check_paths", "thinnest"]
