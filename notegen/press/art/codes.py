"""What can be wrong with a picture's file, and the manual of each finding."""

from __future__ import annotations

from notegen.model.diagnostic import Severity
from notegen.model.rule import Rule

UNREADABLE = "G101"
ENCRYPTED = "G102"
FONT = "G103"
ANIMATED = "G104"
TOO_LARGE = "G105"
NOT_DRAWABLE = "G106"
REACHES_OUT = "G107"
SIZE = "G108"
EMPTY = "G109"
INK = "G120"
PROFILE = "G121"
ANNOTATIONS = "G122"
OTHER_PRESS = "G123"

RULES: tuple[Rule, ...] = (
    Rule(
        UNREADABLE,
        "unreadable-picture",
        "art",
        Severity.ERROR,
        """A picture's file is missing or damaged, or is no PDF, PNG, JPEG or SVG.

        Finds files that are not there, that end too early, whose data cannot be unpacked, or that are of another kind.
        A file is told by its content; its name does not matter.

        Half a picture prints as half a picture, on every card of the batch.

        Bad: front: art/bicycle.tiff
        Good: front: art/bicycle.png
        Mend: Save it again, as PDF or SVG for drawings, as PNG or JPEG for photographs.
        """,
    ),
    Rule(
        ENCRYPTED,
        "encrypted-picture",
        "art",
        Severity.ERROR,
        """A PDF is encrypted.

        Finds PDFs that ask for a password, and those that open without one but forbid something.

        A file for the press must not be encrypted, and what its maker locked is not ours to open.

        Bad: A PDF saved "for review only".
        Good: The same page, exported without a password.
        Mend: Export it again without any restriction.
        """,
    ),
    Rule(
        FONT,
        "art-font-not-embedded",
        "art",
        Severity.ERROR,
        """A PDF sets words in a font that it does not carry.

        Finds every font that is used on the page and is not embedded, by name. Fonts that are only listed and never
        used are not counted.

        The print shop's computer would put another font in its place, and the name on the card would look like
        somebody else's.

        Bad: A page that uses Helvetica and relies on the printer to have it.
        Good: The same page with its fonts embedded, or with its text turned into paths.
        Mend: Export it with "embed all fonts", or as PDF/X-4.
        """,
    ),
    Rule(
        ANIMATED,
        "moving-picture",
        "art",
        Severity.ERROR,
        """A picture moves.

        Finds PNG files of several frames, and SVG files with animation.

        Paper shows one picture, and which one was meant is not for a program to guess.

        Bad: An animated sticker.
        Good: The one frame that you mean.
        Mend: Save the frame that is to be printed.
        """,
    ),
    Rule(
        TOO_LARGE,
        "picture-too-large",
        "art",
        Severity.ERROR,
        """A picture unpacks to more than any card needs.

        Finds pictures of more than 80 million pixels, drawings of more than 20,000 shapes, PDFs whose streams unpack
        without end, and elements that nest too deeply. 80 million pixels are 1,200 to the inch on a card of 6 x 9 in.

        Such files are mistakes or attacks; either would fill the memory of the computer that prints.

        Bad: A scan of 20,000 x 15,000 pixels.
        Good: The same scan at 600 pixels to the inch of the card.
        Mend: Scale it down, or simplify it, in the program that made it.
        """,
    ),
    Rule(
        NOT_DRAWABLE,
        "picture-not-drawable",
        "art",
        Severity.ERROR,
        """A drawing uses something that is not drawn here.

        Finds, in an SVG, text, pictures of pixels, filters, masks, patterns, markers, blend modes and values that
        cannot be read; in a PDF, layers that are or may be switched off, mesh gradients in RGB, RGB that overprints and
        what is no PDF. The message names it, and in an SVG its place.

        It is refused and not passed over: a logo that has lost its letters would be found after printing.

        Bad: <text x="4" y="9">Pennywhistle Cycles</text>
        Good: <path d="M4 9h12v-6z"/>
        Mend: Turn text and effects into paths, or export the drawing as PDF/X-4.
        """,
    ),
    Rule(
        REACHES_OUT,
        "picture-reaches-out",
        "art",
        Severity.ERROR,
        """A picture carries a script or refers to another file.

        Finds scripts, entities, style sheets, links to pictures and to anything else outside the file.

        A card must come out the same on every computer, and a picture has no business to read others' files.

        Bad: <use href="logos.svg#mark"/>
        Good: <use href="#mark"/>
        Mend: Put everything into the one file, and take scripts out of it.
        """,
    ),
    Rule(
        SIZE,
        "picture-without-size",
        "art",
        Severity.ERROR,
        """A picture does not say how large it is, or has no such page.

        Finds SVG files with neither a size nor a viewBox, PDFs whose boxes hold nothing, and pages that are not there.

        Without a size nobody knows how large it is to be printed, and whether it reaches the edges.

        Bad: <svg xmlns="http://www.w3.org/2000/svg">
        Good: <svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="12mm" viewBox="0 0 40 12">
        Mend: Give it a width and a height in mm.
        """,
    ),
    Rule(
        EMPTY,
        "empty-picture",
        "art",
        Severity.ERROR,
        """A drawing has nothing in it that can be seen.

        Finds SVG files without a visible shape.

        The card would stay blank, and nobody would know why.

        Bad: A file in which everything is hidden.
        Good: The same file with its layer shown.
        Mend: Save it again from the program that made it.
        """,
    ),
    Rule(
        INK,
        "too-much-ink-in-picture",
        "art",
        Severity.ERROR,
        """A picture in CMYK puts down more ink than the paper bears.

        Finds CMYK pictures and colours whose total is over the limit of the printing condition (300 % for coated
        paper, 280 % for uncoated, unless its condition says otherwise). RGB pictures never have it: they are converted
        below the limit.

        Ink that cannot dry comes off on the back of the next card.

        Bad: A photograph separated for 360 %.
        Good: The same photograph in RGB, or separated for the condition that it is printed under.
        Mend: Give the RGB picture and let it be converted, or separate it again.
        """,
    ),
    Rule(
        PROFILE,
        "stray-colour-profile",
        "art",
        Severity.WARNING,
        """A picture's colour profile cannot be used.

        Finds PNG and JPEG files whose embedded ICC profile is damaged or is for another kind of colour than the
        pixels. They are then taken as sRGB.

        The colours may come out other than they looked when the picture was made.

        Bad: An RGB picture with a CMYK profile.
        Good: The same picture with sRGB, or with the profile of its camera.
        Mend: Save it again as sRGB.
        """,
    ),
    Rule(
        ANNOTATIONS,
        "annotations-left-out",
        "art",
        Severity.WARNING,
        """A PDF has annotations, and they are not printed.

        Finds stamps, notes, form fields and drawings that lie on the page without belonging to it. Links are not
        counted.

        A viewer shows them, so that one may think that they will be on the card.

        Bad: A logo placed on the page with "add stamp".
        Good: A page that contains the logo itself.
        Mend: Flatten annotations into the page, or take them off.
        """,
    ),
    Rule(
        OTHER_PRESS,
        "inks-for-another-press",
        "art",
        Severity.WARNING,
        """A picture's inks were made for another press.

        Finds CMYK pictures, and CMYK in PDFs, whose profile or output intent is for another printing condition than
        the one that the card is printed under.

        CMYK says how much of each ink is laid down and not what it looks like. Inks are kept as they are, since a
        black that is one plate would become four, and look a little different from what the maker saw.

        Bad: A photograph made for 'U.S. Web Coated (SWOP) v2' on a card that is printed as FOGRA39.
        Good: The same photograph in RGB, or made for FOGRA39.
        Mend: Give the RGB picture, or have it separated for the condition of the card.
        """,
    ),
)
