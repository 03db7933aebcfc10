"""Cards become a print-ready PDF: fonts, content streams, and ReportLab's container around them."""

from notegen.press.conditions import condition_of, conditions
from notegen.press.drawing import draw
from notegen.press.montage import write_montage
from notegen.press.pages import Pressed, write_pages
from notegen.press.pdf import write_pdf

__all__ = ["Pressed", "condition_of", "conditions", "draw", "write_montage", "write_pages", "write_pdf"]
