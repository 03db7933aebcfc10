"""Words that would fit any customer of any firm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from notegen.lint.asks import Standing, asks_for_a_word, standing
from notegen.lint.reading import Found, Reading
from notegen.lint.rules.phrases import found, found_as
from notegen.model.diagnostic import Severity

TITLE: Final = "sign.role"
"""A title by itself; under a name it says who the person is."""
_PERSON: Final = re.compile(r"[A-Z][\w.'’-]*(?: (?:de|van|von|la|der|[A-Z][\w.'’-]*))+,?")


def _is_signed_by_a_person(reading: Reading, titles: set[int]) -> bool:
    """Return whether a line of the signature above a title is a person's name."""
    text = reading.note.text
    first = min(titles)
    lines = text[:first].rstrip("\n").rsplit("\n", 2)
    return bool(lines) and _PERSON.fullmatch(lines[-1].strip()) is not None


def hedged_conditional(reading: Reading) -> Iterator[Found]:
    """A condition or slash stands where the writer could have looked.

    Finds "if your vehicle is equipped with", "if applicable", "if you purchased a", "whether you bought or leased",
    "he/she", "Mr./Mrs.", "vehicle(s)", "some models", "refer to your owner's manual".

    You sold it, so you know what it has. A reader who meets "if equipped" learns that nobody looked, and that the same
    sheet went to everyone. A true condition about the time to come ("if the sunroof sticks again") is not found.

    Bad:  If your new vehicle is equipped with SYNC, take time to pair your phone.
    Good: Your Escape came with SYNC, and your phone is already paired.
    Mend: Look it up in the facts and say it, or leave it out. A template decides with `{% if %}`, not with "if".
    """
    return found(reading, "hedged-conditional")


def impersonal_address(reading: Reading) -> Iterator[Found]:
    """The reader is spoken to as one of a crowd.

    Finds "Dear Customer", "valued customer", "customers like you", "welcome to the Dale Motors family", "to whom it may
    concern", account numbers.

    People know when they are being counted. One name, rightly spelled, does more than any adjective before "customer".

    Bad:  Dear Customer, as a valued client you come first.
    Good: Dear Ana,
    Mend: Write the name, as `{{ customer.first_name }}` in a template, and leave the rest out.
    """
    return found(reading, "impersonal-address")


def vague_object(reading: Reading) -> Iterator[Found]:
    """Thanks for a thing without saying which thing.

    Finds "your recent purchase", "your new vehicle", "our products and services", "the item you ordered". In a template
    that declares `fallback: true` these are warnings.

    If you thank for "your recent purchase", the reader knows that you do not remember it. The name of the thing is the
    cheapest proof that you do.

    Bad:  Thank you for your recent purchase. We hope you enjoy your new vehicle.
    Good: Thank you for buying the Escape from me on Saturday.
    Mend: Name the thing: `{{ sale.short or sale.item }}`.
    """
    if reading.is_fallback:
        return found_as(reading, "vague-object", Severity.WARNING)
    return found(reading, "vague-object")


def stock_gratitude(reading: Reading) -> Iterator[Found]:
    """Thanks that come ready-made.

    Finds "we would like to take this opportunity", "we appreciate your business", "words cannot express", "thank you
    for your continued support". In a template that declares `fallback: true` these are warnings: a short honest note
    may say that it values the reader's business.

    Ready-made thanks are read as none. What the person did, and how it felt on your side, is what they will keep.

    Bad:  We would like to take this opportunity to thank you for your continued support.
    Good: You waited two hours in the rain for that title, and never said a cross word. Thank you.
    Mend: Say what this person did, and what it meant to you.
    """
    if reading.is_fallback:
        return found_as(reading, "stock-gratitude", Severity.WARNING)
    return found(reading, "stock-gratitude")


def service_boilerplate(reading: Reading) -> Iterator[Found]:
    """A promise or an offer of help that every firm prints.

    Finds "do not hesitate to contact us", "if you have any questions", "we are always here for you", "your satisfaction
    is our number one priority", "I hope this letter finds you well".

    These sentences are skipped by every reader, and they make the rest look copied. One thing that you will really do
    for this person is worth all of them.

    Bad:  Please do not hesitate to contact us with any questions.
    Good: When the first oil change is due in June, ask for Lou; he knows about the trailer.
    Mend: Take it out, or promise one thing that you will really do for this person.
    """
    return found(reading, "service-boilerplate")


def impersonal_sender(reading: Reading) -> Iterator[Found]:
    """The note is signed by nobody in particular.

    Finds "Your Sales Team", "Customer Service Department", "Your friends at Dale Motors", a firm's name alone as the
    signature, `Salesperson: ____`, "computer generated".

    Handwriting belongs to a hand. A team cannot have held the pen, so the reader sees the trick.

    Bad:  Your Sales Team
    Good: Rick Dale
    Mend: Sign with the name of whoever was there; in a template, `{{ shop.signer }}`.
    """
    titles = {one.start for one in reading.matches_of("impersonal-sender") if one.phrase.id == TITLE}
    named = bool(titles) and _is_signed_by_a_person(reading, titles)
    return (one for one in found(reading, "impersonal-sender") if not (named and one.start in titles))


def sales_ask(reading: Reading) -> Iterator[Found]:
    """The note asks its reader for something.

    Finds requests for referrals, reviews, ratings and surveys, offers, discounts, prizes, business cards to pass on,
    "in the market for", "your next purchase". In a template that declares `fallback: true` all of them are errors. A
    note other than thanks may ask a customer who is recorded as happy for a good word: see early-referral.

    Thanks with a request attached is a request. The reader looks through it at once, and the thank-you is gone; a
    referral comes by itself from somebody who was treated well.

    Bad:  If you know anyone in the market for a car, send them my way!
    Good: Ada's face when the top went down was the best part of my week.
    Mend: Take the request out, and put it on a card of its own when the time for it has come.
    """
    judged = found_as(reading, "sales-ask", Severity.ERROR) if reading.is_fallback else found(reading, "sales-ask")
    words = [(match.start, match.end) for match in reading.matches_of("sales-ask") if asks_for_a_word(match)]
    if words and standing(reading) is not Standing.ASKED:
        return (one for one in judged if (one.start, one.end) not in words)
    return judged


def false_urgency(reading: Reading) -> Iterator[Found]:
    """The reader is pressed.

    Finds "high demand", "top dollar", "limited time", "while supplies last", "act now", "do not miss", "expires soon",
    "exclusive offer" and their like. A true date that concerns the reader ("the plates run out in March") is not found.

    A card by hand is read as from a friend, and a friend does not sell against the clock. It also makes the reader
    wonder whether the thanks were meant.

    Bad:  Hurry, this offer will not last!
    Good: The snow tyres go on whenever you like; Lou has your bay free on Friday.
    Mend: Take it out.
    """
    return found(reading, "false-urgency")


def cliche(reading: Reading) -> Iterator[Found]:
    """A saying that has been said too often.

    Finds "above and beyond", "at the end of the day", "in today's busy world", "please be advised", "to be honest",
    and exclamation marks in rows. These are warnings.

    A worn saying says nothing of this reader, and more than one exclamation mark shouts.

    Bad:  We go the extra mile!!!
    Good: Theo drove out to Fairview at nine to bring your second key.
    Mend: Say the plain thing, or leave it out.
    """
    return found(reading, "cliche")
