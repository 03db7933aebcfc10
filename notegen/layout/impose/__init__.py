"""Imposition: pieces are put on sheets so that cutting gives them back in order, every back behind its front.

`plan` decides and knows no page; `sheets` draws the pieces where it says. Another back end puts the pages of a PDF
that exists there.
"""

from notegen.layout.impose.papers import MARGIN, Paper, grid, papers
from notegen.layout.impose.planner import plan

__all__ = ["MARGIN", "Paper", "grid", "papers", "plan"]
