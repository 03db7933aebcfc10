"""What was never meant to be read: placeholders, links, and what mail programs leave behind."""

from __future__ import annotations

from collections.abc import Iterator

from notegen.lint.reading import Found, Reading
from notegen.lint.rules.phrases import found


def leftover_placeholder(reading: Reading) -> Iterator[Found]:
    """A gap in the text was never filled.

    Finds placeholders in any syntax (`{{ name }}`, `<<MODEL>>`, `«Name»`, `[First Name]`, `{first_name}`, `%DATE%`,
    `*|FNAME|*`, `@@x@@`, `${x}`), blanks (`____`), TBD, TODO, XXX and lorem ipsum, empty greetings (`Dear ,`), values
    that leaked from a program (`Dear None`, `['mats', 'rack']`), and the holes they leave (`the , and`, `your is`).

    One unfilled gap tells the reader that a machine wrote this and that nobody read it before it was mailed; nothing
    else in the note is believed after that. It is found in the customer's own facts too, because ink is ink.

    Bad:  Dear [First Name], your <<MODEL>> is ready.
    Good: Dear Ana, the Escape is ready.
    Mend: Fill the gap with a fact, `{{ customer.first_name }}`, or take the sentence out.
    """
    return found(reading, "leftover-placeholder")


def leftover_link(reading: Reading) -> Iterator[Found]:
    """A link, or words that tell the reader to click.

    Finds web addresses with or without `https://`, `mailto:` and its like, Markdown links, "click here", "view in
    browser".

    Paper cannot be clicked. A web address in handwriting says that the text was made for a screen and sent to many.

    Bad:  Visit https://example.com/spring for details, or click here.
    Good: The snow tyres are in bay three whenever you want them.
    Mend: Say in words what the page says, or leave it out.
    """
    return found(reading, "leftover-link")


def mail_leftover(reading: Reading) -> Iterator[Found]:
    """Something left over from an e-mail or a printed web page.

    Finds e-mail addresses, header lines (From:, To:, Subject:, Date:), quoted lines, forwarded-message marks, "Sent
    from my phone", unsubscribe footers, "you are receiving this", confidentiality and copyright notices, attachment
    and reply instructions, HTML, page-print lines ("1 of 2" beside an address or a date) and wrongly decoded letters.

    A thank-you that was printed out from a mailbox is worse than none: the reader sees that even the paper was an
    afterthought. Words that a customer's own facts hold are reported as a warning at their line of the YAML.

    Bad:  From: Pat Rowe / Subject: FW: thank-you letter / To unsubscribe, reply STOP.
    Good: Thank you for bringing Rex along on Saturday.
    Mend: Delete the line; what is left should be only what you would say to this person.
    """
    return found(reading, "mail-leftover")
