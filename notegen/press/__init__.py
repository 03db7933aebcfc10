"""Cards become a print-ready PDF: fonts, content streams, and ReportLab's container around them."""

from notegen.press.pdf import Pressed, write_pdf

__all__ = ["Pressed", "write_pdf"]
