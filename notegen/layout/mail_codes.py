"""What can be wrong with an envelope or a label, and the manual of each finding."""

from __future__ import annotations

from notegen.model.diagnostic import Severity
from notegen.model.rule import Rule

TOO_LONG = "M201"
CHARACTER = "M202"
NO_ADDRESS = "M203"
HANDWRITTEN = "M204"
NO_BARCODE = "M205"
CLASS = "M206"
NO_SENDER = "M207"
SENDER_TOO_LONG = "M208"

RULES: tuple[Rule, ...] = (
    Rule(
        TOO_LONG,
        "address-does-not-fit",
        "mail",
        Severity.ERROR,
        """An address does not fit on its envelope or label at the least size that the post reads.

        Finds addresses that stay too long or too high for their place, even in the smallest type that the country's
        post asks for and with lines broken at spaces. The place is what the post's zones leave: nothing is pushed into
        the postage, the codes along the lower edge or the return address.

        An address that runs into these zones is sorted by hand, or comes back with a yellow label.

        Bad: Nine lines on a label of 25 mm.
        Good: The same nine lines on an envelope, or the four that the post needs on the label.
        Mend: Leave out what the post does not need, write the lines yourself under `address.lines`, or take a larger
        envelope or label.
        """,
    ),
    Rule(
        CHARACTER,
        "letter-missing",
        "mail",
        Severity.ERROR,
        """A line of an envelope or a label has a character that plain type has no letter for.

        Finds characters of lines to be printed, the sender's too, that no face of plain type can draw: emoji, rare
        scripts, private signs.

        They would be printed as empty boxes, which neither a machine nor a person can read.

        Bad: 14 Quarry Road 🏠
        Good: 14 Quarry Road
        Mend: Write the address in letters that the post of its country uses.
        """,
    ),
    Rule(
        NO_ADDRESS,
        "address-empty",
        "mail",
        Severity.ERROR,
        """There is nothing to put on an envelope or a label besides a name.

        Finds envelopes and labels that would have a single line.

        A card without an envelope waits on a desk until somebody looks the address up, or is forgotten.

        Bad: customer: {name: Ana Reyes}
        Good: customer: {name: Ana Reyes, address: {street: 14 Quarry Road, city: Alder Bend, postcode: "54999"}}
        Mend: Add `customer.address`, or leave the customer out with --only.
        """,
    ),
    Rule(
        HANDWRITTEN,
        "handwritten-address",
        "mail",
        Severity.WARNING,
        """The addresses are written by hand, which the posts' machines are not made to read.

        Finds envelopes whose address is drawn in a hand and not set in plain type. Deutsche Post asks to
        avoid handwriting, slanted and decorated type; the United States Postal Service prefers sans-serif type of at
        least 8 point.

        The mail arrives, but may be sorted by a person and take longer, and it may not go at rates for machinable mail.

        Bad: notegen envelopes customers.yaml -o envelopes.pdf --handwritten, for a mailing at automation rates
        Good: notegen envelopes customers.yaml -o envelopes.pdf
        Mend: Leave --handwritten away; the note inside is written by hand all the same.
        """,
    ),
    Rule(
        NO_BARCODE,
        "no-barcode",
        "mail",
        Severity.WARNING,
        """An envelope that was to carry an Intelligent Mail barcode has none.

        Finds addresses that the barcode of the United States Postal Service cannot route: those outside of the United
        States, and those whose ZIP does not have 5, 9 or 11 digits.

        In a mailing at automation rates each piece needs its barcode; one without pays more or is refused.

        Bad: postcode: "5499"
        Good: postcode: "54999-1234"
        Mend: Correct the ZIP, or mail this piece by itself.
        """,
    ),
    Rule(
        CLASS,
        "mail-class",
        "mail",
        Severity.WARNING,
        """An envelope of this size is not the ordinary letter of the post it is handed to.

        Finds envelopes whose size or proportion keeps them out of the class of ordinary, machinable letters.

        A square envelope pays a surcharge in the United States and counts as a large letter in Germany; with a plain
        stamp on it the reader is asked to pay the rest.

        Bad: A square envelope of 140 x 140 mm from the United States.
        Good: An A7 envelope, 184 x 133 mm.
        Mend: Take another envelope, or more postage; `notegen mailcheck` says which limit it breaks.
        """,
    ),
    Rule(
        NO_SENDER,
        "no-return-address",
        "mail",
        Severity.WARNING,
        """The envelopes have no return address, because the shop does not say its own.

        Finds shops without `shop.address` when envelopes are made and nobody said --no-return.

        A card whose address is wrong comes back to the sender only when it says who that is; otherwise nobody learns
        that it never arrived.

        Bad: shop: {name: Sorrel Creek Auto}
        Good: shop: {name: Sorrel Creek Auto, address: {street: 1 Main Street, city: Alder Bend, postcode: "54999"}}
        Mend: Add `address:` under `shop:` in notegen.yaml, or say --no-return for envelopes with a printed address.
        """,
    ),
    Rule(
        SENDER_TOO_LONG,
        "return-address-does-not-fit",
        "mail",
        Severity.ERROR,
        """The shop's own address does not fit beside the postage or on the flap, at the least size that it has.

        Finds return addresses that stay too broad or too high for the upper left of the envelope, or for its flap, at 7
        point.

        It would run into the postage or the address, and a machine might take it for where the mail goes.

        Bad: A name of 90 letters on a C6 envelope.
        Good: The name that the shop goes by, the street, the town.
        Mend: Shorten `shop.address`, print it on the flap (--flap), or take a larger envelope.
        """,
    ),
)
