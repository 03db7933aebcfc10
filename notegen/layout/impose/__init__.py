"""Imposition: pieces are put on sheets so that cutting gives them back in order, every back behind its front.

`plan` decides and knows no page; `sheets` draws the pieces where it says, `Extras` the marks around them, and `told`
says what to do with the paper. Another back end puts the pages of a PDF that exists where the plan says.
"""

from notegen.layout.impose.cutting import chosen
from notegen.layout.impose.drawing import Extras, form_of, sheets
from notegen.layout.impose.papers import MARGIN, Paper, grid, papers
from notegen.layout.impose.planner import plan
from notegen.layout.impose.telling import told
from notegen.layout.measured import mm

__all__ = ["MARGIN", "Extras", "Paper", "chosen", "form_of", "grid", "mm", "papers", "plan", "sheets", "told"]
