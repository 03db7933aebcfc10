"""YAML text in, plain values out, and for every value the characters that it came from; the only home of PyYAML."""

from notegen.yamlsource.comments import Comment, comments
from notegen.yamlsource.documents import Document, parse

__all__ = ["Comment", "Document", "comments", "parse"]
