"""A PDF page becomes something to look at."""
