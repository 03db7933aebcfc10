"""What can be wrong with an address, and the manual of each finding."""

from __future__ import annotations

from notegen.model.diagnostic import Severity
from notegen.model.rule import Rule

NONE = "M101"
PART = "M102"
POSTCODE = "M103"
COUNTRY = "M104"
ZERO = "M105"
REGION = "M106"
ELSEWHERE = "M107"
JUNK = "M108"
CHARACTER = "M109"
NAMELESS = "M110"
TALL = "M111"
LONG = "M112"
BLANK = "M113"
NOT_POSTAL = "M114"
COUNTRIES = "M115"
NO_REGION = "M116"
NOT_VERTICAL = "M117"


def _error(code: str, name: str, manual: str) -> Rule:
    return Rule(code, name, "address", Severity.ERROR, manual, allowable=False)


def _warning(code: str, name: str, manual: str) -> Rule:
    return Rule(code, name, "address", Severity.WARNING, manual)


_PARTS = (
    _error(
        NONE,
        "no-address",
        """Somebody is to get an envelope or a label, and the facts hold no address.

        Finds customers without anything under `customer.address` when envelopes or labels are made. Cards alone need no
        address.

        The card is written, and then it lies on the desk; or the envelopes are one short and each goes to the next
        customer.

        Bad:
            customer: {name: Ana Reyes}
        Good:
            customer: {name: Ana Reyes, address: {street: 8 Canal Street, city: Troy, region: NY, postcode: "12180"}}
        Mend: Write the address, or take the customer out of this run.
        """,
    ),
    _error(
        PART,
        "address-part",
        """An address lacks a part that its country's post cannot do without.

        Finds addresses without a street, a town or a postcode where the country needs one. A firm may be without a
        street: large ones have a postcode of their own. Lines that were written out are not taken apart.

        The letter goes back to the sender, or waits for somebody who knows the town.

        Bad:
            customer: {name: Ana Reyes, address: {street: 8 Canal Street, region: NY, postcode: "12180"}}
        Good:
            customer: {name: Ana Reyes, address: {street: 8 Canal Street, city: Troy, region: NY, postcode: "12180"}}
        Mend: Add the part; a post office box stands under `street`.
        """,
    ),
    _error(
        POSTCODE,
        "postcode-form",
        """A postcode cannot be one of the country that the address is in.

        Finds postcodes with too many or too few digits, or with letters where the country has none. Whether one exists
        is not known: there is no list of all postcodes here.

        Machines sort by the postcode before anybody reads the town.

        Bad:
            customer: {name: Ana Reyes, address: {street: Hauptstr. 5, city: Bonn, postcode: "5311", country: DE}}
        Good:
            customer: {name: Ana Reyes, address: {street: Hauptstr. 5, city: Bonn, postcode: "53111", country: DE}}
        Mend: Correct it, with its leading zero; or write the country when it is another.
        """,
    ),
    _error(
        COUNTRY,
        "country-name",
        """A country's name is none that is known in any language.

        Finds countries that are neither a code of two or three letters nor a name in one of some sixty languages; the
        nearest name is given.

        Without its country a letter abroad does not leave the sorting hall.

        Bad:
            customer: {name: Ana Reyes, address: {street: 2 Rue Foch, city: Nice, postcode: "06000", country: Frnace}}
        Good:
            customer: {name: Ana Reyes, address: {street: 2 Rue Foch, city: Nice, postcode: "06000", country: France}}
        Mend: Correct it, or write the code of two letters.
        """,
    ),
    _warning(
        ZERO,
        "postcode-zero",
        """A postcode has lost the zero that it began with; it was put back, because the state proves it.

        Finds postcodes that are too short and that are right for the state, or the Italian province, with zeros in
        front. The block has them; the facts are as they were.

        Spreadsheets take postcodes for numbers. What is put back here is lost again in the next export.

        Bad:
            customer: {name: Ana Reyes, address: {street: 2 Elm St, city: Concord, region: MA, postcode: "1742"}}
        Good:
            customer: {name: Ana Reyes, address: {street: 2 Elm St, city: Concord, region: MA, postcode: "01742"}}
        Mend: Write the zero in the facts, and quote the postcode.
        """,
    ),
    _warning(
        REGION,
        "region-missing",
        """An address in a country of states has no state.

        Finds addresses without a state or province in the United States, Canada, Australia, Brazil, Italy and Mexico.

        There are thirty Springfields. The postcode may save the letter, if it is right.

        Bad:
            customer: {name: Ana Reyes, address: {street: 8 Canal Street, city: Troy, postcode: "12180"}}
        Good:
            customer: {name: Ana Reyes, address: {street: 8 Canal Street, city: Troy, region: NY, postcode: "12180"}}
        Mend: Write it under `region`.
        """,
    ),
    _warning(
        ELSEWHERE,
        "postcode-elsewhere",
        """A postcode does not lie in the state that the address names.

        Finds postcodes of the United States, Canada, Australia, Brazil and Italy that begin as no postcode of that
        state or province does.

        One of the two is wrong, and the machine believes the postcode.

        Bad:
            customer: {name: Ana Reyes, address: {street: 8 Canal Street, city: Troy, region: NY, postcode: "97180"}}
        Good:
            customer: {name: Ana Reyes, address: {street: 8 Canal Street, city: Troy, region: NY, postcode: "12180"}}
        Mend: Look the address up, and correct the one that is wrong.
        """,
    ),
    _warning(
        NO_REGION,
        "region-name",
        """A state or province is none of its country's.

        Finds regions of the United States, Canada, Australia, Brazil and Italy that are neither a code nor a name;
        names become the code that the post wants. The nearest is given.

        The post looks for the code at the end of the line, and finds a word.

        Bad:
            customer: {name: Ana Reyes, address: {street: 8 Canal St, city: Troy, region: New Yrok, postcode: "12180"}}
        Good:
            customer: {name: Ana Reyes, address: {street: 8 Canal Street, city: Troy, region: NY, postcode: "12180"}}
        Mend: Correct it; what is no state stands under `district`.
        """,
    ),
)

