"""Cards become a PDF file."""
