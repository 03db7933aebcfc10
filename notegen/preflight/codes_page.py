"""Rules about pages and type: boxes, bleed, groups, fonts, and where text stands."""

from __future__ import annotations

from notegen.model.diagnostic import Severity
from notegen.model.rule import Rule
from notegen.preflight.manual import PRINTERS, rule

ERROR, WARNING = Severity.ERROR, Severity.WARNING

RULES: tuple[Rule, ...] = (
    rule(
        "P120",
        "no-trim-box",
        ERROR,
        "A page does not say where it is cut.",
        finds="pages with neither a TrimBox nor an ArtBox.",
        why="The cutter goes by the TrimBox; without it somebody at the printer's measures, or guesses.",
        bad="/MediaBox alone",
        good="/MediaBox [0 0 414 324] /TrimBox [9 9 405 315]",
        mend="Write the finished size of the card as TrimBox.",
    ),
    rule(
        "P121",
        "trim-and-art",
        ERROR,
        "A page has both a TrimBox and an ArtBox.",
        finds="pages with both boxes.",
        why="Each says how large the finished page is, and the two need not agree.",
        bad="/TrimBox [9 9 405 315] /ArtBox [20 20 390 300]",
        good="/TrimBox [9 9 405 315]",
        mend="Take the ArtBox out.",
    ),
    rule(
        "P122",
        "no-bleed-box",
        ERROR,
        "A page does not say how far its artwork runs over the cut.",
        finds="pages without a BleedBox.",
        why="The standard would let the bleed be the whole sheet; printers want to know it to the millimetre.",
        bad="/TrimBox alone",
        good="/BleedBox [0.5 0.5 413.5 323.5] /TrimBox [9 9 405 315]",
        mend="Write a BleedBox 3 mm outside the TrimBox.",
        source=PRINTERS,
    ),
    rule(
        "P123",
        "boxes-out-of-order",
        ERROR,
        "A box of a page reaches out of the one around it.",
        finds=(
            "a TrimBox, ArtBox or BleedBox outside the MediaBox, a TrimBox or ArtBox outside the BleedBox, "
            "and a CropBox that cuts into the trim."
        ),
        why="What lies outside the MediaBox does not exist; a card would be printed with a strip missing.",
        bad="/MediaBox [0 0 396 306] /TrimBox [0 0 405 315]",
        good="trim within bleed within media",
        mend="Make the page larger, or the boxes smaller.",
    ),
    rule(
        "P124",
        "narrow-bleed",
        WARNING,
        "The bleed is narrower than the printer wants.",
        finds=(
            "a BleedBox less than 3 mm (or the stock's bleed) outside the trim. It is an error where artwork "
            "runs off the page, and a warning where nothing does. That a sheet of which nothing runs off has no "
            "bleed at all is said for information."
        ),
        why="Cutters are out by up to 1.5 mm; a narrow bleed leaves a white sliver at the edge of some cards.",
        bad="/BleedBox 1 mm outside /TrimBox",
        good="/BleedBox 3 mm outside /TrimBox",
        mend="Let artwork run 3 mm over the trim and write the BleedBox there.",
        source=PRINTERS,
    ),
    rule(
        "P125",
        "not-the-stock",
        ERROR,
        "The finished page is not of the size of the stock.",
        finds="pages whose trim differs by more than 0.05 mm from the stock that was named, upright or turned.",
        why="A card of another size is refused, or scaled, and does not fit its envelope.",
        bad="a trim of 139.7 x 107 mm for us-a2",
        good="a trim of 139.7 x 107.95 mm for us-a2",
        mend="Make the page in the size of its stock: `notegen stock show NAME` has the measures.",
        source=PRINTERS,
    ),
    rule(
        "P126",
        "wrong-blending",
        ERROR,
        "Transparent things are blended in another space than that of the press.",
        finds="groups of pages and forms whose colour space is not of the same kind as the output intent.",
        why=(
            "What is blended in RGB is converted to CMYK afterwards: black type becomes four colours, spot "
            "colours shift."
        ),
        bad="/Group << /S /Transparency /CS /DeviceRGB >>",
        good="/Group << /S /Transparency /CS /DeviceCMYK >>",
        mend="Choose CMYK as the blending space of the document.",
    ),
    rule(
        "P127",
        "no-page-group",
        WARNING,
        "A page does not say in what space it blends.",
        finds="pages without a transparency group, or with one that has no colour space.",
        why="It matters only where something shines through; each program then takes the space that it likes.",
        bad="no Group",
        good="/Group << /S /Transparency /CS /DeviceCMYK >>",
        mend="Give each page a group with CS DeviceCMYK.",
        source=PRINTERS,
    ),
    rule(
        "P128",
        "turned-page",
        WARNING,
        "A page is turned, or measured in other units.",
        finds="pages with Rotate or UserUnit.",
        why="Imposing programs differ in whether they heed these; a back may come out head down.",
        bad="/Rotate 90",
        good="a page written the way it is to be printed",
        mend="Write pages upright, in points.",
        source=PRINTERS,
    ),
    rule(
        "P129",
        "annotation",
        ERROR,
        "An annotation lies on the card.",
        finds=(
            "links, comments, form fields and other annotations that touch the bleed; printers' marks and "
            "trapping may be there."
        ),
        why="Whether an annotation is printed depends on the press; a yellow note on a thank-you card is a surprise.",
        bad="/Annots [<< /Subtype /Link … >>]",
        good="no Annots",
        mend="Take comments and links out before you export.",
    ),
    rule(
        "P146",
        "no-media-box",
        ERROR,
        "A page has no size.",
        finds="pages without a MediaBox that can be read, their own or one of the nodes above.",
        why="There is nothing to print on.",
        bad="/MediaBox [0 0 0 0]",
        good="/MediaBox [0 0 414 324]",
        mend="Write the file anew.",
        source="The PDF standard asks for it.",
    ),
    rule(
        "P130",
        "font-not-embedded",
        ERROR,
        "A font is not in the file.",
        finds=(
            "text, in pages and in forms, in fonts whose programs are not embedded. A font that is listed and "
            "not used is a warning."
        ),
        why="The press sets the text in whatever font it has; letters change, and lines break elsewhere.",
        bad="/BaseFont /Helvetica, without a FontFile",
        good="/BaseFont /ABCDEF+Caveat with /FontFile2",
        mend="Export with all fonts embedded.",
    ),
    rule(
        "P131",
        "missing-glyph",
        ERROR,
        "A font has nothing to show for a character that is shown.",
        finds=(
            "characters that end at the glyph .notdef, or at a number beyond the last glyph, by following "
            "each code through the font's encoding and into its program; in fonts of Type 3, characters without "
            "a letter."
        ),
        why="The reader sees a box, or a gap in their own name.",
        bad="<0000> Tj",
        good="<0024> Tj",
        mend="Choose a font that has the character.",
    ),
    rule(
        "P132",
        "two-subsets",
        WARNING,
        "One font is in the file more than once, each time with other letters.",
        finds="fonts that were used and whose names differ in the tag of the subset alone.",
        why=(
            "It is what joining single cards into one file leaves behind: presses load every copy, and a "
            "batch of thousands chokes them."
        ),
        bad="/ABCDEF+Caveat and /GHIJKL+Caveat",
        good="/ABCDEF+Caveat, used by every page",
        mend="Write all cards into one file at once instead of joining files.",
        source=PRINTERS,
    ),
    rule(
        "P133",
        "damaged-font",
        ERROR,
        "The program of a font cannot be read.",
        finds="embedded fonts that cannot be unpacked or whose tables are missing or cut short.",
        why="The press puts another font in its place, or stops.",
        bad="a FontFile2 without the table 'glyf'",
        good="a FontFile2 with head, maxp, loca and glyf",
        mend="Export the file anew, from another copy of the font if need be.",
    ),
    rule(
        "P134",
        "type-3-font",
        WARNING,
        "A font's letters are little drawings.",
        finds="fonts of Type 3 that were used.",
        why="They are printed without the care that type gets: coarser at small sizes, and slowly.",
        bad="/Subtype /Type3",
        good="/Subtype /Type0 with an embedded program",
        mend="Use the font as TrueType or OpenType.",
        source=PRINTERS,
    ),
    rule(
        "P135",
        "no-unicode",
        WARNING,
        "A font does not say which letters its codes stand for.",
        finds="fonts that were used and have no ToUnicode, unless their encoding is one of the well-known ones.",
        why="It prints, but nobody can search the file or check a name in it.",
        bad="/Encoding /Identity-H without /ToUnicode",
        good="/Encoding /Identity-H with /ToUnicode",
        mend="Export with a program that writes ToUnicode.",
        source="PDF/A asks for it, and people who check proofs do.",
    ),
    rule(
        "P136",
        "text-outside-safe-area",
        ERROR,
        "Text stands too near to the edge that is cut.",
        finds=(
            "letters whose outlines come within the safe distance of the trim. It needs `--stock` or "
            "`--safe`. Outlines are measured in the font; where that cannot be, the room of the line is. Text "
            "outside the bleed, in the slug, is let pass."
        ),
        why="Cutters are out by up to 1.5 mm; a letter at the edge looks like a mistake even when it is not cut.",
        bad="a name 1 mm from the trim",
        good="a name 6.35 mm from the trim",
        mend="Move the text in, or write smaller.",
        source=PRINTERS,
    ),
    rule(
        "P137",
        "text-on-fold",
        WARNING,
        "Text lies across a fold.",
        finds="letters on the fold of the stock that was named.",
        why="Toner and ink crack where a card is creased.",
        bad="a line of text across the spine",
        good="text on one panel",
        mend="Keep text on one side of the fold.",
        source=PRINTERS,
    ),
    rule(
        "P138",
        "small-type-on-several-plates",
        WARNING,
        "Small type is printed on more than one plate.",
        finds="type under 9 points in a colour that needs two plates or more.",
        why="Plates never fit on each other exactly; the strokes of small type get coloured fringes.",
        bad="type of 7 pt in 60/40/40/100",
        good="type of 7 pt in 0/0/0/100",
        mend="Set small type in black alone, or in one spot colour.",
        source=PRINTERS,
    ),
)
