"""Rules about ink, pictures, and the streams that draw them."""

from __future__ import annotations

from notegen.model.diagnostic import Severity
from notegen.model.rule import Rule
from notegen.preflight.manual import PRINTERS, rule

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
SYNTAX = "The PDF standard asks for it."

RULES: tuple[Rule, ...] = (
    rule(
        "P140",
        "device-rgb",
        ERROR,
        "Something is painted in a space that the press does not have.",
        finds=(
            "text, lines and areas in DeviceRGB where the output intent is CMYK (or the other way round), "
            "without a default space that gives them a profile."
        ),
        why="The press converts it in its own way: black becomes four colours, blue becomes purple.",
        bad="1 0 0 rg",
        good="0 .9 .85 0 k",
        mend="Convert to CMYK with the profile of the output intent.",
    ),
    rule(
        "P141",
        "rgb-picture",
        ERROR,
        "A picture is in a space that the press does not have.",
        finds="pictures in DeviceRGB where the output intent is CMYK, or the other way round.",
        why="The press converts it in its own way, and skin and skies come out otherwise than on the proof.",
        bad="/ColorSpace /DeviceRGB",
        good="/ColorSpace /DeviceCMYK",
        mend="Convert the picture with the profile of the output intent.",
    ),
    rule(
        "P142",
        "colour-for-conversion",
        WARNING,
        "A colour is left to the printer to convert.",
        finds="text, areas and pictures in RGB with a profile, in CalRGB or in Lab. PDF/X-4 allows them.",
        why=(
            "It is legal and usually goes well; but how much ink it makes is not known, and black may become "
            "four colours."
        ),
        bad="/ColorSpace [/ICCBased …] with three colours",
        good="/ColorSpace /DeviceCMYK",
        mend="Convert it yourself when the exact ink matters.",
        source=PRINTERS,
    ),
    rule(
        "P143",
        "too-much-ink",
        ERROR,
        "There is more ink on top of itself than the paper bears.",
        finds=(
            "colours, gradients and pictures whose plates add up to more than the limit: 300 % unless `--tac` "
            "says otherwise. Flat colours are added up exactly; of pictures, the twentieth of a per cent with "
            "the most ink is passed over. What lies on top of something else and lets it shine through is not "
            "added up."
        ),
        why="Too much ink does not dry: it sets off on the back of the next sheet.",
        bad="1 1 1 1 k",
        good=".6 .4 .4 1 k",
        mend="Convert with a profile of lower total ink, or ask the printer for theirs.",
        source=PRINTERS,
    ),
    rule(
        "P144",
        "white-overprint",
        ERROR,
        "Something white is set to overprint.",
        finds="text, lines and areas in white, or a spot colour of 0 %, with overprint on.",
        why=(
            "White ink that overprints leaves what is below: the white text is gone, on the press and not on "
            "the screen."
        ),
        bad="/op true with 0 0 0 0 k",
        good="/op false with 0 0 0 0 k",
        mend="Set white objects to knock out.",
        source=PRINTERS,
    ),
    rule(
        "P145",
        "spot-colour",
        ERROR,
        "A spot colour is in the file that nobody ordered.",
        finds="spot colours that `--spot` does not name; without that option they are named for information.",
        why="Each is one plate more, and is charged; 'Pantone 286 C' and 'PANTONE 286 C' are two.",
        bad="PANTONE 286 C beside Pantone 286 C",
        good="PANTONE 286 C, as ordered",
        mend="Rename it, convert it to CMYK, or name it with --spot.",
        source=PRINTERS,
    ),
    rule(
        "P147",
        "spot-described-twice",
        ERROR,
        "One spot colour is described in two ways.",
        finds="spot colours of one name whose stand-ins for proofs differ.",
        why="It is one plate, and two colours on the proof: one of them is wrong.",
        bad="Blue as 1 .7 0 0 and Blue as 1 .8 .1 .2",
        good="Blue as 1 .8 .1 .2, everywhere",
        mend="Take the colour from one library throughout.",
    ),
    rule(
        "P148",
        "transfer-curve",
        ERROR,
        "The file changes how much ink its tints make.",
        finds="transfer functions (TR, and TR2 other than Default) and halftone phases.",
        why="The press has curves of its own; both together make tints too light or too dark.",
        bad="/TR 12 0 R",
        good="no TR",
        mend="Take the curve out; put its effect into the picture instead.",
    ),
    rule(
        "P149",
        "registration-colour",
        ERROR,
        "Something inside the trim is printed on every plate.",
        finds="the colour All, which is for cut marks and crosses, on the card itself.",
        why="It lays down every ink at once: 400 % and more, which does not dry.",
        bad="/Separation /All for a line on the card",
        good="/Separation /All for marks outside the bleed",
        mend="Use black.",
        source=PRINTERS,
    ),
    rule(
        "P150",
        "hairline",
        ERROR,
        "A line is thinner than a press can hold.",
        finds=(
            "strokes and filled rectangles thinner than 0.25 pt as they are placed, and strokes of width 0. "
            "Where a map stretches unevenly its thinnest direction counts."
        ),
        why="Width 0 is the thinnest that a device can do: visible on an office printer, gone on a press.",
        bad="0 w",
        good="0.25 w",
        mend="Make the line at least 0.25 pt, or delete it.",
        source=PRINTERS,
    ),
    rule(
        "P151",
        "low-resolution",
        ERROR,
        "A picture has too few pixels for the size at which it is printed.",
        finds="pictures under 300 dpi as they are placed, by width or by height, whatever they say of themselves.",
        why="Pixels become visible below about 250 dpi, on paper and not on a screen.",
        bad="600 pixels across 5 inches",
        good="1,500 pixels across 5 inches",
        mend="Use a larger original, or print it smaller.",
        source=PRINTERS,
    ),
    rule(
        "P152",
        "artwork-stops-at-trim",
        ERROR,
        "Artwork goes up to the cut and not over it.",
        finds=(
            "filled areas, pictures, gradients and broad lines with an edge from 0.3 mm inside the trim to "
            "0.1 mm short of the bleed, where nothing else goes on over the edge. Areas are judged by their "
            "boxes, and white ones are let pass."
        ),
        why="Cutters are out by up to 1.5 mm: a white sliver shows at the edge of some cards.",
        bad="a background from trim to trim",
        good="a background from bleed to bleed",
        mend="Let the artwork run 3 mm over the trim.",
        source=PRINTERS,
    ),
    rule(
        "P153",
        "missing-resource",
        ERROR,
        "A page draws something that the file does not hold.",
        finds=(
            "fonts, pictures, forms, colour spaces, gradients, patterns and graphics states that are named by "
            "a stream and are not among its resources; pages whose contents are no stream."
        ),
        why="It is left out in silence, and a part of the card is missing.",
        bad="/Logo Do, without /Logo in the resources",
        good="/Logo Do, with /Logo in the resources",
        mend="Export the file anew.",
        source=SYNTAX,
    ),
    rule(
        "P154",
        "unknown-operator",
        ERROR,
        "A page holds a command that does not exist.",
        finds="words in a stream that are no operator of PDF, outside of passages that allow for them.",
        why="A press stops, or passes over it and what belongs to it.",
        bad="0 0 m 10 10 ln S",
        good="0 0 m 10 10 l S",
        mend="Export the file anew.",
        source=SYNTAX,
    ),
    rule(
        "P155",
        "unbalanced",
        ERROR,
        "A page opens what it does not close, or closes what it has not opened.",
        finds="q without Q, BT without ET and the other way round; for marked content it is a warning.",
        why="What a page leaves open changes what the press puts behind it: marks, the next card on the sheet.",
        bad="q 1 0 0 1 9 9 cm",
        good="q 1 0 0 1 9 9 cm Q",
        mend="Export the file anew.",
        source=SYNTAX,
    ),
    rule(
        "P156",
        "foreign-object",
        ERROR,
        "The file calls for something from outside, or for PostScript.",
        finds=(
            "OPI, PostScript objects, other versions of pictures (Alternates) and forms that stand for pages "
            "of other files."
        ),
        why="What is printed then depends on what the press finds, and not on the file.",
        bad="/Alternates [<< /Image 9 0 R >>]",
        good="the picture itself",
        mend="Embed what is to be printed.",
    ),
    rule(
        "P157",
        "draws-itself",
        ERROR,
        "A form draws itself.",
        finds="forms, patterns and Type 3 letters that draw themselves, directly or through others.",
        why="A press that does not look out for it never ends.",
        bad="a form X with /X Do",
        good="forms that draw others only",
        mend="Export the file anew.",
        source=SYNTAX,
    ),
    rule(
        "P158",
        "bad-syntax",
        ERROR,
        "A page's stream cannot be read as it stands.",
        finds=(
            "operators with too few, too many or the wrong operands, colours with too few or too many figures for "
            "their space, text without a font, and bytes that are no PDF."
        ),
        why="Each viewer guesses in its own way; the press may guess otherwise.",
        bad="0 0 10 re f",
        good="0 0 10 10 re f",
        mend="Export the file anew.",
        source=SYNTAX,
    ),
    rule(
        "P159",
        "halftone",
        ERROR,
        "The file brings a screen of its own.",
        finds=(
            "halftones other than the default: those of a kind or with a name that PDF/X forbids are errors, "
            "others warnings."
        ),
        why="Screens belong to the press and its plates.",
        bad="/HT << /HalftoneType 6 … >>",
        good="/HT /Default, or none",
        mend="Take the halftone out.",
    ),
    rule(
        "P160",
        "transparency",
        ERROR,
        "Something shines through, and the standard that the file names does not allow it.",
        finds="opacity, blend modes and soft masks in files that call themselves PDF/X-1a or PDF/X-3.",
        why="A press that was promised a flat file prints what is transparent as if it were not.",
        bad="/ca .5 in a PDF/X-1a file",
        good="/ca .5 in a PDF/X-4 file",
        mend="Save it as PDF/X-4, or flatten it.",
        source="PDF/X-1a and PDF/X-3 forbid it.",
    ),
)
