"""A meter for handwriting: the same figures from pixels and from placed glyphs, beside those of a hundred people."""
