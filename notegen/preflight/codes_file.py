"""Rules about a PDF as a file: whether it is whole, what it says it is, and what it may not hold."""

from __future__ import annotations

from notegen.model.diagnostic import Severity
from notegen.model.rule import Rule
from notegen.preflight.manual import PRINTERS, rule

ERROR, WARNING = Severity.ERROR, Severity.WARNING
SYNTAX = "The PDF standard asks for it."

RULES: tuple[Rule, ...] = (
    rule(
        "P100",
        "not-a-pdf",
        ERROR,
        "The file is not a PDF.",
        finds="files that do not begin with the mark of a PDF within their first 1,024 bytes, and empty ones.",
        why="Nothing else can be said about them, and a printer cannot open them.",
        bad="PK (a zip archive called cards.pdf)",
        good="%PDF-1.6",
        mend="Name the PDF itself; a PDF that came by e-mail may have been packed on the way.",
        source=SYNTAX,
    ),
    rule(
        "P101",
        "damaged-file",
        ERROR,
        "The file is damaged, and readers have to guess what it meant.",
        finds=(
            "files that were cut short, whose table of objects is not where it should be, or whose objects "
            "cannot be read. What can be mended is mended for the other checks. Slips of the table that every reader "
            "takes alike are warnings."
        ),
        why=(
            "Viewers mend such files in silence, each in its own way; a press that mends it otherwise prints otherwise."
        ),
        bad="startxref 9, with the table at 48,213",
        good="startxref 48213",
        mend="Write the file anew, or send it again: it was probably cut short on its way.",
        source=SYNTAX,
    ),
    rule(
        "P102",
        "encrypted",
        ERROR,
        "The file is encrypted, with a password or without.",
        finds="files that need a password to be opened, and those that are encrypted with an empty one.",
        why="A press works without anybody there to type a password, and may not change what it may not open.",
        bad="Encrypt in the trailer",
        good="no Encrypt in the trailer",
        mend="Save the file without any protection.",
    ),
    rule(
        "P103",
        "damaged-stream",
        ERROR,
        "A stream's bytes are not those that were written.",
        finds=(
            "streams packed with Flate that do not unpack, end too soon, or whose sum does not agree; groups "
            "of objects and tables of objects packed in this way too; streams packed in a way that PDF does not "
            "have; pictures with too few bytes, and JPEGs that are none, are cut short or have another size."
        ),
        why="A changed byte in a page drops or moves everything after it, and most viewers say nothing.",
        bad="a page's stream with one byte changed",
        good="a page's stream as it was written",
        mend="Write the file anew, or send it again.",
        source=SYNTAX,
    ),
    rule(
        "P104",
        "pdf-version",
        ERROR,
        "The file is of a later version of PDF than PDF/X-4 is made of.",
        finds=(
            "versions after 1.6, in the header or in the catalogue: 1.7 is a warning, 2.0 an error. For files "
            "that call themselves PDF/X-1a or X-3 the limits are 1.3 and 1.4."
        ),
        why="A press may refuse the file, or pass over what its own version does not know.",
        bad="%PDF-2.0",
        good="%PDF-1.6",
        mend="Save the file as PDF/X-4.",
    ),
    rule(
        "P105",
        "file-identifier",
        ERROR,
        "The file has no identifier.",
        finds="files without an ID of two parts in their trailer.",
        why="Workflows at printers tell files apart by it; without, a corrected file may be taken for the old one.",
        bad="trailer << /Size 40 /Root 1 0 R >>",
        good="trailer << /Size 40 /Root 1 0 R /ID [<3a…> <3a…>] >>",
        mend="Save the file with a program that writes PDF/X.",
    ),
    rule(
        "P107",
        "no-pages",
        ERROR,
        "The file has no pages that can be found.",
        finds="files whose tree of pages is empty or cannot be followed.",
        why="There is nothing to print.",
        bad="/Kids []",
        good="/Kids [5 0 R]",
        mend="Write the file anew.",
        source=SYNTAX,
    ),
    rule(
        "P110",
        "output-intent",
        ERROR,
        "The file does not say for what press it was made.",
        finds=(
            "files without an output intent of the kind GTS_PDFX, with more than one, or with one that does "
            "not name its printing condition."
        ),
        why="The same CMYK figures are different colours on different presses; the intent says which were meant.",
        bad="no OutputIntents",
        good="/OutputIntents [<< /S /GTS_PDFX /OutputConditionIdentifier (CGATS TR 006) … >>]",
        mend="Write the file with an output intent: `notegen batch --for press` does.",
    ),
    rule(
        "P111",
        "output-profile",
        ERROR,
        "The output intent's profile is missing or is not that of a press.",
        finds=(
            "output intents without a profile, profiles of another class than 'prtr', and those whose number "
            "of colours is not what the file says."
        ),
        why="A press cannot prove colours with a profile that describes a scanner or a screen.",
        bad="a profile of class 'scnr'; /N 3 for a CMYK profile",
        good="a profile of class 'prtr' with /N 4",
        mend="Embed the output profile of the printing condition, as the printer names it.",
    ),
    rule(
        "P112",
        "no-xmp",
        ERROR,
        "The file has no XMP packet, or one that cannot be read.",
        finds="files whose catalogue has no Metadata stream, and streams that are no good XML.",
        why="PDF/X-4 says in this packet that it is PDF/X-4; without it the file is an ordinary PDF to a printer.",
        bad="no Metadata in the catalogue",
        good="/Metadata 12 0 R, an XMP packet",
        mend="Save the file with a program that writes PDF/X-4.",
    ),
    rule(
        "P113",
        "pdfx-version",
        ERROR,
        "The file does not say that it is PDF/X-4, or says that it is something else.",
        finds=(
            "XMP packets without pdfxid:GTS_PDFXVersion, and those with a value that is neither PDF/X-4 nor PDF/X-5."
        ),
        why="Printers sort files by it.",
        bad="no pdfxid:GTS_PDFXVersion",
        good="<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>",
        mend="Save the file as PDF/X-4.",
    ),
    rule(
        "P114",
        "metadata-disagrees",
        ERROR,
        "The file says two different things about itself.",
        finds=(
            "titles, authors, programs, dates and trapping that are one thing in the Info dictionary and "
            "another in the XMP packet. Dates are compared as moments, whatever their time zones."
        ),
        why=(
            "It is the sign of a file that was changed by a program that does not know PDF/X; what else it "
            "changed is anybody's guess."
        ),
        bad="CreationDate 2026-03-04 and xmp:CreateDate 2025-03-04",
        good="the same moment in both",
        mend="Save the file anew from the program that made it.",
    ),
    rule(
        "P115",
        "trapped",
        ERROR,
        "The file does not say whether its colours overlap a little where they meet.",
        finds="Info dictionaries without Trapped, or with a value other than True and False.",
        why="A press traps a file that has not been trapped, and must not do it twice.",
        bad="/Trapped /Unknown",
        good="/Trapped /False",
        mend="Set Trapped to False, unless the file was trapped.",
    ),
    rule(
        "P116",
        "lzw",
        ERROR,
        "A stream is packed with LZW.",
        finds="streams and inline pictures packed with LZW.",
        why="PDF/X left this method out, because it was patented; some presses cannot unpack it to this day.",
        bad="/Filter /LZWDecode",
        good="/Filter /FlateDecode",
        mend="Save the file anew; every program uses Flate now.",
    ),
    rule(
        "P117",
        "action",
        ERROR,
        "The file does something by itself: an action, a script, a form to fill in.",
        finds="JavaScript, actions of every kind, those that start when a file or page is opened, and forms.",
        why="A press prints; what would happen when somebody looks at the file is not what the customer saw.",
        bad="/OpenAction << /S /JavaScript /JS (…) >>",
        good="no actions",
        mend="Print the file to PDF/X, without links, forms and scripts.",
    ),
    rule(
        "P118",
        "embedded-file",
        ERROR,
        "Another file is inside the file.",
        finds="embedded files and lists of associated files.",
        why="Printers' mail filters stop such files, and what is inside is not printed.",
        bad="/Names << /EmbeddedFiles … >>",
        good="no embedded files",
        mend="Send other files beside the PDF.",
    ),
    rule(
        "P119",
        "layers",
        WARNING,
        "The file has layers that can be shown and hidden.",
        finds="optional content, which PDF/X-4 allows and the older standards do not.",
        why="Which layers are printed depends on the press; a hidden guide may turn up on the card.",
        bad="/OCProperties with a layer 'die line'",
        good="one layer, or none",
        mend="Flatten the layers into those that are to be printed.",
    ),
    rule(
        "P106",
        "metadata-lacking",
        WARNING,
        "The file does not say all that PDF/X wants to know.",
        finds=(
            "files without a title, and XMP packets without the dates and the identifiers of the document "
            "that PDF/X-4 lists."
        ),
        why="A strict check at a printer's stops the file, though it would print.",
        bad="no xmpMM:DocumentID",
        good="xmpMM:DocumentID, VersionID and RenditionClass",
        mend="Save the file with a program that writes PDF/X-4.",
    ),
    rule(
        "P108",
        "packed-xmp",
        WARNING,
        "The XMP packet is packed.",
        finds="Metadata streams with a filter.",
        why="Programs look for the packet in the raw file, and PDF/X wants it in plain text.",
        bad="/Type /Metadata /Filter /FlateDecode",
        good="/Type /Metadata, without a filter",
        mend="Write the Metadata stream without a filter.",
    ),
    rule(
        "P109",
        "print-scaling",
        WARNING,
        "The file does not ask a desktop printer to leave its size alone.",
        finds="files for a desktop printer whose viewer preferences do not have PrintScaling None.",
        why=(
            "Most print dialogues shrink a page to about 96 per cent unless they are told; labels and folds "
            "then miss their places."
        ),
        bad="no ViewerPreferences",
        good="/ViewerPreferences << /PrintScaling /None >>",
        mend="Choose 'actual size' in the print dialogue, or write the file with `notegen batch --for desktop`.",
        source=PRINTERS,
    ),
)
