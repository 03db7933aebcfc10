"""What layout can find wrong with a card or a stock, and the manual of each finding."""

from __future__ import annotations

from notegen.model.diagnostic import Severity
from notegen.model.rule import Rule

OVERFLOW = "C201"
LONG_WORD = "C204"
STOCK_KEY = "C210"
STOCK_VALUE = "C211"
STOCK_PLACE = "C212"
STOCK_ENVELOPE = "C213"
SHEET_KEY = "C220"
SHEET_VALUE = "C221"
SHEET_PLACE = "C222"
PRINTER_KEY = "I101"
PRINTER_VALUE = "I102"

RULES: tuple[Rule, ...] = (
    Rule(
        OVERFLOW,
        "overfull-card",
        "card",
        Severity.ERROR,
        """The note does not fit on its card, even in the smallest size of its hand.

        Finds notes that are too long for their card. Layout first writes smaller, then closer, down to what the hand
        still does well; what is left over is reported with the number of characters that have room. It is not pushed
        off the edge and not shrunk further.

        Nobody writes a thank-you in letters of one millimetre: the reader would hold a form letter.

        Bad: 812 characters on an A2 card.
        Good: 430 characters on the same card, or the whole note on us-a7 or iso-a5.
        Mend: Cut the sentence that says least, or choose a larger stock.
        """,
    ),
    Rule(
        LONG_WORD,
        "word-longer-than-line",
        "card",
        Severity.ERROR,
        """A single word is longer than a line of the card, even in the smallest size of its hand.

        Finds words that no line of the card has room for. It is usually a web address, an e-mail address or an order
        number; handwriting here is not hyphenated.

        Nobody copies these by hand onto a card, and a reader who meets one knows that a machine wrote the rest as well.

        Bad: https://example.com/offers/spring/service?ref=mail-2026-03-thank-you-card
        Good: Just ask for me at the desk.
        Mend: Say it in words, or leave it out.
        """,
    ),
    Rule(
        STOCK_KEY,
        "stock-key",
        "stock",
        Severity.ERROR,
        """A stock file has a key that stocks do not have, or lacks one that they need.

        Finds keys of a stock file that stocks do not have, and needed ones that are missing.

        A measure under a misspelt name would be left out in silence, and a card without its bleed or its safe distance
        is cut through the writing.

        Bad: saf: 6.35
        Good: safe: 6.35
        Mend: Correct the key; `notegen stock show us-a2-folded` shows them all.
        """,
    ),
    Rule(
        STOCK_VALUE,
        "stock-value",
        "stock",
        Severity.ERROR,
        """A value of a stock file is not what it must be: a length in mm, a box, a name.

        Finds values of a stock file that are no length in mm, no box or no name. All lengths are millimetres, without a
        unit; sizes are [width, height] of the trimmed card as it lies before the writer.

        A wrong one prints every card of a batch at the wrong size, and the cards do not go into their envelopes.

        Bad: size: 5.5in x 4.25in
        Good: size: [139.7, 107.95]
        Mend: Write the number of millimetres alone; an inch has 25.4.
        """,
    ),
    Rule(
        STOCK_PLACE,
        "stock-geometry",
        "stock",
        Severity.ERROR,
        """A panel or a fold is not on the page, a fold runs through a panel, or nothing is left to write on.

        Finds panels and folds that are not on the page, folds that run through a panel, and panels whose safe distance
        leaves nothing to write on.

        The note is kept inside the panel it is written on; a panel that reaches over the edge or over the fold would
        put words where they are cut off or creased.

        Bad: size: [215.9, 139.7] with folds: [230]
        Good: size: [215.9, 139.7] with folds: [107.95]
        Mend: Measure the trimmed card from its lower left corner, and put the panel on one side of the fold.
        """,
    ),
    Rule(
        STOCK_ENVELOPE,
        "stock-envelope",
        "stock",
        Severity.ERROR,
        """The envelope that a card's file names is not there, is no envelope, or is too small for the card.

        Finds stock files whose `envelope` is no envelope that notegen or the shop knows, or is less than 2 mm longer
        and wider than the card when it is folded.

        A batch of cards that go into no envelope is found out when the cards are printed.

        Bad: size: [152.4, 101.6] with envelope: env-a2
        Good: size: [152.4, 101.6] with envelope: env-a6
        Mend: Name a larger envelope; `notegen stock list` has their measures.
        """,
    ),
    Rule(
        SHEET_KEY,
        "sheet-key",
        "sheet",
        Severity.ERROR,
        """A sheet file has a key that sheets do not have, or lacks one that they need.

        Finds keys of a sheet file that sheets do not have, and needed ones that are missing: title, paper, source, and
        either size and grid or slots.

        A measure under a misspelt name would be left out in silence, and a whole box of labels is printed beside its
        cuts.

        Bad: pich: [66, 38.1]
        Good: pitch: [66, 38.1]
        Mend: Correct the key; docs/stocks.md shows a whole sheet file.
        """,
    ),
    Rule(
        SHEET_VALUE,
        "sheet-value",
        "sheet",
        Severity.ERROR,
        """A value of a sheet file is not what it must be: a paper, a length in mm, a count.

        Finds values of a sheet file that are no paper, no length in mm and no whole number of columns and rows, and
        pieces too small to print on.

        All lengths are millimetres, without a unit. A wrong one moves every piece of every sheet.

        Bad: paper: A4 landscape
        Good: paper: [297, 210]
        Mend: Write the number of millimetres alone, or the name of a paper such as a4 or letter.
        """,
    ),
    Rule(
        SHEET_PLACE,
        "sheet-geometry",
        "sheet",
        Severity.ERROR,
        """Pieces of a sheet reach over the paper's edge or lie over each other.

        Finds sheets whose pieces, counted from their grid or listed as slots, do not all lie on the paper or lie over
        each other by more than 0.05 mm, and corners that are rounder than a piece is broad.

        What is printed over the edge is lost, and of two pieces that overlap one is cut into the other.

        Bad: paper: a4 with size: [70, 37] and grid: [3, 9]
        Good: paper: a4 with size: [70, 37] and grid: [3, 8]
        Mend: Measure the first piece from the sheet's left and upper edge, and the pitch from edge to same edge.
        """,
    ),
    Rule(
        PRINTER_KEY,
        "printer-key",
        "printer",
        Severity.ERROR,
        """A printer's file has a key that printers do not have.

        Finds keys of a printer's file besides front, back and scale.

        A correction under a misspelt name would be left out in silence, and every card of a batch is off its middle.

        Bad: fornt: [0.4, -0.2]
        Good: front: [0.4, -0.2]
        Mend: Correct the key, or let `notegen printer set` write the file.
        """,
    ),
    Rule(
        PRINTER_VALUE,
        "printer-value",
        "printer",
        Severity.ERROR,
        """A correction of a printer's file is no pair of numbers, or is larger than a working printer needs.

        Finds moves that are no pair of mm or go beyond 10 mm, and scales outside 0.98 to 1.02.

        What is further off is not the printer's aim: its paper guides are loose, or its driver fits pages to margins.
        A correction would hide that until the next job.

        Bad: scale: [0.96, 0.96]
        Good: scale: [1.002, 0.999]
        Mend: Print at 100 %, without fitting to the page, set the paper guides, and measure again.
        """,
    ),
)
