"""Cards become a print-ready PDF: fonts, content streams, and ReportLab's container around them."""

from notegen.press.montage import write_montage
from notegen.press.pages import write_pages
from notegen.press.pdf import Pressed, write_pdf

__all__ = ["Pressed", "write_montage", "write_pages", "write_pdf"]
