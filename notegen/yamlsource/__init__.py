"""YAML text in, plain values out, and for every value the characters that it came from; the only home of PyYAML."""

from notegen.yamlsource.comments import Comment, comments
from notegen.yamlsource.cutting import pieces, stream
from notegen.yamlsource.documents import Document, nothing_in, parse, parse_pieces

__all__ = ["Comment", "Document", "comments", "nothing_in", "parse", "parse_pieces", "pieces", "stream"]
