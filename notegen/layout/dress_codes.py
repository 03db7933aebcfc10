"""What dressing a card can find wrong, and the manual of each finding."""

from __future__ import annotations

from notegen.model.diagnostic import Severity
from notegen.model.rule import Rule

RESOLUTION = "G110"
CROPPED = "G111"
ENLARGED = "G112"
ROOM = "G113"
PANEL = "G114"
UNDER_NOTE = "G115"
NO_BLEED = "G116"

RULES: tuple[Rule, ...] = (
    Rule(
        RESOLUTION,
        "art-low-resolution",
        "art",
        Severity.ERROR,
        """A picture has fewer than 300 pixels to the inch at the size at which it is printed.

        Finds PNG and JPEG pictures, and pictures inside PDFs, that are too coarse once they fill their panel and its
        bleed. The message says what the resolution is and how large the picture may be at 300.

        Below that a reader sees steps along edges, and knows the picture for something copied from a web page.

        Bad: 800 x 600 pixels on the front of an A2 card: 130 to the inch.
        Good: 1,750 x 1,375 pixels on the same card.
        Mend: Use the original picture; `--low-resolution`, or `allow_low_resolution: yes`, prints it as it is.
        """,
    ),
    Rule(
        CROPPED,
        "picture-cropped",
        "art",
        Severity.WARNING,
        """A picture has another shape than its panel, and part of it is cut off.

        Finds pictures that fill a panel (`fit: cover`) whose sides are in another proportion than the panel's, by more
        than 2 %. The message says how much is lost and on which sides.

        What stood at the edge of the picture, a wheel or a word, is not on the card.

        Bad: A square picture on a card of 5.5 x 4.25 in: 23 % of its height are lost.
        Good: A picture of 5.75 x 4.5 in on the same card.
        Mend: Crop it yourself to the proportion of the card, or use `fit: contain`.
        """,
    ),
    Rule(
        ENLARGED,
        "bleed-from-enlarging",
        "art",
        Severity.WARNING,
        """A picture has no bleed of its own and is enlarged to make some.

        Finds pictures that are as large as the panel, or have its shape, and nothing beyond it. They are enlarged until
        they reach the edge of the bleed on all sides, and the message says by how much and what is cut off for it.

        A picture that ends at the trim shows a white line wherever the knife is a little off. Enlarging costs a few
        percent at the edges and is what a print shop would do; a picture with a frame or with words near its edge
        should bring its own bleed.

        Bad: A PDF of 5.5 x 4.25 in for a card of 5.5 x 4.25 in.
        Good: A PDF whose TrimBox is 5.5 x 4.25 in and whose BleedBox is 0.125 in larger on each side.
        Mend: Make the picture larger by the bleed on each side; `notegen stock show` says how much that is.
        """,
    ),
    Rule(
        ROOM,
        "picture-without-room",
        "art",
        Severity.ERROR,
        """A picture at its own size has no room on its panel.

        Finds pictures with `fit: actual`, an imprint on the back for example, that are larger than the safe area of
        their panel. The message says how large both are.

        They would be cut, or so near the cut that they look like a mistake.

        Bad: A mark 120 mm wide on the back of a card that is 108 mm wide.
        Good: The same mark, 30 mm wide.
        Mend: Make it smaller, or use `fit: contain`.
        """,
    ),
    Rule(
        PANEL,
        "no-such-panel",
        "art",
        Severity.ERROR,
        """A picture is for a panel that the stock does not have.

        Finds names of panels that the stock does not know. A flat card has a front and a back; a folded one has what
        `notegen stock show` lists.

        The picture would be on no card at all.

        Bad: inside: art/lining.pdf, on a flat card
        Good: back: art/lining.pdf
        Mend: Name a panel of the stock, or choose another stock.
        """,
    ),
    Rule(
        UNDER_NOTE,
        "note-over-picture",
        "art",
        Severity.WARNING,
        """The note is written over a picture that fills its panel.

        Finds pictures with `fit: cover` on the panel that carries the note.

        Handwriting on a photograph is hard to read, and an ink that is transparent takes its colour.

        Bad: front: {file: art/photo.jpg, fit: cover}, on a card whose note is on the front
        Good: back: {file: art/photo.jpg, fit: cover}
        Mend: Put the picture on another panel, or make it very light.
        """,
    ),
    Rule(
        NO_BLEED,
        "stock-without-bleed",
        "art",
        Severity.WARNING,
        """A picture fills its panel on a stock that has no bleed.

        Finds pictures with `fit: cover` on stocks whose bleed is 0.

        Nobody cuts exactly, and desktop printers leave the edge of the sheet white: the picture ends in a white line.

        Bad: bleed: 0, and art that covers the card
        Good: bleed: 3
        Mend: Give the stock a bleed of 3 mm, or use `fit: contain`.
        """,
    ),
)