_WORDS = (
    _error(
        JUNK,
        "address-junk",
        """A part of an address says that nobody knew what to put there.

        Finds "N/A", "same as above", "unknown", "TBD", "xxx" and their like in the parts and lines of an address.

        They would be printed on the envelope.

        Bad:
            customer: {name: Ana Reyes, address: {street: same as above, city: Troy, region: NY, postcode: "12180"}}
        Good:
            customer: {name: Ana Reyes, address: {street: 8 Canal Street, city: Troy, region: NY, postcode: "12180"}}
        Mend: Write what it is, or leave the key out.
        """,
    ),
    _error(
        CHARACTER,
        "address-character",
        """An address has characters that plain type has no letters for.

        Finds characters that neither the plain faces nor those of the bundled hands have. They are named.

        An empty box would stand on the envelope where a letter of the street's name should be.

        Bad:
            customer: {name: Ana Reyes 🎈, address: {street: 8 Canal Street, city: Troy, region: NY, postcode: "12180"}}
        Good:
            customer: {name: Ana Reyes, address: {street: 8 Canal Street, city: Troy, region: NY, postcode: "12180"}}
        Mend: Write the address in Latin letters; posts everywhere read those.
        """,
    ),
    _error(
        NAMELESS,
        "addressee-missing",
        """An address has nobody's name.

        Finds addresses with neither a name nor a company. The name is `customer.name`, or `addressee` under the
        address.

        A letter to a house goes to whoever opens it, or back.

        Bad:
            customer: {address: {street: 8 Canal Street, city: Troy, region: NY, postcode: "12180"}}
        Good:
            customer: {name: Ana Reyes, address: {street: 8 Canal Street, city: Troy, region: NY, postcode: "12180"}}
        Mend: Write `customer.name`.
        """,
    ),
    _warning(
        TALL,
        "address-lines",
        """An address has more lines than posts read.

        Finds blocks of more than seven lines: six, and the country when it is abroad.

        What stands too high is not read by the machine, and a tall block runs out of its zone on a small envelope.

        Bad: name, firm, department, building, floor, street, suburb, town, county, postcode
        Good: name, firm, street, town, postcode
        Mend: Leave out what the postman does not need.
        """,
    ),
    _warning(
        LONG,
        "address-width",
        """A line of an address is longer than its country's post allows.

        Finds lines of more than 38 characters in France, 40 in Canada, 54 in Denmark, 32 in Ireland and 50 elsewhere.

        The line is cut by the machine, or does not fit the envelope in type that it can read.

        Bad: 14 Boulevard du Maréchal de Lattre de Tassigny, escalier B, 3e étage
        Good: Escalier B, 3e étage / 14 Bd du Maréchal de Lattre de Tassigny
        Mend: Put the flat or the building under `street2`; shorten the rest as the post does.
        """,
    ),
    _warning(
        BLANK,
        "address-line-blank",
        """An address that was written out has a blank line.

        Finds blank entries under `address.lines`. They are left out.

        Posts ask for a block without gaps: the machine takes what is above one for something else.

        Bad:
            customer: {name: Ana Reyes, address: {lines: [8 Canal Street, "", Troy NY 12180]}}
        Good:
            customer: {name: Ana Reyes, address: {lines: [8 Canal Street, Troy NY 12180]}}
        Mend: Take the blank line out.
        """,
    ),
    _error(
        NOT_POSTAL,
        "address-contact",
        """An address holds an e-mail address, a telephone number or a web address.

        Finds them in the parts and lines of an address.

        They help no postman, and whoever carries the letter reads them.

        Bad:
            customer: {name: Ana Reyes, address: {lines: [8 Canal Street, Troy NY 12180, "tel. 555-0123"]}}
        Good:
            customer: {name: Ana Reyes, phone: 555-0123, address: {lines: [8 Canal Street, Troy NY 12180]}}
        Mend: Move it to `customer.email` or `customer.phone`.
        """,
    ),
    _error(
        COUNTRIES,
        "address-countries",
        """An address names two countries.

        Finds addresses whose last line is one country and whose `country` is another.

        The post sends the letter to one of them.

        Bad:
            customer: {name: Ana Reyes, address: {lines: [2 Rue Foch, 06000 Nice, France], country: Monaco}}
        Good:
            customer: {name: Ana Reyes, address: {lines: [2 Rue Foch, 06000 Nice], country: France}}
        Mend: Keep the one that is right.
        """,
    ),
    _error(
        NOT_VERTICAL,
        "address-vertical",
        """An address cannot be set from top to bottom.

        Finds addresses for a vertical card or envelope that are not in Japan, are in Latin letters, or were written out
        in lines. The columns are made of `region`, `city`, `street` and `street2`.

        Latin letters would lie on their sides, under seven boxes for a postcode that does not fit.

        Bad:
            customer: {name: Ana Reyes, address: {street: 1-2-3 Marunouchi, city: Chiyoda-ku, region: Tokyo}}
        Good:
            customer: {name: 山田太郎, address: {street: 丸の内1-2-3, city: 千代田区, region: 東京都}}
        Mend: Write the address in Japanese, or have it printed from left to right.
        """,
    ),
)

RULES: tuple[Rule, ...] = tuple(sorted((*_PARTS, *_WORDS), key=lambda rule: rule.code))
